"""Which flows a message names: by title, by what people call them or say when they want them, or by ear. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from domain.approvals.flow import Flow
from language.clauses import clauses
from language.english import naming as english
from language.english import speaks
from language.evidence import APART, NONE, SOMEBODY, START, strength, vetoed
from language.patterns import late
from language.sounds import readings
from language.spelling import plain

_HALF: Final = 0.5
_OF_ALL: Final = set("申请单要个一下的我")  # characters that say nothing of which flow it is
_POLITE: Final = late(
    r"^[\s,]*(?:(?:你好|您好|麻烦|请(?!假|客|个假)|帮我|帮忙|我们|我|想|要|需要|申请|提交|发起|办一?下?|走一?下?|填一?下?|一个|一下|个)[\s,]*)+"
)
_END: Final = late(r"(?:(?:申请单|申请|流程|单子|单|一下|吧|了)|(?<![\s。.!~,]))[\s。.!~,]*$")
_KIND_OF: Final = late(r"[(（].*|申请单?$|(?<=..)单$")  # what a title says besides what it is of
_LONGEST_BY_EAR: Final = 8
_SENTENCE: Final = 40  # characters of a message in which names are heard
_SHORTEST_BY_EAR: Final = 3  # characters of a name that is heard in the middle of a sentence
_MEASURE: Final = "[个台部把张套件只支本盒箱包条袋瓶桶卷双副辆份批些点斤吨米根组名位块]"
_NUMERAL: Final = "[一二两三四五六七八九十几半]"
_SIGNS: Final = {  # in `wants`; a count is read from its first digit only, so that the search stays linear
    "*": r"[^,。;!?\n]{0,12}?",
    "#": rf"(?:(?:(?<!\d)\d+|(?<!{_NUMERAL}){_NUMERAL}+)\s?{_MEASURE}|(?!把){_MEASURE}(?!人[所信资原事]))(?![月头小性别])",
    "¥": rf"\s?[¥￥]?(?:(?<!\d)\d[\d,.]*|[一二两三四五六七八九十百千万]{{2,}}|[一二两三四五六七八九十](?=[块元]))"
    rf"(?!\s?(?:{_MEASURE}(?<!块)|[年月日号天点周小度级]))",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The flows (by id) that a message asks for, the best one alone or those between which it does not decide.

    `word`: what it was found by, at this `place`; `strength`: how surely it is asked for (language.evidence), `bare`
    where the message says nothing else."""

    flows: tuple[str, ...]
    word: str
    place: int = 0
    strength: int = START
    bare: bool = False


def wanted(
    text: str, flows: Mapping[str, Flow], apart: Iterable[str] = (), people: Iterable[str] = ()
) -> Wanted | None:  # fmt: skip
    """The flows that the message asks for; None where it asks for none, or only tells and asks about it.

    `apart` are names that contain such words and are no wish: those of departments (采购部). `people` are the
    colleagues that it names: what they do is not asked for."""
    said = plain(text).strip()
    if speaks(said):
        names = {flow.id: (*flow.words, *flow.wants) for flow in flows.values()}
        hit = english.wanted(said, names)
        return Wanted(flows=hit[0], word=hit[1], place=hit[2], strength=hit[3], bare=hit[4]) if hit else None
    if found := _bare(said, flows):
        return found
    masked = _masked(said, flows, apart, people)
    rules = list(_rules(masked, flows))
    best: dict[tuple[int, int], dict[str, Wanted]] = {}
    for clause in clauses(masked) if rules else ():
        for flow, length, rule in rules:
            if (match := rule.search(clause.text)) is not None:
                sure = strength(clause.text, match.start(), match.end(), _options(flow))
                one = Wanted(flows=(flow.id,), word=match[0], place=clause.start + match.start(), strength=sure)
                best.setdefault((sure, length), {}).setdefault(flow.id, one)
    best = {rank: those for rank, those in best.items() if rank[0] > NONE}
    if not best or vetoed(masked):
        return None
    finest = list(best[max(best)].values())
    if len(finest) == 1:
        return finest[0]
    one = finest[0]
    return Wanted(
        flows=tuple(each.flows[0] for each in finest)[:3], word=one.word, place=one.place, strength=one.strength
    )


def _bare(said: str, flows: Mapping[str, Flow]) -> Wanted | None:
    """The name alone, or what several titles are kinds of (采购: 物料采购, 办公用品采购), or a name by ear."""
    core = _core(said)
    if not core or len(core) > _LONGEST_BY_EAR * 2:
        return None
    whole = said.lstrip("/").strip()
    names = {name: flow.id for flow in flows.values() for name in (flow.title, *flow.words)}
    exact = next((names[one] for one in (whole, _POLITE.sub("", whole), core) if one in names), "")
    exact = exact or next((flow for name, flow in names.items() if core == _short(name)), "")
    if exact:
        return Wanted(flows=(exact,), word=core, bare=True)
    kinds = [flow.id for flow in flows.values() if _KIND_OF.sub("", flow.title).endswith(core) and len(core) > 1]
    if kinds:
        return Wanted(flows=tuple(kinds[:3]), word=core, bare=True)
    if len(core) > _LONGEST_BY_EAR or not re.fullmatch(r"[\u4e00-\u9fff]{2,}", core):
        return None
    heard = [flow for name, flow in names.items() if _sounds_like(core, name) or _sounds_like(core, _short(name))]
    return Wanted(flows=tuple(dict.fromkeys(heard))[:3], word=core, bare=True) if heard else None


