"""How values are said: dates with weekday, people by name, numbers with their unit, statuses."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from cards.card import Frame
from cards.details import cents, row_lines
from cards.escape import plain
from domain.approvals.case import Case, Status
from domain.approvals.flow import Field, Flow
from domain.approvals.route import Step
from domain.approvals.rows import rows_of, total_of
from domain.approvals.rules import EMERGENCY
from domain.approvals.values import Value

WEEKDAYS: Final = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_MONTHS: Final = ("1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月")
HALVES: Final = ("上午", "下午")
STATUS: Final = {
    Status.DRAFT: "待提交",
    Status.RUNNING: "审批中",
    Status.APPROVED: "已通过",
    Status.REJECTED: "已驳回",
    Status.RETURNED: "已退回",
    Status.WITHDRAWN: "已撤销",
    Status.EXPIRED: "已过期",
}
DONE: Final = {"approve": "已同意", "review": "已复核通过", "confirm": "已确认", "handle": "已办理"}
_VERDICTS: Final = {"rejected": "已驳回", "returned": "已退回", "passed": "已转交", "removed": "已减签"}
NOTHING: Final[tuple[object, ...]] = (None, "", [])  # values of a field that was not filled
_DIGITS: Final = 12
_EXACT: Final = 1e-9
_MANY: Final = 12  # names in one line; the others are counted
_AND_MORE: Final = re.compile(r"(.+) 等 (\d+) 项")
_TIMES: Final = ("start", "end", "days")  # said together, in one line


def clock(moment: datetime, frame: Frame, near: datetime | None = None) -> str:
    """10:02 on the same day as `near`, else 11月24日 10:02, in the office's zone."""
    here = _local(moment, frame.zone)
    time = f"{here.hour:02}:{here.minute:02}"
    if near is not None and _local(near, frame.zone).date() == here.date():
        return time
    return frame.say("{month}{day}日 {time}", month=frame.say(_MONTHS[here.month - 1]), day=here.day, time=time)


@lru_cache(maxsize=1024)
def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    """What a hundred lines of one card ask for again and again."""
    return moment.astimezone(zone)


def people(userids: Iterable[str], frame: Frame) -> str:
    """Names, joined; of a long list the first ones and how many there are."""
    everybody = tuple(userids)
    names = frame.listed([plain(frame.names(userid), 20) for userid in everybody[:_MANY]])
    return names if len(everybody) <= _MANY else frame.say("{names} 等 {n} 人", names=names, n=len(everybody))


def day(text: str, year: int, frame: Frame) -> str:
    """2026-11-24 下午 as 11月24日（周二）下午; the year is said when it is not `year`."""
    written, _, rest = text.partition(" ")
    try:
        when = date.fromisoformat(written)
    except ValueError:
        return plain(text, 40)
    said = calendar_day(when.month, when.day, WEEKDAYS[when.weekday()], frame)
    if when.year != year:
        said = frame.say("{year}年{day}", year=when.year, day=said)
    if rest in HALVES:
        return frame.say("{day}{half}", day=said, half=frame.say(rest))
    return f"{said} {plain(rest, 20)}" if rest else said


def calendar_day(month: int, day: int, weekday: str, frame: Frame) -> str:
    """11月24日（周二）, of a weekday that is called so in Chinese."""
    return frame.say(
        "{month}{day}日（{weekday}）", month=frame.say(_MONTHS[month - 1]), day=day, weekday=frame.say(weekday)
    )


def number(said: object) -> str:
    """1.0 as 1, 1234567.5 as 1,234,567.5; what is no number that a form means stays as it was written."""
    try:
        exact = Decimal(str(said))
    except InvalidOperation:
        return plain(str(said), 40)
    if not exact.is_finite() or abs(exact.adjusted()) > _DIGITS:
        return plain(str(said), 40)
    text = f"{exact:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def days(said: object, frame: Frame, *, working: bool = False) -> str:
    """0.5 天, 2 个工作日."""
    count = number(said)
    return frame.count("{days} 个工作日" if working else "{days} 天", 1 if count == "1" else 2, days=count)


def yuan(said: object, frame: Frame) -> str:
    """380 元, of a number that is written already as it shall be read."""
    return frame.say("{sum} 元", sum=said)


def value(field: Field, said: Value, case: Case, frame: Frame) -> str:
    """One value of a form in words."""
    several = [one for one in said if isinstance(one, str)] if isinstance(said, list) else [str(said)]
    if rows := rows_of(said):
        return frame.count("{n} 笔", len(rows))
    match field.type:
        case "money" if total_of(field, case.values) is not None:
            return yuan(cents(said), frame)
        case "person" | "people":
            return people(several, frame)
        case "choice":
            known = field.options
            return frame.listed(frame.say(known[one]) if one in known else plain(one, 40) for one in several)
        case "moment" | "date":
            return day(several[0], _year(case, frame), frame) if several else ""
        case "money":
            return yuan(number(said), frame)
        case "number":
            return number(said)
        case "attachments":
            return frame.listed(plain(frame.say(one)) for one in several[:_MANY])
    return frame.listed(_items(plain(one), frame) for one in several[:_MANY])


