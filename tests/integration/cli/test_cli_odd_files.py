"""Files as they really arrive, by the command line: what is left out or waits is said row by row."""

import shutil
from pathlib import Path

import pytest

from tests.integration.cli.cli import CommandLine

CASES = Path("tests/data/cases")


@pytest.fixture
def empty(tmp_path: Path, migrated_file: Path) -> CommandLine:
    return CommandLine(Path(shutil.copy(migrated_file, tmp_path / "network.db")), "2026-11-25")


def names(command: CommandLine) -> list[str]:
    return sorted(person["name"] for person in command.read("donors"))


def test_hidden_and_struck_rows_are_left_out_and_said(empty: CommandLine) -> None:
    said = empty.do("import", CASES / "16_hidden_rows_comment_strike.xlsx")

    assert "  row 3 is not imported, this row is hidden in the file: " in said
    assert "  row 4 is not imported, this row is struck out in the file: " in said
    assert "  A note is pinned to row 4: “Withdrew - do not call”" in said
    assert names(empty) == ["Ann Able"]


def test_totals_and_sections_are_left_out_and_said(empty: CommandLine) -> None:
    said = empty.do("import", CASES / "11_total_and_section_rows.csv")

    assert "  row 3 is left out: it is a line of its own: “--- NOVEMBER ---”" in said
    assert "  row 6 is left out: it is a total: “TOTAL · 240 · 60”" in said
    assert names(empty) == ["Ann Able", "Bea Bird"]


def test_a_row_that_slipped_aside_is_not_written(empty: CommandLine) -> None:
    said = empty.do("import", CASES / "13_unquoted_comma.csv")

    assert "  row 3 is not imported, it has more cells than there are headers" in said
    assert "Apt 2" in said
    assert names(empty) == ["Ann Able"]
