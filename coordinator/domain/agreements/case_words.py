"""The sentences of a case: where a hold stands, in words a coordinator would use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import Enum, auto

from coordinator.domain.agreements.contacts import Asked
from coordinator.domain.agreements.holds import Hold, Side
from coordinator.domain.agreements.messages import clock_words
from coordinator.domain.agreements.promises import OnPickup, Terms
from coordinator.domain.agreements.rhythms import day_words
from coordinator.domain.milk.left_behind import LeftBehind
from coordinator.domain.volume import Volume, VolumeUnit, format_volume
from coordinator.sayings import Saying, as_written, joined, plural, saying


class Missing(Enum):
    """What a planned pickup still lacks."""

    NOTHING = auto()
    DRIVER = auto()
    DRIVERS_YES = auto()
    SHEET = auto()
    NEW_SHEET = auto()


@dataclass(frozen=True, slots=True)
class When:
    """A day and time, said as seen from *today*."""

    on: date
    at: time | None
    today: date


def amount(volume: Volume, unit: VolumeUnit) -> Saying:
    """Return an amount with its unit."""
    return as_written(format_volume(volume, unit).replace("\u00a0", " "))


def milk(hold: Hold, unit: VolumeUnit) -> Saying:
    """Return how much a hold is: ``120 oz``, or ``about 120 oz`` where nobody counted."""
    much = amount(hold.volume, unit)
    return saying("about {much}", much=much) if hold.is_about else much


def days_ago(on: date, today: date) -> Saying:
    """Return how long ago a day is: ``today``, ``yesterday``, ``3 days ago``."""
    days = (today - on).days
    if days <= 0:
        return saying("today")
    return saying("yesterday") if days == 1 else plural("{n} day ago", "{n} days ago", days)


def own_milk(hold: Hold, unit: VolumeUnit) -> Saying:
    """Return that donor and family are one household."""
    return saying("{milk} held, yet donor and family are one household by now", milk=milk(hold, unit))


def expired(hold: Hold, unit: VolumeUnit, *, is_planned: bool) -> Saying:
    """Return that a hold has ended without both yeses."""
    much, on = milk(hold, unit), hold.expires_on
    if is_planned:
        return saying("{milk} planned, yet the hold ended {on:short} without both yeses", milk=much, on=on)
    return saying("the hold of {milk} ended {on:short} without both yeses", milk=much, on=on)


def agreed(hold: Hold, unit: VolumeUnit) -> Saying:
    """Return that both have said yes and nobody carries it yet."""
    return saying("{milk} agreed by both, to be carried", milk=milk(hold, unit))


def to_settle(hold: Hold, on: date, unit: VolumeUnit) -> Saying:
    """Return that the day of the hand-over is past."""
    return saying("{milk} were due {on:short}: write down what came", milk=milk(hold, unit), on=on)


def on_its_way(hold: Hold, when: When, trip: OnPickup, missing: Missing, unit: VolumeUnit) -> Saying:
    """Return when the milk comes and what its pickup still lacks."""
    much, day, place = milk(hold, unit), _day(when), trip.meeting_place
    if trip.is_run:
        way = saying("{milk} on a run {when}", milk=much, when=day)
    elif place:
        way = saying("{milk} to be handed over {when} at {place}", milk=much, when=day, place=place)
    else:
        way = saying("{milk} to be fetched {when}", milk=much, when=day)
    return saying("{way}, {lacks}", way=way, lacks=_LACKS[missing])


_LACKS = {
    Missing.NOTHING: saying("printed"),
    Missing.DRIVER: saying("nobody drives yet"),
    Missing.DRIVERS_YES: saying("the volunteer has not said yes"),
    Missing.SHEET: saying("to be printed"),
    Missing.NEW_SHEET: saying("changed since it was printed"),
}


def for_standing_day(said: Saying, on: date) -> Saying:
    """Return *said* of milk that is meant for one day of a standing pair."""
    return saying("standing pair, {day}: {said}", day=day_words(on), said=said)


def still_to_ask(said: Saying, asks: Sequence[Saying]) -> Saying:
    """Return *said* of milk that waits for answers before it is handed over; of several the first stands."""
    first, *more = asks
    if not more:
        return saying("{said}; still to ask: {first}", said=said, first=first)
    return plural(
        "{said}; still to ask: {first} (and {n} more)",
        "{said}; still to ask: {first} (and {n} more)",
        len(more),
        said=said,
        first=first,
    )


def though_paused(said: Saying, paused: Saying) -> Saying:
    """Return *said* of milk between two who are *paused*; that comes first, where no line leaves it out."""
    return saying("{paused}; {said}", paused=paused, said=said)


def though_planned(said: Saying, when: When) -> Saying:
    """Return *said* of a hold that is planned though a yes is missing."""
    return saying("{said}; planned for {when}", said=said, when=_day(when))


def asking(hold: Hold, side: Side, asked: Asked, terms: Terms, *, others_yes: date | None) -> Saying:
    """Return where asking *side* stands, and whether the other has said yes."""
    held = saying("{milk} held", milk=milk(hold, terms.unit))
    if others_yes is not None:
        words = saying("the family said yes") if side is Side.DONOR else saying("the donor said yes")
        held = joined(", ", (held, words))
    return joined(", ", (held, _asked(side, asked, terms.today)))


def read_first(said: Saying) -> Saying:
    """Return where a hold stands whose donor has a note to read, or a loss to think of, before that."""
    return saying("{said}; read about her first", said=said)


def _asked(side: Side, asked: Asked, today: date) -> Saying:
    is_donor = side is Side.DONOR
    if asked.taken_back_on is not None:
        when = days_ago(asked.taken_back_on, today)
        if is_donor:
            return saying("the donor took the yes back {when}", when=when)
        return saying("the family took the yes back {when}", when=when)
    if asked.on is None:
        return saying("the donor is to be asked") if is_donor else saying("the family is to be asked")
    when = days_ago(asked.on, today)
    return saying("donor asked {when}", when=when) if is_donor else saying("family asked {when}", when=when)


def needs_clinician(said: Saying) -> Saying:
    """Return *said*, and that the family's yes waits for the clinician's."""
    return saying("{said}; the clinician's agreement comes first", said=said)


def left_behind(left: LeftBehind, came: Volume, unit: VolumeUnit) -> Saying:
    """Return what did not come, and whether any of it can still be planned."""
    much = amount(left.volume, unit)
    if left.nobody_home:
        said = saying("nobody was home {on:short}, {left} left behind", left=much, on=left.on)
    elif came:
        some = amount(came, unit)
        said = saying("{came} came {on:short}, {left} left behind", came=some, on=left.on, left=much)
    else:
        said = saying("{left} left behind {on:short}", left=much, on=left.on)
    if left.with_driver:
        who = left.driver_code or saying("the volunteer")
        return saying("{said}; {much} with {who}", said=said, much=amount(left.with_driver, unit), who=who)
    return said if left.free else saying("{said}; nothing of it is free any more", said=said)


def came_unfit(said: Saying) -> Saying:
    """Return what came, and that it was no fit."""
    return saying("{said}, though it is no fit", said=said)


def delivered(came: Volume, lost: Volume, on: date, unit: VolumeUnit) -> Saying:
    """Return what came, and what was lost on the way."""
    if lost:
        much = amount(lost, unit)
        return saying("{came} came {on:short}, {lost} lost", came=amount(came, unit), on=on, lost=much)
    return saying("{came} came {on:short}", came=amount(came, unit), on=on)


def ask_once_more(said: Saying) -> Saying:
    """Return *said* of milk that was asked after once, when its second day has come."""
    return saying("{said}; ask once more how it goes", said=said)


def _day(when: When) -> Saying:
    days = (when.on - when.today).days
    day = saying("{on:short}", on=when.on)
    if days in (0, 1):
        day = saying("today") if days == 0 else saying("tomorrow")
    return saying("{day} at {time}", day=day, time=clock_words(when.at)) if when.at else day


def lasts(lasts_until: date | None, today: date, *, is_stale: bool = False) -> Saying:
    """Return how long the milk at home lasts: ``out since Nov 19``, ``lasts until Dec 3``."""
    if is_stale:
        return saying("by an old figure {lasts}", lasts=lasts(lasts_until, today))
    if lasts_until is None:
        return saying("needs no more milk")
    if lasts_until < today:
        return saying("out since {on:short}", on=lasts_until + timedelta(days=1))
    if lasts_until == today:
        return saying("lasts until today")
    return saying("lasts until {on:short}", on=lasts_until)


def old_figure(said: Saying) -> Saying:
    """Return *said* of a figure that is too old to go by."""
    return saying("{said} (old figure: ask)", said=said)


def with_missing(said: Saying, short: Volume, by: date, today: date, unit: VolumeUnit) -> Saying:
    """Return *said*, and how much more is needed by when."""
    much = amount(short, unit)
    if by <= today:
        return saying("{said}; {much} more needed now", said=said, much=much)
    return saying("{said}; {much} more needed by {by:short}", said=said, much=much, by=by)


def and_others(said: Saying, others: int, volume: Volume, unit: VolumeUnit) -> Saying:
    """Return *said* of the most pressing hold, and that there are others."""
    more = plural(
        "{said} (and {much} in another hold)",
        "{said} (and {much} in {n} other holds)",
        others,
        said=said,
        much=amount(volume, unit),
    )
    return more if others else said
