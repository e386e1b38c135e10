"""One message as it was heard: who said what, where, and what was read in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cards.offers import Offer
from domain.approvals.flow import Flow
from language.commands import Spoken
from language.questions import Question
from language.understanding import Understanding

FRESH: Final = timedelta(hours=24)  # a question, a draft at hand, a list that was shown: forgotten after a day


SOON: Final = timedelta(minutes=30)  # so long short words are taken for the answer, long ones for the reason


def fresh(since_ms: int, now: datetime, span: timedelta = FRESH) -> bool:
    """Whether that was less than so long ago."""
    return now.timestamp() * 1000 - since_ms < span.total_seconds() * 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """`spoken` when it is one of the words that always work, else `reading`; `flow` is the flow that the words ask
    for, where the company has it; `question` is what is asked about the office. `group` is the openConversationId of
    the group in which it was said, or "". `files` are what was sent along, by name. `applicants`: for whom it is
    asked, if not for `by`; `reading` and `flow` are then those of `wish`, the text without the name. `unsure` is
    the name as it was written, where these people only may be meant by it. `among` are the flows, by id, one of which
    the words ask for where they do not say which; `flow` is None then. `tongue` is the language of the words, or ""
    where they say too little to tell."""

    message: str
    by: str
    text: str
    said_at: datetime
    group: str = ""
    spoken: Spoken | None = None
    reading: Understanding | None = None
    flow: Flow | None = None
    question: Question | None = None
    files: tuple[str, ...] = ()
    applicants: tuple[str, ...] = ()
    wish: str = ""
    unsure: str = ""
    among: tuple[str, ...] = ()
    relieves: str = ""  # whose tasks are handed over
    offer: Offer | None = None  # the answer that was chosen: its words are the text
    repeated_at: datetime | None = None  # when a button said words again that were said first at `said_at`
    tongue: str = ""

    @property
    def asked_at(self) -> datetime:
        """When it was wished: what counts for lead times. 明天 is counted from `said_at`."""
        return self.repeated_at or self.said_at

    @property
    def cause(self) -> str:
        """The message."""
        return self.message
