"""The platform's attendance and check-ins, read into our values (contract 7.1, 7.2, 7.4)."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.wire.call import Caller
from domain.attendance.presence import Shift
from domain.attendance.punches import Checkin, Punch, PunchKind
from domain.attendance.schedule import Hours, Team

BEIJING: Final = ZoneInfo("Asia/Shanghai")  # in which the platform writes times
PEOPLE: Final = 50  # of whom one call tells shifts or clocks
VISITORS: Final = 10  # of whom one call tells check-ins of one day; of a single person it tells ten days
_GROUPS: Final = 10
_PAGE: Final = 100
_KINDS: Final[Mapping[str, PunchKind]] = {"OnDuty": "in", "OffDuty": "out"}
_RESULTS: Final = {"Normal": "normal", "Late": "late", "SeriousLate": "late", "Early": "early", "Absenteeism": "absent"}
_SOURCES: Final = {"USER": "user", "APPROVE": "case", "BOSS": "admin"}  # all others are machines


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What the platform has of one person's day: a shift, of the attendance group `team` (its id)."""

    team: str
    shift: Shift


class Attendance:
    """Reads attendance as one app sees it. Raises what `bot.wire.errors` names."""

    def __init__(self, caller: Caller) -> None:
        self._call = caller

    async def teams(self) -> dict[str, Team]:
        """Every attendance group by its id."""
        return {str(row.get("group_id")): _team(row) async for row in self._groups()}

    async def _groups(self) -> AsyncIterator[dict[str, Any]]:
        offset = 0
        while True:
            body = {"offset": offset, "size": _GROUPS}
            page = (await self._call.legacy("/topapi/attendance/getsimplegroups", body)).get("result") or {}
            for row in page.get("groups") or ():
                yield row
            if page.get("has_more") not in (True, "true"):
                return
            offset += _GROUPS

    async def planned(self, operator: str, people: Sequence[str], since: date, until: date) -> list[Planned]:
        """The days of at most 50 people, at most a week; nothing of who is in no attendance group."""
        body = {
            "op_user_id": operator,
            "userids": ",".join(people),
            "from_date_time": ms(midnight(since)),
            "to_date_time": ms(midnight(until)),
        }
        answer = await self._call.legacy("/topapi/attendance/schedule/listbyusers", body)
        days: dict[tuple[str, date], list[dict[str, Any]]] = defaultdict(list)
        for row in rows_of(answer):
            days[str(row.get("userid")), moment(row.get("work_date")).date()].append(row)
        return [_planned(person, day, rows) for (person, day), rows in days.items()]

    async def punches(self, people: Sequence[str], start: datetime, end: datetime) -> list[Punch]:
        """All valid punches of at most 50 people between two instants, at most a week apart."""
        body = {"userIds": list(people), "checkDateFrom": written(start), "checkDateTo": written(end)}
        answer = await self._call.legacy("/attendance/listRecord", body)
        return [_punch(row) for row in rows_of(answer, "recordresult") if _counts(row)]

    async def checkins(self, people: Sequence[str], start: datetime, end: datetime) -> list[Checkin]:
        """The check-ins of one person of at most ten days, or of at most ten people of one day."""
        found: list[Checkin] = []
        cursor: object = 0
        while cursor is not None:
            body = {
                "userid_list": ",".join(people),
                "start_time": ms(start),
                "end_time": ms(end),
                "cursor": cursor,
                "size": _PAGE,
            }
            page = (await self._call.legacy("/topapi/checkin/record/get", body)).get("result") or {}
            found += map(_checkin, page.get("page_list") or ())
            cursor = page.get("next_cursor") or None
        return found


def rows_of(answer: Mapping[str, Any], name: str = "result") -> list[dict[str, Any]]:
    """The list that an answer holds."""
    rows = answer.get(name)
    return rows if isinstance(rows, list) else []


