"""Questions that the network has stopped asking: they leave every list, and can be asked again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db import facts
from coordinator.db.database import Database
from coordinator.db.facts import TOPICS_OFF, QuestionRow
from coordinator.db.settings import SettingRow
from coordinator.domain.facts.dated_facts import FactKind, QuestionState
from coordinator.domain.families.fields import FIELDS
from coordinator.domain.families.households import Role
from coordinator.domain.records.history import Action
from coordinator.domain.screening.families import HEALTH
from coordinator.domain.screening.never_asked import stays_unknown, why_always_asked
from coordinator.errors import UserError
from coordinator.sayings import NOTHING, Saying, joined, plural, saying
from coordinator.services.policies.profiles import policy_in_use


@dataclass(frozen=True, slots=True)
class AskedTopic:
    """One thing families are asked about, how many questions about it are open, and whether it is asked."""

    topic: str
    title: Saying
    open: int
    is_asked: bool


def asked_topics(database: Database) -> tuple[AskedTopic, ...]:
    """Return the topics of all open questions and those switched off, the most questions first."""
    with database.reading() as session:
        off = facts.topics_off(session)
        query = sa.select(QuestionRow.topic).where(QuestionRow.state == QuestionState.OPEN)
        counted = Counter(session.scalars(query))
    topics = {topic for topic in counted if _title(topic)} | off
    found = [AskedTopic(topic, _title(topic), counted[topic], topic not in off) for topic in topics]
    return tuple(sorted(found, key=lambda one: (-one.open, one.topic)))


@dataclass(frozen=True, slots=True)
class Stopping:
    """What it means to stop asking about a topic; ``why_not`` says why that cannot be, if it cannot."""

    topic: str
    title: Saying
    unknown: Saying
    why_not: Saying = NOTHING


def about_stopping(database: Database, topic: str) -> Stopping:
    """Return what nobody will know once *topic* is asked about no more, and whether that may be."""
    with database.reading() as session:
        besides = policy_in_use(session).asked_besides
        query = sa.select(QuestionRow.household_id).distinct()
        query = query.where(QuestionRow.state == QuestionState.OPEN, QuestionRow.topic == topic)
        open_now = len(list(session.scalars(query)))
    title, why_not = _title(topic), why_always_asked(topic, besides)
    if not title and not why_not:
        why_not = saying("This is about one family alone; set it aside there.")
    families = plural("{n} family was not asked yet.", "{n} families were not asked yet.", open_now)
    unknown = joined(" ", (stays_unknown(topic), families)) if open_now else stays_unknown(topic)
    return Stopping(topic, title, unknown, why_not)


def stop_asking(database: Database, topic: str) -> None:
    """Take all questions about *topic* off every list; they stay open behind it. Verdicts stay as they are.

    Raises:
        UserError: If there is no such topic, it is off already, or milk waits for its answers.
    """
    about = about_stopping(database, topic)
    title = _known(topic) if topic != HEALTH else about.title
    if about.why_not:
        raise UserError(about.why_not)
    action = Action("questions.off", saying("Stopped asking: {topic}", topic=title))
    with database.writing(action) as session:
        off = facts.topics_off(session)
        if topic in off:
            raise UserError(saying("This is not asked already: {topic}.", topic=title))
        _keep(session, off | {topic})


def ask_again(database: Database, topic: str) -> None:
    """Ask about *topic* again.

    Raises:
        UserError: If it is asked already.
    """
    title = _title(topic)
    action = Action("questions.on", saying("Asking again: {topic}", topic=title))
    with database.writing(action) as session:
        off = facts.topics_off(session)
        if topic not in off:
            raise UserError(saying("This is asked already: {topic}.", topic=title))
        _keep(session, off - {topic})


def _known(topic: str) -> Saying:
    title = _title(topic)
    if not title:
        raise UserError(saying("Nobody is asked about “{topic}”.", topic=topic))
    return title


def _title(topic: str) -> Saying:
    """Return what a topic is called; nothing for questions that are about one household alone."""
    return _titles().get(topic, NOTHING)


@cache
def _titles() -> dict[str, Saying]:
    fields = {field.key: field.label for role in Role for field in FIELDS[role]}
    return fields | {kind.value: kind.words for kind in FactKind} | _OTHERS


_OTHERS = {
    "has_car": saying("Who fetches the milk, without a car"),
    "sterile": saying("Ear piercing: sterile"),
}


def _keep(session: Session, off: frozenset[str]) -> None:
    row = session.scalar(sa.select(SettingRow).where(SettingRow.name == TOPICS_OFF))
    value = ",".join(sorted(off))
    if row is None:
        session.add(SettingRow(name=TOPICS_OFF, value=value))
    else:
        row.value = value
