"""Facts typed in by hand, and the call list."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.base import by_code
from coordinator.db.calls import CallMadeRow
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.facts import FactRow, QuestionRow
from coordinator.db.households import HouseholdRow
from coordinator.db.living import living
from coordinator.db.roles import living_role
from coordinator.domain.facts.dated_facts import CallOutcome, Fact, FactSource, QuestionState
from coordinator.domain.families.households import SpokenHow
from coordinator.domain.records.history import Action
from coordinator.domain.screening.checklist import FIRST_CONTACT
from coordinator.domain.suitability.mentions import mentioned_kind
from coordinator.errors import NotThereError, UserError
from coordinator.sayings import as_written, saying
from coordinator.services.screening.call_list import put_on_call_list


class WrongIntervalError(UserError):
    """A fact would end before it starts."""


def record_fact(database: Database, donor: str, fact: Fact, today: date) -> int:
    """Add a fact to a donor, or change the one with ``fact.id``; close the questions it answers.

    Raises:
        WrongIntervalError: If it ends before it starts.
    """
    if fact.start and fact.end and fact.end < fact.start:
        raise WrongIntervalError(saying("The end lies before the start; look at the two dates again."))
    with database.writing(
        Action("fact.recorded", saying("Recorded an answer of {donor}", donor=donor)), today
    ) as session:
        row = living(by_code(session, DonorRow, donor))
        fact_id = store_fact(session, row.id, fact, today)
        close_questions(session, row.household_id, fact.kind.value, fact.raw or fact.presence.value)
        return fact_id


def store_fact(session: Session, donor_id: int, fact: Fact, today: date) -> int:
    """Write *fact* in the caller's transaction and return its id."""
    if fact.id:
        row = _fact_of(session, donor_id, fact.id)
        home = session.get_one(DonorRow, donor_id).household_id
        close_mention(session, home, row.source, row.raw, fact.raw or fact.presence.value)
        row.kind, row.presence, row.subject = fact.kind, fact.presence, fact.subject
        row.start_on, row.end_on, row.raw, row.source = fact.start, fact.end, fact.raw, fact.source
        row.recorded_by = fact.recorded_by or row.recorded_by
        return row.id
    row = FactRow(
        donor_id=donor_id,
        kind=fact.kind,
        presence=fact.presence,
        subject=fact.subject,
        start_on=fact.start,
        end_on=fact.end,
        raw=fact.raw,
        source=fact.source,
        recorded_on=today,
        recorded_by=fact.recorded_by,
    )
    session.add(row)
    session.flush()
    return row.id


def remove_fact(database: Database, donor: str, fact_id: int) -> None:
    """Remove a fact; undo brings it back."""
    with database.writing(
        Action("fact.removed", saying("Removed a fact of {donor}", donor=donor))
    ) as session:
        owner = living(by_code(session, DonorRow, donor))
        row, home = _fact_of(session, owner.id, fact_id), owner.household_id
        close_mention(session, home, row.source, row.raw, "removed")
        session.delete(row)


def _fact_of(session: Session, donor_id: int, fact_id: int) -> FactRow:
    """Return a fact of the donor; ``NotThereError`` if it is another's, or gone."""
    row = session.get_one(FactRow, fact_id)
    if row.donor_id != donor_id:
        raise NotThereError
    return row


def close_mention(session: Session, household_id: int, source: FactSource, raw: str, answer: str) -> None:
    """Mark the question about a mention that is settled as answered; other facts have none of their own."""
    if source is FactSource.NOTES:
        for row in _open_rows(session, household_id):
            if mentioned_kind(row.topic) is not None and row.raw == raw:
                row.state, row.answer = QuestionState.ANSWERED, answer


def close_questions(session: Session, household_id: int, topic: str, answer: str) -> None:
    """Mark the household's open questions about *topic* as answered."""
    for row in _open_rows(session, household_id):
        if row.topic == topic:
            row.state, row.answer = QuestionState.ANSWERED, answer


def add_question(database: Database, code: str, text: str) -> None:
    """Put a question of the coordinator's own on the call list."""
    if not text.strip():
        raise UserError(saying("Type what to ask."))
    with database.writing(
        Action("question.added", saying("Added a question for {code}", code=code))
    ) as session:
        household_id = living_role(session, code).household_id
        own = as_written(text.strip())
        session.add(QuestionRow(household_id=household_id, topic="own", text=own.stored()))


def set_question_aside(database: Database, question_id: int) -> None:
    """Take a question off the call list without an answer; undo brings it back."""
    with database.writing(Action("question.aside", saying("Set a question aside"))) as session:
        session.get_one(QuestionRow, question_id).state = QuestionState.SET_ASIDE


def set_missing_aside(database: Database, code: str, topic: str, today: date) -> None:
    """Stop asking a donor about something her checklist asks for; undo brings it back."""
    with database.writing(
        Action("question.aside", saying("Set a question of {code} aside", code=code)), today
    ) as session:
        for row in put_on_call_list(session, code, today, topic):
            row.state = QuestionState.SET_ASIDE


def note_first_talk(database: Database, code: str, how: SpokenHow, today: date) -> None:
    """Note that somebody spoke with the family behind *code* today; the first talk stays the first."""
    with database.writing(
        Action("talk.noted", saying("Noted a talk with {code}", code=code)), today
    ) as session:
        household = session.get_one(HouseholdRow, living_role(session, code).household_id)
        note_spoken(session, household, how, today)


def note_spoken(session: Session, household: HouseholdRow, how: SpokenHow, today: date) -> None:
    """Note a talk in the caller's transaction, and close the question for the first one."""
    household.last_contact_on = today
    if household.first_spoken_on is None:
        household.first_spoken_on, household.first_spoken_how = today, how
        close_questions(session, household.id, FIRST_CONTACT, how.value)


def note_call(
    database: Database, code: str, outcome: CallOutcome, today: date, ring_on: date | None = None
) -> None:
    """Note what came of ringing the family behind *code*, for it and all its open questions at once.

    Raises:
        UserError: If "ring on" has no day, or one in the past.
    """
    if outcome is CallOutcome.RING_ON and (ring_on is None or ring_on < today):
        raise UserError(saying("Choose the day to ring again, today or later."))
    with database.writing(
        Action("call.noted", saying("Noted a call to {code}: {outcome}", code=code, outcome=outcome)), today
    ) as session:
        household = session.get_one(HouseholdRow, living_role(session, code).household_id)
        put_on_call_list(session, code, today)
        if outcome is CallOutcome.RING_ON:
            household.last_contact_on = today
        if outcome is CallOutcome.SPOKE:
            note_spoken(session, household, SpokenHow.PHONE, today)
        session.add(CallMadeRow(household_id=household.id, on_day=today, outcome=outcome, ring_on=ring_on))
        for row in _open_rows(session, household.id):
            row.last_outcome, row.last_called_on, row.ring_on = outcome, today, ring_on


def _open_rows(session: Session, household_id: int) -> list[QuestionRow]:
    query = sa.select(QuestionRow).where(
        QuestionRow.household_id == household_id, QuestionRow.state == QuestionState.OPEN
    )
    return list(session.scalars(query))
