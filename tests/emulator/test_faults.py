"""Trouble that is asked for comes as asked: what, how often, for how long, on which path (spec: control interface)."""

import asyncio
import time
from typing import Any

import aiohttp
import pytest

from tests.emulator.home import PATIENCE, Home, card, data_of

UPDATE, BOTH = "/v1.0/card/instances", "/v1.0/card/instances/createAndDeliver"
READ_USER, COUNT = "/topapi/v2/user/get", "/topapi/user/count"
CHANGE = {"outTrackId": "c1", "cardData": {"cardParamMap": {"markdown": "两天"}}}


async def test_an_unknown_trouble_is_refused_with_the_list_of_known_ones(home: Home) -> None:
    refused = await home.control("POST", "/faults", {"kind": "earthquake"}, status=400)
    for kind in (
        "disconnect", "drop", "refuse", "freeze", "redeliver", "reorder", "ack_lost", "http_500", "http_timeout",
        "rate_limit", "token_expired",
    ):  # fmt: skip
        assert kind in refused["error"]
    await home.control("POST", "/faults", {"kind": "drop", "count": "many"}, status=400)


async def test_a_dropped_line_ends_without_a_word(home: Home) -> None:
    async with home.line() as line:
        await home.trouble("drop")
        with pytest.raises((ConnectionError, aiohttp.ClientError)):
            await line.frame()
        assert line.socket.close_code in (1006, None)
        assert (await home.stats())["connections"] == 0


async def test_one_of_two_lines_is_dropped_when_one_is_asked_for(home: Home) -> None:
    async with home.line(), home.line():
        await home.trouble("drop", count=1)
        assert (await home.stats())["connections"] == 1


async def test_new_connections_are_refused_at_both_doors_until_the_trouble_ends(home: Home) -> None:
    endpoint, ticket = await home.ticket()
    await home.trouble("refuse")
    async with home.session.post(home.address + "/v1.0/gateway/connections/open", json={}) as answer:
        assert answer.status == 503
        assert "html" in await answer.text()
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await home.session.ws_connect(endpoint, params={"ticket": ticket})
    await home.control("DELETE", "/faults")
    async with home.line() as line:
        await line.silent(0.05)


async def test_refusing_ends_by_itself_after_its_seconds(home: Home) -> None:
    await home.trouble("refuse", seconds=0.2)
    assert (await home.raw("POST", "/v1.0/gateway/connections/open", {}))[0] == 503
    await asyncio.sleep(0.25)
    async with home.line() as line:
        await line.silent(0.05)


async def test_a_frozen_line_is_silent_until_it_thaws(home: Home) -> None:
    endpoint, ticket = await home.ticket()
    async with home.session.ws_connect(endpoint, params={"ticket": ticket}, autoping=False) as socket:
        began = time.monotonic()
        await home.trouble("freeze", seconds=0.4)
        await socket.ping(b"x")
        answer = await socket.receive(PATIENCE)
        assert (answer.type, answer.data) == (aiohttp.WSMsgType.PONG, b"x")
        assert time.monotonic() - began > 0.3


async def test_a_freeze_holds_for_new_connections_too_until_the_trouble_ends(home: Home) -> None:
    await home.trouble("freeze")
    endpoint, ticket = await home.ticket()
    async with home.session.ws_connect(endpoint, params={"ticket": ticket}, autoping=False) as socket:
        await socket.ping(b"x")
        with pytest.raises(TimeoutError):
            await socket.receive(0.2)
        await home.control("DELETE", "/faults")
        assert (await socket.receive(PATIENCE)).type is aiohttp.WSMsgType.PONG


async def test_messages_and_events_are_sent_twice(home: Home) -> None:
    await home.trouble("redeliver", count=2)
    async with home.line() as line:
        number = await home.say("wangfang", "在吗")
        first, second = await line.frame(), await line.frame()
        assert data_of(first)["msgId"] == data_of(second)["msgId"] == number
        assert first["headers"]["messageId"] != second["headers"]["messageId"]
        for frame in (first, second):
            await line.ack(frame)
        await home.control("PUT", "/people/wangfang", {"title": "总监"})
        twice = [await line.frame() for _ in range(2)]
        for frame in twice:
            await line.ack(frame, data={"status": "SUCCESS"})
        assert len({frame["headers"]["eventId"] for frame in twice}) == 1
        await home.say("wangfang", "还在吗")
        await line.answer()
        await line.silent(0.4)


async def test_two_messages_change_places(home: Home) -> None:
    await home.trouble("reorder", count=1)
    async with home.line() as line:
        for text in ("1", "2", "3"):
            await home.say("wangfang", text)
        heard = [(await line.answer())["text"]["content"] for _ in range(3)]
    assert heard == ["2", "1", "3"]
    assert [item["text"] for item in await home.sees("wangfang")] == ["1", "2", "3"]


async def test_a_message_with_nothing_behind_it_is_not_held_for_ever(home: Home) -> None:
    await home.trouble("reorder", count=1)
    async with home.line() as line:
        number = await home.say("wangfang", "1")
        assert (await line.answer())["msgId"] == number


