"""What the platform's attendance shall know of a case: what was approved, or is not any more. Pure.

Each call is a letter in the lane of the person; its facts are words of ours, and bot/wire/telling.py makes the call."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from cards import news
from cards.card import Card
from domain.approvals.case import Case, Status
from domain.approvals.form import ENDS, STARTS, moment
from domain.approvals.route import posts_for
from domain.attendance.span import span_of
from domain.errors import OfficeError
from domain.people import Person
from language.fill import CALENDAR_DAYS
from usecases.absences import KINDS
from usecases.notices import say
from usecases.ports import Office, Post, World
from usecases.show import form_of
from usecases.values import worked_hours

LANE: Final = "att:"
_LONGEST: Final = 31  # days of one call (contract 7.3)
_BACK: Final = timedelta(days=30)  # so far back absences are taken: the platform says 31, a late letter takes its time
_DAY: Final = timedelta(days=1)
_MIDNIGHT: Final = "23:59"  # the end of a day by the clock

Facts = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One call's share of an absence or of overtime; `id` is by what the platform knows it."""

    id: str
    first: date
    last: date
    start: str
    end: str
    unit: str
    hours: float = 0.0


def tellings(before: Case, after: Case, office: Office, now: datetime) -> tuple[Post, ...]:
    """The calls that follow when a case is approved, or its approval is undone; and where it lies too far back, the
    words to those who administer the flow that they must enter it by hand."""
    world = office.world
    if not world.attendance.write_back or before.status is after.status:
        return ()
    today = now.astimezone(world.frame.zone).date()
    if after.status is Status.APPROVED:
        calls = list(_approved(after, world, today - _BACK))
        return (*_letters(after, calls), *_by_hand(after, world, today - _BACK))
    if before.status is Status.APPROVED:
        parts = [one.id for one in _parts(after, world)] or [after.number] * (after.flow == "clock_correction")
        return _letters(after, [_facts(after, world, "cancel", approval=one) for one in parts])
    return ()


def _letters(case: Case, calls: list[Facts]) -> tuple[Post, ...]:
    lane = LANE + case.applicant
    tracks = (f"att.{case.number}.{place}" for place in range(1, len(calls) + 1))
    return tuple(
        Post(
            to=lane, track=track, version=case.version,
            words=Card(track=track, template="words", params=facts, version=case.version),
        )
        for track, facts in zip(tracks, calls, strict=True)
    )  # fmt: skip


def _facts(case: Case, world: World, call: str, *, approval: str = "", **more: str) -> dict[str, str]:
    known = {"call": call, "person": case.applicant, "approval": approval or case.number, "link": world.attendance.link}
    return known | more


def _approved(case: Case, world: World, earliest: date) -> Iterator[Facts]:
    start = str(case.values.get("start", ""))
    if case.flow == "clock_correction":
        day, _, clock = start.partition(" ")
        yield _facts(
            case, world, "correct", operator=world.operator, day=day, clock="" if clock in STARTS else clock,
            punch=str(case.values.get("punch", "")),
        )  # fmt: skip
    if case.flow == "shift_swap":
        yield _facts(
            case, world, "swap", operator=world.operator, day=start, back=str(case.values.get("end") or ""),
            other=str(case.values.get("deputy", "")),
        )  # fmt: skip
    for part in _parts(case, world):
        if part.last >= earliest:
            yield _facts(case, world, "finish", approval=part.id, **_said(case, world, _cut(part, earliest)))


def _said(case: Case, world: World, part: _Part) -> dict[str, str]:
    """What is away or worked, from when to when, and how it counts."""
    common = {"from": part.start, "to": part.end, "unit": part.unit}
    if case.flow == "overtime":
        return {**common, "kind": "overtime", "hours": f"{part.hours:g}", "for": world.attendance.overtime}
    kind = KINDS[case.flow]
    leave_type = case.values.get("leave_type")
    by_week = kind in ("leave", "rest") and leave_type not in CALENDAR_DAYS
    labels = next((field.options for field in form_of(case, world).fields if field.id == "leave_type"), {})
    name = labels.get(str(leave_type), case.title)
    return {**common, "kind": kind, "name": name, "days": "working" if by_week else "calendar"}


