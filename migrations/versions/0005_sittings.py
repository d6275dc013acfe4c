"""Sittings of papers, flags, and what a run is about"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

OPEN = sa.text('closed_at IS NULL')


def upgrade() -> None:
    op.create_table('sitting',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('certification', sa.String(length=200), nullable=False),
    sa.Column('exam_code', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('extra_time', sa.Double(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('study_day', sa.Date(), nullable=False),
    sa.Column('deadline_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by', sa.String(length=20), nullable=True),
    sa.Column('score', sa.JSON(none_as_null=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['learner.user_id'], name=op.f('fk_sitting_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'id', name=op.f('pk_sitting')),
    info={'learner': True},
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('sitting', schema=None) as batch_op:
        batch_op.create_index('uq_sitting_open', ['user_id', 'certification'], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)

    op.create_table('response',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('sitting_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('item_id', sa.String(length=200), nullable=False),
    sa.Column('item_version', sa.Integer(), nullable=False),
    sa.Column('shuffle_seed', sa.Integer(), nullable=False),
    sa.Column('attempt_id', sa.Uuid(), nullable=False),
    sa.Column('flagged', sa.Boolean(), nullable=False),
    sa.Column('answer', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('trail', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('seconds', sa.Integer(), nullable=False),
    sa.Column('first_sight', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['user_id', 'sitting_id'], ['sitting.user_id', 'sitting.id'], name=op.f('fk_response_user_id_sitting_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['learner.user_id'], name=op.f('fk_response_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'sitting_id', 'position', name=op.f('pk_response')),
    info={'learner': True},
    sqlite_with_rowid=False
    )
    op.create_table('flag',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.String(length=200), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['learner.user_id'], name=op.f('fk_flag_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'item_id', name=op.f('pk_flag')),
    info={'learner': True},
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('practice_run', schema=None) as batch_op:
        batch_op.add_column(sa.Column('scope', sa.String(length=200), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('practice_run', schema=None) as batch_op:
        batch_op.drop_column('scope')

    op.drop_table('flag')
    op.drop_table('response')
    with op.batch_alter_table('sitting', schema=None) as batch_op:
        batch_op.drop_index('uq_sitting_open', sqlite_where=OPEN, postgresql_where=OPEN)

    op.drop_table('sitting')
