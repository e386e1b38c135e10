"""Cases that belong together, and all of a leaver's handed over."""

from scheduler.beat import KINDS
from store import timers
from store.audit import audit_of
from store.codec import to_ms
from tests.store.office import decides
from tests.store.talkative import ADMIN, ANOTHER, EMPLOYEE, HR, OTHER, SUPERVISOR, Talkative, talkative
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
