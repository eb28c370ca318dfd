"""How the pickups page says things: kinds, states, times, what travels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from PySide6.QtCore import QDate, QLocale

from coordinator.domain.agreements.holds import Hold
from coordinator.domain.driving.minutes import format_minutes
from coordinator.domain.pickups.day.words import overruled_words
from coordinator.domain.pickups.plans import (
    Delivered,
    Pickup,
    PickupKind,
    PickupState,
    PickupSummary,
    StopKind,
)
from coordinator.domain.pickups.sheet_told import OutOfFreezer, hours_words
from coordinator.domain.pickups.trip import is_missing
from ui.translation import translate
from ui.units import Display
from ui.widgets.fields.typed_dates import show_date, show_time


def kind_words(kind: PickupKind) -> str:
    """Return how the milk changes hands."""
    return {
        PickupKind.FAMILY_COLLECTS: translate("Pickups", "Family collects"),
        PickupKind.MEET: translate("Pickups", "They meet at a named place"),
        PickupKind.RUN: translate("Pickups", "Volunteer run"),
    }[kind]


def stop_words(kind: StopKind) -> str:
    """Return what happens at a stop, as on the sheet."""
    return {
        StopKind.PICK_UP: translate("Pickups", "PICK UP"),
        StopKind.DROP: translate("Pickups", "DROP"),
        StopKind.MEET: translate("Pickups", "MEET"),
    }[kind]


def state_of(pickup: PickupSummary, today: date) -> tuple[str, str]:
    """Return the icon and the words for where a pickup stands; what presses most comes first."""
    if pickup.state is not PickupState.PLANNED:
        is_settled = pickup.state is PickupState.SETTLED
        return (
            ("done", translate("Pickups", "settled"))
            if is_settled
            else ("close", translate("Pickups", "cancelled"))
        )
    is_stopped = bool(pickup.stopped) and pickup.on >= today
    if is_stopped or pickup.changed_since_printed:
        paused = translate("Pickups", "a pair is paused: ask first")
        return "problem", paused if is_stopped else translate("Pickups", "changed since printed")
    if pickup.kind is PickupKind.RUN and not pickup.carrier:
        return "ask", translate("Pickups", "needs a volunteer")
    if pickup.waiting_for:
        count = len(pickup.waiting_for)
        return "ask", translate("Pickups", "waiting for 1 yes") if count == 1 else translate(
            "Pickups", "waiting for {count} yeses"
        ).format(count=count)
    if pickup.on < today:
        return "notice", translate("Pickups", "to settle")
    return (
        ("print", translate("Pickups", "printed"))
        if pickup.prints
        else ("pickup", translate("Pickups", "ready to print"))
    )


def day_words(day: date, pattern: str = "ddd, MMM d") -> str:
    """Return a day with its weekday, in the reader's language."""
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def amount(hold: Hold, display: Display) -> str:
    """Return bags, volume and which bags of a hold: ``12 bags · 40 oz · only bags dated … or later``."""
    about = translate("Pickups", "about {amount}") if hold.is_about else "{amount}"
    bags = translate("Pickups", "{count} bags").format(count=hold.bags) if hold.bags is not None else ""
    volume = about.format(amount=display.volume(hold.volume))
    only = (
        translate("Pickups", "only bags dated {day} or later").format(day=show_date(hold.only_from))
        if hold.only_from
        else ""
    )
    return " · ".join(part for part in (bags, volume, only) if part)


def agreed_words(hold: Hold) -> str:
    """Return whether both families have said yes, or whose yes is missing."""
    missing = [
        name
        for name, given in (
            (hold.donor_name, hold.donor_yes_on),
            (hold.recipient_name, hold.family_yes_on),
        )
        if given is None
    ]
    return (
        translate("Pickups", "yes of {names} missing").format(names=", ".join(missing))
        if missing
        else translate("Pickups", "agreed")
    )


def summary(pickup: Pickup, display: Display) -> str:
    """Return one line about a pickup: day, kind, carrier, start, way."""
    way = ""
    if pickup.kind is not PickupKind.MEET and pickup.stops:
        way = _way(pickup, display)
    parts = (
        day_words(pickup.on),
        show_time(pickup.starts_at),
        kind_words(pickup.kind),
        ", ".join(filter(None, (pickup.carrier, pickup.second)))
        or (translate("Pickups", "nobody drives yet") if pickup.kind is PickupKind.RUN else ""),
        pickup.meeting_place if pickup.kind is PickupKind.MEET else "",
        way,
    )
    return " · ".join(part for part in parts if part)