def _items(said: str, frame: Frame) -> str:
    """What rows are about (打车、午餐、住宿 等 5 项), as domain/approvals/rows.py puts it into a text."""
    found = _AND_MORE.fullmatch(said) if frame.language != "zh" else None
    if found is None:
        return said
    return frame.say("{names} 等 {n} 项", names=frame.listed(found[1].split("、")), n=found[2])


def amount(case: Case, frame: Frame) -> str:
    """0.5 天, 380 元, or nothing where neither is asked."""
    if case.values.get("days") not in NOTHING:
        return days(case.values["days"], frame)
    return yuan(number(case.values["amount"]), frame) if case.values.get("amount") not in NOTHING else ""


def span(case: Case, frame: Frame) -> str:
    """From when to when, in one phrase."""
    start, end = str(case.values.get("start", "")), str(case.values.get("end", ""))
    if not start:
        return ""
    year = _year(case, frame)
    if not end or start == end:
        return day(start, year, frame)
    same_day, half_or_time = start[:10] == end[:10] and len(start) > 10, end[11:]
    until = frame.say(half_or_time) if half_or_time in HALVES else plain(half_or_time, 20)
    return frame.say(
        "{start} 至 {end}",
        start=day(start, year, frame),
        end=until if same_day and half_or_time else day(end, year, frame),
    )


def what(case: Case, frame: Frame) -> str:
    """请假 0.5 天."""
    return _with_amount(title(case.title, frame), case, frame)


def title(text: str, frame: Frame) -> str:
    """What a flow is called."""
    return plain(frame.say(text), 20 if frame.language == "zh" else 40)


def headline(case: Case, frame: Frame) -> str:
    """王芳的请假 0.5 天."""
    return frame.say("{who}的{what}", who=people((case.applicant,), frame), what=what(case, frame))


def kind(case: Case, flow: Flow, frame: Frame) -> str:
    """病假 0.5 天: more exact than `what`, for the applicant alone."""
    leave = next((field.options for field in flow.fields if field.id == "leave_type"), {})
    return _with_amount(title(leave.get(str(case.values.get("leave_type")), case.title), frame), case, frame)


def _with_amount(said: str, case: Case, frame: Frame) -> str:
    how_much = amount(case, frame)
    return frame.say("{title} {amount}", title=said, amount=how_much) if how_much else said


def share(quorum: float) -> str:
    """2/3, 60%: as it was written, most likely."""
    near = Fraction(quorum).limit_denominator(9)
    return f"{near}" if near.denominator > 1 and abs(float(near) - quorum) < _EXACT else f"{quorum:.0%}"


def state(case: Case, frame: Frame) -> str:
    """The status in a word; a draft that was taken back was never filed, and what an administrator ended is no wish of
    the applicant's."""
    if case.status is Status.WITHDRAWN and case.submitted_at is None:
        return frame.say("已取消")
    ended = case.status is Status.WITHDRAWN and case.closed_by not in ("", *case.owners)
    return frame.say("已终止" if ended else STATUS[case.status])


def verb(verdict: str, step: Step | None, frame: Frame) -> str:
    """已同意, 已复核通过, 已驳回: what somebody did at this step."""
    return frame.say(_VERDICTS.get(verdict) or DONE[step.kind if step else "approve"])


def line(label: str, said: str, frame: Frame) -> str:
    """**时间**：…, a line of a card."""
    return frame.say("**{label}**：{value}", label=frame.title(label), value=said)


def particulars(case: Case, flow: Flow, frame: Frame) -> list[str]:
    """The form's values, a line each; start, end and days stand together."""
    when, lines = span(case, frame), []
    if when:
        count = case.values.get("days")
        if count not in NOTHING:
            when = frame.say("{span}，共 {days}", span=when, days=days(count, frame))
        lines.append(line("时间", when, frame))
    for field in sorted(flow.fields, key=lambda field: field.id != EMERGENCY):
        said = case.values.get(field.id)
        if said is None or said in NOTHING or (when and field.id in _TIMES):
            continue
        lines.append(line(field.label, value(field, said, case, frame), frame))
        if field.type == "rows":
            lines += row_lines(flow, field, rows_of(said), lambda one: day(one, _year(case, frame), frame), frame)
    if case.links:
        linked = (
            frame.say("{number}（{state}）", number=plain(number, 30), state=frame.say(STATUS[how]))
            for number, how in case.links.items()
        )
        lines.append(line("关联", frame.listed(linked), frame))
    return lines


def _year(case: Case, frame: Frame) -> int:
    return case.created_at.astimezone(frame.zone).year
