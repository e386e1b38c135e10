"""A case: what has happened to one filled form on its way, and what may happen next. Pure: no clock, no I/O."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Literal, TypeVar, assert_never

from domain.approvals.commands import Command, Decide, Expire, Fill, Submit, Urge, Verdict, Withdraw
from domain.approvals.events import (
    Approved,
    Drafted,
    Event,
    Expired,
    Filled,
    Finished,
    Rejected,
    StepOpened,
    Submitted,
    Urged,
    Value,
    Withdrawn,
)
from domain.approvals.route import Step
from domain.errors import (
    AlreadyDecided,
    CaseClosed,
    NotDraft,
    NotYours,
    NotYourTurn,
    ReasonMissing,
    UrgedLately,
)

URGE_PAUSE = timedelta(hours=1)
V = TypeVar("V", "Task", "Case")


class Status(StrEnum):
    """The states of a case, as the card param `status` names them (spec: conversation.md)."""

    DRAFT = "draft"
    RUNNING = "running"
    APPROVED = "approved"
    REJECTED = "rejected"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, kw_only=True)
class Task:
    """One person's part in one step. `closed`: it was decided without this person (或签, rejection, withdrawal)."""

    step: str
    person: str
    state: Literal["waiting", "open", "approved", "rejected", "closed"]
    since: datetime | None = None  # when it was opened
    at: datetime | None = None  # when it was decided
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Case:
    """The present state of a case; `version` counts its events, so it only grows."""

    number: str
    flow: str
    flow_version: str
    title: str
    applicant: str
    status: Status
    version: int
    created_at: datetime
    values: Mapping[str, Value]
    notes: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    cc: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    current: int | None = None
    tasks: tuple[Task, ...] = ()
    submitted_at: datetime | None = None
    closed_at: datetime | None = None
    closing_words: str = field(default="")
    urged_at: datetime | None = None

    @property
    def step(self) -> Step | None:
        """The step that waits for a decision, or None."""
        return None if self.current is None else self.steps[self.current]

    def waiting_for(self) -> tuple[str, ...]:
        """The people whose decision is awaited now."""
        return tuple(task.person for task in self.tasks if task.state == "open")

    def tasks_of(self, step: str) -> tuple[Task, ...]:
        """All tasks of one step, in the order of its people."""
        return tuple(task for task in self.tasks if task.step == step)

    def task(self, step: str, person: str) -> Task | None:
        """The person's task in that step, if there is one."""
        return next((task for task in self.tasks if task.step == step and task.person == person), None)


def decide(case: Case, command: Command, now: datetime) -> tuple[Event, ...]:
    """What follows from a command, or a refusal (an `OfficeError`): the same case, command and time give the same."""
    match command:
        case Fill():
            _draft_of(case, command.by)
            return (Filled(by=command.by, at=now, values=command.values, notes=command.notes),)
        case Submit():
            return _submit(case, command, now)
        case Decide():
            return _decide(case, command, now)
        case Withdraw():
            _owned_by(case, command.by)
            if case.status not in (Status.DRAFT, Status.RUNNING, Status.RETURNED):
                raise CaseClosed(case.status)
            return (Withdrawn(by=command.by, at=now, words=command.words),)
        case Urge():
            return _urge(case, command.by, now)
        case Expire():
            return (Expired(by="", at=now),) if case.status is Status.DRAFT else ()
        case _:
            assert_never(command)


def evolve(case: Case | None, event: Event) -> Case:
    """The state after one event; only `Drafted` may come to no case at all."""
    if isinstance(event, Drafted):
        return Case(
            number=event.number, flow=event.flow, flow_version="", title=event.title, applicant=event.by,
            status=Status.DRAFT, version=1, created_at=event.at, values=event.values, notes=event.notes,
        )  # fmt: skip
    assert case is not None, "a case begins with Drafted"
    return _with(case, version=case.version + 1, **_changes(case, event))


def _changes(case: Case, event: Event) -> dict[str, Any]:
    """The fields of the case that the event changes."""
    match event:
        case Filled():
            values = {key: value for key, value in {**case.values, **event.values}.items() if value != ""}
            return {"values": values, "notes": event.notes}
        case Submitted():
            return {
                "status": Status.RUNNING, "submitted_at": event.at, "flow_version": event.flow_version,
                "steps": event.steps, "cc": event.cc, "rules": event.rules,
            }  # fmt: skip
        case StepOpened():
            return _opened(case, event)
        case Approved():
            return {"tasks": _approved(case, event)}
        case Rejected():
            return _closed(_mark(case, event, "rejected"), Status.REJECTED, event.at, event.words)
        case Withdrawn():
            return _closed(case.tasks, Status.WITHDRAWN, event.at, event.words)
        case Urged():
            return {"urged_at": event.at}
        case Expired():
            return _closed(case.tasks, Status.EXPIRED, event.at)
        case Finished():
            return _closed(case.tasks, Status.APPROVED, event.at)
        case Drafted():
            raise ValueError("a case is drafted once")
        case _:
            assert_never(event)


