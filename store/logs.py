"""Rows of the logs (日志): what people wrote, who read it, what was said of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
import sqlalchemy as sa

from domain.logs import Comment, Log, Reading
from store import time_tables as t
from store.codec import from_ms, to_ms
from store.rows import Row, parts


@dataclass(slots=True)
class LoadedLogbook:
    """The `Logbook` of usecases.books: rows, and over them what this batch keeps."""

    connection: sa.Connection
    kept: dict[type, dict[Any, Any]]

    def logs(self, since: date, until: date, people: Iterable[str] | None = None) -> tuple[Log, ...]:
        """Those that tell of a period that begins in these days."""
        query = sa.select(t.logs).where(t.logs.c.day >= since.isoformat(), t.logs.c.day <= until.isoformat())
        found = {one.id: one for one in self._selected(query, t.logs.c.person, people, log_from)}
        names = None if people is None else set(people)
        noted = self.kept.get(Log, {}).values()
        found |= {one.id: one for one in noted if since <= one.day <= until and (names is None or one.person in names)}
        return tuple(sorted(found.values(), key=lambda one: (*one.newest, one.id)))

    def newest(self, person: str, most: int) -> tuple[Log, ...]:
        """The person's last ones, the newest first."""
        query = sa.select(t.logs).where(t.logs.c.person == person)
        query = query.order_by(t.logs.c.day.desc(), t.logs.c.at_ms.desc(), t.logs.c.id.desc()).limit(most)
        found = {one.id: one for one in map(log_from, self.connection.execute(query).mappings())}
        found |= {one.id: one for one in self.kept.get(Log, {}).values() if one.person == person}
        return tuple(sorted(found.values(), key=lambda one: (*one.newest, one.id), reverse=True))[:most]

    def readings(self, logs: Iterable[str]) -> tuple[Reading, ...]:
        """Who has read these."""
        names = tuple(dict.fromkeys(logs))
        found = {
            one.id: one for one in self._selected(sa.select(t.log_readers), t.log_readers.c.log, names, reading_from)
        }
        found |= {key: one for key, one in self.kept.get(Reading, {}).items() if one.log in names}
        return tuple(found.values())

    def comments(self, logs: Iterable[str]) -> tuple[Comment, ...]:
        """What was said of these, the earliest first."""
        names = tuple(dict.fromkeys(logs))
        found = {
            one.id: one for one in self._selected(sa.select(t.log_comments), t.log_comments.c.log, names, comment_from)
        }
        found |= {key: one for key, one in self.kept.get(Comment, {}).items() if one.log in names}
        return tuple(sorted(found.values(), key=lambda one: (one.at, one.id)))

    def _selected(
        self, query: "sa.Select[Any]", column: "sa.Column[str]", among: Iterable[str] | None, read: Any
    ) -> Iterable[Any]:  # fmt: skip
        """The values of the rows, of all or of those whose column is one of these."""
        queries = [query] if among is None else [query.where(column.in_(names)) for names in parts(among)]
        return [read(row) for part in queries for row in self.connection.execute(part).mappings()]


def log_row(one: Log, now_ms: int) -> Row:
    """The row of a log."""
    return {
        "id": one.id, "person": one.person, "kind": one.kind, "day": one.day.isoformat(), "template": one.template,
        "contents": orjson.dumps(one.contents).decode(), "source": one.source, "at_ms": to_ms(one.at),
        "changed_ms": to_ms(one.changed),
    }  # fmt: skip


def log_from(row: Any) -> Log:
    """A log from its row."""
    contents = tuple((question, answer) for question, answer in orjson.loads(row["contents"]))
    return Log(
        id=row["id"], person=row["person"], kind=row["kind"], day=date.fromisoformat(row["day"]),
        template=row["template"], contents=contents, source=row["source"], at=from_ms(row["at_ms"]),
        changed=from_ms(row["changed_ms"]),
    )  # fmt: skip


def reading_row(one: Reading, now_ms: int) -> Row:
    """The row of who has read a log."""
    return {"log": one.log, "person": one.person, "at_ms": to_ms(one.at)}


def reading_from(row: Any) -> Reading:
    """Who has read a log, from its row."""
    return Reading(log=row["log"], person=row["person"], at=from_ms(row["at_ms"]))


def comment_row(one: Comment, now_ms: int) -> Row:
    """The row of a comment."""
    return {"id": one.id, "log": one.log, "person": one.person, "words": one.words, "at_ms": to_ms(one.at)}


def comment_from(row: Any) -> Comment:
    """A comment from its row."""
    return Comment(id=row["id"], log=row["log"], person=row["person"], words=row["words"], at=from_ms(row["at_ms"]))
