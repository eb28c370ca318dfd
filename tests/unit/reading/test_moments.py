"""When a form was sent: time of day and zone as exports write them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from coordinator.domain.reading.cells import Cell
from coordinator.domain.reading.dates import DateOrder, DateRule
from coordinator.domain.reading.moments import is_earlier, read_moment

US = DateRule(DateOrder.MONTH_FIRST, date(2026, 11, 25))
EASTERN = timezone(timedelta(hours=-5))


def read(text: str) -> datetime | None:
    return read_moment(Cell(text), US)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-24T18:03:11-05:00",
        "2026-11-24T18:03:11-0500",
        "2026-11-24T18:03:11.250-05:00",
        "2026-11-24T23:03:11Z",
        "2026-11-24 23:03:11 UTC",
        "2026/11/24 6:03:11 PM EST",
        "2026/11/24 6:03:11 PM GMT-5",
        "2026/11/24 5:03:11 PM CST",
        "11/24/2026 18:03:11 EST",
        "Tue Nov 24 2026 18:03:11 GMT-0500 (Eastern Standard Time)",
        "Nov 24, 2026 at 6:03:11 PM EST",
    ],
)
def test_a_time_with_its_zone_is_read(text: str) -> None:
    moment = read(text)

    assert moment is not None
    assert moment == datetime(2026, 11, 24, 18, 3, 11, tzinfo=EASTERN)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-24 18:03",
        "2026-11-24T18:03",
        "11/24/2026 18:03",
        "11/24/26 6:03 pm",
        "11/24/2026 6:03pm",
        "24/11/2026 6:03 p. m.",
        "24 Nov 2026 18h03",
        "Nov 24, 2026, 6:03 PM",
    ],
)
def test_a_time_without_a_zone_is_read_as_it_stands(text: str) -> None:
    assert read(text) == datetime(2026, 11, 24, 18, 3)  # noqa: DTZ001 - the form tells no zone


def test_a_day_alone_and_a_spreadsheets_number_are_read() -> None:
    assert read("11/24/2026") == datetime(2026, 11, 24)  # noqa: DTZ001 - the form tells no zone
    assert read("46350.75") == datetime(2026, 11, 24, 18)  # noqa: DTZ001 - likewise


@pytest.mark.parametrize(
    "text", ["last Tuesday", "11/24/2026 25:00", "11/24/2026 18:03 XYZ", "yesterday 5pm", "11/24", "9:00"]
)
def test_what_tells_no_moment_is_not_guessed_at(text: str) -> None:
    assert read(text) is None


def test_the_earlier_one_is_told_across_zones_and_by_day_where_a_time_lacks() -> None:
    noon = datetime(2026, 11, 24, 12)  # noqa: DTZ001 - the form tells no zone
    day = datetime(2026, 11, 24)  # noqa: DTZ001 - likewise

    assert is_earlier(datetime(2026, 11, 24, 12, tzinfo=EASTERN), datetime(2026, 11, 24, 18, tzinfo=UTC))
    assert is_earlier(noon, datetime(2026, 11, 24, 13, tzinfo=EASTERN))
    assert not is_earlier(noon, day)
    assert not is_earlier(day, noon)
    assert is_earlier(day, noon + timedelta(days=1))
