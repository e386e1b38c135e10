"""The pictures of the morning and of the evening."""

from collections.abc import Iterable, Sequence
from typing import Final

from cards.card import Frame
from cards.paper import AMBER, BLUE, GREY, INK, LEFT, RIGHT, ROSE, TEAL, VIOLET, Number, Paper, Row, chips_high
from cards.spans import day_of, halves, until
from cards.svg import letters
from domain.summaries.evening import Evening
from domain.summaries.morning import Gone, Morning, Where

MOST: Final = 12  # people in one section; the others are counted
_DAWN, _DUSK = ("#f7a35f", "#ee7d77"), ("#5b6fc7", "#39457f")
_SECTIONS: Final[tuple[tuple[Where, str, str], ...]] = (
    ("off", "不在", AMBER), ("trip", "出差中", BLUE), ("outing", "外出中", TEAL),
)  # fmt: skip


def morning_svg(told: Morning, name: str, foot: str, frame: Frame) -> str:
    """Who is away today and until when; `name` is the group's or the department's."""
    paper = Paper(hues=_DAWN)
    title = frame.title("早报")
    paper.head(name, title, day_of(told.day, frame), _sun())
    _expected(paper, told, frame)
    for where, said, hue in _SECTIONS:
        if people := told.at(where):
            paper.rows(frame.title(said), frame.count("{n} 人", len(people)), hue, *_gone(people, told, frame))
    if not told.gone:
        top = paper.sheet(84)
        paper.parts.append(f'<circle cx="{LEFT + 20}" cy="{top + 42:g}" r="20" fill="#e3f5f2"/>')
        tick = f"M{LEFT + 11} {top + 42:g} l6.5 6.5 l12 -13"
        line = 'stroke-width="3" stroke-linecap="round" stroke-linejoin="round"'
        paper.parts.append(f'<path d="{tick}" fill="none" stroke="{TEAL}" {line}/>')
        paper.parts.append(letters(LEFT + 54, top + 47.5, frame.say("今天没有人请假、出差或外出"), 15, INK))
    return paper.document(f"{title} {name}", foot)


def _expected(paper: Paper, told: Morning, frame: Frame) -> None:
    top = paper.sheet(108)
    paper.parts.append(letters(LEFT, top + 30, frame.title("今天应到"), 12.5, GREY))
    paper.parts.append(letters(LEFT, top + 73, str(told.expected), 45, INK, bold=True))
    below = [frame.count("共 {n} 人", told.people)]
    if resting := told.people - told.working:
        below.append(frame.count("{n} 人休息", resting))
    paper.parts.append(letters(LEFT, top + 95, "·".join(below), 12, GREY))
    several = [
        Number(said=str(len(told.at(where))), label=frame.title(said), ink=hue if told.at(where) else INK)
        for where, said, hue in _SECTIONS
    ]
    paper.numbers(top + 62, RIGHT - 156, 168, several)


def _gone(people: Sequence[Gone], told: Morning, frame: Frame) -> tuple[list[Row], str]:
    rows = [
        Row(key=one.person, name=frame.names(one.person), right=until(one, told.day, frame)) for one in people[:MOST]
    ]
    return rows, frame.count("还有 {n} 人", len(people) - MOST) if len(people) > MOST else ""


def evening_svg(told: Evening, name: str, foot: str, frame: Frame, *, names: bool = False) -> str:
    """How the day was; with `names` also who was late and who is missing, which is for leads only."""
    paper = Paper(hues=_DUSK)
    title = frame.title("晚报")
    paper.head(name, title, day_of(told.day, frame), _moon())
    _attendance(paper, told, frame)
    if names:
        for said, people, hue in (("迟到", told.late, AMBER), ("缺卡", told.missing, ROSE)):
            _pills(paper, frame.title(said), people, hue, frame)
    if told.total.owed or told.written:
        _logs(paper, told, frame)
    return paper.document(f"{title} {name}", foot)


def _attendance(paper: Paper, told: Evening, frame: Frame) -> None:
    top, total = paper.sheet(132), told.total
    said = "–" if total.rate is None else f"{int(total.rate * 100)}%"  # never a round hundred too early
    paper.ring(LEFT + 48, top + 66, total.rate, TEAL, said, frame.say("已打卡"))
    left, wide = LEFT + 122.0, RIGHT - LEFT - 118.0
    first = (
        Number(said=str(total.came), label=frame.title("已打卡"), beside=f"/ {total.due}"),
        Number(said=str(total.late), label=frame.title("迟到"), ink=AMBER if total.late else INK),
    )
    second = (
        Number(said=str(total.missing), label=frame.title("缺卡"), ink=ROSE if total.missing else INK),
        Number(said=halves(total.halves), label=frame.title("请假（天）")),
    )
    paper.numbers(top + 38, left, wide, first)
    paper.numbers(top + 94, left, wide, second)


def _logs(paper: Paper, told: Evening, frame: Frame) -> None:
    total = told.total
    rows = [Row(key=one.person, name=frame.names(one.person), below=one.line or " ") for one in told.written[:MOST]]
    note = f"{total.written} / {total.owed}"
    rest = len(told.written) - len(rows)
    paper.rows(frame.title("日志"), note, VIOLET, rows, frame.count("还有 {n} 篇", rest) if rest else "")
    _pills(paper, frame.say("还没写日志"), told.unwritten, GREY, frame)


def _pills(paper: Paper, title: str, people: Sequence[str], hue: str, frame: Frame) -> None:
    if not people:
        return
    chips = [frame.names(person) for person in people[: 2 * MOST]]
    if rest := len(people) - len(chips):
        chips.append(frame.count("还有 {n} 人", rest))
    y = paper.section(title, frame.count("{n} 人", len(people)), hue, chips_high(chips) + 8)
    paper.chips(y, chips)


def _sun() -> Iterable[str]:
    for r, shade in ((74, 0.1), (52, 0.14), (32, 0.85)):
        yield f'<circle cx="318" cy="72" r="{r}" fill="#fff4dc" fill-opacity="{shade}"/>'


def _moon() -> Iterable[str]:
    yield '<circle cx="318" cy="60" r="56" fill="#ffffff" fill-opacity="0.07"/>'
    yield '<path d="M322 34 a27 27 0 1 0 24 39 a21 21 0 0 1 -24 -39 Z" fill="#fdeec4"/>'
    for x, y, r in ((262, 34, 1.6), (280, 84, 1.2), (246, 62, 1.1), (352, 30, 1.4), (298, 22, 1.0)):
        yield f'<circle cx="{x}" cy="{y}" r="{r}" fill="#ffffff" fill-opacity="0.8"/>'
