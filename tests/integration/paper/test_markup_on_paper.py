"""A name that looks like markup is printed as it was typed, on every kind of paper."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pypdfium2
import pytest

from coordinator.bootstrap import open_database
from tests.hostile_network import name_everything
from tests.integration.cli.cli import CommandLine
from tests.program_code import found_by

NAME = "<b>R&D</b>&amp;<br/>"


@pytest.fixture
def milkrun(worked_file: Path, tmp_path: Path) -> CommandLine:
    """Give the sample region after a week in which everybody is called that."""
    network = Path(shutil.copy(worked_file, tmp_path / "network.db"))
    database = open_database(network)
    name_everything(database, NAME)
    database.dispose()
    return CommandLine(network)


def words_of(paper: Path) -> str:
    document = pypdfium2.PdfDocument(paper)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return "".join(text.split())


def test_a_sheet_and_a_schedule_print_a_name_as_it_was_typed(milkrun: CommandLine, tmp_path: Path) -> None:
    sheet, schedule = tmp_path / "sheet.pdf", tmp_path / "week.pdf"

    milkrun.do("sheet", "P-0003", "-o", sheet)
    milkrun.do("schedule", "2026-W48", "-o", schedule)

    assert words_of(sheet).count(NAME) > 5
    assert words_of(schedule).count(NAME) > 2


def reads_markup(tree: ast.Module) -> list[int]:
    """Return the lines that import what reads markup on paper."""
    froms = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return [node.lineno for node in froms if node.module and node.module.startswith("reportlab.platypus")]


def test_nothing_on_paper_reads_markup() -> None:
    assert reads_markup(ast.parse("from reportlab.platypus import Paragraph"))
    assert found_by(reads_markup) == {}
