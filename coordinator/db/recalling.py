"""Reading what a recall is about: hand-overs, promises and what else became of lots."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coordinator.db.agreements import HoldRow
from coordinator.db.donors import DonorRow
from coordinator.db.drivers import DriverRow
from coordinator.db.households import HouseholdRow, to_position
from coordinator.db.living import now_part_of
from coordinator.db.milk import LotRow
from coordinator.db.pickups import DeliveryRow, LoadRow, PickupRow
from coordinator.db.recipients import RecipientRow
from coordinator.db.with_drivers import with_drivers
from coordinator.domain.agreements.holds import HoldState, still_counts
from coordinator.domain.records.recall import MilkGiven, NotGiven, PumpedDays, QuestionedLot
from coordinator.domain.volume import Volume

_GIVER, _TAKER = aliased(HouseholdRow), aliased(HouseholdRow)


def lots_of_donor(session: Session, donor: DonorRow) -> set[int]:
    """Return the ids of a donor's lots, removed ones too; of one merged into another, the other's."""
    codes = {donor.code, now_part_of(donor) or donor.code}
    query = sa.select(LotRow.id).join(DonorRow, DonorRow.id == LotRow.donor_id)
    return set(session.scalars(query.where(DonorRow.code.in_(codes))))


def lots_of_family(session: Session, family: RecipientRow) -> set[int]:
    """Return the ids of the lots of which a family has had milk; of one merged into another, the other's."""
    codes = {family.code, now_part_of(family) or family.code}
    query = (
        sa.select(HoldRow.lot_id)
        .join(DeliveryRow, DeliveryRow.hold_id == HoldRow.id)
        .join(RecipientRow, RecipientRow.id == HoldRow.recipient_id)
        .where(RecipientRow.code.in_(codes), DeliveryRow.delivered > Volume())
    )
    return set(session.scalars(query))


