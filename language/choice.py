"""Which of the times in a message is the one that is asked for: clauses are weighed, 从…开始 and corrections win."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from language.clauses import Clause, clause_at, correction
from language.days import Context, resolve
from language.patterns import late
from language.people import on_behalf
from language.points import Point
from language.spans import Span

_COUNTS: Final = -3.0  # what weighs less belongs to another remark
_ASKED: Final = 3.0
_PAINS: Final = late(r"疼|痛|吐|没|起床|起来|起晚|不舒服|难受|发烧|[了过]$")
_EARNED: Final = late(r"加[了过的][^,。]{0,4}班|加班(?!申请|调休单)|值班|出差(?:回来|了|完)")
_EARNED_DAY: Final = late(r"的?(?:加班|班)(?=[^。]{0,12}(?:调|换|补)休)")
_LEAVE_WORDS: Final = late(r"请|休(?!息)|假")
_FILED: Final = late(r"[\s才再来]{0,2}补")
_LISTED: Final = late(r"\s*[、,和及与跟]\s*(?:还有)?")  # 1日到3日、5日
_EXPLICIT: Final = ("date", "monthday", "numeric", "daynum")
_FILLER: Final = late(r"[\s的是在就从自到()我要想:,的时间日期段为]")
_BACK_TO_WORK: Final = late(r"上班|返岗|到岗|公司|单位")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The span that names the day, and the one that names the time of day where they stand apart."""

    span: Span | None = None
    clock: Span | None = None
    several: bool = False  # two times are asked for
    counted: bool = True  # False: there are days, but all in other remarks


def choose(found: list[Span], parts: list[Clause], text: str, context: Context, kind: str) -> Choice:
    """The time that the message asks for."""
    fixed = correction(text)
    found = [_without_earned(span, text) for span in found] if kind == "leave" else found
    dated = [span for span in found if span.dated]
    weights = {
        id(span): _weight(span, clause_at(parts, span.start), fixed, context, kind, on_behalf(text)) for span in dated
    }
    counting = [span for span in dated if weights[id(span)] > _COUNTS]
    best = max(counting, key=lambda span: (weights[id(span)], span.start if fixed >= 0 else -span.start), default=None)
    if best is None:
        clock = _clock([span for span in found if not span.dated], parts, kind)
        return Choice(clock=clock, counted=not dated)
    best = _within_week(_rather_explicit(best, counting), dated)
    ranges = [span for span in found if span.joint == "to" and not span.dated and span.points[0].clock]
    several = (len(ranges) > 1 and fixed < 0 and best.joint != "to") or _several(
        best, counting, weights, fixed, context, text
    )
    best = _with_return(_with_end(_pointing_back(best, dated), counting), dated, parts, kind)
    clock = None
    if best.joint == "" and best.points[0].clock is None:
        clock = _clock(
            [span for span in found if not span.dated and (fixed < 0 or span.start > fixed or best.start < fixed)],
            parts,
            kind,
        )
    return Choice(span=best, clock=clock, several=several)


def _without_earned(span: Span, text: str) -> Span:
    """把上周六的加班调休到周五: the day of the overtime is not that of the leave."""
    if span.joint != "to" or not _EARNED_DAY.match(text, span.points[0].end):
        return span
    return replace(span, points=span.points[1:], joint="")


def _weight(span: Span, clause: Clause, fixed: int, context: Context, kind: str, behalf: bool) -> float:
    days = resolve(span.points[0].day, context) if span.points[0].day is not None else None
    weight = (5.0 if span.opened else 0.0) + (_ASKED if clause.asks else 0.0) + (0.5 if span.joint == "to" else 0.0)
    alone = len(_FILLER.sub("", clause.text)) <= span.end - span.start + 1
    weight += 1.0 if alone else 0.0
    weight -= 1.0 if span.only_end else 0.0
    if fixed >= 0:
        weight += 4.0 if span.start >= fixed else -4.0
    weight -= 2.0 if clause.dropped and fixed < 0 else 0.0
    weight -= 4.0 if clause.elsewhere and not span.back else 0.0
    weight -= 7.0 if kind == "leave" and earned(clause) else 0.0
    if days is not None:
        weight -= 2.0 if days.why == "ambiguous" and days.form == "" else 0.5 if days.form == "festival" else 0.0
        filed = days.last == context.today and _FILED.match(clause.text, span.end - clause.start)
        weight -= 5.0 if filed else 0.0  # 今天补请: the day of asking
        past = span.joint == "" and days.last is not None and days.last < context.today
        if not (clause.asks or alone) and past and not (context.back or context.late):
            weight -= 4.0
    if not clause.asks and not behalf and clause.other_before(span.start):
        weight -= 4.0
    return weight


