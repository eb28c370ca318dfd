"""What people type in a cell, and what it is read as."""

from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.facts.dated_facts import Fact, Presence
from coordinator.domain.families.contacts import read_email, read_first_phone
from coordinator.domain.imports.amounts import read_amount
from coordinator.domain.imports.contacts import (
    better_cased,
    read_contact_way,
    read_languages,
    read_town,
    read_zip,
)
from coordinator.domain.imports.free_words import babies_told, is_no_answer, says_no_car, words_of_loss
from coordinator.domain.imports.measures import read_coolers, read_count, read_reach
from coordinator.domain.reading import READERS, Reading, read
from coordinator.domain.reading.cells import Cell
from coordinator.domain.reading.dates import (
    DateOrder,
    DateRule,
    decide_order,
    find_dates,
    read_date,
)
from coordinator.domain.reading.foods import read_must_avoid
from coordinator.domain.reading.moments import read_moment

TODAY = date(2026, 11, 21)
US = DateRule(DateOrder.MONTH_FIRST, TODAY)
DAY_FIRST = DateRule(DateOrder.DAY_FIRST, TODAY)


@pytest.mark.parametrize(
    ("text", "low", "high", "is_estimate"),
    [
        ("485 oz", 485, 485, False),
        ("~300", 300, 300, True),
        ("about 300 ounces", 300, 300, True),
        ("300ish", 300, 300, True),
        ("300+", 300, 300, True),
        ("1,200", 1200, 1200, False),
        ("1,491 oz", 1491, 1491, False),
        ("4-5", 4, 5, False),
        ("4 to 5 oz a day", 4, 5, False),
        ("4–5 oz", 4, 5, False),
        ("none", 0, 0, False),
        ("None!", 0, 0, False),
        ("0", 0, 0, False),
        ("3.5", 3.5, 3.5, False),
        ("300 oz in 60 bags", 300, 300, False),
        ("60 bags of 5 oz", 300, 300, False),
        ("50 x 4 oz", 200, 200, False),
        ("10 oz/day", 10, 10, False),
        ("502 ounces", 502, 502, False),
        ("2 gallons", 256, 256, False),
    ],
)
def test_an_amount_is_read(text: str, low: float, high: float, is_estimate: bool) -> None:  # noqa: FBT001
    amount = read_amount(text)

    assert amount is not None
    assert (round(amount.low.oz, 2), round(amount.high.oz, 2)) == (low, high)
    assert amount.is_estimate is is_estimate


def test_millilitres_and_litres_are_read() -> None:
    amounts = [read_amount(text) for text in ("3000 ml", "3 L", "1.5 liters")]

    assert [amount.low.ml if amount else None for amount in amounts] == [3000, 3000, 1500]


@pytest.mark.parametrize(
    "text",
    [
        "a few",
        "lots",
        "two freezers full",
        "1.200",
        "-5",
        "5-4",
        "300 or 400 or 500",
        "9999999999999",
        "12/3",
    ],
)
def test_what_is_no_plain_amount_is_not_guessed(text: str) -> None:
    assert read_amount(text) is None


def test_bags_are_counted() -> None:
    assert [read_count(text) for text in ("19", "19 bags", "~20", "1,100", "19.5", "some")] == [
        19,
        19,
        20,
        1100,
        None,
        None,
    ]


def test_coolers_are_listed_one_by_one() -> None:
    assert read_coolers("28,28") == (28, 28)
    assert read_coolers("28, 28, 48") == (28, 28, 48)
    assert read_coolers("6 x 28") == (28,) * 6
    assert read_coolers("60 + 28") == (60, 28)
    assert read_coolers("2x28 qt and 48 quarts") == (28, 28, 48)
    assert read_coolers("a big one") is None
    assert read_coolers("99 x 28") is None


def test_reach_is_miles_or_minutes() -> None:
    assert read_reach("25") == (25, None)
    assert read_reach("30 miles") == (30, None)
    assert read_reach("up to an hour") == (None, 60)
    assert read_reach("1.5 hours") == (None, 90)
    assert read_reach("about 45 min") == (None, 45)
    assert read_reach("anywhere") == (None, None)


