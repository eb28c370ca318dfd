"""What the commands write on a network in which every free text holds orders for the terminal."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from coordinator.bootstrap import open_database
from coordinator.terminal import visible
from tests.hostile_network import ORDERS, name_everything
from tests.integration.cli.cli import Answer, CommandLine
from tests.networks import put_network

WITH_NAMES = ("donors", "recipients", "lots", "drivers", "match R-0001", "pickup show P-0001")
NAME = f"Ada\nmilkrun: {ORDERS} ليلى"


@pytest.fixture(scope="module")
def milkrun(worked_file: Path, tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """Give the command line of such a network, worked for a week."""
    network = Path(shutil.copy(worked_file, tmp_path_factory.mktemp("hostile") / "network.db"))
    database = open_database(network)
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


def a_workbook_that_libraries_warn_of(path: Path) -> Path:
    """Return a list whose area to print is called what a terminal would obey."""
    book, plain = Workbook(), BytesIO()
    sheet = book.worksheets[0]
    sheet.append(["Name", "E-mail", "Ounces"])
    sheet.append(["Ada Lind", "ada@example.org", "120"])
    sheet.print_area = "A1:C1"
    book.save(plain)
    with zipfile.ZipFile(plain) as read, zipfile.ZipFile(path, "w") as written:
        for name in read.namelist():
            wanted = read.read(name).replace(b"'Sheet'!$A$1:$C$1", "evil\u202e\x9b2J".encode())
            written.writestr(name, wanted)
    return path


def run_as_a_process(*words: str | Path, asked: bool = False) -> str:
    """Return what the program writes on standard error when the system starts it."""
    python = [sys.executable, *(["-Wdefault"] if asked else []), "-m", "ui"]
    ended = subprocess.run([*python, *words], capture_output=True, check=False)
    return ended.stderr.decode("utf-8")


def test_what_a_library_warns_of_never_passes_the_door(tmp_path: Path) -> None:
    book = a_workbook_that_libraries_warn_of(tmp_path / "list.xlsx")
    words = ("--database", put_network(tmp_path / "network.db"), "import", "--kind", "donor", book)

    assert "Warning" not in run_as_a_process(*words)
    assert obeyed(Answer(0, "", run_as_a_process(*words, asked=True))) == []


def test_nothing_is_written_past_the_door_by_a_log() -> None:
    code = (
        "import logging; from coordinator.terminal import keep_the_door; keep_the_door(); "
        "logging.getLogger('somebody').warning('\x1b[2J'); import warnings; warnings.warn('\x1b[2J')"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert ended.stderr == b""
