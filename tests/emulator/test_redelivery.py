"""What is not acknowledged comes again, as often as the platform repeats it, and then no more (contract 1.4, 1.5)."""

import asyncio
from typing import Any

import pytest

from tests.emulator.conftest import Elsewhere
from tests.emulator.home import Home, Line, data_of

PERSON = {"title": "总监"}


async def test_an_unacknowledged_message_comes_once_more_under_a_new_number(home: Home) -> None:
    async with home.line() as line:
        number = await home.say("wangfang", "在吗")
        first, second = await line.frame(), await line.frame()
        assert first["headers"]["messageId"] != second["headers"]["messageId"]
        assert data_of(first)["msgId"] == data_of(second)["msgId"] == number
        await line.silent(0.5)
    stats = await home.stats()
    assert (stats["redelivered"], stats["acked"]) == (1, 0)


@pytest.mark.parametrize("code", [404, 500])
async def test_a_message_that_failed_comes_again(home: Home, code: int) -> None:
    async with home.line() as line:
        number = await home.say("wangfang", "在吗")
        await line.ack(await line.frame(), code=code)
        assert (await line.answer())["msgId"] == number
        await line.silent(0.5)


async def test_a_late_ack_changes_nothing(home: Home) -> None:
    async with home.line() as line:
        await home.say("wangfang", "在吗")
        first = await line.frame()
        second = await line.frame()
        await line.ack(first)
        await line.ack(second)
        await line.silent(0.4)
    assert (await home.stats())["unknown_acks"] == 1


async def test_a_message_waits_for_a_connection(home: Home) -> None:
    number = await home.say("wangfang", "在吗")
    async with home.line() as line:
        assert (await line.answer())["msgId"] == number
        await line.silent(0.4)


async def test_a_message_waits_no_longer_than_one_that_nobody_acknowledges(home: Home) -> None:
    await home.say("wangfang", "在吗")
    await asyncio.sleep(2)
    async with home.line() as line:
        await line.silent(0.2)


async def test_it_repeats_as_often_as_it_is_told(elsewhere: Elsewhere) -> None:
    async with elsewhere("--redelivery-seconds", "0.1", "--redeliveries", "4") as home, home.line() as line:
        await home.say("wangfang", "在吗")
        for _ in range(5):
            await line.frame()
        await line.silent(0.3)


async def event(line: Line) -> dict[str, Any]:
    frame = await line.frame()
    assert (frame["type"], frame["headers"]["topic"]) == ("EVENT", "*")
    return frame


async def test_an_event_says_in_its_headers_what_it_is(home: Home) -> None:
    async with home.line() as line:
        await home.control("PUT", "/people/wangfang", PERSON)
        frame = await event(line)
        await line.ack(frame, data={"status": "SUCCESS"})
        headers = frame["headers"]
        assert headers["eventType"] == "user_modify_org"
        assert headers["eventCorpId"] == "dinghomecorp"
        assert headers["eventBornTime"].isdigit()
        assert headers["eventId"]
        assert headers["eventUnifiedAppId"]
        data = data_of(frame)
        assert data["userId"] == ["wangfang"]
        assert "EventType" not in data


@pytest.mark.parametrize(
    "data", [{"status": "SUCCESS"}, {"userId": ["wangfang"]}, {"status": "SUCCESS", "message": "x"}]
)
async def test_an_event_is_done_by_code_200_with_or_without_a_status(home: Home, data: dict[str, Any]) -> None:
    async with home.line() as line:
        await home.control("PUT", "/people/wangfang", PERSON)
        await line.ack(await event(line), data=data)
        await line.silent(0.7)


async def test_an_event_that_shall_come_later_comes_later(home: Home) -> None:
    async with home.line() as line:
        await home.control("PUT", "/people/wangfang", PERSON)
        first = await event(line)
        await line.ack(first, data={"status": "LATER"})
        second = await event(line)
        await line.ack(second, data={"status": "SUCCESS"})
        assert second["headers"]["eventId"] == first["headers"]["eventId"]
        assert second["headers"]["messageId"] != first["headers"]["messageId"]
        await line.silent(0.5)


async def test_an_event_that_nobody_takes_lands_on_the_list_of_failures(home: Home) -> None:
    async with home.line() as line:
        await home.control("DELETE", "/people/zhaolei")
        ids = {(await event(line))["headers"]["eventId"] for _ in range(3)}
        assert len(ids) == 1
        await line.silent(0.5)
        async with home.session.get(
            home.address + "/call_back/get_call_back_failed_result", params={"access_token": await home.token()}
        ) as answer:
            found = await answer.json()
    assert found["errcode"] == 0
    (row,) = found["failed_list"]
    assert row["call_back_tag"] == "user_leave_org"
    assert "zhaolei" in str(row)
    again = await home.legacy("/call_back/get_call_back_failed_result", method="GET")
    assert again["failed_list"] == []


async def test_a_reset_forgets_what_would_come_again(home: Home) -> None:
    async with home.line() as line:
        await home.say("wangfang", "在吗")
        await line.ack(await line.frame(), code=500)
        await home.control("PUT", "/people/wangfang", PERSON)
        await line.ack(await event(line), data={"status": "LATER"})
        await home.control("POST", "/reset", {})
        await line.silent(0.8)
    assert (await home.stats())["redelivered"] == 0


async def test_a_reset_ends_a_tap_that_waits(home: Home) -> None:
    await home.show("c1", "lina")
    async with home.line() as line:
        tapping = asyncio.ensure_future(home.tap("lina", "c1", "approve"))
        await line.frame()
        await home.control("POST", "/reset", {})
        async with asyncio.timeout(1):
            assert not (await tapping)["ok"]
