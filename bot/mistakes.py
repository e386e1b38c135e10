"""A mistake in a file that an administrator wrote: where it stands, and what to write instead."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One finding. `line` counts from 1, 0 is the whole file; in `key` people count: route[2] is the second."""

    file: str
    line: int
    key: str
    text: str

    def __str__(self) -> str:
        place = f" 第 {self.line} 行 {self.key}".rstrip() if self.line else ""
        return f"{self.file}{place}：{self.text}"


def near(word: str, known: Iterable[str]) -> str:
    """`，是不是想写 approve？`, where something known is written nearly like this word."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"，是不是想写 {found[0]}？" if found else ""


def path(parts: Iterable[str | int]) -> str:
    """route[2].approve for ("route", 1, "approve")."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in parts).lstrip(".")


def line_of(text: str, parts: tuple[str | int, ...]) -> int:
    """The line of a TOML text where this key stands; where the key is missing, its section; else the first line."""
    section = str(parts[0]) if len(parts) > 1 else ""
    place = parts[1] if len(parts) > 1 and isinstance(parts[1], int) else 0
    keys = [re.compile(rf"""\s*["']?{re.escape(str(part))}["']?\s*[=.]""") for part in parts if isinstance(part, str)]
    here, inside, begins, top = -1, not section, 1, True
    for number, line in enumerate(text.splitlines(), start=1):
        if heading := re.match(r"""\s*\[\[?\s*["']?([^\]"']+?)["']?\s*\]""", line):
            top = False
            here += heading[1] == section
            inside = heading[1] == section and here == place
            begins = number if inside or [heading[1]] == list(parts) else begins
        elif inside and keys and keys[min(1, len(keys) - 1)].match(line):
            return number
        elif top and keys and keys[0].match(line):
            begins = number  # the section is written in one line: route = [{ approve = […] }]
    return begins
