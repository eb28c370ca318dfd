"""Which of the three lists a sheet is, or none of them, and what its columns are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from coordinator.domain.families.fields import FIELDS
from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.choosing import Remembered, guess_columns
from coordinator.domain.imports.columns.column_use import ColumnUse, FieldMapping, GivenMapping
from coordinator.domain.imports.columns.guesses import ColumnGuess, ListGuess, Sureness
from coordinator.domain.imports.columns.heading import words_of
from coordinator.domain.imports.columns.mixed import roles_of
from coordinator.domain.imports.columns.reading_of import use_of_column
from coordinator.domain.imports.columns.rules import Parsed, is_none_of_ours
from coordinator.domain.imports.columns.sheet_looks import Sheet, sheet_of

if TYPE_CHECKING:
    from coordinator.domain.imports.table import Table

_SHARED = frozenset.intersection(*(frozenset(field.topic for field in FIELDS[role]) for role in Role))
_ROLE_WORDS: Mapping[Role, frozenset[str]] = {
    Role.DONOR: frozenset(["donor", "donate"]),
    Role.RECIPIENT: frozenset(["recipient", "donormilk", "need"]),
    Role.DRIVER: frozenset(["driver"]),
}
_STRONG: Mapping[Role, frozenset[str]] = {
    Role.DONOR: frozenset(),
    Role.RECIPIENT: frozenset(),
    Role.DRIVER: frozenset(["volunteering", "vehicle"]),
}
_PARTY: Mapping[Role, frozenset[str]] = {
    Role.DONOR: frozenset(["donor"]),
    Role.RECIPIENT: frozenset(["recipient"]),
    Role.DRIVER: frozenset(["driver"]),
}
_OF_FAMILIES = frozenset(["baby", "milk", "donormilk", "recipient", "need", "ounces", "reason", "formula"])
_OF_MILK: Mapping[Role, frozenset[str]] = {
    Role.DONOR: frozenset(
        ["donor", "donate", "milk", "donormilk", "pump", "stash", "ounces", "baby", "mother"]
    ),
    Role.RECIPIENT: frozenset(["recipient", "milk", "donormilk", "pump", "ounces", "baby", "mother"]),
    Role.DRIVER: frozenset(),
}
"""Words of which no list of a food bank or a clinic has any."""
_OF_ANYBODY = frozenset(
    ["dairy", "foods_avoided", "medicines", "nicotine", "alcohol", "cannabis", "blood_tests", "tattoo"]
)
_OF_ANY_FAMILY = frozenset(["formula", "must_avoid", "reason", "reach"])
"""What others ask people, too: alone it does not tell that a list is one of ours."""
_NAMED: Mapping[Role, frozenset[str]] = {
    Role.DONOR: frozenset(["donor", "donation", "donating", "donante", "donadora", "donneuse"]),
    Role.RECIPIENT: frozenset(
        ["recipient", "family", "request", "receptora", "receptor", "familia", "famille", "receveur"]
    ),
    Role.DRIVER: frozenset(
        ["driver", "volunteer", "courier", "voluntario", "conductor", "chauffeur", "benevole"]
    ),
}
"""What files and sheets of that kind are called."""
_LEAST, _MARGIN = 1.4, 0.3
_WORD, _TELLS, _WORDS, _NAME, _CALLED = 0.25, 0.7, 1.0, 0.5, 0.75
_REACHED = frozenset(["email", "phone", "address", "street", "town", "zip", "preferred_contact", "state"])
_LOGGED = frozenset(["ounces", "bags", "max_miles", "reach", "stock", "expressed_from"])
"""What a log of milk or of miles tells, too."""
_PARTIES = frozenset(["donor", "recipient", "driver"])
_NAMES = frozenset(["name", "first_name", "last_name"])


def guess_list(table: Table, kind: Role | None = None, remembered: Remembered | None = None) -> ListGuess:
    """Return what *table* is and what its columns are.

    Args:
        table: The sheet.
        kind: Whose list it is, when that is known.
        remembered: What was chosen for headings of earlier lists, by kind; it wins over every guess.
    """
    sheet, known = sheet_of(table), remembered or {}
    if kind is not None:
        columns = guess_columns(sheet, kind, known.get(kind, {}))
        roles = _roles(table, sheet, {**_guessed(sheet, known), kind: columns})
        roles = roles if kind in roles.values() else {}
        return ListGuess(kind, columns, Sureness.SURE, roles)
    guesses = _guessed(sheet, known)
    strength = {
        role: _strength(sheet, role, guesses[role], table)
        if _is_of_milk(sheet, role, guesses[role], table)
        else 0.0
        for role in Role
    }
    first, second = sorted(Role, key=lambda role: -strength[role])[:2]
    if strength[first] < _LEAST / 2 or not _is_of_people(sheet, guesses[first]):
        return ListGuess(None, tuple(ColumnGuess(g.index, g.use) for g in guesses[first]))
    roles = _roles(table, sheet, guesses)
    is_sure = bool(roles) or (strength[first] >= _LEAST and strength[first] - strength[second] >= _MARGIN)
    return ListGuess(first, guesses[first], Sureness.SURE if is_sure else Sureness.LIKELY, roles)


def _guessed(sheet: Sheet, known: Remembered) -> dict[Role, tuple[ColumnGuess, ...]]:
    return {role: guess_columns(sheet, role, known.get(role, {})) for role in Role}


def _roles(table: Table, sheet: Sheet, guesses: Mapping[Role, Sequence[ColumnGuess]]) -> dict[int, Role]:
    own = {role: _own(guesses[role]) for role in Role}
    asked = frozenset(role for role in Role if sum(own[role].values()) >= _LEAST)
    return roles_of(table, sheet, guesses, asked)


def _own(guesses: Sequence[ColumnGuess]) -> dict[str, float]:
    """Return how surely what one role alone is asked stands in the sheet, by topic."""
    found: dict[str, float] = {}
    for guess in guesses:
        if guess.topic and guess.topic not in _SHARED:
            found[guess.topic] = max(found.get(guess.topic, 0.0), guess.score)
    return found


def _strength(sheet: Sheet, role: Role, guesses: Sequence[ColumnGuess], table: Table) -> float:
    told = sum(_TELLS if one.meanings & _STRONG[role] else _WORD for one in _of_role(sheet, role))
    called = any(
        sheet.parsed[guess.index].meanings & _PARTY[role] for guess in guesses if guess.topic in _NAMES
    )
    # A family's list speaks of a baby or of milk; one that only asks how far is a driver's.
    is_bare = role is Role.RECIPIENT and not any(one.all_meanings & _OF_FAMILIES for one in sheet.parsed)
    extra = min(told, _WORDS) + _NAME * _is_named(table, role) + _CALLED * called - _MARGIN * is_bare
    return sum(_own(guesses).values()) + extra


def _is_of_milk(sheet: Sheet, role: Role, guesses: Sequence[ColumnGuess], table: Table) -> bool:
    """Whether anything says that a list is of milk; a food bank asks for dairy and formula, too."""
    telling = _own(guesses).keys() - _OF_ANYBODY - _OF_ANY_FAMILY
    words = (one.all_meanings for one in sheet.parsed if "formula" not in one.all_meanings)
    spoken = any(meant & _OF_MILK[role] for meant in words)
    return role is Role.DRIVER or bool(telling) or spoken or _is_named(table, role)


def _is_named(table: Table, role: Role) -> bool:
    """Whether file or sheet are called so."""
    return bool(set(words_of(f"{table.name} {table.sheet}".replace(".", " "))) & _NAMED[role])


def _of_role(sheet: Sheet, role: Role) -> list[Parsed]:
    return [one for one in sheet.parsed if one.all_meanings & (_ROLE_WORDS[role] | _STRONG[role])]


def _is_of_people(sheet: Sheet, guesses: Sequence[ColumnGuess]) -> bool:
    """Whether it says who people are, and not what went from whom to whom on which day."""
    topics = {guess.topic for guess in guesses if guess.topic}
    parties = {party for one in sheet.parsed if _names_party(one) for party in one.meanings & _PARTIES}
    if len(parties) > 1:
        return False
    telling = topics - _SHARED - _LOGGED - _REACHED - _NAMES
    if not telling and not topics & _REACHED and _has_day(sheet, guesses):
        return False
    if topics & _REACHED or (telling and topics & _NAMES):
        return True
    return len(telling) > 1 or (bool(topics & _NAMES) and not _is_repeated(sheet, guesses))


def _has_day(sheet: Sheet, guesses: Sequence[ColumnGuess]) -> bool:
    """Whether each row is of a day, not of an answer."""
    return any(
        guess.topic == "timestamp" and "timestamp" not in sheet.parsed[guess.index].meanings
        for guess in guesses
    )


def _names_party(one: Parsed) -> bool:
    """Whether a column holds who the donor, the family or the driver was."""
    return not one.meanings - _PARTIES - {"parent", "name", "filler", "mother", "code"}


def _is_repeated(sheet: Sheet, guesses: Sequence[ColumnGuess]) -> bool:
    names = [sheet.cells[guess.index] for guess in guesses if guess.topic in _NAMES]
    return any(cells.count > 1 and cells.distinct < 0.8 for cells in names)


def none_of_ours(table: Table) -> tuple[int, ...]:
    """Return the columns that ask what nobody here wants to know: a consent, a score, another person."""
    sheet = sheet_of(table)
    return tuple(at for at, one in enumerate(sheet.parsed) if is_none_of_ours(one, sheet.words))


def completed(table: Table, kind: Role, given: GivenMapping) -> FieldMapping:
    """Return *given* with each bare column read as its heading says."""
    sheet = sheet_of(table)
    guesses = guess_columns(sheet, kind)
    chosen = {
        key: (_use_as(sheet, guesses, key, columns),) if isinstance(columns, int) else tuple(columns)
        for key, columns in given.items()
    }
    # What a question asks beside the field it was chosen for goes with it.
    beside = {topic: (use,) for uses in chosen.values() for use in uses for topic in use.shared}
    return {**beside, **chosen}


def _use_as(sheet: Sheet, guesses: Sequence[ColumnGuess], topic: str, index: int) -> ColumnUse:
    guess = guesses[index]
    if topic in guess.topics:
        return guess.use
    return use_of_column(topic, index, sheet.parsed[index], sheet.cells[index])


def changed(table: Table, mapping: FieldMapping, changes: Mapping[int, str]) -> FieldMapping:
    """Return *mapping* with columns read as they were told to be: column -> field, empty for none.

    A field that is told its columns is read from no other.
    """
    told = {topic for topic in changes.values() if topic}
    kept = {
        key: tuple(use for use in uses if use.index not in changes)
        for key, uses in mapping.items()
        if key not in told
    }
    sheet = sheet_of(table)
    for index, topic in changes.items():
        if topic:
            use = use_of_column(topic, index, sheet.parsed[index], sheet.cells[index])
            kept[topic] = (*kept.get(topic, ()), use)
    return {key: uses for key, uses in kept.items() if uses}
