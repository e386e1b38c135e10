"""Nobody decided a step in time: what its flow says then (R-APR-5, R-APR-8)."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from cards.news import urging
from domain.approvals.case import Case
from domain.approvals.commands import Overdue
from domain.approvals.flow import OVERDUE
from domain.approvals.route import posts_for
from domain.approvals.superiors import Rung, Superiors
from domain.errors import OfficeError
from domain.people import Person
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
            return Outcome(timers=(deadline(case, now, self.times, office),))
        if step.overdue in ("approve", "reject"):
            return change_case(case, Overdue(step=step.id, to={}), office=office, now=now)
        moved = Outcome()
        if step.overdue != "remind":
            moved = change_case(case, Overdue(step=step.id, to=_instead(case, office)), office=office, now=now)
        after = moved.after(case)
        return self._remind(
            after, moved, [who for who in case.waiting_for() if who in after.waiting_for()], office, now
        )

    def _remind(self, case: Case, moved: Outcome, late: Sequence[str], office: Office, now: datetime) -> Outcome:
        """Whoever is asked still hears so; who is asked now has as many hours again."""
        posts = tuple(
            say(person, f"{self.timer}:remind", *urging(case, office.world.frame_for(person), waited=True))
            for person in late
        )
        again = (deadline(case, now, self.times + 1, office),) if self.times < _MOST else ()
        return replace(moved, posts=(*moved.posts, *posts), timers=(*moved.timers, *again))

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        """Nobody waits for an answer."""
        return Outcome()


def _instead(case: Case, office: Office) -> dict[str, str]:
    """Who is asked instead of each who is awaited: the next one up, an administrator, or who the flow names. Nobody who
    was asked in this step already, and nobody for two."""
    assert case.step is not None
    taken = {task.person for task in case.tasks_of(case.step.id)} | set(case.owners)
    found: dict[str, str] = {}
    for person in case.waiting_for():
        to = next((who for who in _others(person, case, case.step.overdue, office) if who not in taken), "")
        if to:
            found[person] = to
            taken.add(to)
    return found


def _others(person: str, case: Case, overdue: str, office: Office) -> tuple[str, ...]:
    """Whom the policy means for this person: the next one up, whom the flow names, where there is nobody the
    administrators. Who is one of those already is only reminded."""
    organization = office.world.organization
    flow = form_of(case, office.world)
    applicant = organization.find(case.applicant) or Person(userid=case.applicant, name="")
    others: tuple[str, ...] = ()
    if overdue == "up" and (who := organization.find(person)) is not None:
        home = next(iter(who.departments), -1)
        above = Superiors(organization=organization, person=who, department=home).ladder()
        others = next(above, Rung(people=(), what="")).people
    with suppress(OfficeError):
        posts = posts_for(flow, case.values, applicant, organization)
        others = others or (() if overdue in OVERDUE else posts.told(overdue)) or posts.administrators("超时").people
    return () if person in others else others
