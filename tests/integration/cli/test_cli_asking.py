"""``milkrun asked``, ``questions`` and the worklist of ``today``."""

import shutil
from pathlib import Path

import pytest

from tests.builders import TODAY
from tests.integration.cli.cli import CommandLine


@pytest.fixture
def milkrun(tmp_path: Path, worked_file: Path) -> CommandLine:
    """Give the command line on the sample region after a week's work; H-0005 and H-0006 are still open."""
    return CommandLine(Path(shutil.copy(worked_file, tmp_path / "network.db")))


def test_who_was_asked_stands_in_the_case_at_once(milkrun: CommandLine) -> None:
    assert "family asked today" in milkrun.do("asked", "h-0005", "family", "--by", "message")

    page = milkrun.read("today")
    waiting = {one["hold"]: one for one in page["waiting"]}
    assert waiting["H-0005"]["next"]["act"] == "note yes"
    assert waiting["H-0005"]["family_asked_on"] == TODAY.isoformat()
    assert "Say who was asked about H-0005" in milkrun.refused("asked", "H-0005")


def test_a_family_that_got_nothing_is_not_asked_after(milkrun: CommandLine) -> None:
    assert "got no milk that nobody has asked after" in milkrun.refused("asked", "R-0012")


def test_a_question_is_switched_off_and_on(milkrun: CommandLine) -> None:
    assert "How far they drive" in milkrun.do("questions")
    milkrun.do("questions", "--off", "reach")
    assert "How far they drive: not answered" not in milkrun.do("today")
    told = milkrun.read("questions", "--on", "reach")
    assert {"topic": "reach", "title": "How far they drive", "open": 18, "asked": True} in told


def test_today_begins_with_who_is_out_and_what_is_short(milkrun: CommandLine) -> None:
    lines = milkrun.do("today").splitlines()

    assert lines[0].endswith("families not counted.")
    assert lines[1] == "Now: out, or nearly:"
    assert "nothing held yet; " in lines[2]
    assert "Ask what is at home: the figure is old" not in "\n".join(lines)
    page = milkrun.read("today")
    assert page["now"][0]["next"]["act"] == "find milk"
    assert page["now"][0]["there_is"]["one_call"] > 0
    assert [one["code"] for one in page["runs"]] == [one["code"] for one in page["pickups"]]
    assert any(one["opens"] for one in page["calls"])
