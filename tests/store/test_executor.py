"""Commands go in, one transaction comes out: on SQLite and on PostgreSQL, looked at through a second connection."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

import pytest
import sqlalchemy as sa

from domain.errors import OfficeError
from language.commands import Spoken
from store.audit import audit_of
from store.engine import make_engine
from store.executor import Executor
from store.office import load
from tests.store.office import SAID_AT, decides, executor, says, submits, world
from usecases.ports import Needs, Office, Outcome

SENTENCE = "我明天下午请半天病假，去医院复查"
TRIP = "明天去上海出差三天，见客户"


def rows(url: str, query: str) -> list[Any]:
    """What another connection sees."""
    engine = make_engine(url, writer=False)
    with engine.begin() as connection:
        found = list(connection.execute(sa.text(query)))
    engine.dispose()
    return found


async def number_of(office: Executor, url: str, person: str, message: str, sentence: str = SENTENCE) -> str:
    """A filed case of this person."""
    await office.submit(says(person, sentence, message))
    (found,) = rows(url, f"SELECT case_number FROM events WHERE cause = 'm:bot:{message}' AND seq = 1")
    number = str(found[0])
    await office.submit(submits(person, number))
    return number


@dataclass(frozen=True, slots=True, kw_only=True)
class Buggy:
    """A command with a bug in it."""

    by: str = "lix"

    @property
    def cause(self) -> str:
        return "t:bug"

    def needs(self) -> Needs:
        return Needs(talk=self.by)

    def act(self, office: Office, now: datetime) -> Outcome:
        raise ZeroDivisionError

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        return Outcome()


async def test_a_refusal_and_a_bug_do_not_disturb_their_neighbours(database_url: str) -> None:
    async with executor(database_url) as office:
        number = await number_of(office, database_url, "lix", "m1")
        taps = [
            office.submit(replace(decides("chenj", number, "1"), by="wangf")),  # a forwarded card
            office.submit(Buggy()),
            office.submit(decides("chenj", number, "1")),
        ]
        refused, broken, approved = await asyncio.gather(*taps)
    assert refused is not None
    assert refused.private, "the card is not theirs: only they see the refusal"
    assert "陈静" in refused.card.params["tips"]
    assert broken is None
    assert approved is not None
    assert "已同意" in approved.card.params["markdown"]
    assert rows(database_url, "SELECT count(*) FROM events WHERE kind = 'approved'") == [(1,)]
    (apology,) = rows(database_url, "SELECT words FROM outbox WHERE lane = 'lix' AND words LIKE '%出了点问题%'")
    assert apology


async def test_a_draft_that_the_same_batch_has_made_is_gone_on_with(database_url: str) -> None:
    async with executor(database_url) as office:
        begun, on = says("lix", "我要出差", "m1"), replace(says("lix", "继续", "m2"), spoken=Spoken(verb="go_on"))
        await asyncio.gather(office.submit(begun), office.submit(on))
    told = [row[0] for row in rows(database_url, "SELECT words FROM outbox WHERE lane = 'lix' AND words <> ''")]
    assert len(told) == 2
    assert not any("没有" in one for one in told)


async def test_the_newest_draft_of_a_batch_comes_first(database_url: str) -> None:
    engine = make_engine(database_url)
    with engine.begin() as connection:
        office = load(connection, world(), [], SAID_AT)
        for text in ("我要出差", "我要请假"):
            for change in says("lix", text, text).act(office, SAID_AT).changes:
                office.cases[change.after.number] = change.after
        assert [case.flow for case in office.my_drafts("lix")] == ["leave", "business_trip"]
    engine.dispose()


async def test_the_same_message_thrice_in_one_batch_and_again_later_is_one_draft(database_url: str) -> None:
    async with executor(database_url) as office:
        await asyncio.gather(*(office.submit(says("lix", SENTENCE, "m1")) for _ in range(3)))
        await office.submit(says("lix", SENTENCE, "m1"))
    assert rows(database_url, "SELECT count(*) FROM cases") == [(1,)]


async def test_two_hundred_sentences_at_once_get_two_hundred_numbers(database_url: str) -> None:
    async with executor(database_url) as office:
        await asyncio.gather(*(office.submit(says("lix", SENTENCE, f"m{n}")) for n in range(200)))
    numbers = [row[0] for row in rows(database_url, "SELECT number FROM cases ORDER BY number")]
    assert len(set(numbers)) == 200
    assert [int(number.rsplit("-", 1)[1]) for number in numbers] == list(range(1, 201))


async def test_of_two_any_of_approvers_at_the_same_moment_one_counts(database_url: str) -> None:
    async with executor(database_url) as office:
        number = await number_of(office, database_url, "lix", "m1", TRIP)
        await office.submit(decides("chenj", number, "1"))
        await office.submit(decides("sunl", number, "2"))
        both = [office.submit(decides(person, number, "3")) for person in ("fengh", "dengs")]
        first, second = await asyncio.gather(*both)
    assert first is not None
    assert second is not None
    assert "冯华" in second.card.params["tips"] + second.card.params["markdown"]
    assert rows(
        database_url, f"SELECT count(*) FROM events WHERE kind = 'step_opened' AND case_number = '{number}'"
    ) == [(4,)]
    assert rows(database_url, "SELECT person FROM tasks WHERE state = 'open'") == [("zhao",)]


async def test_two_replicas_that_get_the_same_taps_advance_a_case_once(postgres_databases: Any) -> None:
    url = postgres_databases.fresh()
    async with executor(url) as one, executor(url) as other:
        numbers = [await number_of(one, url, "lix", f"m{n}", TRIP) for n in range(12)]
        for step, people in (("1", ["chenj"]), ("2", ["sunl"]), ("3", ["fengh", "dengs"]), ("4", ["zhao"])):
            taps = [
                replica.submit(decides(person, number, step, push=f"{place}"))
                for place, replica in enumerate((one, other, one, other))
                for number in (numbers if place % 2 else reversed(numbers))
                for person in people
            ]
            await asyncio.gather(*taps)
        await asyncio.gather(*(replica.submit(says("lix", SENTENCE, "same")) for replica in (one, other)))
    assert rows(url, "SELECT DISTINCT status FROM cases WHERE flow = 'business_trip'") == [("approved",)]
    assert rows(url, "SELECT count(*) FROM events WHERE kind = 'approved'") == [(48,)]
    assert rows(url, "SELECT count(*) FROM cases WHERE flow = 'leave'") == [(1,)]
    engine = make_engine(url, writer=False)
    assert audit_of(engine) == ([], 13)
    engine.dispose()


async def test_events_tell_what_caused_them_and_the_chain_holds(database_url: str) -> None:
    async with executor(database_url) as office:
        number = await number_of(office, database_url, "lix", "m1")
        await office.submit(decides("chenj", number, "1", push="p7"))
        await office.submit(decides("sunl", number, "2", verdict="rejected"))
    found = rows(database_url, f"SELECT kind, actor, cause FROM events WHERE case_number = '{number}' ORDER BY seq")
    assert [row[0] for row in found] == ["drafted", "submitted", "step_opened", "approved", "step_opened", "rejected"]
    assert found[0] == ("drafted", "lix", "m:bot:m1")
    assert found[3] == ("approved", "chenj", "t:p7-chenj")
    engine = make_engine(database_url, writer=False)
    assert audit_of(engine) == ([], 1)
    assert audit_of(engine, "QJ-20000101-001")[0], "a case that is not there is a finding"
    engine.dispose()


async def test_the_tapped_card_waits_until_its_ack_has_left(database_url: str) -> None:
    waiting = "SELECT lane FROM outbox WHERE sent_version < version AND lane = 'chenj'"
    async with executor(database_url) as office:
        number = await number_of(office, database_url, "lix", "m1")
        answer = await office.submit(decides("chenj", number, "1"))
        assert answer is not None
        assert rows(database_url, waiting) == [("chenj",)], "until then the card is sent again after a while"
        office.told(answer.card.track, answer.card.version)
        await office.run(lambda connection: None)
        assert rows(database_url, waiting) == []


async def test_stopping_finishes_what_was_handed_in(database_url: str) -> None:
    async with executor(database_url) as office:
        waiting = [office.submit(says("lix", SENTENCE, f"m{n}")) for n in range(50)]
    assert all(future.done() for future in waiting)
    assert rows(database_url, "SELECT count(*) FROM cases") == [(50,)]
    with pytest.raises(RuntimeError):
        office.submit(says("lix", SENTENCE, "late"))


class AwayEngine:
    """An engine whose database is away for the first `times` transactions."""

    def __init__(self, engine: sa.Engine, times: int) -> None:
        self.engine, self.dialect, self.times = engine, engine.dialect, times

    def begin(self) -> Any:
        self.times -= 1
        if self.times >= 0:
            raise sa.exc.OperationalError("BEGIN", {}, ConnectionError("away"))
        return self.engine.begin()

    def dispose(self) -> None:
        self.engine.dispose()


async def test_a_database_that_is_away_for_long_costs_patience_and_nothing_else(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.executor.PAUSES", (0.001, 0.002))
    async with executor(database_url) as office:
        office.engine = cast(sa.Engine, AwayEngine(office.engine, times=40))
        said = [office.submit(says("lix", SENTENCE, f"m{n}")) for n in range(16)]
        looked = office.run(lambda connection: connection.execute(sa.text("SELECT count(*) FROM cases")).scalar())
        await asyncio.gather(*said)
        assert await looked == 16


async def test_an_answer_that_cannot_be_made_is_one_person_s_trouble(database_url: str) -> None:
    async with executor(database_url) as office:
        number = await number_of(office, database_url, "lix", "m1")
        spoilt = office.submit_for(says("lix", "帮助", "m2"), lambda answer: 1 / 0)
        well = office.submit(decides("chenj", number, "1"))
        answer = await well
        with pytest.raises(ZeroDivisionError):
            await spoilt
    assert answer is not None
    assert "已同意" in answer.card.params["markdown"]
