"""A second baby in columns of its own: twins are counted, any other baby is asked about."""

from __future__ import annotations

import pytest

from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.guessing import guess_list
from coordinator.domain.imports.row_answers import Answers, RecipientAnswers
from coordinator.domain.imports.sheet import read_sheet
from coordinator.domain.imports.table import SourceRow, Table
from coordinator.domain.reading.cells import Cell
from tests.unit.imports.rows import TODAY

HEADINGS = ("Your name", "Phone", "Infant 1 name", "Infant 1 date of birth", "Reason for need")
SECOND = ("Infant 2 name", "Infant 2 date of birth")
CELLS = ("Ada Roy", "603-555-0101", "Theo", "9/20/2026", "surgery")


def a_family(*others: str, headings: tuple[str, ...] = SECOND, notes: str = "") -> Answers:
    row = SourceRow(2, tuple(map(Cell, (*CELLS, *others, notes))))
    table = Table("families.csv", "", (*HEADINGS, *headings, "Anything else?"), (row,))
    mapping = guess_list(table, Role.RECIPIENT).mapping
    return read_sheet(table, Role.RECIPIENT, mapping, TODAY).answers[0]


def babies(family: Answers) -> int:
    assert isinstance(family.detail, RecipientAnswers)
    return family.detail.babies


def asked(family: Answers) -> list[str]:
    return [question.text for question in family.questions if question.topic == "babies"]


@pytest.mark.parametrize("born", ["9/20/2026", "9/21/2026"])
def test_a_second_baby_born_in_the_same_night_is_counted(born: str) -> None:
    family = a_family("Ivy", born)

    assert (babies(family), asked(family)) == (2, [])


@pytest.mark.parametrize("cells", [("Zeke", ""), ("Zeke", "8/8/2024"), ("Zeke", "last fall")])
def test_any_other_baby_is_asked_about(cells: tuple[str, str]) -> None:
    family = a_family(*cells)

    assert babies(family) == 1
    assert asked(family) == ["“Infant 2 name”: “Zeke”: is this baby to be fed, too?"]


def test_a_birth_without_a_name_is_asked_about() -> None:
    assert asked(a_family("", "8/8/2024")) == [
        "“Infant 2 date of birth”: “8/8/2024”: is this baby to be fed, too?"
    ]


@pytest.mark.parametrize("cells", [("", ""), ("n/a", "N/A"), ("none", "-")])
def test_where_there_is_no_second_baby_nothing_is_asked(cells: tuple[str, str]) -> None:
    family = a_family(*cells)

    assert (babies(family), asked(family)) == (1, [])


def test_twins_told_in_words_are_not_asked_again() -> None:
    family = a_family("Zeke", "", notes="we have twins")

    assert (babies(family), asked(family)) == (2, [])


@pytest.mark.parametrize(
    "headings",
    [
        ("Second baby's name", "Second baby's date of birth"),
        ("Baby B name", "Baby B date of birth"),
        ("Name of baby 2", "Birth date of baby 2"),
    ],
)
def test_other_words_for_a_second_baby_are_known(headings: tuple[str, str]) -> None:
    assert babies(a_family("Ivy", "9/20/2026", headings=headings)) == 2


def test_three_babies_are_three() -> None:
    headings = (*SECOND, "Infant 3 name", "Infant 3 date of birth")

    assert babies(a_family("Ivy", "9/20/2026", "Max", "9/20/2026", headings=headings)) == 3
