"""A tap: the callback, its two seconds, the answer in the ack, and who may tap at all (contract 4.5, 4.6, 11)."""

import asyncio
import json
from typing import Any

import pytest

from tests.emulator.home import APP, BUTTONS, CARDS, GROUP, RICH, Home, Line, card, data_of

BY_KEY = {"updateCardDataByKey": True, "updatePrivateDataByKey": True}


async def tapped(
    home: Home, line: Line, response: Any, person: str = "lina", button: str = "approve", **more: Any
) -> Any:
    """Tap, answer with this, and see what the person gets."""
    tapping = asyncio.ensure_future(home.tap(person, "c1", button, **more))
    await line.answer(response)
    return await tapping


async def test_the_callback_says_who_tapped_what_where(home: Home) -> None:
    await home.show("c1", "lina")
    async with home.line() as line:
        tapping = asyncio.ensure_future(home.tap("lina", "c1", "reject"))
        frame = await line.frame()
        await line.ack(frame, {})
        answer = await tapping
    data = data_of(frame)
    assert frame["headers"]["topic"] == CARDS
    assert (data["type"], data["outTrackId"], data["userId"], data["userIdType"]) == ("actionCallback", "c1", "lina", 1)
    assert data["corpId"] == "dinghomecorp"
    assert data["spaceType"] == "im"
    assert data["spaceId"].startswith("cid")
    assert data["extension"] == "{}"
    assert data["value"] == data["content"]
    assert json.loads(data["content"]) == {"cardPrivateData": {"actionIds": ["reject"], "params": {"id": "reject"}}}
    assert answer["ok"]
    assert answer["milliseconds"] > 0


async def test_the_answer_changes_the_card_for_everyone_and_privately_for_the_tapper(home: Home) -> None:
    await home.show("c1", "lina", "boss")
    response = {
        "cardUpdateOptions": BY_KEY,
        "cardData": {"cardParamMap": {"markdown": "已同意"}},
        "userPrivateData": {"cardParamMap": {"title": "你已同意"}},
    }
    async with home.line() as line:
        answer = await tapped(home, line, response)
    assert answer["ack"] == response
    assert (answer["card"]["markdown"], answer["card"]["title"]) == ("已同意", "你已同意")
    other = await home.card("boss", "c1")
    assert (other["markdown"], other["title"], len(other["buttons"])) == ("已同意", "请假", 2)


async def test_without_the_option_the_answer_replaces_everything(home: Home) -> None:
    await home.show("c1", "lina")
    async with home.line() as line:
        await tapped(home, line, {"cardData": {"cardParamMap": {"markdown": "完"}}})
    assert (await home.card("lina", "c1"))["cardParamMap"] == {"markdown": "完"}


async def test_an_answer_that_comes_too_late_is_a_failure_and_changes_nothing(home: Home) -> None:
    await home.show("c1", "lina")
    async with home.line() as line:
        tapping = asyncio.ensure_future(home.tap("lina", "c1", "approve"))
        frame = await line.frame()
        answer = await tapping
        assert (answer["ok"], answer["error"]) == (False, "timeout")
        await line.ack(frame, {"cardUpdateOptions": BY_KEY, "cardData": {"cardParamMap": {"markdown": "晚了"}}})
        await line.silent(0.6)
    assert (await home.card("lina", "c1"))["markdown"] == "一天"
    stats = await home.stats()
    assert (stats["late"], stats["unknown_acks"], stats["redelivered"]) == (1, 1, 0)


async def test_a_handler_that_failed_is_a_failure_for_the_person(home: Home) -> None:
    await home.show("c1", "lina")
    async with home.line() as line:
        tapping = asyncio.ensure_future(home.tap("lina", "c1", "approve"))
        await line.ack(await line.frame(), {"cardData": {"cardParamMap": {"markdown": "x"}}}, code=500)
        assert not (await tapping)["ok"]
    assert (await home.card("lina", "c1"))["markdown"] == "一天"


async def test_with_nobody_listening_a_tap_fails_at_once(home: Home) -> None:
    await home.show("c1", "lina")
    answer = await home.tap("lina", "c1", "approve")
    assert not answer["ok"]
    assert answer["error"] != "timeout"


async def test_only_who_was_shown_a_card_can_tap_it(home: Home) -> None:
    await home.show("c1", "lina")
    refused = await home.control("POST", "/cards/c1/tap", {"by": "boss", "button": "approve"}, status=403)
    assert "boss" in refused["error"]
    await home.control("POST", "/cards/c9/tap", {"by": "boss", "button": "approve"}, status=404)
    await home.control("GET", "/cards/c1", viewer="boss", status=404)


async def test_a_card_that_was_forwarded_can_be_tapped_by_whom_it_reached(home: Home) -> None:
    await home.show("c1", "lina")
    await home.control("POST", "/cards/c1/forward", {"by": "boss", "to": "zhaolei"}, status=403)
    await home.control("POST", "/cards/c1/forward", {"by": "lina", "to": "zhaolei"})
    assert [item["outTrackId"] for item in await home.sees("zhaolei")] == ["c1"]
    async with home.line() as line:
        assert (await tapped(home, line, {}, "zhaolei"))["ok"]


async def test_a_card_without_a_callback_pushes_nothing(home: Home) -> None:
    body = card("c1", "lina")
    del body["callbackType"]
    await home.new("POST", "/v1.0/card/instances/createAndDeliver", body)
    assert not any(button["enabled"] for button in (await home.card("lina", "c1"))["buttons"])
    async with home.line() as line:
        await home.tap("lina", "c1", "approve")
        await line.silent(0.1)


