"""A maintainer's command: keep a network file of the newest schema, with a row in every table.

``python -m tests.integration.db.old_files`` writes ``tests/data/network-<step>.db``, and beside the step the
marks of what it made. Later programs must open the file with everything in it, so a file of a released step
is never written again.
"""

import sys
import textwrap
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from coordinator.db import audit
from coordinator.db.audit import AuditChangeRow, AuditRow
from coordinator.db.backups import make_backup
from coordinator.db.base import UtcDateTime
from coordinator.db.copies import fold_in_log
from coordinator.db.database import Database, utc_now
from coordinator.db.engine import connect_sqlite
from coordinator.db.migrations import HISTORY, bring_up_to_date
from coordinator.db.migrations.new import all_tables
from coordinator.db.schema import marks
from coordinator.domain.records.backups import BackupReason
from coordinator.domain.volume import Volume

DATA = Path(__file__).parents[2] / "data"
_GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


def main() -> Path:
    with TemporaryDirectory() as folder:
        database = Database.open(Path(folder) / "network.db", make=True)
        bring_up_to_date(database)
        with database.engine.begin() as connection:
            # The made-up values break rules; triggers are put back, and find none of them again.
            guards = connection.execute(sa.text(_GUARDS)).all()
            for name, _ in guards:
                connection.execute(sa.text(f"DROP TRIGGER {name}"))
            for table in all_tables().sorted_tables:
                connection.execute(
                    table.insert().values({column: a_value(column) for column in table.columns})
                )
            for _, made_by in guards:
                connection.exec_driver_sql(made_by)
        made = make_backup(database, Path(folder), utc_now(), BackupReason.BY_HAND)
        kept = DATA / f"network-{HISTORY.revisions[-1]}.db"
        kept.write_bytes(made.path.read_bytes())
        database.dispose()
    with closing(connect_sqlite(kept)) as connection:
        found = textwrap.fill("".join(marks(connection)), 96)
    (HISTORY.scripts / f"{HISTORY.revisions[-1]}.marks").write_text(f"{found}\n", "ascii")
    sys.stdout.write(f"Wrote {kept}\n")
    return kept


def a_value(column: sa.Column[Any]) -> object:
    """Return something that fits *column*: of what is counted one, of what refers the first."""
    if column.foreign_keys and column.nullable:
        return None
    if isinstance(column.type, sa.Enum):
        return column.type.python_type(column.type.enums[0])
    if isinstance(column.type, UtcDateTime):
        return utc_now()
    examples: dict[type, object] = {
        str: "1",
        int: 1,
        float: 1.0,
        bool: True,
        bytes: b"1",
        date: date(2026, 11, 21),
        datetime: utc_now(),
        time: time(9, 30),
        Volume: Volume(1_000_000),
    }
    kind = Volume if type(column.type).__name__ == "VolumeColumn" else column.type.python_type
    return examples[kind]


def make_history_whole(path: Path) -> None:
    """Let the one action in a kept file follow from nothing, as a real one would; its values were made up."""
    with closing(connect_sqlite(path)) as connection:
        guards = connection.execute(_GUARDS).fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        for change_id, *value in connection.execute("SELECT change_id, salt, before, after FROM audit_value"):
            digest = audit._digest(*value)
            connection.execute("UPDATE audit_change SET digest = ? WHERE id = ?", (digest, change_id))
    database = Database.open(path)
    with database.engine.begin() as connection:
        action = connection.execute(sa.select(*AuditRow.__table__.columns)).one()
        columns = (AuditChangeRow.table.label("table"), AuditChangeRow.row_id, AuditChangeRow.digest)
        changes = connection.execute(sa.select(*columns)).all()
        link = audit.link_of("", action, changes)
        connection.execute(sa.update(AuditRow).values(digest=link))
    database.dispose()
    with closing(connect_sqlite(path)) as connection:
        for _, sql in guards:
            connection.execute(sql)
        fold_in_log(connection)


if __name__ == "__main__":
    main()
