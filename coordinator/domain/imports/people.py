"""Who is who: what makes two rows one person, and what only makes them worth a look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from coordinator.domain.imports.contacts import same_street, same_text
from coordinator.sayings import Saying, saying

if TYPE_CHECKING:
    from coordinator.domain.families.households import Role
    from coordinator.domain.imports.row_answers import Contact

_LIKE_NAMES = 88
"""Least likeness (0-100) of two names that may be one person misspelt; a hint for a person, never a merge."""

_REASONS = {
    "name": saying("same name"),
    "phone": saying("same phone"),
    "email": saying("same e-mail, another name"),
}

_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A household already in the network.

    ``codes`` are its roles (``D-0007``). ``last_values`` is what the last import of each role understood,
    by field key, so that only what changed on the form is an update; ``stored`` what the network holds now,
    by the same keys. ``asked`` are the keys of all questions ever put on its call list.
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
        return next(iter(self.codes.values()), str(saying("family {number}", number=self.household_id)))


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Somebody this row resembles and why: a code of the network, or a row of the same file."""

    why: Saying
    code: str = ""
    row: int | None = None

    @property
    def reason(self) -> str:
        """Why, in words."""
        return str(self.why)

    @property
    def sentence(self) -> str:
        """What the preview says: ``same phone as D-0007``."""
        other = self.code or saying("row {number}", number=self.row or 0)
        return str(saying("{why} as {other}", why=self.why, other=other))


def are_other_names(first: str, second: str) -> bool:
    """Whether two names share nothing: two people at one e-mail address. A missing name is nobody else's."""
    one, other = same_text(first), same_text(second)
    if not one or not other:
        return False
    return not set(one.split()) & set(other.split()) and fuzz.ratio(one, other) < _LIKE_NAMES


class Directory:
    """People by what could make them one: nobody is compared with all the others, or with all of a block."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        self.contacts = list(contacts)
        self._by_key: dict[_Key, list[int]] = defaultdict(list)
        self._names: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        """ZIP -> name as it is compared -> who is called so there."""
        for index, contact in enumerate(self.contacts):
            for key in (*_loose_keys(contact), *_sure_keys(contact)):
                self._by_key[key].append(index)
            if contact.name and contact.address.zip_code:
                self._names[contact.address.zip_code][same_text(contact.name)].append(index)

    def same(self, contact: Contact) -> list[int]:
        """Return the places, in order, of everybody who surely is *contact*.

        That is the same e-mail with a name that is not plainly another's, or the same name with the same
        phone or street. A shared phone or an equal name alone is never enough.
        """
        found = {
            index
            for index in self._with(("email", contact.email))
            if not are_other_names(contact.name, self.contacts[index].name)
        }
        return sorted(found.union(*map(self._with, _sure_keys(contact))))

    def alike(self, contact: Contact) -> list[tuple[int, Saying]]:
        """Return, in order, the place of everybody who may be *contact*, and the strongest reason why."""
        found = dict(self._of_like_name(contact))
        for key in _loose_keys(contact):
            found |= dict.fromkeys(self._with(key), _REASONS[key[0]])
        return sorted(found.items())

    def _with(self, key: _Key) -> list[int]:
        return self._by_key.get(key, [])

    def _of_like_name(self, contact: Contact) -> Iterator[tuple[int, Saying]]:
        there = self._names.get(contact.address.zip_code, {})
        if not contact.name or not there:
            return
        name = same_text(contact.name)
        like = process.extract(
            name, list(there), scorer=fuzz.token_sort_ratio, score_cutoff=_LIKE_NAMES, limit=None
        )
        for other in {name, *(text for text, *_ in like)}:
            reason = _REASONS["name"] if other == name else saying("similar name and ZIP")
            yield from ((index, reason) for index in there.get(other, ()))


def _loose_keys(contact: Contact) -> list[_Key]:
    """Return what makes two people worth a look where they share it, the strongest last."""
    keys = [("name", same_text(contact.name)), ("phone", contact.phone), ("email", contact.email)]
    return [key for key in keys if key[1]]


def _sure_keys(contact: Contact) -> Iterator[_Key]:
    """Yield what makes two people surely one where they share it; a name of signs alone needs a ZIP."""
    if not contact.name:
        return
    name, address = same_text(contact.name), contact.address
    street = same_street(address.street)
    if contact.phone:
        yield "phone", name, contact.phone
    if street and (name or address.zip_code):
        yield "street-zip", name, street, address.zip_code
    if street and name:
        yield "street-town", name, street, same_text(address.town)
