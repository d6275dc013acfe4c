"""Accounts, bank, practice and readiness"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('bank_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('certification', sa.String(length=200), nullable=True),
    sa.Column('summary', sa.JSON(none_as_null=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bank_change'))
    )
    op.create_table('certification',
    sa.Column('slug', sa.String(length=200), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('fingerprint', sa.String(length=200), nullable=False),
    sa.PrimaryKeyConstraint('slug', name=op.f('pk_certification'))
    )
    op.create_table('concept',
    sa.Column('slug', sa.String(length=200), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('content', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('needs', sa.JSON(none_as_null=True), nullable=False),
    sa.PrimaryKeyConstraint('slug', name=op.f('pk_concept'))
    )
    op.create_table('identity',
    sa.Column('email_norm', sa.String(length=254), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('email_norm', name=op.f('pk_identity')),
    sa.UniqueConstraint('user_id', name=op.f('uq_identity_user_id'))
    )
    op.create_table('learner',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('calibration', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=False),
    sa.Column('password_changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('timezone', sa.String(length=200), nullable=False),
    sa.Column('day_starts_min', sa.Integer(), nullable=False),
    sa.Column('study_days', sa.Integer(), nullable=False),
    sa.Column('minutes_per_study_day', sa.Integer(), nullable=False),
    sa.Column('settings', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('demo', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_learner')),
    info={'learner': True},
    sqlite_with_rowid=False
    )
    op.create_table('throttle',
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('key_sha256', sa.String(length=64), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('window_from', sa.DateTime(timezone=True), nullable=False),
    sa.Column('blocked_until', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('kind', 'key_sha256', name=op.f('pk_throttle'))
    )
    op.create_table('ability',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('component', sa.String(length=200), nullable=False),
    sa.Column('before', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('mean', sa.Double(), nullable=False),
    sa.Column('variance', sa.Double(), nullable=False),
    sa.Column('updated_on', sa.Date(), nullable=False),
    sa.Column('answers', sa.Integer(), nullable=False),
    sa.Column('first_sights', sa.Integer(), nullable=False),
    sa.Column('first_sight_right', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['learner.user_id'], name=op.f('fk_ability_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'component', name=op.f('pk_ability')),
    info={'learner': True},
    sqlite_with_rowid=False
    )
    op.create_table('attempt',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('run_id', sa.Uuid(), nullable=True),
    sa.Column('sitting_id', sa.Uuid(), nullable=True),
    sa.Column('item_id', sa.String(length=200), nullable=False),
    sa.Column('item_version', sa.Integer(), nullable=False),
    sa.Column('certification', sa.String(length=200), nullable=False),
    sa.Column('domain', sa.String(length=200), nullable=False),
    sa.Column('concept', sa.String(length=200), nullable=False),
    sa.Column('mode', sa.String(length=20), nullable=False),
    sa.Column('shuffle_seed', sa.Integer(), nullable=False),
    sa.Column('response', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('correct', sa.Boolean(), nullable=False),
    sa.Column('confidence', sa.String(length=200), nullable=True),
    sa.Column('seconds', sa.Integer(), nullable=False),
    sa.Column('predicted', sa.Double(), nullable=False),
    sa.Column('first_sight', sa.Boolean(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('study_day', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['learner.user_id'], name=op.f('fk_attempt_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'id', name=op.f('pk_attempt')),
    info={'learner': True},
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attempt_user_id_answered_at'), ['user_id', 'answered_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_attempt_user_id_certification_id'), ['user_id', 'certification', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attempt_user_id_concept_id'), ['user_id', 'concept', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attempt_user_id_item_id_study_day'), ['user_id', 'item_id', 'study_day'], unique=False)
        batch_op.create_index(batch_op.f('ix_attempt_user_id_run_id'), ['user_id', 'run_id'], unique=False)

    op.create_table('card',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('concept', sa.String(length=200), nullable=False),
    sa.Column('before', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('stability', sa.Double(), nullable=False),
    sa.Column('difficulty', sa.Double(), nullable=False),
    sa.Column('reviewed_on', sa.Date(), nullable=False),
    sa.Column('reviews', sa.Integer(), nullable=False),
    sa.Column('lapses', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['learner.user_id'], name=op.f('fk_card_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'concept', name=op.f('pk_card')),
    info={'learner': True},
    sqlite_with_rowid=False
    )
    op.create_table('exam_version',
    sa.Column('certification', sa.String(length=200), nullable=False),
    sa.Column('code', sa.String(length=200), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('english_from', sa.Date(), nullable=True),
    sa.Column('english_until', sa.Date(), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('questions', sa.Integer(), nullable=False),
    sa.Column('pass_line', sa.Double(), nullable=False),
    sa.Column('go_line', sa.Double(), nullable=False),
    sa.Column('blueprint', sa.JSON(none_as_null=True), nullable=False),
    sa.ForeignKeyConstraint(['certification'], ['certification.slug'], name=op.f('fk_exam_version_certification')),
    sa.PrimaryKeyConstraint('certification', 'code', name=op.f('pk_exam_version'))
    )
    op.create_table('item',
    sa.Column('id', sa.String(length=200), nullable=False),
    sa.Column('certification', sa.String(length=200), nullable=False),
    sa.Column('domain', sa.String(length=200), nullable=False),
    sa.Column('task', sa.String(length=200), nullable=False),
    sa.Column('concept', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=200), nullable=False),
    sa.Column('level', sa.String(length=200), nullable=False),
    sa.Column('difficulty', sa.String(length=200), nullable=False),
    sa.Column('reserved', sa.Boolean(), nullable=False),
    sa.Column('options', sa.Integer(), nullable=False),
    sa.Column('added_in', sa.String(length=200), nullable=True),
    sa.Column('removed_in', sa.String(length=200), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('retired_on', sa.Date(), nullable=True),
    sa.Column('retired_by', sa.String(length=20), nullable=True),
    sa.ForeignKeyConstraint(['certification'], ['certification.slug'], name=op.f('fk_item_certification')),
    sa.ForeignKeyConstraint(['concept'], ['concept.slug'], name=op.f('fk_item_concept')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item'))
    )
    with op.batch_alter_table('item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_item_certification_domain'), ['certification', 'domain'], unique=False)
        batch_op.create_index(batch_op.f('ix_item_concept'), ['concept'], unique=False)

    op.create_table('login_session',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('secret_sha256', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('authenticated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('agent', sa.String(length=200), nullable=False),
    sa.Column('address_prefix', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['learner.user_id'], name=op.f('fk_login_session_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'secret_sha256', name=op.f('pk_login_session')),
    info={'learner': True},
    sqlite_with_rowid=False
    )
    op.create_table('practice_run',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('certification', sa.String(length=200), nullable=False),
    sa.Column('mode', sa.String(length=20), nullable=False),
    sa.Column('length', sa.Integer(), nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('study_day', sa.Date(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['learner.user_id'], name=op.f('fk_practice_run_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'id', name=op.f('pk_practice_run')),
    info={'learner': True},
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('practice_run', schema=None) as batch_op:
        batch_op.create_index('uq_practice_run_open', ['user_id', 'certification', 'mode'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('snapshot',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('certification', sa.String(length=200), nullable=False),
    sa.Column('study_day', sa.Date(), nullable=False),
    sa.Column('low', sa.Double(), nullable=False),
    sa.Column('mid', sa.Double(), nullable=False),
    sa.Column('high', sa.Double(), nullable=False),
    sa.Column('chance', sa.Double(), nullable=False),
    sa.Column('line', sa.Double(), nullable=False),
    sa.Column('answers', sa.Integer(), nullable=False),
    sa.Column('domains', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('causes', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('model', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['learner.user_id'], name=op.f('fk_snapshot_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'certification', 'study_day', name=op.f('pk_snapshot')),
    info={'learner': True},
    sqlite_with_rowid=False
    )
    op.create_table('target',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('certification', sa.String(length=200), nullable=False),
    sa.Column('exam_code', sa.String(length=200), nullable=False),
    sa.Column('language', sa.String(length=200), nullable=False),
    sa.Column('exam_day', sa.Date(), nullable=True),
    sa.Column('extra_time', sa.Double(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['certification'], ['certification.slug'], name=op.f('fk_target_certification')),
    sa.ForeignKeyConstraint(['user_id'], ['learner.user_id'], name=op.f('fk_target_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'certification', name=op.f('pk_target')),
    info={'learner': True},
    sqlite_with_rowid=False
    )
    op.create_table('issued',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('run_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.String(length=200), nullable=False),
    sa.Column('item_version', sa.Integer(), nullable=False),
    sa.Column('shuffle_seed', sa.Integer(), nullable=False),
    sa.Column('reason', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id', 'run_id'], ['practice_run.user_id', 'practice_run.id'], name=op.f('fk_issued_user_id_run_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['learner.user_id'], name=op.f('fk_issued_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'id', name=op.f('pk_issued')),
    info={'learner': True},
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('issued', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_issued_user_id_run_id'), ['user_id', 'run_id'], unique=False)

    op.create_table('item_estimate',
    sa.Column('calibration', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('item_id', sa.String(length=200), nullable=False),
    sa.Column('b_mean', sa.Double(), nullable=False),
    sa.Column('b_var', sa.Double(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_item_estimate_item_id')),
    sa.PrimaryKeyConstraint('calibration', 'item_id', name=op.f('pk_item_estimate'))
    )
    op.create_table('item_version',
    sa.Column('item_id', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('content', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('fingerprint', sa.String(length=200), nullable=False),
    sa.Column('content_fingerprint', sa.String(length=200), nullable=False),
    sa.Column('options', sa.Integer(), nullable=False),
    sa.Column('loaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('void', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_item_version_item_id')),
    sa.PrimaryKeyConstraint('item_id', 'version', name=op.f('pk_item_version'))
    )
    op.create_table('retraction',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('attempt_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id', 'attempt_id'], ['attempt.user_id', 'attempt.id'], name=op.f('fk_retraction_user_id_attempt_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['learner.user_id'], name=op.f('fk_retraction_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'attempt_id', name=op.f('pk_retraction')),
    info={'learner': True},
    sqlite_with_rowid=False
    )


def downgrade() -> None:
    op.drop_table('retraction')
    op.drop_table('item_version')
    op.drop_table('item_estimate')
    with op.batch_alter_table('issued', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_issued_user_id_run_id'))

    op.drop_table('issued')
    op.drop_table('target')
    op.drop_table('snapshot')
    with op.batch_alter_table('practice_run', schema=None) as batch_op:
        batch_op.drop_index('uq_practice_run_open', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.drop_table('practice_run')
    op.drop_table('login_session')
    with op.batch_alter_table('item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_item_concept'))
        batch_op.drop_index(batch_op.f('ix_item_certification_domain'))

    op.drop_table('item')
    op.drop_table('exam_version')
    op.drop_table('card')
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attempt_user_id_run_id'))
        batch_op.drop_index(batch_op.f('ix_attempt_user_id_item_id_study_day'))
        batch_op.drop_index(batch_op.f('ix_attempt_user_id_concept_id'))
        batch_op.drop_index(batch_op.f('ix_attempt_user_id_certification_id'))
        batch_op.drop_index(batch_op.f('ix_attempt_user_id_answered_at'))

    op.drop_table('attempt')
    op.drop_table('ability')
    op.drop_table('throttle')
    op.drop_table('learner')
    op.drop_table('identity')
    op.drop_table('concept')
    op.drop_table('certification')
    op.drop_table('bank_change')
