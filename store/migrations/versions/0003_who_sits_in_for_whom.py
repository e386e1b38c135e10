"""Who sits in for whom"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "standins",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("deputy", TEXT, nullable=False),
        sa.Column("start_ms", sa.BigInteger(), nullable=False),
        sa.Column("end_ms", sa.BigInteger(), nullable=False),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("flows", TEXT, nullable=False),
        sa.Column("most", TEXT, nullable=False),
        sa.Column("case_number", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standins")),
    )
    with op.batch_alter_table("standins", schema=None) as batch_op:
        batch_op.create_index("ix_standins_end", ["end_ms"], unique=False)
        batch_op.create_index("ix_standins_person", ["person", "end_ms"], unique=False)
        batch_op.create_index("ix_standins_deputy", ["deputy", "end_ms"], unique=False)


def downgrade() -> None:
    op.drop_table("standins")
