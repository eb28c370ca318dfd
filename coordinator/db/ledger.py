"""Where the milk went: who holds, has agreed on or got which lot, and all that left each lot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coordinator.db.agreements import HoldRow
from coordinator.db.audit import AuditChangeRow, AuditRow
from coordinator.db.donors import DonorRow
from coordinator.db.drivers import DriverRow
from coordinator.db.fates import FateRow, MilkUsedRow
from coordinator.db.households import HouseholdRow, to_household
from coordinator.db.milk import UNTOUCHED, LotRow, LotSplitRow, balances
from coordinator.db.pickups import DeliveryRow, PickupRow
from coordinator.db.recipients import RecipientRow
from coordinator.db.with_drivers import with_drivers
from coordinator.domain.agreements.holds import HoldState, still_counts
from coordinator.domain.milk.fates import Used
from coordinator.domain.milk.lots import GivenState, MilkGiven
from coordinator.domain.records.ledger import Carried, LotLedger, Movement, Went
from coordinator.domain.volume import Volume
from coordinator.sayings import NOTHING, stored_saying


def milk_given(
    session: Session, today: date, *, donor_id: int | None = None, recipient_id: int | None = None
) -> tuple[MilkGiven, ...]:
    """Return what was delivered, agreed or is on hold, newest first.

    Args:
        session: A reading session.
        today: Holds that expired before it are left out.
        donor_id: Only milk of this donor.
        recipient_id: Only milk for this recipient.
    """
    giver = aliased(HouseholdRow)
    query = (
        sa.select(HoldRow, LotRow, RecipientRow, HouseholdRow, DeliveryRow, DonorRow.code, giver.name)
        .join(LotRow, LotRow.id == HoldRow.lot_id)
        .join(DonorRow, DonorRow.id == LotRow.donor_id)
        .join(giver, giver.id == DonorRow.household_id)
        .join(RecipientRow, RecipientRow.id == HoldRow.recipient_id)
        .join(HouseholdRow, HouseholdRow.id == RecipientRow.household_id)
        .outerjoin(DeliveryRow, DeliveryRow.hold_id == HoldRow.id)
    )
    if donor_id is not None:
        query = query.where(LotRow.donor_id == donor_id)
    if recipient_id is not None:
        query = query.where(HoldRow.recipient_id == recipient_id)
    given = [
        replace(_given(hold, lot, recipient, household, delivery), donor_code=code, donor_name=name)
        for hold, lot, recipient, household, delivery, code, name in session.execute(query)
        if _happened(hold, delivery, today)
    ]
    return tuple(sorted(given, key=lambda line: (line.on, line.lot_code), reverse=True))


def _happened(hold: HoldRow, delivery: DeliveryRow | None, today: date) -> bool:
    if hold.state is HoldState.DONE:
        return delivery is not None and bool(delivery.delivered)
    return still_counts(hold.state, hold.expires_on, today)


def _given(
    hold: HoldRow, lot: LotRow, recipient: RecipientRow, household: HouseholdRow, delivery: DeliveryRow | None
) -> MilkGiven:
    waiting = {HoldState.OPEN: GivenState.ON_HOLD, HoldState.AGREED: GivenState.AGREED}
    return MilkGiven(
        recipient_code=recipient.code,
        recipient_name=household.name,
        lot_code=lot.code,
        on=delivery.on_day if delivery else hold.made_on,
        volume=delivery.delivered if delivery else hold.volume,
        bags=delivery.bags if delivery else hold.bags,
        state=GivenState.DELIVERED if delivery else waiting[hold.state],
        position=to_household(household).position,
        against=stored_saying(delivery.against) if delivery else NOTHING,
    )


def lot_ledgers(
    session: Session, today: date, lot_ids: Collection[int] | None = None
) -> tuple[LotLedger, ...]:
    """Return every lot with all that left it, those taken off the lists too, by code; of *lot_ids* if given.

    A lot of which nobody said how much it holds, and of which nothing left, is not in it.
    """
    query = (
        sa.select(LotRow, DonorRow.code, HouseholdRow.name, HouseholdRow.town)
        .join(DonorRow, DonorRow.id == LotRow.donor_id)
        .join(HouseholdRow, HouseholdRow.id == DonorRow.household_id)
        .order_by(LotRow.code)
    )
    if lot_ids is not None:
        query = query.where(LotRow.id.in_(lot_ids))
    moved, known = movements(session, lot_ids), balances(session, today, lot_ids)
    offered = _offered_on(session) if lot_ids is None else {}
    carried = _carried(session, today, lot_ids)
    return tuple(
        LotLedger(
            lot_code=lot.code,
            donor_code=code,
            donor_name=name,
            town=town,
            offered=lot.volume,
            bags=lot.bags,
            first=lot.expressed_from,
            last=lot.expressed_to,
            removed_on=lot.archived_on,
            offered_on=offered.get(lot.id),
            held=known.get(lot.id, UNTOUCHED).held,
            carried=tuple(carried.get(lot.id, ())),
            movements=tuple(sorted(moved.get(lot.id, ()), key=lambda one: (one.on, one.hold_code))),
        )
        for lot, code, name, town in session.execute(query)
        if lot.volume or moved.get(lot.id)
    )


def _carried(session: Session, today: date, lot_ids: Collection[int] | None) -> dict[int, list[Carried]]:
    """Return what of each lot is with volunteers, by its id."""
    found: dict[int, list[Carried]] = defaultdict(list)
    away = with_drivers(session, today, lot_ids)
    drove = sa.select(PickupRow.id, DriverRow.code).join(DriverRow, DriverRow.id == PickupRow.driver_id)
    drove = drove.where(PickupRow.id.in_({one.pickup_id for one in away}))
    codes = {row.id: row.code for row in session.execute(drove)} if away else {}
    for one in away:
        code = codes.get(one.pickup_id, "")
        found[one.lot_id].append(Carried(one.hold_code, code, one.on, one.volume))
    return found


def _offered_on(session: Session) -> dict[int, date]:
    """Return the day each lot was written down first, by its id; of a part that was split off its whole's."""
    query = (
        sa.select(AuditChangeRow.row_id, sa.func.min(AuditRow.at))
        .join(AuditRow, AuditRow.id == AuditChangeRow.audit_id)
        .where(AuditChangeRow.table == LotRow.__tablename__)
        .group_by(AuditChangeRow.row_id)
    )
    found = {lot_id: at.astimezone().date() for lot_id, at in session.execute(query)}
    splits = sa.select(LotSplitRow.lot_id, LotSplitRow.from_lot_id).order_by(LotSplitRow.id)
    for part, whole in session.execute(splits):
        if whole in found:
            found[part] = found[whole]
    return found


