"""One word for several cases: 全部同意, 同意 1、3, 驳回 QJ-… QJ-… 理由, 全部转交 王芳."""

import re
from dataclasses import dataclass
from typing import Final

VERBS: Final = {
    "approve": "同意|批准|通过|approve",
    "reject": "驳回|拒绝|不同意|不通过|reject",
    "transfer": "转交给?|转给",
}
NUMBER: Final = r"[A-Za-z]{1,6}\s*[-_–—]?\s*20\d{6}\s*[-_–—]?\s*\d{1,6}(?!\d)"
_PARTS: Final = re.compile(r"([A-Za-z]{1,6})\s*[-_–—]?\s*(20\d{6})\s*[-_–—]?\s*(\d{1,6})")
_JOINT: Final = r"[\s、,;]+"
_PLACE: Final = r"第?\d{1,2}(?:\s*[-~到至]\s*\d{1,2})?(?![\d.:]|\s*[-年月号日点时天元万块%]|个(?:月|人|小时))"
_VERB: Final = "|".join(rf"(?P<{verb}>{words})" for verb, words in VERBS.items())
_REST: Final = r"[\s,:。.!~]*(?P<text>.*)"
_RULES: Final = tuple(
    re.compile(rule, re.I | re.S)
    for rule in (
        rf"/?\s*(?P<all>全部|全都|所有)(?:都)?\s*(?:{_VERB}){_REST}",
        rf"/?\s*(?:{_VERB})\s*(?P<all>全部|所有|all\b){_REST}",
        rf"/?\s*(?:{_VERB})\s*[:,]?\s*(?P<numbers>{NUMBER}(?:{_JOINT}{NUMBER})+){_REST}",
        rf"/?\s*(?:{_VERB})\s*[:,]?\s*(?P<places>{_PLACE}(?:{_JOINT}{_PLACE})*)(?!{_JOINT}\d)[条个项件张单]?{_REST}",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """What to do with which: `numbers` of cases, `places` in the list that was shown last (from 1), or all of it.
    `start` is where the words behind begin."""

    verb: str
    numbers: tuple[str, ...] = ()
    places: tuple[int, ...] = ()
    start: int = 0


def read(said: str) -> Several | None:
    """The wish in a message (folded), or None when it is something else."""
    for rule in _RULES:
        match = rule.fullmatch(said)
        if match is None:
            continue
        parts = match.groupdict()
        verb = next(verb for verb in VERBS if parts[verb])
        if parts.get("all") and verb == "approve" and parts["text"].strip("吧呀啊 。.!~"):
            return None  # 全部同意的话…, 全部通过了: no command
        return Several(
            verb=verb, numbers=numbers_in(parts.get("numbers") or ""), places=_places(parts.get("places") or ""),
            start=match.start("text"),
        )  # fmt: skip
    return None


def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers of cases in a text, as they are written."""
    found = (f"{prefix.upper()}-{day}-{int(run):03d}" for prefix, day, run in _PARTS.findall(text))
    return tuple(dict.fromkeys(found))


def _places(text: str) -> tuple[int, ...]:
    found: dict[int, None] = {}
    for first, last in re.findall(r"(\d{1,2})(?:\s*[-~到至]\s*(\d{1,2}))?", text):
        found |= dict.fromkeys(range(int(first), int(last or first) + 1))
    return tuple(found)
