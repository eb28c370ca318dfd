"""Which milk goes to which baby, written down as a program, and read back from its answer.

Hard: what is free, whole bags, the room in a freezer, the smallest shipment worth a trip. All else is
weighed. A baby takes no more than it lacks, but for the last bag.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from coordinator.domain.planning.network import Pair, PlanBaby, PlanLot, PlanNetwork, Wishes
from coordinator.domain.planning.program import NEARLY, Program
from coordinator.domain.planning.weights import PlanPolicy

_LESS_THAN_A_BAG = 0.999
_SLACK_OZ = 1e-4
"""So much more is allowed where sums meet a limit exactly: a solver reckons to the millionth."""
Key = tuple[str, str]
Amounts = Mapping[Key, float]
"""Ounces by lot and baby."""


@dataclass(frozen=True, slots=True)
class Trip:
    """One donor and one baby: the pairs it would carry, and the most and the least of it in ounces."""

    baby: str
    donor: str
    pairs: tuple[Pair, ...]
    most_oz: float
    least_oz: float
    cost: float

    @property
    def hope(self) -> float:
        """How likely it is that any of it comes."""
        return max(pair.hope for pair in self.pairs)


@dataclass(frozen=True, slots=True)
class Task:
    """A network with what is wanted of it, made ready: what each pair may take, and the trips."""

    network: PlanNetwork
    wishes: Wishes
    policy: PlanPolicy
    babies: Mapping[str, PlanBaby]
    lots: Mapping[str, PlanLot]
    most: Mapping[Key, float]
    rooms: Mapping[str, float]
    trips: tuple[Trip, ...]


def task_of(
    network: PlanNetwork,
    wishes: Wishes,
    policy: PlanPolicy,
    rung: Iterable[int] = (),
    *,
    all_rung: bool = False,
) -> Task:
    """Return what may be planned when the households *rung* have been rung, or all of them.

    Pairs are put in order first: of plans that are equally good, the same one is found however they came.
    """
    homes = frozenset(rung)
    babies, lots = {one.code: one for one in network.babies}, {one.code: one for one in network.lots}
    usable = [
        pair
        for pair in sorted(network.pairs, key=_by_baby)
        if pair.key in wishes.pins or (pair.key not in wishes.forbidden and (all_rung or pair.homes <= homes))
    ]
    rooms = _rooms(network.pairs, babies, lots, wishes)
    most = {pair.key: _most(pair, lots[pair.lot], rooms[pair.baby], wishes) for pair in usable}
    trips = tuple(_trips(usable, most, rooms, lots, wishes, policy))
    return Task(network, wishes, policy, babies, lots, most, rooms, trips)


def _by_baby(pair: Pair) -> Key:
    return pair.baby, pair.lot


def _rooms(
    pairs: Iterable[Pair], babies: Mapping[str, PlanBaby], lots: Mapping[str, PlanLot], wishes: Wishes
) -> dict[str, float]:
    """Return how much each baby may take: what it lacks and less than a bag more, if its freezer takes that.

    A bag of the largest that may ever go to it, so that a call more never leaves it less room.
    """
    bags: dict[str, float] = defaultdict(float)
    pinned: dict[str, float] = defaultdict(float)
    for pair in pairs:
        bags[pair.baby] = max(bags[pair.baby], lots[pair.lot].bag_oz)
        pinned[pair.baby] += wishes.pins.get(pair.key, 0.0)
    return {
        code: max(min(babies[code].lacks_oz + bag * _LESS_THAN_A_BAG, babies[code].room_oz), pinned[code])
        for code, bag in bags.items()
    }


def _most(pair: Pair, lot: PlanLot, room: float, wishes: Wishes) -> float:
    if pair.key in wishes.pins:
        return wishes.pins[pair.key]
    return in_bags(min(lot.at_most_oz(pair.only_from), room), lot)


def in_bags(ounces: float, lot: PlanLot) -> float:
    """Return as much of *ounces* as whole bags of *lot* hold."""
    return math.floor(ounces / lot.bag_oz + NEARLY) * lot.bag_oz if lot.bag_oz else ounces


def _trips(
    pairs: Iterable[Pair],
    most: Mapping[Key, float],
    rooms: Mapping[str, float],
    lots: Mapping[str, PlanLot],
    wishes: Wishes,
    policy: PlanPolicy,
) -> Iterable[Trip]:
    carried: dict[Key, list[Pair]] = defaultdict(list)
    for pair in pairs:
        carried[pair.baby, pair.donor].append(pair)
    for (baby, donor), together in carried.items():
        able = tuple(pair for pair in together if most[pair.key] > NEARLY)
        pinned = sum(wishes.pins.get(pair.key, 0.0) for pair in able)
        much = min(sum(most[pair.key] for pair in able), rooms[baby])
        least = min(policy.smallest_oz, pinned) if pinned else policy.smallest_oz
        if able and much >= least - NEARLY:
            yield Trip(baby, donor, able, much, least, _cost(able, wishes, policy, lots))


def _cost(pairs: tuple[Pair, ...], wishes: Wishes, policy: PlanPolicy, lots: Mapping[str, PlanLot]) -> float:
    first = pairs[0]
    cost = policy.trip_cost(first.minutes, needs_driver=first.needs_driver)
    cost += -policy.kept if first.is_kept else policy.donor
    if wishes.before:
        donors = {lots[lot].donor for lot, baby in wishes.before if baby == first.baby and lot in lots}
        cost += -policy.change if first.donor in donors else policy.change
    return cost


@dataclass(slots=True)
class Written:
    """A task as a program, with which column means what."""

    task: Task
    program: Program = field(default_factory=Program)
    amounts: dict[Key, int] = field(default_factory=dict)
    fed: dict[str, tuple[int, ...]] = field(default_factory=dict)
    made: dict[Key, int] = field(default_factory=dict)
    nothing: dict[str, int] = field(default_factory=dict)
    expired: dict[str, int] = field(default_factory=dict)
    changed: dict[Key, int] = field(default_factory=dict)

    def unit(self, key: Key) -> float:
        """Return how many ounces one of an amount's column is: a bag, or an ounce."""
        return self.task.lots[key[0]].bag_oz or 1.0


