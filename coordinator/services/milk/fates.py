"""Telling what became of milk that no family got: kept by the donor, discarded, referred to a bank, lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from coordinator.db import milk
from coordinator.db.agreements import HoldRow
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.fates import FateRow
from coordinator.db.holds import held_milk
from coordinator.db.with_drivers import carried_of
from coordinator.domain.agreements.holds import HoldState, still_counts
from coordinator.domain.milk.fates import Fate, ToldFate
from coordinator.domain.milk.lots import Lot
from coordinator.domain.plausible import is_day
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume, VolumeUnit, as_part, format_volume
from coordinator.errors import UserError
from coordinator.sayings import Saying, saying
from coordinator.services.settings.values import load_settings


def tell_fate(database: Database, lot: str, told: ToldFate, today: date, *, left_by: str = "") -> int:
    """Write down what became of milk of *lot* that no family got; return the number of what was written.

    Of milk that the hold *left_by* left with a volunteer, if told; *lot* is its lot then.

    Also of a lot that was taken off the lists: then its rest is accounted for. Undo takes it back.

    Raises:
        UserError: If more is told than lies there free, no reason is given for milk that is thrown away, or
            the day or the bags cannot be meant.
    """
    label = saying("Noted milk of {lot} as {fate}", lot=lot.upper(), fate=told.fate.words)
    with database.writing(Action("lot.fate", label), today) as session:
        row = by_code(session, milk.LotRow, lot)
        donor = session.get_one(DonorRow, row.donor_id)
        there = milk.to_lot(row, donor.code, milk.balance_of(session, today, row.id))
        if left_by:
            carried = carried_of(session, today, by_code(session, HoldRow, left_by))
            there = replace(there, free=carried, bags=None)
        unit = load_settings(session).volume_unit
        volume = _volume(session, there, told, today, unit)
        _check_words(told, today)
        written = FateRow(
            lot_id=row.id,
            fate=told.fate,
            volume=volume,
            on_day=told.on,
            bags=_bags(there, told, is_all=volume == there.free),
            why=told.why.strip(),
            bank=told.bank.strip() if told.fate is Fate.REFERRED else "",
            carried_from=left_by.upper(),
        )
        session.add(written)
        session.flush()
        return written.id


def take_fate_back(database: Database, fate_id: int, today: date) -> None:
    """Let milk be there again that was noted as gone another way; the history keeps that it was.

    Raises:
        UserError: If somebody took it back already.
    """
    action = Action("lot.fate_back", saying("Took back what became of some milk"))
    with database.writing(action, today) as session:
        row = session.get(FateRow, fate_id)
        if row is None:
            raise UserError(saying("That is gone already; somebody took it away."))
        session.delete(row)


def _volume(session: Session, lot: Lot, told: ToldFate, today: date, unit: VolumeUnit) -> Volume:
    free = max(lot.free, Volume())
    volume = free if told.volume is None else as_part(told.volume, free, unit)
    if told.volume is not None and told.volume <= Volume():
        raise UserError(saying("Type how much milk it is."))
    if volume > free or not free:
        raise UserError(_too_much(session, lot, free, today, unit))
    return volume


def _too_much(session: Session, lot: Lot, free: Volume, today: date, unit: VolumeUnit) -> Saying:
    amount = format_volume(free, unit).replace("\u00a0", " ")
    holds = tuple(
        one.hold.code
        for one in held_milk(session, HoldRow.lot_id == lot.id)
        if one.hold.state is not HoldState.DONE and still_counts(one.hold.state, one.hold.expires_on, today)
    )
    if there := lot.carried:
        return saying(
            "Only {amount} of {lot} are free, {carried} are with a volunteer since a run left them behind. "
            "Say first where they went, on Today, or tell less.",
            amount=amount,
            lot=lot.code,
            carried=format_volume(there, unit).replace("\u00a0", " "),
        )
    if holds:
        return saying(
            "Only {amount} of {lot} are free, the rest is on hold ({holds}). Release it first, or tell less.",
            amount=amount,
            lot=lot.code,
            holds=holds,
        )
    if not lot.is_told:
        return saying("Nobody has said how much {lot} holds; type its amount first.", lot=lot.code)
    return saying(
        "Only {amount} of {lot} are left; if there was more, correct the amount of {lot} first.",
        amount=amount,
        lot=lot.code,
    )


def _bags(lot: Lot, told: ToldFate, *, is_all: bool) -> int | None:
    """Return in how many bags it was: as told, all there are where nothing stays, else nobody counted."""
    most = lot.free_bags
    if told.bags is None:
        return (most or None) if is_all else None
    if told.bags < 1 or (most is not None and told.bags > most):
        raise UserError(
            saying(
                "Of the bags of {lot}, {bags} at most are free; type so many or fewer, and one at least.",
                bags=most if most is not None else 1,
                lot=lot.code,
            )
        )
    return told.bags


def _check_words(told: ToldFate, today: date) -> None:
    if told.fate is Fate.DISCARDED and not told.why.strip():
        raise UserError(saying("Type why it was discarded; only you will see it."))
    if not is_day(told.on, today) or told.on > today:
        raise UserError(saying("{on} is no day on which it can have been.", on=told.on))
