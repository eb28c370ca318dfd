"""Who could drive a run: everybody, best first, each with what would break."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coordinator.domain.families.free_hours import read_hours
from coordinator.domain.pickups.trip import Trip, think_through
from coordinator.sayings import Saying, saying

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from coordinator.domain.driving.minutes import DriveTimes
    from coordinator.domain.families.drivers import Driver
    from coordinator.domain.pickups.ordering import PickupPolicy


@dataclass(frozen=True, slots=True)
class Known:
    """What a volunteer did and does: runs settled with these families, runs planned that day."""

    runs_with_them: int = 0
    that_day: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Volunteer:
    """A volunteer for one run. ``rules`` is what it would break; ``is_free`` None where nobody can tell."""

    driver: Driver
    rules: tuple[Saying, ...]
    minutes: int
    known: Known
    is_free: bool | None

    @property
    def broken(self) -> tuple[str, ...]:
        """What would break a rule, in words."""
        return tuple(map(str, self.rules))


def volunteer_for(
    trip: Trip, known: Known, driving: DriveTimes, policy: PickupPolicy, today: date
) -> Volunteer:
    """Return what the driver of *trip* would break, by the rules its page shows once it is planned.

    Whose yes is missing is left out: nobody was asked yet.
    """
    driver = trip.driver
    if driver is None:
        raise ValueError(trip)
    agreed = tuple(
        replace(hold, donor_yes_on=hold.donor_yes_on or today, family_yes_on=hold.family_yes_on or today)
        for hold in trip.holds
    )
    timed = think_through(replace(trip, holds=agreed, driver_yes_on=today), driving, policy, today)
    is_free = _is_free(driver, trip)
    own = tuple(_own_rules(driver, known, is_free=is_free))
    return Volunteer(driver, (*own, *timed.rules), timed.minutes, known, is_free)


def ranked(volunteers: Iterable[Volunteer], on: date) -> tuple[Volunteer, ...]:
    """Return all of them: who is away last, the fewest broken rules first.

    Of equals first who is known to be free, then who has been to these families most, then the shortest run.
    """
    return tuple(
        sorted(
            volunteers,
            key=lambda one: (
                one.driver.is_away(on),
                len(one.rules),
                one.is_free is not True,
                -one.known.runs_with_them,
                one.driver.position is None,
                one.minutes,
                one.driver.code,
            ),
        )
    )


def _is_free(driver: Driver, trip: Trip) -> bool | None:
    hours = read_hours(driver.hours)
    return None if hours is None else hours.fits(trip.on, trip.starts_at)


def _own_rules(driver: Driver, known: Known, *, is_free: bool | None) -> Iterable[Saying]:
    if is_free is False:
        yield saying("{driver} is usually free: {hours}.", driver=driver.code, hours=driver.hours)
    for code in known.that_day:
        yield saying("{driver} drives {pickup} that day.", driver=driver.code, pickup=code)
