"""What free words mention, from the sheet to the call, its answer and the verdict."""

from __future__ import annotations

import pytest

from coordinator.db.database import Database
from coordinator.domain.facts import Fact, FactKind, FactSource, Presence, Question
from coordinator.domain.households import Role
from coordinator.domain.imports.typed import NotClearError
from coordinator.domain.recipients import BabyHealth
from coordinator.services import audit
from coordinator.services.adding import add_family
from coordinator.services.answers import answer_question
from coordinator.services.donors import donor
from coordinator.services.facts import remove_fact
from coordinator.services.recipients import recipient
from coordinator.services.suitability import judge_lots
from tests.builders import TODAY

DONOR = {
    "name": "Ada Lind",
    "ounces": "80",
    "bags": "20",
    "expressed_from": "10/1/2026",
    "expressed_to": "11/10/2026",
    "freezer": "chest freezer",
    "medicines": "none",
    "nicotine": "no",
}


def add(database: Database, **typed: str) -> str:
    return add_family(database, Role.DONOR, DONOR | typed, TODAY)


def question(database: Database, code: str, words: str) -> Question:
    return next(one for one in donor(database, code, TODAY).questions if words in one.text)


def mentions(database: Database, code: str) -> list[str]:
    return [fact.raw for fact in donor(database, code, TODAY).facts if fact.source is FactSource.NOTES]


def answers(database: Database, code: str, kind: FactKind) -> list[tuple[Presence, str]]:
    known = donor(database, code, TODAY).facts
    return [(f.presence, f.subject) for f in known if f.kind is kind and f.source is not FactSource.NOTES]


def reasons(database: Database, code: str) -> list[str]:
    family = add_family(database, Role.RECIPIENT, {"name": "Inès Roy"}, TODAY)
    (lot,) = judge_lots(database, code, family, TODAY)
    return [reason.text for reason in lot.verdict.reasons]


def test_a_mention_is_asked_holds_the_verdict_and_its_answer_becomes_a_fact(database: Database) -> None:
    code = add(database, notes="I take Prozac since June")
    asked = question(database, code, "Prozac")
    assert "Notes mention “Prozac”: ask" in reasons(database, code)

    answer_question(database, asked.id, "Prozac since 6/1/2026", TODAY, code=code)

    assert mentions(database, code) == []
    assert answers(database, code, FactKind.MEDICINE) == [(Presence.YES, "Prozac")]


def test_a_plain_no_settles_the_mention_and_leaves_her_answer(database: Database) -> None:
    code = add(database, notes="husband smokes", nicotine="vapes daily")
    answer_question(database, question(database, code, "smokes").id, "no", TODAY, code=code)

    assert mentions(database, code) == []
    assert [presence for presence, _ in answers(database, code, FactKind.NICOTINE)] == [Presence.YES]


def test_one_answer_does_not_settle_another_mention_of_its_kind(database: Database) -> None:
    code = add(database, notes="I take Prozac and Zyrtec")
    answer_question(
        database, question(database, code, "Prozac").id, "Prozac since 6/1/2026", TODAY, code=code
    )

    assert mentions(database, code) == ["Notes mention “Zyrtec”"]
    assert question(database, code, "Zyrtec")


def test_a_power_cut_is_settled_only_by_milk_that_stayed_frozen(database: Database) -> None:
    code = add(database, notes="we lost power for two days")
    asked = question(database, code, "lost power")
    with pytest.raises(NotClearError, match="still frozen"):
        answer_question(database, asked.id, "it all thawed", TODAY, code=code)
    assert mentions(database, code) == ["Notes mention “lost power”"]

    answer_question(database, asked.id, "still frozen", TODAY, code=code)
    assert mentions(database, code) == []


def test_removing_a_mention_closes_its_question_and_undo_brings_both_back(database: Database) -> None:
    code = add(database, notes="I take Prozac")
    (fact,) = [one for one in donor(database, code, TODAY).facts if one.source is FactSource.NOTES]
    remove_fact(database, code, fact.id)
    assert not any("Prozac" in one.text for one in donor(database, code, TODAY).questions)

    audit.undo(database)
    assert question(database, code, "Prozac")
    assert mentions(database, code) == ["Notes mention “Prozac”"]


def test_the_checklist_asks_nothing_twice_because_of_a_mention(database: Database) -> None:
    code = add(database, notes="I take Prozac")

    assert [one.text for one in donor(database, code, TODAY).questions if "edicine" in one.text] == []


def test_the_reason_refers_until_the_question_is_answered(database: Database) -> None:
    typed = {"name": "Inès Roy", "reason": "failure to thrive, heart defect"}
    code = add_family(database, Role.RECIPIENT, typed, TODAY)
    known = recipient(database, code, TODAY)
    assert known.baby.refer_for == ("failure to thrive", "heart defect")
    (asked,) = [one for one in known.questions if one.topic == "health"]

    with pytest.raises(NotClearError):
        answer_question(database, asked.id, "not at home", TODAY, code=code)
    answer_question(database, asked.id, "yes, at home and well", TODAY, code=code)

    known = recipient(database, code, TODAY)
    assert known.baby.health is BabyHealth.HOME
    assert known.baby.refer_for == ()


def test_colostrum_is_an_answer_about_bags_older_than_the_baby(database: Database) -> None:
    code = add(database, baby_born="10/9/2026")
    assert any("older than her baby" in text for text in reasons(database, code))

    asked = question(database, code, "older than her baby")
    answer_question(database, asked.id, "colostrum", TODAY, code=code)

    assert not any("older than her baby" in text for text in reasons(database, code))


def test_facts_that_are_no_mention_have_no_question_of_their_own() -> None:
    assert Fact(FactKind.MEDICINE, Presence.UNCLEAR).source is FactSource.FORM
