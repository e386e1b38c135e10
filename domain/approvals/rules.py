"""Rules on when and how often something may be asked for, and in which flow (R-LEAVE-1, -2, -5, R-CORR-1, R-TRIP-1)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from domain.approvals.conditions import NoValue, evaluate, in_words
from domain.approvals.flow import Field, Flow, Lead, Limit, facts
from domain.approvals.form import ENDS, STARTS, moment
from domain.calendar import Workdays

EMERGENCY: Final = "emergency"  # the field with the reason for which a lead time was missed (R-LEAVE-5)
_FAR: Final = 60  # days that a search for working days goes back at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A lead time that was missed: the rule, and the last day on which it would have been in time."""

    lead: Lead
    latest: date


def lead_of(flow: Flow, values: Mapping[str, Any]) -> Lead | None:
    """The lead time that counts for this form: the first that fits; None where there is none, or it cannot be told."""
    known = facts(flow, values)
    for lead in flow.leads:
        try:
            if lead.when is None or evaluate(lead.when, known):
                return lead
        except NoValue:
            return None
    return None


def late(flow: Flow, values: Mapping[str, Any], today: date, workdays: Workdays) -> Late | None:
    """The lead time that is missed when this form is filed today, or None."""
    lead = lead_of(flow, values)
    start = _day(values.get(lead.field)) if lead else None
    if lead is None or start is None:
        return None
    latest = last_day(lead, start, workdays)
    return Late(lead=lead, latest=latest) if today > latest else None


def overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether the times of two forms, from `start` to `end`, have a moment in common; not where one has none."""
    try:
        spans = [(moment(str(values["start"]), STARTS), moment(str(values["end"]), ENDS)) for values in (one, other)]
    except (KeyError, ValueError):
        return False
    (begin, stop), (start, end) = [((a, b or 0), (c, d or 24)) for (a, b), (c, d) in spans]
    return begin < end and start < stop


def last_day(lead: Lead, start: date, workdays: Workdays) -> date:
    """The last day on which filing is in time; days of which nothing is known count as weekdays do."""
    if not lead.working:
        return start - timedelta(days=lead.days)
    left, here = lead.days, start
    for _ in range(_FAR):
        if left <= 0:
            break
        here -= timedelta(days=1)
        left -= workdays.likely(here)
    return here


def excused(flow: Flow, values: Mapping[str, Any], today: date, workdays: Workdays) -> bool:
    """Whether lead times let the form be filed: in time, or with the reason of an emergency (R-LEAVE-5)."""
    return any(map(str.isalnum, str(values.get(EMERGENCY) or ""))) or late(flow, values, today, workdays) is None


def period(limit: Limit, values: Mapping[str, Any]) -> tuple[date, date] | None:
    """The first and last day of the week, month or year in which this form counts; None while its date is not known."""
    day = _day(values.get(limit.field))
    if day is None:
        return None
    match limit.per:
        case "week":
            first = day - timedelta(days=day.weekday())
            return first, first + timedelta(days=6)
        case "year":
            return day.replace(month=1, day=1), day.replace(month=12, day=31)
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def inside(limit: Limit, span: tuple[date, date], others: Iterable[Mapping[str, Any]]) -> int:
    """How many of these forms count in that period."""
    days = (_day(values.get(limit.field)) for values in others)
    return sum(day is not None and span[0] <= day <= span[1] for day in days)


def placed(flow: Flow, *, at_home: bool | None) -> str:
    """The id of the flow that the destination asks for (R-TRIP-1): within the home city one, outside it another; where
    that is not certain (None), this one."""
    if flow.place is None or at_home is None:
        return flow.id
    return flow.place.inside if at_home else flow.place.outside


def sentences(flow: Flow, values: Mapping[str, Any], names: Mapping[str, str]) -> tuple[str, ...]:
    """The rules in words, for the confirmation card; where it cannot be told which lead time counts, all of them."""
    lead = lead_of(flow, values)
    if lead is not None:
        told = [f"要提前 {in_days(lead)}申请"]
    else:
        told = [f"{_where(one, flow.leads, names)}要提前 {in_days(one)}申请" for one in flow.leads]
    told += [f"每人{PERIODS[one.per]}最多 {one.count} 次" for one in flow.limits]
    return tuple(told)


def _where(lead: Lead, leads: Sequence[Lead], names: Mapping[str, str]) -> str:
    """When it counts."""
    if lead.when is not None:
        return f"{in_words(lead.when, names)} 时"
    return "其他情况" if len(leads) > 1 else ""


def in_days(lead: Lead) -> str:
    """2 个工作日, 1 天."""
    return f"{lead.days} {'个工作日' if lead.working else '天'}"


PERIODS: Final = {"week": "每周", "month": "每月", "year": "每年"}


def _day(said: Any) -> date | None:
    try:
        return moment(str(said), STARTS)[0]
    except ValueError:
        return None


def with_emergency(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """The fields of a form that has lead times: with the reason for missing one."""
    if any(field.id == EMERGENCY for field in fields):
        return fields
    return (
        *fields,
        Field(id=EMERGENCY, label="紧急原因", type="textarea", ask="紧急的话请写原因，审批人会看到；不急就改个日期"),
    )
