"""What a donor and a family agreed on once, and what became of each of its days."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0012"


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "standing_pair",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("donor_id", sa.Integer(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("volume", sa.BigInteger(), nullable=False),
        sa.Column("is_a_day", sa.Boolean(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("in_month", sa.String(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= first_on", name=op.f("ck_standing_pair_ends_on")),
        sa.CheckConstraint("every_weeks > 0", name=op.f("ck_standing_pair_every_weeks")),
        sa.CheckConstraint("volume > 0", name=op.f("ck_standing_pair_volume")),
        sa.CheckConstraint("weekday >= 0 AND weekday < 7", name=op.f("ck_standing_pair_weekday")),
        sa.ForeignKeyConstraint(
            ["donor_id"], ["donor.id"], name=op.f("fk_standing_pair_donor_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["recipient_id"],
            ["recipient.id"],
            name=op.f("fk_standing_pair_recipient_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_pair")),
        sa.UniqueConstraint("code", name=op.f("uq_standing_pair_code")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("standing_pair", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_standing_pair_donor_id"), ["donor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_standing_pair_recipient_id"), ["recipient_id"], unique=False)

    op.create_table(
        "standing_day",
        sa.Column("standing_pair_id", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("is_skipped", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["standing_pair_id"],
            ["standing_pair.id"],
            name=op.f("fk_standing_day_standing_pair_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_day")),
        sa.UniqueConstraint("standing_pair_id", "on_day", name=op.f("uq_standing_day_standing_pair_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "standing_hold",
        sa.Column("standing_day_id", sa.Integer(), nullable=False),
        sa.Column("hold_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hold_id"], ["hold.id"], name=op.f("fk_standing_hold_hold_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["standing_day_id"],
            ["standing_day.id"],
            name=op.f("fk_standing_hold_standing_day_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_hold")),
        sa.UniqueConstraint("hold_id", name=op.f("uq_standing_hold_hold_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("standing_hold", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_standing_hold_standing_day_id"), ["standing_day_id"], unique=False
        )
