"""A field answered in several columns, several answers in one cell, and rows nobody answered."""

from __future__ import annotations

import pytest

from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.column_use import ColumnUse
from coordinator.domain.imports.columns.guessing import guess_list
from coordinator.domain.imports.sheet import read_sheet
from coordinator.domain.imports.table import SourceRow, Table
from coordinator.domain.reading.cells import Cell
from tests.unit.imports.rows import TODAY, a_row, asked, facts_of, subjects, what_is_told


def test_the_later_of_two_columns_fills_a_blank() -> None:
    row = a_row(Role.DONOR, ["", "300"], {"ounces": [ColumnUse(0), ColumnUse(1)]})

    assert row.values["ounces"] == "300 oz"
    assert not asked(row, "ounces")


def test_two_different_answers_are_asked() -> None:
    row = a_row(Role.DONOR, ["120", "300"], {"ounces": [ColumnUse(0), ColumnUse(1)]})

    assert "“120” and “300”" in asked(row, "ounces")


@pytest.mark.parametrize("second", ["120", "see above", "Same", "ditto", " 120 "])
def test_the_same_answer_twice_is_one(second: str) -> None:
    row = a_row(Role.DONOR, ["120", second], {"ounces": [ColumnUse(0), ColumnUse(1)]})

    assert row.values["ounces"] == "120 oz"
    assert not asked(row, "ounces")


def test_two_columns_of_phones_are_two_numbers() -> None:
    row = a_row(Role.DONOR, ["603-555-0101", "603-555-0102"], {"phone": [ColumnUse(0), ColumnUse(1)]})

    assert (row.contact.phone, row.contact.other_phone) == ("+16035550101", "+16035550102")


@pytest.mark.parametrize("tick", ["x", "Yes", "TRUE", "✓", "1", "Dairy", "checked"])
def test_ticks_below_their_options_are_one_list(tick: str) -> None:
    uses = [ColumnUse(n, option=food) for n, food in enumerate(("Dairy", "Soy", "Egg"))]

    row = a_row(Role.DONOR, [tick, "No", ""], {"foods_avoided": uses})

    assert subjects(row, "foods_avoided") == {"dairy"}


def test_a_tick_with_words_beside_it_keeps_them() -> None:
    uses = [ColumnUse(0, option="Dairy"), ColumnUse(1, option="Soy")]

    row = a_row(Role.DONOR, ["x", "since 10/1/2026"], {"foods_avoided": uses})

    assert what_is_told(row, "foods_avoided") != "no"
    assert any("soy" in fact.raw.casefold() for fact in facts_of(row, "foods_avoided"))


def test_no_tick_claims_nothing() -> None:
    uses = [ColumnUse(0, option="Dairy"), ColumnUse(1, option="Soy")]

    row = a_row(Role.DONOR, ["", ""], {"foods_avoided": uses})

    assert not facts_of(row, "foods_avoided")


def test_the_questions_own_column_that_repeats_its_ticks_is_not_read_twice() -> None:
    uses = [ColumnUse(0), ColumnUse(1, option="Dairy"), ColumnUse(2, option="Soy")]

    row = a_row(Role.DONOR, ["Dairy;Soy", "TRUE", "TRUE"], {"foods_avoided": uses})

    assert subjects(row, "foods_avoided") == {"dairy", "soy"}
    assert not asked(row, "food avoided")


@pytest.mark.parametrize(
    "typed", ["Dairy [x] Soy [x] Egg [ ]", "[x] Dairy [x] Soy [ ] Egg", "☑ Dairy ☑ Soy ☐ Egg"]
)
def test_boxes_in_one_cell_are_the_ticked_ones(typed: str) -> None:
    row = a_row(Role.DONOR, [typed], {"foods_avoided": [ColumnUse(0)]})

    assert subjects(row, "foods_avoided") == {"dairy", "soy"}


def test_a_grid_of_days_is_words() -> None:
    uses = [ColumnUse(n, part=day) for n, day in enumerate(("Monday", "Tuesday", "Wednesday"))]

    row = a_row(Role.DRIVER, ["Morning, Afternoon", "", "x"], {"hours": uses})

    assert row.contact.hours == "Monday: Morning, Afternoon; Wednesday"


