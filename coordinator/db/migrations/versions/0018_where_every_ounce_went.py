"""Every ounce has a home: what no family got, what a family used, and who signed for what came.

The database holds that no more of a lot is gone than was offered of it. Left to the program is the step in
which a lot is split: its later part takes holds with it before it takes their milk, also where that is undone
or done again. A split changes the lot's newest day, and nothing else changes both.
"""

import sqlalchemy as sa
from alembic import op

from coordinator.db.migrations import guards

revision = "0018"
down_revision = "0017"


def _gone(lot: str) -> str:
    """Return what of the lot with the id *lot* was delivered, lost or went another way."""
    return (
        "COALESCE((SELECT SUM(came.delivered + came.lost) FROM delivery AS came"
        f" JOIN hold ON hold.id = came.hold_id WHERE hold.lot_id = {lot}), 0)"
        f" + COALESCE((SELECT SUM(other.volume) FROM lot_fate AS other WHERE other.lot_id = {lot}), 0)"
    )


_LOT_OF_HOLD = "(SELECT of_it.lot_id FROM hold AS of_it WHERE of_it.id = NEW.hold_id)"

_RULES = (
    ("lot_fate_kind", "lot_fate", "fate", "NEW.fate NOT IN ('kept', 'discarded', 'referred', 'lost')"),
    ("milk_used_how", "milk_used", "how", "NEW.how NOT IN ('fed', 'spilled', 'thrown out')"),
    (
        "lot_fate_beyond",
        "lot_fate",
        "lot_id, volume",
        f"{_gone('NEW.lot_id')} > (SELECT lot.volume FROM lot WHERE lot.id = NEW.lot_id)",
    ),
    (
        "delivery_beyond",
        "delivery",
        "hold_id, delivered, lost",
        f"{_gone(_LOT_OF_HOLD)} > (SELECT lot.volume FROM lot WHERE lot.id = {_LOT_OF_HOLD})",
    ),
)


def upgrade() -> None:
    """Take the step, without rebuilding a table; no row that breaks a rule already is touched."""
    op.create_table(
        "lot_fate",
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("fate", sa.String(40), nullable=False),
        sa.Column("volume", sa.BigInteger(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("bags", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("bank", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("bags IS NULL OR bags > 0", name=op.f("ck_lot_fate_bags")),
        sa.CheckConstraint("volume > 0", name=op.f("ck_lot_fate_volume")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_lot_fate_lot_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_fate")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("lot_fate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lot_fate_lot_id"), ["lot_id"], unique=False)
    op.create_table(
        "milk_used",
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(40), nullable=False),
        sa.Column("volume", sa.BigInteger(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("volume > 0", name=op.f("ck_milk_used_volume")),
        sa.ForeignKeyConstraint(
            ["recipient_id"],
            ["recipient.id"],
            name=op.f("fk_milk_used_recipient_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milk_used")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("milk_used", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milk_used_recipient_id"), ["recipient_id"], unique=False)
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("received_by", sa.String(), server_default="", nullable=False))
    for rule in _RULES:
        guards.refuse_where(*rule)
    guards.refuse_change_where(
        "lot_less_than_gone",
        "lot",
        "volume",
        f"NEW.expressed_to IS NOT DISTINCT FROM OLD.expressed_to AND {_gone('NEW.id')} > NEW.volume",
    )
