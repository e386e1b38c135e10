"""What groups and leads read of a morning, an evening, a week, a month: a few lines. Each gives (title, Markdown)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from cards.card import Frame
from cards.escape import plain
from cards.period_picture import TITLES
from cards.phrases import clock, people
from cards.spans import day_of, halves, lasted, percent, stretch, until
from cards.words import Words
from domain.attendance.whereabouts import Whereabouts
from domain.summaries.evening import Evening
from domain.summaries.morning import Gone, Morning, Where
from domain.summaries.period import Period

_MANY: Final = 12  # names in a line, logs, departments; the others are counted
_STATES: Final[Mapping[Whereabouts, str]] = {
    "missing": "没打卡", "unread": "还不知道打没打卡", "in": "在岗", "leave": "请假", "trip": "出差中",
    "outing": "外出中", "before": "还没到点", "out": "已下班", "rest": "休息", "unknown": "没有打卡安排",
}  # fmt: skip
_LINE = 60  # characters of what somebody did
_WHERE: Final[tuple[tuple[Where, str], ...]] = (
    ("off", "不在（{n}）：{who}"), ("trip", "出差中（{n}）：{who}"), ("outing", "外出中（{n}）：{who}"),
)  # fmt: skip


def morning(told: Morning, name: str, frame: Frame) -> Words:
    """Who is away today and until when. No types, no reasons (R-SUM-3)."""
    expected = frame.say("今天应到 **{n}** 人，共 {all} 人", n=told.expected, all=told.people)
    if resting := told.people - told.working:
        expected = frame.say("{line}，{n} 人休息", line=expected, n=resting)
    lines = [expected]
    for where, said in _WHERE:
        if gone := told.at(where):
            lines.append(frame.say(said, n=len(gone), who=_gone(gone, told.day, frame)))
    if not told.gone:
        lines.append(frame.say("今天没有人请假、出差或外出"))
    return _laid("早报", name, day_of(told.day, frame), lines, frame)


def _gone(gone: Sequence[Gone], day: date, frame: Frame) -> str:
    each = [
        frame.say("{who}（{until}）", who=plain(frame.names(one.person), 20), until=until(one, day, frame))
        for one in gone[:_MANY]
    ]
    rest = len(gone) - len(each)
    return frame.listed([*each, frame.count("还有 {n} 人", rest)] if rest else each)


def evening(told: Evening, name: str, frame: Frame, *, names: bool, read: datetime | None = None) -> Words:
    """How the day was; with `names` also who was late and who did not clock in, as of `read`."""
    total = told.total
    lines = [frame.say("打卡 **{came}/{due}**，迟到 {late}，缺卡 {missing}", came=total.came, due=total.due,
                       late=total.late, missing=total.missing)]  # fmt: skip
    if names:
        for said, who in (("迟到：{who}", told.late), ("缺卡：{who}", told.missing)):
            if who:
                lines.append(frame.say(said, who=people(who, frame)))
    lines += _as_of(read, frame)
    away = [frame.say("请假共 {days} 天", days=halves(total.halves))] if total.halves else []
    if total.elsewhere:
        away.append(frame.count("出差或外出 {n} 人", total.elsewhere))
    if away:
        lines.append(frame.say("，").join(away))
    if total.owed or told.written:
        lines.append(frame.say("日志已写 **{written}/{owed}**", written=total.written, owed=total.owed))
    if told.unwritten:
        lines.append(frame.say("还没写：{who}", who=people(told.unwritten, frame)))
    for one in told.written[:_MANY]:
        lines.append(f"{plain(frame.names(one.person), 20)}：{plain(one.line, _LINE)}")
    if rest := len(told.written) - _MANY if len(told.written) > _MANY else 0:
        lines.append(frame.count("还有 {n} 篇", rest))
    return _laid("晚报", name, day_of(told.day, frame), lines, frame)


def period(told: Period, name: str, frame: Frame) -> Words:
    """A week's or a month's numbers beside those before; nobody by name."""
    total, load = told.total, told.load
    rate = frame.say("出勤率 **{rate}**", rate=percent(total.rate))
    if told.before.rate is not None and total.rate is not None:
        compared = "{line}（上周 {rate}）" if told.kind == "week" else "{line}（上月 {rate}）"
        rate = frame.say(compared, line=rate, rate=percent(told.before.rate))
    lines = [
        rate,
        frame.say("迟到 {late} 次，缺卡 {missing} 次，请假共 {days} 天", late=total.late, missing=total.missing,
                  days=halves(total.halves)),
        frame.say("审批：提交 {filed}，办结 {decided}，等审批 **{waiting}**", filed=load.filed, decided=load.decided,
                  waiting=load.waiting),
    ]  # fmt: skip
    if total.owed:
        lines.insert(2, frame.say("日志提交 {rate}", rate=percent(total.log_rate)))
    if load.took is not None:
        lines.append(frame.say("办结用时（中位）{long}", long=lasted(load.took, frame)))
    if load.longest is not None and load.waited is not None:
        longest, waited = lasted(load.longest, frame), lasted(load.waited, frame)
        lines.append(frame.say("等得最久 {longest}，中位 {waited}", longest=longest, waited=waited))
    lines += _parts(told, frame)
    return _laid(TITLES[told.kind], name, stretch(told.kind, told.since, told.until, frame), lines, frame)


def _parts(told: Period, frame: Frame) -> Iterable[str]:
    for one in told.parts[:_MANY]:
        yield frame.say("{name}：出勤率 {rate}，迟到 {late}，等审批 {waiting}", name=plain(one.name, 20),
                        rate=percent(one.total.rate), late=one.total.late, waiting=one.load.waiting)  # fmt: skip
    if (rest := len(told.parts) - _MANY) > 0:
        yield frame.count("还有 {n} 个部门", rest)


def _as_of(read: datetime | None, frame: Frame) -> list[str]:
    """Until when punches are known, where they were not read just now."""
    return [] if read is None else [frame.say("打卡截至 {when}", when=clock(read, frame))]


def team(
    places: Mapping[Whereabouts, Sequence[str]], name: str, now: datetime, frame: Frame, *, read: datetime | None
) -> Words:  # fmt: skip
    """Where everybody is at that moment, by the punches that were read until `read`, for who leads them (R-RPT-1)."""
    lines = [
        frame.say(
            "{what}（{n}）：{who}", what=frame.title(said), n=len(places[state]), who=people(places[state], frame)
        )
        for state, said in _STATES.items()
        if places.get(state)
    ]
    lines += _as_of(read, frame)
    return _laid("部门考勤", name, clock(now, frame), lines, frame)


def not_yours(frame: Frame) -> Words:
    """Of a summary that is for those who lead."""
    return frame.title("部门考勤"), frame.say(
        "部门的汇总只给负责人、人事和管理员看。想知道谁不在，可以说“今天谁不在”。"
    )


def too_many(people: int, frame: Frame) -> Words:
    """Of so many that it is told at its set time only."""
    return frame.title("部门考勤"), frame.say(
        "一共 {n} 人，太多了，随时查看只支持 500 人以内；请看定时发的汇总。", n=people
    )


def _laid(title: str, name: str, when: str, lines: Iterable[str], frame: Frame) -> Words:
    said = frame.title(title)
    head = f"**{plain(name, 30)}** {when}"
    return f"{said} {when}", "\n".join([f"### {said}", head, "", *(f"- {line}" for line in lines)])
