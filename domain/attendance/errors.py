"""Refusals about what is missing: who may decide it, and what was decided before."""

from domain.errors import OfficeError


class NotHr(OfficeError):
    """Only HR and administrators see and decide what is missing (R-ATT-5)."""

    code = "not_hr"


class NotYourFinding(OfficeError):
    """Nobody decides about what is missing of themselves."""

    code = "not_your_finding"


class FindingDecided(OfficeError):
    """What is missing was decided, or put right, before."""

    code = "finding_decided"

    def __init__(self, by: str, state: str) -> None:
        self.by, self.state = by, state
        super().__init__(f"{state} by {by or 'the office'}")


class NoSuchFinding(OfficeError):
    """The list that was shown last has no such place; or none was shown lately."""

    code = "no_such_finding"
