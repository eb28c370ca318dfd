"""Somebody in our process read the network's files, and so dropped our locks: nothing saved is lost."""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
import sqlcipher3.dbapi2
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from coordinator.bootstrap import Database
from coordinator.db.errors import SQLITE_PROTOCOL
from coordinator.errors import ExchangedError
from tests.faults.replay import drop_locks
from tests.faults.scenes import add, names
from tests.networks import opened_network

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a lock belongs to a handle on Windows")


@pytest.fixture
def window(tmp_path: Path) -> Database:
    """Open a network as a window does, save once, and lose every lock."""
    database = opened_network(tmp_path / "network.db", alone=True)
    add(database, "Ada")
    drop_locks(tmp_path / "network.db")
    return database


def somebody_saves_and_closes(path: Path) -> None:
    writer = [sys.executable, "-m", "tests.integration.db.writer_process", str(path), "1"]
    subprocess.run(writer, check=True, capture_output=True)


def test_what_another_program_saved_meanwhile_is_there_too(window: Database) -> None:
    assert window.path is not None
    somebody_saves_and_closes(window.path)

    with pytest.raises(ExchangedError, match="nothing that was saved is lost"):
        add(window, "Bo")

    add(window, "Bo")
    assert names(window) == ["Ada", "D-0001", "Bo"]
    window.dispose()


def test_locks_that_are_missed_at_the_commit_are_told_and_what_is_told_as_not_done_was_not(
    window: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    class LocksMissedOnce(Session):
        """Says once what SQLite says when it finds its locks gone; when it does depends on microseconds."""

        def commit(self) -> None:
            monkeypatch.undo()
            error = sqlcipher3.dbapi2.OperationalError("locking protocol")
            error.sqlite_errorcode = SQLITE_PROTOCOL
            raise DBAPIError("COMMIT", None, error)

    monkeypatch.setattr(window, "_writers", partial(LocksMissedOnce, window.engine))
    with pytest.raises(ExchangedError, match="the last step was not done"):
        add(window, "Bo")

    assert names(window) == ["Ada"]
    add(window, "Bo")
    assert names(window) == ["Ada", "Bo"]
    window.dispose()
