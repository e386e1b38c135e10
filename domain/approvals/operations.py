"""What approvers and administrators can do besides yes and no, and when it is refused (docs/semantics.md). Pure."""

from dataclasses import replace
from datetime import datetime

from domain import errors
from domain.approvals import commands as c
from domain.approvals import events as e
from domain.approvals.asked import Via
from domain.approvals.case import LENT, SEATED, Case, Status, Task, base
from domain.approvals.onward import Opening, before, from_there, further, later, once_more, open_next
from domain.approvals.route import Step
from domain.approvals.seats import tally


def send_back(case: Case, task: Task, command: c.Return, now: datetime, opening: Opening) -> tuple[e.Event, ...]:
    """退回. Not from a vote, where one voice does not stop the others, and not by who was only asked for advice."""
    step = _step(case)
    if not may_return(step, task):
        raise errors.NotInThisStep("return")
    if not command.words.strip():
        raise errors.ReasonMissing()
    if command.to == "":
        return (_returned(command, step, "", now, later(case)),)
    earlier = before(case)
    if not earlier:
        raise errors.NoSuchStep(command.to)
    to = earlier[-1].id if command.to == "previous" else command.to
    ahead = from_there(case, to)
    back = _returned(command, step, base(to), now, ahead)
    return (back, *open_next(ahead, command.by, now, opening))


def may_return(step: Step, task: Task) -> bool:
    """Whether this kind of step lets this task be sent back."""
    return step.mode != "vote" and task.via != "entrust"


def _returned(command: c.Return, step: Step, to: str, now: datetime, ahead: tuple[Step, ...]) -> e.Returned:
    return e.Returned(by=command.by, at=now, step=step.id, to=to, words=command.words.strip(), ahead=ahead)


def transfer(case: Case, task: Task, command: c.Transfer, now: datetime) -> tuple[e.Event, ...]:
    """转交. The new one must not be in this step already, nor decide their own case."""
    _askable(case, task.step, command.to, again=True)
    return (
        e.Transferred(
            by=command.by, at=now, step=task.step, person=command.by, to=command.to, words=command.words.strip()
        ),
    )


def add(case: Case, task: Task, command: c.Add, now: datetime) -> tuple[e.Event, ...]:
    """加签 and 委派. Whoever was asked for advice passes none on; a pool is joined by its flow, not by hand, and only
    whoever took the task out of it asks others."""
    if not may_add(case, task) or (command.where == "beside" and _step(case).mode == "claim"):
        raise errors.NotInThisStep(command.where)
    people = tuple(dict.fromkeys(command.people))
    if not people:
        raise errors.NobodyNamed()
    for person in people:
        _askable(case, task.step, person)
        if command.where == "beside" and any(one.place == person for one in case.tasks_of(task.step)):
            raise errors.AlreadyAsked(person)  # a deputy sits in that seat
    return (
        e.Added(by=command.by, at=now, step=task.step, people=people, where=command.where, words=command.words.strip()),
    )


def may_add(case: Case, task: Task) -> bool:
    """Whether this task lets its person ask others."""
    return task.via != "entrust" and not (_step(case).mode == "claim" and unclaimed(case))


def remove(case: Case, command: c.Remove, now: datetime) -> tuple[e.Event, ...]:
    """减签: whoever was added and has not answered."""
    step = _step(case)
    task = case.task(step.id, command.person)
    if task is None or task.via not in (*LENT, "after", "beside") or not task.pending:
        raise errors.NotAdded(command.person)
    if task.by != command.by and not command.admin:
        raise errors.NotYours(task.by)
    return (e.Removed(by=command.by, at=now, step=step.id, person=command.person),)


def claim(case: Case, task: Task, now: datetime) -> tuple[e.Event, ...]:
    """认领."""
    if _step(case).mode != "claim":
        raise errors.NotInThisStep("claim")
    if not unclaimed(case):
        return ()
    return (e.Claimed(by=task.person, at=now, step=task.step),)


