"""Talking with the bot: what is missing is asked, one thing at a time; the words that always work."""

import pytest

from tests.scenarios import people
from tests.scenarios.office import Office
from tests.scenarios.test_leave import BOSS, EMPLOYEE, HR, SENTENCE, SUPERVISOR, filed

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_what_is_missing_is_asked_one_thing_at_a_time(office: Office) -> None:
    await office.say(EMPLOYEE, "我想请假")
    await office.words_with(EMPLOYEE, "年假")
    await office.say(EMPLOYEE, "病假")
    await office.words_with(EMPLOYEE, "什么时候")
    await office.say(EMPLOYEE, "后天上午")
    card = await office.card_with(EMPLOYEE, status="draft")
    assert "病假" in card["markdown"]
    assert "上午" in card["markdown"]
    assert "submit" in [button["id"] for button in card["buttons"] if button["enabled"]]


@pytest.mark.parametrize(("word", "shown"), [("年假", "年假"), ("调休", "调休"), ("产假吧", "产假")])
async def test_the_bare_name_of_a_leave_answers_what_kind_it_is(office: Office, word: str, shown: str) -> None:
    await office.say(EMPLOYEE, "明天请一天假")
    await office.words_with(EMPLOYEE, "请哪种假")
    await office.say(EMPLOYEE, word)
    card = await office.card_with(EMPLOYEE, status="draft")
    assert shown in card["markdown"]


async def test_half_a_day_without_which_half_is_asked(office: Office) -> None:
    await office.say(EMPLOYEE, "明天请半天事假")
    await office.words_with(EMPLOYEE, "上午", "下午")
    await office.say(EMPLOYEE, "下午")
    card = await office.card_with(EMPLOYEE, status="draft")
    assert "下午" in card["markdown"]
    assert "0.5" in card["markdown"]


async def test_a_draft_is_corrected_in_words(office: Office) -> None:
    await office.say(EMPLOYEE, SENTENCE)
    card = await office.card_with(EMPLOYEE, status="draft")
    await office.tap(EMPLOYEE, card["outTrackId"], "edit")
    await office.say(EMPLOYEE, "不是病假是事假")

    async def corrected() -> bool:
        return "事假" in (await office.card(EMPLOYEE, card["outTrackId"]))["markdown"]

    await office.until(corrected, "the draft saying 事假")


async def test_cancel_ends_the_draft(office: Office) -> None:
    await office.say(EMPLOYEE, SENTENCE)
    await office.card_with(EMPLOYEE, status="draft")
    await office.say(EMPLOYEE, "取消")
    await office.card_with(EMPLOYEE, status="withdrawn")


async def test_help_and_what_is_not_understood_are_answered(office: Office) -> None:
    await office.say(EMPLOYEE, "帮助")
    await office.words_with(EMPLOYEE, "请假", "待我审批")
    await office.say(EMPLOYEE, "今天天气不错")
    seen = len(await office.seen(EMPLOYEE))
    await office.say(EMPLOYEE, "🙂" * 2500)

    async def answered() -> bool:
        return len(await office.seen(EMPLOYEE)) >= seen + 2

    await office.until(answered, "an answer to 2,500 emoji")


async def test_lists_progress_urge_and_decisions_by_typing(office: Office) -> None:
    number = await filed(office)
    await office.asked(SUPERVISOR, number)
    await office.say(EMPLOYEE, "我的申请")
    await office.words_with(EMPLOYEE, number)
    await office.say(EMPLOYEE, f"进度 {number}")
    await office.words_with(EMPLOYEE, people.name(SUPERVISOR), number)
    await office.say(EMPLOYEE, f"催办 {number}")
    await office.words_with(SUPERVISOR, "催")
    await office.say(SUPERVISOR, "待我审批")
    await office.words_with(SUPERVISOR, number, people.name(EMPLOYEE))
    await office.say(SUPERVISOR, f"同意 {number}")
    await office.asked(HR, number)
    await office.say(HR, f"驳回 {number} 证明没有附上")
    mine = await office.card_with(EMPLOYEE, number=number, status="rejected")
    assert "证明没有附上" in mine["markdown"]


