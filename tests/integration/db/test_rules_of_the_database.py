"""What the database itself refuses, whoever writes; older rows that break a rule can be worked with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from coordinator.bootstrap import open_database
from coordinator.db.database import WITHOUT_AUDIT, Database
from coordinator.db.rules import SENTENCES
from coordinator.domain.pickups.plans import PickupKind
from coordinator.errors import BrokenRuleError
from coordinator.services.agreements import holds
from coordinator.services.families import households
from coordinator.services.pickups import planning
from tests.builders import TODAY, a_donor
from tests.integration.db.old_files import DATA
from tests.integration.records.test_undo import dump
from tests.pickup_builders import SETUP, a_region

REMOVED = "UPDATE lot SET archived_on = '2026-11-20' WHERE id = 1"
A_MERGE = "INSERT INTO merge (kept_id, merged_id, moved, version) VALUES ({}, 3, '[]', 1)"

BELOW_ZERO = "UPDATE recipient SET {} = -1 WHERE id = 1"
A_DELIVERY = (
    "INSERT INTO delivery"
    " (pickup_id, hold_id, on_day, delivered, left_behind, lost, nobody_home, note, version)"
    " SELECT {pickup}, id, '2026-11-21', volume, 0, 0, false, '', 1 FROM hold WHERE id = {hold}"
)
A_STOP = (
    "INSERT INTO stop (pickup_id, household_id, kind, place, version)"
    " SELECT {pickup}, household_id, '{kind}', 9, 1 FROM stop WHERE id = 1"
)
A_MERGED_DONOR = (
    "UPDATE donor SET archived_on = '2026-11-20' WHERE id = 1",
    (
        "UPDATE household SET merged_into_id = (SELECT household_id FROM donor WHERE id = 2)"
        " WHERE id = (SELECT household_id FROM donor WHERE id = 1)"
    ),
)
A_PAUSE = (
    "INSERT INTO deferral (donor_id, reason, from_on, ended_on, made_by, version)"
    " VALUES (1, '', '2026-11-20', '2026-11-19', '', 1)"
)

INTO_THE_HOME = (
    "UPDATE recipient SET household_id = (SELECT household_id FROM donor WHERE id = {}) WHERE id = 1"
)

A_FATE = (
    "INSERT INTO lot_fate (lot_id, fate, volume, on_day, bags, why, bank, version)"
    " VALUES ({lot}, '{fate}', {volume}, '2026-11-20', {bags}, '', '', 1)"
)
A_USE = (
    "INSERT INTO milk_used (recipient_id, how, volume, on_day, note, version)"
    " VALUES (1, '{how}', {volume}, '2026-11-20', '', 1)"
)

BROKEN = {
    "ck_lot_volume": ("UPDATE lot SET volume = -1 WHERE id = 1",),
    "ck_lot_bags": ("UPDATE lot SET bags = -1 WHERE id = 1",),
    "ck_lot_expressed": ("UPDATE lot SET expressed_from = '2026-11-11' WHERE id = 1",),
    "ck_hold_volume": ("UPDATE hold SET volume = 0 WHERE id = 4",),
    "ck_delivery_volumes": ("UPDATE delivery SET lost = -1",),
    "hold_state": ("UPDATE hold SET state = 'kept' WHERE id = 4",),
    "hold_bags": ("UPDATE hold SET bags = 0 WHERE id = 4",),
    "hold_days": ("UPDATE hold SET expires_on = '2026-11-01' WHERE id = 4",),
    "hold_of_removed_lot": (
        "UPDATE hold SET state = 'open' WHERE lot_id = 2 AND state = 'agreed'",
        REMOVED.replace("id = 1", "id = 2"),
        "UPDATE hold SET state = 'agreed' WHERE id = 4",
    ),
    "hold_of_removed_donor": (
        "UPDATE hold SET state = 'open' WHERE id = 4",
        "UPDATE donor SET archived_on = '2026-11-20' WHERE id = 2",
        "UPDATE hold SET state = 'agreed' WHERE id = 4",
    ),
    "hold_of_removed_family": (
        "UPDATE hold SET state = 'open' WHERE id = 4",
        "UPDATE recipient SET archived_on = '2026-11-20' WHERE id = 2",
        "UPDATE hold SET state = 'agreed' WHERE id = 4",
    ),
    "hold_of_newer_bags": ("UPDATE hold SET only_from = '2026-11-11' WHERE id = 4",),
    "own_milk_held": (
        "UPDATE hold SET state = 'released' WHERE id = 1",
        INTO_THE_HOME.format(1),
        (
            "INSERT INTO hold (code, lot_id, recipient_id, volume, made_on, expires_on, state, version)"
            " SELECT 'H-0099', lot_id, recipient_id, volume, made_on, expires_on, 'open', 1"
            " FROM hold WHERE id = 1"
        ),
    ),
    "own_milk_agreed": (
        "UPDATE hold SET state = 'open' WHERE id = 1",
        INTO_THE_HOME.format(1),
        "UPDATE hold SET state = 'agreed' WHERE id = 1",
    ),
    "own_milk_of_lot": (INTO_THE_HOME.format(2), "UPDATE lot SET donor_id = 2 WHERE id = 1"),
    "own_milk_of_donor": (
        "UPDATE donor SET household_id = (SELECT household_id FROM recipient WHERE id = 1) WHERE id = 1",
    ),
    "own_milk_of_family": (INTO_THE_HOME.format(1),),
    "hold_done_agreed": (
        "UPDATE hold SET state = 'open' WHERE id = 4",
        "UPDATE agreement SET family_yes_on = NULL WHERE hold_id = 4",
        "UPDATE hold SET state = 'done' WHERE id = 4",
    ),
    "hold_delivered_stays": ("UPDATE hold SET volume = volume + 1 WHERE id = 3",),
    "yes_of_agreed_stays": ("UPDATE agreement SET donor_yes_on = NULL WHERE hold_id = 4",),
    "agreement_removed": ("DELETE FROM agreement WHERE hold_id = 4",),
    "lot_removed_with_hold": (REMOVED,),
    "split_of_itself": (
        "INSERT INTO lot_split (lot_id, from_lot_id, from_day, version) VALUES (1, 1, '2026-10-01', 1)",
    ),
    "pickup_state": ("UPDATE pickup SET state = 'done' WHERE id = 1",),
    "pickup_kind": ("UPDATE pickup SET kind = 'by mail', driver_id = NULL WHERE id = 1",),
    "driver_of_run": ("UPDATE pickup SET kind = 'family collects' WHERE id = 1",),
    "driver_removed": (
        "UPDATE driver SET archived_on = '2026-11-20'",
        "UPDATE pickup SET driver_id = NULL WHERE id = 1",
        "UPDATE pickup SET driver_id = (SELECT id FROM driver) WHERE id = 1",
    ),
    "driver_yes": ("UPDATE pickup SET driver_yes_on = '2026-11-20', driver_id = NULL WHERE id = 1",),
    "pickup_odometer": ("UPDATE pickup SET odometer_start_miles = 5 WHERE id = 1",),
    "odometer_start": ("UPDATE pickup SET odometer_start_miles = -5, odometer_end_miles = 5 WHERE id = 1",),
    "load_on_planned_pickup": ("INSERT INTO pickup_load (pickup_id, hold_id, version) VALUES (2, 4, 1)",),
    "load_of_living_hold": (
        "UPDATE hold SET state = 'released' WHERE id = 4",
        "INSERT INTO pickup_load (pickup_id, hold_id, version) VALUES (1, 4, 1)",
    ),
    "load_removed": ("DELETE FROM pickup_load WHERE hold_id = 3",),
    "stop_kind": ("UPDATE stop SET kind = 'rest' WHERE id = 1",),
    "stop_place": ("UPDATE stop SET place = 0 WHERE id = 1",),
    "stop_hours": ("UPDATE stop SET window_from = '10:00:00', window_to = '09:00:00' WHERE id = 1",),
    "stop_once": (
        (
            "INSERT INTO stop (pickup_id, household_id, kind, place, version)"
            " SELECT pickup_id, household_id, kind, 9, 1 FROM stop WHERE id = 1"
        ),
    ),
    "stop_of_its_kind": (A_STOP.format(pickup=1, kind="meet"),),
    "delivery_bags": ("UPDATE delivery SET bags = -1",),
    "bags_without_milk": ("UPDATE delivery SET bags = 1, lost = delivered, delivered = 0",),
    "delivery_amounts": ("UPDATE delivery SET lost = 1",),
    "delivery_of_load": ("UPDATE hold SET state = 'done' WHERE id = 4", A_DELIVERY.format(pickup=2, hold=4)),
    "delivery_of_done_hold": (
        "UPDATE pickup SET state = 'settled' WHERE id = 1",
        A_DELIVERY.format(pickup=1, hold=1),
    ),
    "delivery_of_settled_pickup": (
        "UPDATE hold SET state = 'done' WHERE id = 1",
        A_DELIVERY.format(pickup=1, hold=1),
    ),
    "delivery_removed": ("DELETE FROM delivery",),
    "household_in_itself": ("UPDATE household SET merged_into_id = id WHERE id = 1",),
    "merge_with_itself": (A_MERGE.format(3),),
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
    "donor_of_merged": (*A_MERGED_DONOR, "UPDATE donor SET archived_on = NULL WHERE id = 1"),
    "recipient_of_merged": (
        *A_MERGED_DONOR,
        "UPDATE hold SET state = 'released' WHERE id = 1",
        "UPDATE recipient SET household_id = (SELECT household_id FROM donor WHERE id = 1) WHERE id = 1",
    ),
    "driver_of_merged": (
        *A_MERGED_DONOR,
        "UPDATE driver SET household_id = (SELECT household_id FROM donor WHERE id = 1) WHERE id = 1",
    ),
    **{
        f"recipient_{amount}": (BELOW_ZERO.format(amount),)
        for amount in ("stock", "own_supply_low", "own_supply_high", "formula", "formula_mentioned")
    },
    "driver_away": ("UPDATE driver SET away_from = '2026-11-20', away_to = '2026-11-19'",),
    "deferral_ended": (A_PAUSE,),
    "ck_lot_fate_volume": (A_FATE.format(lot=1, fate="kept", volume=0, bags="NULL"),),
    "ck_lot_fate_bags": (A_FATE.format(lot=1, fate="kept", volume=1, bags=0),),
    "lot_fate_kind": (A_FATE.format(lot=1, fate="sold", volume=1, bags="NULL"),),
    # L-0002 has 100 oz, and 40 of it were delivered.
    "lot_fate_beyond": (A_FATE.format(lot=2, fate="lost", volume=60 * 29_573 + 100, bags="NULL"),),
    "delivery_beyond": (
        "UPDATE lot SET volume = 1000000, expressed_to = '2026-11-09' WHERE id = 2",
        "UPDATE delivery SET lost = delivered, delivered = 0, bags = NULL",
    ),
    "lot_less_than_gone": ("UPDATE lot SET volume = 1000000 WHERE id = 2",),
    "ck_milk_used_volume": (A_USE.format(how="fed", volume=0),),
    "milk_used_how": (A_USE.format(how="sold", volume=1),),
}


@pytest.fixture
def worked(database: Database) -> Database:
    """Give a region with P-0001 planned for H-0001, P-0002 settled with H-0003, and H-0002, H-0004 agreed."""
    region = a_region(database)
    run = PickupKind.RUN
    planning.plan_pickup(database, run, TODAY, [region.holds[0]], today=TODAY, driver_code=region.driver)
    planning.settle(
        database, planning.plan_pickup(database, run, TODAY, [region.holds[2]], today=TODAY), None, TODAY
    )
    return database


def change(database: Database, *statements: str) -> None:
    with database.writing(SETUP, TODAY) as session:
        for statement in statements:
            session.execute(sa.text(statement), execution_options={WITHOUT_AUDIT: True})


def test_every_rule_has_its_sentence_and_its_test() -> None:
    assert set(SENTENCES) == set(BROKEN)


def test_the_database_refuses_what_breaks_a_rule_and_says_what(worked: Database) -> None:
    before = dump(worked)
    said = {}
    for rule, statements in BROKEN.items():
        with pytest.raises(BrokenRuleError) as refused:
            change(worked, *statements)
        said[rule] = refused.value.rule, str(refused.value)

    assert said == {rule: (rule, f"{SENTENCES[rule]} Nothing was saved.") for rule in BROKEN}
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
    assert holds.holds(database, TODAY, open_only=False)[0].bags == 0
    database.dispose()


def test_a_row_that_breaks_rules_can_be_written_whole_and_changed_where_it_does_not(worked: Database) -> None:
    """A program may write every column of a row; only what it really changes is judged."""
    broken = "UPDATE recipient SET stock = -5, own_supply_low = -6 WHERE id = 1"
    without_rules(worked, "recipient", broken)

    change(worked, "UPDATE recipient SET stock = -5, own_supply_low = -6, formula = 7 WHERE id = 1")

    with worked.reading() as session:
        query = sa.text("SELECT stock, own_supply_low, formula FROM recipient WHERE id = 1")
        assert tuple(session.execute(query).one()) == (-5, -6, 7)
    with pytest.raises(BrokenRuleError) as refused:
        change(worked, "UPDATE recipient SET stock = -4, own_supply_low = -6 WHERE id = 1")
    assert refused.value.rule == "recipient_stock"
    change(worked, "UPDATE recipient SET stock = 4 WHERE id = 1")


def without_rules(database: Database, table: str, statement: str) -> None:
    """Do what a program did before there were rules."""
    with database.engine.begin() as connection:
        if not database.is_sqlite:
            connection.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            connection.execute(sa.text(statement))
            connection.execute(sa.text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
            return
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"
        rules = connection.execute(sa.text(query), {"table": table}).all()
        for name, _ in rules:
            connection.execute(sa.text(f"DROP TRIGGER {name}"))
        connection.execute(sa.text(statement))
        for _, sql in rules:
            connection.exec_driver_sql(sql)
