"""Whose turn it is: what each event makes of the tasks of a step. Pure; evolve.py calls it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, TypeVar

from domain.approvals import events as e
from domain.approvals.asked import Asked
from domain.approvals.case import LENT, SEATED, Case, Task
from domain.approvals.route import Step
from domain.approvals.seats import seats, verdict

V = TypeVar("V", Task, Case)
Tasks = tuple[Task, ...]


def changed(before: V, **changes: Any) -> V:
    """The same value but for the changes: dataclasses.replace, which costs five times as much, on every event."""
    after = object.__new__(type(before))
    after.__dict__.update(before.__dict__, **changes)
    return after


def opened(step: Step, event: e.StepOpened) -> Tasks:
    """A task for everybody who is asked; in sequence, the first one's is open."""
    asked = event.asked or as_planned(step)
    return tuple(
        Task(
            step=step.id, person=one.person, state="waiting" if step.mode == "sequence" and place else "open",
            since=None if step.mode == "sequence" and place else event.at, seat=one.seat, via=one.via,
            weight=one.weight,
        )
        for place, one in enumerate(asked)
    )  # fmt: skip


def as_planned(step: Step) -> tuple[Asked, ...]:
    """The people of the route, with their weights."""
    if not step.weights:
        return tuple(Asked(person=person) for person in step.people)
    return tuple(Asked(person=p, weight=w) for p, w in zip(step.people, step.weights, strict=True))


def marked(tasks: Tasks, step: str, person: str, state: Any, at: datetime, words: str) -> Tasks:
    """The person's task with what became of it."""
    return tuple(
        changed(task, state=state, at=at, words=words) if task.person == person and task.step == step else task
        for task in tasks
    )


def approved(case: Case, event: e.Approved) -> Tasks:
    """Whoever was to come after is asked, whoever waited for the answer goes on, who is not needed is let go."""
    tasks = marked(case.tasks, event.step, event.by, "approved", event.at, event.words)
    step = next(one for one in case.steps if one.id == event.step)
    me = case.task(event.step, event.by)
    assert me is not None, "only who has a task approves"
    if step.mode == "one" and me.via == "route" and len(case.tasks_of(step.id)) == 1:
        return tasks
    tasks = _of(
        tasks, step.id, lambda task: task.via == "after" and task.by == event.by and task.state == "waiting",
        state="open", since=event.at,
    )  # fmt: skip
    tasks = _handed_back(tasks, me, event.at)
    if step.mode in ("one", "any", "claim") and me.via in SEATED:
        return _of(tasks, step.id, lambda task: task.pending and task.place != me.place, state="closed")
    return _next_seat(tasks, step.id, event.at) if step.mode == "sequence" else tasks


def rejected(case: Case, event: e.Rejected) -> Tasks:
    """A no that is not the end: advice goes back to who asked for it, a vote's seat has spoken."""
    tasks = marked(case.tasks, event.step, event.by, "rejected", event.at, event.words)
    me = case.task(event.step, event.by)
    if event.final or me is None:
        return tasks
    if me.via == "entrust":
        return _handed_back(tasks, me, event.at)
    return _of(tasks, event.step, lambda task: task.pending and task.place == me.place, state="closed")


def added(case: Case, event: e.Added) -> Tasks:
    """New tasks behind the others; who asks somebody first waits for the answer."""
    me = case.task(event.step, event.by)
    assert me is not None, "only who has a task adds people"
    open_now = event.where != "after"
    new = tuple(
        Task(
            step=event.step, person=person, state="open" if open_now else "waiting",
            since=event.at if open_now else None, seat="" if event.where == "beside" else me.place, via=event.where,
            by=event.by,
        )
        for person in event.people
    )  # fmt: skip
    tasks = case.tasks
    if event.where in LENT:
        tasks = _of(tasks, event.step, lambda task: task.person == event.by, state="waiting")
    return tuple(task for task in tasks if not (task.step == event.step and task.person in event.people)) + new


def transferred(case: Case, event: e.Transferred) -> Tasks:
    """The seat goes on to somebody else, with everybody who was added through it."""
    old = case.task(event.step, event.person)
    assert old is not None, "only a task is transferred"
    via, by = (event.via, event.by) if old.via in SEATED else (old.via, old.by)
    since = event.at if old.since else None
    new = changed(old, person=event.to, seat=old.place, via=via, by=by, since=since, words="")
    kept = tuple(task for task in case.tasks if not (task.step == event.step and task.person == event.to))
    tasks = marked(kept, event.step, event.person, "passed", event.at, event.words)
    tasks = _of(tasks, event.step, lambda task: task.by == event.person and task.via not in SEATED, by=event.to)
    return (*tasks, new)


