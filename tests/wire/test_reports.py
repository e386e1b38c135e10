"""Logs on the platform's own form, read from the emulator: another program's reading of the same contract."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from bot.reports import LogsReader
from bot.wire.api import DingTalk
from bot.wire.reports import read_logs
from cards.log_templates import USUAL
from domain.logs import Template
from tests.store import office as office_
from tests.store.test_executor import rows
from tests.wire.test_against_emulator import emulator, office

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, tzinfo=ZONE)
__all__ = ["emulator"]


def filed(person: str, template: str, at: datetime, **answers: str) -> dict[str, Any]:
    contents = [{"key": key, "value": value} for key, value in answers.items()]
    moment = round(at.timestamp() * 1000)
    return {"userid": person, "template_name": template, "at": moment, "contents": contents}


async def test_logs_of_the_form_are_read_page_by_page_and_again_the_same(emulator: str) -> None:
    async with office(emulator, listen=False) as it:
        for n in range(43):
            at = MONDAY + timedelta(hours=10, minutes=n)
            await it.person("POST", "/reports", filed("u1", "日报", at, 今日完成工作=f"第{n}件", 未完成工作="无"))
        until = MONDAY + timedelta(days=1)
        logs = await read_logs(it.client, MONDAY, until)
        assert len({one.id for one in logs}) == 43
        assert {(one.person, one.kind, one.day, one.template, one.source) for one in logs} == {
            ("u1", "day", date(2026, 11, 23), "日报", "form")
        }
        assert (("今日完成工作", "第42件"), ("未完成工作", "无")) in {one.contents for one in logs}
        assert {one.id: one for one in await read_logs(it.client, MONDAY, until)} == {one.id: one for one in logs}
        assert await read_logs(it.client, until, until + timedelta(days=1)) == []


async def test_what_a_log_of_the_form_tells_of(emulator: str) -> None:
    async with office(emulator, listen=False) as it:
        rows = (
            ("周报", MONDAY + timedelta(days=4, hours=18), "week", date(2026, 11, 23)),
            ("月报", MONDAY + timedelta(days=7, hours=18), "month", date(2026, 11, 1)),
            ("工作周报", MONDAY + timedelta(hours=2), "week", date(2026, 11, 16)),
            ("客户拜访记录", MONDAY + timedelta(hours=26), "visit", date(2026, 11, 23)),
            ("工作日志", MONDAY + timedelta(hours=9), "day", date(2026, 11, 23)),
            ("施工记录", MONDAY + timedelta(hours=9), "day", date(2026, 11, 23)),
        )
        for template, at, _, _ in rows:
            await it.person("POST", "/reports", filed("lead", template, at, 内容="x"))
        for private in ("绩效面谈记录", "心理咨询日志", "每日6+事"):
            await it.person("POST", "/reports", filed("lead", private, MONDAY + timedelta(hours=9), 薪资="三万"))
        own = Template(name="施工记录", kind="day")
        logs = await read_logs(it.client, MONDAY, MONDAY + timedelta(days=14), (*USUAL, own))
        found = {(one.template, one.kind, one.day) for one in logs if one.person == "lead"}
    assert found == {(template, kind, day) for template, _, kind, day in rows}


async def test_what_is_read_is_kept_once_and_follows_its_changes(emulator: str, database_url: str) -> None:
    evening = MONDAY + timedelta(days=21, hours=18)
    async with office(emulator, listen=False) as it, office_.executor(database_url) as executor:
        read = LogsReader(executor=executor, platform=it.client)
        await it.person("POST", "/reports", filed("boss", "日报", evening - timedelta(days=10), 内容="早先"))
        await it.person("POST", "/reports", filed("boss", "日报", evening - timedelta(days=50), 内容="上上个月"))
        await read(evening, evening)
        await read(evening, evening)
        mine = "SELECT contents FROM logs WHERE person = 'boss' ORDER BY at_ms"
        assert ["早先" in row[0] for row in rows(database_url, mine)] == [True]
        await it.person("POST", "/reports", filed("boss", "日报", evening + timedelta(minutes=1), 内容="刚才"))
        await read(evening, evening + timedelta(minutes=2))
        assert ["刚才" in row[0] for row in rows(database_url, mine)] == [False, True]


async def test_a_weekly_of_monday_morning_tells_of_the_week_before_that_has_none(
    emulator: str, database_url: str
) -> None:  # fmt: skip
    morning = MONDAY + timedelta(days=21, hours=9)
    async with office(emulator, listen=False) as it, office_.executor(database_url) as executor:
        read = LogsReader(executor=executor, platform=it.client)
        await it.person("POST", "/reports", filed("u1", "周报", morning - timedelta(days=3), 内容="按时"))
        for person in ("u1", "lead"):
            await it.person("POST", "/reports", filed(person, "周报", morning, 内容="周一"))
        await it.person("POST", "/reports", filed("lead", "周报", morning + timedelta(minutes=5), 内容="又一篇"))
        await it.person("POST", "/reports", filed("boss", "周报", morning + timedelta(hours=3), 内容="中午"))
        for _ in range(2):
            await read(morning, morning + timedelta(hours=5))
        kept = rows(database_url, "SELECT person, contents, day FROM logs WHERE kind = 'week'")
    week, last = "2026-12-14", "2026-12-07"
    assert {(who, said.split('"')[3], day) for who, said, day in kept} == {
        ("u1", "按时", last), ("u1", "周一", week), ("lead", "周一", last), ("lead", "又一篇", week), ("boss", "中午", week),
    }  # fmt: skip


async def test_a_month_is_told_of_whole_and_nothing_is_read_twice(emulator: str, database_url: str) -> None:
    def october(day: int, hour: int = 9) -> datetime:
        return datetime(2026, 10, 1, hour, tzinfo=ZONE) + timedelta(days=day - 1)

    clock: list[datetime] = []
    async with office(emulator, listen=False) as it, office_.executor(database_url) as executor:

        async def asked(job: str, at: datetime, real: datetime | None = None) -> datetime | None:
            """From when on a process that has just begun asks the platform."""
            clock[:] = [real or at]
            spied = Spied(it.client)
            await LogsReader(executor=executor, platform=cast(Any, spied), clock=lambda: clock[0])(at, at, job)
            return spied.since

        for day in (20, 28, 31):
            await it.person("POST", "/reports", filed("boss", "日报", october(day, 18), 内容=f"{day}日"))
        assert await asked("summary_week", october(26)) == october(19, 0)
        assert await asked("summary_week", october(33)) == october(26) - timedelta(minutes=10), "not from Monday on"
        mine = "SELECT day FROM logs WHERE person = 'boss' AND day LIKE '2026-10%' ORDER BY day"
        assert [row[0] for row in rows(database_url, mine)] == ["2026-10-20", "2026-10-28", "2026-10-31"]
        assert await asked("log_evening", october(33, 18)) == october(33) - timedelta(minutes=10)
        assert await asked("summary_month", october(33, 19)) == october(1, 0), "what was before was never read"
        assert await asked("summary_month", october(33, 20)) == october(33, 19) - timedelta(minutes=10)
        assert await asked("log_evening", october(12)) is None, "a job as of a day that is over"
        ahead = october(60, 18)
        assert await asked("log_week", ahead, october(33, 21)) == october(54, 0), "there is a gap before that week"
        assert await asked("log_evening", ahead, october(33, 22)) == october(60, 0), "as of a day to come"
        assert await asked("summary_week", october(40)) == october(33, 20) - timedelta(minutes=10)


@dataclass
class Spied:
    """The platform, and from when on it was asked."""

    client: DingTalk
    since: datetime | None = None

    async def reports(self, **span: int) -> AsyncIterator[dict[str, Any]]:
        self.since = datetime.fromtimestamp(span["changed_since_ms"] / 1000, ZONE)
        async for row in self.client.reports(**span):
            yield row
