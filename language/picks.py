"""Short answers to a question that offers answers: 是, 2, 第一个, the second one; 都不是. Pure."""

import re
from typing import Final

from language.numerals import number
from language.patterns import any_of, late
from language.spelling import plain

_PLACE: Final = late(r"(?:选|我选|就)?第?\s*([1-9]\d?|[一二两三四五六七八九十])\s*(?:个|种|项|条|位|吧|\.|、)*", re.I)
_ORDINAL: Final = {"first": 0, "second": 1, "third": 2}
_WORDED: Final = late(rf"(?:the\s+)?({'|'.join(_ORDINAL)})(?:\s+one)?", re.I)
_YES: Final = any_of(
    r"^(?:是|对|嗯+|好|行|可以|没错|就是|yes|yep|yeah|ok|okay|right|sure)(?:的|啊|呀|吧|了|他|她|它|这个)*$"
)
_NO: Final = any_of(
    r"^(?:都?不是?|不对|都不(?:是|对)|没有|不用|no|nope|none|neither)(?:的|啊|呀|吧|了|他|她|它|这些?个?|of them)*$"
)
_END: Final = " ,。.!~"


def place(text: str, count: int) -> int | None:
    """Which of so many answers is meant (from 0); a plain yes only where there is one. None: it is none of these."""
    said = plain(text).strip(_END)
    if _YES.match(said):
        return 0 if count == 1 else None
    if worded := _WORDED.fullmatch(said):
        found = _ORDINAL[worded[1].lower()]
    elif count > 1 and (placed := _PLACE.fullmatch(said)):
        found = int(number(placed[1]) or 0) - 1
    else:
        return None
    return found if 0 <= found < count else None


def refuses(text: str) -> bool:
    """Whether this says that none of the answers is meant."""
    return _NO.match(plain(text).strip(_END)) is not None
