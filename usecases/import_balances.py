"""Opening balances are brought in: from their day on, what they say is what is left. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.errors import OfficeError
from domain.leave.ledger import Entry
from usecases.ports import Needs, Office, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportBalances:
    """These opening entries (`domain.leave.accrual.opening`); brought in twice they are the same. Other ones of
    the same person, type and day, with another expiry, are what was corrected: they are worth nothing any more."""

    entries: tuple[Entry, ...]

    @property
    def cause(self) -> str:
        """Somebody beside the bot."""
        return "import:balances"

    def needs(self) -> Needs:
        """Nothing before: the entries name whom they concern."""
        return Needs()

    def act(self, office: Office, now: datetime) -> Outcome:
        """Write them, and what they replace."""
        kept = {one.id: one for one in self.entries}
        days = {(one.person, one.type, one.day) for one in self.entries}
        people = office.ledger.entries({one.person for one in self.entries}, counting=True)
        replaced = (
            replace(one, amount=0)
            for entries in people.values() for one in entries
            if one.source == "opening" and one.id not in kept and (one.person, one.type, one.day) in days
        )  # fmt: skip
        return Outcome(kept=(*kept.values(), *replaced))

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        """Nobody waits for an answer in the chat."""
        return Outcome()