def earned(clause: Clause) -> bool:
    """Whether it only tells of the overtime that the leave is for: 上周六加班了."""
    return _EARNED.search(clause.text) is not None and _LEAVE_WORDS.search(clause.text) is None


def _rather_explicit(best: Span, counting: list[Span]) -> Span:
    """国庆加班，10月4日: an explicit date beside the name of a holiday is the date."""
    word = best.points[0].day
    if word is None or word.kind != "festival" or word.get("relation") or best.joint:
        return best
    return next((span for span in counting if (day := span.points[0].day) and day.kind in _EXPLICIT), best)


def _within_week(best: Span, dated: list[Span]) -> Span:
    """下周请年假，周二到周四: the week named before is that of the weekday."""
    first = best.points[0]
    if first.day is None or first.day.kind != "weekday" or "bare" not in first.day.said:
        return best
    weeks = [day for span in dated if span.start < best.start and (day := span.points[0].day) and day.kind == "week"]
    if not weeks:
        return best
    said = {**weeks[-1].said, "day": first.day.said["bare"]}
    return replace(best, points=(replace(first, day=replace(first.day, said=said)), *best.points[1:]))


def _several(
    best: Span, counting: list[Span], weights: dict[int, float], fixed: int, context: Context, text: str
) -> bool:
    """Whether another day is asked for as well: 周三请年假，周五请事假."""
    if fixed >= 0 or best.opened or best.only_end:
        return False
    mine = resolve(best.points[0].day, context) if best.points[0].day else None
    for span in counting:
        word = span.points[0].day
        if span is best or span.back or span.only_end or word is None or word.kind in ("same", "vague", "festival"):
            continue
        days = resolve(word, context)
        if weights[id(span)] >= _ASKED and days.first is not None and mine is not None and mine.first is not None:
            listed = best.joint != "to" or (span.start >= best.end and _LISTED.fullmatch(text[best.end : span.start]))
            if mine.first != days.first and listed:
                return True
    return False


def _pointing_back(best: Span, dated: list[Span]) -> Span:
    """那天 is the day named before."""
    word = best.points[0].day
    if word is None or word.kind != "same":
        return best
    before = [span for span in dated if span.start < best.start and span.points[0].day is not None]
    if not before:
        return best
    points = (replace(best.points[0], day=before[-1].points[0].day), *best.points[1:])
    return replace(best, points=points)


def _with_end(best: Span, counting: list[Span]) -> Span:
    """请到30号，从明天开始: the end stands before the start."""
    end = next((span for span in counting if span.only_end and span.start < best.start), None)
    if end is None or best.joint or not best.opened:
        return best
    return replace(best, points=(best.points[0], end.points[0]), joint="to")


def _with_return(best: Span, dated: list[Span], parts: list[Clause], kind: str) -> Span:
    """周六回: the day of coming back is the end; of leave only when it is not the day of going to work again."""
    if best.joint or kind not in ("trip", "leave", "outing"):
        return best
    for span in dated:
        if span.back and span.start > best.start and not span.joint:
            if kind == "leave" and _BACK_TO_WORK.search(
                clause_at(parts, span.start).text[span.end - clause_at(parts, span.start).start :]
            ):
                continue
            return replace(best, points=(best.points[0], span.points[0]), joint="to")
    return best


def _clock(found: Sequence[Span], parts: list[Clause], kind: str) -> Span | None:
    """The clock time or the part of the day that stands without a day, where it is not part of a remark."""
    usable = [span for span in found if _usable(span, clause_at(parts, span.start), kind)]
    ranges = [span for span in usable if span.joint == "to" or span.only_end]
    clocks = [span for span in usable if span.points[0].clock is not None]
    return next(iter([*ranges, *clocks, *usable]), None)


def _usable(span: Span, clause: Clause, kind: str) -> bool:
    if span.back or (clause.elsewhere and not clause.asks and kind != "punch"):
        return False
    first: Point = span.points[0]
    if clause.asks or kind in ("overtime", "punch") or span.joint == "to":
        return True
    rest = _FILLER.sub("", clause.text[: span.start - clause.start]) + _FILLER.sub(
        "", clause.text[span.end - clause.start :]
    )
    leads = not _FILLER.sub("", clause.text[: span.start - clause.start])
    if first.clock is not None:
        return leads and not clause.other_before(clause.end)
    return leads and len(rest) <= 5 and not _PAINS.search(clause.text) and not clause.other_before(clause.end)
