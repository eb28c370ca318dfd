"""The families that one donor's milk, or one lot of it, would help most, and why not the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow, homes_of_bereaved
from coordinator.db.households import HouseholdRow, to_household
from coordinator.db.living import living
from coordinator.db.matching import past_by_donor
from coordinator.db.milk import LotRow
from coordinator.db.recipients import RecipientRow, current_recipients
from coordinator.domain.codes import CodeLetter, letter_of
from coordinator.domain.imports.free_words import words_of_loss
from coordinator.domain.matching.ranking import Ranking
from coordinator.domain.matching.scored import ScoredFamilies
from coordinator.domain.matching.scoring import Known, score
from coordinator.domain.matching.why_not import why_not_families
from coordinator.domain.milk.needs import Runway
from coordinator.services.driving.drive_times import drive_times
from coordinator.services.families.recipients import list_recipients
from coordinator.services.matching.ranking import rank_with_donor
from coordinator.services.matching.scoring import everyone, ranking_policy, weights_in_use
from coordinator.services.screening.call_list import offering_donors


def score_families(database: Database, code: str, today: date) -> ScoredFamilies:
    """Return whom the milk of a donor, or of a lot, would help: how each stands first, then by score.

    Args:
        database: The network.
        code: The donor's, or a lot's for that lot alone.
        today: The day that counts.

    Raises:
        NotFoundError: If there is no such donor or lot, or it was removed.
    """
    with database.reading() as session:
        donor, lot = _whose(session, code)
        name, home = session.get_one(HouseholdRow, donor.household_id).name, donor.household_id
        weights, donor_id, donor_code = weights_in_use(session), donor.id, donor.code
    rankings, policy = rank_with_donor(database, donor_code, today, lot), ranking_policy()
    with database.reading() as session:
        mourning = _mourning(session)
    rankings = tuple(_unasked(one) if one.seeker.code in mourning else one for one in rankings)
    runways = {one.code: one.runway for one in list_recipients(database, today)}
    with database.reading() as session:
        rows = {row.code: row for row in session.scalars(sa.select(RecipientRow))}
        own = [row.code for row in rows.values() if row.household_id == home]
        had = {code: len(past_by_donor(session, rows[code].id)) for code in runways}
        others = _others_nearby(session, rankings, donor_id, policy.nearby, today)
        hers = next(one for one in everyone(session, today, home) if one.code == donor_code)
    matches = tuple(match for ranking in rankings for match in ranking.matches)
    scores = {
        match.seeker.code: score(
            match,
            _known(runways[match.seeker.code], had[match.seeker.code], others.get(match.seeker.code)),
            policy,
        )
        for match in matches
    }
    found = ScoredFamilies(
        donor_code, name, lot, matches, scores, weights, why_not_families(rankings, hers, own)
    )
    return found.weighed(weights, policy)


def _mourning(session: Session) -> frozenset[str]:
    """Return the codes of the families that lost a baby, by their own words or as donors."""
    bereaved = homes_of_bereaved(session)
    return frozenset(
        row.code
        for row, home in current_recipients(session)
        if home.id in bereaved or words_of_loss(home.read_before_ringing)
    )


def _unasked(ranking: Ranking) -> Ranking:
    """Return *ranking* of a family to which nothing is proposed."""
    return replace(ranking, seeker=replace(ranking.seeker, mourns=True), matches=(), not_a_fit=())


def _whose(session: Session, code: str) -> tuple[DonorRow, str]:
    """Return the donor of *code*, and the lot where it is a lot's."""
    if letter_of(code) is CodeLetter.LOT:
        lot = by_code(session, LotRow, code)
        return living(session.get_one(DonorRow, lot.donor_id)), lot.code
    return living(by_code(session, DonorRow, code)), ""


def _known(runway: Runway, donors: int, others: int | None) -> Known:
    until = runway.then_until or runway.lasts_until
    return Known(donors, compares_families=True, lasts_until=until, is_old=runway.is_stale, others=others)


def _others_nearby(
    session: Session, rankings: Sequence[Ranking], donor_id: int, nearby: float, today: date
) -> dict[str, int]:
    """Return how many other donors who offer milk live near each family, by its code."""
    places = [
        to_household(home).position
        for row, home, until in offering_donors(session, today)
        if row.id != donor_id and until is None
    ]
    families = [ranking.seeker for ranking in rankings if ranking.seeker.position is not None]
    if not families or not places:
        return {family.code: 0 for family in families}
    minutes = drive_times(session).drives([family.position for family in families], places).minutes
    near = np.sum(minutes <= nearby, axis=1).tolist()
    return {family.code: int(count) for family, count in zip(families, near, strict=True)}
