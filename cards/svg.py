"""Letters and shapes of pictures: SVG, written by hand, without anything from elsewhere in it."""

import re
import unicodedata
from html import escape
from typing import Final

_MOST = 4  # lines of one text
_PIECES: Final = re.compile(r"[^\s\w]{0,40}[^\x00-\xff] [\w.,%-]+|[!-~]+|[^\n]", re.ASCII)  # 少于 10 stays together

_LONG = 200  # signs of a word: no line has room for more
_SIGNS: Final = frozenset(  # symbols that our fonts have
    "¦©®°℃№─━│┃┌┐└┘├┤┬┴┼■□▲△◆◇○◎●★☆♀♂✓〓¨¯´¸＾｀￣¬±×÷←↑→↓∈∏∑−√∝∞∠∥∧∨∩∪∫∴∵∶∷≈≌≠≡≤≥⊙⊥＋＜＝＞｜～¢£¤¥€＄￠￡￥"
    "²³¹¼½¾①②③④⑤⑥⑦⑧⑨⑩⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
)


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
    return escape(shown(text))


def shown(text: str) -> str:
    """What can be drawn of a text: no emoji, nor what makes or colours one; they would be empty boxes."""
    return "".join(sign for sign in text if sign.isprintable() and _drawable(sign))


def _drawable(sign: str) -> bool:
    return sign.isascii() or sign in _SIGNS or not unicodedata.category(sign).startswith(("S", "M", "No"))


def width(text: str, size: float) -> float:
    """About how wide the text is drawn, in pixels: a Chinese character is as wide as it is high."""
    return sum(size if unicodedata.east_asian_width(sign) in "WFA" else size * 0.58 for sign in text)


def wrapped(text: str, room: float, size: float, most: int = _MOST) -> tuple[str, ...]:
    """The text in lines that fit into `room` pixels, `most` at most; what is cut ends with …"""
    lines = [""]
    for found in _PIECES.finditer(shown(text)):
        piece = found[0]
        if lines[-1] and width(lines[-1] + piece[:_LONG], size) > room and piece not in "，。、；：）":
            lines.append("")
        while len(lines) <= most and (cut := _fitting(piece, room, size, 1)) < len(piece):  # longer than a line
            lines, piece = [*filter(None, lines), piece[:cut], ""], piece[cut:]
        lines[-1] = (lines[-1] + piece).lstrip()
        if len(lines) > most:
            return (*lines[: most - 1], lines[most - 1][:-1] + "…")
    return tuple(lines)


def fit(text: str, room: float, size: float) -> str:
    """The text in one line that fits into `room` pixels; what is cut ends with …"""
    text = shown(text)
    if _fitting(text, room, size) == len(text):
        return text
    return text[: _fitting(text, room - width("…", size), size)].rstrip() + "…"


def _fitting(text: str, room: float, size: float, least: int = 0) -> int:
    """How many signs of the text fit, `least` at least: widths are added up until they do not."""
    wide = 0.0
    for place, sign in enumerate(text):
        wide += width(sign, size)
        if wide > room:
            return max(place, least)
    return len(text)
