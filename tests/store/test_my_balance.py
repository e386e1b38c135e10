"""我的余额 tells what was taken this year, and that what is left is not kept here."""

from datetime import UTC

from tests.store.office import SAID_AT
from tests.store.talkative import EMPLOYEE, OTHER, talkative
from tests.store.test_away import on_leave


async def test_leave_of_this_year_is_told_by_type(database_url: str) -> None:
    async with talkative(database_url) as office:
        office.now = SAID_AT.astimezone(UTC)
        await on_leave(office.office, "明天下午请病假，复查", EMPLOYEE, "chenj", "sunl")
        await office.filed(sentence="下周三请两天年假")
        said = await office.says(EMPLOYEE, "我的余额")
        assert "病假：0.5 天" in said
        assert "年假：没有请过，另有 2 天在审批" in said
        assert "还没有额度" in said
        assert "还没有请过假" in await office.says(OTHER, "年假还剩几天")
