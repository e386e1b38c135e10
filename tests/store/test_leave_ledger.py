"""What cases do to the ledger: reserved, given back, taken; comp time, refusals, opening balances, the job."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from cards.tracks import read, track
from domain.leave.accrual import opening
from domain.leave.ledger import Entry, sums
from domain.leave.rules import STATUTORY, LeaveRule
from store import kept
from store.balances import with_balances
from store.codec import to_ms
from store.engine import make_engine
from store.executor import Executor
from store.ledger import LoadedLedger
from store.outbox import Letter
from tests.store.office import SAID_AT, executor, submits
from tests.store.talkative import EMPLOYEE, SUPERVISOR, Talkative, talkative
from tests.store.test_executor import rows
from tests.store.test_limits import drafted, handed_in
from usecases.accrue_leave import accrue_leave
from usecases.act import Act
from usecases.due import Carry
from usecases.import_balances import ImportBalances
from usecases.ports import Needs, Office, Outcome
from usecases.show import APPLICANT, card_for

ANNUAL, COMP = STATUTORY
REFUSING = {"annual": replace(ANNUAL, short="refuse"), "comp": COMP}
TWO_DAYS = "下周三请两天年假"


def entries(url: str, person: str = EMPLOYEE, kind: str = "annual") -> tuple[Entry, ...]:
    engine = make_engine(url, writer=False)
    with engine.begin() as connection:
        found = LoadedLedger(connection=connection).entries((person,))[person]
    engine.dispose()
    return tuple(one for one in found if one.type == kind)


def stands(url: str, kind: str = "annual") -> tuple[int, int, int]:
    """What is available, reserved, taken."""
    found = sums(entries(url, kind=kind))
    return found.get("available", 0), found.get("reserved", 0), found.get("taken", 0)


async def acts(office: Talkative, number: str, person: str, step: str, verb: str, words: str = "") -> Any:
    """A tap on the card of this step."""
    name = f"{verb}-{number}-{person}-{office.case(number).version}"
    return await office.office.submit(
        Act(push=name, by=person, track=track(number, f"s{step}", person), verb=verb, words=words)
    )


async def everybody_agrees(office: Talkative, number: str) -> None:
    """Until the last step."""
    while (step := office.case(number).step) is not None:
        await acts(office, number, office.awaited(number)[0], step.id, "approve")


def shown(office: Talkative, number: str, role: str, person: str) -> str:
    """The card as it would be sent."""
    key, case = track(number, role, person), office.case(number)
    engine = make_engine(office.url, writer=False)
    letter = Letter(track=key, lane=person, words={}, case=case, version=1, sent_version=0, attempts=0)
    with engine.begin() as connection:
        (letter,) = with_balances(connection, [letter], office.office.world, to_ms(office.now))
    engine.dispose()
    seen = read(key)
    assert seen is not None
    return str(card_for(case, seen, person, office.office.world, asked=letter.asked).params)


async def test_leave_is_reserved_while_it_runs_and_given_back_when_it_is_rejected(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(EMPLOYEE, TWO_DAYS)
        number = str(rows(database_url, "SELECT number FROM cases")[0][0])
        assert "年假余额：现有 5 天，这次 2 天，之后 3 天" in shown(office, number, APPLICANT, EMPLOYEE)
        assert entries(database_url) == (), "a draft takes nothing"
        await office.office.submit(submits(EMPLOYEE, number))
        assert stands(database_url) == (3000, 2000, 0)
        assert "批准后年假还剩 3 天" in shown(office, number, "s1", SUPERVISOR)
        assert "年假还剩" not in shown(office, number, APPLICANT, EMPLOYEE), "what was filed is over"
        await acts(office, number, SUPERVISOR, "1", "reject", "人手不够")
        assert stands(database_url) == (5000, 0, 0)
        assert "还剩" not in shown(office, number, "s1", SUPERVISOR)


async def test_what_was_approved_is_taken_and_what_was_returned_is_adjusted(database_url: str) -> None:
    async with talkative(database_url) as office:
        number = await office.filed(sentence=TWO_DAYS)
        await acts(office, number, SUPERVISOR, "1", "return", "改成一天")
        assert stands(database_url) == (5000, 0, 0)
        await office.says(EMPLOYEE, "改成下周三一天")
        await office.office.submit(submits(EMPLOYEE, number))
        assert office.case(number).values["days"] == 1
        assert stands(database_url) == (4000, 1000, 0)
        await everybody_agrees(office, number)
        assert office.case(number).status.value == "approved"
        assert stands(database_url) == (4000, 0, 1000)
        assert sum(sums(entries(database_url)).values()) == 0


async def test_withdrawn_leave_is_given_back(database_url: str) -> None:
    async with talkative(database_url) as office:
        number = await office.filed(sentence="明天下午请半天年假")
        assert stands(database_url) == (4500, 500, 0)
        await office.says(EMPLOYEE, f"撤销 {number}")
        assert stands(database_url) == (5000, 0, 0)


async def test_leave_over_new_year_is_taken_from_both_years(database_url: str) -> None:
    async with talkative(database_url) as office:
        office.now = datetime(2026, 12, 21, 2, tzinfo=UTC)
        await office.says(EMPLOYEE, "12月31日到1月4日请年假")
        number = str(rows(database_url, "SELECT number FROM cases")[0][0])
        if office.case(number).values.get("days") in (None, ""):
            await office.says(EMPLOYEE, "2 天")
        await office.office.submit(submits(EMPLOYEE, number))
        assert office.case(number).status.value == "running"
        days = {one.day: one.amount for one in entries(database_url) if one.target == "reserved"}
        assert sum(days.values()) == 2000
        assert {day.year for day in days} == {2026, 2027}
        assert "还剩 4 天" in await office.says(EMPLOYEE, "我的余额")
        office.now = datetime(2027, 1, 2, 2, tzinfo=UTC)  # no job has run yet
        assert "还剩 4 天" in await office.says(EMPLOYEE, "我的余额")


async def test_more_than_there_is_is_shown_to_both_and_filed_all_the_same(database_url: str) -> None:
    async with talkative(database_url) as office:
        await office.says(EMPLOYEE, "下周一到下下周一请年假")
        number = str(rows(database_url, "SELECT number FROM cases")[0][0])
        assert "年假余额不够：现有 5 天，这次 6 天，还差 1 天" in shown(office, number, APPLICANT, EMPLOYEE)
        await office.office.submit(submits(EMPLOYEE, number))
        assert "年假余额不够，还差 1 天" in shown(office, number, "s1", SUPERVISOR)
        assert "多请了 1 天" in await office.says(EMPLOYEE, "我的余额")


async def test_where_the_rule_refuses_the_refusal_says_what_would_fit(database_url: str) -> None:
    async with talkative(database_url) as office:
        office.office.world = replace(office.office.world, leave=REFUSING)
        await office.says(EMPLOYEE, "下周一到下下周一请年假")
        number = str(rows(database_url, "SELECT number FROM cases")[0][0])
        answer = await office.office.submit(submits(EMPLOYEE, number))
        assert answer is not None
        assert "年假只剩 5 天，这次要 6 天。可以改成 5 天，或另请事假" in answer.card.params["tips"]
        assert office.case(number).status.value == "draft"
        assert "年假只剩 5 天" in await office.says(EMPLOYEE, "提交")
        assert entries(database_url) == ()


async def test_two_drafts_that_are_filed_at_once_do_not_both_take_the_last_days(database_url: str) -> None:
    async with executor(database_url) as office:
        office.clock = lambda: SAID_AT.astimezone(UTC)
        office.world = replace(office.world, leave=REFUSING)
        first = await drafted(office, "下周一到下周三请年假", "a")
        second = await drafted(office, "12月7日到12月9日请年假", "b")
        await asyncio.gather(*(office.submit(handed_in(EMPLOYEE, number)) for number in (first, second)))
    assert stands(database_url) == (2000, 3000, 0)


async def test_two_processes_do_not_overdraw_one_person(postgres_databases: Any) -> None:
    url = postgres_databases.fresh()
    async with executor(url) as one, executor(url) as other:
        for office in (one, other):
            office.clock = lambda: SAID_AT.astimezone(UTC)
            office.world = replace(office.world, leave=REFUSING)
        days = (
            "11月30日",
            "12月1日",
            "12月2日",
            "12月3日",
            "12月4日",
            "12月7日",
            "12月8日",
            "12月9日",
            "12月10日",
            "12月11日",
        )
        numbers = [await drafted(one, f"{day}请年假", day) for day in days]
        await asyncio.gather(*(
            (one, other)[place % 2].submit(handed_in(EMPLOYEE, number)) for place, number in enumerate(numbers)
        ))  # fmt: skip
    assert stands(url) == (0, 5000, 0)
    assert rows(url, "SELECT count(*) FROM cases WHERE status = 'running'") == [(5,)]


async def test_approved_overtime_becomes_comp_time(database_url: str) -> None:
    async with talkative(database_url) as office:
        number = await office.filed(sentence="今天晚上6点到10点加班，赶版本")
        assert office.case(number).status.value == "running"
        await everybody_agrees(office, number)
        assert office.case(number).status.value == "approved"
        assert stands(database_url, "comp") == (500, 0, 0)
        assert "**调休**：共有 0.5 天，今年已请 0 天，还剩 0.5 天" in await office.says(EMPLOYEE, "我的余额")


def brought(person: str, days: int, day: date, until: date | None = None) -> Entry:
    return opening(ANNUAL, person, day, days * 1000, until, "maj", "a.csv:2")


async def test_an_opening_balance_counts_and_a_corrected_one_replaces_it(database_url: str) -> None:
    day = date(2026, 11, 1)
    async with talkative(database_url) as office:
        for until in (None, None, date(2027, 3, 31)):
            await office.office.submit(ImportBalances(entries=(brought(EMPLOYEE, 2, day, until),)))
            assert "共有 2 天，今年已请 0 天，还剩 2 天" in await office.says(EMPLOYEE, "我的余额")
        assert "还剩 5 天" in await office.says(SUPERVISOR, "我的余额")


class Look:
    """A command that only looks."""

    cause = "look"

    def __init__(self, moment: datetime) -> None:
        self.moment = moment
        self.dues: list[Any] = []

    def needs(self) -> Needs:
        return Needs()

    def act(self, office: Office, now: datetime) -> Outcome:
        self.dues = list(accrue_leave(office, self.moment))
        return Outcome()

    def refused(self, error: Any, office: Office, now: datetime) -> Outcome:
        return Outcome()


async def accrued(office: Executor, moment: datetime) -> int:
    """Run the job; how many people had something missing."""
    look = Look(moment)
    await office.submit(look)
    await office.submit(Carry(job="accrue_leave", moment=moment, dues=tuple(look.dues)))
    return len(look.dues)


async def test_the_job_enters_grants_and_expiries_once(database_url: str) -> None:
    rule = LeaveRule(type="annual", grant=ANNUAL.grant, carry_over=1000, carry_until=(3, 31))
    async with talkative(database_url) as office:
        office.office.world = replace(office.office.world, leave={"annual": rule})
        people = len(office.office.world.organization.people)
        assert await accrued(office.office, SAID_AT) == people
        assert await accrued(office.office, SAID_AT) == 0
        await office.filed(sentence=TWO_DAYS)
        january = datetime(2027, 1, 4, tzinfo=UTC)
        assert await accrued(office.office, january) == people
        assert await accrued(office.office, january) == 0
        stand = sums(entries(database_url))
        assert stand["expired"] == 2000, "three were left, one of them is carried over"
        assert stand["available"] == 6000
        office.now = january
        assert "还剩 6 天，其中 1 天过了 3月31日（周三） 作废" in await office.says(EMPLOYEE, "我的余额")
        found = rows(database_url, "SELECT count(DISTINCT id), count(*) FROM entries")
        assert found[0][0] == found[0][1]


def test_entries_keep_when_they_were_first_made(database_url: str) -> None:
    engine = make_engine(database_url)
    one = brought(EMPLOYEE, 2, date(2026, 11, 1))
    for now in (5, 9):
        with engine.begin() as connection:
            kept.write_all(connection, {Entry: {one.id: one}}, now)
    with engine.begin() as connection:
        assert connection.execute(sa.text("SELECT made_ms FROM entries")).scalar() == 5
    engine.dispose()


@pytest.mark.parametrize("sentence", ["明天下午请病假，复查"])
async def test_a_type_without_a_rule_has_no_balance(database_url: str, sentence: str) -> None:
    async with talkative(database_url) as office:
        await office.says(EMPLOYEE, sentence)
        number = str(rows(database_url, "SELECT number FROM cases")[0][0])
        assert "余额" not in shown(office, number, APPLICANT, EMPLOYEE)
        await office.office.submit(submits(EMPLOYEE, number))
        assert entries(database_url, kind="sick") == ()
