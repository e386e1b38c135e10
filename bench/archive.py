"""Years of cases in a database: two are made by the product, the others are copies of their rows, made by SQL.

Copies have numbers, people and times of their own; what they say is the pattern's. Their chains of hashes are too."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import blake2s
from itertools import islice
from random import Random
from typing import Any, Final

import sqlalchemy as sa

from bench.office import an_executor, applicants, employ, filing, step, whole_case, wish
from bench.tapper import Tap
from cards.tracks import track
from domain.approvals.case import Case
from store import tables as t
from store.executor import Executor, office_clock

BUSY, OLD_HAND = "busy", "oldhand"
WAITING, OLD = 5_000, 2_000  # what waits for the busy approver; what the old hand has filed
ASKED_EACH, FILED_EACH = 50, 500  # the same of everybody else
YEARS: Final = timedelta(days=5 * 365)
_TABLES: Final = (t.events, t.cases, t.tasks, t.outbox, t.timers, t.standins)
_PEOPLE: Final = ("applicant", "actor", "person", "lane")  # columns that hold one person
_WRITTEN: Final = ("case_number", "number", "cause", "payload", "state", "track", "words", "id", "subject")
_AT_ONCE: Final = 10_000

_numbered = sa.Table(  # the copies to be made, in the database that makes them
    "copies",
    sa.MetaData(),
    sa.Column("number", sa.Text, primary_key=True),
    sa.Column("open", sa.Integer),
    *(sa.Column(name, sa.Text) for name in ("applicant", "approver", "applicant_tail", "approver_tail", "digest")),
    sa.Column("age_ms", sa.BigInteger),
    prefixes=["TEMPORARY"],
    sqlite_with_rowid=False,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy of the closed case, or of the open one that waits for its first approver."""

    number: str
    open: bool
    applicant: str
    approver: str
    age_ms: int  # how much older than its pattern

    def row(self) -> dict[str, Any]:
        """As the SQL that copies wants it."""
        return {
            "number": self.number, "open": int(self.open), "applicant": self.applicant, "approver": self.approver,
            "age_ms": self.age_ms, "applicant_tail": _tail(self.applicant), "approver_tail": _tail(self.approver),
            "digest": blake2s(self.number.encode(), digest_size=16).hexdigest(),
        }  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Archive:
    """A database with so many cases under a running executor. `real` is the closed case that the product made."""

    executor: Executor
    copies: list[Copy]
    real: str
    chance: Random = field(default_factory=lambda: Random(7))

    def taps(self, count: int) -> list[Tap]:
        """同意 in so many cases from all the years, by ordinary approvers."""
        waiting = [one for one in self.copies if one.open and one.approver != BUSY]
        chosen = self.chance.sample(waiting, count)
        return [Tap(track=track(one.number, "s1", one.approver), by=one.approver) for one in chosen]

    def closed(self) -> Copy:
        """Any closed case of an ordinary applicant."""
        while (one := self.chance.choice(self.copies)).open or one.applicant == OLD_HAND:
            pass
        return one


async def an_archive(url: str, *, waiting: int, closed: int) -> Archive:
    """Fill an empty database with so many cases that wait, and so many that are closed."""
    copies = list(_copies(waiting, closed))
    executor = an_executor(url)
    people = dict.fromkeys(person for one in copies for person in (one.applicant, one.approver))
    employ(executor, people)
    executor.start()
    done = await whole_case(executor, applicants(executor.world)[0], 1)
    asked = await step(executor, wish(executor.world, done.applicant, 2))
    asked = await step(executor, filing(asked.number, asked.applicant))
    await executor.run(lambda connection: _fill(connection, copies, {0: done, 1: asked}))
    return Archive(executor=executor, copies=copies, real=done.number)


def _copies(waiting: int, closed: int) -> Iterator[Copy]:
    """Those that wait stand evenly among the others, in the order of their numbers."""
    whole, now = waiting + closed, office_clock()
    for place in range(whole):
        is_open = place * waiting // whole != (place + 1) * waiting // whole
        turn = place * waiting // whole if is_open else place - place * waiting // whole
        many = (waiting if is_open else closed) - 1
        at = now - YEARS * (1 - place / whole)
        busy, old = is_open and turn % 19 == 0 and turn < WAITING * 19, not is_open and turn < min(OLD, closed // 9)
        yield Copy(
            number=f"QJ-{at:%Y%m%d}-{place + 1000:04d}",
            open=is_open,
            applicant=OLD_HAND if old else f"a{turn % (many // FILED_EACH + 1)}",
            approver=BUSY if busy else f"b{turn % (many // ASKED_EACH + 1)}",
            age_ms=(now - at) // timedelta(milliseconds=1),
        )


def _tail(person: str) -> str:
    return track("", "", person).rpartition(".")[2]


def _fill(connection: sa.Connection, copies: list[Copy], patterns: dict[int, Case]) -> None:
    """The indexes are made when the rows are there."""
    indexes = [index for table in _TABLES for index in table.indexes]
    for index in indexes:
        index.drop(connection)
    _numbered.create(connection)
    rows = iter(copies)
    while some := list(islice(rows, _AT_ONCE)):
        connection.execute(sa.insert(_numbered), [one.row() for one in some])
    connection.execute(sa.update(t.outbox).values(sent_version=t.outbox.c.version))
    heard = sa.select("m:bench:" + _numbered.c.digest, sa.literal(0))
    connection.execute(sa.insert(t.inbox).from_select(["id", "at_ms"], heard))
    for is_open, pattern in patterns.items():
        for table in _TABLES:
            _copy(connection, table, is_open, pattern)
    for index in indexes:
        index.create(connection)
    _numbered.drop(connection)


def _copy(connection: sa.Connection, table: sa.Table, is_open: int, pattern: Case) -> None:
    """The rows of the pattern in this table, once for each copy, in the order of their numbers."""
    naming = [column for column in table.columns if column.name in ("case_number", "number", "track", "words", "id")]
    mine = sa.or_(*(column.contains(pattern.number) for column in naming))
    rows = [tuple(row) for row in connection.execute(sa.select(table).where(mine))]
    if not rows:
        return
    names = [column.name for column in table.columns]
    old = (
        sa.values(*(sa.column(column.name, column.type) for column in table.columns), name="old").data(rows).cte("old")
    )
    columns = [_column(old.c[name], pattern) for name in names]
    together = _numbered.outerjoin(old, sa.true())  # an outer join, for it is carried out in this order
    copied = sa.select(*columns).select_from(together).where(_numbered.c.open == is_open)
    connection.execute(sa.insert(table).from_select(names, copied))


def _column(old: sa.ColumnElement[Any], pattern: Case) -> sa.ColumnElement[Any]:
    """What a copy has where the pattern has this."""
    new, approver = _numbered.c, pattern.tasks[0].person
    if old.name in _PEOPLE:
        return sa.case((old == pattern.applicant, new.applicant), (old == approver, new.approver), else_=old)
    if old.name.endswith("_ms") and old.name != "due_ms":
        return sa.case((old > 0, old - new.age_ms), else_=old)
    if old.name not in _WRITTEN:
        return old
    written: sa.ColumnElement[Any] = sa.func.replace(old, pattern.number, new.number)
    if old.name == "track":
        for person, tail in ((pattern.applicant, new.applicant_tail), (approver, new.approver_tail)):
            written = sa.func.replace(written, _tail(person), tail)
        return sa.case((old.startswith("w."), "w." + new.digest), else_=written)
    for person, name in ((pattern.applicant, new.applicant), (approver, new.approver)):
        written = sa.func.replace(written, f'"{person}"', '"' + name + '"')
    return written
