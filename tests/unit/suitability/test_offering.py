"""What a network could decide once is offered where a reason is met, and only if it would help."""

from dataclasses import replace
from datetime import date

import pytest

from coordinator.adapters.policies.profiles import load_profile
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.policies.deciding import as_decided
from coordinator.domain.policies.decisions import Decides, NetworkDecision
from coordinator.domain.policies.verdicts import NOT_A_FIT
from coordinator.domain.suitability.disclosures import disclosures_of
from coordinator.domain.suitability.lots import verdict_on
from coordinator.domain.suitability.offering import Offered, decisions_for
from coordinator.domain.suitability.standing import StandingKind, standing_of
from tests.builders import SPOKEN_WITH, TODAY, a_baby, a_checked_policy, a_lot, with_facts

POLICY = a_checked_policy()
PRENATAL_TEST = Fact(
    FactKind.BLOOD_TEST, Presence.YES, "prenatal panel negative", date(2026, 6, 1), date(2026, 6, 2)
)


def offered(*facts: Fact) -> list[Offered]:
    numbered = tuple(replace(fact, id=number) for number, fact in enumerate(with_facts(*facts), start=1))
    donor = disclosures_of(numbered, POLICY, SPOKEN_WITH)
    reasons = verdict_on(a_lot(), a_baby(), donor, TODAY).reasons
    return [one for reason in reasons for one in decisions_for(reason, donor, a_lot())]


def test_a_name_nobody_decided_about_is_offered_with_whether_a_clinician_must() -> None:
    assert offered(
        Fact(FactKind.MEDICINE, Presence.YES, "Zoloft"), Fact(FactKind.SUPPLEMENT, Presence.YES, "magnesium")
    ) == [
        Offered(Decides.NAME, "Zoloft", needs_clinician=True),
        Offered(Decides.NAME, "magnesium"),
    ]


@pytest.mark.parametrize(
    "fact",
    [
        Fact(FactKind.MEDICINE, Presence.YES, "methotrexate"),
        Fact(FactKind.MEDICINE, Presence.UNCLEAR, "Zoloft"),
        Fact(FactKind.CANNABIS, Presence.YES, "edible"),
        Fact(FactKind.BLOOD_TEST, Presence.YES, "negative", date(2026, 6, 1), date(2026, 6, 2)),
        replace(PRENATAL_TEST, subject="prenatal HIV negative"),
        replace(PRENATAL_TEST, start=date(2024, 6, 1), end=date(2024, 6, 2)),
    ],
)
def test_nothing_is_offered_that_would_not_answer_the_reason(fact: Fact) -> None:
    assert [one for one in offered(fact) if one.kind is not Decides.NAME or fact.subject != "Zoloft"] == []


def test_a_prenatal_panel_and_a_wait_nobody_knows_are_offered() -> None:
    smoked = Fact(FactKind.CANNABIS, Presence.YES, "edible", date(2026, 7, 1), date(2026, 7, 2))

    assert {one.subject for one in offered(PRENATAL_TEST, smoked)} == {"prenatal", "cannabis_wait"}


def test_a_wait_of_the_profile_is_offered_as_our_figure_until_it_is_one() -> None:
    tattoo = Fact(FactKind.TATTOO, Presence.YES, "tattoo", date(2026, 6, 1), date(2026, 6, 2), id=99)
    donor = disclosures_of(with_facts(tattoo), POLICY, SPOKEN_WITH)
    (reason,) = [one for one in verdict_on(a_lot(), a_baby(), donor, TODAY).reasons if one.fact_id == 99]

    assert decisions_for(reason, donor, a_lot()) == (Offered(Decides.FIGURE, "tattoo_wait", 12, "months"),)
    refused = replace(reason, kind=NOT_A_FIT)
    assert decisions_for(refused, donor, a_lot()) == decisions_for(reason, donor, a_lot())

    ours = NetworkDecision(Decides.FIGURE, "tattoo_wait", "Rae Finch", TODAY, "as the bank", 12, "months")
    decided = disclosures_of(with_facts(tattoo), as_decided(POLICY, (ours,)), SPOKEN_WITH)
    (after,) = [one for one in verdict_on(a_lot(), a_baby(), decided, TODAY).reasons if one.fact_id == 99]
    assert (after.kind, after.said) == (reason.kind, reason.said)
    assert decisions_for(after, decided, a_lot()) == ()


def test_figures_nobody_checked_are_offered_as_they_stand() -> None:
    donor = disclosures_of(
        with_facts(Fact(FactKind.DAIRY, Presence.YES, "", None, date(2026, 7, 1))),
        load_profile(),
        SPOKEN_WITH,
    )
    (reason,) = [
        one
        for one in verdict_on(a_lot(), a_baby(must_avoid=("dairy",)), donor, TODAY).reasons
        if one.rule == "unchecked"
    ]

    assert [(one.subject, one.figure) for one in decisions_for(reason, donor, a_lot())] == [("washout", 14)]


def test_what_is_offered_moves_the_match_once_it_is_decided() -> None:
    smoked = Fact(FactKind.CANNABIS, Presence.YES, "edible", date(2026, 7, 1), date(2026, 7, 2))
    facts = with_facts(PRENATAL_TEST, smoked, Fact(FactKind.MEDICINE, Presence.YES, "Zoloft"))
    made = tuple(
        NetworkDecision(
            one.kind, one.subject, "Dr. Fox", TODAY, "why", one.figure or 30, one.unit, one.needs_clinician
        )
        for one in offered(PRENATAL_TEST, smoked, Fact(FactKind.MEDICINE, Presence.YES, "Zoloft"))
    )

    donor = disclosures_of(facts, as_decided(POLICY, made), SPOKEN_WITH)

    assert len(made) == 3
    assert standing_of(verdict_on(a_lot(), a_baby(), donor, TODAY), TODAY).kind is StandingKind.READY
