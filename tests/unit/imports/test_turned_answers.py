"""Below a heading that asks the other way round yes means no; what cannot be turned is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.facts.dated_facts import Fact, Presence
from coordinator.domain.families.fields import FIELDS
from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.column_use import ColumnUse, Unit
from coordinator.domain.reading import read
from coordinator.domain.reading.dates import DateOrder, DateRule
from coordinator.domain.reading.polarity import REVERSED, plain_words
from tests.unit.imports.rows import TODAY, a_row, asked, facts_of, reversed_row, what_is_told

RULE = DateRule(DateOrder.MONTH_FIRST, TODAY)


@pytest.mark.parametrize(
    ("key", "typed", "told"),
    [
        ("dairy", "Yes", "no"), ("dairy", "yes!", "no"), ("dairy", "Sí", "no"), ("dairy", "TRUE", "no"),
        ("dairy", "No", "yes"), ("dairy", "No, I eat cheese", "yes"), ("dairy", "I eat dairy", "yes"),
        ("dairy", "Yes, since 2/1/2026", "until 2026-02-01"), ("dairy", "since 2/1/2026", "until 2026-02-01"),
        ("dairy", "Yes, no dairy since 2/1/2026", "until 2026-02-01"), ("dairy", "vegan", "no"),
        ("dairy", "dairy free", "no"), ("dairy", "Yes, vegan", "no"), ("dairy", "DF", "no"),
        ("nicotine", "yes", "no"), ("nicotine", "no", "yes"), ("nicotine", "No, I vape", "yes"),
        ("nicotine", "never smoked", "no"), ("nicotine", "yes, quit 10/1/2026", "until 2026-10-01"),
        ("alcohol", "yes", "no"), ("cannabis", "Yes", "no"), ("medicines", "Yes", "no"),
        ("heat_treated", "yes", "no"), ("heat_treated", "no", "yes"), ("tattoo", "yes", "no"),
    ],
)  # fmt: skip
def test_below_a_heading_that_asks_the_other_way_round_yes_is_no(key: str, typed: str, told: str) -> None:
    assert what_is_told(reversed_row(key, typed), key) == told


@pytest.mark.parametrize(
    "typed",
    [
        "mostly", "yes except cheese", "Yes, mostly", "sometimes", "yes but butter", "no since 10/1/2026",
        "no, vegan", "Yes (2/1/2026)", "yes for 3 months", "trying to", "No, never", "yes, since 2/1", "N/A",
        "since 3/1/2026 until 5/1/2026", "from 3/1/2026 to 5/1/2026", "since 3/1/2026 till May",
        "Yes, from 3/1/2026 - 5/1/2026",
    ],
)  # fmt: skip
def test_what_cannot_be_turned_is_asked_in_her_words(typed: str) -> None:
    row = reversed_row("dairy", typed)

    assert what_is_told(row, "dairy") == "ask"
    assert typed.removeprefix("yes, ") in asked(row, "dairy")


@given(key=st.sampled_from(sorted(REVERSED)), typed=st.text(max_size=40))
def test_no_words_are_turned_into_a_plain_no_but_a_plain_yes(key: str, typed: str) -> None:
    said = plain_words(key, typed, RULE)

    if said is not None and _is_plain_no(read(key, said, RULE).facts):
        word = typed.strip().casefold().split(" ")[0].strip(" ,;:.!–—-()")
        speaks_for_itself = _is_plain_no(read(key, typed, RULE).facts)
        assert word in {
            "yes",
            "yep",
            "yeah",
            "y",
            "true",
            "si",
            "sí",
            "oui",
            "correct",
            "x",
            "✓",
            "✔",
            "1",
        } or (speaks_for_itself)


WORDS = st.lists(
    st.sampled_from(
        re.findall(
            r"\S+",
            "yes no mostly except cheese butter dairy free since 2/1/2026 10/1/2026 not never but I eat "
            "smoke vape quit sometimes until vegan yogurt , ; . ( )",
        )
    ),
    min_size=1,
    max_size=6,
).map(" ".join)


@given(key=st.sampled_from(["dairy", "nicotine"]), typed=WORDS)
def test_turned_words_say_no_better_than_they_read_themselves(key: str, typed: str) -> None:
    """Whatever is turned into "no" is a yes by itself, or a no by itself: nothing else was dropped."""
    said = plain_words(key, typed, RULE)

    if said is None:
        return
    facts = read(key, said, RULE).facts
    if _is_plain_no(facts):
        own = read(key, typed, RULE)
        head, _, rest = typed.partition(" ")
        left = [word for word in rest.split() if word.isalpha()]
        assert _is_plain_no(own.facts) or (
            head == "yes" and (not left or _is_plain_no(read(key, rest, RULE).facts))
        )


def _is_plain_no(facts: Sequence[Fact]) -> bool:
    return bool(facts) and all(fact.presence is Presence.NO for fact in facts)


def test_a_fact_that_was_turned_reads_the_same_again() -> None:
    for key in sorted(REVERSED):
        for typed in ("yes", "no", "mostly", "yes except some", "since 2/1/2026"):
            for fact in facts_of(reversed_row(key, typed), key):
                again = read(key, fact.raw, RULE).facts
                assert any(one.presence is fact.presence for one in again), (key, typed, fact.raw)


# One question about several habits.


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("No", {"nicotine": "no", "alcohol": "no", "cannabis": "no"}),
        ("None of the above", {"nicotine": "no", "alcohol": "no", "cannabis": "no"}),
        ("Yes", {"nicotine": "ask", "alcohol": "ask", "cannabis": "ask"}),
        ("Alcohol", {"nicotine": "", "alcohol": "yes", "cannabis": ""}),
        ("Alcohol, Tobacco", {"nicotine": "yes", "alcohol": "yes", "cannabis": ""}),
        ("no smoking, occasional wine", {"nicotine": "no", "alcohol": "yes", "cannabis": ""}),
        ("No alcohol, tobacco, or cannabis", {"nicotine": "no", "alcohol": "no", "cannabis": "no"}),
        ("no alcohol, cigarettes", {"nicotine": "ask", "alcohol": "ask", "cannabis": "ask"}),
        ("no smoking, or wine occasionally", {"nicotine": "ask", "alcohol": "ask", "cannabis": "ask"}),
        ("drugs", {"nicotine": "ask", "alcohol": "ask", "cannabis": "ask"}),
        ("5 a day", {"nicotine": "ask", "alcohol": "ask", "cannabis": "ask"}),
    ],
)
def test_one_answer_about_several_habits_is_read_for_each(typed: str, told: Mapping[str, str]) -> None:
    use = ColumnUse(0, shared=("alcohol", "cannabis"))
    row = a_row(Role.DONOR, [typed], {"nicotine": [use], "alcohol": [use], "cannabis": [use]})

    assert {key: what_is_told(row, key) for key in told} == told


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Yes", "no"),
        ("No", None),
        ("depends", "ask me"),
        ("if compatible", "yes, if compatible"),
        ("mostly", None),
    ],
)
def test_what_a_family_wants_without_is_no_yes(typed: str, told: str | None) -> None:
    row = a_row(Role.RECIPIENT, [typed], {"medicine_ok": [ColumnUse(0, yes_means_no=True)]})

    assert row.values.get("medicine_ok") == told
    assert bool(asked(row, "medicine_ok")) is (told is None)


PIECES = (
    *(
        "yes",
        "no",
        "N/A",
        "580",
        "oz",
        "135 bags",
        "5/14",
        "and",
        "7/6",
        "Dec",
        "2026",
        "10 weeks",
        "kg",
        "x",
    ),
    *("603-555-0101", "/ 0102", "a@example.org", "Mia", "-", "x", "[x]", "since", "until", "now", "99999999"),
)
TYPED = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(PIECES), max_size=5).map(" ".join))


@given(
    role=st.sampled_from(Role),
    typed=TYPED,
    other=TYPED,
    use=st.builds(
        ColumnUse,
        st.just(1),
        unit=st.one_of(st.none(), st.sampled_from(Unit)),
        yes_means_no=st.booleans(),
        is_age=st.booleans(),
        is_detail=st.booleans(),
        option=st.sampled_from(["", "Dairy"]),
        part=st.sampled_from(["", "Monday"]),
        limit=st.sampled_from(["", "25 lb"]),
    ),
)
def test_no_cell_below_any_heading_stops_the_reading(
    role: Role, typed: str, other: str, use: ColumnUse
) -> None:
    keys = [field.topic for field in FIELDS[role] if field.topic != "timestamp"]

    row = a_row(
        role,
        ["11/20/2026 10:00:00", typed, other],
        {"timestamp": [ColumnUse(0)], **{key: [use, ColumnUse(2)] for key in keys}},
    )

    assert row.cells[1] == typed
