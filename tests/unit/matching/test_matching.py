from datetime import date

import pytest

from coordinator.adapters.policies.driving import load_driving_policy
from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.families.babies import BabyHealth, Reach, Willing
from coordinator.domain.matching.matches import Offer, Seeker
from coordinator.domain.matching.ranking import Ranking, SetAside, rank
from coordinator.domain.matching.reach import ReachKind
from coordinator.domain.matching.told import asked_of, told_of
from coordinator.domain.places.positions import Position, Precision, distance_miles
from coordinator.domain.policies.verdicts import OverruledBy, Overruling, VerdictKind
from coordinator.domain.suitability.standing import StandingKind
from coordinator.domain.volume import Volume
from tests.builders import PORTSMOUTH, TODAY, a_baby, a_lot, a_seeker, an_offer, with_facts

DOVER = Position(43.1979, -70.8737, Precision.ADDRESS)
PORTLAND = Position(43.6591, -70.2568, Precision.ADDRESS)
BANGOR = Position(44.8016, -68.7712, Precision.ZIP)
EATS_DAIRY = with_facts(Fact(FactKind.DAIRY, Presence.YES))


def ranked(seeker: Seeker, *offers: Offer, set_aside: tuple[SetAside, ...] = ()) -> Ranking:
    return rank(seeker, offers, load_matching_policy(), load_driving_policy(), TODAY, set_aside)


def codes(ranking: Ranking) -> list[str]:
    return [match.code for match in ranking.matches]


def test_the_nearest_comes_first_and_ties_go_by_code() -> None:
    offers = (
        an_offer("D-0003", position=DOVER),
        an_offer("D-0002", position=DOVER),
        an_offer("D-0004", position=PORTSMOUTH),
    )

    assert codes(ranked(a_seeker(), *offers)) == ["D-0004", "D-0002", "D-0003"]


def test_distance_never_rules_anybody_out_but_sorts_lower() -> None:
    ranking = ranked(a_seeker(), an_offer("D-0001", position=BANGOR), an_offer("D-0002", position=DOVER))

    assert codes(ranking) == ["D-0002", "D-0001"]
    assert [m.reach for m in ranking.matches] == [ReachKind.WITHIN, ReachKind.NEEDS_DRIVER]


def test_a_family_that_meets_halfway_could_meet_a_donor_up_to_twice_as_far() -> None:
    reach = Reach(miles=40, meets_halfway=True)
    ranking = ranked(
        a_seeker(reach=reach), an_offer("D-1", position=PORTLAND), an_offer("D-2", position=BANGOR)
    )

    assert [m.reach for m in ranking.matches] == [ReachKind.COULD_MEET_HALFWAY, ReachKind.NEEDS_DRIVER]


def test_a_reach_in_minutes_is_held_against_the_estimated_drive() -> None:
    ranking = ranked(
        a_seeker(reach=Reach(minutes=60)), an_offer("D-1", position=DOVER), an_offer("D-2", position=BANGOR)
    )

    assert [m.reach for m in ranking.matches] == [ReachKind.WITHIN, ReachKind.NEEDS_DRIVER]


def test_a_familys_miles_are_miles_on_the_road() -> None:
    straight = distance_miles(PORTSMOUTH, DOVER)
    ranking = ranked(a_seeker(reach=Reach(miles=straight + 0.5)), an_offer(position=DOVER))

    assert ranking.matches[0].reach is ReachKind.NEEDS_DRIVER


@pytest.mark.parametrize("reach", [Reach(), Reach(miles=30, has_car=False)])
def test_no_car_or_a_reach_nobody_asked_about_is_a_question(reach: Reach) -> None:
    assert ranked(a_seeker(reach=reach), an_offer()).matches[0].reach is ReachKind.ASK


def test_a_donor_whose_place_is_unknown_comes_last() -> None:
    ranking = ranked(a_seeker(), an_offer("D-1", position=None), an_offer("D-2", position=BANGOR))

    assert codes(ranking) == ["D-2", "D-1"]
    assert ranking.matches[1].miles is None
    assert ranking.matches[1].minutes is None


