"""Calls in the order of the plan, and what each of them says it opens."""

from __future__ import annotations

from datetime import datetime, time

from coordinator.domain.planning.conditions import KNOWN_AT_HOME, in_few_words
from coordinator.domain.planning.network import Hoped
from coordinator.domain.planning.plan import PlanCall, Sent
from coordinator.domain.volume import VolumeUnit
from coordinator.domain.worklist.calls import Call
from coordinator.domain.worklist.planned import by_plan, planned_calls
from coordinator.domain.worklist.rounds import in_order
from coordinator.sayings import as_written
from tests.builders import TODAY
from tests.unit.worklist.test_rounds import a_donor, a_family, codes

HTLV = Hoped("blood test", as_written("HTLV: tested?"), as_written("if she was tested for HTLV"))
MORNING = datetime.combine(TODAY, time(10))


def a_call(call: Call, *sent: Sent) -> PlanCall:
    ounces = sum(one.ounces for one in sent)
    return PlanCall(call.code, call.household.name, ounces, (), (), home=call.household.id, sent=sent)


def sent(ounces: float, baby: int, *also: str) -> Sent:
    return Sent(f"R-{baby:04}", f"Baby {baby}", "D-0001", "Maeve", ounces, 0.9, (HTLV,), also)


def said(call: PlanCall) -> str:
    found = planned_calls(5, (call,))
    return str(found.opens[call.home].words(VolumeUnit.OZ))


def test_a_call_says_what_the_plan_would_send_for_whom_and_if_what() -> None:
    donor = a_donor(1)

    assert said(a_call(donor, sent(600, 1), sent(374, 2))) == (
        "974 oz for Baby 1, Baby 2, if she was tested for HTLV"
    )
    assert said(a_call(donor, sent(60, 1, "Baby 1"))) == (
        "60 oz for Baby 1, if she was tested for HTLV, with a call to the family too"
    )
    assert said(a_call(a_family(1), sent(60, 1, "Maeve"))) == (
        "60 oz for their own baby, if she was tested for HTLV, with a call to Maeve too"
    )


def test_many_babies_and_conditions_are_counted_behind_the_first() -> None:
    babies = a_call(a_donor(1), *(sent(10, baby) for baby in range(1, 6)))

    assert said(babies).startswith("50 oz for Baby 1, Baby 2, Baby 3 and 2 more, if")
    more = Hoped("dairy", as_written("?"), as_written("if she eats no dairy"))
    assert str(in_few_words((HTLV, more, KNOWN_AT_HOME, HTLV))) == (
        "if she was tested for HTLV, if she eats no dairy, and 1 answer more"
    )


def test_milk_that_waits_for_two_calls_counts_once() -> None:
    both = sent(60, 1, "the other")
    found = planned_calls(2, (a_call(a_donor(1), both), a_call(a_family(1), both)))

    assert (found.ounces, found.babies, list(found.calls)) == (60, 1, [101, 1])


def test_the_calls_of_the_plan_come_first_and_the_others_keep_the_old_order() -> None:
    calls = [a_donor(1), a_family(1), a_donor(2), a_family(2)]
    plan = planned_calls(5, (a_call(calls[3], sent(60, 2)), a_call(calls[0], sent(30, 2))))

    assert codes(by_plan(calls, plan)) == ["R-0002", "D-0001", "R-0001", "D-0002"]
    assert by_plan(calls, None) == calls


def test_a_round_rings_nobody_outside_their_hours_before_others_though_the_plan_would() -> None:
    calls = [a_donor(1, "evenings"), a_donor(2), a_donor(3)]
    plan = planned_calls(5, (a_call(calls[0], sent(90, 1)), a_call(calls[2], sent(60, 1))))

    assert codes(in_order(calls, {}, {}, MORNING, plan)) == ["D-0003", "D-0002", "D-0001"]
