"""Rows of who sits in for whom."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

import orjson
import sqlalchemy as sa

from domain.approvals.standins import Standin
from store.codec import from_ms, to_ms
from store.tables import standins as t

_LAST: Final = sa.select(sa.func.max(t.c.end_ms))  # the end of an index, also where nothing is known of a million rows
_OF: Final = sa.select(t).where(
    t.c.person.in_(sa.bindparam("people", expanding=True)), t.c.end_ms > sa.bindparam("now")
)
_AWAY: Final = (
    sa.select(t)
    .where(t.c.end_ms > sa.bindparam("since"), t.c.start_ms < sa.bindparam("until"), t.c.case_number != "")
    .limit(500)
)
_TO: Final = sa.select(t).where(t.c.deputy == sa.bindparam("person"), t.c.end_ms > sa.bindparam("now"))


def anybody(connection: sa.Connection, now_ms: int) -> bool:
    """Whether anything is to be known at all: asked first, for mostly nobody sits in for anybody."""
    return (connection.scalar(_LAST) or 0) > now_ms


def of_people(connection: sa.Connection, people: Iterable[str], now_ms: int) -> list[Standin]:
    """What is not over of these people."""
    rows = connection.execute(_OF, {"people": sorted(people), "now": now_ms})
    return [_standin(row) for row in rows.mappings()]


def away(connection: sa.Connection, since_ms: int, until_ms: int) -> list[Standin]:
    """Who is on approved leave in that time."""
    rows = connection.execute(_AWAY, {"since": since_ms, "until": until_ms})
    return [_standin(row) for row in rows.mappings()]


def to_person(connection: sa.Connection, person: str, now_ms: int) -> list[Standin]:
    """What is not over and makes this person a deputy."""
    return [_standin(row) for row in connection.execute(_TO, {"person": person, "now": now_ms}).mappings()]


def row_of(one: Standin) -> dict[str, Any]:
    """The row of a value."""
    return {
        "id": one.id,
        "person": one.person,
        "deputy": one.deputy,
        "start_ms": to_ms(one.start),
        "end_ms": to_ms(one.end),
        "made_ms": to_ms(one.made),
        "flows": orjson.dumps(one.flows).decode(),
        "most": "" if one.most is None else str(one.most),
        "case_number": one.case,
    }


def _standin(row: Any) -> Standin:
    return Standin(
        id=row["id"], person=row["person"], deputy=row["deputy"], start=from_ms(row["start_ms"]),
        end=from_ms(row["end_ms"]), made=from_ms(row["made_ms"]), flows=tuple(orjson.loads(row["flows"])),
        most=Decimal(row["most"]) if row["most"] else None, case=row["case_number"],
    )  # fmt: skip
