"""Buttons under questions say words; a change of the subject is asked about; what was put aside comes back."""

from datetime import timedelta
from typing import Any

import pytest

from tests.store.talkative import EMPLOYEE, OTHER, SUPERVISOR, Talkative, talkative
from tests.store.test_executor import rows
from usecases.values import KINDS

LEAVE, EXPENSE = KINDS["leave"], KINDS["expense"]


def drafts(office: Talkative) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in rows(office.url, "SELECT flow, status FROM cases ORDER BY flow DESC")]


def values(office: Talkative, flow: str) -> Any:
    number = rows(office.url, f"SELECT number FROM cases WHERE flow = '{flow}' ORDER BY number DESC")[0][0]
    return office.case(number).values


@pytest.mark.parametrize("how", ["tap", "病假", "2", "第二个"])
async def test_a_choice_is_answered_by_its_button_or_its_place(database_url: str, how: str) -> None:
    async with talkative(database_url) as office:
        await office.says(EMPLOYEE, "明天请一天假")
        if how == "tap":
            assert await office.taps(EMPLOYEE, "病假") == "已选：病假"
        else:
            await office.says(EMPLOYEE, how)
        assert values(office, LEAVE)["leave_type"] == "sick"


async def test_a_second_tap_and_a_tap_after_an_answer_change_nothing(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(EMPLOYEE, "明天请一天假")
        await office.taps(EMPLOYEE, "病假")
        assert "过去" in await office.taps(EMPLOYEE, "年假")
        await office.says(EMPLOYEE, "我要报销")
        assert "过去" in await office.taps(EMPLOYEE, "年假")
        assert values(office, LEAVE)["leave_type"] == "sick"


async def test_a_question_asks_only_whom_it_was_put_to(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(EMPLOYEE, "明天请一天假")
        await office.says(OTHER, "后天请一天假")
        assert "过去" in await office.taps(EMPLOYEE, "病假", by=OTHER)
        cases = [office.case(row[0]) for row in rows(office.url, "SELECT number FROM cases")]
        assert [case.values.get("leave_type") for case in cases] == [None, None]


async def test_a_question_of_yesterday_asks_no_more(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(EMPLOYEE, "明天请一天假")
        office.now += timedelta(hours=25)
        assert "过去" in await office.taps(EMPLOYEE, "病假")
        assert "leave_type" not in values(office, LEAVE)


async def test_a_forged_place_is_no_answer(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(EMPLOYEE, "明天请一天假")
        track = office._words(EMPLOYEE)[-1][0]
        for key in ("say-1", "say99", "say1e3", "say٣", "say", "say9"):
            assert "过去" in await office._tap(EMPLOYEE, track, {"id": key, "params": {"id": key}})
        assert "leave_type" not in values(office, LEAVE)


async def test_half_a_day_is_chosen_by_a_button(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(EMPLOYEE, "明天请半天病假")
        await office.taps(EMPLOYEE, "下午")
        assert values(office, LEAVE)["start"] == "2026-11-24 下午"


@pytest.mark.parametrize("answer", ["是", "对的", "王芳"])
async def test_a_guessed_name_is_confirmed_with_one_word(database_url: str, answer: str) -> None:
    async with talkative(database_url) as office:
        number = await office.filed()
        said = await office.says(SUPERVISOR, f"转交 {number} 王方 请您看看")
        assert "王芳" in said
        assert office.awaited(number) == (SUPERVISOR,)
        await office.says(SUPERVISOR, answer)
        assert office.awaited(number) == ("wangf",)


async def test_no_takes_a_guess_back(database_url: str) -> None:
    async with talkative(database_url) as office:
        number = await office.filed()
        await office.says(SUPERVISOR, f"转交 {number} 王方")
        assert "换个说法" in await office.says(SUPERVISOR, "不是")
        await office.says(SUPERVISOR, "是")
        assert office.awaited(number) == (SUPERVISOR,)


async def test_another_request_in_the_middle_is_asked_about(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(EMPLOYEE, "我想请假")
        said = await office.says(EMPLOYEE, "报销 打车 45.5")
        assert "请假还没填完" in said
        assert drafts(office) == [(LEAVE, "draft")]
        await office.taps(EMPLOYEE, "先办报销")
        assert drafts(office) == [(LEAVE, "draft"), (EXPENSE, "draft")]
        assert float(values(office, EXPENSE)["amount"]) == 45.5


async def test_going_on_keeps_the_first_request(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(EMPLOYEE, "我想请假")
        await office.says(EMPLOYEE, "报销 打车 45.5")
        await office.taps(EMPLOYEE, "继续")
        await office.says(EMPLOYEE, "病假")
        await office.says(EMPLOYEE, "明天")
        assert drafts(office) == [(LEAVE, "draft")]
        assert values(office, LEAVE)["start"] == "2026-11-24"


async def test_the_bare_name_of_a_flow_begins_it_and_the_other_comes_back(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(EMPLOYEE, "报销")
        assert "先放着" in await office.says(EMPLOYEE, "请假")
        await office.says(EMPLOYEE, "明天一天病假")
        assert "报销还没填完" in await office.says(EMPLOYEE, "提交")
        assert drafts(office) == [(LEAVE, "running"), (EXPENSE, "draft")]
        await office.taps(EMPLOYEE, "继续")
        await office.says(EMPLOYEE, "交通")
        assert values(office, EXPENSE)


async def test_go_on_without_anything_says_so(database_url: str) -> None:
    async with talkative(database_url) as office:
        assert "没有填到一半" in await office.says(EMPLOYEE, "继续")


async def test_to_submit_what_is_unfinished_asks_for_what_is_missing(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(EMPLOYEE, "我想请假")
        assert "哪种假" in await office.says(EMPLOYEE, "提交")


async def test_words_that_come_near_a_flow_offer_it_with_what_they_say(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(EMPLOYEE, "岗位想换一个，明天起")
        assert drafts(office) == []
        await office.taps(EMPLOYEE, office.office.world.flows["position_transfer"].title)
        assert drafts(office) == [("position_transfer", "draft")]


async def test_a_whole_request_beside_a_finished_draft_is_a_second_one(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(EMPLOYEE, "明天请一天病假")
        await office.says(EMPLOYEE, "下周请年假")
        found = rows(office.url, "SELECT number FROM cases ORDER BY number")
        assert [office.case(row[0]).values["leave_type"] for row in found] == ["sick", "annual"]
        await office.taps(EMPLOYEE, "11月30日（周一）")
        assert [office.case(row[0]).values["start"] for row in found] == ["2026-11-24", "2026-11-30"]


async def test_yes_to_a_draft_that_is_shown_asks_whether_to_file_it(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(EMPLOYEE, "明天请一天病假")
        assert "现在提交吗" in await office.says(EMPLOYEE, "好的")
        assert drafts(office) == [(LEAVE, "draft")]
        await office.taps(EMPLOYEE, "提交")
        assert drafts(office) == [(LEAVE, "running")]


async def test_thanks_are_answered_and_change_nothing(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(EMPLOYEE, "明天请一天病假")
        assert "不客气" in await office.says(EMPLOYEE, "好的，谢谢啦")
        assert drafts(office) == [(LEAVE, "draft")]


async def test_what_shall_be_changed_is_asked_by_words_as_by_the_button(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(EMPLOYEE, "明天请一天病假")
        assert "要改哪里" in await office.says(EMPLOYEE, "改一下")
        await office.says(EMPLOYEE, "后天下午请半天事假")
        assert drafts(office) == [(LEAVE, "draft")], "a whole sentence corrects what was to be changed"
        assert values(office, LEAVE)["start"] == "2026-11-25 下午"


async def test_the_same_time_asked_for_twice_is_noticed(database_url: str) -> None:
    async with talkative(database_url) as office:
        number = await office.filed(sentence="明天请一天病假")
        await office.says(EMPLOYEE, "明天下午请半天年假")
        last = rows(office.url, "SELECT number FROM cases ORDER BY number DESC")[0][0]
        assert any(number in note for note in office.case(last).notes)
        await office.says(EMPLOYEE, "改成后天")
        assert not any(number in note for note in office.case(last).notes)


async def test_a_guess_is_forgotten_once_something_else_is_said(database_url: str) -> None:
    async with talkative(database_url) as office:
        number = await office.filed()
        for other in ("我的申请", "待我审批", "帮助", "今天谁不在"):
            await office.says(SUPERVISOR, f"转交 {number} 王方")
            await office.says(SUPERVISOR, other)
            for short in ("好", "1", "是", "ok"):
                await office.says(SUPERVISOR, short)
            assert "过去" in await office.taps(SUPERVISOR, "王芳")
            assert office.awaited(number) == (SUPERVISOR,), other


async def test_a_short_word_is_an_answer_only_soon_after_the_question(database_url: str) -> None:
    async with talkative(database_url) as office:
        number = await office.filed()
        await office.says(SUPERVISOR, f"转交 {number} 王方")
        office.now += timedelta(hours=1)
        await office.says(SUPERVISOR, "好的")
        assert office.awaited(number) == (SUPERVISOR,)


async def test_an_answer_is_taken_once_whatever_it_did(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(SUPERVISOR, "委托 王方 明天到周五")
        await office.taps(SUPERVISOR, "王芳")
        assert "过去" in await office.taps(SUPERVISOR, "王芳")
        await office.says(SUPERVISOR, "取消委托")
        await office.says(SUPERVISOR, "好的")
        assert "王芳" not in await office.says(SUPERVISOR, "我的委托")


async def test_tomorrow_is_the_day_after_it_was_said_also_when_tapped_after_midnight(database_url: str) -> None:
    async with talkative(database_url) as office:
        office.now = office.now.replace(hour=15, minute=50)  # ten minutes to midnight in the office
        await office.says(SUPERVISOR, "委托 王方 明天")
        office.now += timedelta(minutes=20)
        await office.taps(SUPERVISOR, "王芳")
        assert "11月24日" in await office.says(SUPERVISOR, "我的委托")
        await office.says(EMPLOYEE, "我想请假")


async def test_a_bare_number_is_a_number_where_one_is_asked_for(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(EMPLOYEE, "2028年3月6日到3月10日请年假")
        await office.says(EMPLOYEE, "3")
        assert values(office, LEAVE)["days"] == 3


async def test_the_same_words_again_choose_none_of_several(database_url: str) -> None:
    async with talkative(database_url) as office:
        for _ in range(2):
            assert "哪一种" in await office.says(EMPLOYEE, "合同审批")
        assert drafts(office) == []


async def test_a_question_about_a_draft_that_ended_is_over(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(SUPERVISOR, "替李想请假，明天一天")
        number = rows(office.url, "SELECT number FROM cases")[0][0]
        await office.says(EMPLOYEE, f"撤销 {number}")
        if office.case(number).status.value == "draft":
            await office.says(SUPERVISOR, f"撤销 {number}")
        assert "过去" in await office.taps(SUPERVISOR, "病假")
        assert len(drafts(office)) == 1


async def test_what_was_said_of_a_draft_is_known_when_it_goes_on(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(EMPLOYEE, "后天请半天病假")
        await office.says(EMPLOYEE, "报销 打车 45.5")
        assert "上午还是下午" in await office.says(EMPLOYEE, "继续")
        await office.says(EMPLOYEE, "下午")
        assert values(office, LEAVE)["start"] == "2026-11-25 下午"


async def test_a_case_that_is_decided_by_words_leaves_the_draft_at_hand(database_url: str) -> None:
    async with talkative(database_url) as office:
        number = await office.filed()
        await office.says(SUPERVISOR, "后天请一天假")
        await office.says(SUPERVISOR, f"同意 {number}")
        await office.says(SUPERVISOR, "病假")
        assert values(office, LEAVE) == {"leave_type": "sick", "start": "2026-11-25", "end": "2026-11-25", "days": 1}
