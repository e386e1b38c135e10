"""A person's day as the platform sums it up: what was due and came of it, approvals, all clocks (contract 7.3)."""

from datetime import date

from aiohttp import web

from emulator import moments
from emulator.absences import Absence, Absences
from emulator.answers import old_no, old_wrong
from emulator.attendance import Attendance
from emulator.clocks import Clock
from emulator.fields import Fields
from emulator.legacy import needed, served
from emulator.organization import Row
from emulator.platform import Platform
from emulator.schedule import Schedule
from emulator.shifts import Shift


class DaySheets:
    """The handler."""

    def __init__(self, platform: Platform, schedule: Schedule, attendance: Attendance, absences: Absences) -> None:
        self._platform, self._schedule = platform, schedule
        self._attendance, self._absences = attendance, absences

    def add(self, app: web.Application) -> None:
        """The platform's call."""
        app.router.add_post("/topapi/attendance/getupdatedata", self._platform.legacy(served(self._day)))

    def _day(self, asked: Fields) -> Row:
        userid, written = needed(asked, "userid"), needed(asked, "work_date")
        if userid not in self._platform.organization.users:
            raise old_no(60121, "找不到该用户")
        try:
            day = moments.day(moments.read(written))
            midnight, noon = moments.at(day), moments.at(day, 720)
            clocks = [one for one in self._attendance.around(userid, noon) if self._day_of(one) == day]
        except (ValueError, OverflowError):
            raise old_wrong("work_date") from None
        shift = self._schedule.shift(userid, day)
        return {
            "work_date": moments.written(midnight),
            "userid": userid,
            "corpId": self._platform.organization.corp,
            "attendance_result_list": [
                _result(self._attendance.result(plan), plan.shift) for plan in self._schedule.plans(userid, day)
            ],
            "approve_list": [
                _approved(one) for one in self._absences.between(userid, midnight, midnight + moments.DAY_MS)
            ],
            "check_record_list": [_record(one) for one in clocks],
            "class_setting_info": {} if shift is None else {"class_id": shift.number, "class_name": shift.name},
        }

    def _day_of(self, clock: Clock) -> date:
        """The day of the shift that it belongs to: in the morning after a night shift that is the day before."""
        due = self._attendance.due(clock.userid, clock.check, clock.moment)
        return due.day if due else moments.day(clock.moment)


def _result(row: Row, shift: Shift) -> Row:
    """A row of `/attendance/list` in the words of this call; without a clock it tells no time of one."""
    clocked = {"user_check_time": moments.written(row["userCheckTime"])} if row["recordId"] else {}
    return {
        "record_id": row["recordId"],
        "plan_id": row["planId"],
        "group_id": row["groupId"],
        "class_id": shift.number,
        "check_type": row["checkType"],
        "plan_check_time": moments.written(row["baseCheckTime"]),
        "time_result": row["timeResult"],
        "location_result": row["locationResult"],
        "source_type": row["sourceType"],
        **clocked,
        **({"procInst_id": row["approveId"]} if "approveId" in row else {}),
    }


def _approved(one: Absence) -> Row:
    return {
        "biz_type": one.kind,
        "tag_name": one.tag,
        "sub_type": one.sort,
        "begin_time": moments.written(one.start),
        "end_time": moments.written(one.end),
        "duration": str(one.duration),
        "duration_unit": "HOUR" if one.unit == "hour" else "DAY",
        "procInst_id": one.approve,
    }


def _record(clock: Clock) -> Row:
    return {
        "record_id": clock.number,
        "user_check_time": moments.written(clock.moment),
        "valid_matched": True,
        "source_type": clock.source,
        **({"user_ssid": clock.wifi} if clock.wifi else {}),
    }
