"""What somebody decided about a medicine: who, when, why; the newest counts; never by itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from coordinator.db.database import Database
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.facts.decisions import Decided, MedicineDecision
from coordinator.domain.policies.verdicts import VerdictKind
from coordinator.domain.records.history import Action
from coordinator.errors import UserError
from coordinator.services.families.donors import donor
from coordinator.services.matching.ranking import rank_donors
from coordinator.services.records import history
from coordinator.services.screening.decisions import decide_medicine
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot, with_facts


def a_decision(**changes: Any) -> MedicineDecision:  # noqa: ANN401 - any field
    fields: dict[str, Any] = {
        "medicine": "Sertraline",
        "decision": Decided.NO_OBJECTION,
        "by": "Dr. Fox",
        "on": TODAY,
        "reason": "low dose, looked up with her",
    }
    return MedicineDecision(**(fields | changes))


@pytest.fixture
def network(database: Database) -> Database:
    """D-0001 takes sertraline and a prenatal vitamin; R-0001 takes what is compatible."""
    told = with_facts(
        Fact(FactKind.MEDICINE, Presence.YES, "sertraline", date(2026, 1, 1)),
        Fact(FactKind.SUPPLEMENT, Presence.YES, "prenatal vitamin"),
        Fact(FactKind.ILLNESS, Presence.YES, "cold", date(2026, 1, 1), date(2026, 1, 5)),
    )
    with database.writing(Action("test", "Set up")) as session:
        a_stored_lot(session, a_donor(session, facts=told))
        a_recipient(session)
    return database


def kind_for_the_medicine(database: Database) -> VerdictKind:
    ranking = rank_donors(database, "R-0001", TODAY)
    (match,) = (*ranking.matches, *ranking.not_a_fit)
    return max(reason.kind for reason in match.verdict.reasons if reason.topic == "medicine")


def undecided(database: Database) -> list[str]:
    found = donor(database, "D-0001", TODAY)
    return [fact.subject for fact in found.facts if fact.id in found.undecided]


def test_only_what_a_person_must_decide_waits_for_one(network: Database) -> None:
    assert undecided(network) == ["sertraline"]
    assert kind_for_the_medicine(network) is VerdictKind.ASK


@pytest.mark.parametrize(
    ("decision", "kind"),
    [(Decided.NO_OBJECTION, VerdictKind.NO_OBJECTION_IF), (Decided.NOT_A_FIT, VerdictKind.NOT_A_FIT)],
)
def test_a_decision_counts_in_every_verdict(network: Database, decision: Decided, kind: VerdictKind) -> None:
    decide_medicine(network, "D-0001", a_decision(decision=decision), TODAY)

    assert kind_for_the_medicine(network) is kind
    assert undecided(network) == []


def test_the_newest_decision_counts_whatever_was_written_first(network: Database) -> None:
    decide_medicine(network, "D-0001", a_decision(decision=Decided.NOT_A_FIT), TODAY)
    decide_medicine(network, "D-0001", a_decision(on=TODAY - timedelta(days=9)), TODAY)

    assert kind_for_the_medicine(network) is VerdictKind.NOT_A_FIT
    assert [one.on for one in donor(network, "D-0001", TODAY).decisions] == [
        TODAY - timedelta(days=9),
        TODAY,
    ]


def test_undo_takes_a_decision_back(network: Database) -> None:
    decide_medicine(network, "D-0001", a_decision(), TODAY)

    history.undo(network)

    assert undecided(network) == ["sertraline"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"by": " "}, "who decided"),
        ({"reason": ""}, "and why"),
        ({"on": TODAY + timedelta(days=1)}, "yet to come"),
        ({"medicine": "ibuprofen"}, "not among her answers"),
    ],
)
def test_what_is_missing_or_wrong_is_said(network: Database, wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(UserError, match=says):
        decide_medicine(network, "D-0001", a_decision(**wrong), TODAY)
    assert undecided(network) == ["sertraline"]


def test_nobody_decides_about_what_stands_for_every_baby(database: Database) -> None:
    with database.writing(Action("test", "Set up")) as session:
        a_donor(session, facts=with_facts(Fact(FactKind.MEDICINE, Presence.YES, "methotrexate")))

    with pytest.raises(UserError, match="every baby"):
        decide_medicine(database, "D-0001", a_decision(medicine="methotrexate"), TODAY)


def test_a_decision_holds_whatever_dose_or_brand_she_told(network: Database) -> None:
    decide_medicine(network, "D-0001", a_decision(medicine="Zoloft 50 mg"), TODAY)

    assert kind_for_the_medicine(network) is VerdictKind.NO_OBJECTION_IF
    assert undecided(network) == []


def test_a_decision_for_everybody_counts_for_every_donor_and_undo_takes_it_back(network: Database) -> None:
    other = with_facts(Fact(FactKind.MEDICINE, Presence.YES, "Zoloft 25 mg", date(2026, 1, 1)))
    with network.writing(Action("test", "Set up")) as session:
        a_donor(session, facts=other)
    decide_medicine(network, "D-0001", a_decision(for_everyone=True), TODAY)

    assert kind_for_the_medicine(network) is VerdictKind.NO_OBJECTION_IF
    assert undecided(network) == []
    assert donor(network, "D-0002", TODAY).undecided == ()
    assert history.history(network)[0].label == "Noted a decision about a medicine of every donor"

    history.undo(network)
    assert undecided(network) == ["sertraline"]


@pytest.mark.parametrize("is_hers_first", [True, False])
def test_what_was_decided_for_a_donor_comes_before_what_holds_for_everybody(
    network: Database, *, is_hers_first: bool
) -> None:
    hers, everyones = a_decision(decision=Decided.NOT_A_FIT), a_decision(for_everyone=True)
    for one in (hers, everyones) if is_hers_first else (everyones, hers):
        decide_medicine(network, "D-0001", one, TODAY)

    assert kind_for_the_medicine(network) is VerdictKind.NOT_A_FIT
