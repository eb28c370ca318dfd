"""Formula that a family tops up with, and decisions about a medicine that hold for the whole network."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Take the step, without rebuilding a table: on SQLite that loses its CHECKs and the numbers given."""
    op.create_table(
        "network_decision",
        sa.Column("medicine", sa.String(), nullable=False),
        sa.Column("decision", sa.String(40), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_decision")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("recipient", schema=None) as batch_op:
        batch_op.add_column(sa.Column("formula", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("formula_mentioned", sa.BigInteger(), nullable=True))
