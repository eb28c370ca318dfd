"""Which words tell of a family, wherever they are written: its name, phones, mail addresses, street, baby."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

_DIGITS: Final = re.compile(r"\d")
_NATIONAL: Final = 10
_PHONES: Final = ("phone", "other_phone")
_SURE: Final = ("name", "name_on_paper", "email", "other_email", "street")
_LEAST_SURE: Final = 5
_LEAST: Final = 3
_AROUND: Final = 25
_LONGEST: Final = 40
_LEAST_DIGITS: Final = 7
STRUCK: Final = "…"
"""What is put in the place of words that are taken out of a text."""


@dataclass(frozen=True, slots=True)
class FamilyWords:
    """``sure`` are words that mean this family alone; ``shared`` another has as its own, such as a phone.

    ``maybe`` are names that others may have, too.
    """

    sure: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()

    def in_text(self, text: str) -> bool:
        """Say whether *text* has words that mean this family."""
        return any(one in text.casefold() for one in self.forms)

    def shared_in_text(self, text: str) -> bool:
        """Say whether *text* is a word that this family shares with another."""
        return any(one in text.casefold() for one in self.shared)

    def maybe_in_text(self, text: str) -> bool:
        """Say whether *text* has a name that may mean this family."""
        return any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text.casefold()) for one in self.maybe)

    def excerpt(self, text: str) -> str:
        """Return the part of *text* around the first of the words."""
        found = [
            at for one in (*self.forms, *self.shared, *self.maybe) if (at := text.casefold().find(one)) >= 0
        ]
        begin = max(0, min(found, default=0) - _AROUND)
        part = " ".join(text[begin : begin + 2 * _AROUND + _LONGEST].split())
        return f"{'…' if begin else ''}{part}{'…' if begin + 2 * _AROUND + _LONGEST < len(text) else ''}"

    def taken_out(self, text: str) -> str:
        """Return *text* without the words that mean this family."""
        for one in self.forms:
            text = re.sub(re.escape(one), STRUCK, text, flags=re.IGNORECASE)
        return text

    @property
    def forms(self) -> tuple[str, ...]:
        """The sure words as they may be written, also inside JSON; the longest first."""
        written = {form for one in self.sure for form in (one, json.dumps(one)[1:-1].casefold())}
        return tuple(sorted(written, key=lambda one: (-len(one), one)))


def words_of(
    contacts: Iterable[Mapping[str, Any]],
    babies: Iterable[str] = (),
    others: Iterable[Mapping[str, Any]] = (),
) -> FamilyWords:
    """Return the words that tell of a family.

    Args:
        contacts: Its households by column, as they are and as they were.
        babies: What its babies are called.
        others: All other households, whose own words stay theirs.
    """
    sure, maybe = _words(contacts)
    maybe |= {baby.strip().casefold() for baby in babies}
    theirs, _ = _words(others)
    own = sure - theirs
    kept = {one for one in maybe if len(one) >= _LEAST and one not in sure}
    return FamilyWords(tuple(sorted(own)), tuple(sorted(kept)), tuple(sorted(sure & theirs)))


def _words(contacts: Iterable[Mapping[str, Any]]) -> tuple[set[str], set[str]]:
    sure: set[str] = set()
    maybe: set[str] = set()
    for contact in contacts:
        for key in _SURE:
            said = " ".join(str(contact.get(key) or "").casefold().split())
            is_sure = len(said) >= _LEAST_SURE and (key != "name_on_paper" or " " in said)
            (sure if is_sure else maybe).add(said)
        maybe |= set(_last_names(str(contact.get("name") or "").casefold()))
        for key in _PHONES:
            sure |= set(_phone_forms(str(contact.get(key) or "")))
    return sure - {""}, maybe - {""}


def _last_names(name: str) -> Iterator[str]:
    """Yield the last word of each person's name in ``Ann Lee and Bo Lind``, and the name turned round."""
    for one in re.split(r"\s*(?:&|\+|/|,|\band\b)\s*", name):
        parts = one.split()
        if len(parts) > 1:
            yield parts[-1]
            yield f"{parts[-1]}, {' '.join(parts[:-1])}"


def _phone_forms(phone: str) -> Iterator[str]:
    """Yield a phone as people write it, such as ``603-555-0101`` and ``(603) 555-0101``."""
    digits = "".join(_DIGITS.findall(phone))
    if len(digits) < _LEAST_DIGITS:
        return
    yield phone.casefold()
    yield digits
    national = digits[-_NATIONAL:]
    if len(national) == _NATIONAL:
        area, office, line = national[:3], national[3:6], national[6:]
        yield national
        yield f"({area}) {office}-{line}"
        for sign in "-. ":
            yield f"{area}{sign}{office}{sign}{line}"
