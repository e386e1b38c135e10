"""Reminders to clock in and out, and the card that corrects a missing punch with one tap (R-ATT-2, R-ATT-4)."""

import asyncio
import re
import time
from dataclasses import replace
from datetime import UTC, timedelta

from bot import flowfiles, tongues
from cards.tracks import missed_track
from domain.approvals.case import Status
from domain.attendance.rules import AttendanceRules
from tests.store.attending import Attending, at, attending, away, punched, works
from tests.store.test_executor import rows
from usecases.correct_punch import CorrectPunch


async def test_who_works_and_has_not_punched_is_reminded_before_the_shift(database_url: str) -> None:
    async with attending(database_url) as office:
        await office.knows(
            works("lix"), works("zhangw"), works("songj"), works("chenj"), works("wangf", on="09:00"), works("gone"),
            punched("zhangw", "in", "11-23 08:10"), away("songj", "11-23 00:00", "11-23 12:00"),
            away("chenj", "11-23 10:00", "11-23 11:00"),
        )  # fmt: skip
        await office.runs("punch_in", "11-23 08:15")
        assert office.receivers() == ["chenj", "lix"]
        assert "08:30 上班" in office.heard("lix")
        assert {one.until for one in await office.due("punch_in", "11-23 08:15")} == {at("11-23 08:40")}
        await office.runs("punch_in", "11-23 08:45")
        assert "09:00 上班" in office.heard("wangf")


async def test_the_moments_are_those_of_the_shifts_as_early_as_the_company_wishes(database_url: str) -> None:
    async with attending(database_url, AttendanceRules(before=timedelta(minutes=10))) as office:
        await office.knows(works("lix"), works("zhangw"), works("songj", on="22:00", off="06:00", until=24))
        day = at("11-23 00:00"), at("11-25 00:00")
        assert await office.moments("punch_in", *day) == [at("11-23 08:20"), at("11-23 21:50")]
        assert await office.moments("punch_out", *day) == [at("11-23 18:00"), at("11-24 06:00")]
        assert await office.moments("missed_punches", at("11-28 00:00"), at("11-29 00:00")) == [at("11-28 09:30")]
        assert await office.moments("notices_later", at("11-28 00:00"), at("11-30 00:00")) == [], "days of rest"
        later = await office.moments("notices_later", at("11-23 17:00"), at("11-24 09:30"))
        assert later == [at(f"11-{moment}") for moment in ("23 17:30", "23 18:00", "24 09:00", "24 09:30")]


async def test_at_the_end_of_the_shift_they_are_reminded_to_clock_out(database_url: str) -> None:
    async with attending(database_url) as office:
        await office.knows(
            works("lix"), works("zhangw"), works("songj"), punched("lix", "in", "11-23 08:10"),
            punched("zhangw", "out", "11-23 17:59"), away("songj", "11-23 13:00", "11-24 00:00"),
        )  # fmt: skip
        await office.runs("punch_out", "11-23 18:00")
        assert office.receivers() == ["lix"]
        assert {one.until for one in await office.due("punch_out", "11-23 18:00")} == {at("11-23 20:00")}


async def test_who_works_at_night_is_reminded_at_both_ends(database_url: str) -> None:
    async with attending(database_url) as office:
        await office.knows(works("lix", on="22:00", off="06:00", until=24))
        await office.runs("punch_in", "11-23 21:45")
        assert "22:00 上班" in office.heard("lix")
        office.seen()
        await office.runs("punch_out", "11-24 06:00")
        assert "06:00 下班" in office.heard("lix")


async def test_the_same_moment_twice_reminds_once(database_url: str) -> None:
    async with attending(database_url) as office:
        await office.knows(works("lix"))
        await office.runs("punch_in", "11-23 08:15")
        office.seen()
        await office.runs("punch_in", "11-23 08:15")
        assert office.receivers() == []


async def test_ten_thousand_people_are_looked_at_quickly(database_url: str) -> None:
    async with attending(database_url) as office:
        world = office.people.office.world
        template = world.organization.person("lix")
        many = [replace(template, userid=f"p{n}") for n in range(10_000)]
        crowd = type(world.organization)(people=many, departments=world.organization.departments.values())
        office.people.office.world = replace(world, organization=crowd)
        await office.knows(*(works(one.userid) for one in many))
        began = time.process_time()
        assert len(await office.due("punch_in", "11-23 08:15")) == 10_000
        assert time.process_time() - began < 5


async def missed_monday(office: Attending) -> None:
    await office.knows(works("lix"), punched("lix", "out", "11-23 18:03"))
    await office.runs("missed_punches", "11-24 09:30")


