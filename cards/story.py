"""The route of a case as people read it: who has decided, who is awaited, who comes later."""

from collections.abc import Sequence
from datetime import datetime

from cards.card import Frame
from cards.escape import plain
from cards.phrases import clock, people, share, state, verb
from cards.retold import retold, told
from domain.approvals.case import SEATED, Case, Said, Status, Task
from domain.approvals.route import Plan, Step

_MODES = {"any": "，任一人即可", "all": "，需全部同意", "sequence": "，依次审批", "claim": "，先认领的人处理"}
_MANY = 12  # people in one line
_COMMENT = 80  # characters of what an approver wrote, in a line of the route


def planned(plan: Plan, frame: Frame) -> list[str]:
    """The route of a draft: everybody, why they are on it, who is told, and what would change it."""
    lines = [
        frame.say(
            "{place}. {people}{mode}（{why}）",
            place=place,
            people=people(step.people, frame),
            mode=mode_of(step, frame),
            why=told(step.why or step.label, frame, 60),
        )
        for place, step in enumerate(plan.steps, start=1)
    ]
    if plan.cc:
        lines.append(frame.say("抄送：{people}", people=people(plan.cc, frame)))
    return lines + [f"> {told(rule, frame, 120)}" for rule in plan.rules]


def travelled(case: Case, frame: Frame) -> list[str]:
    """The way of a filed case: ✓ yes, ✗ no, ↩ returned, → handed on, ● awaited, ○ later. The day is said where it
    changes."""
    if case.submitted_at is None:
        return []
    filing = f"✓ {people((case.filed_by or case.applicant,), frame)} "
    story: list[tuple[datetime, str, str]] = [(case.submitted_at, filing, frame.say(" 提交"))]
    for step in case.steps:
        story += [_said(task, at, step, case, frame) for at, task in _decisions(case.tasks_of(step.id))]
    story += [(one.at, f"{_DID[one.did][0]} {people((one.by,), frame)} ", _aside(one, frame)) for one in case.comments]
    lines, near = [], case.submitted_at
    for place, (at, head, tail) in enumerate(sorted(story, key=lambda one: one[0])):
        lines.append(f"{head}{clock(at, frame, near if place else None)}{tail}")
        near = at
    return [*lines, *_to_come(case, frame), *_ended(case, near, frame)]


_DID = {"": ("·", ""), "paused": ("‖", " 暂停"), "resumed": ("▸", " 恢复"), "jumped": ("→", " 跳转")}


def _aside(said: Said, frame: Frame) -> str:
    """A comment, or what an administrator did and why."""
    return frame.say(_DID[said.did][1]) + _quoted(said.words, frame)


def _quoted(words: str, frame: Frame) -> str:
    return frame.say("：{words}", words=plain(words, _COMMENT)) if words else ""


def _to_come(case: Case, frame: Frame) -> list[str]:
    """Who is awaited, and who comes later."""
    if case.current is None:
        return []
    here = case.steps[case.current]
    tasks = case.tasks_of(here.id)
    awaited = sitting([task for task in tasks if task.state == "open"], frame)
    held = people((task.person for task in tasks if task.state == "waiting" and task.since), frame)
    label, mode = retold(here.label, frame), mode_of(here, frame)
    lines = [frame.say("● {step}：等待 {people}{mode}", step=label, people=awaited, mode=mode)]
    lines += [frame.say("○ {step}：然后 {people}", step=label, people=held)] if held and here.mode != "claim" else []
    lines += [
        frame.say("○ {step}：{people}", step=retold(step.label, frame), people=people(step.people, frame))
        for step in case.steps[case.current + 1 :]
    ]
    return [*lines, frame.say("‖ 已暂停")] if case.paused_at else lines


def sitting(tasks: Sequence[Task], frame: Frame) -> str:
    """Who is awaited, a deputy with the name of whoever they sit in for: 李想（代王芳）."""
    if not any(task.via == "deputy" for task in tasks):
        return people((task.person for task in tasks), frame)
    return frame.listed(f"{people((one.person,), frame)}{_how(one, frame)}" for one in tasks[:_MANY])


def _ended(case: Case, before: datetime, frame: Frame) -> list[str]:
    if case.closed_at is None or case.status is not Status.WITHDRAWN:
        return []
    who = case.closed_by or case.applicant
    done = frame.say(" 撤销" if who in case.owners else " 终止") + _quoted(case.closing_words, frame)
    return [f"✗ {people((who,), frame)} {clock(case.closed_at, frame, before)}{done}"]


def mode_of(step: Step, frame: Frame) -> str:
    """How many of several people have to say yes."""
    if step.mode == "vote":
        return frame.say("，{share} 同意即通过", share=share(step.quorum))
    return frame.say(_MODES.get(step.mode, ""))


def decision(case: Case, step: str, task: Task | None, frame: Frame) -> str:
    """王芳 10:02 已同意: the person's own decision, else the one that made theirs needless, else the case's state."""
    stop = next((one for one in case.steps if one.id == step), None)
    enough = stop is not None and stop.mode in ("one", "any", "claim")
    for at, done in _decisions(case.tasks_of(step)) if task is None or task.at is None else [(task.at, task)]:
        if done is task or done.state in ("rejected", "returned") or enough:
            who = people((done.person,), frame) + (_how(done, frame) if done.via == "deputy" else "")
            return f"{who} {clock(at, frame, done.since)} {verb(done.state, stop, frame)}"
    return state(case, frame)


def _decisions(tasks: tuple[Task, ...]) -> list[tuple[datetime, Task]]:
    """What was answered and when, in that order."""
    answered = ((task.at, task) for task in tasks if task.at is not None and task.state != "removed")
    return sorted(answered, key=lambda decided: decided[0])


def _said(task: Task, at: datetime, step: Step, case: Case, frame: Frame) -> tuple[datetime, str, str]:
    """When, and the words around the time."""
    doing = verb(task.state, step, frame)
    if task.via == "entrust":
        doing = frame.say("答复：同意" if task.state == "approved" else "答复：不同意")
    elif task.state == "rejected" and step.mode == "vote":
        doing = frame.say("反对")
    elif task.state == "passed":
        doing = _handed_on(task, case.tasks_of(step.id), frame) or doing
    who = f"{retold(step.label, frame)} {people((task.person,), frame)}{_how(task, frame)}"
    return at, f"{_MARKS.get(task.state, '·')} {who} ", f" {doing}{_quoted(task.words, frame)}"


def _handed_on(task: Task, tasks: Sequence[Task], frame: Frame) -> str:
    """To whom the task went, and through whom where it was not the person's own doing."""
    later = tasks[tasks.index(task) + 1 :]
    to = next((one for one in later if one.place == task.place and one.via in SEATED), None)
    if to is None:
        return ""
    if to.by and to.by != task.person:
        return frame.say("由 {by} 交接给 {who}", by=people((to.by,), frame), who=people((to.person,), frame))
    return frame.say("已转交 {who}", who=people((to.person,), frame))


_MARKS = {"approved": "✓", "rejected": "✗", "returned": "↩", "passed": "→"}


def _how(task: Task, frame: Frame) -> str:
    """How somebody who does not stand on the route came to it."""
    match task.via:
        case "deputy":
            return frame.say("（代{who}）", who=people((task.place,), frame))
        case "before" | "after" | "beside":
            return frame.say("（{who}加签）", who=people((task.by,), frame))
        case "entrust":
            return frame.say("（{who}委派）", who=people((task.by,), frame))
    return ""
