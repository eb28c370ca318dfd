"""A case needs two things nothing else tells: that a side of a hold was asked, and a family after its milk."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"


def upgrade() -> None:
    """Take the step, without rebuilding a table: on SQLite that loses its CHECKs and the numbers given."""
    op.create_table(
        "hold_contact",
        sa.Column("hold_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hold_id"], ["hold.id"], name=op.f("fk_hold_contact_hold_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold_contact")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("hold_contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hold_contact_hold_id"), ["hold_id"], unique=False)
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked_after_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("asked_after", sa.String(), server_default="", nullable=False))
