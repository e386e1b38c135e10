"""What the office keeps beside cases, as commands see it: each sees what the ones before it in its batch did."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from domain.attendance.presence import Away, Presence
from domain.attendance.punches import Checkin, Punch


class Calendar(Protocol):
    """Who works when, who is away, who clocked in and checked in."""

    def presence(self, since: date, until: date, people: Iterable[str] | None = None) -> Presence:
        """The presence calendar of these days (both included), of these people or of everybody."""

    def away(self, since: datetime, until: datetime, people: Iterable[str] | None = None) -> tuple[Away, ...]:
        """Who is away by an approved case at some moment from `since` until before `until`, of these or of all."""

    def punches(self, since: date, until: date, people: Iterable[str] | None = None) -> tuple[Punch, ...]:
        """The punches of the shifts of these days (both included)."""

    def checkins(self, since: date, until: date, people: Iterable[str] | None = None) -> tuple[Checkin, ...]:
        """The check-ins of these days of the office's zone (both included), the earliest first."""
