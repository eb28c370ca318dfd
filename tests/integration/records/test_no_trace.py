"""A locked network, and everything the program leaves on a computer, shows no secret to anybody else."""

from __future__ import annotations

import argparse
import faulthandler
import gc
import logging
import os
import sqlite3
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import sqlalchemy.exc

import coordinator.errors
from coordinator.adapters.computer import logs
from coordinator.bootstrap import make_network, open_database
from coordinator.cli import start
from coordinator.cli.arguments.every_command import parser
from coordinator.db.choices import ChoiceRow
from coordinator.db.donors import DonorRow
from coordinator.db.facts import FactRow
from coordinator.db.households import HouseholdRow
from coordinator.domain.records.history import Action
from coordinator.error_trail import tell_only_trails, trail
from coordinator.folders import data_folder, log_folder
from coordinator.services.families.households import change_profile
from coordinator.services.paper.recovery import save_recovery_sheet
from coordinator.services.records import locking
from coordinator.services.records.backups import back_up_now, backups_of
from coordinator.services.records.history import undo
from tests.builders import TODAY
from tests.faults.locked_scenes import cheap_slots
from tests.known_secrets import (
    HEALTH,
    NOTES,
    PASSPHRASE,
    forms_of_key,
    secrets,
    shown_in,
    told_to,
)


@dataclass(frozen=True)
class Home:
    """Everything that belongs to a user of the program, and where her network is."""

    folder: Path
    network: Path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """Give a home in which this process lives, with a log of every level."""
    folder = tmp_path / "home"
    for name, place in {
        "HOME": "",
        "XDG_DATA_HOME": ".local/share",
        "XDG_CONFIG_HOME": ".config",
        "XDG_STATE_HOME": ".local/state",
        "XDG_CACHE_HOME": ".cache",
        "TMPDIR": "tmp",
    }.items():
        (folder / place).mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv(name, str(folder / place))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.chdir(folder)
    with cheap_slots(), logging_everything(log_folder()):
        yield Home(folder, data_folder() / "network.db")


@contextmanager
def logging_everything(folder: Path) -> Iterator[None]:
    """Log of every level, of whoever says anything."""
    root = logging.getLogger()
    level, hooks, crash_noted = (
        root.level,
        (threading.excepthook, sys.unraisablehook),
        faulthandler.is_enabled(),
    )
    others = list(root.handlers)
    root.handlers.clear()
    handler = logs.set_up(folder, level=1)
    note = logs.note_crashes(folder)
    assert note is not None
    try:
        yield
        faulthandler.dump_traceback(note)
    finally:
        threading.excepthook, sys.unraisablehook = hooks
        root.handlers[:] = others
        root.setLevel(level)
        handler.close()
        faulthandler.disable()
        note.close()
        if crash_noted:
            faulthandler.enable()