@pytest.mark.parametrize(
    "text",
    ["2026-11-04", "11/4/2026", "11/4/26", "Nov 4, 2026", "Nov. 4 2026", "4 Nov 2026", "November 4th, 2026",
     "11-4-2026", "11.4.2026", "Wed 11/4/2026", "11/4/2026 10:25:28", "46330"],
)  # fmt: skip
def test_every_way_to_write_a_day_is_the_same_day(text: str) -> None:
    found = read_date(Cell(text), US)

    assert found is not None
    assert found.on == date(2026, 11, 4)


@pytest.mark.parametrize(
    "text", ["", "soon", "11/4", "2026", "13/13/2026", "2/30/2026", "11/4/2026 to 11/9/2026", "12-5"]
)
def test_what_is_no_full_day_is_not_completed(text: str) -> None:
    assert read_date(Cell(text), US) is None


def test_a_typed_date_of_a_workbook_is_taken_as_it_is() -> None:
    moment = datetime.combine(date(2026, 5, 12), time(9, 30))

    found = read_date(Cell("2026-05-12 09:30:00", moment), US)

    assert found is not None
    assert found.on == date(2026, 5, 12)
    assert read_moment(Cell("x", moment), US) == moment


def test_a_two_digit_year_is_this_century_unless_that_lies_ahead() -> None:
    found = [read_date(Cell(f"5/6/{year}"), US) for year in ("26", "27", "85")]

    assert [day.on.year if day else None for day in found] == [2026, 2027, 1985]


def test_the_order_of_a_column_is_decided_by_all_its_cells() -> None:
    day_first = decide_order(["3/4/2026", "25/4/2026"], TODAY)
    month_first = decide_order(["3/4/2026", "4/25/2026"], TODAY)
    assumed = decide_order(["3/4/2026"], TODAY)
    mixed = decide_order(["25/4/2026", "4/25/2026", "4/26/2026"], TODAY)

    assert (day_first.order, day_first.is_proven) == (DateOrder.DAY_FIRST, True)
    assert (month_first.order, month_first.is_proven) == (DateOrder.MONTH_FIRST, True)
    assert (assumed.order, assumed.is_proven) == (DateOrder.MONTH_FIRST, False)
    assert (mixed.order, mixed.is_mixed) == (DateOrder.MONTH_FIRST, True)


def test_an_impossible_day_proves_no_order() -> None:
    rule = decide_order(["13/13/2026", "25/4/2026"], TODAY)

    assert (rule.order, rule.is_mixed) == (DateOrder.DAY_FIRST, False)
    assert not decide_order(["13/13/2026"], TODAY).is_proven


def test_in_a_mixed_column_only_unclear_days_are_ambiguous() -> None:
    mixed = DateRule(DateOrder.MONTH_FIRST, TODAY, is_proven=True, is_mixed=True)

    assert [found.is_ambiguous for found in find_dates("3/4/2026 25/4/2026 4/4/2026", mixed)] == [
        True,
        False,
        False,
    ]


def test_both_days_of_a_range_are_found() -> None:
    assert [found.on for found in find_dates("12/20/2026-1/3/2027", US)] == [
        date(2026, 12, 20),
        date(2027, 1, 3),
    ]
    assert [found.on for found in find_dates("3/4/2026", DAY_FIRST)] == [date(2026, 4, 3)]


def test_a_timestamp_keeps_its_time() -> None:
    assert read_moment(Cell("11/21/2026 9:35:58"), US) == datetime.combine(TODAY, time(9, 35, 58))
    assert read_moment(Cell("11/21/2026 2:05 PM"), US) == datetime.combine(TODAY, time(14, 5))


