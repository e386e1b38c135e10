"""Rows of who sits in for whom: what people named (standins), and who is on leave (the calendar's away)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

import orjson
import sqlalchemy as sa

from domain.approvals.standins import Standin
from domain.attendance.presence import OFF_DUTY, Away
from store.calendar import away_from
from store.codec import from_ms, to_ms
from store.rows import parts
from store.tables import standins as t
from store.time_tables import away as a

_LAST: Final = sa.select(  # the ends of indexes, also where nothing is known of a million rows
    sa.select(sa.func.max(t.c.end_ms)).scalar_subquery(), sa.select(sa.func.max(a.c.end_ms)).scalar_subquery()
)
_ON_LEAVE: Final = (a.c.end_ms > sa.bindparam("now")) & a.c.kind.in_(OFF_DUTY) & (a.c.reachable == 0)
_LEAVE_OF: Final = sa.select(a).where(a.c.person.in_(sa.bindparam("people", expanding=True)), _ON_LEAVE)
_LEAVE_TO: Final = sa.select(a).where(a.c.deputy == sa.bindparam("person"), _ON_LEAVE)
_OF: Final = sa.select(t).where(
    t.c.person.in_(sa.bindparam("people", expanding=True)), t.c.end_ms > sa.bindparam("now")
)
_TO: Final = sa.select(t).where(t.c.deputy == sa.bindparam("person"), t.c.end_ms > sa.bindparam("now"))


def anybody(connection: sa.Connection, now_ms: int) -> bool:
    """Whether anything is to be known at all: asked first, for mostly nobody sits in for anybody."""
    return any((last or 0) > now_ms for last in connection.execute(_LAST).one())


def of_people(connection: sa.Connection, people: Iterable[str], now_ms: int) -> list[Standin]:
    """What is not over of these people."""
    some = (_both(connection, _OF, _LEAVE_OF, {"people": names, "now": now_ms}) for names in parts(people))
    return [one for several in some for one in several]


def to_person(connection: sa.Connection, person: str, now_ms: int) -> list[Standin]:
    """What is not over and makes this person a deputy."""
    return _both(connection, _TO, _LEAVE_TO, {"person": person, "now": now_ms})


def on_leave(one: Away) -> Standin | None:
    """Who sits in for somebody away; None where they decide themselves: on a trip, out, or as they said."""
    if one.kind not in OFF_DUTY or one.reachable:
        return None
    return Standin(
        id=one.id, person=one.person, deputy=one.deputy, start=one.start, end=one.end, made=one.made, case=one.id
    )


def _both(
    connection: sa.Connection, named: "sa.Select[Any]", leave: "sa.Select[Any]", values: dict[str, Any]
) -> list[Standin]:
    rows = [_standin(row) for row in connection.execute(named, values).mappings()]
    away = map(on_leave, map(away_from, connection.execute(leave, values).mappings()))
    return [*rows, *filter(None, away)]


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
