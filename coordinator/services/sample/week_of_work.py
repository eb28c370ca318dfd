"""A week's work on the sample region: milk held and agreed, and three pickups, one of each kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from coordinator.db.database import Database
from coordinator.domain.agreements.holds import Side
from coordinator.domain.families.drivers import Driver
from coordinator.domain.matching.matches import Match
from coordinator.domain.milk.lots import Lot
from coordinator.domain.milk.splitting import part_from
from coordinator.domain.pickups.plans import PickupKind
from coordinator.domain.places.positions import Position, distance_miles
from coordinator.domain.policies.verdicts import VerdictKind
from coordinator.domain.volume import Volume
from coordinator.services.agreements import holds as agreements
from coordinator.services.families.drivers import list_drivers
from coordinator.services.families.recipients import list_recipients
from coordinator.services.matching.ranking import rank_for_several
from coordinator.services.pickups import planning as pickups
from coordinator.services.settings.values import change_setting

DAYS_OF_MILK: Final = 14
NEWEST_DAYS: Final = 30
"""The first hold takes only what was pumped in the last so many days of its lot, to show how that prints."""
ON_THE_RUN: Final = 3
STILL_OPEN: Final = 2
ALL_DAY: Final = 24.0
NEAREST: Final = 8
"""Among so many of the nearest donors the one with the fewest questions left is chosen."""


@dataclass(frozen=True, slots=True)
class WeekOfWork:
    """What was done: the pickups, the Monday of their week, and all holds."""

    pickups: tuple[str, ...]
    monday: date
    holds: tuple[str, ...]


def work_a_week(database: Database, today: date) -> WeekOfWork:
    """Hold milk for the families who need it first, agree on most of it, and plan next week's pickups.

    Nobody is chosen who is not a fit, or whose clinician is to be asked; each donor and each family once.
    What else is to be asked is taken as asked: the two yeses say so.
    """
    change_setting(database, "coordinator_name", "Robin Sample")
    change_setting(database, "coordinator_phone", "+12075550100")
    monday = today + timedelta(days=7 - today.weekday())
    saturday = monday + timedelta(days=5)
    driver = _driver(database, saturday)
    chosen = list(_matches(database, today))
    run = sorted(chosen, key=lambda match: _way_round(driver.position, match))[:ON_THE_RUN]
    collect, meet, *others = [match for match in chosen if match not in run]
    codes = {match.seeker.code: _hold(database, match, today) for match in (*run, meet, *others[:STILL_OPEN])}
    codes[collect.seeker.code] = _hold(database, collect, today, newest_only=True)
    for match in (collect, meet, *run):
        _agree(database, codes[match.seeker.code], today)
    agreements.record_yes(database, codes[others[0].seeker.code], Side.DONOR, today)
    planned = (
        pickups.plan_pickup(
            database,
            PickupKind.FAMILY_COLLECTS,
            monday + timedelta(days=2),
            [codes[collect.seeker.code]],
            today=today,
            starts_at=time(17, 30),
        ),
        pickups.plan_pickup(
            database,
            PickupKind.MEET,
            monday + timedelta(days=3),
            [codes[meet.seeker.code]],
            today=today,
            starts_at=time(18),
            meeting_place=f"Public library, {meet.town}",
        ),
        pickups.plan_pickup(
            database,
            PickupKind.RUN,
            saturday,
            [codes[match.seeker.code] for match in run],
            today=today,
            driver_code=driver.code,
            starts_at=time(9),
        ),
    )
    pickups.record_driver_yes(database, planned[-1], today)
    return WeekOfWork(planned, monday, tuple(codes.values()))


def _matches(database: Database, today: date) -> Iterator[Match]:
    """Yield a match for each family that can have one, those first whose milk ends first."""
    used: set[str] = set()
    families = sorted(
        list_recipients(database, today), key=lambda r: (r.runway.lasts_until or date.max, r.code)
    )
    rankings = rank_for_several(database, [family.code for family in families], today)
    for family in families:
        ranking = rankings[family.code]
        topics = {reason.topic for reason in ranking.baby_verdict.reasons if reason.kind is VerdictKind.ASK}
        if ranking.need is None or not ranking.need.expected or "clinician" in topics:
            continue
        near = [one for one in ranking.matches[:NEAREST] if one.code not in used and _is_told(one)]
        if near:
            match = min(near, key=_left_to_ask)
            used.add(match.code)
            yield match


def _is_told(match: Match) -> bool:
    is_open = match.offer.rests_until is None
    is_told = match.milk_dates is not None and match.miles is not None
    return is_open and is_told and match.parts[0].is_held_as_it_is


def _left_to_ask(match: Match) -> int:
    return sum(reason.kind is VerdictKind.ASK for reason in match.verdict.reasons)


def _driver(database: Database, on: date) -> Driver:
    """Return the volunteer with the most time, then the most room, who is not away."""
    free = [one for one in list_drivers(database) if not one.is_away(on) and one.position is not None]
    return max(free, key=lambda one: (one.max_hours or ALL_DAY, sum(one.coolers_qt), one.code))


def _way_round(start: Position | None, match: Match) -> float:
    """Return the straight miles from *start* over donor and family and back."""
    ends = [end for end in (start, match.offer.position, match.seeker.position) if end is not None]
    return sum(distance_miles(a, b) for a, b in zip(ends, [*ends[1:], ends[0]], strict=True))


def _hold(database: Database, match: Match, today: date, *, newest_only: bool = False) -> str:
    """Hold a fortnight's milk for the family, or what the lot has, in whole bags where they were counted."""
    lot, only_from = match.parts[0].lot, match.parts[0].only_from
    need = match.seeker.need.expected if match.seeker.need else Volume()
    if newest_only and only_from is None and lot.expressed_from and lot.expressed_to:
        only_from = max(lot.expressed_from, lot.expressed_to - timedelta(days=NEWEST_DAYS))
    volume, bags = _amount(lot, min(need * DAYS_OF_MILK, part_from(lot, only_from).volume))
    return agreements.hold_milk(
        database, match.seeker.code, lot.code, volume, today, bags=bags, only_from=only_from
    )


def _amount(lot: Lot, wanted: Volume) -> tuple[Volume, int | None]:
    volume = min(wanted, lot.free)
    if not lot.bags or not lot.free_bags or lot.volume.share(1, lot.bags) > volume:
        return volume, None
    bags = max(1, min(lot.free_bags, lot.bags * volume.microlitres // lot.volume.microlitres))
    return lot.volume.share(bags, lot.bags), bags


def _agree(database: Database, hold: str, today: date) -> None:
    for side in Side:
        agreements.record_yes(database, hold, side, today)


__all__: Sequence[str] = ["WeekOfWork", "work_a_week"]
