"""Formula a family tops up with is asked before the need has a figure, then subtracted; on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from coordinator.db.database import Database
from coordinator.domain.families.households import Role
from coordinator.domain.imports.typed import NotClearError
from coordinator.domain.milk.recipients import Recipient
from coordinator.domain.volume import Volume
from coordinator.services.families.households import change_profile
from coordinator.services.families.recipients import recipient
from coordinator.services.imports.told_answers import answer_question
from coordinator.services.imports.typed_in import add_family
from coordinator.services.matching.ranking import rank_donors
from coordinator.services.milk.needs import needs
from coordinator.services.records import history

TODAY = date(2026, 11, 28)
OZ = Volume.from_oz


def a_family(database: Database, **typed: str) -> str:
    answers = {"name": "Inès Roy", "baby_born": "7/1/2026", "own_supply": "4", "stock": "100"} | typed
    return add_family(database, Role.RECIPIENT, answers, TODAY)


def topped_up(database: Database) -> str:
    return a_family(database, notes="we top up with 10 oz formula a day")


def need_of(family: Recipient) -> float | None:
    return round(family.runway.need.expected.oz, 1) if family.runway.need else None


def question_of(database: Database, code: str, topic: str = "formula") -> int:
    return next(one.id for one in recipient(database, code, TODAY).questions if one.topic == topic)


def test_formula_in_the_notes_is_asked_and_until_then_the_need_has_no_figure(database: Database) -> None:
    code = topped_up(database)
    family = recipient(database, code, TODAY)

    question = next(one for one in family.questions if one.topic == "formula")
    assert question.text == (
        "Notes mention 10 oz of formula a day: does it stay? Then they need that much less"
    )
    assert question.raw == "we top up with 10 oz formula a day"
    assert (need_of(family), family.runway.lasts_until) == (None, None)
    assert "whether formula stays" in family.runway.unknown
    assert family.runway.either is not None
    assert [round(need.expected.oz, 1) for need in family.runway.either] == [11.0, 21.0]
    assert rank_donors(database, code, TODAY).need is None
    assert needs(database, TODAY).weeks.unknown == (code,)


@pytest.mark.parametrize(
    ("words", "stays", "need"),
    [("yes, stays", 10, 11.0), ("Yes", 10, 11.0), ("10 oz", 10, 11.0), ("8 oz a day", 8, 13.0),
     ("yes, 8 oz", 8, 13.0), ("no", 0, 21.0), ("No, we stop this week", 0, 21.0)],
)  # fmt: skip
def test_the_answer_is_kept_subtracted_and_can_be_undone(
    database: Database, words: str, stays: float, need: float
) -> None:
    code = topped_up(database)

    answer_question(database, question_of(database, code), words, TODAY, code=code)

    family = recipient(database, code, TODAY)
    assert family.formula == OZ(stays)
    assert need_of(family) == need
    assert not [one for one in family.questions if one.topic == "formula"]
    history.undo(database)
    assert need_of(recipient(database, code, TODAY)) is None


@pytest.mark.parametrize("words", ["maybe", "no more than 10 oz", "a bit"])
def test_an_answer_without_an_amount_stays_a_question(database: Database, words: str) -> None:
    code = topped_up(database)

    with pytest.raises(NotClearError, match="how much a day"):
        answer_question(database, question_of(database, code), words, TODAY, code=code)
    assert need_of(recipient(database, code, TODAY)) is None


def test_formula_typed_in_the_profile_is_subtracted_and_stands_in_the_history(database: Database) -> None:
    code = topped_up(database)

    change_profile(database, code, "formula", OZ(6))

    family = recipient(database, code, TODAY)
    assert need_of(family) == 15.0
    assert family.runway.lasts_until == date(2026, 12, 3)
    assert str(history.undo(database)) == f"Changed formula a day of {code}"


@pytest.mark.parametrize(
    ("typed", "need", "asked"),
    [
        ({"own_supply": "half of what he needs"}, None, ["own_supply"]),
        ({"own_supply": "1 oz x 6"}, 19.0, []),
        ({"own_supply": "0 (adoptive)"}, 25.0, []),
        ({"own_supply": "4-5"}, 21.0, []),
        ({"own_supply": ""}, 25.0, ["own_supply"]),
        ({"own_supply": "4 oz and 10 oz formula"}, None, ["own_supply", "formula"]),
        ({"reason": "low supply, we supplement with formula"}, None, ["formula"]),
        ({"notes": "no formula please"}, 21.0, []),
    ],
)
def test_what_is_not_wholly_read_leaves_the_need_without_a_figure(
    database: Database, typed: dict[str, str], need: float | None, asked: list[str]
) -> None:
    code = a_family(database, **typed)
    family = recipient(database, code, TODAY)

    assert need_of(family) == need
    topics = {one.topic for one in family.questions}
    assert topics & {"own_supply", "formula"} == set(asked)


def test_an_old_figure_of_milk_at_home_is_told_as_old(database: Database) -> None:
    code = a_family(database, timestamp="9/22/2026 10:00:00", stock="200")
    runway = recipient(database, code, TODAY).runway

    assert runway.stock_on == date(2026, 9, 22)
    assert runway.is_stale
