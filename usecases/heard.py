"""One message as it was heard: who said what, where, and what was read in it."""

from dataclasses import dataclass
from datetime import datetime

from domain.approvals.flow import Flow
from language.commands import Spoken
from language.questions import Question
from language.understanding import Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """`spoken` when it is one of the words that always work, else `reading`; `flow` is the flow that the words ask
    for, where the company has it; `question` is what is asked about the office. `group` is the openConversationId of
    the group in which it was said, or "". `files` are what was sent along, by name. `applicants`: for whom it is
    asked, if not for `by` (of several of one name it is not known which); `reading` and `flow` are then those of
    `wish`, the text without the name."""

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
    relieves: str = ""  # whose tasks are handed over

    @property
    def cause(self) -> str:
        """The message."""
        return self.message
