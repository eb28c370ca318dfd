"""A family that was asked by message: the numbers its questions were sent with, to read the reply by."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "family_message",
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_family_message_household_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_message")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_family_message_household_id"), "family_message", ["household_id"])
    op.create_table(
        "family_message_item",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("hold_code", sa.String(), nullable=False),
        sa.Column("side", sa.String(40), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["family_message.id"],
            name=op.f("fk_family_message_item_message_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_message_item")),
        sa.UniqueConstraint("message_id", "number", name=op.f("uq_family_message_item_message_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_family_message_item_question_id"), "family_message_item", ["question_id"])
