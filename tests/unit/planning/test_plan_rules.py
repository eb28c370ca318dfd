"""What holds for every plan, whatever the network."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from coordinator.adapters.solvers.highs import Highs
from coordinator.domain.planning.allocating import task_of
from coordinator.domain.planning.greedy import first_answer
from coordinator.domain.planning.making import best_plan, quick_plan
from coordinator.domain.planning.network import Pair, PlanNetwork, Wishes
from coordinator.domain.planning.plan import Plan
from coordinator.domain.planning.weights import PlanPolicy
from tests.plan_rules import broken
from tests.planning_networks import (
    ONLY_DAYS,
    POLICY,
    a_baby,
    a_lot,
    a_network,
    a_pair,
    large_network,
    policy,
    small_networks,
)

MIDDLE = [large_network(12, 9, seed, nearest=5) for seed in range(1, 7)]


def planned(network: PlanNetwork, goes_by: PlanPolicy = POLICY, **wishes: object) -> Plan:
    """Return the best plan."""
    return best_plan(network, Wishes(**wishes), goes_by, Highs())  # type: ignore[arg-type]


def given(plan: Plan) -> dict[tuple[str, str], float]:
    """Return the ounces by lot and baby."""
    return {(one.lot, one.recipient): one.ounces for one in plan.proposals}


def check_rules(network: PlanNetwork, plan: Plan) -> None:
    """Fail where a plan breaks a rule."""
    assert broken(network, given(plan), POLICY) == []


def test_nothing_is_given_twice_bags_are_whole_and_no_rule_is_broken() -> None:
    for network in MIDDLE:
        check_rules(network, planned(network))
        check_rules(network, quick_plan(network, Wishes(), POLICY))


def test_the_same_network_has_the_same_plan() -> None:
    for network in MIDDLE[1:4]:
        assert given(planned(network)) == given(planned(network))


def test_the_best_plan_is_never_worse_than_the_first_one() -> None:
    for network in MIDDLE:
        first, best = quick_plan(network, Wishes(), ONLY_DAYS), planned(network, ONLY_DAYS)

        assert best.gap == 0
        assert best.after.uncovered_baby_days <= first.after.uncovered_baby_days + 1e-6


def test_more_milk_never_leaves_more_days_uncovered() -> None:
    for seed, network in enumerate(MIDDLE):
        lots = list(network.lots)
        at = Random(seed).randrange(len(lots))
        lots[at] = replace(lots[at], free_oz=lots[at].free_oz + 20 * lots[at].bag_oz)
        richer = replace(network, lots=tuple(lots))

        before, after = planned(network, ONLY_DAYS), planned(richer, ONLY_DAYS)

        assert after.after.uncovered_baby_days <= before.after.uncovered_baby_days + 1e-3


def test_a_pin_is_kept_and_changes_as_little_as_possible_of_the_rest() -> None:
    for network in MIDDLE[1:4]:
        before = planned(network)
        key, ounces = next(iter(given(before).items()))
        bag = next(lot.bag_oz for lot in network.lots if lot.code == key[0])
        smaller = round(ounces / bag / 2) * bag
        old = given(before)

        kept = given(planned(network, pins={key: smaller}, before=old))
        anew = given(planned(network, pins={key: smaller}))

        assert kept[key] == pytest.approx(smaller) == anew[key]
        assert changed(old, kept, key) <= changed(old, anew, key)


def changed(
    old: dict[tuple[str, str], float], new: dict[tuple[str, str], float], pin: tuple[str, str]
) -> int:
    """Return how many pairs came or went beside the pinned one."""
    return len((old.keys() ^ new.keys()) - {pin})


def test_solved_again_without_a_change_the_plan_stays() -> None:
    for network in MIDDLE[1:4]:
        before = given(planned(network))

        assert given(planned(network, before=before)) == before


def test_what_is_forbidden_does_not_go_there() -> None:
    for network in MIDDLE[1:4]:
        key = next(iter(given(planned(network))))

        assert key not in given(planned(network, forbidden=frozenset({key})))


def test_forgetting_an_answer_never_adds_certain_ounces() -> None:
    ounces = replace(ONLY_DAYS, first=0)
    for seed, network in enumerate(small_networks(60)):
        even = replace(network, babies=tuple(replace(one, weight=1.0) for one in network.babies))
        certain = [pair for pair in even.pairs if pair.is_certain]
        if not certain:
            continue
        forgotten = Random(seed).choice(certain)
        less = replace(even, pairs=tuple(_asked(pair, forgotten) for pair in even.pairs))

        assert most_certain(less, ounces) <= most_certain(even, ounces) + 1e-6


def _asked(pair: Pair, forgotten: Pair) -> Pair:
    """Return the pair as it is when the donor's answer is not known any more."""
    return replace(pair, homes=pair.homes | {1}) if pair.donor == forgotten.donor else pair


