"""10,000 people due in one minute: planned and queued, beside a bulk insert of the same rows and APScheduler's jobs.

`python -m bench.reminders [--json] [--people N] [--rounds N] [--store URL …]`: all in this process, in turn; medians of
the rounds' ratios. APScheduler's jobs only fire (with a long misfire time, else none does); they write nothing."""

import argparse
import asyncio
import json
import logging
import statistics
import sys
import time
import tracemalloc
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bench import databases
from bot.logs import set_up
from bot.timekeeping import StoreRows
from cards.card import Frame
from domain.attendance.presence import Shift
from domain.people import Department, Organization, Person
from language.statutory import statutory_workdays
from scheduler.jobs import JOBS, Job
from scheduler.runner import Runner
from store import kept
from store import tables as t
from store import time_tables as tt
from store.engine import make_engine
from store.executor import Executor
from store.migrate import upgrade
from store.rows import write
from usecases.due import Due
from usecases.ports import World

GOAL: Final = 4.0  # times a bare bulk insert of the same rows
ZONE: Final = ZoneInfo("Asia/Shanghai")
ON: Final = datetime(2026, 9, 14, 8, 30, tzinfo=ZONE)
MOMENT: Final = ON - timedelta(minutes=15)
LOOK: Final = 0.002  # seconds between looks at whether the event loop still turns
_fired: list[str] = []


class Outside:
    """Nothing is read from anywhere: what is measured is ours."""

    async def read(self, job: Job, moment: datetime, *, fresh: bool) -> None:
        """Nothing."""

    async def drawn(self, dues: Sequence[Due]) -> Sequence[Due]:
        """No drawings."""
        return dues

    async def affords(self, job: Job) -> bool:
        """Always."""
        return True


