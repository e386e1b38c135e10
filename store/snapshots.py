"""The last organisation that was read: what a restart begins with while it reads the directory again."""

import sqlalchemy as sa

from store.rows import write
from store.tables import snapshots


def save(connection: sa.Connection, name: str, content: str, at_ms: int) -> None:
    """Keep the content under this name."""
    write(connection, snapshots, [{"name": name, "content": content, "at_ms": at_ms}], conflict="replace")


def find(connection: sa.Connection, name: str) -> str | None:
    """What was kept under this name, or None."""
    found: str | None = connection.execute(sa.select(snapshots.c.content).where(snapshots.c.name == name)).scalar()
    return found
