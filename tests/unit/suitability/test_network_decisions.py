"""What a network decided once: every match moves by it, none is worse off, and nothing is said silently."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.adapters.policies.profiles import load_profile
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.facts.decisions import Decided, MedicineDecision
from coordinator.domain.families.babies import Baby, Willing
from coordinator.domain.policies.deciding import as_decided
from coordinator.domain.policies.decisions import PRENATAL, Decides, NetworkDecision
from coordinator.domain.policies.profiles import Policy
from coordinator.domain.policies.rules import NOT_ACCEPTED
from coordinator.domain.policies.verdicts import ASK, IF, NOT_A_FIT
from coordinator.domain.suitability.disclosures import DonorTraits, disclosures_of
from coordinator.domain.suitability.lots import verdict_on
from coordinator.domain.suitability.standing import Standing, StandingKind, standing_of
from tests.builders import SPOKEN_WITH, TODAY, a_baby, a_checked_policy, a_lot, with_facts
from tests.unit.suitability.test_standing import BABIES, FACTS, yes

POLICY = a_checked_policy()
READY = StandingKind.READY
PANEL_IN_PREGNANCY = Fact(
    FactKind.BLOOD_TEST, Presence.YES, "prenatal panel negative", date(2026, 6, 1), date(2026, 6, 2)
)


def a_decision(kind: Decides, subject: str = "", **changes: Any) -> NetworkDecision:  # noqa: ANN401 - any field
    made = NetworkDecision(kind, subject, "Rae Finch", TODAY, "as our board said")
    return replace(made, **changes)


NAME = a_decision(Decides.NAME, "magnesium")
ZOLOFT = a_decision(Decides.NAME, "Zoloft", is_clinician=True)
PANEL = a_decision(Decides.PANEL, PRENATAL)
CANNABIS = a_decision(Decides.FIGURE, "cannabis_wait", figure=30, unit="days after the last use")


def stands(
    facts: tuple[Fact, ...],
    *decided: NetworkDecision,
    baby: Baby | None = None,
    policy: Policy = POLICY,
    traits: DonorTraits = SPOKEN_WITH,
    **lot: Any,  # noqa: ANN401 - any field
) -> Standing:
    donor = disclosures_of(facts, as_decided(policy, decided), traits)
    return standing_of(verdict_on(a_lot(**lot), baby or a_baby(), donor, TODAY), TODAY)


def said(standing: Standing) -> str:
    return "; ".join(reason.text for reason in standing.advice)


def test_a_supplement_that_needs_no_decision_is_told_and_not_asked() -> None:
    takes = with_facts(yes(FactKind.MEDICINE, "magnesium"))

    assert stands(takes).kind is StandingKind.CLINICIAN
    told = stands(takes, NAME)
    assert told.kind is READY
    assert "takes magnesium: needs no decision in this network (Rae Finch, Nov 21, 2026)" in said(told)


def test_a_medicine_a_clinician_decided_about_is_still_asked_of_a_family_that_wants_to_be() -> None:
    takes = with_facts(yes(FactKind.MEDICINE, "sertraline 50 mg"))

    assert stands(takes, ZOLOFT).kind is READY
    assert stands(takes, ZOLOFT, baby=a_baby(medicine_ok=Willing.ASK)).kind is StandingKind.ONE_CALL
    assert stands(takes, ZOLOFT, baby=a_baby(medicine_ok=Willing.NO)).kind is StandingKind.NOT_A_FIT


def test_what_was_decided_about_a_donor_comes_before_what_the_network_decided() -> None:
    takes = with_facts(yes(FactKind.MEDICINE, "magnesium"))
    against = MedicineDecision("magnesium", Decided.NOT_A_FIT, "Dr. Fox", TODAY)

    standing = stands(takes, NAME, traits=replace(SPOKEN_WITH, decisions=(against,)))

    assert standing.kind is StandingKind.NOT_A_FIT


def test_a_prenatal_panel_does_where_the_network_decided_so_and_the_family_is_told_what_is_missing() -> None:
    tested = with_facts(PANEL_IN_PREGNANCY)

    assert stands(tested).kind is StandingKind.ONE_CALL
    told = stands(tested, PANEL)
    assert told.kind is READY
    assert "HTLV and HCV not among them; a prenatal panel does in this network (Rae Finch" in said(told)


@pytest.mark.parametrize(
    "subject",
    [
        "prenatal HIV negative",
        "prenatal negative",
        "negative",
        "prenatal panel positive",
        "prenatal panel unclear",
        "HIV, HBV, syphilis positive",
    ],
)
def test_no_other_test_is_taken_for_a_negative_prenatal_panel(subject: str) -> None:
    tested = with_facts(replace(PANEL_IN_PREGNANCY, subject=subject))

    assert stands(tested, PANEL) == stands(tested)
    assert stands(tested, PANEL).kind > READY


def test_a_result_that_is_not_clear_keeps_a_prenatal_panel_from_being_enough() -> None:
    unclear = Fact(FactKind.BLOOD_TEST, Presence.UNCLEAR, "", date(2026, 7, 1), date(2026, 7, 2))

    assert stands(with_facts(PANEL_IN_PREGNANCY, unclear), PANEL).kind is StandingKind.ONE_CALL


def test_a_prenatal_panel_counts_no_longer_than_any_other_test() -> None:
    old = replace(PANEL_IN_PREGNANCY, start=date(2025, 6, 1), end=date(2025, 6, 2))

    assert stands(with_facts(old), PANEL).kind is StandingKind.ONE_CALL


def test_a_profile_that_takes_no_tests_of_a_pregnancy_is_not_decided_otherwise() -> None:
    values = {**POLICY.values, "pregnancy_test": replace(POLICY["pregnancy_test"], value=NOT_ACCEPTED)}
    strict = replace(POLICY, values=values)

    assert stands(with_facts(PANEL_IN_PREGNANCY), PANEL, policy=strict).kind is StandingKind.ONE_CALL


def test_a_figure_the_profile_does_not_know_is_filled_and_said_with_who_decided() -> None:
    smoked = with_facts(yes(FactKind.CANNABIS, "edible", date(2026, 7, 1), date(2026, 7, 2)))

    assert stands(smoked).kind is StandingKind.CLINICIAN
    told = stands(smoked, CANNABIS)
    assert told.kind is READY
    assert said(told) == (
        "this network’s own figures: cannabis is gone after 30 days (Rae Finch, Nov 21, 2026)"
    )


def test_a_figure_of_the_profile_that_is_ours_is_no_longer_called_unchecked() -> None:
    policy = load_profile()
    washed = with_facts(Fact(FactKind.DAIRY, Presence.YES, "", None, date(2026, 7, 1)))
    baby = a_baby(must_avoid=("dairy",))
    ours = a_decision(Decides.FIGURE, "washout", figure=14, unit=policy["washout"].unit)

    before = stands(washed, policy=policy, baby=baby)
    after = stands(washed, ours, policy=policy, baby=baby)

    assert (before.kind, after.kind) == (READY, READY)
    assert [reason.said.code for reason in before.advice] == ["unchecked"]
    assert [reason.said.code for reason in after.advice] == ["decided"]


def test_a_figure_that_the_profile_now_knows_otherwise_does_not_count() -> None:
    ours = a_decision(Decides.FIGURE, "washout", figure=3, unit=POLICY["washout"].unit)

    assert as_decided(POLICY, (ours,))["washout"].value == POLICY["washout"].value
    assert as_decided(POLICY, (ours,))["washout"].decided is None


def test_an_herb_the_profile_refuses_is_not_decided_otherwise() -> None:
    fenugreek = a_decision(Decides.NAME, "fenugreek", is_clinician=True)
    takes = with_facts(yes(FactKind.HERB, "fenugreek"))
    refusing = replace(POLICY["herbs"], otherwise=NOT_A_FIT)
    strict = replace(POLICY, values={**POLICY.values, "herbs": refusing})

    assert stands(takes, fenugreek).kind is READY
    assert stands(takes, fenugreek, policy=strict).kind is StandingKind.NOT_A_FIT


def test_nothing_decided_is_the_profile_itself() -> None:
    assert as_decided(POLICY, ()) is POLICY
    assert as_decided(POLICY, (NAME,)) is as_decided(POLICY, (NAME,))


MORE_FACTS = FACTS | st.builds(
    Fact,
    st.sampled_from((FactKind.MEDICINE, FactKind.SUPPLEMENT, FactKind.HERB, FactKind.BLOOD_TEST)),
    st.sampled_from(Presence),
    st.sampled_from(
        ["magnesium", "sertraline", "fenugreek", "prenatal panel negative", "HTLV positive", "HCV negative"]
    ),
    st.none() | st.dates(date(2025, 6, 1), date(2026, 11, 1)),
    st.none() | st.dates(date(2026, 11, 2), date(2027, 3, 1)),
)
SURE = st.sampled_from([NAME, ZOLOFT, PANEL, a_decision(Decides.NAME, "fenugreek", is_clinician=True)])


@given(st.lists(MORE_FACTS, max_size=6), BABIES, SURE)
def test_a_decision_about_a_name_or_a_panel_makes_no_match_worse(
    facts: list[Fact], baby: Baby, decision: NetworkDecision
) -> None:
    kinds = {fact.kind for fact in facts}
    known = with_facts(*facts) if kinds else with_facts()

    before, after = stands(known, baby=baby), stands(known, decision, baby=baby)

    assert after.kind <= before.kind
    assert (after.kind is StandingKind.NOT_A_FIT) == (before.kind is StandingKind.NOT_A_FIT)
    assert (after.kind is StandingKind.REFER) == (before.kind is StandingKind.REFER)


@given(st.lists(MORE_FACTS, max_size=6), BABIES, SURE)
def test_a_decision_answers_questions_and_takes_back_none_of_what_is_said(
    facts: list[Fact], baby: Baby, decision: NetworkDecision
) -> None:
    known = with_facts(*facts)
    plain = disclosures_of(known, POLICY, SPOKEN_WITH)
    decided = disclosures_of(known, as_decided(POLICY, (decision,)), SPOKEN_WITH)

    before = verdict_on(a_lot(), baby, plain, TODAY)
    after = verdict_on(a_lot(), baby, decided, TODAY)

    lost = {one.said for one in before.reasons} - {one.said for one in after.reasons}
    assert all(one.kind is ASK for one in before.reasons if one.said in lost)
    if lost:
        told = [one for one in after.reasons if "Rae Finch" in one.text]
        assert told, "who decided is said"
        assert all(one.kind in {ASK, IF} for one in told)
    assert {one for one in before.reasons if one.kind >= NOT_A_FIT} <= set(after.reasons)


@given(st.lists(MORE_FACTS, max_size=6), BABIES, st.integers(1, 400))
def test_a_figure_moves_only_matches_it_is_about(facts: list[Fact], baby: Baby, days: int) -> None:
    known = with_facts(*facts)
    decision = replace(CANNABIS, figure=days)

    before, after = stands(known, baby=baby), stands(known, decision, baby=baby)

    if all(ask.reason.topic != FactKind.CANNABIS.value for ask in before.asks):
        assert after.kind == before.kind
    assert (after.kind is READY) <= (before.kind <= StandingKind.CLINICIAN)


@given(st.lists(MORE_FACTS, max_size=6), BABIES, SURE | st.just(CANNABIS))
def test_taking_a_decision_back_asks_again_what_it_answered(
    facts: list[Fact], baby: Baby, decision: NetworkDecision
) -> None:
    known = with_facts(*facts)
    before = stands(known, baby=baby)

    stands(known, decision, baby=baby)

    assert stands(known, baby=baby) == before


@pytest.mark.parametrize("ago", [1, 29, 31, 200])
def test_days_of_a_wait_that_the_network_set_are_counted_like_the_profiles(ago: int) -> None:
    ended = TODAY - timedelta(days=ago)
    smoked = with_facts(yes(FactKind.CANNABIS, "edible", date(2026, 1, 1), ended))

    standing = stands(smoked, CANNABIS, expressed_from=TODAY - timedelta(days=1), expressed_to=TODAY)

    assert standing.kind is (READY if ago > 30 else StandingKind.WAITS)
