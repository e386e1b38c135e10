"""Approved leave, trips and outings, written back by bots: who is away counts as away, not as absent (contract 7.3)."""

import re
from dataclasses import dataclass

from aiohttp import web

from emulator import moments
from emulator.answers import No, new_no, ok
from emulator.fields import Body, Fields
from emulator.legacy import between, listed, present, served, span
from emulator.organization import Row
from emulator.platform import Call, Handler, Platform
from emulator.schedule import Schedule

LEAVE = 3
_KINDS, _UNITS = (1, 2, LEAVE), ("day", "halfDay", "hour")  # overtime, trip and outing, leave
_SHAPES = {
    "day": r"\d{4}-\d\d-\d\d()()",
    "halfDay": r"\d{4}-\d\d-\d\d (AM|PM)()",
    "hour": r"\d{4}-\d\d-\d\d (\d\d):(\d\d)",
}
_HALF, _HOUR, _MOST_DAYS, _PEOPLE, _PAGE = moments.DAY_MS // 2, 3_600_000, 31, 100, 20


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


class Absences:
    """All that were approved, by person and approval."""

    def __init__(self, platform: Platform, schedule: Schedule) -> None:
        self._platform, self._schedule = platform, schedule
        self.reset()

    def reset(self) -> None:
        """None."""
        self._kept: dict[tuple[str, str], Absence] = {}

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
        mine = (one for one in self._kept.values() if one.userid == userid and one.kind in (2, LEAVE))
        return next((one for one in mine if one.start <= moment <= one.end), None)

    def cancel(self, userid: str, approve: str) -> bool:
        """Take it back; whether there was one."""
        return self._kept.pop((userid, approve), None) is not None

    async def _calculate(self, call: Call) -> web.Response:
        absence, detail = self._read(call, Fields(call.body, _wrong))
        return _told(absence, detail)

    async def _finish(self, call: Call) -> web.Response:
        fields = Fields(call.body, _wrong)
        absence, detail = self._read(call, fields.within("topCalculateApproveDurationParam"))
        for name in ("approveId", "jumpUrl", "tagName", *(("subType",) if absence.kind == LEAVE else ())):
            if not fields.text(name):
                raise _wrong(name)
        self._kept[absence.userid, absence.approve] = absence
        return _told(absence, detail)

    def _read(self, call: Call, fields: Fields) -> tuple[Absence, list[Body]]:
        """The absence that is asked about, and how much of it falls on each day."""
        userid = call.query.get("userId", "")
        kind, unit, working = fields.whole("bizType"), fields.text("durationUnit"), fields.whole("calculateModel") == 1
        if userid not in self._platform.organization.users:
            raise _wrong("userId")
        if kind not in _KINDS:
            raise new_no(400, "illegalApproveType", "bizType is illegal")
        if unit not in _UNITS or (kind == 1 and unit != "hour"):
            raise new_no(400, "illegalDurationUnit", "durationUnit is illegal")
        start, _ = _moment(fields, "fromTime", unit)
        last, end = _moment(fields, "toTime", unit)
        if last < start:
            raise new_no(400, "beginDateCannotAfterEndDate", "fromTime is after toTime")
        if end - start > (1 if kind == 1 else _MOST_DAYS) * moments.DAY_MS:
            raise new_no(400, "durationTooLong", "the duration is too long")
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
            for one in self._kept.values()
            if one.kind == LEAVE and one.userid in people and one.start <= end and one.end > start
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


def _told(absence: Absence, detail: list[Body]) -> web.Response:
    return ok({"success": True, "result": {"duration": absence.duration, "durationDetail": detail}})


def _wrong(name: str) -> No:
    return new_no(400, "invalidRequestParams", f"{name} is invalid")