async def test_a_missing_punch_is_told_the_next_morning_with_all_that_is_to_be_known(database_url: str) -> None:
    async with attending(database_url) as office:
        flows = office.people.office.world.flows
        flows = {**flows, "clock_correction": flowfiles.load("classic")["clock_correction"]}
        office.people.office.world = replace(office.people.office.world, flows=flows)
        await missed_monday(office)
        told = office.heard("lix")
        assert "11月23日（周一）缺上班卡（08:30 前）" in told
        assert "本月还可以补 2 次" in told
        assert "最晚 11月26日（周四）" in told
        assert office.findings() == [("absence:lix:2026-11-23", "waiting", 0)]


async def test_one_tap_files_the_correction_with_its_reason(database_url: str) -> None:
    async with attending(database_url) as office:
        await missed_monday(office)
        assert "补卡申请已提交" in await office.people.taps("lix", "忘记打卡")
        ((number,),) = rows(database_url, "SELECT number FROM cases")
        case = office.people.case(number)
        assert case.status is Status.RUNNING
        assert case.values == {"start": "2026-11-23 08:30", "punch": "in", "reason": "忘记打卡"}
        assert office.people.awaited(number) == ("chenj",)
        assert "已经处理" in await office.people.taps("lix", "设备或网络故障")
        assert len(rows(database_url, "SELECT number FROM cases")) == 1


async def test_many_taps_at_once_file_it_once(database_url: str) -> None:
    async with attending(database_url) as office:
        await missed_monday(office)
        card = missed_track("2026-11-23", "lix")
        taps = [CorrectPunch(push=f"t{n}", by="lix", track=card, place=n % 3) for n in range(12)]
        answers = await asyncio.gather(*(office.people.office.submit(tap) for tap in taps))
        assert len(rows(database_url, "SELECT number FROM cases")) == 1
        assert sum("已提交" in answer.card.params["tips"] for answer in answers if answer) == 1


async def test_another_reason_is_asked_for_in_words(database_url: str) -> None:
    async with attending(database_url) as office:
        await missed_monday(office)
        await office.people.taps("lix", "其他原因")
        assert rows(database_url, "SELECT status FROM cases")[0][0] == "draft"
        await office.people.says("lix", "楼下电梯坏了，走楼梯上来晚了")
        ((number,),) = rows(database_url, "SELECT number FROM cases")
        assert office.people.case(number).values["reason"] == "楼下电梯坏了，走楼梯上来晚了"


async def test_another_reason_tapped_twice_is_one_draft_and_a_usual_one_then_files_it(database_url: str) -> None:
    async with attending(database_url) as office:
        await missed_monday(office)
        for _ in range(2):
            await office.people.taps("lix", "其他原因")
        assert rows(database_url, "SELECT status FROM cases") == [("draft",)]
        office.seen()
        assert "补卡申请已提交" in await office.people.taps("lix", "忘记打卡")
        ((number, status),) = rows(database_url, "SELECT number, status FROM cases")
        assert (status, office.people.case(number).values["reason"]) == ("running", "忘记打卡")
        await office.people.says("lix", "楼下电梯坏了，走楼梯上来晚了")
        assert office.people.case(number).values["reason"] == "忘记打卡", "nothing is asked any more"


async def test_after_the_last_day_a_tap_files_nothing(database_url: str) -> None:
    async with attending(database_url) as office:
        await missed_monday(office)
        office.people.now = at("11-27 00:00").astimezone(UTC)
        assert "已过补卡的最后期限，请找人事" in await office.people.taps("lix", "忘记打卡")
        assert rows(database_url, "SELECT number FROM cases") == []
        office.people.now = at("11-26 23:59").astimezone(UTC)
        assert "补卡申请已提交" in await office.people.taps("lix", "忘记打卡")


async def test_a_punch_that_is_there_by_now_is_not_corrected(database_url: str) -> None:
    async with attending(database_url) as office:
        await office.knows(works("lix"))
        await office.runs("missed_punches", "11-24 09:30")
        await office.knows(punched("lix", "in", "11-23 08:20"))
        await office.people.taps("lix", "忘记打卡")
        ((number,),) = rows(database_url, "SELECT number FROM cases")
        assert office.people.case(number).values["punch"] == "out", "the other one is missing still"
        await office.knows(punched("lix", "out", "11-23 18:20"))
        assert "已经处理过了" in await office.people.taps("lix", "其他原因")


