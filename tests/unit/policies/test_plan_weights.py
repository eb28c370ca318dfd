"""What the plan weighs stands in a file, each figure with its unit and why."""

from __future__ import annotations

import re

import pytest

from coordinator.adapters.policies.plan_weights import load_plan_policy, read_plan_policy
from coordinator.adapters.policies.policy_file import PolicyError, shipped


def test_every_weight_has_a_unit_and_says_that_it_is_our_choice_or_what_it_rests_on() -> None:
    for weight in load_plan_policy().printed:
        assert weight.title, weight.key
        assert weight.unit, weight.key
        assert str(weight.reason).startswith(("our choice", "calculated from")), weight.key


@pytest.mark.parametrize("key", [weight.key for weight in load_plan_policy().printed])
def test_a_figure_that_is_missing_or_no_number_is_refused_by_its_name(key: str) -> None:
    without = re.sub(rf"(?ms)^\[{key}\].*?(?=^\[|\Z)", "", shipped("plan.toml"))
    with pytest.raises(PolicyError, match=key):
        read_plan_policy(without)


def test_a_weight_that_is_no_number_is_refused() -> None:
    with pytest.raises(PolicyError):
        read_plan_policy(shipped("plan.toml").replace("value = 0.005", 'value = "much"', 1))


def test_the_first_week_counts_most_and_the_last_one_once() -> None:
    policy = load_plan_policy()
    weights = [policy.week_weight(week, 4) for week in range(4)]

    assert weights == sorted(weights, reverse=True)
    assert weights[-1] == 1
    assert policy.week_weight(0, 1) == 1
