"""What the robot says of its own accord, what became of it, and the files of both sides (contract 2.3, 3.2 to 3.5)."""

import asyncio
import io
import json
from typing import Any

import aiohttp
import pytest

from tests.emulator.conftest import Elsewhere
from tests.emulator.home import APP, CLOSED_GROUP, GROUP, OTHER_APP, Home, card

BATCH, GROUP_SEND = "/v1.0/robot/oToMessages/batchSend", "/v1.0/robot/groupMessages/send"
DING, DOWNLOAD = "/v1.0/robot/ding/send", "/v1.0/robot/messageFiles/download"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def words(key: str = "sampleText", **param: Any) -> dict[str, Any]:
    return {"robotCode": APP, "msgKey": key, "msgParam": json.dumps(param or {"content": "写日志"}, ensure_ascii=False)}


async def send(home: Home, *people: str, **more: Any) -> Any:
    status, answer = await home.new("POST", BATCH, {**words(), "userIds": list(people), **more})
    assert status == 200, answer
    return answer


async def test_people_are_told_each_in_their_own_chat_and_unknown_ones_are_named(home: Home) -> None:
    answer = await send(home, "lina", "nobody", "boss")
    assert answer["processQueryKey"]
    assert answer["invalidStaffIdList"] == ["nobody"]
    assert answer["flowControlledStaffIdList"] == answer["filteredStaffIdList"] == []
    for person in ("lina", "boss"):
        (item,) = await home.sees(person)
        assert (item["conversation"], item["kind"], item["text"]) == ("bot", "text", "写日志")
    assert await home.sees("wangfang") == []


async def test_whom_the_platform_slows_down_is_named_and_not_told(home: Home) -> None:
    await home.trouble("flow_control", people=["lina"])
    await home.trouble("flow_control", count=1, people=["boss"])
    answer = await send(home, "lina", "boss", "zhaolei")
    assert answer["flowControlledStaffIdList"] == ["lina", "boss"]
    answer = await send(home, "lina", "boss")
    assert answer["flowControlledStaffIdList"] == ["lina"]
    assert [len(await home.sees(one)) for one in ("lina", "boss", "zhaolei")] == [0, 1, 1]
    await home.control("DELETE", "/faults")
    assert (await send(home, "lina"))["flowControlledStaffIdList"] == []


async def test_a_group_is_told(home: Home) -> None:
    body = {**words("sampleMarkdown", title="今天", text="**无人**请假"), "openConversationId": GROUP}
    status, answer = await home.new("POST", GROUP_SEND, body)
    assert status == 200
    assert answer["processQueryKey"]
    (item,) = await home.sees("zhaolei", GROUP)
    assert (item["kind"], item["title"], item["text"]) == ("markdown", "今天", "**无人**请假")
    assert await home.sees("boss") == []


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("invalidParameter.robotCode.empty", {"robotCode": ""}),
    ("robotCode.notExsit", {"robotCode": "dingnobody"}),
    ("robotCode.notExsit", {"robotCode": OTHER_APP}),
    ("invalidParameter.userIds.empty", {"userIds": []}),
    ("invalidParameter.userIds.overMax", {"userIds": [f"u{number}" for number in range(21)]}),
    ("invalidParameter.msgKey.empty", {"msgKey": None}),
    ("invalidParameter.msgKey.invalid", {"msgKey": "sampleTelepathy"}),
    ("invalidParameter.msgParam.invalid", {"msgParam": "no json"}),
    ("invalidParameter.msgParam.invalid", {"msgParam": "[]"}),
    ("invalidParameter.msgParam.invalid", {"msgParam": "{}"}),
    ("invalidParameter.msgParam.invalid", {"msgKey": "sampleMarkdown", "msgParam": '{"text":"x"}'}),
    ("invalidParameter.msgParam.invalid", {"msgKey": "sampleImageMsg", "msgParam": '{"photoURL":"@unknown"}'}),
    (
        "invalidParameter.msgParam.invalid",
        {"msgKey": "sampleFile", "msgParam": '{"mediaId":"@unknown","fileName":"a"}'},
    ),
    ("invalidParameter.msgParam.tooLong", {"msgParam": json.dumps({"content": "字" * 5000}, ensure_ascii=False)}),
]


@pytest.mark.parametrize(("code", "change"), WRONG, ids=lambda value: str(value)[:50])
async def test_what_the_platform_refuses_is_refused(home: Home, code: str, change: dict[str, Any]) -> None:
    status, answer = await home.new("POST", BATCH, {**words(), "userIds": ["lina"], **change})
    assert (status, answer["code"]) == (400, code)
    assert await home.sees("lina") == []


