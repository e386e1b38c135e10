"""Points and the words between them become spans: 周一到周三, 周二和周三, 从明天开始, 周六回."""

import re
from dataclasses import dataclass, replace
from typing import Final

from language.lexer import Token
from language.patterns import late
from language.points import Point

MOST: Final = 40  # spans that are looked at in one message
_GAP: Final = late(r"[\s()的]{0,2}")
_BEFORE_BACK: Final = late(r"(?:[\s的再就飞赶才坐车晚早]|之?前|左右){0,3}")
_WORDS: Final = ("to", "and", "or")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One point, or several joined by `to`, `and`, `or`. `opened`: 从… or …开始; `back`: the day of coming back."""

    points: tuple[Point, ...]
    joint: str = ""
    opened: bool = False
    back: bool = False
    only_end: bool = False  # 到周五, and nothing that it could start from

    @property
    def start(self) -> int:
        """Where it stands in the text."""
        return self.points[0].start

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.points[-1].end

    @property
    def dated(self) -> bool:
        """Whether it names a day."""
        return any(point.day is not None and point.day.kind != "next" for point in self.points)


def spans(found: list[Point], tokens: list[Token], text: str) -> list[Span]:
    """The spans of the text, in order; at most `MOST`."""
    words = [token for token in tokens if token.kind in ("to", "and", "or", "from", "begin", "back")]
    result: list[Span] = []
    for point in found[: MOST * 2]:
        joint = _joint(result[-1], point, words, text) if result else ""
        if joint:
            result[-1] = replace(result[-1], points=(*result[-1].points, point), joint=joint)
        elif _preceded(point, words, text, "to"):
            _close(result, point, text)
        else:
            result.append(Span(points=(point,)))
    return _with_return([_marked(span, words, text) for span in result[:MOST]])


def _with_return(found: list[Span]) -> list[Span]:
    """2点出去，4点回来: the time of coming back is the end."""
    result: list[Span] = []
    for span in found:
        last = result[-1] if result else None
        returns = span.back and not span.joint and not span.dated and span.points[0].clock is not None
        if last is not None and returns and not last.joint and (last.points[0].clock or last.points[0].part):
            result[-1] = replace(last, points=(*last.points, *span.points), joint="to")
        else:
            result.append(span)
    return result


def _joint(span: Span, point: Point, words: list[Token], text: str) -> str:
    """How the point joins the span right before it."""
    if span.joint in ("to", "or") and span.joint != "and":
        return ""
    if point.follows and point.day is not None and span.points[-1].clock is None:
        return "and"
    between = [word for word in words if span.end <= word.start < point.start and word.kind in _WORDS]
    if len(between) != 1 or (span.joint and span.joint != between[0].kind):
        return ""
    word = between[0]
    glued = _GAP.fullmatch(text, span.end, word.start) and _GAP.fullmatch(text, word.end, point.start)
    return word.kind if glued else ""


def _preceded(point: Point, words: list[Token], text: str, kind: str) -> bool:
    return any(
        word.kind == kind and word.end <= point.start and _GAP.fullmatch(text, word.end, point.start) for word in words
    )


def _close(result: list[Span], point: Point, text: str) -> None:
    """明天请年假到周五: the end belongs to the span before it, unless that one has an end, or a sentence lies between."""
    last = result[-1] if result else None
    apart = last is None or last.joint or re.search(r"[。;!?\n]", text[last.end : point.start])
    if last is not None and not apart and (last.points[0].day is not None or point.day is None):
        result[-1] = replace(last, points=(*last.points, point), joint="to")
    else:
        result.append(Span(points=(point,), only_end=True))


def _marked(span: Span, words: list[Token], text: str) -> Span:
    """With the words right before and after it: 从…, …开始, …回."""
    opened = _preceded(span.points[0], words, text, "from") or any(
        word.kind == "begin" and span.end <= word.start and _GAP.fullmatch(text, span.end, word.start) for word in words
    )
    if span.joint == "to" and not opened:  # 从今天起到周五
        opened = any(
            word.kind == "begin" and span.points[0].end <= word.start <= span.points[1].start for word in words
        )
    back = any(
        word.kind == "back" and span.end <= word.start and _BEFORE_BACK.fullmatch(text, span.end, word.start)
        for word in words
    )
    return replace(span, opened=opened, back=back) if opened or back else span
