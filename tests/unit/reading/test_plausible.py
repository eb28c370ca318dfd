"""Days nobody can mean: read as none, refused in a sentence, and never an overflow."""

from argparse import ArgumentTypeError
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from coordinator.cli import reading
from coordinator.domain.intervals import months_later, shifted
from coordinator.domain.plausible import is_day
from coordinator.domain.reading import read
from coordinator.domain.reading.cells import Cell
from coordinator.domain.reading.dates import (
    DateOrder,
    DateRule,
    find_dates,
    read_date,
)
from coordinator.domain.reading.moments import read_moment
from tests.builders import TODAY
from ui.units import Display
from ui.widgets.fields import typed_dates

RULE = DateRule(DateOrder.MONTH_FIRST, TODAY)
ENGLISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
ODD = ["12/31/9999", "9999-12-31", "0001-01-01", "1/1/0001", "12/30/20024", "2/29/2025", "Dec 31, 9999"]
written = st.one_of(
    st.text(),
    st.from_regex(r"[0-9]{1,5}[-/.][0-9]{1,2}[-/.][0-9]{1,5}( [0-9]{1,2}:[0-9]{2})?", fullmatch=True),
    st.dates().map(str),
    st.dates().map(lambda day: f"stopped {day:%m/%d}/{day.year:04}"),
)


@pytest.mark.parametrize("text", ODD)
def test_a_day_nobody_can_mean_is_read_as_none(text: str) -> None:
    assert read_date(Cell(text), RULE) is None
    assert typed_dates.read_date(text, TODAY, ENGLISH) is None
    assert not find_dates(f"since {text}", RULE)


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(1, 1, 1), date(2077, 1, 1), date(1899, 12, 31)])
def test_a_workbooks_own_date_is_looked_at_as_well(day: date) -> None:
    assert read_date(Cell(str(day), day), RULE) is None
    assert read_moment(Cell(str(day), datetime(day.year, day.month, day.day)), RULE) is None  # noqa: DTZ001 - forms tell no zone


@pytest.mark.parametrize("text", ["9999-12-31", "0001-01-01", "1919-12-31", "2200-01-01"])
def test_the_command_line_says_which_years_there_are(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="no day between 1920 and 2199"):
        reading.day(text)
    with pytest.raises(ArgumentTypeError, match="no day between 1920 and 2199"):
        reading.week(text)


@pytest.mark.parametrize("text", ["9999-W52", "0001-W01"])
def test_a_week_of_the_year_9999_is_no_week(text: str) -> None:
    with pytest.raises(ArgumentTypeError):
        reading.week(text)


@given(written)
def test_whatever_is_typed_is_a_day_one_can_count_from_or_none(text: str) -> None:
    found = [read_date(Cell(text), RULE), typed_dates.read_date(text, TODAY, ENGLISH)]
    found += [one.on for one in find_dates(text, RULE)]
    moment = read_moment(Cell(text), RULE)

    days = [day if isinstance(day, date) else day.on for day in found if day is not None]
    assert all(is_day(day, TODAY) for day in days)
    assert moment is None or is_day(moment.date(), TODAY)
    for key in ("blood_tests", "tattoo", "medicines"):
        read(key, text, RULE)


@given(st.dates(), st.integers(-(10**9), 10**9))
def test_counting_on_from_any_day_ends_with_the_calendar(day: date, days: int) -> None:
    assert date.min <= shifted(day, days) <= date.max
    assert date.min <= months_later(day, days) <= date.max


@given(st.text(alphabet="0123456789.,oOzZmLl ", max_size=60))
def test_any_amount_typed_is_one_a_database_holds_or_none(text: str) -> None:
    volume = Display().parse_volume(text)

    assert volume is None or volume.microlitres < 2**63