@pytest.mark.parametrize(
    ("key", "typed", "detail", "told"),
    [
        ("medicines", "Yes", "Zoloft 50mg", "yes"), ("medicines", "No", "", "no"),
        ("medicines", "No", "n/a", "no"),
        ("medicines", "", "Zoloft", "yes"), ("nicotine", "yes", "5 a day", "yes"),
        ("medicines", "yes", "", "ask"),
        ("nicotine", "yes", "since 10/1/2026", "yes"), ("nicotine", "no", "5 a day", "ask"),
        ("tattoo", "yes", "ear piercing 3/1/2026", "yes"), ("nicotine", "Yes", "none", "ask"),
        ("heat_treated", "yes", "some bags", "yes"),
    ],
)  # fmt: skip
def test_a_yes_and_what_was_specified_are_one_answer(key: str, typed: str, detail: str, told: str) -> None:
    uses = [ColumnUse(0), ColumnUse(1, is_detail=True)]

    assert what_is_told(a_row(Role.DONOR, [typed, detail], {key: uses}), key).split(" ")[0] in {told, "until"}


def test_a_turned_yes_keeps_its_detail() -> None:
    uses = [ColumnUse(0, yes_means_no=True), ColumnUse(1, is_detail=True)]

    row = a_row(Role.DONOR, ["Yes", "since 2/1/2026"], {"dairy": uses})

    assert what_is_told(row, "dairy") == "until 2026-02-01"


def test_what_one_column_denies_another_may_tell() -> None:
    uses = [ColumnUse(0), ColumnUse(1)]

    row = a_row(Role.DONOR, ["none", "ibuprofen"], {"medicines": uses})
    smokes = a_row(Role.DONOR, ["no", "yes"], {"nicotine": uses})

    assert subjects(row, "medicines") == {"ibuprofen"}
    assert what_is_told(smokes, "nicotine") == "ask"


def test_not_applicable_nearly_everywhere_is_not_answered() -> None:
    keys = ("name", "dairy", "medicines", "nicotine", "tattoo", "ounces", "alcohol")

    row = a_row(
        Role.DONOR,
        ["Ann", "N/A", "n/a", "N/A", "N/A", "NA", "no"],
        {k: [ColumnUse(n)] for n, k in enumerate(keys)},
    )

    assert [what_is_told(row, key) for key in keys[1:5]] == [""] * 4
    assert what_is_told(row, "alcohol") == "no"
    assert asked(row, "ounces")


@pytest.mark.parametrize(
    "typed", ["", "N/A", "na", "-", "none", "0", "a few", "200 ml/day", "2 months worth"]
)
def test_no_donor_has_no_ounces_without_a_question(typed: str) -> None:
    assert asked(a_row(Role.DONOR, [typed], {"ounces": [ColumnUse(0)]}), "ounces")


