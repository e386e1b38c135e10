"""What the rules of a flow say to whoever fills in its form: lead times, limits, the place that decides.

These are notes that a draft keeps: Chinese, and told to each reader by cards/retold.py."""

from collections.abc import Mapping, Sequence
from datetime import date

from cards.card import Frame
from cards.escape import plain
from cards.phrases import STATUS, WEEKDAYS, day, days, title
from domain.approvals.case import Status
from domain.approvals.flow import Flow, Limit
from domain.approvals.rules import PERIODS, Late, in_days
from domain.approvals.values import Value


def left_over(flow: Flow, limit: Limit, left: int) -> str:
    """How often one may still ask in this period, after this time."""
    return f"{PERIODS[limit.per]}最多 {limit.count} 次，这次以后还可以{plain(flow.title.removesuffix('申请'), 20)} {left} 次"


def days_counted(values: Mapping[str, Value]) -> str:
    """Somebody said another number of days than the dates have."""
    return f"天数按起止日期算，是 {values['days']} 天；要改天数请改日期"


def moved(flow: Flow, values: Mapping[str, Value], home: Sequence[str]) -> str:
    """Why a request became one of another flow (R-TRIP-1)."""
    place = plain(str(values.get(flow.place.field, "")), 20) if flow.place else ""
    where = "在" if flow.place and flow.id == flow.place.inside else "不在"
    return f"目的地是{place}，{where}{'、'.join(home)}，按{plain(flow.title, 20)}办理"


def asked_already(number: str, title: str, status: Status) -> str:
    """Another case of the same kind covers some of that time."""
    return f"这段时间已经有一张{plain(title, 20)}：{number}（{STATUS[status]}）"


def filed_late(missed: Late) -> str:
    """A lead time was missed, and why is told."""
    return f"要提前 {in_days(missed.lead)}申请（最晚 {_said(missed.latest)}），按紧急办理"


def _said(latest: date) -> str:
    return f"{latest.month}月{latest.day}日（{WEEKDAYS[latest.weekday()]}）"


def too_late(flow: Flow, missed: Late, frame: Frame) -> str:
    """The rule that was missed, before its reason is asked for (R-LEAVE-5)."""
    lead = days(missed.lead.days, frame, working=missed.lead.working)
    latest = day(missed.latest.isoformat(), missed.latest.year, frame)
    said = "{title}要提前 {lead}申请，这次最晚应在 {latest} 提出。"
    return frame.say(said, title=title(flow.title, frame), lead=lead, latest=latest)


def cannot_count(days: float, year: int, frame: Frame, *, published: bool) -> str:
    """Why the days of a form are asked for: these are days off, or the schedule of that year is not published."""
    if not published:
        return frame.say("{year} 年的放假安排还没有公布，算不出工作日。", year=year)
    if days <= 1:
        return frame.say("这天本来就休息，不用请假；要改日期直接说，要照样请的话，")
    return frame.say("这几天本来就休息，不用请假；要改日期直接说，要照样请的话，")
