"""Time comes in: the calendar, attendance, logs, the leave ledger, jobs; messages for many in the outbox.

Revision ID: 0007
Revises: 0006
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_BUNDLED = "sent_version < version AND parked = 0 AND bundle != ''"
_COUNTED = "kind IN ('submitted', 'finished', 'rejected')"
_VISITS = "flow = 'visit_plan'"
_TO_AWAY = """
    INSERT INTO away (id, person, kind, start_ms, end_ms, made_ms, deputy, place, reachable)
    SELECT standins.id, standins.person, CASE WHEN cases.flow = 'rest_day' THEN 'rest' ELSE 'leave' END,
        standins.start_ms, standins.end_ms, standins.made_ms, standins.deputy, '', 0
    FROM standins LEFT JOIN cases ON cases.number = standins.case_number WHERE standins.case_number != ''
"""
_FROM_AWAY = """
    INSERT INTO standins (id, person, deputy, start_ms, end_ms, made_ms, flows, most, case_number)
    SELECT id, person, deputy, start_ms, end_ms, made_ms, '[]', '', id FROM away
    WHERE kind IN ('leave', 'rest') AND reachable = 0
"""
_TABLES = (
    "away",
    "shifts",
    "punches",
    "checkins",
    "findings",
    "logs",
    "log_readers",
    "log_comments",
    "entries",
    "runs",
    "occurrences",
    "settings",
    "files",
    "usage",
)


def text(name: str) -> "sa.Column[str]":
    """A text that is always there."""
    return sa.Column(name, TEXT, nullable=False)


def whole(name: str) -> "sa.Column[int]":
    """A whole number that is always there."""
    return sa.Column(name, sa.BigInteger, nullable=False)


def _table(name: str, key: tuple[str, ...], *columns: "sa.Column[Any]") -> None:
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}")))


def upgrade() -> None:
    """Widen: tables, a column, and indexes."""
    _table(
        "away",
        ("id",),
        text("id"),
        text("person"),
        text("kind"),
        whole("start_ms"),
        whole("end_ms"),
        whole("made_ms"),
        text("deputy"),
        text("place"),
        whole("reachable"),
    )
    op.create_index("ix_away_deputy", "away", ["deputy", "end_ms"])
    op.create_index("ix_away_end", "away", ["end_ms"])
    op.create_index("ix_away_person", "away", ["person", "end_ms"])
    _table(
        "shifts",
        (
            "day",
            "person",
        ),
        text("day"),
        text("person"),
        whole("on_ms"),
        whole("off_ms"),
        text("team"),
        text("shift"),
        text("on_plan"),
        text("off_plan"),
        whole("read_ms"),
    )
    op.create_index("ix_shifts_person", "shifts", ["person", "day"])
    op.create_index("ix_shifts_on", "shifts", ["on_ms"])
    op.create_index("ix_shifts_off", "shifts", ["off_ms"])
    _table(
        "punches",
        (
            "day",
            "person",
            "kind",
        ),
        text("day"),
        text("person"),
        text("kind"),
        whole("at_ms"),
        text("result"),
        text("place"),
        text("source"),
        whole("read_ms"),
    )
    _table(
        "checkins", ("id",), text("id"), text("person"), whole("at_ms"), text("place"), text("remark"), whole("photos")
    )
    op.create_index("ix_checkins_at", "checkins", ["at_ms"])
    _table(
        "findings",
        ("id",),
        text("id"),
        text("kind"),
        text("person"),
        text("day"),
        text("state"),
        text("case_number"),
        whole("yuan"),
        text("evidence"),
        whole("made_ms"),
        whole("due_ms"),
        whole("decided_ms"),
        text("decided_by"),
        text("words"),
    )
    op.create_index("ix_findings_person", "findings", ["person", "day"])
    op.create_index("ix_findings_state", "findings", ["state", "made_ms"])
    _table(
        "logs",
        ("id",),
        text("id"),
        text("person"),
        text("kind"),
        text("day"),
        text("template"),
        text("contents"),
        text("source"),
        whole("at_ms"),
        whole("changed_ms"),
    )
    op.create_index("ix_logs_day", "logs", ["day", "kind"])
    op.create_index("ix_logs_person", "logs", ["person", "day"])
    _table(
        "log_readers",
        (
            "log",
            "person",
        ),
        text("log"),
        text("person"),
        whole("at_ms"),
    )
    _table("log_comments", ("id",), text("id"), text("log"), text("person"), text("words"), whole("at_ms"))
    op.create_index(op.f("ix_log_comments_log"), "log_comments", ["log"])
    _table(
        "entries",
        ("id",),
        text("id"),
        text("person"),
        text("leave_type"),
        text("day"),
        text("expires"),
        text("source"),
        text("target"),
        whole("amount"),
        text("case_number"),
        text("actor"),
        text("words"),
        whole("made_ms"),
    )
    op.create_index("ix_entries_case", "entries", ["case_number"])
    op.create_index("ix_entries_person", "entries", ["person", "leave_type", "day"])
    _table(
        "runs",
        (
            "job",
            "moment_ms",
        ),
        text("job"),
        whole("moment_ms"),
        text("state"),
        whole("leased_ms"),
        whole("receivers"),
        text("words"),
        whole("at_ms"),
    )
    _table(
        "occurrences",
        (
            "job",
            "moment_ms",
            "receiver",
        ),
        text("job"),
        whole("moment_ms"),
        text("receiver"),
    )
    _table("settings", ("person",), text("person"), text("content"), whole("at_ms"))
    _table(
        "files", ("id",), text("id"), text("name"), sa.Column("content", sa.LargeBinary, nullable=False), whole("at_ms")
    )
    _table(
        "usage",
        (
            "month",
            "what",
            "name",
        ),
        text("month"),
        text("what"),
        text("name"),
        whole("spent"),
    )
    op.add_column("outbox", sa.Column("bundle", TEXT, nullable=False, server_default=""))
    where = sa.text(_BUNDLED)
    op.create_index("ix_outbox_bundled", "outbox", ["queued_ms", "track"], sqlite_where=where, postgresql_where=where)
    counted = sa.text(_COUNTED)
    op.create_index("ix_events_counted", "events", ["at_ms"], sqlite_where=counted, postgresql_where=counted)
    where = sa.text(_VISITS)
    op.create_index("ix_cases_visits", "cases", ["created_ms"], sqlite_where=where, postgresql_where=where)
    op.execute(_TO_AWAY)
    op.execute("DELETE FROM standins WHERE case_number != ''")


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_events_counted", "events")
    op.drop_index("ix_cases_visits", "cases")
    op.execute(_FROM_AWAY)
    op.drop_index("ix_outbox_bundled", "outbox")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("bundle")
    for name in _TABLES:
        op.drop_table(name)
