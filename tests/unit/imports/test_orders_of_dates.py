"""Day or month first: what the columns of one file prove together, and what is said of it."""

from __future__ import annotations

from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.guessing import guess_list
from coordinator.domain.imports.row_answers import DonorAnswers
from coordinator.domain.imports.sheet import SheetReading, read_sheet
from coordinator.domain.reading.dates import DateOrder
from tests.unit.imports.rows import TODAY, asked
from tests.unit.imports.test_headings import a_table

AMERICAN = ("Timestamp", ["11/13/2026 10:00:00", "11/14/2026 10:00:00"])
EUROPEAN = ("Baby's date of birth", ["13/5/2026", "14/6/2026"])
EITHER = ("Oldest milk", ["7/8/2026", "9/9/2026"])
NAMES = ("Name", ["Ann Hill", "Bea Moss"])


def reading(*columns: tuple[str, list[str]]) -> SheetReading:
    table = a_table(NAMES, *columns)
    return read_sheet(table, Role.DONOR, guess_list(table, Role.DONOR).mapping, TODAY)


def test_where_columns_prove_both_orders_a_date_that_could_be_either_is_asked() -> None:
    first, second = reading(AMERICAN, EUROPEAN, EITHER).answers

    assert "was read as" in asked(first, "expressed_from")
    assert not asked(second, "expressed_from")
    assert isinstance(second.detail, DonorAnswers)
    assert str(second.detail.lot.expressed_from) == "2026-09-09"


def test_where_columns_agree_the_others_follow_them_and_nothing_is_asked() -> None:
    american = ("Baby's date of birth", ["5/13/2026", "6/14/2026"])
    first, _ = reading(AMERICAN, american, EITHER).answers

    assert not asked(first, "expressed_from")
    assert isinstance(first.detail, DonorAnswers)
    assert str(first.detail.lot.expressed_from) == "2026-07-08"


def test_a_stamp_that_could_be_either_day_is_asked_where_columns_disagree() -> None:
    stamps = ("Timestamp", ["11/10/2026 10:00:00", "11/11/2026 10:00:00"])
    newest = ("Newest milk", ["8/25/2026", "9/29/2026"])

    first, second = reading(stamps, EUROPEAN, newest).answers

    assert "which day was that?" in asked(first, "timestamp")
    assert not asked(second, "timestamp")


def test_an_assumed_order_is_said_of_the_columns_it_matters_for_alone() -> None:
    iso = ("Newest milk", ["2026-09-08", "2026-10-11"])
    same = ("Baby's date of birth", ["5/5/2026", "6/6/2026"])

    dates = reading(EITHER, iso, same).dates

    assert [(one.header, one.order, one.is_proven) for one in dates] == [
        ("Oldest milk", DateOrder.MONTH_FIRST, False)
    ]
