"""When a bug strikes: the person hears that something went wrong, with a number that the log knows."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2s

from cards.words import apology
from domain.errors import OfficeError
from usecases.notices import say
from usecases.ports import Command, Needs, Office, Outcome, World


def code_of(cause: str) -> str:
    """The number that stands in the log and in the apology."""
    return blake2s(cause.encode(), digest_size=2).hexdigest()


def apologise(command: Command, world: World) -> Outcome:
    """One sentence to whoever wished something; timers have nobody to tell."""
    person = getattr(command, "by", "")
    if not person:
        return Outcome()
    return Outcome(posts=(say(person, command.cause, *apology(code_of(command.cause), world.frame_for(person))),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Apologise:
    """A message could not even be read."""

    message: str
    by: str

    @property
    def cause(self) -> str:
        """The message."""
        return self.message

    def needs(self) -> Needs:
        """The message, once."""
        return Needs(message=self.message)

    def act(self, office: Office, now: datetime) -> Outcome:
        """Say so."""
        return apologise(self, office.world)

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        """It never is."""
        return Outcome()
