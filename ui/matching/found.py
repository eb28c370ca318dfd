"""Everything the Match page shows for one family, read at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from coordinator.bootstrap import Database
from coordinator.domain.agreements.cases import Case
from coordinator.domain.agreements.holds import Hold
from coordinator.domain.driving.roads import RoadQuestion
from coordinator.domain.matching.matches import Match
from coordinator.domain.matching.proposing import Wanted
from coordinator.domain.matching.ranking import Ranking
from coordinator.domain.milk.left_behind import LeftBehind
from coordinator.domain.milk.recipients import Recipient
from coordinator.services.agreements import holds as agreements
from coordinator.services.agreements.cases import around, case_of
from coordinator.services.agreements.reaching import Reached, reached
from coordinator.services.driving import drive_times
from coordinator.services.families import recipients
from coordinator.services.matching import ranking as matching
from coordinator.services.matching.proposing import wanted_by
from ui.widgets.tables.columns import PreparedRows

Prepare = Callable[[Iterable[Match]], PreparedRows[Match]]


@dataclass(frozen=True)
class Found:
    """What is shown for one family."""

    ranking: Ranking
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
    ranking = matching.rank_donors(database, code, today)
    holds = agreements.holds(database, today, recipient=code)
    unasked = drive_times.about_ranking(database, ranking)
    known = around(database, today)
    family, case = recipients.recipient(database, code, today), case_of(database, code, today, known)
    left = {one.hold_code: one for one in known.left}
    homes = reached(database, [hold.code for hold in holds])
    wanted = wanted_by(database, family.runway, today)
    return Found(ranking, holds, prepare(ranking.matches), unasked, family, case, wanted, homes, left)
