"""Opening the network for a command, and what is said when that is not so simple."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from coordinator import terminal
from coordinator.bootstrap import Database, default_database_url, make_network, open_database
from coordinator.cli.backups import list_lines
from coordinator.cli.task import ORIGIN
from coordinator.cli.unlocking import key_of
from coordinator.db.database import sqlite_path
from coordinator.domain.records.keys import Key
from coordinator.errors import AlreadyOpenError, BusyError, FileProblemError
from coordinator.folders import DATABASE_VARIABLE
from coordinator.sayings import Saying, saying
from coordinator.services.records import backups

Complain = Callable[[Saying], object]


@contextmanager
def opened_network(words: Namespace, complain: Complain, today: date) -> Iterator[Database]:
    """Give the network that *words* name and let go of it at the end, whatever happens.

    What the check found, or why it can only be read, is said beside the answer. Where it cannot be opened the
    backups are listed under the sentence.
    """
    with _place(words) as url:
        key = key_of(words, sqlite_path(url))
        try:
            database = open_database(url, key=key, origin=ORIGIN.code)
        except (AlreadyOpenError, BusyError):
            raise
        except FileProblemError as problem:
            raise _with_way_back(problem, url, today, key) from None
        database.today = lambda: today
        try:
            if database.refusal is not None:
                complain(saying("Opened to read only. {why}", why=str(database.refusal)))
            if database.faults:
                complain(saying("The check found faults in this network; “milkrun check” lists them."))
            yield database
        finally:
            database.dispose()


@contextmanager
def _place(words: Namespace) -> Iterator[str]:
    """Give the address of the network; the first import makes one in its usual place, and says so."""
    url = words.database or default_database_url()
    if words.command != "import" or words.database or os.environ.get(DATABASE_VARIABLE):
        yield url
        return
    path = sqlite_path(url)
    if path is None or path.exists() or backups.backups_of(path):
        yield url
    elif words.dry_run:
        with TemporaryDirectory(prefix="milkrun-") as folder:
            yield str(make_network(Path(folder) / "network.db"))
    else:
        made = str(make_network(path))
        terminal.say(saying("There was no network yet; an empty one was made: {path}", path=made))
        yield url


def _with_way_back(problem: FileProblemError, url: str, today: date, key: Key | None) -> FileProblemError:
    """Return *problem* with the backups listed under it, if there are any."""
    path = sqlite_path(url)
    known = [] if path is None else backups.backups_of(path)
    if not known:
        return problem
    lines = list_lines(backups.look_into(known, today, key))
    problem.more = (str(saying("“milkrun restore NAME” goes back to one of these backups:")), *lines)
    return problem
