"""The words of an English message about time and money: a rule a kind of word, the more specific ones first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from language.english import wording as say
from language.english.numbers import FESTIVALS, MONTH, NUMERAL, WEEKDAY
from language.patterns import late


@dataclass(frozen=True, slots=True)
class Word:
    """What stands at `start` to `end` of the message, and its Chinese wording. Kinds: day and date, week, part, "
    "clock,
    length, money, vague, noise; to, until, dash, from, begin, back, and, or."""

    kind: str
    start: int
    end: int
    said: str


TIMED: Final = ("day", "date", "week", "part", "clock", "vague")
_ORD: Final = r"\d{1,2}(?:st|nd|rd|th)"
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th)?(?![\d:])"
_TO: Final = r"\s?(?:to|until|till?|through|thru|up to|[-–—~])\s?(?:the )?"
_AND: Final = r"\s?(?:,\s?(?:and )?|[&+]\s?|and\s)(?:the )?"
_NO_CLOCK: Final = (
    r"(?![\d:.%]|\s?(?:[ap]\.?m\b|h(?:ours?|rs?)?\b|min|days?\b|weeks?\b|months?\b|yuan|rmb|people|"
    r"persons?\b|o'?clock))"
)
_YEAR: Final = r"(?:,?\s?(?P<{}>20\d\d)(?!\d))?"
_WEEK: Final = r"(?P<{}>next|this|last|(?:this )?(?:coming|upcoming)|following)"
_AFTER_NEXT: Final = r"(?:the )?week after next"
_MERIDIEM: Final = r"(?:\s?(?P<{}>[ap])\.?m(?![a-z])\.?)?"
_FESTIVAL: Final = "|".join(FESTIVALS)
_THINGS: Final = (
    r"people|persons?|pax|guests?|clients?|customers?|colleagues?|visitors?|nights?|rooms?|cop(?:y|ies)|times|"
    r"tickets?|"
    r"items?|receipts?|invoices?|box(?:es)?|pcs|pieces?|sets?|laptops?|computers?|chairs?|desks?|km|kg|floors?|"
    r"degrees?|"
    r"years?|months?|cars?|seats?|trips?"
)
_EVENTS: Final = r"meeting|call|course|training|session|event|workshop|seminar|conference|exam|flight|drive"
_NUMBERED: Final = (
    r"room|building|gate|floor|no\.?|version|phase|line|table|level|step|grade|class|unit|block|"
    r"terminal"
)
_MANY: Final = rf"(?!an? |one ){NUMERAL}"
_NOISE: Final = (
    r"good (?:morning|afternoon|evening|day)|have a (?:\w+ )?(?:day|evening|weekend|week|one)|"
    r"(?:a |the )?long weekend|(?:the|an?|our) (?!next|last|coming|upcoming|whole|following|same)[a-z]+ weekend|"
    r"(?:these|open|every|any|most) days?|(?:the )?(?:other|same|rainy) day|every (?:morning|week|\w+day)|"
    r"day[- ]to[- ]day|long time|day trip|day job",
    rf"(?:past|previous) {NUMERAL} (?:days?|weeks?|hours?|months?)|{NUMERAL}[- ](?:days?|weeks?|hours?)'? "
    rf"(?:notice|ago|in advance|old)|{NUMERAL}[- ](?:minute|hour|day)[- ](?:{_EVENTS})|{_MANY} (?:more |new |of )?"
    rf"(?:{_THINGS})(?![a-z])|(?:{_NUMBERED}) ?#?[a-z]{{0,2}}\d+[a-z]?|v\d+(?:\.\d+)*|q[1-4](?!\d)|24/7|"
    rf"{_ORD} (?:floor|birthday|anniversary|time|grade|phase|round|street|avenue|quarter|version|edition)|#\d+",
)
_DATES: Final = (
    (r"(?<!\d)(?P<iy>20\d\d)(?:[-/.](?P<im>\d{1,2})[-/.](?P<id>\d{1,2})|"
     r"(?P<im2>\d\d)(?P<id2>\d\d))(?!\d)", say.iso),
    (rf"(?P<m1>{MONTH})\s?(?:the )?(?P<first1>{_DAY}){_TO}(?P<last1>{_DAY}){_NO_CLOCK}{_YEAR.format('y1')}|"
     rf"(?P<first2>{_DAY}){_TO}(?P<last2>{_DAY})\s?(?:of )?(?P<m2>{MONTH}){_YEAR.format('y2')}|"
     rf"(?P<m3>{MONTH})\s?(?:the )?(?P<days>{_DAY}{_NO_CLOCK}(?:{_AND}{_DAY}{_NO_CLOCK})*){_YEAR.format('y3')}|"
     rf"(?<![\d.:/])(?P<day4>{_DAY})\s?(?:of )?(?P<m4>{MONTH}){_YEAR.format('y4')}", say.month_day),
    (rf"(?<![\d./:a-z])(?P<n1>\d{{1,2}})/(?P<n2>\d{{1,2}})(?:{_TO}(?P<n3>\d{{1,2}})(?!/){_NO_CLOCK}|(?![\d./:]))",
     say.numeric),
    (rf"(?:the )?(?P<o1>{_ORD})(?: of)? (?P<om1>this|next|last) month|(?P<om2>this|next|"
     rf"last) month,? (?:on )?(?:the )?"
     rf"(?P<o2>{_ORD})|(?:the )?(?P<o3>{_ORD})(?! (?:day|of|working|business|week|month))", say.ordinal),
    (rf"(?:the )?(?P<nth>first|1st|second|2nd|third|3rd|last) (?P<what>working day|business day|workday|day|"
     rf"{WEEKDAY}) "
     rf"(?:of|in) (?P<nm>(?:the|this|next) month|{MONTH})", say.nth),
    (rf"(?:the )?(?P<edge>(?:(?:end|beginning|start|middle) of (?:the |this |next )?(?:month|year)|(?:month|"
     rf"year)[- ]end(?! [a-z]{{3}})|"
     rf"(?:early|mid|late)[- ](?:this |next )?(?:month|{MONTH})))", say.edge),
    (r"(?:(?P<relation>(?:the )?(?:day|working day|eve) before|(?:on )?(?:the )?(?:first )?(?:working |business |"
     r"work)?day "
     rf"(?:back )?after|over|during|the whole(?: of)?) )?(?:the )?(?P<festival>{_FESTIVAL})"
     r"(?: holidays?| break| vacation| week)?", say.festival),
)  # fmt: skip
_DAYS: Final = (
    (r"(?:tomm?orr?ow|tmrw?),? (?:and|&) the (?:day after|next day)(?! tomorrow)", say.next_two),
    (rf"(?P<w1>{WEEKDAY}),? (?:of |in )?{_AFTER_NEXT}|{_AFTER_NEXT},? (?:on )?(?P<w2>{WEEKDAY})|"
     rf"(?P<w3>{WEEKDAY}),? (?:of |in )?{_WEEK.format('k3')} week|{_WEEK.format('k4')} week(?:'s)?,? (?:on )?"
     rf"(?P<w4>{WEEKDAY})(?!{_TO}\w)|(?:{_WEEK.format('k5')} )?(?P<w5>{WEEKDAY})", say.weekday),
    (r"(?:the |(?P<ww>next|this|last) )?weekend", say.weekend),
    (r"(?P<all>all(?: of)? |(?:the )?(?:whole|entire|full)(?: of)? )?(?:"
     rf"{_AFTER_NEXT}|(?P<wk>next|this|last) week)", say.week),
    (r"(?P<relative>(?:the )?day (?:after tomorrow|before yesterday)|tonight|last night|"
     r"this (?:morning|afternoon|evening)|today|tomm?orr?ow|tmrw?|yesterday)", say.relative),
    (rf"in (?P<f1>{NUMERAL}) (?P<u1>days?|weeks?)(?:'? time)?|"
     rf"(?P<f2>{NUMERAL}) (?P<u2>days?|weeks?) (?:from (?:now|today)|later|hence)", say.offset),
    (r"(?:in |for )?(?:a few|some|several|a couple of|couple of) (?:days|hours|weeks)|one of these days|"
     r"some ?(?:day|time)|"
     rf"soon|later|recently|(?:next|this|last) month|(?:in|during|around) {MONTH}(?! ?\d)", say.fixed("vague", "改天")),
)  # fmt: skip
_CLOCKS: Final = (
    (rf"(?:from |between |at )?(?P<h1>noon|midday|\d{{1,2}})(?:[:.](?P<t1>\d\d)(?!\d))?{_MERIDIEM.format('p1')}"
     r"(?: o'?clock)?\s?(?:to|until|till?|through|[-–—~]|(?<= )and)\s?(?:at )?"
     rf"(?:(?P<h2>\d{{1,2}})(?:[:.](?P<t2>\d\d)(?!\d))?{_MERIDIEM.format('p2')}(?: o'?clock)?(?: noon| midnight)?|"
     r"(?P<named>noon|midday|midnight))"
     rf"(?!\d|[/.:,]\d|%|\s?(?:{MONTH}|st\b|nd\b|rd\b|th\b|days?|weeks?|yuan|rmb|{_THINGS}))", say.clocks),
    (rf"(?P<past>half past|quarter past|quarter to) (?P<h5>{NUMERAL}){_MERIDIEM.format('p5')}|"
     r"(?<![\d.:])(?P<h3>\d{1,2})(?:[:.](?P<t3>\d\d))?(?:\s?(?P<p3>[ap])\.?m(?![a-z])\.?)|"
     rf"(?<![\d.:])(?P<h4>\d{{1,2}}):(?P<t4>\d\d)(?!\d)|(?P<h6>{NUMERAL}) o'?clock|"
     r"(?P<noon>(?:12 |at )?(?:noon|midday|midnight))(?! and)", say.clock),
    (r"(?:(?<=at )|(?<=after )|(?<=from )|(?<=by )|(?<=until )|(?<=till )|(?<=til )|(?<=to ))(?P<h7>\d{1,2})"
     r"(?![\d.:/%-]|\s?[a-z])", say.clock),
    (r"(?:(?<=at )|(?<=from )|(?<=until )|(?<=till )|(?<=til ))(?P<h8>\d{1,2})(?![\d.:/%-])"
     r"(?= (?:on|in|this|today|tomorrow|tonight|for|to|the|because)\b)", say.clock),
)  # fmt: skip
_RULES: Final[tuple[tuple[str, say.Make], ...]] = (
    *((noise, say.fixed("noise")) for noise in _NOISE),
    (r"(?:[¥￥$]|(?:rmb|cny)\s?)\s?(?P<a1>\d[\d,]*(?:\.\d+)?)(?P<k1>k\b)?(?:\s?(?:yuan|rmb|cny|kuai))?|"
     r"(?<![\d.,])(?P<a2>\d[\d,]*(?:\.\d+)?)\s?(?P<k2>k)?\s?(?:yuan|rmb|cny|kuai|bucks?)(?![a-z])", say.money),
    *_DATES,
    *_DAYS,
    *_CLOCKS,
    (rf"(?P<length>(?P<ln>{NUMERAL})(?: and a half)?[- ]?(?:full |whole |working |business |calendar |more )?"
     r"(?P<unit>days?|hours?|hrs?|h(?![a-z])|minutes?|mins?|weeks?|fortnights?)(?:'|"
     r"'s)?(?: and a half)?)(?! (?:trip|job))|"
     r"(?:an? )?half[- ]?(?:an?[- ])?(?P<unit2>day|hour)", say.length),
    (r"(?P<part>(?:all|whole|full|entire)(?: the)?[- ]day(?: long)?|before (?:noon|lunch)|morning|afternoon|evening|"
     r""
     r"night(?! shift)|(?<=\s)[ap]\.?m\b)", say.part),
    (r"(?:(?:come|coming|get|getting|be|fly|flying|head|heading) )?back(?! pain)|return(?:ing|s)?"
     rf"(?= (?:on|by|next|this|tomorrow|the|\d|{WEEKDAY}|{MONTH}))", say.fixed("back", "回")),
    (r"(?:will |to |which )?(?:start(?:s|ing)?|begin(?:s|ning)?|commenc(?:es|ing)|effective)(?: from| on)?(?= )|"
     r"from|as of|since", say.fixed("from", "从")),
    (r"(?:up )?(?:until|till?)|through|thru|up to", say.fixed("until", "到")),
    (r"between", say.fixed("between")),
    (r"to(?= )", say.fixed("to", "到")),
    (r"onwards?", say.fixed("begin", "起")),
    (r"or", say.fixed("or", "或")),
    (r"and", say.fixed("and", "和")),
    (r"[&+,]", say.fixed("comma", "、")),
    (r"[-–—~]", say.fixed("dash", "到")),
)  # fmt: skip
_SCAN: Final = late(
    "|".join(
        f"(?P<r{at}>{rule})" if rule.startswith("[") else f"(?<![a-z0-9'])(?P<r{at}>{rule})(?![a-z])"
        for at, (rule, _) in enumerate(_RULES)
    )
)
_MONTH_DAY: Final = r"(?:0?[1-9]|1[0-2]){}(?:0?[1-9]|[12]\d|3[01])(?![\d.:/%])"
_HYPHENED: Final = late(
    rf"(?<![\d./:-]){_MONTH_DAY.format('-')}\s?(?:to|until|till?|through|[~–—]|"
    rf"(?<=\s)-(?=\s))\s?{_MONTH_DAY.format('-')}"
)
_DOTTED: Final = late(
    rf"(?<![\d./:]){_MONTH_DAY.format('[.]')}{_TO}{_MONTH_DAY.format('[.]')}|"
    rf"\b(?:on|from|until|till?|by|starting|leave|off|trip|pto)\s{_MONTH_DAY.format('[.]')}"
    rf"(?:{_TO}{_MONTH_DAY.format('[.]')}|(?!\s?(?:yuan|rmb|hours?|days?|km|k\b)))"
)
_HYPHEN: Final = late(r"(?<=\d)-(?=\d)")
_DOT: Final = late(r"(?<=\d)[.](?=\d)")
_GROUPS: Final = tuple(tuple(re.findall(r"[?]P<([a-z0-9]+)>", rule)) for rule, _ in _RULES)


def scan(text: str) -> list[Word]:
    """The words about time and money of a text in small letters, in order. Linear in the text's length."""
    text = _HYPHENED.sub(lambda found: _HYPHEN.sub("/", found[0]), text)
    found = list(_words(text))
    if any(word.kind in ("day", "date", "week") for word in found):
        return found
    dates = _DOTTED.sub(lambda dotted: _DOT.sub("/", dotted[0]), text)
    return found if dates == text else list(_words(dates))  # 12.21-12.24 are days where no other day is named


def _words(text: str) -> Iterator[Word]:
    for match in _SCAN.finditer(text):
        at = next(at for at in range(len(_RULES)) if match[f"r{at}"] is not None)
        parts = {name: match[name] for name in _GROUPS[at] if match[name] is not None}
        for kind, said in _RULES[at][1](parts):
            yield Word(kind, match.start(), match.end(), said)
