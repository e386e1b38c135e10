"""A draft that nobody finished within a day is closed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.approvals.case import Case
from domain.approvals.commands import Expire
from domain.errors import OfficeError
from usecases.change_case import change_case
from usecases.ports import Needs, Office, Outcome, Timer

LIFE = timedelta(hours=24)  # spec: conversation.md, principle 3


def expiry(case: Case) -> Timer:
    """The timer that a new draft sets."""
    return Timer(id=f"expire:{case.number}", due=case.created_at + LIFE, kind="expire_draft", subject=case.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireDraft:
    """The timer of a draft has fired."""

    timer: str
    case: str

    @property
    def cause(self) -> str:
        """The timer."""
        return self.timer

    def needs(self) -> Needs:
        """The case; once, by the timer's row."""
        return Needs(timer=self.timer, cases=(self.case,))

    def act(self, office: Office, now: datetime) -> Outcome:
        """Expire it if it is a draft still."""
        return change_case(office.case(self.case), Expire(), office=office, now=now)

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        """Nobody waits for an answer."""
        return Outcome()
