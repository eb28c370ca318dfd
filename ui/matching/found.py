"""Everything the Match page shows for one family, read at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from coordinator.bootstrap import Database
from coordinator.domain.agreements.cases import Case
from coordinator.domain.agreements.holds import Hold
from coordinator.domain.driving.roads import RoadQuestion
from coordinator.domain.matching.matches import Match
from coordinator.domain.matching.proposing import Wanted
from coordinator.domain.matching.ranking import Ranking
from coordinator.domain.matching.scored import ScoredDonors
from coordinator.domain.milk.left_behind import LeftBehind
from coordinator.domain.milk.recipients import Recipient
from coordinator.services.agreements import holds as agreements
from coordinator.services.agreements.cases import around, case_of
from coordinator.services.agreements.reaching import Reached, reached
from coordinator.services.driving import drive_times
from coordinator.services.families import recipients
from coordinator.services.matching.proposing import wanted_by
from coordinator.services.matching.scoring import score_donors
from ui.widgets.tables.columns import PreparedRows

Prepare = Callable[[ScoredDonors], PreparedRows[Match]]


@dataclass(frozen=True)
class Found:
    """What is shown for one family."""

    scored: ScoredDonors
    holds: list[Hold]
    rows: PreparedRows[Match]
    unasked: RoadQuestion | None
    family: Recipient
    case: Case
    wanted: Wanted | None
    reached: Mapping[str, Reached]
    left_behind: Mapping[str, LeftBehind]
    """What waits to be planned again, by the code of its hold."""

    @property
    def ranking(self) -> Ranking:
        """Who could help, in the order of the scores."""
        return self.scored.ranking

    @property
    def code(self) -> str:
        """The family's code."""
        return self.ranking.seeker.code

    def match(self, donor: object) -> Match | None:
        """Return the match with the donor of that code, if she is suggested."""
        return next((match for match in self.ranking.matches if match.code == donor), None)


def find(database: Database, code: str, today: date, prepare: Prepare) -> Found:
    """Return all that is shown for the family with *code*; takes a while.

    Raises:
        NotFoundError: If there is none with this code, or it was removed.
    """
    scored = score_donors(database, code, today)
    holds = agreements.holds(database, today, recipient=code)
    unasked = drive_times.about_ranking(database, scored.ranking)
    known = around(database, today)
    family, case = recipients.recipient(database, code, today), case_of(database, code, today, known)
    left = {one.hold_code: one for one in known.left}
    homes = reached(database, [hold.code for hold in holds])
    wanted = wanted_by(database, family.runway, today)
    return Found(scored, holds, prepare(scored), unasked, family, case, wanted, homes, left)
