"""What is judged once for families of a kind is what each of them is told when judged alone."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.adapters.policies.driving import load_driving_policy
from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.families.babies import Baby, BabyHealth, Willing
from coordinator.domain.matching.judged import Judged
from coordinator.domain.matching.matches import LotPart, Offer, Seeker
from coordinator.domain.matching.ranking import judge, rank
from coordinator.domain.places.positions import Position, Precision
from coordinator.domain.policies.verdicts import OverruledBy, Overruling
from tests.builders import TODAY, a_baby, a_lot, a_seeker, an_offer, with_facts, without

PORTLAND = Position(43.6591, -70.2568, Precision.ADDRESS)
SMOKES = with_facts(Fact(FactKind.NICOTINE, Presence.YES))
ANSWERS = (
    without(),
    without(FactKind.NICOTINE, FactKind.DAIRY),
    SMOKES,
    with_facts(Fact(FactKind.DAIRY, Presence.YES), Fact(FactKind.MEDICINE, Presence.YES, "sertraline")),
    with_facts(Fact(FactKind.MEDICINE, Presence.YES, "amoxicillin", date(2026, 11, 1))),
)
OFFERS = [
    an_offer(f"D-{at}", facts=facts, lots=(a_lot(f"L-{at}", donor_code=f"D-{at}"),))
    for at, facts in enumerate(ANSWERS)
]
BABIES = st.builds(
    a_baby,
    health=st.sampled_from([None, BabyHealth.HOME]),
    must_avoid=st.sampled_from([None, (), ("dairy",), ("soy", "dairy")]),
    medicine_ok=st.sampled_from([None, *Willing]),
    nicotine_ok=st.sampled_from([None, *Willing]),
    washout_days=st.sampled_from([(), (("dairy", 5),), (("dairy", 28),)]),
    oldest_milk_months=st.sampled_from([None, 1, 6]),
)
WORDS = "uses nicotine; family wants none"


def a_family(at: int, baby: Baby, *, overrules: bool) -> Seeker:
    code = f"R-{at}"
    told = Overruling("nicotine", code, OverruledBy.PARENT, "Inès", TODAY, WORDS, "D-2")
    return a_seeker(code=code, baby=baby, overruled=(told,) if overrules else ())


OWN = st.sampled_from([(False, False), (True, False), (False, True)])


@settings(max_examples=40)
@given(st.lists(st.tuples(BABIES, st.booleans(), OWN), min_size=2, max_size=6))
def test_everybody_is_told_what_judging_alone_tells(
    found: list[tuple[Baby, bool, tuple[bool, bool]]],
) -> None:
    judged = Judged()

    for at, (baby, overrules, (is_own, may_be_own)) in enumerate(found):
        seeker = a_family(at, baby, overrules=overrules)
        for offer in OFFERS:
            seen = _seen(offer, is_own=is_own, may_be_own=may_be_own)
            assert judged(seen, seeker, TODAY) == judge(seen, seeker, TODAY)


def _seen(offer: Offer, *, is_own: bool, may_be_own: bool) -> Offer:
    return an_offer(
        offer.code, lots=offer.lots, disclosures=offer.disclosures, is_own=is_own, may_be_own=may_be_own
    )


def test_an_answer_is_seen_at_once() -> None:
    judged, seeker = Judged(), a_seeker(baby=a_baby(nicotine_ok=Willing.NO))
    asked = an_offer(facts=without(FactKind.NICOTINE))
    before = judged(asked, seeker, TODAY)

    after = judged(an_offer(facts=SMOKES), seeker, TODAY)

    assert after != before
    assert after == judge(an_offer(facts=SMOKES), seeker, TODAY)


def test_who_lives_beyond_the_drive_is_not_judged() -> None:
    asked = list[str]()

    def judging(offer: Offer, seeker: Seeker, today: date) -> tuple[LotPart, ...]:
        asked.append(offer.code)
        return judge(offer, seeker, today)

    offers = [an_offer("D-0001"), an_offer("D-0002", position=PORTLAND), an_offer("D-0003", position=None)]
    found = rank(
        a_seeker(),
        offers,
        load_matching_policy(),
        load_driving_policy(),
        TODAY,
        judging=judging,
        minutes=30,
    )

    assert sorted(asked) == ["D-0001", "D-0003"]
    assert [offer.code for offer in found.too_far] == ["D-0002"]
    assert [match.code for match in found.matches] == ["D-0001", "D-0003"]
