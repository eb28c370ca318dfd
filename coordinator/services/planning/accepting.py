"""Taking up what a plan proposes: each proposal becomes a hold, which undo gives back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from coordinator.db.database import Database
from coordinator.domain.matching.matches import LotPart
from coordinator.domain.matching.ranking import Ranking
from coordinator.domain.suitability.standing import StandingKind, standing_of, together
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.agreements.holds import hold_milk
from coordinator.services.matching.ranking import rank_donors

_ID = re.compile(r"(?P<lot>L-\d+):(?P<family>R-\d+):(?:(?P<oz>\d+(?:\.\d+)?)oz|(?P<bags>\d+))", re.IGNORECASE)


class GoneFromPlanError(UserError):
    """What was proposed cannot be taken up as it stands any more."""


@dataclass(frozen=True, slots=True)
class _Taken:
    lot: str
    family: str
    bags: int | None
    ounces: float


def accept(database: Database, proposal: str, today: date) -> str:
    """Hold what *proposal* (``L-0021:R-0003:57``) names, and return the hold's code.

    It is checked again as any hold is; so is that the milk still stands as a plan may propose it.

    Raises:
        GoneFromPlanError: If by now something speaks against it, or a clinician decides.
        UserError: If it is no proposal, or ``hold_milk`` refuses it.
    """
    taken = _read(proposal)
    part = _part(rank_donors(database, taken.family, today), taken, today)
    return hold_milk(
        database,
        taken.family,
        taken.lot,
        _volume(part, taken),
        today,
        bags=taken.bags,
        only_from=part.only_from,
    )


def _read(proposal: str) -> _Taken:
    found = _ID.fullmatch(proposal.strip())
    if found is None:
        raise UserError(saying("“{text}” is no proposal of a plan, such as L-0021:R-0003:57.", text=proposal))
    bags = None if found["bags"] is None else int(found["bags"])
    return _Taken(found["lot"].upper(), found["family"].upper(), bags, float(found["oz"] or 0))


def _part(ranking: Ranking, taken: _Taken, today: date) -> LotPart:
    for match in ranking.matches:
        for part in match.parts:
            if part.lot.code == taken.lot:
                kind = together(ranking.baby_standing, standing_of(part.verdict, today)).kind
                if kind <= StandingKind.ONE_CALL and part.is_held_as_it_is and not match.offer.is_own:
                    return part
    raise GoneFromPlanError(
        saying(
            "{lot} does not go to {family} as things stand now; make the plan again.",
            lot=taken.lot,
            family=taken.family,
        )
    )


def _volume(part: LotPart, taken: _Taken) -> Volume:
    bags = part.lot.free_bags
    if taken.bags is None or not bags:
        return Volume.from_oz(taken.ounces)
    return part.lot.free.share(min(taken.bags, bags), bags)
