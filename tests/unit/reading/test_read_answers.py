"""Answers of many kinds in a mother's words: read wholly, or asked."""

from datetime import date

import pytest

from coordinator.domain.facts.dated_facts import Presence
from coordinator.domain.families.babies import Willing
from coordinator.domain.imports.recipient_rows import read_willing
from coordinator.domain.reading import Reading, read
from coordinator.domain.reading.dates import DateOrder, DateRule

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
        ("dairy", "not completely"),
        ("dairy", "50% dairy free"),
        ("alcohol", "not strictly"),
        ("nicotine", "nobody smokes inside"),
        ("nicotine", "nobody else smokes"),
        ("nicotine", "never in our house"),
        ("nicotine", "nobody smokes here except me"),
        ("cannabis", "no THC"),
        ("foods_avoided", "I don't avoid anything except soy"),
        ("foods_avoided", "I avoid everything"),
        ("heat_treated", "not scalded for lipase"),
        ("heat_treated", "not boiled"),
        ("tattoo", "not a tattoo, a transfusion"),
        ("tattoo", "no tattoos, transfusion"),
        ("alcohol", "never been drunk"),
        ("alcohol", "recovering alcoholic"),
        ("alcohol", "binge drinking on weekends"),
        ("alcohol", "I'm not an alcoholic"),
        ("medicines", "Zoloft, restarted 10/1/2026"),
        ("foods_avoided", "soy (reintroduced 10/1/2026)"),
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
        ("dairy", "completely dairy free"),
        ("dairy", "100% dairy free"),
        ("dairy", "we are a dairy free household"),
        ("nicotine", "nobody smokes here"),
        ("nicotine", "No one in our house smokes or vapes"),
        ("alcohol", "sober"),
        ("cannabis", "no THC or CBD"),
        ("foods_avoided", "I don't avoid anything"),
        ("foods_avoided", "nothing in particular"),
        ("heat_treated", "not scalded or boiled"),
        ("tattoo", "no tattoo, piercing or transfusion"),
        ("tattoo", "No tattoos, piercings, transfusions"),
        ("alcohol", "I've never drunk alcohol"),
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


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("nicotine", "Yes, stopped 10/1/2026"),
        ("nicotine", "Yes but I quit on 10/1/2026, none since"),
        ("dairy", "Stopped eating dairy 10/1/2026, none since"),
        ("alcohol", "sober since 10/1/2026"),
    ],
)
def test_a_habit_that_ended_is_over_from_that_day(field: str, text: str) -> None:
    reading = read(field, text, US)
    assert [(fact.presence, fact.start, fact.end) for fact in reading.facts] == [
        (Presence.YES, None, date(2026, 10, 1))
    ]


@pytest.mark.parametrize("text", ["back on dairy since 10/1/2026", "reintroduced dairy 10/1/2026"])
def test_a_habit_taken_up_again_runs_from_that_day(text: str) -> None:
    assert _told(read("dairy", text, US)) == [("yes", "", date(2026, 10, 1), None)]


@pytest.mark.parametrize(
    "text", ["Yes, stopped smoking 10/1/2026", "Yes, not stopped 10/1/2026", "yes, none since"]
)
def test_a_yes_beside_another_end_is_asked(text: str) -> None:
    assert _is_asked(read("nicotine", text, US))


@pytest.mark.parametrize(
    ("text", "willing"),
    [
        ("No", Willing.NO),
        ("nope", Willing.NO),
        ("Absolutely not!", Willing.NO),
        ("no thank you", Willing.NO),
        ("I'd rather not", Willing.NO),
        ("yes", Willing.YES),
        ("Yes, if compatible with breastfeeding", Willing.IF_COMPATIBLE),
        ("yes, with doctor's approval", Willing.IF_COMPATIBLE),
        ("ask me", Willing.ASK),
        ("yes but not with antidepressants", None),
        ("yes, if no narcotics", None),
        ("no antidepressants", None),
        ("", None),
    ],
)
def test_a_family_says_no_in_many_words_and_a_yes_with_a_but_is_asked(
    text: str, willing: Willing | None
) -> None:
    assert read_willing(text) is willing


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("mayo 2026", date(2026, 5, 1)), ("mai 2026", date(2026, 5, 1)), ("agosto de 2026", date(2026, 8, 1)),
        ("août 2026", date(2026, 8, 1)), ("juillet 2026", date(2026, 7, 1)), ("May 2026", date(2026, 5, 1)),
        ("13 mayo 2026", date(2026, 5, 13)), ("13 de mayo de 2026", date(2026, 5, 13)),
        ("3 février 2026", date(2026, 2, 3)), ("mayo 13, 2026", date(2026, 5, 13)),
    ],
)  # fmt: skip
def test_a_month_in_spanish_or_french_is_no_january(typed: str, day: date) -> None:
    reading = read("blood_tests", f"HIV negative, {typed}", US)

    assert [fact.start for fact in reading.facts] == [day]
