"""What two people wish of one case at the same moment ends as if one of them had been first."""

import asyncio
import contextlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count, cycle, permutations

import sqlalchemy as sa
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from domain.approvals import commands as c
from domain.approvals import events as e
from domain.approvals.case import Case
from domain.approvals.evolve import evolve_all
from domain.approvals.route import Step
from domain.approvals.turns import as_planned
from domain.errors import OfficeError
from store import tables as t
from store.audit import audit_of
from store.codec import kind_of, payload_of
from store.engine import make_engine
from store.executor import Executor
from store.office import LoadedOffice
from tests.cards.test_cards_agree import world
from tests.domain.test_operations_properties import NOW, filed, run, steps, wish
from usecases.change_case import change_case
from usecases.ports import Change, Needs, Office, Outcome

WORLD = world("plain")
LATER = NOW + timedelta(hours=2)
Told = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A case that has come so far, as if it had always been there."""

    number: str
    events: tuple[e.Event, ...]
    cause: str = "test"

    def needs(self) -> Needs:
        return Needs(cases=(self.number,))

    def act(self, office: Office, now: datetime) -> Outcome:
        return Outcome(changes=(Change(events=self.events, after=evolve_all(None, self.events)),))

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        raise error


@dataclass(frozen=True, slots=True, kw_only=True)
class Wished:
    """Something that somebody wishes of the case."""

    number: str
    command: c.Command
    cause: str = "test"

    def needs(self) -> Needs:
        return Needs(cases=(self.number,))

    def act(self, office: Office, now: datetime) -> Outcome:
        return change_case(office.case(self.number), self.command, office=office, now=now)

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        return Outcome()


def in_turn(nothing: sa.Connection, case: Case, wishes: tuple[c.Command, ...]) -> Told:
    """What happens when they come one after the other; what is refused changes nothing."""
    told: Told = []
    for one in wishes:
        office = LoadedOffice(connection=nothing, now=LATER, world=WORLD, today="20261123", cases={case.number: case})
        with contextlib.suppress(OfficeError):
            for change in Wished(number=case.number, command=one).act(office, LATER).changes:
                told += [(kind_of(happened), payload_of(happened).decode()) for happened in change.events]
                case = change.after
    return told


async def at_once(replicas: list[Executor], case: Case, log: list[e.Event], wishes: tuple[c.Command, ...]) -> Told:
    """What happens when each replica is told one of the wishes at the same moment."""
    await replicas[0].submit(Planted(number=case.number, events=tuple(log)))
    submitted = [
        replica.submit(Wished(number=case.number, command=one))
        for replica, one in zip(cycle(replicas), wishes, strict=False)
    ]
    await asyncio.gather(*submitted)

    def look(connection: sa.Connection) -> Told:
        found = sa.select(t.events.c.kind, t.events.c.payload).where(
            t.events.c.case_number == case.number, t.events.c.seq > case.version
        )
        return [(row.kind, row.payload) for row in connection.execute(found.order_by(t.events.c.seq))]

    return await replicas[0].run(look)


def an_executor(url: str) -> Executor:
    return Executor(engine=make_engine(url), world=WORLD, clock=lambda: LATER)


def test_two_wishes_at_once_end_as_one_after_the_other(database_url: str) -> None:
    """On SQLite in one batch, on PostgreSQL by two replicas."""
    replicas = [an_executor(database_url) for _ in range(1 if database_url.startswith("sqlite") else 2)]
    numbers = count(1)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data(), steps())
    def holds(data: st.DataObject, route: tuple[Step, ...]) -> None:
        case, log = filed(route, "again", as_planned)
        for minutes in range(data.draw(st.integers(0, 6))):
            case = run(case, data.draw(wish(case)), NOW + timedelta(minutes=minutes), log, as_planned)
        assert isinstance(log[0], e.Drafted)
        log[0] = replace(log[0], number=f"QJ-20261123-{next(numbers):03d}")
        case = evolve_all(None, tuple(log))
        wishes = (data.draw(wish(case)), data.draw(wish(case)))
        told = runner.run(at_once(replicas, case, log, wishes))
        orders = [in_turn(nothing, case, order) for order in permutations(wishes)]
        event(f"{len(told)} events, orders {'equal' if orders[0] == orders[1] else 'differ'}")
        assert told in orders

    with asyncio.Runner() as runner, sa.create_engine("sqlite://").connect() as nothing:
        t.metadata.create_all(nothing)
        runner.run(started(replicas))
        try:
            holds()
        finally:
            runner.run(stopped(replicas))
    engine = make_engine(database_url, writer=False)
    assert audit_of(engine)[0] == [], "the chain of hashes holds, and the rows are what the events tell"
    engine.dispose()


async def started(replicas: list[Executor]) -> None:
    for one in replicas:
        one.start()


async def stopped(replicas: list[Executor]) -> None:
    for one in replicas:
        await one.stop()
