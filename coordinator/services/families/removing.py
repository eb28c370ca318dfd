"""What must be done first before a family, a volunteer or a lot leaves every list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.donors import DonorRow
from coordinator.db.drivers import DriverRow
from coordinator.db.holds import held_milk
from coordinator.db.living import living
from coordinator.db.milk import LotRow
from coordinator.db.pickups import PickupRow, SecondDriverRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements.holds import Hold, HoldState, still_counts
from coordinator.domain.pickups.plans import PickupState
from coordinator.errors import UserError
from coordinator.sayings import Saying, as_written, saying


class StillNeededError(UserError):
    """Milk is on hold, or somebody is to drive: removed now, a promise would stand on nobody."""


def remove(session: Session, row: DonorRow | RecipientRow | DriverRow | LotRow, today: date) -> None:
    """Take *row* off every list in the caller's transaction; it stays in the history.

    Raises:
        RemovedError: If it was removed before.
        StillNeededError: If holds keep milk of it or for it, or a planned pickup needs it.
    """
    living(row)
    if isinstance(row, DriverRow):
        _refuse_driving(session, row)
    else:
        _refuse_held(row.code, _holds_of(session, row, today))
    row.archived_on = today


def _refuse_driving(session: Session, row: DriverRow) -> None:
    along = sa.select(SecondDriverRow.pickup_id).where(SecondDriverRow.driver_id == row.id)
    query = sa.select(PickupRow.code).where(
        sa.or_(PickupRow.driver_id == row.id, PickupRow.id.in_(along)), PickupRow.state == PickupState.PLANNED
    )
    pickups = session.scalars(query.order_by(PickupRow.code)).all()
    if pickups:
        raise StillNeededError(
            saying(
                "{driver} drives {pickups}; choose somebody else there, settle or cancel it first.",
                driver=row.code,
                pickups=listed(pickups),
            )
        )


def _refuse_held(code: str, holds: Sequence[Hold]) -> None:
    pickups = sorted({hold.pickup_code for hold in holds if hold.pickup_code})
    if not holds:
        return
    needed = listed([hold.code for hold in holds])
    if not pickups:
        raise StillNeededError(
            saying(
                "{code} is needed for {holds}; release that first, then remove {code}.",
                code=code,
                holds=needed,
            )
        )
    raise StillNeededError(
        saying(
            "{code} is needed for {holds}, planned with {pickups}: settle or cancel that, release what is "
            "left, then remove {code}.",
            code=code,
            holds=needed,
            pickups=listed(pickups),
        )
    )


def _holds_of(session: Session, row: DonorRow | RecipientRow | LotRow, today: date) -> list[Hold]:
    """Return the holds that keep milk today, or travel with a planned pickup."""
    owner = {DonorRow: DonorRow.id, RecipientRow: RecipientRow.id, LotRow: LotRow.id}[type(row)]
    waiting = HoldRow.state.in_((HoldState.OPEN, HoldState.AGREED))
    holds = [one.hold for one in held_milk(session, owner == row.id, waiting)]
    return [hold for hold in holds if hold.pickup_code or still_counts(hold.state, hold.expires_on, today)]


def listed(codes: Sequence[str]) -> Saying:
    """Return codes as a sentence names them: "H-0001, H-0002 and H-0003"."""
    *most, last = codes
    return saying("{codes} and {last}", codes=tuple(most), last=last) if most else as_written(last)