def unclaimed(case: Case) -> bool:
    """Whether the whole pool is asked still."""
    return sum(task.state == "open" and task.via in SEATED for task in case.tasks_of(_step(case).id)) > 1


def release(case: Case, task: Task, now: datetime) -> tuple[e.Event, ...]:
    """Put it back."""
    if _step(case).mode != "claim":
        raise errors.NotInThisStep("claim")
    if unclaimed(case) or task.via not in SEATED:
        return ()
    return (e.Released(by=task.person, at=now, step=task.step),)


def take_back(case: Case, command: c.TakeBack, now: datetime) -> tuple[e.Event, ...]:
    """撤回: the person's own yes, while nobody has built on it."""
    if case.current is None:
        raise errors.CaseClosed(case.status)
    mine = next((t for t in reversed(case.tasks) if t.person == command.by and command.step in (None, t.step)), None)
    if mine is None or mine.state != "approved":
        raise errors.NothingToTakeBack()
    here, step = _step(case), next(one for one in case.steps if one.id == mine.step)
    if _built_upon(case, mine):
        raise errors.TooLate()
    if mine.step == here.id:
        return (e.TakenBack(by=command.by, at=now, step=here.id, ahead=later(case)),)
    between = case.steps[case.steps.index(step) + 1 : case.current]
    touched = any(case.tasks_of(one.id) for one in between) or any(not _untouched(t) for t in case.tasks_of(here.id))
    without = [replace(task, state="open", at=None) if task is mine else task for task in case.tasks_of(step.id)]
    if touched or tally(step, case.tasks_of(step.id)) != "approved" or tally(step, without) is not None:
        raise errors.TooLate()  # also where the others' votes carry it without this one
    ahead = (*once_more(case, (*between, here)), *later(case))
    return (e.TakenBack(by=command.by, at=now, step=step.id, ahead=ahead),)


def can_take_back(case: Case, person: str, step: str) -> bool:
    """Whether `take_back` would be granted now."""
    if case.status is not Status.RUNNING or case.paused_at is not None:
        return False
    try:
        return bool(take_back(case, c.TakeBack(by=person, step=step), case.created_at))
    except errors.OfficeError:
        return False


def _built_upon(case: Case, mine: Task) -> bool:
    """Whether somebody answered because of this yes: who came after, the next in sequence, who had lent the task."""
    others = [task for task in case.tasks_of(mine.step) if task is not mine]
    said = [task for task in others if task.at is not None and mine.at is not None and task.state != "removed"]
    if any(task.via == "after" and task.by == mine.person for task in said):
        return True
    if mine.via in LENT:
        return any(task.person == mine.by and not task.pending for task in others)
    if next(step.mode for step in case.steps if step.id == mine.step) != "sequence":
        return False
    since = [one for one in others if one.since and mine.at and one.since >= mine.at and one.place != mine.place]
    return not all(_untouched(one) and one.state == "open" for one in since)


def _untouched(task: Task) -> bool:
    return task.at is None and task.via in ("route", "deputy") and task.pending


def overdue(case: Case, command: c.Overdue, now: datetime) -> tuple[e.Event, ...]:
    """Nobody decided in time: the flow's policy is carried out, if it still stands so."""
    step = case.step
    if step is None or step.id != command.step:
        return ()
    if step.overdue in ("approve", "reject"):
        verdict: c.Verdict = "approved" if step.overdue == "approve" else "rejected"
        return (e.TimedOut(by="", at=now, step=step.id, verdict=verdict),)
    taken = {task.person for task in case.tasks_of(step.id)}
    moved: list[e.Event] = []
    for task in case.tasks_of(step.id):
        to = command.to.get(task.person, "")
        if task.state == "open" and to and to not in taken and to not in case.owners:
            taken.add(to)
            moved.append(e.Transferred(by="", at=now, step=step.id, person=task.person, to=to, via="overdue"))
    return tuple(moved)


