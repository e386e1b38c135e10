"""Deputies and people on leave, from the words to the row and the seat: on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.approvals.flow import Field
from store.audit import audit_of
from tests.store.office import decides, submits
from tests.store.talkative import ANOTHER, EMPLOYEE, HR, OTHER, SUPERVISOR, Talkative, talkative
from tests.store.test_executor import rows


async def test_a_deputy_is_asked_decides_and_the_case_goes_on(database_url: str) -> None:
    async with talkative(database_url) as office:
        other = office.name(OTHER)
        heard = await office.says(SUPERVISOR, f"委托{other} 今天到周五")
        assert "11月23日" in heard
        assert "11月27日" in heard
        assert office.name(SUPERVISOR) in office.told(OTHER)
        number = await office.filed()
        assert office.awaited(number) == (OTHER,)
        task = office.case(number).task("1", OTHER)
        assert task is not None
        assert (task.via, task.place) == ("deputy", SUPERVISOR)
        answer = await office.office.submit(decides(OTHER, number, "1"))
        assert answer is not None
        assert f"{other}（代{office.name(SUPERVISOR)}）" in answer.card.params["markdown"]
        assert office.awaited(number) == (HR,)
        assert audit_of(office.office.engine)[0] == []


async def test_the_step_that_comes_later_asks_the_deputy_of_that_moment(database_url: str) -> None:
    async with talkative(database_url) as office:
        number = await office.filed()
        await office.says(HR, f"委托 {office.name(OTHER)} 明天到周五")
        tap = decides(SUPERVISOR, number, "1")
        await office.office.submit(tap)
        assert office.awaited(number) == (HR,), "the period has not begun"
        later = await office.filed()
        office.now += timedelta(days=1)
        await office.office.submit(decides(SUPERVISOR, later, "1"))
        assert office.awaited(later) == (OTHER,)
        assert office.awaited(number) == (HR,), "what waits stays"
        office.now += timedelta(days=7)
        last = await office.filed(sentence="我后天下午请半天病假，去医院复查")
        await office.office.submit(decides(SUPERVISOR, last, "1"))
        assert office.awaited(last) == (HR,), "the period is over"


async def test_a_delegation_covers_the_flows_and_sums_that_were_said(database_url: str) -> None:
    async with talkative(database_url) as office:
        heard = await office.says(
            SUPERVISOR, f"委托 {office.name(OTHER)} 11月23日 11月28日 只限 外出、报销 5000 元以内"
        )
        assert "已委托" in heard
        assert office.awaited(await office.filed()) == (SUPERVISOR,)
        ((flows, most),) = rows(database_url, "SELECT flows, most FROM standins")
        assert flows == '["expense","outing"]'
        assert float(most) == 5000
        assert "5,000 元以内" in office.told(OTHER)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("委托 陈静 明天到周五", "不能委托给自己"),
        ("委托 张三丰 明天到周五", "没有找到"),
        ("委托", "从哪天到哪天"),
        ("委托 {other}", "从哪天到哪天"),
        ("委托 {other} 11月28日到11月25日", "结束时间早于开始时间"),
        ("委托 {other} 昨天到今天上午8点", "没有委托"),
        ("委托 {other} 明天到周五 采够", "采够"),
        ("委托 {other}、{another} 明天到周五", "一位"),
        ("委托{other}办理用印", "没有委托"),
        ("取消委托", "没有要结束的委托"),
        ("我的委托", "现在没有委托"),
    ],
)
async def test_what_cannot_be_delegated_is_said_and_nothing_is_kept(database_url: str, text: str, answer: str) -> None:
    async with talkative(database_url) as office:
        words = text.format(other=office.name(OTHER), another=office.name(ANOTHER))
        heard = await office.says(SUPERVISOR, words)
        if answer != "没有委托":
            assert answer in heard
        assert rows(database_url, "SELECT count(*) FROM standins") == [(0,)]
        assert office.told(OTHER) == ""


async def test_a_circle_is_refused_however_long_it_is(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(SUPERVISOR, f"委托 {office.name(OTHER)} 明天到周五")
        await office.says(OTHER, f"委托 {office.name(ANOTHER)} 周四到下周三")
        assert "绕成一圈" in await office.says(ANOTHER, f"委托 {office.name(SUPERVISOR)} 周五")
        assert "绕成一圈" in await office.says(OTHER, f"委托 {office.name(SUPERVISOR)} 周三")
        assert "已委托" in await office.says(ANOTHER, f"委托 {office.name(SUPERVISOR)} 下周一到下周三")


async def test_a_circle_of_another_month_is_found_too(database_url: str) -> None:
    async with talkative(database_url) as office:
        other, another = office.name(OTHER), office.name(ANOTHER)
        await office.says(OTHER, f"委托 {another} 2027年1月4日到2027年1月8日")
        await office.says(OTHER, f"委托 {another} 2027年2月1日到2027年2月5日")
        await office.says(ANOTHER, f"委托 {office.name(SUPERVISOR)} 2027年2月1日到2027年2月5日")
        assert len(rows(database_url, "SELECT id FROM standins")) == 3
        assert "绕成一圈" in await office.says(SUPERVISOR, f"委托 {other} 2027年1月1日到2027年12月31日")


async def test_who_is_not_known_ends_no_delegation(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(SUPERVISOR, f"委托 {office.name(OTHER)} 今天到周五")
        assert "没有找到“张三丰”" in await office.says(SUPERVISOR, "取消委托 张三丰")
        assert office.awaited(await office.filed()) == (OTHER,)
        assert "已取消委托" in await office.says(SUPERVISOR, "取消委托 全部")
        assert office.awaited(await office.filed()) == (SUPERVISOR,)


async def test_a_limit_covers_no_sum_that_is_not_said_and_what_asks_for_none(database_url: str) -> None:
    async with talkative(database_url) as office:
        leave, memo = await office.filed(), await _memo(office)
        for person in {*office.awaited(leave), *office.awaited(memo)}:
            await office.says(person, f"委托 {office.name(OTHER)} 今天到周五 100 元以内")
        assert office.awaited(await office.filed()) == (OTHER,), "leave asks for no sum"
        assert office.awaited(await _memo(office)) == office.awaited(memo)
        assert office.awaited(await _memo(office, "涉及金额：50")) == (OTHER,)


async def _memo(office: Talkative, *more: str) -> str:
    """A memo about money that is filed, with its sum or without."""
    for words in ("财务签呈", "差旅标准", "按城市分档", *more):
        await office.says(EMPLOYEE, words)
    numbers = rows(office.url, "SELECT number FROM cases WHERE flow = 'memo_finance' ORDER BY number DESC")
    await office.office.submit(submits(EMPLOYEE, numbers[0][0]))
    return str(numbers[0][0])


async def test_a_deputy_who_applies_or_has_left_does_not_count(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(SUPERVISOR, f"委托 {office.name(EMPLOYEE)} 今天到周五")
        assert office.awaited(await office.filed()) == (SUPERVISOR,)
        await office.says(SUPERVISOR, f"委托 {office.name(OTHER)} 今天到周五")
        assert office.awaited(await office.filed()) == (OTHER,), "what was said last counts first"
        world = office.office.world
        people = [one for one in world.organization.people.values() if one.userid != OTHER]
        departments = world.organization.departments.values()
        office.office.world = replace(
            world, organization=type(world.organization)(people=people, departments=departments)
        )
        assert office.awaited(await office.filed()) == (SUPERVISOR,)


async def test_a_delegation_ends_when_the_person_says_so(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(SUPERVISOR, f"委托 {office.name(OTHER)} 今天到周五")
        number = await office.filed()
        assert office.name(OTHER) in await office.says(SUPERVISOR, "我的委托")
        assert office.name(SUPERVISOR) in await office.says(OTHER, "我的委托")
        assert "已取消委托" in await office.says(SUPERVISOR, "取消委托")
        assert "结束了委托" in office.told(OTHER)
        assert office.awaited(await office.filed()) == (SUPERVISOR,)
        assert office.awaited(number) == (OTHER,)


@pytest.mark.parametrize(("away", "asked"), [("wait", SUPERVISOR), ("substitute", OTHER), ("up", None)])
async def test_who_is_on_leave_is_waited_for_or_not_as_the_flow_says(
    database_url: str, away: Any, asked: str | None
) -> None:
    async with talkative(database_url) as office:
        await on_leave(office, SUPERVISOR, deputy=OTHER, away=away)
        number = await office.filed()
        awaited = office.awaited(number)
        assert awaited == (asked,) if asked else awaited not in ((SUPERVISOR,), (OTHER,))


async def on_leave(office: Talkative, person: str, deputy: str, away: Any = "wait") -> None:
    """The person's leave is approved by whoever is asked, with a substitute named in it."""
    world = office.office.world
    leave = world.flows["leave"]
    substitute = Field(id="deputy", label="替班人", type="person")
    leave = replace(leave, fields=(*leave.fields, substitute), policies=replace(leave.policies, away=away))
    office.office.world = replace(world, flows={**world.flows, "leave": leave})
    await office.says(person, "今天到周五请年假，回老家")
    await office.says(person, f"替班人：{office.name(deputy)}")
    ((number,),) = rows(office.url, "SELECT number FROM cases")
    await office.office.submit(submits(person, number))
    while awaited := office.awaited(number):
        step = office.case(number).step
        assert step is not None
        await office.office.submit(decides(awaited[0], number, step.id))
    ((said, substitute),) = rows(office.url, "SELECT id, deputy FROM away")
    assert (said, substitute) == (number, deputy)
