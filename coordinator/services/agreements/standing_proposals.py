"""What milk there is for the next day of a standing pair, judged as it will be on that day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from sqlalchemy.orm import Session

from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.db import facts, milk
from coordinator.db.base import by_code
from coordinator.db.donors import DonorRow
from coordinator.db.pair_pauses import pause_between
from coordinator.db.policies import overrulings
from coordinator.db.recipients import RecipientRow, to_baby, to_reach
from coordinator.domain.agreements.standing_pairs import FitLot, Proposal, StandingPair, proposed
from coordinator.domain.matching.matches import LotPart, Offer, Seeker
from coordinator.domain.matching.ranking import judge
from coordinator.domain.milk.splitting import part_from
from coordinator.domain.policies.verdicts import VerdictKind
from coordinator.domain.suitability.babies import judge_baby
from coordinator.domain.suitability.standing import standing_of
from coordinator.domain.volume import Volume
from coordinator.sayings import NOTHING, Saying, saying
from coordinator.services.screening.call_list import offers_milk
from coordinator.services.suitability.verdicts import is_own_milk, known_of
from coordinator.services.suitability.who_is_family import may_be_family


def proposal_for(
    session: Session,
    pair: StandingPair,
    on: date,
    today: date,
    before: Mapping[str, Volume] = MappingProxyType({}),
) -> Proposal:
    """Return the milk for the day *on* of a pair: what is free today, by how it stands on that day.

    What is no fit today is left out even where it would be by then: nobody can hold it yet. *before* is how
    much of a lot is proposed for earlier days of other pairs, by its code, which is not proposed twice.
    """
    donor = by_code(session, DonorRow, pair.donor_code)
    family = by_code(session, RecipientRow, pair.recipient_code)
    wanted = pair.agreed.volume_on(on)
    hindered = _hindered(session, donor, family, on, today)
    if hindered:
        pause = pause_between(session, donor.id, family.id)
        is_for_it = pause is not None and hindered == pause.words
        return Proposal(on, wanted, hindered=hindered, pause=pause if is_for_it else None)
    baby = standing_of(judge_baby(to_baby(family), load_matching_policy(), on), on)
    lots = _fit_lots(session, donor, family, on, today)
    left = [rest for lot in lots if (rest := lot.without(before)) is not None]
    return replace(proposed(on, wanted, left, baby), is_after_others=left != lots)


def _hindered(session: Session, donor: DonorRow, family: RecipientRow, on: date, today: date) -> Saying:
    """Return why nothing is held for the pair, whatever milk there is; else nothing."""
    for row in (donor, family):
        if row.archived_on is not None:
            return saying("{code} was removed", code=row.code)
    if is_own_milk(donor, family):
        return saying("donor and family are one household by now")
    if family.paused:
        return saying("the family is paused")
    if (paused := _paused_words(session, donor, family)) or not offers_milk(session, donor, today):
        return paused or saying("the donor is not offering milk at the moment")
    policy, baby = load_matching_policy(), to_baby(family)
    if VerdictKind.REFER in {judge_baby(baby, policy, day).kind for day in (today, on)}:
        return saying("the baby is referred by now")
    return NOTHING


def _paused_words(session: Session, donor: DonorRow, family: RecipientRow) -> Saying:
    """Return since when the two are paused, and why; nothing where they are not."""
    pause = pause_between(session, donor.id, family.id)
    return NOTHING if pause is None else pause.words


def _fit_lots(session: Session, donor: DonorRow, family: RecipientRow, on: date, today: date) -> list[FitLot]:
    """Return her lots with free milk that fits today and on the day, oldest first."""
    lots = tuple(lot for lot in milk.lots(session, today, donor.id).get(donor.id, ()) if lot.free > Volume())
    homes = {donor.household_id, family.household_id}
    asked = may_be_family(session, family.household_id, facts.open_questions_of(session, homes))
    offer = Offer(
        donor.code,
        "",
        "",
        "",
        lots,
        known_of(session, donor),
        may_be_own=donor.household_id in asked,
    )
    seeker = Seeker(
        family.code,
        "",
        to_baby(family),
        None,
        to_reach(family),
        overruled=tuple(overrulings(session, family.id)),
    )
    then = {part.lot.code: part for part in judge(offer, seeker, on)}
    now = {part.lot.code for part in judge(offer, seeker, today) if _fits(part)}
    return [
        FitLot(lot.code, part_from(lot, part.only_from).volume, standing_of(part.verdict, on), part.only_from)
        for lot in lots
        if lot.code in now and _fits(part := then[lot.code])
    ]


def _fits(part: LotPart) -> bool:
    return part.verdict.kind < VerdictKind.NOT_A_FIT and part.is_held_as_it_is
