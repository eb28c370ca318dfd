"""What runs in VROOM's own process: a day's numbers in, routes out."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

from coordinator.domain.pickups.day.routing import Routes, RoutingProblem, Task

if TYPE_CHECKING:
    from coordinator.domain.pickups.day.routing import Car, Visit

SEARCH = 5
"""How hard VROOM looks, 0 to 5; 50 pairs and 6 volunteers take 1.5 s at 5."""
_THREADS = 2


def solved(problem: RoutingProblem, search: int = SEARCH) -> Routes:
    """Return VROOM's routes; called in a process of its own, as nothing else of it runs meanwhile."""
    vroom = _library()
    asked = vroom.Input()
    asked.set_durations_matrix("car", np.ascontiguousarray(problem.minutes, dtype=np.uint32))
    most = sum(shipment.amount for shipment in problem.shipments)
    for number, car in enumerate(problem.cars):
        may = {at + 1 for at, one in enumerate(problem.shipments) if number in one.cars}
        asked.add_vehicle(_vehicle(vroom, number, car, most, may))
    for number, shipment in enumerate(problem.shipments):
        asked.add_shipment(
            _step(vroom, 2 * number, shipment.pick),
            _step(vroom, 2 * number + 1, shipment.drop),
            vroom.Amount([shipment.amount]),
            {number + 1},
        )
    return _read(asked.solve(exploration_level=search, nb_threads=_THREADS), len(problem.shipments))


def _library() -> Any:  # noqa: ANN401 - untyped
    """Import ``vroom`` without pandas, which takes 0.7 s and only makes tables that nobody reads here."""
    held = sys.modules.get("pandas")
    stand_in: Any = ModuleType("pandas")
    stand_in.DataFrame = object
    sys.modules["pandas"] = held or stand_in
    try:
        return import_module("vroom")
    finally:
        if held is None:
            del sys.modules["pandas"]


def _vehicle(vroom: Any, number: int, car: Car, most: int, may: set[int]) -> Any:  # noqa: ANN401 - untyped
    return vroom.Vehicle(
        number + 1,
        start=car.home,
        end=car.home,
        capacity=[most if car.room is None else car.room],
        skills=may,
        time_window=vroom.TimeWindow(*car.hours),
        breaks=_breaks(vroom, car),
        costs=vroom.VehicleCosts(fixed=car.fixed),
        max_travel_time=car.most_minutes,
    )


def _breaks(vroom: Any, car: Car) -> tuple[Any, ...]:  # noqa: ANN401 - untyped
    """Return the lunch of a car whose shift lasts all through the hours for it, else none."""
    lunch = car.lunch
    if lunch is None or car.hours.opens > lunch.hours.opens or car.hours.closes < lunch.hours.closes:
        return ()
    return (vroom.Break(1, [vroom.TimeWindow(*lunch.hours)], lunch.minutes),)


def _step(vroom: Any, number: int, visit: Visit) -> Any:  # noqa: ANN401 - untyped
    """Return half a shipment; what is done there counts once where the car stays for the next one."""
    windows = [vroom.TimeWindow(*hours) for hours in sorted(visit.hours)]
    return vroom.ShipmentStep(number, visit.place, visit.service, 0, windows)


def _read(solution: Any, count: int) -> Routes:  # noqa: ANN401 - untyped
    """Return the order of the tasks of each car; of a break and of times nothing is kept."""
    tasks: dict[int, list[Task]] = {}
    table = np.asarray(solution._routes_numpy())  # noqa: SLF001 - its own table of this asks for pandas
    kinds = table["type"].astype("U9").tolist()
    for car, kind, half in zip(table["vehicle_id"].tolist(), kinds, table["id"].tolist(), strict=True):
        if kind in {"pickup", "delivery"}:
            tasks.setdefault(car - 1, []).append(Task(half // 2, kind == "delivery"))
    done = {task.shipment for route in tasks.values() for task in route}
    left = tuple(number for number in range(count) if number not in done)
    return Routes({car: tuple(route) for car, route in sorted(tasks.items())}, left)
