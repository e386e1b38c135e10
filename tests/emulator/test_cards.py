"""Cards are made, shown and changed as the platform does it, and refused in its order (contract 4.2 to 4.4, 11)."""

import json
from typing import Any

import pytest

from tests.emulator.home import (
    APP,
    BUTTONS,
    CLOSED_GROUP,
    GROUP,
    MARKDOWN,
    OTHER_APP,
    OTHER_GROUP,
    OTHER_SECRET,
    RICH,
    Home,
    card,
)

CREATE, UPDATE = "/v1.0/card/instances", "/v1.0/card/instances"
DELIVER, BOTH = "/v1.0/card/instances/deliver", "/v1.0/card/instances/createAndDeliver"
BY_KEY = {"updateCardDataByKey": True, "updatePrivateDataByKey": True}


def params(**values: Any) -> dict[str, Any]:
    return {"cardParamMap": values}


async def tracks(home: Home, person: str) -> list[str]:
    return [item["outTrackId"] for item in await home.sees(person) if "outTrackId" in item]


async def code_of(home: Home, method: str, path: str, body: dict[str, Any]) -> str:
    status, answer = await home.new(method, path, body)
    assert status == 400, answer
    return str(answer["code"])


async def test_made_and_shown_in_one_call(home: Home) -> None:
    status, answer = await home.new("POST", BOTH, card("c1", "lina", "boss"))
    assert (status, answer["success"], answer["result"]["outTrackId"]) == (200, True, "c1")
    rows = answer["result"]["deliverResults"]
    assert [(row["spaceType"], row["spaceId"], row["success"]) for row in rows] == [
        ("IM_ROBOT", "lina", True),
        ("IM_ROBOT", "boss", True),
    ]
    assert all(row["carrierId"] for row in rows)
    (item,) = await home.sees("lina")
    assert (item["kind"], item["title"], item["conversation"]) == ("card", "请假", "bot")
    shown = await home.card("lina", "c1")
    assert (shown["outTrackId"], shown["title"], shown["markdown"]) == ("c1", "请假", "一天")
    assert [(button["id"], button["text"], button["enabled"]) for button in shown["buttons"]] == [
        ("approve", "同意", True),
        ("reject", "驳回", True),
    ]


async def test_made_first_and_shown_later(home: Home) -> None:
    body = card("c1", "lina")
    _, made = await home.new("POST", CREATE, {name: body[name] for name in body if "Deliver" not in name})
    assert made == {"success": True, "result": "c1"}
    assert await tracks(home, "lina") == []
    await home.control("GET", "/cards/c1", viewer="lina", status=404)
    later = {name: body[name] for name in ("outTrackId", "openSpaceId", "imRobotOpenDeliverModel", "userIdType")}
    status, shown = await home.new("POST", DELIVER, later)
    assert (status, shown["result"][0]["success"]) == (200, True)
    assert await tracks(home, "lina") == ["c1"]
    assert await code_of(home, "POST", CREATE, body) == "param.cardAlreadyExist"


async def test_the_same_track_twice_is_one_card(home: Home) -> None:
    await home.show("c1", "lina")
    assert await code_of(home, "POST", BOTH, card("c1", "boss")) == "param.cardAlreadyExist"
    assert await tracks(home, "lina") == ["c1"]
    assert await tracks(home, "boss") == []


@pytest.mark.parametrize("kind", ["IM_ROBOT", "im_robot", "Im_Robot"])
async def test_spaces_are_read_without_case(home: Home, kind: str) -> None:
    await home.show("c1", "lina", openSpaceId=f"dtv1.card//{kind}.lina")
    assert await tracks(home, "lina") == ["c1"]


def group_card(track: str, group: str = GROUP, **model: Any) -> dict[str, Any]:
    return card(
        track,
        openSpaceId=f"dtv1.card//IM_GROUP.{group}",
        imGroupOpenSpaceModel={"supportForward": True},
        imGroupOpenDeliverModel={"robotCode": APP, **model},
    )


