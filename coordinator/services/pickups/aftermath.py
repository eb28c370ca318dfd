"""What settling a pickup changes beside its milk: what the families have at home, and who was in touch."""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.adapters.policies.intake import load_intake_policy
from coordinator.db.agreements import HoldRow
from coordinator.db.arrivals import counted_on
from coordinator.db.before_settling import before_settling
from coordinator.db.donors import DonorRow
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.pickups import DeliveryRow
from coordinator.db.recipients import RecipientRow
from coordinator.db.undo import put_back
from coordinator.domain.families.households import SpokenHow
from coordinator.domain.pickups.settling import stock_left
from coordinator.domain.volume import Volume, total

_COUNTED: Final = ("stock_on", "stock")
_IN_TOUCH: Final = ("last_contact_on", "first_spoken_on", "first_spoken_how")


def add_to_stock(session: Session, family: RecipientRow, delivered: Volume, on: date) -> None:
    """Let what came join what the family has, rolled forward to the day *on* first.

    One counted after that day holds it already.
    """
    if family.stock_on is not None and family.stock_on > on:
        if counted_on(session, family.id) is None:  # other milk came later, and was settled first
            family.stock = (family.stock or Volume()) + delivered
        return  # counted after this came: it is in the figure already
    left = family.stock or Volume()
    if family.stock_on is not None:
        left = _left(family, left, family.stock_on, on)
    family.stock = left + delivered
    family.stock_on = on


def correct_stock(
    session: Session, family: RecipientRow, pickup_id: int, was: Volume, now: Volume, on: date
) -> None:
    """Let what a pickup brought on the day *on* have been *now*, not *was*.

    A stock that was counted since holds what really came, and stays. Where nothing came at all, the figure
    of before is back if the history tells it. Nobody eats more for it: only what was there is taken off.
    """
    if was == now:
        return
    if not was:
        add_to_stock(session, family, now, on)
        return
    stock, stock_on = family.stock, family.stock_on
    if stock is None or stock_on is None:
        return  # nobody knows what is there
    if stock_on > on and counted_on(session, family.id) is not None:
        return
    came = _came_since(session, family.id, pickup_id, on, stock_on)
    same_day = total([volume for day, volume in came if day == on])
    if not (now or same_day) and (then := before_settling(session, family, _COUNTED, on)) is not None:
        put_back(session, RecipientRow, then, family)
    elif now > was:
        family.stock = stock + (now - was)
    else:
        family.stock = max(stock - (was - now), _at_least(family, came, now, on))


def _at_least(family: RecipientRow, came: list[tuple[date, Volume]], now: Volume, on: date) -> Volume:
    """Return what is left of *now*, on the day *on*, and of what *came* since, on the last of these days."""
    left, since = now, on
    for day, volume in came:
        left, since = _left(family, left, since, day) + volume, day
    return left


def _left(family: RecipientRow, stock: Volume, since: date, on: date) -> Volume:
    """Return what the baby has probably left of *stock*; all of it while nobody knows how old it is."""
    if family.baby_born is None:
        return stock
    supply = (family.own_supply_low or Volume()) + (family.formula or Volume())
    return stock_left(load_intake_policy(), family.baby_born, family.babies, supply, stock, since, on)


def _came_since(
    session: Session, recipient_id: int, pickup_id: int, first: date, last: date
) -> list[tuple[date, Volume]]:
    """Return what other pickups brought the family from *first* to *last*, by day."""
    query = (
        sa.select(DeliveryRow.on_day, DeliveryRow.delivered)
        .join(HoldRow, HoldRow.id == DeliveryRow.hold_id)
        .where(HoldRow.recipient_id == recipient_id, DeliveryRow.pickup_id != pickup_id)
        .where(DeliveryRow.on_day.between(first, last))
    )
    return [(day, volume) for day, volume in session.execute(query.order_by(DeliveryRow.on_day))]


def note_contact(household: HouseholdRow, on: date) -> None:
    """Note that a family was met on the day *on*."""
    household.last_contact_on = max(household.last_contact_on or on, on)
    if household.first_spoken_on is None:
        household.first_spoken_on, household.first_spoken_how = on, SpokenHow.IN_PERSON


def take_contact_back(session: Session, household: HouseholdRow, on: date) -> None:
    """Let a family not have been met on the day *on*, if only settling noted it and nobody else met it."""
    if household.last_contact_on != on or _was_met(session, household.id, on):
        return
    then = before_settling(session, household, _IN_TOUCH, on)
    if then is not None:
        put_back(session, HouseholdRow, then, household)


def _was_met(session: Session, household_id: int, on: date) -> bool:
    """Whether a delivery of the day *on* says that the family was there, at either end."""
    query = (
        sa.select(DonorRow.household_id, RecipientRow.household_id)
        .join_from(DeliveryRow, HoldRow, HoldRow.id == DeliveryRow.hold_id)
        .join(LotRow, LotRow.id == HoldRow.lot_id)
        .join(DonorRow, DonorRow.id == LotRow.donor_id)
        .join(RecipientRow, RecipientRow.id == HoldRow.recipient_id)
        .where(DeliveryRow.on_day == on, DeliveryRow.nobody_home.is_(False))
    )
    return household_id in chain.from_iterable(session.execute(query))
