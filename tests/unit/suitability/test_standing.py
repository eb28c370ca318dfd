"""How a match stands, by its reasons; and that every question is somebody's."""

import ast
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.families.babies import Baby, BabyHealth, Willing
from coordinator.domain.milk.lots import Freezer
from coordinator.domain.policies.verdicts import ASK, IF, NOT_A_FIT, Reason, Verdict, VerdictKind
from coordinator.domain.suitability.asks import ANSWERED_BY, Whom
from coordinator.domain.suitability.babies import judge_baby
from coordinator.domain.suitability.disclosures import disclosures_of
from coordinator.domain.suitability.lots import verdict_on
from coordinator.domain.suitability.standing import Standing, StandingKind, standing_of, together
from coordinator.sayings import coded
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
from tests.program_code import modules

POLICY = a_checked_policy()
READY, ONE_CALL, CLINICIAN, WAITS = (
    StandingKind.READY,
    StandingKind.ONE_CALL,
    StandingKind.CLINICIAN,
    StandingKind.WAITS,
)
SAID_ONLY = {
    "age.older_than_taken", "alcohol.hours", "baby.agreed", "baby.born_early", "baby.health", "baby.mentions",
    "foods.ate", "foods.eaten", "foods.eaten_since", "foods.washout", "freezer.past_best", "fresh.too_long",
    "fresh.within", "heat.all", "heat.some", "household.own_milk", "medicine.cleared",
    "medicine.decided_against", "medicine.unwanted", "medicine.unwanted_dated", "never", "nicotine.unwanted",
    "nicotine.wanted", "overruled", "own_baby.early", "thawed.too_long", "thawed.within", "unchecked",
    "blood.prenatal", "decided", "medicine.no_decision",
}  # fmt: skip
"""What is told, refused or referred, and never a question."""


def yes(kind: FactKind, subject: str = "", start: date | None = None, end: date | None = None) -> Fact:
    return Fact(kind, Presence.YES, subject, start, end)


def stands(facts: tuple[Fact, ...], baby: Baby | None = None) -> Standing:
    donor = disclosures_of(facts, POLICY, SPOKEN_WITH)
    return standing_of(verdict_on(a_lot(), baby or a_baby(), donor, TODAY), TODAY)


def days(ago: int) -> date:
    return TODAY - timedelta(days=ago)


def test_every_question_the_rules_ask_is_somebodys() -> None:
    codes = {
        call.args[0].value
        for _, tree in modules("coordinator/domain/suitability")
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "coded"
        and isinstance(call.args[0], ast.Constant)
    }

    assert codes - SAID_ONLY == set(ANSWERED_BY), "put a new question into the table, what is only said here"


def test_a_question_of_no_table_is_a_clinicians_and_never_ready() -> None:
    new = Reason(ASK, "something", coded("something.new", "something new"))

    standing = standing_of(Verdict.of([new]), TODAY)

    assert (standing.kind, standing.asks[0].whom) == (CLINICIAN, Whom.CLINICIAN)


@pytest.mark.parametrize(
    ("facts", "baby", "kind", "words"),
    [
        (a_plain_no(), {}, READY, "Ready"),
        (without(FactKind.BLOOD_TEST), {}, ONE_CALL, "One call away"),
        (without(FactKind.MEDICINE, FactKind.ALCOHOL), {}, ONE_CALL, "One call away"),
        (with_facts(yes(FactKind.NICOTINE)), {"nicotine_ok": Willing.ASK}, ONE_CALL, "One call away"),
        (with_facts(yes(FactKind.NICOTINE)), {"nicotine_ok": Willing.YES}, READY, "Ready"),
        (
            with_facts(yes(FactKind.NICOTINE)),
            {"nicotine_ok": Willing.NO},
            StandingKind.NOT_A_FIT,
            "Not a fit",
        ),
        (with_facts(yes(FactKind.MEDICINE, "Zoloft")), {}, CLINICIAN, "A clinician decides"),
        (with_facts(yes(FactKind.CANNABIS)), {}, CLINICIAN, "A clinician decides"),
        (with_facts(yes(FactKind.DAIRY)), {"must_avoid": ("dairy",)}, StandingKind.NOT_A_FIT, "Not a fit"),
        (with_facts(), {"health": BabyHealth.HOSPITAL}, StandingKind.REFER, "Refer"),
        (with_facts(), {"health": None}, ONE_CALL, "One call away"),
        (with_facts(), {"gestation_weeks": 34, "born": date(2026, 3, 1)}, CLINICIAN, "A clinician decides"),
    ],
)
def test_each_answer_stands_by_who_can_answer_it(
    facts: tuple[Fact, ...], baby: dict[str, object], kind: StandingKind, words: str
) -> None:
    standing = stands(facts, a_baby(**baby))

    assert (standing.kind, str(standing.words)) == (kind, words)


