"""Rows of what was asked of the platform, by month."""

from collections.abc import Mapping

import sqlalchemy as sa

from store.time_tables import usage as t

Spent = Mapping[tuple[str, str], int]  # call or message, and its name -> how often

_ADD = sa.text(
    "INSERT INTO usage (month, what, name, spent) VALUES (:month, :what, :name, :spent)"
    " ON CONFLICT (month, what, name) DO UPDATE SET spent = usage.spent + excluded.spent"
)


def add(connection: sa.Connection, month: str, spent: Spent) -> None:
    """So many more of each."""
    for (what, name), count in sorted(spent.items()):  # replicas wait for each other in one order
        connection.execute(_ADD, {"month": month, "what": what, "name": name, "spent": count})


def of_month(connection: sa.Connection, month: str) -> dict[str, int]:
    """How many calls and messages there were in all."""
    query = sa.select(t.c.what, sa.func.sum(t.c.spent)).where(t.c.month == month).group_by(t.c.what)
    return {what: int(total) for what, total in connection.execute(query)}
