"""What is said about deputies: from when until when, and for what. Each function gives (title, Markdown)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from cards.card import Frame
from cards.escape import plain
from cards.phrases import day, number, people
from cards.words import Words
from domain.approvals.standins import Standin


def named(one: Standin, flows: Sequence[str], frame: Frame, *, waiting: int) -> Words:
    """To the person: what was agreed, and what becomes of what waits already."""
    who = people((one.deputy,), frame)
    lines = [
        f"{_span(one, frame)}，由{who}代你审批{_what(one, flows)}。到期自动结束，想提前结束就说“取消委托”。",
        f"{who}已经收到通知；审批记录会写“{who}（代{people((one.person,), frame)}）”。",
    ]
    if waiting:
        lines.append(f"已经在等你的单子还由你处理。要一起交给{who}，先说“待我审批”，再说“全部转交 {who}”。")
    return "已委托", "\n\n".join(lines)


def asked(one: Standin, flows: Sequence[str], frame: Frame) -> Words:
    """To the deputy: for whom, how long and what for."""
    who = people((one.person,), frame)
    lines = [
        f"{who}委托你在{_span(one, frame)}代为审批{_what(one, flows)}。",
        f"这期间要{who}审批的新单子会直接发给你，你来决定。",
    ]
    return "委托给你", "\n\n".join(lines)


def ended(rows: Sequence[Standin], frame: Frame) -> Words:
    """To the person: nobody sits in any more."""
    if not rows:
        return "没有委托", "现在没有要结束的委托。想委托的话，说“委托 姓名 明天到周五”。"
    who = people(dict.fromkeys(row.deputy for row in rows if row.deputy), frame)
    return "已取消委托", f"好的，{f'不再由{who}代你审批，' if who else ''}新的单子又会发给你。已经发出去的不变。"


def relieved(person: str, frame: Frame) -> Words:
    """To the deputy."""
    who = people((person,), frame)
    return "委托结束", f"{who}结束了委托，新的单子由{who}自己审批。已经发给你的请处理完。"


def listed(mine: Sequence[Standin], others: Sequence[Standin], frame: Frame) -> Words:
    """我的委托."""
    lines = [f"- {_span(row, frame)}，{_by(row, frame)}" for row in mine]
    lines += [f"- {_span(row, frame)}，你代{people((row.person,), frame)}审批{_what(row, row.flows)}" for row in others]
    return "我的委托", "\n".join(lines) or "现在没有委托。想委托的话，说“委托 姓名 明天到周五”。"


def _by(row: Standin, frame: Frame) -> str:
    leave = f"（请假 {row.case}）" if row.case else ""
    if not row.deputy:
        return f"你不在{leave}，没有指定替班人"
    return f"由{people((row.deputy,), frame)}代你审批{_what(row, row.flows)}{leave}"


def _what(one: Standin, flows: Sequence[str]) -> str:
    kinds = "、".join(plain(title, 20) for title in flows) or "所有单子"
    return f"{kinds}（{number(one.most)} 元以内）" if one.most is not None else kinds


def _span(one: Standin, frame: Frame) -> str:
    """11月24日（周二）至 11月27日（周五）."""
    start, end = one.start.astimezone(frame.zone), one.end.astimezone(frame.zone)
    year = one.made.astimezone(frame.zone).year
    last = end - timedelta(days=1) if not (end.hour or end.minute) else end
    first = _said(start, whole=not (start.hour or start.minute), year=year)
    until = _said(last, whole=last is not end, year=year)
    return first if first == until else f"{first} 至 {until}"


def _said(moment: datetime, *, whole: bool, year: int) -> str:
    return day(f"{moment:%Y-%m-%d}" if whole else f"{moment:%Y-%m-%d %H:%M}", year)
