"""Limits and lead times where several file at once, and where the clock goes on between draft and filing."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot import flowfiles
from cards.tracks import track
from handlers.inbound import Message
from handlers.messages import on_message
from store.audit import audit_of
from store.engine import make_engine
from store.executor import Executor
from tests.store.office import SAID_AT, executor, submits, world
from tests.store.test_executor import rows
from usecases.act import Act
from usecases.copy_case import CopyCase
from usecases.hear import Hear
from usecases.show import APPLICANT
from usecases.submit_draft import SubmitDraft

CORRECTION = "我要补11月{day}日早上的上班卡，原因是忘带手机"
RUNNING = "SELECT count(*) FROM cases WHERE status = 'running'"


def using(office: Executor, pack: str, now: datetime = SAID_AT) -> None:
    """The executor works with this pack, and its clock shows this."""
    office.world = replace(world(), flows=flowfiles.load(pack), home=("深圳",))
    office.clock = lambda: now.astimezone(UTC)


async def drafted(office: Executor, text: str, message: str, *, person: str = "lix", at: datetime = SAID_AT) -> str:
    """The person says it at that moment; the number of the draft, or "" where there is none."""
    said = Message(
        robot="bot", id=message, sender=person, nick="", conversation="c", group=False, title="", text=text,
        said_at=at, kind="text", push=message,
    )  # fmt: skip
    heard = on_message(said, office.world)
    assert isinstance(heard, Hear)
    await office.submit(heard)
    find = sa.text("SELECT case_number FROM events WHERE cause = :cause AND seq = 1")
    return str(await office.run(lambda link: link.scalar(find, {"cause": f"m:bot:{message}"})) or "")


class HandedIn(SubmitDraft):
    """Filed by somebody else for them: what is said to the applicant meanwhile does not hold it up."""

    @property
    def talk(self) -> str:
        return ""


def handed_in(person: str, case: str) -> HandedIn:
    return HandedIn(push=f"hand-{case}", by=person, track=track(case, APPLICANT, person))


async def test_of_two_corrections_filed_at_once_the_second_sees_the_first(database_url: str) -> None:
    async with executor(database_url) as office:
        using(office, "classic")
        numbers = [await drafted(office, CORRECTION.format(day=day), f"m{day}") for day in (17, 18, 19)]
        answers = await asyncio.gather(*(office.submit(submits("lix", number)) for number in numbers))
        tips = [answer.card.params["tips"] for answer in answers if answer]
        assert ["每人每月最多 2 次" in tip for tip in tips] == [False, False, True]
        assert all(number in tips[2] for number in numbers[:2])
        others = await drafted(office, CORRECTION.format(day=17), "z1", person="zhangw")
        await office.submit(submits("zhangw", others))
    assert rows(database_url, RUNNING) == [(3,)], "everybody has corrections of their own"


async def test_two_processes_that_file_at_once_do_not_both_take_the_last_one(postgres_databases: Any) -> None:
    url = postgres_databases.fresh()
    async with executor(url) as one, executor(url) as other:
        for office in (one, other):
            using(office, "classic")
        numbers = [await drafted(one, CORRECTION.format(day=day), f"m{day}") for day in range(2, 14)]
        taps = [(one, other)[place % 2].submit(handed_in("lix", number)) for place, number in enumerate(numbers)]
        await asyncio.gather(*taps)
    assert rows(url, RUNNING) == [(2,)]


async def test_what_was_withdrawn_or_rejected_counts_no_more(database_url: str) -> None:
    async with executor(database_url) as office:
        using(office, "classic")
        numbers = [await drafted(office, CORRECTION.format(day=day), f"m{day}") for day in (17, 18)]
        await asyncio.gather(*(office.submit(submits("lix", number)) for number in numbers))
        assert await drafted(office, CORRECTION.format(day=19), "m19") == ""
        mine = Act(push="w", by="lix", track=track(numbers[0], APPLICANT, "lix"), verb="withdraw")
        boss = track(numbers[1], "s1", "chenj")
        await office.submit(mine)
        assert await drafted(office, CORRECTION.format(day=19), "again") != ""
        await office.submit(Act(push="r", by="chenj", track=boss, verb="reject", words="没有这回事"))
        third = await drafted(office, CORRECTION.format(day=20), "m20")
        answer = await office.submit(submits("lix", third))
    assert answer is not None
    assert answer.card.params["status"] == "running"


async def test_a_returned_correction_does_not_count_itself(database_url: str) -> None:
    async with executor(database_url) as office:
        using(office, "classic")
        numbers = [await drafted(office, CORRECTION.format(day=day), f"m{day}") for day in (17, 18)]
        await asyncio.gather(*(office.submit(submits("lix", number)) for number in numbers))
        boss = track(numbers[1], "s1", "chenj")
        await office.submit(Act(push="b", by="chenj", track=boss, verb="return", words="几点"))
        answer = await office.submit(replace(submits("lix", numbers[1]), push="once more"))
    assert answer is not None
    assert answer.card.params["status"] == "running"


async def test_a_draft_that_was_in_time_yesterday_is_asked_for_its_reason_today(database_url: str) -> None:
    async with executor(database_url) as office:
        using(office, "robotics")
        number = await drafted(office, "明天请一天年假", "m1")
        office.clock = lambda: (SAID_AT + timedelta(hours=20)).astimezone(UTC)
        answer = await office.submit(submits("lix", number))
        assert answer is not None
        assert "最晚应在 11月23日（周一）" in answer.card.params["tips"]
        assert rows(database_url, RUNNING) == [(0,)]
        await drafted(office, "是的，紧急", "m2", at=SAID_AT + timedelta(hours=20))
        await drafted(office, "昨晚孩子发烧住院", "m3", at=SAID_AT + timedelta(hours=20))
        answer = await office.submit(replace(submits("lix", number), push="again"))
    assert answer is not None
    assert answer.card.params["status"] == "running"
    assert "**紧急原因**：昨晚孩子发烧住院" in answer.card.params["markdown"]
    engine = make_engine(database_url, writer=False)
    assert audit_of(engine) == ([], 1), "the events give the same case again"
    engine.dispose()


@pytest.mark.parametrize("machine", [timedelta(days=-400), timedelta(), timedelta(hours=2), timedelta(days=90)])
async def test_the_platforms_clock_counts_wherever_ours_stands(database_url: str, machine: timedelta) -> None:
    """A message that came late was said when it was said; a tap tells no time and is as much later as ours says."""
    async with executor(database_url) as office:
        using(office, "robotics", SAID_AT + machine)
        in_time = await drafted(office, "明天请一天年假", "m1")
        too_late = await drafted(office, "今天请一天年假", "m2", person="zhangw")
        filed, asked = await asyncio.gather(
            office.submit(submits("lix", in_time)), office.submit(submits("zhangw", too_late))
        )
    assert filed is not None
    assert filed.card.params["status"] == "running"
    assert asked is not None
    assert "紧急原因" in asked.card.params["tips"]


async def test_a_returned_leave_is_no_later_than_when_it_was_filed(database_url: str) -> None:
    async with executor(database_url) as office:
        using(office, "robotics")
        number = await drafted(office, "明天请一天年假", "m1")
        await office.submit(submits("lix", number))
        office.clock = lambda: SAID_AT + timedelta(days=1)
        back = track(number, "s1", "wangf")
        await office.submit(Act(push="b", by="wangf", track=back, verb="return", words="写明交接"))
        answer = await office.submit(replace(submits("lix", number), push="once more"))
    assert answer is not None
    assert answer.card.params["status"] == "running"


async def test_a_copy_does_not_take_the_emergency_along(database_url: str) -> None:
    async with executor(database_url) as office:
        using(office, "robotics")
        number = await drafted(office, "孩子突然发烧，今天请一天事假", "m1")
        mine = track(number, APPLICANT, "lix")
        await office.submit(submits("lix", number))
        await office.submit(Act(push="w", by="lix", track=mine, verb="withdraw"))
        await office.submit(CopyCase(push="c", by="lix", track=mine))
    states = [json.loads(row[0]) for row in rows(database_url, "SELECT state FROM cases ORDER BY number")]
    assert ["emergency" in state["values"] for state in states] == [True, False]


async def test_a_number_of_days_that_the_dates_do_not_have_chooses_no_route(database_url: str) -> None:
    async with executor(database_url) as office:
        office.clock = lambda: SAID_AT.astimezone(UTC)
        number = await drafted(office, "下周一请10天事假，回老家", "m1")
        await drafted(office, "天数改成 1", "m2")
        (state,) = rows(database_url, f"SELECT state FROM cases WHERE number = '{number}'")
        assert json.loads(state[0])["values"]["days"] == 10
        assert "天数按起止日期算，是 10 天" in "".join(json.loads(state[0])["notes"])
        await office.submit(submits("lix", number))
        (state,) = rows(database_url, f"SELECT state FROM cases WHERE number = '{number}'")
    assert [step["label"] for step in json.loads(state[0])["steps"]][-1] == "总经理", (
        "ten days pass the general manager"
    )


@pytest.mark.parametrize("why", ["今天请一天事假，去买菜，不紧急", "今天请一天事假，去买菜，没什么急事"])
async def test_what_is_said_to_be_no_emergency_is_none(database_url: str, why: str) -> None:
    async with executor(database_url) as office:
        using(office, "robotics")
        number = await drafted(office, why, "m1")
        await office.submit(submits("lix", number))
        await drafted(office, "\u200b", "m2")
        await office.submit(replace(submits("lix", number), push="again"))
    assert rows(database_url, RUNNING) == [(0,)]


async def test_an_outing_that_was_filed_does_not_become_a_trip(database_url: str) -> None:
    async with executor(database_url) as office:
        using(office, "robotics")
        number = await drafted(office, "周三全天外出去南山，拜访客户", "m1")
        await office.submit(submits("lix", number))
        await office.submit(Act(push="b", by="wangf", track=track(number, "s1", "wangf"), verb="return", words="去哪"))
        await drafted(office, "地点改成上海", "m2")
        (state,) = rows(database_url, f"SELECT state FROM cases WHERE number = '{number}'")
    assert json.loads(state[0])["values"]["place"] == "南山"
    assert rows(database_url, "SELECT count(*) FROM outbox WHERE words LIKE '%要按出差办理，请撤销后重新申请%'") == [
        (1,)
    ]


async def test_only_the_newest_decision_is_taken_back_by_the_bare_word(database_url: str) -> None:
    async with executor(database_url) as office:
        office.clock = lambda: SAID_AT.astimezone(UTC)
        numbers = [await drafted(office, f"{day}请一天事假，搬家", f"m{day}") for day in ("明天", "后天")]
        for number in numbers:
            await office.submit(submits("lix", number))
        first, second = (track(number, "s1", "chenj") for number in numbers)
        await office.submit(Act(push="y", by="chenj", track=first, verb="approve"))
        office.clock = lambda: (SAID_AT + timedelta(minutes=1)).astimezone(UTC)
        await office.submit(Act(push="n", by="chenj", track=second, verb="reject", words="人手不够"))
        await drafted(office, "撤回", "m9", person="chenj")
    assert rows(database_url, "SELECT count(*) FROM events WHERE kind = 'taken_back'") == [(0,)]
    assert rows(database_url, "SELECT count(*) FROM outbox WHERE words LIKE '%不能撤回%'") == [(1,)]
