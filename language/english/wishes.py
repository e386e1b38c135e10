"""Which kind of request English words name, which type of leave, and whether they ask for it at all."""

import re
from collections.abc import Sequence
from typing import Final

from language.english.words import Word

QUERY, CANCEL, MODIFY, OTHER, ANNOUNCEMENT, APPROVAL, CHAT = (
    "query", "cancel", "modify", "other_person", "announcement", "approval_action", "chitchat",
)  # fmt: skip
TYPES: Final = {  # in the order in which they are looked for; what Chinese calls them
    "paternity": ("陪产假", r"paternity(?: leave)?"),
    "maternity": ("产假", r"maternity(?: leave)?"),
    "marriage": ("婚假", r"(?:marriage|wedding) leave"),
    "bereavement": ("丧假", r"(?:bereavement|funeral|compassionate) leave|bereavement"),
    "comp": ("调休", r"comp(?:ensat(?:ory|ion))?[ -]?(?:off|time|leave|days?|rest)|time[- ]off in lieu|toil|(?:day|hours?|leave) in lieu|in lieu"),
    "sick": ("病假", r"sick(?:[ -]?leave| days?| time)|medical leave|sl|(?:call(?:ing)?|phon(?:e|ing)|report(?:ing)?) in sick|off sick|sick off"),
    "annual": ("年假", r"annual(?: leave| holidays?)?|al|pto|vacations?|paid (?:time off|leave)"),
    "personal": ("事假", r"(?:personal|casual|private)(?: (?:affairs? )?(?:leave|days?|time)| matters? leave)"),
}  # fmt: skip
TIMED: Final = ("day", "date", "week", "part", "clock", "vague")
_BARE_TYPES: Final = {
    "sick": "sick",
    "personal": "personal",
    "comp": "comp",
    "marriage": "marriage",
    "wedding": "marriage",
}
_OTHER_TYPE: Final = re.compile(
    r"(?:not|isn'?t|instead of|rather than|no|without|out of|used up(?: my)?)(?: (?:an?|the|my))?\s*$"
)
_TYPE: Final = re.compile("|".join(f"(?<![a-z])(?P<{name}>{rule})(?![a-z])" for name, (_, rule) in TYPES.items()))
LATE: Final = r"(?:\bbe\b|arriv\w*|com(?:e|ing) in|running|show(?:ing)? up|get(?:ting)? in)(?: \w+){0,4}? late\b|\blate\b(?= (?:by|in|to work|arrival)|$|[,.])|\bhours? late\b|\bminutes? late\b|\bmins? late\b"
EARLY: Final = r"(?:leav(?:e|ing)|go(?:ing)?(?: home)?|head(?:ing)? (?:off|home|out)|knock(?:ing)? off|get(?:ting)? off)(?: \w+){0,5}? early\b|\bearly (?:leave|departure)\b"
_KINDS: Final = (
    ("expense", r"reimburs\w+|expenses?\b(?! (?:account|policy))|expens(?:e|ing)|refund\w*|claim(?:s|ing)?\b|paid (?:it |this )?(?:out of (?:my )?(?:own )?pocket|for by me)|out[- ]of[- ]pocket"),
    ("punch", r"(?:clock|punch|badge|check|sign|swipe)(?:ed|d|ing)?[ -](?:in|out)\b|punch(?:ed|es|ing)?\b|missed (?:clock|badge|swipe)|clock[- ](?:correction|card)|"
              r"(?:attendance|time ?card|time ?sheet) (?:correction|fix|record)|correct\w* (?:my |the )?(?:attendance|time ?card|clock)|forgot to (?:clock|badge|swipe)|missing clock\w*"),
    ("overtime", r"over[- ]?time|\bot\b|work(?:ing)? (?:late|extra hours)|stay(?:ing)? late|extra hours|pull(?:ing)? an all-nighter"),
    ("trip", r"business (?:trip|travel)|work trip|(?:travel(?:l?ing)?|fly(?:ing)?|trip|drive|driving|go(?:ing)?|off|head(?:ing)?|be|train|visit(?:ing)?)\b[^,.;]{0,40}?\b(?:on|for) (?:business|work)\b|"
             r"on (?:a )?(?:business|trip)\b|(?:travel(?:l?ing)?|fly(?:ing)?) to\b|(?<!round )(?<!field )\btrip to\b"),
    ("outing", r"out of (?:the )?office|\booo\b|off-?site|field ?(?:work|trip|visit|service)|(?:site|client|customer|supplier|vendor) visit|outing|going out (?:to|for)|go out (?:to|for)|out on business|"
               r"(?:visit(?:ing)?|see(?:ing)?|meet(?:ing)?(?: with)?|call(?:ing)? on) (?:an? |the |our |my |some )?(?:client|customer|supplier|vendor|partner)s?\b|"
               r"(?:step(?:ping)?|pop(?:ping)?|head(?:ing)?|run(?:ning)?) out (?:to|for)\b|(?:go(?:ing)?|head(?:ing)?|run(?:ning)?) to the (?:bank|tax|customs|court|post|bureau|government|notary)|external (?:visit|meeting|appointment)"),
    ("leave", r"\bleave\b(?! (?:at|the office|for (?:the )?(?:airport|station)|my|a (?:message|comment|note)|it|work at))|days? off|time off|half[- ]?day(?: off)?\b|\b(?:take|taking|have|need|want|get|be|wish|like)\b[^,.;]{0,40}?\boff\b|"
              r"\boff(?: work| duty)\b|holidays?\b(?! party)|sick day|day in lieu"),
)  # fmt: skip
_KIND: Final = tuple((kind, re.compile(rf"(?<![a-z])(?:{rule})")) for kind, rule in _KINDS)
_SHIFT: Final = re.compile(rf"{LATE}|{EARLY}")
_ABSENT: Final = re.compile(
    r"(?:can(?:no|')?t|won'?t|will not|not able to|unable to|not)\b[^,.;]{0,16}?\b(?:come in|come to (?:work|the office)|make it(?: in| to)?|be in|be at work|be coming|work|be there|"
    r"coming in|coming to (?:work|the office)|attend|be available|go to work|get to work)\b|(?:be|i'?m|am|being) (?:away|absent|out|unavailable|not in)\b|absent\b|something (?:has )?c[ao]me up"
)
_GENERIC: Final = re.compile(
    r"(?:submit|file|start|make|create|raise|send|open|put in|fill in|fill out)\b[^,.]{0,12}?\b(?:requests?|applications?|approvals?|forms?)\b|^(?:apply|i want to apply|request|application)$"
)
ASKS: Final = re.compile(
    r"\b(?:please|pls|plz|kindly|appl(?:y|ying)|request(?:ing)?|need|want|wanna|would like|i'?d like|like to|may i|can i|could i|can you|could you|would you|wish|hope|hoping|book|file|submit|put (?:me|it|in|down)|"
    r"register|log|record|forgot|reimburse|claim|ask(?:ing)?|plan(?:ning)?|will|i'?ll|going to|gonna|taking|take|have to|got to|must|let me|mark|approve|fix|correct|make it|change)\b"
)
_PAST: Final = re.compile(
    r"\b(?:yesterday|last (?:night|week|month|friday|monday|\w+day)|just|already|finally|today|this (?:morning|week)|all week|was|were|had|ago)\b"
)
_DID: Final = re.compile(
    r"\b(?:worked|took|went|had|came|got|did|finished|stayed|returned|was|were|flew|spent|been|used)\b"
)
_FILES: Final = re.compile(
    r"\b(?:please|pls|apply|request|need|file|register|forgot|reimburse|claim|submit|record|log|would like|i'?d like|want|correct|fix|missed|missing|retroactive|make up|backdate|expense|put)\b"
)
_MOOD: Final = re.compile(
    r"\b(?:exhausted|tired|lol|haha\w*|ugh|finally|happy|hate|love|dream\w*|every (?:day|week|night)|always|again|sigh|so much|killing me|sucks?|miss|envy|jealous|lucky|sleepy|wish i|burn(?:t|ed) out|:\)|:\()"
)
_OPINION: Final = re.compile(
    r"\b(?:annual leave|leave|vacation|overtime|business trips?|expenses?|reimbursements?)\b[^,.]{0,20}?\bis (?:too|so|not|never|always|great|nice|bad|slow|hard|annoying|the best)\b|\b(?:was|were) (?:great|good|nice|fun|awful|tiring|long|amazing|terrible|fine)\b"
)
_TALK: Final = re.compile(
    r"^(?:(?:hi|hello|hey|good (?:morning|afternoon|evening|night)|morning|thanks?(?: a lot| so much)?|thank you(?: so much| very much)?|thx|ty|bye|see you|cheers|sorry|welcome|happy new year|merry christmas|haha\w*|lol|"
    r"have a (?:\w+ )?(?:day|evening|weekend|week|one)|boss|all|there|everyone|team|nod|how are you)[\s,.!~?]*)+$"
)
_APPROVAL: Final = re.compile(
    r"^(?:i )?(?:approved?|agreed?|reject(?:ed)?|denied|declined?|lgtm|noted|looks good|go ahead|granted|permitted|disagree|not approved)\b(?! (?:my|for))[^?]{0,40}$|"
    r"^(?:ok|okay|sure|yes|yep|yeah|no|nope|fine|done|got it|i see|understood|roger|copy that|no problem|sounds good|great|cool|alright|right|perfect|will do|of course)[\s,.!~]*(?:thanks?|thank you)?[\s.!~]*$"
)
_ADDRESSED: Final = re.compile(
    r"\b(?:everyone|everybody|all (?:hands|staff|employees|colleagues)|dear all|hi all|hello all|team,|folks|colleagues,|attention)\b|^(?:reminder|notice|announcement|fyi|note|heads[- ]up|important)\b|"
    r"please (?:note|be (?:reminded|informed|advised)|remember)|(?:office|company) (?:will be|is) closed|will be closed|your (?:expense|leave|timesheet|request)s?\b|submit your|we will (?:be|have) (?:a )?(?:closed|holiday|meeting)|must be submitted"
)
_I: Final = re.compile(r"\b(?:i|i'?m|i'?d|i'?ll|i'?ve|my|me|myself)\b")
_TAG: Final = re.compile(
    r"[,.]?\s*(?:(?:is|would) (?:that|it|this) (?:be )?(?:ok(?:ay)?|fine|possible|alright|all right|good)|ok(?:ay)?|alright|possible|if (?:that'?s|it'?s) (?:ok(?:ay)?|fine|possible|alright)|right|fine|please|thanks)[\s?!.]*$"
)
_POLITE: Final = re.compile(
    r"\b(?:can|could|may|might) i\b|\b(?:can|could|would|will) you (?:please |kindly |pls )?(?:help|file|book|put|apply|submit|request|register|log|record|arrange|reimburse|give|get|mark|approve|note|fix|correct|add|schedule|set|make|start|create|let|process)\b|"
    r"\b(?:is|would) it (?:be )?(?:ok(?:ay)?|possible|alright|all right|fine|convenient)\b|\b(?:any chance|mind if|would you mind|do you mind)\b|i'?d like|i would like|\bplease\b|\b(?:i want|i need)\b|\bmay we\b"
)
_WONDERS: Final = re.compile(
    r"(?:^|[,.;!] ?|\b(?:hi|hello|hey|so|and|but|know|wondering|tell me|ask|check|see|remind me|question:?)\b,? )(?:how|what|what'?s|when|who|who'?s|whom|whose|which|why|where|whether|if (?:i|we|my))\b|"
    r"^(?:is|are|am|was|were|do|does|did|don'?t|has|have|had|will|should|would|can|could|may|isn'?t|hasn'?t)\b|\?[\s!?.]*$|^(?:check|show|tell me|look up|list|see)\b"
)
_RULES: Final = re.compile(
    r"\bhow (?:many|much|long|far|often|do|does|to|can|early)\b|\b(?:what|which|who|why|where|when|whose)\b|\b(?:polic(?:y|ies)|rules?|limits?|allowance|per diem|procedure|process for|deadline|carry over|carried over|expire|paid (?:double|or)|double pay|deduct\w*|"
    r"balance|remaining|left\b|certificate|doctor'?s note|in advance|count(?:s|ed)? as|allowed|entitled|eligible|have to (?:submit|provide|attach))|\b(?:been|get|got) (?:approved|paid|reimbursed|processed)\b|\bapproved (?:yet|already)\b|\bstill\b"
)
_KIND_WORDS: Final = r"(?:leave|vacation|pto|holiday|time off|days? off|overtime|ot|trip|travel|outing|visit|expenses?|reimbursement|claim|requests?|applications?|punch|correction|case|form|submission|afternoon off|morning off|off)"
_WITHDRAWN: Final = re.compile(
    rf"\b(?:cancel\w*|withdraw\w*|revoke|call(?:ing)? off|scrap|void|take back|delete|drop|retract|undo|remove)\b[^,.]{{0,40}}?\b{_KIND_WORDS}\b|\b{_KIND_WORDS}\b[^,.]{{0,30}}?\b(?:(?:is|was|has been|be|should be|can be) )?(?:cancel\w*|withdrawn|off the table|no longer needed|not needed(?: any ?more)?)\b|"
    rf"\b(?:don'?t|do not|no longer|won'?t|will not|didn'?t|not)\b (?:really |actually )?(?:need|want|take|taking|be taking|going|go|require|requesting|book|file|apply(?:ing)?|asking|work|working|do|doing|submit)\b[^,.]{{0,30}}?\b(?:{_KIND_WORDS}|late)\b|"
    rf"\b(?:never mind|forget(?: about)?)\b[^,.]{{0,24}}?\b{_KIND_WORDS}\b|^no (?:more )?{_KIND_WORDS}\b|\b(?:not|isn'?t) going(?: any ?more)?\b|^never mind\b"
)
_CHANGED: Final = re.compile(
    rf"\b(?:change|chang\w+|mov(?:e|ing)|shift|reschedul\w*|postpone\w*|push(?: back)?|extend\w*|shorten|bring(?: forward)?|swap|update|amend|modify|adjust|delay|edit|prolong)\b (?:(?:my|the|that|this|our|of|existing) )*[^,.]{{0,24}}?\b{_KIND_WORDS}\b"
)
_INTENDED: Final = re.compile(
    r"\b(?:originally|at first|was going to|i wanted|wanted to|planned|initially|was thinking)\b"
)
_FIXES: Final = re.compile(
    r"\b(?:change (?:it |that |the (?:date|day|time|type|start|end) )?to|make (?:it|that)|switch (?:it |that )?to|i meant?|no wait|wait no|actually|correction|rather|sorry,|no,|change that|should be|it'?s really)\b:?"
)
_NAMED_FOR: Final = r"(?:[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}|[Xx]iao ?[A-Z]?[a-z]+|[Ll]ao [A-Z][a-z]+|him|her|them|my (?:colleague|teammate|co-?worker|assistant|boss|manager|intern)s?)"
_BEHALF: Final = re.compile(
    rf"(?:on behalf of|in the name of) (?P<a>{_NAMED_FOR})|(?:leave|off|punch|clock[- ](?:in|out)|overtime|trip|expenses?|card) for (?P<b>(?!me\b){_NAMED_FOR})(?=$|[\s,.!])|"
    rf"\b(?:[Hh]elp|[Ff]ile for|[Aa]pply for|[Ss]ubmit for|[Bb]ook for) (?P<c>(?!me\b){_NAMED_FOR}) (?:to )?(?:apply|file|submit|take|request|book|get|for|register|an?|some|sick|annual|personal)\b"
)
_NO_NAME: Final = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*|Tomorrow|Today|National|Christmas|New|Spring|Chinese|Family|Personal|Medical|Half|Business|Labou?r"
)
_SUBJECT: Final = r"(?:he|she|they|someone|somebody|my (?:boss|manager|colleague|teammate|co-?worker|leader|assistant|team|desk ?mate)|(?:xiao|lao) ?\w+|(?-i:[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}))"
_ABOUT: Final = re.compile(
    rf"^(?:(?:i heard|it seems|apparently|btw|oh|so|fyi)[, ]+(?:that )?)?{_SUBJECT}(?:'s|'re|'ll|'s been)?,? (?:(?:is|are|was|were|has|have|had|will|just|already|also|be|been|still|probably) )*"
    r"(?:on|off|out|away|taking|took|takes|take|called|calling|went|going|forgot|works?|worked|working|gone|applied|applying|asked|requested|needs?|wants?|leaving|left|back|sick|absent|travell?ing|in|not|submitted|got|doing|did)\b",
    re.I,
)


