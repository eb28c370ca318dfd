"""No milk is ever proposed between two who are paused: neither to one baby nor in a plan."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.adapters.policies.driving import load_driving_policy
from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.adapters.policies.plan_weights import load_plan_policy
from coordinator.domain.agreements.pair_pauses import PairPause, PauseWhy
from coordinator.domain.matching.ranking import SetAside, rank
from coordinator.domain.planning.pairing import Around, paired
from tests.builders import TODAY, a_lot, a_seeker, an_offer

CODES = tuple(f"D-000{number}" for number in range(1, 7))
OFFERS = tuple(an_offer(code, lots=(a_lot(f"L-{code[2:]}", donor_code=code),)) for code in CODES)
AROUND = Around({code: number for number, code in enumerate(CODES)}, {}, load_plan_policy(), 75)


def aside_of(code: str, pause: PairPause) -> SetAside:
    return SetAside(code, code, str(pause.words), pause.words)


@given(
    paused=st.sets(st.sampled_from(CODES)),
    set_aside=st.sets(st.sampled_from(CODES)),
    why=st.sampled_from(PauseWhy),
    on=st.dates(date(2026, 1, 1), TODAY),
)
@settings(max_examples=60)
def test_no_paused_pair_is_ranked_or_planned(
    paused: set[str], set_aside: set[str], why: PauseWhy, on: date
) -> None:
    aside = [aside_of(code, PairPause(on, why, "a private word")) for code in sorted(paused)]
    aside += [SetAside(code, code, "not this one") for code in sorted(set_aside - paused)]

    ranking = rank(a_seeker(), OFFERS, load_matching_policy(), load_driving_policy(), TODAY, aside)
    found = paired(ranking, 99, AROUND, TODAY, asks_need=False)

    ranked = {match.code for match in (*ranking.matches, *ranking.not_a_fit)}
    assert ranked == set(CODES) - paused - set_aside
    assert {pair.donor for pair in found.pairs} == ranked
    told = " ".join(str(one) for one in found.left_out)
    assert ("paused with this family" in told) is bool(paused)
    assert "a private word" not in told
