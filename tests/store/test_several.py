"""One word for several cases: each is carried out or refused by itself, and the list means what was shown."""

import pytest

from language import commands
from store.audit import audit_of
from tests.store.office import decides
from tests.store.talkative import ANOTHER, EMPLOYEE, HR, OTHER, SUPERVISOR, Talkative, talkative
from tests.store.test_executor import rows

REASONS = ("去医院复查", "看牙", "体检", "拔牙", "复诊")


async def waiting(office: Talkative, count: int) -> list[str]:
    """So many cases that wait for the supervisor, the newest first as the list has them."""
    made = []
    for reason in REASONS[:count]:
        made.append(await office.filed(sentence=f"我明天下午请半天病假，{reason}"))
        office.now = office.now.replace(minute=office.now.minute + 1)
    return made[::-1]


async def test_all_of_the_list_and_nothing_that_came_after_it(database_url: str) -> None:
    async with talkative(database_url) as office:
        numbers = await waiting(office, 3)
        listed = await office.says(SUPERVISOR, "待我审批")
        assert [f"{place}. {number}" in listed for place, number in enumerate(numbers, start=1)] == [True] * 3
        late = await office.filed(sentence="我明天下午请半天病假，换药")
        heard = await office.says(SUPERVISOR, "全部同意")
        assert "同意 3 件" in heard
        assert all(office.awaited(number) == (HR,) for number in numbers)
        assert office.awaited(late) == (SUPERVISOR,)
        assert audit_of(office.office.engine)[0] == []


async def test_some_of_the_list_by_their_places(database_url: str) -> None:
    async with talkative(database_url) as office:
        numbers = await waiting(office, 4)
        await office.says(SUPERVISOR, "待我审批")
        await office.says(SUPERVISOR, "同意 1、3")
        assert [office.awaited(number) for number in numbers] == [(HR,), (SUPERVISOR,), (HR,), (SUPERVISOR,)]
        await office.says(SUPERVISOR, "驳回 2、4 那天有盘点")
        assert [office.case(numbers[place]).status for place in (1, 3)] == ["rejected", "rejected"]
        assert office.case(numbers[1]).closing_words == "那天有盘点"


async def test_what_is_refused_is_told_with_the_reason_and_the_others_are_done(database_url: str) -> None:
    async with talkative(database_url) as office:
        first, second, third = await waiting(office, 3)
        await office.says(SUPERVISOR, "待我审批")
        await office.office.submit(decides(SUPERVISOR, second, "1"))
        heard = await office.says(SUPERVISOR, f"同意 {first} {second} {third} QJ-20261123-099")
        assert "同意 2 件，2 件没有办" in heard
        assert f"{second}　陈静 10:03 已同意" in heard
        assert "QJ-20261123-099　没有找到这个编号" in heard
        assert rows(database_url, "SELECT count(*) FROM events WHERE kind = 'approved'") == [(3,)]


async def test_others_cases_are_not_found_by_their_numbers(database_url: str) -> None:
    async with talkative(database_url) as office:
        first, second = await waiting(office, 2)
        heard = await office.says(ANOTHER, f"驳回 {first} {second} 不行")
        assert heard.count("没有找到这个编号") == 2
        assert office.awaited(first) == (SUPERVISOR,)
        assert "申请人" in await office.says(EMPLOYEE, f"同意 {first} {second}") or office.awaited(first) == (
            SUPERVISOR,
        )


async def test_a_rejection_of_all_needs_a_reason_and_a_list_has_to_be_shown_first(database_url: str) -> None:
    async with talkative(database_url) as office:
        (number,) = await waiting(office, 1)
        assert "待我审批" in await office.says(SUPERVISOR, "全部同意")
        await office.says(SUPERVISOR, "待我审批")
        assert "理由" in await office.says(SUPERVISOR, "全部驳回")
        assert "只有 1 条" in await office.says(SUPERVISOR, "同意 1、2")
        assert office.awaited(number) == (SUPERVISOR,)


async def test_the_list_does_not_lose_the_draft_at_hand_nor_the_draft_the_list(database_url: str) -> None:
    async with talkative(database_url) as office:
        numbers = await waiting(office, 2)
        await office.says(SUPERVISOR, "我后天请一天年假")
        await office.says(SUPERVISOR, "待我审批")
        await office.says(SUPERVISOR, "改成大后天")
        ((values,),) = rows(database_url, "SELECT state FROM cases WHERE applicant = 'chenj'")
        assert "2026-11-26" in values
        await office.says(SUPERVISOR, "同意 2")
        assert [office.awaited(number) for number in numbers] == [(SUPERVISOR,), (HR,)]


async def test_all_that_waits_is_handed_to_a_colleague(database_url: str) -> None:
    async with talkative(database_url) as office:
        numbers = await waiting(office, 2)
        heard = await office.says(SUPERVISOR, f"委托{office.name(OTHER)} 明天到周五")
        assert "全部转交" in heard
        await office.says(SUPERVISOR, "待我审批")
        await office.says(SUPERVISOR, f"全部转交 {office.name(OTHER)}")
        assert [office.awaited(number) for number in numbers] == [(OTHER,), (OTHER,)]


async def test_a_list_of_more_than_twenty_says_how_many_more(database_url: str) -> None:
    async with talkative(database_url) as office:
        for _ in range(23):
            await office.filed()
        assert "还有 3 件" in await office.says(SUPERVISOR, "待我审批")
        assert "同意 20 件" in await office.says(SUPERVISOR, "全部同意")
        assert "还有" not in await office.says(SUPERVISOR, "待我审批")


@pytest.mark.parametrize(
    "text",
    [
        "全部同意的话请告诉我",
        "全部通过了",
        "同意 1、2月的报销",
        "同意11月的方案",
        "同意 3天",
        "通过 1月份的",
        "同意 1 3号",
    ],
)
def test_what_only_sounds_like_it_decides_nothing(text: str) -> None:
    assert commands.read(text) is None
