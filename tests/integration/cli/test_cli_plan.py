"""``milkrun plan`` on the sample region."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.integration.cli.cli import CommandLine
from tests.integration.paper.test_pickup_sheet import pages_of


@pytest.fixture
def milkrun(tmp_path: Path, seacoast_file: Path) -> CommandLine:
    """Give the sample region."""
    return CommandLine(Path(shutil.copy(seacoast_file, tmp_path / "network.db")))


def test_the_plan_of_the_sample_region_is_one_object_and_proven_the_best(milkrun: CommandLine) -> None:
    plan = milkrun.read("plan", "--calls", "5")

    assert plan["gap"] == 0
    assert 0 < len(plan["calls"]) <= 5
    assert all(call["opens_oz"] > 0 and call["blocking"] and call["why"] for call in plan["calls"])
    rung = {call["household"] for call in plan["calls"]}
    assert all(set(one["calls"]) <= rung for one in plan["proposals"])
    assert all(one["bags"] > 0 and one["ounces"] >= 30 and one["minutes"] <= 75 for one in plan["proposals"])
    assert all(one["why"] for one in plan["unserved"])
    reasons = ("possible", "waiting", "far", "others")
    assert {sum(one[key] for key in reasons) for one in plan["unserved"]} <= set(range(41))
    assert any(one["waiting"] for one in plan["unserved"])
    before, after = plan["figures"]["before"], plan["figures"]["after"]
    assert after["uncovered_baby_days"] < before["uncovered_baby_days"]


def test_the_same_data_have_the_same_plan(milkrun: CommandLine) -> None:
    first, second = milkrun.read("plan", "--calls", "3"), milkrun.read("plan", "--calls", "3")

    assert {**first, "seconds": 0} == {**second, "seconds": 0}


def test_a_proposal_that_is_accepted_is_held_as_shown_and_planned_no_more(milkrun: CommandLine) -> None:
    proposed = milkrun.read("plan")["proposals"][0]

    milkrun.do("plan", "accept", proposed["id"])

    held = milkrun.read("holds")[0]
    assert (held["lot"], held["recipient"], held["bags"]) == (
        proposed["lot"],
        proposed["recipient"],
        proposed["bags"],
    )
    assert held["ounces"] == proposed["ounces"]
    assert proposed["id"] not in {one["id"] for one in milkrun.read("plan")["proposals"]}


def test_what_is_no_proposal_is_refused_in_a_sentence(milkrun: CommandLine) -> None:

    assert "no proposal" in milkrun.refused("plan", "accept", "L-0021")
    assert "plan accept" in milkrun.refused("plan", "L-0021:R-0003:5")
    assert milkrun.read("holds") == []


def test_milk_that_a_clinician_decides_about_is_not_taken_up(milkrun: CommandLine) -> None:
    assert "make the plan again" in milkrun.refused("plan", "accept", "L-0001:R-0001:5")


def test_the_plan_is_written_on_one_page_too(milkrun: CommandLine, tmp_path: Path) -> None:
    target = tmp_path / "plan.pdf"

    plan = milkrun.read("plan", "--calls", "3", "--pdf", target)
    (text,) = pages_of(target.read_bytes())

    assert "with time for 3 calls?" in text
    assert all(call["household"] in text for call in plan["calls"])
    assert all(f"{one['lot']} {one['ounces']:.0f} oz" in text for one in plan["proposals"])
    asked = {ask for call in plan["calls"] for ask in call["asks"]}
    assert asked
    assert not [word for word in ("HTLV", "dairy", "soy", "medicine", "nicotin", *asked) if word in text]
    nowhere = target / "plan.pdf"
    assert "another folder" in milkrun.refused("plan", "--calls", "0", "--pdf", nowhere)


def test_the_plan_is_drawn_on_a_map_by_codes(milkrun: CommandLine, tmp_path: Path) -> None:
    target = tmp_path / "map.pdf"

    plan = milkrun.read("plan", "--calls", "3", "--map", target)
    (text,) = pages_of(target.read_bytes())

    ends = {one[key] for one in plan["proposals"] for key in ("donor", "recipient")}
    assert ends
    assert sum(code in text for code in ends) > len(ends) / 2  # those that stand together are a number
    assert "dashed" in text
    assert "another folder" in milkrun.refused("plan", "--calls", "3", "--map", target / "map.pdf")


def test_of_several_proposals_all_are_held_or_none(milkrun: CommandLine) -> None:
    first, second = (one["id"] for one in milkrun.read("plan")["proposals"][:2])

    assert "Nothing was held: 1 of 3" in milkrun.refused("plan", "accept", first, "L-0001:R-0001:5", second)
    assert milkrun.read("holds") == []
    answer = milkrun("plan", "accept", first, "L-0001:R-0001:5", second, "--skip-refused")
    assert "Not held: L-0001:R-0001:5" in answer.err
    assert len(milkrun.read("holds")) == 2


def test_what_is_pinned_is_kept_and_what_is_forbidden_is_not_planned(milkrun: CommandLine) -> None:
    plan = milkrun.read("plan")
    first, second = plan["proposals"][:2]
    half = f"{first['lot']}:{first['recipient']}:{first['bags'] // 2}"

    again = milkrun.read("plan", "--resize", half, "--forbid", second["id"])

    ids = [one["id"] for one in again["proposals"]]
    assert half in ids
    assert (second["lot"], second["recipient"]) not in {
        (one["lot"], one["recipient"]) for one in again["proposals"]
    }
    assert "as things stand" in milkrun.refused("plan", "--pin", "L-0001:R-0001:5")
    assert "names no lot" in milkrun.refused("plan", "--forbid", "everything")
