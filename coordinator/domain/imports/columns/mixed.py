"""One form for donors and families: whose each row is, by the column that asks it or by what was answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.guesses import ColumnGuess
from coordinator.domain.imports.columns.heading import words_of
from coordinator.domain.imports.columns.rules import meanings_of
from coordinator.domain.imports.columns.sheet_looks import Sheet
from coordinator.domain.text import folded

if TYPE_CHECKING:
    from coordinator.domain.imports.table import Table

_SAYS: Mapping[Role, frozenset[str]] = {
    Role.DONOR: frozenset(["donate", "donor"]),
    Role.RECIPIENT: frozenset(["recipient", "need", "receive"]),
    Role.DRIVER: frozenset(["driver", "volunteering"]),
}
_MOST_CHOICES, _NEARLY_ALL = 6, 0.9


def roles_of(
    table: Table, sheet: Sheet, guesses: Mapping[Role, Sequence[ColumnGuess]], own: frozenset[Role]
) -> dict[int, Role]:
    """Return row number -> role where the rows of *table* are of several; else nothing.

    *own* are the roles that alone are asked much of it.
    """
    return _by_column(table, sheet) or _by_answers(table, guesses, own)


def _by_column(table: Table, sheet: Sheet) -> dict[int, Role]:
    for at, one in enumerate(sheet.parsed):
        cells = sheet.cells[at]
        asks = "iama" in one.meanings or (bool(one.meanings) and one.meanings <= _ASKING)
        if not asks or not cells.count or len(cells.texts) > _MOST_CHOICES:
            continue
        said = {text: _said(text, sheet) for text in cells.texts}
        found = {row.number: role for row in table.rows if (role := said.get(_plain(row.cells[at].text)))}
        if len(set(found.values())) > 1 and len(found) >= _NEARLY_ALL * cells.count:
            return found
    return {}


_ASKING = frozenset(
    ["donor", "recipient", "driver", "kind", "parent", "iama", "filler", "volunteering", "donate"]
)


def _plain(text: str) -> str:
    return folded(text)


def _said(text: str, sheet: Sheet) -> Role | None:
    """Return the role one choice names; of several the first, as "Donate milk, and drive" is a donor's."""
    meant = meanings_of(sheet.words.spans(words_of(text)))
    return next((role for role in Role if meant & _SAYS[role]), None)


def _by_answers(
    table: Table, guesses: Mapping[Role, Sequence[ColumnGuess]], own: frozenset[Role]
) -> dict[int, Role]:
    """Tell rows apart where each answers what one role alone is asked."""
    if len(own) < 2:
        return {}
    asked = {role: _alone(role, guesses, own) for role in own}
    found: dict[int, Role] = {}
    for row in table.rows:
        told = [role for role in own if any(not row.cells[at].is_blank for at in asked[role])]
        if len(told) == 1:
            found[row.number] = told[0]
    return found if len(set(found.values())) > 1 and len(found) >= _NEARLY_ALL * len(table.rows) else {}


def _alone(role: Role, guesses: Mapping[Role, Sequence[ColumnGuess]], own: frozenset[Role]) -> list[int]:
    """Return the columns that ask something of *role* and nothing of the other roles."""
    others = [guess for other in own - {role} for guess in guesses[other]]
    theirs = {guess.index for guess in others if guess.topic}
    return [guess.index for guess in guesses[role] if guess.topic and guess.index not in theirs]
