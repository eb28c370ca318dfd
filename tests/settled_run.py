"""A run that was settled, and the steps of a recall of its milk, for the tests of recalls."""

from __future__ import annotations

from datetime import UTC, date, datetime

from coordinator.db.database import Database
from coordinator.domain.pickups.plans import Outcome, PickupKind
from coordinator.domain.records.recall import ANY_DAY
from coordinator.domain.records.recall_work import RecallWork, ToldBack
from coordinator.domain.volume import Volume
from coordinator.services.pickups import planning
from coordinator.services.recall.work import note_told, open_recall
from tests.builders import TODAY
from tests.pickup_builders import SATURDAY, Region, a_region

BEGAN = datetime(2026, 11, 28, 13, 0, tzinfo=UTC)


def oz(amount: float) -> Volume:
    return Volume.from_oz(amount)


def a_settled_run(database: Database, *outcomes: Outcome) -> Region:
    """Bring milk of each of two lots to each of two families: 40 oz each, if *outcomes* do not say else."""
    region = a_region(database)
    code = planning.plan_pickup(
        database, PickupKind.RUN, SATURDAY, region.holds, driver_code=region.driver, today=TODAY
    )
    planning.settle(database, code, outcomes, SATURDAY)
    return region


def begun(database: Database, code: str = "D-0001", today: date = SATURDAY) -> RecallWork:
    return open_recall(database, code, ANY_DAY, "her doctor rang", BEGAN, today)


def told(database: Database, who: str, became: ToldBack, ounces: float | None, note: str = "") -> None:
    volume = None if ounces is None else oz(ounces)
    note_told(database, "Q-0001", who, became, volume, SATURDAY, note, today=SATURDAY)
