"""A maintainer's command: write the next migration from the difference between tables and history.

``python -m coordinator.db.migrations.new "message"``, then read and correct what it wrote and run
the tests. ``--first`` writes 0001 anew, as long as nothing is released.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sa
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext

import coordinator.db
from coordinator.db.base import Base
from coordinator.db.database import Database
from coordinator.db.migrations import HISTORY, bring_up_to_date
from coordinator.terminal import say

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext
    from alembic.operations.ops import MigrationScript

_TEMPLATE = '''"""{message}."""

import sqlalchemy as sa
from alembic import op

from coordinator.db.migrations import guards

revision = "{revision}"
down_revision = {before!r}


def upgrade() -> None:
    """Take the step."""
    {body}
'''

_APPEND_ONLY = '\n    guards.append_only("audit", "audit_change")'


def main(arguments: list[str]) -> Path:
    """Write the next step; return its file."""
    parser = argparse.ArgumentParser(prog="python -m coordinator.db.migrations.new")
    parser.add_argument("message", help="one line: what changes, and why")
    parser.add_argument(
        "--first", action="store_true", help="write 0001 anew (before the first release only)"
    )
    chosen = parser.parse_args(arguments)
    known = () if chosen.first else HISTORY.revisions
    number = f"{max(map(int, known), default=0) + 1:04d}"
    body = _difference(upgraded=bool(known)) + (_APPEND_ONLY if chosen.first else "")
    if chosen.first:
        for old in HISTORY.scripts.glob(f"{number}_*.py"):
            old.unlink()
    slug = re.sub(r"\W+", "_", chosen.message.casefold()).strip("_")[:40]
    path = HISTORY.scripts / f"{number}_{slug}.py"
    path.write_text(
        _TEMPLATE.format(
            message=chosen.message.rstrip("."),
            revision=number,
            before=known[-1] if known else None,
            body=body,
        ),
        encoding="utf-8",
    )
    say(f"Wrote {path}: read it before you trust it.")
    return path


def all_tables() -> sa.MetaData:
    """Return the metadata with the tables of every module in ``coordinator.db``."""
    for module in pkgutil.iter_modules(coordinator.db.__path__):
        importlib.import_module(f"coordinator.db.{module.name}")
    return Base.metadata


def difference(connection: sa.Connection) -> MigrationScript:
    """Return what is missing on *connection*, or too much, compared with our tables."""
    options = {"render_as_batch": True, "render_item": _render, "compare_type": True}
    context = MigrationContext.configure(connection, opts=options)
    return produce_migrations(context, all_tables())


def _difference(*, upgraded: bool) -> str:
    """Return the Python of the step from the known history, or from nothing, to the tables."""
    with TemporaryDirectory() as folder:
        database = Database.open(Path(folder) / "scratch.db", make=True)
        if upgraded:
            bring_up_to_date(database)
        with database.engine.connect() as connection:
            step = difference(connection)
        database.dispose()
    operations = step.upgrade_ops
    code = render_python_code(operations, render_as_batch=True, render_item=_render) if operations else "pass"
    return "\n".join(line for line in code.splitlines() if "###" not in line).strip()


def _render(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:  # noqa: ANN401 - Alembic's own
    """Write a type of ours as what it is in the database: a migration must not change with the program."""
    if kind == "type" and isinstance(item, sa.Enum):
        return f"sa.String({item.length})"
    if kind == "type" and isinstance(item, sa.types.TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


if __name__ == "__main__":
    main(sys.argv[1:])
