"""``milkrun import`` on lists in anybody's words: what it says each column is, and how to tell it better."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.cli.cli import CommandLine

FORMS = Path(__file__).parents[2] / "data" / "forms"


@pytest.fixture
def empty(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "network.db")


def a_list(tmp_path: Path, text: str, name: str = "list.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def fields(document: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    return {column["heading"]: column["field"] for column in document["columns"]}


def test_each_list_is_told_with_its_columns_and_rows(empty: CommandLine) -> None:
    (told,) = empty.read("import", FORMS / "09-recipients.csv", "--dry-run")

    assert (told["file"], told["sheet"], told["encoding"], told["kind"]) == (
        "09-recipients.csv", None, "UTF-8", "recipients",
    )  # fmt: skip
    assert fields(told)["Parent"] == "name"
    assert fields(told)["How did you hear about us?"] is None
    assert {column["sure"] for column in told["columns"]} == {"sure", "none"}
    rows = told["rows"]
    assert rows.pop("read") == sum(rows.values()) == 5
    assert (told["left_out"], told["notices"]) == ([], [])
    assert empty.read("recipients") == []


def test_a_column_is_read_as_it_is_told(empty: CommandLine, tmp_path: Path) -> None:
    path = a_list(tmp_path, "Name,Coolers,Max hours,Pounds\nAda Roy,28,3,40\n")
    (before,) = empty.read("import", path, "--dry-run")
    assert fields(before)["Pounds"] == "lift"

    (told,) = empty.read("import", path, "--dry-run", "--map", "Pounds=-")

    assert fields(told)["Pounds"] is None


def test_what_is_not_told_is_said_with_the_words_that_would(empty: CommandLine, tmp_path: Path) -> None:
    path = a_list(tmp_path, "Zugehende,Coolers,Max hours\nAda,28,3\n")

    said = empty.refused("import", path, "--dry-run")
    assert '--map "Zugehende=name"' in said

    empty.do("import", path, "--map", "Zugehende=name")
    assert [driver["name"] for driver in empty.read("drivers")] == ["Ada"]


def test_the_other_files_are_read_all_the_same(empty: CommandLine, tmp_path: Path) -> None:
    unknown = a_list(tmp_path, "Product,Price\nBread,3\n", "shop.csv")

    answer = empty("import", unknown, tmp_path / "gone.csv", FORMS / "02-drivers.csv", "--json")

    assert answer.code == 1
    assert "shop.csv" in answer.err
    assert "--kind" in answer.err
    assert [told["kind"] for told in answer.document] == [None, None, "drivers"]
    assert len(empty.read("drivers")) == 9


def test_a_field_or_a_heading_that_is_none_is_refused(empty: CommandLine, tmp_path: Path) -> None:
    path = a_list(tmp_path, "Name,Coolers,Max hours\nAda Roy,28,3\n")

    assert "name" in empty.refused("import", path, "--map", "Name=nonsense")
    answer = empty("import", path, "--dry-run", "--map", "Parent=name")
    assert (answer.code, "Parent" in answer.err) == (1, True)


def test_donors_and_families_of_one_form_both_come_in(empty: CommandLine) -> None:
    told = empty.read("import", FORMS.parent / "lists" / "both_roles.csv")

    assert [(one["kind"], one["rows"]["new"]) for one in told] == [("donors", 1), ("recipients", 2)]
    assert [donor["name"] for donor in empty.read("donors")] == ["Ann Able"]
    assert {family["name"] for family in empty.read("recipients")} == {"Rita Ross", "Sue Sand"}


def test_what_she_chose_for_a_heading_is_remembered_in_other_files(
    empty: CommandLine, tmp_path: Path
) -> None:
    first = a_list(tmp_path, "Zugehende,Coolers,Max hours,Miles\nAda,28,3,40\n", "one.csv")
    empty.do("import", first, "--map", "Zugehende=name", "--map", "Miles=-")
    second = a_list(tmp_path, "Max hours,Miles,Zugehende,Coolers,Phone\n3,40,Bea,28,\n", "two.csv")

    (told,) = empty.read("import", second, "--dry-run")

    sure = {column["heading"]: (column["field"], column["sure"]) for column in told["columns"]}
    assert sure["Zugehende"] == ("name", "sure")
    assert sure["Miles"] == (None, "none")


def test_one_sheet_is_read_alone_when_it_is_named(empty: CommandLine) -> None:
    answer = empty("import", FORMS / "29-drivers.xlsx", "--sheet", "Nothing", "--dry-run")

    assert answer.code == 1
    assert "there are" in answer.err
