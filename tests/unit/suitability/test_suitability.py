from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.families.babies import Baby, BabyHealth, Willing
from coordinator.domain.milk.lots import HeatTreated
from coordinator.domain.policies.verdicts import Verdict, VerdictKind
from coordinator.domain.suitability.babies import judge_baby
from coordinator.domain.suitability.disclosures import disclosures_of
from coordinator.domain.suitability.lots import verdict_on
from tests.builders import (
    SPOKEN_WITH,
    TODAY,
    a_baby,
    a_checked_policy,
    a_lot,
    a_plain_no,
    with_facts,
    without,
)

POLICY = a_checked_policy()
OCT_9 = date(2026, 10, 9)


def judged(facts: tuple[Fact, ...], baby: Baby | None = None, **lot: Any) -> Verdict:  # noqa: ANN401 - any field
    donor = disclosures_of(facts, POLICY, SPOKEN_WITH)
    return verdict_on(a_lot(**lot), baby or a_baby(), donor, TODAY)


def texts(verdict: Verdict, kind: VerdictKind) -> list[str]:
    return [reason.text for reason in verdict.reasons if reason.kind is kind]


def yes(kind: FactKind, subject: str = "", start: date | None = None, end: date | None = None) -> Fact:
    return Fact(kind, Presence.YES, subject, start, end)


def test_nothing_is_against_milk_when_every_answer_is_a_plain_no() -> None:
    verdict = judged(a_plain_no())

    assert verdict.kind is VerdictKind.NO_OBJECTION
    assert verdict.kind.words == "Nothing against it"
    assert texts(verdict, VerdictKind.NO_OBJECTION) == ["Blood tests negative on Jul 14, 2026"]


@pytest.mark.parametrize(
    "kind",
    [
        FactKind.MEDICINE,
        FactKind.NICOTINE,
        FactKind.ALCOHOL,
        FactKind.CANNABIS,
        FactKind.BLOOD_TEST,
        FactKind.TATTOO_OR_TRANSFUSION,
    ],
)
def test_a_question_nobody_answered_is_ask_first(kind: FactKind) -> None:
    verdict = judged(without(kind), a_baby(nicotine_ok=Willing.YES))

    assert verdict.kind is VerdictKind.ASK
    assert texts(verdict, VerdictKind.ASK) == [f"{kind.value.capitalize()}: not answered"]


def test_eating_dairy_is_not_a_fit_for_a_baby_who_must_avoid_dairy() -> None:
    verdict = judged(with_facts(yes(FactKind.DAIRY)), a_baby(must_avoid=("dairy",)))

    assert verdict.kind is VerdictKind.NOT_A_FIT
    assert texts(verdict, VerdictKind.NOT_A_FIT) == ["eats dairy; baby must avoid dairy"]


def test_eating_dairy_is_no_matter_for_another_baby() -> None:
    assert judged(with_facts(yes(FactKind.DAIRY))).kind is VerdictKind.NO_OBJECTION


def test_dairy_stopped_at_a_date_says_from_which_day_milk_suits() -> None:
    verdict = judged(with_facts(yes(FactKind.DAIRY, end=OCT_9)), a_baby(must_avoid=("dairy",)))

    assert texts(verdict, VerdictKind.NOT_A_FIT) == [
        "ate dairy until Oct 9, 2026; 14-day wash-out: milk of Oct 23, 2026 or later"
    ]


def test_dairy_not_answered_is_ask_first() -> None:
    verdict = judged(without(FactKind.DAIRY), a_baby(must_avoid=("dairy",)))

    assert texts(verdict, VerdictKind.ASK) == ["Dairy: not answered"]


def test_dairy_under_another_name_is_dairy() -> None:
    baby = a_baby(must_avoid=("cow's milk protein (CMPI)",))

    assert judged(with_facts(yes(FactKind.DAIRY)), baby).kind is VerdictKind.NOT_A_FIT


@pytest.mark.parametrize("food", ["egg", "eggs"])
def test_a_vegan_has_nothing_against_egg_free(food: str) -> None:
    facts = with_facts(yes(FactKind.FOOD_AVOIDED, "vegan"))

    assert judged(facts, a_baby(must_avoid=(food,))).kind is VerdictKind.NO_OBJECTION