async def test_a_lost_ack_makes_the_message_come_again_and_the_tap_fail(home: Home) -> None:
    await home.show("c1", "lina")
    await home.trouble("ack_lost", count=2)
    async with home.line() as line:
        number = await home.say("wangfang", "在吗")
        assert (await line.answer())["msgId"] == number
        tapping = asyncio.ensure_future(home.tap("lina", "c1", "approve"))
        assert "outTrackId" in await line.answer({})
        assert (await line.answer())["msgId"] == number
        assert (await tapping)["error"] == "timeout"
        assert (await home.stats())["redelivered"] == 1


@pytest.mark.parametrize("after", [False, True])
async def test_a_call_fails_before_or_after_it_took_effect(home: Home, after: bool) -> None:
    await home.show("c1", "lina")
    await home.trouble("http_500", count=1, path=UPDATE, after=after)
    assert (await home.legacy(READ_USER, {"userid": "lina"}))["errcode"] == 0
    status, _ = await home.new("PUT", UPDATE, CHANGE)
    assert status == 500
    assert (await home.card("lina", "c1"))["markdown"] == ("两天" if after else "一天")
    assert (await home.new("PUT", UPDATE, CHANGE))[0] == 200


@pytest.mark.parametrize("after", [False, True])
async def test_a_call_is_never_answered_before_or_after_it_took_effect(home: Home, after: bool) -> None:
    await home.trouble("http_timeout", count=1, path=BOTH, after=after)
    began = time.monotonic()
    with pytest.raises((TimeoutError, aiohttp.ClientError)):
        await home.new("POST", BOTH, card("c1", "lina"), timeout=aiohttp.ClientTimeout(total=0.3))
    assert time.monotonic() - began > 0.2
    assert len(await home.sees("lina")) == int(after)
    status, answer = await home.new("POST", BOTH, card("c1", "lina"))
    assert (status, answer.get("code")) == ((400, "param.cardAlreadyExist") if after else (200, None))


async def test_calls_are_too_fast_on_both_hosts_and_did_nothing(home: Home) -> None:
    await home.show("c1", "lina")
    await home.trouble("rate_limit", seconds=0.3)
    status, answer = await home.new("PUT", UPDATE, CHANGE)
    assert (status, answer["code"]) == (403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi")
    legacy = await home.legacy(READ_USER, {"userid": "lina"})
    assert (legacy["errcode"], legacy["sub_code"]) == (88, "90018")
    assert (await home.card("lina", "c1"))["markdown"] == "一天"
    await asyncio.sleep(0.35)
    assert (await home.new("PUT", UPDATE, CHANGE))[0] == 200


async def test_a_token_ends_early(home: Home) -> None:
    await home.show("c1", "lina")
    old = await home.token()
    await home.trouble("token_expired")
    status, answer = await home.new("PUT", UPDATE, CHANGE)
    assert (status, answer["code"]) == (400, "InvalidAuthentication")
    assert (await home.legacy(COUNT, {"only_active": False}))["sub_code"] == "40014"
    home._token = ""
    assert await home.token() != old
    assert (await home.new("PUT", UPDATE, CHANGE))[0] == 200


async def test_a_token_ends_at_the_call_that_was_meant(home: Home) -> None:
    await home.show("c1", "lina")
    await home.trouble("token_expired", count=1, path=UPDATE)
    assert (await home.legacy(COUNT, {"only_active": False}))["errcode"] == 0
    assert (await home.new("PUT", UPDATE, CHANGE))[1]["code"] == "InvalidAuthentication"
    home._token = ""
    assert (await home.new("PUT", UPDATE, CHANGE))[0] == 200


async def test_the_session_webhook_has_its_troubles_too(home: Home) -> None:
    async with home.line() as line:
        await home.say("lina", "在吗")
        address = (await line.answer())["sessionWebhook"]
    await home.trouble("http_500", count=1, path="/robot/sendBySession")
    body: dict[str, Any] = {"msgtype": "text", "text": {"content": "在"}}
    async with home.session.post(address, json=body) as answer:
        assert answer.status == 500
    assert len(await home.sees("lina")) == 1


async def test_the_quota_can_be_used_up_on_demand(home: Home) -> None:
    await home.trouble("quota", count=1, path=BOTH)
    status, answer = await home.new("POST", BOTH, card("c1", "lina"))
    assert (status, answer["code"]) == (403, "Forbidden.AccessDenied.ApiCountLimitForOrg")
    await home.show("c1", "lina")


async def test_all_trouble_ends_at_once(home: Home) -> None:
    for kind in ("rate_limit", "http_500", "http_timeout", "refuse", "redeliver", "ack_lost"):
        await home.trouble(kind)
    await home.control("DELETE", "/faults")
    await home.show("c1", "lina")
    async with home.line() as line:
        await home.say("wangfang", "在吗")
        await line.answer()
        await line.silent(0.4)


async def test_a_call_that_hangs_is_let_go_when_the_trouble_ends(home: Home) -> None:
    await home.trouble("http_timeout", count=1, path=BOTH)
    hanging = asyncio.ensure_future(home.new("POST", BOTH, card("c1", "lina")))
    await asyncio.sleep(0.1)
    assert not hanging.done()
    await home.control("DELETE", "/faults")
    async with asyncio.timeout(0.4):
        await asyncio.gather(hanging, return_exceptions=True)
