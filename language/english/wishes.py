"""Which kind of request English words name, and which type of leave."""

from typing import Final

from language.patterns import late

TYPES: Final = {  # in the order in which they are looked for: what Chinese calls them, and what English does
    "paternity": ("陪产假", r"paternity(?: leave)?"),
    "maternity": ("产假", r"maternity(?: leave)?"),
    "marriage": ("婚假", r"(?:marriage|wedding) leave"),
    "bereavement": ("丧假", r"(?:bereavement|funeral|compassionate) leave|bereavement"),
    "comp": ("调休", r"comp(?:ensat(?:ory|ion))?[ -]?(?:off|time|leave|days?|rest)|(?:time[- ]off |day |hours? |"
                   r"leave )?in lieu|toil|comp(?=\s*(?:$|[,.;)]))"),
    "sick": ("病假", r"sick(?:[ -]?leave| days?| time)|medical leave|sl|(?:call|phon|report)(?:e|ing)? in sick|"
                   r"off sick|sick off"),
    "annual": ("年假", r"annual (?:leaves?|holidays?|days?|vacation)|annual(?=$|[,.;!]| (?:please|on|from|for|"
                     r"tomorrow|today))|"
                       r"al|pto|vacations?|paid (?:time off|leave)"),
    "personal": ("事假", r"(?:personal|casual|private) (?:(?:affairs? )?(?:leave|days?|time)|matters? leave)|"
                         r"personal(?=\s*(?:$|[,.;)]))"),
}  # fmt: skip
_BARE_TYPES: Final = {name: name for name in ("sick", "personal", "comp", "marriage", "annual")} | {
    "wedding": "marriage"
}
_LABELLED: Final = late(rf"\btype\s*[:=]?\s*({'|'.join(_BARE_TYPES)})\b")
_BARE: Final = late(r"(?<!not )\b[a-z]+")
_DENIED: Final = late(
    r"(?:\bnot|isn'?t|instead of|rather than|\bno|without|out of|used up(?: my)?)(?: (?:an?|the|my))?\s*$"
)
_TYPE: Final = late("|".join(f"(?<![a-z])(?P<{name}>{rule})(?![a-z])" for name, (_, rule) in TYPES.items()))
_LATE: Final = late(
    r"(?:\bbe|\barriv\w*|\bcom(?:e|ing) in|\brunning|\bshow(?:ing)? up|\bget(?:ting)? in)(?: \w+){0,4}? late\b|"
    r"\blate(?= (?:by|in|to work|arrival)|$|[,.])|\b(?:hours?|minutes?|mins?) late\b"
)
_EARLY: Final = late(
    r"\b(?:leav(?:e|ing)|go(?:ing)?(?: home)?|head(?:ing)? (?:off|home|out)|knock(?:ing)? off|get(?:ting)? off)"
    r"(?: \w+){0,5}? early\b|\bearly (?:leave|departure)\b"
)
_CARD: Final = r"(?:clock|punch|badge|check|sign|swipe)"
_VISITS: Final = (
    r"\b(?:site|client|customer|supplier|vendor) visits?\b|\bexternal (?:visit|meeting|appointment)|"
    r"\b(?:visit(?:ing)?|see(?:ing)?|meet(?:ing)?(?: with)?|call(?:ing)? on) (?:an? |the |our |my |some )?"
    r"(?:client|customer|supplier|vendor|partner)s?\b"
)
_INSIDE: Final = late(r"\b(?:in|at|to) (?:our|my|this) (?:own )?(?:office|building|company|\w+ room)\b")
_GOING: Final = (
    r"\b(?:travel(?:l?ing)?|fly(?:ing)?|trip|drive|driving|go(?:ing)?|off|head(?:ing)?|be|train|visit(?:ing)?)\b"
)
_OFF: Final = r"\boff\b(?!-| to\b| \d+%)"
_PHRASAL: Final = late(  # turn the heating off: nobody is away
    r"\b(?:turn|switch|drop|pay|call|cut|shut|log|sign|hand|kick|show|write|lay|hold|set|see|send|pull|clean|wipe|"
    r"round|"
    r"cross|tick|cool|lift)(?:t?ing|ed|s)?(?: [\w']+){0,3}? off\b"
)
_KINDS: Final = {
    "expense": r"\breimburs\w+|\bexpens(?:es?|ing)\b(?! (?:account|policy))|\brefund\w*|\bclaim(?:s|ing)?\b|"
               r"\bout[- ]of[- ]pocket|\bpaid (?:it |this )?out of",
    "punch": rf"\b{_CARD}(?:ed|d|ing)?[ -](?:in|out)\b|\bpunch(?:ed|es|ing)?\b|\bmissed (?:clock|badge|swipe)|"
             r"\bclock[- ](?:correction|card)|\b(?:attendance|time ?card|time ?sheet) (?:correction|fix|record)|"
             r"\b(?:correct|fix|adjust|amend)\w* (?:my |the )?(?:attendance|time ?card|clock|punch)|"
             r"\bforgot to (?:clock|badge|swipe)|"
             r"\bmissing clock\w*",
    "overtime": r"\bover[- ]?time\b|\bot\b|\bwork(?:ing)? (?:late|extra hours)\b|\bstay(?:ing)? late\b|"
                r"\bextra hours\b",
    "trip": rf"^\W*(?:a )?trip(?=\s*[:,]|\s+(?:on|from|next|\d))|"
            rf"\bbusiness (?:trips?|travel)|\bwork trip|{_GOING}[^,.;]{{0,40}}?\b(?:on|for) (?:business|work)\b|"
            r"\bon (?:a )?(?:business(?: trips?)?|trip)\b|"
            r"\b(?:travel(?:l?ing)?|fly(?:ing)?)(?: out| over| up| down)? to\b|"
            r"(?<!field )\btrip to\b",
    "outing": r"\bout of (?:the )?office|\booo\b|\boff-?site|\bfield ?(?:work|trip|visit|service)|\bouting\b|"
              r"\bout on business|"
              r"\b(?:go|going|step(?:ping)?|pop(?:ping)?|head(?:ing)?|run(?:ning)?) out (?:to|for)\b|"
              r"\b(?:go(?:ing)?|head(?:ing)?|run(?:ning)?) to the (?:bank|tax|customs|court|post|bureau|government|"
              r"notary)",
    "leave": r"\bleave\b(?! (?:at|the office|for (?:the )?(?:airport|station)|my|a (?:message|comment|note)|it|"
             r"me|us|you|work at)|"
             r" (?:the|these|those|them|some|your|our|his|her|their) (?!\d|(?:day|week|whole|entire|full|first|second|"
             r"third|last|next|morning|afternoon|evening|rest|end|start|\w+day)\b))|"
             r"\bdays? off|\btime off|\bhalf[- ]?day(?: off)?\b|\b(?:take|taking|have|need|want|get|be|wish|"
             r"like)\b[^,.;]{0,40}?"
             rf"{_OFF}|(?<!% ){_OFF}(?: work| duty)?|\bholidays?\b(?! party)",
}  # fmt: skip
_KIND: Final = {kind: late(rule) for kind, rule in _KINDS.items()}
_VISIT: Final = late(_VISITS)
_WITH_FORM: Final = r"(?: (?:requests?|applications?|claims?|reports?|forms?))?"
_ASKED: Final = {kind: late(rf"(?:{rule}){_WITH_FORM}") for kind, rule in _KINDS.items()}
_SPENT: Final = late(
    r"\b(?:paid|pay|spent|costs?|amount|total(?:l?ing)?|altogether|receipts?|invoices?|report|back|money|yuan|rmb|"
    r"sum|all)\b"
)
_FIXES: Final = late(
    r"\b(?:change (?:it |that |the (?:date|day|time|type|start|end) )?to|make (?:it|that)|switch (?:it |that )?to|"
    r"i meant?|"
    r"no wait|wait no|actually|correction|rather|sorry,|no\s*[-–—,:]|change that|should be|"
    r"it'?s really)(?![a-z])(?! than):?"
)
_NAME: Final = r"(?:[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}|[Xx]iao ?[A-Z]?[a-z]+|[Ll]ao [A-Z][a-z]+)"
_COLLEAGUE: Final = r"(?:him|her|them|my (?:colleague|teammate|co-?worker|assistant|boss|manager|intern)s?)"
_WHO: Final = rf"(?!me\b)(?:{_NAME}|{_COLLEAGUE})"
_BEHALF: Final = late(
    rf"(?:on behalf of|in the name of) (?P<a>{_WHO})|"
    rf"(?:leave|off|punch|clock[- ](?:in|out)|overtime|trip|expenses?|card) for (?P<b>{_WHO})(?=$|[\s,.!])|"
    rf"(?:leave|off|card)\b[^,.;]{{0,20}}? for (?P<d>{_COLLEAGUE})(?=$|[\s,.!])|"
    rf"\b(?:[Hh]elp|(?:[Ff]ile|[Aa]pply|[Ss]ubmit|[Bb]ook) for) (?P<c>{_WHO}) "
    r"(?:to )?(?:apply|file|submit|take|request|book|get|for|register|an?|some|sick|annual|personal)\b"
)
NO_NAME: Final = late(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun|Jan(?:uary)?|Feb(?:ruary)?|"
    r"Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|"
    r"Tomorrow|Today|National|Christmas|New|Spring|Chinese|Family|Personal|Medical|Half|Business|Labou?r|We|My|It|"
    r"This|"
    r"That|What|If|Need|Taking|Going|Please)\b"
)


