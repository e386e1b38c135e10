"""Why, where to and what for: the words of an English message that are given back as they were typed."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from language.english.pieces import Piece, trimmed
from language.english.wishes import requesting
from language.patterns import late

_LABEL: Final = late(
    r"\b(?:reason|purpose|subject|agenda|remarks?|item)s?(?: is| to|'s)?\s*[:=]?\s+(?P<why>[^.;!?\n]+)"
)
_BECAUSE: Final = late(
    r"\b(?:because of|because|due to|owing to|on account of|so that|in order to|since(?= (?:i|my|we|the)\b)|"
    r"as(?= (?:i|my|we)\b))\s+(?P<why>[^\0;!?]{1,200})"
)
_AFTER: Final = late(
    r"(?:want|wants|need|needs|like|have|going|wish|plan|planning|hope|hoping|able|got|forgot|ought|gonna|wanted|"
    r"used|next|allowed|ask|asking|request|you|back|close)$"
)
_ACTS: Final = frozenset(
    "take apply request book file submit have be work travel fly go leave clock punch claim reimburse report log "
    "register put "
    "start end do make ask get use the a an my our this that \0 late".split()
)
_TO: Final = late(r"(?<![\w'])(?P<before>[\w']{0,24})\s?\bto (?P<why>(?P<verb>[\w'\0]{1,24})[^;!?\n]*)")
_FOR: Final = late(r"\b(?:for|on account of) (?P<why>(?!me\b|\0)[^\0;!?\n]+)")
_WANTS: Final = late(r"\W*(?:i |we )?(?:want|need|have|would like|wish) to (?:leave|go|be|take)\b")
_DOING: Final = late(
    r"\b(?P<why>(?:visit|meet|see|attend|install|train|inspect|audit|negotiat|deliver|pick|collect|sign|support|"
    r"deploy|fix|repair|present|debug|finish|prepar|test|migrat|"
    r"accompany|help|check|discuss|send|hand|open|buy|do|investigat|review|giv|participat|join|maintain|survey|"
    r"recruit|interview|exhibit|shoot|measur|celebrat)(?:t|n)?ing\b[^\0;!?\n]*)"
)
_STOP: Final = (
    r"(?=\0|[,.;:!?()\n]|$|\s(?:to|for|with|on|from|because|and|by|in order|as|due|until|till|starting|"
    r"next|this|at|so|back|where|during|since|\w+ing)\b)"
)
_GO: Final = (
    r"\b(?:destination|place|location|where|city)\s*[:=]?\s+(?P<where>[^\0,.;:!?()\n]{1,60}?)" + _STOP,
    r"\b(?:trip|travel|travell?ing|go|going|fly|flying|head|heading|drive|driving|over|off|away|flight|train|out|be|"
    r"visit to|goes)(?: on (?:a )?(?:business|work)(?: trip)?)?[\s\0]+to (?P<where>[^\0,.;:!?()\n]{1,60}?)" + _STOP,
    r"\b(?:in|at) (?P<where>[^\0,.;:!?()\n]{1,60}?)" + _STOP,
    r"\bvisit(?:ing)? (?P<where>(?-i:[A-Z])[^\0,.;:!?()\n]{1,60}?)" + _STOP,
    r"\bto (?P<where>(?:the |our |a )?(?-i:[A-Z])[^\0,.;:!?()\n]{0,60}?|the [^\0,.;:!?()\n]{1,60}?)" + _STOP,
)
_PLACES: Final = tuple(late(rule, re.I) for rule in _GO)
_NO_PLACE: Final = late(
    r"^(?:see|visit|meet|attend|pick|take|do|get|buy|send|deliver|collect|open|sign|install|fix|repair|finish|help|"
    r"check|inspect|join|give|have|discuss|negotiate|train|support|work|handle|"
    r"be|the (?:morning|afternoon|evening|office|end|beginning|middle|weekend|system|same)|work|home|total|all|"
    r"advance|lieu|case|order|time|person|order|on|off|late|early|apply|travel|go|fly)\b|^the$",
    re.I,
)
_NAME: Final = late(r"[A-Z][\w'’]*(?:[ -][A-Z][\w'’]*){0,2}")
_AND_BACK: Final = late(r",? (?:and|then) (?:straight )?back\b.*", re.I | re.S)
_EDGE: Final = " \t\0,.;:!?-–—~\"'()"
_ENDING: Final = 40  # characters in which idle words at the end are looked for
_TAIL: Final = late(
    r"(?:[\s,]+(?:please|pls|thanks|thank you|thx|on|at|from|in|for|by|and|the|to|until|next|this|,))+$", re.I
)


def why(typed: str, text: str, parts: Sequence[Piece], kind: str, skip: tuple[int, int] | None = None) -> str | None:
    """The reason: a label or because wins, then what the request is for, then the clauses that do not ask. `skip`: "
    "what
    was taken already (the place)."""
    for rule in (_LABEL, _BECAUSE):
        if (found := rule.search(_whole(text, parts))) is not None:
            said = _given(typed, found.start("why"), found.end("why"))
            if said:
                return said
    told = [part for part in parts if not part.asks and not part.bare and not part.remark]
    for part in parts:
        if (part.asks or kind in ("trip", "outing") or _WANTS.match(part.blank)) and (
            place := _purpose(part, skip, kind)
        ) is not None:
            return _given(typed, *place)
    spans = [place for part in told if (place := _own(part, skip)) is not None]
    if spans and kind in ("trip", "outing") and len(spans) > 1:
        spans = [max(spans, key=lambda place: place[1] - place[0])]
    if spans:
        return _given(typed, spans[0][0], spans[-1][1]) if _near(spans) else ", ".join(typed[a:b] for a, b in spans)
    left = [place for part in parts if part.asks for place in _left(part, kind, skip)]
    return _given(typed, *max(left, key=lambda place: place[1] - place[0])) if left else None


def labelled(text: str) -> bool:
    """Whether the words call something the reason."""
    return _LABEL.search(text) is not None or _BECAUSE.search(text) is not None


def _whole(text: str, parts: Sequence[Piece]) -> str:
    bare = list(text)
    for part in parts:
        bare[part.start : part.end] = part.blank
    return "".join(bare)


def _near(spans: list[tuple[int, int]]) -> bool:
    return all(later[0] - earlier[1] < 6 for earlier, later in pairwise(spans))


def _given(typed: str, start: int, end: int) -> str | None:
    said = typed[start:end].strip(_EDGE)
    said = (said[:-_ENDING] + _TAIL.sub("", said[-_ENDING:])).strip(_EDGE)
    return said if len(said) > 1 else None


def _purpose(part: Piece, skip: tuple[int, int] | None, kind: str) -> tuple[int, int] | None:
    """to see a doctor, for a check-up, visiting a client: within the clause that asks."""
    text = _without(part, skip)
    for match in _overlapping(_TO, text):
        what = requesting(match["why"].split("\0")[0], "leave").replace("\1", " ")
        if match["verb"] not in _ACTS and not _AFTER.search(match["before"]) and trimmed(what):
            return _place(part, match.start("why"), match["why"])
    for rule in (_DOING, _FOR):
        for match in rule.finditer(text):
            words = requesting(match["why"], kind if kind in ("leave", "trip", "overtime") else "")
            if trimmed(words.replace("\1", " ")):
                return _place(part, match.start("why"), match["why"])
    return None


def _overlapping(rule: re.Pattern[str], text: str) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    at = 0
    while (match := rule.search(text, at)) is not None and len(found) < 8:
        found.append(match)
        at = match.start("verb")
    return found


def _place(part: Piece, start: int, said: str) -> tuple[int, int]:
    """Up to the first time at its end; a time within stays."""
    kept = said.rstrip(_EDGE)
    cut = re.search(r"\s(?:on|at|from|in|this|by|for|until)?\s?\0.*$", kept, re.S)
    kept = kept[: cut.start()] if cut else kept
    return part.start + start, part.start + start + len(kept)


def _without(part: Piece, skip: tuple[int, int] | None) -> str:
    if skip is None:
        return part.blank
    bare = list(part.blank)
    for at in range(max(skip[0], part.start), min(skip[1], part.end)):
        bare[at - part.start] = "\0"
    return "".join(bare)


def _own(part: Piece, skip: tuple[int, int] | None) -> tuple[int, int] | None:
    """What a clause that only tells says: without greetings and times at its edges."""
    text = re.sub(
        r"^(?:\W*(?:so|and|but|because|since|as|sorry|hi|hello|hey|dear|boss|i think|btw|um+|uh+|erm?|well|ok|"
        r"okay)\b)+",
        lambda m: " " * len(m[0]),
        _without(part, skip),
    )
    if trimmed(text) is None or re.match(r"\W*not (?:sick|personal|annual|comp|marriage)\b", text):
        return None
    begin = len(text) - len(text.lstrip(_EDGE))
    end = len(text.rstrip(_EDGE))
    return part.start + begin, part.start + end


def _left(part: Piece, kind: str, skip: tuple[int, int] | None) -> list[tuple[int, int]]:
    """What is left of a clause that asks, beside the request."""
    found, at = [], 0
    for piece in re.split(r"([\0\1]+)", requesting(_without(part, skip), kind)):
        if (place := trimmed(piece)) is not None:
            found.append((part.start + at + place[0], part.start + at + place[1]))
        at += len(piece)
    return found


def where(typed: str, parts: Sequence[Piece], kind: str) -> tuple[int, int] | None:
    """Where in the message the place stands: a trip's destination, where an outing goes."""
    for rule in _PLACES:
        for part in parts:
            own = zip(typed[part.start : part.end], part.blank, strict=True)
            line = "".join(c if blank != "\0" else blank for c, blank in own)
            for match in rule.finditer(line):
                said = match["where"].strip(_EDGE)
                if len(said) > 1 and not _NO_PLACE.match(said) and (trimmed(said.lower()) or said[0].isupper()):
                    begin = part.start + match.start("where")
                    return begin, begin + len(match["where"].rstrip(_EDGE))
    return _named_place(typed, parts) if kind == "trip" else None


def _named_place(typed: str, parts: Sequence[Piece]) -> tuple[int, int] | None:
    """A name that is a clause of its own, or stands alone beside the request: Business trip Dec 8-10, Chengdu."""
    for part in parts:
        spots = _left(part, "trip", None) if part.asks else [spot] if (spot := _own(part, None)) else []
        for start, end in spots:
            name = _AND_BACK.sub("", typed[start:end])
            if _NAME.fullmatch(name):
                return start, start + len(name)
    return None


def item(typed: str, parts: Sequence[Piece]) -> str | None:
    """What the money was spent on: what is left without sums, times and the words that ask."""
    found = [place for part in parts for place in _left(part, "expense", None) if not part.remark]
    return _given(typed, *max(found, key=lambda place: place[1] - place[0])) if found else None
