"""Nobody decided a step in time: what its flow says then (R-APR-5, R-APR-8)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cards.words import urging
from domain.approvals.case import Case
from domain.approvals.commands import Overdue
from domain.approvals.posts import Posts
from domain.errors import OfficeError
from domain.people import Organization
from usecases.change_case import change_case
from usecases.deadlines import deadline
from usecases.notices import say
from usecases.ports import Needs, Office, Outcome
from usecases.show import form_of

_MOST: Final = 5  # reminders about one step


def overdue_step(timer: str, subject: str) -> "OverdueStep":
    """The command of a timer that deadlines.py set."""
    case, step, times = subject.split(" ")
    return OverdueStep(timer=timer, case=case, step=step, times=int(times))


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueStep:
    """The timer of a step has fired; `times` it was so far, this one included."""

    timer: str
    case: str
    step: str
    times: int

    @property
    def cause(self) -> str:
        """The timer."""
        return self.timer

    def needs(self) -> Needs:
        """The case; once, by the timer's row."""
        return Needs(timer=self.timer, cases=(self.case,))

    def act(self, office: Office, now: datetime) -> Outcome:
        """Remind, pass it on, or decide, as the flow says, if the step waits still."""
        case = office.case(self.case)
        step = case.step
        if step is None or step.id != self.step:
            return Outcome()
        if case.paused_at is not None:
            return Outcome(timers=(deadline(case, now, self.times, office.world),))
        if step.overdue in ("up", "administrator"):
            outcome = change_case(case, Overdue(step=step.id, to=_instead(case, office)), office=office, now=now)
            if outcome.change is not None:
                return outcome
        elif step.overdue in ("approve", "reject"):
            return change_case(case, Overdue(step=step.id, to={}), office=office, now=now)
        return self._remind(case, office, now)

    def _remind(self, case: Case, office: Office, now: datetime) -> Outcome:
        title, text = urging(case, office.world.frame, waited=True)
        posts = tuple(say(person, f"{self.timer}:remind", title, text) for person in case.waiting_for())
        again = (deadline(case, now, self.times + 1, office.world),) if self.times < _MOST else ()
        return Outcome(posts=posts, timers=again)

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        """Nobody waits for an answer."""
        return Outcome()


def _instead(case: Case, office: Office) -> dict[str, str]:
    """Who is asked instead of each who is awaited: the next one up, or an administrator."""
    assert case.step is not None
    organization = office.world.organization
    flow = form_of(case, office.world)
    found: dict[str, str] = {}
    for person in case.waiting_for():
        up = _up(person, organization) if case.step.overdue == "up" else ""
        posts = Posts(
            organization=organization, applicant=organization.person(case.applicant),
            administrator=flow.administrator,
        )  # fmt: skip
        found[person] = up or next(iter(posts.administrators("超时").people), "")
    return found


def _up(person: str, organization: Organization) -> str:
    who = organization.find(person)
    if who is None:
        return ""
    if who.manager and organization.find(who.manager):
        return who.manager
    own = organization.chain(who.departments[0]) if who.departments else ()
    return next((one.userid for dep in own for one in organization.leaders(dep) if one.userid != person), "")
