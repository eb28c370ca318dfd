"""The first click of a recall: pausing the donor, and holding back what of her milk is promised."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.drivers import DriverRow
from coordinator.db.households import HouseholdRow
from coordinator.db.pickups import PickupRow, loads_of
from coordinator.db.recalls import RecallRow
from coordinator.db.recipients import RecipientRow
from coordinator.db.roles import RoleRow
from coordinator.domain.agreements.holds import HoldState
from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.pickups.plans import PickupState
from coordinator.domain.records.history import Action
from coordinator.domain.records.recall import NotGiven, PumpedDays
from coordinator.domain.records.recall_work import HeldBackMilk, HoldBack, OnItsWay
from coordinator.sayings import saying
from coordinator.services.pickups.planning import take_off_in
from coordinator.services.records.recalling import recall_in


def what_hold_back_does(database: Database, code: str, today: date) -> HoldBack:
    """Return what :func:`hold_back` would do now, for the line of its button.

    Raises:
        NotFoundError: If there is no such recall.
    """
    with database.reading() as session:
        return _looked_at(session, by_code(session, RecallRow, code), today)


def hold_back(database: Database, code: str, today: date) -> HoldBack:
    """Pause the donors of a recall and release every promise of its milk; one act, one undo.

    A hold that travels with a pickup of a later day is taken off it; a pickup that carries nothing then is
    cancelled. Milk on a pickup of today, or of an earlier day that nobody settled, may be on the road: it is
    left as it is, and who is to be rung about it is returned. What was released lies with its donor or
    volunteer, and is asked for there.

    Raises:
        NotFoundError: If there is no such recall.
    """
    label = saying("Paused and held back what {recall} is about", recall=code.upper())
    with database.writing(Action("recall.held_back", label), today) as session:
        found = _looked_at(session, by_code(session, RecallRow, code), today)
        for donor in found.donors:
            by_code(session, DonorRow, donor).state = DonorState.PAUSED
        for one in found.promises:
            hold = by_code(session, HoldRow, one.hold_code)
            if one.pickup_code:
                _take_off(session, by_code(session, PickupRow, one.pickup_code), hold)
            hold.state = HoldState.RELEASED
        return found


def _take_off(session: Session, pickup: PickupRow, hold: HoldRow) -> None:
    take_off_in(session, pickup, hold)
    session.flush()
    if not loads_of(session, pickup.id):
        pickup.state = PickupState.CANCELLED


def _looked_at(session: Session, row: RecallRow, today: date) -> HoldBack:
    found = recall_in(session, row.about, today, PumpedDays(row.first_day, row.last_day))
    donors = session.scalars(
        sa.select(DonorRow).where(DonorRow.code.in_(found.donors)).order_by(DonorRow.code)
    )
    promises, on_its_way = [], []
    for one in found.not_given:
        if not one.is_promise:
            continue
        if one.pickup_on is not None and one.pickup_on <= today:
            on_its_way.append(_on_its_way(session, one, one.pickup_on))
        else:
            promises.append(HeldBackMilk(one.hold_code, one.recipient_code, one.volume, one.pickup_code))
    return HoldBack(
        tuple(one.code for one in donors if one.archived_on is None and one.state.is_offering),
        tuple(promises),
        tuple(on_its_way),
    )


def _on_its_way(session: Session, one: NotGiven, on: date) -> OnItsWay:
    """Return whom to ring about milk of today: who drives, or the family that comes for it."""
    pickup = by_code(session, PickupRow, one.pickup_code)
    drives: RoleRow = (
        session.get_one(DriverRow, pickup.driver_id)
        if pickup.driver_id
        else by_code(session, RecipientRow, one.recipient_code)
    )
    home = session.get_one(HouseholdRow, drives.household_id)
    return OnItsWay(
        one.hold_code, one.recipient_code, one.volume, pickup.code, on, drives.code, home.name, home.phone
    )
