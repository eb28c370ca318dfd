"""What a driver takes along without paper: a text, an entry for a calendar, links for a phone's map."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from coordinator.domain.agreements.messages import clock_words
from coordinator.domain.paper.sheet_making import on_paper
from coordinator.domain.paper.sheets import named_together
from coordinator.domain.pickups.plans import StopKind
from coordinator.domain.volume import format_volume
from coordinator.sayings import Saying, joined, plural, saying

if TYPE_CHECKING:
    from datetime import date, time

    from coordinator.domain.paper.sheet_making import PrintedPickup
    from coordinator.domain.paper.sheets import PickupSheet, SheetLot, SheetStop
    from coordinator.domain.pickups.lunch import Lunch

MAP_HOST: Final = "www.google.com"
"""Whose map the links open; most phones have it, and it takes stops in their order."""
STOPS_A_LINK: Final = 10
"""Nine on the way and the last: developers.google.com/maps/documentation/urls/get-started, "waypoints"."""


@dataclass(frozen=True, slots=True)
class RunEntry:
    """A run in a calendar. Without a time it takes the whole day. Times are those of wherever she is."""

    code: str
    on: date
    starts_at: datetime | None
    ends_at: datetime | None
    title: Saying
    told: Saying


def run_text(sheet: PickupSheet) -> str:
    """Return the run as a text to paste to its driver, who gets the same on the sheet; one block a stop."""
    head = saying("{day}: {stops}.", day=sheet.on, stops=_stops(len(sheet.stops)))
    if sheet.leave_by is not None:
        leave = clock_words(sheet.leave_by)
        head = saying(
            "{day}: {stops}, leave by {time}.", day=sheet.on, stops=_stops(len(sheet.stops)), time=leave
        )
    lines: list[Saying | str] = [
        saying("Hello {name},", name=sheet.carriers),
        head,
    ]
    if sheet.bring:
        lines.append(saying("Bring: {things}.", things=joined(", ", sheet.bring)))
    for stop in sheet.stops:
        lines += ["", *_stop_lines(sheet, stop)]
        if sheet.lunch is not None and sheet.lunch.after == stop.number:
            lines += ["", lunch_words(sheet.lunch)]
    if sheet.lunch is not None and not sheet.lunch.after:
        lines += ["", lunch_words(sheet.lunch)]
    ring = tuple(filter(None, (sheet.coordinator_name, sheet.coordinator_phone)))
    if ring:
        lines += ["", saying("Nobody home? Ring {who}.", who=joined(" ", ring))]
    lines.append(saying("Sheet {number}.", number=sheet.sheet_number))
    return "\n".join(map(str, lines))


def _stops(count: int) -> Saying:
    return plural("{n} stop", "{n} stops", count)


_DOES = {
    StopKind.PICK_UP: saying("pick up"),
    StopKind.DROP: saying("drop"),
    StopKind.MEET: saying("meet"),
}


def _stop_lines(sheet: PickupSheet, stop: SheetStop) -> list[Saying | str]:
    does = saying("{number}. {does} {name}", number=stop.number, does=_DOES[stop.kind], name=stop.first_name)
    if stop.window_from is not None:
        at = clock_words(stop.window_from)
        does = saying(
            "{number}. {time} {does} {name}",
            number=stop.number,
            time=at,
            does=_DOES[stop.kind],
            name=stop.first_name,
        )
    lines: list[Saying | str] = [does]
    lines += [part for part in (", ".join(stop.address_lines), stop.phone) if part]
    if stop.driver_note:
        lines.append(saying("For the driver: {note}", note=stop.driver_note))
    lines += [_lot(sheet, lot) for lot in stop.lots]
    return lines


def lunch_words(lunch: Lunch) -> Saying:
    """Return when the driver eats and how long, as it stands between the stops."""
    return saying("{time} lunch, {minutes} min", time=clock_words(lunch.at), minutes=lunch.minutes)


def _lot(sheet: PickupSheet, lot: SheetLot) -> Saying:
    """Return bags and amount as the sheet has them, and which bags where not all of a lot go."""
    much: Saying | str = format_volume(lot.volume, sheet.unit)
    if lot.is_about:
        much = saying("about {amount}", amount=much)
    told = saying("{lot}: {amount}", lot=lot.lot_code, amount=much)
    if lot.bags is not None:
        told = plural(
            "{lot}: {n} bag, {amount}", "{lot}: {n} bags, {amount}", lot.bags, lot=lot.lot_code, amount=much
        )
    if lot.only_from is None:
        return told
    return saying("{lot}, only bags dated {day} or later", lot=told, day=lot.only_from)


def run_entry(pickup: PrintedPickup) -> RunEntry:
    """Return the run for a calendar: first names, towns and amounts.

    No street and no phone: what stands in a phone's calendar goes through the servers of whoever runs it.
    """
    timed, trip = pickup.timed, pickup.timed.trip
    starts = _at(trip.on, timed.leave_by or trip.starts_at)
    ways: list[Saying] = [
        saying(
            "{number}. {does} {name}, {town}",
            number=stop.number,
            does=_DOES[stop.kind],
            name=on_paper(pickup.households[stop.household_id]),
            town=stop.town,
        )
        for stop in timed.stops
    ]
    if timed.lunch is not None:
        ways.insert(len(ways) if timed.lunch.after is None else timed.lunch.after, lunch_words(timed.lunch))
    if pickup.second is not None:
        carriers = named_together(on_paper(pickup.carrier), on_paper(pickup.second))
        ways.insert(0, saying("{names} drive", names=carriers))
    told = joined("\n", (*ways, saying("Streets and phones are on the sheet.")))
    title = saying("Milk run {pickup}: {stops}", pickup=pickup.code, stops=_stops(len(timed.stops)))
    ends = starts + timedelta(minutes=timed.minutes) if starts else None
    return RunEntry(pickup.code, trip.on, starts, ends, title, told)


def _at(on: date, at: time | None) -> datetime | None:
    return None if at is None else datetime.combine(on, at)


def map_links(sheet: PickupSheet) -> tuple[str, ...]:
    """Return links that open a phone's map with the stops in order, from where the phone is.

    More stops than a link takes make several, each from the last stop of the one before. Whoever opens one
    sends the places to that map: first names and milk are not among them.
    """
    places = [place for stop in sheet.stops if (place := _place(stop))]
    links = []
    for start in range(0, len(places), STOPS_A_LINK):
        *between, last = places[start : start + STOPS_A_LINK]
        words = {"api": "1", "destination": last, "travelmode": "driving"}
        if start:
            words["origin"] = places[start - 1]
        if between:
            words["waypoints"] = "|".join(between)
        links.append(f"https://{MAP_HOST}/maps/dir/?{urlencode(words)}")
    return tuple(links)


def _place(stop: SheetStop) -> str:
    """Return the address where there is a street, else the point on the map, else what is known."""
    has_street = stop.kind is not StopKind.MEET and len(stop.address_lines) > 1
    if has_street or stop.position is None:
        return ", ".join(stop.address_lines)
    return f"{stop.position.latitude_deg:.5f},{stop.position.longitude_deg:.5f}"
