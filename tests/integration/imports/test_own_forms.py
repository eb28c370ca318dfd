"""A form of our own, made, filled in and imported: every answer stands where it belongs, nobody clicks."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from coordinator.domain.families.households import Role
from coordinator.domain.families.own_form import own_form
from coordinator.domain.imports.columns.guessing import guess_list
from coordinator.domain.imports.table import Table
from coordinator.domain.imports.typed import read_typed
from tests.builders import TODAY
from tests.integration.cli.cli import CommandLine

HOME = {
    "timestamp": "11/20/2026",
    "name": "Inès Roy",
    "email": "ines@example.org",
    "phone": "207-555-0141",
    "street": "12 Main St",
    "town": "Dover",
    "state": "NH",
    "zip": "03820",
    "preferred_contact": "text",
    "languages": "English, French",
    "hours": "Sat 8-12",
    "notes": "Ring twice",
}
ANSWERS: Mapping[Role, Mapping[str, str]] = {
    Role.DONOR: {
        "baby_born": "5/25/2026",
        "gestation": "39",
        "ounces": "120",
        "bags": "30",
        "expressed_from": "10/11/2026",
        "expressed_to": "11/19/2026",
        "freezer": "chest freezer",
        "heat_treated": "no",
        "dairy": "stopped 10/9/2026",
        "foods_avoided": "soy",
        "medicines": "prenatal vitamin",
        "nicotine": "no",
        "alcohol": "no",
        "cannabis": "no",
        "blood_tests": "HIV, HTLV negative 7/14/2026",
        "tattoo": "no",
    },
    Role.RECIPIENT: {
        "baby_name": "Mina",
        "baby_born": "9/3/2026",
        "gestation": "term",
        "reason": "low supply",
        "own_supply": "4-5",
        "formula": "10",
        "stock": "60",
        "freezer_space": "5",
        "must_avoid": "dairy, soy",
        "oldest_milk_months": "6",
        "medicine_ok": "if compatible",
        "nicotine_ok": "no",
        "reach": "25 miles",
    },
    Role.DRIVER: {
        "max_hours": "3",
        "coolers": "28, 28, 48",
        "lift": "40",
        "max_miles": "60",
        "away": "12/20/2026 to 1/3/2027",
    },
}
STORED: Mapping[Role, Mapping[str, object]] = {
    Role.DONOR: {"baby_born": "2026-05-25"},
    Role.RECIPIENT: {"baby_born": "2026-09-03", "own_supply_oz": 4.0, "formula_oz": 10.0, "stock_oz": 60.0},
    Role.DRIVER: {"max_hours": 3.0, "coolers_qt": [28, 28, 48], "lift_lb": 40.0, "max_miles": 60.0},
}
STANDING = "1 Is the baby at home and well?"
"""It is asked of every family, whatever their list says."""
LISTS = {Role.DONOR: "donors", Role.RECIPIENT: "recipients", Role.DRIVER: "drivers"}


def answers_of(role: Role, *, online: bool = False) -> list[tuple[str, str]]:
    """Return each question of a *role* with its answer; on the web the day is written down unasked."""
    told = {**HOME, **ANSWERS[role]}
    return [
        (str(asking.question.words), told[asking.field.topic])
        for asking in own_form(role).askings
        if not (online and asking.is_written_down_online)
    ]


def a_csv(path: Path, records: Sequence[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(records)
    return path


def filled_in_workbook(milkrun: CommandLine, role: Role, folder: Path) -> Path:
    """Return the workbook that ``milkrun form`` makes, with one row of answers."""
    made = milkrun.do("form", "--to", folder / "made", "--kind", role.value).splitlines()
    (path,) = (Path(line) for line in made if line.endswith(".xlsx"))
    book = load_workbook(path)
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == [words for words, _ in answers_of(role)]
    sheet.append([answer for _, answer in answers_of(role)])
    book.save(path)
    return path


def from_google(_: CommandLine, role: Role, folder: Path) -> Path:
    """Return the answers as Google Forms exports them."""
    words, answers = zip(*answers_of(role, online=True), strict=True)
    records = [("Timestamp", *words), ("2026/11/20 9:15:01 AM EST", *answers)]
    return a_csv(folder / "answers.csv", records)


def from_microsoft(_: CommandLine, role: Role, folder: Path) -> Path:
    """Return the answers as Microsoft Forms exports them."""
    words, answers = zip(*answers_of(role, online=True), strict=True)
    at = datetime(2026, 11, 20, 9, 15)  # noqa: DTZ001 - a workbook knows no zones
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["ID", "Start time", "Completion time", "Email", "Name", *words])
    sheet.append([1, at, at, "anonymous", None, *answers])
    book.save(folder / "answers.xlsx")
    return folder / "answers.xlsx"


WAYS = {"workbook": filled_in_workbook, "google": from_google, "microsoft": from_microsoft}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("way", WAYS)
def test_answers_of_our_form_are_read_whole_and_nothing_is_asked(
    tmp_path: Path, role: Role, way: str
) -> None:
    milkrun = CommandLine(tmp_path / "network.db")
    path = WAYS[way](milkrun, role, tmp_path)

    told = milkrun.do("import", path)
    (person,) = milkrun.read(LISTS[role])

    assert f"1 rows of {LISTS[role]} = 1 new" in told
    assert told.partition("for the call list:")[2].strip() in {"", STANDING}, told
    assert person["name"] == "Inès Roy"
    assert {key: person[key] for key in STORED[role]} == STORED[role]
    assert (person["town"], person["phone"]) == ("Dover", "+12075550141")


@pytest.mark.parametrize("role", Role)
def test_every_option_is_read(role: Role) -> None:
    for asking in own_form(role).askings:
        for option in map(str, asking.question.options):
            read = read_typed(role, {asking.field.topic: option}, TODAY)
            assert read.values.get(asking.field.topic), (asking.field.topic, option)


@pytest.mark.parametrize("role", Role)
def test_every_question_is_known_by_its_words_and_by_no_others(role: Role) -> None:
    words = [question for question, _ in answers_of(role)]
    guess = guess_list(Table("form.csv", "", tuple(words), ()))

    assert guess.kind is role
    assert [column.topic for column in guess.columns] == [
        asking.field.topic for asking in own_form(role).askings
    ]


def test_an_empty_form_is_nobody(tmp_path: Path) -> None:
    milkrun = CommandLine(tmp_path / "network.db")
    milkrun.do("form", "--to", tmp_path / "made")

    said = milkrun.refused("import", tmp_path / "made" / "donor-form.xlsx")

    assert "no rows" in said


def test_a_form_that_may_hold_answers_is_not_replaced(tmp_path: Path) -> None:
    milkrun = CommandLine(tmp_path / "network.db")
    path = filled_in_workbook(milkrun, Role.DONOR, tmp_path)
    before = path.read_bytes()

    said = milkrun.refused("form", "--to", path.parent)

    assert "may hold answers" in said
    assert path.read_bytes() == before
    assert len(list(path.parent.iterdir())) == 4
