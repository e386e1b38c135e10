"""What a job has for each receiver at one of its moments; and the command that gives it to them, once. Pure."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache

from cards.card import Message
from cards.sheets import Sheet
from cards.tracks import words_track
from domain.errors import OfficeError
from domain.reminders import AT_WORK, Settings
from usecases.ports import Kept, Needs, Office, Outcome, Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A file still to be made: a picture from `svg`, or a workbook from `sheets`. A `Message` names it by its `id`."""

    id: str
    name: str = ""
    svg: str = ""
    sheets: tuple[Sheet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A picture or a workbook on its way, kept until it is sent."""

    id: str
    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What `receiver` (a userid, or `cid:` and a group's id) gets: `posts` for whomever, and values to keep.

    `until`: from then on it helps nobody and is left out. `drawings` are made into kept files before the posts go."""

    receiver: str
    posts: tuple[Post, ...] = ()
    kept: tuple[Kept, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    until: datetime | None = None


def due_message(
    job: str, moment: datetime, receiver: str, title: str, text: str, *, until: datetime | None = None
) -> Due:  # fmt: skip
    """Words without a button for one receiver; whoever has the same words gets them in the same call."""
    track = words_track(cause_of(job, moment), receiver)
    post = Post(to=receiver, track=track, message=_message(title, text))
    return Due(receiver=receiver, posts=(post,), until=until)


@lru_cache(1024)  # thousands are told the same
def _message(title: str, text: str) -> Message:
    return Message(title=title, text=text)


@lru_cache(64)
def cause_of(job: str, moment: datetime) -> str:
    """What names a moment of a job wherever something follows from it."""
    return f"job:{job}:{moment.timestamp():.0f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carry:
    """What is due to some receivers at one moment of a job: each gets it once, whoever carries it."""

    job: str
    moment: datetime
    dues: tuple[Due, ...]

    @property
    def cause(self) -> str:
        """The job and its moment."""
        return cause_of(self.job, self.moment)

    def needs(self) -> Needs:
        """The row of each receiver: whoever inserts it acts."""
        return Needs(job=self.job, moment=self.moment, receivers=tuple(due.receiver for due in self.dues))

    def act(self, office: Office, now: datetime) -> Outcome:
        """All that is due to those who have not got it."""
        first = office.fresh(self.job, self.moment)
        fresh = [due for due in self.dues if due.receiver in first]
        wishes = office.settings({due.receiver for due in fresh})
        zone, usual = office.world.frame.zone, None if self.job in AT_WORK else office.world.quiet
        day, workdays = self.moment.astimezone(zone).date(), office.world.workdays
        posts: list[Post] = []
        for due in fresh:
            wish = wishes.get(due.receiver) or Settings(person=due.receiver)
            after = None if due.receiver.startswith("cid:") else wish.waits_until(now.astimezone(zone), usual)
            if wish.wants(self.job, day, workdays) and (due.until is None or (after or now) < due.until):
                posts += [replace(post, after=after) for post in due.posts] if after else due.posts
        return Outcome(posts=tuple(posts), kept=tuple(value for due in fresh for value in due.kept))

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        """Nobody asked for it, nobody is told."""
        return Outcome()
