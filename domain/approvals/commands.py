"""What somebody may want of a case; whether it follows is decided in case.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.approvals.flow import Returned
from domain.approvals.route import Plan, Step
from domain.approvals.values import Value

Verdict = Literal["approved", "rejected"]
Where = Literal["before", "after", "beside", "entrust"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """Fill or correct fields of a draft, said at `said_at`; `flow` and `title` where it becomes one of another flow."""

    by: str
    values: Mapping[str, Value]
    notes: tuple[str, ...] = ()
    said_at: datetime | None = None
    flow: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit:
    """File the draft along this plan; or a returned case again. `facts`: the fields on which approvals rest."""

    by: str
    plan: Plan
    flow_version: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """Say yes or no to a step; `step` None means the one at which the person is asked now."""

    by: str
    step: str | None
    verdict: Verdict
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """Send it back to be corrected: `to` is "" (the applicant), "previous", or an earlier step's id."""

    by: str
    step: str | None
    to: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """Take one's own decision back while the next step is untouched (撤回)."""

    by: str
    step: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Hand one's task to somebody else, for good (转交)."""

    by: str
    step: str | None
    to: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Add:
    """Ask more people in the same step: before or after oneself, beside, or to have it back with advice (加签, 委派)."""

    by: str
    step: str | None
    people: tuple[str, ...]
    where: Where
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove:
    """Ask somebody no more who was added: by whoever added them, or by an administrator (减签)."""

    by: str
    person: str
    admin: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Take the task out of the pool (认领)."""

    by: str
    step: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Put a claimed task back into the pool."""

    by: str
    step: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """Say something about the case; those in `to` are told, and see the case from then on."""

    by: str
    words: str
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """Show the case to people now (抄送)."""

    by: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One of those who are told has read it."""

    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The case belongs together with `case`, which stands so."""

    by: str
    case: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    """Take back one's own draft or running case; an administrator may end anybody's, with a reason (终止)."""

    by: str
    words: str = ""
    admin: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Urge:
    """Nudge whoever is awaited; at most once an hour a case."""

    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """An administrator stops the case for a while."""

    by: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """An administrator lets it go on."""

    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """An administrator moves it to a step of its route, or onto another version of its flow.

    With a `flow_version`, `ahead` is what it has to pass still; `stay`: it stays at the step where it is, with all that
    was said there, and `ahead` comes after. `cc`, `rules` and `returned` are those of the new version."""

    by: str
    words: str
    to: str = ""
    ahead: tuple[Step, ...] = ()
    flow_version: str = ""
    stay: bool = False
    cc: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    returned: Returned = "again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Replace:
    """Others take the seats of somebody who has left; an administrator (`by`), or the system, says who."""

    by: str
    person: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """Nobody decided the step in time. `to`: who is asked instead, by the person whose task it was."""

    step: str
    to: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expire:
    """A day has passed over a draft."""


Command = (
    Fill | Submit | Decide | Return | TakeBack | Transfer | Add | Remove | Claim | Release | Comment | Tell | Read
    | Link | Withdraw | Urge | Pause | Resume | Jump | Replace | Overdue | Expire
)  # fmt: skip
