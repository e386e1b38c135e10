"""What a job has for each receiver at one of its moments; and the command that gives it to them, once. Pure."""

from dataclasses import dataclass
from datetime import datetime

from domain.errors import OfficeError
from usecases.ports import Kept, Needs, Office, Outcome, Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What `receiver` (a userid, or `cid:` and a group's id) gets: `posts` for whomever, and values to keep.

    `until`: from then on it helps nobody and is left out."""

    receiver: str
    posts: tuple[Post, ...] = ()
    kept: tuple[Kept, ...] = ()
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Carry:
    """What is due to some receivers at one moment of a job: each gets it once, whoever carries it."""

    job: str
    moment: datetime
    dues: tuple[Due, ...]

    @property
    def cause(self) -> str:
        """The job and its moment."""
        return f"job:{self.job}:{self.moment.timestamp():.0f}"

    def needs(self) -> Needs:
        """The row of each receiver: whoever inserts it acts."""
        return Needs(occurrences=tuple((self.job, self.moment, due.receiver) for due in self.dues))

    def act(self, office: Office, now: datetime) -> Outcome:
        """All that is due to those who have not got it."""
        fresh = [due for due in self.dues if office.is_fresh(self.job, self.moment, due.receiver)]
        useful = [due for due in fresh if due.until is None or now < due.until]
        return Outcome(
            posts=tuple(post for due in useful for post in due.posts),
            kept=tuple(value for due in useful for value in due.kept),
        )

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        """Nobody asked for it, nobody is told."""
        return Outcome()
