"""Rows of cases as numbers: what was filed and decided in a time, what waits. Set-wise, and without their contents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from domain.summaries.period import Matter
from store import tables as t
from store.codec import from_ms, to_ms

_SUBMITTED: Final = t.events.alias("submitted")
_HAPPENED: Final = (
    sa.select(
        t.cases.c.number, t.cases.c.flow, t.cases.c.applicant, t.cases.c.status,
        sa.func.max(sa.case((t.events.c.kind != "submitted", t.events.c.at_ms), else_=0)).label("ended_ms"),
        sa.func.min(_SUBMITTED.c.at_ms).label("filed_ms"),
    )
    .join_from(t.events, t.cases, t.cases.c.number == t.events.c.case_number)
    .join(_SUBMITTED, (_SUBMITTED.c.case_number == t.cases.c.number) & (_SUBMITTED.c.kind == "submitted"))
    .where(t.COUNTED, t.events.c.at_ms >= sa.bindparam("since"), t.events.c.at_ms < sa.bindparam("until"))
    .group_by(t.cases.c.number, t.cases.c.flow, t.cases.c.applicant, t.cases.c.status)
    .order_by(t.cases.c.number)
)  # fmt: skip
_WAITING: Final = (
    sa.select(
        t.cases.c.number, t.cases.c.flow, t.cases.c.applicant, t.tasks.c.person, t.tasks.c.opened_ms,
    )
    .join_from(t.tasks, t.cases, t.cases.c.number == t.tasks.c.case_number)
    .where(t.OPEN, t.cases.c.status == "running")
    .order_by(t.cases.c.number, t.tasks.c.person)
)  # fmt: skip
_ENDED: Final = ("approved", "rejected")


@dataclass(slots=True)
class LoadedCaseload:
    """The `Caseload` of usecases.books."""

    connection: sa.Connection

    def matters(self, since: datetime, until: datetime) -> tuple[Matter, ...]:
        """What happened in that time, and what waits now; a case may be both."""
        rows = self.connection.execute(_HAPPENED, {"since": to_ms(since), "until": to_ms(until)})
        return (*map(_happened, rows), *_waiting(self.connection.execute(_WAITING)))


def _happened(row: Any) -> Matter:
    ended = row.status in _ENDED and row.ended_ms
    return Matter(
        case=row.number, flow=row.flow, applicant=row.applicant, filed=from_ms(row.filed_ms),
        decided=from_ms(row.ended_ms) if ended else None,
    )  # fmt: skip


def _waiting(rows: Iterable[Any]) -> Iterable[Matter]:
    """One for each case, since its oldest open task."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.number, []).append(row)
    for number, asked in found.items():
        yield Matter(
            case=number, flow=asked[0].flow, applicant=asked[0].applicant,
            since=from_ms(min(row.opened_ms for row in asked)), waits_for=tuple(row.person for row in asked),
        )  # fmt: skip
