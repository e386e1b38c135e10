"""Is an English message a request at all? Questions, news, cancellations, announcements and small talk are not."""

import re
from collections.abc import Sequence
from typing import Final

from language.english.news import news
from language.english.wishes import NO_NAME, behalf
from language.english.words import Word
from language.patterns import late

QUERY, CANCEL, MODIFY, OTHER, ANNOUNCEMENT, APPROVAL, CHAT = (
    "query", "cancel", "modify", "other_person", "announcement", "approval_action", "chitchat",
)  # fmt: skip
_JOINTS: Final = frozenset("to and or from comma dash noise back until between begin money vague".split())
_ABSENT: Final = late(
    r"\b(?:can(?:no|')?t|won'?t|will not|not able to|unable to|not)\b[^,.;]{0,16}?\b(?:come in|come to (?:work|"
    r"the office)|make it(?: in| to)?|be (?:in|at work|coming|there|available)|work|coming (?:in|to (?:work|"
    r"the office))|attend|(?:go|get) to work)\b|\b(?:be|i'?m|am|being) (?:away|absent|out|unavailable|not in)\b|"
    r"\babsent\b|\bsomething (?:has )?c[ao]me up"
)
_GENERIC: Final = late(
    r"\b(?:submit|file|start|make|create|raise|send|open|put in|fill in|fill out)\b[^,.]{0,12}?\b(?:requests?|"
    r"applications?|approvals?|forms?)\b|^(?:apply|i want to apply|requests?|applications?)$"
)
_PAST: Final = late(
    r"\b(?:yesterday|last (?:night|week|month|\w+day)|just|already|finally|today|this (?:morning|week)|all week|was|"
    r"were|had|ago)\b"
)
_DID: Final = late(
    r"\b(?:worked|took|went|had|came|got|did|finished|stayed|returned|was|were|flew|spent|been|used|called)\b"
)
_FILES: Final = late(
    r"\b(?:please|pls|apply(?:ing)?|request(?:ing)?|need|file|register|forgot|reimburs\w+|claim|submit|record|log|"
    r"would like|i'?d like|want|correct|fix|retroactive\w*|make up|backdate|expense|put|book|take|taking|may i|can i|"
    r"could i)\b"
)
_UNDONE: Final = late(r"\b(?:didn'?t|did not|failed to|couldn'?t|could not|missed|missing|forgot)\b")
_MOOD: Final = late(
    r"\b(?:exhausted|tired|lol|ha(?:ha)+|ugh|finally|happy|hate|love|dream\w*|every (?:day|week|night)|always|again|"
    r"sigh|so much|killing me|sucks?|miss|envy|jealous|lucky|sleepy|wish i|burn(?:t|ed) out|yay)\b|[:;]-?[()]"
)
_OPINION: Final = late(
    r"\b(?:sick (?:and tired )?of|tired of|fed up|look(?:ing)? forward|can'?t wait)\b|\b(?:annual leave|leave|"
    r"vacations?|overtime|(?:business )?trips?|expenses?|reimbursements?)\b[^,.]{0,20}?\b(?:is|are) (?:too|so|not|"
    r"never|always|great|nice|bad|slow|hard|annoying|the (?:best|worst))\b|\b(?:was|were|had an?) (?:great|good|nice|"
    r"fun|awful|tiring|long|amazing|terrible|lovely)\b"
)
_TALK: Final = late(
    r"^(?:(?:hi|hello|hey|good (?:morning|afternoon|evening|night)|morning|thanks?(?: a lot| so much)?|"
    r"thank you(?: so much| very much)?|thx|ty|bye|see you|cheers|sorry|welcome|happy new year|merry christmas|"
    r"(?:ha)+|lol|have a (?:\w+ )?(?:day|evening|weekend|week|one)|boss|all|there|everyone|team|nod|"
    r"how are you)[\s,.!~?]*)+$"
)
_APPROVAL: Final = late(
    r"^(?:i )?(?:approved?|agreed?|reject(?:ed)?|denied|declined?|lgtm|noted|looks good|go ahead|granted|permitted|"
    r"disagree|not approved)\b(?! (?:my|for))[^?]{0,40}$|^(?:ok|okay|sure|yes|yep|yeah|no|nope|fine|done|got it|i see|"
    r"understood|roger|no problem|sounds good|great|cool|alright|right|perfect|will do|of course)[\s,.!~]*(?:thanks?|"
    r"thank you)?[\s.!~]*$"
)
_ADDRESSED: Final = late(
    r"\b(?:everyone|everybody|all (?:hands|staff|employees|colleagues)|(?:dear|hi|hello) all|team,|folks|colleagues,|"
    r"attention)\b|^(?:reminder|notice|announcement|fyi|note|heads[- ]up|important)\b|\b(?:will be|we're|"
    r"we are) closed|\bplease (?:note|be (?:reminded|informed|advised)|remember)|\b(?:office|company) is closed|"
    r"\bmust be submitted|\byour (?:expense|leave|timesheet|request)s?\b|\bsubmit your|\b(?:meeting|event|party|"
    r"training) (?:is|will be|has been) "
)
_ONESELF: Final = late(r"\bi\b|\b(?:my|me)\b")
_TAG: Final = late(
    r"[,.]?\s*(?:(?:is|would) (?:that|it|this) (?:be )?(?:ok(?:ay)?|fine|possible|alright|all right|good)|ok(?:ay)?|"
    r"alright|possible|if (?:that|it)'?s (?:ok(?:ay)?|fine|possible|alright)|right|fine|please|thanks)[\s?!.]*$"
)
_POLITE: Final = late(
    r"\b(?:can|could|may|might) (?:i|we)\b|\b(?:can|could|would|will) you (?:please |kindly |pls )?(?:help|file|book|"
    r"put|apply|submit|request|register|log|record|arrange|reimburse|give|get|mark|approve|note|fix|correct|add|"
    r"schedule|set|make|start|create|let|process)\b|\b(?:is|would) it (?:be )?(?:ok(?:ay)?|possible|alright|all right|"
    r"fine|convenient)\b|\b(?:any chance|mind if|would you mind|do you mind)\b|\b(?:i'?d|i would) like\b|\bplease\b|"
    r"\b(?:i want|i need)\b"
)
_WONDERS: Final = late(
    r"(?:^|[,.;!] ?|\b(?:hi|hello|hey|so|and|but|know|wondering|tell me|ask|check|see|remind me|"
    r"question:?)\b,? )(?:how|what|what'?s|when|who|who'?s|whom|whose|which|why|where|whether|if (?:i|we|my))\b|"
    r"^(?:is|are|am|was|were|do|does|did|don'?t|has|have|had|will|should|would|can|could|may|isn'?t|"
    r"hasn'?t)\b(?! (?:be|to|have|need|take|work|go|travel|fly|visit|leave|come|stay|arrive|an?|some|been|had|got)\b)|"
    r"\?[\s!?.]*$|^(?:check|show|tell me|look up|list|see)\b"
)
_RULES: Final = late(
    r"\bhow (?:many|much|long|far|often|do|does|to|can|early)\b|\b(?:what|which|who|why|where|when|whose)\b|"
    r"\b(?:polic(?:y|ies)|rules?|limits?|allowance|per diem|procedure|process for|deadline|carry over|carried over|"
    r"expire|paid (?:double|or)|double pay|deduct\w*|balance|remaining|left|certificate|doctor'?s note|in advance|"
    r"count(?:s|ed)? as|allowed|entitled|eligible|have to (?:submit|provide|attach)|still|(?:been|get|"
    r"got) (?:approved|paid|processed)|approved (?:yet|already))\b"
)
_KIND: Final = (
    r"(?:leave|vacation|pto|holiday|time off|days? off|overtime|ot|trips?|travel|outing|visit|expenses?|reimbursement|"
    r"claim|requests?|applications?|punch|correction|case|form|submission|afternoon off|morning off|off)\b"
)
_WITHDRAWN: Final = late(
    rf"\b(?:cancel\w*|withdraw\w*|revoke|call(?:ing)? off|scrap|void|take back|delete|drop|retract|undo|"
    rf"remove)\b[^,.]{{0,40}}?\b{_KIND}|\b{_KIND}[^,.]{{0,30}}?\b(?:cancel\w*|withdrawn|off the table|"
    rf"no longer needed|not needed)\b|"
    r"\b(?:don'?t|do not|no longer|won'?t|will not|didn'?t|not)(?: really| actually)? (?:need|want|take|taking|"
    r"be taking|going|go|require|requesting|book|file|apply(?:ing)?|asking|work|working|do|doing|submit)\b[^,.]{0,30}?"
    rf"\b(?:late\b|{_KIND})|\b(?:never mind|forget(?: about)?)\b[^,.]{{0,24}}?\b{_KIND}|^no (?:more )?(?:business |"
    rf"annual |sick )?{_KIND}(?! left)|"
    r"\b(?:not|isn'?t) going(?: any ?more)?\b|^never mind\b"
)
_CHANGED: Final = late(
    r"\b(?:chang(?:e|ing)|mov(?:e|ing)(?! (?:house|home|flat|apartment|in|into)\b)|shift|reschedul\w*|postpone\w*|"
    r"push(?: back)?|extend\w*|shorten|bring(?: forward)?|swap|"
    rf"update|amend|modify|adjust|delay|edit|prolong) (?:(?:my|the|that|this|our|of|"
    rf"existing) )*[^,.]{{0,24}}?\b{_KIND}"
)
_INTENDED: Final = late(r"\b(?:originally|at first|was going to|i wanted|wanted to|planned|initially|was thinking)\b")
_SUBJECT: Final = (
    r"(?:he|she|they|someone|somebody|(?:my|our) (?:boss|manager|colleague|teammate|co-?worker|leader|assistant|team|"
    r"desk ?mate)|(?:xiao|lao) ?\w+|(?-i:(?!\w+ing\b)[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}))"
)
_ABOUT: Final = late(
    rf"(?:(?:i heard|it seems|apparently|btw|oh|so)[, ]+(?:that )?)?(?P<who>{_SUBJECT})(?:'s|'re|'ll)? "
    r"(?:(?:is|are|was|were|has|have|had|will|just|already|also|be|been|still|probably) )*(?:on|off|out|away|back|"
    r"sick|absent|not|gone|left|taking|going|working|applying|travell?ing|leaving|calling|doing|took|"
    r"takes?|called|went|forgot|works?|worked|applied|asked|requested|needs?|wants?|submitted|got|did)\b", re.I
)  # fmt: skip
_OWN: Final = late(r"\b(?:i|i'm|i'd|i'll|please|me)\b")


