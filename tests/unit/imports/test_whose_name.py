"""A name beside a first and a last name: hers, or somebody else's."""

from __future__ import annotations

import pytest

from coordinator.domain.families.households import Role
from coordinator.domain.imports.columns.column_use import ColumnUse
from coordinator.domain.imports.columns.guessing import guess_list
from coordinator.domain.imports.row_answers import Answers
from coordinator.domain.imports.sheet import read_sheet
from tests.unit.imports.rows import TODAY, a_row, asked
from tests.unit.imports.test_headings import a_table, topics

MOTHERS = (("First", ["Ann", "Bea", "Cora"]), ("Last", ["Hill", "Moss", "Hall"]))
BORN = ("Born", ["5/16/2026", "5/17/2026", "5/18/2026"])


def names(*columns: tuple[str, list[str]], role: Role) -> list[str]:
    table = a_table(*columns)
    mapping = guess_list(table, role).mapping
    return [row.contact.name for row in read_sheet(table, role, mapping, TODAY).answers]


@pytest.mark.parametrize("role", [Role.DONOR, Role.RECIPIENT])
@pytest.mark.parametrize("babies", [["Mia", "Leo", "Zoe"], ["Mia Hill", "Leo Moss", "Zoe Hall"]])
def test_a_mother_is_not_called_after_her_baby(role: Role, babies: list[str]) -> None:
    assert names(*MOTHERS, ("Name", babies), BORN, role=role) == ["Ann Hill", "Bea Moss", "Cora Hall"]


def test_the_whole_name_beside_its_parts_is_hers() -> None:
    table = a_table(*MOTHERS, ("Name", ["Ann Hill", "Moss, Bea", "Cora M. Hall"]), BORN)

    assert topics(guess_list(table, Role.DONOR)) == ["first_name", "last_name", "name", "baby_born"]


def test_the_parts_of_a_name_that_say_whose_they_are_are_read() -> None:
    columns = (("Mom first", MOTHERS[0][1]), ("Mother: Last", MOTHERS[1][1]), ("Child's name", ["Mia"]))

    assert names(*columns, BORN, role=Role.DONOR) == ["Ann Hill", "Bea Moss", "Cora Hall"]


def two_names(whole: str, first: str, last: str) -> Answers:
    uses = {"name": [ColumnUse(0)], "first_name": [ColumnUse(1)], "last_name": [ColumnUse(2)]}
    return a_row(Role.DONOR, [whole, first, last], uses)


def test_two_names_of_one_row_that_share_no_word_are_asked() -> None:
    assert "“Mia” and “Ann Hill”: which is right?" in asked(two_names("Mia", "Ann", "Hill"), "name")
    assert not asked(two_names("Hill, Ann", "Ann", "Hill"), "name")
