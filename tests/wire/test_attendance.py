"""Attendance is read from the emulator into rows: which shifts count, which punches, and by how many calls."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.attendance import AttendanceReader
from bot.wire.attendance import BEIJING, Attendance
from domain.attendance import rules
from domain.attendance.presence import Presence
from domain.attendance.punches import Checkin, Punch
from domain.people import Organization
from store.calendar import LoadedCalendar
from store.executor import Executor
from tests.store.office import executor
from tests.wire.platform import platform, reply
from tests.wire.test_against_emulator import Office, emulator, office

__all__ = ["emulator"]  # the fixture

MONDAY, TUESDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 10, 10)
GROUPS = {
    "groups": [
        {"name": "财务", "members": ["lead"], "shifts": [{"name": "白班", "on": "08:30", "off": "18:00"}]},
        {"name": "夜班", "members": ["u1"], "shifts": [{"name": "夜班", "on": "22:00", "off": "06:00"}]},
    ]
}


@dataclass(slots=True)
class Reading:
    """A reader of the emulator's attendance, and the rows behind it."""

    people: Office
    executor: Executor
    reader: AttendanceReader
    names: tuple[str, ...] = field(default=("boss", "lead", "u1"))

    async def read(self, what: Any, since: date, until: date | None = None) -> None:
        await self.reader.read(what, self.names, since, until or since)

    async def presence(self, since: date, until: date | None = None) -> Presence:
        found: Presence = await self._calendar(lambda calendar: calendar.presence(since, until or since))
        return found

    async def punches(self, day: date) -> list[Punch]:
        found = await self._calendar(lambda calendar: calendar.punches(day, day))
        return sorted(found, key=lambda one: one.id)

    async def checkins(self, since: date, until: date) -> tuple[Checkin, ...]:
        found: tuple[Checkin, ...] = await self._calendar(lambda calendar: calendar.checkins(since, until))
        return found

    async def _calendar(self, look: Any) -> Any:
        world = self.executor.world
        return await self.executor.run(
            lambda connection: look(LoadedCalendar(connection=connection, world=world, kept={}))
        )

    async def clocks(self, userid: str, kind: str, at: str, **more: Any) -> None:
        body = {"userid": userid, "type": kind, "at": ms(at), **more}
        await self.people.person("POST", "/attendance", body)


def ms(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=BEIJING).timestamp() * 1000)


@asynccontextmanager
async def reading(url: str, database_url: str) -> AsyncIterator[Reading]:
    async with office(url, listen=False) as people, executor(database_url) as running:
        running.world = replace(running.world, attendance=rules.Attendance(operator="boss"))
        reader = AttendanceReader(executor=running, platform=Attendance(people.client.caller))
        await people.person("PUT", "/schedule", GROUPS)
        yield Reading(people=people, executor=running, reader=reader)


async def test_shifts_are_read_as_they_count(emulator: str, database_url: str) -> None:
    async with reading(emulator, database_url) as it:
        await it.read("shifts", date(2026, 10, 1), SATURDAY)
        known = await it.presence(date(2026, 10, 1), SATURDAY)
        assert known.works("lead", date(2026, 10, 1)) is False, "国庆, a Thursday"
        assert known.works("lead", date(2026, 10, 9)) is True
        made_up, night = known.shift("lead", SATURDAY), known.shift("u1", SATURDAY)
        assert made_up
        assert made_up.on
        assert f"{made_up.on.astimezone(BEIJING):%m-%d %H:%M}" == "10-10 08:30"
        assert (made_up.team, made_up.on_plan) == ("财务", "")
        assert night
        assert night.off
        assert f"{night.off.astimezone(BEIJING):%m-%d %H:%M}" == "10-11 06:00"
        friday = known.shift("lead", date(2026, 10, 9))
        assert friday
        assert friday.on_plan != friday.off_plan
        assert known.shift("boss", SATURDAY) is None, "in no group"


async def test_nobody_has_a_shift_before_their_first_day(emulator: str, database_url: str) -> None:
    async with reading(emulator, database_url) as it:
        known = it.executor.world.organization
        new = [replace(known.people["lix"], userid=one, hired=TUESDAY) for one in ("lead", "u1")]
        company = Organization(people=new, departments=known.departments.values())
        it.executor.world = replace(it.executor.world, organization=company)
        await it.read("shifts", MONDAY, TUESDAY)
        presence = await it.presence(MONDAY, TUESDAY)
        assert {day for day, _ in presence.shifts} == {TUESDAY.isoformat()}


async def test_who_leaves_a_group_has_no_shift_any_more(emulator: str, database_url: str) -> None:
    async with reading(emulator, database_url) as it:
        await it.read("shifts", MONDAY, TUESDAY)
        assert (await it.presence(MONDAY)).shift("lead", MONDAY)
        await it.people.person("PUT", "/schedule", {"groups": GROUPS["groups"][1:]})
        await it.read("shifts", TUESDAY)
        known = await it.presence(MONDAY, TUESDAY)
        assert known.shift("lead", TUESDAY) is None
        assert known.shift("lead", MONDAY), "that day was not read again"
        assert known.shift("u1", TUESDAY)


