"""Everybody there is to ring on a day: one list and one count for Today and for a round of calls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from coordinator.domain.families.households import Household
from coordinator.domain.worklist.calls import Call
from coordinator.domain.worklist.made_calls import MadeCall, rests
from coordinator.domain.worklist.out_and_waiting import Waiting
from coordinator.domain.worklist.planned import RUNG_FOR, is_waited_for


def to_ring(
    calls: Iterable[Call],
    waiting: Iterable[Waiting],
    homes: Mapping[str, Household],
    made: Mapping[int, Sequence[MadeCall]],
    today: date,
) -> list[Call]:
    """Return the *calls*, those with a note to read first among them, and whoever only a yes is waited of.

    Args:
        calls: The households with questions, one call each.
        waiting: What is waited for.
        homes: Every household in use, by the codes of its roles.
        made: The calls made, by household; whoever was rung today rests.
        today: The day.
    """
    asked = list(map(_pressing, calls))
    asked_codes = {code for call in asked for code in call.codes}
    asked_homes = {call.household.id for call in asked}
    waited: dict[int, list[Waiting]] = defaultdict(list)
    for one in waiting:
        home = homes.get(one.whom_code)
        if one.strand.next.act in RUNG_FOR and one.whom_code not in asked_codes and home is not None:
            waited[home.id].append(one)
    only = [
        _only_waiting(homes, waits)
        for home_id, waits in waited.items()
        if home_id not in asked_homes and not rests(made.get(home_id, ()), today)
    ]
    return [*asked, *only]


def on_the_list(calls: Iterable[Call]) -> list[Call]:
    """Return those of *calls* that a list speaks of: with a note to read first, none does."""
    return [call for call in calls if not call.household.read_before_ringing]


def _pressing(call: Call) -> Call:
    """Return *call*, which presses too when somebody waits for its yes."""
    return replace(call, is_urgent=call.is_urgent or is_waited_for(call))


def _only_waiting(homes: Mapping[str, Household], waits: Sequence[Waiting]) -> Call:
    code = waits[0].whom_code
    home = homes[code]
    codes = tuple(sorted(code for code, one in homes.items() if one.id == home.id))
    return Call(code, home, (), is_urgent=True, codes=codes, waiting=tuple(waits))
