"""What the README promises of the command line is so."""

import re
import shutil
from argparse import ArgumentParser, _SubParsersAction
from datetime import date
from pathlib import Path
from typing import Any

from coordinator.cli.arguments.every_command import parser
from coordinator.domain.policies.decisions import Decides, NetworkDecision
from coordinator.services.policies.deciding import decide
from tests.integration.cli.cli import CommandLine
from tests.networks import opened_network

README = (Path(__file__).parents[3] / "README.md").read_text("utf-8")
TODAY = date(2026, 11, 21)


def commands_of(given: ArgumentParser) -> set[str]:
    actions = [action for action in given._actions if isinstance(action, _SubParsersAction)]
    return set(actions[0].choices)


def keys_in(document: Any) -> set[str]:  # noqa: ANN401 - whatever the JSON holds
    """Return every key at any depth."""
    if isinstance(document, list):
        return set().union(*map(keys_in, document))
    if isinstance(document, dict):
        return set(document) | set().union(*map(keys_in, document.values()))
    return set()


def test_the_readme_names_every_command_and_no_other() -> None:
    block = README.partition("## The command line")[2].split("```")[1]
    named = {
        word
        for line in block.splitlines()
        if line
        for word in re.findall(r"^milkrun ([\w-]+)|\| ([\w-]+)", line)
    }
    words = {first or second for first, second in named} - {"show", "settle"}
    assert words == commands_of(parser())


def test_the_readme_lists_every_key_of_every_document(tmp_path: Path, worked_file: Path) -> None:
    milkrun = CommandLine(Path(shutil.copy(worked_file, tmp_path / "network.db")))
    database = opened_network(milkrun.network)
    decide(database, NetworkDecision(Decides.NAME, "zinc", "Rae Finch", TODAY, "a vitamin"), TODAY)
    database.dispose()
    listed = set(re.findall(r"\w+", README.partition("### JSON")[2].partition("## Working on it")[0]))
    for words in (
        ("donors",),
        ("recipients",),
        ("drivers",),
        ("lots",),
        ("needs",),
        ("today",),
        ("holds",),
        ("policies",),
        ("policies", "--compare", "community_sharing", "eats_on_feets"),
        ("match", "R-0003"),
        ("decide",),
        ("read", "medicines", "Zoloft since 10/1/2026, prenatal"),
        ("verdict", "L-0001", "R-0003"),
        ("pickup", "show", "P-0003"),
        ("day", "plan", "2026-11-28"),
        ("day", "show", "2026-11-28"),
    ):
        keys = keys_in(milkrun.read(*words))
        assert keys
        assert keys - listed == set()
