"""Punches that are missing: of which shifts, and until when they can be put right (R-ATT-4, R-CORR-2). Pure."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from domain.attendance.presence import Presence, Shift
from domain.attendance.punches import Punch, PunchKind

WITHIN: Final = 3  # working days in which a missing punch can be corrected (R-CORR-2)
_FAR: Final = 60  # days that the search for those goes at most
_INSTANT: Final = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A punch that was due: which one, and at what moment."""

    kind: PunchKind
    at: datetime

    @property
    def inside(self) -> datetime:
        """A moment of the shift at this edge: who is away then does not punch."""
        return self.at if self.kind == "in" else self.at - _INSTANT


def edges(shift: Shift, presence: Presence) -> Iterator[Edge]:
    """The punches that are due for a shift."""
    if shift.on is not None and presence.must_clock_in(shift):
        yield Edge(kind="in", at=shift.on)
    if shift.off is not None and presence.must_clock_out(shift):
        yield Edge(kind="out", at=shift.off)


def missed(
    presence: Presence, punches: Iterable[Punch], since: datetime, until: datetime, people: Collection[str]
) -> Iterator[tuple[Shift, tuple[Edge, ...]]]:
    """Of the shifts of these people that ended after `since` and up to `until`: what was due and is not there."""
    there = {one.id for one in punches}
    for (day, person), shift in presence.shifts.items():
        if shift.off is None or not since < shift.off <= until or person not in people:
            continue
        lacking = tuple(edge for edge in edges(shift, presence) if (day, person, edge.kind) not in there)
        if lacking:
            yield shift, lacking


def last_day(person: str, day: date, presence: Presence, within: int = WITHIN) -> date:
    """The last of so many working days of this person after that day; what nobody knows yet counts as weekdays do."""
    left, here = within, day
    for _ in range(_FAR):
        if left <= 0:
            break
        here += timedelta(days=1)
        left -= presence.likely(person, here)
    return here
