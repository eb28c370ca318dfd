"""What was done, told in names: read when it is shown, so that neither log nor history ever holds one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.drivers import DriverRow
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.records.history import AuditEntry, UndoState
from coordinator.domain.records.naming import Names, codes_in, with_names
from coordinator.sayings import Saying, saying


def in_names(database: Database, said: Sequence[Saying]) -> list[Saying]:
    """Return *said* with names for codes; a family that was removed or merged keeps its code."""
    codes = {code for one in said for code in codes_in(one)}
    if not codes:
        return list(said)
    with database.reading() as session:
        names = _names(session, codes)
    return [with_names(one, names) for one in said]


def names_now(database: Database) -> Names:
    """Return what everybody and everything is called now; before an undo takes it away."""
    with database.reading() as session:
        return _names(session)


def entries_in_names(database: Database, entries: Iterable[AuditEntry]) -> list[AuditEntry]:
    """Return *entries* with what they are called in names."""
    kept = list(entries)
    named = in_names(database, [entry.said for entry in kept])
    return [replace(entry, named=said) for entry, said in zip(kept, named, strict=True)]


def state_in_names(database: Database, state: UndoState) -> UndoState:
    """Return *state* with what undo and redo are called in names."""
    named = {entry.id: entry for entry in entries_in_names(database, filter(None, (state.undo, state.redo)))}
    undo, redo = (entry and named[entry.id] for entry in (state.undo, state.redo))
    return UndoState(undo, redo)


def _names(session: Session, codes: set[str] | None = None) -> Names:
    """Return the names of everybody in use, and whose the lots and holds are: those of *codes*, or all."""
    families = _families(session)
    lots = sa.select(LotRow.code, DonorRow.code).join(DonorRow, DonorRow.id == LotRow.donor_id)
    holds = (
        sa.select(HoldRow.code, DonorRow.code, RecipientRow.code)
        .join(LotRow, LotRow.id == HoldRow.lot_id)
        .join(DonorRow, DonorRow.id == LotRow.donor_id)
        .join(RecipientRow, RecipientRow.id == HoldRow.recipient_id)
    )
    names = dict(families)
    if codes is not None:
        lots, holds = lots.where(LotRow.code.in_(codes)), holds.where(HoldRow.code.in_(codes))
    for code, donor in session.execute(lots):
        names[code] = saying("{code} of {donor}", code=code, donor=families.get(donor, donor))
    for code, donor, family in session.execute(holds):
        giver, taker = families.get(donor, donor), families.get(family, family)
        names[code] = saying("{code} ({donor} for {family})", code=code, donor=giver, family=taker)
    return names


def _families(session: Session) -> dict[str, str | Saying]:
    """Return the names by code, with the code behind a name that two families have."""
    found: list[tuple[str, str, int]] = []
    for table in (DonorRow, RecipientRow, DriverRow):
        query = sa.select(table.code, HouseholdRow.name, HouseholdRow.id).join(
            HouseholdRow, HouseholdRow.id == table.household_id
        )
        found += [(code, name, home) for code, name, home in session.execute(query.where(_in_use(table)))]
    homes = Counter(name.casefold() for name, _ in {(name, home) for _, name, home in found})
    return {
        code: saying("{name} ({code})", name=name, code=code) if homes[name.casefold()] > 1 else name
        for code, name, _ in found
    }


def _in_use(table: type[DonorRow | RecipientRow | DriverRow]) -> sa.ColumnElement[bool]:
    return table.archived_on.is_(None)
