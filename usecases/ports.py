"""What a command may ask for and what it may answer: the contract between the use cases and the executor."""

from collections.abc import Collection, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from gettext import NullTranslations
from typing import Any, Protocol

from cards.card import Card, Frame, Message
from cards.log_templates import USUAL
from cards.offers import Offer
from cards.words import Summary
from domain.approvals.case import Case
from domain.approvals.events import Event
from domain.approvals.flow import Flow
from domain.approvals.standins import Standin
from domain.attendance.rules import Attendance, AttendanceRules
from domain.budget import Budget
from domain.calendar import Workdays
from domain.errors import OfficeError
from domain.groups import Group
from domain.leave.rules import STATUTORY, LeaveRule
from domain.logs import Template, Writing
from domain.people import Organization
from domain.reminders import Quiet, Settings
from usecases.books import Calendar, Caseload, Findings, Ledger, Logbook, Waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What every command sees and none changes: the organisation, the flows, days off, and how cards are drawn.

    Holders of the posts `file_for_others` may file for anybody. `older` are versions of flows (id and version) that
    loaded cases follow still; the store adds them as it meets them, None for one that it does not have. `frame` is the
    company's; `tongues` are the languages that can be said, and `spoken` the language in which somebody writes where
    that is another than the company's, by userid; the store fills it."""

    organization: Organization
    flows: Mapping[str, Flow]
    workdays: Workdays
    frame: Frame
    file_for_others: tuple[str, ...] = ()
    older: MutableMapping[tuple[str, str], Flow | None] = field(default_factory=dict)
    home: tuple[str, ...] = ()  # the cities in which the company sits (R-TRIP-1)
    groups: tuple[Group, ...] = ()  # those that hear of the office
    attendance_rules: AttendanceRules = field(default_factory=AttendanceRules)
    attendance: Attendance = field(default_factory=Attendance)
    leave: Mapping[str, LeaveRule] = field(default_factory=lambda: {rule.type: rule for rule in STATUTORY})
    logs: tuple[Template, ...] = USUAL  # on which people write their logs
    quiet: Quiet | None = None  # when nobody is reminded who has not said otherwise
    budget: Budget = field(default_factory=Budget)  # what the platform allows in a month
    tongues: Mapping[str, NullTranslations] = field(default_factory=dict)
    spoken: MutableMapping[str, str] = field(default_factory=dict)

    @property
    def operator(self) -> str:
        """In whose name the platform's attendance is read; "" where the company has no administrator."""
        return self.attendance.operator or next((one.userid for one in self.organization.admins), "")

    def frame_for(self, person: str) -> Frame:
        """In the language in which this person writes; for a group, and for who has not written yet, the company's."""
        language = self.spoken.get(person, self.frame.language)
        if language == self.frame.language or language not in self.tongues:
            return self.frame
        return replace(self.frame, language=language, tongue=self.tongues[language])


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Where a person's conversation with the bot stands.

    `case` is the draft at hand, `asked` what was asked about it: a field's id, or "" when nothing was asked. Or
    `case` waits for the words of what somebody wants to do there: a `verb` (reject, transfer, …) at a `step`.
    `said` keeps the words that the draft was made from, its days at `said_ms`, so that an answer can be read
    together with them. `listed` are the cases of the list 待我审批 as it was shown last, at `shown_ms`, each with the
    step at which it stood; they outlive what is at hand. So do `findings`, by id,
    that HR was shown last, at `findings_ms`. `offers` are the answers that the card `question` offers
    by buttons. `writing` is a log that is being asked for, beside all that."""

    case: str = ""
    asked: str = ""
    verb: str = ""
    step: str = ""
    said: str = ""
    said_ms: int = 0
    since_ms: int = 0
    listed: tuple[tuple[str, str], ...] = ()
    shown_ms: int = 0
    findings: tuple[str, ...] = ()
    findings_ms: int = 0
    question: str = ""
    offers: tuple[Offer, ...] = ()
    writing: Writing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What a command needs loaded, or done once.

    `message` is the inbox id of what came in: a repeat ends there. `timer` is the row that fired: whoever deletes it
    acts. The case in a talk's focus is loaded with it, for `shown` also the list. `counters` are prefixes of case
    numbers. `my_last`: the running case that this person approved last; `my_returned`: their newest
    case that waits to be corrected; `my_drafts`: what they have not filed yet; `tasks_of`: the cases that wait for
    them. `receivers` get something at this `moment` of a `job`, each once."""

    message: str = ""
    timer: str = ""
    talk: str = ""
    shown: bool = False
    cases: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()
    my_cases: str = ""
    my_tasks: str = ""
    my_last: str = ""
    my_returned: str = ""
    my_drafts: str = ""
    tasks_of: str = ""
    job: str = ""
    moment: datetime | None = None
    receivers: tuple[str, ...] = ()