async def test_somebody_who_is_not_asked_cannot_decide_by_typing(office: Office) -> None:
    number = await filed(office)
    await office.say(BOSS, f"同意 {number}")
    await office.words_with(BOSS, people.name(SUPERVISOR))
    assert (await office.card_with(EMPLOYEE, number=number))["cardParamMap"]["status"] == "running"


async def test_in_a_group_the_matter_goes_on_in_private(office: Office) -> None:
    groups = (await office.call("GET", "/emulator/people"))["groups"]
    group = next(one for one in groups if EMPLOYEE in one["members"])
    cid = group["openConversationId"]
    await office.say(EMPLOYEE, SENTENCE, conversation=cid)
    await office.card_with(EMPLOYEE, status="draft")
    heard = await office.words_with(EMPLOYEE, people.name(EMPLOYEE), conversation=cid)
    assert "病假" not in heard["text"]
    assert "医院" not in heard["text"]


async def test_markup_in_a_reason_stays_text(office: Office) -> None:
    await office.say(EMPLOYEE, "明天请一天事假，理由是 [点我](http://evil.example) @all <b>x</b>")
    card = await office.card_with(EMPLOYEE, status="draft")
    assert "](http" not in card["markdown"]
    assert "<b>" not in card["markdown"]


async def test_a_question_about_the_office_is_answered_and_the_draft_goes_on(office: Office) -> None:
    await office.say("lix", "明天请事假")
    draft = await office.card_with("lix", status="draft", kind="leave")
    await office.say("lix", "报销谁审批")
    await office.words_with("lix", "报销谁审批", "王芳", "吴倩", "曹燕")
    await office.say("lix", "王总电话")
    await office.words_with("lix", "13800001016")
    await office.say("lix", "理由写搬家")

    async def corrected() -> bool:
        return "搬家" in (await office.card("lix", draft["outTrackId"]))["markdown"]

    await office.until(corrected, "the draft with its reason")


async def test_a_draft_is_filed_by_saying_so_and_keeps_its_reason(office: Office) -> None:
    await office.say("lix", "下周一到周三去上海出差，拜访客户")
    draft = await office.card_with("lix", status="draft", kind="business_trip")
    for aside in ("没有问题的话我再想想", "高铁"):
        await office.say("lix", aside)
    await office.say("lix", "提交")
    await office.words_with("lix", "已提交", "陈静", draft["cardParamMap"]["case"])
    asked = await office.asked(SUPERVISOR, draft["cardParamMap"]["case"])
    assert "拜访客户" in asked["markdown"]
    await office.say("lix", "提交")
    await office.words_with("lix", "没有要提交的")


async def test_what_was_returned_is_corrected_by_saying_so(office: Office) -> None:
    number = await filed(office)
    await office.asked(SUPERVISOR, number)
    await office.say(SUPERVISOR, f"退回 {number} 换一天")
    await office.card_with(EMPLOYEE, number=number, status="returned")
    await office.say(EMPLOYEE, "改成下周三下午")
    await office.say(EMPLOYEE, "提交")
    await office.words_with(EMPLOYEE, "已提交", number)
    again = await office.asked(SUPERVISOR, number)
    assert "下午" in again["markdown"]


@pytest.mark.parametrize("word", ["进度", "催办", "撤销", "再来一单"])
async def test_a_word_without_its_number_shows_the_numbers(office: Office, word: str) -> None:
    number = await filed(office)
    await office.say(EMPLOYEE, word)
    await office.words_with(EMPLOYEE, "我的申请", number)


async def test_help_fits_whoever_asks(office: Office) -> None:
    await office.say(EMPLOYEE, "帮助")
    said = await office.words_with(EMPLOYEE, "我能帮你办这些", "我的申请")
    assert "转交" not in said["text"]
    await office.say(SUPERVISOR, "帮助")
    assert "交接" not in (await office.words_with(SUPERVISOR, "我能帮你办这些", "转交 编号 姓名"))["text"]
    await office.say(BOSS, "帮助")
    await office.words_with(BOSS, "我能帮你办这些", "交接 某某 给 某某")
