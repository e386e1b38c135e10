"""Messages for many in the outbox: all who have the same one are taken together, at most once (decision 0015)."""

from collections.abc import Iterable
from dataclasses import dataclass

import orjson
import sqlalchemy as sa

from cards.card import Message
from store import tables as t
from store import time_tables as tt

o = t.outbox

UNKNOWN = "不知道送到没有：发送时中断了"  # as `error` of what may have been sent
_GROUP = "cid:"
_FREE = o.c.leased_ms == 0  # what is leased is being sent, or was when its sender died


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """One message, and whom it goes to now: people (their tracks by userid), or one group. Whoever is owed the same
    words twice is told once."""

    message: Message
    tracks: dict[str, tuple[str, ...]]
    group: str = ""


def claim(
    connection: sa.Connection, *, holder: str, now_ms: int, lease_ms: int, most: int, busy: Iterable[str] = ()
) -> Bundle | None:
    """Lease the message that has waited longest, for at most so many people or for one group; None: nothing is due.
    Groups that are `busy` hear the one after the other."""
    due = (t.BUNDLED, o.c.due_ms <= now_ms, _FREE, o.c.lane.not_in([f"{_GROUP}{group}" for group in busy]))
    oldest = sa.select(o.c.bundle, o.c.lane).where(*due).order_by(o.c.queued_ms, o.c.track).limit(1)
    first = connection.execute(oldest).first()
    if first is None:
        return None
    group = first.lane.removeprefix(_GROUP) if first.lane.startswith(_GROUP) else ""
    whom = o.c.lane == first.lane if group else ~o.c.lane.startswith(_GROUP)
    taken = sa.select(o.c.track).where(*due, o.c.bundle == first.bundle, whom).order_by(o.c.queued_ms, o.c.track)
    some = taken.limit(1 if group else most).with_for_update(skip_locked=True).scalar_subquery()
    lease = sa.update(o).where(o.c.track.in_(some)).values(leased_ms=now_ms + lease_ms, holder=holder)
    rows = connection.execute(lease.returning(o.c.track, o.c.lane, o.c.words)).all()
    if not rows:  # another replica took them in between
        return None
    words = Message(**orjson.loads(rows[0].words))
    tracks: dict[str, tuple[str, ...]] = {}
    for row in rows:
        tracks[row.lane] = (*tracks.get(row.lane, ()), row.track)
    return Bundle(message=words, tracks=tracks, group=group)


def all_tracks(bundle: Bundle) -> list[str]:
    """Every letter that the bundle has taken: all are to be settled."""
    return [track for several in bundle.tracks.values() for track in several]


def give_up_unknown(connection: sa.Connection, *, now_ms: int, holder: str = "") -> int:
    """Park what may have been sent by somebody who died: whose lease is over, or, at the start, what this holder had
    leased before. Answers how many."""
    gone = (o.c.leased_ms > 0) & ((o.c.leased_ms <= now_ms) | ((o.c.holder == holder) & (sa.literal(holder) != "")))
    park = sa.update(o).where(t.BUNDLED, gone).values(parked=1, error=UNKNOWN, leased_ms=0, holder="")
    return connection.execute(park).rowcount


def content_of(connection: sa.Connection, file: str) -> bytes | None:
    """The bytes of a file that waits to be sent; None: it is there no more."""
    found: bytes | None = connection.scalar(sa.select(tt.files.c.content).where(tt.files.c.id == file))
    return found
