"""What a batch of commands has loaded, and what they have changed so far: the unit of work, in memory."""

from collections import ChainMap
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa

from cards.words import Summary
from domain.approvals.case import Case, Status
from domain.approvals.standins import Standin
from domain.attendance.presence import Away
from domain.errors import CaseUnknown
from domain.reminders import Settings
from store import queries, settings, standins, usage
from store import tables as t
from store.calendar import LoadedCalendar
from store.caseload import LoadedCaseload
from store.codec import case_from, from_ms, to_ms
from store.findings import LoadedFindings
from store.ledger import LoadedLedger
from store.logs import LoadedLogbook
from store.rows import insert_new, locked
from store.versions import learn
from usecases.books import Waiting
from usecases.heard import FRESH
from usecases.ports import Needs, Talk, World
from usecases.progress import summary


@dataclass(slots=True)
class LoadedOffice:
    """The `Office` of usecases.ports over rows read in this transaction."""

    connection: sa.Connection
    now: datetime
    world: World
    today: str
    cases: dict[str, Case] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    talks: dict[str, Talk] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)
    lists: dict[tuple[str, str], tuple[Case, ...]] = field(default_factory=dict)
    counted: set[str] = field(default_factory=set)
    last: dict[str, str] = field(default_factory=dict)
    returned: dict[str, str] = field(default_factory=dict)
    awaiting: dict[str, tuple[str, ...]] = field(default_factory=dict)
    more: dict[str, int] = field(default_factory=dict)
    noted: dict[str, Standin] = field(default_factory=dict)
    spoken: dict[str, str] = field(default_factory=dict)  # the languages that this batch has changed
    first: dict[tuple[str, int], set[str]] = field(default_factory=dict)  # whom this batch is the first to give what
    kept: dict[type, dict[Any, Any]] = field(default_factory=dict)  # values that this batch keeps, by their keys
    _sitting: dict[str, dict[str, Standin]] = field(default_factory=dict)
    _anybody: bool | None = None

    def fresh(self, job: str, moment: datetime) -> Collection[str]:
        """Whose row this batch inserted."""
        return self.first.get((job, to_ms(moment)), ())

    def settings(self, people: Iterable[str]) -> Mapping[str, Settings]:
        """What these people wish of reminders, those who wish anything."""
        return ChainMap(self.kept.get(Settings, {}), settings.of_people(self.connection, people))

    def spent(self, month: str) -> Mapping[str, int]:
        """The calls and messages of that month."""
        return usage.of_month(self.connection, month)

    def waiting(self) -> tuple[Waiting, ...]:
        """For whom cases wait."""
        rows = self.connection.execute(queries.WAITING_FOR)
        return tuple(Waiting(person=row.person, cases=row.cases, since=from_ms(row.since_ms)) for row in rows)

    @property
    def calendar(self) -> LoadedCalendar:
        """Who works when, who is away, who clocked in."""
        return LoadedCalendar(connection=self.connection, world=self.world, kept=self.kept)

    @property
    def caseload(self) -> LoadedCaseload:
        """How many cases were filed and decided, and what waits."""
        return LoadedCaseload(connection=self.connection)

    @property
    def findings(self) -> LoadedFindings:
        """What is missing, for HR."""
        return LoadedFindings(connection=self.connection, kept=self.kept, changed=self.cases)

    @property
    def ledger(self) -> LoadedLedger:
        """What leave was granted, reserved, taken."""
        return LoadedLedger(connection=self.connection, kept=self.kept)

    @property
    def logbook(self) -> LoadedLogbook:
        """What people wrote of their days."""
        return LoadedLogbook(connection=self.connection, kept=self.kept)

    def bring(self, needs: Needs) -> None:
        """Load what turned out to be needed only now."""
        _bring(self, [needs])

    def __post_init__(self) -> None:
        self.world = replace(self.world, spoken=ChainMap(self.spoken, self.world.spoken))

    def speaks(self, person: str, language: str) -> None:
        """Noted where it is another language than before."""
        if language != self.world.spoken.get(person, self.world.frame.language):
            self.spoken[person] = language

    def case(self, number: str) -> Case:
        """The case as the commands before left it. Raises CaseUnknown."""
        try:
            return self.cases[number]
        except KeyError:
            raise CaseUnknown(number) from None

    def talk(self, key: str) -> Talk:
        """Where the conversation stands."""
        return self.talks.get(key) or Talk()

    def next_number(self, prefix: str) -> str:
        """The next case number of today for this prefix."""
        counter = f"{prefix}-{self.today}"
        self.counted.add(counter)
        if counter not in self.counters:
            self.counters |= _numbers(self.connection, {counter})
        self.counters[counter] = self.counters.get(counter, 0) + 1
        return f"{counter}-{self.counters[counter]:03d}"

    def my_cases(self, person: str) -> tuple[Summary, ...]:
        """The person's newest cases."""
        return self._listed("my_cases", person)

    def filed(self, person: str, flow: str, since: datetime, *, counting: bool = False) -> tuple[Case, ...]:
        """The person's cases of this flow that stand, with what this batch has done to them."""
        if counting:
            _numbers(self.connection, {f"limit:{flow}:{person}"})  # on PostgreSQL whoever counts does so alone
        rows = self.connection.execute(queries.FILED, {"person": person, "flow": flow, "since": to_ms(since)})
        found = {case.number: case for case in (case_from(row.state) for row in rows)}
        found |= {number: case for number, case in self.cases.items() if case.applicant == person and case.flow == flow}
        return tuple(case for case in found.values() if case.status in queries.STANDING)

    def my_returned(self, person: str) -> str:
        """The person's newest case that waits to be corrected."""
        return self.returned.get(person, "")

    def my_drafts(self, person: str) -> tuple[Case, ...]:
        """What the person has not filed yet, newest first, with what this batch has made and done."""
        drafts = (case for case in self.cases.values() if case.applicant == person and case.status is Status.DRAFT)
        fresh = (case for case in drafts if case.created_at > self.now - FRESH)
        return tuple(sorted(fresh, key=lambda case: (case.created_at, case.number), reverse=True))

    def my_last(self, person: str) -> str:
        """The running case that the person approved last."""
        return self.last.get(person, "")

    def my_tasks(self, person: str) -> tuple[Summary, ...]:
        """What waits for the person."""
        return self._listed("my_tasks", person)

    def _listed(self, which: str, person: str) -> tuple[Summary, ...]:
        frame = self.world.frame_for(person)
        return tuple(summary(case, frame) for case in self.lists.get((which, person), ()))

    def more_tasks(self, person: str) -> int:
        """How many more wait than the list shows."""
        return self.more.get(person, 0)

    def tasks_of(self, person: str) -> tuple[str, ...]:
        """The cases that wait for the person."""
        return self.awaiting.get(person, ())

    def standins(self, people: tuple[str, ...]) -> tuple[Standin, ...]:
        """Who sits in for these people; those not looked up yet by one query, if there is anybody at all."""
        if self._anybody is None:
            self._anybody = standins.anybody(self.connection, to_ms(self.now))
        if not self._anybody and not self.noted and Away not in self.kept:
            return ()
        if unknown := {person for person in people if person not in self._sitting}:
            self._sitting |= {person: {} for person in unknown}
            for row in standins.of_people(self.connection, unknown, to_ms(self.now)):
                self._sitting[row.person][row.id] = row
        found: dict[str, Standin | None] = {r.id: r for person in people for r in self._sitting[person].values()}
        found |= {key: row for key, row in self._changed() if row is None or row.person in people}
        return tuple(row for row in found.values() if row is not None and row.end > self.now)

    def standins_to(self, person: str) -> tuple[Standin, ...]:
        """For whom the person sits in."""
        rows = standins.to_person(self.connection, person, to_ms(self.now))
        found: dict[str, Standin | None] = {row.id: row for row in rows}
        found |= dict(self._changed())
        return tuple(row for row in found.values() if row and row.deputy == person and row.end > self.now)

    def _changed(self) -> Iterable[tuple[str, Standin | None]]:
        """What this batch has changed of it, by id; None: nobody sits in any more."""
        yield from self.noted.items()
        yield from ((key, standins.on_leave(one)) for key, one in self.kept.get(Away, {}).items())


