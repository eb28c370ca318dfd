"""Making two families one, and taking them apart again.

A merged family keeps its row, its contact and its journal, so that the next export of a form still finds
it; what it had moves to the other family by the rules of ``domain.merging``, and the list of what moved is
the way back.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.facts import QuestionRow
from coordinator.db.holds import GIVER, TAKER, held_milk
from coordinator.db.households import HouseholdRow
from coordinator.db.imports import MergeRow
from coordinator.db.known_people import contact_of, known_people
from coordinator.db.milk import LotRow
from coordinator.db.recipients import RecipientRow
from coordinator.db.roles import RoleRow, role_by_code, role_rows
from coordinator.db.writing import writing_of
from coordinator.domain.agreements.holds import HoldState, still_counts
from coordinator.domain.families.fields import ROLE_FIELDS
from coordinator.domain.families.households import Role
from coordinator.domain.families.merging import ALIKE, TOPICS, Rule, blended, contradictions, pointing
from coordinator.domain.imports.people import LookAlike
from coordinator.domain.imports.planning import resembling
from coordinator.domain.records.history import Action
from coordinator.errors import UserError
from coordinator.sayings import Param, coded, saying
from coordinator.services.families.merged_pairs import pause_second_pairs, paused_pairs
from coordinator.services.families.merged_rows import Moves, belongings
from coordinator.services.families.merged_stops import OnAPickupError, join_stops
from coordinator.services.families.taking_apart import living_code, take_apart

__all__ = [
    "MergedFamily",
    "OnAPickupError",
    "look_alikes_of",
    "merge_households",
    "merge_in",
    "merged_families",
    "take_apart",
]

_LABELS = {
    column: field.history
    for role in (Role.DONOR, Role.RECIPIENT)
    for column, field in ROLE_FIELDS[role].items()
}


@dataclass(frozen=True, slots=True)
class MergedFamily:
    """A family that became part of another: what to call it and how to take it out again."""

    merge_id: int
    name: str


def merge_households(database: Database, keep: str, other: str, today: date) -> tuple[str, ...]:
    """Make the family behind *other* part of the one behind *keep*; codes of any role.

    The kept family's own answers stay, its blanks are filled. Where both have the same role, milk, facts
    and holds go to the kept code and the other code is put away; a role that was removed stays removed. Of
    two standing pairs of the same two, the one that came is paused and asked about. A code that was made
    part of a family stands for that family. Returns the pairs that were paused.

    Raises:
        UserError: If both codes are of one family already, one was removed, or one holds the other's milk.
    """
    action = Action(
        "family.merged", saying("Made {other} part of {kept}", other=other.upper(), kept=keep.upper())
    )
    with database.writing(action, today) as session:
        kept, merged = living_family(session, keep), living_family(session, other)
        if kept.id == merged.id:
            raise UserError(
                saying("{one} and {other} are one family already.", one=keep.upper(), other=other.upper())
            )
        own = role_by_code(session, other)
        if own.household_id != merged.id:
            code = living_code(session, merged.id)
            raise UserError(
                saying(
                    "{part} is part of {family} already; choose {family} to make them one family.",
                    part=own.code,
                    family=code or "",
                )
            )
        paused = merge_in(session, kept, merged, today)
        if paused:
            writing_of(session).action = _with_pauses(action, keep, other, paused)
        return paused


def _with_pauses(action: Action, keep: str, other: str, paused: tuple[str, ...]) -> Action:
    return Action(
        action.kind,
        saying(
            "Made {other} part of {kept} and paused {pairs}",
            other=other.upper(),
            kept=keep.upper(),
            pairs=paused,
        ),
    )


def merged_families(database: Database, code: str) -> tuple[MergedFamily, ...]:
    """Return the families that were made part of the one behind *code*, the latest first."""
    with database.reading() as session:
        household = session.get_one(HouseholdRow, role_by_code(session, code).household_id)
        household_id = household.merged_into_id or household.id
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
    return resembling(contact, others)


def living_family(session: Session, code: str) -> HouseholdRow:
    """Return the family behind *code*; of one that was made part of another, that other.

    Raises:
        UserError: If it was removed.
    """
    role = role_by_code(session, code)
    household = session.get_one(HouseholdRow, role.household_id)
    is_merged = household.merged_into_id is not None
    while household.merged_into_id is not None:
        household = session.get_one(HouseholdRow, household.merged_into_id)
    if living_code(session, household.id) is None or (role.archived_on is not None and not is_merged):
        raise _removed(role.code)
    return household


def merge_in(session: Session, kept: HouseholdRow, merged: HouseholdRow, today: date) -> tuple[str, ...]:
    """Merge within the caller's transaction; as :func:`merge_households`."""
    session.flush()
    _refuse_removed(session, kept)
    _refuse_own_milk(session, {kept.id, merged.id}, today)
    moves = Moves(session)
    moves.keep(kept, "latitude_deg")
    join_stops(session, moves, kept.id, merged.id, partial(_join_rows, session, moves, kept, merged, today))
    session.add(MergeRow(kept_id=kept.id, merged_id=merged.id, moved=json.dumps(moves.made)))
    session.flush()
    return paused_pairs(session, moves)


