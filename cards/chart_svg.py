"""The drawing of a flow as a picture: SVG, written by hand, without anything from elsewhere in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Final

from cards.flowchart import Box, Chart
from cards.svg import letters, rounded, safe, width, wrapped

_WIDE, _GAP, _START, _EDGE = 216, 32, 340, 40  # pixels: a card, between columns, the first card, around the drawing
_HEAD, _PAD, _ARROW, _TURN = 32, 12, 34, 14
_LINE, _SMALL = 22, 18  # pixels from line to line
_TEXT, _FINE = 15, 12.5  # sizes of letters
_TOP = 96  # where the first card begins, below the title
_INK, _GREY, _RED, _WIRE, _GROUND = "#1f2633", "#7b8496", "#d9363e", "#b4bccb", "#f4f6fa"
_HEADS: Final = {
    "start": "#4a5f8c", "condition": "#12a572", "approve": "#f08a24", "review": "#0e9aa7", "confirm": "#c2579b",
    "handle": "#7a5bd6", "cc": "#2f86eb",
}  # fmt: skip
_FONT: Final = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Source Han Sans SC',sans-serif"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Laid:
    """A card with its text cut into lines that fit."""

    box: Box
    wide: int
    lines: tuple[str, ...]
    small: tuple[str, ...]
    high: int


def chart_svg(chart: Chart) -> str:
    """The whole flow as an SVG document."""
    start = _laid(chart.start, _START)
    columns = _aligned([[_laid(box, _WIDE) for box in boxes] for boxes in chart.branches])
    across = len(columns) * _WIDE + (len(columns) - 1) * _GAP
    title = width(chart.title, 26) + 14 + width(chart.beside, 14)
    wide = round(max(across, _START, title) + 2 * _EDGE)
    middle = wide / 2
    centres = [middle - across / 2 + _WIDE / 2 + place * (_WIDE + _GAP) for place in range(len(columns))]
    fork = _TOP + start.high
    first = fork + (_ARROW if len(columns) == 1 else 2 * _ARROW)
    lowest = first + max(sum(card.high + _ARROW for card in column) - _ARROW for column in columns)
    join = lowest + (0 if len(columns) == 1 else _ARROW)
    high = round(join + _ARROW + 34 + 30 + len(chart.notes) * 20 + (12 if chart.notes else 0))
    parts = [
        *_title(chart),
        *_wires(centres, columns, middle, fork, first, join),
        *_card(start, middle, _TOP),
        *(part for at, column in zip(centres, columns, strict=True) for part in _column(column, at, first)),
        *(_pill(middle, fork + _ARROW, "按条件走其中一条", "#ffffff", _HEADS["condition"]) if len(columns) > 1 else ()),
        *_pill(middle, join + _ARROW + 17, "流程结束", _HEADS["start"], "#ffffff"),
        *_notes(chart.notes, join + _ARROW + 34 + 32),
    ]
    return _document(wide, high, chart.title, parts)


def _document(wide: int, high: int, title: str, parts: Sequence[str]) -> str:
    arrow = f'<path d="M0 0 L9 0 L4.5 7 Z" fill="{_WIRE}"/>'
    size = 'markerWidth="9" markerHeight="7" refX="4.5" refY="6" markerUnits="userSpaceOnUse"'
    marker = f'<marker id="arrow" {size}>{arrow}</marker>'
    begin = f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}"'
    return "\n".join(
        (
            f'{begin} font-family="{_FONT}" role="img">',
            f"<title>{safe(title)}</title>",
            f"<defs>{marker}</defs>",
            f'<rect width="{wide}" height="{high}" fill="{_GROUND}"/>',
            *parts,
            "</svg>\n",
        )
    )


def _title(chart: Chart) -> Iterator[str]:
    yield letters(_EDGE, 56, chart.title, 26, _INK, bold=True)
    yield letters(_EDGE + width(chart.title, 26) + 14, 56, chart.beside, 14, _GREY)


def _wires(
    centres: Sequence[float], columns: Sequence[Sequence[_Laid]], middle: float, fork: float, first: float, join: float
) -> Iterator[str]:
    """Lines and arrows, beneath the cards: the fork, from card to card, and where the branches come together."""
    for at, column in zip(centres, columns, strict=True):
        yield _wire(middle, fork, at, fork + _ARROW, first, arrow=True)
        here = first
        for card in column[:-1]:
            here += card.high
            yield _wire(at, here, at, here, here + _ARROW, arrow=True)
            here += _ARROW
        here += column[-1].high
        yield _wire(at, here, middle, join, join, arrow=False)
    yield _wire(middle, join, middle, join, join + _ARROW, arrow=True)


def _wire(x: float, y: float, to: float, bend: float, end: float, *, arrow: bool) -> str:
    """A line from (x, y) down to `bend`, across to `to`, and down to `end`, with round corners."""
    if abs(x - to) < 1:
        path = f"M{x:g} {y:g} V{end:g}"
    else:
        side = 1 if to > x else -1
        path = f"M{x:g} {y:g} V{bend - _TURN:g} Q{x:g} {bend:g} {x + side * _TURN:g} {bend:g} H{to - side * _TURN:g}"
        path += f" Q{to:g} {bend:g} {to:g} {bend + _TURN:g} V{end:g}" if end > bend else f" H{to:g}"
    mark = ' marker-end="url(#arrow)"' if arrow else ""
    return f'<path d="{path}" fill="none" stroke="{_WIRE}" stroke-width="2"{mark}/>'


def _column(cards: Sequence[_Laid], centre: float, top: float) -> Iterator[str]:
    for card in cards:
        yield from _card(card, centre, top)
        top += card.high + _ARROW


def _card(card: _Laid, centre: float, top: float) -> Iterator[str]:
    x, colour = centre - card.wide / 2, _HEADS[card.box.kind]
    yield rounded(x, top + 3, card.wide, card.high, 9, "#1f2633", ' opacity="0.08"')
    yield rounded(x, top, card.wide, card.high, 9, "#ffffff", f' stroke="{_RED if card.box.amiss else "#e2e6ee"}"')
    right, r = x + card.wide, 9
    head = f"M{x:g} {top + _HEAD:g} V{top + r:g} Q{x:g} {top:g} {x + r:g} {top:g} H{right - r:g}"
    yield f'<path d="{head} Q{right:g} {top:g} {right:g} {top + r:g} V{top + _HEAD:g} Z" fill="{colour}"/>'
    begin = x + 14
    if card.box.number:
        yield f'<circle cx="{x + 22:g}" cy="{top + 16:g}" r="9.5" fill="#ffffff"/>'
        yield letters(x + 22, top + 20.5, card.box.number, 13, colour, bold=True, anchor="middle")
        begin = x + 40
    yield letters(begin, top + 21, card.box.heading, 14, "#ffffff", bold=True)
    if card.box.mode:
        yield letters(right - 14, top + 21, card.box.mode, 13, "#ffffff", anchor="end")
    y = top + _HEAD + _PAD
    for line in card.lines:
        yield letters(x + 14, y + 16, line, _TEXT, _INK)
        y += _LINE
    for line in card.small:
        yield letters(x + 14, y + 17, line, _FINE, _RED if card.box.amiss else _GREY)
        y += _SMALL


def _pill(centre: float, middle: float, text: str, ground: str, ink: str) -> Iterator[str]:
    wide = width(text, 13) + 28
    edge = f' stroke="{ink}"' if ground == "#ffffff" else ""
    place = f'x="{centre - wide / 2:g}" y="{middle - 15:g}" width="{wide:g}" height="30"'
    yield f'<rect {place} rx="15" fill="{ground}"{edge}/>'
    yield letters(centre, middle + 4.5, text, 13, ink, anchor="middle")


def _notes(notes: Sequence[str], top: float) -> Iterator[str]:
    for place, note in enumerate(notes):
        yield letters(_EDGE, top + place * 20, f"· {note}", _FINE, _GREY)


def _laid(box: Box, wide: int) -> _Laid:
    room = wide - 28
    lines = tuple(line for text in box.lines for line in wrapped(text, room, _TEXT))
    small = tuple(line for text in box.small for line in wrapped(text, room, _FINE))
    high = _HEAD + 2 * _PAD + len(lines) * _LINE + (4 + len(small) * _SMALL if small else 0)
    return _Laid(box=box, wide=wide, lines=lines, small=small, high=high)


def _aligned(columns: Sequence[Sequence[_Laid]]) -> list[list[_Laid]]:
    """What stands side by side is equally high."""
    rows = [max(card.high for card in row if card) for row in zip_longest(*columns)]
    return [[replace(card, high=high) for card, high in zip(column, rows, strict=False)] for column in columns]
