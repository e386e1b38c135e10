"""Attendance groups and their shifts: who is due when (contract 7.2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from aiohttp import web

from emulator import moments
from emulator.answers import old_no, old_wrong
from emulator.fields import Body, Fields
from emulator.legacy import answered, between, listed, needed, present, served, span
from emulator.organization import Row
from emulator.plain import answer, asked, wrong
from emulator.platform import Call, Handler, Platform

ON, OFF = "OnDuty", "OffDuty"
_WEEK, _WORKING_DAYS = range(1, 8), [1, 2, 3, 4, 5]  # Monday is 1
_DAY_MINUTES, _PEOPLE, _GROUPS, _ROWS, _MOST_DAYS = 1440, 50, 10, 200, 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """`on` and `off` are minutes after midnight; a shift that ends on the next day has an `off` above 1440."""

    number: int
    name: str
    on: int
    off: int
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People who share their shifts."""

    number: int
    name: str
    shifts: tuple[Shift, ...]
    members: tuple[str, ...]

    def shift(self, day: date) -> Shift | None:
        """The shift of a day; None on a day of rest."""
        return next((shift for shift in self.shifts if day.isoweekday() in shift.days), None)


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
        """No group: nobody is due."""
        self._groups: list[Group] = []
        self._numbers: dict[tuple[str, date, str], int] = {}

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

    def group(self, userid: str) -> Group | None:
        """The group of a person."""
        return next((group for group in self._groups if userid in group.members), None)

    def plans(self, userid: str, day: date) -> list[Plan]:
        """The clocks that are due of the person on the day: on and off, or none."""
        group = self.group(userid)
        shift = group.shift(day) if group else None
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
        group = self.group(userid)
        return day.isoweekday() in _WORKING_DAYS if group is None else group.shift(day) is not None

    def _number(self, userid: str, day: date, check: str) -> int:
        return self._numbers.setdefault((userid, day, check), len(self._numbers) + 1)

    # ── control ─────────────────────────────────────────────────────────────────────────────

    async def _put(self, request: web.Request) -> web.Response:
        """The groups that there are from now on."""
        rows = (await asked(request)).rows("groups")
        groups = [_group(place, Fields(row, wrong)) for place, row in enumerate(rows, start=1)]
        members = [member for group in groups for member in group.members]
        if len(set(members)) != len(members) or not set(members) <= set(self._platform.organization.users):
            raise wrong("members")
        self._groups = groups
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
        group = self.group(userid)
        midnight = moments.at(day)
        rest = {"userid": userid, "work_date": moments.written(midnight), "shift_version": 0}
        if group is not None and group.shift(day) is None:
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
            for userid in self._platform.organization.users
            for one in self.plans(userid, day)
        ]
        return {"schedules": rows[start:end], "has_more": end < len(rows)}

    def _simple_groups(self, asked: Fields) -> Row:
        start, end = span(asked, "offset", _GROUPS)
        rows = [_shown(group) for group in self._groups]
        return {"groups": rows[start:end], "has_more": end < len(rows)}

    async def _user_group(self, call: Call) -> web.Response:
        userid = needed(Fields(call.body, old_wrong), "userid")
        if userid not in self._platform.organization.users:
            raise old_no(60121, "找不到该用户")
        group = self.group(userid)
        if group is None:
            return answered(result={})
        classes = [_class(shift) for shift in group.shifts]
        return answered(result={"group_id": group.number, "name": group.name, "type": "FIXED", "classes": classes})


def _span_of_days(start: int, end: int) -> Iterator[date]:
    try:
        first, last = moments.day(start), moments.day(end)
    except (ValueError, OverflowError, OSError):
        raise old_wrong("from_date_time") from None
    return moments.days(first, last)


def _group(place: int, row: Fields) -> Group:
    shifts = row.rows("shifts")
    if not row.text("name") or not shifts:
        raise wrong("shifts" if row.text("name") else "name")
    made = [_shift(place * 100 + number, Fields(shift, wrong)) for number, shift in enumerate(shifts, start=1)]
    return Group(number=place, name=row.text("name"), shifts=tuple(made), members=tuple(row.texts("members")))


def _shift(number: int, row: Fields) -> Shift:
    """`{"name", "on": "09:00", "off": "18:00", "days": [1, 2, 3, 4, 5]}`; without days: Monday to Friday."""
    on, off = _minutes(row, "on"), _minutes(row, "off")
    days = row.body.get("days", _WORKING_DAYS)
    if not isinstance(days, list) or any(type(day) is not int or day not in _WEEK for day in days):
        raise wrong("days")
    name = row.text("name") or f"{row.text('on')}-{row.text('off')}"
    return Shift(number=number, name=name, on=on, off=off if off > on else off + _DAY_MINUTES, days=tuple(days))


def _minutes(row: Fields, name: str) -> int:
    hours, colon, minutes = row.text(name).partition(":")
    digits = hours.isascii() and hours.isdigit() and len(minutes) == 2 and minutes.isascii() and minutes.isdigit()
    if not (colon and digits and len(hours) < 3 and int(hours) < 24 and int(minutes) < 60):
        raise wrong(name)
    return int(hours) * 60 + int(minutes)


def _class(shift: Shift) -> Body:
    times = [
        {"check_type": check, "check_time": _clock(minutes), "across": minutes // _DAY_MINUTES}
        for check, minutes in ((ON, shift.on), (OFF, shift.off))
    ]
    return {"class_id": shift.number, "class_name": shift.name, "name": shift.name, "sections": [{"times": times}]}


def _shown(group: Group) -> Row:
    by_day = {day: shift for shift in reversed(group.shifts) for day in shift.days}
    return {
        "group_id": group.number,
        "group_name": group.name,
        "is_default": False,
        "type": "FIXED",
        "member_count": len(group.members),
        "default_class_id": group.shifts[0].number,
        "work_day_list": [str(by_day[day].number) if day in by_day else "0" for day in (7, *_WEEK[:6])],
        "selected_class": [{**_class(shift), "setting": {"class_setting_id": shift.number}} for shift in group.shifts],
        "manager_list": [],
        "dept_name_list": [],
    }


def _clock(minutes: int) -> str:
    return f"1970-01-01 {minutes // 60 % 24:02}:{minutes % 60:02}:00"