def _refuse_removed(session: Session, kept: HouseholdRow) -> None:
    """Raise if nothing of *kept* is in use: what is merged into it would come back by another way."""
    if living_code(session, kept.id) is not None:
        return
    code = next(row.code for role in Role for row in role_rows(session, role, kept.id))
    raise _removed(code)


def _removed(code: str) -> UserError:
    return UserError(
        saying("{code} was removed; undo that first, or choose an entry that is in use.", code=code)
    )


def _refuse_own_milk(session: Session, homes: set[int], today: date) -> None:
    """Raise if one of the two has milk of the other, or of itself, promised: no family gets its own."""
    between = sa.and_(GIVER.id.in_(homes), TAKER.id.in_(homes))
    waiting = HoldRow.state.in_((HoldState.OPEN, HoldState.AGREED))
    for one in held_milk(session, between, waiting):
        hold = one.hold
        if still_counts(hold.state, hold.expires_on, today) or hold.pickup_code:
            raise UserError(
                saying(
                    "{hold} keeps milk of {donor} for {recipient}, and no family gets its own milk; release "
                    "{hold} first.",
                    hold=hold.code,
                    donor=hold.donor_code,
                    recipient=hold.recipient_code,
                )
            )


def _join_rows(session: Session, moves: Moves, kept: HouseholdRow, merged: HouseholdRow, today: date) -> None:
    for role in Role:
        for row in role_rows(session, role, merged.id):
            own = next((r for r in role_rows(session, role, kept.id) if r.archived_on is None), None)
            if own is None or row.archived_on is not None:
                moves.set(row, "household_id", kept.id)
            else:
                _merge_role(session, moves, own, row, today)
    _move(session, moves, kept, merged)
    _blend(moves, kept, merged)
    moves.set(merged, "merged_into_id", kept.id)
    session.flush()


def _merge_role(session: Session, moves: Moves, own: RoleRow, role: RoleRow, today: date) -> None:
    """Give *own* all that hangs on *role* of the same kind, and put *role* away."""
    if isinstance(own, DonorRow):
        _ask_what_was_told_twice(session, moves, own, role)
    _ask_what_differs(moves, own, role)
    _remember_rest(session, moves, own)
    _move(session, moves, own, role)
    pause_second_pairs(session, moves, own)
    _blend(moves, own, role)
    moves.set(role, "archived_on", today)
    session.flush()


def _move(session: Session, moves: Moves, own: Any, other: Any) -> None:  # noqa: ANN401 - rows of one table
    """Make what points to *other* point to *own*, except what *own* has just the same."""
    for rule in (Rule.MOVED, Rule.MOVED_UNLESS_ALIKE):
        for table, column in pointing(rule, own.__tablename__):
            had = {_likeness(row, column) for row in belongings(session, table, column, own.id)}
            for row in belongings(session, table, column, other.id):
                if rule is Rule.MOVED or _likeness(row, column) not in had:
                    moves.set(row, column, own.id)
    session.flush()


def _likeness(row: Any, link: str) -> object:  # noqa: ANN401 - a row of any table
    return tuple(getattr(row, column) for column in ALIKE.get(row.__tablename__, ("id",)) if column != link)


def _blend(moves: Moves, own: Any, other: Any) -> None:  # noqa: ANN401 - rows of one table
    table = own.__tablename__
    for column, value in blended(table, _values(own), _values(other)).items():
        moves.set(own, column, value)


def _ask_what_was_told_twice(session: Session, moves: Moves, own: DonorRow, role: RoleRow) -> None:
    query = sa.select(LotRow.donor_id).where(LotRow.archived_on.is_(None)).distinct()
    if set(session.scalars(query.where(LotRow.donor_id.in_((own.id, role.id))))) == {own.id, role.id}:
        said = coded(
            "asked.told_twice",
            "{one} and {other} were two answers: are any of the bags told twice?",
            one=own.code,
            other=role.code,
        )
        moves.add(QuestionRow(household_id=own.household_id, topic="ounces", text=said.stored()))


def _ask_what_differs(moves: Moves, own: RoleRow, role: RoleRow) -> None:
    for column in contradictions(own.__tablename__, _values(own), _values(role)):
        said, other = (_in_words(getattr(row, column)) for row in (own, role))
        question = coded(
            "asked.told_differently",
            "{field}: {one} told “{told}” and {other} “{otherwise}”; which is right?",
            field=saying("{words:title}", words=_LABELS[column]),
            one=own.code,
            told=said,
            other=role.code,
            otherwise=other,
        )
        moves.add(QuestionRow(household_id=own.household_id, topic=TOPICS[column], text=question.stored()))


def _remember_rest(session: Session, moves: Moves, own: RoleRow) -> None:
    """Remember whether *own* rested, so that a pause noted while they are one holds for both later."""
    moves.keep(own, "archived_on")
    if isinstance(own, RecipientRow):
        moves.keep(own, "paused")
    if isinstance(own, DonorRow):
        moves.keep(own, "state")
        for row in belongings(session, "deferral", "donor_id", own.id):
            moves.keep(row, "donor_id")


def _values(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of any table
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


def _in_words(value: object) -> Param:
    return value if isinstance(value, date) else str(value) or saying("nothing")