def test_where_donor_and_family_must_both_be_rung_it_is_two_calls_away() -> None:
    facts = tuple(fact for fact in with_facts(yes(FactKind.NICOTINE)) if fact.kind is not FactKind.ALCOHOL)

    standing = stands(facts, a_baby(nicotine_ok=Willing.ASK))

    assert (standing.calls, str(standing.words)) == (2, "Two calls away")
    assert {ask.whom for ask in standing.deciding} == {Whom.DONOR, Whom.FAMILY}


def test_a_wait_that_lies_ahead_says_until_when() -> None:
    tattoo = (yes(FactKind.TATTOO, "ear piercing", days(150), days(149)),)

    standing = stands(
        (*without(FactKind.TATTOO_OR_TRANSFUSION), *tattoo, Fact(FactKind.TRANSFUSION, Presence.NO))
    )

    assert standing.kind is WAITS
    assert standing.until is not None
    assert standing.until > TODAY
    assert str(standing.words).startswith("Waits until ")


def test_of_stored_milk_of_days_whose_wait_is_over_a_clinician_decides() -> None:
    standing = stands(with_facts(yes(FactKind.ILLNESS, "flu", days(40), days(35))))

    assert (standing.kind, standing.until) == (CLINICIAN, None)
    assert [ask.reason.said.code for ask in standing.asks] == ["event.illness"]


def test_what_is_only_said_is_advice_and_no_question() -> None:
    donor = disclosures_of(a_plain_no(), POLICY)

    standing = standing_of(verdict_on(a_lot(), a_baby(), donor, TODAY), TODAY)

    assert standing.kind is READY
    assert [reason.said.code for reason in standing.advice] == ["contact.first"]
    assert standing.asks == ()


def test_several_stand_as_the_worst_of_them_with_all_that_is_asked() -> None:
    donor = stands(without(FactKind.ALCOHOL))
    baby = standing_of(judge_baby(a_baby(health=None), POLICY, TODAY), TODAY)

    both = together(donor, baby)

    assert (both.kind, both.calls) == (ONE_CALL, 2)
    assert together(donor, stands(with_facts(yes(FactKind.CANNABIS)))).kind is CLINICIAN
    assert together() == Standing(READY)


KINDS = (
    FactKind.MEDICINE,
    FactKind.NICOTINE,
    FactKind.ALCOHOL,
    FactKind.CANNABIS,
    FactKind.BLOOD_TEST,
    FactKind.TATTOO_OR_TRANSFUSION,
    FactKind.DAIRY,
    FactKind.ILLNESS,
    FactKind.FREEZER,
)
FACTS = st.builds(
    Fact,
    st.sampled_from(KINDS),
    st.sampled_from(Presence),
    st.sampled_from(
        ["", "Zoloft", "vitamin D", "tattoo", "transfusion", "prenatal panel, negative", Freezer.CHEST.value]
    ),
    st.none() | st.dates(date(2025, 6, 1), date(2026, 11, 1)),
    st.none() | st.dates(date(2026, 11, 2), date(2027, 3, 1)),
)
BABIES = st.builds(
    a_baby,
    must_avoid=st.sampled_from([(), ("dairy",), ("soy",), None]),
    nicotine_ok=st.none() | st.sampled_from(Willing),
    medicine_ok=st.none() | st.sampled_from(Willing),
    health=st.none() | st.sampled_from(BabyHealth),
)


@given(st.lists(FACTS, max_size=12), BABIES)
def test_no_match_stands_better_than_its_reasons(facts: list[Fact], baby: Baby) -> None:
    donor = disclosures_of(facts, POLICY, SPOKEN_WITH)
    verdict = verdict_on(a_lot(), baby, donor, TODAY)
    standing = standing_of(verdict, TODAY)

    assert (standing.kind is READY) == (verdict.kind <= IF)
    assert (standing.kind is StandingKind.NOT_A_FIT) == (verdict.kind is NOT_A_FIT)
    assert (standing.kind is StandingKind.REFER) == (verdict.kind is VerdictKind.REFER)
    assert len(standing.asks) == sum(reason.kind is ASK for reason in verdict.reasons)
    assert len(standing.advice) == sum(reason.kind is IF for reason in verdict.reasons)
    assert (standing.until is not None) == (standing.kind is WAITS)


@given(st.lists(FACTS, max_size=12), BABIES, st.sampled_from(sorted(POLICY.questions)))
def test_forgetting_an_answer_never_makes_a_match_ready(
    facts: list[Fact], baby: Baby, forgotten: FactKind
) -> None:
    known = (*a_plain_no(), *facts)
    left = tuple(fact for fact in known if fact.kind is not forgotten)

    before, after = stands(known, baby), stands(left, baby)

    assert after.kind > READY or before.kind is READY
