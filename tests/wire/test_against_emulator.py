"""The wire against the emulator: another program's reading of the same contract, over real sockets."""

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.wire.api import DingTalk
from bot.wire.directory import DirectoryReader
from bot.wire.errors import AlreadyExists, NotDelivered, RateLimited, Refused, Transient
from bot.wire.frame import DONE, EVENT_DONE, Ack, Frame, card_answer
from bot.wire.gateway import Credentials
from bot.wire.parse import parse
from bot.wire.stream import Stream
from handlers.inbound import CardAction, DirectoryChange, Message
from tests.wire.gateway import until

BUTTONS = "1366a1eb-bc54-4859-ac88-517c56a9acb1.schema"
COMPANY: dict[str, Any] = {
    "corpId": "dingcorp",
    "departments": [
        {"dept_id": 1, "parent_id": None, "name": "晨星科技", "dept_manager_userid_list": ["boss"]},
        {"dept_id": 2, "parent_id": 1, "name": "研发部", "dept_manager_userid_list": ["lead"]},
    ],
    "users": [
        {"userid": "boss", "name": "总", "title": "总经理", "dept_id_list": [1], "admin": True},
        {"userid": "lead", "name": "组长", "title": "主管", "dept_id_list": [2], "manager_userid": "boss"},
        {
            "userid": "u1",
            "name": "一",
            "title": "工程师",
            "dept_id_list": [2],
            "manager_userid": "lead",
            "role_list": [{"name": "会计", "group_name": "岗位"}],
        },
    ],
    "groups": [{"openConversationId": "cidG==", "title": "研发群", "owner": "lead", "members": ["lead", "u1"]}],
    "apps": [{"clientId": "dingapp", "clientSecret": "s", "robotCode": "dingapp", "name": "点头"}],
}


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an emulator in a process of its own."""
    file = tmp_path_factory.mktemp("emulator") / "company.json"
    file.write_text(json.dumps(COMPANY), encoding="utf-8")
    options = ["--organization", str(file), "--port", "0", "--qps", "0"]
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-m", "emulator", *options], cwd=root, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert process.stdout is not None
    try:
        yield next(found[0] for line in process.stdout if (found := re.search(r"http://[\d.]+:\d+", line)))
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


@dataclass
class Office:
    """The product's end of the wire, and the people's end."""

    url: str
    session: aiohttp.ClientSession
    client: DingTalk
    heard: list[Any] = field(default_factory=list)
    answer: Callable[[Any], Ack | Awaitable[Ack | None] | None] = lambda found: EVENT_DONE if found is None else DONE

    def handle(self, frame: Frame) -> Ack | Awaitable[Ack | None] | None:
        found = parse(frame)
        self.heard.append(found)
        return self.answer(found)

    async def person(self, method: str, path: str, body: Any = None) -> Any:
        async with self.session.request(method, f"{self.url}/emulator{path}", json=body) as response:
            assert response.status < 300, await response.text()
            return await response.json()

    async def says(self, userid: str, text: str, conversation: str = "bot") -> None:
        body = {"from": userid, "conversation": conversation, "text": text, "mention_bot": True}
        await self.person("POST", "/messages", body)

    async def trouble(self, kind: str, **more: Any) -> None:
        await self.person("POST", "/faults", {"kind": kind, **more})

    async def sees(self, userid: str) -> list[dict[str, Any]]:
        items = (await self.person("GET", f"/messages?viewer={userid}&conversation=*&after=0"))["items"]
        assert isinstance(items, list)
        return items

    async def card(self, track: str) -> None:
        texts = {
            "markdown": "请假一天",
            "title": "请假",
            "tips": "",
            "sys_full_json_obj": json.dumps({"msgButtons": [AGREE]}),
        }
        await self.client.create_and_deliver(track=track, template=BUTTONS, card=texts, person="lead", summary="[审批]")


AGREE = {"text": "同意", "color": "blue", "id": "agree", "request": True, "params": {"id": "agree"}}


@asynccontextmanager
async def office(url: str, *, listen: bool = True) -> AsyncIterator[Office]:
    async with aiohttp.ClientSession() as session:
        credentials = Credentials(client_id="dingapp", client_secret="s", api=url, legacy=url)
        it = Office(url, session, DingTalk(session, credentials))
        await it.person("POST", "/reset")
        stream = Stream(session, credentials, it.handle)
        running = asyncio.ensure_future(stream.run())
        if listen:
            await until(lambda: stream.counts["opened"] >= 2)
        yield it
        await it.person("DELETE", "/faults")
        await stream.stop(within=2)
        await running


async def test_what_a_person_says_is_heard(emulator: str) -> None:
    async with office(emulator) as it:
        await it.says("u1", "我明天请假")
        await until(lambda: it.heard)
        message = it.heard[0]
        assert isinstance(message, Message)
        assert (message.sender, message.nick, message.text, message.group) == ("u1", "一", "我明天请假", False)
        await it.client.reply(message.webhook, text="好的")
        assert any("好的" in item["text"] for item in await it.sees("u1"))


async def test_in_a_group_the_mention_is_cut_out(emulator: str) -> None:
    async with office(emulator) as it:
        await it.says("u1", "今天谁请假", "cidG==")
        await until(lambda: it.heard)
        assert (it.heard[0].group, it.heard[0].conversation, it.heard[0].text) == (True, "cidG==", "今天谁请假")
        await it.client.group_send("cidG==", title="今天", text="无人请假")
        assert any("无人请假" in item["text"] for item in await it.sees("lead"))


async def test_a_tap_is_heard_and_its_ack_changes_the_card(emulator: str) -> None:
    def agree(found: Any) -> Ack:
        return card_answer({"markdown": "已同意", "sys_full_json_obj": '{"msgButtons":[]}'}) if found else EVENT_DONE

    async with office(emulator) as it:
        it.answer = agree
        await it.card("c1")
        tapped = await it.person("POST", "/cards/c1/tap", {"by": "lead", "button": "agree"})
        assert tapped["ok"]
        assert "已同意" in tapped["card"]["markdown"]
        (action,) = it.heard
        assert isinstance(action, CardAction)
        assert (action.track, action.by, action.button) == ("c1", "lead", "agree")


async def test_cards_are_made_once_and_changed(emulator: str) -> None:
    async with office(emulator, listen=False) as it:
        await it.card("c1")
        with pytest.raises(AlreadyExists):
            await it.card("c1")
        await it.client.update_card(track="c1", card={"markdown": "请假两天"})
        assert "请假两天" in (await it.person("GET", "/cards/c1?viewer=lead"))["markdown"]
        with pytest.raises(Refused):
            await it.client.update_card(track="nothing", card={"markdown": "x"})
        with pytest.raises(NotDelivered):
            await it.client.create_and_deliver(track="c2", template=BUTTONS, card={"title": "x"}, person="nobody")
        with pytest.raises(NotDelivered):
            await it.client.deliver(track="c2", person="nobody")
        await it.client.deliver(track="c2", person="lead")
        assert (await it.person("GET", "/cards/c2?viewer=lead"))["title"] == "x"


async def test_words_to_several_people(emulator: str) -> None:
    async with office(emulator, listen=False) as it:
        sent = await it.client.batch_send(["u1", "lead", "nobody"], title="提醒", text="请写日志")
        assert sent.invalid == ("nobody",)
        for userid in ("u1", "lead"):
            assert any("请写日志" in item["text"] for item in await it.sees(userid))


async def test_the_directory_is_read_and_follows_its_events(emulator: str) -> None:
    async with office(emulator) as it:
        reader = DirectoryReader(it.client)
        before = await reader.read()
        assert sorted(before.people) == ["boss", "lead", "u1"]
        assert before.person("u1").manager == "lead"
        assert [person.userid for person in before.holders("会计")] == ["u1"]
        assert before.person("lead").leads == (2,)
        await it.person("PUT", "/people/u1", {**COMPANY["users"][2], "name": "壹", "manager_userid": "boss"})
        await it.person("DELETE", "/people/lead")
        await until(lambda: len(it.heard) >= 2)
        after = before
        for change in it.heard:
            if isinstance(change, DirectoryChange):
                after = await reader.refresh(after, change)
        assert (after.person("u1").name, after.person("u1").manager, after.find("lead")) == ("壹", "boss", None)
        assert after.version == (await reader.read()).version


async def test_troubles_of_calls_are_told_apart(emulator: str) -> None:
    async with office(emulator, listen=False) as it:
        await it.card("c1")
        await it.trouble("token_expired", count=1)
        await it.client.update_card(track="c1", card={"markdown": "1"})
        for kind, error in (("rate_limit", RateLimited), ("http_500", Transient)):
            await it.trouble(kind, count=1, path="/v1.0/card/instances")
            with pytest.raises(error):
                await it.client.update_card(track="c1", card={"markdown": "2"})
            await it.person("DELETE", "/faults")


@pytest.mark.parametrize("kind", ["disconnect", "drop"])
async def test_what_is_said_around_a_lost_connection_is_heard(emulator: str, kind: str) -> None:
    async with office(emulator) as it:
        for number in range(5):
            await it.trouble(kind)
            await asyncio.sleep(0.1)
            await it.says("u1", f"第 {number} 句")
            await until(lambda said=number + 1: len(it.heard) >= said)  # type: ignore[misc]
