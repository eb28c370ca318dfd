"""Taking a merged family out of the other again: it gets back what was its own.

What was changed since stays where it is. Nothing comes back to life that was removed while the two were one,
and nothing is offered again by it that was paused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.audit import plain
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.households import HouseholdRow
from coordinator.db.imports import MergeRow
from coordinator.db.milk import LotRow, LotSplitRow
from coordinator.db.policies import OverrulingRow
from coordinator.db.recipients import RecipientRow
from coordinator.db.roles import ROLE_TABLES, RoleRow, role_rows
from coordinator.db.screening import DeferralRow
from coordinator.db.writing import writing_of
from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.families.households import Role
from coordinator.domain.pickups.plans import PickupState
from coordinator.domain.places.positions import Precision
from coordinator.domain.records.history import Action
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.families.merged_rows import Entry, give_back, value_then
from coordinator.services.families.merged_stops import (
    Carried,
    OnAPickupError,
    divide_stops,
    refuse_two_families,
)
from coordinator.services.families.placing import place_household

_ROLES: Mapping[str, type[Any]] = {table.__tablename__: table for table in ROLE_TABLES.values()}


def take_apart(database: Database, merge_id: int, *, sure: bool = False) -> None:
    """Give a merged family back what was its own; what was changed since stays where it is.

    The stops of pickups follow. A pause noted while they were one holds for both.

    Args:
        database: The open network.
        merge_id: Which family to take out again, of ``merged_families``.
        sure: Whether to go on although their milk is planned to travel.

    Raises:
        OnAPickupError: If it is and nobody is *sure*; nothing is changed.
        UserError: If they are two already, something else is to be taken apart or brought back first, or a
            pickup of one family only would serve two.
    """
    with database.writing(Action("family.taken_apart", saying("Took two families apart"))) as session:
        merge = session.get(MergeRow, merge_id)
        if merge is None:
            raise UserError(saying("These two were taken apart already."))
        moved: list[Entry] = json.loads(merge.moved)
        _refuse_later(session, merge)
        _refuse_removed(session, moved)
        carried = Carried(session, merge.kept_id)
        give_back(session, moved)
        _follow(session, merge, moved)
        _look_at_pickups(session, carried, sure=sure)
        divide_stops(session, carried, moved, merge.kept_id, merge.merged_id)
        one, other = living_code(session, merge.merged_id), living_code(session, merge.kept_id)
        if one and other:
            writing_of(session).action = Action(
                "family.taken_apart", saying("Took {one} and {other} apart", one=one, other=other)
            )
        session.delete(merge)


def living_code(session: Session, household_id: int) -> str | None:
    """Return the code of the family's first role that is in use."""
    rows = (row for role in Role for row in role_rows(session, role, household_id))
    return next((row.code for row in rows if row.archived_on is None), None)


def _refuse_later(session: Session, merge: MergeRow) -> None:
    """Raise if the family is itself part of another by now, or another became part of it later.

    What a later one brought may stand where this one's would have: the last goes first.
    """
    kept = session.get_one(HouseholdRow, merge.kept_id)
    if kept.merged_into_id is not None:
        into = living_code(session, kept.merged_into_id)
        raise UserError(
            saying(
                "{name} is part of {family} by now; take these two apart first.",
                name=kept.name,
                family=into or "",
            )
        )
    query = sa.select(MergeRow).where(MergeRow.kept_id == kept.id, MergeRow.id > merge.id)
    if (later := session.scalars(query.order_by(MergeRow.id.desc())).first()) is not None:
        name = session.get_one(HouseholdRow, later.merged_id).name
        raise UserError(
            saying("{name} became part of this family later; take {name} apart first.", name=name)
        )


def _refuse_removed(session: Session, moved: Sequence[Entry]) -> None:
    """Raise if a role with things of both was removed since: they would be back by another way."""
    for role, owner in _put_away(session, moved):
        if owner is not None and owner.archived_on is not None:
            raise UserError(
                saying(
                    "{family} was removed after {part} became part of it; undo that first, then take them "
                    "apart.",
                    family=owner.code,
                    part=role.code,
                )
            )