def test_zips_get_back_the_zeros_a_spreadsheet_ate() -> None:
    zips = ["1886", "3885", "501", "03801-1234", "38011234", "03801", "3227.0", "m5v3l9", "12", "York"]

    assert [read_zip(text) for text in zips] == [
        "01886", "03885", "00501", "03801", "03801", "03801", "03227", "M5V 3L9", "", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["+1 207 555 0141", "2075550141", "(207) 555-0141", "207.555.0141", "2075550141.0", "207-555-0141 (cell)",
     "call 207-555-0141 or 603-555-0100"],
)  # fmt: skip
def test_phones_are_normalised(text: str) -> None:
    assert read_first_phone(text) == "+12075550141"


def test_what_is_no_phone_or_address_is_left_out() -> None:
    assert read_first_phone("ask my sister") == ""
    assert read_first_phone("555-0141") == ""
    assert read_email("not an address") is None
    assert read_email("mailto:ZOE.ITO12@Example.ORG ") == "zoe.ito12@example.org"


def test_towns_names_languages_and_ways_to_reach_are_tidied() -> None:
    assert [read_town(text) for text in ("NEWFIELDS", "south berwick", "York Harbor", "ORR'S ISLAND")] == [
        "Newfields",
        "South Berwick",
        "York Harbor",
        "Orr's Island",
    ]
    assert better_cased("zoë ito", "Zoë Ito") == "Zoë Ito"
    assert better_cased("Zoë Ito", "ZOË ITO") == "Zoë Ito"
    assert read_languages("Somali; English") == ("Somali", "English")
    assert read_languages("Vietnamese/English and French") == ("Vietnamese", "English", "French")
    assert [
        read_contact_way(text) for text in ("Text message", "call after 5", "email", "phone", "either")
    ] == [
        "text",
        "phone",
        "email",
        "phone",
        "",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "milk is from when our daughter was in the NICU, she passed in August",
        "He died at three weeks.",
        "our son was stillborn",
        "milk from after the loss of our baby",
        "We lost our baby girl in May",
        "angel baby mama",
        "she didn't make it",
        "she didn’t survive",
        "In memory of Rosa",
        "he passed away",
        "our twins came early and one passed",
        "lost him last spring",
        "My phone died, and so did my heart when he died.",
    ],
)
def test_words_of_loss_are_noticed(text: str) -> None:
    assert words_of_loss(text)


@pytest.mark.parametrize(
    "text",
    [
        "She passed the test",
        "baby passed her hearing screen",
        "my phone died, text my husband",
        "our freezer just died so please hurry",
        "I passed your number to a friend",
        "we lost power in the storm",
        "weight loss since birth",
        "loss of supply",
        "lost her first tooth",
        "we didn't make it to the pickup",
        "Dog in yard, use side door",
        "the battery in the doorbell has died",
        "",
    ],
)
def test_everyday_words_are_not_taken_for_a_loss(text: str) -> None:
    assert words_of_loss(text) == ""


def test_the_sentence_of_the_loss_is_what_is_read_first() -> None:
    assert words_of_loss("Use the side door. He died in May. Thank you!") == "He died in May."


def test_twins_and_cars_are_noticed_in_free_words() -> None:
    told = ("twins!", "Twin girls", "triplets", "not twins", "twin bed", "one baby")
    assert [babies_told(text) for text in told] == [2, 2, 3, 1, 1, 1]
    assert [says_no_car(text) for text in ("no car", "I don't drive", "can park the car")] == [
        True,
        True,
        False,
    ]


def test_putting_off_is_no_answer() -> None:
    told = (
        "can send",
        "can't remember",
        "Can’t remember",
        "not sure",
        "?",
        "will check",
        "negative 7/14/2026",
        "no",
    )

    assert [is_no_answer(text) for text in told] == [True] * 6 + [False] * 2


def only(reading: Reading) -> Fact:
    (fact,) = reading.facts
    return fact


