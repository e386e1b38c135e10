"""The stream client against a gateway in every mood: it comes back, and loses no ack."""

import asyncio
import time
from typing import Any

from aiohttp import web

from bot.wire.frame import DONE, Ack, Frame, card_answer
from tests.wire.gateway import gateway, listening, until

QUICK: dict[str, Any] = {"ping_every": 0.1, "silent_after": 0.4}


async def test_an_opening_that_fails_is_tried_again() -> None:
    async def slow() -> None:
        await asyncio.sleep(0.3)

    async with gateway() as at:
        at.troubles = [
            lambda: web.Response(status=500),
            lambda: web.Response(status=503, text="<html>busy</html>", content_type="text/html"),
            lambda: web.json_response({"unexpected": True}),
            lambda: web.Response(text="not json"),
            lambda: web.json_response({"endpoint": at.url.replace("http", "ws") + "/nowhere", "ticket": "x"}),
            slow,
        ]
        async with listening(at, connections=1) as stream:
            await until(lambda: stream.connected)
            assert len(at.opened) == 6
            push = await at.push()
            await until(lambda: push in at.acks)


async def test_an_opening_that_hangs_does_not_hold_up_the_other_line() -> None:
    async def hangs() -> None:
        await asyncio.sleep(3600)

    async with gateway() as at:
        at.troubles = [hangs]
        async with listening(at) as stream:
            await until(lambda: stream.connected)
            push = await at.push()
            await until(lambda: push in at.acks)


async def test_wrong_credentials_are_not_hammered() -> None:
    async with gateway() as at:
        at.troubles = [lambda: web.json_response({"code": "authFailed"}, status=401)] * 9
        async with listening(at, connections=1):
            await asyncio.sleep(0.7)
            assert len(at.opened) == 1


async def test_a_gateway_that_closes_what_it_accepts_is_not_asked_in_a_tight_loop() -> None:
    async with gateway() as at:
        at.slam = 3
        async with listening(at, connections=1) as stream:
            await until(lambda: len(at.lines) == 4 and at.living and stream.connected)
            push = await at.push()
            await until(lambda: push in at.acks)
            await asyncio.sleep(0.2)
            assert len(at.opened) == 4


async def test_a_gateway_that_sends_everybody_away_at_once_is_not_asked_in_a_tight_loop() -> None:
    async with gateway() as at, listening(at, connections=1):
        for turn in range(1, 7):
            await until(lambda turn=turn: len(at.lines) == turn)  # type: ignore[misc]
            await at.ask_to_leave(at.lines[-1])
        await asyncio.sleep(0.1)
        assert len(at.opened) == 6


async def test_a_polite_disconnect_in_mid_handler_loses_no_time_and_no_ack() -> None:
    may_end = asyncio.Event()
    cancelled = []

    async def handle(_: Frame) -> Ack:
        try:
            await may_end.wait()
        except asyncio.CancelledError:
            cancelled.append(True)
            raise
        return DONE

    async with gateway() as at, listening(at, handle, connections=1) as stream:
        old = at.living[0]
        push = await at.push(old)
        await at.ask_to_leave(old)
        await until(lambda: len(at.living) == 1 and stream.connected)
        assert old.alive
        may_end.set()
        await until(lambda: push in at.acks)
        assert at.acks[push][2] == old.number
        assert not cancelled


async def test_the_ack_of_a_cut_socket_goes_out_on_another_one() -> None:
    may_end = asyncio.Event()

    async def handle(_: Frame) -> Ack:
        await may_end.wait()
        return DONE

    async with gateway() as at, listening(at, handle) as stream:
        dying, _ = at.living
        push = await at.push(dying)
        await until(lambda: stream.counts["frames"] == 1)
        at.cut(dying)
        await until(lambda: len(at.living) == 2)
        may_end.set()
        await until(lambda: push in at.acks)
        assert at.acks[push][2] != dying.number


async def test_an_ack_without_any_socket_waits_for_the_next_and_is_told_sent_only_then() -> None:
    may_end = asyncio.Event()
    sent: list[bool] = []

    async def handle(_: Frame) -> Ack:
        await may_end.wait()
        return card_answer({"status": "agree"}, sent=lambda: sent.append(stream.connected))

    async with gateway() as at, listening(at, handle, connections=1) as stream:
        push = await at.push()
        await until(lambda: stream.counts["frames"] == 1)
        at.troubles = [lambda: web.Response(status=500)] * 3
        at.cut(at.living[0])
        await until(lambda: not stream.connected)
        may_end.set()
        await until(lambda: push in at.acks)
        assert sent == [True]


async def test_a_silent_socket_is_noticed_and_replaced() -> None:
    async with gateway() as at, listening(at, connections=1, **QUICK):
        await until(lambda: at.lines[0].pings >= 2)
        at.living[0].thawed.clear()
        await until(lambda: len(at.lines) == 2)
        push = await at.push(at.lines[1])
        await until(lambda: push in at.acks)


async def test_a_quiet_socket_that_answers_pings_is_kept() -> None:
    async with gateway() as at, listening(at, connections=1, **QUICK):
        await asyncio.sleep(1)
        assert len(at.lines) == 1


async def test_our_own_stall_is_not_taken_for_silence() -> None:
    async with gateway() as at, listening(at, connections=1, **QUICK):
        await asyncio.sleep(0.2)
        time.sleep(0.6)  # noqa: ASYNC251 - the point: nobody of us can move meanwhile
        await asyncio.sleep(0.3)
        assert len(at.lines) == 1


async def test_where_a_newer_connection_displaces_the_older_one_the_client_settles_for_one() -> None:
    async with gateway() as at:
        at.displace = True
        async with listening(at) as stream:
            await until(lambda: len(at.lines) >= 4)
            await asyncio.sleep(2.5)
            settled = len(at.lines)
            assert settled <= 6
            await asyncio.sleep(1.5)
            assert len(at.lines) == settled
            push = await at.push()
            await until(lambda: push in at.acks)
            at.displace = False
            at.cut(at.living[0])
            await until(lambda: len(at.lines) == settled + 1 and stream.connected)
