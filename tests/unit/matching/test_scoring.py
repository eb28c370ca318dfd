"""The score of some milk for a baby: monotone in each part, ties are called ties, standing comes first."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.adapters.policies.driving import load_driving_policy
from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.adapters.policies.policy_file import PolicyError, shipped
from coordinator.adapters.policies.ranking_weights import load_ranking_policy, read_ranking_policy
from coordinator.domain.matching.matches import Match, Past
from coordinator.domain.matching.ranking import rank
from coordinator.domain.matching.reach import ReachKind, Way
from coordinator.domain.matching.scored import ScoredDonors
from coordinator.domain.matching.scoring import Known, Score, ScorePart, ToPlace, days_given, in_order, score
from coordinator.domain.matching.weights import PartKind, read_weights, written
from coordinator.domain.matching.why_not import WhyNot
from coordinator.domain.milk.needs import Need
from coordinator.domain.suitability.standing import StandingKind
from coordinator.domain.volume import Volume
from coordinator.sayings import NOTHING
from tests.builders import TODAY, a_baby, a_lot, a_seeker, an_offer, with_facts

POLICY = load_ranking_policy()
NEED = Need(*[Volume.from_oz(25)] * 3)
KINDS = (PartKind.MINUTES, PartKind.COVERS, PartKind.PAIR)
LEVELS = st.sampled_from((None, 0.0, 0.25, 0.3, 0.7, 1.0))
WEIGHTS = st.tuples(*[st.sampled_from((0.0, 5.0, 40.0, 120.0))] * len(KINDS)).map(
    lambda found: {**dict.fromkeys(PartKind, 0.0), **dict(zip(KINDS, found, strict=True))}
)
QUICK = settings(max_examples=60)
NOBODY = Known()
NOTHING_WEIGHED = dict.fromkeys(PartKind, 0.0)


def scores() -> st.SearchStrategy[Score]:
    levels = st.tuples(*[LEVELS] * len(KINDS))
    return levels.map(
        lambda found: Score(
            tuple(ScorePart(kind, level, NOTHING) for kind, level in zip(KINDS, found, strict=True))
        )
    )


def to_place() -> st.SearchStrategy[list[ToPlace]]:
    before = st.tuples(st.integers(0, 2))
    one = st.builds(ToPlace, st.integers(1, 9).map(lambda n: f"D-{n:04}"), before, scores())
    return st.lists(one, max_size=7, unique_by=lambda each: each.code)


def a_match(*, minutes: float | None = 30.0, reach: ReachKind = ReachKind.WITHIN, **offer: object) -> Match:
    """Return the match of a family that needs 25 oz a day."""
    (found,) = rank(
        a_seeker(need=NEED),
        [an_offer(**offer)],  # type: ignore[arg-type]
        load_matching_policy(),
        load_driving_policy(),
        TODAY,
    ).matches
    return found._replace(way=Way(minutes, minutes, minutes, reach))


def level(match: Match, kind: PartKind, known: Known = NOBODY) -> float | None:
    part = score(match, known, POLICY).part(kind)
    assert part is not None
    return part.level


def said(match: Match, known: Known = NOBODY) -> list[str]:
    return [str(part.said) for part in score(match, known, POLICY).parts]


@QUICK
@given(scores(), WEIGHTS, st.sampled_from(KINDS), st.floats(0, 1))
def test_a_score_never_falls_when_one_part_rises(
    found: Score, weights: dict[PartKind, float], kind: PartKind, more: float
) -> None:
    parts = tuple(
        replace(part, level=max(part.level or 0.0, more)) if part.kind is kind else part
        for part in found.parts
    )

    assert Score(parts).worth(weights) >= found.worth(weights)


@QUICK
@given(to_place(), WEIGHTS, st.floats(0, 60))
def test_no_weight_overtakes_how_a_match_stands(
    found: list[ToPlace], weights: dict[PartKind, float], tie: float
) -> None:
    stands = {one.code: one.before for one in found}

    placed = [stands[one.code] for one in in_order(found, weights, tie)]

    assert placed == sorted(placed)


@QUICK
@given(to_place())
def test_with_every_weight_at_nothing_the_order_is_standing_and_code(found: list[ToPlace]) -> None:
    placed = [one.code for one in in_order(found, NOTHING_WEIGHED, POLICY.tie)]

    assert placed == [one.code for one in sorted(found, key=lambda one: (one.before, one.code))]


@QUICK
@given(to_place(), WEIGHTS, st.randoms())
def test_the_order_does_not_depend_on_the_order_they_came_in(
    found: list[ToPlace], weights: dict[PartKind, float], random: st.DataObject
) -> None:
    mixed = list(found)
    random.shuffle(mixed)  # type: ignore[attr-defined]

    assert in_order(mixed, weights, POLICY.tie) == in_order(found, weights, POLICY.tie)


@QUICK
@given(to_place(), WEIGHTS, st.floats(0.1, 60))
def test_who_ties_stands_alike_and_is_nearer_than_the_width_of_a_tie(
    found: list[ToPlace], weights: dict[PartKind, float], tie: float
) -> None:
    placed = {one.code: one for one in in_order(found, weights, tie)}
    stands = {one.code: one.before for one in found}

    for one in placed.values():
        for other in one.tied:
            assert one.code in placed[other].tied
            assert stands[other] == stands[one.code]
            assert abs(placed[other].worth - one.worth) < tie


@settings(max_examples=20)
@given(st.floats(0, 300), st.floats(0, 300))
def test_a_longer_drive_never_counts_more(one: float, other: float) -> None:
    near, far = (level(a_match(minutes=drive), PartKind.MINUTES) for drive in sorted((one, other)))

    assert near is not None
    assert far is not None
    assert near >= far


def test_who_needs_a_driver_counts_as_if_she_lived_farther() -> None:
    alone, driven = (
        level(a_match(minutes=50, reach=reach), PartKind.MINUTES)
        for reach in (ReachKind.WITHIN, ReachKind.NEEDS_DRIVER)
    )

    assert driven == level(a_match(minutes=50 + POLICY.driver), PartKind.MINUTES)
    assert driven != alone


@pytest.mark.parametrize(
    ("ounces", "words"),
    [
        (400, "covers all of the next 14 days"),
        (350, "covers all of the next 14 days"),
        (280, "covers 80 % of the next 14 days"),
        (1, "covers 0 % of the next 14 days"),
    ],
)
def test_how_much_of_two_weeks_the_milk_covers(ounces: float, words: str) -> None:
    match = a_match(lots=(a_lot(free=Volume.from_oz(ounces)),))

    assert words in said(match)
    assert days_given(match) == pytest.approx(ounces / 25, rel=1e-3)


def test_only_milk_that_stands_as_the_best_of_it_does_is_counted() -> None:
    lots = (a_lot("L-0001"), a_lot("L-0002", expressed_from=None, expressed_to=None))
    match = a_match(lots=lots)
    assert [part.verdict.kind for part in match.parts] != [match.parts[0].verdict.kind] * 2

    assert days_given(match) == pytest.approx(100 / 25)


def test_what_is_not_known_is_said_and_counts_nothing() -> None:
    match = a_match(minutes=None)._replace(seeker=a_seeker())

    found = score(match, Known(compares_families=True), POLICY)

    unknown = {part.kind for part in found.parts if part.level is None}
    assert unknown == {
        PartKind.MINUTES,
        PartKind.COVERS,
        PartKind.STAGE,
        PartKind.RUNS_OUT,
        PartKind.NO_OTHERS,
    }
    assert all("not known" in str(part.said) for part in found.parts if part.level is None)
    assert all(part.worth(POLICY.weights) == 0 for part in found.parts if part.level is None)


def test_milk_pumped_at_the_babys_age_counts_in_full_and_half_a_year_apart_nothing() -> None:
    same = a_match(baby_born=date(2026, 6, 1))  # milk of September to November: months 3 to 5
    later = a_match(baby_born=date(2025, 11, 1))  # months 10 to 12, for a baby of 3 months

    assert level(same, PartKind.STAGE) == 1
    assert "milk of months 3–5 for a baby of 3 months" in said(same)
    assert level(later, PartKind.STAGE) == 0


def test_the_oldest_milk_counts_more() -> None:
    weeks = {
        age: a_match(
            lots=(a_lot(expressed_from=TODAY - timedelta(weeks=age), expressed_to=TODAY),),
        )
        for age in (2, 13, 30)
    }

    assert [level(weeks[age], PartKind.OLDEST) for age in weeks] == [pytest.approx(2 / 26), 0.5, 1]
    assert "oldest bag 13 weeks old" in said(weeks[13])


def test_a_pair_goes_on_and_few_donors_are_better_than_many() -> None:
    new, known = a_match(), a_match(past=Past(3, TODAY, Volume.from_oz(90)))

    assert (level(new, PartKind.PAIR), level(known, PartKind.PAIR)) == (0, 1)
    assert [level(new, PartKind.DONORS, Known(donors=n)) for n in (0, 1, 4, 9)] == [
        1,
        pytest.approx(0.8),
        pytest.approx(0.2),
        0,
    ]
    assert level(known, PartKind.DONORS, Known(donors=9)) == 1
    assert "3 hand-overs before" in said(known)


def test_from_a_donors_side_who_runs_out_first_and_has_nobody_else_nearby_counts_more() -> None:
    match = a_match()
    out, weeks = (
        Known(compares_families=True, lasts_until=TODAY + timedelta(days=days), others=others)
        for days, others in ((-1, 0), (14, 2))
    )

    assert (level(match, PartKind.RUNS_OUT, out), level(match, PartKind.RUNS_OUT, weeks)) == (1, 0.5)
    assert level(match, PartKind.NO_OTHERS, out) == 1
    assert said(match, out)[-2:] == [
        "its milk has run out",
        "nobody else with milk free within 45 minutes",
    ]
    assert said(match, weeks)[-1] == "2 others with milk free within 45 minutes"


def test_donors_are_put_in_order_by_standing_first_and_the_sliders_move_only_who_stands_alike() -> None:
    untested = tuple(fact for fact in with_facts() if fact.kind.value != "blood test")
    little, much = (a_lot(free=Volume.from_oz(ounces)) for ounces in (10, 400))
    ranking = rank(
        a_seeker(need=NEED, baby=a_baby()),
        [
            an_offer("D-0001", facts=untested, lots=(much,)),
            an_offer("D-0002", lots=(little,)),
            an_offer("D-0003", lots=(much,)),
        ],
        load_matching_policy(),
        load_driving_policy(),
        TODAY,
    )
    scored = {match.code: score(match, Known(), POLICY) for match in ranking.matches}
    found = ScoredDonors(ranking, scored, POLICY.weights, WhyNot(()))

    ours = found.weighed(POLICY.weights, POLICY)
    none = ours.weighed(NOTHING_WEIGHED, POLICY)

    assert [match.code for match in ours.ranking.matches] == ["D-0003", "D-0002", "D-0001"]
    assert [match.code for match in none.ranking.matches] == ["D-0002", "D-0003", "D-0001"]
    assert [one.tied for one in none.placed] == [("D-0003",), ("D-0002",), ()]
    assert ours.ranking.matches[-1].standing.kind is StandingKind.ONE_CALL


@QUICK
@given(WEIGHTS)
def test_weights_are_read_back_as_they_were_written(weights: dict[PartKind, float]) -> None:
    assert read_weights(written(weights, POLICY), POLICY) == weights


def test_our_own_weights_are_written_as_nothing() -> None:
    assert written(POLICY.weights, POLICY) == ""
    assert read_weights("", POLICY) == POLICY.weights


@pytest.mark.parametrize("text", ["pair", "pair=much", "pair=-1", "pair=181", "kindness=5", "pair=nan"])
def test_a_weight_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        read_weights(text, POLICY)


def test_each_weight_of_the_file_has_a_unit_and_says_why_and_none_may_lack() -> None:
    assert [weight.kind for weight in POLICY.printed] == list(PartKind)
    for weight in POLICY.printed:
        assert "minutes of driving" in weight.unit
        assert weight.reason.startswith("our choice")
        assert 0 < weight.value <= POLICY.most
    with pytest.raises(PolicyError, match="pair"):
        read_ranking_policy(shipped("ranking.toml").replace("[pair]", "[pears]"))
