"""Why not the others: each once by the first reason, and the counts add up to everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.adapters.policies.driving import load_driving_policy
from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.families.babies import Baby, BabyHealth, Reach
from coordinator.domain.matching.left_out import LeftKind
from coordinator.domain.matching.matches import Offer, Seeker
from coordinator.domain.matching.ranking import Ranking, SetAside, rank
from coordinator.domain.matching.why_not import Donor, WhyNot, why_not_donors, why_not_families
from coordinator.domain.milk.needs import Need
from coordinator.domain.places.positions import Position, Precision
from coordinator.domain.volume import Volume
from tests.builders import PORTSMOUTH, TODAY, a_baby, a_seeker, an_offer, with_facts, without

BANGOR = Position(44.8016, -68.7712, Precision.ZIP)
EATS_DAIRY = with_facts(Fact(FactKind.DAIRY, Presence.YES))
AVOIDS_DAIRY = a_seeker(baby=a_baby(must_avoid=("dairy",)))


def ranked(seeker: Seeker, offers: Sequence[Offer], aside: tuple[SetAside, ...] = ()) -> Ranking:
    return rank(seeker, offers, load_matching_policy(), load_driving_policy(), TODAY, aside)


def left(found: WhyNot) -> dict[str, list[str]]:
    return {str(group.said): [one.code for one in group.left] for group in found.groups}


def test_every_reason_is_counted_once_with_the_strongest_first() -> None:
    offers = [
        an_offer("D-0001"),
        an_offer("D-0002", facts=EATS_DAIRY, position=BANGOR),
        an_offer("D-0003", facts=EATS_DAIRY),
        an_offer("D-0004", position=BANGOR),
        an_offer("D-0005", facts=without(FactKind.BLOOD_TEST), name="Eva Poe"),
        an_offer("D-0006", facts=with_facts(Fact(FactKind.MEDICINE, Presence.YES, "Zoloft"))),
        an_offer("D-0007", is_own=True),
        an_offer("D-0008", rests_until=date(2026, 12, 24)),
    ]
    people = [Donor(offer.code, offer.name, is_own=offer.is_own, lots=1) for offer in offers]
    people[7] = replace(people[7], rests=True, rests_until=date(2026, 12, 24))
    people += [
        Donor("D-0009", "Ida Rue", lots=2),
        Donor("D-0010", "Joy Sun"),
        Donor("D-0011", "Kit Tao", is_offering=False, lots=1),
        Donor("D-0012", "Liv Ude", rests=True, lots=1),
        Donor("D-0013", "Mia Voss", lots=1),
    ]
    seeker = replace(AVOIDS_DAIRY, reach=Reach(minutes=60))
    aside = (SetAside("D-0013", "Mia Voss", "they met before"),)

    found = why_not_donors(ranked(seeker, offers, aside), people)

    assert found.fitting == ("D-0001",)
    assert left(found) == {
        "1 of the same household": ["D-0007"],
        "1 offers no milk now": ["D-0011"],
        "2 pause": ["D-0008", "D-0012"],
        "1 set aside": ["D-0013"],
        "2 without free milk": ["D-0009", "D-0010"],
        "2 eat dairy": ["D-0002", "D-0003"],
        "1 more than 60 minutes away": ["D-0004"],
        "1 for a clinician or this network to decide": ["D-0006"],
        "1 not asked yet": ["D-0005"],
    }
    steps = {one.code: str(one.step) for group in found.groups for one in group.left}
    assert steps["D-0008"] == "opens by itself on Dec 24, 2026"
    assert steps["D-0003"] == "the receiving parent or a clinician may decide otherwise"
    assert steps["D-0005"] == "ring Eva Poe"
    assert str(found.said).startswith("1 of 13 donors fits now: 1 of the same household, ")


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.booleans(), st.booleans(), st.booleans(), st.integers(0, 4), st.booleans()), max_size=8
    ),
    st.sampled_from([a_baby(must_avoid=("dairy",), health=health) for health in (*BabyHealth, None)]),
    st.sampled_from([Reach(), Reach(minutes=60), Reach(miles=10, meets_halfway=True)]),
)
def test_the_counts_and_those_who_fit_are_everybody_and_each_once(
    told: list[tuple[bool, bool, bool, int, bool]], baby: Baby, reach: Reach
) -> None:
    facts = (with_facts(), EATS_DAIRY, without(FactKind.BLOOD_TEST), without(FactKind.DAIRY))
    people, offers, aside = [], [], []
    for nth, (is_own, is_offering, rests, which, is_near) in enumerate(told):
        code = f"D-{nth:04}"
        people.append(Donor(code, "Ada Lind", is_own, is_offering, rests, lots=nth % 2))
        if which < len(facts) and is_offering and not rests:
            place = PORTSMOUTH if is_near else BANGOR
            offers.append(an_offer(code, facts=facts[which], is_own=is_own, position=place))
        elif rests:
            aside.append(SetAside(code, "Ada Lind", ""))
    seeker = replace(AVOIDS_DAIRY, baby=baby, is_paused=len(told) > 7, reach=reach)

    found = why_not_donors(ranked(seeker, offers, tuple(aside)), people)

    codes = [*found.fitting, *(one.code for group in found.groups for one in group.left)]
    assert sorted(codes) == [one.code for one in people]
    assert found.everybody == len(people)
    assert [group.kind for group in found.groups] == sorted(group.kind for group in found.groups)


@pytest.mark.parametrize(
    ("changes", "kind", "said"),
    [
        ({"is_paused": True}, LeftKind.FAMILY_PAUSED, "2 while the family is paused"),
        (
            {"baby": a_baby(health=BabyHealth.HOSPITAL)},
            LeftKind.REFERRED,
            "2 while the baby is referred",
        ),
        ({"baby": a_baby(health=None)}, LeftKind.FAMILY_TO_ASK, "2 wait for an answer of the family"),
    ],
)
def test_what_is_the_familys_own_holds_for_every_donor(
    changes: dict[str, object], kind: LeftKind, said: str
) -> None:
    offers = [an_offer("D-0001"), an_offer("D-0002")]
    ranking = ranked(replace(a_seeker(), **changes), offers)  # type: ignore[arg-type]

    (group,) = why_not_donors(ranking, [Donor(one.code, one.name, lots=1) for one in offers]).groups

    assert (group.kind, str(group.said)) == (kind, said)


def test_from_a_donors_side_each_family_is_counted_once() -> None:
    offer = an_offer("D-0001", facts=EATS_DAIRY)
    needs_none = Need(*[Volume(0)] * 3)
    families = [
        a_seeker(code="R-0001"),
        replace(AVOIDS_DAIRY, code="R-0002"),
        a_seeker(code="R-0003", is_paused=True),
        a_seeker(code="R-0004", need=needs_none),
        a_seeker(code="R-0005", position=BANGOR, reach=Reach(minutes=60)),
        a_seeker(code="R-0006"),
    ]
    rankings = [ranked(family, [replace(offer, is_own=family.code == "R-0006")]) for family in families]

    found = why_not_families(rankings, Donor("D-0001", "Ada Lind", lots=1), ["R-0006"])

    assert found.fitting == ("R-0001",)
    assert left(found) == {
        "1 of the same household": ["R-0006"],
        "1 while the family is paused": ["R-0003"],
        "1 needs no milk now": ["R-0004"],
        "1: eats dairy; baby must avoid dairy": ["R-0002"],
        "1 farther than they drive": ["R-0005"],
    }
    assert found.everybody == len(families)


def test_a_donor_who_pauses_helps_nobody_now_and_says_until_when() -> None:
    resting = Donor("D-0001", "Ada Lind", rests=True, rests_until=date(2026, 12, 24), lots=1)

    found = why_not_families([ranked(a_seeker(), [])], resting)

    ((group,), fitting) = found.groups, found.fitting
    assert fitting == ()
    assert str(group.left[0].step) == "opens by itself on Dec 24, 2026"
    assert str(found.said).startswith("None of 1 families fits yet")
