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
    r"covers|handles|pays|arrives|returns|leaves|travels|visits|deserves?|forgets?|forgot|broke|chose|drove|fell|"
    r"heard|held|hurt|meant|quit|saw|slept|sold|spoke|stood|wrote|bought|brought|built|caught|(?!need|unused|"
    r"related)[a-z]{2,}ed)(?:(?<=n't)|\b)"
)
_NOUN: Final = rf"(?: (?!{_FINITE})[\w'-]+){{1,4}}?"
_KIND: Final = r"(?:overtime|ot|leave|expense|trip|travel|pto|vacation|reimbursement|outing|punch|holiday)"
_OTHERS: Final = late(  # the team is off, your leave was approved, overtime pay lands with the salary
    rf"{_INTRO}(?P<who>(?:the|our|his|her|their|your|its|these|those|some|every|all|both|each|most|many|no|my){_NOUN}|"
    rf"(?:half|most|many|some|few|several|two|three|four|five|\d+) (?:of )?(?:(?:the|my|our|us) ?)?(?!days?\b|"
    rf"hours?\b|weeks?\b|more\b|full\b|working\b)[a-z]*(?<! a)|(?-i:[A-Z][a-z]+)'s{_NOUN}|(?:he|she|they|you|there|"
    rf"nobody|no one|everyone|everybody|someone|somebody|anyone|anybody|people|who)|(?P<name>(?-i:(?:Mr|Ms|Mrs|"
    rf"Dr)\.? [A-Z][a-z]+|[A-Z][a-z]+(?: [A-Z][a-z]+)?(?: and [A-Z][a-z]+)?|[A-Z]{{2,4}}))|[a-z]+ of (?:my|our|the|us|"
    rf"them)(?: \w+)?|(?:annual |sick |comp )?{_KIND}(?: [a-z]+)?)"
    rf"(?:'s|'re|'ll|'ve|'d| {_FINITE})(?=\W|$)",
    re.I,
)
_FOR_ME: Final = late(r"\b(?:for|give|put|book|let|grant|mark|get|sign) me\b", re.I)  # you can put me down for leave
_PAPERS: Final = late(  # the leave form: none is asked for, unless it is to be begun
    rf"\b(?:{_KIND}s?) (?:reminders?|forms?|slips?|budgets?|reports?|sheets?|polic(?:y|ies)|records?|"
    r"systems?|pages?|apps?|templates?|buttons?|e?mails?|lists?|calendars?|schedules?|rules?|allowances?|rates?|"
    r"season|culture|costs|mode|notes?|machines?|approvers?)\b"
)
_BEGUN: Final = late(
    r"\b(?:submit|file|fill(?: in| out)?|start|create|open|make|raise|apply|need|want|like|an? new|please|"
    r"do)\b[^,.]{0,16}$|^\W*$"
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
    r"requested|claimed|registered|handed in)\b|\b(?:still|been) waiting (?:for|on)\b"
)
_GIVEN_UP: Final = late(
    r"\b(?:thought (?:about|of)|thinking (?:about|of)|was (?:hoping|considering|tempted|about)|considered|wish (?:i|"
    r"we)|(?:would|'d) (?:have )?lov(?:e|ed) to|almost|nearly)\b.{0,120}?\b(?:but|though|however|too (?:much|many|"
    r"busy)|can'?t|couldn'?t|instead)\b|\b(?:wish (?:i|we) (?:could|had|were)|if only|someday|one day i)\b"
)
_ASIDE: Final = late(  # when something else is: after my leave, back from the trip, while I'm on leave
    r"\b(?:while|when|if|once|before|after|until) (?:i'm|i am|he's|she's|they're|you're|we're|i was|you are|"
    r"we are) (?:\w+ )?(?:on|off|out|away)(?: (?:on|for|my|the|a|sick|annual|business|maternity|leave|trip|holiday|"
    r"vacation))*\b|\b(?:before|after|during|until|till|since|back from|back to work from|all about|"
    r"regarding)(?: (?:my|the|your|our|his|her|their|this|that|last|next|a|\w+'s))*(?: (?:annual|sick|personal|"
    r"business|long|short|comp|maternity|paternity|marriage|parental))* (?:leaves?|trips?|holidays?|vacations?|"
    r"overtime|ot|time off|days? off|outings?|pto|travel)\b"
)


_TO_DO: Final = late(
    r"\b(?:please|pls|can you|could you)\b[^.?]{0,80}?\b(?:fix|correct|register|file|log|record|add|apply|book|put|"
    r"submit|reimburse|arrange)\b"
)
_NEVER: Final = late(
    r"\b(?:i|we)(?:'d|'ll| would| will)? (?:never|rarely|hardly)\b|\b(?:stop|quit|avoid) \w+ing\b|"
    r"\bi (?:don'?t|do not) (?:think|expect|believe|feel like)\b|\bnot sure (?:yet|if|whether)\b"
)
_GOING_ON: Final = late(
    r"\b(?:i|we)(?:'ve| have) been (?:\w+ )?\w+ing\b(?!.{0,120}?\b(?:please|pls|register|log|file|apply)\b)"
)


def news(typed: str, text: str, kind: str, words: Sequence[Word]) -> str | None:
    """Whose affair it is where the words only tell of such a request (`kind`), or of what is called so: OTHERS or
    NOBODYS; None where it is asked for."""
    if _TO_TELL.search(text) or _FILED.search(text) or _GIVEN_UP.search(text):
        return NOBODYS
    if _NEVER.search(text) or _GOING_ON.search(text):
        return NOBODYS
    if (aside := _ASIDE.search(text)) and _unnamed(text, aside):
        return NOBODYS
    papers = _PAPERS.search(text)
    if papers and not _BEGUN.search(text[: papers.start()]) and _unnamed(text, papers):
        return NOBODYS
    asking = [part for part in pieces(text, words, kind) if part.asks]
    told = [_tells(typed[part.start : part.end]) for part in asking]
    if not told or not all(told) or _TO_DO.search(text):
        return None
    return OTHERS if OTHERS in told else NOBODYS


def _unnamed(text: str, found: re.Match[str]) -> bool:
    """Whether no kind of request is named but in these words."""
    bare = f"{text[: found.start()]}, {text[found.end() :]}"
    return kind_of(bare) is None and leave_type(bare) is None


def _tells(clause: str) -> str | None:
    """Whose affair a clause is of which somebody or something else is the subject, or which is a wish of another
    sort."""
    if _HEARTY.match(clause.lower()):
        return NOBODYS
    found = _OTHERS.match(clause)
    if found is None or (found["name"] and NO_NAME.match(found["name"])):
        return None
    concerns = _FOR_ME if found["who"].lower() == "you" else _ASKED_FOR
    if concerns.search(clause, found.end("who")):
        return None
    return OTHERS if _PERSON.match(found["who"]) else NOBODYS
