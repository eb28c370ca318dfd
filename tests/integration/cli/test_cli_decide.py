"""``milkrun decide``: once for every donor, and the groups of ``milkrun match``."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coordinator.domain.suitability.standing import StandingKind
from tests.integration.cli.cli import CommandLine

WHO = ("--by", "Rae Finch", "--why", "as our board said")


@pytest.fixture
def milkrun(tmp_path: Path, seacoast_file: Path) -> CommandLine:
    """Give the sample region."""
    return CommandLine(Path(shutil.copy(seacoast_file, tmp_path / "network.db")))


def test_deciding_moves_matches_and_is_listed_and_taken_back(milkrun: CommandLine) -> None:
    before = milkrun.read("match", "R-0003")["matches"]

    assert milkrun.do("decide", "prenatal", *WHO) == "1: a prenatal panel does (Rae Finch, Nov 21, 2026).\n"

    after = milkrun.read("match", "R-0003")["matches"]
    ready = [sum(match["standing"] == "ready" for match in one) for one in (before, after)]
    assert ready[1] > ready[0]
    assert "a prenatal panel does" in milkrun.do("decide")
    (listed,) = milkrun.read("decide")
    assert (listed["about"], listed["by"], listed["in_force"]) == ("panel", "Rae Finch", True)
    milkrun.do("decide", "back", "1")
    assert milkrun.read("match", "R-0003")["matches"] == before
    assert milkrun.do("decide") == "Nothing was decided for the whole network.\n"


def test_a_name_and_a_figure_are_decided_with_who_and_why(milkrun: CommandLine) -> None:
    assert milkrun.do("decide", "name", "vitamin", "K", *WHO).startswith("1: vitamin K needs no decision")
    assert "30 days after the last use is our figure" in milkrun.do(
        "decide", "figure", "cannabis_wait", "30", *WHO
    )
    assert "12 months is our figure" in milkrun.do("decide", "figure", "tattoo_wait", *WHO)


def test_what_cannot_be_decided_is_refused_in_one_sentence(milkrun: CommandLine) -> None:
    assert "Type who decided" in milkrun.refused("decide", "name", "zinc")
    assert "A clinician decides about Zoloft" in milkrun.refused("decide", "name", "Zoloft", *WHO)
    assert "Say what it is about" in milkrun.refused("decide", "name", *WHO)
    assert "is no figure" in milkrun.refused("decide", "figure", "cannabis_wait", "long", *WHO)
    assert "no number of the list" in milkrun.refused("decide", "back", "zinc")
    milkrun.do("decide", "name", "Zoloft", *WHO, "--clinician")


def test_matches_stand_in_groups_and_programs_read_who_is_asked_what(milkrun: CommandLine) -> None:
    lines = milkrun.do("match", "R-0003").splitlines()
    groups = [line.removesuffix(":") for line in lines if line.endswith(":") and not line.startswith(" ")]
    matches = milkrun.read("match", "R-0003")["matches"]

    kinds = [kind.words for kind in StandingKind]
    assert groups == sorted(groups, key=kinds.index)
    assert [kinds.index(group) for group in groups] == sorted(
        {StandingKind[match["pair_standing"].upper()].value for match in matches}
    )
    assert any("One call away: " in line and " — " in line for line in lines)
    for match in matches:
        assert (match["until"] is not None) == (match["standing"] == "waits")
        assert match["calls"] == len({ask["whom"] for ask in match["asks"]} & {"donor", "family"})
        assert (match["asks"] == []) == (match["standing"] == "ready")
