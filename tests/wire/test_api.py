"""The calls to the platform: what is sent, and what each kind of failure becomes."""

import asyncio
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.wire.api import DingTalk
from bot.wire.errors import AlreadyExists, Denied, NotDelivered, RateLimited, Refused, Transient, Unreachable
from bot.wire.gateway import Credentials
from tests.wire.platform import TOKEN, platform, reply

CREATE = "/v1.0/card/instances/createAndDeliver"
DELIVER = "/v1.0/card/instances/deliver"
UPDATE = "/v1.0/card/instances"
SEND = "/v1.0/robot/oToMessages/batchSend"
GET_PERSON = "/topapi/v2/user/get"
GATE = "Forbidden.AccessDenied."


async def create(client: DingTalk, *, person: str = "u9", group: str = "") -> None:
    await client.create_and_deliver(track="c1", template="t", card={"title": "请假"}, person=person, group=group)


async def test_a_card_for_a_person() -> None:
    async with platform() as (it, client):
        await client.create_and_deliver(
            track="c1", template="t.schema", card={"a": "1"}, private={"u9": {"b": "2"}}, person="u9", summary="[审批]"
        )
        assert it.calls[-1].token == "t1"
        assert it.asked(CREATE) == [
            {
                "cardTemplateId": "t.schema",
                "outTrackId": "c1",
                "callbackType": "STREAM",
                "userIdType": 1,
                "cardData": {"cardParamMap": {"a": "1"}},
                "privateData": {"u9": {"cardParamMap": {"b": "2"}}},
                "openSpaceId": "dtv1.card//IM_ROBOT.u9",
                "imRobotOpenSpaceModel": {"supportForward": False, "lastMessageI18n": {"ZH_CN": "[审批]"}},
                "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT", "robotCode": "dingapp"},
            }
        ]


async def test_a_card_for_a_group() -> None:
    async with platform() as (it, client):
        await create(client, group="cidG==")
        (body,) = it.asked(CREATE)
        assert body["openSpaceId"] == "dtv1.card//IM_GROUP.cidG=="
        assert body["imGroupOpenDeliverModel"] == {"robotCode": "dingapp"}


async def test_a_card_without_buttons_calls_nobody_back() -> None:
    async with platform() as (it, client):
        await client.create_and_deliver(track="c1", template="t", card={"a": "1"}, person="u9", taps=False)
        assert "callbackType" not in it.asked(CREATE)[0]


async def test_a_card_that_was_made_but_not_delivered_is_refused_in_the_platform_s_words() -> None:
    results = [{"spaceType": "IM_ROBOT", "spaceId": "u9", "success": False, "errorMsg": "user not found"}]
    async with platform() as (it, client):
        it.script[CREATE] = [reply({"success": True, "result": {"outTrackId": "c1", "deliverResults": results}})]
        with pytest.raises(NotDelivered, match="user not found"):
            await create(client)


async def test_a_card_that_was_made_is_delivered_again() -> None:
    async with platform() as (it, client):
        it.script[DELIVER] = [reply({"success": True, "result": [{"success": False, "errorMsg": "not yet"}]})]
        with pytest.raises(NotDelivered, match="not yet"):
            await client.deliver(track="c1", person="u9")
        it.script[DELIVER] = [reply({"success": True, "result": [{"success": True, "errorMsg": ""}]})]
        await client.deliver(track="c1", person="u9")
        assert it.asked(DELIVER)[-1] == {
            "outTrackId": "c1",
            "userIdType": 1,
            "openSpaceId": "dtv1.card//IM_ROBOT.u9",
            "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT", "robotCode": "dingapp"},
        }


async def test_no_answer_holds_a_character_that_no_row_can_keep() -> None:
    async with platform() as (it, client):
        it.script[GET_PERSON] = [reply({"errcode": 0, "result": {"name": "王\0芳", "tags": ["\0"]}})]
        assert await client.person("u9") == {"name": "王芳", "tags": [""]}
        it.script[CREATE] = [reply({"code": "param.odd", "message": "bad\0word"}, 400)]
        with pytest.raises(Refused, match="badword"):
            await create(client)


async def test_a_card_that_is_there_already() -> None:
    async with platform() as (it, client):
        it.script[CREATE] = [reply({"code": "param.cardAlreadyExist", "message": "卡片已存在"}, 400)]
        with pytest.raises(AlreadyExists):
            await create(client)


async def test_a_card_is_changed_key_by_key() -> None:
    async with platform() as (it, client):
        await client.update_card(track="c1", card={"status": "agree"})
        assert it.calls[-1].method == "PUT"
        assert it.asked(UPDATE) == [
            {
                "outTrackId": "c1",
                "userIdType": 1,
                "cardData": {"cardParamMap": {"status": "agree"}},
                "cardUpdateOptions": {"updateCardDataByKey": True, "updatePrivateDataByKey": True},
            }
        ]


