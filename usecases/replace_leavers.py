"""Somebody has left while a case waits for them: others take the seat (R-OA-10)."""

from dataclasses import dataclass
from datetime import datetime

from domain.errors import OfficeError
from usecases.change_case import change_case
from usecases.ports import Needs, Office, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceLeavers:
    """Look at one case again, for the organisation has changed."""

    case: str

    @property
    def cause(self) -> str:
        """The directory."""
        return "directory"

    def needs(self) -> Needs:
        """The case."""
        return Needs(cases=(self.case,))

    def act(self, office: Office, now: datetime) -> Outcome:
        """Every change of a case replaces who has left; this one does nothing else."""
        return change_case(office.case(self.case), office=office, now=now)

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        """Nobody waits for an answer."""
        return Outcome()