def test_vegan_does_not_answer_the_question_about_dairy() -> None:
    facts = tuple(f for f in with_facts(yes(FactKind.FOOD_AVOIDED, "vegan")) if f.kind is not FactKind.DAIRY)
    verdict = judged(facts, a_baby(must_avoid=("dairy",)))

    assert texts(verdict, VerdictKind.ASK) == ["Dairy: not answered; she says vegan or dairy-free"]


def test_a_vegan_who_eats_dairy_is_asked_which() -> None:
    facts = with_facts(yes(FactKind.FOOD_AVOIDED, "vegan"), yes(FactKind.DAIRY))

    assert judged(facts, a_baby(must_avoid=("dairy",))).kind is VerdictKind.ASK


def test_soy_is_settled_only_by_a_donor_who_lists_it() -> None:
    baby = a_baby(must_avoid=("soy",))
    listed = judged(with_facts(yes(FactKind.FOOD_AVOIDED, "soy"), yes(FactKind.FOOD_AVOIDED, "eggs")), baby)
    others = judged(with_facts(yes(FactKind.FOOD_AVOIDED, "nuts")), baby)
    unanswered = judged(without(FactKind.FOOD_AVOIDED), baby)

    assert listed.kind is VerdictKind.NO_OBJECTION
    assert texts(others, VerdictKind.ASK) == [
        "Soy: not among the foods she avoids, so not soy-free; would she stop? Ask"
    ]
    assert texts(unanswered, VerdictKind.ASK) == ["Soy: not answered"]


@pytest.mark.parametrize("name", ["prenatal vitamin", "prenatals", "Prenatal  vitamins"])
def test_prenatal_vitamins_need_no_decision(name: str) -> None:
    facts = with_facts(yes(FactKind.MEDICINE, name))

    assert judged(facts, a_baby(medicine_ok=Willing.NO)).kind is VerdictKind.NO_OBJECTION


@pytest.mark.parametrize("willing", [None, Willing.YES, Willing.IF_COMPATIBLE, Willing.ASK])
def test_a_medicine_is_never_cleared_whatever_the_family_says(willing: Willing | None) -> None:
    verdict = judged(with_facts(yes(FactKind.MEDICINE, "sertraline")), a_baby(medicine_ok=willing))

    assert texts(verdict, VerdictKind.ASK) == ["takes sertraline: nobody has decided yet"]


def test_a_medicine_the_family_does_not_want_is_not_a_fit_for_the_days_she_took_it() -> None:
    baby = a_baby(medicine_ok=Willing.NO)
    always = judged(with_facts(yes(FactKind.MEDICINE, "mini pill")), baby)
    for_a_week = judged(with_facts(yes(FactKind.MEDICINE, "amoxicillin", OCT_9, date(2026, 10, 17))), baby)

    assert texts(always, VerdictKind.NOT_A_FIT) == ["takes mini pill; family wants no medicine"]
    assert texts(for_a_week, VerdictKind.NOT_A_FIT) == [
        "amoxicillin, Oct 9, 2026 to Oct 16, 2026: family wants no medicine"
    ]
    assert texts(for_a_week, VerdictKind.ASK) == [
        "amoxicillin ended on Oct 17, 2026 and may last in milk: how long is not known, ask"
    ]


def test_nicotine_follows_what_the_family_said() -> None:
    facts = with_facts(yes(FactKind.NICOTINE))
    kinds = [judged(facts, a_baby(nicotine_ok=said)).kind for said in (Willing.NO, Willing.YES, None)]

    assert kinds == [VerdictKind.NOT_A_FIT, VerdictKind.NO_OBJECTION_IF, VerdictKind.ASK]


def test_nicotine_given_up_at_a_date_counts_until_the_wait_is_over() -> None:
    facts = with_facts(yes(FactKind.NICOTINE, "vape", end=OCT_9))
    before = judged(facts, expressed_from=date(2026, 11, 7), expressed_to=date(2026, 11, 7))
    after = judged(facts, expressed_from=date(2026, 11, 8), expressed_to=date(2026, 11, 8))

    assert texts(before, VerdictKind.NOT_A_FIT) == [
        "nicotine, until Oct 9, 2026 and 30 days after: milk of Nov 8, 2026 or later; family wants none"
    ]
    assert after.kind is VerdictKind.NO_OBJECTION


def test_cannabis_of_any_kind_is_ask_first() -> None:
    verdict = judged(with_facts(yes(FactKind.CANNABIS, "edible", OCT_9, date(2026, 10, 10))))

    assert texts(verdict, VerdictKind.ASK) == [
        "Edible, on Oct 9, 2026, how long it lasts in milk is not known: ask"
    ]


