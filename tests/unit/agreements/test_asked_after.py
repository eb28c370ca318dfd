"""When milk is asked after, and which answers lead to the clinician."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.domain.agreements.asked_after import (
    Answers,
    Asking,
    Signs,
    Taste,
    Tolerated,
    next_asking,
)
from tests.builders import TODAY

POLICY = load_matching_policy()
DAYS = st.lists(st.integers(0, 30), max_size=4).map(sorted)


def test_the_days_are_those_of_the_sources() -> None:
    assert (POLICY.ask_after_days, POLICY.ask_after_again_days) == (3, 14)
    assert POLICY.ask_after_again_days < POLICY.ask_after_until_days


@given(DAYS)
def test_asking_on_the_second_day_or_later_is_the_last(days: list[int]) -> None:
    askings = [Asking(TODAY + timedelta(days=day)) for day in days]

    found = next_asking(TODAY, askings, POLICY)

    if any(day >= POLICY.ask_after_again_days for day in days):
        assert found is None
    else:
        assert found is not None
        assert found.is_second is bool(days)
        wanted = POLICY.ask_after_again_days if days else POLICY.ask_after_days
        assert found.due_on == TODAY + timedelta(days=wanted)


@pytest.mark.parametrize(
    ("answers", "worries"),
    [
        (Answers(), False),
        (Answers(Tolerated.YES, Taste.FINE, Signs.NONE), False),
        (Answers(taste=Taste.REFUSED), False),
        (Answers(taste=Taste.SOAPY), False),
        (Answers(Tolerated.NO), True),
        (Answers(Tolerated.YES, signs=Signs.RASH), True),
        (Answers(signs=Signs.OTHER), True),
        (Answers(signs=Signs.BOTH, note="red cheeks"), True),
    ],
)
def test_what_worries(answers: Answers, *, worries: bool) -> None:
    assert answers.worries is worries
    assert "red cheeks" not in str(answers.words), "her words stay hers"
