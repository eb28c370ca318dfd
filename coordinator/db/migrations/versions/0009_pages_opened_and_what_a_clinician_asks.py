"""Who opened a page and found the same figure there, and what a clinician asks about a value."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Take the step, without rebuilding a table: on SQLite that loses its CHECKs and the numbers given."""
    op.create_table(
        "page_check",
        sa.Column("profile", sa.String(length=60), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(opened_by) > 0", name=op.f("ck_page_check_opened_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_check")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("page_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_page_check_profile"), ["profile"], unique=False)
    with op.batch_alter_table("policy_change", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("asked_by", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("asked_on", sa.Date(), nullable=True))
