"""Days as people type them: what a person could read in one way only is read, the rest is asked."""

from __future__ import annotations

from datetime import date

import pytest

from coordinator.domain.families.households import Role
from coordinator.domain.imports.row_answers import Answers, DonorAnswers
from coordinator.domain.imports.typed import read_typed
from coordinator.domain.reading.cells import Cell
from coordinator.domain.reading.dates import DateOrder, DateRule, read_date
from coordinator.domain.reading.spans import read_span

TODAY = date(2026, 11, 25)
US = DateRule(DateOrder.MONTH_FIRST, TODAY)
EUROPE = DateRule(DateOrder.DAY_FIRST, TODAY)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12 août 2026", "2026-08-12"), ("1er octobre 2026", "2026-10-01"), ("le 3 sept. 2026", "2026-09-03"),
        ("15 de agosto de 2026", "2026-08-15"), ("3 de octubre del 2026", "2026-10-03"),
        ("martes 3 de marzo de 2026", "2026-03-03"), ("12 mai 2026", "2026-05-12"),
        ("21-nov-2026", "2026-11-21"), ("Nov 21 2026", "2026-11-21"), ("Nov 21,2026", "2026-11-21"),
        ("21.11.2026", "2026-11-21"), ("2026.11.21", "2026-11-21"), ("11-21-26", "2026-11-21"),
        ("Sat, Nov 21, 2026", "2026-11-21"), ("21/11/26", "2026-11-21"),
        ("2026-11-21T09:14:33-05:00", "2026-11-21"), ("2026-11-21T14:14:33.000Z", "2026-11-21"),
        ("20261121", "2026-11-21"), ("Sept 3, 2026", "2026-09-03"), ("September 3rd 2026", "2026-09-03"),
        ("3 Sep 26", "2026-09-03"), ("November 21, 2026 at 9:14 AM", "2026-11-21"),
        ("11 / 21 / 2026", "2026-11-21"), ("2026年11月21日", "2026-11-21"),
    ],
)  # fmt: skip
def test_a_day_that_can_be_read_in_one_way_is_read(typed: str, day: str) -> None:
    for rule in (US, EUROPE):
        found = read_date(Cell(typed), rule)
        assert found is not None
        assert (found.on.isoformat(), found.is_ambiguous) == (day, False)


@pytest.mark.parametrize(
    "typed",
    [
        "Nov '26", "2026-11", "Nov 21st", "11/21/2026 - 11/22/2026", "2/29/2026", "11/31/2026", "Today",
        "00/00/0000", "1/0/1900", "11/21/0026", "31 février 2026", "no 12 mai 2026", "before 12 mai 2026",
        "12 mai", "agosto 2026", "10 weeks", "39", "20261340", "soy since May 2026", "603-555-0101",
    ],
)  # fmt: skip
def test_no_other_words_are_made_a_day(typed: str) -> None:
    assert read_date(Cell(typed), US) is None


@pytest.mark.parametrize("typed", ["11/21/26?", "approx 11/21/2026", "~ Nov 21, 2026", "about 21 nov 2026"])
def test_a_day_told_with_a_doubt_is_read_and_asked(typed: str) -> None:
    found = read_date(Cell(typed), US)

    assert found is not None
    assert (found.on, found.is_ambiguous) == (date(2026, 11, 21), True)


@pytest.mark.parametrize(
    ("typed", "first", "last", "is_sure"),
    [
        ("11/1/2026 - 11/22/2026", "2026-11-01", "2026-11-22", True),
        ("10/1-11/1/2026", "2026-10-01", "2026-11-01", True),
        ("Oct 1 - Nov 10, 2026", "2026-10-01", "2026-11-10", True),
        ("between 5/14 and 7/6", "2026-05-14", "2026-07-06", False),
        ("11/20 to 1/5", "2025-11-20", "2026-01-05", False),
        ("Dec and Jan", "2025-12-01", "2026-01-31", False),
        ("March–May", "2026-03-01", "2026-05-31", False),
        ("March-May 2026", "2026-03-01", "2026-05-31", False),
        ("mai - août", "2026-05-01", "2026-08-31", False),
        ("del 3 de mayo al 5 de junio", "2026-05-03", "2026-06-05", False),
        ("Nov '26", "2026-11-01", "2026-11-25", False),
        ("2026-11", "2026-11-01", "2026-11-25", False),
        ("Nov 21st", "2026-11-21", "2026-11-21", False),
        ("end of October", "2026-10-01", "2026-10-31", False),
    ],
)
def test_when_milk_was_pumped_is_read_as_told(typed: str, first: str, last: str, is_sure: bool) -> None:  # noqa: FBT001
    span = read_span(typed, US)

    assert span is not None
    assert (span.first.isoformat(), span.last.isoformat(), span.is_sure) == (first, last, is_sure)