def kind_of(text: str) -> str | None:
    """The kind of request that a text in small letters names, or None."""
    found = [(match.start(), kind) for kind, rule in _KIND if (match := rule.search(text))]
    kinds = [kind for _, kind in sorted(found)]
    if "expense" in kinds or "punch" in kinds:
        return "expense" if "expense" in kinds else "punch"
    if leave_type(text) or _SHIFT.search(text):
        return "leave" if not kinds or "overtime" not in kinds or kinds[0] != "overtime" else "overtime"
    return next((kind for kind in ("overtime", "trip", "leave", "outing") if kind in kinds), None)


def leave_type(text: str, *, answer: bool = False) -> str | None:
    """The type of leave that is asked for: the last one where one is denied or corrected. `answer`: sick is enough."""
    found = [
        match
        for match in _TYPE.finditer(text)
        if not _OTHER_TYPE.search(text, max(0, match.start() - 20), match.start())
    ]
    if found:
        fixed = correction(text)
        later = [match for match in found if match.start() >= fixed] or found
        return later[0].lastgroup
    if answer:
        words = [word for word in re.findall(r"[a-z]+", text) if word in _BARE_TYPES]
        return _BARE_TYPES[words[-1]] if words else None
    return None


_ASKED: Final = {
    kind: re.compile(rf"(?:{rule})(?: (?:requests?|applications?|claims?|reports?|form|fee report))?") for kind, rule in _KINDS
}  # fmt: skip
_EXPENSE_WORDS: Final = re.compile(
    r"\b(?:paid|pay|spent|cost|costs|amount|total(?:l?ing)?|altogether|receipts?|invoices?|report|back|money|yuan|rmb|sum|all)\b"
)


