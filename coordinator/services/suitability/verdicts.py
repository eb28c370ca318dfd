"""Verdicts on stored milk: of one lot, of one donor's lots, and what a changed fact would flip."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db import facts, milk
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow, to_traits
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.policies import decisions_for, overrulings
from coordinator.db.recipients import RecipientRow, to_baby
from coordinator.domain.milk.lots import Lot
from coordinator.domain.policies.profiles import Policy
from coordinator.domain.policies.verdicts import Verdict
from coordinator.domain.suitability.disclosures import Disclosures, disclosures_of
from coordinator.domain.suitability.lots import bags_from, verdict_on
from coordinator.domain.suitability.overruling import applying
from coordinator.domain.suitability.own_milk import OWN_MILK, in_doubt, own_parts
from coordinator.domain.suitability.parts import Part, parts_of
from coordinator.errors import NotFoundError
from coordinator.services.policies.profiles import policy_in_use
from coordinator.services.suitability.who_is_family import may_be_family


@dataclass(frozen=True, slots=True)
class JudgedLot:
    """One lot for one recipient: the verdict on the whole of it, and its parts where they differ."""

    lot: Lot
    recipient_code: str
    verdict: Verdict
    parts: tuple[Part, ...]
    policy_title: str
    policy_key: str


def known_of(session: Session, donor: DonorRow) -> Disclosures:
    """Return what a donor's facts say under the policy in use."""
    household = session.get_one(HouseholdRow, donor.household_id)
    told = facts.facts_by_donor(session, donor.id).get(donor.id, ())
    decisions = decisions_for(session, donor.id)(donor.id)
    return disclosures_of(told, policy_in_use(session), to_traits(donor, household, decisions))


def known_of_several(session: Session, donors: Collection[DonorRow]) -> dict[int, Disclosures]:
    """Return what the facts of several donors say under the policy in use, by the id of the donor."""
    ids = [donor.id for donor in donors]
    told, decisions = facts.facts_by_donor(session, among=ids), decisions_for(session)
    homes_of = sa.select(HouseholdRow).where(HouseholdRow.id.in_([donor.household_id for donor in donors]))
    homes, policy = {row.id: row for row in session.scalars(homes_of)}, policy_in_use(session)
    return {
        donor.id: disclosures_of(
            told.get(donor.id, ()),
            policy,
            to_traits(donor, homes[donor.household_id], decisions(donor.id)),
        )
        for donor in donors
    }


def is_own_milk(donor: DonorRow, family: RecipientRow) -> bool:
    """Whether the two are one household, so that her milk is not offered to it."""
    return donor.household_id == family.household_id


def verdict_on_lot(
    session: Session,
    lot: Lot,
    donor: DonorRow,
    family: RecipientRow,
    today: date,
    only_from: date | None = None,
) -> Verdict:
    """Return the verdict on a lot, or on its bags dated *only_from* or later, with what was overruled."""
    if is_own_milk(donor, family):
        return OWN_MILK
    known = known_of(session, donor)
    decided = applying(overrulings(session, family.id), family.code, lot)
    return verdict_on(bags_from(lot, only_from), to_baby(family), known, today, decided)


def judge_lot(database: Database, code: str, recipient: str, today: date) -> JudgedLot:
    """Return one lot as it stands for one recipient.

    Raises:
        NotFoundError: If one of them does not exist, or nothing is left of the lot's milk.
    """
    with database.reading() as session:
        donor = session.get_one(DonorRow, by_code(session, LotRow, code).donor_id).code
    for judged in judge_lots(database, donor, recipient, today):
        if judged.lot.code == code.upper():
            return judged
    raise NotFoundError(code)


def judge_lots(database: Database, donor: str, recipient: str, today: date) -> tuple[JudgedLot, ...]:
    """Return a donor's lots as they stand for one recipient, oldest milk first.

    Raises:
        NotFoundError: If one of them does not exist.
    """
    with database.reading() as session:
        row, family = by_code(session, DonorRow, donor), by_code(session, RecipientRow, recipient)
        known, baby = known_of(session, row), to_baby(family)
        lots = milk.lots(session, today, row.id).get(row.id, [])
        decided = overrulings(session, family.id)
        homes = {row.household_id, family.household_id}
        asked = may_be_family(session, family.household_id, facts.open_questions_of(session, homes))
    if is_own_milk(row, family):
        return tuple(_own(lot, family.code, known.policy) for lot in lots)
    policy, judged = known.policy, []
    for lot in lots:
        about = applying(decided, family.code, lot)
        judged.append(
            JudgedLot(
                lot,
                family.code,
                verdict_on(lot, baby, known, today, about),
                parts_of(lot, baby, known, today, about),
                policy.title,
                policy.key,
            )
        )
    return tuple(map(_in_doubt, judged)) if row.household_id in asked else tuple(judged)


def _in_doubt(judged: JudgedLot) -> JudgedLot:
    parts = tuple(replace(part, verdict=in_doubt(part.verdict)) for part in judged.parts)
    return replace(judged, verdict=in_doubt(judged.verdict), parts=parts)


def _own(lot: Lot, recipient: str, policy: Policy) -> JudgedLot:
    return JudgedLot(lot, recipient, OWN_MILK, own_parts(lot), policy.title, policy.key)