def rejected(typed: str, text: str, kind: str | None, words: Sequence[Word]) -> str | None:
    """Why no request may come of this text, or None. The order matters: the surest signs come first."""
    if _TALK.match(text):
        return CHAT
    if _APPROVAL.match(text):
        return APPROVAL
    if (addressed := _ADDRESSED.search(text)) and not _ONESELF.search(
        text[: addressed.start()] + text[addressed.end() :]
    ):
        return ANNOUNCEMENT
    if _question(text, kind):
        return QUERY
    if _WITHDRAWN.search(text):
        return CANCEL
    if _CHANGED.search(text) and not _INTENDED.search(text):
        return MODIFY
    if (about := _ABOUT.match(typed)) and not (NO_NAME.match(about["who"]) or behalf(typed) or _OWN.search(text)):
        return OTHER
    if kind is not None and not behalf(typed) and (whose := news(typed, text, kind, words)) is not None:
        return whose
    if kind is not None and not (kind == "punch" and _UNDONE.search(text)) and _told(text, words):
        return CHAT
    return None


def _question(text: str, kind: str | None) -> bool:
    body = _TAG.sub("", text)
    if not _WONDERS.search(body):
        return False
    polite = _POLITE.search(body)
    if polite is None or kind is None:
        return True
    return _RULES.search(body[: polite.start()] + body[polite.end() :]) is not None


def _told(text: str, words: Sequence[Word]) -> bool:
    """News about what is done already, and moods."""
    if _OPINION.search(text):
        return True
    timed = any(word.kind not in _JOINTS for word in words)
    if _FILES.search(text):
        return _MOOD.search(text) is not None and not timed
    if _DID.search(text) and _PAST.search(text):
        return True
    return _MOOD.search(text) is not None and not timed


def perhaps(text: str, rest: str, words: Sequence[Word]) -> bool:
    """Without a kind: perhaps a request still. `rest`: what the message says besides its words about time."""
    if _GENERIC.search(text) or _ABSENT.search(text):
        return True
    return not rest and any(word.kind not in _JOINTS for word in words)
