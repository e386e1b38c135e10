"""What approved cases say of where people are: each fills the presence calendar, and empties it when it is undone."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from domain.approvals.case import Case, Status
from domain.attendance.presence import Away, AwayKind
from domain.attendance.span import span_of
from usecases.ports import Office

KINDS: Final[Mapping[str, AwayKind]] = {
    "leave": "leave", "rest_day": "rest", "business_trip": "trip", "outing": "outing",
}  # fmt: skip


def absences(before: Case, after: Case, office: Office, now: datetime) -> tuple[Away, ...]:
    """That somebody is away, once it is approved; with whom they named in the field `deputy`. Where the approval is
    undone, that they are not, from now on."""
    if before.status is after.status or Status.APPROVED not in (before.status, after.status):
        return ()
    away = away_of(after, office.world.frame.zone, now)
    if away is None:
        return ()
    if after.status is Status.APPROVED:
        return (away,)
    return (replace(away, end=max(away.start, min(away.end, now))),)


def away_of(case: Case, zone: ZoneInfo, made: datetime) -> Away | None:
    """What the case, approved at `made`, says of where the applicant is; None where it says nothing of that."""
    kind, span = KINDS.get(case.flow), span_of(case, zone)
    if kind is None or span is None:
        return None
    return Away(
        id=case.number, person=case.applicant, kind=kind, start=span[0], end=span[1], made=made,
        deputy=str(case.values.get("deputy", "")), place=str(case.values.get("place", "")),
    )  # fmt: skip
