"""Where people live, from files as they arrive: placed, or asked and uncertain, never silent."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.integration.cli.cli import CommandLine

CASES = Path(__file__).parents[2] / "data" / "cases"
_WHERE = ("Town", "ZIP", "State", "Address")


@pytest.fixture
def milkrun(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "network.db", today="2026-11-25")


def donors(milkrun: CommandLine) -> dict[str, dict[str, Any]]:
    return {donor["name"]: donor for donor in milkrun.read("donors")}


def asked_where(donor: dict[str, Any]) -> list[str]:
    return [text for text in donor["questions"] if text.startswith(_WHERE)]


def a_list(folder: Path, headings: str, *rows: tuple[str, ...]) -> Path:
    path = folder / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings.split(";"), *rows])
    return path


def test_an_address_in_one_column_is_taken_apart_and_placed(milkrun: CommandLine) -> None:
    milkrun.do("import", CASES / "12_one_address_column.csv")

    told = {
        name: (one["street"], one["town"], one["state"], one["zip"], one["precision"], asked_where(one))
        for name, one in donors(milkrun).items()
    }
    assert told == {
        "Ann Able": ("12 Main St", "Dover", "NH", "03820", "ZIP", []),
        "Bea Bird": ("12 Main St, Apt 2", "Portsmouth", "NH", "03801", "ZIP", []),
        "Cora Cole": ("PO Box 12", "Kittery", "ME", "", "town", []),
    }


def test_every_place_is_on_the_map_or_asked_about(milkrun: CommandLine) -> None:
    milkrun.do("import", CASES / "31_places.csv")

    people = donors(milkrun).values()
    assert len(people) == 32
    unplaced = [one for one in people if one["latitude"] is None]
    assert [one["town"] for one in unplaced] == ["APO", "FPO"]
    assert all("military address" in asked_where(one)[0] for one in unplaced)
    assert [asked_where(one) for one in people if one["latitude"] is not None] == [[]] * 30


def test_what_contradicts_is_uncertain_ranks_last_and_is_settled_by_an_answer(milkrun: CommandLine) -> None:
    milkrun.do("import", CASES / "38_town_zip_disagree.csv")
    milkrun.do("import", CASES / "38_family.csv")

    people = donors(milkrun)
    uncertain = {name: asked_where(one) for name, one in people.items() if one["precision"] == "uncertain"}
    assert uncertain == {
        "Pat P0x": ["Town says Kittery ME, ZIP 03820 is Dover NH, 10 miles away: which?"],
        "Pat P4x": ["Town says Portland ME, ZIP 97201 is Portland OR, 2,544 miles away: which?"],
        "Pat P9x": ["Town says Dover DE, ZIP 03820 is Dover NH, 368 miles away: which?"],
    }
    assert all(people[name]["latitude"] is None for name in uncertain)
    ranked = [match["name"] for match in milkrun.read("match", "R-0001")["matches"]]
    assert set(ranked[-5:]) == {*uncertain, "Pat P8x", "Pat P11x"}

    assert "“milkrun place D-0001 --choose town”" in milkrun.do("place", "D-0001")
    milkrun.do("place", "D-0001", "--choose", "town")

    settled = donors(milkrun)["Pat P0x"]
    assert (settled["town"], settled["state"], settled["zip"]) == ("Kittery", "ME", "")
    assert settled["precision"] == "town"
    assert asked_where(settled) == []


def test_importing_the_same_form_again_does_not_ask_again(milkrun: CommandLine) -> None:
    milkrun.do("import", CASES / "38_town_zip_disagree.csv")
    milkrun.do("place", "D-0001", "--choose", "zip")

    milkrun.do("import", CASES / "38_town_zip_disagree.csv")

    settled = donors(milkrun)["Pat P0x"]
    assert (settled["town"], settled["zip"], asked_where(settled)) == ("Dover", "03820", [])


def test_a_place_set_by_hand_settles_it(milkrun: CommandLine) -> None:
    milkrun.do("import", CASES / "38_town_zip_disagree.csv")

    milkrun.do("place", "D-0001", "--at=43.09,-70.74")

    settled = donors(milkrun)["Pat P0x"]
    assert (settled["precision"], asked_where(settled)) == ("by hand", [])


def test_a_choice_that_names_no_place_is_refused_in_a_sentence(milkrun: CommandLine) -> None:
    milkrun.do("import", CASES / "38_town_zip_disagree.csv")

    assert "names no place for D-0001" in milkrun.refused("place", "D-0001", "--choose", "banana")
    assert donors(milkrun)["Pat P0x"]["precision"] == "uncertain"


HEADINGS = (
    "Your full name;Cell phone;Street address;Town / city;State;ZIP;"
    "About how many ounces do you have to share?;Do you eat dairy?"
)


# One row each: street, town, state, ZIP as typed; then as kept, how it is placed, and what is asked.
ROWS = (
    (("12 Main St, Dover NH 03820", "", "", ""), ("12 Main St", "Dover", "NH", "03820"), "ZIP", ""),
    (
        ("12 Main St, Dover NH 03820", "Dover", "NH", "03820"),
        ("12 Main St", "Dover", "NH", "03820"),
        "ZIP",
        "",
    ),
    (("12 Main St", "", "", ""), ("12 Main St", "", "", ""), None, "Town and ZIP: not answered"),
    (("", "Portsmouth NH 03801", "", ""), ("", "Portsmouth", "NH", "03801"), "ZIP", ""),
    (("", "Dover", "", "NH 03820"), ("", "Dover", "NH", "03820"), "ZIP", ""),
    (("", "Dover", "NH 03820", ""), ("", "Dover", "NH", "03820"), "ZIP", ""),
    (("", "N Berwick", "ME", "3906"), ("", "N Berwick", "ME", "03906"), "ZIP", ""),
    (
        ("", "Dover", "", ""),
        ("", "Dover", "", ""),
        None,
        "Town: there are several Dover: in which state?",
    ),
    (
        ("", "Peking", "China", ""),
        ("", "Peking", "China", ""),
        None,
        "Town: “Peking China” is in no list of towns: where is it?",
    ),
    (("", "Maine", "", ""), ("", "Maine", "", ""), None, "Town: “Maine” is a state: which town?"),
    (("", "", "", "03999"), ("", "", "", "03999"), None, "ZIP: there is no 03999; which is it?"),
    (
        ("", "Dover ME", "NH", "03820"),
        ("", "Dover", "NH", "03820"),
        "ZIP",
        "Address: “NH” is told, and “ME”: which is right?",
    ),
    (("", "12 Main St, Dover NH 03820", "", ""), ("12 Main St", "Dover", "NH", "03820"), "ZIP", ""),
    (("", "n/a", "", ""), ("", "", "", ""), None, "Town and ZIP: not answered"),
    (("", "Nassau", "Bahamas", ""), ("", "Nassau", "Bahamas", ""), "town", ""),
)


def test_each_row_is_kept_placed_or_asked(milkrun: CommandLine, tmp_path: Path) -> None:
    rows = [(f"Row {at}x", f"603-555-{at:04}", *typed, "40", "no") for at, (typed, *_) in enumerate(ROWS)]

    milkrun.do("import", a_list(tmp_path, HEADINGS, *rows), "--kind", "donor")

    people = donors(milkrun)
    for at, (typed, kept, precision, asked) in enumerate(ROWS):
        one = people[f"Row {at}x"]
        found = (one["street"], one["town"], one["state"], one["zip"])
        assert (typed, found, one["precision"]) == (typed, kept, precision)
        assert asked_where(one) == ([asked] if asked else []), typed


def test_name_and_phone_in_the_cell_of_the_address_are_taken_and_the_name_is_asked(
    milkrun: CommandLine, tmp_path: Path
) -> None:
    headings = (
        "Your full name;Full address;About how many ounces do you have to share?;Do you eat dairy?;"
        "Your baby's birth date"
    )
    cell = "Jane Doe\n12 Main St\nDover, NH 03820\n603-555-0101"

    milkrun.do("import", a_list(tmp_path, headings, ("", cell, "40", "no", "5/25/2026")))

    jane = donors(milkrun)["Jane Doe"]
    assert (jane["street"], jane["town"], jane["phone"]) == ("12 Main St", "Dover", "+16035550101")
    assert [text for text in jane["questions"] if text.startswith("Name")] == [
        "Name: read “Jane Doe” out of “Jane Doe 12 Main St Dover, NH 03820 603-555-0101”: is that right?"
    ]


def test_a_cell_that_is_not_understood_is_kept_and_asked(milkrun: CommandLine, tmp_path: Path) -> None:
    headings = (
        "Your full name;Full address;About how many ounces do you have to share?;Do you eat dairy?;"
        "Your baby's birth date"
    )

    milkrun.do("import", a_list(tmp_path, headings, ("Ann", "near the mall", "40", "no", "5/25/2026")))

    ann = donors(milkrun)["Ann"]
    assert (ann["street"], ann["latitude"]) == ("near the mall", None)
    assert asked_where(ann) == ["Address: what does “near the mall” mean?"]