async def test_fifty_taps_at_once_each_have_their_answer(home: Home) -> None:
    await home.show("c1", "lina")

    async def answer_all(line: Line) -> None:
        for number in range(50):
            await line.answer({"cardUpdateOptions": BY_KEY, "cardData": {"cardParamMap": {"markdown": str(number)}}})

    async with home.line() as line:
        answering = asyncio.ensure_future(answer_all(line))
        answer = await home.tap("lina", "c1", "approve", repeat=50)
        await answering
    assert len(answer["answers"]) == 50
    assert all(one["ok"] for one in answer["answers"])
    assert {one["ack"]["cardData"]["cardParamMap"]["markdown"] for one in answer["answers"]} == {
        str(number) for number in range(50)
    }


async def test_a_form_goes_with_the_tap(home: Home) -> None:
    fields = json.dumps({"fields": [{"name": "reason", "label": "事由", "type": "TEXT"}]})
    values = {"title": "驳回", "form": fields, "buttons": json.dumps([{"id": "reject", "text": "驳回"}])}
    await home.show("c1", "lina", cardTemplateId=RICH, cardData={"cardParamMap": values})
    async with home.line() as line:
        tapping = asyncio.ensure_future(home.tap("lina", "c1", "reject", form={"reason": "重了"}))
        data = await line.answer(
            {"cardUpdateOptions": BY_KEY, "userPrivateData": {"cardParamMap": {"form_status": "disabled"}}}
        )
        answer = await tapping
    content = json.loads(data["content"])["cardPrivateData"]
    assert content["actionIds"] == ["reject"]
    assert content["params"]["form"] == {"reason": "重了"}
    assert answer["card"]["form"]["disabled"]


async def test_who_tapped_is_named_as_the_card_was_made(home: Home) -> None:
    union = (await home.legacy("/topapi/v2/user/get", {"userid": "lina"}))["result"]["unionid"]
    await home.show("c1", userIdType=2, openSpaceId=f"dtv1.card//IM_ROBOT.{union}")
    async with home.line() as line:
        tapping = asyncio.ensure_future(home.tap("lina", "c1", "approve"))
        data = await line.answer({})
        assert (await tapping)["ok"]
    assert (data["userId"], data["userIdType"]) == (union, 2)


async def test_a_tap_in_a_group_names_the_group(home: Home) -> None:
    await home.show(
        "c1",
        openSpaceId=f"dtv1.card//IM_GROUP.{GROUP}",
        imGroupOpenSpaceModel={"supportForward": True},
        imGroupOpenDeliverModel={"robotCode": APP},
    )
    async with home.line() as line:
        tapping = asyncio.ensure_future(home.tap("wangfang", "c1", "approve"))
        assert (await line.answer({}))["spaceId"] == GROUP
        await tapping


async def test_an_update_while_the_callback_is_open_is_held_against_the_bot(home: Home) -> None:
    await home.show("c1", "lina")
    change = {"outTrackId": "c1", "cardData": {"cardParamMap": {"markdown": "x"}}, "cardUpdateOptions": BY_KEY}
    async with home.line() as line:
        tapping = asyncio.ensure_future(home.tap("lina", "c1", "approve"))
        frame = await line.frame()
        assert (await home.new("PUT", "/v1.0/card/instances", change))[0] == 200
        await line.ack(frame, {})
        await tapping
        assert (await home.stats())["bot_faults"] == 1
        await home.new("PUT", "/v1.0/card/instances", change)
    assert (await home.stats())["bot_faults"] == 1


@pytest.mark.parametrize(
    "data",
    [
        "no json",
        [],
        None,
        {"response": []},
        {"response": {"cardData": 1}},
        {"response": {"cardData": {"cardParamMap": 1}}},
    ],
)
async def test_an_answer_that_makes_no_sense_changes_nothing(home: Home, data: Any) -> None:
    await home.show("c1", "lina")
    async with home.line() as line:
        tapping = asyncio.ensure_future(home.tap("lina", "c1", "approve"))
        frame = await line.frame()
        headers = {"messageId": frame["headers"]["messageId"]}
        text = data if isinstance(data, str | None) else json.dumps(data)
        await line.socket.send_json({"code": 200, "headers": headers, "data": text})
        await tapping
    shown = await home.card("lina", "c1")
    assert (shown["markdown"], len(shown["buttons"])) == ("一天", 2)


async def test_a_card_with_another_template_reads_its_own_buttons(home: Home) -> None:
    approval = "db56f2c2-f609-4878-9a34-46f6a0194a73.schema"
    values = {"cardParamMap": {"title": "报销", "reason": "打车", "status": ""}}
    await home.show("c1", "lina", cardTemplateId=approval, cardData=values)
    assert [button["id"] for button in (await home.card("lina", "c1"))["buttons"]] == ["agree", "reject"]
    async with home.line() as line:
        tapping = asyncio.ensure_future(home.tap("lina", "c1", "agree"))
        data = await line.answer({"cardUpdateOptions": BY_KEY, "cardData": {"cardParamMap": {"status": "agree"}}})
        answer = await tapping
    assert json.loads(data["content"])["cardPrivateData"]["params"] == {"action": "agree"}
    assert answer["card"]["buttons"] == []
    assert approval != BUTTONS
