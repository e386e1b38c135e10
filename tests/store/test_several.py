"""One word for several cases: each is carried out or refused by itself, and the list means what was shown."""

import asyncio
import time

import pytest
import sqlalchemy as sa

from cards.tracks import track
from language import commands
from store.audit import audit_of
from tests.store.office import decides, submits
from tests.store.talkative import ANOTHER, EMPLOYEE, HR, OTHER, SUPERVISOR, Talkative, talkative
from tests.store.test_executor import rows
from usecases.edit_draft import EditDraft

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
        heard = await office.says(EMPLOYEE, f"同意 {first} {second}")
        assert "同意 0 件，2 件没有办" in heard
        assert heard.count("现在等待 陈静 处理，不用你操作") == 2
        assert [office.awaited(number) for number in (first, second)] == [(SUPERVISOR,), (SUPERVISOR,)]


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


async def test_of_more_than_twenty_that_are_named_it_says_how_many_are_left(database_url: str) -> None:
    async with talkative(database_url) as office:
        made = [await office.filed() for _ in range(22)]
        heard = await office.says(SUPERVISOR, f"同意 {' '.join(made)}")
        assert "同意 20 件" in heard
        assert "还有 2 件没有办" in heard
        assert [office.awaited(number) for number in made[-3:]] == [(HR,), (SUPERVISOR,), (SUPERVISOR,)]


async def test_a_range_means_its_places_in_either_direction_and_never_all(database_url: str) -> None:
    async with talkative(database_url) as office:
        numbers = await waiting(office, 3)
        await office.says(SUPERVISOR, "待我审批")
        assert "只有 3 条" in await office.says(SUPERVISOR, "同意 0-0")
        assert "同意 2 件" in await office.says(SUPERVISOR, "同意 3-2")
        assert [office.awaited(number) for number in numbers] == [(SUPERVISOR,), (HR,), (HR,)]


@pytest.mark.parametrize(
    "text", ["通过 3 家供应商比价后再提", "同意 2 位同事参加培训的费用", "批准 1 台电脑即可", "驳回 1 2 个理由说不通"]
)
async def test_a_reason_that_was_asked_for_is_one_whatever_it_looks_like(database_url: str, text: str) -> None:
    async with talkative(database_url) as office:
        numbers = await waiting(office, 3)
        await office.says(SUPERVISOR, "待我审批")
        await office.says(SUPERVISOR, f"驳回 {numbers[2]}")
        await office.says(SUPERVISOR, text)
        assert office.case(numbers[2]).closing_words == text
        assert [office.awaited(number) for number in numbers[:2]] == [(SUPERVISOR,), (SUPERVISOR,)]


async def test_a_bare_command_is_no_reason(database_url: str) -> None:
    async with talkative(database_url) as office:
        numbers = await waiting(office, 2)
        await office.says(SUPERVISOR, "待我审批")
        await office.says(SUPERVISOR, f"驳回 {numbers[0]}")
        await office.says(SUPERVISOR, "同意 2")
        assert [office.awaited(number) for number in numbers] == [(SUPERVISOR,), (HR,)]


async def test_a_blank_joins_places_only_where_nothing_else_follows(database_url: str) -> None:
    async with talkative(database_url) as office:
        numbers = await waiting(office, 3)
        await office.says(SUPERVISOR, "待我审批")
        await office.says(SUPERVISOR, "驳回 1 2 个理由说不通")
        assert [office.awaited(number) for number in numbers] == [(), (SUPERVISOR,), (SUPERVISOR,)]
        assert office.case(numbers[0]).closing_words == "2 个理由说不通"
        await office.says(SUPERVISOR, "同意 2 3吧")
        assert [office.awaited(number) for number in numbers] == [(), (HR,), (HR,)]


async def test_a_case_that_was_changed_since_the_list_was_shown_is_not_decided_by_it(database_url: str) -> None:
    async with talkative(database_url) as office:
        changed, same = (await waiting(office, 2))[::-1]
        await office.says(SUPERVISOR, "待我审批")
        await office.says(SUPERVISOR, f"退回 {changed} 写清楚")
        await office.office.submit(EditDraft(push="e", by=EMPLOYEE, track=track(changed, "a", EMPLOYEE)))
        await office.says(EMPLOYEE, "改成下周一全天")
        await office.office.submit(submits(EMPLOYEE, changed))
        assert office.awaited(changed) == (SUPERVISOR,)
        heard = await office.says(SUPERVISOR, "全部同意")
        assert "同意 1 件，1 件没有办" in heard
        assert f"{changed}　" in heard
        assert [office.awaited(number) for number in (changed, same)] == [(SUPERVISOR,), (HR,)]
        await office.says(SUPERVISOR, "待我审批")
        await office.says(SUPERVISOR, "全部同意")
        assert office.awaited(changed) == (HR,)


async def test_a_list_kept_by_an_older_version_has_to_be_shown_again(database_url: str) -> None:
    async with talkative(database_url) as office:
        (number,) = await waiting(office, 1)
        await office.says(SUPERVISOR, "待我审批")
        old = f'{{"shown": ["{number}"], "shown_ms": {round(office.now.timestamp() * 1000)}}}'
        engine = office.office.engine
        with engine.begin() as connection:
            words = sa.text("UPDATE talks SET focus = :old WHERE id = :who")
            connection.execute(words, {"old": old, "who": SUPERVISOR})
        assert "待我审批" in await office.says(SUPERVISOR, "全部同意")
        assert office.awaited(number) == (SUPERVISOR,)


async def test_the_list_and_the_word_may_come_in_one_batch(database_url: str) -> None:
    async with talkative(database_url) as office:
        numbers = await waiting(office, 2)

        async def both_while_it_is_busy() -> None:
            await asyncio.sleep(0.1)
            await asyncio.gather(office.says(SUPERVISOR, "待我审批"), office.says(SUPERVISOR, "全部同意"))

        busy = office.office.run(lambda connection: time.sleep(0.3))
        await asyncio.gather(busy, both_while_it_is_busy())
        assert "同意 2 件。" in office.told(SUPERVISOR)
        assert [office.awaited(number) for number in numbers] == [(HR,), (HR,)]


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
        "同意 1、3 不行",
        "同意 2 位同事参加培训的费用",
        "批准 1 台电脑即可",
        "驳回 3 天太长",
        "驳回 2 个理由说不通",
        "驳回 1 是什么意思",
        "全部驳回了吗",
        "全部驳回是什么意思",
        "全部驳回预算方案",
        "全部拒绝吗",
        "全部驳回 可以吗？",
        "全部驳回，除了 1",
        "全部转交王芳行么",
        "同意 QJ-20261123-001 QJ-20261123-002 可以吗",
    ],
)
def test_what_only_sounds_like_it_decides_nothing(text: str) -> None:
    assert commands.read(text) is None


@pytest.mark.parametrize(
    ("text", "places", "words"),
    [
        ("转交 1 张伟", (1,), "张伟"), ("驳回 2：时间不对", (2,), "时间不对"), ("驳回 2 人手不够", (2,), "人手不够"),
        ("驳回 1、3，缺发票", (1, 3), "缺发票"), ("同意 第2条。", (2,), ""), ("同意 1、3 了", (1, 3), ""),
    ],
)  # fmt: skip
def test_places_and_the_words_behind_them(text: str, places: tuple[int, ...], words: str) -> None:
    spoken = commands.read(text)
    assert spoken is not None
    assert spoken.several is not None
    assert (spoken.several.places, spoken.several.all, spoken.text) == (places, False, words)
