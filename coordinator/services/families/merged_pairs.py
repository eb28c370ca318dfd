"""Standing pairs of two who became one: of two of the same donor and family, one goes on."""

from __future__ import annotations

from collections import defaultdict

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.donors import DonorRow
from coordinator.db.facts import QuestionRow
from coordinator.db.recipients import RecipientRow
from coordinator.db.roles import RoleRow
from coordinator.db.standing_pairs import StandingPairRow
from coordinator.domain.agreements.standing_pairs import StandingState
from coordinator.sayings import coded
from coordinator.services.families.merged_rows import Moves


def pause_second_pairs(session: Session, moves: Moves, own: RoleRow) -> None:
    """Pause the pairs that came to *own* where it has one with the same other side, and ask about it.

    Both would propose, and be agreed to, for the same days: twice the milk that was meant.
    """
    came = {row_id for table, row_id, *_ in moves.made if table == StandingPairRow.__tablename__}
    for pairs in _going_by_two(session, own):
        stays, *others = sorted(pairs, key=lambda row: (row.id in came, row.id))
        for row in others:
            moves.set(row, "state", StandingState.PAUSED)
            moves.add(_question(own, stays.code, row.code))


def paused_pairs(session: Session, moves: Moves) -> tuple[str, ...]:
    """Return the codes of the pairs that a merge paused."""
    paused = [
        row_id
        for table, row_id, column, *_ in moves.made
        if (table, column) == (StandingPairRow.__tablename__, "state")
    ]
    return tuple(session.get_one(StandingPairRow, row_id).code for row_id in paused)


def _going_by_two(session: Session, own: RoleRow) -> list[list[StandingPairRow]]:
    """Return the pairs of *own* that go on, those of the same donor and family together."""
    if not isinstance(own, DonorRow | RecipientRow):
        return []
    mine = StandingPairRow.donor_id if isinstance(own, DonorRow) else StandingPairRow.recipient_id
    query = sa.select(StandingPairRow).where(mine == own.id, StandingPairRow.state == StandingState.ACTIVE)
    found: dict[tuple[int, int], list[StandingPairRow]] = defaultdict(list)
    for row in session.scalars(query):
        found[row.donor_id, row.recipient_id].append(row)
    return list(found.values())


def _question(own: RoleRow, stays: str, paused: str) -> QuestionRow:
    said = coded(
        "asked.pair_twice",
        "{stays} and {paused} are standing pairs of the same two now, and {paused} is paused: how much did "
        "they agree on together?",
        stays=stays,
        paused=paused,
    )
    return QuestionRow(household_id=own.household_id, topic="ounces", text=said.stored())