@pytest.mark.parametrize(
    "typed",
    [
        "Nov 26",
        "2 months",
        "no milk in Nov",
        "2026",
        "2/30",
        "10/1, 10/5, 11/2",
        "last week",
        "may be",
        "5",
        "",
    ],
)
def test_no_other_words_are_days_of_milk(typed: str) -> None:
    assert read_span(typed, US) is None


def test_days_without_a_year_are_those_of_the_column() -> None:
    span = read_span("3/4 - 5/4", EUROPE)

    assert span is not None
    assert (span.first, span.last) == (date(2026, 4, 3), date(2026, 4, 5))


def test_a_doubtful_day_is_kept_and_asked() -> None:
    row = a_donor(expressed_from="9/1/2026", expressed_to="Oct '26")

    assert milk_of(row) == ("2026-09-01", "2026-10-31")
    assert "was read as" in asked(row, "expressed_to")


@pytest.mark.parametrize("typed", ["Nov '26", "2026-11", "Nov 2026", "11/2026", "noviembre 2026"])
def test_which_day_of_a_month_not_over_was_the_last_is_asked_without_a_guess(typed: str) -> None:
    row = a_donor(expressed_from="10/1/2026", expressed_to=typed)

    assert milk_of(row) == ("2026-10-01", "None")
    assert f"what does “{typed}” mean?" in asked(row, "expressed_to")


def test_the_first_day_of_a_month_not_over_is_taken_and_asked() -> None:
    row = a_donor(expressed_from="Nov '26", expressed_to="11/15/2026")

    assert milk_of(row) == ("2026-11-01", "2026-11-15")
    assert "was read as" in asked(row, "expressed_from")


def test_one_cell_tells_the_oldest_and_the_newest_milk() -> None:
    row = a_donor(expressed_from="9/1/2026 to 11/1/2026")

    assert milk_of(row) == ("2026-09-01", "2026-11-01")
    assert not asked(row, "expressed_from", "expressed_to")


@pytest.mark.parametrize(
    ("typed", "day"), [("today", "2026-11-20"), ("Yesterday", "2026-11-19"), ("hoy", "2026-11-20")]
)
def test_today_is_the_day_the_form_was_sent(typed: str, day: str) -> None:
    assert milk_of(a_donor(expressed_from="10/1/2026", expressed_to=typed))[1] == day


def test_today_without_a_day_of_the_form_is_asked() -> None:
    row = read_typed(Role.DONOR, {"expressed_to": "today"}, TODAY)

    assert "today" in asked(row, "expressed_to")


def test_milk_since_birth_is_asked_about() -> None:
    row = a_donor(baby_born="5/25/2026", expressed_from="since birth", expressed_to="still pumping")

    assert milk_of(row) == ("2026-05-25", "2026-11-20")
    assert asked(row, "expressed_from")
    assert asked(row, "expressed_to")


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("10 weeks", "2026-09-11"), ("7mo", "2026-04-20"), ("LO is 5m", "2026-06-20"),
        ("3 months old", "2026-08-20"), ("1 year 3 months", "2025-08-20"), ("12 semanas", "2026-08-28"),
        ("5 mois", "2026-06-20"), ("3.5 months", "2026-08-05"), ("almost 6 months!", "2026-05-20"),
    ],
)  # fmt: skip
def test_an_age_is_about_a_birth_date_and_asked(typed: str, born: str) -> None:
    row = a_donor(baby_born=typed)

    assert isinstance(row.detail, DonorAnswers)
    assert str(row.detail.baby_born) == born
    assert typed in asked(row, "baby_born")


@pytest.mark.parametrize("typed", ["10", "30 years", "due in May", "5 lb", "born at 31+3", "twins, 4 months"])
def test_what_may_be_no_age_makes_no_birth_date(typed: str) -> None:
    row = a_donor(baby_born=typed)

    assert isinstance(row.detail, DonorAnswers)
    assert row.detail.baby_born is None
    assert asked(row, "baby_born")


