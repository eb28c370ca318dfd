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
    if not _is_sqlite():
        op.execute(_FUNCTION)
    for table in tables:
        for change in ("UPDATE", "DELETE"):
            op.execute((_SQLITE if _is_sqlite() else _POSTGRESQL).format(table=table, change=change))


_RULE_SQLITE: Final = """
CREATE TRIGGER {rule}_{change} AFTER {event} ON {table} WHEN {when}({broken})
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
CREATE TRIGGER {rule}_{change} AFTER {event} ON {table}
FOR EACH ROW {when}EXECUTE FUNCTION refuse_{rule}()
"""


def refuse_where(rule: str, table: str, columns: str, broken: str) -> None:
    """Refuse a row of *table* that is added, or gets another value in *columns*, where it is *broken*.

    Rows that break it already stay as they are: an upgrade must not fail for what an older program wrote,
    and what writes all columns of such a row can still work with it.
    """
    _make_function(rule, broken)
    _make_trigger(rule, table, broken, "added", "INSERT")
    _make_trigger(rule, table, broken, "changed", f"UPDATE OF {columns}", _is_changed(columns))


def refuse_added_where(rule: str, table: str, broken: str) -> None:
    """Refuse a new row of *table* that is *broken*; one that became so later can be worked with."""
    _make_function(rule, broken)
    _make_trigger(rule, table, broken, "added", "INSERT")


def refuse_change_where(rule: str, table: str, columns: str, broken: str) -> None:
    """Refuse another value in *columns* of a row where *broken* holds of ``NEW`` and ``OLD``."""
    _make_function(rule, broken)
    _make_trigger(rule, table, broken, "changed", f"UPDATE OF {columns}", _is_changed(columns))


def refuse_removal_where(rule: str, table: str, broken: str) -> None:
    """Refuse to take a row of *table* away where *broken* holds of ``OLD``."""
    _make_function(rule, broken)
    _make_trigger(rule, table, broken, "removed", "DELETE")


def _is_changed(columns: str) -> str:
    """Return what holds where a row gets another value in one of *columns*, not the same once more."""
    differs = "IS NOT" if _is_sqlite() else "IS DISTINCT FROM"
    return " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in columns.split(", "))


def _make_function(rule: str, broken: str) -> None:
    if not _is_sqlite():
        op.execute(_RULE_FUNCTION.format(rule=rule, broken=broken))


def _make_trigger(rule: str, table: str, broken: str, change: str, event: str, changed: str = "") -> None:
    """Make one trigger; PostgreSQL asks in its function what is *broken*: its WHEN asks no other table."""
    if _is_sqlite():
        when = f"({changed}) AND " if changed else ""
        made = _RULE_SQLITE.format(
            rule=rule, change=change, event=event, table=table, when=when, broken=broken
        )
    else:
        when = f"WHEN ({changed}) " if changed else ""
        made = _RULE_POSTGRESQL.format(rule=rule, change=change, event=event, table=table, when=when)
    op.execute(made)


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