def load(connection: sa.Connection, world: World, needs: Iterable[Needs], now: datetime) -> LoadedOffice:
    """Read (and on PostgreSQL lock, in a fixed order) all that these commands need."""
    office = LoadedOffice(
        connection=connection, now=now, world=world, today=f"{now.astimezone(world.frame.zone):%Y%m%d}"
    )
    _bring(office, list(needs))
    return office


def _bring(office: LoadedOffice, needs: list[Needs]) -> None:
    """Read what is needed and not here yet: what is here may have changed in this batch."""
    connection = office.connection
    counters = {f"{prefix}-{office.today}" for need in needs for prefix in need.counters}
    office.counters |= _numbers(connection, counters - office.counters.keys())
    office.talks |= _talks(connection, {need.talk for need in needs if need.talk} - office.talks.keys())
    wanted = {number for need in needs for number in need.cases}
    showing = {need.talk for need in needs if need.shown}
    wanted |= {number for person in showing for number, _ in office.talks[person].listed}
    for person in showing & {need.my_tasks for need in needs}:  # 待我审批 and 全部同意 in one batch
        wanted |= set(connection.scalars(sa.select(queries.NEWEST.c.case_number), {"person": person}))
    wanted |= {talk.case for talk in office.talks.values() if talk.case}
    for need in needs:
        wanted |= _found(office, need)
    _cases(connection, office, wanted - office.cases.keys())
    office.standins(tuple({person for case in office.cases.values() for person in _next(case)}))
    for need in needs:
        if need.my_cases:
            office.lists["my_cases", need.my_cases] = _list(connection, queries.MINE, need.my_cases)
        if need.my_tasks:
            listed = _list(connection, queries.WAITING, need.my_tasks)
            office.lists["my_tasks", need.my_tasks] = listed
            if len(listed) == queries.LISTED:
                counted = connection.scalar(queries.COUNT, {"person": need.my_tasks}) or 0
                office.more[need.my_tasks] = counted - queries.LISTED


