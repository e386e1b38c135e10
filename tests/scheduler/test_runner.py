"""A job at its moments: once for everybody, late or not at all after an outage, whoever dies in the middle."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.timekeeping import StoreRows
from cards.card import Message
from domain.reminders import Quiet, Settings
from scheduler.jobs import Job
from scheduler.runner import Runner
from scheduler.times import Daily
from store import kept
from store.engine import make_engine
from store.executor import Executor
from tests.scheduler.test_beat import Clock, rows
from tests.store.office import executor
from usecases.due import Carry, Due
from usecases.ports import Office, Post

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, 9, tzinfo=ZONE)


@dataclass(slots=True)
class Outside:
    """Nothing lies outside, but for what is counted."""

    read_: list[tuple[str, ...]] = field(default_factory=list)
    rich: bool = True

    async def read(self, job: Job, moment: datetime, *, fresh: bool) -> None:
        self.read_.append(job.reads)

    async def drawn(self, dues: Sequence[Due]) -> Sequence[Due]:
        return dues

    async def affords(self, job: Job) -> bool:
        return self.rich


def greeting(office: Office, moment: datetime) -> Iterable[Due]:
    """Everybody of the company is greeted."""
    for person in office.world.organization.people:
        said = Message(title="早", text=f"今天是 {moment:%d} 日")
        post = Post(to=person, track=f"greet:{moment:%Y%m%d}:{person}", message=said)
        yield Due(receiver=person, posts=(post,), until=moment + timedelta(hours=3))


GREET = Job(
    name="greet", title="问候", times=Daily(at=time(9)), plan=greeting, reads=("shifts",), late=timedelta(hours=2)
)


@pytest.fixture
def reader(database_url: str) -> Iterator[sa.Engine]:
    engine = make_engine(database_url, writer=False)
    yield engine
    engine.dispose()


def runner_over(office: Executor, reader: sa.Engine, job: Job, clock: Clock, outside: Outside | None = None) -> Runner:
    office.clock = clock
    store = StoreRows(executor=office, reader=reader)
    return Runner(rows=store, outside=outside or Outside(), jobs={job.name: job}, clock=clock)


def greeted(url: str) -> list[Any]:
    return rows(url, "SELECT substr(track, 7, 8) AS day, count(*) FROM outbox GROUP BY 1 ORDER BY 1")


def states(url: str) -> list[Any]:
    return rows(url, "SELECT state, receivers, words FROM runs ORDER BY moment_ms")


async def test_everybody_gets_it_once_however_often_it_beats(database_url: str, reader: sa.Engine) -> None:
    clock = Clock()
    async with executor(database_url) as office:
        people = len(office.world.organization.people)
        runner = runner_over(office, reader, GREET, clock)
        for moment in (MONDAY - timedelta(hours=1), MONDAY, MONDAY, MONDAY + timedelta(minutes=1)):
            clock.now = moment
            await runner.strike()
        clock.now = MONDAY + timedelta(days=1)
        await runner.strike()
    assert greeted(database_url) == [("20261123", people), ("20261124", people)]
    assert [row[:2] for row in states(database_url)] == [("since", 0), ("done", people), ("done", people)]


async def test_what_was_before_it_was_switched_on_is_not_made_up_for(database_url: str, reader: sa.Engine) -> None:
    clock = Clock()
    clock.now = MONDAY + timedelta(minutes=1)
    async with executor(database_url) as office:
        runner = runner_over(office, reader, GREET, clock)
        await runner.strike()
        await runner.strike()
    assert greeted(database_url) == []


@pytest.mark.parametrize(
    ("back_at", "merge", "expected"),
    [
        (MONDAY + timedelta(hours=1), False, ["20261123"]),
        (MONDAY + timedelta(hours=3), False, []),
        (MONDAY + timedelta(days=1, hours=1), False, ["20261124"]),
    ],
    ids=["an hour late", "too late", "a day was missed"],
)
async def test_after_an_outage_what_still_helps_is_done_and_the_rest_is_written_off(
    database_url: str, reader: sa.Engine, back_at: datetime, merge: bool, expected: list[str]
) -> None:
    clock = Clock()
    async with executor(database_url) as office:
        runner = runner_over(office, reader, replace(GREET, merge=merge), clock)
        clock.now = MONDAY - timedelta(hours=1)
        await runner.strike()
        clock.now = back_at
        await runner.strike()
    assert [day for day, _ in greeted(database_url)] == expected
    dropped = [words for state, _, words in states(database_url) if state == "dropped"]
    assert dropped == ["错过了：停机太久"] * (1 + (back_at - MONDAY).days - len(expected))


async def test_of_several_missed_moments_the_newest_is_made_up_for_where_they_merge(
    database_url: str, reader: sa.Engine
) -> None:
    clock = Clock()
    job = replace(GREET, merge=True, late=timedelta(days=2))
    async with executor(database_url) as office:
        runner = runner_over(office, reader, job, clock)
        for moment in (MONDAY - timedelta(hours=1), MONDAY + timedelta(days=1, hours=1)):
            clock.now = moment
            await runner.strike()
    assert [day for day, _ in greeted(database_url)] == ["20261124"]
    assert [(state, words) for state, _, words in states(database_url)] == [
        ("since", ""), ("dropped", "并入了后来的一次"), ("done", ""),
    ]  # fmt: skip


async def test_it_does_not_happen_on_a_day_off_of_the_company(database_url: str, reader: sa.Engine) -> None:
    clock = Clock()
    async with executor(database_url) as office:
        runner = runner_over(office, reader, GREET, clock)
        for day in range(-1, 5):  # from Sunday to Thursday there is one working day off: 国庆
            clock.now = datetime(2026, 9, 30, 9, 30, tzinfo=ZONE) + timedelta(days=day)
            await runner.strike()
    assert [day for day, _ in greeted(database_url)] == ["20260930"]


async def test_replicas_at_once_give_it_once(database_url: str, reader: sa.Engine) -> None:
    clock = Clock()
    clock.now = MONDAY - timedelta(hours=1)
    async with executor(database_url) as one, executor(database_url) as two, executor(database_url) as three:
        runners = [runner_over(office, reader, GREET, clock) for office in (one, two, three)]
        await runners[0].strike()
        clock.now = MONDAY
        await asyncio.gather(*(runner.strike() for runner in runners))
        dues = await runners[0].plan(GREET, MONDAY)
        await asyncio.gather(*(runner.carry(GREET, MONDAY, dues) for runner in runners))
    people = rows(database_url, "SELECT count(DISTINCT receiver), count(*) FROM occurrences")
    assert people == [(34, 34)]
    assert greeted(database_url) == [("20261123", 34)]


async def test_who_dies_in_the_middle_leaves_the_rest_to_the_next(database_url: str, reader: sa.Engine) -> None:
    clock = Clock()
    clock.now = MONDAY - timedelta(hours=1)
    async with executor(database_url) as office:
        runner = runner_over(office, reader, GREET, clock)
        await runner.strike()
        clock.now = MONDAY
        assert await runner.rows.begin("greet", MONDAY)  # somebody is at it, has given it to some, and dies
        dues = await runner.plan(GREET, MONDAY)

        await office.submit(Carry(job="greet", moment=MONDAY, dues=tuple(dues[:10])))
        await runner.strike()
        assert greeted(database_url) == [("20261123", 10)]
        clock.now = MONDAY + timedelta(minutes=3)
        await runner.strike()
    assert greeted(database_url) == [("20261123", 34)]


async def test_what_comes_too_late_for_anybody_is_left_out(database_url: str, reader: sa.Engine) -> None:
    clock = Clock()
    job = replace(GREET, late=timedelta(hours=5))
    async with executor(database_url) as office:
        runner = runner_over(office, reader, job, clock)
        for moment in (MONDAY - timedelta(hours=1), MONDAY + timedelta(hours=4)):
            clock.now = moment
            await runner.strike()
    assert greeted(database_url) == []
    assert rows(database_url, "SELECT count(*) FROM occurrences") == [(34,)]


async def test_a_job_that_can_wait_gives_way_when_the_budget_is_short(database_url: str, reader: sa.Engine) -> None:
    clock, outside = Clock(), Outside(rich=False)
    async with executor(database_url) as office:
        runner = runner_over(office, reader, replace(GREET, nice=True), clock, outside)
        for moment in (MONDAY - timedelta(hours=1), MONDAY):
            clock.now = moment
            await runner.strike()
    assert greeted(database_url) == []
    assert outside.read_ == []
    assert states(database_url)[1][2] == "本月额度紧张，先保证审批"


async def test_a_job_that_breaks_holds_up_no_other(database_url: str, reader: sa.Engine) -> None:
    clock = Clock()

    def broken(office: Office, moment: datetime) -> Iterable[Due]:
        raise ValueError("a bug")

    async with executor(database_url) as office:
        runner = runner_over(office, reader, GREET, clock)
        runner.jobs = {"broken": replace(GREET, name="broken", plan=broken), "greet": GREET}
        for moment in (MONDAY - timedelta(hours=1), MONDAY):
            clock.now = moment
            await runner.strike()
    assert greeted(database_url) == [("20261123", 34)]


@pytest.mark.parametrize(
    ("job", "quiet", "usual", "comes"),
    [
        ("greet", None, None, "at once"),
        ("greet", (8 * 60, 10 * 60), None, "later"),
        ("greet", (8 * 60, 13 * 60), None, "never"),  # it helps until noon
        ("greet", None, (8 * 60, 10 * 60), "later"),
        ("greet", (22 * 60, 7 * 60), (8 * 60, 10 * 60), "at once"),
        ("punch_in", None, (8 * 60, 10 * 60), "at once"),  # a night shift is at work in the company's quiet hours
        ("punch_in", (8 * 60, 10 * 60), None, "later"),
    ],
)
async def test_in_quiet_hours_it_waits_or_is_left_out(
    database_url: str, job: str, quiet: Quiet | None, usual: Quiet | None, comes: str
) -> None:
    async with executor(database_url) as office:
        office.clock = lambda: MONDAY
        office.world = replace(office.world, quiet=usual)
        if quiet:
            own: dict[type, dict[str, Settings]] = {Settings: {"lix": Settings(person="lix", quiet=quiet)}}
            await office.run(lambda connection: kept.write_all(connection, own, 0))
        post = Post(to="lix", track="t", message=Message(text="早"))
        due = Due(receiver="lix", posts=(post,), until=MONDAY + timedelta(hours=3))
        await office.submit(Carry(job=job, moment=MONDAY, dues=(due,)))
    found = [row[0] for row in rows(database_url, "SELECT due_ms FROM outbox")]
    ten = round(MONDAY.replace(hour=10).timestamp() * 1000)
    assert found == {"at once": [0], "later": [ten], "never": []}[comes]


async def test_a_time_to_come_that_was_asked_for_changes_nothing_until_then(
    database_url: str, reader: sa.Engine
) -> None:
    clock = Clock()
    async with executor(database_url) as office:
        runner = runner_over(office, reader, GREET, clock)
        clock.now = MONDAY - timedelta(hours=1)
        await runner.strike()
        await runner.rows.note("greet", [MONDAY + timedelta(days=200)], "done")  # as `nod job --as-of` does
        for day in range(12):  # over a weekend: nothing of the last days is known
            if day not in (1, 2, 3):
                clock.now = MONDAY + timedelta(days=day)
                await runner.strike()
    assert [day for day, _ in greeted(database_url)][-3:] == ["20261202", "20261203", "20261204"]


async def test_what_a_job_missed_while_it_was_off_is_not_made_up_for(database_url: str, reader: sa.Engine) -> None:
    clock = Clock()
    job = replace(GREET, late=timedelta(days=3))
    async with executor(database_url) as office:
        runner = runner_over(office, reader, job, clock)
        clock.now = MONDAY - timedelta(hours=1)
        await runner.strike()
        await runner.rows.switch_off(["greet"])
        clock.now = MONDAY + timedelta(days=2, hours=1)
        await runner.rows.switch_off(["greet"])  # the process was started again meanwhile
        await runner.strike()
        clock.now = MONDAY + timedelta(days=3)
        await runner.strike()
    assert [day for day, _ in greeted(database_url)] == ["20261126"]


async def test_a_changed_time_of_the_day_does_not_do_today_again(database_url: str, reader: sa.Engine) -> None:
    clock = Clock()
    async with executor(database_url) as office:
        runner = runner_over(office, reader, GREET, clock)
        for moment in (MONDAY - timedelta(hours=1), MONDAY):
            clock.now = moment
            await runner.strike()
        earlier = replace(GREET, times=Daily(at=time(8, 40)))
        runner = runner_over(office, reader, earlier, clock)
        clock.now = MONDAY + timedelta(minutes=30)
        await runner.strike()
    assert greeted(database_url) == [("20261123", 34)]


async def test_what_breaks_is_tried_again_after_a_growing_pause(database_url: str, reader: sa.Engine) -> None:
    clock, outside = Clock(), Outside()

    def broken(office: Office, moment: datetime) -> Iterable[Due]:
        raise ValueError("a bug")

    async with executor(database_url) as office:
        runner = runner_over(office, reader, replace(GREET, plan=broken), clock, outside)
        clock.now = MONDAY - timedelta(seconds=15)
        for _ in range(4 * 60):
            await runner.strike()
            clock.now += timedelta(seconds=15)
    assert 2 <= len(outside.read_) <= 6  # an hour of beats
