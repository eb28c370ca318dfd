"""How long milk lasts and how old a baby is, in the words of a coordinator."""

from __future__ import annotations

from datetime import date

from coordinator.domain.milk.needs import Runway
from coordinator.domain.volume import Volume
from ui.translation import translate
from ui.widgets.fields.typed_dates import show_date, show_near_date

PRESSING_DAYS = 7
"""So soon a date is followed by "in 3 days"."""
_WEEKS_TOLD = 16
"""Up to so many weeks parents tell a baby's age in weeks."""
_DAYS_A_MONTH = 30.4375


def age_words(born: date | None, today: date) -> str:
    """Return a baby's age in weeks, later in months; "ask" when nobody was asked."""
    if born is None:
        return translate("families", "ask")
    days = (today - born).days
    if days < 0:
        return translate("families", "due {day}").format(day=show_date(born))
    weeks = days // 7
    if weeks < _WEEKS_TOLD:
        return (
            translate("families", "{count} weeks").format(count=weeks)
            if weeks != 1
            else translate("families", "1 week")
        )
    return translate("families", "{count} months").format(count=int(days / _DAYS_A_MONTH))


def lasts_words(runway: Runway, today: date) -> str:
    """Return until when a family's own milk lasts.

    A stale figure says of which day it is; where it no longer reaches far, it is to be asked again.
    """
    last = runway.lasts_until
    if last is None:
        return _unending(runway)
    if runway.is_stale and runway.stock_on:
        day = translate("families", "ask") if presses(runway, today) else show_date(last)
        return translate("families", "{day} (figure of {since})").format(
            day=day, since=show_near_date(runway.stock_on, today)
        )
    return last_day_words(last, runway.stock_on or today, today)


def last_day_words(last: date, counted: date, today: date) -> str:
    """Return the *last* day milk *counted* on a day covers, with how soon where time presses."""
    days = (last - today).days
    if days < 0:
        return _ran_out(last, counted, today)
    if days > PRESSING_DAYS:
        return show_date(last)
    soon = {0: translate("families", "today"), 1: translate("families", "tomorrow")}.get(
        days, translate("families", "in {count} days").format(count=days)
    )
    return f"{show_date(last)} ({soon})"


def days_ago_words(on: date, today: date) -> str:
    """Return how long a day that is over is past: ``yesterday``, ``70 days ago``."""
    days = (today - on).days
    return (
        translate("families", "yesterday")
        if days == 1
        else translate("families", "{count} days ago").format(count=days)
    )


def _unending(runway: Runway) -> str:
    if runway.need is None or runway.stock is None:
        return translate("families", "ask")
    return (
        translate("families", "no need now")
        if runway.need.expected == Volume()
        else translate("families", "more than three years")
    )


def _ran_out(last: date, counted: date, today: date) -> str:
    if counted == today:
        return translate("families", "less than a day")
    if last < counted:
        return translate("families", "less than a day on {since}").format(
            since=show_near_date(counted, today)
        )
    return translate("families", "ran out {day} (figure of {since})").format(
        day=show_near_date(last, today), since=show_near_date(counted, today)
    )


def presses(runway: Runway, today: date) -> bool:
    """Whether the milk at home ends within a week, or has."""
    return runway.lasts_until is not None and (runway.lasts_until - today).days < PRESSING_DAYS
