"""English requests: one grammar for both languages. What is asked for is put into the Chinese words that it reads; "
"why
and where to are cut out and given back as they were typed."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from language.english import reasons, refusals, wishes
from language.english.pieces import Piece, blanked, pieces, trimmed
from language.english.times import Span, lengths, spans
from language.english.wishes import TYPES
from language.english.words import Word, scan
from language.patterns import late

_CJK: Final = late(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LATIN: Final = late(r"[A-Za-z]{2}")
_SMALL: Final = {ord(c): c.lower() for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"} | {ord("’"): "'"}
_PLAIN: Final = late(r"(?<![\w.:/,-])\d[\d,]{0,14}(?:\.\d+)?(?![\w:/%-]|\.\d)")
_TOTAL: Final = late(
    r"(?:total(?:l?ing)?|altogether|in all|sum)(?: of|:| is| was)?\s*[¥￥$]?\s?(?P<a>\d[\d,]*(?:\.\d+)?)|"
    r"(?<![\d.,])(?P<b>\d[\d,]{0,12}(?<!,)(?:\.\d+)?)(?:\s?(?:yuan|rmb|cny))? (?:in total|in all|total|altogether)"
)
_LATER: Final = late(
    r"\bforgot to (?:apply|file|submit|request|register|ask)|retroactive\w*|\bmake up\b|backdat\w*|didn'?t (?:apply|"
    r"file|submit)"
)
_DAY_TRIP: Final = late(
    r"\b(?:day trip|same day|there and back|back (?:the same day|in the evening|tonight|at night))\b"
)
_THAT_DAY: Final = late(r"\b(?:that|the same) day\b")
_EARNED: Final = late(  # last Saturday's work, next week's launch: what it is for
    r" (?:work|overtime|ot|shift|duty)\b|'s (?!(?:leave|off|sick|annual|personal|comp|vacation|pto|holiday|morning|"
    r"afternoon|evening|half)\b)[a-z]"
)
_LABEL: Final = late(  # of a letter that is written like a form: From: Dec 7
    r"(?:^|(?<=[\n,;.]))[ \t]*(?:(?P<first>start(?:ing)?(?: date| day| time)?|from|begin(?:s|ning)?(?: date)?)|"
    r"(?P<last>end(?:ing)?(?: date| day| time)?|to|until|till)|destination|place|location|city)[ \t]*[:=](?=\s)"
)
_VERBS: Final = {"trip": "出差", "outing": "外出", "overtime": "加班", "expense": "报销"}
_CARDS: Final = {"in": "上班卡", "out": "下班卡", "both": "上下班卡", "": "卡"}
_IN: Final = late(r"\d in\b|\b(?:clock|punch|check|sign|badge|swipe)\w*[- ]in\b|\bmorning\b|\barriv\w+")
_OUT: Final = late(
    r"\d out\b|\b(?:clock|punch|check|sign|badge|swipe)\w*[- ]out\b|\bevening\b|\b(?:in|or|and) (?:and|or) out\b|"
    r"\bin and out\b|\blast night\b|\bafternoon\b|after work"
)
_BOTH: Final = late(r"\bin (?:and|&|/|or|nor) out\b|\bboth\b|\ball day\b|\bwhole day\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """An English message as the grammar reads it: `said` in Chinese, with the kind it names. `reject`: why it is no
    request. `named`: how the day is called in the message, where that is no date."""

    said: str
    kind: str = "unknown"
    reject: str | None = None
    reason: str | None = None
    place: str | None = None
    named: str = ""
    labelled: bool = False


def speaks(text: str) -> bool:
    """Whether the text is English as far as this goes: Latin words, and no Chinese character."""
    return _LATIN.search(text) is not None and _CJK.search(text) is None


def behalf(typed: str) -> tuple[int, int] | None:
    """Where the name stands of whoever an English message asks for, when that is somebody else."""
    return wishes.behalf(typed) if speaks(typed) else None


def in_chinese(text: str, kind: str) -> str:
    """An answer in a running talk about such a request in Chinese; what is not English stays."""
    return read(text, kind).said if speaks(text) else text


def read(typed: str, kind: str | None = None) -> Wish:
    """What an English message asks for; with `kind` it is an answer in a running talk about such a request."""
    text = _LABEL.sub(_without_colon, typed.translate(_SMALL))
    words = scan(text)
    named = kind or wishes.kind_of(text)
    if kind is None:
        why = refusals.rejected(typed, text, named, words)
        if why is None and named is None and not refusals.perhaps(text, _rest(text, words), words):
            why = refusals.CHAT
        if why is not None:
            return Wish(said="", reject=why)
    own = wishes.behalf(typed) if kind is None else None
    unnamed = f"{text[: own[0]]}{' ' * (own[1] - own[0])}{text[own[1] :]}" if own else text
    parts = pieces(unnamed, words, named or "unknown")
    place = reasons.where(typed, parts, named) if named in ("trip", "outing") else None
    reason = reasons.item(typed, _sums_blanked(text, words, parts)) if named == "expense" else None
    if named in ("leave", "trip", "outing", "overtime", "punch"):
        reason = reasons.why(typed, text, parts, named, place)
    bare = kind == "leave" and not reasons.labelled(text) and not _rest(wishes.without_types(text), words)
    reason = None if bare else reason
    times = _chosen(text, words, parts, named or "unknown", answer=kind is not None)
    return Wish(
        said=_said(typed, text, words, parts, times, named or "unknown", answer=kind is not None),
        kind=named or "unknown",
        reason=reason,
        place=typed[place[0] : place[1]] if place else None,
        named=_called(typed, times),
        labelled=reasons.labelled(text),
    )


def _without_colon(label: re.Match[str]) -> str:
    """The label as a word of its sentence, as long as it was."""
    word = " from" if label["first"] else " to" if label["last"] else label[0][:-1]
    return word.ljust(len(label[0]))[: len(label[0])]


def _rest(text: str, words: Sequence[Word]) -> str:
    bare = blanked(text, words)
    place = trimmed(bare)
    return bare[place[0] : place[1]] if place else ""


def _chosen(text: str, words: Sequence[Word], parts: list[Piece], kind: str, *, answer: bool) -> list[Span]:
    """The times that are asked for: of the clauses that ask or say nothing else, else of those about oneself."""
    fixed = wishes.correction(text)
    words = [word for word in words if kind != "leave" or not _EARNED.match(text, word.end)]
    everywhere = kind in ("unknown", "punch", "expense") or answer or _THAT_DAY.search(text)
    own = [part for part in parts if part.asks or part.bare or everywhere]
    sure = set(own)
    found = spans(_within(words, own), text, fixed)
    if not any(span.dated for span in found):
        others = [part for part in parts if part in sure or not (part.of_others or part.remark)]
        found = spans(_within(words, others), text, fixed)
        if found and not any(span.dated for span in found):  # of a part of the day: in which anything else lies
            clocked = any(point.clock for span in found for point in span.points)
            named = _within(words, [part for part in parts if not part.remark])
            mine = set(_within(words, own))
            found = spans(
                [w for w in named if not clocked or w in mine or w.kind in ("day", "date", "week")], text, fixed
            )
    return _without_return(found) if kind == "leave" else found


def _within(words: Sequence[Word], parts: Sequence[Piece]) -> list[Word]:
    ends = [part.end for part in parts]
    found = ((word, bisect_left(ends, word.start)) for word in words)
    return [word for word, at in found if at < len(parts) and parts[at].start <= word.start]


def _without_return(found: list[Span]) -> list[Span]:
    """Leave, back on Monday: the day of work is not the last day of leave, which is asked for."""
    kept = [span for span in found if not span.back]
    if len(kept) < len(found):
        for span in kept:
            span.opened = span.opened or not span.joint
    return kept


def _called(typed: str, times: list[Span]) -> str:
    """How the first day is called: next Monday."""
    first = next((point for span in times for point in span.points if point.place), None)
    if first is None or first.place is None or (first.kind == "date" and "月" in first.day and not first.also):
        return ""
    return typed[first.place[0] : first.place[1]].strip()


def _said(
    typed: str, text: str, words: Sequence[Word], parts: list[Piece], times: list[Span], kind: str, *, answer: bool
) -> str:
    """The request in Chinese."""
    fixed = wishes.correction(text)
    bare = answer and not reasons.labelled(text) and not _rest(wishes.without_types(text), words)
    long = "" if kind == "expense" else "".join(lengths(words, text, fixed)[-1 if fixed >= 0 else 0 :][:1])
    when = ",".join(map(str, times))
    leave = TYPES.get(wishes.leave_type(text, answer=bare) or "", ("",))[0]
    if answer and kind not in ("expense", "punch"):
        return ",".join(
            one for one in (f"{when}{long}" if not when or not times[-1].back else f"{when},{long}", leave) if one
        )
    front = "帮同事申请," if wishes.behalf(typed) else ""
    back = ",补单" if _LATER.search(text) else ""
    if kind == "leave":
        several = _several(typed, text, words, parts)
        shift = wishes.shift(text)
        body = several or (f"{when}{shift}{long},请{leave or '假'}" if shift else f"{when}请{long}{leave or '假'}")
    elif kind == "punch":
        body = f"{when}补{_CARDS[_punch(text)]}" if _punch(text) or not answer else when
    elif kind == "expense":
        body = f"{when}报销{'、'.join(f'{sum_}元' for sum_ in _sums(text, words))}"
    else:
        body = f"{when}{',' if any(span.back for span in times) else ''}{_VERBS.get(kind, '')}{long}"
        body += ",当天往返" if _DAY_TRIP.search(text) and kind == "trip" else ""
    return f"{front}{body}{back}"


def _several(typed: str, text: str, words: Sequence[Word], parts: list[Piece]) -> str:
    """Two types of leave, or leave and something else, each with a day of its own: said one after the other."""
    if sum(part.asks for part in parts) < 2 and " and " not in text:
        return ""
    said = []
    for part in parts:
        here = text[part.start : part.end]
        own = wishes.kind_of(here)
        times = spans(_within(words, [part]), text, -1)
        timed = any(span.dated or span.points[0].part for span in times)
        if timed and own in ("leave", "outing", "overtime", "trip"):
            leave = TYPES.get(wishes.leave_type(here) or "", ("假",))[0]
            said.append((own, leave, f"{','.join(map(str, times))}{_VERBS.get(own, f'请{leave}')}"))
    apart = {(own, leave) for own, leave, _ in said if own != "leave" or leave != "假"}
    return ",".join(one for _, _, one in said) if len(apart) > 1 and wishes.correction(text) < 0 else ""


def _punch(text: str) -> str:
    if _BOTH.search(text):
        return "both"
    found = _IN.search(text) is not None, _OUT.search(text) is not None
    return "" if found[0] == found[1] else "in" if found[0] else "out"


def _sums(text: str, words: Sequence[Word]) -> list[str]:
    """The sums that are named; only the total where there is one."""
    total = _TOTAL.search(text)
    if total:
        return [(total["a"] or total["b"]).replace(",", "")]
    money = [word.said for word in words if word.kind == "money"]
    return money or [match[0].replace(",", "") for match in _numbers(text, words)]


def _numbers(text: str, words: Sequence[Word]) -> list[re.Match[str]]:
    taken = {
        at for word in words if word.kind not in ("comma", "to", "and", "or") for at in range(word.start, word.end)
    }
    return [match for match in _PLAIN.finditer(text) if match.start() not in taken]


def _sums_blanked(text: str, words: Sequence[Word], parts: list[Piece]) -> list[Piece]:
    numbers = [Word("money", match.start(), match.end(), "") for match in _numbers(text, words)]
    return pieces(text, [*words, *numbers], "expense")


__all__ = ["Wish", "behalf", "in_chinese", "read", "speaks"]
