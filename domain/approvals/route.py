"""Where a case goes: the route that fits, its words resolved to people, and why (R-APR-1, R-APR-5)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from domain.approvals.alternatives import alternatives, step_label
from domain.approvals.choices import check_choices
from domain.approvals.conditions import NoValue, evaluate
from domain.approvals.flow import CHOSEN, Away, Flow, Policies, Returned, Route, StepKind, StepWord, facts, labels
from domain.approvals.posts import CHAIN, Found, Posts
from domain.approvals.promises import promises
from domain.approvals.rules import sentences
from domain.errors import RouteImpossible
from domain.people import Department, Organization, Person

StepMode = Literal["one", "any", "all", "sequence", "vote", "claim"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stop on the route, with the people who are asked there. `label` is the flow's word for them.

    `mode`: `one` person, `any` one of several, `all` of them, one after the other in `sequence`, a `vote`, or whoever
    takes it from the pool (`claim`). A vote has `weights` (in the order of `people`; none: one each) and passes when
    the yeses reach `quorum`, a share of all weights (0 < quorum <= 1). `words` are what the people were resolved from,
    for looking again when they have left. `hours`: working hours in which it should be decided (0: no limit), and
    `overdue` what happens then (or a people word: who is asked then). `away`: whether somebody on leave is waited for,
    or the next one up, or whoever they named, is asked."""

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
    overdue: str = "remind"
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
    posts = posts_for(flow, values, applicant, organization)
    check_choices(flow, values, posts)
    open_to = routes_for(flow, posts)
    route = _chosen(flow, open_to, values)
    here = (posts.at(route.department) if route.department else posts) or posts
    words = (one for way in open_to for step in way.steps for one in step.words if one.startswith("user:"))
    names = {**labels(flow), **{one: posts.called(one) for one in words}}
    steps, notes = _steps(route, flow, values, here, names)
    rules = (
        *notes,
        *alternatives(flow, route, open_to, names),
        *sentences(flow, values, names),
        *promises(flow.policies, posts),
    )
    cc = _cc(route, flow, values, here)
    if flow.policies.told == "others":
        cc = tuple(one for one in cc if not any(one in step.people for step in steps))
    return Plan(steps=steps, cc=cc, rules=tuple(dict.fromkeys(rules)), returned=flow.policies.returned)


def posts_for(flow: Flow, values: Mapping[str, Any], applicant: Person, organization: Organization) -> Posts:
    """The flow's words as they are meant for this form. Raises RouteImpossible."""
    return Posts(
        organization=organization,
        applicant=applicant,
        meanings=flow.posts,
        policies=flow.policies,
        administrator=flow.administrator,
        as_heads=flow.heads,
        department=_filed_from(values.get("department"), applicant, organization),
    )


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
    route: Route, flow: Flow, values: Mapping[str, Any], posts: Posts, names: Mapping[str, str]
) -> tuple[tuple[Step, ...], list[str]]:
    steps: list[Step] = []
    notes: list[str] = []
    for word in route.steps:
        for asked in _asked(word, flow, values, posts, names):
            notes += asked.found.notes
            if asked.found.people:
                _add(steps, notes, asked.step(posts.policies), posts.policies.again)
    if not any(step.kind != "handle" for step in steps):
        found = posts.administrators("没有其他人可以审批")
        notes += found.notes
        asked = _Asked(word=StepWord(kind="approve"), label="流程管理员", found=found)
        steps.insert(0, asked.step(posts.policies))
    return tuple(replace(step, id=str(place)) for place, step in enumerate(steps, start=1)), notes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What a step's word came to for this applicant and this form; `words` are what can be looked up again."""

    word: StepWord
    label: str
    found: Found
    words: tuple[str, ...] = ()
    weights: tuple[float, ...] = ()

    def step(self, policies: Policies) -> Step:
        """The stop. One person needs no vote and no pool; nobody carries out a step by being late."""
        people, mode = self.found.people, self.word.mode or "any"
        by_itself = self.word.kind == "handle" and policies.overdue in ("approve", "reject")
        return Step(
            id="", kind=self.word.kind, mode="one" if len(people) == 1 and mode != "all" else mode, people=people,
            label=self.label, why=self.found.why, weights=self.weights if len(people) > 1 else (),
            quorum=self.word.quorum if len(people) > 1 else 0.0, words=self.words, hours=policies.hours,
            overdue="remind" if by_itself else policies.overdue, away=policies.away,
        )  # fmt: skip


