"""Why a hold is not planned: what could be told before, and what stood in every volunteer's way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coordinator.domain.pickups.coolers import carried_at_most, holds_bricked
from coordinator.domain.pickups.day.answer import NotPlanned, WhyNot
from coordinator.domain.pickups.day.inserting import best_place
from coordinator.domain.pickups.day.question import DayDriver, DayHold, DayQuestion
from coordinator.domain.pickups.day.routing import RoutingProblem
from coordinator.domain.volume import Volume


def left_out_before(question: DayQuestion) -> tuple[list[NotPlanned], list[DayHold]]:
    """Return what no route could help, and what is left to plan.

    Refused are holds whose yes is missing, whose place is unknown, whose freezer or cars are too small. Where
    whole bags of one fit, these are left to plan and only the rest is refused, with the same code.
    """
    refused: list[NotPlanned] = []
    wanted: list[DayHold] = []
    coming: dict[int, int] = {}
    for locked in question.locked:
        for hold in locked.holds:
            home = hold.taker.household_id
            coming[home] = coming.get(home, 0) + hold.volume.microlitres
    for hold in question.holds:
        home = hold.taker.household_id
        found = _refused(question, hold) or _too_full(hold, coming.get(home, 0)) or _too_big(question, hold)
        part = hold
        if found is not None:
            refused.append(found)
            if not found.bags:
                continue
            part = _some_bags(question, hold, found.bags)
        wanted.append(part)
        coming[home] = coming.get(home, 0) + part.volume.microlitres
    return refused, wanted


def _some_bags(question: DayQuestion, hold: DayHold, bags: int) -> DayHold:
    """Return so many bags of a hold, fewer where they fit no car either."""
    part = part_of(hold, bags)
    too_big = _too_big(question, part)
    return part if too_big is None or not too_big.bags else part_of(hold, too_big.bags)


def part_of(hold: DayHold, bags: int) -> DayHold:
    """Return so many whole bags of a hold."""
    return replace(hold, bags=bags, volume=volume_of_bags(hold.volume, hold.bags or bags, bags))


def volume_of_bags(volume: Volume, bags: int, some: int) -> Volume:
    """Return what is in *some* of the *bags* that hold *volume*, all alike, rounded down."""
    return Volume(volume.microlitres * some // bags)


def _too_big(question: DayQuestion, hold: DayHold) -> NotPlanned | None:
    """Say when no car that could go has coolers for all of a hold."""
    able = [
        one
        for one in _about(question)
        if hold.giver.needs | hold.taker.needs <= one.skills and _goes_there(question, one, hold)
    ]
    if not able or any(_takes(question, one, hold.volume) for one in able):
        return None
    return _too_much(question, able, hold)


def _refused(question: DayQuestion, hold: DayHold) -> NotPlanned | None:
    if hold.missing:
        return NotPlanned(hold.code, WhyNot.YES_MISSING, said=hold.missing)
    for home in (hold.giver, hold.taker):
        if home.place is None:
            return NotPlanned(hold.code, WhyNot.PLACE_UNKNOWN, home.code)
        if not home.hours:
            return NotPlanned(hold.code, WhyNot.NOT_HOME, home.code, said=(home.said,))
    if not _about(question):
        return NotPlanned(hold.code, WhyNot.NO_DRIVERS)
    return None


def _about(question: DayQuestion) -> list[DayDriver]:
    return [one for one in question.drivers if one.place is not None and not one.is_away and one.hours]


def _too_full(hold: DayHold, coming: int) -> NotPlanned | None:
    """Say when the freezer has no room for all of a hold beside what else comes that day."""
    if hold.room is None or coming + hold.volume.microlitres <= hold.room.microlitres:
        return None
    room = Volume(max(hold.room.microlitres - coming, 0))
    return NotPlanned(
        hold.code, WhyNot.FREEZER, hold.taker.code, hold.volume, room, bags=bags_that_fit(hold, room)
    )


def bags_that_fit(hold: DayHold, room: Volume) -> int | None:
    """Return how many whole bags of a hold go into *room*, all alike; ``None`` where nobody counted them."""
    if not hold.bags:
        return None
    return min(room.microlitres * hold.bags // max(hold.volume.microlitres, 1), hold.bags)


def why_left(
    question: DayQuestion, problem: RoutingProblem, drivers: Sequence[str], number: int, hold: DayHold
) -> NotPlanned:
    """Return why no car takes a hold: what stood in the way of the volunteer who came closest to it."""
    about = _about(question)
    needs = hold.giver.needs | hold.taker.needs
    skilled = [one for one in about if needs <= one.skills]
    if not skilled:
        lacking = {need for need in needs if any(need not in one.skills for one in about)}
        return NotPlanned(hold.code, WhyNot.NEEDS, said=tuple(sorted(lacking)))
    near = [
        one for one in skilled if one.most_miles is None or _farthest(question, one, hold) <= one.most_miles
    ]
    if not near:
        return NotPlanned(
            hold.code, WhyNot.TOO_FAR, miles=min(_farthest(question, one, hold) for one in skilled)
        )
    roomy = [one for one in near if _takes(question, one, hold.volume)]
    if not roomy:
        return _too_much(question, near, hold)
    if best_place(problem, {}, number) is not None:
        return NotPlanned(hold.code, WhyNot.DAY_FULL)
    return _without_time(problem, drivers, number, hold)


def _without_time(problem: RoutingProblem, drivers: Sequence[str], number: int, hold: DayHold) -> NotPlanned:
    """Say whether somebody would have to drive longer than they do, or nobody's hours meet."""
    patient = replace(problem, cars=tuple(replace(car, most_minutes=None) for car in problem.cars))
    found = best_place(patient, {}, number)
    most = None if found is None else problem.cars[found[1]].most_minutes
    if found is None or most is None or found[2].laid is None:
        return NotPlanned(hold.code, WhyNot.NO_TIME)
    minutes = found[2].laid.minutes
    return NotPlanned(hold.code, WhyNot.TOO_LONG, drivers[found[1]], minutes=minutes, most=most)


def _goes_there(question: DayQuestion, driver: DayDriver, hold: DayHold) -> bool:
    return driver.most_miles is None or _farthest(question, driver, hold) <= driver.most_miles


def _farthest(question: DayQuestion, driver: DayDriver, hold: DayHold) -> float:
    return max(float(question.miles[driver.place or 0, home.place or 0]) for home in (hold.giver, hold.taker))


def _takes(question: DayQuestion, driver: DayDriver, milk: Volume) -> bool:
    if not driver.coolers_qt:
        return True
    return carried_at_most(driver.coolers_qt, driver.lift_lb, question.pickups) >= milk


def _too_much(question: DayQuestion, drivers: Sequence[DayDriver], hold: DayHold) -> NotPlanned:
    """Say how much the roomiest car takes, and whether bricks would do."""
    policy = question.pickups
    best = max(drivers, key=lambda one: carried_at_most(one.coolers_qt, one.lift_lb, policy).microlitres)
    room = carried_at_most(best.coolers_qt, best.lift_lb, policy)
    return NotPlanned(
        hold.code,
        WhyNot.COOLERS,
        best.code,
        hold.volume,
        room,
        best.coolers_qt,
        fits_bricked=holds_bricked(sum(best.coolers_qt), policy) >= hold.volume,
        bags=bags_that_fit(hold, room),
    )
