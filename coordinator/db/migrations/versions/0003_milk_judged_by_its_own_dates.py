"""Milk judged by its own dates."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Take the step, without rebuilding a table: on SQLite that loses its CHECKs and the numbers given."""
    op.create_table(
        "policy_profile",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("base", sa.String(length=60), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_profile")),
        sa.UniqueConstraint("key", name=op.f("uq_policy_profile_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "policy_change",
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("clinician", sa.String(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["policy_profile.id"],
            name=op.f("fk_policy_change_profile_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_change")),
        sa.UniqueConstraint("profile_id", "rule", name=op.f("uq_policy_change_profile_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "deferral",
        sa.Column("donor_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("until_on IS NULL OR from_on <= until_on", name=op.f("ck_deferral_interval")),
        sa.ForeignKeyConstraint(
            ["donor_id"], ["donor.id"], name=op.f("fk_deferral_donor_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deferral")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("deferral", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deferral_donor_id"), ["donor_id"], unique=False)

    op.create_table(
        "medicine_decision",
        sa.Column("donor_id", sa.Integer(), nullable=False),
        sa.Column("medicine", sa.String(), nullable=False),
        sa.Column("decision", sa.String(40), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["donor_id"], ["donor.id"], name=op.f("fk_medicine_decision_donor_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_medicine_decision")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("medicine_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_medicine_decision_donor_id"), ["donor_id"], unique=False)

    op.create_table(
        "sign_off",
        sa.Column("donor_id", sa.Integer(), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["donor_id"], ["donor.id"], name=op.f("fk_sign_off_donor_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("sign_off", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_off_donor_id"), ["donor_id"], unique=False)

    op.create_table(
        "overruling",
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.String(40), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("disclosed", sa.String(), nullable=False),
        sa.Column("donor_id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_overruling_name")),
        sa.ForeignKeyConstraint(
            ["donor_id"], ["donor.id"], name=op.f("fk_overruling_donor_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lot.id"], name=op.f("fk_overruling_lot_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["recipient.id"], name=op.f("fk_overruling_recipient_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overruling")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("overruling", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_overruling_recipient_id"), ["recipient_id"], unique=False)

    with op.batch_alter_table("donor", schema=None) as batch_op:
        batch_op.add_column(sa.Column("state_note", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("bereaved", sa.Boolean(), server_default="0", nullable=False))

    with op.batch_alter_table("fact", schema=None) as batch_op:
        batch_op.add_column(sa.Column("recorded_by", sa.String(), server_default="", nullable=False))

    with op.batch_alter_table("household", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ring_times", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("first_spoken_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("first_spoken_how", sa.String(40), nullable=True))

    with op.batch_alter_table("lot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("place", sa.String(40), nullable=True))
        batch_op.add_column(sa.Column("thawed_on", sa.Date(), nullable=True))
    op.create_table(
        "lot_split",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("from_lot_id", sa.Integer(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_lot_id"], ["lot.id"], name=op.f("fk_lot_split_from_lot_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_lot_split_lot_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_split")),
        sa.UniqueConstraint("lot_id", name=op.f("uq_lot_split_lot_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("lot_split", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lot_split_from_lot_id"), ["from_lot_id"], unique=False)

    with op.batch_alter_table("recipient", schema=None) as batch_op:
        batch_op.add_column(sa.Column("washout_days", sa.String(), server_default="", nullable=False))

    # What was "current" has been offered to families: with questions still open she is asked first.
    op.execute("""
        UPDATE donor SET state = CASE WHEN EXISTS (
            SELECT 1 FROM question WHERE question.household_id = donor.household_id AND question.state = 'open'
        ) THEN 'questions' ELSE 'can offer' END
        WHERE state = 'current'
    """)
