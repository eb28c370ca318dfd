"""Dated facts and the questions of the call list."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from coordinator.db.base import Base, Versioned, words
from coordinator.db.family_messages import messaged_on
from coordinator.db.settings import SettingRow
from coordinator.domain.facts.dated_facts import (
    CallOutcome,
    Fact,
    FactKind,
    FactSource,
    Presence,
    Question,
    QuestionState,
)
from coordinator.domain.facts.old_questions import OLD_QUESTIONS
from coordinator.sayings import Saying, read_back

TOPICS_OFF = "questions_off"
"""The setting that keeps, with commas between them, the topics nobody is asked about any more."""


class FactRow(Versioned, Base):
    """Something dated about a donor, over the half-open interval [start, end)."""

    __tablename__ = "fact"
    __table_args__ = (
        sa.CheckConstraint("start_on IS NULL OR end_on IS NULL OR start_on <= end_on", name="interval"),
    )

    donor_id: Mapped[int] = mapped_column(sa.ForeignKey("donor.id", ondelete="RESTRICT"), index=True)
    kind: Mapped[FactKind] = mapped_column(words(FactKind))
    presence: Mapped[Presence] = mapped_column(words(Presence))
    subject: Mapped[str] = mapped_column(default="")
    start_on: Mapped[date | None] = mapped_column(default=None)
    end_on: Mapped[date | None] = mapped_column(default=None)
    raw: Mapped[str] = mapped_column(default="")
    source: Mapped[FactSource] = mapped_column(words(FactSource), default=FactSource.FORM)
    recorded_on: Mapped[date | None] = mapped_column(default=None)
    recorded_by: Mapped[str] = mapped_column(default="")


class QuestionRow(Versioned, Base):
    """Something to ask a household; answered ones stay as history."""

    __tablename__ = "question"

    household_id: Mapped[int] = mapped_column(sa.ForeignKey("household.id", ondelete="RESTRICT"), index=True)
    topic: Mapped[str]
    text: Mapped[str]
    raw: Mapped[str] = mapped_column(default="")
    state: Mapped[QuestionState] = mapped_column(words(QuestionState), default=QuestionState.OPEN)
    answer: Mapped[str] = mapped_column(default="")
    ring_on: Mapped[date | None] = mapped_column(default=None)
    last_outcome: Mapped[CallOutcome | None] = mapped_column(words(CallOutcome), default=None)
    last_called_on: Mapped[date | None] = mapped_column(default=None)

    @property
    def said(self) -> Saying:
        """The question, whichever program stored it."""
        return question_said(self.text)


@lru_cache(maxsize=4096)
def question_said(text: str) -> Saying:
    """Return a question as it is stored; one that an older program stored as words is a code, too."""
    return read_back(text, OLD_QUESTIONS)


def asked_of(session: Session, household_id: int) -> frozenset[str]:
    """Return the keys of all questions ever put to a household."""
    texts = sa.select(QuestionRow.text).where(QuestionRow.household_id == household_id)
    return frozenset(question_said(text).key for text in session.scalars(texts))


def to_question(row: QuestionRow, messaged_on: date | None = None) -> Question:
    """Return the question as a value; *messaged_on* is when it was last asked in a message."""
    return Question(
        row.id,
        row.household_id,
        row.topic,
        row.said,
        row.raw,
        row.state,
        row.ring_on,
        row.last_outcome,
        row.last_called_on,
        messaged_on=messaged_on,
    )


def facts_by_donor(
    session: Session,
    donor_id: int | None = None,
    kind: FactKind | None = None,
    *,
    among: Collection[int] | None = None,
) -> dict[int, tuple[Fact, ...]]:
    """Return every donor's facts by donor id, in the order they were recorded.

    Only of one donor, of those *among* some ids, or of one *kind*, if given.
    """
    row = FactRow
    query = sa.select(
        row.donor_id,
        row.kind,
        row.presence,
        row.subject,
        row.start_on,
        row.end_on,
        row.raw,
        row.source,
        row.id,
        row.recorded_on,
        row.recorded_by,
    ).order_by(row.id)
    if donor_id is not None:
        query = query.where(row.donor_id == donor_id)
    if among is not None:
        query = query.where(row.donor_id.in_(among))
    if kind is not None:
        query = query.where(row.kind == kind)
    result: dict[int, list[Fact]] = {}
    for donor, *columns in session.execute(query):
        result.setdefault(donor, []).append(Fact(*columns))
    return {donor: tuple(known) for donor, known in result.items()}


_READ_WHOLE = (FactKind.DAIRY, FactKind.BLOOD_TEST)


def answers_by_donor(session: Session) -> dict[int, tuple[Fact, ...]]:
    """Return every donor's facts as far as lists and checklists go by them.

    Dairy and blood tests are whole; of the others only kind and presence are told, and alike ones are one
    object: reading all of everything takes twice as long. What free words mention is no answer.
    """
    row = FactRow
    plain = sa.select(
        row.donor_id, sa.type_coerce(row.kind, sa.String), sa.type_coerce(row.presence, sa.String)
    ).where(row.kind.not_in(_READ_WHOLE), row.source != FactSource.NOTES)
    alike: dict[tuple[str, str], Fact] = {}
    result: dict[int, list[Fact]] = {}
    for donor, kind, presence in session.execute(plain):
        fact = alike.get((kind, presence))
        if fact is None:
            fact = alike[kind, presence] = Fact(FactKind(kind), Presence(presence))
        result.setdefault(donor, []).append(fact)
    for kind in _READ_WHOLE:
        for donor, known in facts_by_donor(session, kind=kind).items():
            result.setdefault(donor, []).extend(known)
    return {donor: tuple(known) for donor, known in result.items()}


def open_questions(session: Session, household_id: int | None = None) -> dict[int, tuple[Question, ...]]:
    """Return the open questions by household id, oldest first."""
    return _open(session) if household_id is None else open_questions_of(session, {household_id})


def open_questions_of(session: Session, household_ids: set[int]) -> dict[int, tuple[Question, ...]]:
    """Return the open questions of these households by household id, oldest first."""
    return _open(session, QuestionRow.household_id.in_(household_ids))


def topics_off(session: Session) -> frozenset[str]:
    """Return the topics that the network has stopped asking about."""
    kept = session.scalar(sa.select(SettingRow.value).where(SettingRow.name == TOPICS_OFF))
    return frozenset(filter(None, (kept or "").split(",")))


def _open(session: Session, *conditions: sa.ColumnElement[bool]) -> dict[int, tuple[Question, ...]]:
    query = sa.select(QuestionRow).where(QuestionRow.state == QuestionState.OPEN, *conditions)
    query = query.where(QuestionRow.topic.not_in(topics_off(session)))
    messaged = messaged_on(session)
    result: dict[int, list[Question]] = {}
    for row in session.scalars(query.order_by(QuestionRow.id)):
        result.setdefault(row.household_id, []).append(to_question(row, messaged.get(row.id)))
    return {household: tuple(questions) for household, questions in result.items()}


def unread_topics(session: Session, household_id: int | None = None) -> dict[int, frozenset[str]]:
    """Return the topics of open questions about words that could not be read, by household id."""
    query = sa.select(QuestionRow.household_id, QuestionRow.topic).distinct()
    query = query.where(QuestionRow.state == QuestionState.OPEN, QuestionRow.raw != "")
    if household_id is not None:
        query = query.where(QuestionRow.household_id == household_id)
    result: dict[int, set[str]] = {}
    for household, topic in session.execute(query):
        result.setdefault(household, set()).add(topic)
    return {household: frozenset(topics) for household, topics in result.items()}


def topics_set_aside(session: Session, household_id: int | None = None) -> dict[int, frozenset[str]]:
    """Return what is not to be asked again of single households, by household id."""
    query = sa.select(QuestionRow.household_id, QuestionRow.topic)
    query = query.where(QuestionRow.state == QuestionState.SET_ASIDE).distinct()
    if household_id is not None:
        query = query.where(QuestionRow.household_id == household_id)
    result: dict[int, set[str]] = {}
    for household, topic in session.execute(query):
        result.setdefault(household, set()).add(topic)
    return {household: frozenset(topics) for household, topics in result.items()}


def open_topics(session: Session) -> dict[int, list[str]]:
    """Return the topic of each open question by household id, oldest first; those with none are left out."""
    query = sa.select(QuestionRow.household_id, QuestionRow.topic)
    query = query.where(
        QuestionRow.state == QuestionState.OPEN, QuestionRow.topic.not_in(topics_off(session))
    )
    result: dict[int, list[str]] = {}
    for household, topic in session.execute(query.order_by(QuestionRow.id)):
        result.setdefault(household, []).append(topic)
    return result
