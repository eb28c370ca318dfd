"""Odometers of a run, addresses looked up online."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "looked_up_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("server", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.Column("latitude_deg", sa.Double(), nullable=True),
        sa.Column("longitude_deg", sa.Double(), nullable=True),
        sa.Column("radius_miles", sa.Double(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("looked_up_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_looked_up_place")),
        sa.UniqueConstraint("server", "query", name=op.f("uq_looked_up_place_server")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("pickup", schema=None) as batch_op:
        batch_op.add_column(sa.Column("odometer_start_miles", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("odometer_end_miles", sa.Double(), nullable=True))
