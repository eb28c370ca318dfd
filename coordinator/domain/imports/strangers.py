"""What speaks against two rows being one person, though a key of theirs is the same.

One street name stands in many towns, and one address of an office serves many people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from coordinator.domain.imports.contacts import same_street, same_text

if TYPE_CHECKING:
    from coordinator.domain.imports.names import PersonName
    from coordinator.domain.imports.people import Someone
    from coordinator.domain.imports.row_answers import Contact

_MISSPELT = 80
"""Least likeness (0-100) of two last names that may be one, misspelt."""
_SURE = 2
"""How many things in common outweigh another last name."""


def are_strangers(one: Someone, other: Someone) -> bool:
    """Whether two who share a key are not surely one: they live elsewhere, or only that key is the same."""
    return _live_elsewhere(one.contact, other.contact) or _share_one_key(one, other)


def are_strangers_by_all(one: Contact, other: Contact) -> bool:
    """Whether phone, e-mail and home of two are all told and all others."""
    told = (
        (phones(one), phones(other)),
        (emails(one), emails(other)),
        _homes(one, other),
    )
    return all(_differ(*pair) for pair in told)


def phones(contact: Contact) -> frozenset[str]:
    """Return all phone numbers told."""
    return frozenset({contact.phone, contact.other_phone} - {""})


def emails(contact: Contact) -> frozenset[str]:
    """Return all e-mail addresses told."""
    return frozenset({contact.email, contact.other_email} - {""})


def _live_elsewhere(one: Contact, other: Contact) -> bool:
    """Whether ZIP or state differ, and neither phone nor e-mail says that she moved."""
    mine, hers = one.address, other.address
    pairs = ((mine.zip_code, hers.zip_code), (same_text(mine.state), same_text(hers.state)))
    is_elsewhere = any(here and there and here != there for here, there in pairs)
    return is_elsewhere and not (phones(one) & phones(other) or emails(one) & emails(other))


def _share_one_key(one: Someone, other: Someone) -> bool:
    """Whether two of other last names share one thing only, and something else that both tell differs.

    Whoever married and took another name kept her phone, her street or her baby.
    """
    if not _have_other_last_names(one.name, other.name):
        return False
    mine, hers = one.contact, other.contact
    told = (
        (phones(mine), phones(hers)),
        (emails(mine), emails(hers)),
        (_streets(mine), _streets(hers)),
        (one.born, other.born),
    )
    return sum(bool(here & there) for here, there in told) < _SURE and any(_differ(*pair) for pair in told)


def _have_other_last_names(one: PersonName, other: PersonName) -> bool:
    """Whether two last names have nothing in common; an initial and a slip of the finger have."""
    if not one.last or not other.last or {*one.last.split()} & {*other.whole}:
        return False
    if {*other.last.split()} & {*one.whole}:
        return False
    if len(one.last) == 1 or len(other.last) == 1:
        return one.last[0] != other.last[0]
    return fuzz.ratio(one.last, other.last) < _MISSPELT


def _homes(one: Contact, other: Contact) -> tuple[frozenset[str], frozenset[str]]:
    """Return the streets of two; where one tells none, the ZIPs, or the towns."""
    mine, hers = one.address, other.address
    pairs = (
        (same_street(mine.street), same_street(hers.street)),
        (mine.zip_code, hers.zip_code),
        (same_text(mine.town), same_text(hers.town)),
    )
    here, there = next((pair for pair in pairs if all(pair)), ("", ""))
    return frozenset({here} - {""}), frozenset({there} - {""})


def _streets(contact: Contact) -> frozenset[str]:
    return frozenset({same_street(contact.address.street)} - {""})


def _differ(mine: frozenset[str], hers: frozenset[str]) -> bool:
    return bool(mine and hers) and not mine & hers
