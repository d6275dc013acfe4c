"""Form beside ability, discrimination of items, calibrations

Abilities are derived: the rows go, and `milepost upgrade` folds the answers anew.
"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def make_ability(*more: sa.Column) -> None:
    op.drop_table('ability')
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
    *more,
    sa.ForeignKeyConstraint(['user_id'], ['learner.user_id'], name=op.f('fk_ability_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'component', name=op.f('pk_ability')),
    info={'learner': True},
    sqlite_with_rowid=False
    )


def upgrade() -> None:
    make_ability(
        sa.Column('form', sa.Double(), nullable=False),
        sa.Column('form_variance', sa.Double(), nullable=False),
        sa.Column('run', sa.Integer(), nullable=False),
    )
    op.create_table('calibration',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answers', sa.Integer(), nullable=False),
    sa.Column('weights', sa.JSON(none_as_null=True), nullable=True),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_calibration'))
    )
    with op.batch_alter_table('item_estimate', schema=None) as batch_op:
        batch_op.add_column(sa.Column('discrimination', sa.Double(), nullable=True))
    op.execute('UPDATE item_estimate SET discrimination = 1')
    with op.batch_alter_table('item_estimate', schema=None) as batch_op:
        batch_op.alter_column('discrimination', existing_type=sa.Double(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table('item_estimate', schema=None) as batch_op:
        batch_op.drop_column('discrimination')
    op.drop_table('calibration')
    make_ability()
