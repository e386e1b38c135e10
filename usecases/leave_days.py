"""What a form of leave or overtime comes to, day by day, as the rule of its type counts. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from domain.approvals.case import Case
from domain.approvals.form import ENDS, STARTS, moment
from domain.approvals.values import Value
from domain.calendar import Workdays
from domain.leave.ledger import Parts
from domain.leave.rules import LeaveRule
from language.fill import CALENDAR_DAYS
from usecases.ports import World
from usecases.values import KINDS, hours_between

_LONGEST: Final = 731  # days of leave at most, for a mistyped year
_NIGHT: Final = 24.0  # hours: overtime over midnight is one night, not two days


def rule_for(case: Case, world: World) -> LeaveRule | None:
    """The rule of the type of leave that the case asks for; None where there is none, or it is no leave."""
    return world.leave.get(str(case.values.get("leave_type", ""))) if case.flow == KINDS["leave"] else None


def parts_of(values: Mapping[str, Value], rule: LeaveRule, workdays: Workdays) -> Parts | None:
    """What is taken on which day; of a time whose calendar is not known, Monday to Friday. None where the form does not
    say yet."""
    try:
        first, begin = moment(str(values.get("start", "")), STARTS)
        last, stop = moment(str(values.get("end", "")), ENDS)
        days = float(str(values.get("days") or 0))
    except ValueError:
        return None
    if days <= 0 or not timedelta() <= last - first < timedelta(days=_LONGEST):
        return None
    if first == last:
        return Parts(type=rule.type, days={first: rule.amount(days=days, hours=hours_between(values))})
    share: dict[date, float] = {}
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        share[day] = float(values.get("leave_type") in CALENDAR_DAYS or workdays.likely(day))
    share[first] -= 0.5 if begin == STARTS["下午"] and share[first] else 0
    share[last] -= 0.5 if stop == ENDS["上午"] and share[last] else 0
    return Parts(type=rule.type, days=_spread(rule.amount(days=days), share, rule))


def overtime_of(case: Case, rule: LeaveRule) -> tuple[date, int] | None:
    """The last day of approved overtime, and how much it was; None where its form does not say."""
    try:
        hours = hours_between(case.values)
        last, _ = moment(str(case.values.get("end", "")), ENDS)
        days = float(str(case.values.get("days") or 0))
    except ValueError:
        return None
    worked = rule.amount(days=days, hours=hours if hours is not None and 0 < hours <= _NIGHT else None)
    return (last, worked) if worked > 0 else None


def _spread(amount: int, share: Mapping[date, float], rule: LeaveRule) -> dict[date, int]:
    """So much over the days, each as far as it goes; what is more stands on the last one of them."""
    found: dict[date, int] = {}
    for day, part in share.items():
        if here := min(rule.amount(days=part), amount):
            found[day] = here
            amount -= here
    if amount:
        end = max(found, default=max(share))
        found[end] = found.get(end, 0) + amount
    return found
