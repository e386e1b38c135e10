"""An index for the decision that somebody made last.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_APPROVED = sa.text("state = 'approved'")


def upgrade() -> None:
    """Widen: an index."""
    op.create_index(
        "ix_tasks_decided", "tasks", ["person", "decided_ms"], sqlite_where=_APPROVED, postgresql_where=_APPROVED
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_tasks_decided", "tasks")
