"""How values are said: dates with weekday, people by name, numbers with their unit, statuses."""

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

WEEKDAYS: Final = "一二三四五六日"
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
DONE: Final = {"approve": "同意", "review": "复核通过", "confirm": "确认", "handle": "办理"}
_VERDICTS: Final = {"rejected": "已驳回", "returned": "已退回", "passed": "已转交", "removed": "已减签"}
NOTHING: Final[tuple[object, ...]] = (None, "", [])  # values of a field that was not filled
_DIGITS: Final = 12
_EXACT: Final = 1e-9
_MANY: Final = 12  # names in one line; the others are counted
_TIMES: Final = ("start", "end", "days")  # said together, in one line


def clock(moment: datetime, frame: Frame, near: datetime | None = None) -> str:
    """10:02 on the same day as `near`, else 11月24日 10:02, in the office's zone."""
    here = _local(moment, frame.zone)
    if near is not None and _local(near, frame.zone).date() == here.date():
        return f"{here.hour:02}:{here.minute:02}"
    return f"{here.month}月{here.day}日 {here.hour:02}:{here.minute:02}"


@lru_cache(maxsize=1024)
def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    """What a hundred lines of one card ask for again and again."""
    return moment.astimezone(zone)


def people(userids: Iterable[str], frame: Frame) -> str:
    """Names, joined; of a long list the first ones and how many there are."""
    everybody = tuple(userids)
    names = "、".join([plain(frame.names(userid), 20) for userid in everybody[:_MANY]])
    return names if len(everybody) <= _MANY else f"{names} 等 {len(everybody)} 人"


def day(text: str, year: int) -> str:
    """2026-11-24 下午 as 11月24日（周二）下午; the year is said when it is not `year`."""
    written, _, rest = text.partition(" ")
    try:
        when = date.fromisoformat(written)
    except ValueError:
        return plain(text, 40)
    said = f"{when.month}月{when.day}日（周{WEEKDAYS[when.weekday()]}）"
    if when.year != year:
        said = f"{when.year}年{said}"
    return said if not rest else f"{said}{rest}" if rest in HALVES else f"{said} {plain(rest, 20)}"


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


def value(field: Field, said: Value, case: Case, frame: Frame) -> str:
    """One value of a form in words."""
    several = [one for one in said if isinstance(one, str)] if isinstance(said, list) else [str(said)]
    if rows := rows_of(said):
        return f"{len(rows)} 笔"
    match field.type:
        case "money" if total_of(field, case.values) is not None:
            return f"{cents(said)} 元"
        case "person" | "people":
            return people(several, frame)
        case "choice":
            return "、".join(field.options.get(one, plain(one, 40)) for one in several)
        case "moment" | "date":
            return day(several[0], _year(case, frame)) if several else ""
        case "money":
            return f"{number(said)} 元"
        case "number":
            return number(said)
    return "、".join(plain(one) for one in several[:_MANY])


def amount(case: Case) -> str:
    """0.5 天, 380 元, or nothing where neither is asked."""
    for key, unit in (("days", "天"), ("amount", "元")):
        if case.values.get(key) not in NOTHING:
            return f"{number(case.values[key])} {unit}"
    return ""


def span(case: Case, frame: Frame) -> str:
    """From when to when, in one phrase."""
    start, end = str(case.values.get("start", "")), str(case.values.get("end", ""))
    if not start:
        return ""
    year = _year(case, frame)
    if not end or start == end:
        return day(start, year)
    same_day, half_or_time = start[:10] == end[:10] and len(start) > 10, end[11:]
    return f"{day(start, year)} 至 {plain(half_or_time, 20) if same_day and half_or_time else day(end, year)}"


def what(case: Case) -> str:
    """请假 0.5 天."""
    return f"{plain(case.title, 20)} {amount(case)}".rstrip()


def headline(case: Case, frame: Frame) -> str:
    """王芳的请假 0.5 天."""
    return f"{people((case.applicant,), frame)}的{what(case)}"


def kind(case: Case, flow: Flow) -> str:
    """病假 0.5 天: more exact than `what`, for the applicant alone."""
    leave = next((field.options for field in flow.fields if field.id == "leave_type"), {})
    title = leave.get(str(case.values.get("leave_type")), case.title)
    return f"{plain(title, 20)} {amount(case)}".rstrip()


def share(quorum: float) -> str:
    """2/3, 60%: as it was written, most likely."""
    near = Fraction(quorum).limit_denominator(9)
    return f"{near}" if near.denominator > 1 and abs(float(near) - quorum) < _EXACT else f"{quorum:.0%}"


def state(case: Case) -> str:
    """The status in a word; a draft that was taken back was never filed, and what an administrator ended is no wish of
    the applicant's."""
    if case.status is Status.WITHDRAWN and case.submitted_at is None:
        return "已取消"
    return (
        "已终止"
        if case.status is Status.WITHDRAWN and case.closed_by not in ("", *case.owners)
        else STATUS[case.status]
    )


def verb(verdict: str, step: Step | None) -> str:
    """已同意, 已复核通过, 已驳回: what somebody did at this step."""
    return _VERDICTS.get(verdict) or f"已{DONE[step.kind if step else 'approve']}"


def particulars(case: Case, flow: Flow, frame: Frame) -> list[str]:
    """The form's values, a line each; start, end and days stand together."""
    when, lines = span(case, frame), []
    if when:
        days = case.values.get("days")
        lines.append(f"**时间**：{when}" + ("" if days in NOTHING else f"，共 {number(days)} 天"))
    for field in sorted(flow.fields, key=lambda field: field.id != EMERGENCY):
        said = case.values.get(field.id)
        if said is None or said in NOTHING or (when and field.id in _TIMES):
            continue
        lines.append(f"**{field.label}**：{value(field, said, case, frame)}")
        if field.type == "rows":
            lines += row_lines(flow, field, rows_of(said), lambda written: day(written, _year(case, frame)))
    if case.links:
        lines.append("**关联**：" + "、".join(f"{plain(one, 30)}（{STATUS[how]}）" for one, how in case.links.items()))
    return lines


def _year(case: Case, frame: Frame) -> int:
    return case.created_at.astimezone(frame.zone).year
