"""What an overruling was told as codes, and how old the milk may be that a family takes."""

import json
import re
from string import Formatter

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

OLD_REASONS: tuple[tuple[str, str], ...] = ()
"""The sentences of a "not a fit" that somebody may have overruled, as programs of step 0005 wrote them: code
and words with parameters. The longest that stands in what was told is what was overruled."""


def upgrade() -> None:
    """Take the step, without rebuilding a table: on SQLite that loses its CHECKs and the numbers given."""
    with op.batch_alter_table("recipient", schema=None) as batch_op:
        batch_op.add_column(sa.Column("oldest_milk_months", sa.Integer(), nullable=True))
    with op.batch_alter_table("overruling", schema=None) as batch_op:
        batch_op.add_column(sa.Column("told", sa.String(), server_default="", nullable=False))
    _give_codes(op.get_bind())


def _give_codes(connection: sa.Connection) -> None:
    overruling = sa.table("overruling", sa.column("id"), sa.column("disclosed"), sa.column("told"))
    for number, disclosed in connection.execute(sa.select(overruling.c.id, overruling.c.disclosed)).all():
        if told := key_of(disclosed):
            connection.execute(overruling.update().where(overruling.c.id == number).values(told=told))


def key_of(disclosed: str) -> str:
    """Return a list, as JSON, with the key of the reason that *disclosed* tells; empty if it tells none."""
    found = [
        (found[0], json.dumps([code, found.groupdict()], ensure_ascii=False))
        for code, words in OLD_REASONS
        for found in re.finditer(_pattern(words), disclosed)
    ]
    return json.dumps([max(found, key=lambda one: len(one[0]))[1]]) if found else ""


def _pattern(words: str) -> str:
    pattern, seen = "", set()
    for text, name, _, _ in Formatter().parse(words):
        pattern += re.escape(text)
        if name:
            pattern += f"(?P={name})" if name in seen else f"(?P<{name}>[^;\n]+)"
            seen.add(name)
    return pattern
