"""No family holds its own milk, and what was left behind can be let go.

A hold that an older program made of a family's own milk stays as it is: the check tells it, and it can be
released. An open hold is looked at as it is made, not later: one that has ended by its day keeps no milk, and
families with such a hold between them can be made one.
"""

import sqlalchemy as sa
from alembic import op

from coordinator.db.migrations import guards

revision = "0007"
down_revision = "0006"

_OWN = (
    "EXISTS (SELECT 1 FROM lot JOIN donor ON donor.id = lot.donor_id"
    " JOIN recipient ON recipient.household_id = donor.household_id"
    " WHERE lot.id = NEW.lot_id AND recipient.id = NEW.recipient_id)"
)

_RULES = (
    ("own_milk_agreed", "hold", "state, lot_id, recipient_id", f"NEW.state = 'agreed' AND {_OWN}"),
    (
        "own_milk_of_lot",
        "lot",
        "donor_id",
        "EXISTS (SELECT 1 FROM hold JOIN recipient ON recipient.id = hold.recipient_id"
        " JOIN donor ON donor.household_id = recipient.household_id"
        " WHERE hold.lot_id = NEW.id AND hold.state = 'agreed' AND donor.id = NEW.donor_id)",
    ),
    (
        "own_milk_of_donor",
        "donor",
        "household_id",
        "EXISTS (SELECT 1 FROM lot JOIN hold ON hold.lot_id = lot.id"
        " JOIN recipient ON recipient.id = hold.recipient_id"
        " WHERE lot.donor_id = NEW.id AND hold.state = 'agreed'"
        " AND recipient.household_id = NEW.household_id)",
    ),
    (
        "own_milk_of_family",
        "recipient",
        "household_id",
        "EXISTS (SELECT 1 FROM hold JOIN lot ON lot.id = hold.lot_id"
        " JOIN donor ON donor.id = lot.donor_id"
        " WHERE hold.recipient_id = NEW.id AND hold.state = 'agreed'"
        " AND donor.household_id = NEW.household_id)",
    ),
)


def upgrade() -> None:
    """Take the step, without rebuilding a table; no row that breaks a rule already is touched."""
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("let_go_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("let_go_why", sa.String(), server_default="", nullable=False))
    guards.refuse_added_where("own_milk_held", "hold", f"NEW.state = 'open' AND {_OWN}")
    for rule in _RULES:
        guards.refuse_where(*rule)
