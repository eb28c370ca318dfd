"""The calls that matter, and what they open."""

from __future__ import annotations

from dataclasses import replace

from coordinator.adapters.solvers.highs import Highs
from coordinator.domain.facts.dated_facts import Fact, FactKind, FactSource, Presence
from coordinator.domain.planning.hopes import hopes
from coordinator.domain.planning.making import best_plan
from coordinator.domain.planning.network import Home, PlanNetwork, Wishes
from coordinator.domain.planning.plan import Plan
from coordinator.sayings import saying
from tests.planning_networks import POLICY, a_baby, a_lot, a_network, a_pair


def planned(network: PlanNetwork, calls: int) -> Plan:
    return best_plan(network, Wishes(calls=calls), POLICY, Highs())


def a_region() -> PlanNetwork:
    """Return two donors to ask: one holds up milk for two babies, the other more milk for a far one."""
    pairs = [
        a_pair("L-1", "R-1", homes=frozenset({1001}), hope=0.9),
        a_pair("L-1", "R-2", homes=frozenset({1001}), hope=0.9),
        a_pair("L-2", "R-2", 60, homes=frozenset({1002}), hope=0.5),
        a_pair("L-3", "R-1", 30),
    ]
    lots = [a_lot("L-1", 120), a_lot("L-2", 200), a_lot("L-3", 20)]
    return a_network([a_baby("R-1"), a_baby("R-2")], lots, pairs)


def test_without_calls_only_what_is_certain_is_planned() -> None:
    plan = planned(a_region(), 0)

    assert [(one.lot, one.is_certain) for one in plan.proposals] == [("L-3", True)]
    assert plan.calls == ()
    assert plan.certain == plan.after


def test_the_call_that_opens_most_comes_first_and_says_for_whom() -> None:
    region = a_region()
    homes = dict(region.homes)
    homes[1001] = Home(1001, "D-1", "Maeve", (saying("HTLV: tested?"),), (saying("Which freezer?"),))

    (call,) = planned(replace(region, homes=homes), 1).calls

    assert call.household == "D-1"
    assert str(call.why) == "600 oz for Baby R-1, Baby R-2, if the answers are as hoped"
    assert [str(ask) for ask in call.asks] == ["HTLV: tested?", "Which freezer?"]


def test_milk_that_two_households_hold_up_needs_both_calls() -> None:
    network = a_network(
        [a_baby("R-1")], [a_lot("L-1", 60)], [a_pair("L-1", "R-1", homes=frozenset({1, 1001}), hope=0.8)]
    )

    assert planned(network, 1).proposals == ()
    assert {call.household for call in planned(network, 2).calls} == {"R-1", "D-1"}


def test_a_household_that_is_not_to_be_rung_holds_its_milk_up() -> None:
    region = a_region()
    resting = {**region.homes, 1001: replace(region.homes[1001], may_be_rung=False)}

    assert "D-1" not in {call.household for call in planned(replace(region, homes=resting), 5).calls}


def test_what_is_certain_and_what_is_hoped_are_told_apart_in_figures() -> None:
    plan = planned(a_region(), 2)

    assert plan.after.uncovered_baby_days < plan.certain.uncovered_baby_days < plan.before.uncovered_baby_days


def answers(kind: FactKind, presence: Presence, count: int) -> list[list[Fact]]:
    return [[Fact(kind, presence)] for _ in range(count)]


def test_hope_is_the_networks_own_from_twenty_answers_on() -> None:
    told = answers(FactKind.NICOTINE, Presence.NO, 16) + answers(FactKind.NICOTINE, Presence.YES, 4)

    assert hopes(told, POLICY) == {"nicotine": 0.8}
    assert hopes(told[1:], POLICY) == {}


def test_a_blood_test_is_hoped_to_be_made_and_what_notes_mention_is_no_answer() -> None:
    told = answers(FactKind.BLOOD_TEST, Presence.YES, 20)
    mentioned = [[Fact(FactKind.BLOOD_TEST, Presence.NO, source=FactSource.NOTES)]] * 20

    assert hopes([*told, *mentioned], POLICY) == {"blood test": 1.0}
