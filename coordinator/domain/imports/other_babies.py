"""A second baby in columns of its own, which no field is read from: twins are counted, others asked about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from coordinator.domain.imports.columns.column_use import FieldMapping, columns_of
from coordinator.domain.imports.columns.sheet_looks import sheet_of
from coordinator.domain.imports.free_words import is_no_answer
from coordinator.domain.imports.row_answers import RecipientAnswers, RoleAnswers
from coordinator.domain.reading.dates import read_date
from coordinator.sayings import coded

if TYPE_CHECKING:
    from coordinator.domain.imports.row import RowReader
    from coordinator.domain.imports.table import SourceRow, Table
    from coordinator.domain.reading.cells import Cell

_SECOND = ("2", "2nd", "two", "second", "b", "twin", "other", "another", "segundo", "segunda", "deuxieme")
_THIRD = ("3", "3rd", "three", "third", "c", "tercero", "tercera", "troisieme")
_FOURTH = ("4", "4th", "four", "fourth", "d")
_WHICH = {word: at for at, words in enumerate((_SECOND, _THIRD, _FOURTH), start=2) for word in words}
"""A word of a heading -> which baby it asks for."""
_ITS_NAME_OR_BIRTH = frozenset(["name", "first_name", "first", "birthdate", "born", "date"])
_NONE = frozenset(["", "n/a", "na", "none", "no", "-", "–", "x", "same", "0"])
_ONE_BIRTH = timedelta(days=1)
"""Twins are born in one night."""


def columns_of_others(table: Table, mapping: FieldMapping) -> Mapping[int, int]:
    """Return the unread columns that ask for another baby's name or birth: column -> which baby."""
    used = columns_of(mapping)
    found = {}
    for at, one in enumerate(sheet_of(table).parsed):
        which = next((_WHICH[word] for word in reversed(one.heading.words) if word in _WHICH), 0)
        if which and at not in used and "baby" in one.meanings and one.meanings & _ITS_NAME_OR_BIRTH:
            found[at] = which
    return found


def with_other_babies(
    row: RowReader, detail: RoleAnswers, source: SourceRow, table: Table, columns: Mapping[int, int]
) -> RoleAnswers:
    """Return a family's answers with the twins that stand beside its baby; of any other baby it is asked."""
    told = {at: which for at, which in columns.items() if _is_told(source.cells[at])}
    babies = 1 + len(set(told.values()))
    if not isinstance(detail, RecipientAnswers) or detail.babies >= babies:
        return detail
    if _are_twins(row, detail, source, told):
        row.keep("babies", babies)
        return replace(detail, babies=babies)
    for words, heading in _quoted(source, table, told):
        said = coded(
            "asked.baby_in_columns",
            "“{heading}”: “{words}”: is this baby to be fed, too?",
            heading=heading,
            words=words,
        )
        row.ask("babies", said, words)
    return detail


def _is_told(cell: Cell) -> bool:
    return cell.text.strip().casefold() not in _NONE and not is_no_answer(cell.text)


def _are_twins(row: RowReader, detail: RecipientAnswers, source: SourceRow, told: Mapping[int, int]) -> bool:
    """Whether each of them has a birth date, and it is the baby's."""
    days = {
        which: found.on
        for at, which in told.items()
        if (found := read_date(source.cells[at], row.rule("baby_born"))) is not None
    }
    born = detail.baby_born
    return born is not None and all(
        which in days and abs(days[which] - born) <= _ONE_BIRTH for which in told.values()
    )


def _quoted(source: SourceRow, table: Table, told: Mapping[int, int]) -> Iterator[tuple[str, str]]:
    """Yield the first cell of each other baby, with its heading."""
    firsts: dict[int, int] = {}
    for at, which in told.items():
        firsts.setdefault(which, at)
    for at in firsts.values():
        yield " ".join(source.cells[at].text.split()), " ".join(table.headers[at].split())