def kind_of(text: str) -> str | None:
    """The kind of request that a text in small letters names, or None."""
    text = _PHRASAL.sub(lambda found: " " * len(found[0]), text) if " off" in text else text
    found = sorted((match.start(), kind) for kind, rule in _KIND.items() if (match := rule.search(text)))
    kinds = [kind for _, kind in found]
    if "expense" in kinds or "punch" in kinds:
        return "expense" if "expense" in kinds else "punch"
    if leave_type(text) or shift(text):
        return "overtime" if kinds[:1] == ["overtime"] else "leave"
    for kind in ("overtime", "trip", "leave", "outing"):
        if kind in kinds:
            return kind
    outside = _VISIT.search(text) and not (text.startswith(("to ", "for ")) or _INSIDE.search(text))
    return "outing" if outside else None


def leave_type(text: str, *, answer: bool = False) -> str | None:
    """The type of leave that is asked for; what is denied or corrected is none. `answer`: sick is enough."""
    found = [m for m in _TYPE.finditer(text) if not _DENIED.search(text, max(0, m.start() - 20), m.start())]
    if found:
        fixed = correction(text)
        return next((m for m in found if m.start() >= fixed), found[0]).lastgroup
    words = [word for word in _BARE.findall(text) if word in _BARE_TYPES] if answer else _LABELLED.findall(text)
    return _BARE_TYPES[words[-1]] if words else None


