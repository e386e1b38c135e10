"""A draft that nobody finished for a day is closed, once, whatever the number of beats."""

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from scheduler.beat import KINDS, Beat
from store import timers
from store.codec import to_ms
from store.engine import make_engine
from store.executor import Executor
from tests.store.office import executor, says, submits

BEGAN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = BEGAN

    def __call__(self) -> datetime:
        return self.now


def beat_of(office: Executor, clock: Clock) -> Beat:
    return Beat(
        due=lambda: office.run(lambda connection: timers.due(connection, to_ms(clock()), 500)), submit=office.submit
    )


def rows(url: str, query: str) -> list[Any]:
    engine = make_engine(url, writer=False)
    with engine.begin() as connection:
        found = list(connection.execute(sa.text(query)))
    engine.dispose()
    return found


async def test_a_draft_expires_after_a_day_and_a_filed_case_does_not(database_url: str) -> None:
    clock = Clock()
    async with executor(database_url) as office:
        office.clock = clock
        await office.submit(says("lix", "我明天下午请半天病假，去医院复查", "m1"))
        await office.submit(says("zhangw", "我明天下午请半天病假，去医院复查", "m2"))
        await office.submit(submits("zhangw", "QJ-20261123-002"))
        beat = beat_of(office, clock)
        clock.now = BEGAN + timedelta(hours=23, minutes=59)
        await beat.strike()
        assert rows(database_url, "SELECT status FROM cases ORDER BY number") == [("draft",), ("running",)]
        clock.now = BEGAN + timedelta(hours=24)
        for _ in range(3):
            await beat.strike()
    assert rows(database_url, "SELECT status FROM cases ORDER BY number") == [("expired",), ("running",)]
    assert rows(database_url, "SELECT actor, cause FROM events WHERE kind = 'expired'") == [
        ("", "expire:QJ-20261123-001")
    ]
    assert rows(database_url, "SELECT count(*) FROM timers") == [(0,)]


def test_every_kind_of_timer_makes_a_command_that_names_its_row() -> None:
    subjects = {
        "expire_draft": "QJ-20261123-001",
        "overdue_step": "QJ-20261123-001 1 1",
        "tell_linked": "QJ-20261123-001 CC-20261123-001",
    }
    for kind, wish in KINDS.items():
        due = timers.Due(id=f"{kind}:QJ-20261123-001", kind=kind, subject=subjects[kind])
        assert wish(due).needs().timer == due.id


async def test_a_timer_that_cannot_be_done_holds_up_no_other(database_url: str) -> None:
    clock = Clock()
    async with executor(database_url) as office:
        office.clock = clock
        for person, message in (("lix", "m1"), ("zhangw", "m2")):
            await office.submit(says(person, "我明天下午请半天病假，去医院复查", message))
        spoil = sa.text("UPDATE cases SET state = '{}' WHERE number LIKE '%-001'")
        await office.run(lambda connection: connection.execute(spoil).rowcount)
        clock.now = BEGAN + timedelta(hours=25)
        await beat_of(office, clock).strike()
    assert rows(database_url, "SELECT status FROM cases ORDER BY number") == [("draft",), ("expired",)]
