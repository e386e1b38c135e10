"""A flow as administrators know it: start, routes side by side with their conditions, steps with people, cc, end."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from cards.phrases import share
from domain.approvals.alternatives import step_label
from domain.approvals.conditions import in_words
from domain.approvals.flow import CHOSEN, DEFAULTS, Flow, Policies, Route, StepWord, labels
from domain.approvals.posts import NEAR
from domain.approvals.rules import sentences

Kind = Literal["start", "condition", "approve", "review", "confirm", "handle", "cc"]
Names = tuple[str, ...] | None  # who it is; nobody: the post is not held; None: it depends, or nobody looked

KINDS: Final[Mapping[Kind, str]] = {
    "start": "发起", "condition": "条件", "approve": "审批", "review": "复核", "confirm": "确认", "handle": "办理",
    "cc": "抄送",
}  # fmt: skip
LEVELS: Final = {"employee": "员工", "supervisor": "主管", "manager": "部门负责人", "head": "部门负责人"}
_MODES: Final = {"any": "或签", "all": "会签", "sequence": "依次", "vote": "投票", "claim": "认领"}
_SHOWN: Final = 6  # names in one box; the others are counted
NOBODY: Final = "没有人担任"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One card of the drawing. `number` and `mode` stand beside the heading, `lines` are the text, `small` is said in
    grey beneath; `amiss`: in red, for somebody must look."""

    kind: Kind
    heading: str
    number: str = ""
    mode: str = ""
    lines: tuple[str, ...] = ()
    small: tuple[str, ...] = ()
    amiss: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The whole drawing; a case takes one of the branches."""

    title: str
    beside: str
    start: Box
    branches: tuple[tuple[Box, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who is meant, as far as it is known: by a step, and by a word of the cc; `applicant` is who files."""

    asked: Callable[[StepWord], Names] = lambda word: None
    told: Callable[[str], Names] = lambda word: None
    applicant: str = ""


def chart(flow: Flow, routes: Sequence[Route], people: People) -> Chart:
    """The drawing of these routes of the flow."""
    names = labels(flow)
    wholly = len(routes) == 1 and not conditions_of(routes[0], routes, names)
    branches = tuple(
        (*(() if wholly else (_condition(place, route, routes, names),)), *_steps(route, names, people))
        for place, route in enumerate(routes, start=1)
    )
    beside = " · ".join(part for part in (flow.id, flow.prefix, flow.pack) if part)
    return Chart(
        title=flow.title, beside=beside, start=_start(flow, people.applicant), branches=branches,
        notes=tuple(policies_in_words(flow.policies)),
    )  # fmt: skip


def _start(flow: Flow, applicant: str) -> Box:
    must = "、".join(field.label for field in flow.fields if field.required)
    may = "、".join(field.label for field in flow.fields if not field.required)
    small = tuple(f"{what}：{said}" for what, said in (("必填", must), ("选填", may)) if said)
    rules = sentences(flow, {}, labels(flow))
    return Box(kind="start", heading="发起", lines=(applicant or "申请人",), small=(*small, *rules))


def _condition(place: int, route: Route, routes: Sequence[Route], names: Mapping[str, str]) -> Box:
    said = conditions_of(route, routes, names) or ("其他情况",)
    return Box(kind="condition", heading=KINDS["condition"], number=str(place), lines=said)


def conditions_of(route: Route, routes: Sequence[Route], names: Mapping[str, str]) -> tuple[str, ...]:
    """For whom and when, a line each."""
    said = [f"申请人是{LEVELS[route.applicant]}"] if route.applicant in LEVELS else []
    said += [f"申请人在{route.department}"] if route.department else []
    if route.when is not None:
        return (*said, *in_words(route.when, names).replace(" 且 ", "\n且 ").splitlines())
    alike = [one for one in routes if (one.applicant, one.department) == (route.applicant, route.department)]
    return (*said, "其他情况") if said and len(alike) > 1 else tuple(said)


def _steps(route: Route, names: Mapping[str, str], people: People) -> list[Box]:
    boxes = [_step(place, word, names, people) for place, word in enumerate(route.steps, start=1)]
    return [*boxes, _cc(route.cc, people)] if route.cc else boxes


