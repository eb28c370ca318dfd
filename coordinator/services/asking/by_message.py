"""The message that asks a family everything open, and that it was sent with these numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.db import facts
from coordinator.db.agreements import HoldContactRow, HoldRow
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.facts import QuestionRow
from coordinator.db.family_messages import FamilyMessageItemRow, FamilyMessageRow, last_message
from coordinator.db.households import HouseholdRow, to_household
from coordinator.db.in_touch import note_in_touch
from coordinator.db.living import living
from coordinator.db.recipients import RecipientRow, to_baby
from coordinator.db.roles import living_role
from coordinator.domain.agreements.case_steps import CaseStep
from coordinator.domain.agreements.cases import Case
from coordinator.domain.agreements.contacts import ContactKind
from coordinator.domain.agreements.holds import HoldState
from coordinator.domain.agreements.promises import Strand
from coordinator.domain.codes import CodeLetter, letter_of
from coordinator.domain.facts.dated_facts import Question, QuestionState
from coordinator.domain.families.households import Household
from coordinator.domain.records.history import Action
from coordinator.domain.suitability.babies import needs_clinician
from coordinator.domain.worklist.family_message import (
    AskedItem,
    AskedYes,
    Channel,
    Sender,
    items_of,
    text_of,
)
from coordinator.domain.worklist.family_questions import TEXT_VERSION, spoken
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.agreements.cases import cases
from coordinator.services.agreements.reaching import is_bereaved
from coordinator.services.screening.call_list import (
    put_on_call_list,
    questions_of,
    questions_of_recipient,
    screening_of,
)
from coordinator.services.settings.values import load_settings


@dataclass(frozen=True, slots=True)
class FamilyMessage:
    """A message to the family with ``code``: its text and numbered ``items``.

    ``left_out`` is asked on the phone: by no sentence can it be put to a family. ``asked_on`` is the day of
    the last message, whether or not it asked the same.
    """

    code: str
    household: Household
    text: str
    items: tuple[AskedItem, ...]
    left_out: tuple[Question, ...]
    is_gentle: bool
    asked_on: date | None = None


def message_to(database: Database, code: str, today: date) -> FamilyMessage:
    """Return the message that asks the family with *code* what is open today; it is empty if nothing is.

    Raises:
        NotFoundError: If there is nobody with this code.
        RemovedError: If the family was removed.
    """
    known = cases(database, today)
    with database.reading() as session:
        role = living_role(session, code)
        household = to_household(session.get_one(HouseholdRow, role.household_id))
        settings = load_settings(session)
        is_gentle = is_bereaved(session, household)
        questions = _questions(session, role.code, today)
        yeses = tuple(_yeses(session, known, role.code))
        last = last_message(session, household.id)
    items = items_of(questions, yeses, settings.volume_unit, is_gentle=is_gentle)
    again = [one.question.messaged_on for one in items if one.question and one.question.messaged_on]
    sender = Sender(settings.coordinator_name, settings.network_name)
    before = max(again, default=None)
    text = text_of(items, household, sender, is_gentle=is_gentle, asked_before=before)
    left_out = tuple(one for one in questions if not spoken(one, is_gentle=is_gentle))
    asked_on = last.asked_on if last else None
    return FamilyMessage(role.code, household, str(text), items, left_out, is_gentle, asked_on)


def record_sent(database: Database, message: FamilyMessage, channel: Channel, on: date) -> None:
    """Note that *message* was sent on the day *on*; its numbers are kept for the reply.

    What it asks goes on the call list, and a side that was asked for its yes counts as asked.

    Raises:
        UserError: If it asks nothing.
        RemovedError: If the family was removed meanwhile.
    """
    if not message.items:
        raise UserError(saying("There is nothing to ask {code}.", code=message.code))
    label = saying("Asked {code} {how}", code=message.code, how=channel.words)
    with database.writing(Action("family.messaged", label), on) as session:
        role = living_role(session, message.code)
        row = FamilyMessageRow(
            household_id=role.household_id, asked_on=on, channel=channel, text_version=TEXT_VERSION
        )
        session.add(row)
        put_on_call_list(session, message.code, on)
        note_in_touch(session.get_one(HouseholdRow, role.household_id), on)
        session.flush()
        session.add_all(_rows(session, row, message.items))
        _note_asked(session, message.items, on)


def _rows(
    session: Session, message: FamilyMessageRow, items: Sequence[AskedItem]
) -> Iterator[FamilyMessageItemRow]:
    """Yield the rows of *items*; what was on no list before has a number on it now."""
    query = sa.select(QuestionRow.topic, QuestionRow.id).where(
        QuestionRow.household_id == message.household_id, QuestionRow.state == QuestionState.OPEN
    )
    listed: dict[str, int] = dict(session.execute(query).all())
    for one in items:
        yield FamilyMessageItemRow(
            message_id=message.id,
            number=one.number,
            topic=one.topic,
            question_id=None if one.hold_code else one.question_id or listed.get(one.topic),
            hold_code=one.hold_code,
            side=one.side,
        )


def _note_asked(session: Session, items: Sequence[AskedItem], on: date) -> None:
    """Note on each hold that is still open that the side was asked."""
    for one in items:
        if one.side is None:
            continue
        hold = by_code(session, HoldRow, one.hold_code)
        if hold.state is HoldState.OPEN:
            kind = ContactKind.MESSAGE
            session.add(HoldContactRow(hold_id=hold.id, side=one.side, kind=kind, on_day=on))


def _questions(session: Session, code: str, today: date) -> tuple[Question, ...]:
    """Return what is open of one role, as its card shows it."""
    match letter_of(code):
        case CodeLetter.DONOR:
            donor = living(by_code(session, DonorRow, code))
            household = session.get_one(HouseholdRow, donor.household_id)
            return questions_of(session, donor, screening_of(session, donor, household, today))
        case CodeLetter.RECIPIENT:
            return questions_of_recipient(session, living(by_code(session, RecipientRow, code)), today)
        case _:
            home = living_role(session, code).household_id
            return facts.open_questions(session, home).get(home, ())


def _yeses(session: Session, known: Sequence[Case], code: str) -> Iterator[AskedYes]:
    """Yield the yeses that *code* is asked for now; none that a clinician's answer must come before."""
    policy = load_matching_policy()
    for case in known:
        for strand in case.strands:
            side = strand.next.side
            if side is None or strand.next.code != code or not _is_to_ask(case, strand):
                continue
            if code == case.code and needs_clinician(to_baby(by_code(session, RecipientRow, code)), policy):
                continue
            yield AskedYes(strand.hold, side)


def _is_to_ask(case: Case, strand: Strand) -> bool:
    return strand.hold.state is HoldState.OPEN and case.step is not CaseStep.REFERRED
