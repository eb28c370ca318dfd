"""``milkrun reread``: what is stored and what is read now, and only ``--apply`` changes anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from tests.integration.cli.cli import CommandLine
from tests.networks import opened_network
from tests.old_answers import a_donor_read_before

WORDS = "no, but my husband smokes"


@pytest.fixture
def milkrun(tmp_path: Path) -> CommandLine:
    """Give the command line on a network whose one donor was read by an earlier reader."""
    milkrun = CommandLine(tmp_path / "network.db")
    database = opened_network(milkrun.network)
    a_donor_read_before(database, Fact(FactKind.NICOTINE, Presence.NO, raw=WORDS))
    database.dispose()
    return milkrun


def test_it_lists_old_and_new_and_changes_nothing(milkrun: CommandLine) -> None:
    said = milkrun.do("reread")

    lines = said.splitlines()
    assert lines[:2] == [f"D-0001 Ada Lind, Nicotine: “{WORDS}”", "  before: no"]
    assert "  now: not clear" in lines
    assert lines[-2].startswith("  asked: Nicotine: ")
    assert lines[-1] == (
        "1 answer of a form read otherwise now; nothing was changed, “milkrun reread --apply” does it."
    )
    assert milkrun.do("reread") == said


def test_apply_mends_them_and_then_nothing_differs(milkrun: CommandLine) -> None:
    said = milkrun.do("reread", "--apply")

    assert said.splitlines()[-1] == "1 answer of a form read again; the questions are on the call list."
    assert milkrun.do("reread") == "No answer of a form is read otherwise now.\n"
    (donor,) = milkrun.read("donors")
    assert any(WORDS in question for question in donor["questions"])


def test_the_document_has_both_readings(milkrun: CommandLine) -> None:
    (found,) = milkrun.read("reread")

    assert (found["donor"], found["kind"], found["text"]) == ("D-0001", "nicotine", WORDS)
    assert found["before"] == [
        {"kind": "nicotine", "presence": "no", "subject": "", "from": None, "to": None}
    ]
    assert "unclear" in [fact["presence"] for fact in found["now"]]
    assert WORDS in found["question"]
    assert milkrun.read("reread", "--apply") == [found]
    assert milkrun.read("reread") == []
