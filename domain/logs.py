"""Logs (日志): what people wrote of a day, a week, a month, a visit; on which templates, and who may read it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final, Literal

from domain.errors import OfficeError
from domain.people import Organization, Person

Kind = Literal["day", "week", "month", "visit", "things"]
Source = Literal["chat", "form"]
Contents = tuple[tuple[str, str], ...]
DONE: Final = "done"  # what became of one of the day's things; "" while it is open
LATER: Final = "later"
ANYTHING: Final = ("内容",)  # the question of a template that asks none
_NOON: Final = time(12)
_NIGHT: Final = timedelta(hours=5)  # until then what is written is of the day before


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What is asked in a log. Without `departments` it is everybody's, else theirs and of those below them.

    `things`: how many things the list of the morning should have (每日6+事, R-LOG-2); its kind is `things`. `remind`:
    one is expected of whomever it is for, and they are reminded (R-LOG-3)."""

    name: str
    kind: Kind
    questions: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    things: int = 0
    remind: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """What `person` wrote; `day` is the first day of what it tells of. `contents`: questions with their answers.

    Of kind `things` it is the list of the morning: things with what became of them (DONE, LATER, "")."""

    id: str
    person: str
    kind: Kind
    day: date
    template: str
    contents: Contents
    source: Source
    at: datetime
    changed: datetime

    @property
    def newest(self) -> tuple[date, datetime]:
        """Orders logs by what they tell of, then by when they were written."""
        return self.day, self.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """`person` has read the log as it was at that moment (R-LOG-4)."""

    log: str
    person: str
    at: datetime

    @property
    def id(self) -> tuple[str, str]:
        """Its natural key."""
        return self.log, self.person


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What a reader said of a log (R-LOG-4)."""

    id: str
    log: str
    person: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """A log that somebody is being asked for: `kind` and first day, with the `answers` so far, in the order of the
    template's questions. `review`: how the things of the day went is asked."""

    kind: Kind
    template: str
    day: date
    answers: tuple[str, ...] = ()
    review: bool = False


class NoSuchDay(OfficeError):
    """A day was named that no month has, or not this one (0: none was named)."""

    code = "no_such_day"

    def __init__(self, month: int, day: int) -> None:
        self.month, self.day = month, day
        super().__init__(f"there is no day {day} of month {month}")


def day_of(moment: datetime, zone: tzinfo | None) -> date:
    """The day of which one writes at that moment: until five in the morning it is the day before."""
    return (moment.astimezone(zone) - _NIGHT).date()


def period_of(kind: Kind, day: date, back: int = 0) -> date:
    """The first day of the period in which the day lies, or of the one so many periods before. A week begins on Monday,
    also where that is a day of rest; a visit and the day's things are of a day."""
    if kind == "week":
        return day - timedelta(days=day.weekday(), weeks=back)
    if kind == "month":
        months = day.year * 12 + day.month - 1 - back
        return date(months // 12, months % 12 + 1, 1)
    return day - timedelta(days=back)


def may_be_of_before(log: Log, zone: tzinfo | None) -> bool:
    """Whether this log, filed in the first hours of its week or month, may tell of the one that is over: until noon."""
    at = log.at.astimezone(zone)
    return log.kind in ("week", "month") and at.date() == log.day and at.time() < _NOON


def last_day(kind: Kind, first: date) -> date:
    """The last day of the period that begins there."""
    if kind == "week":
        return first + timedelta(days=6)
    return period_of("month", first, -1) - timedelta(days=1) if kind == "month" else first


def template_for(kind: Kind, person: Person, templates: Iterable[Template], among: Organization) -> Template | None:
    """The template on which this person writes such a log: that of the nearest department, else everybody's."""
    own = [one for one in templates if one.kind == kind]
    above = [up.name for number in person.departments for up in among.chain(number)]
    near = [(above.index(name), place) for place, one in enumerate(own) for name in one.departments if name in above]
    if near:
        return own[min(near)[1]]
    return next((one for one in own if not one.departments), None)


def expected(kind: Kind, person: Person, templates: Iterable[Template], among: Organization) -> Template | None:
    """The template on which such a log is expected of this person; None: of them it is not, or nobody would read it."""
    template = template_for(kind, person, templates, among)
    return template if template and template.remind and _above(person, among) else None


def may_read(reader: Person, author: Person, among: Organization) -> bool:
    """Whether this reader may see that author's logs: one's own, of whom one is above, and administrators (R-LOG-4)."""
    return reader.userid == author.userid or reader.admin or reader.userid in _above(author, among)


def people_of(reader: Person, among: Organization) -> tuple[Person, ...]:
    """Whose logs a manager reads: who reports to them, and everybody in the departments that they lead."""
    led = {number for one in among.led_by(reader.userid) for number in among.below(one.id)}
    return tuple(
        one for one in among.people.values()
        if one.userid != reader.userid and (one.manager == reader.userid or led.intersection(one.departments))
    )  # fmt: skip


def merged(old: Contents, new: Contents) -> Contents:
    """What was written, and what is written besides: a second answer stands below the first one."""
    found = dict(old)
    for question, answer in new:
        before = found.get(question, "")
        found[question] = f"{before}\n{answer}" if before and answer else before or answer
    return tuple(found.items())


def unread(logs: Iterable[Log], readings: Sequence[Reading]) -> set[str]:
    """Those that were not read, or were changed afterwards, by id."""
    seen = {one.log: one.at for one in readings}
    return {one.id for one in logs if one.id not in seen or seen[one.id] < one.changed}


def _above(person: Person, among: Organization) -> set[str]:
    """Who stands above somebody: their manager, the leaders of their departments and of those above."""
    manager = {person.manager} if person.manager and among.find(person.manager) else set()
    chain = (up for number in person.departments for up in among.chain(number))
    return (manager | {one.userid for up in chain for one in among.leaders(up)}) - {person.userid}
