"""Rows of the leave ledger."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from domain.leave.ledger import Entry
from store import tables as t
from store.rows import Row, insert_new, locked, parts
from store.time_tables import entries


@dataclass(slots=True)
class LoadedLedger:
    """The `Ledger` of usecases.books: rows, and over them what this batch keeps."""

    connection: sa.Connection
    kept: dict[type, dict[Any, Any]] = field(default_factory=dict)

    def entries(self, people: Iterable[str], *, counting: bool = False) -> Mapping[str, tuple[Entry, ...]]:
        """All entries of each of these people, oldest first."""
        names = sorted(set(people))
        if counting:  # on PostgreSQL whoever counts does so alone
            ids = [f"leave:{name}" for name in names]
            insert_new(self.connection, t.counters, [{"id": one, "value": 0} for one in ids])
            locked(self.connection, t.counters, ids, "id")
        found: dict[str, dict[str, Entry]] = {name: {} for name in names}
        for some in parts(names):
            query = sa.select(entries).where(entries.c.person.in_(some)).order_by(entries.c.day, entries.c.id)
            for row in self.connection.execute(query).mappings():
                found[row["person"]][row["id"]] = entry_from(row)
        for one in self.kept.get(Entry, {}).values():
            if one.person in found:
                found[one.person][one.id] = one
        return {name: tuple(several.values()) for name, several in found.items()}


def entry_row(one: Entry, now_ms: int) -> Row:
    """The row of an entry."""
    return {
        "id": one.id, "person": one.person, "leave_type": one.type, "day": one.day.isoformat(),
        "expires": one.expires.isoformat() if one.expires else "", "source": one.source, "target": one.target,
        "amount": one.amount, "case_number": one.case, "actor": one.by, "words": one.words, "made_ms": now_ms,
    }  # fmt: skip


def entry_from(row: Any) -> Entry:
    """An entry from its row."""
    return Entry(
        id=row["id"], person=row["person"], type=row["leave_type"], day=date.fromisoformat(row["day"]),
        expires=date.fromisoformat(row["expires"]) if row["expires"] else None, source=row["source"],
        target=row["target"], amount=row["amount"], case=row["case_number"], by=row["actor"], words=row["words"],
    )  # fmt: skip