def test_a_family_whose_place_is_unknown_still_gets_everybody() -> None:
    ranking = ranked(a_seeker(position=None), an_offer("D-2"), an_offer("D-1"))

    assert codes(ranking) == ["D-1", "D-2"]
    assert ranking.matches[0].reach is ReachKind.ASK


def test_the_figure_shown_is_the_geodesic() -> None:
    match = ranked(a_seeker(), an_offer(position=PORTLAND)).matches[0]

    assert match.miles == distance_miles(PORTSMOUTH, PORTLAND)
    assert match.way.straight_miles == pytest.approx(match.miles, rel=1e-4)
    assert match.is_exact


def test_a_place_known_to_the_zip_is_not_exact() -> None:
    assert not ranked(a_seeker(), an_offer(position=BANGOR)).matches[0].is_exact


def test_those_not_a_fit_are_folded_with_counts_and_the_reason_in_words() -> None:
    seeker = a_seeker(baby=a_baby(must_avoid=("dairy",), medicine_ok=Willing.NO))
    pill = with_facts(Fact(FactKind.MEDICINE, Presence.YES, "mini pill"))
    ranking = ranked(
        seeker,
        an_offer("D-1", facts=EATS_DAIRY),
        an_offer("D-2", facts=EATS_DAIRY),
        an_offer("D-3", facts=pill),
        an_offer("D-4"),
    )

    assert codes(ranking) == ["D-4"]
    assert [match.code for match in ranking.not_a_fit] == ["D-1", "D-2", "D-3"]
    assert [group.text for group in ranking.folded] == [
        "2 eat dairy",
        "1 takes mini pill; family wants no medicine",
    ]


def test_donors_set_aside_are_in_neither_list() -> None:
    aside = SetAside("D-1", "Ada Lind", "moved away")
    ranking = ranked(a_seeker(), an_offer("D-1"), an_offer("D-2"), set_aside=(aside,))

    assert codes(ranking) == ["D-2"]
    assert ranking.set_aside == (aside,)


def test_a_referred_baby_is_not_matched() -> None:
    ranking = ranked(a_seeker(baby=a_baby(health=BabyHealth.HOSPITAL)), an_offer())

    assert ranking.baby_verdict.kind is VerdictKind.REFER
    assert (ranking.matches, ranking.not_a_fit) == ((), ())


def test_milk_and_babies_ages_are_told() -> None:
    match = ranked(a_seeker(), an_offer(baby_born=date(2026, 8, 2))).matches[0]

    assert match.milk_dates == (date(2026, 9, 1), date(2026, 11, 10))
    assert match.milk_age_weeks == (1, 11)
    assert match.donors_baby_age_days == (30, 100)
    assert match.baby_age_days == 112


def test_the_milk_of_several_lots_is_added_up() -> None:
    lots = (a_lot("L-1"), a_lot("L-2", free=Volume.from_oz(50), expressed_from=None))
    match = ranked(a_seeker(), an_offer(lots=lots)).matches[0]

    assert match.free == Volume.from_oz(100) + Volume.from_oz(50)
    assert match.milk_dates is None
    assert [(part.lot.code, part.verdict.kind) for part in match.parts] == [
        ("L-1", VerdictKind.NO_OBJECTION),
        ("L-2", VerdictKind.ASK),
    ]
    assert match.verdict is match.parts[0].verdict


def test_what_was_overruled_leaves_the_best_days_of_a_lot_as_they_are() -> None:
    ill = Fact(FactKind.MEDICINE, Presence.YES, "amoxicillin", date(2026, 11, 1))
    smokes = Fact(FactKind.NICOTINE, Presence.YES)
    words = "uses nicotine; family wants none"
    told = Overruling("nicotine", "R-0001", OverruledBy.PARENT, "Inès", TODAY, words, "D-0001")
    seeker = a_seeker(baby=a_baby(health=None), overruled=(told,))
    (plain,) = ranked(seeker, an_offer(facts=with_facts(ill))).matches
    (overruled,) = ranked(seeker, an_offer(facts=with_facts(ill, smokes))).matches

    assert plain.leave_out == overruled.leave_out == "only bags dated Sep 1, 2026 to Oct 31, 2026"
    assert overruled.verdict.kind is VerdictKind.NO_OBJECTION_IF


