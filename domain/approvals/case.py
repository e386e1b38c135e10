"""A case: one filled form on its way, as its events have left it. Values only; see evolve.py and decide.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Literal

from domain.approvals.asked import Via
from domain.approvals.flow import Returned
from domain.approvals.route import Step
from domain.approvals.values import Value

SEATED: Final[tuple[Via, ...]] = ("route", "deputy", "transfer", "leaver", "overdue", "beside")  # who sits in a seat
LENT: Final[tuple[Via, ...]] = ("before", "entrust")  # whoever added them waits until they have answered


class Status(StrEnum):
    """The states of a case, as the card param `status` names them (spec: conversation.md)."""

    DRAFT = "draft"
    RUNNING = "running"
    APPROVED = "approved"
    REJECTED = "rejected"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, kw_only=True)
class Task:
    """One person's part in one step.

    `waiting`: for their turn (`since` None), or for somebody whom they asked first. `closed`: it was decided without
    them (或签, rejection, withdrawal); `passed`: it went to somebody else; `removed`: whoever was added is asked no more.
    `seat` is the person whom the route asked ("" is the person's own seat), `via` how they came to it, `by` through
    whom. The task of a deputy has the seat of the person for whom they decide."""

    step: str
    person: str
    state: Literal["waiting", "open", "approved", "rejected", "returned", "closed", "passed", "removed"]
    since: datetime | None = None  # when it was opened
    at: datetime | None = None  # when it was decided, or handed on
    words: str = ""
    seat: str = ""
    via: Via = "route"
    by: str = ""
    weight: float = 1.0

    @property
    def place(self) -> str:
        """The seat, by the person whom the route asked."""
        return self.seat or self.person

    @property
    def pending(self) -> bool:
        """Whether an answer is still to come."""
        return self.state in ("open", "waiting")


@dataclass(frozen=True, kw_only=True)
class Said:
    """A comment; or what an administrator `did` (paused, resumed, jumped), and why."""

    by: str
    at: datetime
    words: str
    to: tuple[str, ...] = ()
    did: str = ""


@dataclass(frozen=True, kw_only=True)
class Case:
    """The present state of a case; `version` counts its events, so it only grows.

    `steps` are the stops that it has made, the one at `current`, and those ahead; a stop that is made again has an id
    of its own. `told` have been shown the case by hand, `seen` are those of the told who have read it. `links` are the
    cases that belong to it, as they stand."""

    number: str
    flow: str
    flow_version: str
    title: str
    applicant: str
    status: Status
    version: int
    created_at: datetime
    values: Mapping[str, Value]
    notes: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    cc: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    current: int | None = None
    tasks: tuple[Task, ...] = ()
    submitted_at: datetime | None = None
    closed_at: datetime | None = None
    closing_words: str = field(default="")
    closed_by: str = ""
    urged_at: datetime | None = None
    filed_by: str = ""
    returned: Returned = "again"  # what a corrected case has to pass
    returned_at: datetime | None = None
    returned_values: Mapping[str, Value] = field(default_factory=dict)  # what the form said then
    paused_at: datetime | None = None
    comments: tuple[Said, ...] = ()
    told: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    links: Mapping[str, Status] = field(default_factory=dict)
    lag: float = 0.0  # seconds that the last words about the form took to reach us

    def asked_at(self, now: datetime) -> datetime:
        """The moment from which lead times are counted: words that came late are not the person's fault."""
        return now - timedelta(seconds=self.lag)

    @property
    def step(self) -> Step | None:
        """The step that waits for a decision, or None."""
        return None if self.current is None else self.steps[self.current]

    @property
    def owners(self) -> tuple[str, ...]:
        """The applicant, and whoever filed it for them."""
        return (self.applicant, self.filed_by) if self.filed_by else (self.applicant,)

    def waiting_for(self) -> tuple[str, ...]:
        """The people whose decision is awaited now."""
        return tuple([task.person for task in self.tasks if task.state == "open"])

    def tasks_of(self, step: str) -> tuple[Task, ...]:
        """All tasks of one step, in the order of its people."""
        return tuple([task for task in self.tasks if task.step == step])

    def task(self, step: str, person: str) -> Task | None:
        """The person's task in that step, if there is one."""
        for task in self.tasks:  # a loop: asked often, of a 会签 with a hundred
            if task.person == person and task.step == step:
                return task
        return None

    def concerns(self, person: str) -> bool:
        """Whether the person has to do with the case and may look at it."""
        asked = (who for step in self.steps for who in step.people)
        return person in (*self.owners, *self.cc, *self.told, *asked) or any(t.person == person for t in self.tasks)


def base(step: str) -> str:
    """The place of a stop on the route, whichever time it is made: 2 of 2x3."""
    return step.partition("x")[0]


def again(case: Case, step: Step) -> str:
    """An id for making this stop once more: one that the case has not used."""
    name, used = base(step.id), {one.id for one in case.steps} | {task.step for task in case.tasks}
    return next(name for name in (f"{name}x{time}" for time in range(2, len(used) + 3)) if name not in used)