def _put_away(session: Session, moved: Sequence[Entry]) -> Iterator[tuple[RoleRow, RoleRow | None]]:
    """Yield the roles the merge put away, each with the one that got its things if that was remembered."""
    told = [entry for entry in moved if entry[0] in _ROLES and entry[2] == "archived_on"]
    owners = {table: row_id for table, row_id, _, before, after in told if before == after}
    for table, row_id, _, before, after in told:
        if before != after:
            role = session.get_one(_ROLES[table], row_id)
            yield role, session.get_one(_ROLES[table], owners[table]) if table in owners else None


def _follow(session: Session, merge: MergeRow, moved: Sequence[Entry]) -> None:
    """Do what goes by the things given back: parts and overrulings by lots, pauses, a place by address."""
    lots = [row_id for table, row_id, column, *_ in moved if (table, column) == ("lot", "donor_id")]
    lots += _parts_follow(session, lots)
    query = sa.select(OverrulingRow, LotRow.donor_id).join(LotRow, LotRow.id == OverrulingRow.lot_id)
    for overruling, donor_id in session.execute(query.where(LotRow.id.in_(lots))):
        overruling.donor_id = donor_id
    for role, owner in _put_away(session, moved):
        if isinstance(role, DonorRow) and isinstance(owner, DonorRow):
            _rest_too(session, role, owner, moved)
        elif isinstance(role, RecipientRow) and isinstance(owner, RecipientRow):
            role.paused = role.paused or (owner.paused and _was(moved, owner, "paused") is False)
    columns = {column for table, _, column, *_ in moved if table == "household"}
    if "street" in columns and "latitude_deg" not in columns:  # merged by an older program
        kept = session.get_one(HouseholdRow, merge.kept_id)
        if kept.precision is not Precision.BY_HAND:
            place_household(kept)
    session.flush()


def _parts_follow(session: Session, lots: Sequence[int]) -> list[int]:
    """Give what was split off these lots, meanwhile, to the donor whose they are; return its lots."""
    query = sa.select(LotSplitRow).where(LotSplitRow.from_lot_id.in_(lots)).order_by(LotSplitRow.id)
    later = []
    for split in session.scalars(query):
        part, whole = session.get_one(LotRow, split.lot_id), session.get_one(LotRow, split.from_lot_id)
        part.donor_id = whole.donor_id
        later.append(part.id)
    session.flush()
    return later + _parts_follow(session, later) if later else later


def _rest_too(session: Session, role: DonorRow, owner: DonorRow, moved: Sequence[Entry]) -> None:
    """Let a donor rest whose milk was paused while it stood under *owner*."""
    known = {row_id for table, row_id, *_ in moved if table == "deferral"}
    query = sa.select(DeferralRow).where(DeferralRow.donor_id == owner.id, DeferralRow.ended_on.is_(None))
    today = writing_of(session).today
    running = query.where(sa.or_(DeferralRow.until_on.is_(None), DeferralRow.until_on > today))
    since = [row for row in session.scalars(running) if row.id not in known]
    then = _was(moved, owner, "state")
    was_paused = then is not None and not owner.state.is_offering and plain(owner.state) != then
    if then is not None and role.state.is_offering and (since or was_paused):
        role.state = owner.state if was_paused else DonorState.PAUSED
        note = saying("Paused while part of {code}.", code=owner.code)
        role.state_note = "\n".join(filter(None, (role.state_note, str(note))))


def _was(moved: Sequence[Entry], row: RoleRow, column: str) -> object:
    """Return how the kept role was right after the merge; ``None`` if an older program made it."""
    try:
        return value_then(moved, row, column)
    except LookupError:
        return None


def _look_at_pickups(session: Session, carried: Carried, *, sure: bool) -> None:
    changed = carried.changed()
    refuse_two_families((row for row in changed if row.state is not PickupState.CANCELLED), session)
    planned = tuple(row.code for row in changed if row.state is PickupState.PLANNED)
    if planned and not sure:
        raise OnAPickupError(planned)
