"""How many statements a page or an action takes does not grow with the pickups and actions of a network."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import sqlalchemy as sa

from coordinator.db.database import Database
from coordinator.db.known_people import known_people
from coordinator.domain.agreements.holds import Side
from coordinator.domain.pickups.plans import PickupKind
from coordinator.domain.volume import Volume
from coordinator.services.agreements import holds
from coordinator.services.families.donors import list_donors
from coordinator.services.families.recipients import list_recipients
from coordinator.services.milk import lots, splitting
from coordinator.services.paper.sheets import print_pickup_sheet, week_schedule
from coordinator.services.pickups.planning import add_hold, pickups_between, plan_pickup, record_driver_yes
from coordinator.services.pickups.settling import settle
from coordinator.services.records import history
from coordinator.services.settings import values
from coordinator.services.today import today_page
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot
from tests.pickup_builders import SETUP, a_driver, a_held_lot

WEEK_END = TODAY + timedelta(days=6)


@contextmanager
def statements() -> Iterator[list[str]]:
    """Give the list to which every statement is added while the block runs."""
    told: list[str] = []

    def tell(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        told.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", tell)
    try:
        yield told
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", tell)


def known(database: Database) -> None:
    with database.reading() as session:
        known_people(session)


READS: dict[str, Callable[[Database], object]] = {
    "today_page": lambda database: today_page(database, TODAY),
    "pickups_between": lambda database: pickups_between(database, TODAY, WEEK_END, TODAY),
    "week_schedule": lambda database: week_schedule(database, TODAY, TODAY),
    "undo_state": history.undo_state,
    "list_recipients": lambda database: list_recipients(database, TODAY),
    "list_donors": lambda database: list_donors(database, TODAY),
    "known_people": known,
}


def counted(database: Database) -> dict[str, int]:
    counts = {}
    for name, read in READS.items():
        read(database)  # what is read once for the whole program is not counted
        with statements() as told:
            read(database)
        counts[name] = len(told)
    return counts


def written(database: Database) -> dict[str, int]:
    """Count the statements of what is done to the milk of one more donor, one action after another."""
    with database.writing(SETUP) as session:
        lot, family = a_stored_lot(session, a_donor(session)).code, a_recipient(session).code
        travelling = a_held_lot(session, a_stored_lot(session, a_donor(session)), a_recipient(session)).code
        driver = a_driver(session).code
    hold = holds.hold_milk(database, family, lot, Volume.from_oz(10), TODAY)
    run = plan_pickup(database, PickupKind.RUN, WEEK_END, [travelling], today=TODAY, driver_code=driver)
    writes: dict[str, Callable[[], object]] = {
        "hold": lambda: holds.hold_milk(database, family, lot, Volume.from_oz(10), TODAY),
        "extend": lambda: holds.extend_hold(database, hold, TODAY),
        "donor's yes": lambda: holds.record_yes(database, hold, Side.DONOR, TODAY),
        "family's yes": lambda: holds.record_yes(database, hold, Side.FAMILY, TODAY),
        "add to a run": lambda: add_hold(database, run, hold, TODAY),
        "change a lot": lambda: lots.change_lot(database, lot, "volume", Volume.from_oz(90), today=TODAY),
        "split a lot": lambda: splitting.split_lot(database, lot, date(2026, 10, 1), TODAY),
        "settle": lambda: settle(database, run, None, TODAY),
        "undo": lambda: history.undo(database),
        "do again": lambda: history.redo(database),
    }
    return {name: len(told_by(write)) for name, write in writes.items()}


def told_by(action: Callable[[], object]) -> list[str]:
    with statements() as told:
        action()
    return told


def add_runs(database: Database, how_many: int) -> None:
    """Plan runs, each of a family, a donor and a volunteer of its own, and print their sheets."""
    for _ in range(how_many):
        with database.writing(SETUP) as session:
            driver = a_driver(session)
            lot = a_stored_lot(session, a_donor(session))
            hold = a_held_lot(session, lot, a_recipient(session), 40).code
            code = driver.code
        run = plan_pickup(database, PickupKind.RUN, WEEK_END, [hold], today=TODAY, driver_code=code)
        record_driver_yes(database, run, TODAY)
        print_pickup_sheet(database, run, TODAY)


def test_twenty_pickups_are_read_in_as_many_steps_as_two(sqlite_database: Database) -> None:
    add_runs(sqlite_database, 2)
    before = counted(sqlite_database)

    add_runs(sqlite_database, 18)

    assert len(pickups_between(sqlite_database, TODAY, WEEK_END, TODAY)) == 20
    assert counted(sqlite_database) == before


def test_four_hundred_actions_are_read_in_as_many_steps_as_ten(sqlite_database: Database) -> None:
    add_runs(sqlite_database, 2)
    change_settings(sqlite_database, 10)
    before = counted(sqlite_database)

    change_settings(sqlite_database, 390)

    assert counted(sqlite_database) == before


def test_an_action_takes_as_many_steps_after_twenty_pickups_and_four_hundred_actions(
    sqlite_database: Database,
) -> None:
    add_runs(sqlite_database, 2)
    before = written(sqlite_database)

    add_runs(sqlite_database, 18)
    change_settings(sqlite_database, 390)

    assert written(sqlite_database) == before


def test_what_is_done_to_one_lot_reads_the_holds_of_that_lot_alone(sqlite_database: Database) -> None:
    add_runs(sqlite_database, 2)
    with sqlite_database.writing(SETUP) as session:
        lot, family = a_stored_lot(session, a_donor(session)).code, a_recipient(session).code

    told = told_by(lambda: holds.hold_milk(sqlite_database, family, lot, Volume.from_oz(10), TODAY))
    told += told_by(lambda: lots.change_lot(sqlite_database, lot, "bags", 20, today=TODAY))

    of_holds = [one for one in told if re.search(r"(FROM|JOIN) hold\b", one)]
    assert of_holds
    assert [
        one for one in of_holds if not re.search(r"hold\.(lot_)?id (=|IN) ", one.partition("WHERE")[2])
    ] == []


def change_settings(database: Database, times: int) -> None:
    for number in range(times):
        values.change_setting(database, "hold_days", str(1 + number % 9))
