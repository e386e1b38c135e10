"""Approved leave, trips and outings, written back by bots: who is away counts as away, not as absent (contract 7.3)."""

import re
from dataclasses import dataclass, replace

from aiohttp import web

from emulator import moments
from emulator.answers import No, new_no, ok
from emulator.chat import now_ms
from emulator.fields import Body, Fields
from emulator.legacy import between, listed, present, served, span
from emulator.organization import Row
from emulator.platform import Call, Handler, Platform
from emulator.schedule import Schedule

OVERTIME, AWAY, LEAVE = 1, 2, 3  # away: on a trip, or out
_KINDS, _UNITS, _TAGS = (OVERTIME, AWAY, LEAVE), ("day", "halfDay", "hour"), ("请假", "出差", "外出", "加班")
_SHAPES = {
    "day": r"\d{4}-\d\d-\d\d()()",
    "halfDay": r"\d{4}-\d\d-\d\d (AM|PM)()",
    "hour": r"\d{4}-\d\d-\d\d (\d\d):(\d\d)",
}
_LENGTHS = {"approveId": 100, "jumpUrl": 200, "tagName": 20, "subType": 64, "overtimeDuration": 10}
_HALF, _HOUR, _MOST_DAYS, _PEOPLE, _PAGE = moments.DAY_MS // 2, 3_600_000, 31, 100, 20
_TIME_OFF, _PAY, _MOST_HOURS = 1, 2, 24  # what overtime turns into


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """`end` is the first moment after it."""

    approve: str
    userid: str
    kind: int
    start: int
    end: int
    unit: str
    code: str
    duration: float
    tag: str = ""  # 请假, 出差, 外出, 加班
    sort: str = ""  # of leave: 年假, 病假, ...


class Absences:
    """All that were approved, by person and approval."""

    def __init__(self, platform: Platform, schedule: Schedule) -> None:
        self._platform, self._schedule = platform, schedule
        self.reset()

    def reset(self) -> None:
        """None."""
        self._kept: dict[str, dict[str, Absence]] = {}

    def routes(self) -> dict[tuple[str, str], Handler]:
        """Of the control interface: people have their leave approved elsewhere."""
        return {}

    def add(self, app: web.Application) -> None:
        """The platform's calls."""
        app.router.add_post("/v1.0/attendance/approvals/durations/calculate", self._platform.new(self._calculate))
        app.router.add_post("/v1.0/attendance/approvals/finish", self._platform.new(self._finish))
        app.router.add_post("/topapi/attendance/getleavestatus", self._platform.legacy(served(self._leave)))

    def covering(self, userid: str, moment: int) -> Absence | None:
        """Why the person need not clock at that moment."""
        mine = self._kept.get(userid, {}).values()
        return next((one for one in mine if one.kind != OVERTIME and one.start <= moment <= one.end), None)

    def between(self, userid: str, start: int, end: int) -> list[Absence]:
        """What was approved for the person in that time, overtime too."""
        return [one for one in self._kept.get(userid, {}).values() if one.start < end and start < one.end]

    def cancel(self, userid: str, approve: str) -> bool:
        """Take it back; whether there was one."""
        return self._kept.get(userid, {}).pop(approve, None) is not None

    async def _calculate(self, call: Call) -> web.Response:
        absence, detail = self._read(call, Fields(call.body, _wrong))
        return _told(absence, detail)

    async def _finish(self, call: Call) -> web.Response:
        fields = Fields(call.body, _wrong)
        absence, detail = self._read(call, fields.within("topCalculateApproveDurationParam"))
        needed = {LEAVE: ("subType",), OVERTIME: ("overtimeDuration",)}.get(absence.kind, ())
        for name in ("approveId", "jumpUrl", "tagName", *needed):
            if not 0 < len(fields.text(name)) <= _LENGTHS[name]:
                raise _wrong(name)
        if fields.text("tagName") not in _TAGS:
            raise _wrong("tagName")
        if absence.kind == OVERTIME:
            _check_overtime(fields)
        absence = replace(absence, tag=fields.text("tagName"), sort=fields.text("subType"))
        self._kept.setdefault(absence.userid, {})[absence.approve] = absence
        return _told(absence, detail)

    def _read(self, call: Call, fields: Fields) -> tuple[Absence, list[Body]]:
        """The absence that is asked about, and how much of it falls on each day."""
        userid = call.query.get("userId", "")
        kind, unit = fields.whole("bizType"), fields.text("durationUnit")
        if userid not in self._platform.organization.users:
            raise _wrong("userId")
        if kind not in _KINDS:
            raise new_no(400, "illegalApproveType", "bizType is illegal")
        if unit not in _UNITS:
            raise new_no(400, "illegalDurationUnit", "durationUnit is illegal")
        if kind == OVERTIME and unit != "hour":
            raise new_no(400, "illegalOvertimeDurationUnit", "durationUnit is illegal: overtime is in hours")
        if fields.whole("calculateModel") not in (0, 1):
            raise new_no(400, "illegalCalculateType", "calculateModel is illegal")
        start, _ = _moment(fields, "fromTime", unit)
        last, end = _moment(fields, "toTime", unit)
        if last < start:
            raise new_no(400, "beginDateCannotAfterEndDate", "fromTime is after toTime")
        if end - start > (1 if kind == OVERTIME else _MOST_DAYS) * moments.DAY_MS:
            raise new_no(400, "durationTooLong", "the duration is too long")
        reach = self._platform.options.approval_days
        if reach and start < moments.at(moments.day(now_ms())) - reach * moments.DAY_MS:
            raise new_no(400, "dateTooEarly", f"fromTime is more than {reach} days ago")
        working = fields.whole("calculateModel") == 1 and kind != OVERTIME  # most of it is on days of rest
        detail: list[Body] = []
        for day in moments.days(moments.day(start), moments.day(max(start, end - 1))):
            midnight = moments.at(day)
            part = min(end, midnight + moments.DAY_MS) - max(start, midnight)
            if not working or self._schedule.works(userid, day):
                share = part / (_HOUR if unit == "hour" else moments.DAY_MS)
                detail.append({"date": midnight, "duration": round(share, 2)})
        absence = Absence(
            approve=Fields(call.body, _wrong).text("approveId"), userid=userid, kind=kind, start=start, end=end,
            unit=unit, code=fields.text("leaveCode"), duration=round(sum(one["duration"] for one in detail), 2),
        )  # fmt: skip
        return absence, detail

    def _leave(self, asked: Fields) -> Row:
        people = listed(asked, "userid_list", _PEOPLE)
        start, end = between(asked, "start_time", "end_time", 180 * moments.DAY_MS)
        present(asked, "offset", "size")
        first, last = span(asked, "offset", _PAGE)
        rows = [
            {
                "userid": one.userid,
                "start_time": one.start,
                "end_time": one.end,
                "duration_unit": "percent_hour" if one.unit == "hour" else "percent_day",
                "duration_percent": round(one.duration * 100),
                **({"leave_code": one.code} if one.code else {}),
            }
            for userid in dict.fromkeys(people)
            for one in self._kept.get(userid, {}).values()
            if one.kind == LEAVE and one.start <= end and one.end > start
        ]
        return {"has_more": last < len(rows), "leave_status": rows[first:last]}


