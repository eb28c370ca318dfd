"""Who carries and with what: stairs, coolers, a second driver; and what the sheet told besides ounces.

A note that stands at a delivery already was read when it was written up: it does not wait.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Take the step, without rebuilding a table."""
    op.create_table('cooler',
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('quarts', sa.Integer(), nullable=False),
    sa.Column('owner_household_id', sa.Integer(), nullable=True),
    sa.Column('at_household_id', sa.Integer(), nullable=True),
    sa.Column('since', sa.Date(), nullable=True),
    sa.Column('archived_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('quarts > 0', name=op.f('ck_cooler_quarts')),
    sa.ForeignKeyConstraint(['at_household_id'], ['household.id'], name=op.f('fk_cooler_at_household_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['owner_household_id'], ['household.id'], name=op.f('fk_cooler_owner_household_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cooler')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('cooler', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cooler_at_household_id'), ['at_household_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_cooler_owner_household_id'), ['owner_household_id'], unique=False)

    op.create_table('overruled_rule',
    sa.Column('pickup_id', sa.Integer(), nullable=False),
    sa.Column('rule', sa.String(), nullable=False),
    sa.Column('about', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['pickup_id'], ['pickup.id'], name=op.f('fk_overruled_rule_pickup_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_overruled_rule')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('overruled_rule', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_overruled_rule_pickup_id'), ['pickup_id'], unique=False)

    op.create_table('second_driver',
    sa.Column('pickup_id', sa.Integer(), nullable=False),
    sa.Column('driver_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['driver_id'], ['driver.id'], name=op.f('fk_second_driver_driver_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['pickup_id'], ['pickup.id'], name=op.f('fk_second_driver_pickup_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_second_driver')),
    sa.UniqueConstraint('pickup_id', name=op.f('uq_second_driver_pickup_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('second_driver', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_second_driver_driver_id'), ['driver_id'], unique=False)

    with op.batch_alter_table('delivery', schema=None) as batch_op:
        batch_op.add_column(sa.Column('note_dealt_on', sa.Date(), nullable=True))

    with op.batch_alter_table('driver', schema=None) as batch_op:
        batch_op.add_column(sa.Column('climbs_stairs', sa.Boolean(), nullable=True))

    with op.batch_alter_table('household', schema=None) as batch_op:
        batch_op.add_column(sa.Column('stairs', sa.Boolean(), nullable=True))

    with op.batch_alter_table('pickup', schema=None) as batch_op:
        batch_op.add_column(sa.Column('lunch_at', sa.Time(), nullable=True))
        batch_op.add_column(sa.Column('lunch_minutes', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('sheet_note', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('sheet_note_dealt_on', sa.Date(), nullable=True))

    with op.batch_alter_table('stop', schema=None) as batch_op:
        batch_op.add_column(sa.Column('arrived_at', sa.Time(), nullable=True))
        batch_op.add_column(sa.Column('freezer_at', sa.Time(), nullable=True))
    op.execute("UPDATE delivery SET note_dealt_on = on_day WHERE note <> ''")
