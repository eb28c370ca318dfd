"""A whole address in one cell, taken apart: street, town, state and ZIP; a name or a phone beside it, too.

The end is read first (country, ZIP, state), then the town. Which words the town is, ``usaddress`` says, and
the gazetteer where that is not sure. What is not understood stays with the street: no word is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from coordinator.domain.families.contacts import read_email, read_first_phone
from coordinator.domain.imports.contacts import read_town, same_text, tidy
from coordinator.domain.imports.place_parts import LONGEST_ADDRESS, Parts, take_off
from coordinator.domain.places.placing import NOTHING_KNOWN, KnownPlaces
from coordinator.domain.places.positions import Address
from coordinator.domain.places.states import states_of_zip

_LABEL = r"(?:(?:tele)?phone|tel|ph|cell|mobile|e-?mail|text|address|addr)\b\.?\s*:?\s*"
_EMAIL = re.compile(rf"(?:\b{_LABEL})?<?[\w.+-]+@[\w-]+(?:\.[\w-]+)+>?", re.IGNORECASE)
_PHONE = re.compile(
    rf"(?:\b{_LABEL})?(?<![\d-])(?:\+?1[-.\s]?)?(?:\(\d{{3}}\)\s?|\d{{3}}[-.\s])\d{{3}}[-.\s]\d{{4}}(?![\d-])"
    rf"|(?:\b{_LABEL})?(?<![\d-])\d{{10}}(?![\d-])",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\s*(\([^()]*[^\W\d_]{3,}[^()]*\))$")
_HAS_STREET = re.compile(r"\d|\bP\.?\s?O\.?\s*box\b|\bbox\b|\brr\b", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?:[\s&'’.-]+[^\W\d_]+)+\.?")
_STREET_BEGINS = re.compile(r"\s*(?:#?\d|P\.?\s?O\.?\s*box\b|rr\b|apt\b|unit\b|one\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OneCell:
    """What one cell says. ``is_understood`` is false where neither a town nor a ZIP was found in it.

    ``lead`` is what stands before the house number and may be a name.
    """

    address: Address
    lead: str = ""
    phone: str = ""
    email: str = ""
    is_understood: bool = True

    @property
    def whole(self) -> Address:
        """The address with what stands before it, where that is nobody's name."""
        street = ", ".join(part for part in (self.lead, self.address.street) if part)
        return replace(self.address, street=street)


def split_address(text: str, places: KnownPlaces = NOTHING_KNOWN) -> Address:
    """Return the address that one cell holds: ``12 Main St, Dover, NH 03820``."""
    return read_one_cell(text, places).whole


def read_one_cell(text: str, places: KnownPlaces = NOTHING_KNOWN, state: str = "") -> OneCell:
    """Return what one cell says of where somebody lives; *state* is what another column tells."""
    plain = _on_one_line(text)
    if len(plain) > LONGEST_ADDRESS:
        return OneCell(Address(plain), is_understood=False)
    plain, email = _cut(_EMAIL, plain)
    plain, phone = _cut(_PHONE, plain)
    found = OneCell(Address(), phone=read_first_phone(phone) or "", email=read_email(email) or "")
    plain, note = _cut(_NOTE, plain)
    parts = take_off(plain, places, state)
    if (abroad := _abroad(parts, places)) is not None:
        return _with_note(replace(found, address=abroad, is_understood=bool(abroad.town)), note)
    before, town = _town_at_end(parts, plain, places, parts.state or state)
    if not town and not parts.zip_code:
        return _with_note(replace(found, address=Address(plain), is_understood=False), note)
    lead, street = _lead(before)
    address = Address(street, read_town(town), parts.state, parts.zip_code)
    return _with_note(replace(found, address=address, lead=lead), note)


def _with_note(found: OneCell, note: str) -> OneCell:
    """Return *found* with what stood in brackets behind it, at the end of the street."""
    street = " ".join(part for part in (found.address.street, note.strip()) if part)
    return replace(found, address=replace(found.address, street=street))


def _on_one_line(text: str) -> str:
    """Return *text* with commas for its line breaks."""
    lines = (tidy(line).strip(" ,;") for line in text.splitlines())
    return ", ".join(line for line in lines if line)