def _with(before: V, **changes: Any) -> V:
    """The same value but for the changes: dataclasses.replace, which costs five times as much, on every event."""
    after = object.__new__(type(before))
    after.__dict__.update(before.__dict__, **changes)
    return after


def evolve_all(case: Case | None, events: tuple[Event, ...]) -> Case:
    """The state after all these events."""
    for event in events:
        case = evolve(case, event)
    assert case is not None, "no case without events"
    return case


def _owned_by(case: Case, person: str) -> None:
    if case.applicant != person:
        raise NotYours(case.applicant)


def _draft_of(case: Case, person: str) -> None:
    _owned_by(case, person)
    if case.status is not Status.DRAFT:
        raise NotDraft(case.status)


def _urge(case: Case, by: str, now: datetime) -> tuple[Event, ...]:
    _owned_by(case, by)
    if case.status is not Status.RUNNING:
        raise CaseClosed(case.status)
    if case.urged_at is not None and now - case.urged_at < URGE_PAUSE:
        raise UrgedLately(case.urged_at)
    return (Urged(by=by, at=now),)


def _submit(case: Case, command: Submit, now: datetime) -> tuple[Event, ...]:
    _draft_of(case, command.by)
    plan = command.plan
    filed = Submitted(
        by=command.by, at=now, flow_version=command.flow_version, steps=plan.steps, cc=plan.cc, rules=plan.rules
    )
    return (filed, _next(plan.steps, 0, command.by, now))


def _decide(case: Case, command: Decide, now: datetime) -> tuple[Event, ...]:
    task = _task_for(case, command)
    if task.state != "open":
        _refuse_late(case, task)
    if command.verdict == "rejected":
        if not command.words.strip():
            raise ReasonMissing()
        return (Rejected(by=command.by, at=now, step=task.step, words=command.words.strip()),)
    said = Approved(by=command.by, at=now, step=task.step, words=command.words.strip())
    assert case.current is not None, "an open task stands in an open step"
    step = case.steps[case.current]
    rest = (other.state for other in case.tasks_of(step.id) if other is not task)
    if step.mode in ("all", "sequence") and any(state in ("open", "waiting") for state in rest):
        return (said,)
    return (said, _next(case.steps, case.current + 1, command.by, now))


def _task_for(case: Case, command: Decide) -> Task:
    mine = [task for task in case.tasks if task.person == command.by]
    if command.step is not None:
        mine = [task for task in mine if task.step == command.step]
    if not mine:
        if case.status is not Status.RUNNING:
            raise CaseClosed(case.status)
        raise NotYourTurn(case.waiting_for())
    return next((task for task in mine if task.state == "open"), mine[-1])


def _refuse_late(case: Case, task: Task) -> None:
    """Say who was faster: the person's own earlier decision, a colleague's, or the end of the case."""
    decided = task if task.state in ("approved", "rejected") else _decider(case, task.step)
    if decided is not None and decided.at is not None:
        raise AlreadyDecided(by=decided.person, verdict=decided.state, at=decided.at)
    if case.status is not Status.RUNNING:
        raise CaseClosed(case.status)
    raise NotYourTurn(case.waiting_for())


def _decider(case: Case, step: str) -> Task | None:
    return next((task for task in case.tasks_of(step) if task.state in ("approved", "rejected")), None)


def _next(steps: tuple[Step, ...], place: int, by: str, now: datetime) -> Event:
    """The step at this place is opened, or there is none and the case is finished."""
    if place < len(steps):
        return StepOpened(by=by, at=now, step=steps[place].id)
    return Finished(by=by, at=now)


def _opened(case: Case, event: StepOpened) -> dict[str, Any]:
    index = next(i for i, step in enumerate(case.steps) if step.id == event.step)
    step = case.steps[index]
    tasks = tuple(
        Task(step=step.id, person=person, state="waiting")
        if step.mode == "sequence" and place
        else Task(step=step.id, person=person, state="open", since=event.at)
        for place, person in enumerate(step.people)
    )
    return {"current": index, "tasks": case.tasks + tasks}


def _approved(case: Case, event: Approved) -> tuple[Task, ...]:
    mode = next(step.mode for step in case.steps if step.id == event.step)
    tasks = list(_mark(case, event, "approved"))
    for index, task in enumerate(tasks):
        if task.step != event.step:
            continue
        if mode in ("one", "any") and task.state == "open":
            tasks[index] = _with(task, state="closed")
        elif mode == "sequence" and task.state == "waiting":
            tasks[index] = _with(task, state="open", since=event.at)
            break
    return tuple(tasks)


def _mark(case: Case, event: Approved | Rejected, verdict: Verdict) -> tuple[Task, ...]:
    return tuple(
        _with(task, state=verdict, at=event.at, words=event.words)
        if task.step == event.step and task.person == event.by
        else task
        for task in case.tasks
    )


def _closed(tasks: tuple[Task, ...], status: Status, at: datetime, words: str = "") -> dict[str, Any]:
    ended = tuple(_with(t, state="closed") if t.state in ("open", "waiting") else t for t in tasks)
    return {"status": status, "closed_at": at, "closing_words": words, "current": None, "tasks": ended}
