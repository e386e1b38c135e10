"""The sample company at work: its people's wishes as the product's own commands, and cases that wait for a tap."""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import cycle
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bench.tapper import Tap
from bot import flowfiles, organizationfile
from bot.directory import organization_text
from bot.logs import set_up
from cards.card import Frame
from cards.tracks import track
from domain.approvals.case import Case, Status
from domain.approvals.events import Drafted
from domain.approvals.evolve import evolve
from domain.approvals.flow import Flow
from domain.approvals.values import Value
from domain.errors import OfficeError
from domain.people import Organization, Person
from handlers.inbound import Message
from handlers.messages import on_message
from language.statutory import statutory_workdays
from store import snapshots
from store import tables as t
from store.engine import make_engine
from store.executor import Executor
from store.migrate import upgrade
from usecases.act import Act
from usecases.ports import Change, Command, Needs, Office, Outcome, World
from usecases.submit_draft import SubmitDraft

SAMPLE = Path(__file__).parent.parent / "sample" / "company.json"
ZONE = ZoneInfo("Asia/Shanghai")
SENTENCE = "我明天下午请半天病假，去医院复查"
MONDAY = datetime(2026, 11, 23, 10, tzinfo=ZONE)
TOGETHER = 480  # commands handed in at once while cases are prepared


def an_executor(url: str, pack: str = "matrix") -> Executor:
    """The product's executor over this database (which gets its tables), for the sample company and these flows."""
    set_up(logging.WARNING)
    upgrade(url)
    organization = organizationfile.load(SAMPLE)
    frame = Frame(names=organization.name_of, zone=ZONE, dialect="plain")
    flows = flowfiles.load(pack)
    world = World(organization=organization, flows=flows, workdays=statutory_workdays(), frame=frame)
    return Executor(engine=make_engine(url), world=world)


def employ(executor: Executor, userids: Iterable[str]) -> None:
    """More people for the company."""
    world = executor.world
    old = world.organization
    new = [Person(userid=userid, name=f"员工{place}", departments=(51,)) for place, userid in enumerate(userids)]
    organization = Organization(people=[*old.people.values(), *new], departments=old.departments.values())
    frame = replace(world.frame, names=organization.name_of)
    executor.world = replace(world, organization=organization, frame=frame)


def applicants(world: World) -> list[str]:
    """Those who lead nobody: their leave goes to two others."""
    return sorted(person.userid for person in world.organization.people.values() if not person.leads)


def wish(world: World, person: str, number: int) -> Command:
    """The sentence, said by this person."""
    return said(world, person, SENTENCE, str(number))


def said(world: World, person: str, text: str, message: str) -> Command:
    """What this person said in private; `message` is its id."""
    command = on_message(
        Message(
            robot="bench", id=message, sender=person, nick=person, conversation=f"cid{person}", group=False,
            title="", text=text, said_at=MONDAY, kind="text", push=message,
        ),
        world,
    )  # fmt: skip
    assert command is not None
    return command


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A draft that says everything already, as a chat would have left it."""

    flow: Flow
    by: str
    values: Mapping[str, Value]
    cause: str = "m:bench"

    def needs(self) -> Needs:
        """A number."""
        return Needs(counters=(self.flow.prefix,))

    def act(self, office: Office, now: datetime) -> Outcome:
        """The draft."""
        number = office.next_number(self.flow.prefix)
        drafted = Drafted(
            by=self.by, at=now, number=number, flow=self.flow.id, title=self.flow.title, values=self.values
        )
        return Outcome(changes=(Change(events=(drafted,), after=evolve(None, drafted)),))

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        """Nothing may be refused here."""
        raise error


def filing(number: str, applicant: str) -> Command:
    """提交 on the draft."""
    return SubmitDraft(push=f"submit:{number}", by=applicant, track=track(number, "a", applicant))


def approval(case: Case) -> Command:
    """同意 by the first of those who are awaited."""
    assert case.step is not None
    person = case.waiting_for()[0]
    card = track(case.number, f"s{case.step.id}", person)
    return Act(push=f"approve:{card}", by=person, track=card, verb="approve")


@dataclass(slots=True)
class Watched:
    """A command that keeps the case as it left it."""

    command: Command
    case: Case | None = None

    @property
    def cause(self) -> str:
        """The command's."""
        return self.command.cause

    def needs(self) -> Needs:
        """The command's."""
        return self.command.needs()

    def act(self, office: Office, now: datetime) -> Outcome:
        """The command's."""
        outcome = self.command.act(office, now)
        self.case = outcome.changes[0].after if outcome.changes else None
        return outcome

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        """Nothing may be refused here."""
        raise error


async def step(executor: Executor, command: Command) -> Case:
    """Carry it out durably; the case afterwards."""
    watched = Watched(command)
    await executor.submit(watched)
    assert watched.case is not None, command
    return watched.case


async def whole_case(executor: Executor, person: str, number: int) -> Case:
    """From the sentence to the end."""
    case = await step(executor, wish(executor.world, person, number))
    case = await step(executor, filing(case.number, person))
    while case.status is Status.RUNNING:
        case = await step(executor, approval(case))
    assert case.status is Status.APPROVED and case.cc
    return case


async def running_cases(url: str, count: int) -> list[Tap]:
    """Fill a database with leave cases whose cards have all been delivered: the taps of their first approvers.

    It holds the organisation as well, so that the bot can start from it."""
    executor = an_executor(url)
    executor.start()
    try:
        people = cycle(applicants(executor.world))
        for first in range(0, count, TOGETHER):
            numbers = range(first, min(first + TOGETHER, count))
            await asyncio.gather(*(executor.submit(wish(executor.world, next(people), number)) for number in numbers))
            drafts = await executor.run(_drafts)
            await asyncio.gather(*(executor.submit(filing(*draft)) for draft in drafts))
        await keep_organization(executor)
        await executor.run(delivered)
        return await executor.run(_first_taps)
    finally:
        await executor.stop()


async def keep_organization(executor: Executor) -> None:
    """The bot starts from it."""
    text = organization_text(executor.world.organization)
    await executor.run(lambda connection: snapshots.save(connection, "organization", text, 0))


def _drafts(connection: sa.Connection) -> list[tuple[str, str]]:
    rows = connection.execute(sa.select(t.cases.c.number, t.cases.c.applicant).where(t.cases.c.status == "draft"))
    return [(row.number, row.applicant) for row in rows]


def delivered(connection: sa.Connection) -> None:
    """Every card has arrived."""
    connection.execute(sa.update(t.outbox).values(sent_version=t.outbox.c.version))


def _first_taps(connection: sa.Connection) -> list[Tap]:
    rows = connection.execute(
        sa.select(t.tasks.c.case_number, t.tasks.c.step, sa.func.min(t.tasks.c.person).label("person"))
        .where(t.tasks.c.state == "open")
        .group_by(t.tasks.c.case_number, t.tasks.c.step)
    )
    return [Tap(track=track(row.case_number, f"s{row.step}", row.person), by=row.person) for row in rows]
