"""The route of a case as people read it: who has decided, who is awaited, who comes later."""

from datetime import datetime

from cards.card import Frame
from cards.escape import plain
from cards.phrases import clock, people, state, verb
from domain.approvals.case import Case, Status, Task
from domain.approvals.route import Plan, Step

_MODES = {"any": "，任一人即可", "all": "，需全部同意", "sequence": "，依次审批"}
_COMMENT = 80  # characters of what an approver wrote, in a line of the route


def planned(plan: Plan, frame: Frame) -> list[str]:
    """The route of a draft: everybody, why they are on it, who is told, and what would change it."""
    lines = [
        f"{place}. {people(step.people, frame)}{_MODES.get(step.mode, '')}（{plain(step.why or step.label, 60)}）"
        for place, step in enumerate(plan.steps, start=1)
    ]
    if plan.cc:
        lines.append(f"抄送：{people(plan.cc, frame)}")
    return lines + [f"> {plain(rule, 120)}" for rule in plan.rules]


def travelled(case: Case, frame: Frame) -> list[str]:
    """The route of a filed case: ✓ decided, ● awaited, ○ later. The day is said where it changes."""
    if case.submitted_at is None:
        return []
    lines = [f"✓ {people((case.applicant,), frame)} {clock(case.submitted_at, frame)} 提交"]
    before = case.submitted_at
    for place, step in enumerate(case.steps):
        tasks = case.tasks_of(step.id)
        for at, task in _decisions(tasks):
            lines.append(_said(task, at, step, before, frame))
            before = at
        if case.current == place:
            awaited = people((task.person for task in tasks if task.state == "open"), frame)
            lines.append(f"● {step.label}：等待 {awaited}{_MODES.get(step.mode, '')}")
        elif case.status is Status.RUNNING and not tasks:
            lines.append(f"○ {step.label}：{people(step.people, frame)}")
    if case.closed_at is not None and case.status is Status.WITHDRAWN:
        words = f"：{plain(case.closing_words, _COMMENT)}" if case.closing_words else ""
        lines.append(f"✗ {people((case.applicant,), frame)} {clock(case.closed_at, frame, before)} 撤销{words}")
    return lines


def decision(case: Case, step: str, task: Task | None, frame: Frame) -> str:
    """王芳 10:02 已同意: the person's own decision, else the one that made theirs needless, else the case's state."""
    stop = next((one for one in case.steps if one.id == step), None)
    enough = stop is not None and stop.mode in ("one", "any")
    for at, done in _decisions(case.tasks_of(step)) if task is None or task.at is None else [(task.at, task)]:
        if done is task or done.state == "rejected" or enough:
            return f"{people((done.person,), frame)} {clock(at, frame, done.since)} {verb(done.state, stop)}"
    return state(case)


def _decisions(tasks: tuple[Task, ...]) -> list[tuple[datetime, Task]]:
    """What was decided and when, in that order."""
    return sorted(((task.at, task) for task in tasks if task.at is not None), key=lambda decided: decided[0])


def _said(task: Task, at: datetime, step: Step, before: datetime, frame: Frame) -> str:
    mark = "✓" if task.state == "approved" else "✗"
    words = f"：{plain(task.words, _COMMENT)}" if task.words else ""
    who, when = people((task.person,), frame), clock(at, frame, before)
    return f"{mark} {step.label} {who} {when} {verb(task.state, step)}{words}"