class Office(Protocol):
    """What was loaded, as the commands of one batch see it: each sees what the ones before it did."""

    world: World

    @property
    def calendar(self) -> Calendar:
        """Who works when, who is away, who clocked in."""

    @property
    def caseload(self) -> Caseload:
        """How many cases were filed and decided, and what waits."""

    @property
    def findings(self) -> Findings:
        """What is missing, for HR."""

    @property
    def ledger(self) -> Ledger:
        """What leave was granted, reserved, taken."""

    @property
    def logbook(self) -> Logbook:
        """What people wrote of their days."""

    def bring(self, needs: Needs) -> None:
        """Load what turned out to be needed only now (cases, lists): words that a question had offered."""

    def fresh(self, job: str, moment: datetime) -> Collection[str]:
        """Which of the receivers that the command named in its needs get that from this batch first."""

    def settings(self, people: Iterable[str]) -> Mapping[str, Settings]:
        """What these people wish of reminders, those who wish anything."""

    def waiting(self) -> tuple[Waiting, ...]:
        """For whom cases wait, in the order of their ids."""

    def spent(self, month: str) -> Mapping[str, int]:
        """The calls and messages of that month (2026-09), as far as they are written down."""

    def speaks(self, person: str, language: str) -> None:
        """From now on things are said to this person in this language."""

    def case(self, number: str) -> Case:
        """The case. Raises CaseUnknown."""

    def talk(self, key: str) -> Talk:
        """The talk; an empty one for who has not talked yet."""

    def next_number(self, prefix: str) -> str:
        """The next case number of today, `QJ-20261123-007`, for a prefix that the command named in its needs."""

    def my_cases(self, person: str) -> tuple[Summary, ...]:
        """The person's newest cases, newest first (at most 20)."""

    def my_returned(self, person: str) -> str:
        """The number of the person's newest case that waits to be corrected, or ""."""

    def my_drafts(self, person: str) -> tuple[Case, ...]:
        """The person's drafts of the last day that are not filed, the newest first."""

    def filed(self, person: str, flow: str, since: datetime, *, counting: bool = False) -> tuple[Case, ...]:
        """The person's cases of this flow, made since then, that are running, returned or approved. `counting`: nobody
        else counts them meanwhile."""

    def my_last(self, person: str) -> str:
        """The number of the running case that the person's newest decision approved, or ""."""

    def my_tasks(self, person: str) -> tuple[Summary, ...]:
        """The cases that wait for the person, newest first (at most 20)."""

    def more_tasks(self, person: str) -> int:
        """How many more wait than that list has (no more than 100 are counted)."""

    def tasks_of(self, person: str) -> tuple[str, ...]:
        """The numbers of the cases that wait for the person, the oldest first (at most 50)."""

    def standins(self, people: tuple[str, ...]) -> tuple[Standin, ...]:
        """Who sits in for these people, now or later: whom they named, and who is on leave, also without anybody."""

    def standins_to(self, person: str) -> tuple[Standin, ...]:
        """For whom this person sits in, now or later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Events of one case and the state after them."""

    events: tuple[Event, ...]
    after: Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A card that somebody shall see: `to` is a userid, or `cid:` and a group's openConversationId.

    A case's card (`words` None) is drawn when it is sent, from the case as it is then: never older than `version`.
    A `message` is no card: all who have the same one are sent it together, and none of them twice. `after`: not before
    that moment."""

    to: str
    track: str
    version: int = 1
    words: Card | None = None
    message: Message | None = None
    after: datetime | None = None


class Kept(Protocol):
    """A value that the store keeps in a table of its own (store/kept.py); a newer one replaces that of the same id."""

    @property
    def id(self) -> Any:
        """Its natural key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """Look at `subject` again at `due`; `id` is its natural key."""

    id: str
    due: datetime
    kind: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the tapper gets back at once. `private`: only they see it (the card is not theirs)."""

    to: str
    card: Card
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """All that follows from one command; the executor writes it in the batch's transaction.

    A case is changed once at most. `standins` are kept, or replace those of their ids; so are all other values that
    the store keeps (`kept`)."""

    changes: tuple[Change, ...] = ()
    standins: tuple[Standin, ...] = ()
    kept: tuple[Kept, ...] = ()
    talk: Talk | None = None
    posts: tuple[Post, ...] = ()
    timers: tuple[Timer, ...] = ()
    answer: Answer | None = None

    def after(self, case: Case) -> Case:
        """The case as this leaves it."""
        return next((change.after for change in self.changes if change.after.number == case.number), case)


class Command(Protocol):
    """A wish: a frozen value that knows what it needs and what follows from it."""

    @property
    def cause(self) -> str:
        """Where the wish came from; every event it leads to names it."""

    def needs(self) -> Needs:
        """What must be loaded before `act`."""

    def act(self, office: Office, now: datetime) -> Outcome:
        """What follows. Raises OfficeError for a refusal."""

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        """What the person is told when `act` refuses."""
