"""What the page of two says of a thing that happened, and of what came."""

from __future__ import annotations

from coordinator.domain.agreements.pair import EventKind, Pair, PairEvent
from ui.translation import translate
from ui.units import Display
from ui.widgets.fields.typed_dates import show_date


def came_words(pair: Pair, display: Display) -> str:
    """Return how much came in all, and in how many deliveries."""
    if not pair.deliveries:
        return translate("Pair", "No milk has come yet.")
    much = display.volume(pair.delivered)
    if pair.deliveries == 1:
        return translate("Pair", "{much} in one delivery").format(much=much)
    return translate("Pair", "{much} in {count} deliveries").format(much=much, count=pair.deliveries)


def month_words(pair: Pair, display: Display) -> str:
    """Return what came in each month, the latest first."""
    words = translate("Pair", "{month}: {much}")
    return " · ".join(
        words.format(month=f"{month:%b %Y}", much=display.volume(much)) for month, much in pair.by_month
    )


def event_words(event: PairEvent) -> str:
    """Return a thing that happened in one line: its day, what, and its code."""
    words = str(event.words)
    parts = [show_date(event.on), words[:1].upper() + words[1:], event.code]
    return " · ".join(filter(None, parts))


IS_MILK = frozenset({EventKind.DELIVERED})
"""What is shown strong in the history."""
