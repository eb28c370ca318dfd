"""What holds of every plan, on networks nobody thought of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coordinator.adapters.policies.intake import load_intake_policy
from coordinator.adapters.solvers.highs import Highs
from coordinator.domain.milk.needs import Arrival, left_on, runway
from coordinator.domain.planning.allocating import Amounts, task_of
from coordinator.domain.planning.calls import homes_to_ring
from coordinator.domain.planning.greedy import first_answer
from coordinator.domain.planning.making import best_plan
from coordinator.domain.planning.needing import room_oz
from coordinator.domain.planning.network import Pair, PlanBaby, PlanNetwork, Wishes
from coordinator.domain.planning.plan import Plan, figures_of
from coordinator.domain.planning.program import go_on
from coordinator.domain.planning.thinning import solve
from coordinator.domain.planning.weights import PlanPolicy
from coordinator.domain.volume import Volume
from tests.benchmarks.rival_plans import by_run_out_date, nearest_first
from tests.builders import TODAY
from tests.drawn_networks import networks, pinned, rungs
from tests.plan_rules import broken
from tests.planning_networks import ONLY_DAYS, POLICY

FEW = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
NEARLY = 1e-3


def planned(
    network: PlanNetwork, rung: frozenset[int], wishes: Wishes | None = None, goes_by: PlanPolicy = POLICY
) -> dict[tuple[str, str], float]:
    """Return the best amounts once *rung* were rung."""
    task = task_of(network, wishes or Wishes(), goes_by, rung)
    return dict(solve(task, first_answer(task), Highs(), go_on).amounts)


def days_left(network: PlanNetwork, amounts: Amounts) -> float:
    return figures_of(task_of(network, Wishes(), POLICY), amounts).uncovered_baby_days


def given_by(plan: Plan) -> dict[tuple[str, str], float]:
    return {(one.lot, one.recipient): one.ounces for one in plan.proposals}


@FEW
@given(st.data())
def test_no_rule_is_broken_by_the_plan_or_its_first_answer(data: st.DataObject) -> None:
    network = data.draw(networks())
    rung = data.draw(rungs(network))
    task = task_of(network, Wishes(), POLICY, rung)

    assert broken(network, first_answer(task), POLICY, rung=rung) == []
    assert broken(network, planned(network, rung), POLICY, rung=rung) == []


@FEW
@given(st.data())
def test_what_is_made_smaller_kept_or_forbidden_stays_so(data: st.DataObject) -> None:
    network = data.draw(networks())
    rung = data.draw(rungs(network))
    wishes = data.draw(pinned(network, planned(network, rung)))
    task = task_of(network, wishes, POLICY, rung)

    assert broken(network, first_answer(task), POLICY, wishes=wishes, rung=rung) == []
    assert broken(network, planned(network, rung, wishes), POLICY, wishes=wishes, rung=rung) == []


@FEW
@given(networks(), st.integers(0, 5))
def test_no_rule_is_broken_by_whoever_pairs_by_hand(network: PlanNetwork, calls: int) -> None:
    for done in (nearest_first(network, POLICY, calls), by_run_out_date(network, POLICY, calls)):
        assert broken(network, done.amounts, POLICY, rung=done.rung) == []
        assert len(done.rung) <= calls


@FEW
@given(networks())
def test_no_pairing_by_hand_leaves_fewer_days_uncovered_than_the_plan(network: PlanNetwork) -> None:
    sure = _sure(network)

    ours = days_left(sure, planned(sure, frozenset(sure.homes), goes_by=ONLY_DAYS))

    for done in (nearest_first(sure, ONLY_DAYS, 99), by_run_out_date(sure, ONLY_DAYS, 99)):
        assert ours <= days_left(sure, done.amounts) + NEARLY


@FEW
@given(st.data())
def test_more_milk_never_leaves_more_days_uncovered(data: st.DataObject) -> None:
    network = data.draw(networks())
    sure = _sure(network)
    at = data.draw(st.integers(0, len(sure.lots) - 1))
    lots = list(sure.lots)
    more = (lots[at].bag_oz or 5.0) * data.draw(st.integers(1, 30))
    lots[at] = replace(
        lots[at],
        free_oz=lots[at].free_oz + more,
        cuts=tuple((day, much + more) for day, much in lots[at].cuts),
    )
    richer = replace(sure, lots=tuple(lots))

    before = days_left(sure, planned(sure, frozenset(sure.homes), goes_by=ONLY_DAYS))
    after = days_left(richer, planned(richer, frozenset(richer.homes), goes_by=ONLY_DAYS))

    assert after <= before + NEARLY


def _sure(network: PlanNetwork) -> PlanNetwork:
    """Return the network with every baby alike and every answer sure to be as hoped."""
    babies = tuple(replace(one, weight=1.0) for one in network.babies)
    return replace(network, babies=babies, pairs=tuple(replace(pair, hope=1.0) for pair in network.pairs))


@FEW
@given(st.data())
def test_forgetting_an_answer_never_adds_certain_ounces(data: st.DataObject) -> None:
    network = _sure(data.draw(networks()))
    ounces = replace(network, babies=tuple(_by_ounces(network)))
    forgotten = data.draw(st.sampled_from(sorted(network.homes)))
    less = replace(ounces, pairs=tuple(_asked(ounces, forgotten)))

    assert _certain_oz(less) <= _certain_oz(ounces) + NEARLY


def _by_ounces(network: PlanNetwork) -> Iterator[PlanBaby]:
    """Yield the babies with a day for every ounce, so that days are ounces of use."""
    for baby in network.babies:
        yield replace(baby, weeks=tuple(replace(week, days=week.ounces) for week in baby.weeks))


def _asked(network: PlanNetwork, home: int) -> Iterator[Pair]:
    """Yield the pairs as they are when what *home* said is not known any more."""
    lots, babies = {one.code: one for one in network.lots}, {one.code: one for one in network.babies}
    for pair in network.pairs:
        is_of = home in (lots[pair.lot].home, babies[pair.baby].home)
        yield replace(pair, homes=pair.homes | {home}) if is_of else pair


def _certain_oz(network: PlanNetwork) -> float:
    """Return the most ounces of use that may go with nothing left to ask."""
    amounts = planned(network, frozenset(), goes_by=ONLY_DAYS)
    return sum(baby.lacks_oz for baby in network.babies) - days_left(network, amounts)


@FEW
@given(networks(), st.integers(0, 3), st.integers())
def test_the_same_data_have_the_same_plan_in_whatever_order(
    network: PlanNetwork, calls: int, seed: int
) -> None:
    random = Random(seed)
    shuffled = replace(
        network,
        babies=tuple(random.sample(network.babies, len(network.babies))),
        lots=tuple(random.sample(network.lots, len(network.lots))),
        pairs=tuple(random.sample(network.pairs, len(network.pairs))),
        homes=dict(random.sample(sorted(network.homes.items()), len(network.homes))),
    )
    wishes = Wishes(calls=calls)

    one, other = (best_plan(each, wishes, POLICY, Highs()) for each in (network, shuffled))

    assert given_by(one) == pytest.approx(given_by(other))
    assert one.calls == other.calls


@FEW
@given(networks(), st.integers(0, 4))
def test_no_more_households_are_rung_than_there_is_time_for(network: PlanNetwork, calls: int) -> None:
    rung = homes_to_ring(network, Wishes(calls=calls), POLICY, Highs())

    assert len(rung) <= calls
    assert broken(network, planned(network, rung), POLICY, rung=rung) == []


@given(
    feet=st.integers(0, 30),
    stock=st.none() | st.integers(0, 4_000),
    counted=st.integers(0, 40),
    coming=st.lists(st.integers(0, 2_000), max_size=3),
)
def test_a_freezer_is_never_overfull_with_what_is_there_and_on_its_way(
    feet: int, stock: int | None, counted: int, coming: list[int]
) -> None:
    intake, on = load_intake_policy(), TODAY - timedelta(days=counted)
    at_home = None if stock is None else Volume.from_oz(stock)
    known = runway(intake, date(2026, 8, 1), 1, Volume(), at_home, on, TODAY)
    arriving = tuple(Arrival(TODAY + timedelta(days=n), Volume.from_oz(oz)) for n, oz in enumerate(coming))
    promised = replace(known, to_come=arriving)
    babies = promised.babies
    assert babies is not None
    there = left_on(intake, babies, at_home, on, TODAY).oz if at_home is not None else 0.0

    room = room_oz(f"{feet} cubic feet", promised, intake, POLICY, TODAY)

    takes = feet * POLICY.freezer_oz
    assert room == 0 or room + there + sum(coming) <= takes + NEARLY
    assert room >= 0
