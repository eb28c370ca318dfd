"""Finding milk for one family, and setting donors aside for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from math import inf
from typing import TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.db import facts, milk
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow, to_traits
from coordinator.db.households import HouseholdRow, to_household
from coordinator.db.living import living
from coordinator.db.matching import donors_set_aside, past_by_pair, set_aside_row
from coordinator.db.pair_pauses import donors_paused
from coordinator.db.policies import decisions_for, overrulings
from coordinator.db.recipients import RecipientRow, SetAsideRow, current_recipients, to_baby, to_reach
from coordinator.domain.imports.free_words import words_of_loss
from coordinator.domain.matching.judged import Judged
from coordinator.domain.matching.matches import Offer, Past, Seeker
from coordinator.domain.matching.ranking import Ranking, SetAside, rank
from coordinator.domain.policies.verdicts import Overruling
from coordinator.domain.records.history import Action
from coordinator.domain.suitability.disclosures import known_disclosures
from coordinator.sayings import saying
from coordinator.services.driving.drive_times import drive_times
from coordinator.services.families.recipients import runway_of
from coordinator.services.policies.profiles import policy_in_use
from coordinator.services.screening.call_list import offering_donors
from coordinator.services.suitability.who_is_family import who_may_be_family

_Offering: TypeAlias = tuple[int, int, Offer]
"""The ids of donor and household, and what she offers."""


def rank_donors(database: Database, recipient: str, today: date) -> Ranking:
    """Return who could help *recipient*, best first, with everyone else and why not.

    Raises:
        NotFoundError: If there is no such recipient, or it was removed.
    """
    with database.reading() as session:
        row = living(by_code(session, RecipientRow, recipient))
        return next(_rankings(session, [row], today))


def rank_for_several(
    database: Database,
    recipients: Sequence[str],
    today: date,
    judged: Judged | None = None,
    *,
    minutes: float = inf,
) -> dict[str, Ranking]:
    """Return who could help each of *recipients*, by code; what is the same for all is read once.

    *judged* keeps what was said of whom, for the next time. Who lives more than *minutes* away is not judged;
    with such a limit no way says whether it crosses water, which takes longest of all.
    """
    with database.reading() as session:
        rankings = _rankings(session, _in_use(session, recipients), today, judged, minutes=minutes)
        return {ranking.seeker.code: ranking for ranking in rankings}


def rank_with_donor(database: Database, donor: str, today: date, lot: str = "") -> tuple[Ranking, ...]:
    """Return how one donor stands for every family, each with her alone; by one *lot* if given."""
    with database.reading() as session:
        rows = [row for row, _ in current_recipients(session)]
        return tuple(_rankings(session, rows, today, only=partial(_only, donor, lot)))


def _only(donor: str, lot: str, offers: Iterable[_Offering]) -> list[_Offering]:
    """Return the milk of one donor, or one lot of it."""
    hers = [one for one in offers if one[2].code == donor]
    if lot:
        hers = [(d, h, replace(o, lots=tuple(x for x in o.lots if x.code == lot))) for d, h, o in hers]
    return [one for one in hers if one[2].lots]


def judge_for_several(
    database: Database, recipients: Sequence[str], today: date, judged: Judged | None = None
) -> dict[str, Ranking]:
    """Return whose milk stands how for each of *recipients*, by code, without the ways there.

    *judged* keeps what was said of whom, for the next time; the matches that stand alike go by code.
    """
    with database.reading() as session:
        rows = _in_use(session, recipients)
        rankings = _rankings(session, rows, today, judged or Judged(), with_ways=False)
        return {ranking.seeker.code: ranking for ranking in rankings}


def _in_use(session: Session, recipients: Sequence[str]) -> list[RecipientRow]:
    rows = session.scalars(sa.select(RecipientRow).where(RecipientRow.code.in_(recipients)))
    return [row for row in rows if row.archived_on is None]


def _rankings(
    session: Session,
    rows: Sequence[RecipientRow],
    today: date,
    judged: Judged | None = None,
    *,
    with_ways: bool = True,
    minutes: float = inf,
    only: Callable[[list[_Offering]], list[_Offering]] | None = None,
) -> Iterator[Ranking]:
    """Yield who could help each family of *rows*, in their order."""
    offers, driving, policy = _offers(session, today), drive_times(session), load_matching_policy()
    if minutes < inf:
        driving = replace(driving, over_water=None)
    if only is not None:
        offers = only(offers)
    ids = [row.id for row in rows]
    past, aside = past_by_pair(session, ids), _aside(session, ids)
    in_question = who_may_be_family(session, facts.open_questions(session))
    seek = _seeker(session, rows, today)
    for row in rows:
        seeker = seek(row) if with_ways else replace(seek(row), position=None)
        own = _as_seen_by(row, offers, past.get(row.id, {}), in_question(row.household_id))
        yield rank(seeker, own, policy, driving, today, aside.get(row.id, ()), judged, minutes=minutes)


def _aside(session: Session, recipient_ids: Collection[int]) -> dict[int, list[SetAside]]:
    """Return who is not suggested to each family: set aside by the coordinator, or paused with it."""
    paused, aside = donors_paused(session, recipient_ids), donors_set_aside(session, recipient_ids)
    return {
        recipient_id: [
            *paused.get(recipient_id, ()),
            *(
                one
                for one in aside.get(recipient_id, ())
                if one.donor_code not in {other.donor_code for other in paused.get(recipient_id, ())}
            ),
        ]
        for recipient_id in (*paused, *(one for one in aside if one not in paused))
    }


def _as_seen_by(
    row: RecipientRow,
    offers: Sequence[tuple[int, int, Offer]],
    past: Mapping[int, Past],
    in_question: Collection[int],
) -> list[Offer]:
    """Return the *offers* as a family sees them: what came of them before, and which may be its own."""
    return [
        replace(
            offer,
            past=past.get(donor_id),
            is_own=home_id == row.household_id,
            may_be_own=home_id in in_question,
        )
        if donor_id in past or home_id == row.household_id or home_id in in_question
        else offer
        for donor_id, home_id, offer in offers
    ]


def set_aside(database: Database, recipient: str, donor: str, reason: str = "") -> None:
    """Stop suggesting *donor* for *recipient*; doing it again changes the reason.

    Raises:
        NotFoundError: If one of them does not exist, or was removed.
    """
    with database.writing(
        Action("donor.set_aside", saying("Set {donor} aside for {family}", donor=donor, family=recipient))
    ) as session:
        family, giver = _living_pair(session, recipient, donor)
        row = set_aside_row(session, family.id, giver.id)
        if row is None:
            session.add(SetAsideRow(recipient_id=family.id, donor_id=giver.id, reason=reason.strip()))
        else:
            row.reason = reason.strip()


def bring_back(database: Database, recipient: str, donor: str) -> None:
    """Suggest *donor* for *recipient* again; nothing happens when she was not set aside.

    Raises:
        NotFoundError: If one of them does not exist, or was removed.
    """
    with database.writing(
        Action(
            "donor.brought_back", saying("Brought {donor} back for {family}", donor=donor, family=recipient)
        )
    ) as session:
        family, giver = _living_pair(session, recipient, donor)
        row = set_aside_row(session, family.id, giver.id)
        if row is not None:
            session.delete(row)


def _living_pair(session: Session, recipient: str, donor: str) -> tuple[RecipientRow, DonorRow]:
    """Return the two by code; ``RemovedError`` if one of them was removed."""
    return living(by_code(session, RecipientRow, recipient)), living(by_code(session, DonorRow, donor))


def _seeker(session: Session, rows: Sequence[RecipientRow], today: date) -> Callable[[RecipientRow], Seeker]:
    """Return what tells who seeks milk; what is to be known of all *rows* is read once."""
    one = rows[0].household_id if len(rows) == 1 else None
    unread = facts.unread_topics(session, one)
    overruled: dict[str, list[Overruling]] = {}
    for ruling in overrulings(session, rows[0].id if len(rows) == 1 else None):
        overruled.setdefault(ruling.recipient_code, []).append(ruling)
    ids = [row.household_id for row in rows]
    homes = {
        home.id: home for home in session.scalars(sa.select(HouseholdRow).where(HouseholdRow.id.in_(ids)))
    }

    def seek(row: RecipientRow) -> Seeker:
        household = to_household(homes[row.household_id])
        topics = unread.get(row.household_id, frozenset())
        return Seeker(
            code=row.code,
            name=household.name,
            baby=to_baby(row),
            position=household.position,
            reach=to_reach(row),
            need=runway_of(row, today, unread=topics).need,
            place_label=household.place_label,
            overruled=tuple(overruled.get(row.code, ())),
            is_paused=row.paused,
        )

    return seek


def _offers(session: Session, today: date) -> list[_Offering]:
    """Return the donors who offer milk and have some free, with the ids of donor and household.

    One who rests until a day is among them.
    """
    policy = policy_in_use(session)
    decisions = decisions_for(session)
    lots = milk.lots(session, today)
    known = facts.facts_by_donor(session)
    questions = facts.open_questions(session)
    offers = []
    for donor, row, rests_until in offering_donors(session, today):
        free = tuple(lot for lot in lots.get(donor.id, ()) if lot.free.microlitres > 0)
        if not free:
            continue
        household = to_household(row)
        offers.append(
            (
                donor.id,
                household.id,
                Offer(
                    code=donor.code,
                    name=household.name,
                    town=household.address.town,
                    state_code=household.address.state,
                    lots=free,
                    disclosures=known_disclosures(
                        known.get(donor.id, ()), policy, to_traits(donor, row, decisions(donor.id))
                    ),
                    gestation_weeks=donor.gestation_weeks,
                    baby_born=donor.baby_born,
                    position=household.position,
                    place_label=household.place_label,
                    is_place_uncertain=household.is_place_uncertain,
                    hours=household.hours,
                    wishes=donor.wishes,
                    last_contact_on=household.last_contact_on,
                    read_before_ringing=bool(household.read_before_ringing),
                    open_questions=len(questions.get(household.id, ())),
                    phone=household.phone,
                    languages=household.languages,
                    is_bereaved=donor.bereaved or bool(words_of_loss(household.read_before_ringing)),
                    ring_note=household.read_before_ringing,
                    rests_until=rests_until,
                ),
            )
        )
    return offers