@pytest.mark.parametrize(
    ("text", "presence", "end"),
    [
        ("yes", Presence.YES, None),
        ("Yes", Presence.YES, None),
        ("No", Presence.NO, None),
        ("dairy free", Presence.NO, None),
        ("No, stopped 2026-10-09", Presence.YES, date(2026, 10, 9)),
        ("No, stopped 8/16/26", Presence.YES, date(2026, 8, 16)),
        ("dairy free since Aug 27, 2026", Presence.YES, date(2026, 8, 27)),
        ("no dairy since 9/6/2026", Presence.YES, date(2026, 9, 6)),
        ("yes until 9/6/2026", Presence.YES, date(2026, 9, 7)),
    ],
)
def test_dairy_answers_become_dated_facts(text: str, presence: Presence, end: date | None) -> None:
    fact = only(read("dairy", text, US))

    assert (fact.presence, fact.start, fact.end, fact.raw) == (presence, None, end, text)


@pytest.mark.parametrize(
    "text",
    ["No, stopped in March", "stopped 8/10", "mostly not", "can't remember", "no, except butter", "a little",
     "stopping 12/1/2026"],
)  # fmt: skip
def test_a_dairy_answer_without_a_plain_day_stays_unclear_and_is_asked(text: str) -> None:
    reading = read("dairy", text, US)

    assert only(reading).presence is Presence.UNCLEAR
    assert reading.question


@pytest.mark.parametrize("text", ["yes and no", "yes/no", "No? Yes?", "sometimes dairy?", "-", "??"])
@pytest.mark.parametrize("key", ["dairy", "nicotine", "medicines", "foods_avoided"])
def test_an_answer_between_yes_and_no_is_neither(key: str, text: str) -> None:
    reading = read(key, text, US)

    assert Presence.UNCLEAR in {fact.presence for fact in reading.facts}
    assert Presence.NO not in {fact.presence for fact in reading.facts}
    assert reading.question


def test_dairy_stopped_and_begun_again_is_both() -> None:
    reading = read("dairy", "stopped 8/1/26, again 9/1/26", US)

    assert [(f.start, f.end) for f in reading.facts] == [(None, date(2026, 8, 1)), (date(2026, 9, 1), None)]


def test_medicines_are_one_fact_each_with_the_last_day_included() -> None:
    reading = read("medicines", "amoxicillin 2026-11-09 to Nov 16, 2026, prenatals and vit D", US)

    assert [(f.subject, f.start, f.end) for f in reading.facts] == [
        ("amoxicillin", date(2026, 11, 9), date(2026, 11, 17)),
        ("prenatals", None, None),
        ("vit D", None, None),
    ]
    assert not reading.question


def test_a_medicine_since_a_day_has_begun_on_it() -> None:
    fact = only(read("medicines", "sertraline 50mg since 9/10/26", US))

    assert (fact.subject, fact.start, fact.end) == ("sertraline 50mg", date(2026, 9, 10), None)


def test_a_medicine_with_half_a_date_is_asked_about() -> None:
    reading = read("medicines", "amoxicillin 9/27 to 11/15", US)

    assert only(reading).presence is Presence.UNCLEAR
    assert "year" in reading.question


def test_habits_keep_her_words() -> None:
    quit_vape = only(read("nicotine", "vape, quit 4/28/26", US))
    smoker = only(read("nicotine", "a pack since 5/1/2026", US))
    edible = only(read("cannabis", "edible once, 2026-08-02", US))
    wine = only(read("alcohol", "1 glass wine on weekends, I pump and dump", US))

    assert (quit_vape.subject, quit_vape.end) == ("vape", date(2026, 4, 28))
    assert (smoker.subject, smoker.start, smoker.end) == ("a pack", date(2026, 5, 1), None)
    assert (edible.start, edible.end) == (date(2026, 8, 2), date(2026, 8, 3))
    assert (wine.presence, wine.subject) == (Presence.YES, "1 glass wine on weekends, I pump and dump")


