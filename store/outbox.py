"""The outbox: who shall see which card in which state. Workers lease rows, send, and say what became of it."""

import contextlib
from dataclasses import dataclass
from typing import Any

import msgspec
import orjson
import sqlalchemy as sa

from cards import tracks
from domain.approvals.case import Case
from domain.leave.standing import Asked
from store import tables as t
from store.codec import case_from
from store.engine import is_postgres

o = t.outbox

MADE = -1  # as `sent_version`: the card exists, but nobody was shown it

_LONGEST = 500  # characters of an error
_CLAIM_LOCK = 0x6E6F6401  # one replica claims at a time, so that a lane is never split between two


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One card for one listener (`lane`), to be created (`sent_version` 0), delivered (MADE) or updated; `case` None:
    plain `words`."""

    track: str
    lane: str
    words: dict[str, str]
    case: Case | None
    version: int
    sent_version: int
    attempts: int
    asked: Asked | None = None  # how its leave stands beside the balance, where the card tells that


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What became of a letter: sent (no error), to be tried again at `retry_ms`, or parked (error, no retry).

    `tried` False: refused at the gate, which does not count as a try. `made`: the card exists now, though it was not
    delivered. `behind`: it stands behind one that failed, and is given back as it was."""

    track: str
    version: int
    error: str = ""
    retry_ms: int | None = None
    tried: bool = True
    made: bool = False
    behind: bool = False


