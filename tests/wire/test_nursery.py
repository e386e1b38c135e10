"""Background tasks: none is lost, none dies unheard, all end."""

import asyncio

import pytest

from bot.nursery import Nursery


async def test_a_crash_is_heard_and_leaves_the_others_alone(capsys: pytest.CaptureFixture[str]) -> None:
    crashed: list[tuple[str, BaseException]] = []
    nursery = Nursery(on_crash=lambda name, error: crashed.append((name, error)))

    async def crash() -> None:
        raise RuntimeError("a bug")

    async def work() -> int:
        await asyncio.sleep(0.01)
        return 7

    nursery.start(crash(), name="the bad one")
    assert await nursery.start(work(), name="the good one") == 7
    assert [(name, str(error)) for name, error in crashed] == [("the bad one", "a bug")]
    assert "task.crashed" in capsys.readouterr().out
    assert len(nursery) == 0


async def test_stopping_lets_tasks_finish_for_a_while_and_then_ends_them() -> None:
    ended: list[str] = []

    async def lasting(name: str, seconds: float) -> None:
        try:
            await asyncio.sleep(seconds)
            ended.append(f"{name} finished")
        except asyncio.CancelledError:
            ended.append(f"{name} cancelled")
            raise

    nursery = Nursery()
    nursery.start(lasting("short", 0.05), name="short")
    nursery.start(lasting("long", 3600), name="long")
    await nursery.stop(within=0.3)
    assert ended == ["short finished", "long cancelled"]


async def test_a_task_that_swallows_its_cancelling_is_cancelled_again() -> None:
    swallowed = 0

    async def stubborn() -> None:
        nonlocal swallowed
        while swallowed < 2:
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                swallowed += 1
        await asyncio.sleep(3600)

    nursery = Nursery()
    nursery.start(stubborn(), name="stubborn")
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await nursery.stop()
    assert swallowed == 2