def _found(office: LoadedOffice, need: Needs) -> set[str]:
    """The cases that a query finds for a person."""
    connection = office.connection
    if need.my_last:
        office.last[need.my_last] = connection.scalar(queries.LAST, {"person": need.my_last}) or ""
    if need.my_returned:
        office.returned[need.my_returned] = connection.scalar(queries.RETURNED, {"person": need.my_returned}) or ""
    since = {"person": need.my_drafts, "since": to_ms(office.now - FRESH)}
    drafts = connection.scalars(queries.DRAFTS, since).all() if need.my_drafts else ()
    if need.tasks_of:
        office.awaiting[need.tasks_of] = tuple(connection.scalars(queries.AWAITING, {"person": need.tasks_of}))
    single = (office.last.get(need.my_last, ""), office.returned.get(need.my_returned, ""))
    several = (*drafts, *office.awaiting.get(need.tasks_of, ()))
    return {number for number in (*single, *several) if number}


def _numbers(connection: sa.Connection, ids: set[str]) -> dict[str, int]:
    if not ids:
        return {}
    insert_new(connection, t.counters, [{"id": name, "value": 0} for name in ids])  # so that there is a row to lock
    return {row[0]: row[1] for row in locked(connection, t.counters, ids, "id", "value")}


def _talks(connection: sa.Connection, ids: set[str]) -> dict[str, Talk]:
    if not ids:
        return {}
    insert_new(connection, t.talks, [{"id": name, "focus": "{}", "updated_ms": 0} for name in ids])
    rows = locked(connection, t.talks, ids, "id", "focus")
    return {key: msgspec.json.decode(focus, type=Talk) for key, focus in rows}


def _cases(connection: sa.Connection, office: LoadedOffice, numbers: set[str]) -> None:
    if not numbers:
        return
    for number, head, state in locked(connection, t.cases, numbers, "number", "head", "state"):
        office.cases[number] = case_from(state)
        office.heads[number] = head
    learn(connection, office.world, office.cases.values())


def _next(case: Case) -> tuple[str, ...]:
    """Whom the case may ask next."""
    place = None if case.current is None else case.current + 1
    return () if place is None or place == len(case.steps) else case.steps[place].people


def _list(connection: sa.Connection, which: sa.Select[Any], person: str) -> tuple[Case, ...]:
    return tuple(case_from(row.state) for row in connection.execute(which, {"person": person}))
