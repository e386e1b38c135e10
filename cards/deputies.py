"""What is said about deputies: from when until when, and for what. Each function gives (title, Markdown)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from cards.card import Frame
from cards.phrases import day, number, people, title, yuan
from cards.words import Words
from domain.approvals.standins import Standin


def named(one: Standin, flows: Sequence[str], frame: Frame, *, waiting: int) -> Words:
    """To the person: what was agreed, and what becomes of what waits already."""
    who = people((one.deputy,), frame)
    lines = [
        frame.say(
            "{span}，由{who}代你审批{what}。到期自动结束，想提前结束就说“取消委托”。",
            span=_span(one, frame), who=who, what=_what(one, flows, frame),
        ),
        frame.say("{who}已经收到通知；审批记录会写“{who}（代{person}）”。", who=who, person=people((one.person,), frame)),
    ]  # fmt: skip
    if waiting:
        said = "已经在等你的单子还由你处理。要一起交给{who}，先说“待我审批”，再说“全部转交 {who}”。"
        lines.append(frame.say(said, who=who))
    return frame.say("已委托"), "\n\n".join(lines)


def asked(one: Standin, flows: Sequence[str], frame: Frame) -> Words:
    """To the deputy: for whom, how long and what for."""
    who = people((one.person,), frame)
    told, span = _what(one, flows, frame), _span(one, frame)
    lines = [
        frame.say("{who}委托你在{span}代为审批{what}。", who=who, span=span, what=told),
        frame.say("这期间要{who}审批的新单子会直接发给你，你来决定。", who=who),
    ]
    return frame.say("委托给你"), "\n\n".join(lines)


def ended(rows: Sequence[Standin], frame: Frame) -> Words:
    """To the person: nobody sits in any more."""
    if not rows:
        return frame.say("没有委托"), frame.say("现在没有要结束的委托。想委托的话，说“委托 姓名 明天到周五”。")
    who = people(dict.fromkeys(row.deputy for row in rows if row.deputy), frame)
    if not who:
        return frame.say("已取消委托"), frame.say("好的，新的单子又会发给你。已经发出去的不变。")
    said = "好的，不再由{who}代你审批，新的单子又会发给你。已经发出去的不变。"
    return frame.say("已取消委托"), frame.say(said, who=who)


def relieved(person: str, frame: Frame) -> Words:
    """To the deputy."""
    who = people((person,), frame)
    said = "{who}结束了委托，新的单子由{who}自己审批。已经发给你的请处理完。"
    return frame.say("委托结束"), frame.say(said, who=who)


def listed(mine: Sequence[Standin], others: Sequence[Standin], frame: Frame) -> Words:
    """我的委托."""
    lines = [_line(row, _by(row, frame), frame) for row in mine]
    lines += [
        _line(
            row,
            frame.say("你代{who}审批{what}", who=people((row.person,), frame), what=_what(row, row.flows, frame)),
            frame,
        )
        for row in others
    ]
    none = frame.say("现在没有委托。想委托的话，说“委托 姓名 明天到周五”。")
    return frame.say("我的委托"), "\n".join(lines) or none


def _line(row: Standin, said: str, frame: Frame) -> str:
    return "- " + frame.say("{span}，{deputy}", span=_span(row, frame), deputy=said)


def _by(row: Standin, frame: Frame) -> str:
    leave = frame.say("（请假 {number}）", number=row.case) if row.case else ""
    if not row.deputy:
        return frame.say("你不在{leave}，没有指定替班人", leave=leave)
    said = "由{who}代你审批{what}{leave}"
    return frame.say(said, who=people((row.deputy,), frame), what=_what(row, row.flows, frame), leave=leave)


def _what(one: Standin, flows: Sequence[str], frame: Frame) -> str:
    kinds = frame.listed(title(flow, frame) for flow in flows) or frame.say("所有单子")
    if one.most is None:
        return kinds
    return frame.say("{kinds}（{sum}以内）", kinds=kinds, sum=yuan(number(one.most), frame))


def _span(one: Standin, frame: Frame) -> str:
    """11月24日（周二）至 11月27日（周五）."""
    start, end = one.start.astimezone(frame.zone), one.end.astimezone(frame.zone)
    year = one.made.astimezone(frame.zone).year
    last = end - timedelta(days=1) if not (end.hour or end.minute) else end
    first = _said(start, whole=not (start.hour or start.minute), year=year, frame=frame)
    until = _said(last, whole=last is not end, year=year, frame=frame)
    return first if first == until else frame.say("{start} 至 {end}", start=first, end=until)


def _said(moment: datetime, *, whole: bool, year: int, frame: Frame) -> str:
    return day(f"{moment:%Y-%m-%d}" if whole else f"{moment:%Y-%m-%d %H:%M}", year, frame)
