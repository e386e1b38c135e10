"""The stream client: what it hands on, what it answers, how much it takes, how it ends."""

import asyncio
from collections.abc import Awaitable
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.wire.frame import DONE, EVENT, EVENT_DONE, SYSTEM, TOPIC_CARD, Ack, Frame, card_answer
from bot.wire.stream import Stream
from tests.wire.gateway import gateway, listening, until

QUICK: dict[str, Any] = {"ping_every": 0.1, "silent_after": 0.4}


async def test_frames_are_handled_and_acked_on_the_socket_they_came_from() -> None:
    async with gateway() as at, listening(at):
        first, second = at.living
        pushes = [(await at.push(line), line.number) for line in (first, second, first)]
        await until(lambda: len(at.acks) == 3)
        for push, number in pushes:
            assert at.acks[push] == (200, {"response": None}, number)


async def test_the_gateway_is_told_the_topics_and_the_credentials() -> None:
    async with gateway() as at, listening(at, connections=1):
        assert at.opened[0]["clientId"] == "dingapp"
        assert at.opened[0]["clientSecret"] == "the-secret"
        assert {"type": "EVENT", "topic": "*"} in at.opened[0]["subscriptions"]
        assert {"type": "CALLBACK", "topic": TOPIC_CARD} in at.opened[0]["subscriptions"]


async def test_an_answer_may_come_at_once_or_later_or_as_a_future() -> None:
    future: asyncio.Future[Ack | None] = asyncio.get_running_loop().create_future()

    async def later(ack: Ack) -> Ack:
        await asyncio.sleep(0)
        return ack

    answers: list[Ack | Awaitable[Ack | None]] = [card_answer({"status": "agree"}), later(EVENT_DONE), future]
    async with gateway() as at, listening(at, lambda _: answers.pop(0), connections=1):
        pushes = [await at.push(), await at.push(kind=EVENT, topic="*", eventType="x"), await at.push()]
        await until(lambda: len(at.acks) == 2)
        future.set_result(DONE)
        await until(lambda: len(at.acks) == 3)
        assert at.acks[pushes[0]][1]["response"]["cardData"] == {"cardParamMap": {"status": "agree"}}
        assert at.acks[pushes[1]][1] == {"status": "SUCCESS"}


async def test_a_handler_that_raises_is_answered_with_500_and_one_that_gives_nothing_is_not_answered() -> None:
    def handle(frame: Frame) -> Ack | Awaitable[Ack | None] | None:
        if "1" in frame.data:
            raise RuntimeError("at once")
        return raising() if "2" in frame.data else None

    async def raising() -> Ack:
        raise RuntimeError("later")

    async with gateway() as at, listening(at, handle, connections=1):
        pushes = [await at.push(data={"n": n}) for n in (1, 2, 3)]
        marker = await at.push(kind=SYSTEM, topic="ping", data={"opaque": "x"})
        await until(lambda: pushes[1] in at.acks and marker in at.acks)
        assert [at.acks[push][0] for push in pushes[:2]] == [500, 500]
        assert pushes[2] not in at.acks


async def test_system_frames_are_echoed_and_unknown_topics_answered_with_404() -> None:
    async with gateway() as at, listening(at, connections=1):
        ping = await at.push(kind=SYSTEM, topic="ping", data={"opaque": "abc"})
        alive = await at.push(kind=SYSTEM, topic="KEEPALIVE", data={})
        unknown = await at.push(topic="/v1.0/graph/api/invoke")
        await until(lambda: len(at.acks) == 3)
        assert at.acks[ping][:2] == (200, {"opaque": "abc"})
        assert at.acks[alive][0] == 200
        assert at.acks[unknown][0] == 404


@pytest.mark.parametrize("junk", ["", "{", "[]", "null", '{"type":1}', '{"type":"CALLBACK","headers":[]}', "\x00"])
async def test_junk_is_counted_and_skipped(junk: str) -> None:
    async with gateway() as at, listening(at, connections=1) as stream:
        await at.living[0].socket.send_str(junk)
        push = await at.push()
        await until(lambda: push in at.acks)
        assert stream.counts["junk"] == 1
        assert len(at.lines) == 1


async def test_too_many_unanswered_frames_stop_the_reading_until_there_is_room() -> None:
    waiting: list[asyncio.Future[Ack | None]] = []

    def handle(_: Frame) -> Awaitable[Ack | None]:
        waiting.append(asyncio.get_running_loop().create_future())
        return waiting[-1]

    async with gateway() as at, listening(at, handle, connections=1, in_flight=4, **QUICK):
        for _ in range(10):
            await at.push()
        await asyncio.sleep(0.8)
        assert len(waiting) == 4
        assert len(at.lines) == 1
        while len(at.acks) < 10:
            for future in waiting:
                if not future.done():
                    future.set_result(DONE)
            await asyncio.sleep(0.01)


async def test_stop_finishes_what_it_took_and_takes_no_more() -> None:
    async def handle(_: Frame) -> Ack:
        await asyncio.sleep(0.3)
        return DONE

    async with gateway() as at, listening(at, handle, connections=1) as stream:
        push = await at.push()
        await until(lambda: stream.counts["frames"] == 1)
        stopping = asyncio.ensure_future(stream.stop())
        await asyncio.sleep(0.05)
        late = await at.push()
        await stopping
        await until(lambda: push in at.acks and not at.living)
        assert late not in at.acks
        assert not stream.connected


async def test_stop_waits_only_so_long() -> None:
    async def handle(_: Frame) -> Ack:
        await asyncio.sleep(3600)
        return DONE

    async with gateway() as at, listening(at, handle) as stream:
        await at.push()
        await until(lambda: stream.counts["frames"] == 1)
        async with asyncio.timeout(5):
            await stream.stop(within=0.1)


async def test_cancelling_ends_it_at_once() -> None:
    async with gateway() as at, aiohttp.ClientSession() as session:
        running = asyncio.ensure_future(Stream(session, at.credentials, lambda _: DONE).run())
        await until(lambda: len(at.living) == 2)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        await until(lambda: not at.living)


async def test_neither_secret_nor_ticket_is_ever_logged(capsys: pytest.CaptureFixture[str]) -> None:
    async with gateway() as at:
        at.troubles = [
            lambda: web.Response(status=500, text="the-secret"),
            lambda: web.json_response({"endpoint": at.url.replace("http", "ws") + "/nowhere", "ticket": "the+ticket"}),
            lambda: web.json_response({"endpoint": "ws://127.0.0.1:1/connect", "ticket": "the+ticket"}),
        ]
        async with listening(at, connections=1) as stream:
            await until(lambda: stream.connected)
            assert "the-secret" not in repr(at.credentials)
    said = capsys.readouterr()
    assert "stream.refused" in said.out
    for word in ("the-secret", "ticket"):
        assert word not in said.out + said.err
