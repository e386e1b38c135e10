"""Whatever stands in a body, the answer is one of the platform's or the control interface's own, never a crash."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest

from tests.emulator.home import APP, GROUP, QUICK, SECRET, Home, card, data_of, emulator

NOW = 1790000000000
JUNK: tuple[Any, ...] = (
    None, True, -1, 1.5, 2**70, "", "x", "\ud800", "😀" * 10, "a" * 5000, [], ["\ud800"], [1], {}, {"\ud800": "x"},
    {"cardParamMap": {"a": "\ud800"}}, [{}],
)  # fmt: skip
RAW = (
    b"", b"{", b"\xff\xfe", b"[]", b"null", b'"x"', b'{"a":1e999}', b'{"text":"\xed\xa0\x80"}', b'{"a":' * 2000,
    b"[" * 100_000,
)  # fmt: skip
ROBOT = {"robotCode": APP, "msgKey": "sampleText", "msgParam": '{"content":"x"}'}
PAGE = {"offset": 0, "size": 10}
PLATFORM: dict[str, dict[str, Any]] = {
    "POST /v1.0/oauth2/accessToken": {"appKey": APP, "appSecret": SECRET},
    "POST /v1.0/gateway/connections/open": {
        "clientId": APP, "clientSecret": SECRET, "subscriptions": [{"type": "CALLBACK", "topic": "x"}],
    },
    "POST /v1.0/robot/oToMessages/batchSend": {**ROBOT, "userIds": ["lina"]},
    "POST /v1.0/robot/groupMessages/send": {**ROBOT, "openConversationId": GROUP},
    "POST /v1.0/robot/ding/send": {"robotCode": APP, "remindType": 1, "receiverUserIdList": ["lina"], "content": "x"},
    "POST /v1.0/robot/otoMessages/batchRecall": {"robotCode": APP, "processQueryKeys": ["x"]},
    "POST /v1.0/robot/groupMessages/query": {"robotCode": APP, "processQueryKey": "x", "openConversationId": GROUP},
    "POST /v1.0/robot/messageFiles/download": {"robotCode": APP, "downloadCode": "x"},
    "POST /v1.0/card/instances/createAndDeliver": card("c2", "lina", privateData={"lina": {"cardParamMap": {"a": ""}}}),
    "POST /v1.0/card/instances/deliver": {
        "outTrackId": "c1", "openSpaceId": "dtv1.card//IM_ROBOT.lina",
        "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT"}, "userIdType": 1,
    },
    "PUT /v1.0/card/instances": {
        "outTrackId": "c1", "cardData": {"cardParamMap": {"a": "b"}}, "userIdType": 1,
        "privateData": {"lina": {"cardParamMap": {"a": "b"}}}, "cardUpdateOptions": {"updateCardDataByKey": True},
    },
    "POST /topapi/v2/user/get": {"userid": "lina"},
    "POST /topapi/v2/user/list": {"dept_id": 1, "cursor": 0, "size": 10},
    "POST /topapi/role/simplelist": {"role_id": 1001, **PAGE},
    "POST /attendance/list": {
        "workDateFrom": "2026-09-01 00:00:00", "workDateTo": "2026-09-02 00:00:00", "userIdList": ["lina"],
        "offset": 0, "limit": 10,
    },
    "POST /attendance/listRecord": {
        "userIds": ["lina"], "checkDateFrom": "2026-09-01 00:00:00", "checkDateTo": "2026-09-02 00:00:00",
    },
    "POST /topapi/attendance/schedule/listbyusers": {
        "op_user_id": "boss", "userids": "lina", "from_date_time": NOW, "to_date_time": NOW,
    },
    "POST /topapi/attendance/record/upload": {
        "userid": "lina", "device_name": "x", "device_id": "d", "user_check_time": NOW,
    },
    "POST /topapi/attendance/approve/check": {
        "userid": "lina", "work_date": "2026-09-01", "punch_id": 101, "punch_check_time": "2026-09-01 09:00",
        "user_check_time": "2026-09-01 09:00", "approve_id": "a", "jump_url": "u", "tag_name": "补卡",
    },
    "POST /v1.0/attendance/approvals/finish?userId=lina": {
        "topCalculateApproveDurationParam": {
            "bizType": 3, "fromTime": "2026-10-26", "toTime": "2026-10-26", "durationUnit": "day", "calculateModel": 0,
        },
        "tagName": "请假", "subType": "x", "approveId": "a", "jumpUrl": "u",
    },
    "POST /topapi/attendance/approve/schedule/switch": {
        "userid": "lina", "apply_userid": "lina", "target_userid": "lina", "switch_date": "2026-10-26",
        "reback_date": "2026-10-27", "apply_shift_id": 101, "target_shift_id": 101, "reback_apply_shift_id": 101,
        "reback_target_shift_id": 101, "approve_id": "s",
    },
    "POST /topapi/attendance/getupdatedata": {"userid": "lina", "work_date": "2026-10-26"},
    "POST /v1.0/attendance/holidays": {"userIds": ["lina"], "workDateFrom": NOW, "workDateTo": NOW},
    "POST /topapi/report/statistics/listbytype": {"report_id": "x", "type": 0, **PAGE},
    "POST /topapi/report/comment/list": {"report_id": "x", **PAGE},
    "POST /topapi/report/getunreadcount": {"userid": "lina"},
    "POST /topapi/attendance/getleavestatus": {
        "userid_list": "lina", "start_time": 0, "end_time": 1, "offset": 0, "size": 10,
    },
    "POST /topapi/checkin/record/get": {"userid_list": "lina", "start_time": 0, "end_time": 1, "cursor": 0, "size": 1},
    "POST /topapi/report/list": {"start_time": 0, "end_time": 1, "cursor": 0, "size": 1, "modified_start_time": 0},
    "POST /topapi/report/create": {
        "create_report_param": {"template_id": "x", "userid": "lina", "contents": [{"key": "a", "content": "b"}]},
    },
}  # fmt: skip
CONTROL: dict[str, dict[str, Any]] = {
    "POST /emulator/messages": {
        "from": "lina", "conversation": GROUP, "text": "x", "mention_bot": True, "createAt": NOW, "msgtype": "richText",
        "content": {"richText": [{"text": "a"}], "fileName": "f"}, "at": ["boss"], "robot": [APP],
    },
    "POST /emulator/cards/c1/tap": {"by": "lina", "button": "approve", "form": {"a": 1}, "repeat": 1},
    "POST /emulator/cards/c1/forward": {"by": "lina", "to": "boss"},
    "PUT /emulator/people/lina": {
        "name": "李娜", "title": "x", "dept_id_list": [2], "manager_userid": "boss", "admin": False, "hired_date": 1,
        "leader_in_dept": [{"dept_id": 2, "leader": True}], "role_list": [{"name": "a", "group_name": "b"}],
    },
    "PUT /emulator/schedule": {
        "groups": [{
            "name": "g", "type": "TURN", "members": ["lina"], "rest": ["2026-10-27"],
            "shifts": [{"on": "09:00", "off": "18:00", "days": [1], "dates": ["2026-10-26"], "members": ["lina"]}],
        }],
        "holidays": [{"name": "h", "rest": ["2026-10-01"], "work": ["2026-10-10"]}],
    },
    "POST /emulator/attendance": {
        "userid": "lina", "type": "OnDuty", "at": NOW, "result": "Normal", "location": {"address": "x"}, "wifi": "x",
    },
    "POST /emulator/checkins": {
        "userid": "lina", "at": NOW, "place": "p", "latitude": 1.5, "longitude": 2.5, "remark": "r", "images": ["x"],
    },
    "POST /emulator/reports": {
        "userid": "lina", "template_name": "t", "at": NOW, "contents": [{"key": "a", "value": "b"}], "to": ["boss"],
    },
    "POST /emulator/reports/none": {"by": "lina", "comment": "x", "like": True, "at": NOW},
    "PUT /emulator/reports/none": {"contents": [{"key": "a", "value": "b"}], "at": NOW},
    "POST /emulator/faults": {"kind": "reorder", "count": 1, "seconds": 0.01, "path": "nowhere", "people": ["lina"]},
    "POST /emulator/read": {"viewer": "lina", "conversation": "bot"},
    "POST /emulator/frames": {"type": "CALLBACK", "topic": "x", "data": {}, "headers": {}},
}  # fmt: skip
READ = (
    "/messages", "/messages?viewer=lina", "/messages?viewer=%ED%A0%80&conversation=%00&after=-1&wait=-5", "/stats",
    "/conversations?viewer=lina", "/changes?viewer=lina", "/cards/c1?viewer=lina", "/people", "/calls",
    "/reports", "/reports?viewer=lina",
)  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An emulator that lets every call in, so that each body is looked at."""
    with emulator(tmp_path_factory.mktemp("home"), *QUICK, "--qps", "0") as found:
        yield found