def test_what_stands_nearest_comes_first_then_the_fewest_calls_then_the_nearest() -> None:
    blood_unknown = tuple(fact for fact in with_facts() if fact.kind is not FactKind.BLOOD_TEST)
    both = (*blood_unknown, Fact(FactKind.NICOTINE, Presence.YES))
    both = tuple(f for f in both if f.kind is not FactKind.NICOTINE or f.presence is Presence.YES)
    offers = (
        an_offer(
            "D-1", facts=with_facts(Fact(FactKind.MEDICINE, Presence.YES, "Zoloft")), position=PORTSMOUTH
        ),
        an_offer("D-2", facts=both, position=PORTSMOUTH),
        an_offer("D-3", facts=blood_unknown, position=DOVER),
        an_offer("D-4", facts=blood_unknown, position=PORTSMOUTH),
        an_offer("D-5", position=BANGOR),
    )

    ranking = ranked(a_seeker(baby=a_baby(nicotine_ok=Willing.ASK)), *offers)

    assert codes(ranking) == ["D-5", "D-4", "D-3", "D-2", "D-1"]
    assert [str(match.standing.words) for match in ranking.matches] == [
        "Ready",
        "One call away",
        "One call away",
        "Two calls away",
        "A clinician decides",
    ]


def test_a_line_says_what_is_asked_and_of_whom_by_name() -> None:
    untested = tuple(fact for fact in with_facts() if fact.kind is not FactKind.BLOOD_TEST)
    smokes = tuple(fact for fact in untested if fact.kind is not FactKind.NICOTINE)
    smokes = (*smokes, Fact(FactKind.NICOTINE, Presence.YES))

    ranking = ranked(a_seeker(baby=a_baby(nicotine_ok=Willing.ASK)), an_offer("D-1", facts=smokes))

    assert str(told_of(ranking.matches[0])) == (
        "Two calls away: Blood test? — Ada Lind; uses nicotine: does the family agree? — Inès Roy"
    )


def test_the_babys_own_questions_are_the_pairs_and_not_the_donors() -> None:
    ranking = ranked(a_seeker(baby=a_baby(health=None)), an_offer("D-1"))
    (match,) = ranking.matches

    assert match.standing.kind is StandingKind.READY
    assert ranking.baby_standing.kind is StandingKind.ONE_CALL
    assert match.pair.kind is StandingKind.ONE_CALL


def test_a_line_says_what_the_family_is_asked_first_too() -> None:
    untested = tuple(fact for fact in with_facts() if fact.kind is not FactKind.BLOOD_TEST)

    ready, asked = ranked(
        a_seeker(baby=a_baby(health=None)), an_offer("D-1"), an_offer("D-2", facts=untested)
    ).matches

    assert str(told_of(ready)) == "One call away: at home and well? — Inès Roy"
    assert str(asked_of(asked)) == "Blood test?; at home and well? — Inès Roy"
    assert str(told_of(asked)).startswith("Two calls away: ")


def test_the_lot_that_stands_nearest_is_the_one_offered() -> None:
    untested = tuple(fact for fact in with_facts() if fact.kind is not FactKind.BLOOD_TEST)
    ill = Fact(FactKind.ILLNESS, Presence.YES, "flu", date(2026, 8, 30), date(2026, 9, 15))
    facts = (*(fact for fact in untested if fact.kind is not FactKind.ILLNESS), ill)
    lots = (
        a_lot("L-0001", expressed_to=date(2026, 9, 10)),
        a_lot("L-0002", expressed_from=date(2026, 10, 1)),
    )

    (match,) = ranked(a_seeker(), an_offer("D-1", facts=facts, lots=lots)).matches

    assert [part.lot.code for part in match.parts] == ["L-0002", "L-0001"]
