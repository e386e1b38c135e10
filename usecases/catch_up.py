"""What cases that were decided before there were a calendar and a ledger say to them. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from domain.approvals.case import Case, Status
from domain.attendance.presence import Away
from domain.attendance.span import span_of
from domain.calendar import Workdays
from domain.leave.ledger import Entry
from usecases.absences import away_of
from usecases.leave_ledger import earned, held
from usecases.ports import World
from usecases.values import KINDS

_EVENING: Final = timedelta(hours=6)  # an afternoon off once ended at 18:00, now at midnight


def entries_of(
    case: Case, entries: Iterable[Entry], since: datetime, world: World, workdays: Workdays
) -> tuple[Entry, ...]:  # fmt: skip
    """What the ledger lacks of this case: leave that was asked for or approved, overtime that was approved; nothing of
    what was over before `since`, nor of a case that has `entries` already."""
    span = span_of(case, world.frame.zone)
    if span is None or span[1] <= since:
        return ()
    own = tuple(entries)
    if case.flow == KINDS["overtime"] and case.status is Status.APPROVED:
        known = {one.id for one in own}
        return tuple(one for one in earned(case, world) if one.id not in known)
    return () if any(one.case == case.number for one in own) else held(case, own, world, workdays)


def away_again(case: Case, row: Away | None, since: datetime, zone: ZoneInfo) -> Away | None:
    """How the approved case stands in the calendar, where that differs from its `row`; None of what was over before
    `since`. Whoever ended the row early, decides while on leave."""
    away = away_of(case, zone, case.closed_at or case.created_at)
    if away is None or away.end <= since:
        return None
    if row is not None:
        early = row.end not in (away.end, away.end - _EVENING)
        away = replace(away, deputy=row.deputy, made=row.made, reachable=row.reachable or early)
    return None if away == row else away
