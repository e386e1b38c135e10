"""What people do with a running case besides yes and no, in both kinds of cards and by typing."""

from typing import Any

import pytest
import pytest_asyncio

from tests.scenarios import people
from tests.scenarios.conftest import emptied
from tests.scenarios.office import Office
from tests.scenarios.test_leave import BOSS, EMPLOYEE, HR, LONG, SUPERVISOR, approved_by, filed

pytestmark = pytest.mark.asyncio(loop_scope="module")

ADMIN = people.administrator()
COLLEAGUE, OTHER = people.bystanders(2, besides=(EMPLOYEE, SUPERVISOR, HR, BOSS, ADMIN))


@pytest_asyncio.fixture(loop_scope="module")
async def office(either_office: Office) -> Office:
    """The same, empty."""
    await emptied(either_office)
    return either_office


async def button(office: Office, person: str, number: str, name: str, form: dict[str, Any] | None = None) -> Any:
    """The person taps a button of the card that asks them."""
    card = await office.asked(person, number)
    answer = await office.tap(person, card["outTrackId"], name, form)
    assert answer["ok"], answer
    return answer["card"]


async def own(office: Office, number: str, name: str, **params: str) -> Any:
    """The applicant taps a button of their own card."""
    card = await office.card_with(EMPLOYEE, number=number, **params)
    answer = await office.tap(EMPLOYEE, card["outTrackId"], name)
    assert answer["ok"], answer
    return answer["card"]


async def not_asked(office: Office, person: str, number: str) -> bool:
    """Whether the person has no card of this case on which they could decide."""
    for card in await office.cards(person):
        if card["cardParamMap"]["case"] == number and "approve" in [one["id"] for one in card["buttons"]]:
            return False
    return True


async def test_returned_to_the_applicant_corrected_and_approved(office: Office) -> None:
    number = await filed(office)
    await approved_by(office, SUPERVISOR, number)
    await button(office, HR, number, "return", {"reason": "理由写具体一点"} if office.dialect == "rich" else None)
    if office.dialect == "plain":
        await office.words_with(HR, "退回")
        await office.say(HR, "理由写具体一点")
    await office.words_with(EMPLOYEE, "退回", "理由写具体一点")
    card = await office.card_with(EMPLOYEE, number=number, status="returned")
    await office.tap(EMPLOYEE, card["outTrackId"], "edit")
    await office.say(EMPLOYEE, "理由写去市医院复查心脏")
    await office.card_with(EMPLOYEE, number=number, status="returned")

    async def corrected() -> bool:
        return "心脏" in (await office.card_with(EMPLOYEE, number=number))["markdown"]

    await office.until(corrected, "the corrected reason")
    await own(office, number, "resubmit", status="returned")
    await approved_by(office, SUPERVISOR, number)
    await approved_by(office, HR, number)
    shown = (await office.card_with(EMPLOYEE, number=number, status="approved"))["markdown"]
    assert "已退回" in shown
    assert shown.count("已同意") == 3


async def test_returned_to_the_step_before_decides_there_once_more(office: Office) -> None:
    number = await filed(office)
    await approved_by(office, SUPERVISOR, number)
    await office.asked(HR, number)
    await office.say(HR, f"退回 {number} 上一步 请确认交接人")
    await approved_by(office, SUPERVISOR, number)
    await approved_by(office, HR, number)
    await office.card_with(EMPLOYEE, number=number, status="approved")


async def test_a_decision_is_taken_back_while_the_next_one_has_not_decided(office: Office) -> None:
    number = await filed(office)
    card = (await approved_by(office, SUPERVISOR, number))["card"]
    assert "take_back" in [one["id"] for one in card["buttons"]]
    await office.asked(HR, number)
    answer = await office.tap(SUPERVISOR, card["outTrackId"], "take_back")
    assert "approve" in [one["id"] for one in answer["card"]["buttons"]]

    async def let_go() -> bool:
        return await not_asked(office, HR, number)

    await office.until(let_go, "HR not being asked any more")
    await approved_by(office, SUPERVISOR, number)
    await approved_by(office, HR, number)
    mine = await office.card_with(EMPLOYEE, number=number, status="approved")
    assert mine["cardParamMap"]["status"] == "approved"


