"""Lengths as they are said: 三天, 两天半, 半天, 一个半小时, 一周."""

from typing import Final

from language.lexer import Token
from language.numerals import number
from language.understanding import Duration

_ENGLISH: Final = {"a": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0}


def durations(tokens: list[Token]) -> list[tuple[Token, Duration]]:
    """All lengths that the words state, in order."""
    return [(token, length) for token in tokens if (length := _length(token)) is not None]


def _length(token: Token) -> Duration | None:
    value = number(token.said["n"]) if "n" in token.said else None
    english = token.get("en")
    if english:
        value = _ENGLISH.get(english) or number(english)
    match token.kind:
        case "halfday":
            return Duration(value=(value or 0) + 0.5, unit="day")
        case "days" if value:
            return Duration(value=value, unit="day")
        case "weeks" if value:
            return Duration(value=value, unit="week")
        case "hours":
            half = 0.5 if value is None or token.get("half") or token.get("mid") == "个半" else 0.0
            return Duration(value=(value or 0) + half, unit="hour")
        case "minutes":
            quarters = {"一": 15.0, "三": 45.0}.get(token.get("quarter"))
            return Duration(value=quarters or value or 0, unit="minute")
        case "pair":
            return Duration(value=2, unit="day") if token.get("count") else None
    return None


def minutes(length: Duration) -> int:
    """A length in hours or minutes as minutes."""
    return round(length.value * (60 if length.unit == "hour" else 1))
