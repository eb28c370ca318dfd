"""Names of people, compared: whose first names are alike, however they were typed.

The libraries are imported where they are first needed: the first window does not wait for them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from coordinator.domain.imports.contacts import same_text

if TYPE_CHECKING:
    from nicknames import NickNamer

_COUPLE = re.compile(r"[&+/]|\b(?:and|y|et|und|e)\b", re.IGNORECASE)
_GENERATIONS = {"jr": 2, "junior": 2, "sr": 1, "senior": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as it is compared: no capitals, accents, titles or signs.

    ``first`` is the first name in one word (``marykate``), ``given`` all ways it may be written. ``whole`` is
    every word but initials, in the order of the alphabet: "Doe, Jane" is "Jane Doe". A ``couple`` is two
    people in one cell; ``generation`` tells Tom Able Jr. from Sr., 0 where nothing is said.
    """

    first: str
    given: frozenset[str]
    last: str
    whole: tuple[str, ...]
    generation: int = 0
    is_couple: bool = False

    @property
    def is_initial(self) -> bool:
        """Whether only a letter stands for the first name."""
        return _is_letter(self.first)


@lru_cache(maxsize=65536)
def read_name(text: str) -> PersonName:
    """Return a name as it is compared; nothing in it for blank cells and mere signs."""
    from nameparser import HumanName  # noqa: PLC0415 - see above

    parts = HumanName(text)
    first, middle = _words(parts.first), _words(parts.middle)
    first_name, last = "".join(first), " ".join(_words(parts.last))
    given = {first_name, "".join((*first, *middle))}
    if len(first_name) == 1 and middle:
        given.add(middle[0])  # M. Jane Doe goes by Jane
    whole = (*first, *middle, *_words(parts.last))
    generation = next((_GENERATIONS[word] for word in _words(parts.suffix) if word in _GENERATIONS), 0)
    return PersonName(
        first=first_name,
        given=frozenset(filter(None, given)),
        last=last,
        whole=tuple(sorted(word for word in whole if len(word) > 1 or not _is_letter(word))),
        generation=generation,
        is_couple=bool(_COUPLE.search(f"{parts.first} {parts.middle} {parts.last}")),
    )


def in_spoken_order(text: str) -> str:
    """Return ``Doe, Jane`` as she says it, ``Jane Doe``; every other name as it is."""
    if text.count(",") != 1 or _COUPLE.search(text):
        return text
    from nameparser import HumanName  # noqa: PLC0415 - see above

    parts = HumanName(text)
    is_turned = bool(parts.first and parts.last) and text.lstrip().startswith(parts.last)
    if not is_turned or parts.suffix or parts.title or parts.nickname:
        return text
    return " ".join(filter(None, (parts.first, parts.middle, parts.last)))


def are_alike(one: PersonName, other: PersonName) -> bool:
    """Whether two names may be one person's: equal first names, a nickname, an initial, or another order.

    Misspelt names are not alike: Erica is not Eric. A name that lacks is like nobody's.
    """
    if one.generation and other.generation and one.generation != other.generation:
        return False
    if one.whole and one.whole == other.whole:
        return True
    if one.is_couple or other.is_couple or not one.first or not other.first:
        return False
    if one.given & other.given or other.first in nicknames_of(one.first):
        return True
    is_initial = one.is_initial or other.is_initial
    return is_initial and bool(one.last) and one.last == other.last and one.first[0] == other.first[0]


@lru_cache(maxsize=8192)
def nicknames_of(first: str) -> frozenset[str]:
    """Return the other first names that the same person may use; each of them names *first*, too.

    Two short forms of one name count if they begin alike: Jen and Jenny, not Kate and Lena.
    """
    names = _nicknames()
    full, short = names.canonicals_of(first), names.nicknames_of(first)
    kin = {name for long in full for name in names.nicknames_of(long) if name[:2] == first[:2]}
    return frozenset(_one_word(name) for name in (full | short | kin)) - {first, ""}


@cache
def _nicknames() -> NickNamer:
    from nicknames import NickNamer  # noqa: PLC0415 - see above

    return NickNamer()


def _is_letter(word: str) -> bool:
    return len(word) == 1 and word.isascii() and word.isalpha()


def _words(text: str) -> list[str]:
    return same_text(text).split()


def _one_word(text: str) -> str:
    return "".join(_words(text))
