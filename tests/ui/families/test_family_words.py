"""Ages and runways in the words of a coordinator."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from coordinator.domain.milk.needs import Need, Runway
from coordinator.domain.volume import Volume
from tests.builders import TODAY
from ui.families.lasting_words import age_words, lasts_words, presses

OZ = Volume.from_oz
KNOWN = Runway(Need(OZ(15), OZ(21), OZ(26)), OZ(100), TODAY, TODAY)


@pytest.mark.parametrize(
    ("born", "words"),
    [
        (None, "ask"),
        (date(2026, 11, 30), "due 11/30/26"),
        (date(2026, 11, 20), "0 weeks"),
        (date(2026, 11, 13), "1 week"),
        (date(2026, 8, 8), "15 weeks"),
        (date(2026, 8, 1), "3 months"),
        (date(2025, 11, 20), "12 months"),
    ],
)
def test_a_babys_age_is_told_in_weeks_and_later_in_months(
    qapp: QApplication, born: date | None, words: str
) -> None:
    assert age_words(born, TODAY) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "11/21/26 (today)"),
        (1, "11/22/26 (tomorrow)"),
        (3, "11/24/26 (in 3 days)"),
        (7, "11/28/26 (in 7 days)"),
        (8, "11/29/26"),
    ],
)
def test_how_soon_is_told_where_time_presses(qapp: QApplication, days: int, words: str) -> None:
    runway = replace(KNOWN, lasts_until=TODAY + timedelta(days=days))

    assert lasts_words(runway, TODAY) == words
    assert presses(runway, TODAY) is (days < 7)


@pytest.mark.parametrize(
    ("last", "counted", "words"),
    [
        (date(2026, 11, 2), date(2026, 9, 22), "ran out 11/2 (figure of 9/22)"),
        (date(2026, 9, 21), date(2026, 9, 22), "less than a day on 9/22"),
        (date(2026, 11, 20), TODAY, "less than a day"),
    ],
)
def test_milk_that_ran_out_says_which_days_figure_tells_so(
    qapp: QApplication, last: date, counted: date, words: str
) -> None:
    assert lasts_words(replace(KNOWN, lasts_until=last, stock_on=counted), TODAY) == words


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (date(2026, 11, 2), "ask (figure of 9/22)"),
        (date(2026, 11, 23), "ask (figure of 9/22)"),
        (date(2027, 2, 14), "2/14/27 (figure of 9/22)"),
    ],
)
def test_a_stale_figure_is_asked_again_where_it_presses(qapp: QApplication, last: date, words: str) -> None:
    stale = replace(KNOWN, lasts_until=last, stock_on=date(2026, 9, 22), is_stale=True)

    assert lasts_words(stale, TODAY) == words


def test_unknown_is_asked_and_no_need_is_said(qapp: QApplication) -> None:
    nothing = Need(OZ(0), OZ(0), OZ(0))

    assert lasts_words(replace(KNOWN, lasts_until=None, stock=None), TODAY) == "ask"
    assert lasts_words(replace(KNOWN, lasts_until=None, need=None), TODAY) == "ask"
    assert lasts_words(replace(KNOWN, lasts_until=None, need=nothing), TODAY) == "no need now"
    assert lasts_words(replace(KNOWN, lasts_until=None), TODAY) == "more than three years"
