"""What can happen to a case: past, frozen, and all that is ever kept of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.approvals.route import Step

Value = str | int | float | list[str]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The draft's fields were filled or corrected; a value of "" takes a field back."""

    by: str
    at: datetime
    values: Mapping[str, Value]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """The draft was filed with this route, which it keeps whatever becomes of the flow file (R-APR-9)."""

    by: str
    at: datetime
    flow_version: str
    steps: tuple[Step, ...]
    cc: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOpened:
    """A step of the route was reached: its people are asked."""

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
    """One person said no, with a reason (R-APR-6): the case ends."""

    by: str
    at: datetime
    step: str
    words: str


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


Event = Drafted | Filled | Submitted | StepOpened | Approved | Rejected | Withdrawn | Urged | Expired | Finished