def _cut(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """Return *text* without the first match of *pattern*, and the match."""
    match = pattern.search(text)
    if match is None:
        return text, ""
    before, after = text[: match.start()].rstrip(" ,;-/"), text[match.end() :].lstrip(" ,;-/")
    return ", ".join(part for part in (before, after) if part), match[0]


def _abroad(parts: Parts, places: KnownPlaces) -> Address | None:
    """Return an address that ends with the name of another country: in parts if its town is known there."""
    before, _, country = parts.rest.rpartition(",")
    country = country.strip(" .")
    if parts.state or not before or not places.is_abroad(country):
        return None
    street, _, town = before.rpartition(",")
    told = Address(street.strip(), town.strip(), country)
    if town and places.placing(told).place is not None:
        return replace(told, zip_code=parts.zip_code)
    return Address(" ".join(part for part in (parts.rest, parts.zip_code) if part))


def _town_at_end(parts: Parts, plain: str, places: KnownPlaces, state: str) -> tuple[str, str]:
    """Return what stands before the town, and the town; no town where it cannot be told."""
    rest = parts.rest
    states = (state,) if state else states_of_zip(parts.zip_code) if parts.zip_code else ("",)
    before, _, last = (part.strip() for part in rest.rpartition(","))
    if last and _is_known(last, states, places) and not _HAS_STREET.search(last):
        return before, last
    labelled = _by_label(plain, rest)
    if labelled and _is_known(labelled, states, places):
        return _without(rest, labelled), labelled
    for town in _endings(rest):
        if states != ("",) and _is_known(town, states, places) and town != rest:
            return _without(rest, town), town
    is_anywhere = bool(parts.state or parts.zip_code)
    town = last if before and is_anywhere and not _HAS_STREET.search(last) else ""
    if not town and is_anywhere:
        town = labelled if labelled and not _HAS_STREET.search(labelled) else ""
    return (_without(rest, town), town) if town else (rest, "")


def _is_known(town: str, states: tuple[str, ...], places: KnownPlaces) -> bool:
    return any(places.is_town(town, state) for state in states)


def _endings(text: str) -> Iterator[str]:
    """Yield the last words of *text*, the most first: five words name the longest towns."""
    gaps = [match.end() for match in re.finditer(r"[\s,]+", text)][-5:]
    yield from (text[start:] for start in (0, *gaps))


def _without(text: str, end: str) -> str:
    return text.removesuffix(end).rstrip(" ,;")


def _by_label(text: str, rest: str) -> str:
    """Return the town as ``usaddress`` finds it in the whole *text*, if *rest* ends with it."""
    import usaddress  # noqa: PLC0415 - 25 ms, and most lists have a column for the town

    words = [word for word, label in usaddress.parse(text) if label == "PlaceName"]
    town = " ".join(words).strip(" ,;")
    return town if town and rest.endswith(town) and town != rest else ""


def _lead(street: str) -> tuple[str, str]:
    """Return what stands before the house number and looks like a name, and the street."""
    lead, comma, rest = street.partition(",")
    if comma and _STREET_BEGINS.match(rest) and _NAME.fullmatch(lead.strip()):
        return lead.strip(), rest.strip()
    match = re.match(r"(?P<lead>\D+?)\s+(?P<street>\d.*)", street)
    if match and _is_recipient(street, match["lead"]):
        return match["lead"].strip(" ,;:-"), match["street"]
    return "", street


def _is_recipient(street: str, lead: str) -> bool:
    """Whether ``usaddress`` takes all of *lead*, which opens *street*, for somebody's name."""
    if not _NAME.fullmatch(lead.strip(" ,;:-")):
        return False
    import usaddress  # noqa: PLC0415 - as above

    labels = [label for _, label in usaddress.parse(street)][: len(lead.split())]
    return bool(labels) and set(labels) == {"Recipient"}


def is_same_name(lead: str, name: str) -> bool:
    """Whether *lead* is the *name* that another column tells."""
    return same_text(lead) == same_text(name)
