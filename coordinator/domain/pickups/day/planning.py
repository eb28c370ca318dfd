"""A day planned: the solver's routes mended, what it left set in, times laid anew, every run checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from coordinator.domain.pickups.day.answer import DayPlan, DayRun, Part
from coordinator.domain.pickups.day.describing import Door, run_of
from coordinator.domain.pickups.day.inserting import (
    Draft,
    Stops,
    best_place,
    draft_of,
    insert_all,
    repaired,
    stops_of_tasks,
    wheel_minutes,
    without,
)
from coordinator.domain.pickups.day.posing import (
    CarOf,
    car_of,
    cars_of,
    groups_of,
    groups_of_run,
    shipment_of,
    shipment_of_run,
    standing_draft,
)
from coordinator.domain.pickups.day.question import DayHold, DayQuestion
from coordinator.domain.pickups.day.routing import Router, Routes, RoutingProblem, Table, Task
from coordinator.domain.pickups.day.why_not import left_out_before, why_left
from coordinator.domain.pickups.plans import StopKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def plan(question: DayQuestion, router: Router, before: DayPlan | None = None) -> DayPlan:
    """Return the day planned; whatever is not planned says why.

    Runs that stand keep their order, and new milk joins one where that costs less than a run of its own.
    Milk stays with its volunteer of the plan *before* unless another saves a good deal.
    """
    refused, wanted = left_out_before(question)
    day = _Day.of(question, wanted)
    day.route(router, () if before is None else before.runs)
    drivers = [one.driver.code for one in day.cars]
    left = [
        why_left(question, day.problem, drivers, number, hold)
        for number in day.left
        for hold in day.holds[number]
    ]
    nowhere = {one.hold for one in left}
    refused = [one for one in refused if one.hold not in nowhere]
    rests = {one.hold for one in refused}
    return DayPlan(
        question.on,
        tuple(sorted(day.runs(), key=lambda run: (run.starts_at, run.driver))),
        tuple(sorted([*refused, *left], key=lambda one: one.hold)),
        is_plain=router.is_plain,
        parts=tuple(
            Part(hold.code, hold.bags, hold.volume)
            for hold in wanted
            if hold.bags and hold.code in rests and hold.code not in nowhere
        ),
    )


class _Day:
    """One day on the way from question to answer."""

    def __init__(
        self,
        question: DayQuestion,
        problem: RoutingProblem,
        cars: tuple[CarOf, ...],
        holds: tuple[tuple[DayHold, ...], ...],
        drafts: dict[int, Draft],
        new: int,
    ) -> None:
        self.question, self.problem, self.cars, self.holds = question, problem, cars, holds
        self.drafts = drafts
        self.left: list[int] = []
        self._standing = set(range(new, len(problem.shipments)))

    @staticmethod
    def of(question: DayQuestion, wanted: Iterable[DayHold]) -> _Day:
        cars = tuple(cars_of(question))
        routing = tuple(car_of(question, one) for one in cars)
        groups = list(groups_of(wanted, routing))
        shipments = [shipment_of(question, group, cars) for group in groups]
        new = len(groups)
        drafts: dict[int, Draft] = {}
        for number, one in enumerate(cars):
            if one.locked is None or one.locked.is_closed:
                continue
            first = len(shipments)
            standing = list(groups_of_run(one.locked))
            groups += standing
            shipments += [shipment_of_run(question, one.locked, group, number) for group in standing]
            drafts[number] = standing_draft(one.locked, standing, shipments, first)
        problem = RoutingProblem(_table(question.minutes), routing, tuple(shipments))
        for number, draft in list(drafts.items()):
            found = draft_of(problem, number, draft.stops)
            if found is None or found.laid is None:
                drafts.pop(number)
                continue
            drafts[number] = found
            locked = cars[number].locked
            if locked is None or not locked.pickup:
                continue
            longest = found.laid.minutes + question.policy.longer
            most = routing[number].most_minutes
            grown = replace(routing[number], most_minutes=longest if most is None else min(longest, most))
            routing = (*routing[:number], grown, *routing[number + 1 :])
        usable = set(drafts) | {number for number, one in enumerate(cars) if one.locked is None}
        kept = tuple(replace(one, cars=one.cars & usable) for one in shipments)
        problem = replace(problem, cars=routing, shipments=kept)
        return _Day(question, problem, cars, tuple(map(tuple, groups)), drafts, new)

    def route(self, router: Router, before: Sequence[DayRun] = ()) -> None:
        """Put every shipment into a car or among those left; rather into that of the runs *before*."""
        every = [number for number in range(len(self.problem.shipments)) if number not in self._standing]
        new = [number for number in every if best_place(self.problem, self.drafts, number) is not None]
        with_lunch = self._routed(router, new, self.problem)
        tries = [with_lunch]
        if with_lunch[1] and any(car.lunch is not None for car in self.problem.cars):
            cars = tuple(replace(car, lunch=None) for car in self.problem.cars)
            tries.append(self._routed(router, new, replace(self.problem, cars=cars)))
        drove = self._drove(before)
        if drove:
            tries.insert(0, self._as_before(before, drove, new))
        self.drafts, self.left = min(
            tries, key=lambda one: (len(one[1]), self._cost(one[0]) + self._change(one[0], drove))
        )
        self.left += [number for number in every if number not in new]
        self._move_into_standing(new, drove)

    def _drove(self, before: Sequence[DayRun]) -> dict[int, set[int]]:
        """Return by shipment the cars of the volunteer who had all of it before."""
        driver = {code: run.driver for run in before for code in run.added}
        found: dict[int, set[int]] = {}
        for number, holds in enumerate(self.holds):
            whose = {driver.get(hold.code, "") for hold in holds}
            if number not in self._standing and len(whose) == 1 and whose != {""}:
                cars = {at for at, one in enumerate(self.cars) if one.driver.code in whose}
                found[number] = cars & self.problem.shipments[number].cars
        return found

    def _as_before(
        self, before: Sequence[DayRun], drove: dict[int, set[int]], new: list[int]
    ) -> tuple[dict[int, Draft], list[int]]:
        """Return drafts in the order of the runs *before* as far as it keeps every rule, the rest set in."""
        number_of = {hold.code: number for number in new for hold in self.holds[number]}
        drafts = dict(self.drafts)
        for run in before:
            cars = [
                at
                for at, one in enumerate(self.cars)
                if one.driver.code == run.driver and one.driver.hours == run.hours and one.locked is None
            ]
            tasks = [
                Task(number, stop.kind is StopKind.DROP)
                for stop in run.stops
                for number in dict.fromkeys(number_of[code] for code in stop.holds if code in number_of)
                if cars and cars[0] in drove.get(number, ())
            ]
            if tasks and cars:
                draft = repaired(self.problem, cars[0], stops_of_tasks(tasks, self.problem.shipments))
                if draft.stops:
                    drafts[cars[0]] = draft
        there = {number for draft in drafts.values() for number in draft.shipments}
        rest = [number for number in new if number not in there]
        for number in list(rest):
            found = best_place(self.problem, drafts, number, drove.get(number, ()))
            if found is not None:
                drafts[found[1]] = found[2]
                rest.remove(number)
        return drafts, insert_all(self.problem, drafts, rest)

    def _change(self, drafts: dict[int, Draft], drove: dict[int, set[int]]) -> int:
        """Return what it costs that milk goes to another volunteer than before, in minutes at the wheel."""
        moved = sum(
            len(self.holds[number])
            for car, draft in drafts.items()
            for number in draft.shipments
            if number in drove and car not in drove[number]
        )
        return moved * self.question.policy.change

    def _routed(
        self, router: Router, new: list[int], problem: RoutingProblem
    ) -> tuple[dict[int, Draft], list[int]]:
        """Return drafts that keep every rule of this day, and what is in none of them."""
        free = [number for number, one in enumerate(self.cars) if one.locked is None]
        asked = RoutingProblem(
            problem.minutes,
            tuple(problem.cars[number] for number in free),
            tuple(
                replace(
                    problem.shipments[number],
                    cars=frozenset(free.index(car) for car in problem.shipments[number].cars if car in free),
                )
                for number in new
            ),
        )
        routes = router.route(asked) if free and new else Routes(left=tuple(range(len(new))))
        drafts = dict(self.drafts)
        for car, tasks in routes.tasks.items():
            here = (task._replace(shipment=new[task.shipment]) for task in tasks)
            theirs = [task for task in here if free[car] in self.problem.shipments[task.shipment].cars]
            stops = stops_of_tasks(theirs, self.problem.shipments)
            draft = repaired(self.problem, free[car], stops)
            if draft.stops:
                drafts[free[car]] = draft
        there = {number for draft in drafts.values() for number in draft.shipments}
        return drafts, insert_all(self.problem, drafts, [number for number in new if number not in there])

    def _cost(self, drafts: dict[int, Draft]) -> int:
        cars = self.problem.cars
        return sum(
            wheel_minutes(draft.stops, cars[car], self.problem) + cars[car].fixed
            for car, draft in drafts.items()
        )

    def _move_into_standing(self, new: list[int], drove: dict[int, set[int]]) -> None:
        """Let milk travel with a run that stands where that saves more than it costs."""
        standing = [number for number, one in enumerate(self.cars) if one.locked is not None]
        for number in new if standing else ():
            if number in self.left:
                continue
            here = next(car for car, draft in self.drafts.items() if number in draft.shipments)
            if here in standing:
                continue
            able = self.problem.shipments[number].cars & set(standing)
            found = best_place(self.problem, self.drafts, number, able)
            rest = without(self.drafts[here].stops, number)
            saved = self._saved(here, rest)
            if found is None or saved is None:
                continue
            change = self._change({found[1]: Draft(found[2].stops)}, {number: drove.get(number, {found[1]})})
            if found[0] + change >= saved[0]:
                continue
            self.drafts[found[1]] = found[2]
            if saved[1].stops:
                self.drafts[here] = saved[1]
            else:
                del self.drafts[here]

    def _saved(self, car: int, rest: Stops) -> tuple[int, Draft] | None:
        one = self.problem.cars[car]
        before = wheel_minutes(self.drafts[car].stops, one, self.problem)
        if not rest:
            return before + one.fixed, Draft()
        draft = draft_of(self.problem, car, rest)
        return None if draft is None else (before - wheel_minutes(rest, one, self.problem), draft)

    def runs(self) -> Iterable[DayRun]:
        """Yield every run with new milk, checked."""
        travel = {
            hold.code: hold
            for draft in self.drafts.values()
            for number in draft.shipments
            for hold in self.holds[number]
        }
        travel |= {hold.code: hold for one in self.question.locked for hold in one.holds}
        for car, draft in sorted(self.drafts.items()):
            locked = self.cars[car].locked
            is_proposed = locked is not None and bool(locked.proposed)
            if is_proposed or any(number not in self._standing for number in draft.shipments):
                yield self._run(car, draft, travel)

    def _run(self, car: int, draft: Draft, travel: dict[str, DayHold]) -> DayRun:
        laid = draft.laid
        assert laid is not None  # noqa: S101 - drafts kept have times
        return run_of(self.question, self.cars[car], tuple(self._doors(car, draft)), laid, travel)

    def _doors(self, car: int, draft: Draft) -> Iterable[Door]:
        locked = self.cars[car].locked
        pinned = {(one.kind, one.home.household_id): one for one in (() if locked is None else locked.stops)}
        for stop in draft.stops:
            holds = [hold for number in stop.shipments for hold in self.holds[number]]
            home = holds[0].taker if stop.is_drop else holds[0].giver
            kind = StopKind.DROP if stop.is_drop else StopKind.PICK_UP
            codes, service = tuple(hold.code for hold in holds), stop.visit.service
            by_hand = pinned.get((kind, home.household_id))
            if by_hand is None or not by_hand.is_locked:
                yield Door(kind, replace(home, hours=stop.visit.hours), codes, service)
            else:
                yield Door(kind, by_hand.home, codes, service, by_hand.not_before, is_locked=True)


def _table(minutes: NDArray[np.int64]) -> Table:
    return tuple(tuple(map(int, row)) for row in minutes)
