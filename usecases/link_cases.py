"""关联: two cases that the person may see belong together; either says how the other stands, also when it ends."""

from dataclasses import dataclass
from datetime import datetime

from cards import several
from domain.approvals.case import Case
from domain.approvals.commands import Link
from domain.errors import OfficeError
from usecases.change_case import change_case
from usecases.decide_several import seen_by, together
from usecases.heard import Heard
from usecases.notices import say
from usecases.ports import Needs, Office, Outcome, Talk


def link_cases(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome:
    """On both, each with the state of the other. Raises CaseUnknown for what the person may not see."""
    assert heard.spoken is not None
    frame = office.world.frame_for(heard.by)
    if len(heard.spoken.cases) < 2:
        return Outcome(posts=(say(heard.by, heard.cause, *several.not_itself(frame)),))
    one, other = (seen_by(heard.by, number, office) for number in heard.spoken.cases)
    told = Outcome(posts=(say(heard.by, heard.cause, *several.linked(one.number, other.number, frame)),))
    return together(*(_said(heard.by, here, there, office, now) for here, there in ((one, other), (other, one))), told)


def _said(by: str, here: Case, there: Case, office: Office, now: datetime) -> Outcome:
    return change_case(here, Link(by=by, case=there.number, status=there.status), office=office, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class TellLinked:
    """A case has changed its state: one that belongs to it shall say so."""

    timer: str
    case: str
    other: str

    @property
    def cause(self) -> str:
        """The timer."""
        return self.timer

    def needs(self) -> Needs:
        """Both; once, by the timer's row."""
        return Needs(timer=self.timer, cases=(self.case, self.other))

    def act(self, office: Office, now: datetime) -> Outcome:
        """What it says now."""
        return _said("", office.case(self.other), office.case(self.case), office, now)

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        """Nobody waits for an answer."""
        return Outcome()


def tell_linked(timer: str, subject: str) -> TellLinked:
    """The command of a timer that change_case set."""
    case, other = subject.split(" ")
    return TellLinked(timer=timer, case=case, other=other)