def a_world(people: int) -> World:
    """A company of so many, fifty to a department."""
    departments = [Department(id=1, name="公司", parent=None)]
    departments += [Department(id=n, name=f"{n} 部", parent=1) for n in range(2, people // 50 + 3)]
    staff = [Person(userid=f"u{n:06}", name=f"员工{n}", departments=(n // 50 + 2,)) for n in range(people)]
    company = Organization(people=staff, departments=departments)
    frame = Frame(names=company.name_of, zone=ZONE, dialect="plain")
    return World(organization=company, flows={}, workdays=statutory_workdays(), frame=frame)


def shifts(world: World) -> Iterator[Shift]:
    """Everybody begins in the same minute."""
    for person in world.organization.people:
        yield Shift(person=person, day=ON.date(), on=ON, off=ON.replace(hour=18), team="行政班", shift="1")


@asynccontextmanager
async def a_runner(store: str, world: World) -> AsyncIterator[tuple[Runner, sa.Engine]]:
    """A company whose shifts are known, on a fresh database."""
    with databases.fresh(store) as url:
        upgrade(url)
        executor = Executor(engine=make_engine(url), world=world, clock=lambda: MOMENT)
        executor.start()
        engine, reader = make_engine(url), make_engine(url, writer=False)
        try:
            await executor.run(lambda c: kept.write_all(c, {Shift: {one.id: one for one in shifts(world)}}, 0))
            rows = StoreRows(executor=executor, reader=reader)
            yield Runner(rows=rows, outside=Outside(), jobs={}, clock=lambda: MOMENT), engine
        finally:
            engine.dispose()
            reader.dispose()
            await executor.stop()


async def a_round(store: str, world: World) -> dict[str, float]:
    """Seconds to plan and queue, the longest stall of the event loop, and seconds of the others."""
    people = len(world.organization.people)
    async with a_runner(store, world) as (runner, engine):
        longest, ours = await _watched(lambda: runner.run(JOBS["punch_in"], MOMENT))
        queued = await asyncio.to_thread(_rows, engine)
        assert len(queued[0]) == len(queued[1]) == people, [len(one) for one in queued]
        bulk = await asyncio.to_thread(_bulk, engine, queued)
    with databases.fresh(store) as url:
        scheduler = await _apscheduler(url, people)
    return {"ours": ours, "bulk": bulk, "apscheduler": scheduler, "stall": longest}


async def memory(store: str, world: World) -> float:
    """The highest that planning and queueing takes, in MB, in a round that is not timed."""
    async with a_runner(store, world) as (runner, _):
        tracemalloc.start()
        await runner.run(JOBS["punch_in"], MOMENT)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return peak / 1e6


async def _watched(work: Any) -> tuple[float, float]:
    """The longest time in which the event loop did not turn, and how long it took."""
    longest, done = 0.0, asyncio.Event()

    async def look() -> None:
        nonlocal longest
        while not done.is_set():
            before = time.perf_counter()
            await asyncio.sleep(LOOK)
            longest = max(longest, time.perf_counter() - before - LOOK)

    looking = asyncio.ensure_future(look())
    began = time.perf_counter()
    await work()
    took = time.perf_counter() - began
    done.set()
    await looking
    return longest, took


def _rows(engine: sa.Engine) -> list[list[dict[str, Any]]]:
    with engine.begin() as connection:
        return [
            [{str(key): value for key, value in row.items()} for row in connection.execute(sa.select(table)).mappings()]
            for table in (tt.occurrences, t.outbox)
        ]


def _bulk(engine: sa.Engine, rows: list[list[dict[str, Any]]]) -> float:
    """The very same rows once more, into the emptied tables, by one statement each in one transaction."""
    with engine.begin() as connection:
        for table in (tt.occurrences, t.outbox):
            connection.execute(sa.delete(table))
    began = time.perf_counter()
    with engine.begin() as connection:
        write(connection, tt.occurrences, rows[0], conflict="fail")
        write(connection, t.outbox, rows[1], conflict="fail")
    return time.perf_counter() - began


def fire(person: str) -> None:
    """What APScheduler runs for each person."""
    _fired.append(person)


async def _apscheduler(url: str, people: int) -> float:
    """Seconds from the first to the last of so many jobs, one a person, due at once."""
    import bench.reminders as imported  # as the scheduler imports it: this module may be __main__

    imported._fired.clear()
    options = {"coalesce": True, "misfire_grace_time": 3600, "max_instances": 1}
    hasty = [True]
    engine = _engine(url, hasty)
    scheduler = AsyncIOScheduler(jobstores={"default": SQLAlchemyJobStore(engine=engine)}, job_defaults=options)
    scheduler.start(paused=True)
    due = datetime.now(ZONE)  # noqa: TID251 - APScheduler has no other clock
    for n in range(people):
        scheduler.add_job("bench.reminders:fire", "date", run_date=due, args=[f"u{n:06}"], id=f"u{n:06}")
    hasty[0] = False
    engine.dispose()  # from here on it is as durable as by default
    began = time.perf_counter()
    scheduler.resume()
    while len(imported._fired) < people:  # noqa: ASYNC110 - APScheduler tells nobody
        await asyncio.sleep(LOOK)
    took = time.perf_counter() - began
    scheduler.shutdown(wait=False)
    engine.dispose()
    return took


def _engine(url: str, hasty: list[bool]) -> sa.Engine:
    """While `hasty`, commits are not waited for: only what fires is measured, not what puts the jobs in."""
    engine = sa.create_engine(url)

    @sa.event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        if hasty[0]:
            sqlite = engine.dialect.name == "sqlite"
            connection.execute("PRAGMA synchronous = OFF" if sqlite else "SET synchronous_commit = off")
            connection.commit()

    return engine


async def at_once(store: str, world: World, replicas: int) -> str:
    """So many processes plan the same minute, one of them is killed in the middle, a last one finishes: what became of
    everybody."""
    people = len(world.organization.people)
    async with a_runner(store, world) as (runner, engine):
        rows = runner.rows
        assert isinstance(rows, StoreRows)
        url = rows.executor.engine.url.render_as_string(hide_password=False)
        words = [sys.executable, "-m", "bench.reminders", "--people", str(people), "--carry", url]
        processes = [await asyncio.create_subprocess_exec(*words) for _ in range(replicas)]
        while not await asyncio.to_thread(_carried, engine):  # noqa: ASYNC110 - another process writes
            await asyncio.sleep(0.01)
        processes[0].kill()
        await asyncio.gather(*(one.wait() for one in processes))
        last = await asyncio.create_subprocess_exec(*words)
        assert await last.wait() == 0
        given, queued = await asyncio.to_thread(_rows, engine)
    told = {row["lane"] for row in queued}
    fine = len(given) == len(queued) == len(told) == people
    return f"{replicas} at once, one killed: {len(told)} people, {len(queued)} messages" + ("" if fine else ", WRONG")


def _carried(engine: sa.Engine) -> int:
    with engine.begin() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(tt.occurrences)) or 0)


async def carry(url: str, world: World) -> None:
    """One of several: plans and queues whatever it is told of the minute, as if the run were its own."""
    executor = Executor(engine=make_engine(url), world=world, clock=lambda: MOMENT)
    executor.start()
    reader = make_engine(url, writer=False)
    rows = StoreRows(executor=executor, reader=reader)
    runner = Runner(rows=rows, outside=Outside(), jobs={}, clock=lambda: MOMENT)
    await runner.carry(JOBS["punch_in"], MOMENT, await runner.plan(JOBS["punch_in"], MOMENT))
    reader.dispose()
    await executor.stop()


async def measure(store: str, world: World, rounds: int) -> dict[str, Any]:
    """The medians of a store."""
    found = [await a_round(store, world) for _ in range(rounds)]
    middle = {key: statistics.median(one[key] for one in found) for key in found[0]}
    return {
        "store": databases.name_of(store),
        "seconds": round(middle["ours"], 2),
        "of the bulk insert": round(statistics.median(one["ours"] / one["bulk"] for one in found), 2),
        "of APScheduler": round(statistics.median(one["ours"] / one["apscheduler"] for one in found), 2),
        "stall, seconds": round(middle["stall"], 3),
        "memory, MB": round(await memory(store, world), 1),
        "replicas": [await at_once(store, world, replicas) for replicas in (2, 3)],
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--store", action="append", metavar="URL")
    parser.add_argument("--carry", metavar="URL", help=argparse.SUPPRESS)
    args = parser.parse_args()
    set_up(logging.WARNING)
    world = a_world(args.people)
    if args.carry:
        asyncio.run(carry(args.carry, world))
        return
    found = [asyncio.run(measure(store, world, args.rounds)) for store in databases.chosen(args.store)]
    if args.json:
        print(json.dumps(found, ensure_ascii=False))
        return
    print(f"{args.people} people due in one minute, median of {args.rounds} rounds; goal: {GOAL} times the bulk insert")
    for one in found:
        print("  ".join(f"{key} {value}" for key, value in one.items()))


if __name__ == "__main__":
    main()
