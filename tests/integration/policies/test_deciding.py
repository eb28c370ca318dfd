"""A network decides once: noted with name, reason and day, in force everywhere, and taken back."""

from datetime import date, timedelta
from typing import Any

import pytest

from coordinator.db.database import Database
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.policies.decisions import PRENATAL, Decides, NetworkDecision
from coordinator.domain.records.history import Action
from coordinator.domain.suitability.standing import StandingKind
from coordinator.errors import UserError
from coordinator.services.matching.ranking import rank_donors
from coordinator.services.policies.deciding import NeedsClinicianError, decide, decisions, take_back
from coordinator.services.policies.profiles import change_value, copy_profile, policy_now, use_profile
from coordinator.services.records.history import history, undo
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot, with_facts


def a_decision(kind: Decides, subject: str = "", **changes: Any) -> NetworkDecision:  # noqa: ANN401 - any field
    fields: dict[str, Any] = {"by": "Rae Finch", "on": TODAY, "reason": "as our board said"}
    return NetworkDecision(kind, subject, **(fields | changes))


MAGNESIUM = a_decision(Decides.NAME, " magnesium ")


def a_pair(database: Database, *facts: Fact) -> None:
    with database.writing(Action("test", "Set up")) as session:
        donor = a_donor(session, facts=with_facts(*facts))
        a_stored_lot(session, donor)
        a_recipient(session)


def standing(database: Database) -> StandingKind:
    ranking = rank_donors(database, "R-0001", TODAY)
    (match,) = (*ranking.matches, *ranking.not_a_fit)
    return match.standing.kind


def test_a_decision_moves_every_match_and_taking_it_back_moves_them_again(database: Database) -> None:
    a_pair(database, Fact(FactKind.MEDICINE, Presence.YES, "magnesium"))
    assert standing(database) is StandingKind.CLINICIAN

    number = decide(database, MAGNESIUM, TODAY)

    assert standing(database) is StandingKind.READY
    (found,) = decisions(database)
    assert (found.decision.subject, found.decision.by, found.is_in_force) == ("magnesium", "Rae Finch", True)
    take_back(database, number)
    assert standing(database) is StandingKind.CLINICIAN
    undo(database)
    assert standing(database) is StandingKind.READY
    undo(database)
    assert decisions(database) == ()


def test_the_history_says_what_was_decided(database: Database) -> None:
    decide(database, a_decision(Decides.PANEL), TODAY)

    assert str(history(database)[0].label) == "Noted for the whole network: a prenatal panel does"


def test_a_figure_is_confirmed_as_it_stands_or_filled_where_the_profile_knows_none(
    database: Database,
) -> None:
    decide(database, a_decision(Decides.FIGURE, "tattoo_wait"), TODAY)
    decide(database, a_decision(Decides.FIGURE, "cannabis_wait", figure=30), TODAY)

    policy = policy_now(database)
    assert [str(one.decision.words) for one in decisions(database)] == [
        "Milk after a tattoo or piercing: 12 months is our figure",
        "Milk after cannabis: 30 days after the last use is our figure",
    ]
    assert (policy["tattoo_wait"].value, policy["cannabis_wait"].value) == (12, 30)
    assert all(policy[rule].decided is not None for rule in ("tattoo_wait", "cannabis_wait"))


def test_a_decided_figure_gives_way_to_the_profile_that_knows_another(database: Database) -> None:
    decide(database, a_decision(Decides.FIGURE, "tattoo_wait"), TODAY)
    own = copy_profile(database, "community_sharing", "Ours", TODAY)
    change_value(database, own, "tattoo_wait", 4, "our clinic", "Ana", TODAY)
    use_profile(database, own)

    assert policy_now(database)["tattoo_wait"].value == 4
    assert [one.is_in_force for one in decisions(database)] == [False]


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [
        (a_decision(Decides.NAME, "zinc", by=" "), "Type who decided, and why."),
        (a_decision(Decides.NAME, "zinc", reason=""), "Type who decided, and why."),
        (a_decision(Decides.NAME, "zinc", on=TODAY + timedelta(days=1)), "That day is yet to come"),
        (a_decision(Decides.NAME, " "), "Type the name"),
        (a_decision(Decides.NAME, "cocaine", is_clinician=True), "nobody decides otherwise"),
        (a_decision(Decides.NAME, "methotrexate", is_clinician=True), "nobody decides otherwise"),
        (a_decision(Decides.FIGURE, "medicine_wait", figure=1), "change it in your own profile"),
        (a_decision(Decides.FIGURE, "tattoo_wait", figure=4), "set another figure in your own profile"),
        (a_decision(Decides.FIGURE, "cannabis_wait"), "type your figure"),
        (a_decision(Decides.FIGURE, "cannabis_wait", figure="any time"), "is decided as a figure"),
        (a_decision(Decides.FIGURE, "cannabis_wait", figure=-3), "must be a number"),
    ],
)
def test_what_cannot_be_decided_is_said_in_one_sentence(
    database: Database, decision: NetworkDecision, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        decide(database, decision, TODAY)
    assert decisions(database) == ()


@pytest.mark.parametrize("name", ["Zoloft", "fenugreek", "comfrey", "something nobody knows"])
def test_only_a_clinician_decides_about_a_medicine_or_an_herb(database: Database, name: str) -> None:
    with pytest.raises(NeedsClinicianError):
        decide(database, a_decision(Decides.NAME, name), TODAY)

    decide(database, a_decision(Decides.NAME, name, by="Dr. Fox", is_clinician=True), TODAY)

    assert len(decisions(database)) == 1


def test_a_subject_is_decided_once_whatever_it_is_called(database: Database) -> None:
    decide(database, a_decision(Decides.NAME, "Zoloft", is_clinician=True), TODAY)
    decide(database, a_decision(Decides.PANEL), TODAY)

    for again in (
        a_decision(Decides.NAME, "sertraline 50 mg", is_clinician=True),
        a_decision(Decides.PANEL, PRENATAL, on=date(2026, 1, 1)),
    ):
        with pytest.raises(UserError, match="decided already"):
            decide(database, again, TODAY)


def test_what_was_taken_back_already_is_said(database: Database) -> None:
    number = decide(database, MAGNESIUM, TODAY)
    take_back(database, number)

    with pytest.raises(UserError, match="taken back already"):
        take_back(database, number)
