"""Rows of what people wish of reminders."""

from collections.abc import Iterable

import msgspec
import sqlalchemy as sa

from domain.reminders import Settings
from store.rows import Row, parts
from store.time_tables import settings as t


def of_people(connection: sa.Connection, people: Iterable[str]) -> dict[str, Settings]:
    """The wishes of those of these people who have any."""
    queries = (sa.select(t.c.content).where(t.c.person.in_(some)) for some in parts(people))
    rows = (row for query in queries for row in connection.execute(query))
    found = (msgspec.json.decode(row.content, type=Settings) for row in rows)
    return {one.person: one for one in found}


def settings_row(one: Settings, now_ms: int) -> Row:
    """The row of a person's wishes."""
    return {"person": one.person, "content": msgspec.json.encode(one).decode(), "at_ms": now_ms}
