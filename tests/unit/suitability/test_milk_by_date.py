"""Milk judged by what was true on the days it was expressed: the worked examples, and the rules for all."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.adapters.policies.profiles import load_profile, shipped_profiles
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.facts.decisions import Decided, MedicineDecision
from coordinator.domain.families.babies import Baby, Willing
from coordinator.domain.milk.lots import Freezer, HeatTreated, KeptIn, Lot
from coordinator.domain.policies.profiles import Policy
from coordinator.domain.policies.sources import Status
from coordinator.domain.policies.verdicts import OverruledBy, Overruling, Verdict, VerdictKind
from coordinator.domain.suitability.disclosures import DonorTraits, disclosures_of
from coordinator.domain.suitability.lots import verdict_on
from coordinator.domain.suitability.parts import best_part, parts_of
from coordinator.domain.suitability.storage import use_by
from tests.builders import (
    SPOKEN_WITH,
    TODAY,
    a_baby,
    a_checked_policy,
    a_lot,
    a_plain_no,
    an_unchecked_policy,
    with_facts,
    without,
)

DAIRY_FREE = a_baby(born=date(2026, 1, 2), must_avoid=("dairy",))
STOPPED = with_facts(Fact(FactKind.DAIRY, Presence.YES, end=date(2026, 3, 1)))
APRIL = date(2026, 4, 1)


def of_days(first: date, last: date, **changes: Any) -> Lot:  # noqa: ANN401 - any field
    return a_lot(expressed_from=first, expressed_to=last, **changes)


def judged(
    lot: Lot,
    facts: tuple[Fact, ...],
    baby: Baby = DAIRY_FREE,
    policy: Policy | None = None,
    on: date = APRIL,
) -> Verdict:
    return verdict_on(lot, baby, disclosures_of(facts, policy or a_checked_policy(), SPOKEN_WITH), on)


def worst(verdict: Verdict) -> list[str]:
    return [reason.text for reason in verdict.reasons if reason.kind is verdict.kind]


# The worked examples.


def test_dairy_stopped_on_1_march_milk_of_15_march_suits_and_of_14_march_does_not() -> None:
    the_14th, the_15th = date(2026, 3, 14), date(2026, 3, 15)

    assert judged(of_days(the_15th, the_15th), STOPPED).kind is VerdictKind.NO_OBJECTION
    assert judged(of_days(the_14th, the_14th), STOPPED).kind is VerdictKind.NOT_A_FIT


def test_a_lot_of_10_to_20_march_does_not_as_a_whole_and_can_be_split() -> None:
    lot = of_days(date(2026, 3, 10), date(2026, 3, 20))
    parts = parts_of(lot, DAIRY_FREE, disclosures_of(STOPPED, a_checked_policy(), SPOKEN_WITH), APRIL)
    best = best_part(parts)

    assert judged(lot, STOPPED).kind is VerdictKind.NOT_A_FIT
    assert [(part.first, part.last, part.verdict.kind) for part in parts] == [
        (date(2026, 3, 10), date(2026, 3, 14), VerdictKind.NOT_A_FIT),
        (date(2026, 3, 15), date(2026, 3, 20), VerdictKind.NO_OBJECTION),
    ]
    assert best is not None
    assert best.words == "only bags dated Mar 15, 2026 or later"
    assert best.only_from == date(2026, 3, 15)


def test_the_reason_names_rule_value_source_the_fact_and_the_days() -> None:
    fact = replace(STOPPED[-1], id=7)
    verdict = judged(
        of_days(date(2026, 3, 10), date(2026, 3, 20)), (*STOPPED[:-1], fact), policy=load_profile()
    )
    reason = verdict.reasons[0]

    assert (reason.rule, reason.fact_id, str(reason.fact)) == ("washout", 7, "dairy, until Mar 1, 2026")
    assert reason.basis is not None
    assert str(reason.basis.words) == "14 days after the last meal with it"
    assert reason.source == "ESPGHAN via lalactation.com (unchecked)"
    assert (reason.during.start, reason.during.end) == (None, date(2026, 3, 15))


def test_a_familys_own_days_come_before_the_policys() -> None:
    patient = replace(DAIRY_FREE, washout_days=(("dairy", 21),))
    hasty = replace(DAIRY_FREE, washout_days=(("dairy", 7),))
    of_14th = of_days(date(2026, 3, 14), date(2026, 3, 14))
    of_21st = of_days(date(2026, 3, 21), date(2026, 3, 21))

    assert judged(of_14th, STOPPED, hasty).kind is VerdictKind.NO_OBJECTION
    assert judged(of_21st, STOPPED, patient).kind is VerdictKind.NOT_A_FIT
    assert "21-day wash-out, as the family set it" in worst(judged(of_21st, STOPPED, patient))[0]


def test_the_familys_story_first_baby_with_cows_milk_protein_intolerance_and_a_donor_who_stopped_dairy() -> (
    None
):
    """Domain notes, section 0: dairy-free is a property of the milk by date, not a tick on the donor."""
    baby = a_baby(born=date(2026, 1, 2), must_avoid=("cow's milk protein (CMPI)",))
    older = of_days(date(2026, 1, 5), date(2026, 2, 28))
    newer = of_days(date(2026, 3, 15), date(2026, 3, 31))

    assert judged(older, STOPPED, baby).kind is VerdictKind.NOT_A_FIT
    assert judged(newer, STOPPED, baby).kind is VerdictKind.NO_OBJECTION
    assert judged(older, STOPPED, a_baby(born=date(2026, 1, 2))).kind is VerdictKind.NO_OBJECTION


def test_dairy_since_a_day_says_nothing_of_the_days_before() -> None:
    began = with_facts(Fact(FactKind.DAIRY, Presence.YES, start=date(2026, 3, 10)))

    assert judged(of_days(date(2026, 3, 9), date(2026, 3, 9)), began).kind is VerdictKind.ASK
    assert judged(of_days(date(2026, 3, 10), date(2026, 3, 10)), began).kind is VerdictKind.NOT_A_FIT


def test_no_dairy_since_a_day_says_nothing_of_the_days_before_it() -> None:
    since = with_facts(Fact(FactKind.DAIRY, Presence.NO, start=date(2026, 3, 1)))

    assert judged(of_days(date(2026, 2, 1), date(2026, 2, 1)), since).kind is VerdictKind.ASK
    assert judged(of_days(date(2026, 3, 14), date(2026, 3, 14)), since).kind is VerdictKind.ASK
    assert judged(of_days(date(2026, 3, 15), date(2026, 3, 15)), since).kind is VerdictKind.NO_OBJECTION


# Storage.


@pytest.mark.parametrize(
    ("first", "on", "kind"),
    [
        (date(2025, 11, 21), date(2026, 11, 21), VerdictKind.NO_OBJECTION_IF),
        (date(2025, 11, 20), date(2026, 11, 21), VerdictKind.NOT_A_FIT),
        (date(2024, 2, 29), date(2025, 2, 28), VerdictKind.NO_OBJECTION_IF),
        (date(2024, 2, 29), date(2025, 3, 1), VerdictKind.NOT_A_FIT),
        (date(2026, 8, 31), date(2027, 2, 28), VerdictKind.NO_OBJECTION),
        (date(2026, 8, 31), date(2027, 3, 1), VerdictKind.NO_OBJECTION_IF),
        (date(2025, 12, 31), date(2026, 12, 31), VerdictKind.NO_OBJECTION_IF),
        (date(2025, 12, 31), date(2027, 1, 1), VerdictKind.NOT_A_FIT),
    ],
)
def test_frozen_milk_is_counted_from_the_day_it_was_expressed(
    first: date, on: date, kind: VerdictKind
) -> None:
    baby = a_baby(born=date(2024, 1, 1))
    facts = tuple(
        replace(f, start=on, end=on + timedelta(days=1)) if f.kind is FactKind.BLOOD_TEST else f
        for f in a_plain_no()
    )

    assert judged(of_days(first, first, freezer=Freezer.CHEST), facts, baby, on=on).kind is kind


def test_a_frost_free_freezer_counts_where_the_policy_says_so() -> None:
    bank = load_profile("new_york_bank")
    frost_free = of_days(date(2026, 11, 1), date(2026, 11, 2), freezer=Freezer.UPRIGHT_FROST_FREE)
    reasons = judged(frost_free, a_plain_no(), a_baby(), bank, TODAY).reasons

    assert [reason.rule for reason in reasons if reason.kind is VerdictKind.NOT_A_FIT] == [
        "frozen_upright_frost_free"
    ]


def test_a_freezer_nobody_asked_about_is_a_question_where_it_makes_a_difference() -> None:
    lot = of_days(date(2026, 11, 1), date(2026, 11, 2))
    asked = [
        reason.rule
        for reason in judged(lot, a_plain_no(), a_baby(), load_profile("new_york_bank"), TODAY).reasons
        if reason.topic == "freezer"
    ]

    assert asked == ["frozen_fridge_freezer"]
    assert judged(lot, a_plain_no(), a_baby(), on=TODAY).kind is VerdictKind.NO_OBJECTION


def test_a_deep_freezer_is_asked_about_only_where_frost_free_makes_a_difference() -> None:
    lot = of_days(date(2026, 11, 1), date(2026, 11, 2), freezer=Freezer.DEEP)
    bank = judged(lot, a_plain_no(), a_baby(), load_profile("new_york_bank"), TODAY)

    asked = {reason.rule: reason.kind for reason in bank.reasons if reason.topic == "freezer"}
    assert asked == {"frozen_upright_frost_free": VerdictKind.ASK}
    assert judged(lot, a_plain_no(), a_baby(), on=TODAY).kind is VerdictKind.NO_OBJECTION


@pytest.mark.parametrize("policy", shipped_profiles())
def test_milk_of_a_deep_freezer_is_never_better_than_of_the_worst_it_can_be(policy: Policy) -> None:
    lot = of_days(date(2026, 4, 1), date(2026, 4, 2))
    could_be = (Freezer.CHEST, Freezer.DEEP_MANUAL, Freezer.UPRIGHT_FROST_FREE)

    def kind_of(freezer: Freezer) -> bool:
        verdict = judged(replace(lot, freezer=freezer), a_plain_no(), a_baby(), policy, TODAY)
        return verdict.kind in {VerdictKind.NO_OBJECTION, VerdictKind.NO_OBJECTION_IF}

    assert not kind_of(Freezer.DEEP) or all(map(kind_of, could_be))


def test_a_freezer_told_as_a_fact_stands_in_for_the_lots_own() -> None:
    kept = Fact(FactKind.FREEZER, Presence.YES, "upright freezer, frost-free", start=date(2026, 1, 1))
    lot = of_days(date(2026, 11, 1), date(2026, 11, 2))
    verdict = judged(lot, (*a_plain_no(), kept), a_baby(), load_profile("new_york_bank"), TODAY)

    assert "frozen_upright_frost_free" in {reason.rule for reason in verdict.reasons}


@pytest.mark.parametrize(
    ("place", "days_ago", "kind"),
    [
        (KeptIn.FRIDGE, 4, VerdictKind.NO_OBJECTION),
        (KeptIn.FRIDGE, 5, VerdictKind.NOT_A_FIT),
        (KeptIn.COOLER, 1, VerdictKind.NO_OBJECTION_IF),
        (KeptIn.COOLER, 2, VerdictKind.NOT_A_FIT),
        (KeptIn.ROOM, 0, VerdictKind.NO_OBJECTION_IF),
        (KeptIn.ROOM, 1, VerdictKind.NOT_A_FIT),
    ],
)
def test_fresh_milk_keeps_hours_or_days(place: KeptIn, days_ago: int, kind: VerdictKind) -> None:
    day = TODAY - timedelta(days=days_ago)

    assert judged(of_days(day, day, place=place), a_plain_no(), a_baby(), on=TODAY).kind is kind


def test_thawed_milk_is_used_within_a_day_or_not_at_all() -> None:
    day = date(2026, 11, 1)
    kinds = [
        judged(of_days(day, day, place=KeptIn.THAWED, thawed_on=on), a_plain_no(), a_baby(), on=TODAY).kind
        for on in (TODAY, TODAY - timedelta(days=1), TODAY - timedelta(days=2), None)
    ]

    assert kinds == [
        VerdictKind.NO_OBJECTION_IF,
        VerdictKind.NO_OBJECTION_IF,
        VerdictKind.NOT_A_FIT,
        VerdictKind.ASK,
    ]


def test_the_last_day_says_which_value_decides_and_whether_the_freezer_was_assumed() -> None:
    lot = of_days(date(2026, 8, 31), date(2026, 9, 3))
    known = use_by(replace(lot, freezer=Freezer.CHEST), load_profile("new_york_bank"))
    assumed = use_by(lot, load_profile())

    assert known is not None
    assert assumed is not None
    assert (known.on, known.basis.rule, known.assumed) == (date(2027, 2, 28), "frozen_chest", False)
    assert (assumed.on, assumed.assumed) == (date(2027, 8, 31), True)
    assert use_by(lot, load_profile("new_york_bank")) is None


@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.dates(date(2024, 1, 1), date(2028, 12, 31)))
@settings(max_examples=60)
def test_milk_is_too_old_the_day_after_its_last_day_and_not_before(first: date, on: date) -> None:
    lot = of_days(first, first, freezer=Freezer.CHEST)
    last = use_by(lot, a_checked_policy())
    rules = {r.rule for r in judged(lot, (), a_baby(), on=on).reasons if r.kind is VerdictKind.NOT_A_FIT}

    assert last is not None
    assert ("frozen_chest" in rules) == (on > last.on)


def kept(place: KeptIn, day: date, **changes: Any) -> VerdictKind:  # noqa: ANN401 - any field
    """Return what milk of one day is today, kept like that."""
    lot = of_days(day, day, place=place, **changes)
    return judged(lot, a_plain_no(), a_baby(), load_profile(), TODAY).kind


def test_milk_in_a_refrigerator_goes_by_its_own_days_whatever_freezer_she_has() -> None:
    days = [TODAY - timedelta(days=days) for days in (0, 4, 5, 21)]

    for freezer in (None, Freezer.CHEST):
        kinds = [kept(KeptIn.FRIDGE, day, freezer=freezer) for day in days]
        assert kinds == [VerdictKind.NO_OBJECTION] * 2 + [VerdictKind.NOT_A_FIT] * 2


def test_milk_in_a_refrigerator_without_its_days_is_asked() -> None:
    lot = a_lot(place=KeptIn.FRIDGE, expressed_from=None, expressed_to=None, freezer=Freezer.CHEST)

    assert judged(lot, a_plain_no(), a_baby(), load_profile(), TODAY).kind is VerdictKind.ASK


def test_thawed_milk_goes_by_its_hours_and_by_how_long_it_lay_frozen_before() -> None:
    september = date(2026, 9, 1)
    days = [TODAY - timedelta(days=days) for days in (0, 1, 2)]

    assert [kept(KeptIn.THAWED, september, thawed_on=day) for day in days] == [
        VerdictKind.NO_OBJECTION_IF,
        VerdictKind.NO_OBJECTION_IF,
        VerdictKind.NOT_A_FIT,
    ]
    assert kept(KeptIn.THAWED, september) is VerdictKind.ASK
    too_old = replace(of_days(date(2025, 9, 1), date(2025, 9, 1)), place=KeptIn.THAWED, thawed_on=TODAY)
    reasons = judged(too_old, a_plain_no(), a_baby(), load_profile(), TODAY).reasons
    assert "frozen_fridge_freezer" in [r.rule for r in reasons if r.kind is VerdictKind.NOT_A_FIT]


def test_a_day_of_thawing_that_cannot_be_is_asked() -> None:
    ahead = TODAY + timedelta(days=3)

    assert kept(KeptIn.THAWED, date(2026, 9, 1), thawed_on=ahead) is VerdictKind.ASK
    assert kept(KeptIn.THAWED, TODAY, thawed_on=TODAY - timedelta(days=1)) is VerdictKind.ASK


# Other rules by date.


def test_a_blood_test_speaks_for_milk_before_it_and_for_a_year_after() -> None:
    on = date(2026, 12, 1)
    tested = (
        *without(FactKind.BLOOD_TEST),
        Fact(
            FactKind.BLOOD_TEST,
            Presence.YES,
            "HIV/HBV/HCV/HTLV/syphilis neg",
            date(2025, 11, 10),
            date(2025, 11, 11),
        ),
    )
    before, after = date(2026, 11, 9), date(2026, 11, 10)

    assert judged(of_days(before, before), tested, a_baby(), on=on).kind is VerdictKind.NO_OBJECTION
    assert worst(judged(of_days(after, after), tested, a_baby(), on=on)) == [
        "Blood tests negative on Nov 10, 2025: milk since Nov 10, 2026 needs a newer one, ask"
    ]


def test_new_york_goes_by_when_she_was_tested_before_she_first_gave_and_not_by_the_months_since() -> None:
    panel = "HIV/HBV/HCV/HTLV/syphilis/rubella/TB/anti-HBc/CMV negative"
    facts = with_facts(Fact(FactKind.BLOOD_TEST, Presence.YES, panel, date(2026, 3, 1), date(2026, 3, 2)))
    lot = of_days(date(2026, 11, 1), date(2026, 11, 2), freezer=Freezer.CHEST)
    reasons = judged(lot, facts, a_baby(), load_profile("new_york_bank"), TODAY).reasons
    (asked,) = [reason for reason in reasons if reason.rule == "blood_test_age"]

    assert asked.kind is ASK
    assert asked.text.endswith("ask whether that was within 1 month before the first donation")


def test_two_tests_together_make_a_full_panel() -> None:
    day = Fact(
        FactKind.BLOOD_TEST,
        Presence.YES,
        "prenatal panel HIV HBV HCV RPR neg",
        date(2026, 7, 1),
        date(2026, 7, 2),
    )
    htlv = Fact(FactKind.BLOOD_TEST, Presence.YES, "HTLV negative", date(2026, 10, 1), date(2026, 10, 2))

    assert judged(of_days(TODAY, TODAY), with_facts(day), a_baby(), on=TODAY).kind is VerdictKind.ASK
    assert (
        judged(of_days(TODAY, TODAY), with_facts(day, htlv), a_baby(), on=TODAY).kind
        is VerdictKind.NO_OBJECTION
    )


def test_the_forms_no_answers_tattoo_and_transfusion_and_a_tattoo_told_there_counts_as_one() -> None:
    ink = Fact(FactKind.TATTOO_OR_TRANSFUSION, Presence.YES, "tattoo", date(2026, 2, 1), date(2026, 2, 2))
    lot = of_days(date(2026, 3, 20), date(2026, 3, 20))
    rules = {reason.rule for reason in judged(lot, with_facts(ink)).reasons}

    assert "tattoo_wait" in rules
    assert "transfusion_wait" not in rules
    assert (
        judged(of_days(date(2026, 1, 31), date(2026, 1, 31)), with_facts(ink)).kind
        is VerdictKind.NO_OBJECTION
    )


def test_milk_pumped_before_a_medicine_is_not_concerned_by_it() -> None:
    drug = Fact(FactKind.MEDICINE, Presence.YES, "amoxicillin", date(2026, 3, 10), date(2026, 3, 17))
    days = [date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 17), date(2026, 4, 16)]
    kinds = [judged(of_days(day, day), with_facts(drug), on=date(2026, 4, 20)).kind for day in days]

    assert kinds == [VerdictKind.NO_OBJECTION, VerdictKind.ASK, VerdictKind.ASK, VerdictKind.ASK]


def kinds_around(
    course: Fact, willing: Willing | None, decided: Decided | None = None, policy: Policy | None = None
) -> list[VerdictKind]:
    """Return what milk is the day before a course, on its last day, the day after and three months later."""
    assert course.start
    assert course.end
    made = [MedicineDecision(course.subject, decided, "Dr. Fox", course.start, "why")] if decided else []
    traits = DonorTraits(first_spoken_on=TODAY, decisions=tuple(made))
    one_day = timedelta(days=1)
    days = [course.start - one_day, course.end - one_day, course.end, course.end + timedelta(days=60)]
    donor = disclosures_of(with_facts(course), policy or a_checked_policy(), traits)
    baby = a_baby(medicine_ok=willing)
    return [verdict_on(of_days(day, day), baby, donor, TODAY).kind for day in days]


COURSE = Fact(FactKind.MEDICINE, Presence.YES, "amoxicillin", date(2026, 9, 10), date(2026, 9, 21))
FINE, IF, ASK = VerdictKind.NO_OBJECTION, VerdictKind.NO_OBJECTION_IF, VerdictKind.ASK
NOT = VerdictKind.NOT_A_FIT


@pytest.mark.parametrize(
    ("willing", "decided", "kinds"),
    [
        (Willing.IF_COMPATIBLE, None, [FINE, ASK, ASK, ASK]),
        (Willing.NO, None, [FINE, NOT, ASK, ASK]),
        (Willing.NO, Decided.NO_OBJECTION, [FINE, NOT, ASK, ASK]),
        (Willing.NO, Decided.NOT_A_FIT, [FINE, NOT, ASK, ASK]),
        (Willing.YES, Decided.NOT_A_FIT, [FINE, NOT, ASK, ASK]),
        (Willing.YES, Decided.NO_OBJECTION, [FINE, IF, FINE, FINE]),
        (None, Decided.NO_OBJECTION, [FINE, ASK, FINE, FINE]),
        (Willing.YES, Decided.ASK_FAMILY, [FINE, IF, IF, IF]),
        (None, Decided.ASK_FAMILY, [FINE, ASK, ASK, ASK]),
    ],
)
def test_after_a_course_milk_is_asked_about_as_long_as_nobody_said_how_long_it_lasts(
    willing: Willing | None, decided: Decided | None, kinds: list[VerdictKind]
) -> None:
    assert kinds_around(COURSE, willing, decided) == kinds


def test_a_vaccine_is_asked_about_where_a_family_wants_no_medicine() -> None:
    shot = with_facts(Fact(FactKind.MEDICINE, Presence.YES, "Flu shot"))

    assert judged(a_lot(), shot, a_baby(medicine_ok=Willing.NO), on=TODAY).kind is ASK


def test_a_network_that_set_a_time_after_a_medicine_goes_by_it() -> None:
    values = dict(a_checked_policy().values)
    values["medicine_wait"] = replace(values["medicine_wait"], value=1)
    own = replace(a_checked_policy(), values=values)

    assert kinds_around(COURSE, Willing.NO, policy=own) == [FINE, NOT, ASK, FINE]


def test_no_medicine_since_a_day_says_nothing_of_the_days_before_it() -> None:
    since = with_facts(Fact(FactKind.MEDICINE, Presence.NO, start=date(2026, 10, 1)))
    before, after = date(2026, 9, 30), date(2026, 10, 1)

    assert judged(of_days(before, before), since, a_baby(), on=TODAY).kind is ASK
    assert judged(of_days(after, after), since, a_baby(), on=TODAY).kind is FINE


def test_no_tattoo_since_a_day_is_asked_before_it_and_for_as_long_as_one_would_count() -> None:
    since = with_facts(Fact(FactKind.TATTOO_OR_TRANSFUSION, Presence.NO, start=date(2025, 10, 1)))
    kinds = [
        judged(of_days(day, day), since, a_baby(), on=TODAY).kind
        for day in (date(2026, 9, 29), date(2026, 9, 30))
    ]

    assert kinds == [ASK, FINE]


@pytest.mark.parametrize(
    ("illness", "asked"),
    [
        (
            Fact(FactKind.ILLNESS, Presence.YES, "mastitis", date(2026, 10, 1), date(2026, 10, 8)),
            (date(2026, 9, 30), date(2026, 10, 8)),
        ),
        (Fact(FactKind.ILLNESS, Presence.YES, "flu", start=date(2026, 11, 10)), (date(2026, 11, 9), TODAY)),
    ],
    ids=["ended", "ongoing"],
)
def test_an_illness_is_asked_about_from_the_day_before_it_to_the_day_after(
    illness: Fact, asked: tuple[date, date]
) -> None:
    lot = of_days(date(2026, 9, 1), TODAY)
    parts = parts_of(lot, a_baby(), disclosures_of(with_facts(illness), load_profile(), SPOKEN_WITH), TODAY)

    assert [(p.first, p.last) for p in parts if p.verdict.kind is ASK] == [asked]
    assert {p.verdict.kind for p in parts if (p.first, p.last) != asked} == {FINE}


def test_an_illness_without_days_is_asked_about_for_all_milk_and_an_unanswered_one_for_none() -> None:
    ill = with_facts(Fact(FactKind.ILLNESS, Presence.YES, "flu"))

    assert judged(a_lot(), ill, a_baby(), load_profile(), TODAY).kind is ASK
    assert judged(a_lot(), without(FactKind.ILLNESS), a_baby(), load_profile(), TODAY).kind is FINE


@pytest.mark.parametrize(
    ("decided", "willing", "kind"),
    [
        (Decided.NO_OBJECTION, Willing.IF_COMPATIBLE, VerdictKind.NO_OBJECTION_IF),
        (Decided.NO_OBJECTION, None, VerdictKind.ASK),
        (Decided.NO_OBJECTION, Willing.NO, VerdictKind.NOT_A_FIT),
        (Decided.ASK_FAMILY, Willing.YES, VerdictKind.NO_OBJECTION_IF),
        (Decided.ASK_FAMILY, None, VerdictKind.ASK),
        (Decided.NOT_A_FIT, Willing.YES, VerdictKind.NOT_A_FIT),
    ],
)
def test_a_medicine_is_decided_by_a_person_who_is_named(
    decided: Decided, willing: Willing | None, kind: VerdictKind
) -> None:
    decision = MedicineDecision("Sertraline", decided, "Dr. Fox", date(2026, 3, 1), "low in milk")
    traits = DonorTraits(first_spoken_on=TODAY, decisions=(decision,))
    facts = with_facts(Fact(FactKind.MEDICINE, Presence.YES, "sertraline"))
    donor = disclosures_of(facts, a_checked_policy(), traits)
    verdict = verdict_on(a_lot(), a_baby(medicine_ok=willing), donor, TODAY)

    assert verdict.kind is kind
    assert ("Dr. Fox, Mar 1, 2026" in worst(verdict)[0]) == (willing is not Willing.NO)


def test_nobody_spoken_with_is_said_and_settled_by_a_day() -> None:
    nobody = verdict_on(a_lot(), a_baby(), disclosures_of(a_plain_no(), a_checked_policy()), TODAY)

    assert [reason.rule for reason in nobody.reasons if reason.kind is nobody.kind] == ["first_contact"]
    assert nobody.kind is VerdictKind.NO_OBJECTION_IF
    assert judged(a_lot(), a_plain_no(), a_baby(), on=TODAY).kind is VerdictKind.NO_OBJECTION


# What may be overruled, and by whom.


def an_overruling(verdict: Verdict, **changes: Any) -> Overruling:  # noqa: ANN401 - any field
    reason = verdict.reasons[0]
    made = Overruling(reason.rule, "R-0001", OverruledBy.PARENT, "Inès Roy", TODAY, reason.text, "D-0001")
    return replace(made, **changes)


def test_a_not_a_fit_that_the_parent_overruled_stays_visible_with_name_and_day() -> None:
    smokes = with_facts(Fact(FactKind.NICOTINE, Presence.YES))
    before = judged(a_lot(), smokes, a_baby(), on=TODAY)
    donor = disclosures_of(smokes, a_checked_policy(), SPOKEN_WITH)
    after = verdict_on(a_lot(), a_baby(), donor, TODAY, [an_overruling(before)])

    assert before.kind is VerdictKind.NOT_A_FIT
    assert after.kind is VerdictKind.NO_OBJECTION_IF
    assert after.reasons[0].text == (
        "uses nicotine; family wants none — Inès Roy, the receiving parent, decided on Nov 21, 2026"
    )
    assert after.reasons[0].overruled


def test_a_reason_that_says_something_else_than_was_disclosed_stands_again() -> None:
    smokes = with_facts(Fact(FactKind.NICOTINE, Presence.YES))
    told = an_overruling(judged(a_lot(), smokes, a_baby(), on=TODAY))
    vapes = with_facts(Fact(FactKind.NICOTINE, Presence.YES, start=date(2026, 1, 1)))
    verdict = verdict_on(a_lot(), a_baby(), disclosures_of(vapes, a_checked_policy()), TODAY, [told])

    assert verdict.kind is VerdictKind.NOT_A_FIT


FINAL = [
    Fact(FactKind.BLOOD_TEST, Presence.YES, "HIV positive", date(2026, 7, 1), date(2026, 7, 2)),
    Fact(FactKind.BLOOD_TEST, Presence.YES, "HTLV-1 reactive", date(2026, 7, 1), date(2026, 7, 2)),
    Fact(FactKind.MEDICINE, Presence.YES, "chemotherapy"),
    Fact(FactKind.MEDICINE, Presence.YES, "radioactive iodine", date(2026, 8, 1), date(2026, 8, 2)),
    Fact(FactKind.CANNABIS, Presence.YES, "cocaine"),
]


@pytest.mark.parametrize("policy", shipped_profiles(), ids=lambda policy: policy.key)
@pytest.mark.parametrize("fact", FINAL, ids=lambda fact: fact.subject)
def test_some_things_nobody_overrules_in_any_profile(policy: Policy, fact: Fact) -> None:
    before = judged(a_lot(), with_facts(fact), a_baby(), policy, TODAY)
    final = next(reason for reason in before.reasons if reason.is_final)
    wished = replace(an_overruling(before), rule=final.rule, disclosed=final.text)
    after = verdict_on(a_lot(), a_baby(), disclosures_of(with_facts(fact), policy), TODAY, [wished])

    assert final.kind is VerdictKind.NOT_A_FIT
    assert after.kind is VerdictKind.NOT_A_FIT
    assert final in after.reasons


def test_a_negative_test_is_not_taken_for_a_positive_one() -> None:
    told = Fact(
        FactKind.BLOOD_TEST, Presence.YES, "HIV not reactive, HTLV neg", TODAY, TODAY + timedelta(days=1)
    )

    assert not any(r.is_final for r in judged(a_lot(), with_facts(told), a_baby(), on=TODAY).reasons)


# What nobody has checked.


@pytest.mark.parametrize("policy", shipped_profiles(), ids=lambda policy: policy.key)
def test_unchecked_values_never_lead_to_no_objection(policy: Policy) -> None:
    """Even a donor with a plain no to everything: milk keeps and a test counts by values nobody checked."""
    unchecked = an_unchecked_policy(policy)
    kinds = {
        judged(
            of_days(day, day, freezer=freezer), a_plain_no(), a_baby(must_avoid=("dairy",)), unchecked, TODAY
        ).kind
        for day in (date(2026, 9, 1), TODAY)
        for freezer in (None, *Freezer)
    }

    assert VerdictKind.NO_OBJECTION not in kinds


def test_one_reason_names_every_unchecked_value_that_milk_relies_on() -> None:
    facts = with_facts(
        Fact(FactKind.DAIRY, Presence.YES, end=date(2026, 3, 1)),
        Fact(FactKind.MEDICINE, Presence.YES, "prenatal vitamin"),
    )
    policy = an_unchecked_policy()
    verdict = judged(of_days(date(2026, 9, 1), date(2026, 9, 2)), facts, policy=policy, on=TODAY)
    unchecked = [reason for reason in verdict.reasons if reason.rule == "unchecked"]

    assert verdict.kind is VerdictKind.NO_OBJECTION_IF
    assert len(unchecked) == 1
    assert [basis.rule for basis in unchecked[0].bases] == [
        "frozen_fridge_freezer",
        "blood_panel",
        "blood_test_age",
        "supplements",
        "washout",
    ]
    assert "a food is out of the milk after 14 days" in unchecked[0].text


@pytest.mark.parametrize(
    "fact",
    [
        Fact(FactKind.NICOTINE, Presence.YES, "vape", end=date(2026, 1, 1)),
        Fact(FactKind.TATTOO, Presence.YES, "", date(2024, 1, 1), date(2024, 1, 2)),
        Fact(FactKind.TRANSFUSION, Presence.YES, "", date(2024, 1, 1), date(2024, 1, 2)),
        Fact(FactKind.MEDICINE, Presence.YES, "amoxicillin", date(2026, 1, 1), date(2026, 1, 8)),
        Fact(FactKind.CAFFEINE, Presence.YES, "2 coffees a day"),
    ],
    ids=lambda fact: fact.kind.value,
)
def test_a_wait_that_is_over_is_relied_on_and_said(fact: Fact) -> None:
    own = an_unchecked_policy(medicine_wait=1)
    read = {rule: replace(value, status=Status.PRIMARY) for rule, value in own.values.items()}
    unchecked = judged(a_lot(), with_facts(fact), a_baby(), own, TODAY)
    checked = judged(a_lot(), with_facts(fact), a_baby(), replace(own, values=read), TODAY)

    assert unchecked.kind is VerdictKind.NO_OBJECTION_IF
    assert checked.kind is VerdictKind.NO_OBJECTION


def test_a_donor_who_answered_everything_has_nothing_against_her_milk_as_the_profile_ships() -> None:
    facts = without(FactKind.ILLNESS)
    verdict = judged(a_lot(freezer=Freezer.CHEST), facts, a_baby(), load_profile(), TODAY)

    assert verdict.kind is VerdictKind.NO_OBJECTION


@pytest.mark.parametrize("name", ["vitamin D", "DHA", "Iron", "B12", "fish oil"])
def test_what_goes_with_a_prenatal_vitamin_needs_no_decision_and_is_said_to_be_our_choice(name: str) -> None:
    facts = with_facts(Fact(FactKind.MEDICINE, Presence.YES, name))
    verdict = judged(a_lot(), facts, a_baby(medicine_ok=Willing.NO), load_profile(), TODAY)

    assert verdict.kind is VerdictKind.NO_OBJECTION_IF
    assert [basis.rule for reason in verdict.reasons for basis in reason.bases] == ["other_supplements"]


@pytest.mark.parametrize(
    ("drinks", "kind"),
    [
        ("5 oz glass of wine on Fridays", VerdictKind.NO_OBJECTION_IF),
        ("a glass of wine every night", VerdictKind.NO_OBJECTION_IF),
        ("rarely", VerdictKind.NO_OBJECTION_IF),
        ("1-2 a week", VerdictKind.NO_OBJECTION_IF),
        ("2 beers a night", VerdictKind.ASK),
        ("bottle of wine most nights", VerdictKind.ASK),
        ("wine with dinner", VerdictKind.ASK),
        ("3 oz a day", VerdictKind.ASK),
    ],
)
def test_alcohol_is_held_against_two_ounces_of_spirits_in_whatever_drink(
    drinks: str, kind: VerdictKind
) -> None:
    facts = with_facts(Fact(FactKind.ALCOHOL, Presence.YES, drinks, raw=drinks))

    assert judged(a_lot(), facts, a_baby(), load_profile(), TODAY).kind is kind


def test_new_york_asks_about_nicotine_and_bans_none() -> None:
    facts = with_facts(Fact(FactKind.NICOTINE, Presence.YES, "vape"))
    verdict = judged(a_lot(), facts, a_baby(nicotine_ok=Willing.YES), load_profile("new_york_bank"), TODAY)

    assert [(r.kind, r.text) for r in verdict.reasons if r.rule == "nicotine"] == [
        (ASK, "uses nicotine: ask")
    ]


def test_the_words_name_the_profile() -> None:
    assert judged(a_lot(), a_plain_no(), a_baby(), on=TODAY).under("Our profile") == (
        "Nothing against it under Our profile"
    )


# For whatever people answer.

DAYS = st.one_of(st.none(), st.dates(date(2026, 3, 1), date(2026, 3, 25)))
KINDS = [kind for kind in FactKind if kind is not FactKind.BIRTH]
SUBJECTS = st.sampled_from(
    ["", "soy", "eggs", "vegan", "sertraline", "prenatals", "fenugreek", "tattoo", "HIV/HBV/HCV/HTLV/RPR neg"]
)
FACTS = st.builds(
    lambda kind, presence, subject, ends: Fact(kind, presence, subject, *ends),
    st.sampled_from(KINDS),
    st.sampled_from(list(Presence)),
    SUBJECTS,
    st.tuples(DAYS, DAYS).map(lambda ends: ends if None in ends or ends[0] <= ends[1] else ends[::-1]),  # type: ignore[operator] # dates where neither is None
)
ANSWERS = st.lists(FACTS, max_size=10).map(tuple)
BABIES = st.builds(
    lambda foods, medicine, nicotine: a_baby(
        born=date(2026, 1, 2), must_avoid=tuple(sorted(foods)), medicine_ok=medicine, nicotine_ok=nicotine
    ),
    st.sets(st.sampled_from(["dairy", "soy", "egg"])),
    st.one_of(st.none(), st.sampled_from(list(Willing))),
    st.one_of(st.none(), st.sampled_from(list(Willing))),
)
LOTS = st.builds(
    lambda first, days, freezer, heat: of_days(
        first, first + timedelta(days=days), freezer=freezer, heat_treated=heat
    ),
    st.dates(date(2026, 3, 1), date(2026, 3, 20)),
    st.integers(0, 12),
    st.one_of(st.none(), st.sampled_from(list(Freezer))),
    st.one_of(st.none(), st.sampled_from(list(HeatTreated))),
)
POLICIES = st.sampled_from([a_checked_policy(), *shipped_profiles()])
LOOKED_AT = st.dates(date(2026, 4, 1), date(2027, 6, 1))


def each_day(lot: Lot) -> list[date]:
    assert lot.expressed_from
    assert lot.expressed_to
    return [
        lot.expressed_from + timedelta(days=number)
        for number in range((lot.expressed_to - lot.expressed_from).days + 1)
    ]


@given(LOTS, ANSWERS, BABIES, POLICIES, LOOKED_AT)
@settings(max_examples=80, deadline=None)
def test_a_lot_is_as_its_worst_day(
    lot: Lot, facts: tuple[Fact, ...], baby: Baby, policy: Policy, on: date
) -> None:
    days = [
        judged(replace(lot, expressed_from=d, expressed_to=d), facts, baby, policy, on) for d in each_day(lot)
    ]
    whole = judged(lot, facts, baby, policy, on)

    assert whole.kind is max(day.kind for day in days)
    plain = {r for r in whole.reasons if r.rule != "unchecked"}
    assert plain == {r for day in days for r in day.reasons if r.rule != "unchecked"}


@given(LOTS, ANSWERS, BABIES, POLICIES, LOOKED_AT)
@settings(max_examples=60, deadline=None)
def test_the_parts_of_a_lot_are_its_days_each_with_the_verdict_of_all_its_days(
    lot: Lot, facts: tuple[Fact, ...], baby: Baby, policy: Policy, on: date
) -> None:
    parts = parts_of(lot, baby, disclosures_of(facts, policy, SPOKEN_WITH), on)

    assert [day for p in parts for day in each_day(of_days(p.first, p.last))] == each_day(lot)
    for part in parts:
        for day in each_day(of_days(part.first, part.last)):
            one = replace(lot, expressed_from=day, expressed_to=day)
            assert judged(one, facts, baby, policy, on).kind is part.verdict.kind


@given(LOTS, ANSWERS, BABIES, POLICIES)
@settings(max_examples=80, deadline=None)
def test_forgetting_an_answer_that_must_be_given_never_brings_a_verdict_nearer_to_no_objection(
    lot: Lot, facts: tuple[Fact, ...], baby: Baby, policy: Policy
) -> None:
    """What is known to be against the milk may turn into "ask" when forgotten, and no further."""
    before = judged(lot, facts, baby, policy).kind
    for kind in policy.questions:
        combined = (
            {FactKind.TATTOO_OR_TRANSFUSION} if kind in {FactKind.TATTOO, FactKind.TRANSFUSION} else set()
        )
        if kind in {FactKind.DAIRY, FactKind.FOOD_AVOIDED} and not baby.must_avoid:
            continue
        kept = tuple(f for f in facts if f.kind not in {kind, *combined})
        relevant = kind is not FactKind.HEAT_TREATED or lot.heat_treated is None
        if relevant and len(kept) < len(facts):
            assert judged(lot, kept, baby, policy).kind >= min(before, VerdictKind.ASK)


@given(LOTS, BABIES, POLICIES, st.lists(FACTS, max_size=6), FACTS)
@settings(max_examples=120, deadline=None)
def test_adding_an_adverse_fact_to_what_was_answered_never_improves_a_verdict(
    lot: Lot, baby: Baby, policy: Policy, more: list[Fact], fact: Fact
) -> None:
    adverse = replace(fact, presence=Presence.YES)
    if adverse.kind in {FactKind.FOOD_AVOIDED, FactKind.BLOOD_TEST, FactKind.FREEZER, FactKind.FOOD}:
        adverse = replace(adverse, kind=FactKind.FOOD, subject="soy")
    answered = (*a_plain_no(), *more, *(Fact(kind, Presence.NO) for kind in KINDS if kind not in _NAMED))
    before = judged(lot, answered, baby, policy).kind

    assert judged(lot, (*answered, adverse), baby, policy).kind >= before


_NAMED = {FactKind.FOOD_AVOIDED, FactKind.BLOOD_TEST, FactKind.FREEZER, FactKind.FOOD}


@given(LOTS, ANSWERS, BABIES, POLICIES)
@settings(max_examples=40, deadline=None)
def test_the_words_are_a_helpers(lot: Lot, facts: tuple[Fact, ...], baby: Baby, policy: Policy) -> None:
    words = " ".join(reason.text for reason in judged(lot, facts, baby, policy).reasons).casefold()

    assert not any(word in words for word in ("safe", "approved", "rejected", "unsuitable", "none after"))
