"""Roadmap and study log"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('part_state',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('step_id', sa.String(length=200), nullable=False),
    sa.Column('part_id', sa.String(length=200), nullable=False),
    sa.Column('ticked_day', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['learner.user_id'], name=op.f('fk_part_state_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'step_id', 'part_id', name=op.f('pk_part_state')),
    info={'learner': True},
    sqlite_with_rowid=False
    )
    op.create_table('plan_version',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('study_day', sa.Date(), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=False),
    sa.Column('based_on', sa.Integer(), nullable=True),
    sa.Column('inputs', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('catalogue_revision', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['learner.user_id'], name=op.f('fk_plan_version_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'version', name=op.f('pk_plan_version')),
    info={'learner': True},
    sqlite_with_rowid=False
    )
    op.create_table('roadmap',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('current_version', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['learner.user_id'], name=op.f('fk_roadmap_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_roadmap')),
    info={'learner': True},
    sqlite_with_rowid=False
    )
    op.create_table('step_state',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('step_id', sa.String(length=200), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('done_day', sa.Date(), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['learner.user_id'], name=op.f('fk_step_state_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'step_id', name=op.f('pk_step_state')),
    info={'learner': True},
    sqlite_with_rowid=False
    )
    op.create_table('study_log',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('study_day', sa.Date(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('activity', sa.String(length=20), nullable=False),
    sa.Column('certification', sa.String(length=200), nullable=True),
    sa.Column('step_id', sa.String(length=200), nullable=True),
    sa.Column('concept', sa.String(length=200), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['learner.user_id'], name=op.f('fk_study_log_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'id', name=op.f('pk_study_log')),
    info={'learner': True},
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('study_log', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_study_log_user_id_study_day'), ['user_id', 'study_day'], unique=False)

    op.create_table('plan_step',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('step_id', sa.String(length=200), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('lane', sa.String(length=20), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=True),
    sa.Column('last_day', sa.Date(), nullable=True),
    sa.Column('optional', sa.Boolean(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=True),
    sa.ForeignKeyConstraint(['user_id', 'version'], ['plan_version.user_id', 'plan_version.version'], name=op.f('fk_plan_step_user_id_version'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['learner.user_id'], name=op.f('fk_plan_step_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'version', 'step_id', name=op.f('pk_plan_step')),
    info={'learner': True},
    sqlite_with_rowid=False
    )


def downgrade() -> None:
    op.drop_table('plan_step')
    with op.batch_alter_table('study_log', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_study_log_user_id_study_day'))

    op.drop_table('study_log')
    op.drop_table('step_state')
    op.drop_table('roadmap')
    op.drop_table('plan_version')
    op.drop_table('part_state')