def test_none_of_fifty_secrets_is_anywhere_once_the_network_is_locked(home: Home, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    database = open_database(make_network(home.network), alone=True, origin="window")
    codes = told_to(database, TODAY)
    undo(database)
    for folder in (None, stick):
        back_up_now(database, folder=folder)
    told = secrets("")[:48]
    plain = shown_in((home.network.parent,), told)
    assert {one for file in plain.values() for one in file} == set(told), "the search finds them"

    key = locking.lock_open(database, PASSPHRASE).key
    words = locking.new_recovery_words(
        home.network,
        PASSPHRASE,
        keep=lambda new: save_recovery_sheet(home.network, new, tmp_path / "sheet.pdf"),
    )
    told = secrets(words)
    change_profile(database, codes[0], "notes", NOTES[1])
    back_up_now(database, folder=stick)
    back_up_now(database)
    assert home.network.with_name("network.db-wal").stat().st_size > 0
    assert len(backups_of(home.network)) > 3
    assert shown_in((home.folder, stick), told) == {}, "while it is open"
    database.dispose()
    locking.change_passphrase(home.network, words, f"{PASSPHRASE}, too")
    open_database(home.network, key=key).dispose()
    assert shown_in((home.folder, stick), told) == {}
    for path in (*home.folder.rglob("*"), *stick.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        assert not any(form in content for form in forms_of_key(key)), path
        assert not path.is_file() or path.stat().st_mode & 0o077 == 0, f"{path} is for everybody to read"


def private_errors() -> Iterator[BaseException]:
    """Give an error of every kind: ours, the database's and Python's; each quotes something private."""
    for kind in every_kind(Exception):
        with suppress(Exception):
            error = kind.__new__(kind)
            error.args = (f"({HEALTH[0]}) {NOTES[0]}",)
            error.add_note(NOTES[1])
            error.__cause__ = ValueError(NOTES[2])
            error.__dict__.update(params={"name": NOTES[3]}, statement=NOTES[4], orig=KeyError(NOTES[5]))
            error.__dict__.update(hide_parameters=True, code=None, detail=[], ismulti=False)
            yield error


def every_kind(of: type[BaseException]) -> Iterator[type[BaseException]]:
    for kind in of.__subclasses__():
        if kind.__module__.partition(".")[0] in {
            "coordinator",
            "sqlalchemy",
            "builtins",
            "sqlcipher3",
            "json",
        }:
            yield kind
        yield from every_kind(kind)


def test_whatever_goes_wrong_is_noted_without_a_word_that_was_told(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log = logging.getLogger("coordinator.anything")
    tell_only_trails(log.error)
    kinds = set()

    def failing(_words: object) -> None:
        raise error

    monkeypatch.setattr(start, "_run", failing)
    monkeypatch.setattr(start, "_open_log", lambda: None)
    for error in private_errors():
        kinds.add(type(error))
        private = NOTES[6]  # noqa: F841 - a local name that an account of the frames would quote
        with suppress(type(error)):
            failing(None)
        log.debug("it failed: %s", error, exc_info=error)
        log.warning("%(what)s", {"what": error})
        assert not any(one in trail(error) for one in (*NOTES, *HEALTH))
        if type(error).__module__ == "sqlalchemy.exc" and type(error).__name__.endswith("Error"):
            start.main(["new"])
        thread = threading.Thread(target=failing, args=(None,))
        thread.start()
        thread.join()
    assert {coordinator.errors.UserError, sa.exc.IntegrityError, sqlite3.Error, OSError} <= {
        base for kind in kinds for base in kind.__mro__
    } | {sqlite3.Error}
    assert len(kinds) > 100

    said = capsys.readouterr()
    assert not any(one in said.out + said.err for one in (*NOTES, *HEALTH))
    assert (log_folder() / logs.LOG_NAME).stat().st_size > 10_000
    assert shown_in((home.folder,), (*NOTES, *HEALTH)) == {}


def test_what_the_database_refuses_is_noted_without_the_row(home: Home) -> None:
    database = open_database(make_network(home.network))
    codes = told_to(database, TODAY)
    log = logging.getLogger("coordinator.anything")
    refused = []
    for change in REFUSED:
        try:
            with database.writing(Action("test.refused", "Changed something")) as session:
                change(session)
        except Exception:
            refused.append(change)
            log.exception("refused")
    assert refused == list(REFUSED)
    with suppress(Exception):
        change_profile(database, codes[0], "zip_code", NOTES[0])
    with suppress(Exception):
        change_profile(database, NOTES[0], "name", HEALTH[0])
    for name in ("sqlalchemy.engine.Engine", "sqlalchemy.pool", "sqlalchemy.orm"):
        assert not logging.getLogger(name).isEnabledFor(logging.INFO), f"{name} would tell every row"
    locking.lock_open(database, PASSPHRASE)
    database.dispose()
    assert shown_in((home.folder,), secrets("")[:48]) == {}


# What no code of ours would write: the types are left behind on purpose.
_FAMILY: Any = HouseholdRow
_FACT: Any = FactRow
_CHOICE: Any = ChoiceRow


def _twice(session: sa.orm.Session) -> None:
    first = session.scalars(sa.select(DonorRow)).first()
    assert first is not None
    session.add(_FAMILY(id=first.household_id, name=NOTES[0], name_on_paper=NOTES[1]))


def _no_text(session: sa.orm.Session) -> None:
    session.add(_FAMILY(name={NOTES[0]: HEALTH[0]}, name_on_paper=NOTES[1]))


def _no_kind(session: sa.orm.Session) -> None:
    session.add(_FACT(kind=NOTES[0], donor_id=1, subject=HEALTH[0], raw=NOTES[1]))


def _no_choice(session: sa.orm.Session) -> None:
    session.add(_CHOICE(chosen_by=NOTES[0], noted_by=NOTES[1]))


def _too_large(session: sa.orm.Session) -> None:
    session.add(_FAMILY(id=2**80, name=NOTES[0], name_on_paper=NOTES[1]))


def _no_such_column(session: sa.orm.Session) -> None:
    session.execute(sa.text("SELECT :what FROM nowhere"), {"what": NOTES[0]})


REFUSED: tuple[Callable[[sa.orm.Session], None], ...] = (
    _twice, _no_text, _no_kind, _no_choice, _too_large, _no_such_column,
)  # fmt: skip


def test_no_command_takes_a_secret_where_ps_shows_it(home: Home) -> None:
    def every(of: argparse.ArgumentParser) -> Iterator[argparse.Action]:
        for action in of._actions:
            yield action
            if isinstance(action, argparse._SubParsersAction):
                for one in set(action.choices.values()):
                    yield from every(one)

    secret = [
        action
        for action in every(parser())
        if any(
            word in f"{action.dest} {action.option_strings}" for word in ("pass", "secret", "words", "key")
        )
    ]
    assert {tuple(action.option_strings) for action in secret if "phrase" in action.dest} == {
        ("--passphrase-fd",)
    }
    for action in secret:
        assert "phrase" not in action.dest or action.type is int


def test_what_is_made_on_the_way_lies_nowhere_else(home: Home) -> None:
    """Paper, lists, the way through a command: each file that is written is the one that was asked for."""
    database = open_database(make_network(home.network))
    told_to(database, TODAY)
    database.dispose()
    outside = home.folder / "asked for"
    outside.mkdir()
    before = {path for path in home.folder.rglob("*") if path.is_file()}
    with written() as files:
        for words in (
            ("donors",),
            ("recipients", "--json"),
            ("match", "R-0001"),
            ("map", "-o", str(outside / "map.pdf")),
            ("form", "--kind", "donor", "--to", str(outside)),
            ("backup",),
        ):
            at = ("--database", f"sqlite:///{home.network}", "--today", TODAY.isoformat())
            assert start.main([*words, *at]) == 0, words
    gc.collect()
    allowed = (home.network.parent, outside, log_folder(), home.folder / ".cache")
    assert files, "the watching works"
    strange = {path for path in files if not any(path.is_relative_to(one) for one in allowed)}
    assert strange == set()
    assert list((home.folder / "tmp").iterdir()) == []
    locking.lock_network(home.network, PASSPHRASE)
    new = {path for path in home.folder.rglob("*") if path.is_file()} - before
    assert new
    shown = shown_in((home.folder,), secrets("")[:48])
    assert {name for name in shown if not name.startswith("asked for")} == set()


_watching: list[set[Path]] = []


@contextmanager
def written() -> Iterator[set[Path]]:
    """Give the files that Python opens to write in the block; what is no file of a disk is left out."""
    if not _hooked:
        sys.addaudithook(_look)
        _hooked.append(True)
    _watching.append(set())
    try:
        yield _watching[-1]
    finally:
        _watching.pop()


_hooked: list[bool] = []


def _look(event: str, arguments: tuple[object, ...]) -> None:
    if event != "open" or not _watching:
        return
    path, mode, flags = arguments
    writes = any(one in str(mode) for one in "wax+") if mode else int(str(flags)) & (os.O_WRONLY | os.O_RDWR)
    if writes and isinstance(path, str | bytes | os.PathLike) and os.fsdecode(path) != os.devnull:
        _watching[-1].add(Path(os.fsdecode(path)).absolute())