async def test_a_card_in_a_group_is_seen_by_its_members(home: Home) -> None:
    _, answer = await home.new("POST", BOTH, group_card("c1", atUserIds={"lina": "李娜"}))
    assert answer["result"]["deliverResults"][0]["success"]
    (item,) = await home.sees("wangfang", GROUP)
    assert (item["outTrackId"], item["at"]) == ("c1", ["lina"])
    await home.control("GET", "/cards/c1", viewer="boss", status=404)


async def test_only_its_recipients_see_a_card_in_a_group(home: Home) -> None:
    await home.new("POST", BOTH, group_card("c1", recipients=["lina", "boss"]))
    assert [await tracks(home, person) for person in ("lina", "wangfang", "boss")] == [["c1"], [], []]


async def test_a_place_that_fails_fails_inside_a_success(home: Home) -> None:
    body = card("c1", "lina", "nobody")
    _, answer = await home.new("POST", BOTH, body)
    assert answer["success"]
    assert [(row["spaceId"], row["success"]) for row in answer["result"]["deliverResults"]] == [
        ("lina", True),
        ("nobody", False),
    ]
    assert answer["result"]["deliverResults"][1]["errorMsg"]
    _, answer = await home.new("POST", BOTH, group_card("c2", "cidUnknown=="))
    assert (answer["success"], answer["result"]["deliverResults"][0]["success"]) == (True, False)


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("param.cardTemplateIdEmpty", {"cardTemplateId": ""}),
    ("param.outTrackIdEmpty", {"outTrackId": None}),
    ("param.empty", {"cardData": None}),
    ("param.templateNotExist", {"cardTemplateId": "unknown.schema"}),
    ("param.templateNotExist", {"cardTemplateId": BUTTONS.removesuffix(".schema")}),
    ("param.invalid", {"outTrackId": "x" * 101}),
    ("param.invalid", {"cardData": params(days=2)}),
    ("param.invalid", {"cardData": params(rows=[{"k": "v"}])}),
    ("param.invalid", {"cardData": params(done=True)}),
    ("param.invalid", {"cardData": "{}"}),
    ("param.invalid", {"privateData": {"lina": params(done=True)}}),
    ("param.invalid", {"cardData": params(**{"k" * 101: "v"})}),
    ("param.invalid", {"cardData": params(text="x" * 100_001)}),
    ("param.invalid", {"callbackType": "stream"}),
    ("param.invalid", {"userIdType": 3}),
    ("param.openSpaceIdEmpty", {"openSpaceId": ""}),
    ("param.openSpaceIdInvalid", {"openSpaceId": "IM_ROBOT.lina"}),
    ("param.openSpaceIdInvalid", {"openSpaceId": "dtv1.card//IM_ROBOT"}),
    ("param.openSpaceIdInvalid", {"openSpaceId": "dtv1.card//MOON.lina"}),
    ("param.openSpaceIdInvalid", {"openSpaceId": "dtv1.card//IM_ROBOT.lina;"}),
    ("param.openSpaceIdInvalid", {"openSpaceId": "dtv1.card//" + ";".join(["IM_ROBOT.lina"] * 90)}),
    ("param.openSpaceModelInvalid", {"openSpaceId": f"dtv1.card//IM_GROUP.{GROUP}"}),
    ("param.openSpaceModelInvalid", {"openSpaceId": f"dtv1.card//IM_ROBOT.lina;IM_GROUP.{GROUP}"}),
    ("param.openSpaceModelInvalid", {"imRobotOpenSpaceModel": {"lastMessageI18n": {"ZH_CN": "x"}}}),
    ("param.openSpaceModelInvalid", {"imRobotOpenSpaceModel": {"supportForward": "maybe"}}),
    ("param.openDeliverModelEmpty", {"imRobotOpenDeliverModel": None}),
    ("param.openDeliverModelError", {"imRobotOpenDeliverModel": {"spaceType": "IM_GROUP"}}),
]


