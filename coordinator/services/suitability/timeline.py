"""One donor's answers and milk on a line of days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from coordinator.db import milk
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.recipients import RecipientRow, current_recipients, to_baby
from coordinator.domain.facts.dated_facts import Fact
from coordinator.domain.families.babies import TERM_WEEKS, Baby, BabyHealth, Willing
from coordinator.domain.intervals import shifted
from coordinator.domain.suitability.parts import Part, parts_of
from coordinator.domain.suitability.timeline import Piece, Timeline, timeline_of
from coordinator.services.suitability.verdicts import is_own_milk, known_of

NOBODY_IN_PARTICULAR = Baby(
    gestation_weeks=TERM_WEEKS,
    health=BabyHealth.HOME,
    must_avoid=(),
    medicine_ok=Willing.IF_COMPATIBLE,
    nicotine_ok=Willing.ASK,
)
"""A baby with nothing to avoid, to look at milk for nobody in particular."""


@dataclass(frozen=True, slots=True)
class DonorTimeline:
    """A donor's timeline with the parts of her lots, by lot code, and the days they can be split at."""

    donor_code: str
    timeline: Timeline
    facts: tuple[Fact, ...]
    parts: dict[str, tuple[Part, ...]]
    policy_title: str

    def splits_of(self, lot_code: str) -> tuple[date, ...]:
        """Return the days at which a lot's verdict changes, after its first."""
        return tuple(part.first for part in self.parts.get(lot_code, ())[1:])


@dataclass(frozen=True, slots=True)
class FamilyWhoAvoids:
    """A family whose baby must avoid a food, so that the days of milk matter to it."""

    code: str
    name: str
    foods: tuple[str, ...]


def families_who_avoid(database: Database, donor: str) -> tuple[FamilyWhoAvoids, ...]:
    """Return the current families whose babies must avoid a food, by name; without *donor*'s own.

    Raises:
        NotFoundError: If there is no such donor.
    """
    with database.reading() as session:
        giver = by_code(session, DonorRow, donor)
        found = [
            FamilyWhoAvoids(row.code, household.name, to_baby(row).must_avoid or ())
            for row, household in current_recipients(session)
            if not is_own_milk(giver, row)
        ]
    return tuple(sorted((one for one in found if one.foods), key=lambda one: (one.name, one.code)))


def donor_timeline(database: Database, donor: str, today: date, recipient: str = "") -> DonorTimeline:
    """Return a donor's timeline, her milk looked at for *recipient*, or for nobody in particular.

    What is the baby's own (at home and well, born early) is left aside: it is the same for all milk.

    Raises:
        NotFoundError: If one of them does not exist.
    """
    with database.reading() as session:
        row = by_code(session, DonorRow, donor)
        baby = (
            _milk_only(to_baby(by_code(session, RecipientRow, recipient)))
            if recipient
            else NOBODY_IN_PARTICULAR
        )
        known = known_of(session, row)
        lots = milk.lots(session, today, row.id).get(row.id, [])
    baby = replace(baby, born=today - timedelta(days=90))
    parts = {lot.code: parts_of(lot, baby, known, today) for lot in lots}
    pieces = {code: tuple(_piece(part) for part in found) for code, found in parts.items()}
    timeline = timeline_of(known.facts, lots, pieces, today)
    return DonorTimeline(row.code, timeline, known.facts, parts, known.policy.title)


def _milk_only(baby: Baby) -> Baby:
    """Return the baby with nothing of its own that is asked about."""
    must_avoid = baby.must_avoid or ()
    return replace(baby, health=BabyHealth.HOME, gestation_weeks=TERM_WEEKS, must_avoid=must_avoid)


def _piece(part: Part) -> Piece:
    return Piece(part.first, shifted(part.last, 1), part.verdict.kind)