async def test_where_the_form_cannot_say_both_one_after_the_other_is_corrected(database_url: str) -> None:
    async with attending(database_url) as office:
        world = office.people.office.world
        flow = world.flows["clock_correction"]
        fields = tuple(
            replace(one, options={key: said for key, said in one.options.items() if key != "both"})
            for one in flow.fields
            if one.id != "reason"
        )
        flow = replace(flow, fields=fields)
        office.people.office.world = replace(world, flows={**world.flows, "clock_correction": flow})
        await office.knows(works("lix"))
        await office.runs("missed_punches", "11-24 09:30")
        for _ in range(2):
            assert "补卡申请已提交" in await office.people.taps("lix", "忘记打卡")
        numbers = [number for (number,) in rows(database_url, "SELECT number FROM cases ORDER BY number")]
        assert [office.people.case(number).values for number in numbers] == [
            {"start": "2026-11-23 08:30", "punch": "in"}, {"start": "2026-11-23 18:00", "punch": "out"},
        ]  # fmt: skip


async def test_a_button_that_the_card_has_not_files_nothing(database_url: str) -> None:
    async with attending(database_url) as office:
        await missed_monday(office)
        for place in (-1, 4, 99):
            card = missed_track("2026-11-23", "lix")
            await office.people.office.submit(CorrectPunch(push=f"x{place}", by="lix", track=card, place=place))
        assert rows(database_url, "SELECT number FROM cases") == []


async def test_both_punches_are_corrected_by_one_case(database_url: str) -> None:
    async with attending(database_url) as office:
        await office.knows(works("lix"))
        await office.runs("missed_punches", "11-24 09:30")
        assert "上班卡（08:30 前）、下班卡（18:00 后）" in office.heard("lix")
        await office.people.taps("lix", "忘记打卡")
        ((number,),) = rows(database_url, "SELECT number FROM cases")
        assert office.people.case(number).values["punch"] == "both"


async def test_a_card_of_somebody_else_corrects_nothing(database_url: str) -> None:
    async with attending(database_url) as office:
        await missed_monday(office)
        await office.people.taps("lix", "忘记打卡", by="zhangw")
        forged = missed_track("2026-11-20", "zhangw")
        await office.people.office.submit(CorrectPunch(push="x", by="zhangw", track=forged, place=0))
        assert rows(database_url, "SELECT number FROM cases") == []


async def test_where_the_months_corrections_are_used_up_there_is_no_button(database_url: str) -> None:
    async with attending(database_url) as office:
        flows = office.people.office.world.flows
        flows = {**flows, "clock_correction": flowfiles.load("classic")["clock_correction"]}
        office.people.office.world = replace(office.people.office.world, flows=flows)
        for day in (16, 17, 18):
            await office.knows(works("lix", day), punched("lix", "in", f"11-{day} 08:20", day))
            await office.runs("missed_punches", f"11-{day + 1} 09:30")
            if day < 18:
                assert "补卡申请已提交" in await office.people.taps("lix", "忘记打卡")
            else:
                assert "本月补卡次数已用完，请找人事" in office.heard("lix")
            office.seen()
        assert len(rows(database_url, "SELECT number FROM cases")) == 2


async def test_a_company_without_the_form_says_it_in_words(database_url: str) -> None:
    async with attending(database_url) as office:
        world = office.people.office.world
        flows = {key: flow for key, flow in world.flows.items() if key != "clock_correction"}
        office.people.office.world = replace(world, flows=flows)
        await missed_monday(office)
        assert "最晚 11月26日（周四）找人事说明情况" in office.heard("lix")


async def test_who_has_asked_for_that_time_or_was_there_gets_no_card(database_url: str) -> None:
    async with attending(database_url) as office:
        await office.people.filed("lix", "补今天8:30的上班卡，原因是忘了打卡")
        await office.people.filed("songj", "今天请一天事假，家里有事")
        office.seen()
        await office.knows(
            works("lix"), punched("lix", "out", "11-23 18:00"), works("songj"), works("zhangw"),
            punched("zhangw", "in", "11-23 08:00"), punched("zhangw", "out", "11-23 18:00"), works("gone"),
        )  # fmt: skip
        await office.runs("missed_punches", "11-24 09:30")
        assert office.receivers() == []
        assert [one[0] for one in office.findings()] == ["absence:lix:2026-11-23", "absence:songj:2026-11-23"]


async def test_somebody_who_reads_english_is_told_in_english(database_url: str) -> None:
    async with attending(database_url) as office:
        office.people.office.world = replace(office.people.office.world, tongues=tongues.load())
        await office.people.says("lix", "show me my requests please")
        office.seen()
        await missed_monday(office)
        said = office.heard("lix")
        assert "Mon 23 Nov" in said
        assert not re.search(r"[\u4e00-\u9fff]", said), said
        await office.people.taps("lix", "Forgot to clock in or out")
        ((number,),) = rows(database_url, "SELECT number FROM cases")
        assert office.people.case(number).values["reason"] == "忘记打卡", "approvers read the company's language"
