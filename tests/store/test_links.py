"""Cases that belong together, and all of a leaver's handed over."""

from dataclasses import replace

import pytest

from handlers.inbound import Message
from handlers.messages import on_message
from scheduler.beat import KINDS
from store import timers
from store.audit import audit_of
from store.codec import to_ms
from tests.store.office import decides, world
from tests.store.talkative import ADMIN, ANOTHER, EMPLOYEE, HR, MONDAY, OTHER, SUPERVISOR, Talkative, talkative
from tests.store.test_executor import rows


async def beat(office: Talkative) -> None:
    """All timers that are due."""
    for one in await office.office.run(lambda connection: timers.due(connection, to_ms(office.now), 99)):
        await office.office.submit(KINDS[one.kind](one))


async def test_each_of_two_linked_cases_says_how_the_other_stands(database_url: str) -> None:
    async with talkative(database_url) as office:
        one, other = await office.filed(), await office.filed(sentence="我后天下午请半天病假，看牙")
        assert "互相关联" in await office.says(EMPLOYEE, f"关联 {one} {other}")
        assert office.case(one).links == {other: "running"}
        assert office.case(other).links == {one: "running"}
        answer = await office.office.submit(decides(SUPERVISOR, one, "1"))
        assert answer is not None
        assert f"**关联**：{other}（审批中）" in answer.card.params["markdown"]
        await office.office.submit(decides(HR, one, "2"))
        await beat(office)
        assert office.case(other).links == {one: "approved"}
        await beat(office)
        assert audit_of(office.office.engine)[0] == []


async def test_nobody_links_what_they_may_not_see(database_url: str) -> None:
    async with talkative(database_url) as office:
        one = await office.filed()
        other = await office.filed(ANOTHER, "我后天下午请半天病假，看牙")
        assert "没有找到这个编号" in await office.says(EMPLOYEE, f"关联 {one} {other}")
        assert office.case(one).links == {}


async def test_a_case_is_not_linked_with_itself(database_url: str) -> None:
    async with talkative(database_url) as office:
        one = await office.filed()
        assert "同一张单子" in await office.says(EMPLOYEE, f"关联 {one} {one}")
        assert office.case(one).links == {}


async def test_all_that_waits_for_a_leaver_goes_to_a_colleague_and_their_deputies_end(database_url: str) -> None:
    async with talkative(database_url) as office:
        first, second = await office.filed(), await office.filed(sentence="我后天下午请半天病假，看牙")
        own = await office.filed("zhangw", "我后天下午请半天病假，看牙")
        await office.says(SUPERVISOR, f"委托 {office.name(ANOTHER)} 明天到周五")
        assert "要管理员来做" in await office.says(OTHER, "交接 陈静 给 张伟")
        heard = await office.says(ADMIN, "交接 陈静 给 张伟")
        assert "2 件待审批已交给张伟" in heard
        assert f"1 件没有交出：\\n\\n- {own}" in heard, "nobody decides their own case"
        assert "1 项委托已经结束" in heard
        assert [office.awaited(number) for number in (first, second, own)] == [("zhangw",), ("zhangw",), (SUPERVISOR,)]
        assert rows(database_url, f"SELECT count(*) FROM standins WHERE end_ms > {to_ms(office.now)}") == [(0,)]
        assert "没有" in await office.says(ADMIN, "交接 李想 给 张伟")
        assert audit_of(office.office.engine)[0] == []


@pytest.mark.parametrize("said", ["陈静", "chenj", "chenjing", "Chen Jing"])
async def test_a_leaver_is_named_in_any_way_that_colleagues_are(database_url: str, said: str) -> None:
    async with talkative(database_url) as office:
        number = await office.filed()
        assert "1 件待审批已交给王芳" in await office.says(ADMIN, f"交接 {said} 给 王芳")
        assert office.awaited(number) == ("wangf",)


async def test_who_has_left_is_known_by_the_userid_and_only_with_something_to_hand_over(database_url: str) -> None:
    async with talkative(database_url) as office:
        number = await office.filed()
        known = office.office.world.organization
        people = [one for one in known.people.values() if one.userid != SUPERVISOR]
        departments = known.departments.values()
        office.office.world = replace(
            office.office.world, organization=type(known)(people=people, departments=departments)
        )
        assert "没有找到“nobody”" in await office.says(ADMIN, "交接 nobody 给 王芳")
        assert "1 件待审批已交给王芳" in await office.says(ADMIN, f"交接 {SUPERVISOR} 给 王芳")
        assert office.awaited(number) == ("wangf",)


@pytest.mark.parametrize(("person", "looked_up"), [(OTHER, ""), (ADMIN, SUPERVISOR)])
def test_only_an_administrators_word_loads_what_waits_for_a_leaver(person: str, looked_up: str) -> None:
    message = Message(
        robot="bot", id="1", sender=person, nick="", conversation="c", group=False, title="", text="交接 陈静 给 王芳",
        said_at=MONDAY, kind="text", push="p",
    )  # fmt: skip
    wish = on_message(message, world())
    assert wish is not None
    assert wish.needs().tasks_of == looked_up
