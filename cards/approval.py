"""The cards of a case: the draft, the applicant's, the approver's, the copy for those who are told."""

from collections.abc import Sequence
from typing import Final

from cards.card import Card, Frame
from cards.dress import Button, dress
from cards.form import decision_form, draft_form
from cards.phrases import NOTHING, headline, kind, particulars, people, state
from cards.retold import told
from cards.story import decision, planned, travelled
from cards.tracks import track
from domain.approvals.case import SEATED, Case, Status, Task
from domain.approvals.flow import Flow
from domain.approvals.operations import can_take_back, may_add, may_return, unclaimed
from domain.approvals.route import Plan

_SUBMIT: Final = Button(id="submit", text="提交", colour="blue")
_EDIT: Final = Button(id="edit", text="修改")
_CANCEL: Final = Button(id="cancel", text="取消")
_WITHDRAW: Final = Button(id="withdraw", text="撤销")
_URGE: Final = Button(id="urge", text="催办")
_REJECT: Final = Button(id="reject", text="驳回", colour="red")
_RESUBMIT: Final = Button(id="resubmit", text="重新提交", colour="blue")
_COPY: Final = Button(id="copy", text="再来一单")
_TAKE_BACK: Final = Button(id="take_back", text="撤回")
_READ: Final = Button(id="read", text="已阅")
_CLAIM: Final = Button(id="claim", text="认领", colour="blue")
_RELEASE: Final = Button(id="release", text="退回待认领")
_MORE: Final = tuple(
    Button(id=key, text=text)
    for key, text in (
        ("return", "退回"), ("transfer", "转交"), ("add_before", "前加签"), ("add_after", "后加签"),
        ("delegate", "委派"), ("comment", "评论"),
    )
)  # fmt: skip
_ADDING: Final = ("add_before", "add_after", "delegate")
_ENDED: Final = (Status.APPROVED, Status.REJECTED, Status.WITHDRAWN, Status.EXPIRED)
_YES: Final = {
    kind: Button(id="approve", text=text, colour="blue")
    for kind, text in {"approve": "同意", "review": "复核通过", "confirm": "确认", "handle": "已办理"}.items()
}


def draft_card(
    case: Case, flow: Flow, plan: Plan | None, frame: Frame, *, facts: Sequence[str] = (), tip: str = ""
) -> Card:
    """What was understood, what was assumed, and who will decide: nothing is filed yet.

    `facts` are sentences that matter for the applicant (the balance, who else is away). A plain card can be submitted
    once the route is known; a rich one at once, for its form asks for what is missing."""
    rich = frame.dialect == "rich"
    lines = [*particulars(case, flow, frame), *_quoted(case.notes, frame), *_spoken(facts, frame)]
    if case.status is Status.RETURNED:
        lines += [f"**{line}**" for line in travelled(case, frame)[-1:]]
    missing = [field for field in flow.fields if field.required and case.values.get(field.id) in NOTHING]
    if missing:
        lines.append(frame.say("还差：{fields}", fields=frame.listed(frame.say(field.label) for field in missing)))
        tip = tip or frame.say("填好后提交" if rich else "在聊天里补充就可以")
    elif plan is None:
        tip = tip or frame.say("还找不到能审批的人，可以修改，或者联系管理员")
    stands = frame.say("待提交" if case.status is Status.DRAFT else "已退回，待修改")
    return dress(
        track(case.number, "a", case.applicant), case, frame,
        title=frame.title("{what} {state}", what=_called(case, flow, frame, by=bool(case.filed_by)), state=stands),
        lines=lines,
        way=(frame.say("**审批**"), *planned(plan, frame)) if plan else (),
        tip=tip or frame.say("请核对，没有问题就提交"),
        buttons=_drafting(case, ready=bool(plan or rich)),
        form=draft_form(case, flow, frame) if rich else (),
    )  # fmt: skip


def applicant_card(case: Case, flow: Flow, frame: Frame, *, tip: str = "") -> Card:
    """The applicant's card, which moves along the route."""
    return dress(
        track(case.number, "a", case.applicant), case, frame,
        title=frame.title("{what} {state}", what=_called(case, flow, frame, by=True), state=state(case, frame)),
        lines=particulars(case, flow, frame),
        way=_way(case, frame),
        tip=tip or _foot(case, frame),
        buttons=_owning(case),
    )  # fmt: skip


