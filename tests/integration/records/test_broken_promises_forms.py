"""A form or a count of another day takes its place in time: nothing is delivered twice or taken away."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.families.households import Role
from coordinator.domain.pickups.plans import PickupKind
from coordinator.services.agreements.holds import hold_milk
from coordinator.services.families import donors, recipients
from coordinator.services.families.recipients import set_stock
from coordinator.services.pickups.planning import plan_pickup
from coordinator.services.pickups.settling import settle
from tests.builders import TODAY, a_recipient
from tests.integration.records.books import DONOR_HEADERS, a_lot_for_two, bring_in, let_it_be, oz, the_lot
from tests.pickup_builders import SETUP, a_held_lot

# Case 7: a row that breaks a rule is that row's question; the others come in.


def two_donors_in_a_form(database: Database, folder: Path) -> list[list[str]]:
    """Import two donors, Ada with milk of Sep 1 to Nov 10, and return their rows."""
    rows = [
        ["Ada Lind", "ada@example.org", "", "03801", "100", "25", "2026-09-01", "2026-11-10", "no"],
        ["Mia Quist", "mia@example.org", "", "03801", "50", "10", "2026-09-01", "2026-11-10", "no"],
    ]
    bring_in(database, folder, DONOR_HEADERS, *rows)
    return rows


def span(database: Database, code: str = "L-0001") -> tuple[date | None, date | None]:
    lot = the_lot(database, code)
    return lot.expressed_from, lot.expressed_to


def questions(database: Database, code: str) -> list[str]:
    return [question.text for question in donors.donor(database, code, TODAY).questions]


def test_a_newest_day_before_the_oldest_is_asked_and_the_other_rows_come_in(
    sqlite_database: Database, tmp_path: Path
) -> None:
    ada, mia = two_donors_in_a_form(sqlite_database, tmp_path)
    asked = questions(sqlite_database, "D-0001")
    ada[6], ada[7], mia[4] = "", "2026-08-15", "70"

    bring_in(sqlite_database, tmp_path, DONOR_HEADERS, ada, mia)

    assert span(sqlite_database) == (date(2026, 9, 1), date(2026, 11, 10))
    assert len(questions(sqlite_database, "D-0001")) > len(asked)
    assert the_lot(sqlite_database, "L-0002").volume == oz(70)


def test_a_newest_day_before_what_a_hold_takes_is_asked(sqlite_database: Database, tmp_path: Path) -> None:
    ada, mia = two_donors_in_a_form(sqlite_database, tmp_path)
    with sqlite_database.writing(SETUP) as session:
        lot = by_code(session, LotRow, "L-0001")
        a_held_lot(session, lot, a_recipient(session), 10, bags=2, only_from=date(2026, 11, 1))
    asked = questions(sqlite_database, "D-0001")
    ada[7] = "2026-10-20"

    bring_in(sqlite_database, tmp_path, DONOR_HEADERS, ada, mia)

    assert span(sqlite_database) == (date(2026, 9, 1), date(2026, 11, 10))
    assert len(questions(sqlite_database, "D-0001")) > len(asked)


@pytest.mark.parametrize("ounces", ["99999999999999999999", "9e30"])
def test_more_ounces_than_there_can_be_are_asked_and_the_other_rows_come_in(
    sqlite_database: Database, tmp_path: Path, ounces: str
) -> None:
    ada, mia = two_donors_in_a_form(sqlite_database, tmp_path)
    ada[4], mia[4] = ounces, "70"

    bring_in(sqlite_database, tmp_path, DONOR_HEADERS, ada, mia)

    assert the_lot(sqlite_database, "L-0001").volume == oz(100)
    assert the_lot(sqlite_database, "L-0002").volume == oz(70)


@pytest.mark.parametrize("bags", ["99999999999999999999", "-3"])
def test_bags_that_cannot_be_are_asked_and_the_other_rows_come_in(
    sqlite_database: Database, tmp_path: Path, bags: str
) -> None:
    ada, mia = two_donors_in_a_form(sqlite_database, tmp_path)
    ada[5], mia[4] = bags, "70"

    bring_in(sqlite_database, tmp_path, DONOR_HEADERS, ada, mia)

    assert the_lot(sqlite_database, "L-0001").bags == 25
    assert the_lot(sqlite_database, "L-0002").volume == oz(70)


# Case 19: what was carried away is not counted as there.


@pytest.mark.parametrize("counted", [10, None])
def test_bags_told_after_a_delivery_are_those_that_are_there_now(
    sqlite_database: Database, tmp_path: Path, counted: int | None
) -> None:
    ada, mia = two_donors_in_a_form(sqlite_database, tmp_path)
    with sqlite_database.writing(SETUP) as session:
        a_held_lot(session, by_code(session, LotRow, "L-0001"), a_recipient(session), 40, bags=counted)
        a_recipient(session, "Linh Tran")
    code = plan_pickup(sqlite_database, PickupKind.FAMILY_COLLECTS, TODAY, ["H-0001"], today=TODAY)
    settle(sqlite_database, code, None, TODAY)
    ada[4], ada[5] = "60", "15"

    bring_in(sqlite_database, tmp_path, DONOR_HEADERS, ada, mia)

    lot = the_lot(sqlite_database)
    assert (lot.free, lot.free_bags) == (oz(60), 15)
    assert hold_milk(sqlite_database, "R-0002", "L-0001", oz(60), TODAY, bags=15) == "H-0002"


def test_ounces_told_before_a_delivery_are_not_all_there_any_more(
    sqlite_database: Database, tmp_path: Path
) -> None:
    ada, _ = two_donors_in_a_form(sqlite_database, tmp_path)
    with sqlite_database.writing(SETUP) as session:
        a_held_lot(session, by_code(session, LotRow, "L-0001"), a_recipient(session), 40, bags=10)
    code = plan_pickup(sqlite_database, PickupKind.FAMILY_COLLECTS, TODAY, ["H-0001"], today=TODAY)
    settle(sqlite_database, code, None, TODAY)
    asked = questions(sqlite_database, "D-0001")
    ada[4] = "90"

    bring_in(sqlite_database, tmp_path, ["Timestamp", *DONOR_HEADERS], ["2026-11-10 09:00", *ada])

    free, was_asked = the_lot(sqlite_database).free, len(questions(sqlite_database, "D-0001")) > len(asked)
    assert free == oz(90) - oz(40) or (was_asked and free == oz(60))


# Cases 9 and 10: stock and deliveries count in the order of their days.

FAMILY_HEADERS = ["Timestamp", "Name", "Email", "ZIP", "Milk in your freezer now (oz)"]


def a_delivery(database: Database, on: date) -> str:
    """Agree on 40 oz for R-0001, whose baby's age nobody told, and plan the pickup."""
    a_lot_for_two(database)
    with database.writing(SETUP) as session:
        family = by_code(session, RecipientRow, "R-0001")
        family.baby_born = None
        a_held_lot(session, by_code(session, LotRow, "L-0001"), family, 40, bags=10)
    return plan_pickup(database, PickupKind.FAMILY_COLLECTS, on, ["H-0001"], today=TODAY)


