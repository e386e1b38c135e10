"""Timers: rows with a natural key; whoever deletes the row when it is due acts on it."""

from dataclasses import dataclass

import sqlalchemy as sa

from store.tables import timers


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A timer whose moment has come."""

    id: str
    kind: str
    subject: str


def due(connection: sa.Connection, now_ms: int, limit: int) -> list[Due]:
    """The timers that are due, oldest first. They stay until a command deletes them with what it does."""
    rows = connection.execute(
        sa.select(timers.c.id, timers.c.kind, timers.c.subject)
        .where(timers.c.due_ms <= now_ms)
        .order_by(timers.c.due_ms, timers.c.id)
        .limit(limit)
    )
    return [Due(id=row.id, kind=row.kind, subject=row.subject) for row in rows]
