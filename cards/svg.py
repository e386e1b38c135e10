"""Letters and shapes of pictures: SVG, written by hand, without anything from elsewhere in it."""

import re
import unicodedata
from html import escape
from typing import Final

_MOST = 4  # lines of one text
_PIECES: Final = re.compile(r"[^\s\w]*[^\x00-\xff] [\w.,%-]+|[!-~]+|[^\n]", re.ASCII)  # 少于 10 stays together


def rounded(x: float, y: float, wide: float, high: float, r: float, fill: str, more: str = "") -> str:
    """A rectangle with round corners of radius `r`; `more` are further attributes."""
    return f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" rx="{r:g}" fill="{fill}"{more}/>'


def letters(
    x: float, y: float, text: str, size: float, fill: str, *, bold: bool = False, anchor: str = "start"
) -> str:  # fmt: skip
    """A line of text on the baseline `y`, beginning at x, or ending there, or around it (`middle`)."""
    if anchor == "end" and text.endswith("）"):
        x += 0.42 * size  # the right half of the sign is empty
    more = (' font-weight="600"' if bold else "") + (f' text-anchor="{anchor}"' if anchor != "start" else "")
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{fill}"{more}>{safe(text)}</text>'


def safe(text: str) -> str:
    """Text that is text in XML, without characters that XML does not have or that turn the others around."""
    return escape("".join(sign for sign in text if sign.isprintable()))


def width(text: str, size: float) -> float:
    """About how wide the text is drawn, in pixels: a Chinese character is as wide as it is high."""
    return sum(size if unicodedata.east_asian_width(sign) in "WFA" else size * 0.58 for sign in text)


def wrapped(text: str, room: float, size: float, most: int = _MOST) -> tuple[str, ...]:
    """The text in lines that fit into `room` pixels, `most` at most; what is cut ends with …"""
    lines = [""]
    for piece in _PIECES.findall(text):
        if lines[-1] and width(lines[-1] + piece, size) > room and piece not in "，。、；：）":
            lines.append("")
        while width(piece, size) > room:  # a word that is longer than a line
            most = next(n for n in range(len(piece), 0, -1) if width(piece[:n], size) <= room)
            lines, piece = [*filter(None, lines), piece[:most], ""], piece[most:]
        lines[-1] = (lines[-1] + piece).lstrip()
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][:-1] + "…"]
    return tuple(lines)


def fit(text: str, room: float, size: float) -> str:
    """The text in one line that fits into `room` pixels; what is cut ends with …"""
    if width(text, size) <= room:
        return text
    most = next((n for n in range(len(text), 0, -1) if width(text[:n] + "…", size) <= room), 0)
    return text[:most].rstrip() + "…"
