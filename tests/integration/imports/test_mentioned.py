"""What free words mention, from the sheet to the call, its answer and the verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

from coordinator.db.database import Database
from coordinator.domain.facts.dated_facts import Fact, FactKind, FactSource, Presence, Question
from coordinator.domain.families.babies import BabyHealth
from coordinator.domain.families.households import Role
from coordinator.domain.imports.typed import NotClearError
from coordinator.services.families.donors import donor
from coordinator.services.families.recipients import recipient
from coordinator.services.imports.importing import preview_import, run_import
from coordinator.services.imports.told_answers import answer_question
from coordinator.services.imports.typed_in import add_family
from coordinator.services.records import history
from coordinator.services.screening.facts import remove_fact
from coordinator.services.suitability.verdicts import judge_lots
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

    history.undo(database)
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


# What is asked only when somebody needs it.


@pytest.mark.parametrize(
    ("avoids", "is_asked"), [("none", False), ("dairy", False), ("soy", True), ("dairy, egg", True)]
)
def test_the_foods_she_avoids_are_asked_when_a_baby_must_avoid_one(
    database: Database, avoids: str, *, is_asked: bool
) -> None:
    code = add(database, zip="03801")
    family = {"name": "Inès Roy", "zip": "03820", "reach": "25 miles", "must_avoid": avoids}
    add_family(database, Role.RECIPIENT, family, TODAY)

    topics = [one.topic for one in donor(database, code, TODAY).questions]
    assert (FactKind.FOOD_AVOIDED.value in topics) is is_asked
    assert FactKind.DAIRY.value in topics


@pytest.mark.parametrize(("reach", "is_asked"), [("25 miles", False), ("90 miles", True), ("", True)])
def test_a_baby_out_of_reach_needs_no_answer(database: Database, reach: str, *, is_asked: bool) -> None:
    code = add(database, zip="03801")
    far = {"name": "Inès Roy", "zip": "04101", "reach": reach, "must_avoid": "soy"}
    add_family(database, Role.RECIPIENT, far, TODAY)

    topics = [one.topic for one in donor(database, code, TODAY).questions]
    assert (FactKind.FOOD_AVOIDED.value in topics) is is_asked


def asked_of(database: Database, role: Role, **typed: str) -> list[str]:
    code = add_family(database, role, {"name": "Ada Lind"} | typed, TODAY)
    known = donor if role is Role.DONOR else recipient
    return [one.text for one in known(database, code, TODAY).questions]


@pytest.mark.parametrize("words", ["top freezer", "half a freezer", "chest freezer", "5"])
def test_a_freezer_is_a_size_to_keep(database: Database, words: str) -> None:
    assert not any(
        "Freezer space" in text for text in asked_of(database, Role.RECIPIENT, freezer_space=words)
    )


@pytest.mark.parametrize("words", ["no freezer", "lots", "fridge"])
def test_what_is_no_freezer_is_asked(database: Database, words: str) -> None:
    assert any("Freezer space" in text for text in asked_of(database, Role.RECIPIENT, freezer_space=words))


def test_a_piercing_asks_how_it_was_done_unless_it_was_told(database: Database) -> None:
    asked = "Ear piercing: sterile, by somebody licensed?"

    assert asked in asked_of(database, Role.DONOR, tattoo="ear piercing 5/1/2026")
    assert not any(
        "licensed?" in t for t in asked_of(database, Role.DONOR, tattoo="tattoo 5/1/2026, licensed")
    )
    assert not any("licensed?" in t for t in asked_of(database, Role.DONOR, tattoo="transfusion 5/1/2026"))


def test_bags_that_are_marked_are_asked_for_their_ounces(database: Database) -> None:
    asked = asked_of(database, Role.DONOR, heat_treated="some bags, marked S")

    assert any("how many ounces are scalded?" in text for text in asked)


def test_a_prenatal_panel_asks_for_what_it_lacks(database: Database) -> None:
    asked = asked_of(database, Role.DONOR, blood_tests="prenatal panel 2/6/2026 negative")

    assert any("were HTLV and HCV tested for, too, and when?" in text for text in asked)


def test_much_lipase_is_why_milk_is_heated(database: Database) -> None:
    asked = asked_of(database, Role.DONOR, heat_treated="yes - high lipase")
    half = asked_of(database, Role.DONOR, heat_treated="yes - high lipase, not all")

    assert not any("Heat-treated" in text for text in asked)
    assert any("Heat-treated" in text for text in half)


def test_ounces_are_an_answer_about_scalded_bags(database: Database) -> None:
    code = add(database, heat_treated="some bags, marked S")
    answer_question(database, question(database, code, "scalded").id, "40 oz", TODAY, code=code)

    assert answers(database, code, FactKind.HEAT_TREATED) == [(Presence.YES, "some bags")]


# A list that comes in again.

HEADERS = "Timestamp,Your full name,Email Address,Medications,Nicotine or vaping?,Anything else?"


def come_in(database: Database, folder: Path, *rows: str) -> str:
    """Import a list of donors and return the code of the first."""
    path = folder / "donors.csv"
    path.write_text("\n".join((HEADERS, *rows)), encoding="utf-8")
    run_import(database, preview_import(database, path, TODAY, kind=Role.DONOR), today=TODAY)
    return "D-0001"


def test_the_preview_shows_what_the_notes_mention(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "donors.csv"
    row = "11/1/2026 9:00,Ada Lind,ada@example.org,none,no,I take Prozac"
    path.write_text(f"{HEADERS}\n{row}", encoding="utf-8")
    (plan,) = preview_import(database, path, TODAY, kind=Role.DONOR).plans

    assert "Notes mention “Prozac”: what does she take, since when?" in [q.text for q in plan.questions]


def test_what_was_answered_is_not_asked_again_by_the_next_list(database: Database, tmp_path: Path) -> None:
    first = "11/1/2026 9:00,Ada Lind,ada@example.org,none,no,I take Prozac"
    code = come_in(database, tmp_path, first)
    answer_question(database, question(database, code, "Prozac").id, "none", TODAY, code=code)

    again = "11/2/2026 9:00,Ada Lind,ada@example.org,none,no,I take Prozac and Zyrtec"
    come_in(database, tmp_path, again)

    assert mentions(database, code) == ["Notes mention “Zyrtec”"]
    assert question(database, code, "Zyrtec")


def test_a_new_answer_leaves_what_the_notes_mention(database: Database, tmp_path: Path) -> None:
    code = come_in(database, tmp_path, "11/1/2026 9:00,Ada Lind,ada@example.org,none,no,I take Prozac")
    come_in(database, tmp_path, "11/2/2026 9:00,Ada Lind,ada@example.org,iron,no,I take Prozac")

    assert mentions(database, code) == ["Notes mention “Prozac”"]
    assert answers(database, code, FactKind.MEDICINE) == [(Presence.YES, "iron")]
