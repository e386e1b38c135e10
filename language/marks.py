"""What is said of the day's numbered things: which are done, which go on; what is unclear stays open."""

import re
from dataclasses import dataclass, field
from typing import Final, Literal

from language.numerals import number
from language.patterns import any_of, late
from language.spelling import folded

State = Literal["done", "later"]
_N: Final = r"(?:\d{1,2}(?!\d)|[一二三四五六七八九十]{1,2})"
_ONE: Final = rf"(?:第{_N}[件条项个]?|{_N})(?:\s{{0,3}}(?:[-~到至]|to\b)\s{{0,3}}第?{_N}[件条项个]?)?"
_SEVERAL: Final = rf"{_ONE}(?:\s{{0,3}}(?:[、和与及跟&+]|and\b|\s)\s{{0,3}}{_ONE}){{0,20}}"
_FINE: Final = late(r"(?:都|也)?没(?:有|什么|啥)?(?:问题|毛病|事儿?|困难)|no problems?\b")
_BUT: Final = (
    late(rf"除了?\s{{0,3}}(?P<but>{_SEVERAL})(?:没有?做?完?成?|未完成)?\s{{0,3}}(?:以外|之外|外)?"),
    late(rf"(?P<but>{_SEVERAL})\s{{0,3}}除外"),
    late(rf"(?:(?<=all )but|(?<=everything )but|\bexcept(?: for)?)\s+(?P<but>{_SEVERAL})(?=$|[\s,.;])"),
)
_CLAUSES: Final = late(r"[,。;\n!]|\bbut\b|但是?|不过")
_WORDS: Final = late(
    r"(?P<later>还?(?:没有?|未|不)(?:能|来得及|时间|空|做|办|搞|弄|写|动|完|成|好|到|定|行|开始|得及)*|来不及|做不完|完成不了|"
    r"继续|明[天日]|后天|下周|推迟|延后|延期|改天|改到|取消|还在做?|正?在[做弄搞写办]|进行中|待办?|"
    r"\b(?:not|isn't|aren't|wasn't|weren't|haven't|hasn't|later|tomorrow|postponed?|continued?|open|pending)\b|[×✗❌])|"
    r"(?P<done>完成|[做办搞弄写]完|搞定|[做办弄写]好|好了?|结束|完了?|[√✓✔✅]|\b(?:ok|done|finished|completed?)\b)|"
    r"(?P<others>其他|其它|其余|剩下|剩余|别的|\b(?:the )?(?:others?|rest)\b)|"
    r"(?P<all>全部|全都|所有|都|全|\b(?:all|everything)\b)|"
    r"(?P<only>只有?|仅|就剩|\bonly\b)|"
    rf"(?P<place>{_ONE})|(?P<gap>\s+)|"
    r"(?P<filler>已经?|今[天日]|[我也了的是就把做弄搞啦吧]|事情?|[条项]|[、.:()和与及跟&/+*#-]|"
    r"'s|\b(?:is|are|was|were|been|has|have|yet|and|i|i've|got)\b)",
)
_UNCLEAR: Final = any_of(
    r"差|快要?|半|部分|基本|几乎|应该|可能|大概|估计|预计|争取|打算|准备|如果|要是|假如|等|吗|么|\?|不是没|没有?不|并非|%|"
    r"[完成好定]了?没有?\s*$|\b(?:almost|nearly|half|partly|maybe|should|will|if)\b"
)
_LEADING: Final = late(rf"\s*(?P<run>{_SEVERAL})")
_MEASURE: Final = late(r"[张天点小月号日年个人次元块周时分件台本份页名位级层%.:/]")
_ENDS_DONE: Final = late(r"\D{0,30}(?:完成|[做办搞弄写改]完|搞定|[做办弄写改]好|结束)了?[\s.~]*")
_ENDS_LATER: Final = late(
    r"\D{0,30}(?:继续|明[天日]再?[做弄写办搞]?|没(?:有|做|办|写|弄|搞|完)*(?:完成?|好)?|未完成|推迟|延后)[\s.~]*"
)
_NOT: Final = any_of(r"没|未|不|被|\b(?:not|no)\b|n't")
_VERBS: Final = any_of(r"完|好|继续|没|未|\b(?:done|finished)\b")
_FIRST: Final = late(rf"前({_N})[件条项个]事?")  # 前五件: from the first to the fifth
_EACH: Final = late(rf"({_N})件事?(?=\s{{0,3}}(?:都|全|完成了?$|做完))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Which of the things are `done` and which go on `later`, by their places from 1. Neither: they are spoken of, and
    it is unclear what is said."""

    done: frozenset[int] = frozenset()
    later: frozenset[int] = frozenset()


class _UnclearError(Exception):
    """It can be read in two ways."""


@dataclass(slots=True)
class _Subject:
    """Of what something is said: places, and `others`, `all`, `only`."""

    places: set[int] = field(default_factory=set)
    flags: set[str] = field(default_factory=set)


_Part = _Subject | State


@dataclass(slots=True)
class _Read:
    """What was read so far: of which places what; `others` and `every`: of the rest. `waiting` are named, and a verb is
    still to come, or was (`before`: 完成了 1, 3). Of those that are `open` something else is said. `bare`: a verb
    without a subject."""

    count: int
    states: dict[int, State] = field(default_factory=dict)
    others: State | None = None
    every: State | None = None
    bare: State | None = None
    before: State | None = None
    waiting: set[int] = field(default_factory=set)
    open: set[int] = field(default_factory=set)
    recent: set[int] = field(default_factory=set)
    words: bool = False

    def say(self, of: _Subject, state: State) -> None:
        """This is said of these."""
        for one in of.places:
            if self.states.setdefault(one, state) != state:
                raise _UnclearError
        if "others" in of.flags:
            self.others = state
        elif not of.places and "all" in of.flags:
            self.every = state
        elif "only" in of.flags and state == "later":
            self.others = "done"


def marked(text: str, count: int) -> Marks | None:
    """What is said of so many things: 完成 1 3 5; 1、3 做完了，2 明天继续; 除了 2 都完成; 全部完成. A place is one only
    in a clause of numbers and such words (2天 is none); 2卡在法务 leaves 2 open. None: nothing is said of them."""
    said = _FINE.sub(" ", folded(text).strip().lower().replace("’", "'"))
    said = _EACH.sub(lambda found: "全部" if number(found[1]) == count else found[0], said)
    said = _FIRST.sub(r"1-\1 ", said)
    read, but = _Read(count=count), set[int]()
    try:
        for rule in _BUT:
            if found := rule.search(said):
                but, said = _numbers(found["but"], count), f"{said[: found.start()]} {said[found.end() :]}"
                break
        for clause in filter(str.strip, _CLAUSES.split(said)):
            _hear(clause, read)
        return _summed(read, but)
    except _UnclearError:
        return Marks()


def _hear(clause: str, read: _Read) -> None:
    parts = None if _UNCLEAR.search(clause) else _parts(clause, read.count)
    if parts is None:
        _of_some(clause, read)
        return
    for several in parts:
        _of_parts(several, read)


def _parts(clause: str, count: int) -> list[list[_Part]] | None:
    """Subjects and verbs in turn; a second verb behind a blank begins anew. None: there are other words."""
    parts: list[list[_Part]] = [[]]
    at, gap, wrong = 0, False, False
    while at < len(clause):
        if (found := _WORDS.match(clause, at)) is None:
            return None
        at, what = found.end(), found.lastgroup
        own = parts[-1]
        if what in ("later", "done"):
            state: State = "later" if what == "later" else "done"
            if own and own[-1] == _Subject(flags={"only"}):
                own.pop()  # 只完成了 1
            if own and isinstance(own[-1], str):
                if gap and len(own) > 1:
                    parts.append([state])
                else:
                    own[-1] = "later" if "later" in (own[-1], state) else state
            else:
                own.append(state)
        elif what in ("place", "others", "all", "only"):
            if not own or isinstance(own[-1], str):
                own.append(_Subject())
            subject = own[-1]
            assert isinstance(subject, _Subject)
            if what == "place":
                places = _span(found[0], count)
                wrong = wrong or not places
                subject.places |= places
            else:
                subject.flags.add(str(what))
        gap = what == "gap"
    if wrong:
        raise _UnclearError
    return parts


def _of_parts(parts: list[_Part], read: _Read) -> None:
    """1、3 完成 2 没做; 完成 1、3; 1; 明天继续, which is said of what was named just now."""
    if not parts:
        return
    read.words = read.words or any(isinstance(one, str) for one in parts)
    first = parts[0]
    if isinstance(first, str):
        behind = [one for one in parts[1:] if isinstance(one, _Subject)]
        if len(parts) % 2 == 1 and len(parts) > 1:
            raise _UnclearError  # 完成 1 2 没做
        if not behind:
            read.bare = first
            read.say(_Subject(places=read.waiting | read.recent), first)
            read.waiting, read.recent = set(), set()
            return
        if read.waiting:
            raise _UnclearError
        for verb, subject in zip(parts[::2], behind, strict=True):
            assert isinstance(verb, str)
            read.say(subject, verb)
            read.before = verb
        return
    if len(parts) > 1 and read.waiting and read.before:
        raise _UnclearError  # 完成了 1，2，3 没做
    first.places |= read.waiting
    read.waiting, read.recent = set(), set()
    for of, verb in zip(parts[::2], parts[1::2], strict=False):
        assert isinstance(of, _Subject)
        assert isinstance(verb, str)
        read.say(of, verb)
        read.before = None
    last = parts[-1]
    if isinstance(last, _Subject):
        read.waiting = set(last.places)


def _of_some(clause: str, read: _Read) -> None:
    """2卡在法务 is nothing that is marked; 1方案写完了 is."""
    found = _LEADING.match(clause)
    rest = clause[found.end() :] if found else ""
    if found is None or (_MEASURE.match(rest) and "第" not in found[0]):
        read.open |= read.waiting
        read.waiting, read.recent = set(), set()
        return
    places = _numbers(found["run"], read.count) | read.waiting
    read.waiting, read.recent = set(), places
    if _UNCLEAR.search(rest):
        read.open |= places
        read.words = read.words or _VERBS.search(rest) is not None
        return
    if _ENDS_LATER.fullmatch(rest):
        read.say(_Subject(places=places), "later")
    elif _ENDS_DONE.fullmatch(rest) and not _NOT.search(rest):
        read.say(_Subject(places=places), "done")
    else:
        read.open |= places
        return
    read.words = True


def _summed(read: _Read, but: set[int]) -> Marks | None:
    whole = set(range(1, read.count + 1))
    if read.before:
        read.say(_Subject(places=read.waiting), read.before)
    elif read.waiting and not (read.words or read.open):
        read.say(_Subject(places=read.waiting), "done")  # the bare numbers
    others = read.others or read.every or (read.bare if but else None)
    if but and others is None:
        raise _UnclearError
    for one in but:
        read.states.setdefault(one, "later" if others == "done" else "done")
    unsaid = (read.open | read.waiting) - (read.states.keys() & read.recent)
    if others:
        for one in whole - unsaid:
            read.states.setdefault(one, others)
    done = frozenset(one for one, state in read.states.items() if state == "done" and one not in read.open)
    later = frozenset(one for one, state in read.states.items() if state == "later")
    if done or later:
        return Marks(done=done, later=later)
    return Marks() if read.words and read.open else None


def _span(text: str, count: int) -> set[int]:
    """3, 第三件, 1-3; nothing where there are not so many."""
    ends = [int(number(one) or 0) for one in re.findall(_N, text)]
    found = set(range(ends[0], ends[-1] + 1))
    return found if found and min(found) >= 1 and max(found) <= count else set()


def _numbers(text: str, count: int) -> set[int]:
    """All of a list. Raises _UnclearError where there are not so many."""
    found: set[int] = set()
    for one in re.finditer(_ONE, text):
        places = _span(one[0], count)
        if not places:
            raise _UnclearError
        found |= places
    return found
