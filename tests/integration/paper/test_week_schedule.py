"""The week schedule, read back from the PDF."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from coordinator.adapters.pdf import page_count, render_week_schedule
from coordinator.domain.settings import Paper
from tests.integration.paper.test_pickup_sheet import assert_inside_the_margins, chars_of, pages_of
from tests.sheet_builders import a_schedule_row, a_week

MONDAY = date(2026, 11, 23)


def test_a_row_says_when_who_from_where_to_where_how_much_and_whom_to_ring() -> None:
    text = pages_of(render_week_schedule(a_week(a_schedule_row())))[0]

    assert "Week of Mon Nov 23, 2026 to Sun Nov 29, 2026" in text
    assert "Sat Nov 28 · 8:40 am Ana Zoë · Rollinsford Inès · Dover 58 243 (207) 555-0133" in text
    assert "Confidential" in text


def test_rows_stand_in_the_order_of_the_week_whatever_order_they_come_in() -> None:
    late = a_schedule_row(on=MONDAY, at=time(15, 0), carrier="Late")
    early = a_schedule_row(on=MONDAY, at=time(8, 0), carrier="Early")
    text = pages_of(render_week_schedule(a_week(a_schedule_row(), late, early)))[0]

    assert text.index("Early") < text.index("Late") < text.index("Ana")


@pytest.mark.parametrize("count", [0, 1, 8, 60])
@pytest.mark.parametrize("paper", list(Paper))
def test_any_week_is_one_page_and_nothing_is_cut(count: int, paper: Paper) -> None:
    rows = [
        a_schedule_row(on=MONDAY + timedelta(days=n % 7), carrier=f"C{n:02} Bartholomea-Alexandrine Quin")
        for n in range(count)
    ]
    pdf = render_week_schedule(a_week(*rows, paper=paper))
    text = pages_of(pdf)[0]

    assert page_count(pdf) == 1
    assert_inside_the_margins(pdf)
    assert all(f"C{n:02}" in text for n in range(count))


def test_a_usual_week_is_set_in_a_size_to_read_across_a_kitchen() -> None:
    rows = [a_schedule_row(on=MONDAY + timedelta(days=n % 7)) for n in range(12)]

    assert min(char["size"] for _, char in chars_of(render_week_schedule(a_week(*rows)))) >= 10


def test_an_empty_week_says_so() -> None:
    assert "Nothing is planned" in pages_of(render_week_schedule(a_week()))[0]


def test_the_same_week_gives_the_same_bytes() -> None:
    assert render_week_schedule(a_week(a_schedule_row())) == render_week_schedule(a_week(a_schedule_row()))
