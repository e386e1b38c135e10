"""Logs on both stores: kept, found again, with readers and comments; who is reminded."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest

from cards.log_templates import USUAL
from domain.attendance.presence import Away, AwayKind, Shift
from domain.errors import OfficeError
from domain.logs import Comment, Kind, Log, Reading, Source
from scheduler.jobs import JOBS
from store.executor import Executor
from store.office import load
from tests.store.office import executor
from tests.store.talkative import talkative
from tests.store.test_executor import rows
from usecases.due import Due
from usecases.ports import Kept, Needs, Office, Outcome
from usecases.summarise import seen_of

R = TypeVar("R")
ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 23)
NINE = datetime(2026, 11, 23, 9, tzinfo=ZONE)
ODD = "'); DROP TABLE logs; --\n“引号” \\ 100% \U0001f600"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """Keeps these, and then looks as the commands behind it in the batch see it."""

    values: tuple[Kept, ...] = ()
    look: Callable[[Office], None] = lambda office: None
    cause: str = "test"

    def needs(self) -> Needs:
        return Needs()

    def act(self, office: Office, now: datetime) -> Outcome:
        self.look(office)
        return Outcome(kept=self.values)

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        return Outcome()


def log(
    person: str = "lix", kind: Kind = "day", day: date = MONDAY, text: str = "写方案", number: str = "",
    source: Source = "chat",
) -> Log:  # fmt: skip
    number = number or f"{person}:{kind}:{day}"
    contents = (("今日完成", text), ("明日计划", ""))
    return Log(
        id=number, person=person, kind=kind, day=day, template="日报", contents=contents, source=source, at=NINE,
        changed=NINE + timedelta(hours=1),
    )  # fmt: skip


async def look(office: Executor, read: Callable[[Office], R]) -> R:
    return await office.run(lambda connection: read(load(connection, office.world, [], office.clock())))


async def test_what_is_kept_is_found_again(database_url: str) -> None:
    mine, week = log(text=ODD), log(kind="week", text="好" * 5000)
    theirs = log("zhangw", day=MONDAY + timedelta(days=1))
    read = Reading(log=mine.id, person="chenj", at=NINE)
    said = [Comment(id=f"c{n}", log=mine.id, person="chenj", words=ODD, at=NINE + timedelta(minutes=n)) for n in (2, 1)]
    async with executor(database_url) as office:
        await office.submit(Keep(values=(mine, week, theirs, read, *said)))
        assert await look(office, lambda it: it.logbook.logs(MONDAY, MONDAY)) == (mine, week)
        assert await look(office, lambda it: it.logbook.logs(MONDAY, MONDAY + timedelta(days=1), ["zhangw"])) == (
            theirs,
        )
        assert await look(office, lambda it: it.logbook.logs(MONDAY, MONDAY, [])) == ()
        assert await look(office, lambda it: it.logbook.newest("lix", 1)) == (week,)
        assert await look(office, lambda it: it.logbook.readings([mine.id, week.id])) == (read,)
        assert [one.id for one in await look(office, lambda it: it.logbook.comments([mine.id]))] == ["c1", "c2"]
        many = [f"u{n}" for n in range(1200)]
        assert len(await look(office, lambda it: it.logbook.logs(MONDAY, MONDAY, [*many, "lix"]))) == 2


async def test_the_same_log_again_replaces_it_and_is_seen_at_once(database_url: str) -> None:
    form = log(number="form:r1", source="form")
    after = replace(form, contents=(("今日完成", "改了"),))
    seen: list[object] = []

    def note(office: Office) -> None:
        seen.append(office.logbook.logs(MONDAY, MONDAY, ["lix"]))
        seen.append(office.logbook.newest("lix", 5))
        seen.append(office.logbook.logs(MONDAY, MONDAY, ["zhangw"]))

    async with executor(database_url) as office:
        await office.submit(Keep(values=(form,)))
        first, second = office.submit(Keep(values=(after,))), office.submit(Keep(look=note))
        await first
        await second
        assert seen == [(after,), (after,), ()]
        assert await look(office, lambda it: it.logbook.logs(MONDAY, MONDAY)) == (after,)


def away(person: str, kind: AwayKind, start: int, end: int) -> Away:
    hours = (NINE.replace(hour=0) + timedelta(hours=hour) for hour in (start, end))
    begin, until = hours
    return Away(id=f"{person}-{kind}", person=person, kind=kind, start=begin, end=until, made=NINE)


async def reminded(office: Executor, job: str, moment: datetime) -> dict[str, str]:
    def planned(loaded: Office) -> Iterable[Due]:
        return list(JOBS[job].plan(loaded, moment))

    dues = list(await look(office, planned))
    assert len({due.receiver for due in dues}) == len(dues)
    assert all(post.to == due.receiver for due in dues for post in due.posts)
    return {due.receiver: post.message.text for due in dues for post in due.posts if post.message}


async def test_who_has_not_written_is_reminded_in_the_evening(database_url: str) -> None:
    six = datetime(2026, 11, 23, 18, tzinfo=ZONE)
    things = replace(log("xiem", "things"), contents=(("写代码", ""),))
    values = (
        log("lix"), log("zhangw", number="form:1", source="form"), log("heb", "week"), things,
        away("liuy", "leave", 0, 24), away("huangt", "leave", 12, 24), away("lvz", "leave", 0, 12),
        away("gaox", "trip", 0, 24), Shift(person="dongq", day=MONDAY),
    )  # fmt: skip
    async with executor(database_url) as office:
        await office.submit(Keep(values=values))
        got = await reminded(office, "log_evening", six)
    silent = {"lix", "zhangw", "liuy", "huangt", "dongq", "zhao"}
    assert silent.isdisjoint(got), "written, on leave, off, or nobody above"
    assert {"heb", "lvz", "gaox", "xiem", "chenj"} <= got.keys()
    assert "复盘" in got["xiem"]
    assert "复盘" not in got["heb"]
    assert len({text for person, text in got.items() if person != "xiem"}) == 1, "the same words go together"


async def test_nobody_is_reminded_on_a_day_of_rest_but_for_who_works(database_url: str) -> None:
    sunday = datetime(2026, 11, 22, 18, tzinfo=ZONE)
    shift = Shift(
        person="dongq", day=date(2026, 11, 22), on=sunday.replace(hour=9), off=sunday.replace(hour=17)
    )  # fmt: skip
    async with executor(database_url) as office:
        await office.submit(Keep(values=(shift,)))
        assert set(await reminded(office, "log_evening", sunday)) == {"dongq"}


async def test_the_morning_s_list_and_the_week_have_reminders_of_their_own(database_url: str) -> None:
    listed = replace(log("lix", "things"), contents=(("写方案", ""),))
    async with executor(database_url) as office:
        await office.submit(Keep(values=(listed, log("zhangw", "week"))))
        morning = await reminded(office, "log_morning", NINE)
        assert "lix" not in morning
        assert "6件事" in morning["zhangw"]
        week = await reminded(office, "log_week", datetime(2026, 11, 27, 17, tzinfo=ZONE))
        assert "zhangw" not in week
        assert "周报" in week["lix"]
        month = await reminded(office, "log_month", datetime(2026, 11, 30, 17, tzinfo=ZONE))
        assert "月报" in month["zhangw"]
        office.world = replace(office.world, logs=tuple(replace(one, remind=False) for one in USUAL))
        assert await reminded(office, "log_week", datetime(2026, 11, 27, 17, tzinfo=ZONE)) == {}


async def test_an_answer_long_after_the_question_may_be_a_request(database_url: str) -> None:
    async with talkative(database_url) as people:
        await people.says("lix", "日报")
        people.now += timedelta(hours=2)
        await people.says("lix", "我明天请一天病假，发烧")
        assert rows(database_url, "SELECT flow FROM cases") == [("leave",)]
        assert "还没有写过" in await people.says("lix", "我的日志")


async def test_marks_of_yesterday_s_things_are_no_answer_today(database_url: str) -> None:
    async with talkative(database_url) as people:
        await people.says("lix", "6件事 写方案、开会")
        await people.says("lix", "复盘")
        people.now += timedelta(hours=20)
        assert "完成了" not in await people.says("lix", "1 做完了")
        assert "还没有列" in await people.says("lix", "完成 1")


@pytest.mark.parametrize("words", ["写得好 [点我](http://example.com) @所有人", "**加粗**\n# 标题"])
async def test_a_comment_cannot_dress_up(database_url: str, words: str) -> None:
    async with talkative(database_url) as people:
        await people.says("lix", "日报 写方案")
        await people.says("chenj", f"评论李想的日志 {words}")
        told = people.told("lix")
        assert "陈静评论了你的日报" in told
        assert "](http" not in told
        assert "**加粗**" not in told
        assert "@所有人" not in told


async def test_who_works_later_is_reminded_of_nothing_before(database_url: str) -> None:
    shifts = {"lix": (22, 30), "zhangw": (13, 22), "heb": (8, 17), "xiem": (9, 18.5)}
    midnight = NINE.replace(hour=0)
    values = tuple(
        Shift(person=who, day=MONDAY, on=midnight + timedelta(hours=on), off=midnight + timedelta(hours=off))
        for who, (on, off) in shifts.items()
    )
    async with executor(database_url) as office:
        await office.submit(Keep(values=values))
        morning = await reminded(office, "log_morning", NINE + timedelta(minutes=15))
        evening = await reminded(office, "log_evening", NINE + timedelta(hours=9))
        late = await reminded(office, "log_morning", NINE + timedelta(hours=9))
        people, seven = tuple(shifts), NINE + timedelta(hours=10)
        seen = await look(office, lambda it: seen_of(it, MONDAY, MONDAY, people, seven))
        later = await look(office, lambda it: seen_of(it, MONDAY, MONDAY, people, seven + timedelta(days=1)))
    assert {"heb", "xiem"} == shifts.keys() & morning.keys()
    assert {"heb", "xiem"} == shifts.keys() & evening.keys()
    assert {"zhangw", "xiem"} == shifts.keys() & late.keys()
    assert {who for _, who in seen.owed} == {"heb", "xiem"}
    assert {who for _, who in later.owed} == set(shifts)