def _step(place: int, word: StepWord, names: Mapping[str, str], people: People) -> Box:
    who = people.asked(word)
    several = len(word.words) > 1 or len(who or ()) > 1
    hints = ["申请时在表单里选"] if word.field else [_HINTS[one] for one in word.words if one in _HINTS]
    small = _named(who) if who is not None else ("；".join(hints),) if hints else ()
    return Box(
        kind=word.kind, heading=KINDS[word.kind], number=str(place), mode=mode_in_words(word, several=several),
        lines=(_spoken(step_label(word, names)),), small=small, amiss=who == (),
    )  # fmt: skip


def _spoken(words: str) -> str:
    return words.replace(f"{NEAR}:", f"{NEAR}的")


_HINTS: Final = {  # whom a relation means, for whoever files
    "部门主管": "申请人所在部门的负责人",
    "部门经理": "申请人一级部门的负责人",
    "部门负责人": "申请人一级部门的负责人",
    "直接主管": "申请人的直属上级",
    "上级领导": "直属上级的直属上级",
}


def mode_in_words(word: StepWord, *, several: bool) -> str:
    """The same in a word; a vote with the share that it needs."""
    mode = word.mode or ("any" if several else "")
    return f"{_MODES.get(mode, '')}{f' {share(word.quorum)}' if mode == 'vote' and word.quorum else ''}"


def _cc(words: Sequence[str], people: People) -> Box:
    found = {word: people.told(word) for word in words if word != CHOSEN}
    known = [name for names in found.values() for name in names or ()]
    said = tuple("申请人选的人" if word == CHOSEN else _spoken(word) for word in words)
    return Box(
        kind="cc", heading=KINDS["cc"], lines=("、".join(said),), small=_named(tuple(dict.fromkeys(known)) or None)
    )


def _named(who: Names) -> tuple[str, ...]:
    if who is None:
        return ()
    if not who:
        return (NOBODY,)
    return ("、".join(who[:_SHOWN]) + (f" 等 {len(who)} 人" if len(who) > _SHOWN else ""),)


def policies_in_words(policies: Policies) -> Iterable[str]:
    """What happens where a step would stall, where the flow says otherwise than all do (R-APR-5)."""
    for key, values in POLICIES.items():
        value = getattr(policies, key)
        if value != getattr(DEFAULTS, key):
            yield values.get(str(value), f"{values['']}：{value}")
    if policies.hours:
        yield f"每一步限 {policies.hours:g} 个工作小时"


POLICIES: Final[Mapping[str, Mapping[str, str]]] = {
    "self": {
        "": "审批人是申请人本人", "up": "审批人是申请人本人：由上一级审批", "skip": "审批人是申请人本人：跳过",
        "head": "审批人是申请人本人：由部门负责人审批", "administrator": "审批人是申请人本人：由流程管理员审批",
        "allow": "审批人是申请人本人：可以自己审批",
    },
    "missing": {
        "": "没有人担任", "administrator": "没有人担任：由流程管理员审批", "skip": "没有人担任：跳过",
        "up": "没有人担任：由申请人的主管审批",
    },
    "again": {
        "": "同一人重复出现", "consecutive": "同一人连续出现：合为一步", "once": "同一人重复出现：只审批一次",
        "every": "同一人重复出现：每次都要审批",
    },
    "away": {
        "": "审批人请假", "wait": "审批人请假：等他回来", "up": "审批人请假：由上一级审批",
        "substitute": "审批人请假：由替班人审批",
    },
    "overdue": {
        "": "超时", "remind": "超时：提醒审批人", "up": "超时：转给上一级", "administrator": "超时：转给流程管理员",
        "approve": "超时：自动同意", "reject": "超时：自动驳回",
    },
    "returned": {
        "": "退回后重新提交", "again": "退回后重新提交：从头再走", "straight": "退回后重新提交：直接回到退回的人",
        "keep": "退回后重新提交：内容没变的审批继续有效",
    },
}  # fmt: skip
