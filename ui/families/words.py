"""How long milk lasts and how old a baby is, in the words of a coordinator."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from coordinator.domain.milk.needs import Runway
from coordinator.domain.volume import Volume
from ui.widgets.fields.typed_dates import show_date, show_near_date

PRESSING_DAYS = 7
"""So soon a date is followed by "in 3 days"."""
_WEEKS_TOLD = 16
"""Up to so many weeks parents tell a baby's age in weeks."""
_DAYS_A_MONTH = 30.4375


def _tr(text: str) -> str:
    return QCoreApplication.translate("families", text)


def age_words(born: date | None, today: date) -> str:
    """Return a baby's age in weeks, later in months; "ask" when nobody was asked."""
    if born is None:
        return _tr("ask")
    days = (today - born).days
    if days < 0:
        return _tr("due {day}").format(day=show_date(born))
    weeks = days // 7
    if weeks < _WEEKS_TOLD:
        return _tr("{count} weeks").format(count=weeks) if weeks != 1 else _tr("1 week")
    return _tr("{count} months").format(count=int(days / _DAYS_A_MONTH))


def lasts_words(runway: Runway, today: date) -> str:
    """Return until when a family's own milk lasts.

    A stale figure says of which day it is; where it no longer reaches far, it is to be asked again.
    """
    last = runway.lasts_until
    if last is None:
        return _unending(runway)
    if runway.is_stale and runway.stock_on:
        day = _tr("ask") if presses(runway, today) else show_date(last)
        return _tr("{day} (figure of {since})").format(day=day, since=show_near_date(runway.stock_on, today))
    return last_day_words(last, runway.stock_on or today, today)


def last_day_words(last: date, counted: date, today: date) -> str:
    """Return the *last* day milk *counted* on a day covers, with how soon where time presses."""
    days = (last - today).days
    if days < 0:
        return _ran_out(last, counted, today)
    if days > PRESSING_DAYS:
        return show_date(last)
    soon = {0: _tr("today"), 1: _tr("tomorrow")}.get(days, _tr("in {count} days").format(count=days))
    return f"{show_date(last)} ({soon})"


def days_ago_words(on: date, today: date) -> str:
    """Return how long a day that is over is past: ``yesterday``, ``70 days ago``."""
    days = (today - on).days
    return _tr("yesterday") if days == 1 else _tr("{count} days ago").format(count=days)


def _unending(runway: Runway) -> str:
    if runway.need is None or runway.stock is None:
        return _tr("ask")
    return _tr("no need now") if runway.need.expected == Volume() else _tr("more than three years")


def _ran_out(last: date, counted: date, today: date) -> str:
    if counted == today:
        return _tr("less than a day")
    if last < counted:
        return _tr("less than a day on {since}").format(since=show_near_date(counted, today))
    return _tr("ran out {day} (figure of {since})").format(
        day=show_near_date(last, today), since=show_near_date(counted, today)
    )


def presses(runway: Runway, today: date) -> bool:
    """Whether the milk at home ends within a week, or has."""
    return runway.lasts_until is not None and (runway.lasts_until - today).days < PRESSING_DAYS
