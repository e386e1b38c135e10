"""Frames as the platform writes them, and as it should not, become values."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wire.frame import CALLBACK, EVENT, SYSTEM, TOPIC_CARD, TOPIC_MESSAGE, Frame, frame_of, read_frame
from bot.wire.parse import Malformed, parse
from handlers.inbound import CardAction, DirectoryChange, File, Message

SAID = {
    "conversationId": "cidAA==",
    "chatbotCorpId": "dingcorp",
    "chatbotUserId": "$:LWCP_v1:$bot",
    "msgId": "msg1==",
    "senderNick": "王芳",
    "isAdmin": False,
    "senderStaffId": "u7",
    "sessionWebhookExpiredTime": 1790005400000,
    "createAt": 1790000000000,
    "senderCorpId": "dingcorp",
    "conversationType": "2",
    "senderId": "$:LWCP_v1:$u7",
    "conversationTitle": "市场部",
    "isInAtList": True,
    "atUsers": [{"dingtalkId": "$:LWCP_v1:$bot"}],
    "sessionWebhook": "https://oapi.dingtalk.com/robot/sendBySession?session=s1",
    "robotCode": "dingapp",
    "msgtype": "text",
    "text": {"content": " 今天谁请假"},
    "anUnknownField": {"of": ["any", "kind"]},
}
PRESSED = {"cardPrivateData": {"actionIds": ["agree"], "params": {"action": "agree"}}}
TAP: dict[str, Any] = {
    "type": "actionCallback",
    "outTrackId": "apr-42-u9",
    "corpId": "dingcorp",
    "userId": "u9",
    "userIdType": 1,
    "spaceType": "im",
    "spaceId": "cidZZ==",
    "extension": "{}",
    "content": json.dumps(PRESSED),
    "value": json.dumps(PRESSED),
}


def frame(data: object, *, topic: str = TOPIC_MESSAGE, kind: str = CALLBACK, **headers: str) -> Frame:
    text = data if isinstance(data, str) else json.dumps(data)
    outer = {
        "specVersion": "1.0",
        "type": kind,
        "headers": {"messageId": "push1", "time": "1790000000123", "topic": topic, **headers},
        "data": text,
    }
    found = read_frame(json.dumps(outer).encode())
    assert found is not None
    return found


def message(**fields: object) -> Message:
    found = parse(frame({**SAID, **fields}))
    assert isinstance(found, Message)
    return found


def tap(content: object, **fields: object) -> CardAction:
    found = parse(frame({**TAP, "content": content, **fields}, topic=TOPIC_CARD))
    assert isinstance(found, CardAction)
    return found


def test_a_text_message_of_a_group() -> None:
    assert message() == Message(
        robot="dingapp",
        id="msg1==",
        sender="u7",
        nick="王芳",
        conversation="cidAA==",
        group=True,
        title="市场部",
        text="今天谁请假",
        said_at=datetime(2026, 9, 21, 14, 13, 20, tzinfo=UTC),
        kind="text",
        webhook="https://oapi.dingtalk.com/robot/sendBySession?session=s1",
        webhook_until=datetime(2026, 9, 21, 15, 43, 20, tzinfo=UTC),
        push="push1",
    )


def test_a_person_outside_the_organisation_has_no_userid() -> None:
    stranger = {key: value for key, value in SAID.items() if not key.startswith("senderStaff")}
    found = parse(frame(stranger))
    assert isinstance(found, Message)
    assert (found.sender, found.nick) == ("", "王芳")


def test_a_voice_message_says_what_the_platform_recognised() -> None:
    found = message(
        msgtype="audio", text=None, content={"duration": 4000, "downloadCode": "d1", "recognition": "明天上午请假"}
    )
    assert (found.kind, found.text) == ("voice", "明天上午请假")
    assert found.files == (File(code="d1", kind="voice"),)


def test_rich_text_is_joined_and_its_pictures_are_files() -> None:
    parts = [
        {"text": " 请假两天"},
        {"type": "picture", "downloadCode": "d1", "pictureDownloadCode": "p1"},
        {"text": "，附诊断书"},
    ]
    found = message(msgtype="richText", content={"richText": parts})
    assert (found.kind, found.text, found.files) == ("rich", "请假两天，附诊断书", (File(code="d1", kind="picture"),))


@pytest.mark.parametrize(
    ("msgtype", "content", "kind", "file"),
    [
        ("picture", {"pictureDownloadCode": "p1"}, "picture", File(code="p1", kind="picture")),
        ("video", {"duration": "5", "downloadCode": "v1"}, "file", File(code="v1", kind="video")),
        ("file", {"fileName": "a.xlsx", "downloadCode": "f1"}, "file", File(code="f1", kind="file", name="a.xlsx")),
    ],
)
def test_what_is_attached(msgtype: str, content: dict[str, str], kind: str, file: File) -> None:
    found = message(msgtype=msgtype, content=content)
    assert (found.kind, found.text, found.files) == (kind, "", (file,))


def test_an_emoji_cut_in_two_does_not_make_a_message_unreadable() -> None:
    said = {**SAID, "text": {"content": "我明天请假 \ud83d"}}
    assert message(**said).text == "我明天请假 ?"


def test_kinds_that_nobody_knows() -> None:
    assert message(msgtype="unknownMsgType", content={"unknownMsgType": "x"}).kind == "unknown"
    assert message(msgtype="hologram").kind == "unknown"
    assert message(msgtype="text", text=None).kind == "unknown"


@pytest.mark.parametrize("key", ["errorCode", "errCode"])
@pytest.mark.parametrize("code", [20001, "20001"])
def test_a_message_beyond_the_month_s_quota_has_no_words(key: str, code: object) -> None:
    found = message(text=None, **{key: code})
    assert (found.kind, found.text) == ("quota", "")


def test_ids_and_booleans_may_be_quoted_or_not() -> None:
    found = message(conversationType=1, isAdmin="true", createAt="1790000000000")
    assert (found.group, found.admin, found.said_at.year) == (False, True, 2026)


def test_the_push_s_time_stands_in_for_a_missing_one() -> None:
    assert message(createAt=None).said_at == datetime(2026, 9, 21, 14, 13, 20, 123000, tzinfo=UTC)


@pytest.mark.parametrize("missing", ["msgId"])
def test_a_message_that_cannot_be_told_apart_is_malformed(missing: str) -> None:
    found = parse(frame({**SAID, missing: ""}))
    assert isinstance(found, Malformed)
    assert missing in found.reason


def test_a_press() -> None:
    assert tap(json.dumps(PRESSED)) == CardAction(
        track="apr-42-u9", by="u9", button="agree", params={"action": "agree"}, push="push1"
    )


@pytest.mark.parametrize(
    ("private", "button"),
    [
        ({"actionIds": ["a1"], "params": {"id": "by_id", "action": "by_action"}}, "by_id"),
        ({"actionIds": ["a1"], "params": {"action": "by_action"}}, "by_action"),
        ({"actionIds": ["a1"], "params": {}}, "a1"),
        ({"actionIds": ["a1"]}, "a1"),
        ({}, ""),
    ],
)
def test_which_button_was_pressed(private: dict[str, Any], button: str) -> None:
    assert tap(json.dumps({"cardPrivateData": private})).button == button


def test_params_may_stand_beside_the_private_data() -> None:
    found = tap(json.dumps({"cardPrivateData": {"actionIds": ["x"]}, "params": {"id": "agree", "n": 1, "ok": True}}))
    assert (found.button, found.params) == ("agree", {"id": "agree", "n": "1", "ok": "true"})


def test_content_may_be_an_object_or_be_missing_beside_value() -> None:
    assert tap(PRESSED).button == "agree"
    assert tap(None).button == "agree"
    assert tap("not json").button == "agree"


@pytest.mark.parametrize("as_text", [True, False])
def test_a_form_with_a_choice(as_text: bool) -> None:
    form = {
        "reason": "人手不够",
        "kind": {"index": 0, "value": "年假"},
        "days": 2,
        "who": {"index": [0], "value": ["u1"]},
    }
    params = {"form": json.dumps(form) if as_text else form, "pick": {"index": 1, "value": "b"}}
    found = tap(json.dumps({"cardPrivateData": {"actionIds": ["form"], "params": params}}))
    assert found.button == "form"
    assert found.form == {"reason": "人手不够", "kind": "年假", "days": 2, "who": ["u1"]}
    assert found.params == {"pick": "b"}


def test_a_press_without_card_or_person_is_malformed_and_other_callbacks_are_none_of_ours() -> None:
    assert isinstance(parse(frame({**TAP, "outTrackId": ""}, topic=TOPIC_CARD)), Malformed)
    assert isinstance(parse(frame({**TAP, "userId": None}, topic=TOPIC_CARD)), Malformed)
    assert parse(frame({**TAP, "type": "dynamicDataCallback"}, topic=TOPIC_CARD)) is None
    assert parse(frame({}, topic="/v1.0/graph/api/invoke")) is None
    assert parse(frame({}, kind=SYSTEM, topic="ping")) is None


@pytest.mark.parametrize(
    ("event", "data", "kind", "users", "departments"),
    [
        ("user_add_org", {"userId": ["u1", "u2"]}, "person_changed", ("u1", "u2"), ()),
        ("user_modify_org", {"userId": "u1", "diffInfo": []}, "person_changed", ("u1",), ()),
        ("user_leave_org", {"userId": ["u1"]}, "person_left", ("u1",), ()),
        ("label_user_change", {"userIdList": ["u1"], "labelIdList": [7]}, "person_changed", ("u1",), ()),
        ("org_dept_modify", {"deptId": [5, "6", None, "x"]}, "departments_changed", (), (5, 6)),
        ("label_conf_modify", {"labelIdList": [7]}, "roles_changed", (), ()),
    ],
)
def test_directory_events(
    event: str, data: dict[str, Any], kind: Any, users: tuple[str, ...], departments: tuple[int, ...]
) -> None:
    found = parse(frame(data, kind=EVENT, topic="*", eventType=event, eventId="e1"))
    assert found == DirectoryChange(id="e1", kind=kind, users=users, departments=departments, push="push1")


def test_other_events_are_none_of_ours() -> None:
    assert parse(frame({}, kind=EVENT, topic="*", eventType="bpms_task_change", eventId="e1")) is None


@pytest.mark.parametrize("junk", ["", "{", "[]", "1", '{"type":"CALLBACK"}', '{"headers":{}}', "\x00\xff"])
def test_what_is_no_frame(junk: str) -> None:
    assert read_frame(junk) is None
    assert read_frame(junk.encode("latin-1")) is None


Anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["form", "{}", "[1]", '{"a":1}']),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)


def mangled(template: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """The template with any of its fields replaced by anything."""
    return st.dictionaries(st.sampled_from(sorted(template)), Anything, max_size=4).map(lambda odd: {**template, **odd})


FORM = {"cardPrivateData": Anything, "params": Anything}
Content = st.fixed_dictionaries({}, optional=FORM) | st.fixed_dictionaries(
    {"cardPrivateData": st.fixed_dictionaries({}, optional={"actionIds": Anything, "params": Anything})}
)


@given(data=mangled(SAID) | mangled(TAP) | Anything | Content.map(lambda content: {**TAP, "content": content}))
def test_nothing_that_the_data_can_be_raises(data: object) -> None:
    for kind, topic in ((CALLBACK, TOPIC_MESSAGE), (CALLBACK, TOPIC_CARD), (EVENT, "*")):
        headers = {"topic": topic, "messageId": "p", "eventType": "user_add_org"}
        found = frame_of({"type": kind, "headers": headers, "data": data})
        assert found is not None
        assert parse(found) is None or isinstance(parse(found), Message | CardAction | DirectoryChange | Malformed)


@given(raw=st.binary(max_size=200), outer=Anything, headers=Anything)
def test_nothing_that_a_frame_can_be_raises(raw: bytes, outer: object, headers: object) -> None:
    assert read_frame(raw) is None
    for value in (outer, {"type": CALLBACK, "headers": headers, "data": outer}):
        found = frame_of(value)
        assert found is None or parse(found) is None or isinstance(parse(found), Malformed)


def test_values_nested_beyond_reason_do_not_break_the_reading() -> None:
    deep = "[" * 300 + "]" * 300
    content = f'{{"cardPrivateData":{{"actionIds":["a"],"params":{{"deep":{deep}}}}}}}'
    assert tap(content).button == "a"
