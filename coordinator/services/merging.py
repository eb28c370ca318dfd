"""Making two families one, and taking them apart again.

A merged family keeps its row, its contact and its journal, so that the next export of a form still finds
it; what it had moves to the other family, and the list of what moved is the way back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from coordinator.db.agreements import HoldRow
from coordinator.db.audit import plain
from coordinator.db.base import Base
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.facts import FactRow, QuestionRow
from coordinator.db.households import HouseholdRow
from coordinator.db.imports import MergeRow
from coordinator.db.milk import LotRow
from coordinator.db.pickups import PickupRow, StopRow
from coordinator.db.policies import MedicineDecisionRow, OverrulingRow
from coordinator.db.recipients import RecipientRow, SetAsideRow
from coordinator.db.screening import DeferralRow
from coordinator.domain.audit import Action
from coordinator.domain.households import Role
from coordinator.domain.imports.people import Directory, LookAlike, resemblance
from coordinator.errors import UserError
from coordinator.services.households import place_household, role_by_code
from coordinator.services.imported_people import RoleRow, contact_of, known_people, role_rows

Link = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]

_OF_HOUSEHOLD: tuple[Link, ...] = (
    QuestionRow.household_id,
    StopRow.household_id,
    HouseholdRow.merged_into_id,
)
_OF_DONOR: tuple[Link, ...] = (
    LotRow.donor_id,
    FactRow.donor_id,
    SetAsideRow.donor_id,
    MedicineDecisionRow.donor_id,
    OverrulingRow.donor_id,
    DeferralRow.donor_id,
)
_OF_RECIPIENT: tuple[Link, ...] = (
    HoldRow.recipient_id,
    SetAsideRow.recipient_id,
    OverrulingRow.recipient_id,
)
_OF_DRIVER: tuple[Link, ...] = (PickupRow.driver_id,)
_FILLED = (
    "email",
    "phone",
    "preferred_contact",
    "languages",
    "hours",
    "ring_times",
    "driver_note",
    "read_before_ringing",
)
_ADDRESS = ("street", "town", "state", "zip_code")


@dataclass(frozen=True, slots=True)
class MergedFamily:
    """A family that became part of another: what to call it and how to take it out again."""

    merge_id: int
    name: str


def merge_households(database: Database, keep: str, other: str, today: date) -> None:
    """Make the family behind *other* part of the one behind *keep*; codes of any role.

    The kept family's own answers stay, its blanks are filled. Where both have the same role, milk, facts
    and holds go to the kept code and the other code is archived.

    Raises:
        UserError: If both codes are of one family already.
    """
    with database.writing(Action("family.merged", f"Made {other} part of {keep}"), today) as session:
        kept = session.get_one(HouseholdRow, role_by_code(session, keep).household_id)
        merged = session.get_one(HouseholdRow, role_by_code(session, other).household_id)
        if kept.id == merged.id or merged.merged_into_id is not None:
            raise UserError(f"{keep} and {other} are one family already.")
        merge_in(session, kept, merged, today)


def merged_families(database: Database, code: str) -> tuple[MergedFamily, ...]:
    """Return the families that were made part of the one behind *code*, the latest first."""
    with database.reading() as session:
        household_id = role_by_code(session, code).household_id
        query = sa.select(MergeRow.id, HouseholdRow.name).join(
            HouseholdRow, HouseholdRow.id == MergeRow.merged_id
        )
        query = query.where(MergeRow.kept_id == household_id).order_by(MergeRow.id.desc())
        return tuple(MergedFamily(merge_id, name) for merge_id, name in session.execute(query))


def look_alikes_of(database: Database, code: str) -> tuple[LookAlike, ...]:
    """Return who else resembles the family behind *code*, and why: ``same phone as D-0007``.

    Nothing is merged for it: it is shown for the coordinator to decide.
    """
    with database.reading() as session:
        household = session.get_one(HouseholdRow, role_by_code(session, code).household_id)
        others = [person for person in known_people(session) if person.household_id != household.id]
        contact = contact_of(household)
    directory = Directory(person.contact for person in others)
    found = {
        LookAlike(reason, others[index].code): None
        for index in directory.near(contact)
        if (reason := resemblance(contact, others[index].contact))
    }
    return tuple(found)


def take_apart(database: Database, merge_id: int) -> None:
    """Give a merged family back what was its own; what was changed since stays where it is."""
    with database.writing(Action("family.taken_apart", "Took two families apart")) as session:
        merge = session.get_one(MergeRow, merge_id)
        for table, row_id, column, before, after in json.loads(merge.moved):
            row = session.get(_entity(table), row_id)
            if row is not None and plain(getattr(row, column)) == after:
                setattr(row, column, _typed(column, before))
        place_unless_by_hand(session.get_one(HouseholdRow, merge.kept_id))
        session.delete(merge)


def merge_in(session: Session, kept: HouseholdRow, merged: HouseholdRow, today: date) -> None:
    """Merge within the caller's transaction; as :func:`merge_households`."""
    moves = _Moves(session)
    for link in _OF_HOUSEHOLD:
        moves.relink(link, merged.id, kept.id)
    for role in Role:
        for row in role_rows(session, role, merged.id):
            own = next((r for r in role_rows(session, role, kept.id) if r.archived_on is None), None)
            _merge_role(session, moves, kept, row, own, today)
    _fill_blanks(moves, kept, merged)
    moves.set(merged, "merged_into_id", kept.id)
    session.add(MergeRow(kept_id=kept.id, merged_id=merged.id, moved=json.dumps(moves.made)))
    session.flush()


