"""The cards of a case: the draft, the applicant's, the approver's, the copy for those who are told."""

from collections.abc import Sequence
from typing import Final

from cards.card import Card, Frame
from cards.dress import Button, dress
from cards.escape import plain
from cards.form import decision_form, draft_form
from cards.phrases import DONE, NOTHING, headline, kind, particulars, state
from cards.story import decision, planned, travelled
from cards.tracks import track
from domain.approvals.case import Case, Status
from domain.approvals.flow import Flow
from domain.approvals.route import Plan

_SUBMIT: Final = Button(id="submit", text="提交", colour="blue")
_EDIT: Final = Button(id="edit", text="修改")
_CANCEL: Final = Button(id="cancel", text="取消")
_WITHDRAW: Final = Button(id="withdraw", text="撤销")
_URGE: Final = Button(id="urge", text="催办")
_REJECT: Final = Button(id="reject", text="驳回", colour="red")
_YES: Final = {
    kind: Button(id="approve", text=text, colour="blue") for kind, text in {**DONE, "handle": "已办理"}.items()
}


def draft_card(
    case: Case, flow: Flow, plan: Plan | None, frame: Frame, *, facts: Sequence[str] = (), tip: str = ""
) -> Card:
    """What was understood, what was assumed, and who will decide: nothing is filed yet.

    `facts` are sentences that matter for the applicant (the balance, who else is away). A plain card can be submitted
    once the route is known; a rich one at once, for its form asks for what is missing."""
    rich = frame.dialect == "rich"
    lines = [*particulars(case, flow, frame), *_quoted(case.notes), *_spoken(facts)]
    missing = "、".join(field.label for field in flow.fields if field.required and case.values.get(field.id) in NOTHING)
    if missing:
        lines.append(f"还差：{missing}")
        tip = tip or ("填好后提交" if rich else "在聊天里补充就可以")
    elif plan is None:
        tip = tip or "还找不到能审批的人，可以修改，或者联系管理员"
    return dress(
        track(case.number, "a", case.applicant), case, frame,
        title=f"{kind(case, flow)} 待提交",
        lines=lines,
        way=("**审批**", *planned(plan, frame)) if plan else (),
        tip=tip or "请核对，没有问题就提交",
        buttons=(_SUBMIT, _EDIT, _CANCEL) if plan or rich else (_EDIT, _CANCEL),
        form=draft_form(case, flow) if rich else (),
    )  # fmt: skip


def applicant_card(case: Case, flow: Flow, frame: Frame, *, tip: str = "") -> Card:
    """The applicant's card, which moves along the route."""
    return dress(
        track(case.number, "a", case.applicant), case, frame,
        title=f"我的{kind(case, flow)} {state(case)}",
        lines=particulars(case, flow, frame),
        way=_way(case, frame),
        tip=tip or _foot(case),
        buttons=(_URGE, _WITHDRAW) if case.status is Status.RUNNING else (),
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
            tip=tip or _foot(case),
        )  # fmt: skip
    asked = next(one.kind for one in case.steps if one.id == step)
    return dress(
        track(case.number, f"s{step}", person), case, frame, step=step,
        title=headline(case, frame),
        lines=[*lines, *_spoken(facts)],
        way=_way(case, frame),
        tip=tip or f"等待你处理 · {case.number}",
        buttons=(_YES[asked], _REJECT),
        form=decision_form() if frame.dialect == "rich" else (),
    )  # fmt: skip


def copy_card(case: Case, flow: Flow, person: str, frame: Frame) -> Card:
    """For those who are told at the end (抄送)."""
    return dress(
        track(case.number, "c", person), case, frame,
        title=f"{headline(case, frame)} {state(case)}",
        lines=particulars(case, flow, frame),
        way=_way(case, frame),
        tip=f"抄送给你，不用处理 · {case.number}",
    )  # fmt: skip


def _way(case: Case, frame: Frame) -> tuple[str, ...]:
    lines = travelled(case, frame)
    return ("**进度**", *lines) if lines else ()


def _quoted(notes: Sequence[str]) -> list[str]:
    return [f"> {line}" for line in _spoken(notes)]


def _spoken(sentences: Sequence[str]) -> list[str]:
    return [plain(one, 120) for one in sentences]


def _foot(case: Case) -> str:
    if case.status is Status.EXPIRED:
        return f"放了一天没有提交，已经过期。需要的话再说一遍 · {case.number}"
    return f"{state(case)} · {case.number}"
