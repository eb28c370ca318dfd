from __future__ import annotations

import math
from importlib import resources

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.adapters.policies.driving import load_driving_policy, read_driving_policy
from coordinator.adapters.policies.policy_file import PolicyError
from coordinator.domain.driving.minutes import DrivingPolicy, SpeedBand, format_minutes

BAND_LISTS = st.lists(st.tuples(st.floats(0.1, 50), st.floats(1, 120)), min_size=1, max_size=8)


def shipped_text() -> str:
    return (resources.files("resources") / "policies" / "driving.toml").read_text(encoding="utf-8")


@given(BAND_LISTS, st.lists(st.floats(0, 1000), min_size=2, max_size=30))
def test_a_longer_drive_never_takes_less_time_whatever_the_bands(
    widths_and_speeds: list[tuple[float, float]], straight: list[float]
) -> None:
    ends = np.cumsum([width for width, _ in widths_and_speeds]).tolist()
    ends[-1] = math.inf
    bands = tuple(SpeedBand(end, mph) for end, (_, mph) in zip(ends, widths_and_speeds, strict=True))

    minutes = DrivingPolicy(1.3, bands).minutes(np.sort(np.array(straight)))

    assert np.all(np.diff(minutes) >= -1e-9)


def test_the_middle_of_a_band_is_driven_at_its_speed() -> None:
    policy = load_driving_policy()

    straight = 30 / policy.road_factor

    assert policy.road_miles(straight) == pytest.approx(30)
    assert policy.minutes(straight) == pytest.approx(30 / 56 * 60)


def test_one_and_many_agree() -> None:
    policy = load_driving_policy()
    miles = [0.0, 3.0, 17.0, 90.0, 500.0]

    assert policy.minutes(np.array(miles)).tolist() == [policy.minutes(one) for one in miles]


def test_a_coordinator_may_set_her_own_road_factor() -> None:
    policy = load_driving_policy()

    assert policy.with_road_factor(1.5).road_miles(10.0) == 15
    assert policy.with_road_factor(1.5).minutes(10.0) > policy.minutes(10.0)


def test_a_road_shorter_than_the_straight_line_is_refused() -> None:
    with pytest.raises(ValueError, match="at least as long"):
        load_driving_policy().with_road_factor(0.9)


@pytest.mark.parametrize("key", ["unit", "seen_in", "status", "checked"])
def test_a_value_that_does_not_say_where_it_is_from_is_refused_by_key(key: str) -> None:
    lines = [line for line in shipped_text().splitlines() if not line.startswith(f"{key} = ")]
    text = (
        "\n".join(lines).replace('    "', '    # "').replace("\n]\n", "\n# ]\n")
        if key == "seen_in"
        else "\n".join(lines)
    )

    with pytest.raises(PolicyError, match=key):
        read_driving_policy(text)


def test_bands_out_of_order_are_refused() -> None:
    with pytest.raises(PolicyError, match="rise"):
        read_driving_policy(shipped_text().replace("up_to_road_miles = 10,", "up_to_road_miles = 4,"))


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [
        (0.0, "about 5 min"),
        (24.0, "about 25 min"),
        (57.4, "about 55 min"),
        (58.0, "about 1 h"),
        (70.1, "about 1 h 10 min"),
        (180.0, "about 3 h"),
    ],
)
def test_a_drive_is_shown_to_five_minutes(minutes: float, shown: str) -> None:
    assert format_minutes(minutes) == shown
