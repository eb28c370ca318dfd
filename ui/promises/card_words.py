"""What a promise is told in, on its card and in its row."""

from __future__ import annotations

from coordinator.domain.agreements.board import Card
from coordinator.domain.agreements.case_steps import Turn
from ui.translation import translate


def waits_words(card: Card) -> str:
    """Return whose turn it is and for how long: ``your turn, 4 days: late``."""
    turn = turn_words(card.turn)
    if card.days == 0:
        return translate("Promises", "{turn}: late").format(turn=turn) if card.is_late else turn
    days = (
        translate("Promises", "1 day")
        if card.days == 1
        else translate("Promises", "{count} days").format(count=card.days)
    )
    words = translate("Promises", "{turn}, {days}")
    if card.is_late:
        words = translate("Promises", "{turn}, {days}: late")
    return words.format(turn=turn, days=days)


def notes_of(card: Card) -> tuple[str, ...]:
    """Return whose yes stands without a recorded choice."""
    return tuple(map(str, card.strand.notes)) if card.strand is not None else ()


def pair_button_words() -> str:
    """Return what leads to the page of two who are paused."""
    return translate("Promises", "The pair…")


def turn_words(turn: Turn) -> str:
    """Return whose turn it is, said to the coordinator."""
    if turn is Turn.YOU:
        return translate("Promises", "your turn")
    if turn is Turn.NOBODY:
        return translate("Promises", "waits for its day")
    return translate("Promises", "{whom} is to answer").format(whom=turn.words)
