"""The answer to what a donor's free words mention: facts of its kind, and the mention is settled."""

from __future__ import annotations

import re
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.donors import DonorRow
from coordinator.db.facts import FactRow
from coordinator.domain.facts.dated_facts import Fact, FactKind, FactSource, Presence
from coordinator.domain.imports.typed import NotClearError, read_facts
from coordinator.sayings import NOTHING, saying
from coordinator.services.screening.facts import store_fact

_STAYED_FROZEN = re.compile(
    r"(?:no|yes|all|they|it|everything|the bags)?[\s,]*(?:still|stayed|remained)?[\s,]*"
    r"(?:all )?(?:frozen(?: solid| hard)?|in the freezer)[\s.!]*",
    re.IGNORECASE,
)

_STILL_PUMPING = re.compile(r"(?:yes|(?:yes,? )?still pumping|nothing changed)[\s.!]*", re.IGNORECASE)
_PLAIN = {
    FactKind.FREEZER: (
        _STAYED_FROZEN,
        saying("Type “still frozen” if all of it stayed so; else change or remove the bags."),
    ),
    FactKind.BIRTH: (
        _STILL_PUMPING,
        saying(
            "Type “still pumping” if nothing has changed; else change her answers or the days of the bags."
        ),
    ),
}
"""Kinds whose mentions are about bags, not about an answer: what settles them, and what is typed else."""


_STILL_SO = {
    FactKind.FREEZER: (re.compile(r"(?:yes|yep|yeah|all|always)[\s.!,]*", re.IGNORECASE), "frozen"),
}
"""Of a kind asked as "has all of it stayed frozen?": what says so, and how it is typed."""


def plain_mention(kind: FactKind, words: str) -> str:
    """Return *words* as what settles a mention about bags; "" for a kind that is about an answer.

    Raises:
        NotClearError: If they settle nothing.
    """
    plain, hint = _PLAIN.get(kind, (None, NOTHING))
    if plain is None:
        return ""
    still, typed = _STILL_SO.get(kind, (plain, words))
    if still.fullmatch(words):
        return typed
    if not plain.fullmatch(words):
        raise NotClearError(hint)
    return words


def settle_mention(
    session: Session, donor: DonorRow, kind: FactKind, raw: str, words: str, today: date
) -> None:
    """Keep what she says about a mention, in the caller's transaction.

    What she told before stays: a plain "no" says only that the mention means nothing.

    Raises:
        NotClearError: If the words leave open what was so, or when.
    """
    plain, hint = _PLAIN.get(kind, (None, NOTHING))
    if plain is None:
        _keep(session, donor, kind, words, today)
    elif not plain.fullmatch(words):
        raise NotClearError(hint)
    for old in _told(session, donor, kind):
        if old.source is FactSource.NOTES and old.raw == raw:
            session.delete(old)


def _keep(session: Session, donor: DonorRow, kind: FactKind, words: str, today: date) -> None:
    told = read_facts(kind, words, today)
    known = [old for old in _told(session, donor, kind) if old.source is not FactSource.NOTES]
    for fact in told:
        if fact.presence is not Presence.NO or not known:
            store_fact(session, donor.id, fact, today)
    if any(_is_something(fact) for fact in told):
        for old in known:
            if old.presence is Presence.NO:
                session.delete(old)


def _is_something(fact: Fact) -> bool:
    return fact.presence is Presence.YES


def _told(session: Session, donor: DonorRow, kind: FactKind) -> list[FactRow]:
    query = sa.select(FactRow).where(FactRow.donor_id == donor.id, FactRow.kind == kind)
    return list(session.scalars(query))