def most_certain(network: PlanNetwork, goes_by: PlanPolicy) -> float:
    """Return the most ounces that may go with nothing left to ask."""
    alike = tuple(
        replace(one, weeks=tuple(replace(week, days=week.ounces) for week in one.weeks))
        for one in network.babies
    )
    plan = planned(replace(network, babies=alike), goes_by)
    assert all(one.is_certain for one in plan.proposals)
    lacks = {one.code: one.lacks_oz for one in network.babies}
    got = dict.fromkeys(lacks, 0.0)
    for one in plan.proposals:
        got[one.recipient] += one.ounces
    return sum(min(got[code], lacks[code]) for code in lacks)


def test_nobody_is_at_nothing_while_another_has_weeks() -> None:
    babies = [a_baby("R-1"), a_baby("R-2")]
    near, far = a_pair("L-1", "R-1", 10), a_pair("L-1", "R-2", 40)
    network = a_network(babies, [a_lot("L-1", 60)], [near, far])

    assert {one.recipient for one in planned(network).proposals} == {"R-1", "R-2"}
    unfair = policy(nothing=0, early_week=0)
    assert {one.recipient for one in planned(network, unfair).proposals} == {"R-1"}


def test_a_pair_that_knows_each_other_goes_on() -> None:
    pairs = [a_pair("L-1", "R-1", 20), a_pair("L-2", "R-1", 25, is_kept=True)]
    network = a_network([a_baby("R-1", days=7)], [a_lot("L-1", 60), a_lot("L-2", 60)], pairs)

    assert [one.lot for one in planned(network).proposals] == ["L-2"]


def test_milk_that_would_reach_its_last_day_goes_first() -> None:
    lots = [a_lot("L-1", 60), a_lot("L-2", 60, expiring_oz=300.0)]
    network = a_network([a_baby("R-1", days=7)], lots, [a_pair("L-1", "R-1"), a_pair("L-2", "R-1")])

    plan = planned(network)

    assert [one.lot for one in plan.proposals] == ["L-2"]
    assert plan.after.expired_oz < plan.before.expired_oz == 300


def test_a_shipment_too_small_for_a_trip_is_not_made_and_a_freezer_is_not_overfilled() -> None:
    network = a_network(
        [a_baby("R-1", room_oz=52.0)],
        [a_lot("L-1", 5), a_lot("L-2", 60)],
        [a_pair("L-1", "R-1"), a_pair("L-2", "R-1")],
    )

    (one,) = planned(network).proposals

    assert (one.lot, one.bags) == ("L-2", 10)


def test_bags_that_nobody_counted_are_given_by_the_ounce() -> None:
    network = a_network([a_baby("R-1", days=7)], [a_lot("L-1", 60, bag_oz=5)], [a_pair("L-1", "R-1")])
    loose = replace(network, lots=(replace(network.lots[0], bag_oz=0.0),))

    (one,) = planned(loose).proposals

    assert one.bags is None
    assert one.ounces == pytest.approx(175, abs=1e-3)
    assert one.id == "L-1:R-1:175.0oz"


def test_a_baby_without_milk_says_why() -> None:
    network = a_network([a_baby("R-1", room_oz=20.0)], [a_lot("L-1", 60)], [a_pair("L-1", "R-1")])

    (one,) = planned(network).unserved

    assert "its freezer takes about 20 oz" in str(one.why)


def test_a_large_network_is_planned_within_a_hundredth_of_what_none_can_beat() -> None:
    network = large_network(60, 40, 3, nearest=20)
    task = task_of(network, Wishes(), POLICY)
    assert len(task.trips) >= 800

    plan = planned(network)

    assert 0 < plan.gap < 0.015
    check_rules(network, plan)
    assert first_answer(task)


def test_newer_bags_save_nothing_that_expires() -> None:
    cut = date(2026, 11, 1)
    lot = a_lot("L-1", 60, cuts=((cut, 100.0),), expiring_oz=180.0)
    pair = a_pair("L-1", "R-1", only_from=cut)
    network = a_network([a_baby("R-1")], [lot], [pair])

    plan = quick_plan(network, Wishes(), POLICY)

    assert lot.saved_oz(100, cut) == 0
    assert lot.saved_oz(100, None) == 100
    assert replace(lot, expiring_oz=250.0).saved_oz(100, cut) == 50
    assert [one.ounces for one in plan.proposals] == [100]
    assert plan.after.expired_oz == plan.before.expired_oz == 180
