"""The printed set of a pickup: all its papers in one PDF, noted as printed like its sheet alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from coordinator.db import milk
from coordinator.db.base import by_code
from coordinator.db.donors import DonorRow
from coordinator.db.holds import held_by_pickup
from coordinator.db.milk import LotRow
from coordinator.db.pickups import PickupRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.paper.privacy import Part
from coordinator.domain.paper.set_making import MilkKnown, SetWanted, make_set
from coordinator.domain.reading.freezers import freezer_told
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.paper.sheets import note_printing, refuse_cancelled, sheet_in
from coordinator.services.pickups.reading import loaded
from coordinator.services.policies.profiles import policy_in_use

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from coordinator.db.database import Database
    from coordinator.domain.milk.lots import Freezer, Lot
    from coordinator.domain.paper.parts import PrintedSet
    from coordinator.domain.paper.sheet_making import PrintedPickup
    from coordinator.services.pickups.reading import LoadedPickup


class NoPartError(UserError):
    """Nothing was ticked, or nothing of what was ticked is there for this pickup."""


def printed_set(database: Database, code: str, today: date, wanted: SetWanted) -> PrintedSet:
    """Return the set as it would be printed next; looking does not count as printing.

    Raises:
        StopNotAgreedError: If a yes is missing, naming whose by code.
        NothingToPrintError: If nothing travels, or the pickup was cancelled.
        NotFoundError: If there is no pickup with *code*.
        NoPartError: If none of the parts has anything on it.
    """
    with database.reading() as session:
        return set_in(session, by_code(session, PickupRow, code), today, wanted)[0]


def set_in(
    session: Session, row: PickupRow, today: date, wanted: SetWanted
) -> tuple[PrintedSet, PrintedPickup]:
    """Return the set of *row* and what it is made from; raises like :func:`printed_set`."""
    refuse_cancelled(row)
    found = loaded(session, row, today)
    known = MilkKnown(_lots(session, found, today), policy_in_use(session), _freezers(session, found))
    made = make_set(found.printed, sheet_in(session, found), known, wanted)
    if not any(made.has(part) for part in Part if part is not Part.LABELS):
        raise NoPartError(
            saying("Nothing to print: none of the parts that are ticked has anything on it here.")
        )
    return made, found.printed


def pairs_of(database: Database, code: str) -> tuple[tuple[str, str], ...]:
    """Return the donors and families of a pickup, by code, each pair once."""
    with database.reading() as session:
        row = by_code(session, PickupRow, code)
        held = held_by_pickup(session, [row.id]).get(row.id, [])
    return tuple(dict.fromkeys((one.hold.donor_code, one.hold.recipient_code) for one in held))


def render_set(made: PrintedSet) -> bytes:
    """Return the set as a PDF."""
    from coordinator.adapters.pdf.printed_set import render_set as drawn  # noqa: PLC0415 - reportlab costs 0.2 s

    return drawn(made)


def preview_set(database: Database, code: str, today: date, wanted: SetWanted) -> bytes:
    """Return the set as a PDF without counting it as printed; raises like :func:`printed_set`."""
    return render_set(printed_set(database, code, today, wanted))


def print_set(database: Database, code: str, today: date, wanted: SetWanted) -> tuple[PrintedSet, bytes]:
    """Return the set and its PDF; where the run sheet is in it, the printing is noted like the sheet's own.

    Raises:
        ChangedMeanwhileError: If somebody changed the pickup while it was drawn; nothing is noted.
        UserError: Like :func:`printed_set`.
    """
    made = printed_set(database, code, today, wanted)
    pdf = render_set(made)
    if made.has(Part.RUN_SHEET):
        note_printing(database, code, made.sheet, today)
    return made, pdf


def _lots(session: Session, found: LoadedPickup, today: date) -> dict[str, Lot]:
    """Return the lot of each hold that travels, by the code of the hold."""
    lots = {}
    for hold in found.printed.timed.trip.holds:
        row = by_code(session, LotRow, hold.lot_code)
        donor = session.get_one(DonorRow, row.donor_id)
        lots[hold.code] = milk.to_lot(row, donor.code, milk.balance_of(session, today, row.id))
    return lots


def _freezers(session: Session, found: LoadedPickup) -> dict[str, Freezer | None]:
    """Return which kind of freezer each family told of, by its code."""
    codes = {hold.recipient_code for hold in found.printed.timed.trip.holds}
    rows = session.scalars(sa.select(RecipientRow).where(RecipientRow.code.in_(codes)))
    return {row.code: freezer_told(row.freezer) for row in rows}
