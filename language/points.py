"""Neighbouring words about time become points: 11月26日（周四）上午9点 is one day, one part of it, one clock time."""

import re
from dataclasses import dataclass, replace
from typing import Final

from language.days import DAY_WORDS
from language.lexer import Token
from language.patterns import late

_GLUE: Final = late(r"[\s的是在(),T]{0,3}", re.I)
_CLOSE: Final = late(r"[\s的是(]{0,2}")
_DATES: Final = frozenset(["date", "monthday", "numeric", "inmonth", "daynum", "lunar", "offset"])
_EARLY: Final = {
    "早": "am",
    "早上": "am",
    "晨": "am",
    "上午": "am",
    "下午": "pm",
    "晚": "eve",
    "晚上": "eve",
    "夜": "eve",
    "tonight": "eve",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A day, a part of it, a clock time; each may be missing. `also`: a second word for the same day, to be checked."""

    start: int
    end: int
    day: Token | None = None
    also: Token | None = None
    part: str = ""
    clock: Token | None = None
    follows: bool = False  # stands right after the point before it, without a joining word: 周六周日


def points(tokens: list[Token], text: str) -> list[Point]:
    """The points of the text, in order."""
    found: list[Point] = []
    for token in tokens:
        new = _point(token)
        if new is None:
            continue
        last = found[-1] if found else None
        near = last is not None and _GLUE.fullmatch(text, last.end, new.start)
        joined = _joined(last, new, text) if last is not None and near else None
        if joined is not None:
            found[-1] = joined
        else:
            right_after = (
                last is not None and last.day is not None and _CLOSE.fullmatch(text, last.end, new.start) is not None
            )
            found.append(replace(new, follows=True) if right_after else new)
    return found


def _point(token: Token) -> Point | None:
    if token.kind in DAY_WORDS:
        return Point(start=token.start, end=token.end, day=token, part=_EARLY.get(token.get("part", "part2"), ""))
    if token.kind == "part":
        return Point(start=token.start, end=token.end, part=next(iter(token.said)))
    if token.kind == "clock":
        return Point(start=token.start, end=token.end, clock=token, part=_EARLY.get(token.get("early", "early2"), ""))
    return None


def _joined(last: Point, new: Point, text: str) -> Point | None:
    """The two as one point, where the second only says more about the first."""
    if last.clock is not None or (last.part and new.part):
        return None
    if new.day is None:
        return replace(last, end=new.end, part=last.part or new.part, clock=new.clock)
    if last.day is None or last.part or last.also is not None or not _CLOSE.fullmatch(text, last.end, new.start):
        return None
    day, also = _same_day(last.day, new.day)
    return replace(last, end=new.end, day=day, also=also, part=new.part) if day is not None else None


def _same_day(first: Token, second: Token) -> tuple[Token | None, Token | None]:
    """Which of two neighbouring words is the day, and which one has to agree with it."""
    if second.kind == "same":  # 12月10号那天
        return first, None
    if first.kind in ("festival", "block", "vague") and second.kind in _DATES:
        return second, None  # an explicit date next to the name of a holiday is the date
    if second.kind == "festival" and first.kind in _DATES and not second.get("relation"):
        return first, None
    if second.kind == "weekday" and first.kind in _DATES | {"relative", "festival"}:
        return first, second
    if first.kind in ("weekday", "relative") and second.kind in _DATES:
        return second, first
    return None, None