def write(task: Task) -> Written:
    """Return *task* as a program."""
    written = Written(task)
    _write_amounts(written)
    _write_trips(written)
    _write_babies(written)
    _write_lots(written)
    _write_changes(written)
    return written


def _write_amounts(written: Written) -> None:
    task = written.task
    for trip in task.trips:
        for pair in trip.pairs:
            unit = written.unit(pair.key)
            high = task.most[pair.key] / unit
            is_whole = bool(task.lots[pair.lot].bag_oz)
            high = round(high) if is_whole else high
            low = high if pair.key in task.wishes.pins else 0.0
            written.amounts[pair.key] = written.program.column(high, low=low, whole=is_whole)


def _write_trips(written: Written) -> None:
    program = written.program
    for trip in written.task.trips:
        made = program.column(1.0, trip.cost, whole=True)
        written.made[trip.baby, trip.donor] = made
        carried = [(written.amounts[pair.key], written.unit(pair.key)) for pair in trip.pairs]
        program.at_most(0.0, [*carried, (made, -trip.most_oz - _SLACK_OZ)])
        program.at_least(-_SLACK_OZ, [*carried, (made, -trip.least_oz)])


def _write_babies(written: Written) -> None:
    """Write what each baby is fed week by week, the room it has, and whether it is left at nothing."""
    task, program = written.task, written.program
    trips: dict[str, list[Trip]] = defaultdict(list)
    for trip in task.trips:
        trips[trip.baby].append(trip)
    for code, made in trips.items():
        baby = task.babies[code]
        pairs = [pair for trip in made for pair in trip.pairs]
        taken = [(written.amounts[pair.key], written.unit(pair.key)) for pair in pairs]
        program.at_most(task.rooms[code] + _SLACK_OZ, taken)
        written.fed[code] = tuple(
            program.column(week.ounces, -worth)
            for week, worth in zip(baby.weeks, worths(task, baby), strict=True)
        )
        hoped = [(written.amounts[pair.key], -pair.hope * written.unit(pair.key)) for pair in pairs]
        program.at_most(0.0, [*((column, 1.0) for column in written.fed[code]), *hoped])
        if baby.is_at_nothing:
            nothing = program.column(1.0, task.policy.nothing * baby.weight)
            written.nothing[code] = nothing
            helped = [(written.made[code, trip.donor], trip.hope) for trip in made]
            program.at_least(1.0, [(nothing, 1.0), *helped])


