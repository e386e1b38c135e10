"""我的余额 and 查余额: what was granted, taken, waits and is left; and who may ask for whose."""

from dataclasses import replace
from datetime import UTC

from domain.people import Organization
from tests.store.office import SAID_AT
from tests.store.talkative import EMPLOYEE, HR, OTHER, SUPERVISOR, Talkative, talkative
from tests.store.test_away import on_leave


def hired_nobody(office: Talkative) -> None:
    """The address book does not say since when people work here."""
    company = office.office.world.organization
    people = [replace(one, hired=None) for one in company.people.values()]
    organization = Organization(people=people, departments=company.departments.values())
    office.office.world = replace(office.office.world, organization=organization)


async def test_each_type_is_told_with_what_is_left_and_when_it_expires(database_url: str) -> None:
    async with talkative(database_url) as office:
        office.now = SAID_AT.astimezone(UTC)
        await on_leave(office.office, "明天下午请病假，复查", EMPLOYEE, "chenj", "sunl")
        await office.filed(sentence="下周三请两天年假")
        said = await office.says(EMPLOYEE, "我的余额")
        assert "**年假**：共有 5 天，今年已请 0 天，审批中 2 天，还剩 3 天，过了 12月31日（周四） 作废" in said
        assert "**病假**：今年已请 0.5 天" in said
        assert "还剩 5 天" in await office.says(OTHER, "年假还剩几天")


async def test_without_a_first_day_nothing_is_made_up(database_url: str) -> None:
    async with talkative(database_url) as office:
        hired_nobody(office)
        await office.filed(sentence="下周三请两天年假")
        said = await office.says(EMPLOYEE, "我的余额")
        assert "**年假**：今年已请 0 天，审批中 2 天" in said
        assert "年假还剩多少算不出来" in said
        assert "年假还剩多少算不出来" in await office.says(OTHER, "我的余额")


async def test_a_colleagues_balance_is_for_hr_and_those_above(database_url: str) -> None:
    async with talkative(database_url) as office:
        for asker in (HR, SUPERVISOR, "zhao", "maj", EMPLOYEE):
            assert "还剩 5 天" in await office.says(asker, "查余额 李想")
        said = await office.says(OTHER, "查余额李想")
        assert "只有本人、上级和人事能看" in said
        assert "天" not in said
        assert "没有找到" in await office.says(HR, "查余额 王二麻子")
        assert "我的假期余额" in await office.says(HR, "查余额")
