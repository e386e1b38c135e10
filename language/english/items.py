"""Detail rows in English words: taxi 45.5 and lunch 128; 2 keyboards at 150 each; 10 boxes of A4 paper for 250."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from language.english.pieces import blanked
from language.english.words import TIMED, scan
from language.patterns import late

_ASKS: Final = late(
    r"^\W*(?:(?:hi|hello|please|pls|i|we|i'd|we'd|need|want|would|like|have|can|could|to|you|buy|order|get|purchase|"
    r"request|hire|recruit|ship|send|deliver|apply for|reimburse|expense|claim|also|some|me|us|for|the following|"
    r"another|plus)\b[\s:,]*)+",
    re.I,
)
_SOFT: Final = late(r"[,;，；](?!\d{3}(?!\d))\s*(?:and\s|plus\s)?|\s+(?:and|plus)\s+|\s\+\s", re.I)
_NUMBER: Final = r"(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d{1,2})?"
_EACH: Final = r"\s?(?:each|apiece|a piece|/\s?[a-z]+|per [a-z]+|an? [a-z]+)"
_NAME: Final = r"(?P<name>[^\W\d][^,;]*?)"
_UNITS: Final = (
    r"box(?:es)?|packs?|packets?|pieces?|pcs|sets?|reams?|bottles?|rolls?|bags?|pairs?|units?|cartons?|copies|copy|"
    r"books?|dozens?|cans?|barrels?|kg|km|meters?|metres?|nights?|days?|people|persons?"
)
_SPOKEN: Final = {
    word: at
    for at, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
} | {"a": 1, "an": 1}
_COUNT: Final = rf"(?P<count>\d{{1,6}}|{'|'.join(_SPOKEN)})"
_AT: Final = r"\s+(?:at|@|for|costing|of)\s*"


def _money(place: int) -> str:
    """A price in the form of this place: with what marks it as one."""
    return (
        rf"(?P<mark{place}>[¥￥$]\s?)?(?P<price{place}>{_NUMBER})(?P<yuan{place}>\s?(?:yuan|rmb|cny|kuai))?"
        rf"(?P<each{place}>{_EACH})?"
    )


_FORMS: Final = tuple(
    late(rule, re.I)
    for rule in (
        rf"{_money(1)}\s+(?:for|on)\s+(?:the |an? )?{_NAME}",
        rf"{_COUNT}\s*(?:(?:x|(?P<unit>{_UNITS}))\s+(?:of\s+)?)?{_NAME}(?:(?:{_AT}|"
        rf"\s*[@:=]?\s*(?=[¥￥$])){_money(2)})?",
        rf"{_NAME}\s*[:=-]?\s*(?:x|[*])\s?(?P<count3>\d{{1,6}})(?:(?:{_AT}|\s*@\s*|\s+){_money(3)})?",
        rf"{_NAME}(?:{_AT}|\s*[:=-]?\s*|\s+(?:was|is|cost|costs)\s+){_money(4)}",
        rf"{_NAME}\s+{_money(7)}(?P<times>\s?(?:x|[*])\s?)(?P<count7>\d{{1,6}})(?:\s?(?P<unit7>{_UNITS}))?",
    )
)
_NUMBERED: Final = late(r"(?<![\w.-])\d")
_PRICE: Final = late(_money(6), re.I)
_COUNTS: Final = late(rf"(?<![\w.,¥￥$])\d{{1,6}}\s+(?:more |new )?(?:{_UNITS})\b|\bx\s?\d{{1,6}}\b", re.I)
_ORDER: Final = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "last": "last"}
_ROW: Final = (
    rf"(?:the )?(?:(?:(?P<place>{'|'.join(_ORDER)}|\d{{1,2}}(?:st|nd|rd|th)) (?:item|row|line|one|entry))|"
    r"(?P<name>[^\W\d][^,;.\n]{0,39}?))"
)
_EDITS: Final = (
    (late(rf"(?:please |pls )*(?:remove|delete|drop|take out) {_ROW}", re.I), "删掉{what}"),
    (
        late(rf"(?:please |pls )*(?:change|set|correct|make) {_ROW} (?:to|be) (?P<said>[^\n]+)", re.I),
        "{what}改成{said}",
    ),
    (
        late(rf"{_ROW} (?:was|is|should be|should have been|costs?|really was) (?P<said>[¥￥$]?\d[^\n]*)", re.I),
        "{what}改成{said}",
    ),
    (late(r"(?:please |pls )*(?:also )?add (?:another |an? )?(?P<said>[^\n]*\d[^\n]*)", re.I), "再加一笔 {said}"),
)
_TIMES: Final = (*TIMED, "length")
_CLAUSE: Final = late(r"[,;.!?\n]|\b(?:for|because|by|to)\b")
_IDLE: Final = late(r"\s*\b(?:please|pls|thanks|asap|urgently|soon|now)\b\s*$", re.I)
_NOTHING: Final = frozenset(
    "new one ones a an the thing things something it them this that these those new another".split()
)
_BROKEN: Final = late(
    r"\b(?:my|our|the|this) (?P<x>[a-z][\w -]{1,30}?) (?:(?:is|was|are|has been|got) (?:\w+ )?(?:broken|dead|lost|"
    r"stolen|worn out|used up|empty|out of order|gone|damaged)|(?:just )?(?:broke|died|stopped working))\b",
    re.I,
)
_WHOLE: Final = late(rf"(?:total(?: of)?|altogether|in total|in all|sum)\W*{_money(5)}", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A row: `price` of one piece with `each`, else of all. `bare`: nothing says whether it is a price or a count."""

    name: str
    count: Decimal | None = None
    unit: str = ""
    price: Decimal | None = None
    each: bool = False
    bare: bool = False


