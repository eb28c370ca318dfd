"""The reply to a message: read back by the numbers it was sent with, and kept once she has confirmed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import AgreementRow, HoldRow
from coordinator.db.database import Database
from coordinator.db.facts import QuestionRow
from coordinator.db.family_messages import FamilyMessageItemRow, items_of_message, last_message
from coordinator.db.holds import held_milk
from coordinator.db.households import HouseholdRow, to_household
from coordinator.db.in_touch import note_in_touch
from coordinator.db.milk import LotRow
from coordinator.db.pair_pauses import pause_between
from coordinator.db.roles import living_role, role_rows
from coordinator.domain.agreements.holds import HoldState, Side
from coordinator.domain.agreements.messages import milk_in_words
from coordinator.domain.agreements.rhythms import day_words
from coordinator.domain.codes import CodeLetter, letter_of
from coordinator.domain.facts.dated_facts import QuestionState
from coordinator.domain.families.households import Household, Role
from coordinator.domain.records.history import Action
from coordinator.domain.worklist.family_message import YES, around_the_questions
from coordinator.domain.worklist.family_questions import sentence_of
from coordinator.domain.worklist.more_said import says_more
from coordinator.domain.worklist.plain_replies import says_yes, without_signs
from coordinator.domain.worklist.replies import Piece, PieceKind, split_reply
from coordinator.errors import UserError
from coordinator.sayings import Saying, plural, saying
from coordinator.services.agreements.holds import note_yes, release_in
from coordinator.services.agreements.renewing import note_one_yes_in
from coordinator.services.agreements.standing_pairs import renewals_by_family, skip_day_in
from coordinator.services.asking.by_message import message_to
from coordinator.services.asking.reading import AskedThen, Understood, looked_at_for_more, understood
from coordinator.services.imports.told_answers import ToldAnswer, answer_in
from coordinator.services.settings.values import load_settings


@dataclass(frozen=True, slots=True)
class Asked:
    """What the family with ``code`` was asked, by number. ``on`` is ``None`` if no message was noted as sent.

    Then the numbers are those a message of today would have.
    """

    code: str
    household: Household
    items: tuple[AskedThen, ...]
    on: date | None = None


@dataclass(frozen=True, slots=True)
class FamilyReply:
    """A reply in its ``pieces``, which show all of it; how each answer is understood, what stays asked."""

    asked: Asked
    pieces: tuple[Piece, ...]
    answers: tuple[Understood, ...]
    still_asked: tuple[AskedThen, ...]


def asked_of(database: Database, code: str, today: date) -> Asked:
    """Return what the family with *code* was asked in its last message, as it stands now.

    Raises:
        NotFoundError: If there is nobody with this code.
        RemovedError: If the family was removed.
    """
    with database.reading() as session:
        role = living_role(session, code)
        household = to_household(session.get_one(HouseholdRow, role.household_id))
        roles, lots = _roles(session, household.id, role.code), _lots(session, household.id)
        sent = last_message(session, household.id)
        if sent is not None:
            items = tuple(_then(session, one, roles, lots) for one in items_of_message(session, sent.id))
            items += _of_pairs(session, household.id, items, today)
            return Asked(role.code, household, items, sent.asked_on)
    would_be = message_to(database, code, today).items
    items = tuple(
        AskedThen(
            one.number,
            one.topic,
            one.said,
            one.question_id,
            one.hold_code,
            one.side,
            roles=roles,
            lots=lots,
        )
        for one in would_be
    )
    with database.reading() as session:
        items += _of_pairs(session, household.id, items, today)
    return Asked(role.code, household, items)


def read_reply(asked: Asked, text: str, today: date) -> FamilyReply:
    """Return how the reply *text* is understood. Nothing is written."""
    by_number = {one.number: one for one in asked.items}
    numbered = [one for one in asked.items if not one.standing_code]
    sent = (*(str(one.said) for one in asked.items), *around_the_questions())
    pieces = split_reply(text, max((one.number for one in numbered), default=0), sent)
    pieces = _as_the_one_yes(pieces, asked)
    found = sorted((one for one in pieces if one.kind is PieceKind.ANSWER), key=lambda one: one.number)
    answers = tuple(
        understood(by_number[one.number], one.words, today, is_cut_in_doubt=one.is_doubtful)
        for one in found
        if one.number in by_number
    )
    household = asked.household
    if says_more(pieces, by_number, (household.name, household.name_on_paper)):
        answers = tuple(looked_at_for_more(one) for one in answers)
    told = {one.asked.number for one in answers if one.can_count}
    still = tuple(one for one in asked.items if one.is_open and one.number not in told)
    return FamilyReply(asked, pieces, answers, still)


def _as_the_one_yes(pieces: Sequence[Piece], asked: Asked) -> tuple[Piece, ...]:
    """Return *pieces* with a plain yes or no alone as the answer to the one yes that is waited for.

    It is looked at. Where one question was sent with a number it answers that, and is looked at as well while
    a day of a standing pair waits for a yes.
    """
    own = [one for one in pieces if one.kind is not PieceKind.QUOTED and one.text.strip()]
    yeses = [one for one in asked.items if one.is_open and one.is_yes_asked]
    if len(own) != 1 or says_yes(without_signs(own[0].text)) is None:
        return tuple(pieces)
    said = own[0]
    is_its = asked.on is not None or len(yeses) != 1 or yeses[0].number == said.number
    if said.kind is PieceKind.ANSWER and is_its:
        is_doubtful = said.is_doubtful or any(one.standing_code for one in yeses)
        found = replace(said, is_doubtful=is_doubtful)
    elif said.kind is not PieceKind.BELOW and len(yeses) == 1:
        number, words = yeses[0].number, said.text.strip()
        found = Piece(PieceKind.ANSWER, said.text, number, words, is_doubtful=True)
    else:
        return tuple(pieces)
    return tuple(found if one is said else one for one in pieces)


def take_reply(database: Database, code: str, answers: Sequence[Understood], today: date) -> None:
    """Keep the *answers* she confirmed, all of them or none, as one step of the history.

    Raises:
        UserError: If there is none, or one of them cannot be kept; the sentence begins with its number.
    """
    if not answers:
        raise UserError(saying("Choose at least one answer that counts."))
    label = plural(
        "Took {n} answer of a reply of {code}",
        "Took {n} answers of a reply of {code}",
        len(answers),
        code=code,
    )
    with database.writing(Action("reply.taken", label), today) as session:
        home = session.get_one(HouseholdRow, living_role(session, code).household_id)
        note_in_touch(home, today)  # written words are no first talk
        for one in answers:
            try:
                _keep(session, one, code, today)
            except UserError as error:
                raise UserError(_which(one, error)) from error


def _keep(session: Session, one: Understood, code: str, today: date) -> None:
    asked = one.asked
    if not one.can_count:
        raise UserError(one.not_clear)
    if asked.hold_code and not _waits_for_yes(session, asked.hold_code, asked.side):
        raise UserError(saying("{hold} does not wait for this answer any more.", hold=asked.hold_code))
    if asked.standing_code and asked.standing_on is not None and asked.side is not None:
        if one.is_yes:
            note_one_yes_in(session, asked.standing_code, asked.standing_on, asked.side, today)
        else:
            skip_day_in(session, asked.standing_code, asked.standing_on, today)
    elif asked.hold_code and asked.side is not None and one.is_yes:
        note_yes(session, asked.hold_code, asked.side, today)
    elif asked.hold_code:
        release_in(session, asked.hold_code)
    else:
        answer_in(session, ToldAnswer(one.kept, asked.question_id, asked.topic), today, code=code)


def _which(one: Understood, error: UserError) -> Saying:
    return saying("{number}. {problem}", number=one.asked.number, problem=error.said)


def _then(session: Session, row: FamilyMessageItemRow, roles: tuple[Role, ...], lots: int) -> AskedThen:
    if row.hold_code:
        said = _yes_to(session, row.hold_code, row.side)
        is_open = _waits_for_yes(session, row.hold_code, row.side)
        return AskedThen(row.number, row.topic, said, 0, row.hold_code, row.side, is_open, roles)
    question = session.get(QuestionRow, row.question_id) if row.question_id else None
    is_open = question is not None and question.state is QuestionState.OPEN
    said = sentence_of(row.topic)
    return AskedThen(row.number, row.topic, said, row.question_id or 0, "", None, is_open, roles, lots)


def _of_pairs(
    session: Session, household_id: int, items: Sequence[AskedThen], today: date
) -> tuple[AskedThen, ...]:
    """Return the days of standing pairs that the household is asked about now, for which nothing is held.

    Those that something hinders, such as a pause of the two, are not asked about: no yes could count.
    """
    codes = {
        row.code: side
        for role, side in ((Role.DONOR, Side.DONOR), (Role.RECIPIENT, Side.FAMILY))
        for row in role_rows(session, role, household_id)
    }
    number, found = max((one.number for one in items), default=0), list[AskedThen]()
    for renewals in renewals_by_family(session, today).values():
        for one in renewals:
            side = codes.get(one.pair.donor_code) or codes.get(one.pair.recipient_code)
            if side is None or one.on is None or one.proposal is None or one.proposal.hindered:
                continue
            number += 1
            name = one.pair.recipient_name if side is Side.DONOR else one.pair.donor_name
            said = saying("A yes to {day} of the standing pair with {name}", day=day_words(one.on), name=name)
            found.append(
                AskedThen(number, YES, said, side=side, standing_code=one.pair.code, standing_on=one.on)
            )
    return tuple(found)


def _yes_to(session: Session, code: str, side: Side | None) -> Saying:
    """Return whose yes is waited for, in names."""
    held = held_milk(session, HoldRow.code == code)
    if not held:
        return saying("A yes to {hold}", hold=code)
    hold = held[0].hold
    milk = milk_in_words(hold, load_settings(session).volume_unit)
    if side is Side.DONOR:
        return saying("A yes to {milk} for {name}", milk=milk, name=hold.recipient_name)
    return saying("A yes to {milk} of {name}", milk=milk, name=hold.donor_name)


def _waits_for_yes(session: Session, code: str, side: Side | None) -> bool:
    hold = session.scalar(sa.select(HoldRow).where(HoldRow.code == code))
    if hold is None or hold.state is not HoldState.OPEN:
        return False
    donor_id = session.get_one(LotRow, hold.lot_id).donor_id
    if pause_between(session, donor_id, hold.recipient_id) is not None:
        return False
    row = session.scalar(sa.select(AgreementRow).where(AgreementRow.hold_id == hold.id))
    said_on = None if row is None else row.donor_yes_on if side is Side.DONOR else row.family_yes_on
    return said_on is None


def _roles(session: Session, household_id: int, code: str) -> tuple[Role, ...]:
    """Return the roles the household has in use, the one with *code* first."""
    first = {CodeLetter.DONOR: Role.DONOR, CodeLetter.RECIPIENT: Role.RECIPIENT}.get(
        letter_of(code) or CodeLetter.DRIVER, Role.DRIVER
    )
    found = [
        role
        for role in Role
        if any(row.archived_on is None for row in role_rows(session, role, household_id))
    ]
    return tuple(sorted(found, key=lambda role: role is not first))


def _lots(session: Session, household_id: int) -> int:
    ids = [row.id for row in role_rows(session, Role.DONOR, household_id) if row.archived_on is None]
    query = sa.select(sa.func.count()).where(LotRow.donor_id.in_(ids), LotRow.archived_on.is_(None))
    return session.scalar(query.select_from(LotRow)) or 0
