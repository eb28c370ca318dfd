"""Milk that a run left with its volunteer, and what was taken out of it."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Take the step, without rebuilding a table: what was left behind before is with its donor, as it was."""
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("with_driver", sa.BigInteger(), server_default="0", nullable=False))

    with op.batch_alter_table("hold", schema=None) as batch_op:
        batch_op.add_column(sa.Column("carried_from", sa.String(length=12), server_default="", nullable=False))

    with op.batch_alter_table("lot_fate", schema=None) as batch_op:
        batch_op.add_column(sa.Column("carried_from", sa.String(length=12), server_default="", nullable=False))
