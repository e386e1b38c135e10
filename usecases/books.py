"""What the office keeps beside cases, as commands see it: each sees what the ones before it in its batch did."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from domain.approvals.case import Case
from domain.attendance.findings import Finding
from domain.attendance.presence import Away, Presence, Shift
from domain.attendance.punches import Checkin, Hours, Punch
from domain.calendar import Workdays
from domain.leave.ledger import Entry
from domain.logs import Comment, Log, Reading
from domain.summaries.period import Matter

Edge = Literal["on", "off"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many cases wait for a person, and since when the oldest of them."""

    person: str
    cases: int
    since: datetime


class Calendar(Protocol):
    """Who works when, who is away, who clocked in and checked in."""

    def presence(self, since: date, until: date, people: Iterable[str] | None = None) -> Presence:
        """The presence calendar of these days (both included), of these people or of everybody."""

    def away(self, since: datetime, until: datetime, people: Iterable[str] | None = None) -> tuple[Away, ...]:
        """Who is away by an approved case at some moment from `since` until before `until`, of these or of all."""

    def workdays_of(self, person: str) -> Workdays:
        """The working days as they are for this person: their own shifts, where they are known, over the company's
        calendar."""

    def edges(self, edge: Edge, since: datetime, until: datetime) -> tuple[datetime, ...]:
        """The moments after `since` and up to `until` at which somebody's shift begins (on) or ends (off)."""

    def shifts_at(self, edge: Edge, moment: datetime) -> tuple[Shift, ...]:
        """The shifts that begin (on) or end (off) at that very moment."""

    def punches(self, since: date, until: date, people: Iterable[str] | None = None) -> tuple[Punch, ...]:
        """The punches of the shifts of these days (both included)."""

    def clocked(self, day: date) -> Mapping[Hours, datetime]:
        """When the punches of that day were read last, by the hours of the shifts: people of the same hours are read
        together. Hours of which nobody has a punch are left out."""

    def checkins(self, since: date, until: date, people: Iterable[str] | None = None) -> tuple[Checkin, ...]:
        """The check-ins of these days of the office's zone (both included), the earliest first."""


class Caseload(Protocol):
    """The cases as numbers need them: filed, decided, waiting (R-SUM-1). Only what is committed already."""

    def matters(self, since: datetime, until: datetime) -> tuple[Matter, ...]:
        """Cases filed or decided (approved, rejected) from `since` until before `until`, and all that wait now."""


class Findings(Protocol):
    """What is missing, and the cases that may explain it (R-ATT-5)."""

    def undecided(self, since: date) -> tuple[Finding, ...]:
        """All of these days and later that wait or are open."""

    def open(self, most: int, but: Iterable[str] = ()) -> tuple[Finding, ...]:
        """Those that HR has to decide, the newest first, without those of these ids."""

    def count(self) -> int:
        """How many are open."""

    def of(self, person: str, most: int) -> tuple[Finding, ...]:
        """The newest of one person, however they stand; not those that wait."""

    def these(self, ids: Iterable[str]) -> tuple[Finding, ...]:
        """Those of these ids, in their order; nobody else decides them meanwhile."""

    def cases(
        self, flows: Iterable[str], since: datetime, people: Iterable[str] | None = None
    ) -> tuple[Case, ...]:  # fmt: skip
        """The cases of these flows that were made since then and filed, however they ended; of these people, or of
        everybody."""

    def visits(self, since: datetime) -> tuple[Case, ...]:
        """The approved visit plans that were made since then."""


class Ledger(Protocol):
    """The leave ledger: what was granted, reserved, taken."""

    def entries(self, people: Iterable[str], *, counting: bool = False) -> Mapping[str, tuple[Entry, ...]]:
        """All entries of each of these people. `counting`: nobody else counts theirs meanwhile."""


class Logbook(Protocol):
    """What people wrote of their days, weeks and months; who has read it, and what was said of it."""

    def logs(self, since: date, until: date, people: Iterable[str] | None = None) -> tuple[Log, ...]:
        """Those of a period that begins in these days (both included), of these people or of everybody, the earliest
        first. Of kind `things` they are lists of the morning, and no logs yet."""

    def newest(self, person: str, most: int) -> tuple[Log, ...]:
        """The person's last ones, the newest first."""

    def readings(self, logs: Iterable[str]) -> tuple[Reading, ...]:
        """Who has read these (by id), in no order."""

    def comments(self, logs: Iterable[str]) -> tuple[Comment, ...]:
        """What was said of these (by id), the earliest first."""