async def test_punches_belong_to_the_day_of_their_shift(emulator: str, database_url: str) -> None:
    async with reading(emulator, database_url) as it:
        await it.read("shifts", MONDAY)
        await it.clocks("lead", "OnDuty", "2026-11-23 08:50")
        await it.clocks("lead", "OffDuty", "2026-11-23 12:00")
        await it.clocks("lead", "OffDuty", "2026-11-23 18:05", location={"address": "上海", "outside": True})
        await it.clocks("u1", "OnDuty", "2026-11-23 21:50")
        await it.clocks("u1", "OffDuty", "2026-11-24 06:02")
        await it.read("punches", MONDAY)
        found = [
            (one.person, one.kind, f"{one.at.astimezone(BEIJING):%d %H:%M}", one.result, one.place)
            for one in await it.punches(MONDAY)
        ]
        assert found == [
            ("lead", "in", "23 08:50", "late", "normal"),
            ("lead", "out", "23 18:05", "normal", "outside"),
            ("u1", "in", "23 21:50", "normal", "normal"),
            ("u1", "out", "24 06:02", "normal", "normal"),
        ]
        assert await it.punches(TUESDAY) == []


async def test_check_ins_are_read(emulator: str, database_url: str) -> None:
    async with reading(emulator, database_url) as it:
        for at, place in (("2026-11-23 10:00", "客户甲"), ("2026-11-24 15:00", "客户乙")):
            body = {"userid": "u1", "place": place, "detail_place": f"上海市 {place}", "remark": "拜访", "at": ms(at)}
            await it.people.person("POST", "/checkins", {**body, "images": ["a", "b"]})
        await it.read("checkins", MONDAY, TUESDAY)
        await it.read("checkins", MONDAY, TUESDAY)
        found = await it.checkins(MONDAY, TUESDAY)
        assert [(one.place, one.remark, one.photos) for one in found] == [
            ("上海市 客户甲", "拜访", 2), ("上海市 客户乙", "拜访", 2),
        ]  # fmt: skip
        assert [one.place for one in await it.checkins(TUESDAY, TUESDAY)] == ["上海市 客户乙"]


SCHEDULE, RECORDS, CHECKINS = (
    "/topapi/attendance/schedule/listbyusers", "/attendance/listRecord", "/topapi/checkin/record/get",
)  # fmt: skip


@pytest.mark.parametrize(
    ("what", "path", "people", "days", "calls"),
    [
        ("shifts", SCHEDULE, 120, 7, 3),
        ("shifts", SCHEDULE, 1, 8, 2),
        ("checkins", CHECKINS, 25, 1, 3),
        ("checkins", CHECKINS, 2, 10, 2),
        ("checkins", CHECKINS, 30, 2, 6),
        ("punches", RECORDS, 120, 1, 0),
    ],
)
async def test_few_calls_are_made(what: Any, path: str, people: int, days: int, calls: int, database_url: str) -> None:
    async with platform() as (it, client), executor(database_url) as running:
        it.always[path] = lambda _: reply({"errcode": 0, "result": []})
        it.always["/topapi/attendance/getsimplegroups"] = lambda _: reply({"errcode": 0, "result": {"groups": []}})
        reader = AttendanceReader(executor=running, platform=Attendance(client.caller))
        names = [f"u{number}" for number in range(people)]
        await reader.read(what, names, MONDAY, MONDAY + timedelta(days=days - 1))
        assert len(it.asked(path)) == calls, "nobody has a shift of whom punches could be asked" if not calls else ""


async def test_who_rests_is_not_asked_for_punches(database_url: str) -> None:
    def planned(body: Any) -> Any:
        days = ({"userid": "a", "is_rest": "N", "shift_id": 5}, {"userid": "b", "is_rest": "Y", "shift_id": 0})
        return reply({
            "errcode": 0,
            "result": [
                {**row, "id": 7, "check_type": kind, "work_date": "2026-11-23 00:00:00", "group_id": 1,
                 "plan_check_time": f"2026-11-23 {clock}:00"}
                for row in days for kind, clock in (("OnDuty", "09:00"), ("OffDuty", "18:00"))
            ],
        })  # fmt: skip

    async with platform() as (it, client), executor(database_url) as running:
        it.always[SCHEDULE] = planned
        it.always[RECORDS] = lambda _: reply({"errcode": 0, "recordresult": []})
        it.always["/topapi/attendance/getsimplegroups"] = lambda _: reply({"errcode": 0, "result": {"groups": []}})
        reader = AttendanceReader(executor=running, platform=Attendance(client.caller))
        await reader.read("shifts", ["a", "b", "c"], MONDAY, MONDAY)
        await reader.read("punches", ["a", "b", "c"], MONDAY, MONDAY)
        assert [body["userIds"] for body in it.asked(RECORDS)] == [["a"]]
