"""Who writes English is answered in English, also after a restart; everybody else reads what they read before."""

from typing import Any, Final

import pytest
import sqlalchemy as sa

from store.engine import make_engine
from tests.cards.test_english import left_in_chinese
from tests.scenarios import people
from tests.scenarios.office import Office
from tests.scenarios.test_leave import BOSS, EMPLOYEE, HR, HR_CLERKS, SUPERVISOR

pytestmark = pytest.mark.asyncio(loop_scope="module")
SENTENCE: Final = "sick leave tomorrow afternoon, to see the doctor"


def english(card: Any) -> bool:
    """Whether all that stands on the card is English, but for names."""
    shown = card["cardParamMap"]
    texts = [shown["title"], shown["markdown"], shown["tips"], *(button["text"] for button in card["buttons"])]
    return not any(left_in_chinese(text) for text in texts)


async def heard(office: Office, person: str) -> list[str]:
    """All that was said to the person in words."""
    said = [item for item in await office.seen(person) if item["from"] != person and item["kind"] != "card"]
    return [f"{item.get('title') or ''} {item.get('text') or ''}" for item in said]


def rows(office: Office) -> list[Any]:
    """What is remembered of languages."""
    engine = make_engine(office.database)
    with engine.connect() as connection:
        found = list(connection.execute(sa.text("SELECT person, language FROM tongues")))
    engine.dispose()
    return found


async def test_a_leave_in_english_with_chinese_approvers_and_a_restart(either_office: Office) -> None:
    office = either_office
    await office.say(EMPLOYEE, SENTENCE)
    draft = await office.card_with(EMPLOYEE, status="draft")
    assert english(draft), draft
    assert "sick leave" in draft["cardParamMap"]["title"].lower()
    assert "to see the doctor" in draft["markdown"]
    assert [button["text"] for button in draft["buttons"]] == ["Submit", "Change", "Cancel"]
    number = draft["cardParamMap"]["case"]
    answer = await office.tap(EMPLOYEE, draft["outTrackId"], "submit")
    assert answer["card"]["cardParamMap"]["status"] == "running"
    assert english(answer["card"])
    assert rows(office) == [(EMPLOYEE, "en")]

    asked = await office.asked(SUPERVISOR, number)
    assert "等待你处理" in asked["cardParamMap"]["tips"]
    assert "**请假类型**：病假" in asked["markdown"]
    await office.kill_bot()
    await office.start_bot()
    await office.tap(SUPERVISOR, asked["outTrackId"], "approve")
    await office.tap(HR, (await office.asked(HR, number))["outTrackId"], "approve")
    mine = await office.card_with(EMPLOYEE, number=number, status="approved")
    assert english(mine), mine
    await office.words_with(EMPLOYEE, "approved", number)
    assert [text for text in await heard(office, EMPLOYEE) if left_in_chinese(text)] == []
    for told in (BOSS, HR_CLERKS[0]):
        assert "抄送给你" in (await office.card_with(told, number=number))["cardParamMap"]["tips"]


async def test_a_refused_tap_and_a_list_are_answered_in_the_tapper_s_language(either_office: Office) -> None:
    office = either_office
    await office.say(EMPLOYEE, SENTENCE)
    draft = await office.card_with(EMPLOYEE, status="draft")
    await office.tap(EMPLOYEE, draft["outTrackId"], "submit")
    number = draft["cardParamMap"]["case"]
    await office.say(SUPERVISOR, "my tasks")
    listed = await office.words_with(SUPERVISOR, number, "approve all")
    assert not left_in_chinese(listed["text"])
    card = await office.asked(SUPERVISOR, number)
    await office.tap(SUPERVISOR, card["outTrackId"], "approve")
    late = await office.tap(SUPERVISOR, card["outTrackId"], "approve")
    assert english(late["card"])
    assert "approved" in late["card"]["cardParamMap"]["tips"]
    await office.say(SUPERVISOR, "待我审批")
    await office.words_with(SUPERVISOR, "现在没有等你审批的")
    again = await office.tap(SUPERVISOR, card["outTrackId"], "approve")
    assert "已同意" in again["card"]["cardParamMap"]["tips"]


async def test_a_reason_in_english_makes_nobody_english_and_chinese_words_make_chinese(either_office: Office) -> None:
    office = either_office
    await office.say(EMPLOYEE, "明天下午请半天病假")
    await office.say(EMPLOYEE, "帮助")
    await office.words_with(EMPLOYEE, "我能帮你办这些")
    await office.say(EMPLOYEE, "help")
    await office.words_with(EMPLOYEE, "What I can do for you")
    await office.say(EMPLOYEE, "我的申请")
    await office.words_with(EMPLOYEE, "我的申请")
    draft = await office.card_with(EMPLOYEE, status="draft")
    await office.tap(EMPLOYEE, draft["outTrackId"], "submit")
    number = draft["cardParamMap"]["case"]
    asked = await office.asked(SUPERVISOR, number)
    await office.say(SUPERVISOR, "帮助")
    await office.words_with(SUPERVISOR, "我能帮你办这些")
    await office.say(SUPERVISOR, f"驳回 {number}")
    await office.words_with(SUPERVISOR, "请回复理由")
    await office.say(SUPERVISOR, "we need you here tomorrow afternoon")
    await office.words_with(SUPERVISOR, "已驳回", people.name(EMPLOYEE))
    assert "已驳回" in (await office.card(SUPERVISOR, asked["outTrackId"]))["markdown"]


async def test_in_a_group_the_company_s_language_is_spoken(either_office: Office) -> None:
    office = either_office
    groups = (await office.call("GET", "/emulator/people"))["groups"]
    cid = next(one for one in groups if EMPLOYEE in one["members"])["openConversationId"]
    await office.say(EMPLOYEE, "sick leave tomorrow morning", conversation=cid)
    await office.words_with(EMPLOYEE, "我在单聊里回复你了", conversation=cid)
    assert english(await office.card_with(EMPLOYEE, status="draft"))
