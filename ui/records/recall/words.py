"""How a recall is told in words: its days, its homes, how long it took."""

from __future__ import annotations

from datetime import timedelta

from coordinator.domain.records.recall import PumpedDays, Recall
from coordinator.domain.records.recall_work import Party, ToldBack
from coordinator.domain.volume import Volume, total
from ui.counted import babies_words, homes_words
from ui.translation import translate
from ui.units import Display
from ui.widgets.fields.typed_dates import show_date


def days_words(days: PumpedDays) -> str:
    """Return which days of pumping a recall is about."""
    first = show_date(days.first) if days.first else ""
    last = show_date(days.last) if days.last else ""
    if first and last:
        return translate("Recall", "pumped {first} to {last}").format(first=first, last=last)
    if first:
        return translate("Recall", "pumped {first} or later").format(first=first)
    if last:
        return translate("Recall", "pumped {last} or before").format(last=last)
    return translate("Recall", "pumped on any day")


def found_words(recall: Recall, display: Display) -> str:
    """Return where the milk is in one line: ``6 homes, 8 babies, 212 oz, of it at most 84 oz left``."""
    amount, homes = display.volume, recall.homes
    waiting = total([one.volume for one in recall.not_given])
    if not homes:
        came = translate("Recall", "None of this milk came to a family.")
    else:
        came = translate("Recall", "{homes}, {babies}, {amount}, {left}").format(
            homes=homes_words(len(homes)),
            babies=babies_words(recall.babies),
            amount=amount(recall.volume),
            left=left_words(recall, display),
        )
    if not waiting:
        return came
    not_yet = translate("Recall", "{amount} have gone to nobody yet").format(amount=amount(waiting))
    return f"{came} · {not_yet}"


def left_words(recall: Recall, display: Display) -> str:
    """Return what of the milk may still be in homes; where nobody knows, that is said."""
    left = total([home.left for home in recall.homes if home.left is not None])
    unknown = sum(home.left is None for home in recall.homes)
    if not unknown:
        return translate("Recall", "of it at most {amount} left").format(amount=display.volume(left))
    if unknown == len(recall.homes):
        return translate("Recall", "nobody knows what is left of it")
    words = translate("Recall", "of it at most {amount} left, and {homes} where nobody knows")
    return words.format(amount=display.volume(left), homes=homes_words(unknown))


def most_left(party: Party) -> Volume | None:
    """Return the most that may still be in a home, by its stock and by what it told; ``None``: nobody knows.

    What a family does not know may be there still.
    """
    gone = total([one.volume for one in party.told if one.became in _GONE])
    rest = max(party.due - gone, Volume())
    if not rest:
        return rest
    left = None if party.home is None else party.home.left
    return None if left is None else min(left, rest)


_GONE = frozenset({ToldBack.FED, ToldBack.DISCARDED, ToldBack.NEVER_HAD})


def took_words(took: timedelta, *, with_seconds: bool = False) -> str:
    """Return a stretch of time: ``3 h 10 min``, ``25 min``; *with_seconds* while a clock is seen running."""
    seconds = max(int(took.total_seconds()), 0)
    days, hours, minutes = seconds // 86_400, seconds // 3600 % 24, seconds // 60 % 60
    if days:
        return translate("Recall", "{days} d {hours} h").format(days=days, hours=hours)
    if hours:
        return translate("Recall", "{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    if with_seconds:
        words = translate("Recall", "{minutes} min {seconds} s")
        return words.format(minutes=minutes, seconds=seconds % 60)
    return translate("Recall", "{minutes} min").format(minutes=minutes)


def left_or_ask(left: Volume | None, display: Display) -> str:
    """Return what at most is left of milk in a home, ``ask`` where nobody knows; for a column."""
    return translate("Recall", "ask") if left is None else display.volume_number(left)
