"""Milk that was no fit and came all the same: what is against it, and whether somebody rang the family."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Take the step, without rebuilding a table."""
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("against", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("against_dealt_on", sa.Date(), nullable=True))
