"""Who may call, how often, and what the platform says to the others, on both of its hosts (contract 5)."""

import asyncio
import json
import re
from typing import Any

import orjson
import pytest

from emulator.calls import Calls
from tests.emulator.conftest import Elsewhere
from tests.emulator.home import APP, OTHER_APP, OTHER_SECRET, SECRET, Home, card

READ_USER = "/topapi/v2/user/get"
UPDATE = "/v1.0/card/instances"
REQUEST_ID = re.compile(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")
TOKEN = "x-acs-dingtalk-access-token"


async def test_one_token_serves_both_hosts_and_stays_the_same_while_it_is_valid(home: Home) -> None:
    _, first = await home.raw("POST", "/v1.0/oauth2/accessToken", {"appKey": APP, "appSecret": SECRET})
    body = {"client_id": APP, "client_secret": SECRET, "grant_type": "client_credentials"}
    _, second = await home.raw("POST", "/v1.0/oauth2/dinghomecorp/token", body)
    _, third = await home.raw("GET", f"/gettoken?appkey={APP}&appsecret={SECRET}")
    assert first["expireIn"] == second["expires_in"] == third["expires_in"] == 7200
    assert first["accessToken"] == second["access_token"] == third["access_token"]
    assert (third["errcode"], third["errmsg"]) == (0, "ok")
    _, other = await home.raw("POST", "/v1.0/oauth2/accessToken", {"appKey": OTHER_APP, "appSecret": OTHER_SECRET})
    assert other["accessToken"] != first["accessToken"]


async def test_a_token_ends_and_the_next_one_is_another(elsewhere: Elsewhere) -> None:
    async with elsewhere("--token-seconds", "1") as home:
        token = await home.token()
        assert (await home.legacy("/topapi/user/count", {"only_active": False}))["errcode"] == 0
        await asyncio.sleep(1.1)
        status, body = await home.new("PUT", UPDATE, {"outTrackId": "c1"})
        assert (status, body["code"]) == (400, "InvalidAuthentication")
        home._token = ""
        assert await home.token() != token


async def test_wrong_credentials_get_no_token(home: Home) -> None:
    for path, body in (
        ("/v1.0/oauth2/accessToken", {"appKey": APP, "appSecret": "wrong"}),
        ("/v1.0/oauth2/accessToken", {"appKey": APP}),
        (
            "/v1.0/oauth2/dinghomecorp/token",
            {"client_id": "x", "client_secret": SECRET, "grant_type": "client_credentials"},
        ),
    ):
        status, answer = await home.raw("POST", path, body)
        assert (status, answer["code"]) == (400, "invalidClientIdOrSecret")
        assert answer["message"] == "无效的clientId或者clientSecret"
    status, answer = await home.raw("POST", "/v1.0/oauth2/elsewhere/token", {"client_id": APP, "client_secret": SECRET})
    assert (status, answer["code"]) == (500, "unknownError")
    status, answer = await home.raw("GET", f"/gettoken?appkey={APP}&appsecret=wrong")
    assert (status, answer["errcode"], answer["errmsg"]) == (200, 40096, "不合法的appKey或appSecret")
    status, answer = await home.raw("GET", "/gettoken")
    assert (status, answer["errcode"], answer["errmsg"]) == (200, 40035, "缺少参数 corpid or appkey")


async def test_the_new_host_takes_the_token_in_its_header_only(home: Home) -> None:
    token = await home.token()
    status, body = await home.raw("PUT", UPDATE, {"outTrackId": "c1"})
    assert (status, body["code"]) == (400, "AuthenticationFailed.MissingParameter")
    assert body["message"] == "缺少参数：x-acs-dingtalk-access-token"
    for more in ({"params": {"access_token": token}}, {"headers": {"Authorization": f"Bearer {token}"}}):
        assert (await home.raw("PUT", UPDATE, {"outTrackId": "c1"}, **more))[0] == 400
    async with home.session.put(home.address + UPDATE, json={"outTrackId": "c1"}, headers={TOKEN: "bad"}) as answer:
        body = await answer.json()
        assert (answer.status, body["code"]) == (400, "InvalidAuthentication")
        assert body["message"] == "不合法的access_token"
        assert REQUEST_ID.fullmatch(body["requestid"])
        assert answer.headers["x-acs-request-id"] == body["requestid"]


async def test_the_legacy_host_takes_the_token_in_the_address_or_a_form(home: Home) -> None:
    token = await home.token()
    _, blank = await home.raw("POST", READ_USER, {"userid": "lina"}, headers={TOKEN: token})
    assert (blank["errcode"], blank["sub_code"], blank["sub_msg"]) == (88, "40000", "access_token is blank")
    status, bad = await home.raw("POST", READ_USER, {"userid": "lina"}, params={"access_token": "bad"})
    assert status == 200
    assert (bad["errcode"], bad["sub_code"], bad["sub_msg"]) == (88, "40014", "不合法的access_token")
    assert bad["errmsg"] == "ding talk error[subcode=40014,submsg=不合法的access_token]"
    assert bad["request_id"]
    _, formed = await home.raw("POST", READ_USER, data={"userid": "lina", "access_token": token})
    assert formed["result"]["name"] == "李娜"


@pytest.mark.parametrize("path", ["/v1.0/robot/nothing", "/v2.0/nothing", "/v1.0/card/instances/nothing"])
async def test_an_unknown_path_of_the_new_api_is_not_found(home: Home, path: str) -> None:
    status, body = await home.new("POST", path, {})
    assert (status, body["code"]) == (404, "InvalidAction.NotFound")
    assert body["message"] == "Specified api is not found, please check your url and method."


async def test_a_known_path_with_another_verb_is_not_found_either(home: Home) -> None:
    status, body = await home.new("DELETE", UPDATE)
    assert (status, body["code"]) == (404, "InvalidAction.NotFound")


async def test_an_unknown_path_of_the_legacy_api_says_so_in_its_own_ways(home: Home) -> None:
    unknown = await home.legacy("/topapi/v2/user/notexist", {})
    assert unknown["errcode"] == 22
    assert unknown["errmsg"] == "Invalid method[submsg=不合法ApiName，ApiName = dingtalk.oapi.v2.user.notexist]"
    elsewhere = await home.legacy("/nothing/here", {})
    assert (elsewhere["errcode"], elsewhere["errmsg"]) == (404, "请求的URI地址不存在")


async def burst(home: Home, count: int, path: str, body: Any) -> list[Any]:
    return [(await home.new("POST", path, body))[1] for _ in range(count)]


async def test_more_than_twenty_calls_a_second_are_refused_and_did_nothing(home: Home) -> None:
    sent = {"robotCode": APP, "userIds": ["lina"], "msgKey": "sampleText", "msgParam": '{"content":"x"}'}
    answers = await burst(home, 45, "/v1.0/robot/oToMessages/batchSend", sent)
    refused = [one for one in answers if one.get("code") == "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"]
    assert refused
    assert len(await home.sees("lina")) == 45 - len(refused)
    headers = {TOKEN: await home.token()}
    statuses = [
        (await home.raw("POST", "/v1.0/robot/oToMessages/batchSend", sent, headers=headers))[0] for _ in range(25)
    ]
    assert set(statuses) <= {200, 403}
    assert 403 in statuses


async def test_the_legacy_host_says_too_fast_in_a_sub_code_and_each_api_has_its_own_count(home: Home) -> None:
    answers = [await home.legacy(READ_USER, {"userid": "lina"}) for _ in range(45)]
    refused = [one for one in answers if one["errcode"]]
    assert {(one["errcode"], one["sub_code"]) for one in refused} == {(88, "90018")}
    assert (await home.legacy("/topapi/user/count", {"only_active": False}))["errcode"] == 0


async def test_the_rate_can_be_lifted(elsewhere: Elsewhere) -> None:
    async with elsewhere("--qps", "0") as home:
        answers = [await home.legacy(READ_USER, {"userid": "lina"}) for _ in range(80)]
        assert {one["errcode"] for one in answers} == {0}


async def test_the_quota_of_the_month_ends_and_the_directory_does_not_count(elsewhere: Elsewhere) -> None:
    async with elsewhere("--month-calls", "3") as home:
        for _ in range(9):
            assert (await home.legacy(READ_USER, {"userid": "lina"}))["errcode"] == 0
        for number in range(3):
            await home.show(f"c{number}", "lina")
        status, body = await home.new("POST", "/v1.0/card/instances/createAndDeliver", card("c9", "lina"))
        assert (status, body["code"]) == (403, "Forbidden.AccessDenied.ApiCountLimitForOrg")
        assert [item["outTrackId"] for item in await home.sees("lina")] == ["c0", "c1", "c2"]


async def test_messages_over_the_quota_of_the_month_arrive_empty(elsewhere: Elsewhere) -> None:
    async with elsewhere("--month-messages", "2") as home, home.line() as line:
        for number in range(3):
            await home.say("wangfang", str(number))
        frames = [await line.answer() for _ in range(3)]
        assert [frame.get("text", {}).get("content") for frame in frames] == ["0", "1", None]
        assert "20001" in {str(frames[2].get("errorCode")), str(frames[2].get("errCode"))}
        assert "content" not in frames[2]


async def test_what_was_called_can_be_read_and_shows_no_secret(home: Home) -> None:
    await home.show("c1", "lina")
    await home.raw("GET", f"/gettoken?appkey={APP}&appsecret={SECRET}")
    await home.legacy(READ_USER, {"userid": "lina"})
    found = await home.control("GET", "/calls")
    rows = found["items"]
    assert [row["seq"] for row in rows] == sorted(row["seq"] for row in rows)
    assert SECRET not in json.dumps(rows)
    (made,) = [row for row in rows if row["path"].endswith("createAndDeliver")]
    assert made["method"] == "POST"
    assert made["body"]["outTrackId"] == "c1"
    assert made["status"] == 200
    assert made["answer"]["result"]["outTrackId"] == "c1"
    assert not (await home.control("GET", "/calls", after=found["last"]))["items"]
    only = (await home.control("GET", "/calls", path="/topapi"))["items"]
    assert [row["path"] for row in only] == [READ_USER]


async def test_calls_are_counted_by_path(home: Home) -> None:
    for number in range(3):
        await home.show(f"c{number}", "lina")
    await home.legacy(READ_USER, {"userid": "lina"})
    await home.legacy("/topapi/nothing")
    paths = (await home.stats())["paths"]
    assert next(iter(paths)) == "/v1.0/card/instances/createAndDeliver"
    assert [paths[path] for path in ("/v1.0/card/instances/createAndDeliver", READ_USER, "/topapi/nothing")] == [
        3,
        1,
        1,
    ]
    await home.control("POST", "/reset", {})
    assert (await home.stats())["paths"] == {}


def test_a_hundred_thousand_calls_are_counted_and_only_the_newest_kept() -> None:
    calls, answer = Calls(), b'{"rows":"' + b"x" * 100_000 + b'"}'
    for number in range(100_000):
        calls.add("POST", f"/junk/{number}" if number % 100 == 0 else READ_USER, {"n": number}, 200, answer)
    stats = calls.stats()
    assert stats["calls"] == sum(stats["paths"].values()) == 100_000
    assert stats["paths"][READ_USER] == 99_000
    assert len(stats["paths"]) < 1000
    kept = orjson.loads(orjson.dumps(calls.after(0, "")))
    assert (kept[-1]["body"], kept[-1]["answer"]["rows"][:1]) == ({"n": 99_999}, "x")
    assert 100 < len(kept) < 1000, "bodies and answers take 64 MB at most"


async def test_events_count_as_messages_of_the_month_but_not_those_of_contacts(home: Home) -> None:
    async def counted() -> int:
        return int((await home.stats())["month_messages"])

    clock = {"userid": "lina", "type": "OnDuty"}
    await home.control("POST", "/attendance", clock)
    assert await counted() == 0, "nobody listens"
    async with home.line() as line:
        await line.answer()
        await home.control("POST", "/attendance", clock)
        await line.answer()
        await home.control("PUT", "/people/lina", {"name": "李娜", "title": "总监"})
        await line.answer()
        assert await counted() == 1
