"""Who is due when, by the attendance groups and the swaps of shifts that were approved (contract 7.2, 7.3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from aiohttp import web

from emulator import moments
from emulator.answers import No, new_no, ok, old_no, old_wrong
from emulator.fields import Fields
from emulator.legacy import answered, between, listed, needed, present, served, span
from emulator.organization import Row, WrongFile
from emulator.plain import answer, asked
from emulator.platform import Call, Handler, Platform
from emulator.shifts import OFF, ON, TURN, WORKING_DAYS, Group, Shift, read_groups, shown, shown_to

_PEOPLE, _GROUPS, _ROWS, _MOST_DAYS = 50, 10, 200, 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A clock that is due."""

    number: int
    userid: str
    day: date
    check: str
    moment: int
    shift: Shift
    group: Group


class Schedule:
    """The groups, one of them for each person at most."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self.reset()

    def reset(self) -> None:
        """The groups of the organisation file: without them nobody is due. Raises WrongFile."""
        organization = self._platform.organization
        self._numbers: dict[tuple[str, date, str], int] = {}
        self._take(read_groups(Fields(organization.attendance, self._wrong_file), organization.users))

    def _take(self, groups: list[Group]) -> None:
        self._groups = groups
        self._of = {member: group for group in groups for member in group.members}
        self._swapped: dict[tuple[str, date], Shift | None] = {}

    def _wrong_file(self, name: str) -> WrongFile:
        return WrongFile(f"{self._platform.options.organization}: attendance: {name} is wrong")

    def routes(self) -> dict[tuple[str, str], Handler]:
        """Of the control interface."""
        return {("PUT", "/emulator/schedule"): self._put}

    def add(self, app: web.Application) -> None:
        """The platform's calls."""
        legacy = self._platform.legacy
        app.router.add_post("/topapi/attendance/schedule/listbyusers", legacy(served(self._by_users)))
        app.router.add_post("/topapi/attendance/schedule/listbyday", legacy(served(self._by_day)))
        app.router.add_post("/topapi/attendance/listschedule", legacy(served(self._of_all)))
        app.router.add_post("/topapi/attendance/getsimplegroups", legacy(served(self._simple_groups)))
        app.router.add_post("/topapi/attendance/getusergroup", legacy(self._user_group))
        app.router.add_post("/v1.0/attendance/holidays", self._platform.new(self._holidays))

    def group(self, userid: str) -> Group | None:
        """The group of a person."""
        return self._of.get(userid)

    def shift(self, userid: str, day: date) -> Shift | None:
        """The shift of a person on a day; None when none is due."""
        if (userid, day) in self._swapped:
            return self._swapped[userid, day]
        group = self._of.get(userid)
        return group.shift(userid, day) if group else None

    def in_rota(self, userid: str) -> bool:
        """Whether the person's shifts are by rota, and so can be swapped."""
        group = self._of.get(userid)
        return group is not None and group.kind == TURN

    def covers(self, userid: str, day: date) -> bool:
        """Whether the person's schedule tells of that day, be it that it is one of rest."""
        group = self._of.get(userid)
        return group is not None and ((userid, day) in self._swapped or group.covers(day))

    def exchange(self, one: tuple[str, date], other: tuple[str, date]) -> None:
        """Each has the other's shift from now on: two people on a day, or two days of a person."""
        first, second = self.shift(*one), self.shift(*other)
        self._swapped |= {one: second, other: first}

    def plans(self, userid: str, day: date) -> list[Plan]:
        """The clocks that are due of the person on the day: on and off, or none."""
        group, shift = self._of.get(userid), self.shift(userid, day)
        if group is None or shift is None:
            return []
        return [
            Plan(
                number=self._number(userid, day, check), userid=userid, day=day, check=check,
                moment=moments.at(day, minutes), shift=shift, group=group,
            )
            for check, minutes in ((ON, shift.on), (OFF, shift.off))
        ]  # fmt: skip

    def works(self, userid: str, day: date) -> bool:
        """Whether it is a working day of the person; without a group Monday to Friday are."""
        grouped = userid in self._of
        return self.shift(userid, day) is not None if grouped else day.isoweekday() in WORKING_DAYS

    def _number(self, userid: str, day: date, check: str) -> int:
        return self._numbers.setdefault((userid, day, check), len(self._numbers) + 1)

    # ── control ─────────────────────────────────────────────────────────────────────────────

    async def _put(self, request: web.Request) -> web.Response:
        """The groups that there are from now on."""
        groups = read_groups(await asked(request), self._platform.organization.users)
        self._take(groups)
        return answer({"ok": True, "groups": [{"group_id": group.number, "name": group.name} for group in groups]})

    # ── the platform's calls ────────────────────────────────────────────────────────────────

    def _by_users(self, asked: Fields) -> list[Row]:
        needed(asked, "op_user_id")
        people = listed(asked, "userids", _PEOPLE)
        start, end = between(asked, "from_date_time", "to_date_time", _MOST_DAYS * moments.DAY_MS)
        return [row for day in _span_of_days(start, end) for userid in people for row in self._rows(userid, day)]

    def _by_day(self, asked: Fields) -> list[Row]:
        needed(asked, "op_user_id")
        present(asked, "date_time")
        moment = asked.whole("date_time")
        return [row for day in _span_of_days(moment, moment) for row in self._rows(needed(asked, "user_id"), day)]

    def _rows(self, userid: str, day: date) -> Iterator[Row]:
        group = self._of.get(userid)
        midnight = moments.at(day)
        rest = {"userid": userid, "work_date": moments.written(midnight), "shift_version": 0}
        if group is not None and self.shift(userid, day) is None and self.covers(userid, day):
            plan = {"id": self._number(userid, day, ON), "check_type": ON, "plan_check_time": moments.written(midnight)}
            yield {**rest, **plan, "shift_id": 0, "group_id": group.number, "is_rest": "Y"}
        for one in self.plans(userid, day):
            plan = {"id": one.number, "check_type": one.check, "plan_check_time": moments.written(one.moment)}
            yield {**rest, **plan, "shift_id": one.shift.number, "group_id": one.group.number, "is_rest": "N"}

    def _of_all(self, asked: Fields) -> Row:
        try:
            day = moments.day(moments.read(needed(asked, "workDate")))
        except ValueError:
            raise old_wrong("workDate") from None
        start, end = span(asked, "offset", _ROWS)
        working = [userid for userid in self._platform.organization.users if self.shift(userid, day) is not None]
        plans = [one for userid in working[start // 2 : end // 2 + 1] for one in self.plans(userid, day)]
        rows = [
            {
                "plan_id": one.number,
                "userid": one.userid,
                "check_type": one.check,
                "plan_check_time": moments.written(one.moment),
                "class_id": one.shift.number,
                "class_setting_id": one.shift.number,
                "group_id": one.group.number,
            }
            for one in plans[start % 2 :][: end - start]
        ]
        return {"schedules": rows, "has_more": end < 2 * len(working)}

    def _simple_groups(self, asked: Fields) -> Row:
        start, end = span(asked, "offset", _GROUPS)
        rows = [shown(group) for group in self._groups]
        return {"groups": rows[start:end], "has_more": end < len(rows)}

    async def _user_group(self, call: Call) -> web.Response:
        userid = needed(Fields(call.body, old_wrong), "userid")
        if userid not in self._platform.organization.users:
            raise old_no(60121, "找不到该用户")
        group = self.group(userid)
        if group is None:
            return answered(result={})
        return answered(result=shown_to(group))

    async def _holidays(self, call: Call) -> web.Response:
        """The days off, and the weekend days worked for them, of people who do not work by rota."""
        asked = Fields(call.body, _wrong)
        people, start, end = asked.texts("userIds"), asked.whole("workDateFrom"), asked.whole("workDateTo")
        if not 0 < len(people) <= _PEOPLE or not set(people) <= set(self._platform.organization.users):
            raise _wrong("userIds")
        if not 0 < start <= end < moments.LAST:
            raise _wrong("workDateTo")
        return ok({"result": [{"userId": one, "holidays": list(self._days_off(one, start, end))} for one in people]})

    def _days_off(self, userid: str, start: int, end: int) -> Iterator[Row]:
        group = self._of.get(userid)
        if group is None or group.kind == TURN:
            return
        kinds = {"festival": group.holidays.rest, "overtime": group.holidays.work}
        for day, kind, name in sorted((day, kind, names[day]) for kind, names in kinds.items() for day in names):
            if start <= moments.at(day) <= end:
                yield {"workDate": moments.at(day), "holidayName": name, "holidayType": kind}


def _span_of_days(start: int, end: int) -> Iterator[date]:
    try:
        first, last = moments.day(start), moments.day(end)
    except (ValueError, OverflowError, OSError):
        raise old_wrong("from_date_time") from None
    return moments.days(first, last)


def _wrong(name: str) -> No:
    return new_no(400, "invalidRequestParams", f"{name} is invalid")