def test_a_form_answered_before_a_delivery_does_not_take_the_delivered_milk_away(
    sqlite_database: Database, tmp_path: Path
) -> None:
    settle(sqlite_database, a_delivery(sqlite_database, TODAY), None, TODAY)
    with sqlite_database.writing(SETUP) as session:
        home = session.get_one(HouseholdRow, by_code(session, RecipientRow, "R-0001").household_id)
        home.email = "ines@example.org"
    before = recipients.recipient(sqlite_database, "R-0001", TODAY)

    row = ["2026-11-10 09:00", "Inès Roy", "ines@example.org", "03801", "5"]
    bring_in(sqlite_database, tmp_path, FAMILY_HEADERS, row, kind=Role.RECIPIENT)

    after = recipients.recipient(sqlite_database, "R-0001", TODAY)
    was_asked = len(after.questions) > len(before.questions)
    assert after.stock == oz(45) or (was_asked and after.stock == oz(40))


def test_milk_delivered_before_the_freezer_was_counted_is_not_added_to_it_again(
    sqlite_database: Database,
) -> None:
    code = a_delivery(sqlite_database, TODAY)
    tomorrow = let_it_be(sqlite_database, TODAY + timedelta(days=1))
    set_stock(sqlite_database, "R-0001", oz(40), tomorrow, seen=None)

    settle(sqlite_database, code, None, tomorrow)

    assert recipients.recipient(sqlite_database, "R-0001", tomorrow).stock == oz(40)


def test_milk_of_a_pickup_before_the_freezer_was_counted_is_not_still_to_come(
    sqlite_database: Database,
) -> None:
    a_delivery(sqlite_database, TODAY)
    tomorrow = let_it_be(sqlite_database, TODAY + timedelta(days=1))
    set_stock(sqlite_database, "R-0001", oz(40), tomorrow, seen=None)

    family = recipients.recipient(sqlite_database, "R-0001", tomorrow)

    assert [coming.volume for coming in family.runway.to_come] == []


def test_milk_delivered_after_the_freezer_was_counted_is_added_to_it(sqlite_database: Database) -> None:
    code = a_delivery(sqlite_database, TODAY + timedelta(days=1))
    set_stock(sqlite_database, "R-0001", oz(5), TODAY, seen=None)
    tomorrow = let_it_be(sqlite_database, TODAY + timedelta(days=1))

    settle(sqlite_database, code, None, tomorrow)

    assert recipients.recipient(sqlite_database, "R-0001", tomorrow).stock == oz(45)
