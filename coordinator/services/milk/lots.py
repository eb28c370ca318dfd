"""Lots: what each donor has in her freezer, and who has her milk."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db import ledger, milk
from coordinator.db.agreements import HoldRow
from coordinator.db.base import by_code, next_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow, current_donors
from coordinator.db.living import living
from coordinator.db.writing import writing_of
from coordinator.domain.agreements.holds import HoldState, still_counts
from coordinator.domain.codes import CodeLetter
from coordinator.domain.milk.lots import Freezer, HeatTreated, KeptIn, Lot, LotRow, MilkGiven
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume, VolumeUnit, as_kept, as_part, format_volume
from coordinator.errors import ChangedMeanwhileError, UserError
from coordinator.sayings import saying
from coordinator.services.families.removing import remove
from coordinator.services.settings.values import load_settings

UNSEEN = object()

_FIELDS = {
    "volume": saying("amount"),
    "bags": saying("bags"),
    "is_estimate": saying("“about”"),
    "expressed_from": saying("oldest day"),
    "expressed_to": saying("newest day"),
    "freezer": saying("freezer"),
    "heat_treated": saying("heat treatment"),
    "place": saying("place"),
    "thawed_on": saying("day it was thawed"),
    "note": saying("note"),
}


class LotInUseError(UserError):
    """Milk of the lot is promised or gone, so it cannot become less than that."""

    def __init__(self, code: str, in_use: Volume, unit: VolumeUnit) -> None:
        super().__init__(
            saying(
                "{amount} of {code} are held, agreed or handed over; type that or more.",
                amount=format_volume(in_use, unit),
                code=code,
            )
        )
        self.code = code
        self.in_use = in_use


def list_lots(database: Database, today: date) -> list[LotRow]:
    """Return every lot of current donors, oldest milk first, with its balance on *today*."""
    with database.reading() as session:
        by_donor = milk.lots(session, today)
        rows = [
            LotRow(lot, household.name, household.town)
            for donor, household in current_donors(session)
            for lot in by_donor.get(donor.id, [])
        ]
    return sorted(rows, key=lambda row: (row.lot.expressed_from or date.max, row.lot.code))


def add_lot(database: Database, lot: Lot) -> str:
    """Add bags to the donor ``lot.donor_code`` and return the new lot's code; other codes are ignored.

    Raises:
        UserError: If it holds nothing, or its oldest day comes after its newest.
    """
    donor_code = lot.donor_code.upper()
    if lot.volume <= Volume():
        raise UserError(saying("Type how much milk there is."))
    _check_shape(lot.bags, lot.expressed_from, lot.expressed_to)
    with database.writing(Action("lot.added", saying("Added milk of {donor}", donor=donor_code))) as session:
        row = milk.LotRow(
            code=next_code(session, CodeLetter.LOT),
            donor_id=living(by_code(session, DonorRow, donor_code)).id,
            volume=lot.volume,
            bags=lot.bags,
            is_estimate=lot.is_estimate,
            expressed_from=lot.expressed_from,
            expressed_to=lot.expressed_to,
            freezer=lot.freezer,
            heat_treated=lot.heat_treated,
            note=lot.note.strip(),
            place=lot.place,
            thawed_on=lot.thawed_on,
        )
        session.add(row)
        writing_of(session).action = Action(
            "lot.added", saying("Added {lot} of {donor}", lot=row.code, donor=donor_code)
        )
        return row.code


def change_lot(
    database: Database, code: str, field: str, value: object, *, today: date, seen: object = UNSEEN
) -> None:
    """Set one field of a lot: any of ``Lot``'s that is typed in, with a value of its type.

    Raises:
        LotInUseError: If less would be left than is held, agreed, delivered or lost.
        ChangedMeanwhileError: If the stored value is no longer the one *seen* before editing.
        UserError: If the value does not fit the others.
    """
    action = Action(
        "lot.changed", saying("Changed the {field} of {code}", field=_FIELDS[field], code=code.upper())
    )
    with database.writing(action, today) as session:
        row = living(by_code(session, milk.LotRow, code))
        if seen is not UNSEEN and getattr(row, field) != seen:
            raise ChangedMeanwhileError(saying("The {field} of {code}", field=_FIELDS[field], code=row.code))
        if field == "volume" and isinstance(value, Volume):
            value = _as_shown(session, row, value, today)
        set_in_lot(session, row, field, value, today)


def _as_shown(session: Session, row: milk.LotRow, typed: Volume, today: date) -> Volume:
    """Return what is meant by *typed*: what the lot is shown with, or what is shown as taken of it."""
    unit = load_settings(session).volume_unit
    taken = milk.balance_of(session, today, row.id).taken
    meant = as_kept(typed, row.volume, unit)
    return as_part(meant, taken, unit) if meant < taken else meant


def set_in_lot(session: Session, row: milk.LotRow, field: str, value: object, today: date) -> None:
    """Set one field of a lot in the caller's transaction; raises as :func:`change_lot`."""
    setattr(row, field, _read(field, value))
    _check_shape(row.bags, row.expressed_from, row.expressed_to)
    _check_holds(session, row, today, field)


