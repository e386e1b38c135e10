"""Rows of the jobs: which moments were carried out, and who got what of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from store import time_tables as t
from store.codec import from_ms, to_ms
from store.rows import insert_keys, write

State = Literal["since", "off", "running", "done", "dropped"]

_r = t.runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A moment of a job: `since` when the job was switched on (nothing before it is made up for) or `off`, being
    carried out, done for so many `receivers`, or dropped, and why."""

    job: str
    moment: datetime
    state: State
    receivers: int = 0
    words: str = ""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Since when a job has been on (None: it was not), and which of its moments are over: done or dropped."""

    since: datetime | None
    over: frozenset[datetime]


def carry(connection: sa.Connection, job: str, moment: datetime, receivers: Sequence[str]) -> set[str]:
    """Those who have not got it yet: from now on they have."""
    at = to_ms(moment)
    rows = [{"job": job, "moment_ms": at, "receiver": receiver} for receiver in receivers]
    return {key[2] for key in insert_keys(connection, t.occurrences, rows)}


def carried(connection: sa.Connection, job: str, moment: datetime) -> frozenset[str]:
    """Who has got what was due at that moment."""
    o = t.occurrences
    query = sa.select(o.c.receiver).where(o.c.job == job, o.c.moment_ms == to_ms(moment))
    return frozenset(connection.scalars(query))


def known(connection: sa.Connection, job: str, back: datetime, now: datetime) -> Known:
    """What the rows of a job say, of its moments from `back` until `now`."""
    until = _r.c.moment_ms <= to_ms(now)  # `nod job` may have been asked for a time to come
    mine = sa.select(_r).where(_r.c.job == job, until).order_by(_r.c.moment_ms.desc())
    marker = connection.execute(mine.where(_r.c.state.in_(("since", "off"))).limit(1)).mappings().first()
    rows = connection.execute(mine.where(_r.c.moment_ms >= to_ms(back), _r.c.state.in_(("done", "dropped"))))
    since = from_ms(marker["moment_ms"]) if marker and marker["state"] == "since" else None
    return Known(since=since, over=frozenset(from_ms(row["moment_ms"]) for row in rows.mappings()))


def switch_off(connection: sa.Connection, jobs: Sequence[str], now: datetime) -> None:
    """These jobs do not run now: what they miss from here on is not made up for."""
    on = [job for job in jobs if known(connection, job, now, now).since is not None]
    note(connection, [Run(job=job, moment=now, state="off", at=now) for job in on])


def last(connection: sa.Connection, job: str) -> Run | None:
    """The newest moment that was carried out or dropped."""
    query = sa.select(_r).where(_r.c.job == job, _r.c.state.in_(("done", "dropped", "running")))
    row = connection.execute(query.order_by(_r.c.moment_ms.desc()).limit(1)).mappings().first()
    if row is None:
        return None
    return Run(
        job=row["job"], moment=from_ms(row["moment_ms"]), state=row["state"], receivers=row["receivers"],
        words=row["words"], at=from_ms(row["at_ms"]),
    )  # fmt: skip


def begin(connection: sa.Connection, job: str, moment: datetime, *, now_ms: int, lease_ms: int) -> bool:
    """Whether this moment is ours to carry out: nobody has, and nobody is at it (or died at it)."""
    row = _row(Run(job=job, moment=moment, state="running", at=from_ms(now_ms)), leased_ms=now_ms + lease_ms)
    if insert_keys(connection, _r, [row]):
        return True
    free = (_r.c.state == "running") & (_r.c.leased_ms <= now_ms)
    mine = sa.update(_r).where(_r.c.job == job, _r.c.moment_ms == to_ms(moment), free)
    return connection.execute(mine.values(leased_ms=now_ms + lease_ms)).rowcount == 1


def note(connection: sa.Connection, runs: Sequence[Run]) -> None:
    """Write down what became of these moments."""
    write(connection, _r, [_row(run) for run in runs], conflict="replace")


def _row(run: Run, leased_ms: int = 0) -> Mapping[str, str | int]:
    return {
        "job": run.job, "moment_ms": to_ms(run.moment), "state": run.state, "leased_ms": leased_ms,
        "receivers": run.receivers, "words": run.words, "at_ms": to_ms(run.at),
    }  # fmt: skip
