"""What the page of two says of a thing that happened, and of what came."""

from __future__ import annotations

from coordinator.domain.agreements.pair import EventKind, Pair, PairEvent
from coordinator.domain.driving.minutes import format_minutes
from coordinator.domain.volume import Volume, is_shown_alike
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


def drive_words(pair: Pair, display: Display) -> tuple[str, str]:
    """Return how long the drive between the two is, and how it is known."""
    if pair.minutes is None or pair.miles is None:
        words = translate("Pair", "The drive is not known")
        return words, translate(
            "Pair", "The place of one of the two homes is not known: ask for the address."
        )
    words = translate("Pair", "The drive: {minutes} one way")
    how = translate("Pair", "{distance} in a straight line")
    return (
        words.format(minutes=format_minutes(pair.minutes, exact=False)),
        how.format(distance=display.distance(pair.miles, exact=False)),
    )


def room_words(pair: Pair, display: Display) -> tuple[str, str]:
    """Return what the family's freezer still takes, and how that is known, or what to ask."""
    if pair.room is None:
        words = translate("Pair", "The room in the family’s freezer is not known")
        return words, translate("Pair", "Ask how large it is and what milk is at home.")
    how = translate("Pair", "By the size they told, beside what is at home and promised.")
    if is_shown_alike(pair.room, Volume(), display.volume_unit):
        return translate("Pair", "The family’s freezer is full"), how
    words = translate("Pair", "The family’s freezer takes about {much} more")
    return words.format(much=display.volume(pair.room)), how


def event_words(event: PairEvent) -> str:
    """Return a thing that happened in one line: its day, what, and its code."""
    words = str(event.words)
    parts = [show_date(event.on), words[:1].upper() + words[1:], event.code]
    return " · ".join(filter(None, parts))


IS_MILK = frozenset({EventKind.DELIVERED})
"""What is shown strong in the history."""
