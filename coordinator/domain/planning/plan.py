"""A plan: who gets which milk, which calls it rests on, who is not served and why, and five figures."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from coordinator.domain.codes import CodeLetter, letter_of
from coordinator.domain.planning.allocating import Amounts, Key, Task
from coordinator.domain.planning.conditions import in_few_words
from coordinator.domain.planning.network import Home, Hoped, NotOffered, Pair, PlanBaby, PlanNetwork
from coordinator.domain.planning.program import NEARLY
from coordinator.domain.planning.weights import Weight
from coordinator.sayings import NOTHING, Saying, as_written, joined, plural, saying


@dataclass(frozen=True, slots=True)
class Proposal:
    """Milk of a lot for a baby. ``calls`` are the households to ring first; none where it is certain.

    ``bags`` is ``None`` where the lot's were not counted. ``minutes`` is the drive one way.
    """

    lot: str
    donor: str
    donor_name: str
    recipient: str
    recipient_name: str
    ounces: float
    bags: int | None
    minutes: float
    only_from: date | None = None
    calls: tuple[str, ...] = ()
    hope: float = 1.0

    @property
    def is_certain(self) -> bool:
        """Whether nothing is left to ask."""
        return not self.calls

    @property
    def id(self) -> str:
        """What it is taken up by: lot, baby and how much, so that what is accepted is what was shown."""
        much = f"{self.ounces:.1f}oz" if self.bags is None else f"{self.bags}"
        return f"{self.lot}:{self.recipient}:{much}"


@dataclass(frozen=True, slots=True)
class Sent:
    """Milk the plan sends once a call is made and its answers are as hoped, in ounces.

    ``asks`` is what the household is asked for it, ``also`` who else is to be rung, by name.
    """

    recipient: str
    recipient_name: str
    donor: str
    donor_name: str
    ounces: float
    hope: float
    asks: tuple[Hoped, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanCall:
    """A household to ring: what it opens if all is as hoped, for whom, and what to ask.

    ``blocking`` questions hold up what is ``sent``; ``besides`` is what else is open there, asked in the
    same call. ``home`` is the household's id.
    """

    household: str
    name: str
    opens_oz: float
    babies: tuple[str, ...]
    blocking: tuple[Saying, ...]
    besides: tuple[Saying, ...] = ()
    home: int = 0
    sent: tuple[Sent, ...] = ()

    @property
    def asks(self) -> tuple[Saying, ...]:
        """Everything to ask, what milk waits for first."""
        return (*self.blocking, *self.besides)

    @property
    def why(self) -> Saying:
        """``974 oz for Uma, Tess, if HTLV was tested``."""
        much, names = saying("{n} oz", n=round(self.opens_oz)), joined(", ", map(as_written, self.babies))
        if told := in_few_words(one for sent in self.sent for one in sent.asks):
            return saying("{much} for {names}, {told}", much=much, names=names, told=told)
        return saying("{much} for {names}, if the answers are as hoped", much=much, names=names)


@dataclass(frozen=True, slots=True)
class Unserved:
    """A baby whose need is not met, how many baby-days are left, and why in words.

    ``why`` may tell of health; the counts do not: of donors who are ``possible`` but give elsewhere, who are
    ``waiting`` for a call that is not in the plan, who are not ``offered``. ``room_oz`` is what its freezer
    takes where that is too little. ``is_hindered``: nothing is planned for it at all.
    """

    recipient: str
    name: str
    days: float
    why: Saying
    possible: int = 0
    waiting: int = 0
    not_offered: NotOffered = field(default_factory=NotOffered)
    room_oz: float | None = None
    is_hindered: bool = False


@dataclass(frozen=True, slots=True)
class Served:
    """A baby that gets milk: what it lacks in the weeks of the plan, and the baby-days not covered.

    ``days`` are those before the plan, ``days_left`` those if all answers are as hoped.
    """

    recipient: str
    name: str
    lacks_oz: float
    days: float
    days_left: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Five figures that a plan is judged by, in the weeks it looks ahead; the one place they are defined.

    Attributes:
        uncovered_baby_days: Days that babies lack milk, twins twice, once all that is promised and all of the
            plan has come, used from the first day without on. Families whose need nobody knows count none.
        minutes: At the wheel, there and back, one trip for each donor and baby, without loading.
        expired_oz: Ounces of free milk that have their last day before the plan ends and go to nobody. What
            goes is taken to be the oldest that may go.
        donors_per_baby: Different donors of the plan for each baby that gets any of its milk; 0 for no plan.
        at_nothing: Families who lack milk on every day of the plan, and get none of it.
    """

    uncovered_baby_days: float
    minutes: float
    expired_oz: float
    donors_per_baby: float
    at_nothing: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan, the figures before it, of what is certain in it, and if all answers are as hoped.

    ``gap`` is by how much a better plan could still be better (0 to 1; 0 is proven the best); infinite for a
    first answer. ``hopes`` is what is hoped of each kind of answer, ``weights`` what was weighed; ``served``
    are the babies that get milk, by code.
    """

    proposals: tuple[Proposal, ...]
    calls: tuple[PlanCall, ...]
    unserved: tuple[Unserved, ...]
    before: Figures
    certain: Figures
    after: Figures
    gap: float = math.inf
    seconds: float = 0.0
    is_cancelled: bool = False
    weights: tuple[Weight, ...] = ()
    hopes: Mapping[str, float] = field(default_factory=dict)
    served: tuple[Served, ...] = ()


def proposals_of(task: Task, amounts: Amounts) -> tuple[Proposal, ...]:
    """Return what is proposed, the certain first, then by baby and the nearest donor."""
    pairs = {pair.key: pair for trip in task.trips for pair in trip.pairs}
    found = [_proposal(task, pairs[key], ounces) for key, ounces in amounts.items()]
    order = sorted(found, key=lambda one: (not one.is_certain, one.recipient, one.minutes, one.lot))
    return tuple(order)


def _proposal(task: Task, pair: Pair, ounces: float) -> Proposal:
    lot, baby = task.lots[pair.lot], task.babies[pair.baby]
    codes = sorted(task.network.homes[home].code for home in pair.homes if home in task.network.homes)
    return Proposal(
        lot=pair.lot,
        donor=lot.donor,
        donor_name=lot.donor_name,
        recipient=pair.baby,
        recipient_name=baby.name,
        ounces=ounces,
        bags=round(ounces / lot.bag_oz) if lot.bag_oz else None,
        minutes=pair.minutes,
        only_from=pair.only_from,
        calls=tuple(codes),
        hope=pair.hope,
    )


def calls_of(network: PlanNetwork, proposals: Iterable[Proposal]) -> tuple[PlanCall, ...]:
    """Return the calls that *proposals* rest on, what opens the most first.

    Of two that open as much a family comes before a donor: her milk waits for its answers as well.
    """
    homes = {home.code: home for home in network.homes.values()}
    asked = {pair.key: pair.asks for pair in network.pairs}
    opened: dict[str, list[Sent]] = defaultdict(list)
    for one in proposals:
        for code in one.calls:
            also = tuple(homes[other].name for other in one.calls if other != code)
            asks = asked[one.lot, one.recipient].get(homes[code].id, ())
            opened[code].append(_sent(one, asks, also))
    calls = [_call(homes[code], tuple(waiting)) for code, waiting in opened.items()]
    return tuple(sorted(calls, key=_calls_in_order))


def _calls_in_order(call: PlanCall) -> tuple[float, bool, str]:
    is_family = letter_of(call.household) is CodeLetter.RECIPIENT
    return -round(call.opens_oz, 6), not is_family, call.household


def _sent(one: Proposal, asks: tuple[Hoped, ...], also: tuple[str, ...]) -> Sent:
    return Sent(
        one.recipient, one.recipient_name, one.donor, one.donor_name, one.ounces, one.hope, asks, also
    )


def _call(home: Home, sent: tuple[Sent, ...]) -> PlanCall:
    """Return a call; of what may hold milk up only that is blocking which holds up what is sent."""
    asks = tuple(dict.fromkeys(ask.question for one in sent for ask in one.asks))
    blocking = asks or home.blocking
    return PlanCall(
        household=home.code,
        name=home.name,
        opens_oz=sum(one.ounces for one in sent),
        babies=tuple(dict.fromkeys(one.recipient_name for one in sent)),
        blocking=blocking,
        besides=tuple(one for one in dict.fromkeys((*home.blocking, *home.besides)) if one not in blocking),
        home=home.id,
        sent=sent,
    )


def figures_of(task: Task, amounts: Amounts) -> Figures:
    """Return the figures of a plan that gives *amounts*."""
    got: dict[str, float] = defaultdict(float)
    saved: dict[str, float] = defaultdict(float)
    donors: dict[str, set[str]] = defaultdict(set)
    pairs = {pair.key: pair for pair in task.network.pairs}
    drives: dict[Key, float] = {}
    for key, ounces in amounts.items():
        pair = pairs[key]
        got[pair.baby] += ounces
        saved[pair.lot] += task.lots[pair.lot].saved_oz(ounces, pair.only_from)
        donors[pair.baby].add(pair.donor)
        drives[pair.baby, pair.donor] = 2 * pair.minutes
    return Figures(
        uncovered_baby_days=sum(uncovered(baby, got[baby.code]) for baby in task.network.babies),
        minutes=sum(drives.values()),
        expired_oz=sum(max(lot.expiring_oz - saved[lot.code], 0.0) for lot in task.network.lots),
        donors_per_baby=sum(map(len, donors.values())) / len(donors) if donors else 0.0,
        at_nothing=sum(baby.is_at_nothing and got[baby.code] < NEARLY for baby in task.network.babies),
    )


def uncovered(baby: PlanBaby, ounces: float) -> float:
    """Return how many baby-days are left when it gets so much, used from its first day without on."""
    days, left = 0.0, ounces
    for week in baby.weeks:
        used = min(left, week.ounces)
        left -= used
        days += week.days * (1 - used / week.ounces) if week.ounces else 0.0
    return days


def unserved_of(task: Task, amounts: Amounts, open_homes: Mapping[str, int]) -> tuple[Unserved, ...]:
    """Return who is not served in full and why, who lacks the most days first.

    *open_homes* says for how many lots of each baby a call would be needed that is not in the plan.
    """
    got = got_by_baby(amounts)
    able: Counter[str] = Counter(trip.baby for trip in task.trips)
    found = [
        Unserved(
            baby.code,
            baby.name,
            uncovered(baby, got[baby.code]),
            _why(task, baby, got, open_homes),
            able[baby.code],
            open_homes.get(baby.code, 0),
            baby.not_offered,
            baby.room_oz if _is_full(task, baby, got[baby.code]) else None,
            is_hindered=bool(baby.hindered),
        )
        for baby in task.network.babies
        if baby.hindered or uncovered(baby, got[baby.code]) > 0.5
    ]
    return tuple(sorted(found, key=lambda one: (-one.days, one.recipient)))


def served_of(task: Task, amounts: Amounts) -> tuple[Served, ...]:
    """Return the babies that get milk, in the order of their codes."""
    got = got_by_baby(amounts)
    return tuple(
        Served(baby.code, baby.name, baby.lacks_oz, uncovered(baby, 0.0), uncovered(baby, got[baby.code]))
        for baby in sorted(task.network.babies, key=lambda baby: baby.code)
        if got[baby.code] > NEARLY
    )


def got_by_baby(amounts: Amounts) -> dict[str, float]:
    """Return how many ounces each baby gets; none for all others."""
    got: dict[str, float] = defaultdict(float)
    for (_, code), ounces in amounts.items():
        got[code] += ounces
    return got


def _why(task: Task, baby: PlanBaby, got: Mapping[str, float], open_homes: Mapping[str, int]) -> Saying:
    if baby.hindered:
        return baby.hindered
    parts = [
        *_room(task, baby, got[baby.code]),
        *_fitting(task, baby),
        *_waiting(baby, open_homes),
        *baby.left_out,
    ]
    return joined("; ", parts) or saying("no milk that fits is free")


def _room(task: Task, baby: PlanBaby, got: float) -> Iterable[Saying]:
    if _is_full(task, baby, got):
        yield saying("its freezer takes about {n} oz", n=round(baby.room_oz))


def _is_full(task: Task, baby: PlanBaby, got: float) -> bool:
    """Whether its freezer keeps it from more."""
    return baby.room_oz < baby.lacks_oz and got > baby.room_oz - task.policy.smallest_oz


def _fitting(task: Task, baby: PlanBaby) -> Iterable[Saying]:
    """Say how many donors could serve the baby by now, whose milk went elsewhere or is not worth a trip."""
    able = sum(trip.baby == baby.code for trip in task.trips)
    if able:
        yield plural(
            "{n} donor is possible, and her milk does more elsewhere or is planned for it",
            "{n} donors are possible, and their milk does more elsewhere or is planned for it",
            able,
        )


def _waiting(baby: PlanBaby, open_homes: Mapping[str, int]) -> Iterable[Saying]:
    if n := open_homes.get(baby.code, 0):
        yield plural(
            "{n} donor needs a call that is not in the plan",
            "{n} donors need calls that are not in the plan",
            n,
        )


NO_REASON = NOTHING