def items(line: str) -> list[Item]:
    """The rows of a line; words without a number are rows with a name alone; a name "" is the total. None at all where
    no number says how many or how much, or one says something else."""
    found: list[Item] = []
    for piece in _SOFT.split(_ASKS.sub("", line.strip(" .!"))):
        said = _ASKS.sub("", piece.strip(" .!"))
        price = _PRICE.fullmatch(said)
        if price and found and found[-1].price is None and (price["each6"] or price["yuan6"] or price["mark6"]):
            found[-1] = replace(found[-1], price=_worth(price["price6"]), each=bool(price["each6"]))
        elif (one := _item(said)) is not None:
            found.append(one)
        elif said:
            return []
    return found if any(one.price or one.count for one in found) else []


def _item(piece: str) -> Item | None:
    if total := _WHOLE.fullmatch(piece):
        return Item(name="", price=_worth(total["price5"]))
    for form in _FORMS:
        if found := form.fullmatch(piece):
            said = {re.sub(r"\d+$", "", key): value for key, value in found.groupdict().items() if value}
            count, price = said.get("count"), said.get("price")
            return Item(
                name=said["name"].strip(" :-="),
                count=Decimal(_SPOKEN.get(count.lower(), count)) if count else None,
                unit=said.get("unit", ""),
                price=_worth(price) if price else None,
                each="each" in said or "times" in said,
                bare=price is not None and not (count or said.keys() & {"mark", "yuan", "each"}),
            )
    return Item(name=piece) if piece and not _NUMBERED.search(piece) else None


def thing(text: str, taken: Iterable[str]) -> str | None:
    """What is wanted: 10 boxes of A4 paper; the computer that is broken. Without the words that are `taken`."""
    if broken := _BROKEN.search(text):
        return broken["x"]
    names = "|".join(re.escape(word) for word in sorted(taken, key=len, reverse=True) if len(word) > 1) or "(?!)"
    called = re.compile(rf"^(?:an? |the )?(?!new )(?:{names})s?(?:\s+(?:on|of|to|with)\s+|\s*:\s*|$)", re.I)
    for piece in _CLAUSE.split(blanked(text, scan(text.lower()), _TIMES)):
        said = called.sub("", _IDLE.sub("", re.sub(r"\s*\0.*", "", _ASKS.sub("", piece))).strip())
        if re.search(r"[^\W\d_]{3}", said) and said.lower() not in _NOTHING:
            return said
    return None


def edit(text: str) -> str:
    """A correction of rows as the Chinese rules read it: the taxi was 54.5, remove the second one, add parking 15."""
    said = text.strip(" .!")
    for rule, how in _EDITS:
        if found := rule.fullmatch(said):
            parts = {key: value.strip() for key, value in found.groupdict().items() if value}
            place = _ORDER.get(parts.get("place", "").lower(), re.sub(r"\D", "", parts.get("place", "")))
            parts["what"] = (
                f"第{place}笔" if place and place != "last" else "最后一笔" if place else parts.get("name", "")
            )
            return how.format(**parts)
    return text


def uncounted(text: str) -> str:
    """The text without counts: 10 boxes of paper."""
    return _COUNTS.sub(" ", text)


def _worth(written: str) -> Decimal:
    return Decimal(written.replace(",", ""))
