"""``milkrun policies``: which there are, and two side by side."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from coordinator.domain.policies.rules import RULES
from coordinator.services.policies.profiles import change_value, copy_profile, use_profile
from tests.builders import TODAY
from tests.integration.cli.cli import CommandLine
from tests.networks import opened_network


@pytest.fixture
def milkrun(tmp_path: Path) -> CommandLine:
    """Give a network with an own profile in use, in which a blood test counts for six months."""
    milkrun = CommandLine(tmp_path / "network.db")
    database = opened_network(milkrun.network)
    own = copy_profile(database, "community_sharing", "Seacoast", TODAY)
    change_value(database, own, "blood_test_age", 6, "our clinic asks for it", "Rae Finch", TODAY)
    use_profile(database, own)
    database.dispose()
    return milkrun


def test_the_profiles_are_listed_with_the_one_in_use_and_those_for_comparison(milkrun: CommandLine) -> None:
    lines = milkrun.do("policies").splitlines()

    assert [line.split()[0] for line in lines[1:6]] == [
        "community_sharing",
        "eats_on_feets",
        "new_york_bank",
        "washington_bank",
        "seacoast_1",
    ]
    assert [("for comparison only" in line) for line in lines[1:6]] == [False, False, True, True, False]
    assert "in use, own, copied from community_sharing" in lines[5]
    assert lines[-1] == "Information with a source, not medical advice; a clinician reviews it."


def test_two_side_by_side_say_in_words_what_differs(milkrun: CommandLine) -> None:
    out = milkrun.do("policies", "--compare", "community_sharing", "seacoast_1")

    (line,) = [line for line in out.splitlines() if line.startswith("differs")]
    assert "A blood test counts" in line
    assert "6 months" in line
    assert f"1 of {len(RULES)} differ." in out


def test_programs_read_the_same_with_who_set_it_and_why(milkrun: CommandLine) -> None:
    document = milkrun.read("policies", "--compare", "community_sharing", "seacoast_1")
    (line,) = [line for line in document["lines"] if line["differs"]]
    assert (line["rule"], line["right"]["value"], line["right"]["set_by"]) == (
        "blood_test_age",
        6,
        "Rae Finch",
    )
    assert line["right"]["seen_in"] == ["set by Rae Finch on Nov 21, 2026: our clinic asks for it"]
    assert (line["left"]["is_checked"], line["right"]["is_checked"]) == (True, False)

    assert [one["in_use"] for one in milkrun.read("policies")] == [False, False, False, False, True]


def test_a_profile_that_is_not_there_is_said_in_a_sentence(milkrun: CommandLine) -> None:
    assert "not there any more" in milkrun.refused("policies", "--compare", "community_sharing", "nobody")


def test_a_page_that_says_the_same_is_noted_and_shown(milkrun: CommandLine) -> None:
    said = milkrun.do("policy", "same-figure", "community_sharing", "frozen_best", "--by", "Ana Reyes")
    assert "Ana Reyes opened https://www.cdc.gov/breastfeeding/" in said
    assert said.strip().endswith("on Nov 21, 2026: same figure")

    shown = milkrun.do("policy", "show", "community_sharing")
    assert "frozen_best: 6 months from expression (else nothing against it, if…)" in shown
    assert "Ana Reyes opened https://www.cdc.gov/breastfeeding/" in shown
    (value,) = (
        one
        for one in milkrun.read("policy", "show", "community_sharing")["values"]
        if one["rule"] == "frozen_best"
    )
    assert (value["is_checked"], value["opened_by"], value["opened_on"]) == (True, "Ana Reyes", "2026-11-21")


def test_a_copy_that_says_the_same_stays_unchecked(milkrun: CommandLine) -> None:
    page = "https://hotpinkbraces.com/pumping-vs-direct-breastfeeding-9900"
    said = milkrun.do(
        "policy", "same-figure", "community_sharing", "room", "--by", "Ana Reyes", "--page", page
    )

    assert "not the authority’s own page, so still unchecked" in said
    assert "room: 4 hours from expression (else not a fit, unchecked)" in milkrun.do(
        "policy", "show", "community_sharing"
    )


def test_what_is_our_choice_is_called_so_and_never_unchecked(milkrun: CommandLine) -> None:
    shown = milkrun.do("policy", "show", "community_sharing")

    line = next(one for one in shown.splitlines() if one.startswith("other_supplements:"))
    assert line.endswith("(else ask first, our choice)")
    assert "Asked besides: Is a breast sore or infected" in shown


def test_a_review_is_written_shown_and_taken_in_only_when_asked(milkrun: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    assert milkrun.do("policy", "review-sheet", "community_sharing", "-o", str(path)).strip() == str(path)
    book = load_workbook(path)
    page = book.worksheets[0]
    page["B3"], page["B4"] = "Dr. Fox", TODAY
    row = next(row for row in range(7, page.max_row + 1) if page.cell(row, 12).value == "washout")
    page.cell(row, 9).value, page.cell(row, 10).value = "change to", 21
    page.cell(7, 9).value, page.cell(7, 11).value = "ask", "why 77 °F?"
    book.save(path)

    shown = milkrun.do("policy", "read-review", str(path))
    assert "Reviewed by Dr. Fox on Nov 21, 2026." in shown
    assert "14 days after the last meal with it becomes 21 days after the last meal with it" in shown
    assert "4 hours from expression stays, and is asked about: why 77 °F?" in shown
    assert f"{len(RULES) - 2} values have no answer and stay." in shown
    assert "your own profile “Seacoast”, which all milk is judged by" in shown
    assert "Nothing was changed" in shown
    assert "washout: 14 days" in milkrun.do("policy", "show", "seacoast_1")

    assert "were taken in" in milkrun.do("policy", "read-review", str(path), "--apply")
    shown = milkrun.do("policy", "show", "seacoast_1")
    assert "washout: 21 days after the last meal with it (else not a fit)" in shown
    assert "reviewed by Dr. Fox on Nov 21, 2026" in shown
    assert "Dr. Fox asks: why 77 °F?" in shown
    value = milkrun.read("policy", "show", "seacoast_1")["values"][0]
    assert (value["asked_by"], value["asked"], value["is_checked"]) == ("Dr. Fox", "why 77 °F?", False)


def test_a_review_sheet_is_a_workbook_or_a_page_and_nothing_else(
    milkrun: CommandLine, tmp_path: Path
) -> None:
    milkrun.do("policy", "review-sheet", "community_sharing", "-o", str(tmp_path / "review.pdf"))

    assert (tmp_path / "review.pdf").read_bytes().startswith(b"%PDF")
    refused = milkrun.refused(
        "policy", "review-sheet", "community_sharing", "-o", str(tmp_path / "review.doc")
    )
    assert ".xlsx or .pdf" in refused


def test_a_value_that_is_not_there_is_said_in_a_sentence(milkrun: CommandLine) -> None:
    refused = milkrun.refused("policy", "same-figure", "community_sharing", "moon", "--by", "Ana")
    assert "no value called “moon”" in refused
