"""Donors: the table, one donor, and pausing her."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from coordinator.db import facts, ledger, milk
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import IN_TABLE, DonorRow, donor_lines
from coordinator.db.households import HouseholdRow, to_household, to_position
from coordinator.db.own_fields import own_values
from coordinator.db.policies import decisions_for
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence, Question
from coordinator.domain.families.contacts import national_phone
from coordinator.domain.milk.lots import Lot
from coordinator.domain.places.lookups import place_words
from coordinator.domain.places.positions import Precision
from coordinator.domain.screening.call_list import Screening, questions_with
from coordinator.domain.screening.checklist import FIRST_CONTACT
from coordinator.domain.screening.donors import Donor, DonorSummary
from coordinator.domain.suitability.medicines import waits_for_decision
from coordinator.domain.volume import total
from coordinator.sayings import saying
from coordinator.services.policies.profiles import policy_in_use
from coordinator.services.screening.call_list import Screened, questions_of, screener, screening_of
from coordinator.services.screening.needed import without_needless

Line = Row[*tuple[Any, ...]]


def list_donors(
    database: Database, today: date, screened_before: Mapping[str, Screened] | None = None
) -> list[DonorSummary]:
    """Return every donor who is not archived, by code, with the milk free on *today*.

    *screened_before* is what ``screenings`` returned, where that was asked for already.
    """
    with database.reading() as session:
        lots, lines = milk.lots(session, today), list(donor_lines(session))
        if screened_before is not None:
            told = facts.facts_by_donor(session, kind=FactKind.DAIRY)
            stand = {code: (one.screening, _count(one.questions)) for code, one in screened_before.items()}
        else:
            told = facts.answers_by_donor(session)
            stand = _stand(session, today, lines, lots, told)
        return [
            _summary(line, lots.get(line.id, []), told.get(line.id, ()), *stand[line.code])
            for line in lines
            if line.code in stand
        ]


def _stand(
    session: Session,
    today: date,
    lines: Sequence[Line],
    lots: Mapping[int, Sequence[Lot]],
    told: Mapping[int, tuple[Fact, ...]],
) -> dict[str, tuple[Screening, int]]:
    """Return where each donor stands and how much there is to ask her, by code."""
    questions, aside = facts.open_questions(session), facts.topics_set_aside(session)
    off = facts.topics_off(session)
    screen, needed = screener(session, today, known_facts=told), without_needless(session)
    found = {}
    for line in lines:
        home = line.household_id
        screened = screen(line.id, line.donor_state, line.first_spoken_on, lots.get(line.id, ()))
        asked = questions.get(home, ())
        if not line.bereaved:
            asked = questions_with(asked, screened, home, off.union(aside.get(home, ())))
            asked = needed(to_position(line.latitude_deg, line.longitude_deg, line.precision), asked)
        found[line.code] = (screened, _count(asked))
    return found


def _count(asked: Sequence[Question]) -> int:
    """Return how much there is to ask for which milk waits.

    That nobody has spoken with her yet is nothing she could answer, and what is asked of everybody besides
    tells no donor from another.
    """
    return sum(question.topic != FIRST_CONTACT and question.holds for question in asked)


def donor(database: Database, code: str, today: date) -> Donor:
    """Return everything about one donor.

    Raises:
        NotFoundError: If there is none with *code*.
    """
    with database.reading() as session:
        row = by_code(session, DonorRow, code)
        household = session.get_one(HouseholdRow, row.household_id)
        known = facts.facts_by_donor(session, row.id).get(row.id, ())
        decisions = decisions_for(session, row.id)(row.id)
        policy = policy_in_use(session)
        screened = screening_of(session, row, household, today)
        return Donor(
            code=row.code,
            household=to_household(household),
            state=row.state,
            baby_born=row.baby_born,
            gestation_weeks=row.gestation_weeks,
            wishes=row.wishes,
            facts=known,
            lots=tuple(milk.lots(session, today, row.id).get(row.id, ())),
            questions=questions_of(session, row, screened),
            given=ledger.milk_given(session, today, donor_id=row.id),
            decisions=decisions,
            undecided=tuple(fact.id for fact in known if waits_for_decision(fact, decisions, policy)),
            state_note=row.state_note,
            bereaved=row.bereaved,
            screening=screened,
            version=row.version,
            own=own_values(row),
        )


def dairy_in_words(known: Sequence[Fact]) -> str:
    """Return what is known about dairy in two words: yes, no, ask, or ``stopped 2026-10-09``."""
    dairy = [fact for fact in known if fact.kind is FactKind.DAIRY]
    if not dairy or any(fact.presence is Presence.UNCLEAR for fact in dairy):
        return "ask"
    last = dairy[-1]
    if last.presence is Presence.NO:
        return "no"
    return str(saying("stopped {day}", day=last.end.isoformat())) if last.end else "yes"


def _summary(
    line: Line,
    lots: Sequence[Lot],
    known: Sequence[Fact],
    screened: Screening,
    questions: int,
) -> DonorSummary:
    free = [lot for lot in lots if lot.free.microlitres > 0]
    bags = [lot.free_bags for lot in free]
    starts = [lot.expressed_from for lot in free if lot.expressed_from]
    ends = [lot.expressed_to for lot in free if lot.expressed_to]
    return DonorSummary(
        code=line.code,
        name=line.name,
        town=line.town,
        state_code=line.state,
        free=total([lot.free for lot in free]),
        free_bags=None if None in bags or not bags else sum(bag for bag in bags if bag is not None),
        oldest=min(starts, default=None),
        newest=max(ends, default=None),
        state=screened.state,
        open_questions=questions,
        read_before_ringing=bool(line.read_before_ringing),
        dairy=dairy_in_words(known),
        phone=national_phone(line.phone),
        email=line.email,
        hours=line.hours,
        baby_born=line.baby_born,
        last_contact_on=line.last_contact_on,
        position=to_position(line.latitude_deg, line.longitude_deg, line.precision),
        place_label=str(place_words(line.place_label)),
        is_place_uncertain=line.precision is Precision.UNCERTAIN,
        paused_until=screened.paused_until,
        proposed=screened.proposed,
        own={key: getattr(line, key) for key in IN_TABLE},
    )
