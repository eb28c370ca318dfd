"""Donors for one family in the order of their scores, and why not the others."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from coordinator.adapters.policies.ranking_weights import load_ranking_policy
from coordinator.db import milk
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import current_donors
from coordinator.db.matching import past_by_donor
from coordinator.db.recipients import RecipientRow
from coordinator.db.screening import deferrals_by_donor
from coordinator.domain.matching.scored import ScoredDonors
from coordinator.domain.matching.scoring import Known, score
from coordinator.domain.matching.weights import RankingPolicy, Weights, read_weights, written
from coordinator.domain.matching.why_not import Donor, why_not_donors
from coordinator.domain.screening.call_list import rests_until, running_deferral
from coordinator.services.matching.ranking import rank_donors
from coordinator.services.settings.values import change_setting, load_settings


def score_donors(database: Database, recipient: str, today: date) -> ScoredDonors:
    """Return who could help *recipient*: how each stands first, then by score, and why not the others.

    Raises:
        NotFoundError: If there is no such recipient, or it was removed.
    """
    ranking = rank_donors(database, recipient, today)
    policy = ranking_policy()
    with database.reading() as session:
        row = by_code(session, RecipientRow, ranking.seeker.code)
        known = Known(donors=len(past_by_donor(session, row.id)))
        donors = everyone(session, today, row.household_id)
        weights = weights_in_use(session)
    scores = {match.code: score(match, known, policy) for match in ranking.matches}
    found = ScoredDonors(ranking, scores, weights, why_not_donors(ranking, donors))
    return found.weighed(weights, policy)


def everyone(session: Session, today: date, household_id: int) -> list[Donor]:
    """Return every donor there is, told whether she is of the household with that id, by code."""
    deferrals, lots = deferrals_by_donor(session), milk.lots(session, today)
    return [
        Donor(
            code=row.code,
            name=home.name,
            is_own=home.id == household_id,
            is_offering=row.state.is_offering,
            rests=running_deferral(deferrals.get(row.id, ()), today) is not None,
            rests_until=rests_until(row.state, deferrals.get(row.id, ()), today),
            lots=len(lots.get(row.id, ())),
        )
        for row, home in current_donors(session)
    ]


def ranking_policy() -> RankingPolicy:
    """Return our weights and what is ranked by."""
    return load_ranking_policy()


def weights_in_use(session: Session) -> Weights:
    """Return the weights that are set, ours where none are."""
    return read_weights(load_settings(session).ranking_weights, load_ranking_policy())


def keep_weights(database: Database, weights: Weights) -> None:
    """Rank by *weights* from now on; nothing is written where they are in use already."""
    with database.reading() as session:
        before = weights_in_use(session)
    if dict(before) != dict(weights):
        change_setting(database, "ranking_weights", written(weights, load_ranking_policy()))
