"""What two families who share milk have between them, and what they say of it."""

import sqlalchemy as sa
from alembic import op


revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Take the step."""
    op.create_table('lent',
    sa.Column('donor_id', sa.Integer(), nullable=False),
    sa.Column('recipient_id', sa.Integer(), nullable=False),
    sa.Column('lent_by', sa.String(40), nullable=False),
    sa.Column('thing', sa.String(40), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('lent_on', sa.Date(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('back_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('back_on IS NULL OR back_on >= lent_on', name=op.f('ck_lent_back_on')),
    sa.CheckConstraint('count > 0', name=op.f('ck_lent_count')),
    sa.ForeignKeyConstraint(['donor_id'], ['donor.id'], name=op.f('fk_lent_donor_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['recipient_id'], ['recipient.id'], name=op.f('fk_lent_recipient_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lent')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('lent', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_lent_donor_id'), ['donor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_lent_recipient_id'), ['recipient_id'], unique=False)

    op.create_table('pair_note',
    sa.Column('donor_id', sa.Integer(), nullable=False),
    sa.Column('recipient_id', sa.Integer(), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['donor_id'], ['donor.id'], name=op.f('fk_pair_note_donor_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['recipient_id'], ['recipient.id'], name=op.f('fk_pair_note_recipient_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pair_note')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('pair_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pair_note_donor_id'), ['donor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_pair_note_recipient_id'), ['recipient_id'], unique=False)

    op.create_table('pair_pause',
    sa.Column('donor_id', sa.Integer(), nullable=False),
    sa.Column('recipient_id', sa.Integer(), nullable=False),
    sa.Column('paused_on', sa.Date(), nullable=False),
    sa.Column('why', sa.String(40), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('resumed_on', sa.Date(), nullable=True),
    sa.Column('resumed_why', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('resumed_on IS NULL OR resumed_on >= paused_on', name=op.f('ck_pair_pause_resumed_on')),
    sa.ForeignKeyConstraint(['donor_id'], ['donor.id'], name=op.f('fk_pair_pause_donor_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['recipient_id'], ['recipient.id'], name=op.f('fk_pair_pause_recipient_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pair_pause')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('pair_pause', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pair_pause_donor_id'), ['donor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_pair_pause_recipient_id'), ['recipient_id'], unique=False)

    op.create_table('asked_after',
    sa.Column('delivery_id', sa.Integer(), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('tolerated', sa.String(40), nullable=True),
    sa.Column('taste', sa.String(40), nullable=True),
    sa.Column('signs', sa.String(40), nullable=True),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['delivery_id'], ['delivery.id'], name=op.f('fk_asked_after_delivery_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_asked_after')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('asked_after', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_asked_after_delivery_id'), ['delivery_id'], unique=False)
