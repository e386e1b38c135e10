"""A stretch of time that is said by itself: from when until when, for what holds that long."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from domain.calendar import Workdays
from language.days import DAY_WORDS
from language.lexer import scan
from language.reading import understand
from language.spelling import plain

_WEEKS: Final = {
    "本周": "今天到本周日",
    "这周": "今天到本周日",
    "下周": "下周一到下周日",
    "下下周": "下下周一到下下周日",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From `start` until before `end`; None where it was not said, or cannot be: `why`. `rest`: the words besides."""

    start: datetime | None = None
    end: datetime | None = None
    why: str = ""
    rest: str = ""


def stretch(text: str, now: datetime, workdays: Workdays) -> Stretch:
    """Read `明天到周五`, `11月25日 11月28日`, `明天下午`, `下周`; whole days end at midnight of the next."""
    said = plain(text).strip()
    left = list(said)
    for token in scan(said):
        left[token.start : token.end] = " " * (token.end - token.start)
    found = understand(_joined(said), now, kind="leave", workdays=workdays)
    zone = now.tzinfo
    return Stretch(
        start=_moment(found.start, zone) if found.start else None,
        end=_moment(found.end, zone, days=1) if found.end else None,
        why=next(iter(found.ask_why), ""),
        rest="".join(left).strip(),
    )


def _joined(said: str) -> str:
    """Two days with nothing but a blank between are its ends; a whole week are its days."""
    words = said.split()
    if len(words) == 1:
        return _WEEKS.get(words[0], said)
    days = [any(token.kind in DAY_WORDS for token in scan(word)) for word in words]
    joints = any(token.kind in ("to", "and", "or") for token in scan(said))
    return "到".join(words) if days == [True, True] and not joints else said


def _moment(text: str, zone: tzinfo | None, days: int = 0) -> datetime:
    if "T" in text:
        return datetime.fromisoformat(text).replace(tzinfo=zone)
    day = date.fromisoformat(text) + timedelta(days=days)
    return datetime(day.year, day.month, day.day, tzinfo=zone)
