"""Two volunteers on one run: who comes along and takes turns at the wheel."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.drivers import DriverRow
from coordinator.db.living import living
from coordinator.db.pickups import PickupRow, SecondDriverRow
from coordinator.domain.pickups.plans import PickupKind
from coordinator.domain.records.history import Action
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.pickups.planning import changing


def set_second_driver(database: Database, code: str, driver_code: str) -> None:
    """Note who comes along on a run; "" for nobody. One act, which one undo takes back.

    What breaks a rule with the two is shown on the pickup, not refused.

    Raises:
        NotFoundError: If there is no such pickup or volunteer.
        UserError: If it is no run that is planned, nobody drives it yet, or both are the same.
    """
    label = (
        saying("{driver} comes along on {pickup}", driver=driver_code.upper(), pickup=code.upper())
        if driver_code
        else saying("Nobody comes along on {pickup}", pickup=code.upper())
    )
    with changing(database, code, Action("pickup.second_driver", label)) as (session, row):
        driver = living(by_code(session, DriverRow, driver_code)) if driver_code else None
        if driver is not None:
            _refuse(row, driver)
        _set(session, row, driver)


def _refuse(row: PickupRow, driver: DriverRow) -> None:
    if row.kind is not PickupKind.RUN:
        raise UserError(saying("{pickup} has no volunteer; make it a volunteer run first.", pickup=row.code))
    if row.driver_id is None:
        raise UserError(saying("Choose who drives {pickup} first.", pickup=row.code))
    if row.driver_id == driver.id:
        raise UserError(
            saying(
                "{driver} drives {pickup} already; choose somebody else to come along.",
                driver=driver.code,
                pickup=row.code,
            )
        )


def _set(session: Session, row: PickupRow, driver: DriverRow | None) -> None:
    there = session.scalar(sa.select(SecondDriverRow).where(SecondDriverRow.pickup_id == row.id))
    if driver is None:
        if there is not None:
            session.delete(there)
    elif there is None:
        session.add(SecondDriverRow(pickup_id=row.id, driver_id=driver.id))
    else:
        there.driver_id = driver.id