@pytest.mark.parametrize(("code", "change"), WRONG, ids=lambda value: str(value)[:60])
async def test_what_is_wrong_is_refused_and_leaves_nothing(home: Home, code: str, change: dict[str, Any]) -> None:
    assert await code_of(home, "POST", BOTH, {**card("c1", "lina"), **change}) == code
    assert await tracks(home, "lina") == []
    await home.show("c1", "lina")


async def test_the_first_thing_wrong_is_said(home: Home) -> None:
    """Template before track, track before strings, strings before spaces, spaces before models (contract 11)."""
    await home.show("taken", "lina")
    body = {
        **card("taken", "lina"),
        "cardTemplateId": "unknown.schema",
        "cardData": params(days=2),
        "openSpaceId": f"IM_GROUP.{GROUP}",
    }
    repairs: list[tuple[str, dict[str, Any]]] = [
        ("param.templateNotExist", {"cardTemplateId": BUTTONS}),
        ("param.cardAlreadyExist", {"outTrackId": "free"}),
        ("param.invalid", {"cardData": params(days="2")}),
        ("param.openSpaceIdInvalid", {"openSpaceId": f"dtv1.card//IM_GROUP.{GROUP}"}),
        ("param.openSpaceModelInvalid", {"imGroupOpenSpaceModel": {"supportForward": True}}),
    ]
    for code, repair in repairs:
        assert await code_of(home, "POST", BOTH, body) == code
        body |= repair
    assert await code_of(home, "POST", BOTH, body) in ("param.openDeliverModelEmpty", "param.openDeliverModelError")
    body["imGroupOpenDeliverModel"] = {"atUserIds": {}}
    assert await code_of(home, "POST", BOTH, body) in ("param.openDeliverModelEmpty", "param.openDeliverModelError")
    body["imGroupOpenDeliverModel"] = {"robotCode": APP}
    assert (await home.new("POST", BOTH, body))[0] == 200


async def test_an_update_replaces_unless_it_says_by_key(home: Home) -> None:
    await home.show("c1", "lina")
    status, answer = await home.new(
        "PUT", UPDATE, {"outTrackId": "c1", "cardData": params(markdown="两天"), "cardUpdateOptions": BY_KEY}
    )
    assert (status, answer) == (200, {"success": True, "result": True})
    shown = await home.card("lina", "c1")
    assert (shown["title"], shown["markdown"], len(shown["buttons"])) == ("请假", "两天", 2)
    await home.new("PUT", UPDATE, {"outTrackId": "c1", "cardData": params(markdown="三天")})
    shown = await home.card("lina", "c1")
    assert (shown["markdown"], shown["buttons"], shown["cardParamMap"]) == ("三天", [], {"markdown": "三天"})


async def test_what_a_person_sees_is_private_before_public(home: Home) -> None:
    await home.show("c1", "lina", "boss", privateData={"lina": params(markdown="给你")})
    assert [(await home.card(person, "c1"))["markdown"] for person in ("lina", "boss")] == ["给你", "一天"]
    change = {"outTrackId": "c1", "privateData": {"lina": params(status="done")}, "cardUpdateOptions": BY_KEY}
    await home.new("PUT", UPDATE, change)
    shown = await home.card("lina", "c1")
    assert (shown["markdown"], shown["status"]) == ("给你", "done")
    await home.new("PUT", UPDATE, {"outTrackId": "c1", "privateData": {"lina": params(status="over")}})
    shown = await home.card("lina", "c1")
    assert (shown["markdown"], shown["status"]) == ("一天", "over")
    assert (await home.card("boss", "c1"))["status"] == ""


async def test_a_card_counts_its_versions(home: Home) -> None:
    await home.show("c1", "lina")
    before = (await home.card("lina", "c1"))["version"]
    await home.new("PUT", UPDATE, {"outTrackId": "c1", "cardData": params(title="x"), "cardUpdateOptions": BY_KEY})
    assert (await home.card("lina", "c1"))["version"] > before


