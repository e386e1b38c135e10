"""What the platform was asked for is counted by month, and administrators hear of it once at each mark."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from bot.budget import Keeper, Meter
from bot.jobcost import costs
from domain.budget import Budget
from scheduler.jobs import JOBS
from store import usage
from store.office import load
from tests.scheduler.test_beat import Clock, rows
from tests.scheduler.test_runner import MONDAY, runner_over
from tests.scheduler.test_runner import reader as reader  # a fixture
from tests.store.office import executor, world


async def test_calls_that_count_are_summed_by_month_on_all_replicas(database_url: str) -> None:
    async with executor(database_url) as one, executor(database_url) as two:
        keepers = [Keeper(executor=office, meter=Meter()) for office in (one, two)]
        for keeper in keepers:
            for api in ("POST /v1.0/robot/oToMessages/batchSend", "/topapi/v2/user/get", "/attendance/listRecord"):
                keeper.meter.call(api)
            keeper.meter.message("/v1.0/im/bot/messages/get")
            await keeper.write()
            await keeper.write()
    assert rows(database_url, "SELECT what, name, spent FROM usage ORDER BY name") == [
        ("call", "/attendance/listRecord", 2),
        ("message", "/v1.0/im/bot/messages/get", 2),
        ("call", "/v1.0/robot/oToMessages/batchSend", 2),
    ]


async def test_a_job_as_of_another_month_is_paid_for_in_this_one(database_url: str) -> None:
    async with executor(database_url) as office:
        office.clock = lambda: MONDAY + timedelta(days=400)
        keeper = Keeper(executor=office, meter=Meter(), clock=Clock())
        keeper.meter.call("/attendance/listRecord")
        await keeper.write()
    assert rows(database_url, "SELECT month, spent FROM usage") == [("2026-11", 1)]


async def test_what_can_wait_waits_when_most_is_used(database_url: str) -> None:
    clock = Clock()
    async with executor(database_url) as office:
        office.clock = clock
        keeper = Keeper(executor=office, meter=Meter(), clock=clock)
        assert not await keeper.short()
        await office.run(lambda connection: usage.add(connection, "2026-11", {("call", "x"): 4900}))
        assert await keeper.short()
        clock.now += timedelta(days=10)  # another month
        assert not await keeper.short()


async def test_administrators_hear_once_at_each_mark(database_url: str, reader: sa.Engine) -> None:
    clock = Clock()
    async with executor(database_url) as office:
        runner = runner_over(office, reader, JOBS["budget"], clock)

        async def a_day_later(more: int) -> list[Any]:
            await office.run(lambda connection: usage.add(connection, "2026-11", {("call", "x"): more}))
            clock.now += timedelta(days=1)
            await runner.strike()
            return rows(database_url, "SELECT lane FROM outbox ORDER BY queued_ms, lane")

        clock.now = MONDAY - timedelta(days=1) + timedelta(minutes=30)
        await runner.strike()
        assert await a_day_later(3900) == []
        assert await a_day_later(200) == [("zhao",), ("zhengk",)]
        assert len(await a_day_later(100)) == 2
        assert len(await a_day_later(600)) == 4


async def test_a_job_says_before_what_it_would_cost(database_url: str, reader: sa.Engine) -> None:
    with reader.begin() as connection:
        office = load(connection, world(), [], MONDAY)
        found = {one.job.name: one for one in costs(office, JOBS, MONDAY)}
    assert (found["waiting"].moments, found["waiting"].calls) == (
        21,
        42,
    )  # working days of November; 34 people: 2 calls
    assert office.world.budget == Budget()


async def test_the_cost_of_a_year_of_which_no_notice_is_known_has_weekends(reader: sa.Engine) -> None:
    with reader.begin() as connection:
        month = MONDAY.replace(year=2099)
        (found,) = costs(load(connection, world(), [], month), {"punch_in": JOBS["punch_in"]}, month)
    assert found.moments == 21 * 4
