"""What a family has at home, and what a donor has left, count in the order of their days."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.families.households import Role
from coordinator.domain.pickups.plans import PickupKind
from coordinator.domain.volume import Volume
from coordinator.services.families import recipients
from coordinator.services.families.recipients import set_stock
from coordinator.services.imports.told_answers import answer_question
from coordinator.services.pickups.planning import plan_pickup
from coordinator.services.pickups.settling import settle
from coordinator.services.records.history import undo
from tests.builders import TODAY
from tests.integration.records.books import a_lot_for_two, bring_in, let_it_be, oz
from tests.integration.records.test_undo import dump
from tests.pickup_builders import SETUP, a_held_lot

HEADERS = ["Timestamp", "Name", "Email", "ZIP", "Milk in your freezer now (oz)"]
TOMORROW = TODAY + timedelta(days=1)
LATER = TODAY + timedelta(days=3)


def deliveries(database: Database, *days: date) -> list[str]:
    """Plan a pickup of 20 oz for R-0001 on each of *days*; nobody told how much the baby drinks."""
    a_lot_for_two(database)
    with database.writing(SETUP) as session:
        family = by_code(session, RecipientRow, "R-0001")
        family.baby_born = None
        session.get_one(HouseholdRow, family.household_id).email = "ines@example.org"
        for _ in days:
            a_held_lot(session, by_code(session, LotRow, "L-0001"), family, 20, bags=5)
    kind = PickupKind.FAMILY_COLLECTS
    return [
        plan_pickup(database, kind, day, [f"H-{number:04}"], today=TODAY)
        for number, day in enumerate(days, start=1)
    ]


def a_form(database: Database, folder: Path, answered: str, ounces: str) -> None:
    row = [answered, "Inès Roy", "ines@example.org", "03801", ounces]
    bring_in(database, folder, HEADERS, row, kind=Role.RECIPIENT)


def stock(database: Database, today: date) -> Volume | None:
    return recipients.recipient(database, "R-0001", today).stock


def to_come(database: Database, today: date) -> list[Volume]:
    coming = recipients.recipient(database, "R-0001", today).runway.to_come
    return [one.volume for one in coming]


def test_milk_that_came_first_and_is_settled_last_is_in_the_stock_as_well(sqlite_database: Database) -> None:
    first, second = deliveries(sqlite_database, TODAY, TOMORROW)
    later = let_it_be(sqlite_database, LATER)

    settle(sqlite_database, second, None, later)
    assert to_come(sqlite_database, later) == [oz(20)]
    settle(sqlite_database, first, None, later)

    family = recipients.recipient(sqlite_database, "R-0001", later)
    assert (family.stock, family.stock_on) == (oz(20) + oz(20), TOMORROW)
    assert to_come(sqlite_database, later) == []


def test_milk_that_came_before_a_form_was_sent_is_in_what_the_form_says(
    sqlite_database: Database, tmp_path: Path
) -> None:
    (code,) = deliveries(sqlite_database, TODAY)
    later = let_it_be(sqlite_database, LATER)
    row = [f"{TOMORROW} 09:00", "Inès Roy", "ines@example.org", "03801", "25"]
    bring_in(sqlite_database, tmp_path, HEADERS, row, kind=Role.RECIPIENT, today=later)

    settle(sqlite_database, code, None, later)

    assert stock(sqlite_database, later) == oz(25)


def test_a_form_sent_before_a_count_by_hand_asks_and_changes_nothing(
    sqlite_database: Database, tmp_path: Path
) -> None:
    deliveries(sqlite_database)
    set_stock(sqlite_database, "R-0001", oz(60), TODAY, seen=None)

    a_form(sqlite_database, tmp_path, "2026-11-10 09:00", "5")

    family = recipients.recipient(sqlite_database, "R-0001", TODAY)
    assert (family.stock, family.stock_on) == (oz(60), TODAY)
    (question,) = [one.text for one in family.questions if one.topic == "stock"]
    assert "5 oz" in question
    assert "2026-11-10" in question


def test_the_same_form_asks_once(sqlite_database: Database, tmp_path: Path) -> None:
    deliveries(sqlite_database)
    set_stock(sqlite_database, "R-0001", oz(60), TODAY, seen=None)
    a_form(sqlite_database, tmp_path, "2026-11-10 09:00", "5")
    a_form(sqlite_database, tmp_path, "2026-11-10 09:00", "5")

    family = recipients.recipient(sqlite_database, "R-0001", TODAY)
    assert len([one for one in family.questions if one.topic == "stock"]) == 1


def test_an_answer_on_a_call_on_the_day_milk_came_is_kept(sqlite_database: Database, tmp_path: Path) -> None:
    (code,) = deliveries(sqlite_database, TODAY)
    settle(sqlite_database, code, None, TODAY)
    a_form(sqlite_database, tmp_path, "2026-11-10 09:00", "5")
    family = recipients.recipient(sqlite_database, "R-0001", TODAY)
    (asked,) = [one for one in family.questions if one.topic == "stock"]

    answer_question(sqlite_database, asked.id, "31 oz", TODAY, code="R-0001", on_phone=True)

    after = recipients.recipient(sqlite_database, "R-0001", TODAY)
    assert (after.stock, after.stock_on) == (oz(31), TODAY)
    assert not [one for one in after.questions if one.topic == "stock"]


def test_undoing_a_late_settlement_leaves_the_count_as_it_is(sqlite_database: Database) -> None:
    (code,) = deliveries(sqlite_database, TODAY)
    tomorrow = let_it_be(sqlite_database, TOMORROW)
    set_stock(sqlite_database, "R-0001", oz(40), tomorrow, seen=None)
    before = dump(sqlite_database)
    settle(sqlite_database, code, None, tomorrow)

    undo(sqlite_database)

    assert stock(sqlite_database, tomorrow) == oz(40)
    assert dump(sqlite_database) == before
