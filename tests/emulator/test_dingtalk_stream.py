"""The platform's own stream client, unchanged, works with the emulator as with the platform (contract 1.7)."""

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from tests.emulator.home import APP, GROUP, QUICK, ROOT, SECRET, Home, emulator

BOT = Path(__file__).with_name("sdk_bot.py")
PATIENCE = 15.0


class Bot:
    """The client's process, and what it told."""

    def __init__(self, home: Home, process: "asyncio.subprocess.Process") -> None:
        self.home, self.process = home, process

    async def told(self, what: str) -> dict[str, Any]:
        """The next thing of this kind that it tells."""
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            while line := await self.process.stdout.readline():
                row: dict[str, Any] = json.loads(line)
                if row["what"] == what:
                    return row
        raise AssertionError(f"it ended before it told of a {what}")

    async def connected(self) -> None:
        """Wait until it listens."""
        await self.home.until("connections", lambda number: number == 1, PATIENCE)

    async def acknowledged(self, many: int = 1) -> None:
        """Wait until it has acked so many frames."""
        await self.home.until("acked", lambda number: number >= many, PATIENCE)


@pytest_asyncio.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    """The client, connected to an emulator of its own that is patient with messages."""
    patient = ("--redelivery-seconds", "5", "--card-seconds", "2", "--event-seconds", "3")
    with emulator(tmp_path, *QUICK, *patient) as address:
        async with aiohttp.ClientSession() as session:
            proxies = {name: "" for name in os.environ if name.lower().endswith("_proxy")}
            process = await asyncio.create_subprocess_exec(
                sys.executable, str(BOT), APP, SECRET,
                cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
                env={**os.environ, **proxies, "DINGTALK_OPENAPI_ENDPOINT": address},
            )  # fmt: skip
            found = Bot(Home(address, session), process)
            try:
                await found.connected()
                yield found
            finally:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()


async def until_seen(home: Home, person: str, text: str) -> dict[str, Any]:
    async with asyncio.timeout(PATIENCE):
        while True:
            for item in await home.sees(person):
                if text in item["text"]:
                    return item
            await asyncio.sleep(0.05)


async def test_it_hears_people_and_answers_where_they_spoke(bot: Bot) -> None:
    await bot.home.say("wangfang", "明天请假")
    assert {**await bot.told("message"), "id": ""} == {
        "what": "message",
        "text": "明天请假",
        "sender": "wangfang",
        "type": "text",
        "id": "",
    }
    await until_seen(bot.home, "wangfang", "收到：明天请假")
    await bot.home.say("wangfang", "@点头 今天谁不在", GROUP)
    assert (await bot.told("message"))["text"].strip() == "今天谁不在"
    item = await until_seen(bot.home, "zhaolei", "今天谁不在")
    assert item["conversation"] == GROUP
    rich = {"richText": [{"text": "看"}, {"type": "picture", "downloadCode": "c"}, {"text": "这个"}]}
    await bot.home.say("wangfang", "", msgtype="richText", content=rich)
    assert (await bot.told("message"))["text"] == "看这个"


async def test_its_card_is_tapped_and_the_ack_changes_it(bot: Bot) -> None:
    await bot.home.say("lina", "卡片")
    await until_seen(bot.home, "lina", "**一天**")
    (track,) = [item["outTrackId"] for item in await bot.home.sees("lina") if item["kind"] == "card"]
    answer = await bot.home.tap("lina", track, "agree")
    assert answer["ok"], answer
    assert (answer["card"]["markdown"], answer["card"]["tips"], answer["card"]["buttons"]) == (
        "lina 已同意",
        "你已同意",
        [],
    )
    tap = await bot.told("tap")
    assert (tap["track"], tap["by"]) == (track, "lina")
    assert tap["content"]["cardPrivateData"] == {"actionIds": ["agree"], "params": {}}


async def test_it_hears_of_people_who_change(bot: Bot) -> None:
    await bot.home.control("DELETE", "/people/zhaolei")
    event = await bot.told("event")
    assert (event["type"], event["corp"], event["people"]) == ("user_leave_org", "dinghomecorp", ["zhaolei"])
    await bot.acknowledged()
    assert (await bot.home.stats())["redelivered"] == 0, "code 200 without a status is SUCCESS"


async def test_asked_to_go_it_comes_back_and_acks_on_the_new_connection(bot: Bot) -> None:
    await bot.home.say("wangfang", "慢")
    await bot.told("message")
    await bot.home.trouble("disconnect")
    await bot.told("slow is done")
    await bot.connected()
    await bot.acknowledged(2)  # the message and the request to go
    stats = await bot.home.stats()
    assert (stats["redelivered"], stats["late"], stats["unknown_acks"]) == (0, 0, 0)
    await bot.home.say("wangfang", "还在吗")
    assert (await bot.told("message"))["text"] == "还在吗"


async def test_it_acks_the_server_s_pings(bot: Bot) -> None:
    data = {"opaque": "x"}
    await bot.home.control("POST", "/frames", {"type": "SYSTEM", "topic": "ping", "data": data})
    await bot.acknowledged()


@pytest.mark.parametrize("topic", ["/v1.0/unknown", "/v1.0/graph/api/invoke"])
async def test_a_topic_that_it_does_not_know_gets_no_ack_and_harms_nothing(bot: Bot, topic: str) -> None:
    await bot.home.control("POST", "/frames", {"topic": topic, "data": {"a": 1}})
    await bot.home.say("wangfang", "还在吗")
    assert (await bot.told("message"))["text"] == "还在吗"
    await until_seen(bot.home, "wangfang", "收到：还在吗")
    await bot.home.until("acked", lambda acked: acked == 1)  # the answer may be seen before the ack is counted
