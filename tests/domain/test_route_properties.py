"""Whatever the organisation and the flow: a plan that people can follow, or a reason why there is none."""

from hypothesis import given
from hypothesis import strategies as st

from domain.approvals.flow import Policies, Route
from domain.approvals.route import Plan, Step
from domain.errors import RouteImpossible
from domain.people import Department, Organization, Person
from tests.domain.company import flow, planned, route

NAMES = [f"p{number}" for number in range(6)]
ROLES = ("总经理", "会计", "出纳")
WORDS = ("部门主管", "部门负责人", "直接主管", "上级领导", "总经理", "会计", "handle:出纳", "法务", "d2", "部门主管|会计",
         "review:总经理", "confirm:deputy", "all-of:departments", "第3级主管", "逐级:总经理", "逐级:部门经理",
         "review:逐级:第3级主管", "departments:会计", "all-of:departments:会计", "vote 2/3:总经理*2|会计|部门主管",
         "in-sequence:会计|出纳", "handle claim:会计|出纳", "vote 60%:departments", "user:p3")  # fmt: skip


@st.composite
def companies(draw: st.DrawFn) -> Organization:
    several = st.lists(st.sampled_from([*NAMES, "gone"]), max_size=2, unique=True).map(tuple)
    departments = [
        Department(id=number, name=f"d{number}", parent=draw(st.integers(1, number - 1)), leaders=draw(several))
        for number in range(2, 6)
    ]
    departments.append(Department(id=1, name="d1", parent=None, leaders=draw(several)))
    people = [
        Person(
            userid=name,
            name=name,
            departments=tuple(draw(st.lists(st.integers(1, 6), max_size=2, unique=True))),
            manager=draw(st.sampled_from([None, *NAMES, "gone"])),
            roles=tuple(draw(st.lists(st.sampled_from(ROLES), max_size=2, unique=True))),
            admin=draw(st.booleans()),
        )
        for name in NAMES
    ]
    return Organization(people=people, departments=departments)


routes: st.SearchStrategy[Route] = st.builds(
    lambda steps, cc: route(*steps, cc=tuple(cc)),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=5),
    st.lists(st.sampled_from([*WORDS[:6], "自选"]), max_size=3),
)
policies = st.builds(
    Policies,
    self=st.sampled_from(["up", "head", "skip", "administrator"]),
    missing=st.sampled_from(["administrator", "skip", "up", "user:p4", "出纳"]),
    again=st.sampled_from(["consecutive", "once", "every"]),
)


anybody = st.sampled_from(NAMES)
somebody = st.lists(st.sampled_from(["d1", "d3", "p2"]))


@given(companies(), routes, policies, anybody, anybody, somebody)
def test_every_plan_has_somebody_else_at_every_step(
    company: Organization, way: Route, policy: Policies, applicant: str, deputy: str, chosen: list[str]
) -> None:
    form = {"deputy": deputy, "departments": chosen, "cc": ["p5", deputy]}
    try:
        found = planned(flow(way, policies=policy), applicant, company, **form)
    except RouteImpossible:
        return
    _sound(found, applicant, company)
    if policy.again != "every":
        assert not any(map(_alike, found.steps, found.steps[1:]))


def _sound(found: Plan, applicant: str, company: Organization) -> None:
    assert [step.id for step in found.steps] == [str(place + 1) for place in range(len(found.steps))]
    assert any(step.kind != "handle" for step in found.steps)
    for step in found.steps:
        assert step.people
        assert len(set(step.people)) == len(step.people)
        assert applicant not in step.people
        assert all(company.find(userid) for userid in step.people)
        assert "" not in (step.label, step.why)
        assert step.mode == "all" or (step.mode == "one") == (len(step.people) == 1)
        assert (step.mode == "vote") == (step.quorum > 0)
        assert len(step.weights) in (0, len(step.people))
    assert applicant not in found.cc
    assert len(set(found.cc)) == len(found.cc)
    assert all(company.find(userid) for userid in found.cc)


def _alike(before: Step, after: Step) -> bool:
    return len(after.people) == 1 and before.people == after.people and "handle" not in (before.kind, after.kind)
