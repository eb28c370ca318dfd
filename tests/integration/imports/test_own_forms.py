"""A form of our own, made, filled in and imported: every answer stands where it belongs, nobody clicks."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from coordinator.domain.families.households import Role
from coordinator.domain.families.one_field import Asked
from coordinator.domain.families.own_form import Asking, own_form
from coordinator.domain.imports.columns.guesses import ListGuess, Sureness
from coordinator.domain.imports.columns.guessing import guess_list
from coordinator.domain.imports.columns.own_questions import own_questions
from coordinator.domain.imports.table import SourceRow, Table
from coordinator.domain.imports.typed import read_typed
from coordinator.domain.reading.cells import Cell
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


def typed(asking: Asking, answer: str) -> str | datetime:
    """Return *answer* as a spreadsheet keeps it in its column: a day becomes one."""
    is_day = asking.question.asked is Asked.DAY
    return datetime.strptime(answer, "%m/%d/%Y") if is_day else answer  # noqa: DTZ007 - a workbook knows no zones


def filled_in_workbook(milkrun: CommandLine, role: Role, folder: Path) -> Path:
    """Return the workbook that ``milkrun form`` makes, with one row of answers."""
    made = milkrun.do("form", "--to", folder / "made", "--kind", role.value).splitlines()
    (path,) = (Path(line) for line in made if line.endswith(".xlsx"))
    book = load_workbook(path)
    sheet = book.worksheets[0]
    asked = own_form(role).askings
    assert [cell.value for cell in sheet[1]] == [words for words, _ in answers_of(role)]
    sheet.append([typed(asking, answer) for asking, (_, answer) in zip(asked, answers_of(role), strict=True)])
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
    at = datetime(2026, 11, 20, 9, 30)  # noqa: DTZ001 - likewise
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
@pytest.mark.parametrize("way", WAYS)
def test_every_column_of_it_is_sure(tmp_path: Path, role: Role, way: str) -> None:
    milkrun = CommandLine(tmp_path / "network.db")

    (told,) = milkrun.read("import", "--dry-run", WAYS[way](milkrun, role, tmp_path))

    sure = {one["heading"]: one["field"] for one in told["columns"] if one["sure"] == "sure"}
    online = way != "workbook"
    asked = [one for one in own_form(role).askings if not (online and one.is_written_down_online)]
    assert {str(one.question.words): one.field.topic for one in asked}.items() <= sure.items()


@pytest.mark.parametrize("role", Role)
def test_it_is_all_the_same_which_way_the_answers_come(tmp_path: Path, role: Role) -> None:
    milkrun = CommandLine(tmp_path / "network.db")
    first, *others = (made(milkrun, role, tmp_path) for made in WAYS.values())
    milkrun.do("import", first)

    for other in others:
        assert "0 new + 0 updated + 1 unchanged" in milkrun.do("import", other)


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
    assert topics_of(guess) == [asking.field.topic for asking in own_form(role).askings]


def topics_of(guess: ListGuess) -> list[str]:
    """Return the field of each column that is sure."""
    return [column.topic for column in guess.columns if column.sureness is Sureness.SURE]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("odd", ["none", "no", "?", "120", "5/14/2026", "stopped 10/9/2026", "see notes", ""])
def test_no_answer_makes_a_question_another_one(role: Role, odd: str) -> None:
    words, answers = zip(*answers_of(role), strict=True)
    for at in range(len(words)):
        row = [odd if index == at else answer for index, answer in enumerate(answers)]
        table = Table("form.csv", "", words, (SourceRow(2, tuple(map(Cell, row))),))

        assert topics_of(guess_list(table)) == [one.field.topic for one in own_form(role).askings], words[at]


def test_a_form_with_questions_left_out_and_added_is_still_ours() -> None:
    words = [question for question, _ in answers_of(Role.DONOR)][1::2]
    guess = guess_list(Table("form.csv", "", (*words, "Favourite colour"), ()))

    assert topics_of(guess) == [one.field.topic for one in own_form(Role.DONOR).askings][1::2]


def test_words_that_any_form_has_make_none_ours() -> None:
    words = ("State", "ZIP code", "E-mail address", "Cell phone", "Street address", "Do you eat dairy?")

    assert own_questions(words, Role.DONOR) == {}


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
