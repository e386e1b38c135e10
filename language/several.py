"""One word for several cases: 全部同意, 同意 1、3, 驳回 QJ-… QJ-… 理由, 全部转交 王芳."""

import re
from dataclasses import dataclass
from typing import Final

from language.patterns import late

VERBS: Final = {
    "approve": "同意|批准|通过|approve",
    "reject": "驳回|拒绝|不同意|不通过|reject",
    "transfer": "转交给?|转给",
}
NUMBER: Final = r"[A-Za-z]{1,6}\s*[-_–—]?\s*20\d{6}\s*[-_–—]?\s*\d{1,6}(?!\d)"
JOINT: Final = r"[\s、,;]+"
_ALSO: Final = r"\s*[、,;]\s*"  # a blank may stand before words, too: 驳回 1 2 个理由说不通
PLACE: Final = r"第?\d{1,2}(?:\s*[-~到至]\s*\d{1,2})?(?!\d|[.:]\d)"
_UNIT: Final = r"(?:\s*[条个项件张单](?=[\s,:。.!~吧了]|$))?"
_VERB: Final = "|".join(rf"(?P<{verb}>{words})" for verb, words in VERBS.items())
_NOTHING: Final = r"[\s。.!~吧呀啊哦]*"
_RULES: Final = tuple(
    late(rule, re.I | re.S)
    for rule in (
        rf"/?\s*(?P<all>全部|全都|所有)(?:都)?\s*(?:{_VERB})(?P<rest>.*)",
        rf"/?\s*(?:{_VERB})\s*(?P<all>全部|所有|all\b)(?P<rest>.*)",
        rf"/?\s*(?:{_VERB})\s*[:,]?\s*(?P<numbers>{NUMBER}(?:{JOINT}{NUMBER})+)(?P<rest>.*)",
        rf"/?\s*(?:{_VERB})\s*[:,]?\s*(?P<places>{PLACE}(?:{JOINT}{PLACE})*){_UNIT}\s*了?(?P<rest>{_NOTHING})",
        rf"/?\s*(?:{_VERB})\s*[:,]?\s*(?P<places>{PLACE}(?:{_ALSO}{PLACE})*){_UNIT}(?!{_ALSO}\d)(?P<rest>.*)",
    )
)
COUNT: Final = late(  # what makes of the number no place but a count, but for words that only begin so
    r"\s*(?!年假|年底|月底|日期|时间|时长|个人原因|家里|人手|人员|人数|次数|条件|项目|单价|单据|位置|名额|周末)"
    r"[年月号日点时天元万块%家台位名份次种套批笔人周条个项件张单]"
)
_NO_COMMAND: Final = late(  # a question, a condition, an exception
    r"的(?!士)|了吗|是什么|是啥|是不是|除了|除外|但|不包括|不含|.*(?:[吗么?]|什么意思|怎么?样|怎么办|除外)[\s。.!~?]*$",
    re.S,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """What to do with which: `numbers` of cases, `places` in the list that was shown last (from 1), or `all` of it.
    `start` is where the words behind begin."""

    verb: str
    numbers: tuple[str, ...] = ()
    places: tuple[int, ...] = ()
    all: bool = False
    start: int = 0


def read(said: str) -> Several | None:
    """The wish in a message (folded), or None when it is something else."""
    for rule in _RULES:
        match = rule.fullmatch(said)
        if match is None:
            continue
        parts = match.groupdict()
        verb = next(verb for verb in VERBS if parts[verb])
        named = numbers_in(parts.get("numbers") or "")
        words = _words(verb, parts["rest"], free=bool(named))
        if words is None or (parts.get("places") and verb == "reject" and COUNT.match(parts["rest"])):
            return None
        return Several(
            verb=verb, numbers=named, places=places_in(parts.get("places") or ""), all=bool(parts.get("all")),
            start=match.start("rest") + words,
        )  # fmt: skip
    return None


def _words(verb: str, rest: str, *, free: bool) -> int | None:
    """Where the reason or the names begin in what follows; None where it makes the whole no command: 全部驳回了吗,
    同意 2 位同事参加. `free`: cases were named, so that anything may follow."""
    if re.fullmatch(_NOTHING, rest):
        return len(rest)
    start = len(rest) - len(rest.lstrip(" \t\r\n,:;。.!~"))
    said = verb == "transfer" or (verb == "reject" and start > 0)
    return start if (free or said) and not _NO_COMMAND.match(rest, start) else None


def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers of cases in a text, each once, as they are written in cards."""
    bare = (re.sub(r"[\s_–—-]", "", found).upper() for found in re.findall(NUMBER, text))
    parts = (re.split(r"(20\d{6})", one, maxsplit=1) for one in bare)
    return tuple(dict.fromkeys(f"{prefix}-{day}-{int(run):03d}" for prefix, day, run in parts))


def places_in(text: str) -> tuple[int, ...]:
    found: dict[int, None] = {}
    for first, last in re.findall(r"(\d{1,2})(?:\s*[-~到至]\s*(\d{1,2}))?", text):
        ends = int(first), int(last or first)
        found |= dict.fromkeys(range(min(ends), max(ends) + 1))
    return tuple(found)