def _of_days(days: PumpedDays) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of ``PumpedDays.meets`` for the bags of a hold."""
    found: list[sa.ColumnElement[bool]] = []
    if days.first is not None:
        found.append(sa.or_(LotRow.expressed_to.is_(None), LotRow.expressed_to >= days.first))
    if days.last is not None:
        found.append(sa.or_(LotRow.expressed_from.is_(None), LotRow.expressed_from <= days.last))
        found.append(sa.or_(HoldRow.only_from.is_(None), HoldRow.only_from <= days.last))
    return found


def milk_given_of(session: Session, lot_ids: Collection[int], days: PumpedDays) -> list[MilkGiven]:
    """Return every hand-over of these lots, as far as its bags may be of *days*."""
    query = (
        sa.select(
            LotRow.code,
            DonorRow.code,
            _GIVER.name,
            RecipientRow.code,
            _TAKER.name,
            _TAKER.phone,
            RecipientRow.babies,
            DeliveryRow.on_day,
            DeliveryRow.delivered,
            LotRow.expressed_from,
            HoldRow.only_from,
            LotRow.expressed_to,
            HoldRow.code,
            PickupRow.code,
            DeliveryRow.bags,
            DeliveryRow.received_by,
            DeliveryRow.against,
            _TAKER.latitude_deg,
            _TAKER.longitude_deg,
            _TAKER.precision,
        )
        .join_from(DeliveryRow, HoldRow, HoldRow.id == DeliveryRow.hold_id)
        .join(LotRow, LotRow.id == HoldRow.lot_id)
        .join(DonorRow, DonorRow.id == LotRow.donor_id)
        .join(_GIVER, _GIVER.id == DonorRow.household_id)
        .join(RecipientRow, RecipientRow.id == HoldRow.recipient_id)
        .join(_TAKER, _TAKER.id == RecipientRow.household_id)
        .join(PickupRow, PickupRow.id == DeliveryRow.pickup_id)
        .where(LotRow.id.in_(lot_ids), DeliveryRow.delivered > Volume(), *_of_days(days))
    )
    return [_given(row) for row in session.execute(query)]


def _given(row: sa.Row[*tuple[Any, ...]]) -> MilkGiven:
    lot, donor, giver, family, taker, phone, babies, on, volume, first, only_from, last, *rest = row
    hold, pickup, bags, received_by, against, latitude, longitude, precision = rest
    return MilkGiven(
        lot_code=lot,
        donor_code=donor,
        donor_name=giver,
        recipient_code=family,
        recipient_name=taker,
        phone=phone,
        babies=babies,
        on=on,
        volume=volume,
        pumped=_pumped(first, only_from, last),
        hold_code=hold,
        pickup_code=pickup,
        bags=bags,
        received_by=received_by,
        is_in_stock=not against,
        position=to_position(latitude, longitude, precision),
    )


def milk_promised_of(
    session: Session, lot_ids: Collection[int], days: PumpedDays, today: date
) -> list[NotGiven]:
    """Return the holds of these lots that have not gone to their home yet, planned or not.

    Of what a volunteer carries already, with the volunteer.
    """
    query = (
        sa.select(HoldRow, LotRow, DonorRow.code, RecipientRow.code, _TAKER.name, PickupRow)
        .join(LotRow, LotRow.id == HoldRow.lot_id)
        .join(DonorRow, DonorRow.id == LotRow.donor_id)
        .join(RecipientRow, RecipientRow.id == HoldRow.recipient_id)
        .join(_TAKER, _TAKER.id == RecipientRow.household_id)
        .outerjoin(LoadRow, LoadRow.hold_id == HoldRow.id)
        .outerjoin(PickupRow, PickupRow.id == LoadRow.pickup_id)
        .where(LotRow.id.in_(lot_ids), HoldRow.state.in_((HoldState.OPEN, HoldState.AGREED)), *_of_days(days))
        .order_by(HoldRow.code)
    )
    rows = [row for row in session.execute(query) if still_counts(row[0].state, row[0].expires_on, today)]
    carried = _runs_of(session, {hold.carried_from for hold, *_ in rows} - {""})
    return [
        NotGiven(
            lot.code,
            donor,
            hold.volume,
            _pumped(lot.expressed_from, hold.only_from, lot.expressed_to),
            hold.code,
            family,
            name,
            "" if pickup is None else pickup.code,
            None if pickup is None else pickup.on_day,
            carried.get(hold.carried_from, ("", ""))[1],
        )
        for hold, lot, donor, family, name, pickup in rows
    ]


def milk_carried_of(
    session: Session, lot_ids: Collection[int], days: PumpedDays, today: date
) -> list[NotGiven]:
    """Return what of these lots runs left with their volunteers."""
    away = with_drivers(session, today, lot_ids)
    lots = _lots_by_id(session, {one.lot_id for one in away})
    runs = _runs_of(session, {one.hold_code for one in away})
    found = []
    for one in away:
        lot, donor = lots[one.lot_id]
        pumped = _pumped(lot.expressed_from, one.only_from, lot.expressed_to)
        if days.meets(pumped.first, pumped.last):
            pickup, driver = runs[one.hold_code]
            found.append(
                NotGiven(
                    lot.code,
                    donor,
                    one.volume,
                    pumped,
                    one.hold_code,
                    pickup_code=pickup,
                    pickup_on=one.on,
                    driver_code=driver,
                )
            )
    return found


def _lots_by_id(session: Session, lot_ids: Collection[int]) -> dict[int, tuple[LotRow, str]]:
    """Return these lots with their donors' codes."""
    query = sa.select(LotRow, DonorRow.code).join(DonorRow, DonorRow.id == LotRow.donor_id)
    return {lot.id: (lot, donor) for lot, donor in session.execute(query.where(LotRow.id.in_(lot_ids)))}


def _runs_of(session: Session, holds: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return the pickup that settled each hold, and the code of who drove it, or nothing."""
    if not holds:
        return {}
    query = (
        sa.select(HoldRow.code, PickupRow.code, DriverRow.code)
        .join(DeliveryRow, DeliveryRow.hold_id == HoldRow.id)
        .join(PickupRow, PickupRow.id == DeliveryRow.pickup_id)
        .outerjoin(DriverRow, DriverRow.id == PickupRow.driver_id)
        .where(HoldRow.code.in_(holds))
    )
    return {hold: (pickup, driver or "") for hold, pickup, driver in session.execute(query)}


def lots_of_days(session: Session, lot_ids: Collection[int], days: PumpedDays) -> dict[int, QuestionedLot]:
    """Return those of the lots of which some milk may be of *days*, by id, in the order of their codes."""
    query = (
        sa.select(LotRow, DonorRow.code)
        .join(DonorRow, DonorRow.id == LotRow.donor_id)
        .where(LotRow.id.in_(lot_ids))
        .order_by(LotRow.code)
    )
    return {
        lot.id: QuestionedLot(
            lot.code, donor, lot.volume, PumpedDays(lot.expressed_from, lot.expressed_to), lot.archived_on
        )
        for lot, donor in session.execute(query)
        if days.meets(lot.expressed_from, lot.expressed_to)
    }


def _pumped(first: date | None, only_from: date | None, last: date | None) -> PumpedDays:
    return PumpedDays(max(filter(None, (first, only_from)), default=None), last)
