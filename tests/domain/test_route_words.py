"""Managers up the line, posts in chosen departments, several who decide together, and the policies of a flow."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.approvals.choices import offered
from domain.approvals.flow import Field, Flow, Policies
from domain.approvals.posts import Posts
from domain.approvals.superiors import Superiors
from domain.errors import RouteImpossible
from domain.people import Organization
from tests.domain.company import COMPANY, FORM, PEOPLE, deciders, flow, planned, route
from tests.domain.test_route import changed
from tests.domain.test_route_properties import anybody, companies

# ── managers up the line ─────────────────────────────────────────────────────────────────────


def test_the_nth_manager_up_is_counted_from_the_direct_one() -> None:
    assert deciders(route("第1级主管", "第2级主管", "第三级主管"), "ann") == [("brand",), ("market",), ("gm",)]
    assert planned(route("第3级主管"), "ann").steps[0].why == "第3级主管：马可的直属上级"
    for level, word in ((1, "直接主管"), (2, "上级领导")):
        assert deciders(route(f"第{level}级主管"), "bob") == deciders(route(word), "bob")


def test_above_the_top_the_general_manager_decides() -> None:
    found = planned(route("第4级主管"), "ann")
    assert [step.people for step in found.steps] == [("gm",)]
    assert found.rules == ("第4级主管：上面没有负责人，由总经理审批",)


@pytest.mark.parametrize(
    ("until", "applicant", "people", "labels"),
    [
        ("总经理", "ann", ["brand", "market", "gm"], ["直接主管", "第2级主管", "总经理"]),
        ("部门经理", "ann", ["brand", "market"], ["直接主管", "部门经理"]),
        ("第2级主管", "ann", ["brand", "market"], ["直接主管", "第2级主管"]),
        ("user:market", "ann", ["brand", "market"], ["直接主管", "马可"]),
        ("部门主管", "ann", ["brand"], ["部门主管"]),
        ("总经理", "market", ["gm"], ["总经理"]),
        ("部门经理", "market", ["gm"], ["部门经理"]),  # the applicant: one level up, as for the word alone
        ("人事经理", "cheng", ["market", "gm"], ["直接主管", "第2级主管"]),  # not above them: up to the top
        ("法务", "brand", ["market", "gm"], ["直接主管", "第2级主管"]),
        ("总经理", "gm", ["admin"], ["流程管理员"]),
    ],
)
def test_step_by_step_each_manager_up_to_a_post(
    until: str, applicant: str, people: list[str], labels: list[str]
) -> None:
    steps = planned(route(f"逐级:{until}"), applicant).steps
    assert [step.people for step in steps] == [(one,) for one in people]
    assert [step.label for step in steps] == labels


def test_a_chain_that_meets_nobody_of_the_post_says_so() -> None:
    assert planned(route("逐级:人事经理"), "cheng").rules == ("往上没有人事经理，逐级到最上一级为止",)


def test_a_chain_of_managers_in_a_circle_ends_and_never_asks_the_applicant() -> None:
    circle = changed(
        ann=replace(COMPANY.person("ann"), manager="cheng"), cheng=replace(COMPANY.person("cheng"), manager="ann")
    )
    assert deciders(route("逐级:总经理"), "ann", circle) == [("cheng",), ("market",), ("gm",)]
    closed = Organization(
        people=[replace(person, manager={"ann": "brand", "brand": "ann"}.get(person.userid)) for person in PEOPLE],
        departments=[],
    )
    assert deciders(route("逐级:总经理"), "ann", closed) == [("brand",)]


def test_a_step_of_the_chain_is_looked_up_again_by_its_own_word() -> None:
    assert [step.words for step in planned(route("逐级:总经理"), "ann").steps] == [
        ("直接主管",), ("第2级主管",), ("总经理",),
    ]  # fmt: skip


@given(companies(), anybody)
def test_the_ladder_of_any_organisation_ends_with_nobody_twice(company: Organization, name: str) -> None:
    person = company.person(name)
    rungs = list(Superiors(organization=company, person=person, department=next(iter(person.departments), -1)).ladder())
    first = [rung.people[0] for rung in rungs]
    assert len(set(first)) == len(first) <= len(company.people)
    assert not any(name in rung.people for rung in rungs)


# ── several who decide, posts in chosen departments ──────────────────────────────────────────


def test_a_vote_counts_weights_and_says_so() -> None:
    found = planned(route("vote 2/3:总经理*2|人事经理|会计"), "ann")
    (step,) = found.steps
    assert (step.mode, step.people, step.weights) == ("vote", ("gm", "hr", "acc"), (2.0, 1.0, 1.0))
    assert step.quorum == pytest.approx(2 / 3)
    assert step.label == "总经理、人事经理、会计"
    assert found.rules == ("总经理在投票里算 2 票",)


def test_who_stands_for_two_words_has_one_seat_with_the_greater_weight() -> None:
    (step,) = planned(route("vote 50%:部门主管*3|部门经理|总经理"), "cheng").steps
    assert (step.people, step.weights) == (("market", "gm"), (3.0, 1.0))


def test_together_each_word_is_looked_after_on_its_own() -> None:
    found = planned(route("all-of:部门主管|人事经理|法务"), "brand")
    assert [(step.mode, step.people) for step in found.steps] == [("all", ("market", "hr", "admin"))]
    assert found.rules == ("部门主管是申请人本人，改由上一级（市场部负责人）审批", "没有人担任法务，由流程管理员审批")


def test_in_sequence_and_from_a_pool() -> None:
    steps = planned(route("in-sequence:出纳|会计", "handle claim:人事专员"), "ann").steps
    assert [(step.kind, step.mode, step.people) for step in steps] == [
        ("approve", "sequence", ("cashier", "acc")), ("handle", "claim", ("clerk1", "clerk2")),
    ]  # fmt: skip


def test_one_person_alone_needs_no_vote_and_no_pool() -> None:
    steps = planned(route("vote 2/3:总经理*2", "handle claim:出纳", "in-sequence:会计"), "ann").steps
    assert [(step.mode, step.weights, step.quorum) for step in steps] == [("one", (), 0.0)] * 3


def test_a_mode_goes_with_people_and_departments_chosen_in_the_form() -> None:
    chosen: dict[str, Any] = {"departments": ["人事部", "采购部"], "cc": ["acc", "ann"]}
    steps = planned(route("vote 50%:会签部门", "confirm any-of:cc"), "ann", **chosen).steps
    assert [(step.kind, step.mode, step.people) for step in steps] == [
        ("approve", "vote", ("hr", "buyer")), ("confirm", "one", ("acc",)),
    ]  # fmt: skip


def test_the_holders_of_a_post_in_the_chosen_departments() -> None:
    chosen = ["人事部", "31"]
    aides = (replace(COMPANY.person(who), roles=("助理",)) for who in ("hr", "cashier"))
    posts = changed(**{aide.userid: aide for aide in aides})
    (any_one,) = planned(route("会签部门:助理"), "ann", posts, departments=chosen).steps
    assert (any_one.mode, any_one.people, any_one.label) == ("any", ("hr", "cashier"), "会签部门的助理")
    assert any_one.why == "人事部的助理：岗位；出纳组的助理：岗位"
    every = planned(route("all-of:departments:助理"), "ann", posts, departments=[*chosen, "采购部"])
    assert every.steps[0].people == ("hr", "cashier", "admin")
    assert every.rules == ("没有人担任采购部的助理，由流程管理员审批",)
    told = planned(route("总经理", cc=("departments:助理",)), "ann", posts, departments=chosen)
    assert told.cc == ("hr", "cashier")
    with pytest.raises(RouteImpossible, match="还没有填写“会签部门”"):
        planned(route("会签部门:助理"), "ann")
    with pytest.raises(RouteImpossible, match="通讯录里没有“role”"):
        planned(route("会签部门:助理"), "ann", departments=["role"])


def test_a_person_may_be_named_and_is_called_by_name() -> None:
    found = planned(flow(route("user:hr", when="days > 1"), route("user:gm|role:会计")), "ann", days=2)
    assert (found.steps[0].people, found.steps[0].label) == (("hr",), "何蓉")
    assert found.rules == ("天数不超过 1 时还要经高明或会计，不经何蓉",)


# ── whom a field offers ──────────────────────────────────────────────────────────────────────


def choosing(*words: str, kind: Any = "person") -> Flow:
    """A flow whose field `who` offers only these."""
    field = Field(id="who", label="经办人", type=kind, among=words)
    return replace(flow(route("部门主管")), fields=(*FORM, field))


def test_only_whom_the_field_offers_may_be_chosen() -> None:
    assert planned(choosing("会计", "人事部"), "ann", who="acc").steps
    assert planned(choosing("会计", "人事部", kind="people"), "ann", who=["acc", "clerk2"]).steps
    assert planned(choosing("user:gm", "部门主管"), "ann", who="brand").steps
    with pytest.raises(RouteImpossible, match="“经办人”只能选会计、出纳组（艾茜、安妮、卡西），柏博不在其中"):
        planned(choosing("会计", "出纳组"), "ann", who="bob")
    with pytest.raises(RouteImpossible, match="柏博、gone不在其中"):
        planned(choosing("会计", kind="people"), "ann", who=["acc", "bob", "gone"])


def test_of_many_who_may_be_chosen_only_the_words_are_said() -> None:
    posts = Posts(organization=COMPANY, applicant=COMPANY.person("ann"))
    assert offered(choosing("人事部").fields[-1], posts) == ("hr", "clerk1", "clerk2")
    assert offered(choosing("晨星公司").fields[-1], posts) == ()
    with pytest.raises(RouteImpossible, match="“经办人”只能选市场部、采购部、人事部、财务部，高明不在其中"):
        planned(choosing("市场部", "采购部", "人事部", "财务部"), "ann", who="gm")


# ── policies ─────────────────────────────────────────────────────────────────────────────────


def under(*steps: str, **policies: Any) -> Flow:
    """A flow of these steps under these policies."""
    return flow(route(*steps), policies=Policies(**policies))


def test_the_department_head_decides_for_oneself() -> None:
    found = planned(under("部门主管", self="head"), "brand")
    assert [step.people for step in found.steps] == [("market",)]
    assert found.rules == ("部门主管是申请人本人，改由部门负责人（市场部负责人）审批",)
    assert deciders(under("人事经理", self="head"), "hr") == [("gm",)]
    assert deciders(under("人事专员", self="head"), "clerk1") == [("clerk2",)]
    assert deciders(under("部门负责人", self="head"), "market") == [("gm",)]
    assert deciders(under("部门负责人", self="head"), "gm") == [("admin",)]


@pytest.mark.parametrize(
    ("missing", "people", "rule"),
    [
        ("up", ("market",), "没有人担任法务，由上一级审批"),
        ("user:acc", ("acc",), "没有人担任法务，由艾茜审批"),
        ("人事专员", ("clerk1", "clerk2"), "没有人担任法务，由人事专员审批"),
        ("合规", ("admin",), "没有人担任法务，由流程管理员审批"),
        ("user:brand", ("admin",), "没有人担任法务，由流程管理员审批"),  # the applicant
    ],
)
def test_the_flow_says_who_decides_where_nobody_holds_the_post(missing: str, people: Any, rule: str) -> None:
    found = planned(under("法务", missing=missing), "brand")
    assert [step.people for step in found.steps] == [people]
    assert rule in found.rules


@pytest.mark.parametrize(
    ("policies", "rule"),
    [
        ({"hours": 8}, "每一步 8 个工作小时内没人处理会自动提醒"),
        ({"hours": 1.5, "overdue": "up"}, "每一步 1.5 个工作小时内没人处理会自动转给上一级"),
        ({"hours": 8, "overdue": "user:acc"}, "每一步 8 个工作小时内没人处理会自动转给艾茜"),
        ({"away": "up"}, "审批人请假时由上一级审批"),
        ({"away": "substitute"}, "审批人请假时由其指定的替班人审批"),
        ({"returned": "straight"}, "退回改好再提交后，直接回到退回的人"),
        ({"returned": "keep"}, "退回改好再提交后，只改了文字和附件的，已经同意的不用再审"),
    ],
)
def test_what_the_policies_will_do_is_told_before_filing(policies: dict[str, Any], rule: str) -> None:
    assert planned(under("部门主管", **policies), "ann").rules == (rule,)


def test_deadlines_and_absences_go_with_every_step() -> None:
    found = planned(under("逐级:总经理", "handle:出纳", hours=8, overdue="approve", away="up", returned="keep"), "ann")
    assert found.returned == "keep"
    assert {(step.hours, step.away) for step in found.steps} == {(8, "up")}
    overdue = [(step.kind, step.overdue) for step in found.steps]
    assert overdue == [*[("approve", "approve")] * 3, ("handle", "remind")]  # nothing is carried out by waiting


@given(companies(), anybody, anybody, st.sampled_from(["会计", "出纳", "d2", "d3", "部门主管", "user:p1"]))
def test_a_choice_is_refused_or_is_one_of_those_who_are_offered(
    company: Organization, applicant: str, chosen: str, word: str
) -> None:
    case = choosing(word)
    posts = Posts(organization=company, applicant=company.person(applicant))
    try:
        planned(case, applicant, company, who=chosen)
    except RouteImpossible as refusal:
        if "不在其中" in refusal.reason:
            assert chosen not in offered(case.fields[-1], posts)
        return
    assert chosen in offered(case.fields[-1], posts)
