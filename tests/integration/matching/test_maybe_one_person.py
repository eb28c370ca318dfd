"""While it is asked whether a donor and a family are one, her milk may be the family's own."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from coordinator.adapters.spreadsheets.spreadsheet_files import write_table
from coordinator.db.database import Database
from coordinator.db.facts import QuestionRow
from coordinator.domain.facts.dated_facts import QuestionState
from coordinator.domain.families.households import Role
from coordinator.domain.policies.verdicts import VerdictKind
from coordinator.domain.records.history import Action
from coordinator.sayings import saying
from coordinator.services.imports.importing import preview_import, run_import
from coordinator.services.matching.ranking import rank_donors
from coordinator.services.suitability.verdicts import judge_lot
from tests.integration.matching.test_own_milk import NOVEMBER

WHO = ["Name", "Email", "Phone", "Street", "Town", "State", "ZIP"]
ANN = ["Ann Hill", "ann@example.org", "603 555 0101", "1 Oak St", "Dover", "NH", "03820"]
ROSA = ["Rosa Hill", "rosa@example.org", "603 555 0101", "1 Oak Street", "Dover", "NH", "03820"]
BILLIE = ["Billie Moss", "b@example.org", "603 555 0102", "2 Elm St", "Concord", "NH", "03301"]
DOUBT = "may be the family's own milk: whether the two are one person is still asked"


def bring_in(database: Database, folder: Path, role: Role) -> None:
    path = folder / f"{role.value}.csv"
    if role is Role.RECIPIENT:
        write_table(path, [*WHO, "Baby's name", "Baby's birth date"], [[*ANN, "Mia", "5/16/2026"]])
    else:
        rows = [[*ROSA, "5/16/2026", "150"], [*BILLIE, "5/17/2026", "150"]]
        write_table(path, [*WHO, "Baby DOB", "Ounces"], rows)
    run_import(database, preview_import(database, path, NOVEMBER, kind=role), today=NOVEMBER)


@pytest.fixture(params=[(Role.RECIPIENT, Role.DONOR), (Role.DONOR, Role.RECIPIENT)], ids=["family", "donor"])
def asked(request: pytest.FixtureRequest, database: Database, tmp_path: Path) -> Database:
    """Give a network whose call list asks if Rosa Hill, D-0001, is Ann Hill, R-0001."""
    for role in request.param:
        bring_in(database, tmp_path, role)
    return database


def doubts(database: Database, code: str) -> list[bool]:
    ranking = rank_donors(database, "R-0001", NOVEMBER)
    found = next(match for match in ranking.matches if match.code == code)
    return [DOUBT in [reason.text for reason in part.verdict.reasons] for part in found.parts]


def test_milk_that_may_be_her_own_ranks_last_and_that_is_asked_first(asked: Database) -> None:
    ranking = rank_donors(asked, "R-0001", NOVEMBER)

    assert [match.code for match in ranking.matches] == ["D-0002", "D-0001"]
    assert ranking.matches[1].verdict.kind is VerdictKind.ASK
    assert (doubts(asked, "D-0001"), doubts(asked, "D-0002")) == ([True], [False])
    judged = judge_lot(asked, "L-0001", "R-0001", NOVEMBER)
    assert DOUBT in [reason.text for reason in judged.verdict.reasons]


def test_once_they_are_two_people_nothing_is_asked_of_it(asked: Database) -> None:
    with asked.writing(Action("test.told", saying("Told")), NOVEMBER) as session:
        for question in session.scalars(sa.select(QuestionRow).where(QuestionRow.topic == "own")):
            question.state = QuestionState.ANSWERED

    assert [match.code for match in rank_donors(asked, "R-0001", NOVEMBER).matches] == ["D-0001", "D-0002"]
    assert doubts(asked, "D-0001") == [False]
