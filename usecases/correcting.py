"""An answer or a correction is read together with what the draft holds: 改成上午 is meant of its day. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from domain.approvals.values import Value
from domain.calendar import Workdays
from language import english, understand
from language.understanding import Understanding

_CHANGED: Final = re.compile(
    r"(?:那|就|还是|要不|麻烦|请|帮我|我想|我要|把|时间|日期|[,，\s])*"
    r"(?:(?:改|换|调整?)(?:一下)?(?:成|为|到(?=\S*[天日号周])|在|去(?=\S*[天日号]))?|"
    r"(?:说|写|弄|搞|打)?错了?[,，。\s]*(?:应该|其实)?是?)\s*"
)
_CORRECTS: Final = re.compile(
    r"^(?:那|就|还是|麻烦|请|帮我|把|开始|结束|时间|日期|[,，\s])*(?:改|换|调整?)(?:成|为|到)"
)
_MORE: Final = re.compile(
    r"(?:那|就|还是|[,，\s])*(?:(?P<more>再加|多加|再多请?|多请|加|延长)|(?P<less>少请?|减|缩短))(?=[\d一二两三四五六七八九十半])"
)
_SAYS_SO: Final = re.compile(
    r"改|换成|错了|延长|[再多少减][加请]|缩短|不是.+是|[开结][始束]|\b(?:change|make it|switch|instead|rather|actually|sorry|i mean|not .+,|"
    r"reason|because|purpose)\b",
    re.I,
)
_END: Final = re.compile(
    r"(?:结束|截止|回来|返程)(?:时间|日期)?(?:改|换|写|是|到|在|成|为)*\s*|(?:请|休|一直|延长?|推迟)?[到至]\s*"
)
_START: Final = re.compile(
    r"(?:(?:开始|出发)(?:时间|日期)?(?:改|换|写|是|从|在|成|为)*|从(?=[^到至]+$))\s*(?P<rest>.+?)(?:开始|起)?$"
)
_BEGINS: Final = re.compile(r"从|出发|开始|起|改")
_ASIDE: Final = ("query", "other_person", "announcement")
_LENGTHS: Final = {"day": "天", "week": "周"}
_TIMED: Final = ("leave", "trip", "outing", "overtime", "punch")
_PUNCHES: Final = {"in": "上班卡", "out": "下班卡"}
_WRONG: Final = frozenset(("end_before_start", "impossible_date"))
_CLOCK: Final = re.compile(r"[点时午早晚:：]")
_WHOLE: Final = re.compile(r"[全整]天|[到至]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is known of a request of this kind: the form's values, the field asked for, the words said so far."""

    kind: str
    values: Mapping[str, Value]
    asked: str
    said: str


def changes(text: str) -> bool:
    """Whether the words say by themselves that something shall be otherwise: 改成后天."""
    return bool(_SAYS_SO.search(text))


def corrects(text: str) -> bool:
    """Whether the words begin as a correction: 改成后天."""
    return bool(_CORRECTS.match(text))


def corrected_to(text: str) -> str:
    """What something shall be instead: 改成公章吧."""
    found = _CHANGED.match(text)
    return (text[found.end() :] if found else text).strip(" ,，。吧了")


def aside(reading: Understanding | None, text: str, asked: str, values: Mapping[str, Value]) -> bool:
    """Whether this is said beside the draft: a question, somebody else's affairs, a remark that has a day in it (今天好冷)
    while no day was asked for."""
    if reading is None or not reading.must_reject or changes(text):
        return False
    if reading.reject_why in _ASIDE:
        return True
    return reading.reject_why == "chitchat" and "start" in values and asked not in ("start", "end", "half", "time")


def read_answer(text: str, said_at: datetime, draft: Draft, workdays: Workdays) -> Understanding:
    """What the words say of the draft: where they leave something open that it holds, that stands."""
    words = text[found.end() :] if (found := _CHANGED.match(text)) else text

    def read(said: str) -> Understanding:
        return understand(said, said_at, kind=draft.kind, workdays=workdays)

    def as_said(whole: Understanding) -> Understanding:
        """With reason, place and what was assumed in the language of the words."""
        if own == words:
            return whole
        return replace(whole, reason=alone.reason, place=alone.place, assumptions=alone.assumptions)

    alone = read(words)
    own, words = words, english.in_chinese(words, draft.kind)
    changed = own != text or (own != words and changes(own))
    if draft.kind not in _TIMED or (alone.end is not None and alone.start != alone.end):
        return alone
    for said in _filled(words, alone, draft, changed=changed):
        whole = as_said(read(said))
        if (whole.start and whole.end) or set(whole.ask_why) & _WRONG:
            return whole
    if _movable(words, alone, draft) and (length := read(draft.said).duration) and length.unit in _LENGTHS:
        whole = as_said(read(f"{words}请{length.value:g}{_LENGTHS[length.unit]}"))
        return whole if whole.end else alone
    return alone


def _filled(words: str, alone: Understanding, draft: Draft, *, changed: bool) -> Iterator[str]:
    """The words with what the draft says about the rest, where that makes a whole."""
    start, end = str(draft.values.get("start", "")), str(draft.values.get("end", ""))
    one_day = bool(start) and start[:10] == (end or start)[:10]
    length = alone.duration is not None and alone.duration.unit in _LENGTHS
    if start and length and alone.duration and (more := _MORE.match(words)):
        now = float(str(draft.values.get("days") or 0))
        days = now + alone.duration.value * (1 if more["more"] else -1) * (1 if alone.duration.unit == "day" else 5)
        if now and days > 0:
            yield f"{start}请{days:g}天"
    elif start and (ending := _END.match(words)):
        yield f"{start}到{words[ending.end() :]}"
    elif start and draft.asked == "end" and alone.start and not _BEGINS.search(words):
        yield f"{start}到{words}"
    elif end and (beginning := _START.match(words)):
        yield f"{beginning['rest']}到{end}"
    elif alone.start is None and length and start and (changed or draft.asked in ("end", "days")):
        yield f"{start}请{words}"
    elif alone.start is None and one_day and _CLOCK.search(words):
        yield f"{start[:10]} {words}"
    elif one_day and start[11:] and _movable(words, alone, draft):
        begin, stop = start[11:], (end or start)[11:]
        punch = _PUNCHES.get(str(draft.values.get("punch")), "")
        yield f"{words} {begin}{punch}" if begin == stop else f"{words} {begin}到{stop}"


def _movable(words: str, alone: Understanding, draft: Draft) -> bool:
    """Whether one day was named and nothing of how long or which part of it."""
    plain = alone.start is not None and "T" not in alone.start and alone.duration is None
    return plain and draft.asked != "end" and not _WHOLE.search(words)
