"""Which flows an English message names: by the English words among what people call them."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from language.english import refusals
from language.english.words import scan
from language.patterns import late

_SMALL: Final = {ord(c): c.lower() for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"} | {ord("’"): "'"}
_POLITE: Final = late(
    r"^\W*(?:(?:hi|hello|hey|please|pls|kindly|can|could|may|would|i|i'd|i'll|we|you|me|us|want|need|like|have|help|"
    r""
    r"wish|to|submit|file|fill in|fill out|apply|applying|for|start|begin|request|raise|open|make|create|send|"
    r"put in|do|"
    r"get|new|an?|the|my|some|another)\b[\s,]*)+"
)
_END: Final = late(
    r"(?:(?:\s+(?:requests?|applications?|forms?|approvals?|process|flow|workflow|please|pls|thanks))+|"
    r"(?<![\s.!?~]))[\s.!?~]*$"
)
_ASKS: Final = late(
    r"\b(?:want|need|like|apply|applying|submit|file|request|book|please|pls|start|order|arrange|get|"
    r"(?:can|could|may) i|have to|must|looking for|use|borrow)\b[^,.;]{0,24}$"
)
_VERB: Final = late(
    r"(?:need|buy|hire|book|swap|resign|quit|hand|leave the|entertain|stamp|ship|pay|advance|upload|draw|collect|"
    r"pick|"
    r"start|order|recruit|become|change)\b"
)
_DOER: Final = late(r"(?:^|\b(?:i|we|to|please|pls|i'll|we'll|let's|and|so)\s+)$")
_TELLS: Final = late(r"\s*(?:is|was|has|have|had|are|were|will|got|came|went|looks?)\b")
NAMED, SAYS, STARTS, ASKED = 1, 2, 3, 4  # as in language.evidence; NAMED: nothing asks for it


def wanted(typed: str, called: Mapping[str, Iterable[str]]) -> tuple[tuple[str, ...], str, int, int, bool] | None:
    """The flows, the word that names them, its place, how surely it is asked for, whether nothing else is said.
    `called`: what each flow (by id) is called. None where it names none, or only tells and asks about it."""
    text = typed.translate(_SMALL)
    found: dict[tuple[int, int, int, int], dict[str, None]] = {}
    for flow, names in called.items():
        for name in names:
            match = _rule(name).search(text) if name.isascii() else None
            if match is not None and (sure := _strength(text, match)):
                first = match.start() if sure == ASKED else 0  # a stamp on the contract: the stamp
                found.setdefault((-sure, first, -len(name), match.start()), {})[flow] = None
    if not found:
        return None
    best = min(found)
    sure, place = -best[0], best[3]
    word = text[place : place - best[2]]
    core = _END.sub("", _POLITE.sub("", text.strip().lstrip("/")))
    bare = core in (word, f"{word}s", _END.sub("", word)) or text.strip(" /.!") in (word, f"{word}s")
    if not bare and (sure < SAYS or refusals.rejected(typed, text, "unknown", scan(text)) is not None):
        return None
    return tuple(found[best])[:3], word, place, sure, bare


def _strength(text: str, name: re.Match[str]) -> int:
    """How surely it is asked for: right behind I want, at the beginning; 1 where it is only named."""
    before = text[: name.start()]
    if _ASKS.search(before) or (_VERB.match(name[0]) and _DOER.search(before)):
        return ASKED
    return STARTS if not before.strip(" ,/") and not _TELLS.match(text, name.end()) else NAMED


def named(text: str, names: Mapping[str, str]) -> tuple[str, str] | None:
    """The flow (by id) and the longest of its English names that the text contains."""
    said = text.translate(_SMALL)
    found = [name for name in names if name.isascii() and _rule(name).search(said)]
    word = max(found, key=len, default="")
    return (names[word], word) if word else None


def rest(text: str) -> str:
    """What is asked for, without the politeness before it."""
    match = _POLITE.match(text.translate(_SMALL))
    return text[match.end() if match else 0 :].strip(" .,!")


@lru_cache(maxsize=1024)
def _rule(name: str) -> re.Pattern[str]:
    """The name as a word of its own, also of several; * stands for a few words."""
    words = re.escape(name.lower()).replace(r"\*", "[^,.;!?]{0,20}?")
    return late(rf"(?<![a-z0-9-]){words}(?:e?s)?(?![a-z0-9-])")
