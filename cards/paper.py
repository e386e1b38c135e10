"""What pictures of summaries are made of: a coloured head, white sheets with numbers, rows of people, bars, chips."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final
from zlib import crc32

from cards.svg import fit, letters, rounded, safe, width, wrapped

WIDE: Final = 375  # units: a phone's width; pictures are drawn three times as fine
EDGE, PAD = 14, 18  # around the sheets, and inside them
LEFT, RIGHT = EDGE + PAD, WIDE - EDGE - PAD
INK, GREY, FAINT, LINE, GROUND = "#1d2433", "#7a8396", "#a9b0bf", "#eef0f4", "#f3f5f8"
TEAL, AMBER, ROSE, BLUE, VIOLET = "#16a394", "#f0a02f", "#e5626b", "#4c84ee", "#8a72d8"
_AVATARS: Final = ("#5b8def", "#22a79a", "#f0955a", "#8d79d6", "#e07a9b", "#5aa869", "#c99a3f", "#4ba3c7", "#9a7b6a")
_FONT: Final = "'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif"
_BAND, _OVER = 148, 40  # how high the head is, and how far the first sheet reaches into it


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number with what it counts; `beside` is small, behind it or below it."""

    said: str
    label: str
    ink: str = INK
    beside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Somebody with a few words: `right` stands at the end of the line, `below` under the name."""

    key: str
    name: str
    right: str = ""
    below: str = ""


@dataclass(slots=True)
class Paper:
    """A picture while it grows downwards; `y` is where the next thing begins."""

    hues: tuple[str, str]
    parts: list[str] = field(default_factory=list)
    y: float = _BAND - _OVER

    def head(self, over: str, title: str, when: str, motif: Iterable[str]) -> None:
        """The coloured band: what it is about, what it is, of when."""
        self.parts.append(f'<rect width="{WIDE}" height="{_BAND}" fill="url(#band)"/>')
        self.parts += motif
        self.parts.append(letters(LEFT - 8, 36, fit(over, 200, 13), 13, "#ffffff"))
        self.parts.append(letters(LEFT - 8, 72, title, 26 if title.isascii() else 31, "#ffffff", bold=True))
        self.parts.append(letters(LEFT - 8, 97, when, 13.5, "#ffffff"))

    def sheet(self, high: float) -> float:
        """A white sheet of that height; answers where its content begins, and goes on below it."""
        top = self.y
        for grown, shade in ((5, 0.022), (1, 0.035)):
            place = (EDGE - grown / 2, top + 1, WIDE - 2 * EDGE + grown, high + grown / 2 + 1, 16 + grown / 2)
            self.parts.append(rounded(*place, "#1d2b50", f' fill-opacity="{shade}"'))
        self.parts.append(rounded(EDGE, top, WIDE - 2 * EDGE, high, 16, "#ffffff"))
        self.y = top + high + 12
        return top

    def section(self, title: str, note: str, hue: str, high: float) -> float:
        """A sheet with a heading; answers where the rest begins."""
        top = self.sheet(46 + high)
        self.parts.append(rounded(LEFT, top + 19, 4, 15, 2, hue))
        self.parts.append(letters(LEFT + 12, top + 32, title, 15.5, INK, bold=True))
        self.parts.append(letters(RIGHT, top + 31.5, note, 13, GREY, anchor="end"))
        return top + 46

    def rows(self, title: str, note: str, hue: str, people: Sequence[Row], more: str) -> None:
        """A section of people; `more` says how many are not shown."""
        heights = [_row_high(one) for one in people]
        y = self.section(title, note, hue, sum(heights) + (34 if more else 8))
        for place, (one, high) in enumerate(zip(people, heights, strict=True)):
            if place:
                self.parts.append(f'<path d="M{LEFT + 44} {y:g} H{RIGHT}" stroke="{LINE}" stroke-width="1"/>')
            self.parts += _row(one, y, high)
            y += high
        if more:
            self.parts.append(letters(WIDE / 2, y + 16, more, 12.5, GREY, anchor="middle"))

    def numbers(self, y: float, left: float, wide: float, several: Sequence[Number], size: float = 23) -> None:
        """Numbers side by side, each above what it counts."""
        for (x, room), one in zip(_places(several, left, wide, size), several, strict=True):
            self.parts.append(letters(x, y, one.said, size, one.ink, bold=True))
            if one.beside:
                self.parts.append(letters(x + width(one.said, size) * 1.03 + 4, y, one.beside, 11.5, GREY))
            self.parts.append(letters(x, y + 20, fit(one.label, room, 12), 12, GREY))

    def ring(self, x: float, y: float, share: float | None, hue: str, said: str, label: str) -> None:
        """A circle that is closed to that share, with words in it."""
        r, around = 43, 2 * math.pi * 43
        circle = f'<circle cx="{x:g}" cy="{y:g}" r="{r}" fill="none" stroke-width="10"'
        self.parts.append(f'{circle} stroke="{LINE}"/>')
        if share:
            dash = f'stroke-dasharray="{around * share:.1f} {around:.1f}" transform="rotate(-90 {x:g} {y:g})"'
            cap = ' stroke-linecap="round"' if share < 1 else ""
            self.parts.append(f'{circle} stroke="{hue}" {dash}{cap}/>')
        self.parts.append(letters(x, y + 6, said, 20, INK, bold=True, anchor="middle"))
        self.parts.append(letters(x, y + 22, label, 10.5, GREY, anchor="middle"))

    def bar(self, x: float, y: float, wide: float, shares: Sequence[tuple[float, str]], high: float = 7) -> None:
        """A line filled from the left with these shares of it."""
        self.parts.append(rounded(x, y, wide, high, high / 2, LINE))
        filled = min(1.0, sum(share for share, _ in shares))
        for share, hue in reversed(shares):  # each over the one behind it, so that only the end is round
            if share > 0 and filled > 0:
                self.parts.append(rounded(x, y, max(high, wide * filled), high, high / 2, hue))
            filled -= share

    def chips(self, y: float, said: Sequence[str]) -> None:
        """Words in small grey pills, line after line."""
        for x, line, text in _laid(said):
            wide = width(text, 12.5) + 20
            self.parts.append(rounded(x, y + line * 34, wide, 27, 13.5, GROUND))
            self.parts.append(letters(x + wide / 2, y + line * 34 + 18, text, 12.5, INK, anchor="middle"))

    def document(self, title: str, foot: str) -> str:
        """The picture as an SVG document."""
        high = round(self.y + 26)
        one, other = self.hues
        stops = f'<stop offset="0" stop-color="{one}"/><stop offset="1" stop-color="{other}"/>'
        size = f'width="{WIDE}" height="{high}" viewBox="0 0 {WIDE} {high}"'
        return "\n".join(
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{_FONT}" role="img">',
                f"<title>{safe(title)}</title>",
                f'<defs><linearGradient id="band" x1="0" y1="0" x2="1" y2="1">{stops}</linearGradient></defs>',
                f'<rect width="{WIDE}" height="{high}" fill="{GROUND}"/>',
                *self.parts,
                letters(WIDE / 2, self.y + 10, foot, 11, FAINT, anchor="middle"),
                "</svg>\n",
            )
        )


def chips_high(said: Sequence[str]) -> float:
    """How high these chips are together."""
    lines = [line for _, line, _ in _laid(said)]
    return (lines[-1] + 1) * 34 if lines else 0


def initials(name: str) -> str:
    """明远 of 赵明远, JS of John Smith."""
    words = name.split()
    if name.isascii():
        return "".join(word[0] for word in (*words[:1], *words[1:][-1:])).upper()
    return name[-2:]


def _laid(said: Sequence[str]) -> Iterable[tuple[float, int, str]]:
    x, line, placed = float(LEFT), 0, []
    for text in (fit(one, 150, 12.5) for one in said):
        wide = width(text, 12.5) + 20
        if x > LEFT and x + wide > RIGHT:
            x, line = LEFT, line + 1
        placed.append((x, line, text))
        x += wide + 8
    return placed


def _places(several: Sequence[Number], left: float, wide: float, size: float) -> Iterable[tuple[float, float]]:
    """Where each number begins and how wide it may be: equal shares, or as wide as each needs where one needs more."""
    beside = (width(one.beside, 11.5) + 6 if one.beside else 0 for one in several)
    needs = [
        max(width(one.said, size) * 1.03 + more, width(one.label, 12))
        for one, more in zip(several, beside, strict=True)
    ]
    share = wide / len(several)
    gap = (wide - sum(needs)) / len(needs)
    x, places = left, []
    for need in needs:
        room = share - 6 if max(needs) < share - 6 or gap < 0 else need
        places.append((x, room))
        x += room + (6 if room == share - 6 else gap)
    return places


def _below(one: Row) -> tuple[str, ...]:
    return wrapped(one.below, RIGHT - LEFT - 46, 13, 2) if one.below else ()


def _row_high(one: Row) -> float:
    lines = _below(one)
    return 34 + len(lines) * 19 if lines else 48


def _row(one: Row, y: float, high: float) -> Iterable[str]:
    lines = _below(one)
    hue = _AVATARS[crc32(one.key.encode()) // 97 % len(_AVATARS)]
    middle = y + (26 if lines else high / 2)
    yield f'<circle cx="{LEFT + 16}" cy="{middle:g}" r="16" fill="{hue}"/>'
    yield letters(LEFT + 16, middle + 4, initials(one.name), 11.5, "#ffffff", bold=True, anchor="middle")
    base = y + 24 if lines else middle + 5.5
    room = RIGHT - LEFT - 44 - (width(one.right, 13) + 10 if one.right else 0)
    yield letters(LEFT + 44, base, fit(one.name, room, 15), 15, INK, bold=bool(lines))
    if one.right:
        yield letters(RIGHT, base - 0.5, one.right, 13, GREY, anchor="end")
    for place, line in enumerate(lines):
        yield letters(LEFT + 44, base + 19 * (place + 1), line, 13, GREY)