def jump(case: Case, command: c.Jump, now: datetime, opening: Opening) -> tuple[e.Event, ...]:
    """跳转, by an administrator, with a reason; or onto another version of the flow."""
    _running(case)
    if not command.words.strip():
        raise errors.ReasonMissing()
    if command.flow_version:
        ahead = further(case, command.ahead)
    else:
        coming = later(case)
        place = next((at for at, step in enumerate(coming) if base(step.id) == base(command.to)), None)
        ahead = coming[place:] if place is not None else from_there(case, command.to)
    moved = e.Jumped(
        by=command.by, at=now, words=command.words.strip(), ahead=ahead, flow_version=command.flow_version,
        stay=command.stay, cc=command.cc, rules=command.rules, returned=command.returned,
    )  # fmt: skip
    return (moved,) if command.stay else (moved, *open_next(ahead, command.by, now, opening))


def aside(case: Case, command: c.Command, now: datetime) -> tuple[e.Event, ...]:
    """What moves no step: words, people who are told, a pause."""
    match command:
        case c.Comment():
            if case.status is Status.DRAFT:
                raise errors.CaseClosed(case.status)
            if not command.words.strip():
                raise errors.ReasonMissing()
            return (e.Commented(by=command.by, at=now, words=command.words.strip(), to=command.to),)
        case c.Tell():
            if case.status is Status.DRAFT:
                raise errors.CaseClosed(case.status)
            new = tuple(person for person in dict.fromkeys(command.people) if not case.concerns(person))
            return (e.Told(by=command.by, at=now, people=new),) if new else ()
        case c.Read():
            if command.by not in (*case.cc, *case.told):
                raise errors.CaseUnknown(case.number)
            return () if command.by in case.seen else (e.Seen(by=command.by, at=now),)
        case c.Link():
            if case.links.get(command.case) == command.status or command.case == case.number:
                return ()
            return (e.Linked(by=command.by, at=now, cases={command.case: command.status}),)
        case c.Pause():
            _running(case)
            if not command.words.strip():
                raise errors.ReasonMissing()
            return (e.Paused(by=command.by, at=now, words=command.words.strip()),)
        case c.Resume():
            _running(case)
            return (e.Resumed(by=command.by, at=now),) if case.paused_at else ()
    raise TypeError(f"no such command: {command}")


def put_in_place(case: Case, command: c.Replace, now: datetime) -> tuple[e.Event, ...]:
    """Somebody else takes a leaver's seat; who was only added is asked no more. Raises NobodyNamed."""
    step = case.step
    task = case.task(step.id, command.person) if step else None
    if task is None or not task.pending:
        return ()
    if task.via in (*LENT, "after"):
        return (e.Removed(by=command.by, at=now, step=task.step, person=command.person),)
    to = next((who for who in command.to if _free(case, task.step, who)), None)
    if to is None:
        raise errors.NobodyNamed()
    via: Via = "transfer" if command.by else "leaver"
    return (e.Transferred(by=command.by, at=now, step=task.step, person=command.person, to=to, via=via),)


def _askable(case: Case, step: str, person: str, *, again: bool = False) -> None:
    """Raises AlreadyAsked, or NotAllowed for the applicant. `again`: who handed the task on may have it back."""
    if person in case.owners:
        raise errors.NotAllowed()
    task = case.task(step, person)
    if task is not None and task.state != "removed" and not (again and task.state == "passed"):
        raise errors.AlreadyAsked(person)


def _free(case: Case, step: str, person: str) -> bool:
    task = case.task(step, person)
    return person not in case.owners and (task is None or task.state in ("removed", "passed"))


def _step(case: Case) -> Step:
    if case.step is None:
        raise errors.CaseClosed(case.status)
    return case.step


def _running(case: Case) -> None:
    if case.status is not Status.RUNNING:
        raise errors.CaseClosed(case.status)