def spoiled(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The body with one field missing or changed, at any depth."""
    for name, value in body.items():
        yield {key: kept for key, kept in body.items() if key != name}
        yield from ({**body, name: junk} for junk in JUNK)
        if isinstance(value, dict):
            yield from ({**body, name: inner} for inner in spoiled(value))
        elif isinstance(value, list) and isinstance(value[0], dict):
            yield from ({**body, name: [inner]} for inner in spoiled(value[0]))


@pytest.mark.parametrize(("call", "body"), [*PLATFORM.items(), *CONTROL.items()])
async def test_a_call_full_of_junk_is_answered(home: Home, call: str, body: dict[str, Any]) -> None:
    await home.show("c1", "lina")
    method, _, path = call.partition(" ")
    token = await home.token()
    headers = {"x-acs-dingtalk-access-token": token, "Content-Type": "application/json"}
    params = {"access_token": token} if path.startswith(("/topapi", "/attendance")) else {}
    for data in [*RAW, *(json.dumps(one).encode() for one in spoiled(body))]:
        async with home.session.request(
            method, home.address + path, data=data, headers=headers, params=params
        ) as answer:
            assert answer.status < 500, data[:200]
            json.loads(await answer.read())
    for where in READ:
        async with home.session.get(f"{home.address}/emulator{where}") as answer:
            assert answer.status == 200


async def test_long_words_and_pictures_in_words_arrive_as_they_were_said(home: Home) -> None:
    for text in ("长" * 5000, "👨‍👩‍👧‍👦 🇨🇳 é", "line\nbreak\ttab", "  spaces  ", "\u0000\u200b"):
        async with home.line() as line:
            await home.say("lina", text)
            assert (await line.answer())["text"]["content"] == text
        assert (await home.sees("lina"))[-1]["text"] == text


async def test_half_a_character_is_refused_on_both_sides(home: Home) -> None:
    said = {"from": "lina", "conversation": "bot", "text": "\ud800"}
    assert "error" in await home.control("POST", "/messages", said, status=400)
    status, answer = await home.new("POST", "/v1.0/robot/oToMessages/batchSend", {**ROBOT, "userIds": ["\ud800"]})
    assert (status, bool(answer["requestid"])) == (400, True)
    assert (await home.legacy("/topapi/v2/user/get", {"userid": "\ud800"}))["errcode"] == 40035
    assert await home.sees(None) == []


async def test_junk_on_the_line_harms_nobody(home: Home) -> None:
    async with home.line() as line:
        await home.say("lina", "在吗")
        frame = await line.frame()
        number = frame["headers"]["messageId"]
        for junk in ("", "{", "[]", "5", '{"headers":{"messageId":[]}}', '{"headers":5}', "[" * 100_000):
            await line.socket.send_str(junk)
        await line.socket.send_bytes(b"\xff")
        await line.socket.send_json({"code": "200", "headers": {"messageId": number}, "data": 5})
        again = await line.frame()
        assert data_of(again)["msgId"] == data_of(frame)["msgId"], "an ack whose code is not 200 is none"
        await line.socket.send_json({"code": 200, "headers": {"messageId": again["headers"]["messageId"]}, "data": 5})
        assert not line.socket.closed
    assert (await home.stats())["acked"] == 2


FORM = b'--x\r\nContent-Disposition: form-data; name="%s"; filename="a.png"\r\n\r\nabc\r\n--x--\r\n'
FORMS = (b"", b"--x\r\n", FORM % b"file", FORM % b"media", FORM % b"\xff\x00", b"abc", b"a=%ED%A0%80&b=%zz")


@pytest.mark.parametrize("encoding", ["identity", "gzip", "deflate", "klingon"])
@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded; charset=x"]
)
async def test_a_form_or_a_packing_that_cannot_be_read_is_refused(home: Home, kind: str, encoding: str) -> None:
    token = await home.token()
    for path in ("/emulator/files", "/emulator/messages", f"/media/upload?type=image&access_token={token}"):
        for data in FORMS:
            headers = {"Content-Type": kind, "Content-Encoding": encoding}
            async with aiohttp.request("POST", home.address + path, data=data, headers=headers) as answer:
                assert answer.status < 500, data


async def test_a_body_that_breaks_off_takes_nothing_with_it(home: Home) -> None:
    reader, writer = await asyncio.open_connection(*home.address.removeprefix("http://").split(":"))
    writer.write(b"POST /emulator/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{")
    await writer.drain()
    writer.close()
    assert await reader.read() is not None
    async with aiohttp.ClientSession() as session:
        assert await Home(home.address, session).sees(None) == []