def test_an_alcohol_habit_leaves_out_the_bags_of_those_hours() -> None:
    verdict = judged(with_facts(yes(FactKind.ALCOHOL, "1 glass wine on weekends")))

    assert verdict.kind is VerdictKind.NO_OBJECTION_IF
    assert "bags from those hours are left out" in texts(verdict, VerdictKind.NO_OBJECTION_IF)[0]


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("prenatal panel neg", "ask whether HTLV and HCV were tested"),
        ("all negative", "ask which infections"),
        ("HIV/HBV/HCV/HTLV/syphilis", "ask for every result"),
        ("HIV positive", "ask for every result"),
    ],
)
def test_blood_tests_that_do_not_tell_all_are_ask_first(told: str, asked: str) -> None:
    verdict = judged(with_facts(yes(FactKind.BLOOD_TEST, told, OCT_9, date(2026, 10, 10))))

    assert asked in texts(verdict, VerdictKind.ASK)[0]


def test_negative_blood_tests_without_a_date_are_ask_first() -> None:
    facts = with_facts(yes(FactKind.BLOOD_TEST, "HIV/HBV/HCV/HTLV/syphilis negative"))

    assert judged(facts).kind is VerdictKind.ASK


def test_heat_treated_milk_is_told_to_the_family() -> None:
    facts = without(FactKind.HEAT_TREATED)

    assert judged(facts, heat_treated=HeatTreated.ALL).kind is VerdictKind.NO_OBJECTION_IF
    assert judged(facts, heat_treated=HeatTreated.SOME).kind is VerdictKind.NO_OBJECTION_IF
    assert texts(judged(facts, heat_treated=None), VerdictKind.ASK) == ["Heat-treated: not answered"]


def test_milk_without_dates_is_ask_first() -> None:
    verdict = judged(a_plain_no(), expressed_from=None)

    assert texts(verdict, VerdictKind.ASK) == ["Pumped when: not answered"]


def test_every_reason_is_told_not_only_the_worst() -> None:
    facts = with_facts(yes(FactKind.DAIRY), yes(FactKind.MEDICINE, "Zyrtec"), yes(FactKind.ALCOHOL))
    verdict = judged(facts, a_baby(must_avoid=("dairy", "soy")))

    assert [reason.kind for reason in verdict.reasons] == [
        VerdictKind.NOT_A_FIT,
        VerdictKind.ASK,
        VerdictKind.ASK,
        VerdictKind.NO_OBJECTION_IF,
        VerdictKind.NO_OBJECTION,
    ]


@pytest.mark.parametrize("health", [BabyHealth.HOSPITAL, BabyHealth.ILL])
def test_a_baby_in_hospital_or_ill_is_referred(health: BabyHealth) -> None:
    assert judge_baby(a_baby(health=health), POLICY, TODAY).kind is VerdictKind.REFER


def test_a_baby_born_early_is_referred_until_the_day_of_term_corrected_age() -> None:
    clinician = {"clinician": "Dr. Fox", "clinician_agreed_on": date(2026, 11, 1)}
    baby = a_baby(born=date(2026, 9, 26), gestation_weeks=32, **clinician)

    the_day_before = judge_baby(baby, POLICY, date(2026, 11, 20))
    the_day = judge_baby(baby, POLICY, date(2026, 11, 21))

    assert the_day_before.kind is VerdictKind.REFER
    assert the_day.kind is VerdictKind.NO_OBJECTION


@pytest.mark.parametrize("weeks", [31, 36, None])
def test_a_baby_born_early_and_home_asks_for_the_clinician(weeks: int | None) -> None:
    baby = a_baby(born=date(2026, 5, 1), gestation_weeks=weeks)
    verdict = judge_baby(baby, POLICY, TODAY)

    assert verdict.kind is VerdictKind.ASK
    assert "has the baby's clinician agreed? Note name and date" in verdict.reasons[0].text


def test_a_clinicians_name_without_a_date_does_not_do() -> None:
    baby = a_baby(born=date(2026, 5, 1), gestation_weeks=31, clinician="Dr. Fox")

    assert judge_baby(baby, POLICY, TODAY).kind is VerdictKind.ASK


def test_a_baby_of_37_weeks_needs_no_clinician() -> None:
    assert judge_baby(a_baby(gestation_weeks=37), POLICY, TODAY).kind is VerdictKind.NO_OBJECTION


