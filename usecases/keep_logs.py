"""Logs that were filed on the platform's own form are kept beside those that were written by chatting."""

from dataclasses import dataclass
from datetime import datetime

from domain.errors import OfficeError
from domain.logs import Log
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
        days, people = [one.day for one in self.logs], {one.person for one in self.logs}
        known = set(office.logbook.logs(min(days), max(days), people))
        return Outcome(kept=tuple(one for one in self.logs if one not in known))

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        """Nobody asked for it, nobody is told."""
        return Outcome()
