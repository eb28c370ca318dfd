"""How the week of volunteers says things: a day of one of them, and what a day has."""

from __future__ import annotations

from collections.abc import Sequence

from coordinator.domain.driving.minutes import format_minutes
from coordinator.domain.pickups.crew_week import Cover, Doors, Stands, VolunteerDay
from coordinator.domain.pickups.day.routing import Hours
from coordinator.domain.pickups.ordering import clock_time
from ui.pickups.pickup_words import day_words
from ui.translation import translate
from ui.units import Display
from ui.widgets.fields.typed_dates import show_time


def day_cell(one: VolunteerDay) -> str:
    """Return how a volunteer stands on a day: the run, the hours, or why there are none."""
    match one.stands:
        case Stands.DRIVES:
            return ", ".join(one.runs)
        case Stands.FREE:
            return ", ".join(hours_words(hours) for hours in one.hours)
        case Stands.ASK:
            return translate("Pickups", "ask")
        case Stands.AWAY:
            return translate("Pickups", "away")
        case Stands.NOT_FREE:
            return "–"


def hours_words(hours: Hours) -> str:
    """Return hours from and to, as times are written here, whole hours without their minutes."""
    opens, closes = (show_time(clock_time(at)).replace(":00", "") for at in hours)
    return f"{opens}–{closes}"


def length_words(minutes: int | None) -> str:
    """Return how long somebody drives at most; nothing where nobody told."""
    return "" if minutes is None else format_minutes(minutes, exact=True)


def cover_words(cover: Cover, display: Display) -> tuple[str, str]:
    """Return who covers a day, and the milk that waits, in two short lines."""
    if cover.free:
        words = translate("Pickups", "{count} free, {time}")
        who = words.format(count=cover.free, time=format_minutes(cover.minutes, exact=True))
    elif cover.driving:
        who = translate("Pickups", "{count} drive").format(count=cover.driving)
    elif cover.asked:
        who = translate("Pickups", "{count} to ask").format(count=cover.asked)
    else:
        who = translate("Pickups", "nobody free")
    waits = translate("Pickups", "{amount} wait").format(amount=display.volume(cover.waits))
    return who, waits if cover.holds else translate("Pickups", "nothing waits")


def uncovered_words(covers: Sequence[Cover], display: Display) -> str:
    """Return the days for which milk waits and nobody is known to be free."""
    days = ", ".join(day_words(one.on, "ddd d") for one in covers)
    most = max((one.waits for one in covers), key=lambda volume: volume.microlitres)
    words = translate("Pickups", "Nobody is known to be free on {days}, and up to {amount} could travel.")
    return words.format(days=days, amount=display.volume(most))


def asked_words(_: Doors) -> str:
    """Return that one of the two has to be asked whether the day suits."""
    return translate("Pickups", "Ask when they are free.")
