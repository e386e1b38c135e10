"""What is written in a log: sorted under its questions; lists of things; which of them are done."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from language.numerals import number
from language.patterns import any_of, late
from language.spelling import folded

_LEADS: Final = late(
    r"^(?:今[日天]|本周|这周|本月|明[日天]|下周|下月|遇到的|today's |this week's |tomorrow's |next )", re.I
)
_SAME: Final = {"今日": "今天", "明日": "明天"}
_NUMBERED: Final = late(
    r"(?:^|(?<=[\s。;,:]))(?:\(?(\d{1,2})\s{0,3}(?:[.):](?!\d)|、|\)|(?<=\d)(?=[^\d\s.、):点号日月年时天个%/-])|\s(?=\D))|"
    r"([一二三四五六七八九十]{1,2})、|([①-⑳]))\s*"
)
_PARTS: Final = (late(r"\n+"), late(r";"), late(r"[、,]"))
_DONE: Final = any_of(r"完成|做完|办完|搞定|搞完|好了|做好|办好|结束|ok\b|done|finished|completed?")
_OPEN: Final = any_of(
    r"没|未|不|继续|明[天日]|推迟|延后|改天|改到|下周|取消|还在|进行中|待|\b(?:not|later|tomorrow|postpone[d]?|continue[d]?|open)\b|n't"
)
_OTHERS: Final = any_of(r"其他|其它|其余|剩下|别的|\b(?:the )?(?:others?|rest)\b")
_BUT: Final = late(
    r"除了?\s{0,3}(.{1,60}?)\s{0,3}(?:以外|之外|外|,|都|全)|(?:all|everything)\s+(?:but|except)\s+(.+)", re.I
)
_ALL: Final = late(r"[\s,。.!~]*(?:我?都|全部?|所有的?|全都|all|everything(?:'s| is)?)\s*", re.I)
_PLACE: Final = late(
    r"第?(\d{1,2}|[一二三四五六七八九十]{1,2}(?=[、,和及\s]|[件条项个]|$|第|做|没|完|办|搞|继|明|未))(?:\s{0,3}[-~到至]\s{0,3}(\d{1,2}))?"
)
_HEADING: Final = (
    r"(?:^|(?<=[\n。;,\s]))(?:\d[.、]\s{0,3})?[【\[#* ]{0,5}(?:EITHER)(?:工作|情况|事项|内容|安排)?"
    r"(?:[】\]*]{1,3}\s{0,3}:?|\s{0,3}:|[ \t]{0,3}(?=\n))\s*"
)
_CLAUSES: Final = late(r"[,。;\n!]|(?<=[了完])\s|\bbut\b|\band (?=\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Which of the things are `done` and which go on `later`, by their places from 1."""

    done: frozenset[int] = frozenset()
    later: frozenset[int] = frozenset()


def sorted_in(text: str, labels: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The text under the questions, each of which may be written in several ways: by its headings, or as many numbered
    lines as there are questions; else all of it under the first."""
    found = _by_headings(text, labels)
    if found is None and len(labels) > 1:
        first, items = listed(text)
        found = items if first == 1 and len(items) == len(labels) and _begins_numbered(text) else None
    return found or (text.strip(), *("" for _ in labels[1:]))


def listed(text: str) -> tuple[int, tuple[str, ...]]:
    """The things of a list, and the number with which it begins: by their numbers, else by lines, ；, or 、."""
    said = folded(text)
    marks: list[tuple[int, int, int]] = []
    for found in _NUMBERED.finditer(said):
        place = _value(found)
        if not marks or place == marks[-1][0] + 1:
            marks.append((place, found.start(), found.end()))
    if marks and not said[: marks[0][1]].strip(" ,:;。\n"):
        ends = [*(start for _, start, _ in marks[1:]), len(text)]
        items = (text[begin:end].strip(" ,，;；、。\n\t") for (_, _, begin), end in zip(marks, ends, strict=True))
        return marks[0][0], tuple(filter(None, items))
    for rule in _PARTS:
        cuts = [0, *(edge for found in rule.finditer(said) for edge in found.span()), len(text)]
        parts = [text[a:b].strip(" 。.\n\t") for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
        if len(several := [one for one in parts if one]) > 1:
            return 1, tuple(several)
    return 1, (text.strip(),) if text.strip() else ()


def marked(text: str, count: int) -> Marks | None:
    """What is said of so many things: 完成 1 3 5; 1、3 做完了，2 明天继续; 除了 2 都完成; 全部完成. None: nothing is."""
    said = folded(text).strip()
    everything = frozenset(range(1, count + 1))
    if (but := _BUT.match(said)) and (later := _places(but[1] or but[2], count)):
        return Marks(done=everything - later, later=later)
    if _ALL.match(said) and not _places(said, count):
        whole = _ALL.sub("", said, count=1)
        return (
            Marks(later=everything) if _OPEN.search(whole) else Marks(done=everything) if _DONE.search(whole) else None
        )
    none: frozenset[int] = frozenset()
    done, later, waiting = none, none, none
    others = ""
    for clause in filter(str.strip, _CLAUSES.split(said)):
        places = waiting | _places(clause, count)
        open_, ready = bool(_OPEN.search(clause)), bool(_DONE.search(clause))
        if _OTHERS.search(clause) and (open_ or ready):
            others = "later" if open_ else "done"
        waiting = none if open_ or ready else places
        done, later = (done, later | places) if open_ else (done | places, later) if ready else (done, later)
    done |= waiting
    rest = everything - done - later
    done, later = (done | rest, later) if others == "done" else (done, later | rest) if others else (done, later)
    return Marks(done=done - later, later=later) if done or later else None


def _value(found: "re.Match[str]") -> int:
    if found[3]:
        return ord(found[3]) - ord("①") + 1
    return int(found[1] or number(found[2]) or 0)


def _places(text: str, count: int) -> frozenset[int]:
    found: set[int] = set()
    for one in _PLACE.finditer(text):
        first = int(number(one[1]) or 0)
        found |= set(range(first, int(one[2] or first) + 1))
    return frozenset(place for place in found if 1 <= place <= count)


def _begins_numbered(text: str) -> bool:
    return _NUMBERED.match(folded(text)) is not None


def _by_headings(text: str, labels: Sequence[Sequence[str]]) -> tuple[str, ...] | None:
    said = folded(text)
    heads: list[tuple[int, int, int]] = []
    for place, names in enumerate(labels):
        either = "|".join(re.escape(one) for one in sorted(_ways(names), key=len, reverse=True))
        if found := re.search(_HEADING.replace("EITHER", either), said, re.I):
            heads.append((found.start(), found.end(), place))
    if not heads:
        return None
    heads.sort()
    answers = ["" for _ in labels]
    answers[0] = text[: heads[0][0]].strip()
    for (_, begin, place), end in zip(heads, [*(start for start, _, _ in heads[1:]), len(text)], strict=True):
        part = text[begin:end].strip(" \n\t;；,，")
        answers[place] = f"{answers[place]}\n{part}".strip()
    return tuple(answers)


def _ways(names: Sequence[str]) -> set[str]:
    """今日完成 is written 今天完成 and 完成, too."""
    ways = {folded(one) for one in names if one}
    ways |= {one.replace(word, other) for one in ways for word, other in _SAME.items()}
    return ways | {short for one in ways if len(short := _LEADS.sub("", one)) > 1}