async def test_fifteen_thousand_bytes_just_fit(home: Home) -> None:
    room = 15_000 - len('{"content": ""}')
    await send(home, "lina", **words(content="x" * room))
    status, answer = await home.new("POST", BATCH, {**words(content="x" * (room + 1)), "userIds": ["lina"]})
    assert (status, answer["code"]) == (400, "invalidParameter.msgParam.tooLong")


@pytest.mark.parametrize(
    ("code", "group"),
    [
        ("miss.openConversationId", ""),
        ("invalid.openConversationId", "cidUnknown=="),
        ("resource.not.found", CLOSED_GROUP),
    ],
)
async def test_a_group_that_is_not_there_cannot_be_told(home: Home, code: str, group: str) -> None:
    status, answer = await home.new("POST", GROUP_SEND, {**words(), "openConversationId": group})
    assert (status, answer["code"]) == (400, code)


async def read_status(home: Home, key: str) -> Any:
    headers = {"x-acs-dingtalk-access-token": await home.token()}
    path = "/v1.0/robot/oToMessages/readStatus"
    return await home.raw("GET", path, headers=headers, params={"robotCode": APP, "processQueryKey": key})


async def test_who_has_read_a_message_is_known(home: Home) -> None:
    key = (await send(home, "lina", "boss"))["processQueryKey"]
    (item,) = await home.sees("lina")
    await home.control("POST", "/read", {"viewer": "lina", "conversation": "bot"})
    _, answer = await read_status(home, key)
    assert answer["sendStatus"] == "SUCCESS"
    rows = {row["userId"]: row for row in answer["messageReadInfoList"]}
    assert {person: row["readStatus"] for person, row in rows.items()} == {"lina": "READ", "boss": "UNREAD"}
    assert rows["lina"]["name"] == "李娜"
    assert rows["lina"]["readTimestamp"] >= item["createdAt"]
    assert (await read_status(home, "unknown"))[0] == 400


async def test_a_message_is_taken_back(home: Home) -> None:
    key = (await send(home, "lina"))["processQueryKey"]
    body = {"robotCode": APP, "processQueryKeys": [key, "unknown"]}
    _, answer = await home.new("POST", "/v1.0/robot/otoMessages/batchRecall", body)
    assert answer["successResult"] == [key]
    assert list(answer["failedResult"]) == ["unknown"]
    assert await home.sees("lina") == []
    assert (await read_status(home, key))[1]["sendStatus"] == "RECALLED"


async def test_a_card_is_taken_back_by_its_carrier(home: Home) -> None:
    _, made = await home.new("POST", "/v1.0/card/instances/createAndDeliver", card("c1", "lina"))
    carrier = made["result"]["deliverResults"][0]["carrierId"]
    body = {"robotCode": APP, "processQueryKeys": [carrier]}
    _, answer = await home.new("POST", "/v1.0/robot/otoMessages/batchRecall", body)
    assert answer["successResult"] == [carrier]
    assert await home.sees("lina") == []


async def test_a_group_s_message_is_taken_back_and_its_readers_are_known(home: Home) -> None:
    _, sent = await home.new("POST", GROUP_SEND, {**words(), "openConversationId": GROUP})
    key = sent["processQueryKey"]
    await home.control("POST", "/read", {"viewer": "lina", "conversation": GROUP})
    body = {"robotCode": APP, "openConversationId": GROUP}
    _, query = await home.new(
        "POST", "/v1.0/robot/groupMessages/query", {**body, "processQueryKey": key, "maxResults": 20}
    )
    assert (query["sendStatus"], query["readUserIds"], query["hasMore"]) == ("SUCCESS", ["lina"], False)
    _, answer = await home.new("POST", "/v1.0/robot/groupMessages/recall", {**body, "processQueryKeys": [key]})
    assert answer["successResult"] == [key]
    assert await home.sees("lina", GROUP) == []


async def test_what_is_urgent_stands_out(home: Home) -> None:
    body = {"robotCode": APP, "remindType": 1, "receiverUserIdList": ["lina", "nobody"], "content": "请处理"}
    status, answer = await home.new("POST", DING, body)
    assert status == 200
    assert answer["openDingId"]
    assert "nobody" in str(answer["failedList"])
    (item,) = await home.sees("lina")
    assert (item["kind"], item["text"]) == ("ding", "请处理")
    many = {**body, "remindType": 2, "receiverUserIdList": [f"u{number}" for number in range(21)]}
    status, answer = await home.new("POST", DING, many)
    assert (status, answer["code"]) == (400, "ding.receivercount.limit")


async def test_companies_on_the_free_edition_have_no_urgent_notes(elsewhere: Elsewhere) -> None:
    async with elsewhere("--no-ding") as home:
        body = {"robotCode": APP, "remindType": 1, "receiverUserIdList": ["lina"], "content": "请处理"}
        status, answer = await home.new("POST", DING, body)
        assert (status, answer["code"]) == (400, "ding.serverquota.insufficient")
        assert await home.sees("lina") == []


