"""Families that are forgotten, since when."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Take the step, without rebuilding a table."""
    with op.batch_alter_table("household", schema=None) as batch_op:
        batch_op.add_column(sa.Column("forgotten_on", sa.Date(), nullable=True))
