"""What settling a pickup changes beside its milk: what the families have at home, and who was in touch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.arrivals import counted_on
from coordinator.db.audit import AuditChangeRow
from coordinator.db.before_settling import as_counted, before_settling
from coordinator.db.donors import DonorRow
from coordinator.db.fates import MilkUsedRow
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.pickups import DeliveryRow
from coordinator.db.recipients import RecipientRow
from coordinator.db.undo import put_back
from coordinator.domain.families.households import SpokenHow
from coordinator.domain.milk.fates import Used
from coordinator.domain.volume import Volume
from coordinator.services.records.at_home import left_of

_COUNTED: Final = ("stock", "stock_on")
_IN_TOUCH: Final = ("last_contact_on", "first_spoken_on", "first_spoken_how")


class _Home(NamedTuple):
    """What a family has at home, and the day of that figure."""

    stock: Volume | None
    on: date | None


class _Came(NamedTuple):
    """What one delivery brought on its day; with ``how``, what the family then used of what it had."""

    on: date
    volume: Volume
    how: Used | None = None


def add_to_stock(session: Session, family: RecipientRow, delivered: Volume, on: date) -> bool:
    """Let what came join what the family has, rolled forward to the day *on* first; return whether it did.

    One counted after that day holds it already.
    """
    is_later = family.stock_on is not None and family.stock_on > on
    if is_later and counted_on(session, family.id) is not None:
        return False
    home = _Home(family.stock, family.stock_on)
    family.stock, family.stock_on = _joined(family, home, _Came(on, delivered))
    return True


def use_of_stock(session: Session, family: RecipientRow, how: Used, volume: Volume, on: date) -> None:
    """Let a family have less by what it used on the day *on*; a stock that nobody told stays untold.

    What was spilled or thrown out goes beside what the baby eats. What was fed is eaten, as expected: only
    what goes beyond that since the last figure counts, so that telling it never makes the stock look larger.
    A stock counted after that day knows it already.
    """
    is_later = family.stock_on is not None and family.stock_on > on
    if family.stock is None or (is_later and counted_on(session, family.id) is not None):
        return
    home = _Home(family.stock, family.stock_on)
    family.stock, family.stock_on = _joined(family, home, _Came(on, volume, how))


def correct_stock(session: Session, family: RecipientRow, was: Volume, now: Volume, on: date) -> None:
    """Let the family have what it would, had *now* come on the day *on* at first, not *was*.

    It is worked out again from the last count, with all that was settled since in the same order. A stock
    that was counted since holds what really came, and stays.
    """
    if was == now:
        return
    counted = as_counted(session, family, _COUNTED)
    if counted is None:
        _shift_stock(session, family, was, now, on)
        return
    volume, day = counted.values["stock"], counted.values["stock_on"]
    home = _Home(None if volume is None else Volume(volume), None if day is None else date.fromisoformat(day))
    in_it, since = _deliveries(session, family.id, counted.audit_id, home.on)
    family.stock, family.stock_on = _with_all(family, home, in_it, since)


def _shift_stock(session: Session, family: RecipientRow, was: Volume, now: Volume, on: date) -> None:
    """Change what a family has by as much as came more or less; the history does not tell the last count."""
    if not was:
        add_to_stock(session, family, now, on)
        return
    stock, stock_on = family.stock, family.stock_on
    if stock is None or stock_on is None:
        return  # nobody knows what is there
    if stock_on <= on or counted_on(session, family.id) is None:
        family.stock = max(stock + now - was, Volume())


def _with_all(family: RecipientRow, home: _Home, in_it: Sequence[_Came], since: Sequence[_Came]) -> _Home:
    """Return what the family has once what came *since* has joined *home*, each as when it was settled.

    What is *in_it* already still says, as when settling, that its day is not one of a count alone.
    """
    days = {came.on for came in in_it}
    for came in since:
        is_later = home.on is not None and home.on > came.on
        if not is_later or home.on in days:
            home = _joined(family, home, came)
        days.add(came.on)
    return home


def _joined(family: RecipientRow, home: _Home, came: _Came) -> _Home:
    """Return what the family has with what *came*, on the later of both days."""
    if came.how is not None:
        return _with_less(family, home, came, came.how)
    stock = home.stock or Volume()
    if home.on is None:
        return _Home(stock + came.volume, came.on)
    if home.on > came.on:  # other milk came later, and was settled first
        return _Home(stock + came.volume, home.on)
    return _Home(left_of(family, stock, home.on, came.on) + came.volume, came.on)


def _with_less(family: RecipientRow, home: _Home, used: _Came, how: Used) -> _Home:
    """Return what the family has without what it *used*, on the later of both days."""
    if home.stock is None:
        return home
    if home.on is None or home.on > used.on:  # milk came later, and was settled first
        gone = Volume() if how is Used.FED else used.volume
        return _Home(max(home.stock - gone, Volume()), home.on)
    left = left_of(family, home.stock, home.on, used.on)
    rest = min(left, home.stock - used.volume) if how is Used.FED else left - used.volume
    return _Home(max(rest, Volume()), used.on)


def _deliveries(
    session: Session, recipient_id: int, counted_by: int, counted_on_day: date | None
) -> tuple[list[_Came], list[_Came]]:
    """Return what came to a family, in the order of settling: what its last count holds, and the rest.

    A count holds what was settled before the action that wrote it down, but for milk of a later day; so it
    does with what the family used.
    """
    settled = (
        sa.select(sa.func.min(AuditChangeRow.audit_id))
        .where(AuditChangeRow.table == DeliveryRow.__tablename__, AuditChangeRow.row_id == DeliveryRow.id)
        .scalar_subquery()
    )
    query = (
        sa.select(DeliveryRow.on_day, DeliveryRow.delivered, settled)
        .join(HoldRow, HoldRow.id == DeliveryRow.hold_id)
        .where(HoldRow.recipient_id == recipient_id, DeliveryRow.delivered > Volume())
        .where(DeliveryRow.against == "")
        .order_by(DeliveryRow.id)
    )
    told = (
        sa.select(sa.func.min(AuditChangeRow.audit_id))
        .where(AuditChangeRow.table == MilkUsedRow.__tablename__, AuditChangeRow.row_id == MilkUsedRow.id)
        .scalar_subquery()
    )
    uses = sa.select(MilkUsedRow.on_day, MilkUsedRow.volume, MilkUsedRow.how, told)
    uses = uses.where(MilkUsedRow.recipient_id == recipient_id).order_by(MilkUsedRow.id)
    moved = [(moment or 0, _Came(on, volume)) for on, volume, moment in session.execute(query)]
    moved += [(moment or 0, _Came(on, volume, how)) for on, volume, how, moment in session.execute(uses)]
    moved.sort(key=lambda pair: pair[0])
    in_it: list[_Came] = []
    since: list[_Came] = []
    for moment, came in moved:
        is_later = counted_on_day is not None and came.on > counted_on_day
        (since if moment > counted_by or is_later else in_it).append(came)
    return in_it, since


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