def asks(text: str, kind: str) -> bool:
    """Whether a clause names what is asked for."""
    named = _ASKED.get(kind)
    if kind == "leave" and (_TYPE.search(text) or _SHIFT.search(text)):
        return True
    return (named is not None and named.search(text) is not None) or _FIXES.search(text) is not None


def requesting(text: str, kind: str) -> str:
    """The text without the words that ask for it, each in its place."""
    rules = [_TYPE, _SHIFT, *([_ASKED[kind]] if kind in _ASKED else _ASKED.values() if not kind else [])]
    for rule in [*rules, _FIXES, *([_EXPENSE_WORDS] if kind == "expense" else [])]:
        text = rule.sub(lambda match: "\1" * len(match[0]), text)
    return text


def correction(text: str) -> int:
    """Where the last correction begins to say what counts, or -1."""
    ends = [match.end() for match in _FIXES.finditer(text)]
    return ends[-1] if ends else -1


def shift(text: str) -> str:
    """晚到 or 早走 where the words say that somebody comes late or leaves early."""
    return "晚到" if re.search(LATE, text) else "早走" if re.search(EARLY, text) else ""


def behalf(typed: str) -> str:
    """The name of whoever it is asked for, when it is somebody else; as typed."""
    for match in _BEHALF.finditer(typed):
        name = match["a"] or match["b"] or match["c"]
        if not _NO_NAME.match(name):
            return name
    return ""


