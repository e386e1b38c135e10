"""In which language people write.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Widen: a table."""
    op.create_table(
        "tongues",
        sa.Column("person", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_tongues")),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("tongues")
