"""A step and its people, as a flow file writes them: `KIND MODE:WHO` (decision 0009)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from unicodedata import normalize

from bot.mistakes import near
from domain.approvals.flow import Field, Mode, StepKind, StepWord
from domain.approvals.posts import CHAIN, KINDS, NEAR
from domain.approvals.superiors import level_of

_KINDS: Final[Mapping[str, StepKind]] = {"review": "review", "confirm": "confirm", "handle": "handle"}
_MODES: Final[Mapping[str, Mode]] = {
    "any-of": "any", "all-of": "all", "in-sequence": "sequence", "vote": "vote", "claim": "claim",
}  # fmt: skip
_NAMING: Final = ("person", "people", "departments")  # types of fields in which people are named
_SHARE: Final = re.compile(r"(\d{1,3})/([1-9]\d{0,2})|(\d{1,3}(?:\.\d+)?)%")
_WEIGHT: Final = re.compile(r"\d{1,3}(?:\.\d{1,2})?")
_HALF: Final = str.maketrans("：｜＊", ":|*")  # as a Chinese keyboard writes them


def half_width(text: str) -> str:
    """The text with the marks that our grammar knows."""
    return text.translate(_HALF)


class StepMistake(Exception):
    """A text that is no step; what to write instead."""


def step_of(said: str, fields: Sequence[Field]) -> StepWord:
    """The step that the text means on a form of these fields. Raises StepMistake."""
    text = half_width(said)
    head, colon, who = (part.strip() for part in text.partition(":"))
    places = (NEAR, CHAIN, *KINDS, *_names(fields))
    if not colon or "|" in head or (head in places and head not in (*_KINDS, *_MODES)):
        head, who = "", text.strip()
    kind, mode, quorum = _how(head, said, places)
    field = next((one for one in fields if who in (one.id, one.label)), None)
    if (mode and field) or (kind == "confirm" and not mode):
        return StepWord(kind=kind, mode=mode, quorum=quorum, field=_naming(who, field, fields, said))
    words, weights = _people(who, mode, fields, said)
    if any(word.startswith(f"{CHAIN}:") for word in words) and (mode or len(words) > 1):
        raise StepMistake(f"“{said}”：{CHAIN}自己就是一人一步，要单独写，如 {CHAIN}:总经理")
    return StepWord(kind=kind, mode=mode, quorum=quorum, words=words, weights=weights)


def check_word(word: str, fields: Iterable[Field] = (), *, chain: bool = False) -> None:
    """Whether the text can be a people word: a post, a relation, 本部门:岗位, user:zhao, FIELD:岗位, and, where a step
    of its own is meant (`chain`), 逐级:总经理. Raises StepMistake."""
    kind, colon, name = (part.strip() for part in word.partition(":"))
    if not (name if colon else kind):
        raise StepMistake(f"“{word}”：没有写由谁审批" if colon else "没有写由谁审批")
    if re.fullmatch("第.*级主管", kind) and level_of(kind) is None:
        raise StepMistake(f"“{word}”：第几级主管要写 1 到 9，如 第3级主管")
    allowed = (NEAR, *((CHAIN,) if chain else ()), *KINDS, *_names(one for one in fields if one.type == "departments"))
    if colon and kind not in allowed:
        raise StepMistake(f"“{word}”：冒号前只能是 {'、'.join(allowed)}{near(kind, allowed)}")
    if colon and kind == CHAIN:
        check_word(name)


def _how(head: str, said: str, places: Sequence[str]) -> tuple[StepKind, Mode, float]:
    """The kind, the mode and the share of yeses that a vote needs, as they stand before the colon."""
    words = head.split()
    kind = _KINDS[words.pop(0)] if words and words[0] in _KINDS else "approve"
    mode: Mode = _MODES[words.pop(0)] if words and words[0] in _MODES else ""
    quorum = _share(words.pop(0) if words else "", said) if mode == "vote" else 0.0
    if words:
        known = (*_KINDS, *_MODES)
        order = (
            "，先写做什么、再写怎么决定，如 handle claim:出纳"
            if words[0] in known
            else near(words[0], (*known, *places))
        )
        raise StepMistake(f"“{said}”：冒号前只能是 {'、'.join(known)}{order}")
    return kind, mode, quorum


def _share(text: str, said: str) -> float:
    found = _SHARE.fullmatch(normalize("NFKC", text))
    share = float(found[3]) / 100 if found and found[3] else int(found[1]) / int(found[2]) if found else 0.0
    if not 0 < share <= 1:
        raise StepMistake(f"“{said}”：vote 后面写要多少票同意，不超过全部，如 vote 2/3:总经理|财务经理 或 vote 60%:…")
    return share


def _naming(who: str, field: Field | None, fields: Sequence[Field], said: str) -> str:
    if field is None:
        raise StepMistake(f"“{said}”：表单里没有“{who}”{near(who, _names(fields))}")
    if field.type not in _NAMING:
        raise StepMistake(f"“{said}”：字段“{who}”的 type 要是 {'、'.join(_NAMING)} 之一")
    return field.id


def _people(who: str, mode: Mode, fields: Sequence[Field], said: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """The words between the bars, and in a vote their weights (none: one each)."""
    words, weights = [], []
    for one in who.split("|"):
        word, star, weight = (part.strip() for part in one.partition("*"))
        if not word:
            raise StepMistake(f"“{said}”：没有写由谁审批")
        check_word(word, fields, chain=True)
        if star and mode != "vote":
            raise StepMistake(f"“{said}”：只有投票才分轻重，如 vote 2/3:总经理*2|财务经理")
        if star and not (_WEIGHT.fullmatch(weight) and float(weight)):
            raise StepMistake(f"“{said}”：* 后面写这一票算几票，如 总经理*2")
        words.append(word)
        weights.append(float(weight) if star else 1.0)
    return tuple(words), tuple(weights) if any(one != 1 for one in weights) else ()


def _names(fields: Iterable[Field]) -> tuple[str, ...]:
    return tuple(name for one in fields for name in (one.id, one.label))