def _parts(case: Case, world: World) -> tuple[_Part, ...]:
    """What the platform takes at once: 31 days, of overtime one day, counted from the beginning, always alike."""
    span = span_of(case, world.frame.zone) if case.flow in KINDS or case.flow == "overtime" else None
    if span is None:
        return ()
    found = _worked(case, span) if case.flow == "overtime" else _away(case, span)
    return tuple(found)


def _away(case: Case, span: tuple[datetime, datetime]) -> Iterator[_Part]:
    first, last = span[0].date(), (span[1] - timedelta(microseconds=1)).date()
    begins, ends = (str(case.values.get(name) or case.values.get("start", "")) for name in ("start", "end"))
    halves = [text.partition(" ")[2] for text in (begins, ends)]
    unit = "day" if not any(halves) else "half" if {*halves} <= {"", *STARTS} else "hour"
    edges = {"day": ("", ""), "half": (" 上午", " 下午"), "hour": (" 00:00", f" {_MIDNIGHT}")}[unit]
    here = first
    while here <= last:
        stop = min(last, here + (_LONGEST - 1) * _DAY)
        start, end = f"{here}{edges[0]}", f"{stop}{edges[1]}"
        if here == first and halves[0]:
            start = begins if unit == "half" else f"{span[0]:%Y-%m-%d %H:%M}"
        if stop == last and halves[1]:
            end = ends if unit == "half" else _until(span[1])
        yield _Part(id=_named(case, here, first), first=here, last=stop, start=start, end=end, unit=unit)
        here = stop + _DAY


def _cut(part: _Part, earliest: date) -> _Part:
    """The part from the earliest day on that the platform takes."""
    if part.first >= earliest:
        return part
    edge = {"day": "", "half": " 上午", "hour": " 00:00"}[part.unit]
    return _Part(
        id=part.id, first=earliest, last=part.last, start=f"{earliest}{edge}", end=part.end, unit=part.unit,
        hours=part.hours,
    )  # fmt: skip


def _worked(case: Case, span: tuple[datetime, datetime]) -> Iterator[_Part]:
    """Overtime by the clock; where none is said, in the hours of a working day, on each of its days."""
    (first, begin), (last, stop) = (
        moment(str(case.values.get(name) or case.values.get("start", "")), halves)
        for name, halves in (("start", STARTS), ("end", ENDS))
    )
    whole = begin is not None and stop is not None and span[1] - span[0] <= _DAY
    for day in (first,) if whole else (first + n * _DAY for n in range((last - first).days + 1)):
        here = begin if day == first and begin is not None else STARTS["上午"]
        until = stop if (whole or day == last) and stop is not None else ENDS["下午"]
        start, end = _at(day, here), _at(last if whole else day, until)
        if start < end:
            yield _Part(
                id=_named(case, day, first), first=day, last=day, start=f"{start:%Y-%m-%d %H:%M}",
                end=f"{end:%Y-%m-%d %H:%M}", unit="hour", hours=round(worked_hours(start, end), 2),
            )  # fmt: skip


def _at(day: date, hour: float) -> datetime:
    return datetime.combine(day, time()) + timedelta(hours=hour)


def _until(end: datetime) -> str:
    if (end.hour, end.minute) == (0, 0):
        return f"{end - _DAY:%Y-%m-%d} {_MIDNIGHT}"
    return f"{end:%Y-%m-%d %H:%M}"


def _named(case: Case, here: date, first: date) -> str:
    """The approval's id there: the number, and for a later part how many days after the first it begins."""
    return case.number if here == first else f"{case.number}.{(here - first).days}"


def _by_hand(case: Case, world: World, earliest: date) -> tuple[Post, ...]:
    """To those who administer the flow: what lies before that day must be entered by hand."""
    parts = _parts(case, world)
    if not parts or parts[0].first >= earliest:
        return ()
    people: tuple[str, ...] = ()
    applicant = world.organization.find(case.applicant) or Person(userid=case.applicant, name="")
    with suppress(OfficeError):
        flow = form_of(case, world)
        people = posts_for(flow, case.values, applicant, world.organization).administrators("考勤").people
    return tuple(
        say(who, f"{case.number}:att", *news.enter_by_hand(case, earliest, world.frame_for(who))) for who in people
    )
