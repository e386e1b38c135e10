"""HR's list: what is missing becomes an open finding, is settled, confirmed or excused, once (R-ATT-5, R-FINE-1)."""

import asyncio
from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from bot import flowfiles, tongues
from cards.tracks import track
from domain.attendance.presence import Shift
from domain.attendance.punches import Checkin, Punch
from domain.attendance.rules import ROBOTICS, AttendanceRules, Visit
from language.commands import read
from tests.store.attending import Attending, at, attending, away, punched, works
from tests.store.office import executor, submits
from tests.store.test_executor import rows
from usecases import note_absences
from usecases.act import Act
from usecases.due import Carry
from usecases.hear import Hear

HR, SPECIALIST, OTHER, ADMIN = "sunl", "maj", "zhuy", "zhengk"
STRICT: Final = AttendanceRules(
    checkins=True, fines=ROBOTICS, visits=(Visit(type="超市", photos=("店招", "堆头", "促销员")),)
)


async def missing(office: Attending, *values: Shift | Punch) -> None:
    """What was missed on Monday is found, and open on Friday."""
    await office.knows(*(values or (works("lix"), punched("lix", "out", "11-23 18:02"))))
    await office.runs("missed_punches", "11-24 09:30")
    office.seen()
    await office.runs("absences", "11-27 10:00")


async def test_what_is_not_put_right_in_three_working_days_comes_to_hr(database_url: str) -> None:
    async with attending(database_url) as office:
        await office.knows(works("lix"), punched("lix", "out", "11-23 18:02"))
        await office.runs("missed_punches", "11-24 09:30")
        office.seen()
        await office.runs("absences", "11-26 10:00")
        assert (office.receivers(), office.findings()[0][1]) == ([], "waiting"), "it is the last day still"
        await office.runs("absences", "11-27 10:00")
        assert office.findings() == [("absence:lix:2026-11-23", "open", 0)]
        assert office.receivers() == ["maj", "sunl", "zhuy"]
        assert "今天新增 1 条：李想" in office.heard(HR)
        office.seen()
        await office.runs("absences", "11-28 10:00")
        assert office.receivers() == [], "not on a day of rest"
        await office.runs("absences", "11-30 10:00")
        assert "待处理的考勤异常 1 条" in office.heard(HR)
        assert "新增" not in office.heard(HR)


async def test_the_list_shows_evidence(database_url: str) -> None:
    async with attending(database_url) as office:
        number = await office.people.filed("lix", "今天上午请半天事假，办证")
        reject = Act(push="r", by="chenj", track=track(number, "s1", "chenj"), verb="reject", words="走不开")
        await office.people.office.submit(reject)
        await missing(office)
        said = await office.people.says(SPECIALIST, "考勤异常")
        assert "1. 李想（品牌组） 11月23日（周一）：缺上班卡（08:30 前）" in said
        assert "当天打过卡：18:02" in said
        assert f"{number} 请假 已驳回" in said
        assert "办证" not in said


async def test_a_case_that_is_approved_later_settles_it(database_url: str) -> None:
    async with attending(database_url) as office:
        await missing(office)
        await office.knows(away("lix", "11-23 00:00", "11-23 12:00", id="QJ-20261123-009"))
        said = await office.people.says(SPECIALIST, "考勤异常")
        assert "没有待处理" in said
        assert office.findings()[0][1] == "settled"


async def test_what_was_approved_between_the_list_and_the_decision_is_not_confirmed(database_url: str) -> None:
    async with attending(database_url) as office:
        await missing(office)
        await office.people.says(SPECIALIST, "考勤异常")
        await office.knows(punched("lix", "in", "11-23 08:30"))
        assert "已经补办" in await office.people.says(SPECIALIST, "确认 1")
        assert office.findings()[0][1] == "settled"


