"""What a row's free words mention, put on the call list; a donor's milk waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coordinator.domain.imports.answers import DonorAnswers, RecipientAnswers, RoleAnswers
from coordinator.domain.imports.health import ASKED, HEALTH
from coordinator.domain.imports.reading.elsewhere import FreeWords, donor_mentions, health_words
from coordinator.domain.imports.row import RowReader
from coordinator.domain.wording import quoted


def ask_about_mentions(row: RowReader, detail: RoleAnswers, free: Sequence[FreeWords]) -> RoleAnswers:
    """Ask about what the free words of a row mention, and return its answers with it."""
    match detail:
        case DonorAnswers():
            mentioned, questions = donor_mentions(free, detail.facts)
            for question in questions:
                row.ask(question.topic, question.text, question.raw)
            return replace(detail, mentioned=mentioned)
        case RecipientAnswers():
            _ask_about_health(row, detail)
    return detail


def _ask_about_health(row: RowReader, detail: RecipientAnswers) -> None:
    refer, ask = health_words(detail.reason, row.text("notes"))
    words = quoted((*refer, *ask))
    row.ask(HEALTH, f"The request mentions {words}. {ASKED}" if words else ASKED, words)
