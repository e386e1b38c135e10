"""An English message clause by clause: which one asks, which only tells why; and the words that carry nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from language.english.wishes import asks
from language.english.words import TIMED, Word
from language.patterns import late

_BREAK: Final = late(
    r"(?:(?<!\.m)(?<!jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)[.](?=\s|$)|[;!?\n])|(?<!\d),|,(?!\d{3}(?!\d))|"
    r":(?=\s|$)|[()]|"
    r"\s[-–—]+\s|\s+(?=(?:because|since (?:i|my|we|the)|as (?:i|my|we)\b|so (?:i|please|pls|can|could|need|would|"
    r"want)|"
    r"but|and (?:i|my|please|need|then|(?:an? )?(?:half )?(?:sick|annual|personal|comp|overtime|pto|business trip))|"
    r"due to)\b)"
)
_FILLER: Final = frozenset(
    "i i'd i'm i'll i've we me my a an the to for of on at in from by as it is am are be was will would could can "
    "may might "
    "should must shall have has had like want need wish plan planning hope hoping going gonna please pls plz kindly "
    ""
    "take "
    "taking book file filing submit apply applying application request requesting requested put down get getting "
    "make ask "
    "asking add register log record mark let arrange grant give this that there these some any and so but or then "
    "also "
    "just only about around with off out leave day days work working hi hello hey dear boss sir madam manager team "
    "sorry "
    "thanks thank you thx cheers ok okay sure yes no not actually really wait rather mean meant change switch "
    "instead "
    "originally wanted starting start starts begin beginning until till through date dates time times type types if "
    ""
    ""
    "possible convenient approve approved approval help do during up go now again currently kind regards best good "
    "morning evening first reason duration end whole full all long another more each half he's us our your via them "
    ""
    ""
    "because due since will'll due soon here too very much nod bot fine still later tell set correct fix forgot "
    "back returning return use using spend between missed business clock punch said come coming late early arrived "
    "arrive rest inclusive bother left asked".split()
)
_NOTHING: Final = late(
    r"\b(?:reach(?:able|ed)?|contact(?:able)?|call me|phone me|urgent|available (?:by|on)|let me know|"
    r"if (?:anything|needed|you need)|for (?:your )?approval|in advance for|look forward|best regards|"
    r"back (?:to|at|in) (?:work|the office)|(?:is|would|will) (?:that|it|this) (?:be )?(?:ok|okay|fine)|"
    r"handed? over|hope (?:that'?s|it'?s)|nothing else)\b"
)
_CARRIED: Final = (*TIMED, "length", "money", "noise")
_WORD: Final = late(r"[^\s\0,.;:!?()\"“”]+")
_OTHERS: Final = late(r"^\W*(?:my|his|her|their|our|the|he|she|they|it|we have|client|customer)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A clause: its place, its text with the words about time and money blanked out, what it does."""

    start: int
    end: int
    blank: str
    asks: bool  # it names what is asked for
    bare: bool  # it says nothing but times and words that carry nothing

    @property
    def of_others(self) -> bool:
        """Whether its subject is somebody or something else."""
        return _OTHERS.match(self.blank) is not None

    @property
    def remark(self) -> bool:
        """Whether it belongs to no request: how to reach the person, when work goes on."""
        return _NOTHING.search(self.blank) is not None


def pieces(text: str, words: Sequence[Word], kind: str) -> list[Piece]:
    """The clauses of the text (in small letters), in order."""
    bare = blanked(text, words)
    starts, ends = ({place(word) for word in words if word.kind in TIMED} for place in (_start, _end))
    found: list[Piece] = []
    begin = 0
    for match in [*_BREAK.finditer(text), None]:
        if (
            match is not None
            and match[0].strip(" ") in ("-", "–", "—")
            and {match.start()} <= ends
            and {match.end()} <= starts
        ):
            continue
        end = match.start() if match else len(text)
        if text[begin:end].strip():
            blank = bare[begin:end]
            asking = asks(text[begin:end], kind)
            found.append(Piece(start=begin, end=end, blank=blank, asks=asking, bare=not trimmed(blank)))
        begin = match.end() if match else end
    return found


def _start(word: Word) -> int:
    return word.start


def _end(word: Word) -> int:
    return word.end


def blanked(text: str, words: Sequence[Word], kinds: Sequence[str] = _CARRIED) -> str:
    """The text without its words about time and money (of these `kinds`), each in its place."""
    bare = list(text)
    for word in words:
        if word.kind in kinds:
            bare[word.start : word.end] = "\0" * (word.end - word.start)
    return "".join(bare)


def trimmed(text: str) -> tuple[int, int] | None:
    """Where in it the words stand that carry something: without the others at both ends; None where none is left."""
    told = [match for match in _WORD.finditer(text) if not _idle(match[0])]
    return (told[0].start(), told[-1].end()) if told else None


def _idle(word: str) -> bool:
    return word.strip("'’-–—/&+*~\"") in _FILLER or not re.search(r"[^\W\d]{2}", word)