def place_unless_by_hand(household: HouseholdRow) -> None:
    """Place the household by its address, unless the coordinator has put it somewhere."""
    if household.precision != "by hand":
        place_household(household)


class _Moves:
    """Changes made by a merge, each remembered with the value before and after."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.made: list[list[Any]] = []

    def set(self, row: Any, column: str, value: object) -> None:  # noqa: ANN401 - a row of any table
        self.made.append([row.__tablename__, row.id, column, plain(getattr(row, column)), plain(value)])
        setattr(row, column, value)

    def relink(self, link: Link, old_id: int, new_id: int) -> None:
        for row in self._session.scalars(sa.select(link.class_).where(link == old_id)):
            self.set(row, link.key, new_id)


def _merge_role(
    session: Session, moves: _Moves, kept: HouseholdRow, role: RoleRow, own: RoleRow | None, today: date
) -> None:
    if own is None:
        moves.set(role, "household_id", kept.id)
        return
    for row, link in _belongings(session, role, own):
        moves.set(row, link.key, own.id)
    if role.archived_on is None:
        moves.set(role, "archived_on", today)
    if isinstance(role, DonorRow):
        text = f"{own.code} and {role.code} were two answers: are any of the bags told twice?"
        session.add(QuestionRow(household_id=kept.id, topic="ounces", text=text))


def _belongings(session: Session, role: RoleRow, own: RoleRow) -> Iterator[tuple[Any, Link]]:
    """Yield what hangs on *role*, except what *own* has just the same."""
    links = _OF_DRIVER
    if isinstance(role, DonorRow):
        links = _OF_DONOR
    elif isinstance(role, RecipientRow):
        links = _OF_RECIPIENT
    for link in links:
        had = {_likeness(row) for row in session.scalars(sa.select(link.class_).where(link == own.id))}
        for row in session.scalars(sa.select(link.class_).where(link == role.id)):
            if _likeness(row) not in had:
                yield row, link


def _likeness(row: Any) -> object:  # noqa: ANN401 - a row of any table
    if isinstance(row, FactRow):
        return row.kind, row.presence, row.subject, row.start_on, row.end_on
    if isinstance(row, SetAsideRow):
        return row.recipient_id, row.donor_id
    return row.id


def _fill_blanks(moves: _Moves, kept: HouseholdRow, merged: HouseholdRow) -> None:
    for column in _FILLED:
        if not getattr(kept, column) and getattr(merged, column):
            moves.set(kept, column, getattr(merged, column))
    if not any(getattr(kept, column) for column in _ADDRESS):
        for column in _ADDRESS:
            moves.set(kept, column, getattr(merged, column))
        place_unless_by_hand(kept)
    if merged.notes and merged.notes not in kept.notes:
        moves.set(kept, "notes", "\n".join(filter(None, (kept.notes, merged.notes))))


def _entity(table: str) -> type[Base]:
    return next(m.class_ for m in Base.registry.mappers if m.local_table.description == table)


def _typed(column: str, value: Any) -> object:  # noqa: ANN401 - any column's value
    return date.fromisoformat(value) if column == "archived_on" and value else value
