"""Two who share one thing only are not made one person: they need a look."""

from __future__ import annotations

import pytest

from coordinator.domain.families.households import Role
from coordinator.domain.imports.planning import Outcome, RowPlan, plan_rows
from coordinator.domain.imports.row_answers import Answers
from tests.unit.imports.test_import_planning import known, outcomes, read

HEADERS = (
    "Name",
    "Email",
    "Phone",
    "Street address",
    "Town",
    "State",
    "ZIP",
    "Baby's date of birth",
    "Ounces",
)
MARY = "Mary Hill|m1@example.org|603-555-0101|1 Main St|Dover|NH|03820|5/16/2026|150"
MARIA = "Maria Lopez|office@example.org|603-555-0101|1 Main St|Dover|NH|03820|5/16/2026|150"
ROSA = "Rosa Diaz|r1@example.org|603-555-0101||Dover|NH|03820|5/16/2026|150"

STRANGERS = [
    (MARY, "Mary Hill|m2@example.org|302-555-0102|1 Main St|Dover|DE|19901|1/17/2026|250"),
    (MARY, "Mary Hill|||1 Main St|Dover|DE|||250"),
    (MARY, "Mary Hill|||1 Main St|Dover||19901|5/16/2026|250"),
    (MARIA, "Mary Chen|office@example.org|603-555-0102|9 Elm St|Concord|NH|03301|1/17/2026|250"),
    (MARIA, "Maria Chen|office@example.org|603-555-0102|9 Elm St||||250"),
    (MARIA, "Maria Chen|other@example.org|603-555-0101|9 Elm St|Concord|NH|03301|1/17/2026|250"),
    (ROSA, "Rosa Diaz|r2@example.org|617-555-0102||Boston|MA|02118|5/16/2026|250"),
    (ROSA, "Rosa Diaz|r2@example.org|617-555-0102||Exeter|||5/16/2026|250"),
]
ONE_PERSON = [
    (MARY, "Mary Hill|m1@example.org|302-555-0102|9 Elm St|Lewes|DE|19958|1/17/2026|250"),
    (MARY, "Mary Hill||603-555-0101|1 Main St|Dover|DE|19901||250"),
    (MARY, "Mary Hill|m2@example.org|603-555-0199|1 Main St|Dover|||5/16/2026|250"),
    (MARIA, "Maria Chen|office@example.org|603-555-0101|9 Elm St|Concord|NH|03301|1/17/2026|250"),
    (MARIA, "Maria Chen|office@example.org|603-555-0102|1 Main St|Dover|NH|03820||250"),
    (MARIA, "Maria Chen|office@example.org|603-555-0102|9 Elm St|Concord|NH|03301|5/16/2026|250"),
    (MARIA, "Maria Chen|office@example.org|||||||250"),
    (MARIA, "Maria Lopez-Chen|office@example.org|603-555-0102|9 Elm St|Concord|NH|03301||250"),
    (MARIA, "Maria L.|office@example.org|603-555-0102|9 Elm St|Concord|NH|03301||250"),
    (MARIA, "Maria Lopes|office@example.org|603-555-0102|9 Elm St|Concord|NH|03301||250"),
    (ROSA, "Rosa Diaz|r2@example.org|617-555-0102||Dover|NH|03820|5/16/2026|250"),
]


def told(*lines: str) -> tuple[Answers, ...]:
    return read(Role.DONOR, HEADERS, *(line.split("|") for line in lines))


def a_later_list(first: str, second: str) -> RowPlan:
    (one,), (other,) = told(first), told(second)
    return plan_rows([other], [known(one)])[0]


@pytest.mark.parametrize(("first", "second"), STRANGERS)
def test_two_who_share_one_thing_only_need_a_look(first: str, second: str) -> None:
    plans = plan_rows(told(first, second), ())

    assert outcomes(plans) == [Outcome.NEW, Outcome.NEEDS_A_LOOK]
    assert [alike.row for alike in plans[1].look_alikes] == [plans[0].number]
    later = a_later_list(first, second)
    assert (later.outcome, later.person) == (Outcome.NEEDS_A_LOOK, None)
    assert [alike.code for alike in later.look_alikes] == ["D-0007"]


@pytest.mark.parametrize(("first", "second"), ONE_PERSON)
def test_whoever_moved_or_married_stays_one_person(first: str, second: str) -> None:
    assert outcomes(plan_rows(told(first, second), ())) == [Outcome.OLDER_ANSWER, Outcome.NEW]
    assert a_later_list(first, second).outcome is Outcome.UPDATE


def test_a_stranger_of_one_street_name_does_not_part_two_answers_of_one_person() -> None:
    again, stranger = MARY.replace("150", "90"), STRANGERS[0][1]

    plans = plan_rows(told(MARY, stranger, again), ())

    assert outcomes(plans) == [Outcome.OLDER_ANSWER, Outcome.NEW, Outcome.NEEDS_A_LOOK]


def test_a_row_that_fits_two_strangers_is_neither() -> None:
    without_zip = "Mary Hill|m3@example.org|603-555-0103|1 Main St|Dover|||12/17/2025|350"

    plans = plan_rows(told(*STRANGERS[0], without_zip), ())

    assert outcomes(plans) == [Outcome.NEW, Outcome.NEEDS_A_LOOK, Outcome.NEEDS_A_LOOK]