def test_a_prenatal_panel_does_not_answer_htlv() -> None:
    panel = read("blood_tests", "prenatal panel 6/3/2026 neg", US)
    named = read("blood_tests", "HIV/HBV/HCV/HTLV/syphilis negative 7/14/2026", US)

    assert only(panel).start == date(2026, 6, 3)
    assert "HTLV" in panel.question
    assert named.question == ""


def test_can_send_answers_nothing() -> None:
    reading = read("blood_tests", "can send", US)

    assert only(reading).presence is Presence.UNCLEAR
    assert reading.question


def test_events_foods_and_heat_are_read() -> None:
    event = only(read("tattoo", "tattoo Jul 28, 2026 licensed shop", US))
    foods = read("foods_avoided", "soy and eggs", US)
    vegan = only(read("foods_avoided", "vegan (take B12)", US))
    some = read("heat_treated", "some bags, marked S", US)

    assert (event.subject, event.start) == ("tattoo licensed shop", date(2026, 7, 28))
    assert [fact.subject for fact in foods.facts] == ["soy", "egg"]
    assert vegan.subject == "vegan"
    assert some.question


@pytest.mark.parametrize(
    ("text", "foods", "left"),
    [
        ("dairy and soy", ("dairy", "soy"), ()),
        ("cow's milk protein (CMPI)", ("dairy",), ()),
        ("none", (), ()),
        ("egg", ("egg",), ()),
        ("nuts", ("peanut", "tree nuts"), ()),
        ("MSPI", ("dairy", "soy"), ()),
        ("FPIES to milk", ("dairy",), ()),
        ("dairy and zorble", ("dairy", "zorble"), ("zorble",)),
        ("maybe eggs", ("egg",), ("maybe eggs",)),
    ],
)
def test_what_a_baby_must_avoid_is_named_in_our_words(
    text: str, foods: tuple[str, ...], left: tuple[str, ...]
) -> None:
    assert read_must_avoid(text, US) == (foods, left)


ANY_TEXT = st.text(max_size=60) | st.from_regex(r"[\w ]{0,12}\d{1,4}[/\-. ,]\d{1,4}[/\-. ,]\d{1,4}[\w ]{0,9}")
TEXT_READERS: tuple[Callable[[str], object], ...] = (
    read_amount,
    read_count,
    read_coolers,
    read_reach,
    read_zip,
    read_first_phone,
    read_email,
    read_town,
    read_languages,
    read_contact_way,
    words_of_loss,
    babies_told,
)


@given(ANY_TEXT)
def test_no_text_makes_a_reader_fail(text: str) -> None:
    for read_text in TEXT_READERS:
        read_text(text)
    read_must_avoid(text, US)
    read_date(Cell(text), US)
    read_moment(Cell(text), DAY_FIRST)


@given(ANY_TEXT.filter(lambda text: bool(text.strip(" .,;+&/"))))
def test_every_answer_about_a_donor_leaves_a_fact_or_a_question_and_keeps_its_words(text: str) -> None:
    for key in READERS:
        reading = read(key, text, US)

        assert reading.facts or reading.question
        assert all(fact.raw and fact.raw.strip() in text for fact in reading.facts)
        assert all(f.start is None or f.end is None or f.start <= f.end for f in reading.facts)
        if any(fact.presence is Presence.UNCLEAR for fact in reading.facts):
            assert reading.question


@given(
    st.dates(date(2000, 1, 1), TODAY),
    st.sampled_from(["%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%b %d, %Y", "%d %B %Y"]),
)
def test_a_written_day_is_read_back(day: date, style: str) -> None:
    found = read_date(Cell(day.strftime(style)), US)

    assert found is not None
    assert found.on == day


@given(st.integers(0, 100_000), st.booleans(), st.sampled_from(["", " oz", " ounces", "oz"]))
def test_a_written_amount_is_read_back(ounces: int, is_about: bool, unit: str) -> None:  # noqa: FBT001
    amount = read_amount(f"{'~' if is_about else ''}{ounces:,}{unit}")

    assert amount is not None
    assert round(amount.low.oz, 1) == ounces
    assert amount.is_estimate is is_about
