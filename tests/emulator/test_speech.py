"""What people say arrives as the platform sends it, and where the robot hears it (contract 2, 11)."""

from typing import Any

import pytest

from tests.emulator.conftest import Elsewhere
from tests.emulator.home import APP, GROUP, OTHER_GROUP, Home

MINUTES_90 = 5_400_000


async def test_a_private_message(home: Home) -> None:
    async with home.line() as line:
        number = await home.say("boss", "我明天请假", createAt=1790000000000)
        data = await line.answer()
    assert data["text"] == {"content": "我明天请假"}
    assert (data["msgtype"], data["msgId"], data["conversationType"]) == ("text", number, "1")
    assert (data["senderStaffId"], data["senderNick"], data["isAdmin"]) == ("boss", "陈国强", True)
    assert data["senderCorpId"] == data["chatbotCorpId"] == "dinghomecorp"
    assert data["senderId"].startswith("$:LWCP_v1:$")
    assert data["robotCode"] == APP
    assert data["createAt"] == 1790000000000
    assert data["sessionWebhookExpiredTime"] == data["createAt"] + MINUTES_90
    assert "conversationTitle" not in data
    assert "atUsers" not in data
    (item,) = await home.sees("boss")
    assert (item["conversation"], item["from"], item["kind"], item["text"]) == ("bot", "boss", "text", "我明天请假")


async def test_a_private_chat_keeps_its_number_and_others_have_another(home: Home) -> None:
    async with home.line() as line:
        chats = []
        for person in ("boss", "lina", "boss"):
            await home.say(person, "在吗")
            chats.append((await line.answer())["conversationId"])
    assert chats[0] == chats[2] != chats[1]
    assert all(chat.startswith("cid") for chat in chats)


async def test_in_a_group_the_mention_is_cut_out_and_the_robot_is_among_the_mentioned(home: Home) -> None:
    async with home.line() as line:
        await home.say("wangfang", "@点头 今天谁请假 @李娜", GROUP, at=["lina"])
        data = await line.answer()
    assert data["text"]["content"] == " 今天谁请假 @李娜"
    assert (data["conversationType"], data["conversationId"], data["conversationTitle"]) == ("2", GROUP, "市场部")
    assert data["isInAtList"] is True
    assert {"dingtalkId": data["chatbotUserId"]} in data["atUsers"]
    assert len(data["atUsers"]) == 2
    assert all("staffId" not in row for row in data["atUsers"])
    assert [item["at"] for item in await home.sees("zhaolei", GROUP)] == [["lina"]]


async def test_in_a_group_the_robot_hears_only_what_mentions_it(home: Home) -> None:
    async with home.line() as line:
        await home.say("wangfang", "大家好", GROUP, mention_bot=False)
        await line.silent(0.1)
    assert [item["text"] for item in await home.sees("lina", GROUP)] == ["大家好"]
    assert await home.sees("boss", GROUP) == []


SAID: list[tuple[str, dict[str, Any]]] = [
    ("picture", {"downloadCode": "c"}),
    ("audio", {"duration": 4000, "downloadCode": "c", "recognition": "明天上午请假"}),
    ("file", {"fileName": "a.xlsx", "downloadCode": "c"}),
    ("richText", {"richText": [{"text": "看"}, {"type": "picture", "downloadCode": "c"}]}),
    ("unknownMsgType", {"unknownMsgType": "x"}),
]


@pytest.mark.parametrize(("kind", "content"), SAID, ids=lambda value: value if isinstance(value, str) else "")
async def test_other_kinds_carry_their_content(home: Home, kind: str, content: dict[str, Any]) -> None:
    async with home.line() as line:
        await home.say("lina", "", msgtype=kind, content=content)
        data = await line.answer()
    assert data["msgtype"] == kind
    assert content.items() <= data["content"].items()
    assert "text" not in data


async def test_sound_and_files_cannot_be_said_to_the_robot_in_a_group(home: Home) -> None:
    async with home.line() as line:
        for kind in ("audio", "file", "video"):
            body: dict[str, Any] = {
                "from": "lina",
                "conversation": GROUP,
                "msgtype": kind,
                "content": {},
                "mention_bot": True,
            }
            async with home.session.post(f"{home.address}/emulator/messages", json=body) as answer:
                assert answer.status in (200, 400)
        await line.silent(0.1)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, {"from": "nobody", "text": "x"}),
        (404, {"from": "lina", "conversation": "cidUnknown==", "text": "x"}),
        (404, {"from": "wangfang", "conversation": OTHER_GROUP, "text": "x"}),
        (400, {"from": "lina", "msgtype": "telepathy"}),
        (400, {"from": "lina", "text": 7}),
        (400, {"from": "lina", "text": "x", "createAt": "gestern"}),
    ],
)
async def test_who_says_something_impossible_is_told_why(home: Home, status: int, body: dict[str, Any]) -> None:
    assert (await home.control("POST", "/messages", body, status=status))["error"]
    assert await home.sees(None) == []


