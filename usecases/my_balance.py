"""我的余额: what leave somebody has taken this year; what is left stands in no ledger yet, and that is said. Pure."""

from datetime import datetime, timedelta
from typing import Final

from cards.answers import leave_taken
from domain.approvals.case import Case, Status
from usecases.heard import Heard
from usecases.notices import say
from usecases.ports import Office, Outcome, Talk
from usecases.values import KINDS

_BEFORE: Final = timedelta(days=62)  # a leave in January may have been asked for in the year before


def my_balance(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome:
    """By type: the days that were approved, and those that wait for a decision."""
    year = heard.said_at.year
    flow = office.world.flows.get(KINDS["leave"])
    since = heard.said_at.replace(month=1, day=1) - _BEFORE
    cases = office.filed(heard.by, flow.id, since) if flow else ()
    own = [case for case in cases if str(case.values.get("start", "")).startswith(str(year))]
    approved, waiting = (_days(own, status) for status in (Status.APPROVED, Status.RUNNING))
    options = next((field.options for field in flow.fields if field.id == "leave_type"), {}) if flow else {}
    return Outcome(
        posts=(
            say(
                heard.by, heard.cause, *leave_taken(year, approved, waiting, options, office.world.frame_for(heard.by))
            ),
        )
    )


def _days(cases: list[Case], status: Status) -> dict[str, float]:
    days: dict[str, float] = {}
    for case in cases:
        if case.status is status:
            kind = str(case.values.get("leave_type", ""))
            days[kind] = days.get(kind, 0) + float(str(case.values.get("days") or 0))
    return days
