"""Parting a lot at a day: two lots that add up to the one there was."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.base import next_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.milk import UNTOUCHED, LotRow, LotSplitRow, balances, lot_by_code, to_lot
from coordinator.domain.audit import Action
from coordinator.domain.milk import Lot
from coordinator.domain.splitting import CountedPart, LaterPart, bags_for, later_part
from coordinator.domain.volume import Volume
from coordinator.errors import UserError


class MoreThanFreeError(UserError):
    """More was said to be dated later than is free."""


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

    Holds that take only bags dated then or later go with it. The two lots add up exactly to the one.

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
    """
    with database.writing(Action("lot.split", f"Split {code.upper()}")) as session:
        row = lot_by_code(session, code)
        donor = session.get_one(DonorRow, row.donor_id)
        lot = to_lot(row, donor.code, balances(session, today).get(row.id, UNTOUCHED))
        counted = None if volume is None else CountedPart(on, volume, bags)
        later = split_in(session, row, lot, on, today, counted=counted)
        session.info["action"] = Action("lot.split", f"Split {row.code}: {later.code} is its later part")
        return later.code


def split_in(
    session: Session, row: LotRow, lot: Lot, on: date, today: date, *, counted: CountedPart | None
) -> LotRow:
    """Split in the caller's transaction; *lot* is *row* with its balance. Raises as :func:`split_lot`."""
    part = later_part(lot, on)
    if counted is not None:
        bags = bags_for(lot, counted.volume) if counted.bags is None else counted.bags
        part = LaterPart(counted.volume, bags)
    if not Volume() <= part.volume <= lot.free:
        raise MoreThanFreeError(f"Less than that is free of {row.code}; type what is dated later.")
    later = _later_row(session, row, on, is_estimate=counted is None)
    _part_volumes(session, row, later, part, today)
    return later


def _later_row(session: Session, row: LotRow, on: date, *, is_estimate: bool) -> LotRow:
    """Add the later part, still empty, and end the earlier one the day before."""
    later = LotRow(
        code=next_code(session, "L"),
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
    session.flush()
    return later


def _part_volumes(session: Session, row: LotRow, later: LotRow, part: LaterPart, today: date) -> None:
    """Give the later part its free milk and what went with its holds; the earlier one keeps the rest."""
    taken = balances(session, today).get(later.id, UNTOUCHED)
    later.volume = part.volume + taken.taken
    row.volume -= later.volume
    if row.bags is not None:
        later.bags = min((part.bags or 0) + taken.taken_bags, row.bags)
        row.bags -= later.bags
