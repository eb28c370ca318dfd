"""What the program offers while two families are made a standing pair: the same as last time, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.holds import HeldMilk, held_milk, households_by_id
from coordinator.db.pickups import DeliveryRow, LoadRow, PickupRow
from coordinator.db.recipients import RecipientRow
from coordinator.db.standing_pairs import StandingPairRow, standing_pairs
from coordinator.domain.agreements.holds import HoldState
from coordinator.domain.agreements.rhythm_words import read_rhythm
from coordinator.domain.agreements.rhythms import Rhythm
from coordinator.domain.agreements.standing_pairs import Agreed, StandingState
from coordinator.domain.families.households import Household
from coordinator.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class StandingOffer:
    """Two families who may become a standing pair; ``agreed`` is what is offered, for her to change.

    ``last_on`` is the day the milk changed hands or is to; ``is_said``: the rhythm is in one's own words.
    """

    donor_code: str
    donor_name: str
    donor_hours: str
    recipient_code: str
    recipient_name: str
    recipient_hours: str
    agreed: Agreed
    last_on: date
    is_said: bool = False


def offer_after(database: Database, hold: str, today: date) -> StandingOffer | None:
    """Return what is offered after one hold: as much as it, in the rhythm one told, else every other week.

    ``None`` where the two are a standing pair or one household, or its milk came though it was no fit.

    Raises:
        NotFoundError: If there is no such hold.
    """
    with database.reading() as session:
        held = held_milk(session, HoldRow.code == hold.upper())
        if not held:
            raise NotFoundError(hold)
        return _offer(session, held[0], today)


def offer_for(database: Database, code: str, today: date) -> StandingOffer | None:
    """Return what is offered to the family or donor *code*, after the last milk that was agreed or came."""
    with database.reading() as session:
        of_code = sa.or_(DonorRow.code == code.upper(), RecipientRow.code == code.upper())
        held = held_milk(session, of_code, HoldRow.state.in_((HoldState.AGREED, HoldState.DONE)))
        for one in sorted(held, key=lambda each: (each.hold.made_on, each.id), reverse=True):
            found = _offer(session, one, today)
            if found is not None:
                return found
    return None


def _offer(session: Session, held: HeldMilk, today: date) -> StandingOffer | None:
    hold = held.hold
    is_going = StandingPairRow.state != StandingState.ENDED
    both = (DonorRow.code == hold.donor_code, RecipientRow.code == hold.recipient_code)
    is_own = held.donor_household_id == held.recipient_household_id
    if is_own or standing_pairs(session, is_going, *both) or _is_removed(session, held):
        return None
    if _was_unfit(session, held.id):
        return None
    homes = households_by_id(session, {held.donor_household_id, held.recipient_household_id})
    donor, family = homes[held.donor_household_id], homes[held.recipient_household_id]
    last_on = _last_day(session, held.id) or today
    said = _said_rhythm(donor, family)
    rhythm = said or Rhythm(last_on.weekday(), 2)
    first = next(rhythm.days(last_on + timedelta(days=rhythm.every_weeks * 7 - 6), max(last_on, today)))
    return StandingOffer(
        hold.donor_code,
        donor.name,
        donor.hours,
        hold.recipient_code,
        family.name,
        family.hours,
        Agreed(hold.volume, is_a_day=False, rhythm=rhythm, first_on=first),
        last_on,
        is_said=said is not None,
    )


def _is_removed(session: Session, held: HeldMilk) -> bool:
    hold = held.hold
    donor = session.scalar(sa.select(DonorRow.archived_on).where(DonorRow.code == hold.donor_code))
    family = session.scalar(
        sa.select(RecipientRow.archived_on).where(RecipientRow.code == hold.recipient_code)
    )
    return donor is not None or family is not None


def _was_unfit(session: Session, hold_id: int) -> bool:
    against = sa.select(DeliveryRow.id).where(DeliveryRow.hold_id == hold_id, DeliveryRow.against != "")
    return session.scalar(against) is not None


def _said_rhythm(donor: Household, family: Household) -> Rhythm | None:
    """Return the rhythm that one of the two told in its hours; none where both told different ones."""
    said = {rhythm for home in (donor, family) if (rhythm := read_rhythm(home.hours)) is not None}
    return said.pop() if len(said) == 1 else None


def _last_day(session: Session, hold_id: int) -> date | None:
    """Return the day the milk of a hold changed hands, or is planned to."""
    came = session.scalar(sa.select(DeliveryRow.on_day).where(DeliveryRow.hold_id == hold_id))
    planned = sa.select(PickupRow.on_day).join(LoadRow, LoadRow.pickup_id == PickupRow.id)
    return came or session.scalar(planned.where(LoadRow.hold_id == hold_id))
