"""What each side of a hold chose, what it had been told, and the papers scanned for it."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Take the step."""
    op.create_table('choice_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('kind', sa.String(40), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_choice_file')),
    sqlite_autoincrement=True
    )
    op.create_table('choice',
    sa.Column('hold_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.String(40), nullable=False),
    sa.Column('kind', sa.String(40), nullable=False),
    sa.Column('how', sa.String(40), nullable=False),
    sa.Column('text_version', sa.String(), nullable=False),
    sa.Column('told', sa.String(), nullable=False),
    sa.Column('told_on', sa.Date(), nullable=False),
    sa.Column('chosen_on', sa.Date(), nullable=False),
    sa.Column('noted_on', sa.Date(), nullable=False),
    sa.Column('chosen_by', sa.String(), nullable=False),
    sa.Column('noted_by', sa.String(), nullable=False),
    sa.Column('heats', sa.String(40), nullable=True),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['choice_file.id'], name=op.f('fk_choice_file_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['hold_id'], ['hold.id'], name=op.f('fk_choice_hold_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_choice')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('choice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_choice_file_id'), ['file_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_choice_hold_id'), ['hold_id'], unique=False)