def worths(task: Task, baby: PlanBaby) -> tuple[float, ...]:
    """Return what an ounce is worth to *baby* in each week, in days."""
    weeks = len(baby.weeks)
    return tuple(
        baby.weight * task.policy.week_weight(at, weeks) * week.days / week.ounces if week.ounces else 0.0
        for at, week in enumerate(baby.weeks)
    )


def _write_lots(written: Written) -> None:
    """Write that no more of a lot, or of its newer bags, is given than there is, and what of it expires."""
    task, program = written.task, written.program
    given: dict[str, list[Pair]] = defaultdict(list)
    for trip in task.trips:
        for pair in trip.pairs:
            given[pair.lot].append(pair)
    for code, pairs in given.items():
        lot = task.lots[code]
        terms = [(pair, (written.amounts[pair.key], written.unit(pair.key))) for pair in pairs]
        program.at_most(lot.free_oz + _SLACK_OZ, [term for _, term in terms])
        for cut, much in lot.cuts:
            newer = [term for pair, term in terms if pair.only_from is not None and pair.only_from >= cut]
            if newer:
                program.at_most(much + _SLACK_OZ, newer)
        if lot.expiring_oz:
            expired = program.column(lot.expiring_oz, task.policy.expiring)
            written.expired[code] = expired
            oldest = [term for pair, term in terms if _may_save(lot, pair)]
            program.at_least(lot.expiring_oz, [(expired, 1.0), *oldest])


def _may_save(lot: PlanLot, pair: Pair) -> bool:
    """Whether any of the bags that may go with *pair* would expire."""
    return lot.saved_oz(lot.free_oz, pair.only_from) > NEARLY


def _write_changes(written: Written) -> None:
    """Write by how much each amount of the plan before changes."""
    task, program = written.task, written.program
    each = task.policy.change / 2 / max(task.policy.smallest_oz, 1.0)
    for key, before in sorted(task.wishes.before.items()):
        if key in written.amounts:
            changed = program.column(before + task.most[key], each)
            written.changed[key] = changed
            term = (written.amounts[key], written.unit(key))
            program.at_least(-before, [(changed, 1.0), (term[0], -term[1])])
            program.at_least(before, [(changed, 1.0), term])


def amounts_of(written: Written, values: tuple[float, ...]) -> dict[Key, float]:
    """Return the ounces of each pair that gets some, from the answer to a program."""
    found = (
        {key: values[column] * written.unit(key) for key, column in written.amounts.items()} if values else {}
    )
    return {key: ounces for key, ounces in found.items() if ounces > NEARLY}


def answer_of(written: Written, amounts: Amounts) -> list[float]:
    """Return the answer to the program that gives these *amounts*, with the best of everything else."""
    task, values = written.task, [0.0] * len(written.program.cost)
    for key, column in written.amounts.items():
        values[column] = amounts.get(key, 0.0) / written.unit(key)
    for trip in task.trips:
        if any(amounts.get(pair.key, 0.0) > NEARLY for pair in trip.pairs):
            values[written.made[trip.baby, trip.donor]] = 1.0
    _answer_babies(written, amounts, values)
    pairs = {pair.key: pair for trip in task.trips for pair in trip.pairs}
    for code, column in written.expired.items():
        lot = task.lots[code]
        given = sum(
            ounces
            for key, ounces in amounts.items()
            if key[0] == code and key in pairs and _may_save(lot, pairs[key])
        )
        values[column] = max(lot.expiring_oz - given, 0.0)
    for key, column in written.changed.items():
        values[column] = abs(amounts.get(key, 0.0) - task.wishes.before[key])
    return values


def _answer_babies(written: Written, amounts: Amounts, values: list[float]) -> None:
    hoped: dict[str, float] = defaultdict(float)
    helped: dict[str, float] = defaultdict(float)
    for trip in written.task.trips:
        for pair in trip.pairs:
            hoped[trip.baby] += pair.hope * amounts.get(pair.key, 0.0)
        helped[trip.baby] += trip.hope * values[written.made[trip.baby, trip.donor]]
    for code, columns in written.fed.items():
        left = hoped[code]
        for column in columns:
            values[column] = min(left, written.program.high[column])
            left -= values[column]
    for code, column in written.nothing.items():
        values[column] = max(1.0 - helped[code], 0.0)