async def test_words_to_people_and_groups() -> None:
    async with platform() as (it, client):
        answer = {"processQueryKey": "k", "invalidStaffIdList": ["u2"], "flowControlledStaffIdList": ["u3"]}
        it.script[SEND] = [reply(answer)]
        sent = await client.batch_send(["u1", "u2", "u3"], title="提醒", text="**今天**")
        assert (sent.query_key, sent.invalid, sent.slowed) == ("k", ("u2",), ("u3",))
        assert it.asked(SEND)[0]["msgKey"] == "sampleMarkdown"
        assert it.asked(SEND)[0]["msgParam"] == '{"title":"提醒","text":"**今天**"}'
        await client.group_send("cidG==", text="早")
        (body,) = it.asked("/v1.0/robot/groupMessages/send")
        assert (body["openConversationId"], body["msgKey"], body["msgParam"]) == (
            "cidG==",
            "sampleText",
            '{"content":"早"}',
        )
        with pytest.raises(ValueError, match="21 receivers"):
            await client.batch_send(["u"] * 21, text="早")


async def test_a_reply_needs_no_token_and_names_whom_it_is_for() -> None:
    async with platform() as (it, client):
        await client.reply(f"{it.url}/robot/sendBySession?session=s1", text="好的", at=["u7"])
        (call,) = it.calls
        assert call.token == ""
        assert call.body == {"msgtype": "text", "text": {"content": "@u7 好的"}, "at": {"atUserIds": ["u7"]}}
        it.script["/robot/sendBySession"] = [reply({"errcode": 300001, "errmsg": "session 不存在"})]
        with pytest.raises(Refused) as refusal:
            await client.reply(f"{it.url}/robot/sendBySession?session=s1", title="t", text="x")
        assert refusal.value.code == "300001"


async def test_a_ding() -> None:
    async with platform() as (it, client):
        await client.ding(["u1"], "请尽快审批")
        (body,) = it.asked("/v1.0/robot/ding/send")
        assert (body["remindType"], body["receiverUserIdList"], body["content"]) == (1, ["u1"], "请尽快审批")


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, {"code": "param.contentUnsafe", "message": "x"}, Refused),
        (403, {"code": GATE + "AccessTokenPermissionDenied", "message": "x"}, Denied),
        (403, {"code": GATE + "ApiCountLimitForOrg", "message": "x"}, Denied),
        (403, {"code": GATE + "QpsLimitForAppkeyAndApi", "message": "x"}, RateLimited),
        (403, {"code": GATE + "QpsLimitForApi", "message": "x"}, RateLimited),
        (403, {"code": GATE + "QpmLimitForAppkeyAndApi", "message": "x"}, RateLimited),
        (429, {"code": "whatever"}, RateLimited),
        (200, {"status": 1111, "wait": 5, "source": "x5", "punish": "deny", "uuid": "u"}, RateLimited),
        (500, {"code": "system.busy", "message": "x"}, Transient),
        (400, {"code": "systemBusy", "message": "x"}, Transient),
        (503, {"code": "ServiceUnavailable", "message": "x"}, Transient),
        (404, {"code": "InvalidAction.NotFound", "message": "x"}, Refused),
    ],
)
async def test_what_a_failure_of_the_new_dialect_becomes(status: int, body: Any, kind: type[Exception]) -> None:
    async with platform() as (it, client):
        it.script[UPDATE] = [reply(body, status)]
        with pytest.raises(kind) as trouble:
            await client.update_card(track="c1", card={"a": "1"})
        assert type(trouble.value) is kind


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        ({"errcode": 60121, "errmsg": "找不到该用户"}, Refused, "60121"),
        ({"errcode": 88, "sub_code": "60011", "sub_msg": "no right", "errmsg": "ding talk error"}, Denied, "60011"),
        ({"errcode": 88, "sub_code": "90018", "sub_msg": "too fast", "errmsg": "x"}, RateLimited, ""),
        ({"errcode": 90002, "errmsg": "x"}, RateLimited, ""),
        ({"errcode": 88, "sub_code": "90020", "sub_msg": "month", "errmsg": "x"}, Denied, "90020"),
        ({"errcode": -1, "errmsg": "系统繁忙"}, Transient, ""),
        ({"errcode": "22", "errmsg": "Invalid method"}, Refused, "22"),
    ],
)
async def test_what_a_failure_of_the_legacy_dialect_becomes(body: Any, kind: type[Exception], code: str) -> None:
    async with platform() as (it, client):
        it.script[GET_PERSON] = [reply(body)]
        with pytest.raises(kind) as trouble:
            await client.person("u1")
        assert type(trouble.value) is kind
        assert getattr(trouble.value, "code", "") == code