def claim(connection: sa.Connection, *, holder: str, now_ms: int, lease_ms: int, limit: int) -> list[Letter]:
    """Lease what is due: new cards first, then changes, each oldest first. A listener of whom something is under way
    or failing gets nothing else: that keeps each listener's order. `due_ms` 0 is at once, whatever the clock says; a
    lease that would outlast a new one is from before the clock was set back, and counts no more."""
    if is_postgres(connection):
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_CLAIM_LOCK)))
    leased = o.c.leased_ms.between(now_ms + 1, now_ms + lease_ms)
    card = o.c.bundle == ""
    busy = sa.select(o.c.lane).where(t.WAITING, card, leased | ((o.c.error != "") & (o.c.due_ms > now_ms)))
    due = (
        sa.select(o.c.track)
        .where(t.WAITING, card, o.c.due_ms <= now_ms, ~leased, o.c.lane.not_in(busy))
        .order_by(o.c.sent_version > 0, o.c.queued_ms, o.c.track)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    taken = (
        sa.update(o)
        .where(o.c.track.in_(due.scalar_subquery()))
        .values(leased_ms=now_ms + lease_ms, holder=holder)
        .returning(o.c.track, o.c.lane, o.c.words, o.c.version, o.c.sent_version, o.c.attempts, o.c.queued_ms)
    )
    rows = sorted(connection.execute(taken), key=lambda row: (row.queued_ms, row.track))
    cases = _cases(connection, {_number(row.track) for row in rows if not row.words})
    return [
        Letter(
            track=row.track,
            lane=row.lane,
            words=orjson.loads(row.words or "{}"),
            version=row.version,
            case=None if row.words else cases.get(_number(row.track)),
            sent_version=row.sent_version,
            attempts=row.attempts,
        )
        for row in rows
    ]


def _number(track: str) -> str:
    tracked = tracks.read(track)
    return tracked.case if tracked else ""


def _cases(connection: sa.Connection, numbers: set[str]) -> dict[str, Case]:
    if not numbers:
        return {}
    rows = connection.execute(sa.select(t.cases.c.number, t.cases.c.state).where(t.cases.c.number.in_(sorted(numbers))))
    cases = {}
    for row in rows:
        with contextlib.suppress(msgspec.MsgspecError):  # its letters have neither case nor words, and hold up no other
            cases[row.number] = case_from(row.state)
    return cases


def settle(connection: sa.Connection, deliveries: list[Delivery]) -> None:
    """Write down what became of leased letters. A state that was queued meanwhile stays waiting."""
    ordered = sorted(deliveries, key=lambda delivery: delivery.track)
    behind = [{"t": d.track} for d in ordered if d.behind]
    made = [{"t": d.track} for d in ordered if d.made]
    sent = [{"t": d.track, "v": d.version} for d in ordered if not d.error and not d.behind]
    again = [
        {"t": d.track, "e": _words(d), "d": d.retry_ms, "n": int(d.tried)}
        for d in ordered
        if d.error and d.retry_ms is not None
    ]
    parked = [{"t": d.track, "e": _words(d), "v": d.version} for d in ordered if d.error and d.retry_ms is None]
    for statement, rows in ((_SENT, sent), (_AGAIN, again), (_PARKED, parked), (_MADE, made), (_BEHIND, behind)):
        if rows:
            connection.execute(statement, rows)


def _words(delivery: Delivery) -> str:
    return delivery.error.replace("\0", "")[:_LONGEST]  # the platform's own words: PostgreSQL keeps no NUL


def note_told(connection: sa.Connection, told: dict[str, int]) -> None:
    """Cross out card states that acks have already shown."""
    if not told:
        return
    rows = [{"track": track, "shown": told[track]} for track in sorted(told)]
    if is_postgres(connection):
        connection.exec_driver_sql(_TOLD_POSTGRES, (orjson.dumps(rows).decode(),))
    else:
        connection.exec_driver_sql(_TOLD_SQLITE, [(row["shown"], row["track"], row["shown"]) for row in rows])


def release(connection: sa.Connection, holder: str) -> None:
    """Give back what this holder had leased before it died, of what still waits."""
    mine = t.WAITING & (o.c.holder == holder) & (o.c.leased_ms > 0) & (o.c.bundle == "")
    connection.execute(sa.update(o).where(mine).values(leased_ms=0, holder=""))


def next_due(connection: sa.Connection, now_ms: int) -> int | None:
    """When the next letter that is not due yet becomes due (milliseconds), or None."""
    query = sa.select(sa.func.min(o.c.due_ms)).where(t.WAITING, o.c.due_ms > now_ms)
    found: int | None = connection.execute(query).scalar()
    return found


def parked(connection: sa.Connection) -> list[Any]:
    """What failed for good: track, lane, error, queued_ms. For whoever has to look."""
    columns = (o.c.track, o.c.lane, o.c.error, o.c.queued_ms)
    return list(connection.execute(sa.select(*columns).where(o.c.parked == 1).order_by(o.c.queued_ms, o.c.track)))


def unpark(connection: sa.Connection) -> int:
    """Let everything that is parked be tried anew, at once; answer how many that are."""
    anew = sa.update(o).where(o.c.parked == 1).values(parked=0, attempts=0, due_ms=0, error="")
    return connection.execute(anew).rowcount


_SENT = (
    sa.update(o)
    .where(o.c.track == sa.bindparam("t"))
    .values(sent_version=sa.bindparam("v"), leased_ms=0, holder="", attempts=0, error="")
)
_AGAIN = (
    sa.update(o)
    .where(o.c.track == sa.bindparam("t"))
    .values(
        attempts=o.c.attempts + sa.bindparam("n"),
        due_ms=sa.bindparam("d"),
        error=sa.bindparam("e"),
        leased_ms=0,
        holder="",
    )
)
_PARKED = (
    sa.update(o)
    .where(o.c.track == sa.bindparam("t"), o.c.version == sa.bindparam("v"))
    .values(parked=1, error=sa.bindparam("e"), leased_ms=0, holder="")
)
_MADE = sa.update(o).where(o.c.track == sa.bindparam("t")).values(sent_version=MADE)
_BEHIND = sa.update(o).where(o.c.track == sa.bindparam("t")).values(leased_ms=0, holder="")
_TOLD_SQLITE = "UPDATE outbox SET sent_version = ? WHERE track = ? AND sent_version < ?"
_TOLD_POSTGRES = (  # a row that is being written is passed over: it is sent once more, and nobody waits in a ring
    "WITH told AS (SELECT * FROM json_to_recordset(%s) AS x(track text, shown bigint)),"
    " free AS (SELECT track FROM outbox WHERE track IN (SELECT track FROM told) FOR UPDATE SKIP LOCKED)"
    " UPDATE outbox SET sent_version = told.shown FROM told, free"
    " WHERE outbox.track = told.track AND free.track = told.track AND outbox.sent_version < told.shown"
)
