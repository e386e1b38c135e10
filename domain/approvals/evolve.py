"""What each event makes of a case. Pure, and without a refusal: what happened, happened."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.approvals import events as e
from domain.approvals import turns
from domain.approvals.case import Case, Said, Status, Task
from domain.approvals.route import Step


def evolve(case: Case | None, event: e.Event) -> Case:
    """The state after one event; only `Drafted` may come to no case at all."""
    if isinstance(event, e.Drafted):
        return Case(
            number=event.number, flow=event.flow, flow_version="", title=event.title, applicant=event.by,
            status=Status.DRAFT, version=1, created_at=event.at, values=event.values, notes=event.notes,
            filed_by=event.filed_by, lag=_lag(event),
        )  # fmt: skip
    assert case is not None, "a case begins with Drafted"
    return turns.changed(case, version=case.version + 1, **_changes(case, event))


def evolve_all(case: Case | None, events: tuple[e.Event, ...]) -> Case:
    """The state after all these events."""
    for event in events:
        case = evolve(case, event)
    assert case is not None, "no case without events"
    return case


def _changes(case: Case, event: e.Event) -> dict[str, Any]:
    """The fields of the case that the event changes: the way of the case here, its tasks in turns.py."""
    match event:
        case e.StepOpened():
            return _opened(case, event)
        case e.Approved():
            return {"tasks": turns.approved(case, event)}
        case e.Rejected():
            return _rejected(case, event)
        case e.Filled():
            values = {key: value for key, value in {**case.values, **event.values}.items() if value != ""}
            changes = {"values": values, "notes": event.notes, "lag": _lag(event) if event.said_at else case.lag}
            return {**changes, "flow": event.flow, "title": event.title} if event.flow else changes
        case e.Submitted():
            return {
                "status": Status.RUNNING, "submitted_at": event.at, "flow_version": event.flow_version,
                "steps": event.steps, "cc": event.cc, "rules": event.rules, "returned": event.returned,
            }  # fmt: skip
        case e.Resubmitted():
            return {
                "status": Status.RUNNING, "flow_version": event.flow_version, "cc": event.cc, "rules": event.rules,
                "steps": made(case) + event.ahead,
            }  # fmt: skip
        case e.Returned():
            return _returned(case, event)
        case e.TakenBack():
            return _taken_back(case, event)
        case e.Jumped():
            return _jumped(case, event)
        case e.StepSkipped():
            return {"current": index_of(case, event.step), "tasks": turns.ended(case.tasks)}
        case e.Finished() | e.Withdrawn() | e.Expired() | e.TimedOut():
            return _ended_by(case, event)
        case e.Added():
            return {"tasks": turns.added(case, event), "steps": _joined(case, event)}
    return _asides(case, event)


def _lag(event: e.Drafted | e.Filled) -> float:
    return (event.at - event.said_at).total_seconds() if event.said_at else 0.0


def _ended_by(case: Case, event: e.Finished | e.Withdrawn | e.Expired | e.TimedOut) -> dict[str, Any]:
    """What ends the case, or at least asks nobody any more."""
    match event:
        case e.Finished():
            return _closed(case.tasks, Status.APPROVED, event.at)
        case e.Withdrawn():
            return {**_closed(case.tasks, Status.WITHDRAWN, event.at, event.words), "closed_by": event.by}
        case e.Expired():
            return _closed(case.tasks, Status.EXPIRED, event.at)
    tasks = turns.ended(case.tasks)
    return {"tasks": tasks} if event.verdict == "approved" else _closed(tasks, Status.REJECTED, event.at)


def _asides(case: Case, event: e.Event) -> dict[str, Any]:
    """The rest: what moves no step."""
    match event:
        case e.Transferred():
            return {"tasks": turns.transferred(case, event)}
        case e.Removed():
            return {"tasks": turns.removed(case, event)}
        case e.Claimed():
            return {"tasks": turns.claimed(case, event)}
        case e.Released():
            return {"tasks": turns.released(case, event)}
        case e.Commented():
            said = Said(by=event.by, at=event.at, words=event.words, to=event.to)
            told = tuple(who for who in event.to if not case.concerns(who))
            return {"comments": (*case.comments, said), "told": case.told + told}
        case e.Told():
            return {"told": case.told + tuple(who for who in event.people if who not in case.told)}
        case e.Seen():
            return {"seen": (*case.seen, event.by)}
        case e.Linked():
            return {"links": {**case.links, **{number: Status(how) for number, how in event.cases.items()}}}
        case e.Urged():
            return {"urged_at": event.at}
        case e.Paused():
            return {"paused_at": event.at, **_did(case, event, "paused", event.words)}
        case e.Resumed():
            return {"paused_at": None, **_did(case, event, "resumed", "")}
    raise ValueError(f"{type(event).__name__} cannot happen to a case that exists")


def index_of(case: Case, step: str) -> int:
    """Where on the way the stop stands."""
    return next(place for place, one in enumerate(case.steps) if one.id == step)


def made(case: Case) -> tuple[Step, ...]:
    """The stops that were made, with the one at which the case stands."""
    if case.current is not None:
        return case.steps[: case.current + 1]
    stood = {task.step for task in case.tasks}
    last = max((place for place, step in enumerate(case.steps) if step.id in stood), default=-1)
    return case.steps[: last + 1]


def _opened(case: Case, event: e.StepOpened) -> dict[str, Any]:
    index = index_of(case, event.step)
    step = case.steps[index]
    changes: dict[str, Any] = {"current": index, "tasks": turns.ended(case.tasks) + turns.opened(step, event)}
    seats = tuple(asked.seat or asked.person for asked in event.asked)
    if seats and seats != step.people:
        changes["steps"] = (*case.steps[:index], replace(step, people=seats), *case.steps[index + 1 :])
    return changes


def _rejected(case: Case, event: e.Rejected) -> dict[str, Any]:
    tasks = turns.rejected(case, event)
    return _closed(tasks, Status.REJECTED, event.at, event.words) if event.final else {"tasks": tasks}


def _returned(case: Case, event: e.Returned) -> dict[str, Any]:
    tasks = turns.ended(turns.marked(case.tasks, event.step, event.by, "returned", event.at, event.words))
    changes: dict[str, Any] = {"tasks": tasks, "steps": made(case) + event.ahead}
    if event.to:
        return changes
    return {
        **changes, "status": Status.RETURNED, "current": None,
        "returned_at": event.at, "returned_values": case.values,
    }  # fmt: skip


def _did(case: Case, event: e.Paused | e.Resumed | e.Jumped, did: str, words: str) -> dict[str, Any]:
    return {"comments": (*case.comments, Said(by=event.by, at=event.at, words=words, did=did))}


def _jumped(case: Case, event: e.Jumped) -> dict[str, Any]:
    changes: dict[str, Any] = {"steps": made(case) + event.ahead, **_did(case, event, "jumped", event.words)}
    if not event.stay:
        changes["tasks"] = turns.ended(case.tasks)
    if event.flow_version:
        followed = {"flow_version": event.flow_version, "cc": event.cc, "rules": event.rules}
        changes |= {**followed, "returned": event.returned}
    return changes


def _taken_back(case: Case, event: e.TakenBack) -> dict[str, Any]:
    """The stops made since then stay on record, before the one that is open again."""
    index = index_of(case, event.step)
    assert case.current is not None, "only in a running case"
    since = case.steps[index + 1 : case.current + 1]
    steps = (*case.steps[:index], *since, case.steps[index], *event.ahead)
    return {"steps": steps, "current": index + len(since), "tasks": turns.taken_back(case, event)}


def _joined(case: Case, event: e.Added) -> tuple[Step, ...]:
    """Where one person was asked and another is added beside, both must agree."""
    if event.where != "beside":
        return case.steps
    return tuple(
        replace(step, mode="all") if step.id == event.step and step.mode == "one" else step for step in case.steps
    )


def _closed(tasks: tuple[Task, ...], status: Status, at: datetime, words: str = "") -> dict[str, Any]:
    return {
        "status": status, "closed_at": at, "closing_words": words, "current": None, "tasks": turns.ended(tasks),
        "paused_at": None,
    }  # fmt: skip
