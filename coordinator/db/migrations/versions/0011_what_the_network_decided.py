"""What the network decided once for every donor: names, figures and a panel, by whom and why."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "policy_decision",
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("is_clinician", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(decided_by) > 0", name=op.f("ck_policy_decision_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_decision")),
        sa.UniqueConstraint("kind", "subject", name=op.f("uq_policy_decision_kind")),
        sqlite_autoincrement=True,
    )