def correction(text: str) -> int:
    """Where the last correction begins to say what counts, or -1."""
    ends = [match.end() for match in _FIXES.finditer(text)]
    return ends[-1] if ends else -1


def shift(text: str) -> str:
    """晚到 or 早走 where the words say that somebody comes late or leaves early."""
    return "晚到" if _LATE.search(text) else "早走" if _EARLY.search(text) else ""


def without_types(text: str) -> str:
    """The text without the words that name a type of leave alone: sick."""
    return _BARE.sub(lambda match: " " * len(match[0]) if match[0] in _BARE_TYPES else match[0], text)


def behalf(typed: str) -> tuple[int, int] | None:
    """Where the name stands of whoever it is asked for, when that is somebody else."""
    for match in _BEHALF.finditer(typed):
        group = match.lastgroup or "a"
        if not NO_NAME.match(match[group]):
            return match.span(group)
    return None


def asks(text: str, kind: str) -> bool:
    """Whether a clause names what is asked for, or corrects it."""
    named = _ASKED.get(kind)
    if kind == "leave" and (_TYPE.search(text) or shift(text)):
        return True
    if kind == "outing" and _VISIT.search(text):
        return True
    return (named is not None and named.search(text) is not None) or _FIXES.search(text) is not None


def requesting(text: str, kind: str) -> str:
    """The text with the words that ask for it blanked out, each in its place."""
    rules = [_TYPE, _LATE, _EARLY, _FIXES, *([_ASKED[kind]] if kind in _ASKED else [])]
    for rule in [*rules, _SPENT] if kind == "expense" else rules:
        text = rule.sub(lambda match: "\1" * len(match[0]), text)
    return text
