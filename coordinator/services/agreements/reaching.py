"""How to reach the two families of a hold, and what to know before anybody rings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.holds import held_milk, households_by_id
from coordinator.domain.agreements.holds import Side
from coordinator.domain.families.households import Household
from coordinator.domain.imports.free_words import words_of_loss


@dataclass(frozen=True, slots=True)
class Reached:
    """The two households of a hold; ``is_bereaved``: the donor has lost her baby."""

    donor: Household
    family: Household
    is_bereaved: bool = False

    def of(self, side: Side) -> Household:
        """Return the household on *side*."""
        return self.donor if side is Side.DONOR else self.family


def reached(database: Database, holds: Sequence[str]) -> dict[str, Reached]:
    """Return how to reach both families of each of the *holds*, by code."""
    with database.reading() as session:
        held = held_milk(session, HoldRow.code.in_(holds))
        ids = {one for each in held for one in (each.donor_household_id, each.recipient_household_id)}
        homes = households_by_id(session, ids)
        return {
            one.hold.code: Reached(
                donor := homes[one.donor_household_id],
                homes[one.recipient_household_id],
                is_bereaved(session, donor),
            )
            for one in held
        }


def is_bereaved(session: Session, donor: Household) -> bool:
    """Whether the donor of that household has lost her baby, by what is noted or by its own words."""
    query = sa.select(DonorRow.bereaved).where(DonorRow.household_id == donor.id, DonorRow.bereaved)
    return session.scalar(query) is not None or bool(words_of_loss(donor.read_before_ringing))
