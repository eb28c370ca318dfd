"""Why a household is to be rung: what the plan would send with the call and without it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from coordinator.db.database import Database
from coordinator.domain.planning.conditions import KNOWN_AT_HOME
from coordinator.domain.planning.network import Hoped
from coordinator.domain.planning.plan import Plan, PlanCall
from coordinator.domain.volume import Volume
from coordinator.services.planning.calls_to_make import only_these_rung
from coordinator.services.planning.gathering import Asked, Kept, gather
from coordinator.services.planning.hoping import ANY_ANSWER, HopeLine, hopes_in_use
from coordinator.services.planning.plans import plan_of
from coordinator.services.planning.settings import policy_kept


@dataclass(frozen=True, slots=True)
class ForBaby:
    """What the plan would send one family with the call, and without it."""

    code: str
    name: str
    with_it: Volume
    without: Volume


@dataclass(frozen=True, slots=True)
class WhyCall:
    """What a call changes. ``babies`` are those who get more or less by it.

    ``hoped`` is what its milk waits for, each with how likely it is, but for what is merely to be known;
    ``others`` is how many calls are made too.
    """

    call: PlanCall
    others: int
    with_it: Volume
    without: Volume
    babies: tuple[ForBaby, ...]
    hoped: tuple[tuple[Hoped, HopeLine | None], ...]


def why_call(
    database: Database, home: int, calls: Collection[int], today: date, kept: Kept | None = None
) -> WhyCall | None:
    """Return what ringing *home* changes among the *calls* of the plan; ``None`` if it opens nothing now.

    Both plans have the other calls in them, so that the difference is this call alone.
    """
    policy = policy_kept(database)
    asked = Asked(policy.weeks, len(calls), policy.minutes)
    gathered = gather(database, asked, policy, today, kept)
    others = frozenset(calls) - {home}
    plans = [
        plan_of(
            replace(gathered, network=only_these_rung(gathered.network, rung)),
            replace(asked, calls=len(rung)),
            policy,
        )
        for rung in (others | {home}, others)
    ]
    call = next((one for one in plans[0].calls if one.home == home), None)
    if call is None:
        return None
    with_it, without = map(_by_baby, plans)
    names = {one.recipient: one.recipient_name for plan in plans for one in plan.proposals}
    babies = tuple(
        ForBaby(code, names[code], _volume(with_it.get(code, 0.0)), _volume(without.get(code, 0.0)))
        for code in sorted(names, key=lambda code: without.get(code, 0.0) - with_it.get(code, 0.0))
        if abs(with_it.get(code, 0.0) - without.get(code, 0.0)) > _ANY_OZ
    )
    lines = {line.topic: line for line in hopes_in_use(database)}
    hoped = dict.fromkeys(one for sent in call.sent for one in sent.asks)
    return WhyCall(
        call,
        len(others),
        _volume(sum(with_it.values())),
        _volume(sum(without.values())),
        babies,
        tuple((one, _line_of(one, lines)) for one in hoped),
    )


_ANY_OZ = 0.5


def _line_of(one: Hoped, lines: Mapping[str, HopeLine]) -> HopeLine | None:
    return None if one is KNOWN_AT_HOME else lines.get(one.topic, lines[ANY_ANSWER])


def _by_baby(plan: Plan) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for one in plan.proposals:
        found[one.recipient] = found.get(one.recipient, 0.0) + one.ounces
    return found


def _volume(ounces: float) -> Volume:
    return Volume.from_oz(round(ounces, 6))