# ── the answer through the webhook ───────────────────────────────────────────────────────────


async def webhook(home: Home, person: str = "lina", conversation: str = "bot") -> str:
    async with home.line() as line:
        await home.say(person, "在吗", conversation)
        return str((await line.answer())["sessionWebhook"])


async def answered(home: Home, address: str, body: Any) -> Any:
    async with home.session.post(address, json=body) as answer:
        assert answer.status == 200
        return await answer.json()


GOOD: list[tuple[str, str, dict[str, Any]]] = [
    ("text", "在", {"msgtype": "text", "text": {"content": "在"}}),
    ("markdown", "**在**", {"msgtype": "markdown", "markdown": {"title": "t", "text": "**在**"}}),
    ("markdown", "看\n\n[开](https://example.com)", {"msgtype": "actionCard", "actionCard": {
        "title": "t", "text": "看", "singleTitle": "开", "singleURL": "https://example.com"}}),
    ("markdown", "看\n\n[开](https://example.com)", {"msgtype": "actionCard", "actionCard": {
        "title": "t", "text": "看", "btnOrientation": "0",
        "btns": [{"title": "开", "actionURL": "https://example.com"}]}}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "body"), GOOD)
async def test_the_bot_answers_where_it_was_asked(home: Home, kind: str, text: str, body: dict[str, Any]) -> None:
    address = await webhook(home)
    assert await answered(home, address, body) == {"errcode": 0, "errmsg": "ok"}
    assert await answered(home, address, body) == {"errcode": 0, "errmsg": "ok"}
    items = [item for item in await home.sees("lina") if item["from"] != "lina"]
    assert [(item["kind"], item["text"]) for item in items] == [(kind, text)] * 2
    assert await home.sees("boss") == []


async def test_nothing_may_be_said_too(home: Home) -> None:
    assert (await answered(home, await webhook(home), {"msgtype": "empty"}))["errcode"] == 0
    assert len(await home.sees("lina")) == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"msgtype": "text"},
        {"msgtype": "text", "text": {"content": ""}},
        {"msgtype": "markdown", "markdown": {"text": "no title"}},
        {"msgtype": "actionCard", "actionCard": {"title": "t", "text": "x"}},
        {"msgtype": "hologram", "hologram": {"text": "x"}},
    ],
)
async def test_an_answer_that_lacks_a_field_is_refused(home: Home, body: dict[str, Any]) -> None:
    assert (await answered(home, await webhook(home), body))["errcode"] == 400402
    assert len(await home.sees("lina")) == 1


async def test_a_mention_is_marked_only_where_the_text_names_the_person(home: Home) -> None:
    address = await webhook(home, "wangfang", GROUP)
    for text in ("@wangfang 收到", "收到", "@13800000003 收到"):
        at = {"atUserIds": ["wangfang"], "atMobiles": ["13800000003"]}
        await answered(home, address, {"msgtype": "text", "text": {"content": text}, "at": at})
    await answered(home, address, {"msgtype": "text", "text": {"content": "全体"}, "at": {"isAtAll": True}})
    items = [item for item in await home.sees("lina", GROUP) if item["from"] != "wangfang"]
    assert [item["at"] for item in items[:3]] == [["wangfang"], [], ["wangfang"]]
    assert "lina" in items[3]["at"]


async def test_after_its_time_the_webhook_is_closed(elsewhere: Elsewhere, home: Home) -> None:
    assert (await answered(home, home.address + "/robot/sendBySession?session=x", GOOD[0][2]))["errcode"] == 300001
    async with elsewhere("--session-seconds", "0.2") as short:
        address = await webhook(short)
        assert (await answered(short, address, GOOD[0][2]))["errcode"] == 0
        async with home.line() as line:
            await line.silent(0.3)
        refused = await answered(short, address, GOOD[0][2])
        assert (refused["errcode"], refused["errmsg"]) == (300001, "session 不存在")
