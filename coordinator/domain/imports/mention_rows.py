"""What a row's free words mention, put on the call list; a donor's milk waits for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from coordinator.domain.facts.dated_facts import Fact, FactKind, FactSource, Presence
from coordinator.domain.facts.wording import day, quoted, title
from coordinator.domain.imports.elsewhere import (
    FreeWords,
    donor_mentions,
    health_words,
    mentions,
    tells_licence,
)
from coordinator.domain.imports.health import ASKED, HEALTH
from coordinator.domain.imports.row import RowReader
from coordinator.domain.imports.row_answers import DonorAnswers, RecipientAnswers, RoleAnswers
from coordinator.domain.intervals import shifted
from coordinator.domain.suitability.contradictions import dairy_contradiction
from coordinator.domain.suitability.mentions import mention_topic


def ask_about_mentions(row: RowReader, detail: RoleAnswers, free: Sequence[FreeWords]) -> RoleAnswers:
    """Ask about what the free words of a row mention, and return its answers with it."""
    match detail:
        case DonorAnswers():
            _ask_about_contradictions(row, detail)
            _ask_about_needles(row, detail)
            mentioned, questions = donor_mentions(free, detail.facts)
            for question in questions:
                row.ask(question.topic, question.text, question.raw)
            return replace(detail, mentioned=(*mentioned, *_newer_than_the_form(row, detail)))
        case RecipientAnswers():
            _ask_about_health(row, detail)
    return detail


def _ask_about_contradictions(row: RowReader, detail: DonorAnswers) -> None:
    born, first, last = detail.baby_born, detail.lot.expressed_from, detail.lot.expressed_to
    if born and first and last and first < shifted(born, -1) and last >= born:
        row.ask(
            "expressed_from", f"Some milk is older than her baby ({day(born)}): colostrum, or which date?"
        )
    if words := dairy_contradiction(detail.facts):
        row.ask(FactKind.DAIRY.value, f"Dairy: {words}. Which is it, since when?")


_NEEDLES = frozenset({"tattoo", "piercing", "permanent_makeup", "body_modification"})
STERILE = "sterile"
"""The topic of the question how a tattoo or piercing was done."""


def _ask_about_needles(row: RowReader, detail: DonorAnswers) -> None:
    """Ask how a tattoo or piercing was done, unless her words tell it."""
    for fact in detail.facts:
        if fact.kind is not FactKind.TATTOO_OR_TRANSFUSION or fact.presence is Presence.NO:
            continue
        told = {one.concept.key for one in mentions(fact.raw, in_notes=False)}
        if told & _NEEDLES and not tells_licence(fact.raw):
            row.ask(STERILE, f"{title(fact.subject or fact.raw)}: sterile, by somebody licensed?", fact.raw)


def _newer_than_the_form(row: RowReader, detail: DonorAnswers) -> Iterator[Fact]:
    """Ask about milk of days after the form was sent, on which its answers say nothing."""
    sent = date.fromisoformat(row.values["timestamp"][:10]) if "timestamp" in row.values else None
    newest = detail.lot.expressed_to
    if sent is None or newest is None or newest <= shifted(sent, 1):
        return
    raw = f"Newest milk ({day(newest)}) is newer than the form ({day(sent)})"
    row.ask(mention_topic(FactKind.BIRTH), f"{raw}: is she still pumping, and has anything changed?", raw)
    first = shifted(sent, 1)
    yield Fact(FactKind.BIRTH, Presence.UNCLEAR, start=first, raw=raw, source=FactSource.NOTES)


def _ask_about_health(row: RowReader, detail: RecipientAnswers) -> None:
    refer, ask = health_words(detail.reason, row.text("notes"))
    words = str(quoted((*refer, *ask)))
    row.ask(HEALTH, f"The request mentions {words}. {ASKED}" if words else ASKED, words)
