"""Answers of many kinds in a mother's words: read wholly, or asked."""

from datetime import date

import pytest

from coordinator.domain.facts import Presence
from coordinator.domain.imports.dates import DateOrder, DateRule
from coordinator.domain.imports.reading import Reading, read

US = DateRule(DateOrder.MONTH_FIRST, date(2026, 11, 28))


def _is_asked(reading: Reading) -> bool:
    return any(fact.presence is Presence.UNCLEAR for fact in reading.facts)


def _told(reading: Reading) -> list[tuple[str, str, date | None, date | None]]:
    return [(fact.presence.value, fact.subject, fact.start, fact.end) for fact in reading.facts]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("nicotine", "no cigarettes"),
        ("nicotine", "I don't smoke cigarettes"),
        ("nicotine", "No cigarettes, vape"),
        ("nicotine", "no vape, cigarettes"),
        ("alcohol", "not while pumping"),
        ("cannabis", "never when pumping"),
        ("tattoo", "not this year"),
        ("dairy", "lactose intolerant"),
        ("dairy", "milk allergy"),
    ],
)
def test_no_to_less_than_the_question_is_asked(field: str, text: str) -> None:
    assert _is_asked(read(field, text, US))


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("nicotine", "no cigarettes or vaping"),
        ("nicotine", "I don't smoke cigarettes or vape"),
        ("nicotine", "no vaping and no cigarettes"),
        ("nicotine", "No smoking, vaping or nicotine"),
        ("dairy", "I do not consume any dairy products"),
        ("alcohol", "none while nursing"),
        ("tattoo", "no tattoos in the last 12 months"),
    ],
)
def test_no_to_all_of_the_question_is_no(field: str, text: str) -> None:
    assert _told(read(field, text, US)) == [("no", "", None, None)]


@pytest.mark.parametrize(
    "text",
    [
        "HIV, Hep B, Hep C, HTLV and syphilis - all negative (9/13/2026)",
        "All negative 9/13/2026: HIV, Hep B, Hep C, HTLV, syphilis",
        "Negative on 9/13/2026 for HIV, HBV, HCV, HTLV, syphilis",
    ],
)
def test_infections_may_stand_before_or_behind_what_sums_them_up(text: str) -> None:
    day, after = date(2026, 9, 13), date(2026, 9, 14)
    assert _told(read("blood_tests", text, US)) == [
        ("yes", "HIV, HBV, HCV, HTLV, syphilis negative", day, after)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "all but HTLV negative 9/13/2026",
        "Everything but HTLV negative 9/13/2026",
        "Negative 9/13/2026 for all but HTLV",
        "Negative 9/13/2026: HIV, HBV, HCV, syphilis; HTLV",
        "Negative 9/13/2026: HIV, HBV, HCV, syphilis, HTLV 10/1/2026",
    ],
)
def test_an_infection_left_out_of_the_list_is_asked(text: str) -> None:
    assert _is_asked(read("blood_tests", text, US))
