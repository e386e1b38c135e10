"""A person who types, without a store: the talk and its cases are kept in memory, by the real commands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any, Literal
from zoneinfo import ZoneInfo

from bot import flowfiles, organizationfile
from bot.chat import SAMPLE
from cards.card import Frame
from cards.tracks import track
from domain.approvals.case import Case, Status
from domain.approvals.standins import Standin
from domain.errors import CaseUnknown, OfficeError
from domain.leave.ledger import Entry
from handlers.inbound import File, Message
from handlers.messages import on_message
from language.statutory import statutory_workdays
from usecases.hear import Hear
from usecases.ports import Command, Needs, Outcome, Talk, World
from usecases.show import APPLICANT
from usecases.submit_draft import SubmitDraft

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, 10, tzinfo=ZONE)
PEOPLE = organizationfile.load(SAMPLE)
PACKS = {pack: flowfiles.load(pack) for pack in ("matrix", "classic", "common", "robotics")}


def world_of(pack: str, dialect: Literal["plain", "rich"] = "plain") -> World:
    """The sample company with this pack."""
    frame = Frame(names=PEOPLE.name_of, zone=ZONE, dialect=dialect)
    return World(organization=PEOPLE, flows=PACKS[pack], workdays=statutory_workdays(), frame=frame, home=("深圳",))


@dataclass(slots=True)
class Talker:
    """One person's chat. `heard` is what was understood last, `outcome` what came of it."""

    world: World
    person: str = "lix"
    state: Talk = field(default_factory=Talk)
    cases: dict[str, Case] = field(default_factory=dict)
    heard: Hear | None = None
    outcome: Outcome = field(default_factory=Outcome)
    count: int = 0

    @property
    def calendar(self) -> Any:
        """Nobody has shifts of their own."""
        return SimpleNamespace(workdays_of=lambda person: self.world.workdays)

    def says(self, text: str, *files: str) -> Outcome:
        """The person types this, or sends files."""
        self.count += 1
        sent = tuple(File(kind="picture" if one == "图片" else "file", name=one, code="c") for one in files)
        message = Message(
            robot="r", id=str(self.count), sender=self.person, nick="", conversation="c", group=False, title="",
            text=text, kind="text", said_at=MONDAY, push="p", files=sent,
        )  # fmt: skip
        wish = on_message(message, self.world)
        assert wish is not None
        self.heard = wish
        return self._done(wish)

    def submits(self) -> Outcome:
        """The person taps 提交 on the draft."""
        mine = track(self.draft.number, APPLICANT, self.person)
        return self._done(SubmitDraft(push="s", by=self.person, track=mine))

    def _done(self, command: Command) -> Outcome:
        office: Any = self
        try:
            self.outcome = command.act(office, MONDAY)
        except OfficeError as error:
            self.outcome = command.refused(error, office, MONDAY)
        self.cases |= {one.after.number: one.after for one in self.outcome.changes}
        if self.outcome.talk is not None:
            self.state = self.outcome.talk
        return self.outcome

    @property
    def draft(self) -> Case:
        """The newest case."""
        return self.cases[list(self.cases)[-1]]

    @property
    def values(self) -> Mapping[str, Any]:
        """What its form says."""
        return self.draft.values if self.cases else {}

    @property
    def told(self) -> str:
        """What the bot said last, in words."""
        return "\n".join(str(post.words.params) for post in self.outcome.posts if post.words is not None)

    @property
    def running(self) -> bool:
        """Whether the case was filed."""
        return self.draft.status is Status.RUNNING

    # ── what the commands see ───────────────────────────────────────────────────────────────

    def case(self, number: str) -> Case:
        if number not in self.cases:
            raise CaseUnknown(number)
        return self.cases[number]

    def talk(self, key: str) -> Talk:
        return self.state

    def next_number(self, prefix: str) -> str:
        return f"{prefix}-20261123-{len(self.cases) + 1:03}"

    def my_cases(self, person: str) -> tuple[Any, ...]:
        return ()

    def my_returned(self, person: str) -> str:
        return ""

    def my_drafts(self, person: str) -> tuple[Case, ...]:
        return ()

    @property
    def ledger(self) -> "Talker":
        return self

    def entries(self, people: Iterable[str], *, counting: bool = False) -> Mapping[str, tuple[Entry, ...]]:
        return dict.fromkeys(people, ())

    def bring(self, needs: Needs) -> None:
        return None

    def speaks(self, person: str, language: str) -> None:
        return None

    def my_last(self, person: str) -> str:
        return ""

    def filed(self, person: str, flow: str, since: datetime, *, counting: bool = False) -> tuple[Case, ...]:
        return ()

    def standins(self, people: tuple[str, ...]) -> tuple[Standin, ...]:
        return ()
