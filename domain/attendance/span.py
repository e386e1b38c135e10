"""From when to when a form asks to be away: halves of a day reach to midnight on their outer side. Pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.approvals.case import Case
from domain.approvals.form import ENDS, STARTS, moment


def span_of(case: Case, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    """From when until before when the form's `start` and `end` reach; None where they cannot be read."""
    first, last = str(case.values.get("start", "")), str(case.values.get("end") or case.values.get("start", ""))
    try:
        (start, begin), (end, stop) = moment(first, STARTS), moment(last, ENDS)
    except ValueError:
        return None
    if first.endswith("上午"):
        begin = None
    if last.endswith("下午"):
        stop = None
    midnight = time(tzinfo=zone)
    return (
        datetime.combine(start, midnight) + timedelta(hours=begin or 0),
        datetime.combine(end, midnight) + timedelta(hours=24 if stop is None else stop),
    )
