"""What the commands write on a network in which every free text holds orders for the terminal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coordinator.bootstrap import open_database
from coordinator.services.sample.week_of_work import work_a_week
from coordinator.terminal import visible
from tests.builders import TODAY
from tests.hostile_network import ORDERS, name_everything
from tests.integration.cli.cli import Answer, CommandLine

WITH_NAMES = ("donors", "recipients", "lots", "drivers", "match R-0001", "pickup show P-0001")
NAME = f"Ada\nmilkrun: {ORDERS} ليلى"


@pytest.fixture(scope="module")
def milkrun(seacoast_file: Path, tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """Give the command line of such a network, worked for a week."""
    network = Path(shutil.copy(seacoast_file, tmp_path_factory.mktemp("hostile") / "network.db"))
    database = open_database(network)
    work_a_week(database, TODAY)
    name_everything(database, NAME)
    database.dispose()
    return CommandLine(network)


def obeyed(answer: Answer) -> list[str]:
    """Return what a terminal would obey in what was written."""
    lines = f"{answer.out}{answer.err}".split("\n")
    return [line for line in lines if visible(line) != line]


@pytest.mark.parametrize(
    "words",
    [
        "today",
        "needs",
        "donors",
        "recipients",
        "lots",
        "drivers",
        "holds",
        "match R-0001",
        "pickup show P-0001",
    ],
)
def test_no_command_writes_an_order(milkrun: CommandLine, words: str) -> None:
    answer = milkrun(*words.split())

    assert answer.code == 0
    assert obeyed(answer) == []
    assert not [line for line in answer.out.split("\n") if line.startswith("milkrun:")]


@pytest.mark.parametrize(
    "words", ["donors", "recipients", "lots", "drivers", "match R-0001", "pickup show P-0001"]
)
def test_a_document_holds_the_names_as_they_are_and_no_order(milkrun: CommandLine, words: str) -> None:
    answer = milkrun(*words.split(), "--json")

    assert obeyed(answer) == []
    assert NAME in names_in(answer.document)
    assert "ليلى" in answer.out


def names_in(document: object) -> list[object]:
    """Return every value of *document*, however deep."""
    if isinstance(document, dict):
        return [name for value in document.values() for name in names_in(value)]
    if isinstance(document, list):
        return [name for value in document for name in names_in(value)]
    return [document]


@pytest.mark.parametrize(
    "words",
    [
        ("place", ORDERS),
        ("match", ORDERS),
        ("import", f"/nowhere/{ORDERS}.csv"),
        ("sheet", "P-0001", "-o", f"/nowhere/{ORDERS}.pdf"),
        ("policies", "--compare", ORDERS, ORDERS),
        (f"--{ORDERS}",),
        (ORDERS,),
        ("place", "D-0001", "--at", ORDERS),
        ("pickup", "settle", "P-0001", "--delivered", ORDERS),
    ],
)
def test_a_refusal_quotes_no_order(milkrun: CommandLine, words: tuple[str, ...]) -> None:
    answer = milkrun(*words)

    assert answer.code in {1, 2}
    assert "milkrun" in answer.err
    assert obeyed(answer) == []


def test_a_file_that_cannot_be_opened_is_named_without_its_orders(tmp_path: Path) -> None:
    network = tmp_path / f"{ORDERS.replace('/', '')}.txt"
    network.write_text("no network")

    answer = CommandLine(network)("donors")

    assert answer.code == 1
    assert obeyed(answer) == []
