"""How old the milk may be that a family takes: from its form to the match that leaves older bags out."""

from pathlib import Path

import pytest

from coordinator.domain.families.households import Role
from coordinator.domain.imports.amounts import read_months
from coordinator.domain.imports.columns.guessing import guess_list
from coordinator.domain.imports.table import Table
from tests.integration.cli.cli import CommandLine

FAMILIES = "Your name,Email,Town,ZIP,Baby's birth date,Foods to avoid,How old may the milk be? (months)"
DONORS = (
    "Name,Email,Town,ZIP,Ounces,Oldest milk pumped on,Newest milk pumped on,Do you eat dairy?\n"
    "Ada Lind,ada@example.org,Dover NH,03820,300,6/1/2026,11/10/2026,yes\n"
)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("6", 6),
        ("6 months", 6),
        ("up to 3 months old", 3),
        ("no older than 4 mos.", 4),
        ("under 6 months", 6),
        ("6 months max", 6),
        ("9 months or newer", 9),
        ("about 6 months", 6),
        ("3-4 months", None),
        ("12 weeks", None),
        ("a year", None),
        ("6.5", None),
        ("fresh only", None),
        ("6 months, or 3 if frozen in a fridge", None),
    ],
)
def test_only_a_plain_number_of_months_is_read(text: str, months: int | None) -> None:
    assert read_months(text) == months


def test_a_heading_that_counts_in_weeks_is_not_read_as_months() -> None:
    assert fields_of("How old may the milk be? (weeks)") == []
    assert fields_of("How old may the milk be? (months)") == ["oldest_milk_months"]
    assert fields_of("Oldest milk pumped on") == []


def fields_of(heading: str) -> list[str]:
    table = Table("families.csv", "", (heading,), ())
    return list(guess_list(table, Role.RECIPIENT).mapping)


def families(tmp_path: Path, *told: str) -> CommandLine:
    """Import a family for each answer about the age of milk."""
    milkrun = CommandLine(tmp_path / "network.db")
    rows = [
        f"Family {number},f{number}@example.org,Dover NH,03820,8/1/2026,none,{text}"
        for number, text in enumerate(told)
    ]
    file = tmp_path / "families.csv"
    file.write_text("\n".join([FAMILIES, *rows]), "utf-8")
    milkrun.do("import", file)
    return milkrun


def test_the_answer_comes_in_and_what_is_not_plain_is_asked(tmp_path: Path) -> None:
    milkrun = families(tmp_path, "3 months", "", "any", "3-4 months", "60")

    found = milkrun.read("recipients")

    assert [one["oldest_milk_months"] for one in found] == [3, None, None, None, None]
    asked = [[text for text in one["questions"] if "Oldest milk they take" in text] for one in found]
    assert [len(questions) for questions in asked] == [0, 0, 0, 1, 1]
    assert "3-4 months" in asked[3][0]


def test_the_same_list_again_changes_nothing(tmp_path: Path) -> None:
    milkrun = families(tmp_path, "3 months", "any", "3-4 months")
    before = milkrun.read("recipients")

    milkrun.do("import", tmp_path / "families.csv")

    assert milkrun.read("recipients") == before


def test_a_match_leaves_older_bags_out_and_the_hold_takes_only_newer_ones(tmp_path: Path) -> None:
    milkrun = families(tmp_path, "3 months", "any")
    (tmp_path / "donors.csv").write_text(DONORS, "utf-8")
    milkrun.do("import", tmp_path / "donors.csv")

    reason = "the family takes milk no older than 3 months"
    assert reason in milkrun.do("verdict", "L-0001", "R-0001")
    assert "no older than" not in milkrun.do("verdict", "L-0001", "R-0002")
    assert "only bags dated Aug 21, 2026 or later" in milkrun.do("match", "R-0001")
    assert "only bags" not in milkrun.do("match", "R-0002")
    milkrun.do("hold", "R-0001", "L-0001", "--oz", "40", "--from", "2026-08-21")
    (held,) = milkrun.read("holds")
    assert (held["ounces"], held["only_from"]) == (40.0, "2026-08-21")
