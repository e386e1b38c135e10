"""What can happen to a case: past, frozen, and all that is ever kept of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.approvals.asked import Asked, Via
from domain.approvals.flow import Returned as Policy
from domain.approvals.route import Step
from domain.approvals.values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A draft was begun from a person's words; `notes` are the assumptions shown to them."""

    by: str
    at: datetime
    number: str
    flow: str
    title: str
    values: Mapping[str, Value]
    notes: tuple[str, ...] = ()
    filed_by: str = ""  # who files it for `by`; "" is the applicant
    said_at: datetime | None = None  # when it was said, as the platform tells it


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The draft's fields were filled or corrected; a value of "" takes a field back. `flow` and `title`, where they are
    named: the destination says that it is a case of another flow (R-TRIP-1)."""

    by: str
    at: datetime
    values: Mapping[str, Value]
    notes: tuple[str, ...] = ()
    said_at: datetime | None = None
    flow: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """The draft was filed with this route, which it keeps whatever becomes of the flow file (R-APR-9)."""

    by: str
    at: datetime
    flow_version: str
    steps: tuple[Step, ...]
    cc: tuple[str, ...]
    rules: tuple[str, ...]
    returned: Policy = "again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resubmitted:
    """A returned case comes back corrected; `ahead` are the steps that it has to pass now."""

    by: str
    at: datetime
    flow_version: str
    ahead: tuple[Step, ...]
    cc: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOpened:
    """A step of the route was reached: these people are asked (none named: those of the route)."""

    by: str
    at: datetime
    step: str
    asked: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSkipped:
    """A step was reached, and nobody is left who could decide it; the flow says to go on."""

    by: str
    at: datetime
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """One person said yes to one step."""

    by: str
    at: datetime
    step: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """One person said no, with a reason (R-APR-6). `final`: the case ends with it; a vote and advice go on."""

    by: str
    at: datetime
    step: str
    words: str
    final: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """An approver sent it back, to the applicant (`to` is "") or an earlier step; it passes those `ahead`."""

    by: str
    at: datetime
    step: str
    to: str
    words: str
    ahead: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """An approver took a decision back: `step` is open again, then come those `ahead`."""

    by: str
    at: datetime
    step: str
    ahead: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferred:
    """The task of `person` went to somebody else, for good; `by` is "" when the system did it."""

    by: str
    at: datetime
    step: str
    person: str
    to: str
    via: Via = "transfer"
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """An approver asks more people in the same step: `before`, `after`, `beside`, or for advice (`entrust`, 委派)."""

    by: str
    at: datetime
    step: str
    people: tuple[str, ...]
    where: Via
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """Somebody who was added is not asked any more (减签)."""

    by: str
    at: datetime
    step: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """One of a pool took the task; the others wait."""

    by: str
    at: datetime
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """Whoever took the task put it back into the pool."""

    by: str
    at: datetime
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commented:
    """Somebody said something about the case; those in `to` are told of it."""

    by: str
    at: datetime
    words: str
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Somebody was shown the case by hand (抄送), without waiting for its end."""

    by: str
    at: datetime
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One of those who are told has read it."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """The case belongs together with others, which stand so now; `by` is "" where that changed since then."""

    by: str
    at: datetime
    cases: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused:
    """An administrator stopped the case for a while: nobody can decide."""

    by: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """It goes on."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Jumped:
    """An administrator moved the case along its route, or to another version of its flow; then come those `ahead`."""

    by: str
    at: datetime
    words: str
    ahead: tuple[Step, ...]
    flow_version: str = ""  # the version of the flow that it follows from here on; "" is the same
    stay: bool = False  # the step that is open stays open
    cc: tuple[str, ...] = ()  # this and the rest: of the new version
    rules: tuple[str, ...] = ()
    returned: Policy = "again"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedOut:
    """Nobody decided in time, and the flow says what then counts as decided."""

    by: str
    at: datetime
    step: str
    verdict: Literal["approved", "rejected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """The applicant took the case (or the draft) back."""

    by: str
    at: datetime
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Urged:
    """The applicant nudged whoever is awaited (R-APR-8)."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Expired:
    """A draft that nobody finished for a day."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """Every step was decided with yes."""

    by: str
    at: datetime


Event = (
    Drafted | Filled | Submitted | Resubmitted | StepOpened | StepSkipped | Approved | Rejected | Returned | TakenBack
    | Transferred | Added | Removed | Claimed | Released | Commented | Told | Seen | Linked | Urged | Paused | Resumed
    | Jumped | TimedOut | Withdrawn | Expired | Finished
)  # fmt: skip
