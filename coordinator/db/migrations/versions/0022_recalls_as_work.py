"""Recalls as work: whom they reached, and what was told of the milk."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = '0021'


def upgrade() -> None:
    """Take the step."""
    op.create_table('recall',
    sa.Column('code', sa.String(length=12), nullable=False),
    sa.Column('about', sa.String(length=12), nullable=False),
    sa.Column('began_at', sa.DateTime(), nullable=False),
    sa.Column('because', sa.String(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=True),
    sa.Column('last_day', sa.Date(), nullable=True),
    sa.Column('closed_at', sa.DateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recall')),
    sa.UniqueConstraint('code', name=op.f('uq_recall_code')),
    sqlite_autoincrement=True
    )
    op.create_table('recall_contact',
    sa.Column('recall_id', sa.Integer(), nullable=False),
    sa.Column('who', sa.String(length=12), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('outcome', sa.String(40), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['recall_id'], ['recall.id'], name=op.f('fk_recall_contact_recall_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recall_contact')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('recall_contact', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recall_contact_recall_id'), ['recall_id'], unique=False)

    op.create_table('recall_told',
    sa.Column('recall_id', sa.Integer(), nullable=False),
    sa.Column('who', sa.String(length=12), nullable=False),
    sa.Column('became', sa.String(40), nullable=False),
    sa.Column('volume', sa.BigInteger(), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('volume > 0', name=op.f('ck_recall_told_volume')),
    sa.ForeignKeyConstraint(['recall_id'], ['recall.id'], name=op.f('fk_recall_told_recall_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recall_told')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('recall_told', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recall_told_recall_id'), ['recall_id'], unique=False)
