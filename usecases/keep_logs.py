"""Logs that were filed on the platform's own form are kept beside those that were written by chatting."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from domain.errors import OfficeError
from domain.logs import Log, may_be_of_before, period_of
from usecases.ports import Needs, Office, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepLogs:
    """These were read; what is known already as it is stays untouched."""

    logs: tuple[Log, ...]
    cause: str = "reports"

    def needs(self) -> Needs:
        """Nothing: each replaces what was read before under its id."""
        return Needs()

    def act(self, office: Office, now: datetime) -> Outcome:
        """Keep those that are new or changed."""
        if not self.logs:
            return Outcome()
        found: dict[str, Log] = {}
        people, zone = {one.person for one in self.logs}, office.world.frame.zone
        days = [one.day for one in self.logs] + [period_of(one.kind, one.day, 1) for one in self.logs]
        known = {one.id: one for one in office.logbook.logs(min(days), max(days), people)}
        for one in sorted(self.logs, key=lambda one: (one.at, one.id)):
            log = replace(one, day=_day(one, {**known, **found}, zone))
            if log != known.get(log.id):
                found[log.id] = log
        return Outcome(kept=tuple(found.values()))

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        """Nobody asked for it, nobody is told."""
        return Outcome()


def _day(log: Log, known: Mapping[str, Log], zone: tzinfo) -> date:
    """The first day of what it tells of: that under which it is known; on Monday morning the week before, of which
    nothing was written yet."""
    if log.id in known:
        return known[log.id].day
    before = period_of(log.kind, log.day, 1)
    written = any((one.person, one.kind, one.day) == (log.person, log.kind, before) for one in known.values())
    return before if may_be_of_before(log, zone) and not written else log.day
