"""Sums of money in a sentence, and the item they were spent on."""

import re
from typing import Final

from language.lexer import Token
from language.numerals import SPOKEN, number
from language.patterns import any_of, late

_KILO: Final = {"万": 10000.0, "千": 1000.0, "k": 1000.0}
_TOTAL: Final = late(
    r"(?:一共|总共|共计?|合计|总计|总额|加起来|统共|total)\s?(?:是|为|:|花了)?\s?[¥￥]?\s?"
    rf"(\d[\d,]*(?:\.\d+)?|[{SPOKEN}]{{1,9}})(?P<kilo>万|千|k)?",
    re.I,
)
_PLAIN: Final = late(
    rf"(?<![\d.a-z:/-])\d[\d,]*(?:\.\d+)?(?![\d:a-z%-]|/\d|\s?[月年号日点天个张人次台份本箱支件辆间盒瓶晚位桌])|(?<![第])[{SPOKEN}]{{2,9}}",
    re.I,
)
_DIGITS: Final = late(r"\d")
_ASKED: Final = any_of(
    r"报销(?:申请|单)?|报账|报一下|报个|报(?=[^,]{1,6}费)|申请|发票|reimburse(?:ment)?",
    r"出差回来|出差(?=[住坐打吃])|住(?=酒店|宾馆|民宿)",
    r"花费?了|花掉|用了|付了|垫付了?|垫了|买了(?=\d)|(?:这|上|本|此)次(?:出差)?的?|一共|总共|共计?|合计|总计|总额|金额|费用(?=$|[\s:是为])",
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?的|我|帮|麻烦|想|要|需要|一下|请(?!客|吃)|谢谢|你好|元|块钱?|人民币|的钱|这笔|那笔|个(?=$|\s)|[¥￥]",
)
_BILL: Final = late(r"[费票款餐饭]$")
_EDGE: Final = " \t的了是为在和、,。.;:!?~()-—·+年月日号"


def sums(text: str, tokens: list[Token]) -> list[float]:
    """The sums that are named: one when a total is given, none when there is no number for it."""
    total = _TOTAL.search(text)
    if total:
        value = number(total[1])
        return [] if value is None else [_round(value * _KILO.get((total["kilo"] or "").lower(), 1))]
    found = [value for token in tokens if token.kind == "money" and (value := _value(token)) is not None]
    if found:
        return found
    words = [token for token in tokens if token.kind not in ("numeric", "to", "and", "or")]
    taken = {place for token in words for place in range(token.start, token.end)}
    plain = [match for match in _PLAIN.finditer(text) if match.start() not in taken and _counts(match[0])]
    dates = {token.start for token in tokens if token.kind == "numeric"}
    free = [match for match in plain if match.start() not in dates] or plain[-1:]
    return [_round(value) for match in free if (value := number(match[0])) is not None and value > 0]


def date_words(text: str, tokens: list[Token]) -> list[Token]:
    """The tokens without a 12.5 that is the sum and no date, and without a festival that only names what was bought."""
    tokens = [token for token in tokens if token.kind != "festival" or token.get("relation")]
    numeric = [token for token in tokens if token.kind == "numeric"]
    if not numeric or any(token.kind == "money" for token in tokens):
        return tokens
    taken = {token.start for token in tokens}
    others = [match for match in _PLAIN.finditer(text) if match.start() not in taken and _counts(match[0])]
    return tokens if others else [token for token in tokens if token is not numeric[-1]]


def _counts(text: str) -> bool:
    return _DIGITS.search(text) is not None or any(unit in text for unit in "十百千万")


def _value(token: Token) -> float | None:
    value = number(token.get("front", "sum"))
    if value is None:
        return None
    kilo = _KILO.get(token.get("kilo1", "kilo2"), 1)
    value *= kilo
    tail, kilo = token.get("tail"), max(kilo, _KILO.get(token.get("sum")[-1:], 1))
    if tail and kilo > 1 and len(tail) == 1:  # 三万二
        value += int(number(tail) or 0) * kilo / 10
    elif tail:
        digits = str(int(number(tail) or 0)) if not tail.isdigit() else tail
        value += int(digits) / (10 ** len(digits))
    return _round(value)


def _round(value: float) -> float:
    return round(value, 2)


def item(text: str, tokens: list[Token]) -> str | None:
    """What the money was spent on: what is left without times, sums and the words that ask."""
    bare = list(text)
    for token in tokens:
        if token.kind not in ("to", "and", "or", "from", "begin", "back", "clock"):
            bare[token.start : token.end] = "\0" * (token.end - token.start)
    marked = "".join(bare)
    asked = re.search(r"报销|报一下|报账|报个", marked)
    cleaned = _PLAIN.sub(lambda match: "\0" * len(match[0]) if _counts(match[0]) else match[0], marked)
    after = _pieces(cleaned[asked.end() :] if asked else cleaned)
    before = _pieces(cleaned[: asked.start()]) if asked else []
    named = [word for word in after + before if _BILL.search(word)]
    return max(named or after or before, key=len, default=None)


def _pieces(text: str) -> list[str]:
    words = (word.strip(_EDGE) for word in re.split(r"[\0\s,。;!?:()]+", _ASKED.sub("\0", text)))
    return [word for word in words if len(word) >= 2]
