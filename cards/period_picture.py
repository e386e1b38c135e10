"""The picture of a week or a month: attendance by day, approvals and how long they wait, the departments."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from cards.card import Frame
from cards.paper import AMBER, BLUE, FAINT, GREY, INK, LEFT, LINE, RIGHT, ROSE, TEAL, Number, Paper
from cards.phrases import WEEKDAYS
from cards.spans import halves, lasted, percent, stretch
from cards.svg import fit, letters, rounded, width
from domain.summaries.day import Tally
from domain.summaries.period import Period, Share

TITLES: Final = {"week": "一周小结", "month": "月度小结"}
_HUES: Final = {"week": ("#2fa89a", "#2c7f95"), "month": ("#4a86d8", "#5b5fc0")}
_PARTS: Final = 10  # departments in the list; the others are counted
_ROW = 36  # units: a department
_ENDS: Final = (LEFT + 230, RIGHT - 50, RIGHT)  # where its columns of numbers end
_HIGH = 92  # units: the columns of the trend
_NARROW = 8  # more days than that have no words above their columns
_SLACK = 0.0005  # a change that no place would show


def period_svg(told: Period, name: str, foot: str, frame: Frame) -> str:
    """Counts only: nobody is named here (R-SUM-3)."""
    paper = Paper(hues=_HUES[told.kind])
    title = frame.title(TITLES[told.kind])
    paper.head(name, title, stretch(told.kind, told.since, told.until, frame), _columns_motif())
    _trend(paper, told, frame)
    _counts(paper, told, frame)
    _approvals(paper, told, frame)
    if told.parts:
        _parts(paper, told.parts, frame)
    return paper.document(f"{title} {name}", foot)


def _trend(paper: Paper, told: Period, frame: Frame) -> None:
    top = paper.sheet(100 + _HIGH + 42 if told.days else 92)
    paper.parts.append(letters(LEFT, top + 30, frame.title("出勤率"), 12.5, GREY))
    said = percent(told.total.rate)
    paper.parts.append(letters(LEFT, top + 73, said, 42, INK, bold=True))
    if told.total.rate is not None and told.before.rate is not None:
        change = told.total.rate - told.before.rate
        _change(paper, LEFT + width(said, 42) * 1.06 + 12, top + 72, change, told.kind, frame)
    if told.days:
        paper.parts += _legend(top + 30, frame)
        paper.parts += _columns(told.days, top + 108, frame)
    else:
        paper.parts.append(letters(LEFT + 44, top + 69, frame.say("没有工作日"), 14, GREY))


def _change(paper: Paper, x: float, y: float, change: float, kind: str, frame: Frame) -> None:
    """In percentage points beside the time before, in a pill."""
    same = abs(change) < _SLACK
    hue, ground = (GREY, LINE) if same else (TEAL, "#e1f4f1") if change > 0 else (ROSE, "#fcebec")
    points = "±0" if same else f"{change * 100:+.1f}".replace("-", "−")
    compared = frame.say("比上周 {points}" if kind == "week" else "比上月 {points}", points=points)
    paper.parts.append(rounded(x, y - 17, width(compared, 12) + 18, 23, 11.5, ground))
    paper.parts.append(letters(x + width(compared, 12) / 2 + 9, y - 1, compared, 12, hue, anchor="middle"))


def _legend(y: float, frame: Frame) -> Iterable[str]:
    x = float(RIGHT)
    for said, hue in (("缺卡", ROSE), ("迟到", AMBER), ("准时", TEAL)):
        word = frame.say(said)
        x -= width(word, 11)
        yield letters(x, y, word, 11, GREY)
        x -= 12
        yield f'<circle cx="{x + 4:g}" cy="{y - 4:g}" r="3.5" fill="{hue}"/>'
        x -= 8


def _columns(days: Sequence[tuple[date, Tally]], top: float, frame: Frame) -> Iterable[str]:
    """A column a day, as high as people were due: on time, late, missing from below."""
    most = max(1, *(one.due for _, one in days))
    each = (RIGHT - LEFT) / len(days)
    wide = min(34.0, each * 0.62)
    floor = top + _HIGH
    yield f'<path d="M{LEFT} {floor + 0.5:g} H{RIGHT}" stroke="{LINE}" stroke-width="1"/>'
    for place, (day, one) in enumerate(days):
        x = LEFT + place * each + (each - wide) / 2
        y = floor
        for many, hue in ((one.came - one.late, TEAL), (one.late, AMBER), (one.missing, ROSE)):
            high = many / most * (_HIGH - 16)
            if many:
                y -= high
                yield rounded(x, y, wide, max(high - 1.2, 1), min(3, wide / 4, high / 3), hue)
        few = len(days) <= _NARROW
        if few and one.due:
            yield letters(x + wide / 2, y - 5, percent(one.rate), 10.5, GREY, anchor="middle")
        if few or day.weekday() == 0:
            word = frame.say(WEEKDAYS[day.weekday()]) if few else f"{day.month}/{day.day}"
            yield letters(x + wide / 2, floor + 18, word, 11, FAINT, anchor="middle")


def _counts(paper: Paper, told: Period, frame: Frame) -> None:
    top, total, before = paper.sheet(82), told.total, told.before
    late, missing = total.late, total.missing
    several = (
        Number(said=str(late), label=frame.title("迟到"), ink=AMBER if late else INK, beside=_step(late - before.late)),
        Number(
            said=str(missing), label=frame.title("缺卡"), ink=ROSE if missing else INK,
            beside=_step(missing - before.missing),
        ),
        Number(said=halves(total.halves), label=frame.title("请假（天）"), beside=_step(total.days_off - before.days_off)),
        Number(said=percent(total.log_rate), label=frame.title("日志提交")),
    )  # fmt: skip
    paper.numbers(top + 42, LEFT, RIGHT - LEFT + 12, several, 22)


def _step(change: float) -> str:
    """How much more or less than before."""
    return "" if not change else f"{change:+g}".replace("-", "−")


def _approvals(paper: Paper, told: Period, frame: Frame) -> None:
    now, before = told.load, told.load_before
    words = list(_waits(told, frame))
    y = paper.section(frame.title("审批"), "", BLUE, 62 + 22 * len(words) + (8 if words else 0))
    several = (
        Number(said=str(now.filed), label=frame.title("新提交"), beside=_step(now.filed - before.filed)),
        Number(said=str(now.decided), label=frame.title("办结"), beside=_step(now.decided - before.decided)),
        Number(said=str(now.waiting), label=frame.title("等审批"), ink=AMBER if now.waiting else INK),
    )
    paper.numbers(y + 26, LEFT, RIGHT - LEFT + 12, several)
    for place, (said, long) in enumerate(words):
        paper.parts.append(letters(LEFT, y + 74 + 22 * place, said, 13, GREY))
        paper.parts.append(letters(RIGHT, y + 74 + 22 * place, long, 13, INK, anchor="end", bold=True))


def _waits(told: Period, frame: Frame) -> Iterable[tuple[str, str]]:
    known: tuple[tuple[str, timedelta | None], ...] = (
        ("办结用时（中位）", told.load.took), ("已等多久（中位）", told.load.waited), ("等得最久", told.load.longest),
    )  # fmt: skip
    for said, long in known:
        if long is not None:
            yield frame.title(said), lasted(long, frame)


def _parts(paper: Paper, parts: Sequence[Share], frame: Frame) -> None:
    shown = parts[:_PARTS]
    rest = len(parts) - len(shown)
    y = paper.section(frame.title("各部门"), "", TEAL, _ROW * len(shown) + (36 if rest else 12))
    for x, said in zip(_ENDS, ("出勤率", "迟到", "等审批"), strict=True):
        paper.parts.append(letters(x, y - 14, frame.say(said), 11.5, GREY, anchor="end"))
    for one in shown:
        paper.parts += _part(one, y + 4)
        if one.total.due:
            late = one.total.late / one.total.due
            paper.bar(LEFT + 110, y + 18, 66, (((one.total.rate or 0) - late, TEAL), (late, AMBER)))
        y += _ROW
    if rest:
        said = frame.count("还有 {n} 个部门", rest)
        paper.parts.append(letters((LEFT + RIGHT) / 2, y + 20, said, 12.5, GREY, anchor="middle"))


def _part(one: Share, y: float) -> Iterable[str]:
    rate, late, waiting = _ENDS
    yield letters(LEFT, y + 22, fit(one.name, 102, 13.5), 13.5, INK)
    yield letters(rate, y + 22, percent(one.total.rate), 13, INK, bold=True, anchor="end")
    for x, many in ((late, one.total.late), (waiting, one.load.waiting)):
        yield letters(x, y + 22, str(many), 13, INK if many else FAINT, anchor="end")


def _columns_motif() -> Iterable[str]:
    for place, high in enumerate((26, 44, 34, 62, 52)):
        yield rounded(
            258 + place * 20, 100 - high, 13, high + 20, 4, "#ffffff", f' fill-opacity="{0.16 + 0.05 * place:g}"'
        )
