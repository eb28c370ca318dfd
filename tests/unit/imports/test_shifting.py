"""A table moved in time keeps how its dates were written."""

from datetime import date, datetime, timedelta

import pytest

from coordinator.domain.imports.shifting import shifted
from coordinator.domain.imports.table import SourceRow, Table
from coordinator.domain.reading.cells import Cell

TYPED_ON = date(2026, 11, 21)


def moved(*texts: str, days: int = 100) -> list[str]:
    """Return the cells of one column after moving it."""
    rows = tuple(SourceRow(number, (Cell(text),)) for number, text in enumerate(texts, 2))
    table = shifted(Table("t.csv", "", ("Anything",), rows), timedelta(days=days), TYPED_ON)
    return [row.cells[0].text for row in table.rows]


@pytest.mark.parametrize(
    ("typed", "later"),
    [
        ("2026-11-21", "2027-03-01"),
        ("11/21/2026", "3/1/2027"),
        ("5/25/26", "9/2/26"),
        ("05/25/26", "09/02/26"),
        ("Nov 21, 2026", "Mar 1, 2027"),
        ("11/21/2026 14:48:37", "3/1/2027 14:48:37"),
        ("No, stopped 8/16/26", "No, stopped 11/24/26"),
        ("amoxicillin 2026-08-18 to Aug 25, 2026", "amoxicillin 2026-11-26 to Dec 3, 2026"),
        ("12/20/2026-1/3/2027", "3/30/2027-4/13/2027"),
        ("levothyroxine 50 mcg since 2025", "levothyroxine 50 mcg since 2025"),
        ("Sat 9-12", "Sat 9-12"),
        ("207-555-0141", "207-555-0141"),
        ("occasionally, wait 2-3 hours", "occasionally, wait 2-3 hours"),
    ],
)
def test_every_date_keeps_its_style(typed: str, later: str) -> None:
    assert moved(typed) == [later]


def test_a_column_of_days_first_stays_so() -> None:
    assert moved("21/11/2026", "3/4/2026", days=10) == ["1/12/2026", "13/4/2026"]


def test_dates_of_a_workbook_stay_dates() -> None:
    cell = Cell("2026-11-21 08:30:00", datetime(2026, 11, 21, 8, 30))  # noqa: DTZ001 - workbooks tell no zone
    day = Cell("2026-05-12", datetime(2026, 5, 12))  # noqa: DTZ001
    table = Table("t.xlsx", "", ("When", "Born"), (SourceRow(2, (cell, day)),))
    when, born = shifted(table, timedelta(days=1), TYPED_ON).rows[0].cells
    assert when == Cell("2026-11-22 08:30:00", datetime(2026, 11, 22, 8, 30))  # noqa: DTZ001
    assert born == Cell("2026-05-13", datetime(2026, 5, 13))  # noqa: DTZ001