@pytest.mark.parametrize("missing", ["health", "must_avoid", "born"])
def test_what_nobody_asked_about_the_baby_is_ask_first(missing: str) -> None:
    assert judge_baby(a_baby(**{missing: None}), POLICY, TODAY).kind is VerdictKind.ASK


def test_twins_are_matched_like_one_baby() -> None:
    assert judge_baby(a_baby(count=2), POLICY, TODAY).kind is VerdictKind.NO_OBJECTION


# Rules for whatever people answer.

KINDS = [kind for kind in FactKind if kind is not FactKind.ILLNESS]
SUBJECTS = st.sampled_from(
    [
        "",
        "soy",
        "eggs",
        "vegan",
        "sertraline",
        "prenatals",
        "vape",
        "all negative",
        "HIV/HBV/HCV/HTLV/RPR neg",
    ]
)
DATES = st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2026, 11, 21)))
FACTS = st.builds(
    Fact, st.sampled_from(list(FactKind)), st.sampled_from(list(Presence)), SUBJECTS, start=DATES, end=DATES
)
FOODS = st.sets(st.sampled_from(["dairy", "soy", "egg", "nuts"]))
SAID = st.one_of(st.none(), st.sampled_from(list(Willing)))
BABIES = st.builds(
    lambda foods, medicine, nicotine: a_baby(
        must_avoid=tuple(sorted(foods)), medicine_ok=medicine, nicotine_ok=nicotine
    ),
    FOODS,
    SAID,
    SAID,
)
HEAT = st.one_of(st.none(), st.sampled_from(list(HeatTreated)))


@given(st.lists(FACTS, max_size=12).map(tuple), BABIES, HEAT)
def test_the_verdict_is_its_worst_reason(
    facts: tuple[Fact, ...], baby: Baby, heat: HeatTreated | None
) -> None:
    verdict = judged(facts, baby, heat_treated=heat)

    assert verdict.kind == max((reason.kind for reason in verdict.reasons), default=VerdictKind.NO_OBJECTION)


@given(st.lists(FACTS, max_size=12).map(tuple), BABIES, st.sampled_from(KINDS))
def test_forgetting_an_answer_never_brings_a_verdict_nearer_to_no_objection(
    facts: tuple[Fact, ...], baby: Baby, forgotten: FactKind
) -> None:
    """What is known to be against the milk may turn into "ask" when forgotten, and no further."""
    before = judged(facts, baby, heat_treated=None).kind
    after = judged(tuple(f for f in facts if f.kind is not forgotten), baby, heat_treated=None).kind

    assert after >= min(before, VerdictKind.ASK)


ADVERSE = st.builds(
    Fact,
    st.sampled_from(
        [
            FactKind.DAIRY,
            FactKind.MEDICINE,
            FactKind.NICOTINE,
            FactKind.ALCOHOL,
            FactKind.CANNABIS,
            FactKind.TATTOO_OR_TRANSFUSION,
            FactKind.HEAT_TREATED,
            FactKind.ILLNESS,
        ]
    ),
    st.just(Presence.YES),
    st.sampled_from(["", "sertraline", "vape"]),
    start=DATES,
    end=DATES,
)


@given(st.lists(FACTS, max_size=12).map(tuple), ADVERSE, BABIES)
def test_adding_something_adverse_to_what_was_answered_never_improves_a_verdict(
    facts: tuple[Fact, ...], adverse: Fact, baby: Baby
) -> None:
    """A question nobody had answered was "ask" before; answering it is not adding to an answer."""
    answered = (*facts, *(fact for fact in a_plain_no() if fact.kind is adverse.kind))
    before = judged(answered, baby, heat_treated=None).kind

    assert judged((*answered, adverse), baby, heat_treated=None).kind >= before


@given(st.lists(FACTS, max_size=12).map(tuple), BABIES)
def test_no_medicine_but_a_supplement_is_ever_cleared(facts: tuple[Fact, ...], baby: Baby) -> None:
    verdict = judged((*facts, yes(FactKind.MEDICINE, "sertraline")), baby)

    assert verdict.kind >= VerdictKind.ASK


@given(st.lists(FACTS, max_size=12).map(tuple), BABIES)
def test_the_words_are_a_helpers(facts: tuple[Fact, ...], baby: Baby) -> None:
    words = " ".join(reason.text for reason in judged(facts, baby).reasons).casefold()

    assert not any(word in words for word in ("safe", "approved", "rejected", "unsuitable"))