def _moment(fields: Fields, name: str, unit: str) -> tuple[int, int]:
    """Beginning and end of the day, the half day or the minute that is written."""
    text = fields.text(name)
    shape = re.fullmatch(_SHAPES[unit], text, re.ASCII)
    try:
        midnight = moments.read(text[:10])
    except ValueError:
        raise _wrong(name) from None
    if shape is None and unit == "halfDay":
        raise new_no(400, "illegalDateTypeForHalfDay", f"{name} is not a half day")
    if shape is None:
        raise _wrong(name)
    if unit == "hour":
        if int(shape[1]) > 24 or int(shape[2]) > 59:
            raise _wrong(name)
        moment = midnight + int(shape[1]) * _HOUR + int(shape[2]) * 60_000
        return moment, moment
    if unit == "day":
        return midnight, midnight + moments.DAY_MS
    start = midnight + (_HALF if shape[1] == "PM" else 0)
    return start, start + _HALF


def _check_overtime(fields: Fields) -> None:
    """How many hours, and what they turn into."""
    if not re.fullmatch(r"\d+(\.\d+)?", fields.text("overtimeDuration"), re.ASCII):
        raise _wrong("overtimeDuration")
    if fields.whole("overTimeToMore") not in (_TIME_OFF, _PAY):
        raise _wrong("overTimeToMore")
    if float(fields.text("overtimeDuration")) > _MOST_HOURS:
        raise new_no(400, "overtimeDurationTooLong", "overtimeDuration is too long")


def _told(absence: Absence, detail: list[Body]) -> web.Response:
    return ok({"success": True, "result": {"duration": absence.duration, "durationDetail": detail}})


def _wrong(name: str) -> No:
    return new_no(400, "invalidRequestParams", f"{name} is invalid")
