"""Tells the platform's attendance of approved cases, from the facts of usecases/tell_platform.py (contract 7.3)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

import structlog

from bot.wire.attendance import BEIJING, Attendance, moment
from bot.wire.call import Caller
from bot.wire.errors import Refused
from domain.attendance.presence import Shift

log = structlog.get_logger()

Facts = Mapping[str, str]

_TYPES: Final = {"overtime": 1, "trip": 2, "outing": 2, "leave": 3, "rest": 3}
_TAGS: Final = {"overtime": "加班", "trip": "出差", "outing": "外出", "leave": "请假", "rest": "请假"}
_UNITS: Final = {"day": "day", "half": "halfDay", "hour": "hour"}
_EXCHANGED: Final = {"time_off": 1, "pay": 2}
_NEAR: Final = timedelta(hours=12)
_DAY: Final = timedelta(days=1)


async def tell(caller: Caller, facts: Facts) -> None:
    """Makes the call. Raises what `errors` names; `Refused` also for a clock that was not due."""
    match facts["call"]:
        case "finish":
            await caller.new("POST", "/v1.0/attendance/approvals/finish", _finished(facts), {"userId": facts["person"]})
        case "cancel":
            body = {"userid": facts["person"], "approve_id": facts["approval"]}
            await caller.legacy("/topapi/attendance/approve/cancel", body)
        case "correct":
            await _correct(caller, facts)
        case "swap":
            await _swap(caller, facts)
        case other:
            raise Refused("nod.call", f"no such call: {other}")


def _finished(facts: Facts) -> dict[str, Any]:
    kind = facts["kind"]
    duration = {
        "bizType": _TYPES[kind],
        "fromTime": _half(facts["from"]),
        "toTime": _half(facts["to"]),
        "durationUnit": _UNITS[facts["unit"]],
        "calculateModel": 1 if facts.get("days") == "working" else 0,
    }
    body: dict[str, Any] = {
        "topCalculateApproveDurationParam": duration,
        "tagName": _TAGS[kind],
        "approveId": facts["approval"],
        "jumpUrl": facts["link"],
    }
    if kind in ("leave", "rest"):
        body["subType"] = facts["name"][:20]
    if kind == "overtime":
        body |= {"overtimeDuration": facts["hours"], "overTimeToMore": _EXCHANGED[facts["for"]]}
    return body


def _half(text: str) -> str:
    return text.replace("上午", "AM").replace("下午", "PM")


async def _correct(caller: Caller, facts: Facts) -> None:
    """Each clock that is corrected, by the shift to which it belongs; nothing for who is in no attendance group."""
    day = date.fromisoformat(facts["day"])
    shifts = await _shifts(caller, facts, (facts["person"],), day - _DAY, day)
    if not shifts:
        log.info("in no attendance group", action="attendance.none", approval=facts["approval"])
        return
    said = moment(f"{day} {facts['clock']}:00") if facts["clock"] else None
    kinds = ("in", "out") if facts["punch"] == "both" else (facts["punch"],)
    for kind in kinds:
        shift = _nearest(shifts, kind, day, said if len(kinds) == 1 else None)
        due, plan = (shift.on, shift.on_plan) if kind == "in" else (shift.off, shift.off_plan)
        done = said if said is not None and len(kinds) == 1 else due
        await caller.legacy(
            "/topapi/attendance/approve/check",
            {
                "userid": facts["person"],
                "work_date": shift.day.isoformat(),
                "punch_id": int(plan),
                "punch_check_time": _minute(due),
                "user_check_time": _minute(done),
                "approve_id": facts["approval"],
                "jump_url": facts["link"],
                "tag_name": "补卡",
            },
        )


def _nearest(shifts: list[Shift], kind: str, day: date, said: datetime | None) -> Shift:
    """The shift that the clock belongs to: the day's, or the one whose beginning or end is next to what was said."""
    due = [(edge, one) for one in shifts if (edge := one.on if kind == "in" else one.off) is not None]
    if said is None:
        due = [pair for pair in due if pair[1].day == day]
    else:
        due = [pair for pair in due if abs(pair[0] - said) <= _NEAR]
    if not due:
        raise Refused("nod.plan", f"no clock was due on {day}")
    return min(due, key=lambda pair: abs(pair[0] - said) if said is not None else timedelta())[1]


async def _swap(caller: Caller, facts: Facts) -> None:
    """Both change shifts on the day, and back on the other one where there is one; nothing without a schedule."""
    mine, theirs = facts["person"], facts["other"]
    body: dict[str, Any] = {"userid": mine, "apply_userid": mine, "target_userid": theirs}
    body |= {"approve_id": facts["approval"], "switch_date": facts["day"]}
    for name, prefix in (("day", ""), ("back", "reback_")):
        if not facts[name]:
            continue
        day = date.fromisoformat(facts[name])
        shifts = {one.person: one.shift for one in await _shifts(caller, facts, (mine, theirs), day, day)}
        if not {mine, theirs} <= shifts.keys():
            log.info("no schedule to change", action="attendance.none", approval=facts["approval"])
            return
        body |= {
            f"{prefix}apply_shift_id": int(shifts[mine] or 0),
            f"{prefix}target_shift_id": int(shifts[theirs] or 0),
        }
    if facts["back"]:
        body["reback_date"] = facts["back"]
    await caller.legacy("/topapi/attendance/approve/schedule/switch", body)


async def _shifts(caller: Caller, facts: Facts, people: tuple[str, ...], since: date, until: date) -> list[Shift]:
    planned = await Attendance(caller).planned(facts["operator"], people, since, until)
    return [one.shift for one in planned]


def _minute(at: datetime | None) -> str:
    assert at is not None, "a shift without hours is none"
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}"