def approver_card(
    case: Case, flow: Flow, step: str, person: str, frame: Frame, *, facts: Sequence[str] = (), tip: str = ""
) -> Card:
    """Who asks for what, and why; buttons while this person is awaited, afterwards the outcome.

    `facts` are sentences that matter for the decision; they go once it is made."""
    task = case.task(step, person)
    lines = particulars(case, flow, frame)
    if task is None or task.state != "open":
        return dress(
            track(case.number, f"s{step}", person), case, frame, step=step,
            title=headline(case, frame),
            lines=[*lines, f"**{decision(case, step, task, frame)}**"],
            way=_way(case, frame),
            tip=tip or _foot(case, frame),
            buttons=(_TAKE_BACK,) if task is not None and can_take_back(case, person, step) else (),
        )  # fmt: skip
    return dress(
        track(case.number, f"s{step}", person), case, frame, step=step,
        title=headline(case, frame),
        lines=[*lines, *_spoken(facts, frame)],
        way=_way(case, frame),
        tip=tip or f"{_asked(case, task, frame)} · {case.number}",
        buttons=() if case.paused_at else _answers(case, task),
        form=decision_form(frame) if frame.dialect == "rich" and not case.paused_at else (),
    )  # fmt: skip


def copy_card(case: Case, flow: Flow, person: str, frame: Frame) -> Card:
    """For those who are told at the end (抄送)."""
    return dress(
        track(case.number, "c", person), case, frame,
        title=frame.title("{what} {state}", what=headline(case, frame), state=state(case, frame)),
        lines=particulars(case, flow, frame),
        way=_way(case, frame),
        tip=f"{frame.say('抄送给你，已阅' if person in case.seen else '抄送给你，不用处理')} · {case.number}",
        buttons=() if person in case.seen else (_READ,),
    )  # fmt: skip


def _owning(case: Case) -> tuple[Button, ...]:
    if case.status is Status.RUNNING:
        return (_WITHDRAW,) if case.paused_at else (_URGE, _WITHDRAW)
    return (_COPY,) if case.status in _ENDED else ()


def _called(case: Case, flow: Flow, frame: Frame, *, by: bool) -> str:
    """What it is, and (`by`) whose: somebody else's, where it is filed for them."""
    said = kind(case, flow, frame)
    if case.filed_by:
        return frame.say("{who}的{what}", who=people((case.applicant,), frame), what=said)
    return frame.say("我的{what}", what=said) if by else said


def _asked(case: Case, task: Task, frame: Frame) -> str:
    """What whoever is asked shall do, perhaps for somebody else."""
    if case.paused_at:
        return frame.say("已暂停，恢复后再处理")
    if task.via == "deputy":
        return frame.say("等待你代{who}处理", who=people((task.place,), frame))
    return frame.say("等待你处理")


def _drafting(case: Case, *, ready: bool) -> tuple[Button, ...]:
    if case.status is Status.RETURNED:
        return (_RESUBMIT, _EDIT, _WITHDRAW) if ready else (_EDIT, _WITHDRAW)
    return (_SUBMIT, _EDIT, _CANCEL) if ready else (_EDIT, _CANCEL)


def _answers(case: Case, task: Task) -> tuple[Button, ...]:
    """What somebody who is asked can do; of a pool, one takes the task first."""
    step = case.step
    assert step is not None, "an open task stands in an open step"
    yes, pool = _YES[step.kind], step.mode == "claim"
    if pool and unclaimed(case):
        return (_CLAIM, yes, _REJECT)
    barred = (*(() if may_return(step, task) else ("return",)), *(() if may_add(case, task) else _ADDING))
    back = pool and task.via in SEATED and len(case.tasks_of(step.id)) > 1
    return (yes, _REJECT, *(one for one in _MORE if one.id not in barred), *((_RELEASE,) if back else ()))


def _way(case: Case, frame: Frame) -> tuple[str, ...]:
    lines = travelled(case, frame)
    return (frame.say("**进度**"), *lines) if lines else ()


def _quoted(notes: Sequence[str], frame: Frame) -> list[str]:
    return [f"> {line}" for line in _spoken(notes, frame)]


def _spoken(sentences: Sequence[str], frame: Frame) -> list[str]:
    return [told(one, frame, 120) for one in sentences]


def _foot(case: Case, frame: Frame) -> str:
    expired = case.status is Status.EXPIRED
    said = frame.say("放了一天没有提交，已经过期。需要的话再说一遍") if expired else state(case, frame)
    return frame.title("{said} · {number}", said=said, number=case.number)
