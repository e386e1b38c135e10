"""Attendance groups as people write them (shifts, rotas, days off), and as the platform shows them (contract 7.2)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from emulator.fields import Body, Fields
from emulator.organization import Row

ON, OFF = "OnDuty", "OffDuty"
FIXED, TURN = "FIXED", "TURN"
WORKING_DAYS = [1, 2, 3, 4, 5]  # Monday is 1
_WEEK, _DAY_MINUTES = range(1, 8), 1440


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """`on` and `off` are minutes after midnight; a shift that ends on the next day has an `off` above 1440.

    It is worked on its week`days` and on its `dates`, by its `members` (none: by all of the group)."""

    number: int
    name: str
    on: int
    off: int
    days: tuple[int, ...] = ()
    dates: frozenset[date] = frozenset()
    members: frozenset[str] = frozenset()

    def of(self, userid: str) -> bool:
        """Whether the person works it, on some days."""
        return not self.members or userid in self.members


@dataclass(frozen=True, slots=True, kw_only=True)
class Holidays:
    """Name of a holiday by its days off, and by the weekend days that are worked for it."""

    rest: dict[date, str] = field(default_factory=dict)
    work: dict[date, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People who share their shifts. A rota (TURN) does not care for holidays, and covers the days that it names."""

    number: int
    name: str
    kind: str
    shifts: tuple[Shift, ...]
    members: tuple[str, ...]
    rest: frozenset[date]
    holidays: Holidays

    def shift(self, userid: str, day: date) -> Shift | None:
        """The person's shift: that of the date, else none on a day off, else that of the weekday."""
        mine = [shift for shift in self.shifts if shift.of(userid)]
        named = next((shift for shift in mine if day in shift.dates), None)
        if named is not None or day in self.rest:
            return named
        if self.kind == FIXED and day in self.holidays.rest:
            return None
        if self.kind == FIXED and day in self.holidays.work:
            return next((shift for shift in mine if shift.days), None)
        return next((shift for shift in mine if day.isoweekday() in shift.days), None)

    def covers(self, day: date) -> bool:
        """Whether the schedule tells of that day at all, be it that one rests."""
        if self.kind == FIXED or any(shift.days for shift in self.shifts):
            return True
        named = self.rest.union(*(shift.dates for shift in self.shifts))
        return bool(named) and min(named) <= day <= max(named)


# ── reading ─────────────────────────────────────────────────────────────────────────────────


def read_groups(body: Fields, people: Collection[str]) -> list[Group]:
    """The groups of `{"groups": [...], "holidays": [...]}`; each person is in one at most."""
    holidays = _holidays(body)
    groups = [_group(place, Fields(row, body.wrong), holidays) for place, row in enumerate(body.rows("groups"), 1)]
    members = [member for group in groups for member in group.members]
    if len(set(members)) != len(members) or not set(members) <= set(people):
        raise body.wrong("members")
    return groups


def _holidays(body: Fields) -> Holidays:
    """`{"name": "国庆节", "rest": ["2026-10-01"], "work": ["2026-10-10"]}`, each."""
    found = Holidays()
    for row in body.rows("holidays"):
        one = Fields(row, body.wrong)
        if not one.text("name"):
            raise body.wrong("holidays")
        found.rest.update(dict.fromkeys(_dates(one, "rest"), one.text("name")))
        found.work.update(dict.fromkeys(_dates(one, "work"), one.text("name")))
    return found


def _group(place: int, row: Fields, holidays: Holidays) -> Group:
    shifts, kind = row.rows("shifts"), row.text("type") or FIXED
    if not row.text("name") or not shifts:
        raise row.wrong("shifts" if row.text("name") else "name")
    if kind not in (FIXED, TURN):
        raise row.wrong("type")
    made = [_shift(place * 100 + number, Fields(shift, row.wrong)) for number, shift in enumerate(shifts, 1)]
    group = Group(
        number=place, name=row.text("name"), kind=kind, shifts=tuple(made), members=tuple(row.texts("members")),
        rest=_dates(row, "rest"), holidays=holidays,
    )  # fmt: skip
    if any(shift.members and (kind == FIXED or not shift.members <= set(group.members)) for shift in made):
        raise row.wrong("members")
    return group


def _shift(number: int, row: Fields) -> Shift:
    """`{"name", "on": "09:00", "off": "18:00", "days": [1, 2, 3, 4, 5], "dates": ["2026-09-19"], "members": [...]}`.

    Without days and dates: Monday to Friday."""
    on, off, dates = _minutes(row, "on"), _minutes(row, "off"), _dates(row, "dates")
    days = row.body.get("days", [] if dates else WORKING_DAYS)
    if not isinstance(days, list) or any(type(day) is not int or day not in _WEEK for day in days):
        raise row.wrong("days")
    return Shift(
        number=number, name=row.text("name") or f"{row.text('on')}-{row.text('off')}", on=on,
        off=off if off > on else off + _DAY_MINUTES, days=tuple(days), dates=dates,
        members=frozenset(row.texts("members")),
    )  # fmt: skip


def _dates(row: Fields, name: str) -> frozenset[date]:
    try:
        found = {date.fromisoformat(text): text for text in row.texts(name)}
    except ValueError:
        raise row.wrong(name) from None
    if any(str(day) != text for day, text in found.items()):
        raise row.wrong(name)
    return frozenset(found)


def _minutes(row: Fields, name: str) -> int:
    hours, colon, minutes = row.text(name).partition(":")
    digits = hours.isascii() and hours.isdigit() and len(minutes) == 2 and minutes.isascii() and minutes.isdigit()
    if not (colon and digits and len(hours) < 3 and int(hours) < 24 and int(minutes) < 60):
        raise row.wrong(name)
    return int(hours) * 60 + int(minutes)


# ── showing ─────────────────────────────────────────────────────────────────────────────────


def shown(group: Group) -> Row:
    """The group as `getsimplegroups` shows it."""
    by_day = {day: shift for shift in reversed(group.shifts) for day in shift.days}
    return {
        "group_id": group.number,
        "group_name": group.name,
        "is_default": False,
        "type": group.kind,
        "member_count": len(group.members),
        "default_class_id": group.shifts[0].number,
        "work_day_list": [str(by_day[day].number) if day in by_day else "0" for day in (7, *_WEEK[:6])],
        "selected_class": [{**_class(shift), "setting": {"class_setting_id": shift.number}} for shift in group.shifts],
        "manager_list": [],
        "dept_name_list": [],
    }


def shown_to(group: Group) -> Row:
    """The group as `getusergroup` shows it to one of its members."""
    classes = [_class(shift) for shift in group.shifts]
    return {"group_id": group.number, "name": group.name, "type": group.kind, "classes": classes}


def _class(shift: Shift) -> Body:
    return {
        "class_id": shift.number,
        "class_name": shift.name,
        "name": shift.name,
        "sections": [{"times": list(_times(shift))}],
    }


def _times(shift: Shift) -> Iterator[Body]:
    for check, minutes in ((ON, shift.on), (OFF, shift.off)):
        clock = f"1970-01-01 {minutes // 60 % 24:02}:{minutes % 60:02}:00"
        yield {"check_type": check, "check_time": clock, "across": minutes // _DAY_MINUTES}