async def test_hr_confirms_and_excuses_and_the_person_hears_of_it(database_url: str) -> None:
    async with attending(database_url) as office:
        await missing(office, *(works(one) for one in ("lix", "zhangw", "songj")))
        await office.people.says(SPECIALIST, "考勤异常")
        office.seen()
        assert "李想 11月23日（周一） 已确认" in await office.people.says(SPECIALIST, "确认 1")
        assert "人事已确认这条记录" in office.heard("lix")
        assert "理由" in await office.people.says(SPECIALIST, "免除 2"), "a reason is asked for"
        await office.people.says(SPECIALIST, "免除 2 3 宋佳陪护，门禁坏了")
        for person in ("songj", "zhangw"):
            assert "不作旷工或罚款处理" in office.heard(person)
            assert "陪护" not in office.heard(person), "it may be about the other one"
        kept = rows(database_url, "SELECT state, decided_by, words FROM findings ORDER BY id")
        assert [tuple(one) for one in kept] == [
            ("confirmed", SPECIALIST, ""), ("excused", SPECIALIST, "宋佳陪护，门禁坏了"), ("excused", SPECIALIST, "宋佳陪护，门禁坏了"),
        ]  # fmt: skip


async def test_the_person_reads_the_reason_of_one_excuse_and_never_the_words_of_a_confirmation(
    database_url: str,
) -> None:
    async with attending(database_url) as office:
        await missing(office, *(works(one) for one in ("lix", "zhangw")))
        assert "只免除一条时，理由会发给本人" in await office.people.says(SPECIALIST, "考勤异常")
        await office.people.says(SPECIALIST, "确认 1 老迟到，考虑劝退")
        await office.people.says(SPECIALIST, "免除 2 门禁坏了")
        assert "人事已确认这条记录" in office.heard("lix")
        assert "劝退" not in office.heard("lix")
        assert "门禁坏了" in office.heard("zhangw")


async def test_each_is_decided_once_whoever_is_faster(database_url: str) -> None:
    async with attending(database_url) as office:
        await missing(office)
        for person in (SPECIALIST, OTHER):
            await office.people.says(person, "考勤异常")
        await office.people.says(OTHER, "免除 1 系统故障")
        assert "朱颖已经免除" in await office.people.says(SPECIALIST, "确认 1")
        assert office.findings()[0][1] == "excused"


async def test_two_who_decide_at_once_decide_it_once(database_url: str) -> None:
    async with attending(database_url) as office, executor(database_url) as other:
        await missing(office)
        for person in (SPECIALIST, OTHER):
            await office.people.says(person, "考勤异常")
        other.clock = lambda: office.people.now
        office.seen()
        wishes = [
            Hear(message=f"m:bot:{who}", by=who, text=text, said_at=office.people.now, spoken=read(text))
            for who, text in ((SPECIALIST, "确认 1"), (OTHER, "免除 1 系统故障"))
        ]
        await asyncio.gather(office.people.office.submit(wishes[0]), other.submit(wishes[1]))
        ((state, by),) = rows(database_url, "SELECT state, decided_by FROM findings")
        assert (state, by) in {("confirmed", SPECIALIST), ("excused", OTHER)}
        loser = OTHER if by == SPECIALIST else SPECIALIST
        assert "已经" in office.heard(loser)
        assert office.heard("lix").count("有疑问可以找") == 1


async def test_a_job_that_looked_before_takes_no_decision_back(database_url: str) -> None:
    async with attending(database_url) as office:
        await missing(office, works("lix"))
        await office.knows(punched("lix", "in", "11-23 08:30"))
        dues = tuple(await office.due("absences", "11-28 10:00"))
        assert any(due.kept for due in dues), "it would write what it saw"
        await office.people.says(SPECIALIST, "考勤异常")
        await office.people.says(SPECIALIST, "免除 1 下午在工地")
        await office.people.office.submit(Carry(job="absences", moment=at("11-28 10:00"), dues=dues))
        assert office.findings()[0][1] == "excused"


@pytest.mark.parametrize(
    "words", ["考勤异常", "考勤异常 李想", "确认 1", "免除 1 算了", "attendance issues", "confirm 1"]
)
async def test_nobody_but_hr_and_administrators_sees_or_decides(database_url: str, words: str) -> None:
    async with attending(database_url) as office:
        await missing(office)
        for person in ("lix", "chenj", "wangf"):
            said = await office.people.says(person, words)
            assert "只有人事和管理员" in said
            assert "11月23日" not in said
        assert office.findings()[0][1] == "open"
        assert "李想" in await office.people.says(ADMIN, "考勤异常")


