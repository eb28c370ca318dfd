"""What the database itself refuses, whoever writes; older rows that break a rule can be worked with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from coordinator.bootstrap import open_database
from coordinator.db.database import WITHOUT_AUDIT, Database
from coordinator.db.rules import SENTENCES
from coordinator.domain.pickups import PickupKind
from coordinator.errors import BrokenRuleError
from coordinator.services import agreements, households, pickups
from tests.builders import TODAY, a_donor
from tests.integration.old_files import DATA
from tests.integration.test_undo import dump
from tests.pickup_builders import SETUP, a_region

REMOVED = "UPDATE lot SET archived_on = '2026-11-20' WHERE id = 1"
A_MERGE = "INSERT INTO merge (kept_id, merged_id, moved, version) VALUES ({}, 3, '[]', 1)"

BROKEN = {
    "hold_bags": ("UPDATE hold SET bags = 0 WHERE id = 4",),
    "hold_days": ("UPDATE hold SET expires_on = '2026-11-01' WHERE id = 4",),
    "hold_of_removed_lot": (
        "UPDATE hold SET state = 'open' WHERE lot_id = 2 AND state = 'agreed'",
        REMOVED.replace("id = 1", "id = 2"),
        "UPDATE hold SET state = 'agreed' WHERE id = 4",
    ),
    "lot_removed_with_hold": (REMOVED,),
    "delivery_bags": ("UPDATE delivery SET bags = -1",),
    "load_on_planned_pickup": ("INSERT INTO pickup_load (pickup_id, hold_id, version) VALUES (2, 4, 1)",),
    "load_of_living_hold": (
        "UPDATE hold SET state = 'released' WHERE id = 4",
        "INSERT INTO pickup_load (pickup_id, hold_id, version) VALUES (1, 4, 1)",
    ),
    "stop_once": (
        (
            "INSERT INTO stop (pickup_id, household_id, kind, place, version)"
            " SELECT pickup_id, household_id, kind, 9, 1 FROM stop WHERE id = 1"
        ),
    ),
    "pickup_odometer": ("UPDATE pickup SET odometer_start_miles = 5 WHERE id = 1",),
    "household_in_itself": ("UPDATE household SET merged_into_id = id WHERE id = 1",),
    "merged_once": (A_MERGE.format(1), A_MERGE.format(2)),
    "donor_once": ("UPDATE donor SET household_id = (SELECT household_id FROM donor WHERE id = 1)",),
    "recipient_once": (
        "UPDATE recipient SET household_id = (SELECT household_id FROM recipient WHERE id = 1)",
    ),
    "driver_once": (
        (
            "INSERT INTO driver (code, household_id, coolers_qt, version)"
            " SELECT 'V-0099', household_id, '', 1 FROM driver"
        ),
    ),
    "recipient_amounts": ("UPDATE recipient SET stock = -1 WHERE id = 1",),
    "driver_away": ("UPDATE driver SET away_from = '2026-11-20', away_to = '2026-11-19'",),
}


@pytest.fixture
def worked(database: Database) -> Database:
    """Give a region with P-0001 planned for H-0001, P-0002 settled with H-0003, and H-0002, H-0004 agreed."""
    region = a_region(database)
    run = PickupKind.RUN
    pickups.plan_pickup(database, run, TODAY, [region.holds[0]], today=TODAY, driver_code=region.driver)
    pickups.settle(
        database, pickups.plan_pickup(database, run, TODAY, [region.holds[2]], today=TODAY), None, TODAY
    )
    return database


def change(database: Database, *statements: str) -> None:
    with database.writing(SETUP, TODAY) as session:
        for statement in statements:
            session.execute(sa.text(statement), execution_options={WITHOUT_AUDIT: True})


def test_every_rule_has_its_sentence_and_its_test() -> None:
    assert set(SENTENCES) == set(BROKEN)


@pytest.mark.parametrize("rule", BROKEN)
def test_the_database_refuses_what_breaks_a_rule_and_says_what(worked: Database, rule: str) -> None:
    before = dump(worked)

    with pytest.raises(BrokenRuleError) as refused:
        change(worked, *BROKEN[rule])

    assert refused.value.rule == rule
    assert str(refused.value) == f"{SENTENCES[rule]} Nothing was saved."
    assert dump(worked) == before


def test_rows_of_an_older_program_that_break_a_rule_stay_and_can_be_worked_with(tmp_path: Path) -> None:
    path = Path(shutil.copy(DATA / "network-0004.db", tmp_path / "network.db"))
    older = sa.create_engine(f"sqlite:///{path}")
    with older.begin() as connection:
        for statement in (
            (
                "INSERT INTO donor (code, household_id, state, state_note, bereaved, wishes, version)"
                " SELECT 'D-0098', household_id, 'new', '', 0, '', 1 FROM donor"
            ),
            "UPDATE donor SET archived_on = NULL",
            "UPDATE hold SET bags = 0",
        ):
            connection.execute(sa.text(statement))
    older.dispose()

    database = open_database(path)

    with database.reading() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM donor WHERE archived_on IS NULL")) == 2
        assert session.scalar(sa.text("SELECT bags FROM hold")) == 0
    households.change_profile(database, "D-0098", "notes", "rings in the evening")
    with database.writing(SETUP, TODAY) as session:
        code = a_donor(session).code
    households.remove_family(database, code, TODAY)
    with pytest.raises(BrokenRuleError):
        change(database, "UPDATE hold SET bags = -1")
    assert agreements.holds(database, TODAY, open_only=False)[0].bags == 0
    database.dispose()
