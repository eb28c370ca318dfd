"""A "not a fit" is overruled by a parent or a clinician who was told, never by the coordinator alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from coordinator.db.database import Database
from coordinator.db.policies import overrulings
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.families.babies import Willing
from coordinator.domain.matching.matches import Match
from coordinator.domain.policies.verdicts import OverruledBy, Overruling, Reason, VerdictKind
from coordinator.domain.records.history import Action
from coordinator.domain.suitability.never import FINAL_RULES
from coordinator.domain.suitability.overruling import overrule
from coordinator.errors import UserError
from coordinator.services.agreements.holds import hold_milk
from coordinator.services.matching.ranking import rank_donors
from coordinator.services.records import history
from coordinator.services.settings.values import change_setting
from coordinator.services.suitability.overruling import FinalReasonError, record_overruling, take_back
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot, with_facts

TAKES_SERTRALINE = Fact(FactKind.MEDICINE, Presence.YES, "sertraline", date(2026, 1, 1))


def a_family_without_medicine(database: Database, *facts: Fact) -> None:
    with database.writing(Action("test", "Set up")) as session:
        donor = a_donor(session, facts=with_facts(*(facts or (TAKES_SERTRALINE,))))
        a_stored_lot(session, donor)
        a_recipient(session, medicine_ok=Willing.NO)


def ruled_out(database: Database) -> Match:
    (match,) = rank_donors(database, "R-0001", TODAY).not_a_fit
    return match


def reason_of(match: Match) -> Reason:
    return next(reason for reason in match.verdict.reasons if reason.kind is VerdictKind.NOT_A_FIT)


def decided(reason: Reason, **changes: Any) -> Overruling:  # noqa: ANN401 - any field
    fields: dict[str, Any] = {
        "rule": reason.rule,
        "recipient_code": "R-0001",
        "by": OverruledBy.PARENT,
        "name": "Inès Roy",
        "on": TODAY,
        "disclosed": f"Told by phone: {reason.text}",
        "donor_code": "D-0001",
        "lot_code": "L-0001",
    }
    return Overruling(**(fields | changes))


def test_a_parent_who_was_told_overrules_it_and_that_stays_in_the_reasons(database: Database) -> None:
    a_family_without_medicine(database)

    record_overruling(database, decided(reason_of(ruled_out(database))), TODAY)

    (match,) = rank_donors(database, "R-0001", TODAY).matches
    assert match.verdict.kind is not VerdictKind.NOT_A_FIT
    (told,) = [reason for reason in match.verdict.reasons if reason.overruled]
    assert str(told.overruled) == "Inès Roy, the receiving parent, decided on Nov 21, 2026"
    assert told.text.startswith("takes sertraline") or "sertraline" in told.text
    assert hold_milk(database, "R-0001", "L-0001", match.free, TODAY)


def test_taken_back_it_stands_in_the_way_again_and_undo_brings_the_decision_back(database: Database) -> None:
    a_family_without_medicine(database)
    noted = record_overruling(database, decided(reason_of(ruled_out(database)), lot_code=""), TODAY)

    take_back(database, noted)
    assert ruled_out(database).code == "D-0001"

    history.undo(database)
    assert rank_donors(database, "R-0001", TODAY).not_a_fit == ()
    with pytest.raises(UserError):
        take_back(database, noted + 1)


def test_undo_takes_an_overruling_away(database: Database) -> None:
    a_family_without_medicine(database)
    record_overruling(database, decided(reason_of(ruled_out(database))), TODAY)

    history.undo(database)

    assert ruled_out(database).code == "D-0001"


def test_what_was_told_is_kept_as_the_code_of_the_reason_and_stays_when_its_words_are_others(
    database: Database,
) -> None:
    a_family_without_medicine(database)
    reason = reason_of(ruled_out(database))

    record_overruling(database, decided(reason), TODAY)

    with database.reading() as session:
        (noted,) = overrulings(session)
    reworded = replace(reason, said=replace(reason.said, source="{what}: not for this family"))
    assert noted.told == (reason.said.key,)
    assert reworded.text not in noted.disclosed
    assert overrule((reworded,), [noted])[0].overruled


@pytest.mark.parametrize("name", ["", "   "])
def test_somebody_must_be_named(database: Database, name: str) -> None:
    a_family_without_medicine(database)
    with pytest.raises(UserError, match="Type the name"):
        record_overruling(database, decided(reason_of(ruled_out(database)), name=name), TODAY)
    assert ruled_out(database).code == "D-0001"


def test_the_coordinator_never_decides_alone(database: Database) -> None:
    a_family_without_medicine(database)
    change_setting(database, "coordinator_name", "Rae Finch")
    with pytest.raises(UserError, match="never decides this alone"):
        record_overruling(database, decided(reason_of(ruled_out(database)), name=" rae finch"), TODAY)


def test_a_day_yet_to_come_is_refused(database: Database) -> None:
    a_family_without_medicine(database)
    later = TODAY + timedelta(days=1)
    with pytest.raises(UserError, match="yet to come"):
        record_overruling(database, decided(reason_of(ruled_out(database)), on=later), TODAY)


def test_what_was_told_keeps_the_words_of_a_reason_that_stands(database: Database) -> None:
    a_family_without_medicine(database)
    reason = reason_of(ruled_out(database))
    for wrong in ({"disclosed": "something else"}, {"rule": "cannabis"}):
        with pytest.raises(UserError, match="own words"):
            record_overruling(database, decided(reason, **wrong), TODAY)


@pytest.mark.parametrize(
    "fact",
    [
        Fact(FactKind.MEDICINE, Presence.YES, "methotrexate", date(2026, 1, 1)),
        Fact(FactKind.MEDICINE, Presence.YES, "cocaine", date(2026, 1, 1)),
        Fact(FactKind.BLOOD_TEST, Presence.YES, "HIV positive", date(2026, 1, 1), date(2026, 1, 2)),
    ],
)
def test_what_nobody_overrules_is_refused_for_a_clinician_too(database: Database, fact: Fact) -> None:
    a_family_without_medicine(database, fact)
    reason = next(reason for reason in ruled_out(database).verdict.reasons if reason.is_final)
    assert reason.rule in FINAL_RULES

    with pytest.raises(FinalReasonError):
        record_overruling(database, decided(reason, by=OverruledBy.CLINICIAN, name="Dr. Fox"), TODAY)
    # Nor under the name of another rule.
    with pytest.raises(UserError):
        record_overruling(database, decided(reason, rule="medicine"), TODAY)
    assert ruled_out(database).code == "D-0001"