def _way(pickup: Pickup, display: Display) -> str:
    """Return the whole way, and where its minutes come from."""
    exact = bool(pickup.road_host) and pickup.is_exact
    distance = display.distance(pickup.road_miles, exact=exact)
    time = format_minutes(pickup.minutes, exact=exact)
    if pickup.road_host:
        words = translate("Pickups", "{distance} by road, {time} in all, says {host}")
    elif pickup.home_crosses_water:
        words = translate(
            "Pickups",
            "{distance} by road, {time} in all, an estimate; water on the line home: check the road",
        )
    else:
        words = translate("Pickups", "{distance} by road, {time} in all, an estimate")
    return words.format(distance=distance, time=time, host=pickup.road_host)


def driven_words(pickup: Pickup, display: Display) -> str:
    """Return what was driven and what had been planned; nothing without an odometer."""
    if pickup.odometer is None:
        return ""
    words = translate("Pickups", "Driven {driven}, {planned} by road were planned.")
    return words.format(
        driven=display.distance(pickup.odometer.driven_miles, exact=True),
        planned=display.distance(pickup.road_miles, exact=False),
    )


def is_early(pickup: Pickup, today: date) -> bool:
    """Whether the day of a planned pickup is still to come."""
    return pickup.state is PickupState.PLANNED and pickup.on > today


def early_words(pickup: Pickup, button: str) -> str:
    """Return what is said once where a pickup is settled before its day; *button* does it all the same."""
    words = translate(
        "Pickups",
        "{code} is planned for {day}, which is still to come. If its milk has moved already, "
        "press {button} once more.",
    )
    return words.format(code=pickup.code, day=day_words(pickup.on), button=button)


def still_asked_words(pickup: Pickup) -> str:
    """Return what is still to be asked about the milk of a pickup, a line for each hold."""
    words = translate("Pickups", "{donor} → {family}: before it is handed over, ask: {what}")
    return "\n".join(
        words.format(
            donor=hold.donor_name,
            family=hold.recipient_name,
            what="; ".join(map(str, hold.still_asked)),
        )
        for hold in pickup.holds
        if hold.still_asked
    )


def other_rules(pickup: Pickup) -> list[str]:
    """Return the broken rules that are neither a missing yes, which has its own button, nor to be asked."""
    elsewhere = {*map(is_missing, pickup.awaited), *pickup.asked}
    return [str(rule) for rule in pickup.rules if rule not in elsewhere]


def overruled_lines(pickup: Pickup) -> list[str]:
    """Return which rules of its day were overruled, why and when, a line each."""
    dated = translate("Pickups", "{words} (noted {day})")
    return [
        dated.format(
            words=str(overruled_words(one.rule, one.about, one.note)).rstrip("."), day=day_words(one.on)
        )
        for one in pickup.overruled
    ]


def outcome_words(pickup: Pickup, display: Display) -> str:
    """Return what became of a settled pickup, a line for each hold."""
    lines = []
    for one in pickup.deliveries:
        signed = translate("Pickups", "received by {who}").format(who=one.received_by)
        told = [
            amounts_of(one, display),
            one.condition.value if one.condition else "",
            translate("Pickups", "nobody home") if one.nobody_home else "",
            signed if one.received_by else "",
            one.note,
        ]
        lines.append(f"{one.hold_code}: " + ", ".join(part for part in told if part))
    return "\n".join(lines)


def sheet_told_words(pickup: Pickup, out: Sequence[OutOfFreezer]) -> Iterator[str]:
    """Yield what the sheet told besides: the times of each stop, how long milk was out, the note."""
    for stop in pickup.stops:
        arrived = translate("Pickups", "arrived {time}")
        into = translate("Pickups", "into the freezer {time}")
        freezer = into if stop.kind is StopKind.DROP else translate("Pickups", "out of the freezer {time}")
        told = [
            words.format(time=show_time(at).replace(" ", "\u00a0"))
            for words, at in ((arrived, stop.arrived_at), (freezer, stop.freezer_at))
            if at is not None
        ]
        if told:
            yield f"{stop.number}. {stop.name}: {', '.join(told)}"
    if out:
        each = ", ".join(f"{one.hold_code} {hours_words(one.minutes)}" for one in out)
        yield translate("Pickups", "Out of a freezer: {each}").format(each=each)
    if pickup.sheet_note:
        yield translate("Pickups", "On the sheet: {note}").format(note=pickup.sheet_note)


def amounts_of(one: Delivered, display: Display) -> str:
    """Return what came of one hold and what did not: "32 oz delivered in 8 bags, 8 oz left behind"."""
    bags = translate("Pickups", "in {count} bags").format(count=one.bags) if one.bags is not None else ""
    told = [
        translate("Pickups", "{amount} delivered {bags}")
        .format(amount=display.volume(one.delivered), bags=bags)
        .strip(),
        translate("Pickups", "{amount} left behind").format(amount=display.volume(one.left_behind))
        if one.left_behind
        else "",
        translate("Pickups", "{amount} with the volunteer").format(amount=display.volume(one.with_driver))
        if one.with_driver
        else "",
        translate("Pickups", "{amount} lost").format(amount=display.volume(one.lost)) if one.lost else "",
    ]
    return ", ".join(part for part in told if part)
