"""A bare number is in the unit of its heading; a unit in the cell goes before it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.column_use import ColumnUse, Unit, read_stored, stored_uses
from coordinator.domain.imports.columns.guessing import guess_list
from coordinator.domain.imports.row_answers import Answers, DonorAnswers, DriverAnswers, RecipientAnswers
from coordinator.domain.imports.sheet import read_sheet
from coordinator.domain.imports.table import SourceRow, Table
from coordinator.domain.reading.cells import Cell
from tests.unit.imports.rows import TODAY, a_row, asked


@pytest.mark.parametrize(
    ("typed", "unit", "ounces"),
    [
        ("17850", Unit.MILLILITRES, 603.6), ("~300", Unit.MILLILITRES, 10.1),
        ("500 oz", Unit.MILLILITRES, 500),
        ("3", Unit.LITRES, 101.4), ("2", Unit.GALLONS, 256), ("2 gal", Unit.OUNCES, 256), ("300", None, 300),
        ("1,200", Unit.MILLILITRES, 40.6),
    ],
)  # fmt: skip
def test_an_amount_is_in_the_unit_of_its_cell_or_heading(
    typed: str, unit: Unit | None, ounces: float
) -> None:
    row = a_row(Role.DONOR, [typed], {"ounces": [ColumnUse(0, unit=unit)]})
    stock = a_row(Role.RECIPIENT, [typed], {"stock": [ColumnUse(0, unit=unit)]})

    assert isinstance(row.detail, DonorAnswers)
    assert isinstance(stock.detail, RecipientAnswers)
    for amount in (row.detail.lot.offered, stock.detail.stock):
        assert amount is not None
        assert round(amount.low.oz, 1) == ounces


@pytest.mark.parametrize(
    ("typed", "unit"), [("3", Unit.DAYS), ("1.200", Unit.MILLILITRES), ("2", Unit.WEEKS)]
)
def test_what_is_no_amount_in_its_unit_is_asked(typed: str, unit: Unit) -> None:
    row = a_row(Role.RECIPIENT, [typed], {"stock": [ColumnUse(0, unit=unit)]})

    assert isinstance(row.detail, RecipientAnswers)
    assert row.detail.stock is None
    assert typed in asked(row, "stock")


@given(number=st.integers(1, 3000), unit=st.sampled_from([Unit.MILLILITRES, Unit.LITRES, Unit.GALLONS]))
def test_a_unit_in_the_cell_and_in_the_heading_are_the_same(number: int, unit: Unit) -> None:
    below = a_row(Role.RECIPIENT, [str(number)], {"own_supply": [ColumnUse(0, unit=unit)]})
    inside = a_row(Role.RECIPIENT, [f"{number} {unit.value}"], {"own_supply": [ColumnUse(0)]})

    assert below.values.get("own_supply") == inside.values.get("own_supply")


def test_numbers_that_can_only_be_millilitres_are_asked() -> None:
    headers = ("Nombre de la mamá", "Correo", "Ciudad", "Cantidad de leche")
    rows = [["Ana", "a@example.org", "Dover", amount] for amount in ("17850", "3000", "500 oz")]
    mapping = {"name": (ColumnUse(0),), "ounces": (ColumnUse(3),)}
    table = Table(
        "f.csv", "0", headers, tuple(SourceRow(n, tuple(map(Cell, row))) for n, row in enumerate(rows))
    )

    first, _, third = read_sheet(table, Role.DONOR, mapping, TODAY).answers

    assert isinstance(first.detail, DonorAnswers)
    assert isinstance(third.detail, DonorAnswers)
    assert first.detail.lot.offered is None
    assert "ounces or mL" in asked(first, "ounces")
    assert third.detail.lot.offered is not None


@pytest.mark.parametrize(
    ("key", "typed", "use", "value"),
    [
        ("lift", "40", ColumnUse(0, unit=Unit.POUNDS), "40"),
        ("lift", "20", ColumnUse(0, unit=Unit.KILOGRAMS), "44.1"),
        ("lift", "20 kg", ColumnUse(0), "44.1"),
        ("lift", "yes", ColumnUse(0, limit="25 lb"), "25"),
        ("max_miles", "50", ColumnUse(0, unit=Unit.KILOMETRES), "31.1"),
        ("max_miles", "50 km", ColumnUse(0, unit=Unit.MILES), "31.1"),
        ("max_hours", "90", ColumnUse(0, unit=Unit.MINUTES), "1.5"),
        ("coolers", "26, 48", ColumnUse(0, unit=Unit.LITRES), "27, 51"),
        ("coolers", "28, 48", ColumnUse(0), "28, 48"),
        ("coolers", "2 x 12 gal", ColumnUse(0), "48, 48"),
    ],
)
def test_what_drivers_tell_is_kept_in_our_units(key: str, typed: str, use: ColumnUse, value: str) -> None:
    assert a_row(Role.DRIVER, [typed], {key: [use]}).values[key] == value


@pytest.mark.parametrize(
    ("key", "typed", "use"),
    [
        ("lift", "no", ColumnUse(0, limit="25 lb")), ("lift", "yes", ColumnUse(0, yes_means_no=True)),
        ("lift", "bad back", ColumnUse(0, yes_means_no=True)), ("max_miles", "30 min", ColumnUse(0)),
        ("max_miles", "30", ColumnUse(0, unit=Unit.MINUTES)), ("lift", "yes", ColumnUse(0)),
    ],
)  # fmt: skip
def test_what_measures_something_else_is_asked(key: str, typed: str, use: ColumnUse) -> None:
    row = a_row(Role.DRIVER, [typed], {key: [use]})

    assert key not in row.values
    assert typed in asked(row, key)


def test_no_limitation_needs_no_question() -> None:
    row = a_row(Role.DRIVER, ["No"], {"lift": [ColumnUse(0, yes_means_no=True)]})

    assert isinstance(row.detail, DriverAnswers)
    assert row.detail.lift_lb is None
    assert not asked(row, "lift")


@pytest.mark.parametrize(
    ("typed", "unit", "told"),
    [
        ("40", Unit.KILOMETRES, (24.9, None)), ("45", Unit.MINUTES, (None, 45)),
        ("1", Unit.HOURS, (None, 60)),
        ("25 miles", Unit.KILOMETRES, (25, None)), ("30 km", None, (18.6, None)), ("25", None, (25, None)),
    ],
)  # fmt: skip
def test_how_far_is_in_the_unit_of_the_heading(
    typed: str, unit: Unit | None, told: tuple[float | None, int | None]
) -> None:
    row = a_row(Role.RECIPIENT, [typed], {"reach": [ColumnUse(0, unit=unit)]})

    assert isinstance(row.detail, RecipientAnswers)
    miles = row.detail.reach_miles
    assert (None if miles is None else round(miles, 1), row.detail.reach_minutes) == told


@pytest.mark.parametrize(
    ("typed", "unit", "space"),
    [("200", Unit.LITRES, "7.06 cu ft"), ("200 L", None, "7.06 cu ft"), ("5", Unit.CUBIC_FEET, "5 cu ft")],
)
def test_freezer_space_is_in_cubic_feet(typed: str, unit: Unit | None, space: str) -> None:
    row = a_row(Role.RECIPIENT, [typed], {"freezer_space": [ColumnUse(0, unit=unit)]})

    assert row.values["freezer_space"] == space


def test_weeks_below_a_heading_of_weeks_are_an_age() -> None:
    uses = {"timestamp": [ColumnUse(0)], "baby_born": [ColumnUse(1, unit=Unit.WEEKS, is_age=True)]}

    row = a_row(Role.DONOR, ["11/20/2026", "10"], uses)

    assert row.values["baby_born"] == "2026-09-11"
    assert asked(row, "baby_born")


@pytest.mark.parametrize("typed", ["none", "No", "n/a", "never"])
def test_who_is_never_away_is_not_asked_when(typed: str) -> None:
    row = a_row(Role.DRIVER, [typed], {"away": [ColumnUse(0)]})

    assert not asked(row, "away")


def test_yes_to_a_distance_that_the_heading_names_is_that_distance() -> None:
    row = a_row(
        Role.RECIPIENT, ["Yes"], {"reach": [ColumnUse(0, unit=Unit.MILES, limit="more than 20 miles")]}
    )
    driver = a_row(Role.DRIVER, ["Yes"], {"lift": [ColumnUse(0, unit=Unit.POUNDS, limit="at least 25 lbs")]})

    assert isinstance(row.detail, RecipientAnswers)
    assert row.detail.reach_miles == 20
    assert driver.values["lift"] == "25"


@pytest.mark.parametrize("typed", ["10-12", "10 12", "3/4", "about ten", "10 lb"])
def test_what_is_no_plain_age_below_a_heading_of_weeks_is_asked(typed: str) -> None:
    uses = {"timestamp": [ColumnUse(0)], "baby_born": [ColumnUse(1, unit=Unit.WEEKS, is_age=True)]}

    row = a_row(Role.DONOR, ["11/20/2026", typed], uses)

    assert "baby_born" not in row.values
    assert typed in asked(row, "baby_born")


def below(kind: Role, heading: str, typed: str) -> Answers:
    """Return what a row says with *typed* below *heading*."""
    headers = ("Name", "Email", heading)
    table = Table("f.csv", "0", headers, (SourceRow(2, tuple(map(Cell, ("Ann", "a@x.org", typed)))),))
    return read_sheet(table, kind, guess_list(table, kind).mapping, TODAY).answers[0]


@pytest.mark.parametrize(
    "heading",
    [
        "How many ounces? (30 mL = 1 oz)", "Ounces (not mL)", "Amount of milk in oz, no mL please",
        "How many ounces do you have? 1 oz = 30 ml.", "Ounces frozen (divide mL by 30)",
        "Ounces, please don't enter mL", "How many ounces?\n30 mL make an ounce",
        "How much milk? (not in mL)", "How many ounces in your gallon bags?",
    ],
)  # fmt: skip
def test_the_unit_is_the_one_the_question_itself_names(heading: str) -> None:
    row = below(Role.DONOR, heading, "1500")

    assert row.values["ounces"] == "1500 oz"


@pytest.mark.parametrize(
    "heading", ["How many mL? If you only know ounces, multiply by 30.", "Milk (mL, not oz)"]
)
def test_millilitres_are_kept_where_the_question_names_them(heading: str) -> None:
    assert below(Role.DONOR, heading, "1500").values["ounces"] == "50.721 oz"


@pytest.mark.parametrize(
    "heading",
    [
        "Ounces (or mL)", "How much milk do you have? (oz or ml)", "How many ounces? (or mL)", "Ounces (mL)",
        "Amount of milk (ml/oz)", "How much milk do you have?\n30 ml = 1 oz", "Ounces of milk (mL ok)",
    ],
)  # fmt: skip
def test_a_bare_number_below_a_heading_of_two_units_is_asked(heading: str) -> None:
    bare, told = below(Role.DONOR, heading, "1500"), below(Role.DONOR, heading, "60 oz")

    assert "ounces" not in bare.values
    assert "ounces or mL" in asked(bare, "ounces")
    assert told.values["ounces"] == "60 oz"


@pytest.mark.parametrize(
    ("kind", "heading", "key", "typed", "value"),
    [
        (Role.DRIVER, "How many pounds can you lift? (1 kg = 2.2 lb)", "lift", "40", "40"),
        (Role.DRIVER, "How much can you lift (lb or kg)?", "lift", "40", None),
        (Role.DRIVER, "Max miles you will drive (not km)", "max_miles", "50", "50"),
        (Role.DRIVER, "Max distance you will drive (miles or km)", "max_miles", "50", None),
        (Role.DRIVER, "Cooler sizes (quarts or liters)", "coolers", "28", None),
        (Role.RECIPIENT, "How far can you drive? (miles or minutes)", "reach", "30", None),
        (Role.RECIPIENT, "How many miles can you drive, not minutes?", "reach", "30", "30 mi"),
    ],
)  # fmt: skip
def test_other_measures_of_two_units_are_asked_too(
    kind: Role, heading: str, key: str, typed: str, value: str | None
) -> None:
    row = below(kind, heading, typed)

    assert row.values.get(key) == value
    assert value or typed in asked(row, key)


def test_an_age_below_weeks_or_months_is_no_birth_date() -> None:
    use = ColumnUse(1, unit=Unit.UNCLEAR, is_age=True)

    row = a_row(Role.DONOR, ["11/20/2026", "10"], {"timestamp": [ColumnUse(0)], "baby_born": [use]})

    assert "baby_born" not in row.values
    assert read_stored(stored_uses([use])) == (use,)
