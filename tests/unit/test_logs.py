"""The log names nobody."""

import faulthandler
import logging
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import pytest

from coordinator.adapters import logs


@pytest.fixture
def log_folder(tmp_path: Path) -> Iterator[Path]:
    """Log into a folder of the test's own, and put everything back."""
    root = logging.getLogger()
    level, crash_noted = root.level, faulthandler.is_enabled()
    handler = logs.set_up(tmp_path / "logs")
    yield tmp_path / "logs"
    root.removeHandler(handler)
    handler.close()
    root.setLevel(level)
    if crash_noted:
        faulthandler.enable()


def written(folder: Path) -> str:
    return (folder / logs.LOG_NAME).read_text("utf-8")


@pytest.mark.parametrize(
    "private",
    [
        "ada.lovelace+milk@example.org",
        "ADA@mail.example.co.uk",
        "207-555-0142",
        "(207) 555-0142",
        "207 555 0142",
        "207.555.0142",
        "2075550142",
        "+1 207 555 0142",
        "+1 (207) 555-0142",
        "555-0142",
        "+44 20 7946 0958",
    ],
)
def test_what_looks_like_an_address_or_a_phone_is_blanked(private: str) -> None:
    assert private not in logs.redacted(f"could not read {private} in row 3")
    assert logs.redacted(f"could not read {private} in row 3").startswith("could not read [")


@pytest.mark.parametrize(
    "harmless",
    [
        "Held 100 oz of L-0031 for R-0012",
        "backup made: milkrun-2026-11-21-103000-close.db",
        "upgrading the schema from 0001 to 0002",
        "2026-11-21 10:30:00,123",
        "position 43.0881, -70.7361",
        "29573529 microlitres",
    ],
)
def test_codes_dates_and_amounts_stay(harmless: str) -> None:
    assert logs.redacted(harmless) == harmless


def test_a_line_says_when_how_bad_and_from_where(log_folder: Path) -> None:
    logging.getLogger("coordinator.test").warning("D-%04d wrote from %s", 7, "ada@example.org")

    assert written(log_folder).endswith("WARNING coordinator.test: D-0007 wrote from [e-mail]\n")


def test_a_traceback_is_blanked_too(log_folder: Path) -> None:
    try:
        int("207-555-0142")
    except ValueError:
        logging.getLogger("coordinator.test").exception("could not read D-0007")

    assert "ValueError: invalid literal for int() with base 10: '[phone]'" in written(log_folder)


@pytest.mark.parametrize("piece", ["x", "5", "555-", "a.", "+1 ", "@", "a@", "(207) "])
def test_a_long_line_is_cut_and_takes_no_time(piece: str) -> None:
    before = process_time()

    assert len(logs.redacted(piece * 300_000)) <= 20_000 * 2

    assert process_time() - before < 2


def test_the_log_is_private_and_does_not_grow_for_ever(log_folder: Path) -> None:
    for _ in range(300):
        logging.getLogger("coordinator.test").info("x" * 900_000)

    sizes = {path.name: path.stat().st_size for path in log_folder.iterdir()}
    assert set(sizes) == {"milkrun.log", "milkrun.log.1", "milkrun.log.2"}
    assert sum(sizes.values()) < 3_000_000
    if os.name != "nt":
        assert {stat.S_IMODE(path.stat().st_mode) for path in log_folder.iterdir()} == {0o600}


def test_the_library_that_logs_whole_addresses_is_silent(log_folder: Path) -> None:
    logging.getLogger("geopy").error("12 Elm Street, Kittery")

    assert "Elm" not in written(log_folder)


def test_a_folder_that_cannot_be_written_costs_the_log_and_not_the_start(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file is in the way")

    handler = logs.set_up(tmp_path / "logs")

    assert isinstance(handler, logging.NullHandler)
    logging.getLogger().removeHandler(handler)
    assert logs.note_crashes(tmp_path / "logs") is None
    assert logs.last_crash(tmp_path / "logs") == ""


def test_a_crash_leaves_a_note_for_the_next_start(tmp_path: Path) -> None:
    program = (
        "import faulthandler, os; from pathlib import Path; from coordinator.bootstrap import set_up_logging;"
        f" kept = set_up_logging(Path({str(tmp_path)!r})); os.abort()"
    )
    crashed = subprocess.run(
        [sys.executable, "-c", program], cwd=Path(__file__).parents[2], check=False, capture_output=True
    )
    assert crashed.returncode != 0

    assert "Aborted" in logs.last_crash(tmp_path) or "Fatal" in logs.last_crash(tmp_path)


def test_a_start_after_a_quiet_end_has_no_crash_to_tell(tmp_path: Path) -> None:
    program = (
        "from pathlib import Path; from coordinator.bootstrap import set_up_logging;"
        f" print(repr(set_up_logging(Path({str(tmp_path)!r}))[0]))"
    )
    for _ in range(2):
        ended = subprocess.run(
            [sys.executable, "-c", program],
            cwd=Path(__file__).parents[2],
            check=True,
            capture_output=True,
            text=True,
        )
        assert ended.stdout == "''\n"