def _asked(
    word: StepWord, flow: Flow, values: Mapping[str, Any], posts: Posts, names: Mapping[str, str]
) -> Iterator[_Asked]:
    """The steps that one word of a route makes: one, or with 逐级 several."""
    label = step_label(word, names)
    if word.field:
        yield _Asked(word=word, label=label, found=_named(word, label, values.get(word.field), posts))
        return
    chain, _, until = word.words[0].partition(":")
    if chain == CHAIN:
        for said, found in posts.chain(until):
            yield _Asked(word=word, label=posts.called(said), found=found, words=(said,))
        return
    weights = word.weights or (1.0,) * len(word.words)
    spelled = [
        (one, weight)
        for said, weight in zip(word.words, weights, strict=True)
        for one in _spelled(said, flow, values, posts)
    ]
    if not spelled:
        raise RouteImpossible(f"还没有填写“{label.partition('的')[0]}”")
    words = tuple(one for one, _ in spelled)
    if word.mode not in ("all", "sequence", "vote"):
        yield _Asked(word=word, label=label, found=posts.step(words), words=words)
        return
    seats, found = _seated(spelled, posts)
    heavy = [f"{posts.called(one)}在投票里算 {weight:g} 票" for one, weight in spelled if weight != 1]
    found = replace(found, notes=(*found.notes, *heavy))
    yield _Asked(word=word, label=label, found=found, words=words, weights=tuple(seats.values()) if heavy else ())


def _seated(words: list[tuple[str, float]], posts: Posts) -> tuple[dict[str, float], Found]:
    """A seat for everybody whom any of the words means, with the greatest of their weights."""
    seats: dict[str, float] = {}
    found = [posts.step((word,)) for word, _ in words]
    for one, (_, weight) in zip(found, words, strict=True):
        for person in one.people:
            seats[person] = max(weight, seats.get(person, weight))
    whys = dict.fromkeys(one.why for one in found if one.people)
    notes = dict.fromkeys(note for one in found for note in one.notes)
    return seats, Found(people=tuple(seats), why="；".join(whys), notes=tuple(notes))


def _spelled(word: str, flow: Flow, values: Mapping[str, Any], posts: Posts) -> tuple[str, ...]:
    """FIELD:岗位 as a word for each department that is chosen there; any other word as it is."""
    kind, colon, post = word.partition(":")
    chosen = (one.id for one in flow.fields if one.type == "departments" and kind in (one.id, one.label))
    field = next(chosen, None) if colon else None
    if field is None:
        return (word,)
    return tuple(f"{_department(str(one), posts).id}:{post}" for one in _several(values.get(field)))


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
    named = _several(value)
    if not named:
        raise RouteImpossible(f"还没有填写“{label}”")
    people = dict.fromkeys(userid for one in named for userid in _behind(str(one), posts))
    if not people:
        return posts.administrators(f"{label}没有负责人")
    asked = tuple(userid for userid in people if userid != posts.applicant.userid)
    if asked or word.mode:
        notes = () if len(asked) == len(people) else (f"{label}里的申请人本人不再审批",)
        return Found(people=asked, why=f"{label}：表单里选的", notes=notes)
    raise RouteImpossible(f"“{label}”不能是申请人本人")


def _several(value: Any) -> tuple[Any, ...]:
    """What was chosen in a field, whether it holds one or many."""
    return tuple(value) if isinstance(value, list | tuple) else () if value in (None, "") else (value,)


def _behind(name: str, posts: Posts) -> tuple[str, ...]:
    """A person by userid, or those who head the department of this name or number."""
    return (name,) if posts.organization.find(name) else posts.heads(_department(name, posts)).people


def _department(name: str, posts: Posts) -> Department:
    """By name or number. Raises RouteImpossible."""
    department = posts.organization.department_named(name)
    if department is None and name.isdecimal():
        department = posts.organization.department(int(name))
    if department is None:
        raise RouteImpossible(f"通讯录里没有“{name}”")
    return department


def _cc(route: Route, flow: Flow, values: Mapping[str, Any], posts: Posts) -> tuple[str, ...]:
    """Everybody who is told at the end, once; not the applicant, who hears it anyway."""
    people: dict[str, None] = {}
    for word in route.cc:
        if word == CHOSEN:
            people |= dict.fromkeys(_several(values.get("cc")))
        else:
            spelled = _spelled(word, flow, values, posts)
            people |= dict.fromkeys(userid for one in spelled for userid in posts.told(one))
    people.pop(posts.applicant.userid, None)
    return tuple(userid for userid in people if posts.organization.find(userid) is not None)
