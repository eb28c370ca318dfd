"""Who did something when, and what became of it, as both histories show it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from coordinator.domain.records.told_history import who
from ui.translation import translate
from ui.widgets.fields.typed_dates import show_date, show_time

if TYPE_CHECKING:
    from coordinator.domain.records.told_history import ToldAction, Undoable


def show_moment(moment: datetime) -> str:
    """Return *moment* by this computer's clock, in the locale's short form."""
    here = moment.astimezone()
    return f"{show_date(here.date())} {show_time(here.time())}"


def moment_words(one: ToldAction, here: str) -> str:
    """Return the time of day and who it was; *here* is this window's own origin."""
    at = show_time(one.entry.at.astimezone().time())
    return translate("WhoDid", "{time}, {who}").format(time=at, who=who(one.entry.origin, here))


def note_words(one: ToldAction, can: Undoable) -> str:
    """Return what became of an action, or why it cannot be undone; nothing where it can."""
    if one.is_erased:
        return translate("WhoDid", "Values of this were erased.")
    return str(can.why_not)
