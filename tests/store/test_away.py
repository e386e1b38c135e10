"""今天谁不在: from approved leave, for whoever may see it, without saying why."""

from datetime import UTC

from cards.tracks import track
from store.executor import Executor
from tests.store.office import SAID_AT, executor, submits
from tests.store.test_executor import rows
from tests.store.test_limits import drafted
from usecases.act import Act


async def on_leave(office: Executor, text: str, person: str, *approvers: str) -> None:
    number = await drafted(office, text, f"leave-{person}", person=person)
    await office.submit(submits(person, number))
    for step, who in enumerate(approvers, start=1):
        await office.submit(Act(push=f"{number}-{step}", by=who, track=track(number, f"s{step}", who), verb="approve"))


async def answer(office: Executor, url: str, person: str, text: str) -> str:
    before = {row[0] for row in rows(url, f"SELECT track FROM outbox WHERE lane = '{person}'")}
    await drafted(office, text, f"{person}-{text}", person=person)
    said = rows(url, f"SELECT track, words FROM outbox WHERE lane = '{person}' AND words LIKE '%谁不在%'")
    return "".join(row[1] for row in said if row[0] not in before)


async def test_who_is_away_is_told_to_colleagues_and_not_why(database_url: str) -> None:
    async with executor(database_url) as office:
        office.clock = lambda: SAID_AT.astimezone(UTC)
        await on_leave(office, "今天到周三请病假，住院", "lix", "chenj", "sunl", "zhao")
        await on_leave(office, "明天上午请事假，办证", "xiem", "huangt", "sunl")
        mine = await answer(office, database_url, "zhangw", "今天谁不在")
        assert "李想，到 11月25日（周三）" in mine
        assert "病" not in mine
        assert "谢敏" not in mine
        assert "没有人请假" in await answer(office, database_url, "zhangw", "下周谁不在")
        assert "没有人请假" in await answer(office, database_url, "dongq", "今天谁不在"), "another department"
        both = await answer(office, database_url, "zhao", "明天谁不在")
        assert "李想" in both
        assert "谢敏，到 12:00" in both
