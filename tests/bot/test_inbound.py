"""From frames to acks: what the platform gets back, and when."""

import asyncio
from dataclasses import replace
from typing import Any

import orjson

from bot.inbound import Inbound
from bot.wire.frame import DONE, EVENT_DONE, Ack, Frame
from cards.tracks import track
from domain.calendar import Workdays
from store.executor import Executor
from tests.bot.test_deliver import rows
from tests.store.office import executor, says, submits

SENTENCE = "我明天下午请半天病假，去医院复查"


class NoCalendar(Workdays):
    """A calendar with a bug."""

    def is_workday(self, day: Any) -> bool | None:
        """Breaks."""
        raise ZeroDivisionError


def message(text: str, number: str = "m1", push: str = "p1") -> Frame:
    data = {
        "msgId": number, "robotCode": "bot", "senderStaffId": "lix", "senderNick": "李想", "conversationType": "1",
        "conversationId": "cid", "createAt": 1795400000000, "msgtype": "text", "text": {"content": text},
    }  # fmt: skip
    return Frame("CALLBACK", "/v1.0/im/bot/messages/get", push, {}, orjson.dumps(data).decode())


def press(card: str, by: str, button: str) -> Frame:
    params = {"id": button, "case": "QJ-20990101-001", "step": "9"}  # forged: another case, another step
    content = orjson.dumps({"cardPrivateData": {"actionIds": [button], "params": params}}).decode()
    data = {"type": "actionCallback", "outTrackId": card, "userId": by, "content": content, "extension": "{}"}
    return Frame("CALLBACK", "/v1.0/card/instances/callback", f"tap-{by}", {}, orjson.dumps(data).decode())


async def answer(office: Executor, frame: Frame) -> Ack | None:
    found = Inbound(office, lambda change: None)(frame)
    return await found if isinstance(found, asyncio.Future) else found


async def test_a_message_is_acked_after_its_draft_is_committed(database_url: str) -> None:
    async with executor(database_url) as office:
        assert await answer(office, message(SENTENCE)) == DONE
        assert rows(database_url, "SELECT count(*) FROM cases") == [(1,)]
        assert await answer(office, message(SENTENCE, push="p2")) == DONE
        assert rows(database_url, "SELECT count(*) FROM cases") == [(1,)]


async def test_the_ack_of_a_tap_carries_the_changed_card_whatever_its_params_claim(database_url: str) -> None:
    async with executor(database_url) as office:
        await office.submit(says("lix", SENTENCE, "m1"))
        ((number,),) = rows(database_url, "SELECT number FROM cases")
        await office.submit(submits("lix", number))
        ack = await answer(office, press(track(number, "s1", "chenj"), "chenj", "approve"))
        assert ack is not None
        card = orjson.loads(ack.data)["response"]["cardData"]["cardParamMap"]
    assert card["case"] == number
    assert "已同意" in card["markdown"]


async def test_a_message_that_cannot_be_read_is_apologised_for_once(database_url: str) -> None:
    async with executor(database_url) as office:
        office.world = replace(office.world, workdays=NoCalendar())
        for push in ("p1", "p2"):
            assert await answer(office, message("下周一到周三请年假", push=push)) == DONE
    ((lane, words),) = rows(database_url, "SELECT lane, words FROM outbox")
    assert lane == "lix"
    assert "出了点问题" in words


async def test_what_is_of_no_use_is_acked_and_changes_nothing(database_url: str) -> None:
    async with executor(database_url) as office:
        for frame, ack in (
            (press("card-of-last-year", "lix", "approve"), DONE),
            (press(track("QJ-20250101-001", "a", "lix"), "lix", "explode"), DONE),
            (Frame("CALLBACK", "/v1.0/im/bot/messages/get", "p", {}, "not json"), DONE),
            (Frame("EVENT", "*", "p", {"eventType": "unknown"}, "{}"), EVENT_DONE),
        ):
            assert await answer(office, frame) == ack
        gone = await answer(office, press(track("QJ-20250101-001", "s1", "lix"), "lix", "approve"))
        assert gone is not None
        assert "没有找到" in orjson.loads(gone.data)["response"]["userPrivateData"]["cardParamMap"]["tips"]
    assert rows(database_url, "SELECT count(*) FROM outbox") == [(0,)]
