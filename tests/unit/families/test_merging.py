"""Every column of families and roles, and everything that points to one, has its rule when two become one."""

from datetime import date, time
from typing import Any

import pytest

from coordinator.db.migrations.new import all_tables
from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.families.merging import RULES, blended, common_window, contradictions, staying
from coordinator.domain.places.positions import Precision

TABLES = all_tables()
WHOSE = ("household", "donor", "recipient", "driver")


def columns_that_need_a_rule() -> set[tuple[str, str]]:
    own = {(table, column.name) for table in WHOSE for column in TABLES.tables[table].columns}
    pointing = {
        (table.name, column.name)
        for table in TABLES.sorted_tables
        for column in table.columns
        if any(key.column.table.name in WHOSE for key in column.foreign_keys)
    }
    return own | pointing


def test_every_column_of_a_family_and_every_link_to_one_has_a_rule_and_nothing_else_has() -> None:
    assert {(t, c) for t, columns in RULES.items() for c in columns} == columns_that_need_a_rule()


def a_row(table: str, **told: Any) -> dict[str, Any]:  # noqa: ANN401 - any column
    blank: dict[str, Any] = {}
    for column in TABLES.tables[table].columns:
        is_text = column.type.python_type is str and not column.nullable
        blank[column.name] = None if column.nullable else "" if is_text else 0
    return blank | ({"babies": 1} if table == "recipient" else {}) | told


def test_what_the_baby_must_avoid_is_filled_only_where_nobody_was_asked() -> None:
    dairy = a_row("recipient", must_avoid="dairy")

    assert blended("recipient", a_row("recipient"), dairy) == {"must_avoid": "dairy"}
    assert blended("recipient", a_row("recipient", must_avoid=""), dairy) == {}
    assert contradictions("recipient", a_row("recipient", must_avoid=""), dairy) == ["must_avoid"]


def test_of_two_limits_to_the_age_of_milk_the_stricter_counts_and_it_is_asked() -> None:
    three, six = (a_row("recipient", oldest_milk_months=months) for months in (3, 6))

    assert blended("recipient", six, three) == {"oldest_milk_months": 3}
    assert blended("recipient", three, six) == blended("recipient", three, a_row("recipient")) == {}
    assert contradictions("recipient", six, three) == ["oldest_milk_months"]


def test_what_one_baby_weighed_in_is_not_told_of_another() -> None:
    kept = a_row("recipient", baby_born=date(2026, 9, 1))
    other = a_row("recipient", baby_born=date(2025, 1, 1), gestation_weeks=30, babies=2)

    assert blended("recipient", kept, other) == {}
    assert contradictions("recipient", kept, other) == ["baby_born"]


def test_milk_counted_later_stays_with_its_day() -> None:
    early = a_row("recipient", stock=40, stock_on=date(2026, 9, 1))
    late = a_row("recipient", stock=5, stock_on=date(2026, 11, 1))

    assert blended("recipient", early, late) == {"stock": 5, "stock_on": date(2026, 11, 1)}
    assert blended("recipient", late, early) == {}


@pytest.mark.parametrize("state", [DonorState.PAUSED, DonorState.NOT_MATCHING, DonorState.FINISHED])
def test_a_donor_who_rests_on_either_side_rests_after_it(state: DonorState) -> None:
    resting, offering = a_row("donor", state=state), a_row("donor", state=DonorState.CAN_OFFER)

    assert blended("donor", offering, resting) == {"state": state}
    assert blended("donor", resting, offering) == {}


def test_a_place_comes_with_the_address_and_one_set_by_hand_stays() -> None:
    place = {"latitude_deg": 43.1, "longitude_deg": -70.8, "precision": Precision.ADDRESS, "place_label": "x"}
    other = a_row("household", street="1 Oak St", town="Dover", **place)
    by_hand = a_row("household", latitude_deg=44.0, longitude_deg=-70.0, precision=Precision.BY_HAND)

    assert blended("household", a_row("household"), other) == {"street": "1 Oak St", "town": "Dover"} | place
    assert blended("household", by_hand, other) == {"street": "1 Oak St", "town": "Dover"}


def test_an_uncertain_place_gives_way_to_a_known_one_of_the_same_address() -> None:
    known = {"latitude_deg": 43.1, "longitude_deg": -70.8, "precision": Precision.BY_HAND, "place_label": "x"}
    other = a_row("household", town="Keene", zip_code="03801", **known)
    uncertain = a_row("household", town="Keene", zip_code="03801", precision=Precision.UNCERTAIN)

    assert blended("household", uncertain, other) == known
    assert blended("household", other, uncertain) == {}


def test_an_answer_of_which_a_part_was_changed_since_stays_whole() -> None:
    moved = {"street", "town", "latitude_deg", "precision", "phone"}

    assert staying("household", moved, {"town"}, by_hand=False) == moved - {"phone"}
    assert staying("household", moved, {"precision"}, by_hand=False) == set()
    assert staying("household", moved, {"precision"}, by_hand=True) == {"latitude_deg", "precision"}


def test_a_carrier_comes_when_both_are_home_or_else_when_the_kept_family_is() -> None:
    early, late = (time(9), time(11)), (time(10), None)

    assert common_window(early, late) == (time(10), time(11))
    assert common_window((time(9), time(10)), (time(12), None)) == (time(9), time(10))
