"""What follows from a command, or a refusal. Pure: the same case, command and time give the same events."""

from datetime import datetime, timedelta
from typing import Final

from domain import errors
from domain.approvals import commands as c
from domain.approvals import events as e
from domain.approvals import operations as o
from domain.approvals.case import Case, Status, Task
from domain.approvals.evolve import evolve
from domain.approvals.onward import Opening, later, open_next, resumed
from domain.approvals.seats import tally
from domain.approvals.turns import as_planned

URGE_PAUSE: Final = timedelta(hours=1)
_WHILE_PAUSED: Final = (c.Comment, c.Tell, c.Read, c.Link, c.Withdraw, c.Resume, c.Replace, c.Expire)


def decide(case: Case, command: c.Command, now: datetime, opening: Opening = as_planned) -> tuple[e.Event, ...]:
    """What follows from a command, or a refusal (an `OfficeError`). `opening` says whom a step asks as the office is
    now: who has left, who has a deputy."""
    if case.paused_at is not None and not isinstance(command, _WHILE_PAUSED):
        raise errors.CasePaused(case.paused_at)
    match command:
        case c.Decide():
            return _decide(case, command, now, opening)
        case c.Submit():
            return _submit(case, command, now, opening)
        case c.Fill():
            return _fill(case, command, now)
        case c.Withdraw():
            return _withdraw(case, command, now)
        case c.Urge():
            return _urge(case, command.by, now)
        case c.Expire():
            return (e.Expired(by="", at=now),) if case.status is Status.DRAFT else ()
        case c.Return():
            return o.send_back(case, _open_task(case, command.by, command.step), command, now, opening)
        case c.Transfer():
            return o.transfer(case, _open_task(case, command.by, command.step), command, now)
        case c.Add():
            return o.add(case, _open_task(case, command.by, command.step), command, now)
        case c.Claim():
            return o.claim(case, _open_task(case, command.by, command.step), now)
        case c.Release():
            return o.release(case, _open_task(case, command.by, command.step), now)
        case c.Remove():
            return settled(case, o.remove(case, command, now), command.by, now, opening)
        case c.TakeBack():
            return o.take_back(case, command, now)
        case c.Overdue():
            return settled(case, o.overdue(case, command, now), "", now, opening)
        case c.Replace():
            return settled(case, o.put_in_place(case, command, now), command.by, now, opening)
        case c.Jump():
            return o.jump(case, command, now, opening)
    return o.aside(case, command, now)


def _fill(case: Case, command: c.Fill, now: datetime) -> tuple[e.Event, ...]:
    _editable(case, command.by)
    other = case.status is Status.DRAFT
    return (
        e.Filled(
            by=command.by, at=now, values=command.values, notes=command.notes, said_at=command.said_at,
            flow=command.flow if other else "", title=command.title if other else "",
        ),
    )  # fmt: skip


def settled(case: Case, events: tuple[e.Event, ...], by: str, now: datetime, opening: Opening) -> tuple[e.Event, ...]:
    """The events, and the way onward if the step is decided with them."""
    after = case
    for event in events:
        after = evolve(after, event)
    step = after.step
    if not events or step is None:
        return events
    timed_out = isinstance(events[-1], e.TimedOut)
    if timed_out or tally(step, after.tasks_of(step.id)) == "approved":
        return (*events, *open_next(later(after), by, now, opening))
    return events


def _decide(case: Case, command: c.Decide, now: datetime, opening: Opening) -> tuple[e.Event, ...]:
    task = _open_task(case, command.by, command.step)
    words, step = command.words.strip(), case.step
    assert step is not None, "an open task stands in an open step"
    if command.verdict == "rejected":
        if not words:
            raise errors.ReasonMissing()
        no = e.Rejected(by=command.by, at=now, step=step.id, words=words, final=_final(step.mode, task))
        if no.final or task.via == "entrust":
            return (no,)
        lost = tally(step, evolve(case, no).tasks_of(step.id)) == "rejected"
        return (e.Rejected(by=command.by, at=now, step=step.id, words=words),) if lost else (no,)
    yes = e.Approved(by=command.by, at=now, step=step.id, words=words)
    if step.mode == "one" and task.via == "route" and len(case.tasks_of(step.id)) == 1:
        return (yes, *open_next(later(case), command.by, now, opening))
    return settled(case, (yes,), command.by, now, opening)


def _final(mode: str, task: Task) -> bool:
    return task.via != "entrust" and mode != "vote"


def _submit(case: Case, command: c.Submit, now: datetime, opening: Opening) -> tuple[e.Event, ...]:
    _editable(case, command.by)
    plan, by = command.plan, command.by
    if case.status is Status.DRAFT:
        filed = e.Submitted(
            by=by, at=now, flow_version=command.flow_version, steps=plan.steps, cc=plan.cc, rules=plan.rules,
            returned=plan.returned,
        )  # fmt: skip
        return (filed, *open_next(plan.steps, by, now, opening))
    ahead = resumed(case, plan, command.facts)
    back = e.Resubmitted(by=by, at=now, flow_version=command.flow_version, ahead=ahead, cc=plan.cc, rules=plan.rules)
    return (back, *open_next(ahead, by, now, opening))


def _editable(case: Case, person: str) -> None:
    """Only who owns it, and only before it is filed or while it is back to be corrected."""
    if person not in case.owners:
        raise errors.NotYours(case.applicant)
    if case.status not in (Status.DRAFT, Status.RETURNED):
        raise errors.NotDraft(case.status)


def _withdraw(case: Case, command: c.Withdraw, now: datetime) -> tuple[e.Event, ...]:
    if command.by not in case.owners:
        if not command.admin:
            raise errors.NotYours(case.applicant)
        if not command.words.strip():
            raise errors.ReasonMissing()
    if case.status not in (Status.DRAFT, Status.RUNNING, Status.RETURNED):
        raise errors.CaseClosed(case.status)
    return (e.Withdrawn(by=command.by, at=now, words=command.words.strip()),)


def _urge(case: Case, by: str, now: datetime) -> tuple[e.Event, ...]:
    if by not in case.owners:
        raise errors.NotYours(case.applicant)
    if case.status is not Status.RUNNING:
        raise errors.CaseClosed(case.status)
    if case.urged_at is not None and now - case.urged_at < URGE_PAUSE:
        raise errors.UrgedLately(case.urged_at)
    return (e.Urged(by=by, at=now),)


def _open_task(case: Case, person: str, step: str | None) -> Task:
    """The person's task that is open now, in this step if one is named. Raises who was faster, or who is awaited."""
    mine = [task for task in case.tasks if task.person == person and step in (None, task.step)]
    if not mine:
        if case.status is not Status.RUNNING:
            raise errors.CaseClosed(case.status)
        raise errors.NotYourTurn(case.waiting_for())
    task = next((task for task in mine if task.state == "open"), mine[-1])
    if task.state != "open":
        _refuse_late(case, task)
    return task


def _refuse_late(case: Case, task: Task) -> None:
    """Say who was faster: the person's own earlier decision, a colleague's, or the end of the case."""
    decided = task if task.state in ("approved", "rejected", "returned", "passed") else _decider(case, task)
    if decided is not None and decided.at is not None:
        raise errors.AlreadyDecided(by=decided.person, verdict=decided.state, at=decided.at)
    if case.status is not Status.RUNNING:
        raise errors.CaseClosed(case.status)
    raise errors.NotYourTurn(case.waiting_for())


def _decider(case: Case, late: Task) -> Task | None:
    if late.state == "waiting":
        return None
    said = ("approved", "rejected", "returned")
    return next((task for task in case.tasks_of(late.step) if task.state in said), None)
