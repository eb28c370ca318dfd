"""Finding milk for one family, and setting donors aside for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.db import facts, milk
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow, to_traits
from coordinator.db.households import HouseholdRow, to_household
from coordinator.db.living import living
from coordinator.db.matching import donors_set_aside, past_by_donor, set_aside_row
from coordinator.db.pair_pauses import donors_paused
from coordinator.db.policies import decisions_for, overrulings
from coordinator.db.recipients import RecipientRow, SetAsideRow, to_baby, to_reach
from coordinator.domain.imports.free_words import words_of_loss
from coordinator.domain.matching.judged import Judged
from coordinator.domain.matching.matches import Offer, Seeker
from coordinator.domain.matching.ranking import Ranking, rank
from coordinator.domain.records.history import Action
from coordinator.domain.suitability.disclosures import known_disclosures
from coordinator.sayings import saying
from coordinator.services.driving.drive_times import drive_times
from coordinator.services.families.recipients import runway_of
from coordinator.services.policies.profiles import policy_in_use
from coordinator.services.screening.call_list import offering_donors
from coordinator.services.suitability.who_is_family import may_be_family


def rank_donors(database: Database, recipient: str, today: date) -> Ranking:
    """Return who could help *recipient*, best first, with everyone else and why not.

    Raises:
        NotFoundError: If there is no such recipient, or it was removed.
    """
    with database.reading() as session:
        row = living(by_code(session, RecipientRow, recipient))
        return next(_rankings(session, [row], today))


def rank_for_several(database: Database, recipients: Sequence[str], today: date) -> dict[str, Ranking]:
    """Return who could help each of *recipients*, by code; what is the same for all is read once."""
    with database.reading() as session:
        rows = session.scalars(sa.select(RecipientRow).where(RecipientRow.code.in_(recipients))).all()
        living_rows = [row for row in rows if row.archived_on is None]
        return {ranking.seeker.code: ranking for ranking in _rankings(session, living_rows, today)}


def judge_for_several(
    database: Database, recipients: Sequence[str], today: date, judged: Judged | None = None
) -> dict[str, Ranking]:
    """Return whose milk stands how for each of *recipients*, by code, without the ways there.

    *judged* keeps what was said of whom, for the next time; the matches that stand alike go by code.
    """
    with database.reading() as session:
        rows = session.scalars(sa.select(RecipientRow).where(RecipientRow.code.in_(recipients))).all()
        living_rows = [row for row in rows if row.archived_on is None]
        rankings = _rankings(session, living_rows, today, judged or Judged())
        return {ranking.seeker.code: ranking for ranking in rankings}


def _rankings(
    session: Session, rows: Sequence[RecipientRow], today: date, judged: Judged | None = None
) -> Iterator[Ranking]:
    """Yield who could help each family of *rows*, in their order; with *judged* nobody looks at the ways."""
    offers, driving = _offers(session, today), drive_times(session)
    questions = facts.open_questions(session)
    for row in rows:
        past = past_by_donor(session, row.id)
        in_question = may_be_family(session, row.household_id, questions)
        own = [
            replace(
                offer,
                past=past.get(donor_id),
                is_own=home_id == row.household_id,
                may_be_own=home_id in in_question,
            )
            for donor_id, home_id, offer in offers
        ]
        paused = donors_paused(session, row.id)
        hidden = {one.donor_code for one in paused}
        aside = [one for one in donors_set_aside(session, row.id) if one.donor_code not in hidden]
        aside += paused
        seeker = _seeker(session, row, today)
        if judged is not None:
            seeker = replace(seeker, position=None)
        yield rank(seeker, own, load_matching_policy(), driving, today, aside, judged)


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


def _seeker(session: Session, row: RecipientRow, today: date) -> Seeker:
    household = to_household(session.get_one(HouseholdRow, row.household_id))
    unread = facts.unread_topics(session, row.household_id).get(row.household_id, frozenset())
    return Seeker(
        code=row.code,
        name=household.name,
        baby=to_baby(row),
        position=household.position,
        reach=to_reach(row),
        need=runway_of(row, today, unread=unread).need,
        place_label=household.place_label,
        overruled=tuple(overrulings(session, row.id)),
        is_paused=row.paused,
    )


def _offers(session: Session, today: date) -> list[tuple[int, int, Offer]]:
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
