"""What the platform is told of approved cases, against the emulator: who is on leave, what is mended, taken back."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.wire.attendance import BEIJING, Attendance, midnight, ms
from bot.wire.errors import Refused
from tests.wire.platform import platform, reply
from tests.wire.test_against_emulator import Office, emulator, office
from tests.wire.test_attendance import GROUPS, MONDAY, SCHEDULE, TUESDAY

__all__ = ["emulator"]  # the fixture

LEAVE = {
    "call": "finish", "person": "lead", "approval": "QJ-1", "link": "https://nod.example/", "kind": "leave",
    "name": "年假", "days": "working", "from": "2026-11-23 下午", "to": "2026-11-24 下午", "unit": "half",
}  # fmt: skip
MEND = {
    "call": "correct", "person": "lead", "approval": "BK-1", "link": "https://nod.example/", "operator": "boss",
    "day": "2026-11-23", "clock": "08:20", "punch": "in",
}  # fmt: skip


async def on_leave(it: Office) -> list[Any]:
    body = {
        "userid_list": "lead,u1", "start_time": ms(midnight(MONDAY)), "end_time": ms(midnight(TUESDAY)),
        "offset": 0, "size": 20,
    }  # fmt: skip
    answer = await it.client.caller.legacy("/topapi/attendance/getleavestatus", body)
    return list(answer["result"]["leave_status"])


async def results(it: Office, userid: str, day: str = "2026-11-23") -> dict[str, tuple[str, str]]:
    """Result and source of each clock that was due."""
    body = {
        "workDateFrom": f"{day} 00:00:00", "workDateTo": f"{day} 00:00:00", "userIdList": [userid], "offset": 0,
        "limit": 50,
    }  # fmt: skip
    answer = await it.client.caller.legacy("/attendance/list", body)
    return {row["checkType"]: (row["timeResult"], row["sourceType"]) for row in answer["recordresult"]}


async def test_leave_counts_until_it_is_taken_back(emulator: str) -> None:
    async with office(emulator, listen=False) as it:
        await it.person("PUT", "/schedule", GROUPS)
        await it.client.attend(LEAVE)
        await it.client.attend(LEAVE)  # again, for the answer was lost
        (row,) = await on_leave(it)
        noon = datetime(2026, 11, 23, 12, tzinfo=BEIJING)
        assert (row["userid"], row["start_time"], row["duration_percent"]) == ("lead", ms(noon), 150)
        assert (await results(it, "lead"))["OffDuty"] == ("Normal", "APPROVE")
        assert (await results(it, "lead"))["OnDuty"] == ("NotSigned", "SYSTEM")
        await it.client.attend({"call": "cancel", "person": "lead", "approval": "QJ-1", "link": ""})
        assert await on_leave(it) == []


@pytest.mark.parametrize(
    ("kind", "unit", "start", "end"),
    [
        ("trip", "day", "2026-11-23", "2026-11-24"),
        ("outing", "hour", "2026-11-23 08:00", "2026-11-23 23:59"),
        ("rest", "day", "2026-11-23", "2026-11-23"),
    ],
)
async def test_who_is_away_is_not_missing(emulator: str, kind: str, unit: str, start: str, end: str) -> None:
    async with office(emulator, listen=False) as it:
        await it.person("PUT", "/schedule", GROUPS)
        await it.client.attend({**LEAVE, "kind": kind, "unit": unit, "from": start, "to": end})
        assert set((await results(it, "lead")).values()) == {("Normal", "APPROVE")}


async def test_overtime_is_taken_in_hours(emulator: str) -> None:
    async with office(emulator, listen=False) as it:
        facts = {**LEAVE, "kind": "overtime", "unit": "hour", "hours": "2", "for": "time_off"}
        await it.client.attend({**facts, "from": "2026-11-23 19:00", "to": "2026-11-23 21:00"})
        with pytest.raises(Refused):
            await it.client.attend({**facts, "from": "2026-11-23 19:00", "to": "2026-11-25 21:00"})


async def test_a_corrected_clock_counts_as_one_in_time(emulator: str) -> None:
    async with office(emulator, listen=False) as it:
        await it.person("PUT", "/schedule", GROUPS)
        await it.client.attend(MEND)
        assert await results(it, "lead") == {"OnDuty": ("Normal", "APPROVE"), "OffDuty": ("NotSigned", "SYSTEM")}
        await it.client.attend({**MEND, "approval": "BK-2", "punch": "both", "day": "2026-11-24", "clock": ""})
        assert set((await results(it, "lead", "2026-11-24")).values()) == {("Normal", "APPROVE")}
        with pytest.raises(Refused):
            await it.client.attend({**MEND, "day": "2026-11-29", "clock": ""})  # a Sunday
        await it.client.attend({**MEND, "person": "boss"})  # in no attendance group: nothing to mend


async def test_the_end_of_a_night_shift_is_of_the_day_before(emulator: str) -> None:
    async with office(emulator, listen=False) as it:
        await it.person("PUT", "/schedule", GROUPS)
        night = {**MEND, "person": "u1", "punch": "out", "day": "2026-11-24", "clock": "06:00"}
        await it.client.attend(night)
        assert await results(it, "u1", "2026-11-23") == {
            "OnDuty": ("NotSigned", "SYSTEM"), "OffDuty": ("Normal", "APPROVE"),
        }  # fmt: skip
        assert (await results(it, "u1", "2026-11-24"))["OffDuty"] == ("NotSigned", "SYSTEM")


ROTA = {
    "groups": [
        {
            "name": "仓库", "type": "TURN", "members": ["lead", "u1"],
            "shifts": [
                {"name": "早班", "on": "06:00", "off": "14:00", "days": [1, 2, 3, 4, 5], "members": ["lead"]},
                {"name": "夜班", "on": "22:00", "off": "06:00", "days": [1, 2, 3, 4, 5], "members": ["u1"]},
            ],
        }
    ]
}  # fmt: skip


async def test_an_approved_swap_shows_in_the_schedule(emulator: str) -> None:
    facts = {"call": "swap", "person": "lead", "other": "u1", "approval": "HB-1", "operator": "boss", "link": "x"}
    async with office(emulator, listen=False) as it:
        await it.person("PUT", "/schedule", ROTA)
        await it.client.attend({**facts, "day": "2026-11-23", "back": ""})
        planned = await Attendance(it.client.caller).planned("boss", ["lead", "u1"], MONDAY, TUESDAY)
        begins = {(one.shift.person, one.shift.day): one.shift.on and f"{one.shift.on:%H:%M}" for one in planned}
        assert begins == {
            ("lead", MONDAY): "22:00", ("u1", MONDAY): "06:00", ("lead", TUESDAY): "06:00", ("u1", TUESDAY): "22:00",
        }  # fmt: skip
        await it.person("PUT", "/schedule", GROUPS)
        with pytest.raises(Refused):  # by the week: no rota
            await it.client.attend({**facts, "approval": "HB-2", "day": "2026-11-23", "back": ""})


async def test_a_swap_names_the_shifts_of_both_on_both_days() -> None:
    def planned(body: Any) -> Any:
        day = datetime.fromtimestamp(body["from_date_time"] / 1000, BEIJING)
        shift = {"lead": 1, "u1": 2} if day.date() == MONDAY else {"lead": 3, "u1": 0}
        rows = [
            {"userid": userid, "id": 9, "check_type": kind, "work_date": f"{day:%Y-%m-%d} 00:00:00", "group_id": 1,
             "shift_id": number, "is_rest": "N" if number else "Y",
             "plan_check_time": f"{day + timedelta(hours=hour):%Y-%m-%d %H:%M:%S}"}
            for userid, number in shift.items() for kind, hour in (("OnDuty", 8), ("OffDuty", 17))
        ]  # fmt: skip
        return reply({"errcode": 0, "result": rows})

    async with platform() as (it, client):
        it.always[SCHEDULE] = planned
        facts = {"call": "swap", "person": "lead", "other": "u1", "approval": "HB-1", "operator": "boss", "link": "x"}
        await client.attend({**facts, "day": "2026-11-23", "back": "2026-11-24"})
        assert it.asked("/topapi/attendance/approve/schedule/switch") == [
            {
                "userid": "lead", "apply_userid": "lead", "target_userid": "u1", "approve_id": "HB-1",
                "switch_date": "2026-11-23", "apply_shift_id": 1, "target_shift_id": 2,
                "reback_date": "2026-11-24", "reback_apply_shift_id": 3, "reback_target_shift_id": 0,
            }
        ]  # fmt: skip
