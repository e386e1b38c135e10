"""Where somebody is at a moment, as far as shifts, approvals and punches tell (R-RPT-1). Pure."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from domain.attendance.presence import Presence
from domain.attendance.punches import Punch

Whereabouts = Literal["rest", "leave", "trip", "outing", "before", "in", "out", "missing", "unread", "unknown"]
Punches = Mapping[tuple[str, str, str], Punch]  # by their natural keys: {one.id: one for one in punches}


def whereabouts(
    person: str, day: date, moment: datetime, presence: Presence, punches: Punches, known: datetime | None
) -> Whereabouts:  # fmt: skip
    """Where the person is at that moment, of their work of that day.

    What is approved goes before punches. `before`: the shift has not begun; `in`, `out`: clocked in, clocked out;
    `missing`: it has begun without a punch, as far as is `known`; `unread`: it began after that moment; `unknown`: no shift is known, or none whose beginning is clocked (who came
    after a morning's leave need not clock in)."""
    away = presence.away_at(person, moment)
    if away is not None:
        return away.kind
    for kind in ("out", "in"):
        punch = punches.get((day.isoformat(), person, kind))
        if punch is not None and punch.at <= moment:
            return "out" if kind == "out" else "in"
    if presence.works(person, day) is False:
        return "rest"
    shift = presence.shift(person, day)
    if shift is None or shift.on is None:
        return "unknown"
    if moment < shift.on:
        return "before"
    if not presence.must_clock_in(shift):
        return "unknown"
    return "missing" if known is not None and shift.on <= known else "unread"
