"""Which language somebody writes."""

import re
from typing import Final, Literal

from language.patterns import late
from language.spelling import folded

Tongue = Literal["zh", "en"]
_LONGEST: Final = 600  # characters that are looked at
_CJK: Final = late(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_NO_WORD: Final = late(  # what everybody writes alike: addresses, numbers of cases, identifiers
    r"https?://\S*|www\.\S*|\S+@\S+|@\S+|[a-z]{1,6}[-_–—]?20\d{6}[-_–—]?\d*|\S*\d\S*", re.I
)
_WORD: Final = late(r"(?<![A-Za-z'’])[A-Za-z][A-Za-z'’]*")
_SAME: Final = frozenset("ok okay okey hi hello hey bye lol haha emm em hmm".split())  # said in either language
_ALONE: Final = frozenset(
    "help menu submit cancel approve reject withdraw urge remind nudge chase progress status transfer return comment "
    "copy undo please today tomorrow yesterday tonight morning afternoon evening noon "
    "weekend monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september october november december leave vacation holiday annual sick personal marriage maternity paternity "
    "bereavement overtime reimburse reimbursement expense expenses taxi lunch dinner trip travel outing purchase "
    "resign resignation seal hospitality recruitment payment probation balance requests tasks wfh pto toil".split()
)  # one of these is enough


_SMALL: Final = frozenset(
    "a an the i i'm i'd i'll me my we us our you your he she it is are am was be to of for on in at from with and or "
    "not no this that what who when where how can could may will would need want have has do did if as by off "
    "out".split()
)  # a sentence has one of these
_COURTESY: Final = late(r"(?:\W|\b(?:thanks?|thank you|thx|sorry|yes|yep|no|nope|a lot|so much|very much)\b)*", re.I)


def tongue_of(text: str) -> Tongue | None:
    """Chinese where there is one Chinese character, English with two words or one that nobody else writes; None for
    what tells nothing: numbers, numbers of cases, addresses, emoji, ok, thanks, names of people and products."""
    said = folded(text[:_LONGEST])
    if _CJK.search(said):
        return "zh"
    if _COURTESY.fullmatch(said):
        return None
    typed = [word for word in _WORD.findall(_NO_WORD.sub(" ", said)) if word.lower() not in _SAME]
    words = [word.lower() for word in typed]
    if any(word in _ALONE for word in words):
        return "en"
    names = all(word[0].isupper() for word in typed) and not any(word in _SMALL for word in words)
    return "en" if len(words) > 1 and not names else None
