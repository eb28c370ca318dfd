"""Rows that come in only if the coordinator says so."""

from dataclasses import replace
from datetime import date

from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.column_use import ColumnUse
from coordinator.domain.imports.planning import Outcome, plan_rows
from coordinator.domain.imports.sheet import SheetReading, read_sheet
from coordinator.domain.imports.table import SourceRow, Table
from coordinator.domain.reading.cells import Cell
from coordinator.sayings import saying

TODAY = date(2026, 11, 25)
SHIFTED = saying("this row is wider than the header")


def a_row(number: int, *words: str, **marks: object) -> SourceRow:
    return replace(SourceRow(number, tuple(map(Cell, words))), **marks)  # type: ignore[arg-type]


def a_table(*rows: SourceRow) -> Table:
    return Table("list.csv", "", ("Name", "Email", "Notes"), rows)


def read(table: Table) -> SheetReading:
    mapping = {"name": (ColumnUse(0),), "email": (ColumnUse(1),), "notes": (ColumnUse(2),)}
    return read_sheet(table, Role.DONOR, mapping, TODAY)


ADA = a_row(2, "Ada Roy", "ada@example.org", "rings late")


def test_a_row_that_waits_needs_a_look_and_is_compared_with_nobody() -> None:
    again = replace(ADA, number=3, unsure=SHIFTED)

    plans = plan_rows(read(a_table(ADA, again)).answers, [])

    assert [plan.outcome for plan in plans] == [Outcome.NEW, Outcome.NEEDS_A_LOOK]
    assert plans[1].waits == SHIFTED
    assert plans[1].look_alikes == ()


def test_a_row_let_in_is_read_like_any_other() -> None:
    again = replace(ADA, number=3, is_hidden=True, is_struck=True)

    plans = plan_rows(read(a_table(ADA, again).letting_in({3})).answers, [])

    assert [plan.outcome for plan in plans] == [Outcome.OLDER_ANSWER, Outcome.NEW]


def test_what_is_held_against_a_row_is_said() -> None:
    assert str(replace(ADA, is_hidden=True).waits) == "this row is hidden in the file"
    assert str(replace(ADA, is_struck=True).waits) == "this row is struck out in the file"
    assert not ADA.waits


def test_a_column_is_judged_without_cells_that_may_not_belong_to_it() -> None:
    table = a_table(ADA, replace(ADA, number=3, cells=(Cell("x"), Cell("Ada Roy"), Cell()), unsure=SHIFTED))

    assert table.column(0) == (Cell("Ada Roy"),)


def test_notes_pinned_to_cells_are_kept_behind_those_of_the_form() -> None:
    (answers,) = read(a_table(replace(ADA, notes=("do not call", "moved?")))).answers

    assert answers.contact.notes == answers.values["notes"] == "rings late\ndo not call\nmoved?"


def test_a_table_is_called_by_its_file_and_by_its_sheet_where_there_are_several() -> None:
    one = Table("list.xlsx", "", ("Name",), (), sheet="Donors")

    assert one.title == "list.xlsx"
    assert replace(one, of_sheets=3).title == "list.xlsx › Donors"
