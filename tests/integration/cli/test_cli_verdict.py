"""``milkrun verdict``: what speaks against milk for a family, by the days it was expressed on."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from coordinator.bootstrap import make_network, open_database
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.records.history import Action
from tests.builders import NOW, a_donor, a_recipient, a_stored_lot, with_facts
from tests.integration.cli.cli import CommandLine

AMOXICILLIN = Fact(
    FactKind.MEDICINE, Presence.YES, "amoxicillin", date(2026, 10, 1), date(2026, 10, 11), "amoxicillin"
)


@pytest.fixture
def milkrun(tmp_path: Path) -> CommandLine:
    """Give L-0001, dated Sep 1 to Nov 10, of a donor who took a medicine on ten days; L-0002 has no dates."""
    database = open_database(make_network(tmp_path / "network.db"), clock=lambda: NOW)
    with database.writing(Action("test", "Set up")) as session:
        donor = a_donor(session, facts=with_facts(AMOXICILLIN))
        a_stored_lot(session, donor)
        a_stored_lot(session, donor, expressed_from=None, expressed_to=None)
        a_recipient(session)
    database.dispose()
    return CommandLine(tmp_path / "network.db")


def test_each_part_has_its_days_its_verdict_and_its_reasons(milkrun: CommandLine) -> None:
    told = milkrun.read("verdict", "L-0001", "R-0001")

    assert (told["lot"], told["donor"], told["family"]) == ("L-0001", "D-0001", "R-0001")
    assert (told["policy"], told["verdict"]) == ("community_sharing", "Ask first")
    before, during = told["parts"][:2]
    assert (before["from"], before["to"]) == ("2026-09-01", "2026-09-30")
    assert (during["from"], during["verdict"]) == ("2026-10-01", "Ask first")
    assert before["verdict"] != "Ask first"
    reason = next(one for one in during["reasons"] if "amoxicillin" in one["text"])
    assert (reason["kind"], reason["rule"]) == ("Ask first", "medicine")


def test_parts_follow_each_other_over_all_days_of_the_lot(milkrun: CommandLine) -> None:
    parts = milkrun.read("verdict", "l-0001", "r-0001")["parts"]

    days = [(date.fromisoformat(part["from"]), date.fromisoformat(part["to"])) for part in parts]
    assert (days[0][0], days[-1][1]) == (date(2026, 9, 1), date(2026, 11, 10))
    assert {(after[0] - before[1]).days for before, after in pairwise(days)} == {1}


def test_the_lines_say_the_same_with_the_source(milkrun: CommandLine) -> None:
    lines = milkrun.do("verdict", "L-0001", "R-0001").splitlines()

    assert lines[0] == "L-0001 of D-0001 for R-0001, by Community sharing:"
    assert lines[1].startswith("2026-09-01 to 2026-09-30: ")
    assert any(line.startswith("2026-10-01 to ") and line.endswith(": Ask first") for line in lines)
    assert any("amoxicillin" in line and "[" in line for line in lines)


def test_a_lot_without_days_is_one_part_without_any(milkrun: CommandLine) -> None:
    (part,) = milkrun.read("verdict", "L-0002", "R-0001")["parts"]

    assert (part["from"], part["to"], part["verdict"]) == (None, None, "Ask first")
    assert "Its days are not told: Ask first" in milkrun.do("verdict", "L-0002", "R-0001")


def test_a_code_nobody_has_is_said_in_a_sentence(milkrun: CommandLine) -> None:
    assert "L-0009" in milkrun.refused("verdict", "L-0009", "R-0001")
    assert "R-0009" in milkrun.refused("verdict", "L-0001", "R-0009")
