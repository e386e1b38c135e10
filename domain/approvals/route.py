"""Where a case goes: the route that fits, its words resolved to people, and why (R-APR-1, R-APR-5)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from domain.approvals.alternatives import alternatives, step_label
from domain.approvals.conditions import NoValue, evaluate
from domain.approvals.flow import CHOSEN, Away, Flow, Overdue, Returned, Route, StepKind, StepWord, facts, labels
from domain.approvals.posts import Found, Posts
from domain.errors import RouteImpossible
from domain.people import Organization, Person

StepMode = Literal["one", "any", "all", "sequence", "vote", "claim"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stop on the route, with the people who are asked there. `label` is the flow's word for them.

    `mode`: `one` person, `any` one of several, `all` of them, one after the other in `sequence`, a `vote`, or whoever
    takes it from the pool (`claim`). A vote has `weights` (in the order of `people`; none: one each) and passes when
    the yeses reach `quorum`, a share of all weights (0 < quorum <= 1). `words` are what the people were resolved from,
    for looking again when they have left. `hours`: working hours in which it should be decided (0: no limit), and
    `overdue` what happens then. `away`: whether somebody on leave is waited for, or who is asked instead."""

    id: str
    kind: StepKind
    mode: StepMode
    people: tuple[str, ...]
    label: str
    why: str
    weights: tuple[float, ...] = ()
    quorum: float = 0.0
    words: tuple[str, ...] = ()
    hours: float = 0.0
    overdue: Overdue = "remind"
    away: Away = "wait"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The whole way: steps, cc, and sentences that say what was chosen, merged or skipped, and what would change it.

    `returned`: what a case that was corrected after a return has to pass once more."""

    steps: tuple[Step, ...]
    cc: tuple[str, ...]
    rules: tuple[str, ...]
    returned: Returned = "again"


# Whose routes a person takes, the first kind that the flow has (R-ORG-3).
_TAKES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "employee": (("employee",), ("supervisor",)),
    "supervisor": (("supervisor",), ("employee",)),
    "head": (("manager", "head"), ("supervisor",), ("employee",)),
}


def plan(flow: Flow, values: Mapping[str, Any], applicant: Person, organization: Organization) -> Plan:
    """The route of this form for this applicant. Raises RouteImpossible."""
    posts = Posts(
        organization=organization,
        applicant=applicant,
        meanings=flow.posts,
        policies=flow.policies,
        administrator=flow.administrator,
        department=_filed_from(values.get("department"), applicant, organization),
    )
    open_to = routes_for(flow, posts)
    route = _chosen(flow, open_to, values)
    here = (posts.at(route.department) if route.department else posts) or posts
    names = labels(flow)
    steps, notes = _steps(route, values, here, names)
    rules = (*notes, *alternatives(flow, route, open_to))
    return Plan(steps=steps, cc=_cc(route, values, here), rules=tuple(dict.fromkeys(rules)))


def routes_for(flow: Flow, posts: Posts) -> list[Route]:
    """The flow's routes that are open to this applicant, by department and level (R-ORG-3), in the file's order."""
    here = [route for route in flow.routes if not route.department or posts.at(route.department)]
    levels = {route.applicant for route in here}
    taken = next((kind for kind in _TAKES[posts.level()] if levels.intersection(kind)), ())
    return [route for route in here if route.applicant in ("any", *taken)]


def _filed_from(chosen: object, applicant: Person, organization: Organization) -> int | None:
    """Which of their departments the applicant files from (R-ORG-4), by name or number; None: none was chosen."""
    if chosen in (None, ""):
        return None
    for number in applicant.departments:
        department = organization.department(number)
        if department and str(chosen) in (department.name, str(department.id)):
            return number
    raise RouteImpossible(f"申请人不在部门“{chosen}”")


def _chosen(flow: Flow, open_to: list[Route], values: Mapping[str, Any]) -> Route:
    known = facts(flow, values)
    try:
        for route in open_to:
            if route.when is None or evaluate(route.when, known):
                return route
    except NoValue as unknown:
        raise RouteImpossible(f"“{labels(flow).get(unknown.field, unknown.field)}”要填数字，才能确定审批路线") from None
    raise RouteImpossible("没有适合这种情况的审批路线" if open_to else "这个流程不适用于申请人的部门或级别")


def _steps(
    route: Route, values: Mapping[str, Any], posts: Posts, names: Mapping[str, str]
) -> tuple[tuple[Step, ...], list[str]]:
    steps: list[Step] = []
    notes: list[str] = []
    for word in route.steps:
        label = step_label(word, names)
        found = _named(word, label, values.get(word.field), posts) if word.field else posts.step(word.words)
        notes += found.notes
        if found.people:
            _add(steps, notes, _step(word, label, found), posts.policies.again)
    if not any(step.kind != "handle" for step in steps):
        found = posts.administrators("没有其他人可以审批")
        notes += found.notes
        steps.insert(0, _step(StepWord(kind="approve"), "流程管理员", found))
    away = posts.policies.away
    return tuple(replace(step, id=str(place), away=away) for place, step in enumerate(steps, start=1)), notes


def _step(word: StepWord, label: str, found: Found) -> Step:
    mode: StepMode = "all" if word.all_of else "one" if len(found.people) == 1 else "any"
    return Step(id="", kind=word.kind, mode=mode, people=found.people, label=label, why=found.why, words=word.words)


def _add(steps: list[Step], notes: list[str], step: Step, again: str) -> None:
    """Add the step, or merge it into one of the same single person (R-ORG-5); carrying out stays a step of its own."""
    first = {"consecutive": max(0, len(steps) - 1), "once": 0, "every": len(steps)}[again]
    for place in range(first, len(steps)):
        before = steps[place]
        if len(step.people) == 1 and before.people == step.people and "handle" not in (before.kind, step.kind):
            notes.append(f"{before.label}和{step.label}是同一个人，合为一步")
            kind = before.kind if before.kind == step.kind else "approve"
            both = replace(before, kind=kind, label=f"{before.label}、{step.label}", why=f"{before.why}；{step.why}")
            steps[place] = both
            return
    steps.append(step)


def _named(word: StepWord, label: str, value: Any, posts: Posts) -> Found:
    """The people, or the leaders of the departments, that the form names; the applicant does not ask themselves."""
    named = value if isinstance(value, list | tuple) else [] if value in (None, "") else [value]
    if not named:
        raise RouteImpossible(f"还没有填写“{label}”")
    people = dict.fromkeys(userid for one in named for userid in _behind(str(one), posts))
    if not people:
        return posts.administrators(f"{label}没有负责人")
    asked = tuple(userid for userid in people if userid != posts.applicant.userid)
    if asked or word.all_of:
        notes = () if len(asked) == len(people) else (f"{label}里的申请人本人不再审批",)
        return Found(people=asked, why=f"{label}：表单里选的", notes=notes)
    raise RouteImpossible(f"“{label}”不能是申请人本人")


def _behind(name: str, posts: Posts) -> tuple[str, ...]:
    """A person by userid, or those who head the department of this name or number."""
    organization = posts.organization
    if organization.find(name):
        return (name,)
    department = organization.department_named(name)
    if department is None and name.isdecimal():
        department = organization.department(int(name))
    if department is None:
        raise RouteImpossible(f"通讯录里没有“{name}”")
    return posts.heads(department).people


def _cc(route: Route, values: Mapping[str, Any], posts: Posts) -> tuple[str, ...]:
    """Everybody who is told at the end, once; not the applicant, who hears it anyway."""
    people: dict[str, None] = {}
    for word in route.cc:
        chosen = values.get("cc") or () if word == CHOSEN else posts.told(word)
        people |= dict.fromkeys([chosen] if isinstance(chosen, str) else chosen)
    people.pop(posts.applicant.userid, None)
    return tuple(userid for userid in people if posts.organization.find(userid) is not None)
