"""How many statements a page takes does not grow with the pickups and the actions of a network."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import sqlalchemy as sa

from coordinator.db.database import Database
from coordinator.domain.pickups import PickupKind
from coordinator.services import audit, settings
from coordinator.services.donors import list_donors
from coordinator.services.imported_people import known_people
from coordinator.services.pickups import pickups_between, plan_pickup, record_driver_yes
from coordinator.services.recipients import list_recipients
from coordinator.services.sheets import print_pickup_sheet, week_schedule
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
    "undo_state": audit.undo_state,
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


def change_settings(database: Database, times: int) -> None:
    for number in range(times):
        settings.change_setting(database, "hold_days", str(1 + number % 9))