def _core(said: str) -> str:
    """The message without politeness before it and 申请, 流程, 吧 behind it."""
    body = said.lstrip("/").strip()
    return _END.sub("", _POLITE.sub("", body)) or _END.sub("", body)


def _rules(text: str, flows: Mapping[str, Flow]) -> Iterator[tuple[Flow, int, re.Pattern[str]]]:
    """The names and wishes that the text holds, each with how many characters of it are meant so; else those by ear."""
    found = False
    for flow in flows.values():
        for name in (flow.title, *flow.words, *_kind_of(flow)):
            if name in text:
                found = True
                yield flow, len(name), _pattern(name)
        for want in flow.wants:
            if _pattern(want).search(text):
                found = True
                yield flow, len(re.sub("[*#¥]", "", want)), _pattern(want)
    if not found and len(text) <= _SENTENCE:
        yield from _by_ear(text, flows)


def _by_ear(text: str, flows: Mapping[str, Flow]) -> Iterator[tuple[Flow, int, re.Pattern[str]]]:
    """用硬申请: names of some length, typed by their sound."""
    letters = set(text)
    for flow in flows.values():
        for name in (flow.title, *flow.words):
            if len(name) >= _SHORTEST_BY_EAR and len(letters & set(name)) * 2 >= len(name):
                for place in range(len(text) - len(name) + 1):
                    piece = text[place : place + len(name)]
                    if _sounds_like(piece, name):
                        yield flow, len(name), _pattern(piece)


def _sounds_like(text: str, name: str) -> bool:
    """Whether it may be the name typed by ear, also by an ear that keeps z and zh, n and ng not apart."""
    return len(text) == len(name) and not _sounds(text).isdisjoint(_sounds(name))


@lru_cache(maxsize=4096)
def _sounds(text: str) -> frozenset[str]:
    return frozenset(re.sub(r"([zcs])h", r"\1", re.sub(r"(?<=[aei])ng", "n", way)) for way in readings(text))


@lru_cache(maxsize=1024)
def _short(name: str) -> str:
    """The name without 申请, 单."""
    return _END.sub("", name)


def _kind_of(flow: Flow) -> tuple[str, ...]:
    """合同审批 of 合同审批(行政类)."""
    short = re.sub(r"[(（].*", "", flow.title)
    return (short,) if short != flow.title else ()


@lru_cache(maxsize=1024)
def _pattern(want: str) -> re.Pattern[str]:
    return re.compile("".join(_SIGNS.get(sign, re.escape(sign)) for sign in want))


def holds(want: str, text: str) -> bool:
    """Whether the text says that it wants so."""
    return _pattern(want).search(text) is not None


def _masked(said: str, flows: Mapping[str, Flow], apart: Iterable[str], people: Iterable[str]) -> str:
    """The text with names blacked out that are no wish, but where a flow is called by them (采购部付款)."""
    names = [name for flow in flows.values() for name in (flow.title, *flow.words, *flow.wants)]
    for word in apart:
        if not any(word in match[0] for name in names if (match := _pattern(name).search(said))):
            said = said.replace(word, APART * len(word))
    for word in people:
        said = said.replace(word, SOMEBODY * len(word))
    return said


def _options(flow: Flow) -> tuple[str, ...]:
    return tuple(label for field in flow.fields for label in field.options.values())


def named(text: str, names: Mapping[str, str]) -> tuple[str, str] | None:
    """The flow (by id) and the word by which it is named: the longest one that the message contains."""
    said = plain(text)
    if speaks(said):
        return english.named(said, names)
    found = [name for name in names if name in said]
    word = max(found, key=len, default="")
    return (names[word], word) if word else None


def nearest(text: str, names: Mapping[str, str]) -> list[str]:
    """The flows (by id, at most three) whose names share most of their characters with the message."""
    own_words = speaks(text)  # in English whole words are compared
    said = set(re.findall("[a-z]+", text.lower())) if own_words else set(plain(text)) - _OF_ALL
    letters = {
        name: set(name.split()) if own_words else set(name) - _OF_ALL for name in names if name.isascii() == own_words
    }
    shared = {name: len(said & own) / len(own) for name, own in letters.items() if len(said & own) > 1 - own_words}
    least = 1 if own_words and max(shared.values(), default=0) == 1 else _HALF  # the whole name, where that is said
    near = sorted((name for name in shared if shared[name] >= least), key=lambda name: -shared[name])
    return list(dict.fromkeys(names[name] for name in near))[:3]


def bare(text: str, word: str) -> bool:
    """Whether the message says nothing but this word: it always starts the flow."""
    return _END.sub("", _POLITE.sub("", plain(text).strip().lstrip("/"))) in (word, _END.sub("", word), "")


def rest(text: str) -> str:
    """What is asked for, without the politeness around it."""
    if speaks(text):
        return english.rest(text)
    return _POLITE.sub("", text.strip()).strip(" ，,。.!！")
