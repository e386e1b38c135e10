"""Clock records: people and machines make them, approved corrections mend them (contract 7.1, 7.3)."""

from collections.abc import Iterator
from datetime import date, timedelta

from aiohttp import web

from emulator import moments
from emulator.absences import Absences
from emulator.answers import old_no, old_wrong
from emulator.chat import now_ms
from emulator.clocks import Clock, Clocks
from emulator.events import tell
from emulator.fields import Body, Fields
from emulator.legacy import answered, needed, present, span
from emulator.organization import Row
from emulator.plain import answer, asked, no, wrong
from emulator.platform import Call, Handler, Platform
from emulator.schedule import Plan, Schedule
from emulator.shifts import OFF, ON

_RESULTS = ("Normal", "Early", "Late", "SeriousLate", "Absenteeism", "NotSigned")
_PEOPLE, _PAGE, _MOST_DAYS, _NEAR = 50, 50, 7, moments.DAY_MS // 2


class Attendance:
    """All clock records."""

    def __init__(self, platform: Platform, schedule: Schedule, absences: Absences) -> None:
        self._platform, self._schedule, self._absences = platform, schedule, absences
        self.reset()

    def reset(self) -> None:
        """None."""
        self._clocks = Clocks()
        self._last = 0

    def around(self, userid: str, moment: int) -> Iterator[Clock]:
        """The person's clocks of that day and those beside it."""
        return self._clocks.around(userid, moment)

    def routes(self) -> dict[tuple[str, str], Handler]:
        """Of the control interface."""
        return {("POST", "/emulator/attendance"): self._clock_in}

    def add(self, app: web.Application) -> None:
        """The platform's calls."""
        legacy = self._platform.legacy
        app.router.add_post("/attendance/list", legacy(self._list))
        app.router.add_post("/attendance/listRecord", legacy(self._list_records))
        app.router.add_post("/topapi/attendance/record/upload", legacy(self._upload))
        app.router.add_post("/topapi/attendance/approve/check", legacy(self._correct))
        app.router.add_post("/topapi/attendance/approve/cancel", legacy(self._cancel))

    # ── making ──────────────────────────────────────────────────────────────────────────────

    async def _clock_in(self, request: web.Request) -> web.Response:
        """A person clocks in or out; without a result it follows from the schedule. `several`: many at once."""
        body = await asked(request)
        several = [self._clocked(Fields(row, wrong)) for row in body.rows("several")]
        if several:
            return answer({"ok": True, "recordIds": [clock.number for clock in several]})
        clock = self._clocked(body)
        return answer({"ok": True, "recordId": clock.number, "result": clock.result})

    def _clocked(self, body: Fields) -> Clock:
        userid, check, result = body.text("userid"), body.text("type"), body.text("result")
        if userid not in self._platform.organization.users:
            raise no(404, f"unknown: {userid}")
        if check not in (ON, OFF) or (result and result not in _RESULTS):
            raise wrong("result" if check in (ON, OFF) else "type")
        place = body.body.get("location")
        place = {"address": place} if isinstance(place, str) else body.table("location")
        moment = body.whole("at") or now_ms()
        if _day(moment) is None:
            raise wrong("at")
        clock = self._keep(userid, check, moment, result, place=place, wifi=body.text("wifi"), source="USER")
        self._tell(clock)
        return clock

    async def _upload(self, call: Call) -> web.Response:
        """A clock machine's record: on or off, whichever is due nearer."""
        fields = Fields(call.body, old_wrong)
        userid, device, _ = (needed(fields, name) for name in ("userid", "device_name", "device_id"))
        present(fields, "user_check_time")
        moment = fields.whole("user_check_time")
        self._known(userid)
        day = _day(moment)
        if day is None or moment <= 0:
            raise old_wrong("user_check_time")
        due = min(self._schedule.plans(userid, day), key=lambda plan: abs(plan.moment - moment), default=None)
        check = due.check if due else ON
        self._tell(self._keep(userid, check, moment, "", place={"address": device}, wifi="", source="ATM"))
        return answered(success=True)

    async def _correct(self, call: Call) -> web.Response:
        """An approved correction counts as a clock in time."""
        fields = Fields(call.body, old_wrong)
        names = ("userid", "work_date", "punch_check_time", "user_check_time", "approve_id", "jump_url", "tag_name")
        said = {name: needed(fields, name) for name in names}
        present(fields, "punch_id")
        self._known(said["userid"])
        punch = fields.whole("punch_id")
        try:
            day = moments.day(moments.read(said["work_date"]))
            due, done = (moments.read(f"{said[name]}:00") for name in ("punch_check_time", "user_check_time"))
        except ValueError:
            raise old_wrong("work_date") from None
        if _day(done) is None:
            raise old_wrong("user_check_time")
        plans = self._schedule.plans(said["userid"], day)
        plan = next((one for one in plans if punch in (one.number, one.shift.number) and one.moment == due), None)
        if plan is None:
            raise old_wrong("punch_id")
        self._keep(
            plan.userid, plan.check, done, "Normal", place={}, wifi="", source="APPROVE", approve=said["approve_id"]
        )
        return answered(result={}, success=True)

    async def _cancel(self, call: Call) -> web.Response:
        fields = Fields(call.body, old_wrong)
        userid, number = needed(fields, "userid"), needed(fields, "approve_id")
        away, mended = self._absences.cancel(userid, number), self._clocks.forget(userid, number)
        if not away and not mended:
            raise old_no(400002, "参数错误")
        return answered(success=True)

    def _keep(
        self,
        userid: str,
        check: str,
        moment: int,
        result: str,
        *,
        place: Body,
        wifi: str,
        source: str,
        approve: str = "",
    ) -> Clock:
        self._last += 1
        clock = Clock(
            number=self._last, userid=userid, check=check, moment=moment, place=place, wifi=wifi, source=source,
            result=result or self._judged(userid, check, moment), approve=approve,
        )  # fmt: skip
        self._clocks.add(clock)
        return clock

    def _judged(self, userid: str, check: str, moment: int) -> str:
        plan = self.due(userid, check, moment)
        if plan is None or (moment <= plan.moment if check == ON else moment >= plan.moment):
            return "Normal"
        return "Late" if check == ON else "Early"

    def due(self, userid: str, check: str, moment: int) -> Plan | None:
        """What the person was due for at that moment: the nearest plan of the kind within half a day."""
        day = _day(moment)
        beside = timedelta(days=1)
        days = [] if day is None else moments.days(day - beside, day + beside)
        plans = [one for when in days for one in self._schedule.plans(userid, when) if one.check == check]
        near = [one for one in plans if abs(one.moment - moment) < _NEAR]
        return min(near, key=lambda one: abs(one.moment - moment), default=None)

    def _known(self, userid: str) -> None:
        if userid not in self._platform.organization.users:
            raise old_no(60121, "找不到该用户")

    def _tell(self, clock: Clock) -> None:
        group = self._schedule.group(clock.userid)
        row: Body = {
            "userId": clock.userid,
            "corpId": self._platform.organization.corp,
            "checkTime": clock.moment,
            "groupId": group.number if group else 0,
            "bizId": str(clock.number),
            "checkByUser": clock.source == "USER",
            "locationMethod": clock.method,
            "locationResult": clock.location,
            **{key: clock.place[key] for key in ("address", "latitude", "longitude") if key in clock.place},
        }
        tell(self._platform, "attendance_check_record", {"dataList": [row]})

    # ── telling ─────────────────────────────────────────────────────────────────────────────

    async def _list(self, call: Call) -> web.Response:
        """What was due, with its result, also where nobody clocked; whole days."""
        fields = Fields(call.body, old_wrong)
        start, end = _written_span(fields, "workDateFrom", "workDateTo")
        people = _people(fields, "userIdList")
        present(fields, "offset", "limit")
        first, last = span(fields, "offset", _PAGE, "limit")
        plans = [
            plan
            for day in moments.days(moments.day(start), moments.day(end))
            for userid in people
            for plan in self._schedule.plans(userid, day)
        ]
        return answered(recordresult=[self.result(plan) for plan in plans[first:last]], hasMore=last < len(plans))

    async def _list_records(self, call: Call) -> web.Response:
        """The clocks themselves, between two instants."""
        fields = Fields(call.body, old_wrong)
        people = _people(fields, "userIds")
        start, end = _written_span(fields, "checkDateFrom", "checkDateTo")
        return answered(recordresult=[self._record(clock) for clock in self._clocks.between(people, start, end)])

    def result(self, plan: Plan) -> Row:
        """The first clock in, the last clock out; a correction before both."""
        clocks = [
            one
            for one in self._clocks.around(plan.userid, plan.moment)
            if one.check == plan.check and abs(one.moment - plan.moment) < _NEAR
            if self.due(one.userid, one.check, one.moment) == plan
        ]
        mended = [one for one in clocks if one.source == "APPROVE"]
        choose = min if plan.check == ON else max
        clock = choose(mended or clocks, key=lambda one: one.moment, default=None)
        away = None if clock else self._absences.covering(plan.userid, plan.moment)
        approve = away.approve if away else clock.approve if clock else ""
        return {
            "id": plan.number,
            "recordId": clock.number if clock else 0,
            "planId": plan.number,
            "groupId": plan.group.number,
            "userId": plan.userid,
            "corpId": self._platform.organization.corp,
            "workDate": moments.at(plan.day),
            "checkType": plan.check,
            "baseCheckTime": plan.moment,
            "userCheckTime": clock.moment if clock else plan.moment,
            "timeResult": clock.result if clock else "Normal" if away else "NotSigned",
            "locationResult": clock.location if clock else "Normal" if away else "NotSigned",
            "sourceType": clock.source if clock else "APPROVE" if away else "SYSTEM",
            **({"approveId": approve} if approve else {}),
        }

    def _record(self, clock: Clock) -> Row:
        plan = self.due(clock.userid, clock.check, clock.moment)
        legal = clock.result == "Normal" and clock.location == "Normal"
        known = {"userAddress": "address", "userLatitude": "latitude", "userLongitude": "longitude"}
        return {
            "id": clock.number,
            "userId": clock.userid,
            "corpId": self._platform.organization.corp,
            "checkType": clock.check,
            "userCheckTime": clock.moment,
            "baseCheckTime": plan.moment if plan else clock.moment,
            "workDate": moments.at(plan.day if plan else moments.day(clock.moment)),
            "timeResult": clock.result,
            "locationResult": clock.location,
            "locationMethod": clock.method,
            "sourceType": clock.source,
            "isLegal": "Y" if legal else "N",
            **{name: clock.place[key] for name, key in known.items() if key in clock.place},
            **({"userSsid": clock.wifi} if clock.wifi else {}),
        }


def _people(fields: Fields, name: str) -> list[str]:
    present(fields, name)
    people = fields.texts(name)
    if not 0 < len(people) <= _PEOPLE:
        raise old_wrong(name)
    return people


def _written_span(fields: Fields, first: str, last: str) -> tuple[int, int]:
    """Two written moments, at most a week apart."""
    try:
        start, end = moments.read(needed(fields, first)), moments.read(needed(fields, last))
    except (ValueError, OverflowError):
        raise old_wrong(first) from None
    if _day(start) is None or not start <= end <= start + _MOST_DAYS * moments.DAY_MS:
        raise old_wrong(last)
    return start, end


def _day(moment: int) -> date | None:
    try:
        day = moments.day(moment)
    except (ValueError, OverflowError, OSError):
        return None
    return day if 2 < day.toordinal() < date.max.toordinal() - 1 else None