def test_an_age_without_the_day_of_the_form_is_asked() -> None:
    row = read_typed(Role.DONOR, {"baby_born": "10 weeks"}, TODAY)

    assert isinstance(row.detail, DonorAnswers)
    assert row.detail.baby_born is None


@pytest.mark.parametrize("typed", ["Mia 3/4/2026", "Mia, born 3/4/26", "3/4/2026 Mia", "Mia (3/4/2026)"])
def test_a_name_and_a_birth_date_in_one_cell_are_two_answers(typed: str) -> None:
    for typed_in in ("baby_name", "baby_born"):
        row = read_typed(Role.RECIPIENT, {typed_in: typed}, TODAY)
        assert (row.values["baby_name"], row.values["baby_born"]) == ("Mia", "2026-03-04")


@pytest.mark.parametrize(
    "typed",
    ["due 1/5/2027", "EDD 1/5/2027", "9/4/2026 (twins)", "Mia 9/4/2026, Leo 8/1/2026", "passed 9/4/2026"],
)
def test_other_words_beside_a_day_make_it_no_birth_date(typed: str) -> None:
    row = read_typed(Role.RECIPIENT, {"baby_born": typed}, TODAY)

    assert "baby_born" not in row.values
    assert typed in asked(row, "baby_born")


def a_donor(**typed: str) -> Answers:
    return read_typed(Role.DONOR, {"timestamp": "11/20/2026 10:00:00", **typed}, TODAY)


def milk_of(row: Answers) -> tuple[str, str]:
    assert isinstance(row.detail, DonorAnswers)
    return str(row.detail.lot.expressed_from), str(row.detail.lot.expressed_to)


def asked(row: Answers, *topics: str) -> str:
    return "; ".join(question.text for question in row.questions if question.topic in topics)


@pytest.mark.parametrize(
    ("typed", "oldest", "newest"),
    [
        ("since 9/1/2026", "2026-09-01", "None"), ("until 11/1/2026", "None", "2026-11-01"),
        ("10/1/2026 (oldest)", "2026-10-01", "None"), ("through Nov 1", "None", "2026-11-01"),
        ("pumped 10/1/2026", "2026-10-01", "2026-10-01"), ("Sept 2025", "2025-09-01", "2025-09-30"),
    ],
)  # fmt: skip
def test_a_day_is_the_first_or_the_last_as_its_words_say(typed: str, oldest: str, newest: str) -> None:
    assert milk_of(a_donor(expressed_from=typed))[0] == oldest
    assert milk_of(a_donor(expressed_to=typed))[1] == newest


def test_one_month_or_day_in_the_column_of_the_oldest_says_nothing_of_the_newest() -> None:
    for typed in ("Sept 2025", "10/1/2026", "since 9/1"):
        assert milk_of(a_donor(expressed_from=typed))[1] == "None"


@pytest.mark.parametrize("typed", ["9/1/2026 to present", "9/1/2026 - now", "Sept until today"])
def test_until_now_is_the_day_of_the_form_and_asked(typed: str) -> None:
    row = a_donor(expressed_from=typed)

    assert milk_of(row) == ("2026-09-01", "2026-11-20")
    assert typed in asked(row, "expressed_to")


def test_a_day_in_the_cell_of_the_ounces_is_quoted_when_asked() -> None:
    row = a_donor(ounces="300 oz, pumped Oct 2026")

    assert milk_of(row) == ("2026-10-01", "2026-10-31")
    assert "300 oz, pumped Oct 2026" in asked(row, "expressed_from")
    assert milk_of(a_donor(ounces="300 oz since 9/1/2026")) == ("2026-09-01", "None")


@pytest.mark.parametrize(
    ("typed", "month", "day"),
    [
        ("22 octobre 2026", 10, 22),
        ("16 septembre 2026", 9, 16),
        ("le 16 novembre 2026", 11, 16),
        ("12 de octubre 2026", 10, 12),
        ("5 noviembre 2026", 11, 5),
        ("15 de septiembre de 2026", 9, 15),
    ],
)
def test_a_month_that_begins_like_an_english_one_is_read_in_its_language(
    typed: str, month: int, day: int
) -> None:
    found = read_date(Cell(typed), US)

    assert found is not None
    assert found.on == date(2026, month, day)