async def test_it_is_too_late_to_take_back_once_the_next_one_has_decided(office: Office) -> None:
    number = await filed(office, LONG)
    await approved_by(office, SUPERVISOR, number)
    await approved_by(office, HR, number)
    await office.say(SUPERVISOR, f"撤回 {number}")
    await office.words_with(SUPERVISOR, "不能撤回")
    await office.asked(BOSS, number)


async def test_my_last_decision_is_taken_back_by_a_word(office: Office) -> None:
    number = await filed(office)
    await approved_by(office, SUPERVISOR, number)
    await office.say(SUPERVISOR, "撤回")
    await office.words_with(SUPERVISOR, "已撤回")
    await office.asked(SUPERVISOR, number)


async def test_transferred_to_a_colleague_who_decides_instead(office: Office) -> None:
    number = await filed(office)
    await button(office, SUPERVISOR, number, "transfer")
    await office.words_with(SUPERVISOR, "转交给谁")
    await office.say(SUPERVISOR, f"{people.name(COLLEAGUE)} 我在外地")
    await office.asked(COLLEAGUE, number)
    assert await not_asked(office, SUPERVISOR, number)
    await approved_by(office, COLLEAGUE, number)
    await office.asked(HR, number)
    shown = (await office.card_with(EMPLOYEE, number=number))["markdown"]
    assert "已转交" in shown
    assert "我在外地" in shown


async def test_nobody_hands_a_case_to_its_applicant(office: Office) -> None:
    number = await filed(office)
    await office.asked(SUPERVISOR, number)
    await office.say(SUPERVISOR, f"转交 {number} {people.name(EMPLOYEE)}")
    await office.words_with(SUPERVISOR, "申请人不能审批自己的单子")
    await office.asked(SUPERVISOR, number)


async def test_somebody_asked_first_answers_and_then_it_is_mine_again(office: Office) -> None:
    number = await filed(office)
    await button(office, SUPERVISOR, number, "add_before")
    await office.words_with(SUPERVISOR, "先请谁审")
    await office.say(SUPERVISOR, people.name(COLLEAGUE))
    await approved_by(office, COLLEAGUE, number)
    await office.words_with(SUPERVISOR, "现在由你决定")
    await approved_by(office, SUPERVISOR, number)
    await office.asked(HR, number)


async def test_somebody_added_after_me_decides_before_it_goes_on(office: Office) -> None:
    number = await filed(office)
    await office.asked(SUPERVISOR, number)
    await office.say(SUPERVISOR, f"后加签 {number} {people.name(COLLEAGUE)}、{people.name(OTHER)}")
    await office.words_with(SUPERVISOR, "已后加签")
    await approved_by(office, SUPERVISOR, number)
    await approved_by(office, COLLEAGUE, number)
    assert await not_asked(office, HR, number)
    await approved_by(office, OTHER, number)
    await approved_by(office, HR, number)
    await office.card_with(EMPLOYEE, number=number, status="approved")


async def test_who_was_added_can_be_removed_again(office: Office) -> None:
    number = await filed(office)
    await office.asked(SUPERVISOR, number)
    await office.say(SUPERVISOR, f"加签 {number} {people.name(COLLEAGUE)}")
    await office.asked(COLLEAGUE, number)
    await office.say(SUPERVISOR, f"减签 {number} {people.name(COLLEAGUE)}")
    await approved_by(office, SUPERVISOR, number)
    assert await not_asked(office, COLLEAGUE, number)


async def test_advice_comes_back_and_decides_nothing(office: Office) -> None:
    number = await filed(office)
    await button(office, SUPERVISOR, number, "delegate")
    await office.words_with(SUPERVISOR, "意见")
    await office.say(SUPERVISOR, people.name(COLLEAGUE))
    card = await office.asked(COLLEAGUE, number)
    await office.tap(COLLEAGUE, card["outTrackId"], "reject", {"reason": "那天有盘点"})
    await office.words_with(SUPERVISOR, "现在由你决定")
    shown = (await office.asked(SUPERVISOR, number))["markdown"]
    assert "那天有盘点" in shown
    await approved_by(office, SUPERVISOR, number)
    await office.asked(HR, number)


