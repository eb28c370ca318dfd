"""What must be done before a family is forgotten, and what she should know: afterwards nobody can be rung."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.coolers import coolers_of
from coordinator.db.donors import DonorRow
from coordinator.db.drivers import DriverRow
from coordinator.db.holds import held_milk
from coordinator.db.milk import LotRow
from coordinator.db.pairs import LentRow
from coordinator.db.pickups import DeliveryRow, PickupRow, SecondDriverRow
from coordinator.db.recalls import RecallRow
from coordinator.db.recipients import RecipientRow
from coordinator.db.standing_pairs import StandingPairRow
from coordinator.db.with_drivers import with_drivers
from coordinator.domain.agreements.holds import HoldState, still_counts
from coordinator.domain.agreements.standing_pairs import StandingState
from coordinator.domain.pickups.plans import PickupState
from coordinator.domain.volume import Volume
from coordinator.sayings import Saying, plural, saying
from coordinator.services.families.removing import StillNeededError, listed
from coordinator.services.records.recalling import lots_about


def refuse_needed(session: Session, households: Collection[int], today: date) -> None:
    """Raise if milk of the family or for it is promised or travels, or it is to drive.

    Raises:
        StillNeededError: In one sentence, with what to do first.
    """
    donors, recipients, drivers = _roles(session, households)
    of_family = sa.or_(DonorRow.id.in_(donors), RecipientRow.id.in_(recipients))
    _refuse_holds(session, of_family, today)
    _refuse_driving(session, drivers)
    _refuse_recalls(session, donors, recipients)
    carried = [
        one
        for one in with_drivers(session, today)
        if one.recipient_id in recipients
        or session.get_one(LotRow, one.lot_id).donor_id in donors
        or session.get_one(PickupRow, one.pickup_id).driver_id in drivers
    ]
    if carried:
        raise StillNeededError(
            saying(
                "Milk of {holds} is still with the volunteer who carried it; say first where it went, then "
                "forget the family.",
                holds=listed(sorted({one.hold_code for one in carried})),
            )
        )
    going = sa.select(StandingPairRow.code).where(
        StandingPairRow.state != StandingState.ENDED,
        sa.or_(StandingPairRow.donor_id.in_(donors), StandingPairRow.recipient_id.in_(recipients)),
    )
    pairs = session.scalars(going.order_by(StandingPairRow.code)).all()
    if pairs:
        raise StillNeededError(
            saying("{pairs} still goes on; end it first, then forget the family.", pairs=listed(pairs))
        )


def _refuse_recalls(session: Session, donors: Collection[int], recipients: Collection[int]) -> None:
    """Raise if a recall that is not closed is about milk the family gave or was given."""
    for one in session.scalars(sa.select(RecallRow).where(RecallRow.closed_at.is_(None))):
        lots = lots_about(session, one.about)
        given = sa.select(LotRow.id).where(LotRow.id.in_(lots), LotRow.donor_id.in_(donors))
        taken = sa.select(HoldRow.id).where(HoldRow.lot_id.in_(lots), HoldRow.recipient_id.in_(recipients))
        if session.scalar(given.limit(1)) or session.scalar(taken.limit(1)):
            raise StillNeededError(
                saying("Recall {code} is about their milk; close it first, then forget the family.",
                       code=one.code)
            )  # fmt: skip


def _refuse_holds(session: Session, of_family: sa.ColumnElement[bool], today: date) -> None:
    waiting = HoldRow.state.in_((HoldState.OPEN, HoldState.AGREED))
    holds = [one.hold for one in held_milk(session, of_family, waiting)]
    needed = [one for one in holds if one.pickup_code or still_counts(one.state, one.expires_on, today)]
    pickups = sorted({one.pickup_code for one in needed if one.pickup_code})
    if pickups:
        raise StillNeededError(
            saying(
                "Milk of this family travels with {pickups}: settle or cancel that, release what is left, "
                "then forget the family.",
                pickups=listed(pickups),
            )
        )
    if needed:
        raise StillNeededError(
            saying(
                "Milk is promised with {holds}; release that first, then forget the family.",
                holds=listed([one.code for one in needed]),
            )
        )


def _refuse_driving(session: Session, drivers: Collection[int]) -> None:
    along = sa.select(SecondDriverRow.pickup_id).where(SecondDriverRow.driver_id.in_(drivers))
    query = sa.select(PickupRow.code).where(
        sa.or_(PickupRow.driver_id.in_(drivers), PickupRow.id.in_(along)),
        PickupRow.state == PickupState.PLANNED,
    )
    pickups = session.scalars(query.order_by(PickupRow.code)).all()
    if pickups:
        raise StillNeededError(
            saying(
                "The family is to drive {pickups}; choose somebody else there, settle or cancel it first.",
                pickups=listed(pickups),
            )
        )


def know_first(session: Session, households: Collection[int]) -> tuple[Saying, ...]:
    """Return what nobody can ask the family about once it is forgotten."""
    donors, recipients, _ = _roles(session, households)
    found = []
    came = _last_hand_over(session, HoldRow.recipient_id.in_(recipients))
    if came is not None:
        found.append(
            saying(
                "Milk last came to them on {on}. If it is ever recalled, nobody can ring them any more.",
                on=came,
            )
        )
    went = _last_hand_over(
        session, HoldRow.lot_id.in_(sa.select(LotRow.id).where(LotRow.donor_id.in_(donors)))
    )
    if went is not None:
        found.append(
            saying(
                "Milk of theirs last went to a family on {on}. What was asked about it goes; "
                "where it went stays.",
                on=went,
            )
        )
    lent = session.scalar(
        sa.select(sa.func.count(LentRow.id)).where(
            LentRow.back_on.is_(None),
            sa.or_(LentRow.donor_id.in_(donors), LentRow.recipient_id.in_(recipients)),
        )
    )
    out = int(lent or 0) + sum(
        one.at is not None and one.at.household_id in households and one.is_out
        for one in coolers_of(session, households)
    )
    if out:
        found.append(
            plural(
                "{n} thing that was lent has not come back.",
                "{n} things that were lent have not come back.",
                out,
            )
        )
    return tuple(found)


def _last_hand_over(session: Session, of_family: sa.ColumnElement[bool]) -> date | None:
    query = sa.select(sa.func.max(DeliveryRow.on_day)).join(HoldRow, HoldRow.id == DeliveryRow.hold_id)
    return session.scalar(query.where(of_family, DeliveryRow.delivered > Volume()))


def _roles(session: Session, households: Collection[int]) -> tuple[set[int], set[int], set[int]]:
    donors, recipients, drivers = (
        set(session.scalars(sa.select(table.id).where(table.household_id.in_(households))))
        for table in (DonorRow, RecipientRow, DriverRow)
    )
    return donors, recipients, drivers