async def test_updates_that_the_platform_refuses(home: Home) -> None:
    await home.show("c1", "lina")
    for code, body in (
        ("param.outTrackIdEmpty", {"cardData": params(title="x")}),
        ("param.cardNotExist", {"outTrackId": "c2", "cardData": params(title="x")}),
        ("param.cardDataAndPrivateDataBothEmpty", {"outTrackId": "c1"}),
        ("param.invalid", {"outTrackId": "c1", "cardData": params(title=1)}),
    ):
        assert await code_of(home, "PUT", UPDATE, body) == code
    assert (await home.card("lina", "c1"))["title"] == "请假"


async def test_another_app_s_card_is_no_card(home: Home, address: str) -> None:
    await home.show("c1", "lina")
    other = Home(address, home.session)
    other.client, other.secret = OTHER_APP, OTHER_SECRET
    assert (
        await code_of(other, "PUT", UPDATE, {"outTrackId": "c1", "cardData": params(title="x")}) == "param.cardNotExist"
    )


async def test_markdown_without_a_callback_is_words_and_not_a_card_to_tap(home: Home) -> None:
    body = card("c1", "lina", cardTemplateId=MARKDOWN, cardData=params(title="提醒", markdown="**写日志**"))
    del body["callbackType"]
    await home.new("POST", BOTH, body)
    (item,) = await home.sees("lina")
    assert (item["kind"], item["outTrackId"], item["title"], item["text"]) == ("markdown", "c1", "提醒", "**写日志**")
    assert await home.sees("boss") == []


async def test_the_company_s_own_template_has_buttons_and_a_form(home: Home) -> None:
    fields = {"fields": [{"name": "reason", "label": "事由", "type": "TEXT_AREA", "required": True}]}
    values = params(
        title="驳回",
        markdown="为何",
        form=json.dumps(fields),
        form_status="normal",
        buttons=json.dumps(
            [{"id": "reject", "text": "驳回", "color": "red"}, {"id": "no", "text": "不可", "status": "disabled"}]
        ),
    )
    await home.show("c1", "lina", cardTemplateId=RICH, cardData=values)
    shown = await home.card("lina", "c1")
    assert shown["form"]["fields"] == fields["fields"]
    assert [(button["id"], button["enabled"]) for button in shown["buttons"]] == [("reject", True), ("no", False)]


async def test_what_sys_full_json_obj_says_lies_over_the_rest(home: Home) -> None:
    values = params(title="a", markdown="b", sys_full_json_obj=json.dumps({"title": "c", "msgButtons": []}))
    await home.show("c1", "lina", cardData=values)
    assert (await home.card("lina", "c1"))["title"] == "c"


async def test_people_may_be_named_by_their_union_id(home: Home) -> None:
    union = (await home.legacy("/topapi/v2/user/get", {"userid": "lina"}))["result"]["unionid"]
    body = card(
        "c1", userIdType=2, privateData={union: params(markdown="给你")}, openSpaceId=f"dtv1.card//IM_ROBOT.{union}"
    )
    _, answer = await home.new("POST", BOTH, body)
    assert answer["result"]["deliverResults"][0]["success"], answer
    assert (await home.card("lina", "c1"))["markdown"] == "给你"


async def test_a_value_above_one_kilobyte_is_noted_and_shown(home: Home) -> None:
    await home.show("c1", "lina", cardData=params(title="长", markdown="字" * 400))
    assert (await home.card("lina", "c1"))["markdown"] == "字" * 400
    stats = await home.stats()
    assert (stats["warnings"], stats["bot_faults"]) == (1, 0)


async def test_a_robot_shows_nothing_in_a_group_that_it_is_not_in(home: Home) -> None:
    _, answer = await home.new("POST", BOTH, group_card("c1", CLOSED_GROUP))
    assert (answer["success"], answer["result"]["deliverResults"][0]["success"]) == (True, False)
    await home.new("POST", BOTH, group_card("c2", OTHER_GROUP))
    assert await tracks(home, "boss") == ["c2"]