async def test_html_instead_of_json_is_a_passing_trouble_at_any_status() -> None:
    async with platform() as (it, client):
        for status in (200, 502, 503):
            it.script[UPDATE] = [web.Response(text="<html>busy</html>", status=status, content_type="text/html")]
            with pytest.raises(Transient):
                await client.update_card(track="c1", card={"a": "1"})


async def test_how_long_to_wait_is_taken_from_the_answer() -> None:
    async with platform() as (it, client):
        it.script[UPDATE] = [
            web.Response(status=429, headers={"Retry-After": "7"}),
            reply({"punish": "deny", "wait": 5}),
        ]
        for seconds in (7, 300):
            with pytest.raises(RateLimited) as trouble:
                await client.update_card(track="c1", card={"a": "1"})
            assert trouble.value.retry_after == seconds
            assert not trouble.value.maybe_done


@pytest.mark.parametrize("code", ["40014", "42001"])
async def test_a_stale_token_is_renewed_once_and_the_call_repeated(code: str) -> None:
    stale = {"errcode": 88, "sub_code": code, "sub_msg": "不合法的access_token", "errmsg": "ding talk error"}
    async with platform() as (it, client):
        it.script[GET_PERSON] = [reply(stale), reply({"errcode": 0, "result": {"userid": "u1"}})]
        assert await client.person("u1") == {"userid": "u1"}
        assert [call.token for call in it.calls if call.path == GET_PERSON] == ["t1", "t2"]
        it.script[UPDATE] = [reply({"code": "InvalidAuthentication", "message": "不合法的access_token"}, 400)]
        await client.update_card(track="c1", card={"a": "1"})
        assert it.calls[-1].token == "t3"


async def test_a_token_that_stays_stale_is_not_asked_for_again_and_again() -> None:
    async with platform() as (it, client):
        it.always[UPDATE] = lambda _: reply({"code": "InvalidAuthentication", "message": "x"}, 400)
        with pytest.raises(Refused):
            await client.update_card(track="c1", card={"a": "1"})
        assert len(it.asked(UPDATE)) == 2
        assert it.tokens == 2


async def test_calls_that_come_together_ask_for_one_token() -> None:
    async with platform() as (it, client):
        await asyncio.gather(*(client.update_card(track=f"c{n}", card={"a": "1"}) for n in range(10)))
        assert it.tokens == 1


async def test_wrong_credentials_are_refused() -> None:
    async with platform() as (it, client):
        it.script[TOKEN] = [
            reply({"code": "invalidClientIdOrSecret", "message": "无效的clientId或者clientSecret"}, 400)
        ]
        with pytest.raises(Refused, match="invalidClientIdOrSecret"):
            await create(client)


async def test_nobody_there_is_told_apart_from_no_answer() -> None:
    async with aiohttp.ClientSession() as session:
        credentials = Credentials(client_id="a", client_secret="s", api="http://127.0.0.1:1")
        with pytest.raises(Unreachable) as trouble:
            await create(DingTalk(session, credentials))
        assert not trouble.value.maybe_done

    def cut(_: Any) -> web.Response:
        raise asyncio.CancelledError  # the server ends the connection without an answer

    async with platform() as (it, client):
        it.script[SEND] = [cut]
        with pytest.raises(Unreachable) as trouble:
            await client.batch_send(["u1"], text="早")
        assert trouble.value.maybe_done


async def test_pages_are_read_to_the_end() -> None:
    def members(body: Any) -> web.Response:
        cursor = body["cursor"]
        result = {"list": [{"userid": f"u{cursor}"}], "has_more": cursor < 2, "next_cursor": cursor + 1}
        return reply({"errcode": 0, "result": result})

    def roles(body: Any) -> web.Response:
        group = {"groupId": 1, "name": "岗位", "roles": [{"id": body["offset"] + 1, "name": "会计"}]}
        return reply({"errcode": 0, "result": {"hasMore": body["offset"] == 0, "list": [group]}})

    def holders(body: Any) -> web.Response:
        more = body["offset"] == 0
        return reply(
            {"errcode": 0, "result": {"hasMore": more, "nextCursor": 7, "list": [{"userid": f"h{body['offset']}"}]}}
        )

    async with platform() as (it, client):
        it.always |= {"/topapi/v2/user/list": members, "/topapi/role/list": roles, "/topapi/role/simplelist": holders}
        assert [person["userid"] async for person in client.members(1)] == ["u0", "u1", "u2"]
        assert [role["id"] async for role in client.roles()] == [1, 201]
        assert [person async for person in client.holders(1)] == ["h0", "h7"]
