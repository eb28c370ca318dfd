"""The schema's history, brought up to date at every start.

Alembic costs 0.4 s to import, so ``alembic_version`` is read with plain SQL first and Alembic is
imported only for a file that is behind. A new file is made by running the same migrations, and a test
compares what they build with the tables in ``coordinator/db``.

To change the schema, edit the tables, then let a maintainer's command write the step and read what it wrote::

    python -m coordinator.db.migrations.new "one line that says what and why"

Until the first release ``--first`` writes 0001 anew instead of adding a step. Either way keep a file of the
new step for the tests of later ones: ``python -m tests.integration.db.old_files`` writes it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

from coordinator.db.database import Database
from coordinator.db.engine import for_reading
from coordinator.db.errors import told_in_sentences
from coordinator.errors import NewerFileError, NotANetworkError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class History:
    """The steps of a schema, oldest first, and the folder with their scripts."""

    revisions: tuple[str, ...]
    scripts: Path


def history_in(scripts: Path) -> History:
    """Return the steps whose scripts lie in *scripts*."""
    return History(tuple(sorted(script.name[:4] for script in scripts.glob("[0-9]*.py"))), scripts)


HISTORY: Final = history_in(Path(__file__).parent / "versions")


def bring_up_to_date(
    database: Database, *, before_upgrade: Callable[[], object] | None = None, history: History = HISTORY
) -> bool:
    """Run the migrations that *database* lacks, all of them or none; return whether there were any.

    Args:
        database: Nobody else should have it open, though a second run waits and then finds nothing to do.
        before_upgrade: Called before a database with data in it is touched: the place for a backup.
        history: Whose schema; tests bring their own.

    Raises:
        NewerFileError: If a newer program was here before.
        NotANetworkError: If it holds tables, and not ours.
    """
    with told_in_sentences():
        revision = revision_of(database, history)
        if revision == history.revisions[-1]:
            return False
        if revision is not None and before_upgrade is not None:
            before_upgrade()
        # Only now: 0.4 s.
        from coordinator.db.migrations.upgrade import upgrade  # noqa: PLC0415 - Alembic costs 0.4 s

        log.info("upgrading the schema from %s to %s", revision, history.revisions[-1])
        upgrade(database, history)
        return True


def revision_of(database: Database, history: History = HISTORY) -> str | None:
    """Return the last step the database has taken, None for an empty one.

    Raises:
        NewerFileError, NotANetworkError: As :func:`bring_up_to_date`.
    """
    with told_in_sentences(), for_reading(database.engine).connect() as connection:
        return read_revision(connection, history)


def read_revision(connection: Connection, history: History) -> str | None:
    """Return the step that *connection* sees; see :func:`revision_of`."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    if "alembic_version" not in tables:
        raise NotANetworkError
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    if revision is not None and revision not in history.revisions:
        raise NewerFileError(str(revision)) if _looks_like_ours(str(revision)) else NotANetworkError
    return revision


def _looks_like_ours(revision: str) -> bool:
    """Our steps are numbered with four digits; other programs' are hexadecimal."""
    return len(revision) == 4 and revision.isdecimal()
