"""Parting a lot at a day: two lots that add up to the one there was."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.base import by_code, next_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.living import living
from coordinator.db.milk import LotRow, LotSplitRow, balance_of, to_lot
from coordinator.db.plan_wishes import keep_wishes, wishes_in
from coordinator.db.policies import OverrulingRow
from coordinator.db.writing import writing_of
from coordinator.domain.agreements.holds import HoldState, still_counts
from coordinator.domain.codes import CodeLetter
from coordinator.domain.milk.lots import Lot
from coordinator.domain.milk.splitting import (
    LaterPart,
    NoDayOfLotError,
    bags_for,
    is_promised_twice,
    later_part,
    may_part,
    most_bags,
    tells_days_around,
)
from coordinator.domain.planning.wishes import with_part
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume, as_part, format_volume
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.settings.values import load_settings


class MoreThanFreeError(UserError):
    """More was said to be dated later than is free."""


class HoldAcrossError(UserError):
    """A hold of older and newer bags would be promised more than the earlier part holds."""

    def __init__(self, hold: HoldRow, lot: LotRow, on: date) -> None:
        across = saying(
            "{hold} takes bags of {lot} from {first} on, and {on} lies among them",
            hold=hold.code,
            lot=lot.code,
            first=hold.only_from or on,
            on=on,
        )
        super().__init__(
            saying("{across}; split at another day.", across=across)
            if hold.state is HoldState.DONE
            else saying("{across}; release or settle it first, or split at another day.", across=across)
        )
        self.hold_code = hold.code


def split_lot(
    database: Database,
    code: str,
    on: date,
    today: date,
    *,
    volume: Volume | None = None,
    bags: int | None = None,
) -> str:
    """Part a lot at *on* and return the code of the later part, bags dated *on* or later.

    Holds that take only bags dated then or later go with it. The two lots add up exactly to the one. What was
    overruled about the lot, or kept from a family in plans, holds for both.

    Args:
        database: The open network.
        code: Of the lot.
        on: The first day of the later part.
        today: The day holds are counted on.
        volume: Free milk dated then or later, if counted; else the share of days, marked as an estimate.
        bags: The same in bags.

    Raises:
        NoDayOfLotError: If *on* leaves nothing on one side.
        MoreThanFreeError: If *volume* is more than is free.
        HoldAcrossError: If a hold of newer bags begins before *on* and the earlier part would not hold it.
    """
    with database.writing(Action("lot.split", saying("Split {lot}", lot=code.upper())), today) as session:
        row = living(by_code(session, LotRow, code))
        donor = session.get_one(DonorRow, row.donor_id)
        lot = to_lot(row, donor.code, balance_of(session, today, row.id))
        free = None if volume is None else _counted(session, lot, volume, bags)
        later = split_in(session, row, lot, on, today, free=free)
        writing_of(session).action = Action(
            "lot.split", saying("Split {lot}: {later} is its later part", lot=row.code, later=later.code)
        )
        return later.code


def _counted(session: Session, lot: Lot, volume: Volume, bags: int | None) -> LaterPart:
    meant = as_part(volume, lot.free, load_settings(session).volume_unit)
    if bags is not None and meant > volume:  # dust goes with the last bag
        bags = max(bags, lot.free_bags or 0)
    return LaterPart(meant, bags_for(lot, meant) if bags is None else bags)


def split_in(
    session: Session, row: LotRow, lot: Lot, on: date, today: date, *, free: LaterPart | None
) -> LotRow:
    """Split in the caller's transaction; *lot* is *row* with its balance. Raises as :func:`split_lot`.

    *free* was counted: what of the free milk is dated *on* or later. Then the lot need not tell its days.
    """
    if not may_part(lot, on):
        raise NoDayOfLotError(row.code)
    part = later_part(lot, on) if free is None else free
    if not Volume() <= part.volume <= lot.free:
        free_now = format_volume(lot.free, load_settings(session).volume_unit).replace("\u00a0", " ")
        raise MoreThanFreeError(
            saying(
                "Only {amount} of {code} are free; type how much of that is dated later.",
                amount=free_now,
                code=row.code,
            )
        )
    _check_bags(lot, part)
    later = _later_row(session, row, on, is_estimate=free is None)
    _part_volumes(session, row, later, part, today)
    _check_holds_across(session, row, lot, on, today)
    wishes = wishes_in(session)
    parted = with_part(wishes, row.code, later.code, round(part.volume.oz, 3))
    if parted != wishes:
        keep_wishes(session, parted)
    return later


def _check_bags(lot: Lot, part: LaterPart) -> None:
    """Raise if the later part cannot be in so many bags; those that are held stay where their hold is."""
    most = most_bags(lot, None)
    if part.bags is None or most is None:
        return
    if not 0 <= part.bags <= most:
        raise MoreThanFreeError(
            saying(
                "{bags} bags of {code} are free; type how many of these are dated later.",
                bags=most,
                code=lot.code,
            )
        )
    if part.bags and not part.volume:
        raise UserError(saying("Type how much milk of {code} is in the bags dated later.", code=lot.code))
    if part.volume == lot.free and part.bags < (lot.free_bags or 0):
        raise UserError(
            saying(
                "All that is free of {code} is in {bags} bags; type these, or less milk.",
                code=lot.code,
                bags=lot.free_bags or 0,
            )
        )


def _check_holds_across(session: Session, row: LotRow, before: Lot, on: date, today: date) -> None:
    """Raise if the earlier part cannot keep the promises that stay with it, and the whole lot could."""
    earlier = to_lot(row, before.donor_code, balance_of(session, today, row.id))
    if not is_promised_twice(earlier) or is_promised_twice(before):
        return
    query = sa.select(HoldRow).where(HoldRow.lot_id == row.id, HoldRow.state != HoldState.RELEASED)
    across = [
        hold
        for hold in session.scalars(query.order_by(HoldRow.only_from.desc(), HoldRow.code))
        if hold.only_from and tells_days_around(earlier, hold.only_from)
        if hold.state is HoldState.DONE or still_counts(hold.state, hold.expires_on, today)
    ]
    raise HoldAcrossError(min(across, key=lambda hold: hold.state is HoldState.DONE), row, on)


def _later_row(session: Session, row: LotRow, on: date, *, is_estimate: bool) -> LotRow:
    """Add the later part, still empty, and end the earlier one the day before."""
    later = LotRow(
        code=next_code(session, CodeLetter.LOT),
        donor_id=row.donor_id,
        volume=Volume(),
        bags=None if row.bags is None else 0,
        is_estimate=row.is_estimate or is_estimate,
        expressed_from=on,
        expressed_to=row.expressed_to,
        freezer=row.freezer,
        heat_treated=row.heat_treated,
        note=row.note,
        place=row.place,
        thawed_on=row.thawed_on,
    )
    session.add(later)
    session.flush()
    session.add(LotSplitRow(lot_id=later.id, from_lot_id=row.id, from_day=on))
    row.expressed_to = on - timedelta(days=1)
    row.is_estimate = later.is_estimate
    query = sa.select(HoldRow).where(HoldRow.lot_id == row.id, HoldRow.only_from >= on)
    for hold in session.scalars(query):
        hold.lot_id = later.id
    _overrule_both(session, row, later)
    session.flush()
    return later


def _overrule_both(session: Session, row: LotRow, later: LotRow) -> None:
    """Let what was decided about the whole lot count for its later part as well."""
    for decided in session.scalars(sa.select(OverrulingRow).where(OverrulingRow.lot_id == row.id)):
        session.add(
            OverrulingRow(
                rule=decided.rule,
                recipient_id=decided.recipient_id,
                decided_by=decided.decided_by,
                name=decided.name,
                on_day=decided.on_day,
                disclosed=decided.disclosed,
                donor_id=decided.donor_id,
                lot_id=later.id,
                told=decided.told,
            )
        )


def _part_volumes(session: Session, row: LotRow, later: LotRow, part: LaterPart, today: date) -> None:
    """Give the later part its free milk and what went with its holds; the earlier one keeps the rest.

    Bags follow their ounces; those counted for what stays with the earlier part stay as well.
    """
    taken, kept = (balance_of(session, today, lot.id) for lot in (later, row))
    whole = row.volume
    later.volume = part.volume + taken.taken
    row.volume -= later.volume
    if row.bags is not None:
        uncounted = (taken.taken - taken.counted).microlitres
        by_ounces = round(row.bags * uncounted / whole.microlitres) if uncounted else 0
        bags = (part.bags or 0) + taken.taken_bags + by_ounces
        later.bags = max(taken.taken_bags, min(bags, row.bags - kept.taken_bags))
        row.bags -= later.bags
