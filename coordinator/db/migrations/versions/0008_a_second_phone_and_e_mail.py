"""A family's second phone and e-mail are kept: a cell often holds both."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Take the step, without rebuilding a table: on SQLite that loses its CHECKs and the numbers given."""
    with op.batch_alter_table("household", schema=None) as batch_op:
        batch_op.add_column(sa.Column("other_phone", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("other_email", sa.String(), server_default="", nullable=False))
