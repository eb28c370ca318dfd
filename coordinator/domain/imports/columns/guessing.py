"""Which of the three lists a sheet is, or none of them, and what its columns are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from coordinator.domain.families.fields import FIELDS
from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.choosing import guess_columns, scores_of
from coordinator.domain.imports.columns.column_use import ColumnUse, FieldMapping, GivenMapping
from coordinator.domain.imports.columns.guesses import ColumnGuess, ListGuess, Sureness
from coordinator.domain.imports.columns.heading import words_of
from coordinator.domain.imports.columns.reading_of import use_of_column
from coordinator.domain.imports.columns.rules import Parsed, is_none_of_ours
from coordinator.domain.imports.columns.sheet_looks import Sheet, sheet_of

if TYPE_CHECKING:
    from coordinator.domain.imports.table import Table

_SHARED = frozenset.intersection(*(frozenset(field.topic for field in FIELDS[role]) for role in Role))
_ROLE_WORDS: Mapping[Role, frozenset[str]] = {
    Role.DONOR: frozenset(["donor", "donate"]),
    Role.RECIPIENT: frozenset(["recipient", "donormilk", "need"]),
    Role.DRIVER: frozenset(["driver", "volunteering", "vehicle"]),
}
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
_LEAST, _MARGIN, _WORD, _NAME = 1.4, 0.3, 0.15, 0.5
_REACHED = frozenset(["email", "phone", "address", "street", "town", "zip", "preferred_contact", "state"])
_LOGGED = frozenset(["ounces", "bags", "max_miles", "reach", "stock", "expressed_from"])
"""What a log of milk or of miles tells, too."""
_PARTIES = frozenset(["donor", "recipient", "driver"])
_NAMES = frozenset(["name", "first_name", "last_name"])


def guess_list(table: Table, kind: Role | None = None) -> ListGuess:
    """Return what *table* is and what its columns are; *kind* when it is known whose list it is."""
    sheet = sheet_of(table)
    if kind is not None:
        return ListGuess(kind, guess_columns(sheet, kind), Sureness.SURE)
    scores = {role: scores_of(sheet, role) for role in Role}
    guesses = {role: guess_columns(sheet, role, scores[role]) for role in Role}
    strength = {role: _strength(sheet, role, guesses[role], scores[role], table) for role in Role}
    first, second = sorted(Role, key=lambda role: -strength[role])[:2]
    if strength[first] < _LEAST / 2 or not _is_of_people(sheet, guesses[first]):
        return ListGuess(None, tuple(ColumnGuess(g.index, g.use) for g in guesses[first]))
    is_sure = strength[first] >= _LEAST and strength[first] - strength[second] >= _MARGIN
    return ListGuess(first, guesses[first], Sureness.SURE if is_sure else Sureness.LIKELY)


def _strength(
    sheet: Sheet,
    role: Role,
    guesses: Sequence[ColumnGuess],
    scores: Sequence[Mapping[str, float]],
    table: Table,
) -> float:
    own: dict[str, float] = {}
    for guess in guesses:
        if guess.topic and guess.topic not in _SHARED:
            own[guess.topic] = max(own.get(guess.topic, 0.0), scores[guess.index].get(guess.topic, 0.0))
    told = sum(bool(one.all_meanings & _ROLE_WORDS[role]) for one in sheet.parsed)
    named = set(words_of(f"{table.name} {table.sheet}".replace(".", " "))) & _NAMED[role]
    return sum(own.values()) + min(told, 3) * _WORD + (_NAME if named else 0.0)


def _is_of_people(sheet: Sheet, guesses: Sequence[ColumnGuess]) -> bool:
    """Whether it says who people are, and not what went from whom to whom on which day."""
    topics = {guess.topic for guess in guesses}
    parties = {party for one in sheet.parsed if _names_party(one) for party in one.meanings & _PARTIES}
    if len(parties) > 1:
        return False
    telling = topics - _SHARED - _LOGGED - _REACHED - _NAMES
    if topics & _REACHED or (telling and topics & _NAMES):
        return True
    return len(telling) > 1 or (bool(topics & _NAMES) and not _is_repeated(sheet, guesses))


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
    return {
        key: (_use_as(sheet, guesses, key, chosen),) if isinstance(chosen, int) else tuple(chosen)
        for key, chosen in given.items()
    }


def _use_as(sheet: Sheet, guesses: Sequence[ColumnGuess], topic: str, index: int) -> ColumnUse:
    guess = guesses[index]
    if topic in guess.topics:
        return guess.use
    return use_of_column(topic, index, sheet.parsed[index], sheet.cells[index])
