"""Triggers that keep what must never change, for migrations to set.

They hold against every program that opens the file, ours included.
"""

from typing import Final

from alembic import op

_SQLITE: Final = """
CREATE TRIGGER {table}_{change}_refused BEFORE {change} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""

_FUNCTION: Final = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
"""

_POSTGRESQL: Final = """
CREATE TRIGGER {table}_{change}_refused BEFORE {change} ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""


def append_only(*tables: str) -> None:
    """Refuse every UPDATE and DELETE on *tables*."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if not is_sqlite:
        op.execute(_FUNCTION)
    for table in tables:
        for change in ("UPDATE", "DELETE"):
            op.execute((_SQLITE if is_sqlite else _POSTGRESQL).format(table=table, change=change))
