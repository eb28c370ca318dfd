"""A printed sheet that comes back: its order of stops, and what changed since it was printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from coordinator.domain.agreements.holds import Hold
from coordinator.domain.paper.sheet_numbers import FoundSheet
from coordinator.domain.pickups.plans import Pickup, Stop
from ui.translation import translate

_MOST_TOLD = 4


class _OfHold(Protocol):
    hold: Hold


class _OfStop(Protocol):
    stop: Stop


HoldForm = TypeVar("HoldForm", bound=_OfHold)
TimesLine = TypeVar("TimesLine", bound=_OfStop)


def on_the_sheet(pickup: Pickup) -> list[tuple[Hold, tuple[int, ...]]]:
    """Return each hold with the numbers of its stops, in the order in which the sheet hands them over."""
    at = {
        hold.code: tuple(
            stop.number for stop in pickup.stops if hold.code in [one.code for one in stop.holds]
        )
        for hold in pickup.holds
    }
    found = [(hold, at[hold.code]) for hold in pickup.holds]
    return sorted(found, key=lambda one: tuple(reversed(one[1])))


def in_sheet_order(
    pickup: Pickup, forms: Sequence[HoldForm], times: Sequence[TimesLine]
) -> list[HoldForm | TimesLine]:
    """Return the forms of the holds and the lines of the stops as they follow each other on the sheet.

    A stop stands before the holds that are handed over there; one at which nothing is, where it is driven to.
    """
    found: list[HoldForm | TimesLine] = []
    lines = list(times)
    last_stops = {hold.code: at[-1] if at else 0 for hold, at in on_the_sheet(pickup)}
    for form in forms:
        while lines and lines[0].stop.number <= last_stops[form.hold.code]:
            found.append(lines.pop(0))
        found.append(form)
    return [*found, *lines]


def old_sheet_words(sheet: FoundSheet) -> str:
    """Return what to know before an old sheet is written up; nothing for one that still holds."""
    if not sheet.was_printed:
        words = translate(
            "Pickups",
            "{sheet} was never printed here; this is {code} as it is planned. Look at the number again.",
        )
    elif not sheet.is_old:
        return ""
    elif sheet.since:
        words = translate(
            "Pickups", "{sheet} was printed before this changed: {since}. The stops are as planned now."
        )
    elif sheet.number.printing != sheet.pickup.prints:
        words = translate(
            "Pickups", "{sheet} was printed again since as {code}-{count}; nothing on it changed."
        )
    else:
        words = translate(
            "Pickups", "{sheet} was printed before the plan changed. The stops are as planned now."
        )
    return words.format(
        sheet=sheet.number, code=sheet.pickup.code, count=sheet.pickup.prints, since=_told(sheet)
    )


def print_again_words(sheet: FoundSheet) -> str:
    """Return that the last printing no longer holds, and what was changed since."""
    words = translate("Pickups", "Changed since printed: {sheet} is out of date; print it again.")
    if sheet.since:
        words = translate(
            "Pickups", "Changed since printed: {since}. {sheet} is out of date; print it again."
        )
    return words.format(sheet=sheet.number, since=_told(sheet))


def _told(sheet: FoundSheet) -> str:
    """Return what changed last, "…" before it where that is not all."""
    told = [str(one) for one in sheet.since[-_MOST_TOLD:]]
    if len(sheet.since) > _MOST_TOLD:
        told.insert(0, "…")
    return "; ".join(told)