async def test_nobody_decides_about_themselves(database_url: str) -> None:
    async with attending(database_url) as office:
        await missing(office, works(SPECIALIST))
        await office.people.says(SPECIALIST, "考勤异常")
        assert "其他人事同事" in await office.people.says(SPECIALIST, "免除 1 我忘了")
        assert office.findings()[0][1] == "open"


async def test_places_that_are_none_and_lists_of_yesterday_decide_nothing(database_url: str) -> None:
    async with attending(database_url) as office:
        await missing(office)
        assert "没有这一条" in await office.people.says(SPECIALIST, "确认 1"), "no list was shown"
        await office.people.says(SPECIALIST, "考勤异常")
        assert "没有这一条" in await office.people.says(SPECIALIST, "确认 0 2 99")
        office.people.now = at("11-29 10:00")
        assert "没有这一条" in await office.people.says(SPECIALIST, "确认 1")
        assert office.findings()[0][1] == "open"


async def test_the_list_comes_page_by_page_and_numbers_go_on(database_url: str) -> None:
    async with attending(database_url) as office:
        everybody = sorted(one for one in office.people.office.world.organization.people if one not in (HR, OTHER))
        await missing(office, *(works(one) for one in everybody[:12]))
        first = await office.people.says(OTHER, "考勤异常")
        assert "还有 2 条" in first
        assert "11." not in first
        second = await office.people.says(OTHER, "考勤异常 下一页")
        assert "11. " in second
        assert " 1. " not in second
        assert "还有" not in second
        name = office.people.name(everybody[11])
        assert name in await office.people.says(OTHER, "确认 12")
        assert "没有更多" in await office.people.says(OTHER, "考勤异常 下一页")


async def test_the_list_of_one_person_tells_how_each_stands(database_url: str) -> None:
    async with attending(database_url) as office:
        await missing(office, works("lix"), works("zhangw"))
        await office.people.says(OTHER, "考勤异常 李想")
        await office.people.says(OTHER, "确认 1")
        said = await office.people.says(SPECIALIST, "考勤异常 李想")
        assert "朱颖 已确认" in said
        assert "张伟" not in said
        assert "没有找到" in await office.people.says(SPECIALIST, "考勤异常 欧阳锋")


async def test_fines_are_proposed_where_the_company_says_so_and_told_to_hr_only(database_url: str) -> None:
    async with attending(database_url, STRICT) as office:
        one_punch = (works("zhangw"), punched("zhangw", "in", "11-23 08:00"))
        await missing(office, works("lix"), works("wangf"), *one_punch)
        assert [row[2] for row in office.findings()] == [100, 200, 0], "a forgotten punch is no missing approval"
        assert "罚" not in office.heard(HR), "the day's message names people only"
        said = await office.people.says(SPECIALIST, "考勤异常")
        assert "建议罚款 100 元" in said
        assert "建议罚款 200 元" in said
        office.seen()
        await office.people.says(SPECIALIST, "确认 1")
        await office.people.says(SPECIALIST, "确认 2 不罚款，第一次")
        assert "按公司制度罚款 100 元" in office.heard("lix")
        assert "人事已确认" in office.heard("wangf")
        assert "罚" not in office.heard("wangf")
        everywhere = rows(database_url, "SELECT lane FROM outbox WHERE words LIKE '%罚%'")
        assert {row[0] for row in everywhere} == {SPECIALIST, "lix"}


async def test_who_was_out_without_a_check_in_is_reminded_and_then_on_the_list(database_url: str) -> None:
    async with attending(database_url, STRICT) as office:
        await office.knows(
            away("lix", "11-23 09:00", "11-23 17:00", "outing", place="宝安"),
            away("zhangw", "11-23 00:00", "11-25 00:00", "trip"), away("songj", "11-23 17:00", "11-23 18:00", "outing"),
            Checkin(person="zhangw", at=at("11-23 11:00"), place="上海"),
        )  # fmt: skip
        await office.runs("checkin", "11-23 16:00")
        assert office.receivers() == ["lix"], "songj has not gone yet"
        assert "到宝安以后" in office.heard("lix")
        await office.runs("absences", "11-24 10:00")
        assert [(row[0].split(":")[1], row[1], row[2]) for row in office.findings()] == [
            ("lix", "open", 20), ("songj", "open", 20),
        ]  # fmt: skip
        assert "外出没有签到（宝安）" in await office.people.says(HR, "考勤异常")