def removed(case: Case, event: e.Removed) -> Tasks:
    """Whoever waited for them goes on."""
    target = case.task(event.step, event.person)
    assert target is not None, "only who is asked can be removed"
    tasks = _of(case.tasks, event.step, lambda task: task.person == event.person, state="removed", at=event.at)
    tasks = _of(tasks, event.step, lambda task: task.by == event.person and task.pending, state="removed", at=event.at)
    return _handed_back(tasks, target, event.at)


def claimed(case: Case, event: e.Claimed) -> Tasks:
    """The others of the pool wait."""
    return _of(case.tasks, event.step, lambda task: task.state == "open" and task.person != event.by, state="waiting")


def released(case: Case, event: e.Released) -> Tasks:
    """The whole pool is asked again; who was added by whoever had taken the task is let go."""
    tasks = _of(case.tasks, event.step, lambda task: task.pending and task.via not in SEATED, state="removed")
    return _of(tasks, event.step, lambda task: task.state == "waiting" and task.since is not None, state="open")


def taken_back(case: Case, event: e.TakenBack) -> Tasks:
    """The step is as it was before the yes; what was opened by it is closed, or waits again."""
    me, here = case.task(event.step, event.by), case.step
    assert me is not None, "only who decided takes back"
    assert here is not None, "only in a running case"
    tasks = case.tasks
    if here.id != event.step:
        tasks = _of(tasks, here.id, lambda task: task.pending, state="closed")
    step = next(one for one in case.steps if one.id == event.step)
    let_go = "waiting" if step.mode == "claim" else "open"
    tasks = _of(tasks, step.id, lambda task: task.state == "closed" and task.since is not None, state=let_go)
    tasks = _of(tasks, step.id, lambda task: _opened_by(task, me, step), state="waiting", since=None)
    if me.via in LENT:
        tasks = _of(tasks, step.id, lambda task: task.person == me.by, state="waiting")
    return _of(tasks, step.id, lambda t: t.person == event.by, state="open", at=None, words="", since=event.at)


def _opened_by(task: Task, yes: Task, step: Step) -> bool:
    """Whether somebody is asked only because of this yes: those after it, the next one in sequence."""
    if task.state != "open" or task.since is None or yes.at is None or task.since < yes.at:
        return False
    if task.via == "after":
        return task.by == yes.person
    return step.mode == "sequence" and task.place != yes.place and task.via in SEATED and yes.via in (*SEATED, "after")


def ended(tasks: Tasks) -> Tasks:
    """Nobody is asked any more: the step is decided, or the case has ended."""
    if not any(task.pending for task in tasks):
        return tasks
    return tuple(changed(task, state="closed") if task.state in ("open", "waiting") else task for task in tasks)


def _of(tasks: Tasks, step: str, which: Callable[[Task], bool], **changes: Any) -> Tasks:
    """The tasks, with the changes in those of this step."""
    return tuple(changed(task, **changes) if task.step == step and which(task) else task for task in tasks)


def _handed_back(tasks: Tasks, answered: Task, at: datetime) -> Tasks:
    """Once everybody has answered who was asked first, and all who were to come after those, whoever asked is asked
    again."""
    here = [task for task in tasks if task.step == answered.step]
    lent = next((task for task in _upwards(here, answered) if task.via in LENT), None)
    if lent is None:
        return tasks
    first = [task for task in here if task.by == lent.by and task.via in LENT]
    if any(task.pending for one in first for task in (one, *_after(here, one))):
        return tasks
    mine = (lent.step, lent.by)
    return _of(tasks, lent.step, lambda t: (t.step, t.person) == mine and t.state == "waiting", state="open", since=at)


def _upwards(here: list[Task], task: Task) -> Iterator[Task]:
    """The task, and through `after` those behind which it comes."""
    yield task
    if task.via == "after":
        yield from (up for one in here if one.person == task.by for up in _upwards(here, one))


def _after(here: list[Task], task: Task) -> Iterator[Task]:
    """Who comes after this one, and after those."""
    for one in here:
        if one.via == "after" and one.by == task.person:
            yield one
            yield from _after(here, one)


def _next_seat(tasks: Tasks, step: str, at: datetime) -> Tasks:
    """In sequence, the next seat is asked when every one that was asked has said yes."""
    found = seats(task for task in tasks if task.step == step)
    if any(verdict(some) is None for some in found.values() if any(task.since for task in some)):
        return tasks
    turn = next((task for some in found.values() for task in some if task.state == "waiting" and not task.since), None)
    return _of(tasks, step, lambda task: task is turn, state="open", since=at) if turn else tasks