@pytest.mark.parametrize(
    ("ounces", "bags", "told"),
    [
        ("135 bags (675 oz)", "", ("675 oz", "135")), ("", "135 bags (675 oz)", ("675 oz", "135")),
        ("675 oz in 135 bags", "", ("675 oz", "135")), ("16 gallon bags", "", (None, "16")),
        ("", "16 gallon bags", (None, "16")), ("10 gallon bags (about 600 oz)", "", ("~600 oz", "10")),
        ("60 bags of 5 oz", "", ("300 oz", "60")), ("60 bags, 5 oz each", "", ("300 oz", "60")),
        ("40-50", "9", ("40-50 oz", "9")), ("~300", "60", ("~300 oz", "60")), ("135 bags", "", (None, "135")),
        ("2 months worth", "", (None, None)), ("300", "40-50", ("300 oz", None)),
        ("8 oz bottles", "", (None, None)), ("30 bags, 5 oz", "", (None, "30")),
        ("30 bags (5 oz)", "", (None, "30")), ("100 bags 4oz", "", (None, "100")),
        ("15 bottles 3 oz", "", (None, "15")), ("40 bags 150 ml", "", (None, "40")),
        ("4-5 oz, 30 bags", "", (None, "30")), ("5 oz in 30 bags", "", (None, "30")),
        ("", "30 bags, 5 oz", (None, "30")), ("3 bags (6 oz)", "", (None, "3")),
        ("6 oz in 3 bags", "", ("6 oz", "3")), ("3 bags, 6 oz total", "", ("6 oz", "3")),
        ("1 bag (5 oz)", "", ("5 oz", "1")), ("2 bags (12 oz)", "", ("12 oz", "2")),
    ],
)  # fmt: skip
def test_ounces_and_bags_may_stand_in_one_cell(
    ounces: str, bags: str, told: tuple[str | None, str | None]
) -> None:
    row = a_row(Role.DONOR, [ounces, bags], {"ounces": [ColumnUse(0)], "bags": [ColumnUse(1)]})

    assert (row.values.get("ounces"), row.values.get("bags")) == told
    assert bool(asked(row, "ounces")) is (told[0] is None)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("30 bags, 5 oz", None), ("5 oz (30 bags)", None), ("60 oz in 12 bags", "60 oz"),
        ("12 bags, 60 oz", "60 oz"), ("12 bags of 5 oz", "60 oz"), ("6 oz in 2 bottles", "6 oz"),
    ],
)  # fmt: skip
def test_the_size_of_a_familys_bags_is_not_all_it_has(typed: str, told: str | None) -> None:
    row = a_row(Role.RECIPIENT, [typed], {"stock": [ColumnUse(0)]})

    assert row.values.get("stock") == told
    assert bool(asked(row, "stock")) is (told is None)


@pytest.mark.parametrize(
    "typed", ["580 oz between 5/14 and 7/6", "580 oz, 5/14 - 7/6", "5/14-7/6: 580 oz", "580 oz (5/14 to 7/6)"]
)
def test_ounces_and_days_may_stand_in_one_cell(typed: str) -> None:
    uses = {"timestamp": [ColumnUse(0)], "ounces": [ColumnUse(1)]}

    row = a_row(Role.DONOR, ["11/20/2026", typed], uses)

    assert (row.values["ounces"], row.values["expressed_from"], row.values["expressed_to"]) == (
        "580 oz", "2026-05-14", "2026-07-06",
    )  # fmt: skip


@pytest.mark.parametrize(("typed", "told"), [("Sí", "yes"), ("oui", "yes"), ("Non", "no"), ("nunca", "no")])
def test_a_bare_answer_in_spanish_or_french_is_read(typed: str, told: str) -> None:
    row = a_row(Role.DONOR, [typed, "Si"], {"dairy": [ColumnUse(0)], "name": [ColumnUse(1)]})

    assert what_is_told(row, "dairy") == told
    assert row.contact.name == "Si"


@pytest.mark.parametrize(
    ("typed", "ounces"), [("3 litros", "101.44 oz"), ("500 mililitros", "16.907 oz"), ("90 onzas", "90 oz")]
)
def test_units_in_spanish_are_read(typed: str, ounces: str) -> None:
    assert a_row(Role.DONOR, [typed], {"ounces": [ColumnUse(0)]}).values["ounces"] == ounces


@pytest.mark.parametrize(("typed", "avoids"), [("Yes", "dairy"), ("No", None)])
def test_no_to_one_food_says_nothing_of_the_others(typed: str, avoids: str | None) -> None:
    table = Table(
        "f.csv", "0", ("Name", "Must be dairy free?"), (SourceRow(2, (Cell("Rae Roe"), Cell(typed))),)
    )

    (row,) = read_sheet(table, Role.RECIPIENT, guess_list(table, Role.RECIPIENT).mapping, TODAY).answers

    assert row.values.get("must_avoid") == avoids
    assert bool(asked(row, "must_avoid")) is (avoids is None)


@pytest.mark.parametrize(
    ("key", "first", "second"),
    [("blood_tests", "no", "7/14/2026 all negative"), ("foods_avoided", "none", "soy")],
)
def test_what_speaks_for_her_milk_in_one_column_and_not_in_another_is_asked(
    key: str, first: str, second: str
) -> None:
    for cells in ([first, second], [second, first]):
        assert what_is_told(a_row(Role.DONOR, cells, {key: [ColumnUse(0), ColumnUse(1)]}), key) == "ask"