def remove_lot(database: Database, code: str, today: date) -> None:
    """Take a lot off every list; what was delivered of it stays in the history.

    Raises:
        StillNeededError: If somebody still holds or has agreed on milk of it.
    """
    with database.writing(
        Action("lot.removed", saying("Removed {code}", code=code.upper())), today
    ) as session:
        remove(session, by_code(session, milk.LotRow, code), today)


def who_has_her_milk(database: Database, donor_code: str, today: date) -> list[MilkGiven]:
    """Return families, days and ounces of one donor's milk, newest first; holds are named as such."""
    with database.reading() as session:
        donor = by_code(session, DonorRow, donor_code)
        return list(ledger.milk_given(session, today, donor_id=donor.id))


def _read(field: str, value: object) -> object:
    """Return *value* as the column takes it; ``None`` and empty mean not told."""
    kinds: dict[str, type[Freezer | HeatTreated | KeptIn]] = {
        "freezer": Freezer,
        "heat_treated": HeatTreated,
        "place": KeptIn,
    }
    if field == "volume":
        if not isinstance(value, Volume) or value < Volume():
            raise UserError(saying("Type an amount such as 120."))
        return value
    if field in kinds:
        return kinds[field](str(value)) if value else None
    if field == "note":
        return str(value or "").strip()
    return bool(value) if field == "is_estimate" else value


def _check_shape(bags: int | None, expressed_from: date | None, expressed_to: date | None) -> None:
    if bags is not None and bags < 0:
        raise UserError(saying("Type how many bags there are."))
    if expressed_from and expressed_to and expressed_to < expressed_from:
        raise UserError(saying("The newest milk is older than the oldest; look at the two days again."))


def _check_holds(session: Session, row: milk.LotRow, today: date, field: str) -> None:
    session.flush()
    balance = milk.balance_of(session, today, row.id)
    in_use = balance.taken
    if row.volume < in_use:
        raise LotInUseError(row.code, in_use, load_settings(session).volume_unit)
    if field == "bags" and row.bags is not None and row.bags < balance.taken_bags:
        raise UserError(
            saying(
                "{bags} bags of {code} are held, agreed or handed over; type {bags} or more.",
                bags=balance.taken_bags,
                code=row.code,
            )
        )
    query = sa.select(HoldRow).where(
        HoldRow.lot_id == row.id,
        HoldRow.state.in_((HoldState.OPEN, HoldState.AGREED)),
        HoldRow.only_from.is_not(None),
    )
    for hold in session.scalars(query):
        first, last = hold.only_from, row.expressed_to
        if first and last and first > last and still_counts(hold.state, hold.expires_on, today):
            raise UserError(
                saying(
                    "{hold} takes only bags dated {first} or later, and there would be none; "
                    "release {hold} first.",
                    hold=hold.code,
                    first=first,
                )
            )
