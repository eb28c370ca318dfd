"""Who is who: what makes two rows one person, and what only makes them worth a look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from coordinator.domain.imports.contacts import same_street, same_text

if TYPE_CHECKING:
    from coordinator.domain.families.households import Role
    from coordinator.domain.imports.row_answers import Contact

_LIKE_NAMES = 88
"""Least likeness (0-100) of two names that may be one person misspelt; a hint for a person, never a merge."""


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A household already in the network.

    ``codes`` are its roles (``D-0007``). ``last_values`` is what the last import of each role understood,
    by field key, so that only what changed on the form is an update; ``stored`` what the network holds now,
    by the same keys. ``asked`` are the texts of all questions ever put on its call list.
    ``removed`` are the roles of ``codes`` that are not in use any more.

    Of a household that was merged into this one, ``own_id`` is the household it was, which its forms stay
    with, and ``before`` what was known of it: its first form is compared with that. ``kept`` are the roles
    that this family had beside it: what is known of those was not told by the one merged.
    """

    household_id: int
    contact: Contact
    codes: Mapping[Role, str]
    last_values: Mapping[Role, Mapping[str, str]] = field(default_factory=dict)
    stored: Mapping[str, str] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    own_id: int | None = None
    before: Mapping[str, str] = field(default_factory=dict)
    kept: frozenset[Role] = frozenset()
    removed: frozenset[Role] = frozenset()

    @property
    def is_merged(self) -> bool:
        """Whether this is a household that was merged into the one with ``household_id``."""
        return self.own_id is not None

    @property
    def code(self) -> str:
        """The code to name this family by."""
        return next(iter(self.codes.values()), f"family {self.household_id}")


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Somebody this row resembles and why: a code of the network, or a row of the same file."""

    reason: str
    code: str = ""
    row: int | None = None

    @property
    def sentence(self) -> str:
        """What the preview says: ``same phone as D-0007``."""
        return f"{self.reason} as {self.code or f'row {self.row}'}"


def is_same_person(first: Contact, second: Contact) -> bool:
    """Whether two answers are surely one person's.

    That is the same e-mail with a name that is not plainly another's, or the same name with the same
    phone or street. A shared phone or an equal name alone is never enough.
    """
    if first.email and first.email == second.email:
        return not are_other_names(first.name, second.name)
    if not first.name or same_text(first.name) != same_text(second.name):
        return False
    return _share_phone(first, second) or _share_street(first, second)


def resemblance(first: Contact, second: Contact) -> str:
    """Return why two people may be one (``same phone``, ``same name``, …), or nothing."""
    if first.email and first.email == second.email:
        return "same e-mail, another name"
    if _share_phone(first, second):
        return "same phone"
    if not first.name or not second.name:
        return ""
    if same_text(first.name) == same_text(second.name):
        return "same name"
    likeness = fuzz.token_sort_ratio(same_text(first.name), same_text(second.name))
    same_place = bool(first.address.zip_code) and first.address.zip_code == second.address.zip_code
    if likeness >= _LIKE_NAMES and same_place:
        return "similar name and ZIP"
    return ""


def are_other_names(first: str, second: str) -> bool:
    """Whether two names share nothing: two people at one e-mail address. A missing name is nobody else's."""
    one, other = same_text(first), same_text(second)
    if not one or not other:
        return False
    return not set(one.split()) & set(other.split()) and fuzz.ratio(one, other) < _LIKE_NAMES


class Directory:
    """People by what could make them one, so that a row is compared with few and not with all."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        self.contacts = list(contacts)
        self._by_key: dict[str, list[int]] = {}
        for index, contact in enumerate(self.contacts):
            for key in _keys(contact):
                self._by_key.setdefault(key, []).append(index)

    def near(self, contact: Contact) -> list[int]:
        """Return the places, in order, of everybody who shares e-mail, phone, name or ZIP with *contact*."""
        return sorted({index for key in _keys(contact) for index in self._by_key.get(key, ())})


def _keys(contact: Contact) -> list[str]:
    keys = {
        "email": contact.email,
        "phone": contact.phone,
        "name": same_text(contact.name),
        "zip": contact.address.zip_code,
    }
    return [f"{kind} {value}" for kind, value in keys.items() if value]


def _share_phone(first: Contact, second: Contact) -> bool:
    return bool(first.phone) and first.phone == second.phone


def _share_street(first: Contact, second: Contact) -> bool:
    street = same_street(first.address.street)
    same_place = first.address.zip_code == second.address.zip_code or same_text(
        first.address.town
    ) == same_text(second.address.town)
    return bool(street) and street == same_street(second.address.street) and same_place
