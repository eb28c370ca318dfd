"""Town, state and ZIP told in one breath: ``Portsmouth NH 03801``, ``Berwick Maine``, ``NH 03820``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coordinator.domain.imports.contacts import read_town, read_zip
from coordinator.domain.places.placing import NOTHING_KNOWN, KnownPlaces
from coordinator.domain.places.positions import Address
from coordinator.domain.places.states import PROVINCES, state_code

_GAP = re.compile(r"[\s,;(]+")
_ZIP = re.compile(
    r"(?:^|[\s,;(])(\d{5}(?:\s?[-–]\s?\d{4}|\s\d{4})?|\d{9}|[A-Z]\d[A-Z][ -]?\d[A-Z]\d)[\s).-]*$",
    re.IGNORECASE,
)
_EATEN_ZIP = re.compile(r"(?:^|[\s,;])(\d{3,4})$")
_OWN_COUNTRY = re.compile(
    r"(?:^|[\s,;]+)(?:u\.?\s?s\.?\s?a\.?|u\.s\.|united states(?: of america)?|etats[- ]unis|états[- ]unis|"
    r"estados unidos|ee\.?\s?uu\.?)$",
    re.IGNORECASE,
)
_CANADA = re.compile(r"[\s,;]+canada$", re.IGNORECASE)


LONGEST_ADDRESS = 300
"""In letters; what is longer is a letter to somebody, and is kept as it is."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What stood at the end of a text, taken off it: ``rest`` is what stood before."""

    rest: str
    state: str = ""
    zip_code: str = ""


def split_place(text: str, places: KnownPlaces = NOTHING_KNOWN, state: str = "") -> Address:
    """Return town, state and ZIP of *text*; where nothing is taken off, all of it is the town.

    Args:
        text: As typed, on one line.
        places: What towns there are: ``Port Washington`` is one, and ``Berwick Maine`` is none.
        state: The state that is known already.
    """
    parts = take_off(text, places, state)
    return Address("", read_town(parts.rest), parts.state, parts.zip_code)


def take_off(text: str, places: KnownPlaces = NOTHING_KNOWN, state: str = "") -> Parts:
    """Take ZIP, country and state off the end of *text*, in whatever order they stand there."""
    if len(text) > LONGEST_ADDRESS:
        return Parts(text)
    parts = Parts(text.strip(" ,;)"))
    while (shorter := _shorter(parts, places, state)) is not None:
        parts = shorter
    return parts


def _shorter(parts: Parts, places: KnownPlaces, state: str) -> Parts | None:
    rest, found = parts.rest, parts.state
    if not parts.zip_code and (match := _ZIP.search(rest)) and (code := read_zip(match[1])):
        return Parts(_before(rest, match), found, code)
    if match := _OWN_COUNTRY.search(rest):
        return Parts(_before(rest, match), found, parts.zip_code)
    if (match := _CANADA.search(rest)) and _is_canadian(_before(rest, match), parts, places, state):
        return Parts(_before(rest, match), found, parts.zip_code)
    if not found and (at_end := _state_at_end(rest, places, state, has_zip=bool(parts.zip_code))):
        return Parts(at_end[1], at_end[0], parts.zip_code)
    return _eaten(parts, places, state)


def _is_canadian(text: str, parts: Parts, places: KnownPlaces, state: str) -> bool:
    """Whether a province or a code says so, too: else "Canada" says where, and stays."""
    told = take_off(text, places, state)
    return bool({parts.state, told.state} & PROVINCES) or (told.zip_code or parts.zip_code)[:1].isalpha()


def _eaten(parts: Parts, places: KnownPlaces, state: str) -> Parts | None:
    """Take off a ZIP whose zero a spreadsheet ate, if a state stands before it: ``Berwick ME 3901``."""
    match = None if parts.zip_code or parts.state else _EATEN_ZIP.search(parts.rest)
    if match is None or len(match[1]) < 4 or not _state_at_end(_before(parts.rest, match), places, state):
        return None
    return Parts(_before(parts.rest, match), "", read_zip(match[1]))


def _before(text: str, match: re.Match[str]) -> str:
    return text[: match.start()].rstrip(" ,;(")


def _state_at_end(
    text: str, places: KnownPlaces, state: str, *, has_zip: bool = False
) -> tuple[str, str] | None:
    """Return the state that ends *text* and what stands before it, if that is what its last words mean."""
    for tail, before, has_comma in _tails(text):
        code = state_code(tail)
        if not code or (state and code != state):
            continue
        if not before:
            return (code, "") if has_zip else None
        is_sure = has_zip or has_comma or (len(tail.replace(".", "")) == 2 and tail.isupper())
        if places.is_town(before, code) or (is_sure and not places.is_town(text, state)):
            return code, before
        if len(tail) > 3 and not places.is_town(text, state):
            return code, before
    return None


def _tails(text: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the last three, two and one words with what stands before, and whether a comma parts them."""
    gaps = list(_GAP.finditer(text))
    for count in (3, 2, 1):
        if len(gaps) >= count:
            gap = gaps[-count]
            yield text[gap.end() :], text[: gap.start()], "," in gap[0] or "(" in gap[0]
        elif len(gaps) == count - 1:
            yield text, "", False
