"""What a family has at home after corrections is what it would have, had all been settled so at first."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coordinator.db.agreements import HoldRow
from coordinator.db.audit import AuditValueRow
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.pickups import DeliveryRow, PickupRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.pickups.plans import Correction, Outcome, PickupKind
from coordinator.errors import UserError
from coordinator.services.families.recipients import set_stock
from coordinator.services.pickups import planning
from coordinator.services.pickups.planning import settle, settle_again
from coordinator.services.records import history
from coordinator.services.records.checks import check_network
from tests.builders import TODAY
from tests.integration.pickups.test_settling_again import family, oz
from tests.integration.records.test_undo import dump
from tests.pickup_builders import SATURDAY, SETUP, a_region

SUNDAY, MONDAY = SATURDAY + timedelta(days=1), SATURDAY + timedelta(days=2)
FIRST, SECOND = "H-0001", "H-0003"


def settled(database: Database, on: date, holds: tuple[str, str], delivered: float = 40) -> None:
    """Settle a run of the first of *holds* for R-0001, and of one for R-0002."""
    code = planning.plan_pickup(database, PickupKind.RUN, on, holds, today=TODAY)
    settle(database, code, [Outcome(holds[0], delivered=oz(delivered))], on)


def settled_first(database: Database, delivered: float = 40) -> None:
    settled(database, SATURDAY, (FIRST, "H-0002"), delivered)


def settled_second(database: Database, delivered: float = 40) -> None:
    settled(database, SUNDAY, (SECOND, "H-0004"), delivered)


def corrected(database: Database, hold: str, delivered: float) -> None:
    query = (
        sa.select(PickupRow.code)
        .join(DeliveryRow, DeliveryRow.pickup_id == PickupRow.id)
        .join(HoldRow, HoldRow.id == DeliveryRow.hold_id)
    )
    with database.reading() as session:
        code = session.scalars(query.where(HoldRow.code == hold)).one()
    settle_again(database, code, [Correction(hold, delivered=oz(delivered))], MONDAY)


def count(database: Database, ounces: float, on: date) -> None:
    set_stock(database, "R-0001", oz(ounces), on, seen=family(database)[0])


def at_home(database: Database) -> tuple[int | None, date | None]:
    stock, on = family(database)
    return None if stock is None else round(stock.oz), on


@pytest.fixture
def both(database: Database) -> Database:
    """60 oz were counted a week before; 40 oz came on Saturday, and 40 on Sunday."""
    a_region(database)
    count(database, 60, TODAY)
    settled_first(database)
    settled_second(database)
    assert at_home(database) == (59, SUNDAY)
    return database


@pytest.mark.parametrize(
    ("hold", "said", "expected"),
    [
        (FIRST, (0,), (40, SUNDAY)),
        (FIRST, (1, 0, 40), (59, SUNDAY)),
        (FIRST, (10, 40), (59, SUNDAY)),
        (FIRST, (10,), (40, SUNDAY)),
        (SECOND, (0,), (40, SATURDAY)),
        (SECOND, (0, 40), (59, SUNDAY)),
        (SECOND, (7, 0, 1), (20, SUNDAY)),
    ],
)
def test_what_came_later_stays_whatever_is_corrected(
    both: Database, hold: str, said: Sequence[float], expected: tuple[int, date]
) -> None:
    for delivered in said:
        corrected(both, hold, delivered)

    assert at_home(both) == expected
    assert check_network(both).faults == ()


def test_nobody_home_on_the_first_day_leaves_what_the_second_brought(both: Database) -> None:
    settle_again(both, "P-0001", [Correction(FIRST, nobody_home=True)], MONDAY)

    assert at_home(both) == (40, SUNDAY)


def test_nothing_on_either_day_is_the_count_of_before(both: Database) -> None:
    corrected(both, FIRST, 0)
    corrected(both, SECOND, 0)

    assert at_home(both) == (60, TODAY)


def test_undo_takes_each_correction_back(both: Database) -> None:
    before = dump(both)
    for hold, delivered in ((FIRST, 0), (SECOND, 5), (FIRST, 30)):
        corrected(both, hold, delivered)
    for _ in range(3):
        history.undo(both)

    assert dump(both) == before


def test_a_count_that_was_undone_holds_nothing(both: Database) -> None:
    count(both, 11, SUNDAY)
    history.undo(both)
    corrected(both, FIRST, 0)
    assert at_home(both) == (40, SUNDAY)

    history.undo(both)
    history.undo(both)
    history.redo(both)
    corrected(both, SECOND, 0)
    assert at_home(both) == (40, SATURDAY)


def test_a_count_that_was_done_again_stays(both: Database) -> None:
    count(both, 11, SUNDAY)
    history.undo(both)
    history.redo(both)

    corrected(both, FIRST, 0)

    assert at_home(both) == (11, SUNDAY)


def test_a_count_of_the_day_stays_if_it_was_told_after_settling(database: Database) -> None:
    a_region(database)
    settled_first(database)
    count(database, 71, SATURDAY)

    corrected(database, FIRST, 32)

    assert at_home(database) == (71, SATURDAY)


def test_milk_joins_a_count_of_an_earlier_day_that_was_told_late(database: Database) -> None:
    a_region(database)
    settled_first(database, 0)
    with database.writing(SETUP) as session:
        row = by_code(session, RecipientRow, "R-0001")
        row.stock, row.stock_on = oz(60), SATURDAY - timedelta(days=1)

    corrected(database, FIRST, 40)

    stock, on = family(database)
    assert on == SATURDAY
    assert stock is not None
    assert oz(40) < stock < oz(100)


def test_without_its_history_the_stock_changes_by_what_came_more_or_less(both: Database) -> None:
    with both.writing(SETUP) as session:
        session.execute(sa.delete(AuditValueRow).execution_options(without_audit=True))

    corrected(both, SECOND, 30)
    assert at_home(both) == (49, SUNDAY)
    corrected(both, FIRST, 0)
    assert at_home(both) == (9, SUNDAY)


OUNCES = st.integers(0, 40)
COUNTS = st.none() | st.tuples(st.integers(0, 2), OUNCES, st.sampled_from((SATURDAY, SUNDAY)))


@settings(max_examples=25, deadline=None)
@given(
    counted=COUNTS,
    early=st.lists(OUNCES, max_size=2),
    late=st.lists(st.tuples(st.sampled_from((FIRST, SECOND)), OUNCES), max_size=6),
    is_in_order=st.booleans(),
)
@example(counted=None, early=[], late=[(FIRST, 1), (FIRST, 0), (FIRST, 40)], is_in_order=True)
@example(counted=(1, 20, SATURDAY), early=[3], late=[(FIRST, 1), (SECOND, 5)], is_in_order=True)
@example(counted=(1, 20, SUNDAY), early=[], late=[(FIRST, 1), (SECOND, 5)], is_in_order=False)
def test_corrected_however_often_the_stock_is_as_if_settled_so_at_first(
    migrated_file: Path,
    counted: tuple[int, int, date] | None,
    early: list[int],
    late: list[tuple[str, int]],
    *,
    is_in_order: bool,
) -> None:
    first = FIRST if is_in_order else SECOND
    came = {FIRST: 40, SECOND: 40} | dict([(first, delivered) for delivered in early] + late)
    with TemporaryDirectory(prefix="milkrun-stock-") as folder:
        places = [Path(shutil.copy(migrated_file, Path(folder) / name)) for name in ("once.db", "often.db")]
        once, often = map(Database.open, places)
        run(once, came, counted, [], is_in_order=is_in_order)
        run(often, {FIRST: 40, SECOND: 40}, counted, early, is_in_order=is_in_order)
        for hold, delivered in late:
            with suppress(UserError):  # it is what is written down already
                corrected(often, hold, delivered)

        assert family(often) == family(once)
        assert check_network(often).faults == ()
        once.dispose()
        often.dispose()


def run(
    database: Database,
    came: dict[str, int],
    counted: tuple[int, int, date] | None,
    early: list[int],
    *,
    is_in_order: bool,
) -> None:
    """Count 60 oz, settle both pickups, and count once more before, between or after them."""
    a_region(database)
    count(database, 60, TODAY)
    both = [(FIRST, SATURDAY, "H-0002"), (SECOND, SUNDAY, "H-0004")]
    for place, (hold, on, other) in enumerate(both if is_in_order else both[::-1]):
        count_at(database, place, counted, both[0][1] if is_in_order or not place else SUNDAY)
        settled(database, on, (hold, other), came[hold])
        for delivered in early if place == 0 else ():
            with suppress(UserError):  # it is what is written down already
                corrected(database, hold, delivered)
    count_at(database, 2, counted, SUNDAY)


def count_at(database: Database, place: int, counted: tuple[int, int, date] | None, least: date) -> None:
    """Count once more, if that is to be now; not of a day before milk that was settled already."""
    if counted is not None and counted[0] == place:
        count(database, counted[1], max(counted[2], least))
