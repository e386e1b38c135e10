"""The linter against trying everything: each form on a fine grid, each person of the company."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.approvals.condition_text import parse
from domain.approvals.flow import Field, Flow, Route, StepWord, vocabulary
from domain.approvals.lint.finding import Finding
from domain.approvals.lint.groups import groups
from domain.approvals.linter import findings
from domain.approvals.posts import Posts
from domain.approvals.route import plan, routes_for
from domain.errors import RouteImpossible
from domain.people import Organization, Person
from tests.domain.test_route_properties import companies, policies

KIND = Field(id="kind", label="类别", type="choice", options={"a": "甲", "b": "乙"})
DAYS = Field(id="days", label="天数", type="number", required=True)
GRID = [Decimal(quarter) / 8 for quarter in range(1, 49)]  # finer than any limit below
ADMIN = Person(userid="admin", name="安民", departments=(1,), admin=True)
LEVELS = ("any", "any", "employee", "supervisor", "head")
WORDS = ("部门主管", "直接主管", "上级领导", "会计", "本部门:出纳", "总经理")
GAP, NEVER, ADMINISTRATOR = "没有路线", "永远走不到", "由流程管理员审批"

numbers = st.sampled_from(["0.5", "1", "1.5", "2", "3", "5"])
sizes = st.builds("days {} {}".format, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), numbers)
sums = st.builds("days * 2 {} {}".format, st.sampled_from(["<", "<=", ">", ">="]), numbers)
kinds = st.sampled_from(['kind == "a"', 'kind != "b"', 'kind in ["a", "b"]'])
conditions = st.recursive(
    sizes | sums | kinds,
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner)
        | st.builds("not ({})".format, inner)
    ),
    max_leaves=3,
)


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    """One to four routes, most of them with conditions, for anybody or one level, from anywhere or one department."""
    fields = (DAYS, replace(KIND, required=draw(st.booleans())))
    routes = tuple(
        Route(
            when=parse(when, vocabulary(fields)) if (when := draw(st.just("") | conditions | conditions)) else None,
            applicant=draw(st.sampled_from(LEVELS)), department=draw(st.sampled_from(["", "", "", "d2", "d3"])),
            steps=tuple(StepWord(kind="approve", words=(word,)) for word in draw(_words)),
            cc=tuple(draw(st.lists(st.sampled_from(["会计", "本部门:出纳"]), max_size=1))),
        )
        for _ in range(draw(st.integers(1, 4)))
    )  # fmt: skip
    return Flow(id="x", title="申请", prefix="X", fields=fields, routes=routes, policies=draw(policies))


_words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3)


def forms(flow: Flow) -> list[dict[str, str]]:
    """Every form on the grid."""
    options = ["a", "b", *([] if flow.fields[1].required else [""])]
    return [{"days": str(days), **({"kind": kind} if kind else {})} for days, kind in product(GRID, options)]


def applicants(company: Organization) -> list[tuple[Person, int | None, dict[str, str]]]:
    """Everybody, from the main department and from each other one, and how the form says so."""
    return [
        (person, number, {"department": here.name} if here else {})
        for person in company.people.values()
        for number in (None, *person.departments[1:])
        if (here := company.department(number or 0)) or number is None
    ]


def tried(flow: Flow, company: Organization) -> tuple[set[str], set[int]]:
    """Who has a route but none that fits some form, and which routes are ever taken."""
    without, taken = set[str](), set[int]()
    seen: dict[tuple[int, ...], tuple[bool, set[int]]] = {}
    places = {id(route): place for place, route in enumerate(flow.routes)}
    for person, number, where in applicants(company):
        posts = Posts(organization=company, applicant=person, policies=flow.policies, department=number)
        open_to = tuple(places[id(route)] for route in routes_for(flow, posts))
        if open_to not in seen:
            seen[open_to] = _taken(flow, company, person, where, open_to)
        gap, routes = seen[open_to]
        without |= {person.userid} if gap else set()
        taken |= routes
    return without, taken


def _taken(
    flow: Flow, company: Organization, person: Person, where: dict[str, str], open_to: tuple[int, ...]
) -> tuple[bool, set[int]]:
    """By filing every form: each route has a person of its own, so that the plan tells which one it was."""
    marked = replace(
        flow, routes=tuple(replace(one, cc=(), steps=(_mark(place),)) for place, one in enumerate(flow.routes))
    )
    people = [*company.people.values(), *(Person(userid=f"m{one}", name="", roles=(f"m{one}",)) for one in open_to)]
    wider, gap, routes = Organization(people=people, departments=company.departments.values()), False, set[int]()
    for form in forms(flow):
        try:
            (step,) = plan(marked, {**form, **where}, person, wider).steps
            routes.add(int(step.label.removeprefix("m")))
        except RouteImpossible as refusal:
            gap = gap or "没有适合" in refusal.reason
    return gap, routes


def _mark(place: int) -> StepWord:
    return StepWord(kind="approve", words=(f"m{place}",))


def with_admin(company: Organization) -> Organization:
    """The company, with somebody whom everything can go to."""
    return Organization(people=[*company.people.values(), ADMIN], departments=company.departments.values())


@settings(deadline=None, max_examples=50)
@given(companies(), flows())
def test_ranges_are_uncovered_and_routes_never_taken_exactly_where_trying_everything_says_so(
    company: Organization, flow: Flow
) -> None:
    company = with_admin(company)
    found = list(findings(flow, company))
    without, taken = tried(flow, company)
    assert bool(without) == any(GAP in one.text and one.level == "mistake" and _condition(one) for one in found)
    nowhere = {
        one.where[1] for one in found if NEVER in one.text or ("不可能成立" in one.text and one.text.startswith("这个"))
    }
    nobody = {one.where[1] for one in found if "现在没有人走" in one.text}
    assert set(range(len(flow.routes))) - taken == nowhere | nobody
    for one in found:
        if GAP in one.text and _condition(one):
            assert one.example is not None
            assert one.example.applicant in without


def _condition(one: Finding) -> bool:
    return one.where[-1] == "when"


@settings(deadline=None)
@given(companies(), flows())
def test_whoever_the_linter_names_is_whoever_trying_everybody_names(company: Organization, flow: Flow) -> None:
    """One of each group is tried instead of everybody; that must come to the same people."""
    company, flow = with_admin(company), replace(flow, routes=flow.routes[:1])
    flow = replace(flow, routes=(replace(flow.routes[0], when=None, applicant="any"),))
    expected: Counter[str] = Counter()
    for note, _ in {(note, who) for who, note in _notes(flow, company)}:
        expected[note] += 1
    counted: Counter[str] = Counter()
    for one in findings(flow, company):
        if one.text.endswith(ADMINISTRATOR):
            whom, _, note = one.text.partition("：")
            counted[note] += _number(whom, company)
    assert counted == expected
    assert {userid for group in groups(company, [flow]) for userid in group.people} == set(company.people)


def _notes(flow: Flow, company: Organization) -> set[tuple[str, str]]:
    """Who gets which note that sends a step to the administrators, of posts that somebody holds."""
    found: set[tuple[str, str]] = set()
    for person, _, where in applicants(company):
        try:
            rules = plan(flow, {"days": "1", "kind": "a", **where}, person, company).rules
        except RouteImpossible:
            continue
        held = Posts(organization=company, applicant=person)
        unknown = [held.called(word) for step in flow.routes[0].steps for word in step.words if not held.known(word)]
        found |= {
            (person.userid, note) for note in rules
            if note.endswith(ADMINISTRATOR) and not any(f"没有人担任{word}" in note for word in unknown)
        }  # fmt: skip
    return found


def _number(whom: str, company: Organization) -> int:
    """How many people `3 人（如 王芳）` are."""
    number, many, _ = whom.partition(" 人")
    return int(number) if many else len(company.people) if whom == "所有人" else 1
