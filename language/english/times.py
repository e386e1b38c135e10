"""The times of an English message, put into the order in which the Chinese grammar reads them: 12月3号下午2点到4点."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from language.english.words import Word
from language.patterns import late

_GLUE: Final = late(r"[\s,().]*(?:(?:on|at|in|the|of|around|about|for|for the)[\s,()]+)*")
_DROPPED: Final = late(r"(?:\bnot|\binstead of|\brather than|\bno longer)(?: (?:on|the|for|from))*\s*$")
_DAY_WORDS: Final = ("day", "date", "week", "vague")
_CLOCK_WORDS: Final = ("clock", "part")
_ORDER: Final = "一二三四五六日"
_JOINTS: Final = {"to": "到", "and": "和", "or": "或"}
_BARE: Final = late(r"周[一二三四五六日]")
_HOUR: Final = late(r"(\d{1,2})(?:点|:)")


@dataclass(slots=True, kw_only=True)
class Point:
    """A day, a second word for it, a part of it, a clock time; `place`: where in the message its day is named."""

    day: str = ""
    also: str = ""
    week: str = ""
    part: str = ""
    clock: str = ""
    kind: str = ""
    place: tuple[int, int] | None = None

    @property
    def dated(self) -> bool:
        """Whether it names a day or a week."""
        return bool(self.day or self.week)

    @property
    def bare_name(self) -> bool:
        """Whether the day is a weekday without the week."""
        return _BARE.fullmatch(self.day) is not None

    @property
    def bare(self) -> bool:
        """Whether it is a weekday and nothing says of which week."""
        return not self.week and self.bare_name

    def takes(self, word: Word) -> bool:
        """The word becomes part of the point, where that has room for it."""
        if word.kind in ("day", "date", "vague"):
            if not self.day:
                self.day, self.kind = word.said, word.kind
            elif not self.also and self.kind == word.kind == "day" and ("周" in self.day) != ("周" in word.said):
                self.day, self.also = (word.said, self.day) if "周" in self.day else (self.day, word.said)
            elif not self.also and {self.kind, word.kind} == {"day", "date"}:
                later = (self.day, word.said) if self.kind == "date" else (word.said, self.day)
                (self.day, self.also), self.kind = later, "date"
            else:
                return False
        elif getattr(self, word.kind):
            return False
        else:
            setattr(self, word.kind, word.said)
        if word.kind in _DAY_WORDS:
            start, end = self.place or (word.start, word.end)
            self.place = min(start, word.start), max(end, word.end)
        return True

    def __str__(self) -> str:
        day = f"{self.week}周" if self.week and not self.day else f"{self.week if self.bare_name else ''}{self.day}"
        return f"{day}{f'({self.also})' if self.also else ''}{self.part}{self.clock}"


@dataclass(slots=True, kw_only=True)
class Span:
    """One point, or several with `joint` between. `opened`: from …; `back`: the day of coming back; `until`: only "
    "the
    end is said."""

    points: list[Point] = field(default_factory=list)
    joint: str = ""
    opened: bool = False
    back: bool = False
    until: bool = False
    between: bool = False

    @property
    def dated(self) -> bool:
        """Whether it names a day."""
        return any(point.dated for point in self.points)

    def __str__(self) -> str:
        said = _JOINTS.get(self.joint, "").join(map(str, self.points))
        front = "从" if self.opened else "到" if self.until else ""
        return f"{front}{said}{'起' if self.opened and not self.joint else ''}{'回' if self.back else ''}"


def spans(words: Sequence[Word], text: str, fixed: int) -> list[Span]:
    """The spans of time that the words name, in order. `fixed`: where a correction ends: what it corrects is gone."""
    found: list[Span] = []
    pending: list[Word] = []
    end = 0
    for word in _standing(words, text, fixed):
        if word.kind in _DAY_WORDS or word.kind in _CLOCK_WORDS:
            _add(found, word, pending, text, end)
            pending, end = [], word.end
        elif word.kind == "begin" and found and _GLUE.fullmatch(text, end, word.start):
            found[-1].opened = True
        elif word.kind in ("to", "until", "dash", "from", "back", "and", "or", "comma", "between"):
            pending.append(word)
    return _arranged(found)


def lengths(words: Sequence[Word], text: str, fixed: int) -> list[str]:
    """The lengths that are said: 3天."""
    return [word.said for word in _standing(words, text, fixed) if word.kind == "length"]


def _standing(words: Sequence[Word], text: str, fixed: int) -> list[Word]:
    """Without what is denied (not Monday), or corrected later on."""
    later = {_class(word) for word in words if word.start >= fixed >= 0}
    near = fixed - 4  # change it to Friday: that `to` is no end
    kept = [
        word
        for word in words
        if word.start >= fixed
        or (_class(word) not in later and (word.end < near or text[word.end : fixed].strip(" :") != ""))
    ]
    return [word for word in kept if not _DROPPED.search(text, max(0, word.start - 24), word.start)]


def _class(word: Word) -> str:
    return "day" if word.kind in _DAY_WORDS else "clock" if word.kind in _CLOCK_WORDS else word.kind


def _add(found: list[Span], word: Word, pending: list[Word], text: str, end: int) -> None:
    """The word as part of the last point, as the next point of the last span, or as a new span."""
    last = found[-1] if found else None
    edges = [end, *(place for one in pending for place in (one.start, one.end)), word.start]
    glued = all(_GLUE.fullmatch(text, edges[at], max(edges[at : at + 2])) for at in range(0, len(edges), 2))
    kinds = [one.kind for one in pending]
    near = bool(pending) and _GLUE.fullmatch(text, pending[-1].end, max(pending[-1].end, word.start)) is not None
    joint = next((kind for kind in reversed(kinds) if kind in ("to", "until", "dash", "and", "or", "comma")), "")
    opens = near and kinds[-1] == "from"
    if last is not None and glued and "back" not in kinds:
        inner = word.kind in _CLOCK_WORDS and opens and last.points[-1].day and not last.points[-1].clock
        if (joint in ("", "comma") and (not opens or inner)) and not last.back and last.points[-1].takes(word):
            return
        joint = {"until": "to", "dash": "to", "comma": "and"}.get(joint, joint)
        joint = "to" if joint == "and" and last.between else joint
        if joint and not opens and last.joint in ("", joint) and (joint != "to" or not last.joint):
            last.joint = joint
            last.points.append(_point(word))
            return
    span = Span(points=[_point(word)], opened=opens, back=near and "back" in kinds[-2:])
    span.between = near and kinds[-1] == "between"
    span.until = near and not span.back and kinds[-1] in ("until", "to")
    found.append(span)


def _point(word: Word) -> Point:
    point = Point()
    point.takes(word)
    return point


def _arranged(found: list[Span]) -> list[Span]:
    for span in found:
        if span.joint == "to":
            _leading(span.points[0], span.points[-1])
    return _merged(_closed(_with_weeks(found)))


def _leading(first: Point, last: Point) -> None:
    """2 to 4pm tomorrow: what is said at the end holds for the whole range."""
    if not first.dated and last.dated and (first.clock or first.part):
        first.day, first.also, first.week, first.place = last.day, last.also, last.week, last.place
        last.day = last.also = last.week = ""
    if last.part and last.clock and not first.part and not last.dated and _hour(first.clock) < _hour(last.clock):
        first.part, last.part = last.part, ""
    if (
        last.week
        and first.bare
        and _BARE.fullmatch(last.day)
        and _ORDER.index(first.day[1]) <= _ORDER.index(last.day[1])
    ):
        first.week = last.week


def _hour(clock: str) -> int:
    found = _HOUR.match(clock)
    return int(found[1]) if found else 0


def _with_weeks(found: list[Span]) -> list[Span]:
    """Mon to Wed next week: a week of its own belongs to the bare weekdays beside it."""
    kept: list[Span] = []
    for at, span in enumerate(found):
        alone = span.points[0]
        beside = [found[near] for near in (at - 1, at + 1) if 0 <= near < len(found)]
        target = next((one for one in beside if one.points[0].bare), None)
        if len(span.points) > 1 or not alone.week or alone.day or target is None:
            kept.append(span)
            continue
        for point in target.points if target.joint != "to" else target.points[:1]:
            point.week = alone.week if point.bare else point.week
    return kept


def _closed(found: list[Span]) -> list[Span]:
    """tomorrow …, until Friday: an end of its own belongs to the span before it."""
    kept: list[Span] = []
    for span in found:
        last = kept[-1] if kept else None
        if span.until and last is not None and not last.joint and not last.back and (last.dated or not span.dated):
            last.points += span.points
            last.joint = "to"
            _leading(last.points[0], last.points[-1])
        else:
            kept.append(span)
    return kept


def _merged(found: list[Span]) -> list[Span]:
    """The time of day that stands apart from the only day belongs to it."""
    days = [span for span in found if span.dated and not span.back]
    clocks = [span for span in found if not span.dated and not span.back]
    if len(days) != 1 or not clocks or len(days[0].points) != 1 or days[0].points[0].clock:
        return found
    day, clock = days[0], next((span for span in clocks if span.joint), clocks[0])
    own, first = day.points[0], clock.points[0]
    if clock.until or (own.part and first.part and not first.clock):
        return found
    first.day, first.also, first.week, first.place, first.kind = own.day, own.also, own.week, own.place, own.kind
    first.part = own.part if own.part and not first.part else first.part
    return [clock if span is day else span for span in found if span is not clock]
