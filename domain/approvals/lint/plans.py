"""What comes out when somebody of each kind files: chains that end at the administrators, people who would approve
their own, posts that nobody near holds, votes that cannot pass, deadlines after which nobody is asked."""

from collections.abc import Iterator, Sequence

from domain.approvals.alternatives import step_label
from domain.approvals.flow import CHOSEN, Route, labels
from domain.approvals.lint.finding import Example, Finding, somebody
from domain.approvals.lint.groups import Group
from domain.approvals.lint.steps import Doubt, step_doubts
from domain.approvals.lint.survey import Survey
from domain.approvals.posts import NEAR, RELATIONS, Posts
from domain.approvals.route import Plan, plan
from domain.errors import RouteImpossible
from domain.people import Person

_ADMINISTRATOR, _SKIPPED = "由流程管理员审批", "跳过这一步"  # what notes of a plan end with


def plan_findings(survey: Survey) -> Iterator[Finding]:
    """One of each group files each kind of form; what is the same for many is said once, where it is met first."""
    told: dict[Doubt, tuple[int, Example, list[Group]]] = {}
    met: dict[int, set[str]] = {}
    for open_to, groups in survey.audiences.items():
        for route, point in survey.takers[open_to].items():
            for group in groups:
                case = survey.example(group, point)
                for doubt in _doubts(survey, route, group, case, met.setdefault(route, set())):
                    told.setdefault(doubt, (route, case, []))[2].append(group)
    for doubt, (route, case, groups) in told.items():
        yield _finding(survey, doubt, route, case, groups)
    yield from _steps_of_nobody(survey, met)


def _finding(survey: Survey, doubt: Doubt, route: int, case: Example, groups: Sequence[Group]) -> Finding:
    whom = f"{somebody(survey.names(groups), survey.everybody())}：" if doubt.about else ""
    return Finding(
        where=("route", route, doubt.key),
        text=whom + doubt.text,
        instead=doubt.instead,
        level=doubt.level,
        example=case,
    )


def _doubts(survey: Survey, route: int, group: Group, case: Example, met: set[str]) -> Iterator[Doubt]:
    """About one case. `met`: the labels of the steps that anybody has had on this route so far."""
    try:
        found = plan(survey.flow, case.form, group.person, survey.organization)
    except RouteImpossible as refusal:
        if "还没有填写" not in refusal.reason:  # said of the form (forms.py)
            yield Doubt(key="approve", text=f"发不出去：{refusal.reason}", instead="换一个岗位，或写 administrator")
        met.update(step_label(step, labels(survey.flow)) for step in survey.flow.routes[route].steps)
        return
    met.update(step.label for step in found.steps)
    posts = group.posts(survey.flow, survey.organization)
    yield from _notes(found, survey.flow.routes[route], posts)
    for step in found.steps:
        yield from step_doubts(step, posts)
    yield from _told(survey.flow.routes[route], group, posts)


def _notes(found: Plan, route: Route, posts: Posts) -> Iterator[Doubt]:
    """What the plan did instead: nobody near the applicant holds the post, nobody is above, nobody else."""
    unknown = [posts.called(word) for step in route.steps for word in step.words if not posts.known(word)]
    for note in found.rules:
        if not note.endswith((_ADMINISTRATOR, _SKIPPED)) or any(f"没有人担任{word}" in note for word in unknown):
            continue
        if note.startswith("没有人担任"):
            yield Doubt(key="approve", text=note, instead="在这些部门指定一个人，或再写一个岗位（“A|B”）")
        else:
            yield Doubt(key="approve", text=note, level="hint")


def _told(route: Route, group: Group, posts: Posts) -> Iterator[Doubt]:
    """Words of the cc that are somebody for others, but nobody for these people; the applicant is never told."""
    for word in route.cc:
        if word == CHOSEN or (word not in RELATIONS and not word.startswith(f"{NEAR}:")) or not posts.known(word):
            continue
        if not posts.told(word) and not _same_without(group, posts).told(word):
            yield Doubt(key="cc", text=f"抄送的“{word}”没有人", instead="在这些部门指定一个人", level="hint")


def _same_without(group: Group, posts: Posts) -> Posts:
    """The same place in the organisation, with nobody in it."""
    there = Person(userid="", name="", departments=group.person.departments, manager=group.person.manager)
    return Posts(organization=posts.organization, applicant=there, meanings=posts.meanings, department=posts.department)


def _one_step(word: str) -> bool:
    """Whether a step of this word is called after it."""
    return ":" not in word or word.startswith(f"{NEAR}:")


def _steps_of_nobody(survey: Survey, met_by_route: dict[int, set[str]]) -> Iterator[Finding]:
    """Steps that fall away for everybody who takes the route, though somebody holds the post."""
    names = labels(survey.flow)
    nobody = Posts(organization=survey.organization, applicant=Person(userid="", name=""), meanings=survey.flow.posts)
    for place, labels_met in met_by_route.items():
        for step in survey.flow.routes[place].steps:
            label = step_label(step, names)
            held = step.field or any(nobody.known(word) for word in step.words if _one_step(word))
            if held and not any(f"、{label}、" in f"、{met}、" for met in labels_met):
                yield Finding(
                    where=("route", place, "approve"), text=f"“{label}”这一步对谁都不会出现", example=survey.case(place),
                    instead="删掉这一步，或换成别的岗位",
                )  # fmt: skip
