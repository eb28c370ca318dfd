"""Days to plan, drawn or written by hand, without a network."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from coordinator.adapters.policies.day import load_day_policy
from coordinator.adapters.policies.pickups import load_pickup_policy
from coordinator.domain.pickups.day.question import (
    DayDriver,
    DayHold,
    DayQuestion,
    Home,
    LockedRun,
    LockedStop,
)
from coordinator.domain.pickups.day.routing import Hours
from coordinator.domain.pickups.plans import StopKind
from coordinator.domain.volume import Volume

SATURDAY = date(2026, 11, 28)
ALL_DAY = Hours(8 * 60, 18 * 60)
POLICY, PICKUPS = load_day_policy(), load_pickup_policy()


def a_home(number: int, code: str, **changes: Any) -> Home:  # noqa: ANN401 - any field
    """Return a family at place *number*, free all day."""
    made = Home(code, f"Family {number}", "Dover", number + 1, number, (ALL_DAY,))
    return replace(made, **changes)


def a_driver(number: int, place: int, **changes: Any) -> DayDriver:  # noqa: ANN401 - any field
    """Return a volunteer with two 28-quart coolers, free all day."""
    made = DayDriver(f"V-{number:04}", f"Driver {number}", place, (ALL_DAY,), coolers_qt=(28, 28))
    return replace(made, **changes)


def a_hold(number: int, giver: Home, taker: Home, ounces: float = 100, **changes: Any) -> DayHold:  # noqa: ANN401 - any field
    """Return agreed milk of 4 oz bags for a family with room."""
    made = DayHold(
        f"H-{number:04}", Volume.from_oz(ounces), int(ounces // 4), giver, taker, Volume.from_oz(5000)
    )
    return replace(made, **changes)


def a_day(
    holds: list[DayHold],
    drivers: list[DayDriver],
    places: list[tuple[float, float]],
    *,
    locked: tuple[LockedRun, ...] = (),
) -> DayQuestion:
    """Return a day whose places lie on a plane, a mile being a minute and a half."""
    at = np.asarray(places, dtype=float)
    miles = np.hypot(at[:, None, 0] - at[None, :, 0], at[:, None, 1] - at[None, :, 1])
    minutes = np.ceil(miles * 1.5 - 1e-9).astype(np.int64)
    return DayQuestion(SATURDAY, tuple(drivers), tuple(holds), locked, minutes, miles, POLICY, PICKUPS)


def a_drawn_day(seed: int, *, pairs: int = 8, drivers: int = 3) -> DayQuestion:
    """Return a day as it could be: families that meet twice, odd hours, small cars, a run that stands."""
    rng = random.Random(seed)
    count = max(pairs, 2)
    places = [(rng.uniform(0, 40), rng.uniform(0, 40)) for _ in range(2 * count + drivers)]
    givers = [a_home(n, f"D-{n:04}", hours=_hours(rng)) for n in range(count)]
    takers = [a_home(count + n, f"R-{n:04}", hours=_hours(rng)) for n in range(count)]
    rooms = [rng.choice((None, Volume.from_oz(300), Volume.from_oz(2000))) for _ in takers]
    holds = [
        a_hold(n, rng.choice(givers), takers[to], rng.choice((12, 40, 100, 250, 500)), room=rooms[to])
        for n, to in enumerate(rng.choices(range(count), k=pairs))
    ]
    people = [
        a_driver(
            n,
            2 * count + n,
            hours=_shifts(rng),
            coolers_qt=rng.choice(((), (16,), (28, 28), (28, 28, 48))),
            lift_lb=rng.choice((None, 20.0, 40.0)),
            most_minutes=rng.choice((None, 180, 300)),
            most_miles=rng.choice((None, 30.0)),
            is_away=rng.random() < 0.1,
        )
        for n in range(drivers)
    ]
    locked: tuple[LockedRun, ...] = ()
    if rng.random() < 0.5:
        milk = holds.pop()
        locked = (a_standing_run(people[0], milk, is_closed=rng.random() < 0.3),)
    return a_day(holds, people, places, locked=locked)


def a_standing_run(
    driver: DayDriver, milk: DayHold, *, starts_at: int = 9 * 60, is_closed: bool = False
) -> LockedRun:
    """Return a run that stands with one pick-up and one drop."""
    hours = (Hours(0, 24 * 60 - 1),)
    stops = (
        LockedStop(StopKind.PICK_UP, milk.giver, (milk.code,), hours),
        LockedStop(StopKind.DROP, milk.taker, (milk.code,), hours),
    )
    return LockedRun("P-0001", driver.code, starts_at, stops, (milk,), is_closed)


def _hours(rng: random.Random) -> tuple[Hours, ...]:
    opens = rng.choice((8, 9, 12, 15)) * 60
    one = Hours(opens, opens + rng.choice((60, 180, 360)))
    return (one, Hours(17 * 60, 18 * 60)) if rng.random() < 0.3 and one.closes < 17 * 60 else (one,)


def _shifts(rng: random.Random) -> tuple[Hours, ...]:
    return rng.choice(((ALL_DAY,), (Hours(480, 720),), (Hours(480, 720), Hours(840, 1080)), ()))
