"""The linter on a small company: votes, deadlines, people who cannot file at all, forms of many kinds."""

from dataclasses import replace
from typing import Any

import pytest

from domain.approvals.condition_text import parse
from domain.approvals.flow import Field, Flow, Policies, Route, StepWord, vocabulary
from domain.approvals.lint.finding import Finding
from domain.approvals.lint.groups import groups
from domain.approvals.lint.steps import step_doubts
from domain.approvals.linter import findings
from domain.approvals.posts import Posts
from domain.approvals.route import Step
from domain.people import Organization
from tests.domain.company import COMPANY, DEPARTMENTS, FORM, PEOPLE, flow, route
from tests.flows.generated import company


def said(case: Flow, company: Organization = COMPANY, level: str = "mistake") -> list[str]:
    return [one.text for one in findings(case, company) if one.level == level]


def asking(*required: str) -> tuple[Field, ...]:
    """The form, with these fields to be filled in."""
    return tuple(replace(one, required=one.id in required) for one in FORM)


def doubts(applicant: str = "ann", company: Organization = COMPANY, **step: Any) -> list[tuple[str, str]]:
    one = Step(
        **{"id": "1", "kind": "approve", "mode": "one", "people": ("hr",), "label": "人事经理", "why": "", **step}
    )
    posts = Posts(organization=company, applicant=company.person(applicant))
    return [(doubt.level, doubt.text) for doubt in step_doubts(one, posts)]


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ({"quorum": 1.5}, [("mistake", "“人事经理”要 1.5 的票同意，永远达不到")]),
        ({"quorum": 0.5, "weights": (0.0, 0.0)}, [("mistake", "“人事经理”的票数不对，投不出结果")]),
        ({"quorum": 0.5, "weights": (1.0,)}, [("mistake", "“人事经理”的票数不对，投不出结果")]),
        ({"quorum": 0.5, "people": ("hr",)}, [("hint", "“人事经理”只有一个人投票，由这个人决定")]),
        ({"quorum": 0.6, "weights": (2.0, 1.0)}, []),
    ],
)
def test_a_vote_has_to_be_able_to_pass(step: dict[str, Any], told: list[tuple[str, str]]) -> None:
    assert doubts(**{"mode": "vote", "people": ("clerk1", "clerk2"), **step}) == told


def test_after_a_deadline_somebody_has_to_be_there() -> None:
    assert doubts(hours=8.0, overdue="up") == []
    assert doubts(hours=8.0, overdue="up", people=("gm",)) == [("hint", "“人事经理”上面没有人，超时后转交流程管理员")]
    nobody = Organization(people=[replace(one, admin=False) for one in PEOPLE], departments=DEPARTMENTS)
    gone = [("mistake", "“人事经理”超时后没有人可以转交，只能一直提醒")]
    assert doubts(hours=8.0, overdue="up", people=("gm",), company=nobody) == gone
    assert doubts(hours=8.0, overdue="administrator", people=("admin",)) == gone
    assert doubts(hours=8.0, overdue="remind", people=("gm",), company=nobody) == []
    assert doubts(overdue="up", people=("gm",), company=nobody) == []


def test_nobody_decides_on_their_own_case() -> None:
    assert doubts(applicant="hr") == [("mistake", "会在“人事经理”这一步审批自己的申请")]


def test_a_deadline_without_hours_does_nothing() -> None:
    case = flow(route("人事经理"), policies=Policies(overdue="up"))
    assert said(case) == ['写了 overdue = "up"，但没有写几小时算超时，不会起作用']
    assert said(replace(case, policies=Policies(overdue="up", hours=8))) == []


def test_who_cannot_file_at_all_is_named() -> None:
    nobody = Organization(people=[replace(one, admin=False) for one in PEOPLE], departments=DEPARTMENTS)
    (one,) = [one for one in findings(flow(route("部门主管")), nobody) if "发不出去" in one.text]
    assert one.text == "高明：发不出去：部门主管：上面没有负责人，也没有流程管理员可以代为审批"
    assert one.example is not None
    assert one.example.applicant == "gm"


def test_a_ladder_and_a_last_route_for_everything_else_are_no_overlap() -> None:
    ladder = flow(route("人事经理", when="days <= 1"), route("会计", when="days <= 3"), route("总经理"))
    assert said(replace(ladder, fields=asking("days"))) == []
    twice = flow(route("人事经理", when="days <= 3"), route("人事经理", when="days >= 3"))
    assert said(replace(twice, fields=asking("days"))) == []


def test_somebody_who_files_from_another_department_is_tried_too() -> None:
    here = flow(route("人事经理", department="出纳组"), route("人事经理", "总经理", when="days > 3"))
    (gap,) = [one for one in findings(replace(here, fields=asking("days")), COMPANY) if "没有路线" in one.text]
    assert gap.text.endswith("天数不超过 3 时没有路线")
    assert gap.example is not None
    assert gap.example.applicant != "ann"


def test_of_thousands_of_people_only_the_kinds_are_tried() -> None:
    """What it costs depends on how many kinds of applicants there are, not on how many people."""
    small, large = (groups(company(size), [flow(route("部门主管", "会计"))]) for size in (500, 5_000))
    assert len(small) == len(large) < 30
    assert sum(len(one.people) for one in large) == 5_000


def test_conditions_that_tell_too_many_forms_apart_are_said_to_be_tried_in_part() -> None:
    fields = tuple(Field(id=f"n{number}", label=f"数{number}", type="number", required=True) for number in range(8))
    condition = " and ".join(f"{one.id} > 3" for one in fields)
    case = _with(fields, condition)
    found: list[Finding] = list(findings(case, COMPANY))
    assert any("只试了其中" in one.text and one.level == "hint" for one in found)
    assert any("时没有路线" in one.text for one in found)


def _with(fields: tuple[Field, ...], condition: str) -> Flow:
    step = StepWord(kind="approve", words=("人事经理",))
    routes = (Route(when=parse(condition, vocabulary(fields)), steps=(step,)),)
    return Flow(id="x", title="申请", prefix="X", fields=fields, routes=routes)
