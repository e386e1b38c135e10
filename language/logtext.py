"""What is written in a log: sorted under its questions; lists of things."""

import re
from collections.abc import Sequence
from typing import Final

from language.numerals import number
from language.patterns import late
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
_HEADING: Final = (
    r"(?:^|(?<=[\n。;,\s]))(?:\d[.、]\s{0,3})?[【\[#* ]{0,5}(?:EITHER)(?:工作|情况|事项|内容|安排)?"
    r"(?:[】\]*]{1,3}\s{0,3}:?|\s{0,3}:|[ \t]{0,3}(?=\n))\s*"
)


def sorted_in(text: str, labels: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The text under the questions, each of which may be written in several ways: by its headings; else all of it
    under the first, for three things that were done are no answers to three questions."""
    return _by_headings(text, labels) or (text.strip(), *("" for _ in labels[1:]))


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


def many_lines(text: str) -> bool:
    """Whether it is a list by its looks: several lines, or numbers."""
    found = listed(text)[1]
    return len(found) > 1 and (_NUMBERED.match(folded(text).strip()) is not None or "\n" in text.strip())


def _value(found: "re.Match[str]") -> int:
    if found[3]:
        return ord(found[3]) - ord("①") + 1
    return int(found[1] or number(found[2]) or 0)


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
