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


_RULE_SQLITE: Final = """
CREATE TRIGGER {rule}_{change} AFTER {when} ON {table} WHEN {broken}
BEGIN SELECT RAISE(ABORT, '{rule}'); END
"""

_RULE_FUNCTION: Final = """
CREATE FUNCTION refuse_{rule}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
IF {broken} THEN
RAISE EXCEPTION '{rule}' USING ERRCODE = 'check_violation', CONSTRAINT = '{rule}';
END IF;
RETURN NULL;
END $$
"""

_RULE_POSTGRESQL: Final = """
CREATE TRIGGER {rule}_{change} AFTER {when} ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_{rule}()
"""


def refuse_where(rule: str, table: str, columns: str, broken: str) -> None:
    """Refuse a row of *table* that is added, or changed in *columns*, where *broken* holds of ``NEW``.

    Rows that break it already stay as they are: an upgrade must not fail for what an older program wrote.
    """
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if not is_sqlite:
        op.execute(_RULE_FUNCTION.format(rule=rule, broken=broken))
    for change, when in (("added", "INSERT"), ("changed", f"UPDATE OF {columns}")):
        made = _RULE_SQLITE if is_sqlite else _RULE_POSTGRESQL
        op.execute(made.format(rule=rule, change=change, when=when, table=table, broken=broken))
