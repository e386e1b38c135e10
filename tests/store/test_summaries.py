"""Summaries from committed rows: who gets what of them, once; nothing personal in a group; cases as numbers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.drawings import drawn
from domain.attendance.presence import Away, AwayKind, Shift
from domain.attendance.punches import Punch
from domain.errors import OfficeError
from domain.groups import Group
from domain.logs import Log
from domain.summaries.period import Matter
from store import bundles
from store.executor import Executor
from store.office import load
from tests.store.office import SAID_AT, decides, executor
from tests.store.test_executor import number_of, rows
from tests.store.test_limits import drafted
from usecases.due import Carry, Due
from usecases.ports import Kept, Needs, Office, Outcome
from usecases.summarise import summarise, summarise_evening, summarise_morning

ZONE = ZoneInfo("Asia/Shanghai")
TUESDAY = date(2026, 11, 24)
KINDS = ("morning", "evening", "week", "month")
GROUPS = (
    Group(id="rd", department="研发部", summaries=KINDS),
    Group(id="brand", department="品牌组", summaries=("morning",)),
    Group(id="heads", managers=True, summaries=("week",)),
)
TYPES = ("年假", "病假", "事假", "调休", "请假类型", "leave", "上海")


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """Rows as others write them."""

    values: tuple[Kept, ...]
    cause: str = "t:keep"

    def needs(self) -> Needs:
        return Needs()

    def act(self, office: Office, now: datetime) -> Outcome:
        return Outcome(kept=self.values)

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        return Outcome()


def at(day: date, clock: str = "00:00") -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), ZONE)


def away(person: str, kind: AwayKind, end: datetime) -> Away:
    start = at(TUESDAY)
    return Away(id=f"{kind}-{person}", person=person, kind=kind, start=start, end=end, made=start, place="上海")


def punch(person: str, clock: str, result: str = "normal") -> Punch:
    return Punch(person=person, day=TUESDAY, kind="in", at=at(TUESDAY, clock), result=result)


async def a_day(office: Executor) -> None:
    """刘洋 and 黄涛 come (he late), 谢敏 does not, 何斌 is on leave, 吕哲 on a trip; 李想 of another department is ill."""
    office.world = replace(office.world, groups=GROUPS)
    people = ("liuy", "huangt", "xiem", "heb", "lvz", "lix", "chenj", "zhangw")
    shifts = [Shift(person=who, day=TUESDAY, on=at(TUESDAY, "08:30"), off=at(TUESDAY, "18:00")) for who in people]
    log = Log(
        id="l1", person="liuy", kind="day", day=TUESDAY, template="日报", contents=(("今日完成", "=联调\n排期"),),
        source="chat", at=at(TUESDAY, "17:50"), changed=at(TUESDAY, "17:50"),
    )  # fmt: skip
    gone = (
        away("heb", "leave", at(TUESDAY + timedelta(days=3))), away("lvz", "trip", at(TUESDAY + timedelta(days=1))),
        away("lix", "leave", at(TUESDAY + timedelta(days=2))),
    )  # fmt: skip
    await office.submit(Keep(values=(*shifts, *gone, punch("liuy", "08:20"), punch("huangt", "08:45", "late"), log)))


async def planned(
    office: Executor, plan: Callable[[Office, datetime], Iterable[Due]], moment: datetime
) -> dict[str, Due]:
    def look(connection: sa.Connection) -> list[Due]:
        return list(plan(load(connection, office.world, [], moment), moment))

    dues = await office.run(look)
    assert len({due.receiver for due in dues}) == len(dues)
    return {due.receiver: due for due in dues}


def said(due: Due) -> str:
    return "\n".join(post.message.text for post in due.posts if post.message and not post.message.file)


def everything(due: Due) -> str:
    """Words and pictures; workbooks too."""
    return said(due) + "".join(one.svg for one in due.drawings) + repr([one.sheets for one in due.drawings])


async def test_the_morning_tells_a_group_of_its_own_people_and_not_why(database_url: str) -> None:
    async with executor(database_url) as office:
        await a_day(office)
        dues = await planned(office, summarise_morning, at(TUESDAY, "08:50"))
    assert dues.keys() == {"cid:rd", "cid:brand"}
    assert (
        "- 今天应到 **4** 人，共 5 人\n- 不在（1）：何斌（到 11月26日（周四））\n- 出差中（1）：吕哲（今天）"
        in said(dues["cid:rd"])
    )
    assert "李想" not in everything(dues["cid:rd"])
    assert "李想（到 11月25日（周三））" in said(dues["cid:brand"])
    for due in dues.values():
        assert not [word for word in TYPES if word in everything(due)]
        assert [bool(post.message and post.message.file) for post in due.posts] == [False, True]


async def test_in_the_evening_the_group_counts_and_only_the_lead_reads_names(database_url: str) -> None:
    async with executor(database_url) as office:
        await a_day(office)
        dues = await planned(office, summarise_evening, at(TUESDAY, "19:00"))
        office.world = replace(office.world, groups=(replace(GROUPS[0], names=True),))
        named = await planned(office, summarise_evening, at(TUESDAY, "19:00"))
    group = dues["cid:rd"]
    assert "- 打卡 **2/3**，迟到 1，缺卡 1" in said(group)
    assert "- 日志已写 **1/4**\n- 还没写：黄涛、吕哲、谢敏" in said(group), "who is on leave owes none"
    assert "- 刘洋：＝联调 排期" in said(group)
    assert "迟到：" not in said(group)
    assert "- 迟到：黄涛\n- 缺卡：谢敏" in said(dues["liuy"])
    assert dues["huangt"].drawings == ()
    assert "heb" not in dues, "nobody of theirs is late or missing"
    assert "迟到：黄涛" in said(named["cid:rd"])


async def test_a_week_goes_to_groups_in_numbers_and_to_leads_and_hr_as_a_workbook(database_url: str) -> None:
    monday = at(date(2026, 11, 30), "09:00")
    async with executor(database_url) as office:
        await a_day(office)
        dues = await planned(office, summarise("week"), monday)
        none = await planned(office, summarise("month"), monday)
    leads = {"liuy", "huangt", "heb", "wangf", "chenj", "zhoum", "wuq", "linh", "gaox", "luop"}
    everybody = {"zhao", "zhengk", "sunl", "maj", "zhuy"}
    assert dues.keys() == {"cid:rd", "cid:heads"} | leads | everybody, "a managers' group stands for the company"
    for group in ("cid:rd", "cid:heads"):
        assert not [one for one in ("黄涛", "谢敏", "何斌", "李想") if one in everything(dues[group])]
        assert not [one for one in dues[group].drawings if one.sheets]
    assert "李想" not in everything(dues["liuy"])
    assert "李想" in everything(dues["sunl"])
    assert {due.drawings for who, due in dues.items() if who in everybody} == {dues["zhao"].drawings}, "drawn once"
    details = next(sheet for sheet in dues["liuy"].drawings[0].sheets if sheet.name == "明细")
    assert [row[1:4] for row in details.rows if row[0] == TUESDAY and row[3] != "没写日志"] == [
        ("谢敏", "平台组", "缺卡"),
        ("黄涛", "平台组", "迟到"),
        ("何斌", "应用组", "请假"),
        ("吕哲", "应用组", "出差"),
    ]  # fmt: skip
    assert none.keys() == {"cid:rd", "liuy", "huangt", "heb"} | everybody


async def test_what_is_drawn_is_kept_and_can_be_sent_and_comes_once(database_url: str) -> None:
    moment = at(date(2026, 11, 30), "09:00")
    async with executor(database_url) as office:
        await a_day(office)
        office.clock = lambda: moment.astimezone(UTC)
        wanted = await planned(office, summarise("week"), moment)
        dues = await drawn([wanted["cid:rd"], wanted["liuy"]])
        for _ in range(2):
            await office.submit(Carry(job="summary_week", moment=moment, dues=tuple(dues)))
        book = next(post.message for post in dues[1].posts if post.message and post.message.name)
        content = await office.run(lambda connection: bundles.content_of(connection, book.file))
    assert content is not None
    assert content.startswith(b"PK")
    assert book.name == "一周小结 11月23日–11月29日.xlsx"
    assert rows(database_url, "SELECT lane, count(*) FROM outbox GROUP BY 1 ORDER BY 1") == [("cid:rd", 2), ("liuy", 2)]
    assert rows(database_url, "SELECT count(*) FROM files") == [(2,)]


async def test_cases_are_numbers_filed_decided_waiting(database_url: str) -> None:
    async with executor(database_url) as office:
        office.clock = lambda: SAID_AT.astimezone(UTC)
        decided = await number_of(office, database_url, "lix", "one")
        waiting = await number_of(office, database_url, "zhangw", "two")
        rejected = await number_of(office, database_url, "xiem", "three")
        await drafted(office, "明天请事假一天，搬家", "draft", person="songj")
        later = SAID_AT + timedelta(hours=3)
        office.clock = lambda: later.astimezone(UTC)
        await office.submit(decides("huangt", rejected, "1", "rejected"))
        for step, who in enumerate(("chenj", "sunl"), start=1):
            await office.submit(decides(who, decided, str(step)))
        day = await matters(office, SAID_AT - timedelta(hours=1), SAID_AT + timedelta(days=1))
        before = await matters(office, SAID_AT - timedelta(days=1), SAID_AT)
        after = await matters(office, SAID_AT + timedelta(hours=1), SAID_AT + timedelta(days=1))
    assert {one.case for one in day if one.filed} == {decided, waiting, rejected}, "a draft is none"
    ended = {one.case: one.decided - one.filed for one in day if one.decided and one.filed}
    assert ended == {decided: timedelta(hours=3), rejected: timedelta(hours=3)}
    (open_one,) = (one for one in day if one.since)
    assert (open_one.case, open_one.applicant, open_one.waits_for) == (waiting, "zhangw", ("chenj",))
    assert open_one.since == SAID_AT
    assert [one.case for one in before] == [waiting], "what waits is told whenever it was filed"
    assert {one.case for one in after if one.filed} == {decided, rejected}


async def matters(office: Executor, since: datetime, until: datetime) -> tuple[Matter, ...]:
    def look(connection: sa.Connection) -> Any:
        return load(connection, office.world, [], until).caseload.matters(since, until)

    found: tuple[Matter, ...] = await office.run(look)
    return found


@pytest.mark.parametrize(
    ("who", "words", "expected", "absent"),
    [
        ("liuy", "早报", "不在（1）：何斌", "李想"),
        ("liuy", "晚报", "迟到：黄涛", "李想"),
        ("liuy", "部门考勤", "没打卡（1）：谢敏", "李想"),
        ("huangt", "部门考勤", "出差中（1）：吕哲", "刘洋"),
        ("sunl", "部门考勤", "请假（2）：", "没有权限"),
        ("liuy", "一周小结", "出勤率", "黄涛"),
        ("xiem", "部门考勤", "只给负责人、人事和管理员看", "刘洋"),
        ("xiem", "早报", "只给负责人、人事和管理员看", "何斌"),
    ],
)
async def test_who_leads_asks_and_hears_of_the_own_people(
    database_url: str, who: str, words: str, expected: str, absent: str
) -> None:
    noon = at(TUESDAY, "12:00")
    async with executor(database_url) as office:
        office.clock = lambda: at(TUESDAY, "11:00").astimezone(UTC)
        await a_day(office)
        office.clock = lambda: noon.astimezone(UTC)
        await drafted(office, words, "ask", person=who, at=noon)
    ((answer,),) = rows(database_url, f"SELECT words FROM outbox WHERE lane = '{who}'")
    assert expected in answer
    assert absent not in answer


@pytest.mark.parametrize(
    ("words", "read", "expected", "absent"),
    [
        ("部门考勤", "08:25", ("还不知道打没打卡（1）：谢敏", "打卡截至 11月24日 08:25"), "- 没打卡"),
        ("部门考勤", "11:00", ("没打卡（1）：谢敏", "打卡截至 11月24日 11:00"), "还不知道"),
        ("晚报", "08:25", ("打卡 **2/2**", "打卡截至 11月24日 08:25"), "缺卡：谢敏"),
        ("晚报", "11:00", ("缺卡：谢敏", "打卡截至 11月24日 11:00"), "还不知道"),
    ],
)
async def test_nobody_is_missing_by_punches_that_were_read_before_they_came(
    database_url: str, words: str, read: str, expected: tuple[str, ...], absent: str
) -> None:
    async with executor(database_url) as office:
        office.clock = lambda: at(TUESDAY, read).astimezone(UTC)
        await a_day(office)
        office.clock = lambda: at(TUESDAY, "11:30").astimezone(UTC)
        early = Shift(person="wangf", day=TUESDAY, on=at(TUESDAY, "08:00"), off=at(TUESDAY, "17:00"))
        await office.submit(Keep(values=(early, punch("wangf", "07:50"))))
        await drafted(office, words, "ask", person="liuy", at=at(TUESDAY, "12:00"))
    ((answer,),) = rows(database_url, "SELECT words FROM outbox WHERE lane = 'liuy'")
    assert all(one in answer for one in expected)
    assert absent not in answer