async def test_where_no_check_ins_are_asked_for_there_are_none_missing(database_url: str) -> None:
    async with attending(database_url) as office:
        await office.knows(away("lix", "11-23 09:00", "11-23 17:00", "outing", place="宝安"))
        await office.runs("checkin", "11-23 16:00")
        await office.runs("absences", "11-24 10:00")
        assert (office.receivers(), office.findings()) == ([], [])


async def test_the_customers_of_an_approved_plan_are_looked_for(database_url: str) -> None:
    async with attending(database_url, STRICT) as office:
        world = office.people.office.world
        flow = flowfiles.load("more")["visit_plan"]
        office.people.office.world = replace(world, flows={**world.flows, "visit_plan": flow})
        await office.people.says("dongq", "拜访计划")
        for answer in ("今天", "永辉超市、宏达公司", "谈续约"):
            await office.people.says("dongq", answer)
        ((number,),) = rows(database_url, "SELECT number FROM cases")
        await office.people.office.submit(submits("dongq", number))
        await office.people.office.submit(Act(push="a", by="luop", track=track(number, "s1", "luop"), verb="approve"))
        office.seen()
        await office.knows(Checkin(person="dongq", at=at("11-23 11:00"), place="宏达公司", photos=1))
        await office.runs("checkin", "11-23 16:00")
        assert "永辉超市（拍：店招、堆头、促销员）" in office.heard("dongq")
        assert "宏达" not in office.heard("dongq")
        await office.knows(Checkin(person="dongq", at=at("11-23 16:30"), place="永辉超市沙井店", photos=1))
        await office.runs("absences", "11-24 10:00")
        assert "永辉超市（照片 1/3）" in await office.people.says(HR, "考勤异常")
        office.people.office.world = replace(office.people.office.world, tongues=tongues.load())
        await office.people.says(HR, "show me my requests please")
        in_english = await office.people.says(HR, "attendance issues")
        assert "1/3" in in_english
        assert "照片" not in in_english


async def test_hr_is_not_told_on_weekends_of_a_year_of_which_no_notice_is_known(database_url: str) -> None:
    async with attending(database_url) as office:
        await missing(office)
        told = []
        for day in range(1, 6):  # 2027 begins on a Friday
            moment = at("11-27 10:00").replace(year=2027, month=1, day=day)
            dues = await office.due("absences", moment)
            told.append(any(due.posts for due in dues))
        assert told == [True, False, False, True, True]


async def test_a_punch_put_right_on_the_platform_later_settles_it(database_url: str) -> None:
    async with attending(database_url, STRICT) as office:
        await office.knows(
            works("lix"), works("songj"), works("gone"), punched("lix", "out", "11-23 18:02"),
            away("zhangw", "11-26 09:00", "11-26 17:00", "outing"), away("chenj", "11-27 09:00", "11-27 17:00", "trip"),
        )  # fmt: skip
        await office.runs("missed_punches", "11-24 09:30")
        for moment in ("11-25 10:00", "11-27 10:00"):
            people, since = await office.asks(note_absences.to_read, moment)
            assert since == date(2026, 11, 23)
            assert people == (["lix", "songj"] if moment < "11-27" else ["lix", "songj", "zhangw"])
        office.seen()
        await office.knows(punched("lix", "in", "11-23 08:30"))
        await office.runs("absences", "11-27 10:00")
        assert [row[:2] for row in office.findings()][:2] == [
            ("absence:lix:2026-11-23", "settled"), ("absence:songj:2026-11-23", "open"),
        ]  # fmt: skip
        assert "李想" not in office.heard(HR)
        assert (await office.asks(note_absences.to_read, "12-30 10:00"))[0] == [], "after a month nobody is asked"