def moment(said: object) -> datetime:
    """A moment as the platform writes it: milliseconds, or text in Beijing. Raises ValueError."""
    text = str(said)
    if text.isascii() and text.isdigit():
        return datetime.fromtimestamp(int(text) / 1000, BEIJING)
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def written(at: datetime) -> str:
    """A moment as text, in Beijing."""
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"


def midnight(day: date) -> datetime:
    """With which the day begins in Beijing."""
    return datetime.combine(day, time(), BEIJING)


def ms(at: datetime) -> int:
    """In milliseconds."""
    return round(at.timestamp() * 1000)


def is_work(row: Mapping[str, Any]) -> bool:
    """Whether a row of a schedule is a clock that is due, not a day of rest."""
    return row.get("is_rest") != "Y" and str(row.get("shift_id", "")) not in ("", "0")


def _planned(person: str, day: date, rows: Iterable[Mapping[str, Any]]) -> Planned:
    """First on duty, last off duty: a shift with a long break is one shift."""
    rows = sorted(rows, key=lambda row: moment(row.get("plan_check_time")) if is_work(row) else midnight(day))
    team = str(rows[0].get("group_id", ""))
    on = next((row for row in rows if is_work(row) and row.get("check_type") == "OnDuty"), None)
    off = next((row for row in reversed(rows) if is_work(row) and row.get("check_type") == "OffDuty"), None)
    if on is None or off is None:
        return Planned(team=team, shift=Shift(person=person, day=day))
    shift = Shift(
        person=person, day=day, on=moment(on["plan_check_time"]), off=moment(off["plan_check_time"]),
        shift=str(on["shift_id"]), on_plan=str(on.get("id", "")), off_plan=str(off.get("id", "")),
    )  # fmt: skip
    return Planned(team=team, shift=shift)


def _team(row: Mapping[str, Any]) -> Team:
    classes = [one for one in row.get("selected_class") or () if isinstance(one, dict)]
    usual = next((one for one in classes if str(one.get("class_id")) == str(row.get("default_class_id"))), None)
    usual = usual or next(iter(classes), None)
    return Team(
        name=str(row.get("group_name", "")), fixed=row.get("type") == "FIXED", usual=_hours(usual) if usual else None
    )


def _hours(row: Mapping[str, Any]) -> Hours | None:
    times = [one for section in row.get("sections") or () for one in section.get("times") or ()]
    on = [_after_midnight(one) for one in times if one.get("check_type") == "OnDuty"]
    off = [_after_midnight(one) for one in times if one.get("check_type") == "OffDuty"]
    return Hours(on=min(on), off=max(off), shift=str(row.get("class_id", ""))) if on and off else None


def _after_midnight(row: Mapping[str, Any]) -> timedelta:
    at = moment(row.get("check_time"))
    return timedelta(days=int(row.get("across") or 0), hours=at.hour, minutes=at.minute)


def _counts(row: Mapping[str, Any]) -> bool:
    return not row.get("invalidRecordType") and row.get("checkType") in _KINDS and row.get("timeResult") != "NotSigned"


def _punch(row: Mapping[str, Any]) -> Punch:
    return Punch(
        person=str(row.get("userId")), day=moment(row.get("workDate")).date(), kind=_KINDS[str(row.get("checkType"))],
        at=moment(row.get("userCheckTime")), result=_RESULTS.get(str(row.get("timeResult")), "normal"),
        place="outside" if row.get("locationResult") == "Outside" else "normal",
        source=_SOURCES.get(str(row.get("sourceType")), "machine"),
    )  # fmt: skip


def _checkin(row: Mapping[str, Any]) -> Checkin:
    place, detail = (str(row.get(name) or "") for name in ("place", "detail_place"))
    return Checkin(
        person=str(row.get("userid")), at=moment(row.get("checkin_time")), remark=str(row.get("remark") or ""),
        place=detail if place in detail else f"{detail} {place}".strip(), photos=len(row.get("image_list") or ()),
    )  # fmt: skip
