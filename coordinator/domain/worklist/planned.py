"""The calls in the order of the plan: first those that let it serve most, each with what it opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coordinator.domain.agreements.case_steps import Act
from coordinator.domain.planning.conditions import in_few_words
from coordinator.domain.planning.plan import PlanCall
from coordinator.domain.volume import Volume
from coordinator.domain.worklist.calls import Call
from coordinator.domain.worklist.openings import Opened

RUNG_FOR = frozenset(
    {
        Act.ASK_DONOR,
        Act.ASK_FAMILY,
        Act.NUDGE_DONOR,
        Act.NUDGE_FAMILY,
        Act.NOTE_DRIVER_YES,
        Act.ASK_AFTER,
    }
)
"""What is waited for and a call moves on. Whoever was asked a moment ago is not rung for the answer."""


USUAL_CALLS = 5
"""So many calls there is time for, where she has not said; our own choice."""


@dataclass(frozen=True, slots=True)
class PlannedCalls:
    """The calls the plan rests on, what opens most first, for as many as there was time for.

    By the household's id; of a household that is in none of them the plan says nothing.
    """

    asked: int = 0
    calls: Mapping[int, PlanCall] = field(default_factory=dict)
    opens: Mapping[int, Opened] = field(default_factory=dict)
    ounces: float = 0.0
    babies: int = 0

    def place(self, call: Call) -> int:
        """Return the place of a call's household; behind all where the plan says nothing of it."""
        places = {home: at for at, home in enumerate(self.calls)}
        return places.get(call.household.id, len(places))


def planned_calls(asked: int, calls: Sequence[PlanCall]) -> PlannedCalls:
    """Return the *calls* of a plan that was *asked* for so many; milk that waits for two counts once."""
    sent = {(one.donor, one.recipient, one.ounces) for call in calls for one in call.sent}
    return PlannedCalls(
        asked,
        {call.home: call for call in calls},
        {call.home: _opened(call) for call in calls},
        sum(ounces for _, _, ounces in sent),
        len({recipient for _, recipient, _ in sent}),
    )


def _opened(call: PlanCall) -> Opened:
    """Return what a call opens as the plan sends it, baby by baby."""
    babies: dict[tuple[str, str], float] = {}
    for one in call.sent:
        who = one.recipient, one.recipient_name
        babies[who] = babies.get(who, 0.0) + one.ounces
    return Opened(
        tuple(babies),
        Volume.from_oz(round(sum(babies.values()), 6)),
        each=tuple(Volume.from_oz(round(ounces, 6)) for ounces in babies.values()),
        if_so=in_few_words(asked for one in call.sent for asked in one.asks),
        also=tuple(dict.fromkeys(name for one in call.sent for name in one.also)),
        is_planned=True,
        asks=tuple(dict.fromkeys(asked for one in call.sent for asked in one.asks)),
        is_own={code for code, _ in babies} == {call.household},
    )


def by_plan(calls: Sequence[Call], planned: PlannedCalls | None) -> list[Call]:
    """Return *calls*, which stand in the old order, with those of the plan first."""
    return sorted(calls, key=planned.place) if planned is not None else list(calls)


def is_waited_for(call: Call) -> bool:
    """Whether somebody waits for a yes of this household, or for how it went."""
    return any(one.strand.next.act in RUNG_FOR for one in call.waiting)
