"""Checking a network: is the file whole, does everything agree with the history, do the lots add up?"""

from __future__ import annotations

from pathlib import Path

from coordinator.db.checks import check_session
from coordinator.db.database import Database, sqlite_path
from coordinator.db.migrations import HISTORY, revision_of
from coordinator.domain.records.checks import Check, Fault, FaultKind
from coordinator.domain.records.keys import Key
from coordinator.errors import DamagedFileError, NotANetworkError, WrongKeyError
from coordinator.services.records.backups import undo_what_was_killed
from coordinator.services.records.known_slots import is_key_of


def check_network(database: Database) -> Check:
    """Return what the whole form of the check finds in an open network. It changes nothing."""
    with database.reading() as session:
        return check_session(session, database.today())


def check_at(url: str | Path, *, key: Key | None = None) -> Check:
    """Return what the check finds at *url*, also where the network is too damaged to be opened.

    Of a network of an older program only the file itself is checked.

    Raises:
        NotANetworkError, NoNetworkError, WrongKeyError, NewerFileError: If there is nothing of ours to check.
    """
    path = sqlite_path(url)
    if path is not None:
        undo_what_was_killed(path)
    try:
        database = Database.open(url, key=key)
    except DamagedFileError:
        return Check(faults=(Fault(FaultKind.STRUCTURE, ""),))
    except (WrongKeyError, NotANetworkError):
        if path is not None and is_key_of(path, key):
            return Check(faults=(Fault(FaultKind.STRUCTURE, ""),))
        raise
    try:
        is_behind = revision_of(database) != HISTORY.revisions[-1]
        with database.reading() as session:
            return check_session(session, database.today(), only_file=is_behind)
    except DamagedFileError:
        return Check(faults=(Fault(FaultKind.STRUCTURE, ""),))
    finally:
        database.dispose()