def movements(
    session: Session, lot_ids: Collection[int] | None, *, only_elsewhere: bool = False
) -> dict[int, list[Movement]]:
    """Return what left each lot, by its id: to families, lost on the way, and what no family got.

    With *only_elsewhere*, what came to families is left out.
    """
    found: dict[int, list[Movement]] = defaultdict(list)
    taker = aliased(HouseholdRow)
    query = (
        sa.select(DeliveryRow, HoldRow, LotRow.code, RecipientRow.code, taker.name, PickupRow.code)
        .join(HoldRow, HoldRow.id == DeliveryRow.hold_id)
        .join(LotRow, LotRow.id == HoldRow.lot_id)
        .join(RecipientRow, RecipientRow.id == HoldRow.recipient_id)
        .join(taker, taker.id == RecipientRow.household_id)
        .join(PickupRow, PickupRow.id == DeliveryRow.pickup_id)
    )
    if lot_ids is not None:
        query = query.where(HoldRow.lot_id.in_(lot_ids))
    if only_elsewhere:
        query = query.where(DeliveryRow.lost > Volume())
    for came, hold, lot, family, name, pickup in session.execute(query):
        for went, volume, bags in (
            (Went.DELIVERED, came.delivered, came.bags),
            (Went.LOST, came.lost, None),
        ):
            if volume and not (only_elsewhere and went is Went.DELIVERED):
                found[hold.lot_id].append(
                    Movement(
                        lot,
                        went,
                        volume,
                        came.on_day,
                        bags,
                        family,
                        name,
                        hold.code,
                        pickup,
                        came.received_by,
                        came.note,
                    )
                )
    fates = sa.select(FateRow, LotRow.code).join(LotRow, LotRow.id == FateRow.lot_id)
    if lot_ids is not None:
        fates = fates.where(FateRow.lot_id.in_(lot_ids))
    for row, lot in session.execute(fates):
        found[row.lot_id].append(
            Movement(
                lot,
                Went(row.fate.value),
                row.volume,
                row.on_day,
                row.bags,
                why=row.why,
                bank=row.bank,
                fate_id=row.id,
            )
        )
    return found


def used_by_families(session: Session) -> dict[str, dict[Used, Volume]]:
    """Return what families did with the milk they had, by code."""
    query = (
        sa.select(RecipientRow.code, MilkUsedRow.how, sa.func.sum(MilkUsedRow.volume))
        .join(RecipientRow, RecipientRow.id == MilkUsedRow.recipient_id)
        .group_by(RecipientRow.code, MilkUsedRow.how)
    )
    found: dict[str, dict[Used, Volume]] = defaultdict(lambda: dict.fromkeys(Used, Volume()))
    for code, how, volume in session.execute(query):
        found[code][how] = volume if isinstance(volume, Volume) else Volume(int(volume))
    return dict(found)
