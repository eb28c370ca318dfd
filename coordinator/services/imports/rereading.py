"""Answers of forms that an earlier reader made facts of, read again by the reader of today."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.audit import AuditChangeRow, AuditRow, AuditValueRow
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow, current_donors
from coordinator.db.facts import FactRow, QuestionRow, facts_by_donor
from coordinator.db.milk import LotRow
from coordinator.domain.facts.dated_facts import Fact, FactKind, FactSource, QuestionState
from coordinator.domain.imports import rereading
from coordinator.domain.imports.donor_rows import (
    FACT_KINDS,
    FACT_LABELS,
    heat_treated_of,
)
from coordinator.domain.imports.row_answers import QuestionAnswer
from coordinator.domain.reading.readings import question_about
from coordinator.domain.records.history import Action
from coordinator.sayings import plural
from coordinator.services.imports.writing_rows import add_facts, add_questions

_BY_HAND = ("fact.recorded", "fact.removed", "question.answered")
"""Actions by which she says herself what is so."""
_KINDS = frozenset(FACT_KINDS.values())

_Answer: TypeAlias = tuple[int, FactKind, date | None, str]
"""Donor, kind, the day it was recorded and its words; a list is one answer whatever words its items keep."""


@dataclass(frozen=True)
class ReadOtherwise:
    """An answer of a form that means something else than what is stored of it; ``question`` may be empty."""

    code: str
    name: str
    kind: FactKind
    words: str
    before: tuple[Fact, ...]
    now: tuple[Fact, ...]
    question: str = ""

    @property
    def label(self) -> str:
        """What the answer is about, as the call list says it."""
        return str(FACT_LABELS[self.kind])


def answers_read_otherwise(database: Database, today: date) -> tuple[ReadOtherwise, ...]:
    """Return the answers of forms that are read otherwise now, by donor; nothing is written.

    What was told on a call, or changed or removed by hand, is not among them.
    """
    with database.reading() as session:
        return tuple(found for _, found in _read_otherwise(session, today))


def read_again(database: Database, today: date) -> int:
    """Let what is read now take the place of what is stored, in one action; return of how many answers.

    Their questions go on the call list, each once; what is answered by the new reading leaves it.
    """
    with database.reading() as session:
        count = len(list(_read_otherwise(session, today)))
    if not count:
        return 0
    label = plural("Read {n} answer of a form again", "Read {n} answers of forms again", count)
    with database.writing(Action("answers.reread", label), today) as session:
        found = list(_read_otherwise(session, today))
        for donor, answer in found:
            _replace(session, donor, answer)
            _ask(session, donor.household_id, answer)
    return len(found)


def _read_otherwise(session: Session, today: date) -> Iterator[tuple[DonorRow, ReadOtherwise]]:
    answers = _answers(session)
    usual = rereading.usual_order((fact.raw for facts in answers.values() for fact in facts), today)
    by_donor: dict[int, list[tuple[Fact, ...]]] = {}
    for (donor_id, *_), facts in answers.items():
        by_donor.setdefault(donor_id, []).append(tuple(facts))
    for donor, household in current_donors(session):
        for before in by_donor.get(donor.id, ()):
            words, kind = rereading.words_of_answer(before), before[0].kind
            reading = rereading.read_again(before, words, usual, today)
            if reading is not None:
                question = question_about(str(FACT_LABELS[kind]), reading, words) if reading.question else ""
                yield (
                    donor,
                    ReadOtherwise(donor.code, household.name, kind, words, before, reading.facts, question),
                )


def _answers(session: Session) -> dict[_Answer, list[Fact]]:
    """Return the facts of each answer of a form that nobody has changed since, in the order of the form."""
    answers: dict[_Answer, list[Fact]] = {}
    for donor_id, facts in facts_by_donor(session).items():
        for fact in facts:
            if fact.kind in _KINDS and fact.source is FactSource.FORM and fact.raw:
                answers.setdefault(_answer(donor_id, fact), []).append(fact)
    by_hand = _by_hand(session)
    return {
        answer: facts
        for answer, facts in answers.items()
        if answer not in by_hand and not any(fact.recorded_by for fact in facts)
    }


def _answer(donor_id: int, fact: Fact) -> _Answer:
    return donor_id, fact.kind, fact.recorded_on, "" if fact.kind in rereading.LISTS else fact.raw


def _by_hand(session: Session) -> set[_Answer]:
    """Return the answers of which she changed or removed a fact, or put one right on a call."""
    query = (
        sa.select(AuditRow.id, AuditValueRow.before, AuditValueRow.after)
        .join(AuditChangeRow, AuditChangeRow.audit_id == AuditRow.id)
        .join(AuditValueRow, AuditValueRow.change_id == AuditChangeRow.id)
        .where(AuditRow.kind.in_(_BY_HAND), AuditChangeRow.table == FactRow.__tablename__)
    )
    undone = _undone(session)
    states = [state for audit_id, *both in session.execute(query) if audit_id not in undone for state in both]
    stored = [json.loads(state) for state in states if state is not None]
    return {_stored_answer(one) for one in stored if one["source"] == FactSource.FORM.value}


def _stored_answer(values: dict[str, Any]) -> _Answer:
    """Return the answer of which a fact in the history was made."""
    kind, day = FactKind(values["kind"]), values.get("recorded_on")
    words = "" if kind in rereading.LISTS else values["raw"]
    return values["donor_id"], kind, date.fromisoformat(day) if day else None, words


def _undone(session: Session) -> set[int]:
    """Return the actions that are undone; one that was done again is not."""
    undone: set[int] = set()
    query = sa.select(AuditRow.id, AuditRow.undoes_id).where(AuditRow.undoes_id.is_not(None))
    for audit_id, undoes_id in session.execute(query.order_by(AuditRow.id.desc())):
        if audit_id not in undone and undoes_id is not None:
            undone.add(undoes_id)
    return undone


def _replace(session: Session, donor: DonorRow, answer: ReadOtherwise) -> None:
    for old in session.scalars(sa.select(FactRow).where(FactRow.id.in_([one.id for one in answer.before]))):
        session.delete(old)
    session.flush()
    add_facts(session, donor, answer.now, answer.before[0].recorded_on)
    if answer.kind is FactKind.HEAT_TREATED:
        _tell_lots(session, donor, answer)


def _tell_lots(session: Session, donor: DonorRow, answer: ReadOtherwise) -> None:
    """Change the lots that have what the old reading said of all her bags."""
    said = heat_treated_of(answer.before)
    lots = sa.select(LotRow).where(LotRow.donor_id == donor.id, LotRow.archived_on.is_(None))
    for lot in session.scalars(lots):
        if lot.heat_treated is said:
            lot.heat_treated = heat_treated_of(answer.now)


def _ask(session: Session, household_id: int, answer: ReadOtherwise) -> None:
    """Put the question of *answer* on the call list; the one the old reading left gives way to it."""
    topic = answer.kind.value
    asked = sa.select(QuestionRow).where(
        QuestionRow.household_id == household_id, QuestionRow.topic == topic, QuestionRow.raw != ""
    )
    known = list(session.scalars(asked))
    for old in known:
        if old.state is QuestionState.OPEN and old.text != answer.question:
            old.state, old.answer = QuestionState.ANSWERED, answer.words
    if answer.question and all(old.text != answer.question for old in known):
        add_questions(session, household_id, [QuestionAnswer(topic, answer.question, answer.words)])