def rejected(typed: str, text: str, kind: str | None, words: Sequence[Word]) -> str | None:
    """Why no request may come of this text, or None. The order matters: the surest signs come first."""
    if _TALK.match(text):
        return CHAT
    if _APPROVAL.match(text):
        return APPROVAL
    if _ADDRESSED.search(text) and not _POLITE.search(_ADDRESSED.sub("", text)) and not re.search(r"\bi\b|\bi'", text):
        return ANNOUNCEMENT
    if _question(text, kind, words):
        return QUERY
    if _WITHDRAWN.search(text):
        return CANCEL
    if _CHANGED.search(text) and not _INTENDED.search(text):
        return MODIFY
    if not behalf(typed) and _ABOUT.match(typed) and not re.search(r"\b(?:i|i'm|i'd|i'll|please|me)\b", text):
        return OTHER
    if kind is not None and _told(text, words):
        return CHAT
    return None


def _question(text: str, kind: str | None, words: Sequence[Word]) -> bool:
    body = _TAG.sub("", text)
    if not _WONDERS.search(body):
        return False
    polite = _POLITE.search(body)
    if polite is None or kind is None:
        return not (kind is not None and text != body and not _WONDERS.search(body.rstrip("?! .")))
    return _RULES.search(body[: polite.start()] + body[polite.end() :]) is not None


def _told(text: str, words: Sequence[Word]) -> bool:
    """News about what is done already, and moods."""
    if _OPINION.search(text):
        return True
    if _FILES.search(text):
        timed = any(word.kind not in ("to", "and", "or", "from", "comma", "dash", "noise", "back") for word in words)
        return _MOOD.search(text) is not None and not timed
    if _DID.search(text) and _PAST.search(text):
        return True
    return _MOOD.search(text) is not None and not any(word.kind in ("day", "date", "clock", "length") for word in words)


def perhaps(text: str, rest: str, words: Sequence[Word]) -> bool:
    """Without a kind: perhaps a request still. `rest`: what the message says besides its words about time."""
    if _GENERIC.search(text) or _ABSENT.search(text):
        return True
    return not rest and any(word.kind in ("day", "date", "clock", "part", "length", "week") for word in words)
