"""The newest decision of a person, whatever it was; cases that wait to be corrected.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_APPROVED, _DECIDED, _RETURNED = (
    sa.text(one) for one in ("state = 'approved'", "decided_ms > 0", "status = 'returned'")
)


def upgrade() -> None:
    """Widen: indexes."""
    op.drop_index("ix_tasks_decided", "tasks")
    op.create_index(
        "ix_tasks_decided", "tasks", ["person", "decided_ms"], sqlite_where=_DECIDED, postgresql_where=_DECIDED
    )
    op.create_index(
        "ix_cases_returned", "cases", ["applicant", "created_ms"], sqlite_where=_RETURNED, postgresql_where=_RETURNED
    )


def downgrade() -> None:
    """As they were."""
    op.drop_index("ix_cases_returned", "cases")
    op.drop_index("ix_tasks_decided", "tasks")
    op.create_index(
        "ix_tasks_decided", "tasks", ["person", "decided_ms"], sqlite_where=_APPROVED, postgresql_where=_APPROVED
    )