async def test_a_comment_reaches_the_applicant_and_whoever_is_mentioned(office: Office) -> None:
    number = await filed(office)
    await office.asked(SUPERVISOR, number)
    await office.say(SUPERVISOR, f"评论 {number} 请看一下排班 @{people.name(COLLEAGUE)}")
    for person in (EMPLOYEE, COLLEAGUE):
        await office.words_with(person, "请看一下排班")
    copy = await office.card_with(COLLEAGUE, number=number)
    assert "请看一下排班" in copy["markdown"]


async def test_told_by_hand_and_read(office: Office) -> None:
    number = await filed(office)
    await office.asked(SUPERVISOR, number)
    await office.say(SUPERVISOR, f"抄送 {number} {people.name(OTHER)}")
    card = await office.card_with(OTHER, number=number)
    answer = await office.tap(OTHER, card["outTrackId"], "read")
    assert "已阅" in answer["card"]["tips"]
    assert "read" not in [one["id"] for one in answer["card"]["buttons"]]


async def test_an_administrator_stops_a_case_for_a_while(office: Office) -> None:
    number = await filed(office)
    card = await office.asked(SUPERVISOR, number)
    await office.say(ADMIN, f"暂停 {number} 等预算批下来")
    await office.words_with(EMPLOYEE, "暂停", "等预算批下来")
    answer = await office.tap(SUPERVISOR, card["outTrackId"], "approve")
    assert "暂停" in answer["card"]["tips"]
    await office.say(ADMIN, f"恢复 {number}")
    await office.words_with(EMPLOYEE, "继续审批")
    await approved_by(office, SUPERVISOR, number)


async def test_an_administrator_moves_a_case_on_and_ends_another(office: Office) -> None:
    number = await filed(office, LONG)
    await office.asked(SUPERVISOR, number)
    await office.say(ADMIN, f"跳转 {number} 第3步 主管和人事都出差")
    await approved_by(office, BOSS, number)
    await office.card_with(EMPLOYEE, number=number, status="approved")
    second = await filed(office)
    await office.asked(SUPERVISOR, second)
    await office.say(ADMIN, f"终止 {second} 重复提交")
    await office.words_with(EMPLOYEE, "终止", "重复提交")
    assert "重复提交" in (await office.card_with(EMPLOYEE, number=second, status="withdrawn"))["markdown"]


async def test_only_an_administrator_may(office: Office) -> None:
    number = await filed(office)
    await office.asked(SUPERVISOR, number)
    for words in (f"终止 {number} 不想批", f"暂停 {number} 等等", f"跳转 {number} 第2步 快点"):
        await office.say(SUPERVISOR, words)
        await office.words_with(SUPERVISOR, "要管理员来做")
    await office.say(COLLEAGUE, f"终止 {number} 不关我事")
    await office.words_with(COLLEAGUE, "没有找到这个编号")
    await office.asked(SUPERVISOR, number)


async def test_an_old_case_is_filed_again_as_a_new_one(office: Office) -> None:
    number = await filed(office)
    await own(office, number, "withdraw", status="running")
    await own(office, number, "copy", status="withdrawn")
    card = await office.card_with(EMPLOYEE, status="draft")
    assert card["cardParamMap"]["case"] != number
    assert "去医院复查" in card["markdown"]
    answer = await office.tap(EMPLOYEE, card["outTrackId"], "submit")
    assert answer["card"]["cardParamMap"]["status"] == "running"


async def test_a_case_does_not_wait_for_somebody_who_has_left(office: Office) -> None:
    number = await filed(office)
    card = await office.asked(SUPERVISOR, number)
    await office.call("DELETE", f"/emulator/people/{SUPERVISOR}")
    above = people.above(EMPLOYEE)
    shown = await office.asked(above, number)
    assert people.name(EMPLOYEE) in shown["title"]
    late = await office.tap(SUPERVISOR, card["outTrackId"], "approve")
    assert not late["ok"] or late["card"]["cardParamMap"]["status"] == "running"
    await approved_by(office, above, number)
    await office.asked(HR, number)
