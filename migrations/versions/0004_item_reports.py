"""Reports of questions, and the notice that one is under review"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

OPEN = sa.text('answered_at IS NULL AND withdrawn_at IS NULL')


def upgrade() -> None:
    op.create_table('item_report',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.String(length=200), nullable=False),
    sa.Column('item_version', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=20), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['learner.user_id'], name=op.f('fk_item_report_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'id', name=op.f('pk_item_report')),
    info={'learner': True},
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('item_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_item_report_user_id_item_id'), ['user_id', 'item_id'], unique=False)
        batch_op.create_index('uq_item_report_open', ['user_id', 'item_id'], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)

    with op.batch_alter_table('item', schema=None) as batch_op:
        batch_op.add_column(sa.Column('review_since', sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('item', schema=None) as batch_op:
        batch_op.drop_column('review_since')

    with op.batch_alter_table('item_report', schema=None) as batch_op:
        batch_op.drop_index('uq_item_report_open')
        batch_op.drop_index(batch_op.f('ix_item_report_user_id_item_id'))

    op.drop_table('item_report')
