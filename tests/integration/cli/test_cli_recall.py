"""A recall by command, from the first look to its end; and a drill."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from tests.integration.cli.cli import CommandLine
from tests.pickup_builders import SATURDAY


@pytest.fixture
def milkrun(settled_file: Path, tmp_path: Path) -> CommandLine:
    """Give the command line on a network where milk of two lots went to two families."""
    return CommandLine(Path(shutil.copy(settled_file, tmp_path / "network.db")), SATURDAY.isoformat())


def test_an_afternoon_by_command(milkrun: CommandLine, tmp_path: Path) -> None:
    assert "No recall was begun" in milkrun.do("recalls")
    begun = milkrun.do("recall", "D-0001", "--open", "her doctor rang")
    assert "Q-0001 begins. First: Pause D-0001" in begun
    assert "D-0001 is paused" in milkrun.do("recall", "Q-0001", "hold-back")
    assert "no answer" in milkrun.do("recall", "q-0001", "ring", "R-0001", "no-answer")
    milkrun.do("recall", "Q-0001", "told", "R-0001", "discarded", "12", "oz", "--note", "in the sink")
    milkrun.do("recall", "Q-0001", "told", "R-0001", "fed", "all")
    assert "R-0002 has not told yet" in milkrun.refused("recall", "Q-0001", "close")
    milkrun.do("recall", "Q-0001", "told", "R-0002", "unknown", "all", "--note", "bags had no labels")
    milkrun.do("recall", "Q-0001", "told", "D-0001", "set-aside", "all")
    assert "closed" in milkrun.do("recall", "Q-0001", "close")
    found = milkrun.read("recall", "Q-0001")
    assert (found["because"], found["open_oz"], found["due_oz"]) == ("her doctor rang", 0.0, 100.0)
    family = next(one for one in found["parties"] if one["who"] == "R-0001")
    assert {one["became"]: one["ounces"] for one in family["told"]} == {"discarded": 12.0, "fed": 28.0}
    assert [one["recall"] for one in milkrun.read("recalls")] == ["Q-0001"]
    report = tmp_path / "report.pdf"
    assert "not locked" in milkrun.do("recall", "Q-0001", "--report", report)
    assert report.read_bytes().startswith(b"%PDF")


def test_looking_stays_looking(milkrun: CommandLine) -> None:
    assert {one["recipient"] for one in milkrun.read("recall", "D-0001")["homes"]} == {"R-0001", "R-0002"}
    assert milkrun.read("recalls") == []


def test_steps_that_cannot_be_read_are_told_what_to_type(milkrun: CommandLine) -> None:
    for words in ("D-0001 hold-back", "Q-0001 close", "Q-0009"):
        assert milkrun.refused("recall", *words.split()).startswith("milkrun: ")
    milkrun.do("recall", "D-0001", "--open")
    for words, told in (
        ("ring R-0001", "ring R-0001 reached"),
        ("ring R-0001 rang", "no-answer"),
        ("told R-0001 fed", "how much"),
        ("told R-0001 eaten 3", "set-aside"),
        ("told R-0001 fed lots", "not an amount"),
        ("told R-0001 unknown all", "note"),
        ("finish", "hold-back"),
        ("script", "script R-0001"),
    ):
        assert told in milkrun.refused("recall", "Q-0001", *words.split())


def test_a_drill_by_command_leaves_nothing(milkrun: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n\n\n"))
    assert "Practice: all reached in" in milkrun.do("recall", "drill")
    monkeypatch.setattr("sys.stdin", io.StringIO("\nq\n"))
    assert "Practice: 1 of 2 families reached." in milkrun.do("recall", "drill")
    assert milkrun.read("recalls") == []
