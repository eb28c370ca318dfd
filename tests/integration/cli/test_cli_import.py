"""The three sample files through ``milkrun import``, compared with what the people meant."""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests import seacoast
from tests.integration.cli.cli import CommandLine
from tests.seacoast import DONORS, RECIPIENTS

OF_THE_LOT = ("ounces", "bags", "expressed_from", "expressed_to")
Person = dict[str, Any]


@pytest.fixture(scope="module")
def imported_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import the region once; tests that write take a copy."""
    network = tmp_path_factory.mktemp("region") / "network.db"
    CommandLine(network).do("import", *seacoast.LISTS)
    return network


@pytest.fixture
def region(imported_file: Path, tmp_path: Path) -> CommandLine:
    return CommandLine(Path(shutil.copy(imported_file, tmp_path / "network.db")))


@pytest.fixture
def empty(tmp_path: Path, migrated_file: Path) -> CommandLine:
    return CommandLine(Path(shutil.copy(migrated_file, tmp_path / "network.db")))


def expected(file: str, kind: str) -> list[Person]:
    people: list[Person] = json.loads((seacoast.FOLDER / file).read_text("utf-8"))[kind]
    return people


def told(person: Person, keys: Iterable[str]) -> Person:
    """Return *keys* of a person as listed; those of the lot from her one lot."""
    lots = person.get("lots", [])
    assert len(lots) <= 1, person["code"]
    flat = {**person, **{key: lots[0][key] if lots else None for key in OF_THE_LOT}}
    return {key: flat[key] for key in keys}


def assert_as_meant(listed: list[Person], meant: list[Person], by: str = "email") -> None:
    """Compare person by person and field by field, names without regard to capitals."""
    found = {person[by].casefold(): person for person in listed}
    assert len(found) == len(listed) == len(meant)
    for person in meant:
        seen = told(found[person[by].casefold()], person)
        assert {**seen, "name": seen["name"].casefold()} == {**person, "name": person["name"].casefold()}


def test_donors_come_out_as_they_were_meant(region: CommandLine) -> None:
    assert_as_meant(region.read("donors"), expected("expected.json", "donors"))


def test_families_come_out_as_they_were_meant(region: CommandLine) -> None:
    assert_as_meant(region.read("recipients"), expected("expected.json", "recipients"))


def test_drivers_come_out_as_they_were_meant(region: CommandLine) -> None:
    assert_as_meant(region.read("drivers"), expected("expected.json", "drivers"), by="name")


def test_every_address_has_a_place_that_says_how_exact_it_is(region: CommandLine) -> None:
    for family in (*region.read("donors"), *region.read("recipients"), *region.read("drivers")):
        assert family["precision"] in {"ZIP", "town"}
        assert 42 < family["latitude"] < 45
        assert -72.5 < family["longitude"] < -68.5


def test_next_weeks_export_updates_six_donors_and_adds_nobody(region: CommandLine) -> None:
    region_later = CommandLine(region.network, today="2026-11-28")
    said = region_later.do("import", seacoast.DONORS_LATER)
    assert "42 rows of donors = 0 new + 6 updated + 34 unchanged + 2 older answers + 0 need a look" in said
    assert_as_meant(region_later.read("donors"), expected("expected_later.json", "donors"))


@pytest.mark.parametrize("name", ["donors_utf16_tabs.txt", "donors_with_title.csv"])
def test_odd_copies_of_the_donors_read_the_same(empty: CommandLine, name: str) -> None:
    empty.do("import", seacoast.FOLDER / "odd" / name)
    assert_as_meant(empty.read("donors"), expected("expected.json", "donors"))


def test_the_counts_of_an_import_add_up_to_its_rows(empty: CommandLine) -> None:
    first, *rest = empty.do("import", DONORS).splitlines()
    assert first == (
        "donor_form_responses.csv: 42 rows of donors = 38 new + 0 updated + 0 unchanged"
        " + 2 older answers + 2 need a look"
    )
    head = next(line for line in rest if "questions for the call list" in line)
    below = rest[rest.index(head) + 1 :]
    asked = [question for donor in empty.read("donors") for question in donor["questions"]]
    of_everybody = ("Nobody has spoken with her", "Has anybody at home been ill")
    from_the_form = [question for question in asked if not question.startswith(of_everybody)]
    # Foods are asked about only once a baby within reach must avoid some, and here is no baby yet.
    (foods,) = (int(line.split()[0]) for line in below if "Foods avoided: not answered" in line)
    assert int(head.split()[0]) == len(from_the_form) + foods == sum(int(line.split()[0]) for line in below)


def test_the_same_file_twice_changes_nothing(region: CommandLine) -> None:
    before = region.do("recipients", "--json")
    assert "0 new + 0 updated + 60 unchanged + 0 older answers + 0 need a look" in region.do(
        "import", RECIPIENTS
    )
    assert region.do("recipients", "--json") == before


def test_a_dry_run_says_the_same_and_writes_nothing(empty: CommandLine) -> None:
    looked = empty.do("import", "--dry-run", DONORS)
    assert looked.endswith("Nothing was written.\n")
    assert empty.read("donors") == []
    assert looked.replace("Nothing was written.\n", "") == empty.do("import", DONORS)


def test_columns_no_field_is_read_from_are_named(empty: CommandLine, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("Name,Phone,Ounces to share,Shoe size,\nAda,2075550101,12 oz,9,\n", encoding="utf-8")

    said = empty.do("import", listed, "--kind", "donor")

    assert "No field is read from: “Shoe size”; the words are kept with the import" in said


def test_an_unreadable_file_is_told_and_the_others_come_in(empty: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n")
    answer = empty("import", tmp_path / "picture.csv", DONORS)
    assert answer.code == 1
    assert "not a spreadsheet" in answer.err
    assert len(empty.read("donors")) == 40


def test_a_list_of_nobody_knows_whom_is_asked_about(empty: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Colour,Size\nred,3\n", "utf-8")
    assert "do not say whose list it is" in empty.refused("import", tmp_path / "list.csv")


def test_a_network_of_a_hundred_is_listed_whole(region: CommandLine) -> None:
    lines = region.do("donors").splitlines()
    assert len(lines) == 41
    assert lines[0].split()[:3] == ["Code", "Name", "Town"]
    assert len(region.do("recipients").splitlines()) == 61
    assert len(region.do("drivers").splitlines()) == 9
