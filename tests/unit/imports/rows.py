"""Rows for the tests of reading: cells, how each column is read, and what was understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from coordinator.domain.facts.dated_facts import Fact, Presence
from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.column_use import ColumnUse
from coordinator.domain.imports.donor_rows import FACT_KINDS
from coordinator.domain.imports.row_answers import Answers, DonorAnswers
from coordinator.domain.imports.sheet import read_sheet
from coordinator.domain.imports.table import SourceRow, Table
from coordinator.domain.reading.cells import Cell

TODAY = date(2026, 11, 25)


def a_row(role: Role, cells: Sequence[str], uses: Mapping[str, Sequence[ColumnUse]]) -> Answers:
    table = Table(
        "f.csv", "0", tuple(f"c{n}" for n in range(len(cells))), (SourceRow(2, tuple(map(Cell, cells))),)
    )
    return read_sheet(table, role, {key: tuple(given) for key, given in uses.items()}, TODAY).answers[0]


def reversed_row(key: str, typed: str) -> Answers:
    return a_row(Role.DONOR, [typed], {key: [ColumnUse(0, yes_means_no=True)]})


def facts_of(row: Answers, key: str) -> list[Fact]:
    assert isinstance(row.detail, DonorAnswers)
    return [fact for fact in row.detail.facts if fact.kind is FACT_KINDS[key]]


def what_is_told(row: Answers, key: str) -> str:
    """Return no, yes, until when, ask, or nothing."""
    facts = facts_of(row, key)
    if any(fact.presence is Presence.UNCLEAR for fact in facts):
        return "ask"
    ended = [fact for fact in facts if fact.end is not None and fact.start is None]
    return f"until {ended[0].end}" if ended else facts[0].presence.value if facts else ""


def subjects(row: Answers, key: str) -> set[str]:
    return {fact.subject for fact in facts_of(row, key) if fact.presence is Presence.YES}


def asked(row: Answers, *topics: str) -> str:
    kinds = {FACT_KINDS[topic].value for topic in topics if topic in FACT_KINDS}
    return "; ".join(question.text for question in row.questions if question.topic in {*topics, *kinds})
