"""Who is who: what makes two rows one person, and what only makes them worth a look.

Two are one person when e-mail or phone agree and their first names are alike, or when the whole name agrees
with the street or the baby's birth date. A birth date does not outweigh another e-mail, phone and home all
together, and nothing does where they are strangers. Whatever else they share is shown to the coordinator.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import combinations, islice
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from coordinator.domain.imports.babies import Baby, are_others
from coordinator.domain.imports.contacts import same_street, same_text
from coordinator.domain.imports.names import PersonName, are_alike, nicknames_of
from coordinator.domain.imports.people import ANOTHER_BABY, Someone
from coordinator.domain.imports.strangers import are_strangers, are_strangers_by_all, emails, phones
from coordinator.sayings import Saying, saying

if TYPE_CHECKING:
    from coordinator.domain.imports.row_answers import Contact

_LIKE_NAMES = 88
"""Least likeness (0-100) of two names that may be one person misspelt; a hint for a person, never a merge."""

_MOST_ALIKE = 20
"""How many look-alikes are named: of a list of equal names nobody reads them all."""
_MOST_NAMES = 50
"""How many different names one person may have; more in one group are not one person."""

_SIMILAR = saying("similar name and ZIP")
_REASONS = {
    "street": saying("same street and last name"),
    "name": saying("same name"),
    "phone": saying("same phone"),
    "email": saying("same e-mail, another name"),
}
_SAME_EMAIL = saying("same e-mail")

_Key = tuple[str, ...]
_Keys = Callable[[Someone], Iterable[_Key]]


class Directory:
    """People by what could make them one: nobody is compared with all the others, or with all of a block."""

    def __init__(self, people: Iterable[Someone]) -> None:
        self.people = list(people)
        self._by_key: dict[_Key, list[int]] = defaultdict(list)
        self._names: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        """ZIP -> name as it is compared -> who is called so there."""
        for index, one in enumerate(self.people):
            for key in (*_loose_keys(one), *_sure_keys(one), *_birth_keys(one)):
                self._by_key[key].append(index)
            if one.contact.name and one.contact.address.zip_code:
                self._names[one.contact.address.zip_code][same_text(one.contact.name)].append(index)

    def same(self, one: Someone) -> list[int]:
        """Return the places, in order, of those who surely are *one*; none where they are several people.

        Of many who are equal in everything the first few are named.
        """
        for keys, is_fit in ((_sought_keys, _is_same), (_birth_keys, _is_born_alike)):
            found = {place for key in keys(one) for place in self._with(key)}
            places = [place for place in sorted(found) if is_fit(one, self.people[place])]
            if places:
                return places if self.are_one(places) else []
        return []

    def alike(self, one: Someone) -> list[tuple[int, Saying]]:
        """Return, in order, the place of everybody who may be *one*, and the strongest reason why."""
        found = dict.fromkeys(self._of_like_name(one), _SIMILAR)
        for key in _loose_keys(one):
            found |= dict.fromkeys(self._with(key), _REASONS[key[0]])
        told = ((place, self._reason(one, place, why)) for place, why in sorted(found.items()))
        return list(islice(told, _MOST_ALIKE))

    def groups(self) -> list[int]:
        """Return of each the place of the first who surely is the same person, itself for most.

        Where two in a group are not alike, as Jane and John who both may be J. Doe, only equal names are one.
        """
        together = _joined(self.people, _sure_keys, _sought_keys)
        _join_births(self.people, together)
        together = [_root(together, place) for place in range(len(together))]
        members = defaultdict(list)
        for place, first in enumerate(together):
            members[first].append(place)
        for group in members.values():
            for part in _split(self.people, group):
                for place in part:
                    together[place] = part[0]
        return together

    def are_one(self, places: Iterable[int]) -> bool:
        """Whether nothing tells those at *places* apart."""
        return _are_one([self.people[place] for place in places])

    def _with(self, key: _Key) -> list[int]:
        return self._by_key.get(key, [])[:_MOST_ALIKE]

    def _reason(self, one: Someone, place: int, why: Saying) -> Saying:
        other = self.people[place]
        if why is _SIMILAR or not are_alike(one.name, other.name):
            return why
        if are_others(one.asks_for, other.asks_for):
            return ANOTHER_BABY
        return _SAME_EMAIL if why is _REASONS["email"] else why

    def _of_like_name(self, one: Someone) -> Iterator[int]:
        there = self._names.get(one.contact.address.zip_code, {})
        if not one.contact.name or not there:
            return
        name = same_text(one.contact.name)
        like = process.extract(
            name, list(there), scorer=fuzz.token_sort_ratio, score_cutoff=_LIKE_NAMES, limit=_MOST_ALIKE
        )
        for other in {name, *(text for text, *_ in like)}:
            yield from there.get(other, ())[:_MOST_ALIKE]


def _loose_keys(one: Someone) -> list[_Key]:
    """Return what makes two people worth a look where they share it, the strongest last."""
    contact, name = one.contact, one.name
    street = same_street(contact.address.street)
    keys = [("street", street, name.last, *_place(contact))] if street and name.last else []
    keys += [("name", *name.whole)] if name.whole else []
    return [*keys, *_reaches(contact)]


def _sure_keys(one: Someone) -> Iterator[_Key]:
    """Yield what makes two people surely one where the other seeks it (:func:`_sought_keys`)."""
    name = one.name
    for reach in _reaches(one.contact):
        yield from ((*reach, "given", given) for given in _given(name))
        if name.whole:
            yield *reach, "whole", *name.whole
        if name.first and name.last and not name.is_couple:
            yield *reach, "initial" if name.is_initial else "letter", name.first[0], name.last
    yield from _keys_of_place(one)


def _sought_keys(one: Someone) -> Iterator[_Key]:
    """Yield the keys of those who surely are *one*, if nothing speaks against it."""
    name = one.name
    names = {*_given(name), *(nicknames_of(name.first) if _given(name) else ())}
    for reach in _reaches(one.contact):
        yield from ((*reach, "given", given) for given in names)
        if name.whole:
            yield *reach, "whole", *name.whole
        if name.first and name.last and not name.is_couple:
            yield *reach, "letter" if name.is_initial else "initial", name.first[0], name.last
    yield from _keys_of_place(one)


def _strict_keys(one: Someone) -> Iterator[_Key]:
    name = one.name
    if name.first and not name.is_couple:
        yield from ((*reach, name.first, str(name.generation)) for reach in _reaches(one.contact))
    yield from _keys_of_place(one)


def _strictest_keys(one: Someone) -> Iterator[_Key]:
    if one.name.whole and not one.name.is_couple:
        yield from ((*reach, *one.name.whole, str(one.name.generation)) for reach in _reaches(one.contact))


def _keys_of_place(one: Someone) -> Iterator[_Key]:
    """Yield the whole name with the street."""
    address, whole = one.contact.address, one.name.whole
    street = same_street(address.street)
    if street and whole:
        yield "street-zip", *whole, street, address.zip_code
        yield "street-town", *whole, street, same_text(address.town)


def _birth_keys(one: Someone) -> Iterator[_Key]:
    """Yield the whole name, if it is more than a word, with each birth date."""
    if len(one.name.whole) > 1:
        yield from (("born", *one.name.whole, day) for day in one.born)


def _reaches(contact: Contact) -> list[_Key]:
    numbers, addresses = phones(contact), emails(contact)
    return [
        *(("phone", phone) for phone in sorted(numbers)),
        *(("email", email) for email in sorted(addresses)),
    ]


def _given(name: PersonName) -> frozenset[str]:
    return frozenset() if name.is_couple else name.given


def _place(contact: Contact) -> _Key:
    return (contact.address.zip_code or same_text(contact.address.town),)


def _is_same(one: Someone, other: Someone) -> bool:
    is_like = are_alike(one.name, other.name) and not are_others(one.asks_for, other.asks_for)
    return is_like and not are_strangers(one, other)


def _is_born_alike(one: Someone, other: Someone) -> bool:
    """Whether two of one name, with babies of one birth date, agree in more or do not tell."""
    return _is_same(one, other) and not are_strangers_by_all(one.contact, other.contact)


def _join_births(people: Sequence[Someone], first: list[int]) -> None:
    """Join those of one name and birth date, unless any two of them are plainly two people."""
    blocks: dict[_Key, list[int]] = defaultdict(list)
    for place, one in enumerate(people):
        for key in _birth_keys(one):
            blocks[key].append(place)
    joins = []
    for block in blocks.values():
        apart = {_root(first, place): place for place in block}
        pairs = combinations([people[place] for place in block], 2)
        if len(apart) > 1 and len(block) <= _MOST_NAMES and all(_is_born_alike(*pair) for pair in pairs):
            joins += [(block[0], place) for place in block]
    for low, high in joins:
        _join(first, low, high)


def _are_one(people: Sequence[Someone]) -> bool:
    """Whether nothing tells two of *people* apart."""
    kinds = list({_kind(one): one for one in people}.values())
    if len(kinds) > _MOST_NAMES:
        return False
    return all(_is_same(one, other) for place, one in enumerate(kinds) for other in kinds[:place])


def _kind(one: Someone) -> Hashable:
    """Return all that tells two people apart."""
    contact, home = one.contact, one.contact.address
    reach = (phones(contact), emails(contact))
    return one.name, one.asks_for, one.born, reach, same_street(home.street), home.zip_code, home.state


def _joined(people: Sequence[Someone], stored: _Keys, sought: _Keys) -> list[int]:
    """Return of each the place of the first it is joined with, by chains of keys one has and one seeks."""
    first = list(range(len(people)))
    holders: dict[_Key, dict[str, int]] = defaultdict(dict)
    for place, one in enumerate(people):
        for key in stored(one):
            holders[key].setdefault(one.name.first, place)
    for place, one in enumerate(people):
        for key in sought(one):
            for other in list(holders.get(key, {}).values())[:_MOST_NAMES]:
                _join(first, place, other)
    return [_root(first, place) for place in range(len(people))]


def _join(first: list[int], one: int, other: int) -> None:
    low, high = sorted((_root(first, one), _root(first, other)))
    first[high] = low


def _root(first: list[int], place: int) -> int:
    while first[place] != place:
        first[place] = first[first[place]]
        place = first[place]
    return place


def _split(people: Sequence[Someone], group: list[int]) -> list[list[int]]:
    """Return the parts of a group that are one person each."""
    if len(group) == 1 or _are_one([people[place] for place in group]):
        return [group]
    by_baby = _parted(group, _babies_of([people[place].asks_for for place in group]))
    if len(by_baby) > 1 and all(_are_one([people[place] for place in part]) for part in by_baby):
        return by_baby
    for keys in (_strict_keys, _strictest_keys):
        parts = _parted(group, _joined([people[place] for place in group], keys, keys))
        if len(parts) > 1:
            return [piece for part in parts for piece in _split(people, part)]
    return [[place] for place in group]


def _babies_of(told: Sequence[frozenset[Baby]]) -> list[frozenset[Baby]]:
    """Return of each request the babies that are the same as its own; nothing for one that tells none."""
    kinds = list(dict.fromkeys(one for one in told if one))[:_MOST_NAMES]
    clusters: list[frozenset[Baby]] = []
    for kind in kinds:
        near = [one for one in clusters if not all(are_others({baby}, kind) for baby in one)]
        clusters = [one for one in clusters if one not in near] + [frozenset(kind.union(*near))]
    return [next((cluster for cluster in clusters if one and one <= cluster), one) for one in told]


def _parted(group: list[int], marks: Sequence[Hashable]) -> list[list[int]]:
    parts: dict[Hashable, list[int]] = defaultdict(list)
    for place, mark in zip(group, marks, strict=True):
        parts[mark].append(place)
    return list(parts.values())
