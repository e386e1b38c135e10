"""The leave ledger through the wire: seen before filing, back after a no, taken after a yes, earned by overtime."""

import pytest

from tests.scenarios import people
from tests.scenarios.office import Office
from tests.scenarios.test_leave import BOSS, EMPLOYEE, HR, SUPERVISOR, approved_by, draft

pytestmark = pytest.mark.asyncio(loop_scope="module")

TWO_DAYS = "下周二到下周三请年假，回老家"


async def balance(office: Office, *parts: str, kind: str = "年假") -> None:
    """The person asks, and the answer has all of this."""
    await office.say(EMPLOYEE, "我的余额")
    await office.words_with(EMPLOYEE, f"**{kind}**", *parts)


async def test_annual_leave_is_seen_reserved_given_back_and_taken(office: Office) -> None:
    card = await draft(office, TWO_DAYS)
    assert "年假余额：现有 5 天，这次 2 天，之后 3 天" in card["markdown"]
    number = card["cardParamMap"]["case"]
    await office.tap(EMPLOYEE, card["outTrackId"], "submit")
    asked = await office.asked(SUPERVISOR, number)
    assert "批准后年假还剩 3 天" in asked["markdown"]
    await balance(office, "审批中 2 天，还剩 3 天")
    await office.tap(SUPERVISOR, asked["outTrackId"], "reject")
    await office.say(SUPERVISOR, "那几天要交付")
    await office.card_with(EMPLOYEE, number=number, status="rejected")
    await balance(office, "今年已请 0 天，还剩 5 天")

    again = await draft(office, "下周四请一天年假，搬家")
    assert "年假余额：现有 5 天，这次 1 天，之后 4 天" in again["markdown"]
    second = again["cardParamMap"]["case"]
    await office.tap(EMPLOYEE, again["outTrackId"], "submit")
    for person in (SUPERVISOR, HR):
        await approved_by(office, person, second)
    await office.card_with(EMPLOYEE, number=second, status="approved")
    await balance(office, "今年已请 1 天，还剩 4 天")
    await office.say(HR, f"查余额 {people.name(EMPLOYEE)}")
    await office.words_with(HR, f"{people.name(EMPLOYEE)}的假期余额", "还剩 4 天")
    for item in await office.seen(BOSS):
        assert "余额" not in str(item), "nobody else hears of it"


async def test_approved_overtime_can_be_taken_as_leave(office: Office) -> None:
    await office.say(EMPLOYEE, "今天晚上6点到10点加班，赶版本")
    card = await office.card_with(EMPLOYEE, status="draft")
    number = card["cardParamMap"]["case"]
    await office.tap(EMPLOYEE, card["outTrackId"], "submit")
    for person in (SUPERVISOR, HR, BOSS):
        await approved_by(office, person, number)
    await office.card_with(EMPLOYEE, number=number, status="approved")
    await balance(office, "共有 0.5 天", "还剩 0.5 天", kind="调休")
    await office.say(EMPLOYEE, "下周三下午调休半天")
    leave = await office.card_with(EMPLOYEE, status="draft")
    assert "调休余额：现有 0.5 天，这次 0.5 天，之后 0 天" in leave["markdown"]
