"""English clauses that name a kind of request and ask for nothing: news of others, of what is done or given up."""

import re
from collections.abc import Sequence
from typing import Final

from language.english.pieces import pieces
from language.english.wishes import NO_NAME, kind_of, leave_type
from language.english.words import Word
from language.patterns import late

_INTRO: Final = (
    r"\W*(?:(?:hi|hello|hey|oh|ah|btw|fyi|so|and|but|well|(?:i )?(?:heard?|think|see|guess)|(?:it )?(?:seems|"
    r"looks like)|apparently|because|since|as|if|when|while|whenever|once|although|turns out|that|even|also|yesterday|"
    r"today|tomorrow)\b[\s,:]*)*"
)
_FINITE: Final = (
    r"(?:(?:is|are|was|were|has|have|had|would|could|should|do|does|did|wo|ca)n'?t|is|are|was|were|has|have|had|will|"
    r"would|can|cannot|could|should|must|may|might|do|does|did|always|never|already|often|usually|keeps?|kept|takes?|"
    r"took|gets?|got|goes|went|comes?|came|makes?|made|says?|said|tells?|told|gives?|gave|lets?|paid|sent|felt|found|"
    r"thinks?|thought|knows?|knew|runs?|ran|flew|flies|met|spent|won|lost|began|wants?|needs?|works?|likes?|loves?|"
    r"hates?|asks?|calls?|looks?|seems?|starts|ends|lands|helps|plans|shows|crashes|fails|requires|allows|hopes|"
    r"covers|handles|pays|arrives|returns|leaves|travels|visits|deserves?|(?!need|unused|related)[a-z]{2,}ed)\b"
)
_NOUN: Final = rf"(?: (?!{_FINITE})[\w'-]+){{1,4}}?"
_OTHERS: Final = late(  # the team is off, your leave was approved, overtime pay lands with the salary
    rf"{_INTRO}(?P<who>(?:the|our|his|her|their|your|its|these|those|some|every|all|both|each|most|many|no|nobody's|"
    rf"my){_NOUN}|(?-i:[A-Z][a-z]+)'s{_NOUN}|(?:he|she|they|you|there|nobody|no one|everyone|everybody|someone|"
    rf"somebody|anyone|anybody|people|who)|(?-i:[A-Z][a-z]+(?: [A-Z][a-z]+)?(?: and [A-Z][a-z]+)?|[A-Z]{{2,4}})|"
    rf"[a-z]+ of (?:my|our|the|us|them)(?: \w+)?|(?:annual |sick |comp )?(?:overtime|ot|leave|expense|trip|travel|pto|"
    rf"vacation|reimbursement|outing|punch)(?: [a-z]+)?)"
    rf"(?:'s|'re|'ll|'ve|'d| {_FINITE})(?=\W|$)",
    re.I,
)
OTHERS, NOBODYS = "other_person", "chitchat"
_PERSON: Final = late(r"(?:he|she|they|someone|somebody)\b|(?-i:(?!The |Our |This |Your )[A-Z])", re.I)
_ASKED_FOR: Final = late(  # … and it concerns whoever writes
    r"\b(?:please|pls|i'd|i'll|i'm|let me|for me|me to|me for|i (?:need|want|can|could|should|must|have to|may|had to|"
    r"would|will|am))\b",
    re.I,
)
_HEARTY: Final = late(
    rf"{_INTRO}(?:(?:many )?(?:thanks|thank you|thx)(?: \w+){{0,3}}? (?:for|about)|congrat\w*|enjoy|welcome back|"
    r"how (?:nice|lucky|great)|what an?|good luck|hope (?:you|your|the|he|she|they|everyone)|happy|let's|why not|"
    r"don'?t|never|imagine|remember|nothing)\b"
)
_TO_TELL: Final = late(
    r"^\W*(?:please |pls |kindly |can you |could you |would you |just )*(?:tell|remind|inform|email|message|ping|"
    r"let (?!me )\w+(?: \w+)? know|ask (?!for|to))\b(?!.*\b(?:actually|i'm|i am|i need|i'll|i will)\b)"
)
_FILED: Final = late(
    r"\b(?:i|we|i've|we've|have|already|just)(?: have| already| just| finally| also)* (?:submitted|filed|applied|"
    r"requested|claimed|registered|handed in)\b"
)
_GIVEN_UP: Final = late(
    r"\b(?:thought (?:about|of)|thinking (?:about|of)|was (?:hoping|considering|tempted|about)|considered|wish (?:i|"
    r"we)|(?:would|'d) (?:have )?lov(?:e|ed) to|almost|nearly)\b.*\b(?:but|though|however|too (?:much|many|busy)|"
    r"can'?t|couldn'?t|instead)\b|\b(?:wish (?:i|we) (?:could|had|were)|if only|someday|one day i)\b"
)
_ASIDE: Final = late(  # when something else is: after my leave, back from the trip
    r"\b(?:before|after|during|until|till|since|back from|back to work from|all about|regarding)(?: (?:my|the|your|"
    r"our|his|her|their|this|that|last|next|a|\w+'s))*(?: (?:annual|sick|personal|business|long|short|comp|maternity|"
    r"paternity|marriage|parental))* (?:leaves?|trips?|holidays?|vacations?|overtime|ot|time off|days? off|outings?|"
    r"pto|travel)\b"
)


def news(typed: str, text: str, kind: str, words: Sequence[Word]) -> str | None:
    """Whose affair it is where the words only tell of such a request (`kind`) or of something that is called so: OTHERS
    or NOBODYS; None where it is asked for."""
    if _TO_TELL.search(text) or _FILED.search(text) or _GIVEN_UP.search(text):
        return NOBODYS
    bare = _ASIDE.sub(lambda found: " " * len(found[0]), text)
    if bare != text and kind_of(bare) is None and leave_type(bare) is None:
        return NOBODYS
    asking = [part for part in pieces(text, words, kind) if part.asks]
    told = [_tells(typed[part.start : part.end]) for part in asking]
    return (OTHERS if OTHERS in told else NOBODYS) if told and all(told) else None


def _tells(clause: str) -> str | None:
    """Whose affair a clause is of which somebody or something else is the subject, or which is a wish of another
    sort."""
    if _HEARTY.match(clause.lower()):
        return NOBODYS
    found = _OTHERS.match(clause)
    if found is None or NO_NAME.match(found["who"]) or _ASKED_FOR.search(clause, found.end("who")):
        return None
    return OTHERS if _PERSON.match(found["who"]) else NOBODYS
