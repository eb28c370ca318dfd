"""The log names nobody."""

import ast
import faulthandler
import logging
import os
import re
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path
from time import process_time

import pytest

from coordinator.adapters.computer import logs
from coordinator.error_trail import tell_only_trails
from tests.program_code import found_by


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


def an_error_that_quotes(text: str) -> ValueError:
    """Return an error as it was caught, with a cause of its own; both quote *text*."""
    with pytest.raises(ValueError, match=re.escape(text)) as caught:  # noqa: PT012 - with its cause
        try:
            dict[str, int]()[text]
        except KeyError as error:
            raise ValueError(text) from error
    return caught.value


@pytest.mark.parametrize("how", ["exc_info", "an argument", "the message", "a named argument"])
def test_of_an_error_only_kinds_and_lines_of_code_are_kept(log_folder: Path, how: str) -> None:
    error = an_error_that_quotes("Zoë Ueda, 12 Elm Street")
    log = logging.getLogger("coordinator.test")
    match how:
        case "exc_info":
            log.error("could not read D-0007", exc_info=error)
        case "an argument":
            log.error("could not read D-0007: %s, %r", error, error)
        case "the message":
            log.error(error)
        case _:
            log.error("could not read D-0007: %(why)s", {"why": error})

    assert "ValueError > an_error_that_quotes (test_logs.py:" in written(log_folder)
    assert "; from KeyError > an_error_that_quotes" in written(log_folder)
    assert not re.search("Zoë|Elm", written(log_folder))


def test_what_another_handler_made_of_an_error_is_not_taken_over(log_folder: Path) -> None:
    record = logging.makeLogRecord(
        {"msg": "failed", "levelno": logging.ERROR, "exc_text": "ValueError: Zoë", "stack_info": "Zoë"}
    )

    logging.getLogger("coordinator.test").handle(record)

    assert "failed" in written(log_folder)
    assert "Zoë" not in written(log_folder)
    assert record.exc_text == "ValueError: Zoë"  # that handler's own


def test_a_group_and_a_ring_of_errors_end(log_folder: Path) -> None:
    one, other = ValueError("Zoë"), KeyError("Zoë")
    one.__cause__, other.__cause__ = other, one

    logging.getLogger("coordinator.test").error("failed", exc_info=ExceptionGroup("Zoë", [one, other]))

    assert written(log_folder).endswith("failed: ExceptionGroup; from ValueError; from KeyError\n")


@pytest.mark.parametrize("order", ["\n2026-11-21 10:30:00,123 ERROR a: forged", "\x1b[2J", "\u202e"])
def test_an_entry_is_one_line_whatever_is_in_it(log_folder: Path, order: str) -> None:
    logging.getLogger("coordinator.test").warning("host %s", f"a{order}b")

    assert written(log_folder).count("\n") == 1
    assert order not in written(log_folder)


def test_what_a_thread_or_a_destructor_lets_fall_is_told_by_its_trail_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)

    def falls(*_: object) -> None:
        raise an_error_that_quotes("Zoë Ueda")

    tell_only_trails(told.append)
    thread = threading.Thread(target=falls)
    thread.start()
    thread.join()
    dropped = type("Dropped", (), {"__del__": falls})()
    del dropped

    assert [line.split(": ")[0] for line in told] == ["a thread ended", "not raised"]
    assert all("ValueError > " in line and "Zoë" not in line for line in told)


LOG_CALLS = {"debug", "info", "warning", "error", "exception", "critical", "log"}


def careless_log_calls(tree: ast.Module) -> list[int]:
    """Return the lines that log a text made on the spot, or have a handler of their own."""
    found = []
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = ast.unparse(call.func)
        owner, _, verb = name.rpartition(".")
        if owner in {"log", "logger", "logging"} and verb in LOG_CALLS:
            texts = [part for part in call.args if not _is_plain(part)]
            found += [part.lineno for part in texts]
        elif verb in {"basicConfig", "StreamHandler", "FileHandler", "print_exc", "format_exc"}:
            found.append(call.lineno)
    return found


def _is_plain(part: ast.expr) -> bool:
    made = (ast.JoinedStr, ast.BinOp)
    is_told = isinstance(part, ast.Call) and ast.unparse(part.func).split(".")[-1] in {
        "str",
        "repr",
        "format",
    }
    return not isinstance(part, made) and not is_told


@pytest.mark.parametrize(
    "text",
    ["log.error(f'{error}')", "log.error('%s', str(error))", "log.info('a' + name)", "traceback.print_exc()"],
)
def test_the_walk_sees_a_careless_log_call(text: str) -> None:
    assert careless_log_calls(ast.parse(text))


def test_no_log_call_makes_a_text_the_formatter_cannot_see_through() -> None:
    assert found_by(careless_log_calls) == {}


@pytest.mark.parametrize("piece", ["x", "5", "555-", "a.", "+1 ", "@", "a@", "(207) "])
def test_a_long_line_is_cut_and_takes_no_time(piece: str) -> None:
    before = process_time()

    assert len(logs.redacted(piece * 300_000)) <= 20_000 * 2

    assert process_time() - before < 2


def test_the_log_is_private_and_does_not_grow_for_ever(log_folder: Path) -> None:
    # Straight to the file: pytest keeps and dresses whatever the root logger gets.
    handlers = [one for one in logging.getLogger().handlers if isinstance(one, RotatingFileHandler)]
    (file,) = [one for one in handlers if Path(one.baseFilename).parent == log_folder]
    for _ in range(300):
        file.handle(logging.makeLogRecord({"msg": "x" * 900_000, "levelno": logging.INFO}))

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
        [sys.executable, "-c", program], cwd=Path(__file__).parents[3], check=False, capture_output=True
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
            cwd=Path(__file__).parents[3],
            check=True,
            capture_output=True,
            text=True,
        )
        assert ended.stdout == "''\n"