# ── files ────────────────────────────────────────────────────────────────────────────────────


def form(name: str, content: bytes, part: str, **more: str) -> aiohttp.FormData:
    data = aiohttp.FormData(more)
    kind = "image/png" if name.endswith(".png") else "application/octet-stream"
    data.add_field(part, io.BytesIO(content), filename=name, content_type=kind)
    return data


async def upload(home: Home, kind: str, name: str, content: bytes) -> Any:
    query = {"access_token": await home.token()}
    async with home.session.post(
        f"{home.address}/media/upload", data=form(name, content, "media", type=kind), params=query
    ) as answer:
        assert answer.status == 200
        return await answer.json()


async def test_a_picture_that_was_sent_up_can_be_shown(home: Home) -> None:
    made = await upload(home, "image", "a.png", PNG)
    assert (made["errcode"], made["type"]) == (0, "image")
    assert made["media_id"].startswith("@")
    await send(home, "lina", **words("sampleImageMsg", photoURL=made["media_id"]))
    (item,) = await home.sees("lina")
    assert item["kind"] == "image"
    async with home.session.get(home.address + item["url"]) as answer:
        assert (await answer.read(), answer.content_type) == (PNG, "image/png")
        assert answer.content_disposition is not None
        assert answer.content_disposition.type == "inline"
    assert await home.sees("wangfang") == []


async def test_a_file_is_saved_under_the_name_that_its_message_gives_it(home: Home) -> None:
    media = (await upload(home, "file", "x.xlsx", b"sheet"))["media_id"]
    param = {"mediaId": media, "fileName": "十月 考勤.xlsx", "fileType": "xlsx"}
    body = {**words("sampleFile", **param), "openConversationId": GROUP}
    assert (await home.new("POST", GROUP_SEND, body))[0] == 200
    (item,) = await home.sees("lina", GROUP)
    assert (item["kind"], item["title"], item["content"]) == ("file", "十月 考勤.xlsx", param)
    async with home.session.get(home.address + item["url"]) as answer:
        assert await answer.read() == b"sheet"
        assert answer.content_disposition is not None
        disposition = answer.content_disposition
    assert (disposition.type, disposition.filename) == ("attachment", "十月 考勤.xlsx")
    assert await home.sees("boss") == []
    wrong = {**body, **words("sampleFile", **{**param, "fileType": "exe"})}
    status, refused = await home.new("POST", GROUP_SEND, wrong)
    assert (status, refused["code"]) == (400, "invalidParameter.msgParam.invalid")


@pytest.mark.parametrize(
    ("kind", "name", "content"),
    [
        ("image", "a.exe", PNG),
        ("film", "a.png", PNG),
        ("voice", "a.mp3", b"x" * (2 * 2**20 + 1)),
        ("file", "a.pdf", b""),
    ],
)
async def test_media_that_the_platform_refuses(home: Home, kind: str, name: str, content: bytes) -> None:
    assert (await upload(home, kind, name, content))["errcode"] != 0


async def test_a_file_that_a_person_sends_can_be_fetched_without_a_token(home: Home) -> None:
    async with home.line() as line:
        data = form("收据.png", PNG, "file", **{"from": "lina", "conversation": "bot"})
        async with home.session.post(f"{home.address}/emulator/files", data=data) as answer:
            assert answer.status == 200
        heard = await line.answer()
    assert heard["msgtype"] == "picture"
    body = {"robotCode": APP, "downloadCode": heard["content"]["downloadCode"]}
    status, found = await home.new("POST", DOWNLOAD, body)
    assert status == 200
    async with home.session.get(found["downloadUrl"]) as answer:
        assert await answer.read() == PNG
    status, refused = await home.new("POST", DOWNLOAD, {**body, "downloadCode": "made-up"})
    assert (status, refused["code"]) == (400, "invalidParameter.robotCode.downloadCode")
    (item,) = await home.sees("lina")
    assert item["kind"] == "image"


async def test_codes_and_links_grow_old(elsewhere: Elsewhere) -> None:
    async with elsewhere("--code-seconds", "0.6", "--download-seconds", "0.2") as home, home.line() as line:
        data = form("a.pdf", b"%PDF", "file", **{"from": "lina", "conversation": "bot"})
        await home.session.post(f"{home.address}/emulator/files", data=data)
        heard = await line.answer()
        assert (heard["msgtype"], heard["content"]["fileName"]) == ("file", "a.pdf")
        body = {"robotCode": APP, "downloadCode": heard["content"]["downloadCode"]}
        _, found = await home.new("POST", DOWNLOAD, body)
        await asyncio.sleep(0.3)
        async with home.session.get(found["downloadUrl"]) as answer:
            assert answer.status >= 400
        await asyncio.sleep(0.4)
        assert (await home.new("POST", DOWNLOAD, body))[0] == 400
