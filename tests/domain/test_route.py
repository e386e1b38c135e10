"""Where cases go: who is meant, who decides instead, what is merged, skipped and said about it."""

from dataclasses import replace

import pytest

from domain.approvals.flow import Policies
from domain.approvals.posts import Posts
from domain.errors import RouteImpossible
from domain.people import Department, Organization, Person
from tests.domain.company import COMPANY, DEPARTMENTS, PEOPLE, deciders, flow, planned, route


def changed(**more: Person) -> Organization:
    """The company with some people in other circumstances."""
    return Organization(people=(*(p for p in PEOPLE if p.userid not in more), *more.values()), departments=DEPARTMENTS)


# ── words about the organisation: R-ORG-1, R-ORG-2 ───────────────────────────────────────────


def test_the_supervisor_leads_the_nearest_department_and_the_head_the_first_level() -> None:
    assert deciders(route("部门主管", "部门经理"), "ann") == [("brand",), ("market",)]
    assert deciders(route("部门负责人"), "ann") == [("market",)]


def test_directly_under_the_root_supervisor_and_head_are_the_same_person() -> None:
    assert deciders(route("部门主管", "部门负责人"), "clerk1") == [("hr",)]


def test_a_department_without_a_leader_is_led_by_the_next_one_up_that_has_one() -> None:
    assert deciders(route("部门主管"), "cheng") == [("market",)]
    assert deciders(route("部门负责人"), "acc") == [("gm",)]


def test_the_direct_manager_is_the_one_in_the_directory_and_else_the_supervisor() -> None:
    assert deciders(route("直接主管"), "ann") == [("brand",)]
    assert deciders(route("直接主管"), "cheng") == [("market",)]
    elsewhere = changed(ann=replace(COMPANY.person("ann"), manager="hr"))
    assert deciders(route("直接主管"), "ann", elsewhere) == [("hr",)]
    left = changed(ann=replace(COMPANY.person("ann"), manager="gone"))
    assert deciders(route("直接主管"), "ann", left) == [("brand",)]


def test_a_leader_without_a_manager_asks_the_leader_of_the_next_department_up() -> None:
    alone = changed(brand=replace(COMPANY.person("brand"), manager=None))
    assert deciders(route("直接主管"), "brand", alone) == [("market",)]
    own_manager = changed(brand=replace(COMPANY.person("brand"), manager="brand"))
    assert deciders(route("直接主管"), "brand", own_manager) == [("market",)]


def test_the_manager_above_is_the_managers_manager() -> None:
    assert deciders(route("上级领导"), "ann") == [("market",)]
    assert deciders(route("上级领导"), "brand") == [("gm",)]
    assert deciders(route("直接主管", "上级领导"), "bob") == [("buyer",), ("gm",)]
    assert planned(route("上级领导"), "ann").steps[0].why == "上级领导：白兰的直属上级"


def test_above_the_general_manager_stands_the_general_manager_and_two_steps_become_one() -> None:
    found = planned(route("部门主管", "上级领导"), "market")
    assert [step.people for step in found.steps] == [("gm",)]
    assert "部门主管和上级领导是同一个人，合为一步" in found.rules


def test_people_who_are_each_others_managers_do_not_decide_for_themselves() -> None:
    circle = changed(
        ann=replace(COMPANY.person("ann"), manager="cheng"), cheng=replace(COMPANY.person("cheng"), manager="ann")
    )
    assert deciders(route("上级领导"), "ann", circle) == [("market",)]


# ── levels: R-ORG-3 ──────────────────────────────────────────────────────────────────────────

BY_LEVEL = {level: route(f"role-{level}", applicant=level) for level in ("employee", "supervisor", "manager", "head")}
POSTS = changed(boss=Person(userid="boss", name="总", roles=tuple(f"role-{level}" for level in BY_LEVEL)))


@pytest.mark.parametrize(
    ("levels", "person", "taken"),
    [
        (("employee", "supervisor", "manager"), "ann", "employee"),
        (("employee", "supervisor", "manager"), "brand", "supervisor"),
        (("employee", "supervisor", "manager"), "market", "manager"),
        (("employee", "supervisor", "manager"), "gm", "manager"),
        (("employee", "head"), "brand", "employee"),
        (("employee", "head"), "market", "head"),
        (("supervisor", "manager"), "ann", "supervisor"),
        (("supervisor", "manager"), "market", "manager"),
        (("supervisor",), "market", "supervisor"),
        (("employee",), "gm", "employee"),
    ],
)
def test_the_level_of_the_applicant_chooses_the_route(levels: tuple[str, ...], person: str, taken: str) -> None:
    found = planned(flow(*(BY_LEVEL[level] for level in levels)), person, POSTS)
    assert [step.label for step in found.steps] == [f"role-{taken}"]


def test_a_route_of_heads_only_is_closed_to_everybody_else() -> None:
    with pytest.raises(RouteImpossible, match="不适用于申请人的部门或级别"):
        planned(BY_LEVEL["head"], "ann", POSTS)


# ── posts: R-ORG-4 ───────────────────────────────────────────────────────────────────────────


def test_any_one_of_a_posts_holders_decides() -> None:
    (step,) = planned(route("人事专员"), "ann").steps
    assert (step.people, step.mode, step.why) == (("clerk1", "clerk2"), "any", "人事专员：岗位")


def test_a_post_may_be_a_department_whose_leaders_decide() -> None:
    assert deciders(route("采购部"), "ann") == [("buyer",)]
    assert deciders(route("渠道组"), "ann") == [("market",)]


def test_a_company_maps_words_to_its_own() -> None:
    posts = {
        "人事": "role:人事专员",
        "老板": "user:gm",
        "采购人": "department:采购部",
        "主管": "部门主管",
        "总裁": "总经理",
    }
    steps = deciders(flow(route("人事", "老板", "采购人", "主管", "总裁"), posts=posts), "ann")
    assert steps == [("clerk1", "clerk2"), ("gm",), ("buyer",), ("brand",), ("gm",)]


def test_who_works_in_several_departments_chooses_one_and_the_main_one_is_the_default() -> None:
    assert deciders(route("部门主管"), "ann") == [("brand",)]
    for chosen in ("出纳组", "31", 31):
        assert deciders(route("部门主管"), "ann", department=chosen) == [("cashier",)]
    with pytest.raises(RouteImpossible, match="申请人不在部门“采购部”"):
        planned(route("部门主管"), "ann", department="采购部")


def test_a_departments_own_route_is_for_those_who_work_there() -> None:
    own = flow(route("部门主管", department="财务部"), route("总经理"))
    assert deciders(own, "ann") == [("cashier",)]  # she works there too, so it is that department's supervisor
    assert deciders(own, "ann", department="品牌组") == [("gm",)]
    assert deciders(own, "cheng") == [("gm",)]


# ── nobody stalls a case: R-ORG-5, R-APR-5 ───────────────────────────────────────────────────


def test_who_would_ask_themselves_asks_one_level_up() -> None:
    found = planned(route("部门主管"), "brand")
    assert [step.people for step in found.steps] == [("market",)]
    assert found.rules == ("部门主管是申请人本人，改由上一级（市场部负责人）审批",)


def test_at_the_top_the_general_manager_decides_and_for_them_the_administrator() -> None:
    headless = Organization(people=PEOPLE, departments=[replace(one, leaders=()) for one in DEPARTMENTS])
    assert deciders(route("部门主管"), "ann", headless) == [("gm",)]
    assert deciders(route("部门主管"), "gm") == [("admin",)]
    assert deciders(flow(route("部门主管"), administrator="人事专员"), "gm") == [("clerk1", "clerk2")]


def test_without_anybody_to_turn_to_the_case_cannot_be_filed() -> None:
    nobody = changed(admin=replace(COMPANY.person("admin"), admin=False))
    with pytest.raises(RouteImpossible, match="没有流程管理员"):
        planned(route("部门主管"), "gm", nobody)
    only_the_applicant = changed(admin=replace(COMPANY.person("admin"), departments=()))
    without_gm = Organization(
        people=[p for p in only_the_applicant.people.values() if p.userid != "gm"], departments=DEPARTMENTS
    )
    with pytest.raises(RouteImpossible, match="没有流程管理员"):
        planned(route("总经理"), "admin", without_gm)


def test_another_holder_decides_for_a_holder_and_where_there_is_none_the_step_is_skipped_with_a_note() -> None:
    assert deciders(route("人事专员"), "clerk1") == [("clerk2",)]
    found = planned(route("部门主管", "人事经理"), "hr")
    assert [step.people for step in found.steps] == [("gm",)]
    assert "人事经理是申请人本人，没有其他人担任，跳过这一步" in found.rules


def test_a_case_is_never_decided_by_nobody() -> None:
    found = planned(route("总经理"), "gm")
    assert [step.people for step in found.steps] == [("admin",)]
    paid = planned(route("总经理", "handle:出纳"), "gm").steps
    assert [(step.kind, step.people) for step in paid] == [("approve", ("admin",)), ("handle", ("cashier",))]


def test_a_post_that_nobody_holds_goes_to_the_administrator_or_is_skipped() -> None:
    found = planned(route("部门主管", "法务"), "ann")
    assert [step.people for step in found.steps] == [("brand",), ("admin",)]
    assert found.rules == ("没有人担任法务，由流程管理员审批",)
    skipping = flow(route("部门主管", "法务"), policies=Policies(missing="skip"))
    assert deciders(skipping, "ann") == [("brand",)]
    assert deciders(route("法务|部门主管"), "ann") == [("brand",)]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [("up", ("market",)), ("skip", ("gm",)), ("administrator", ("admin",)), ("allow", ("brand",))],
)
def test_the_flow_says_what_happens_when_the_approver_is_the_applicant(policy: str, expected: tuple[str, ...]) -> None:
    case = flow(route("部门主管", "总经理"), policies=Policies(self=policy))  # type: ignore[arg-type]
    assert deciders(case, "brand")[0] == expected


def test_consecutive_steps_of_one_person_are_one_and_others_are_not() -> None:
    twice = route("部门主管", "review:部门负责人", "人事经理", "部门主管")
    found = planned(twice, "cheng")
    assert [(step.id, step.label, step.people) for step in found.steps] == [
        ("1", "部门主管、部门负责人", ("market",)), ("2", "人事经理", ("hr",)), ("3", "部门主管", ("market",)),
    ]  # fmt: skip
    assert [step.kind for step in found.steps] == ["approve"] * 3
    once, every = (flow(twice, policies=Policies(again=again)) for again in ("once", "every"))
    assert deciders(once, "cheng") == [("market",), ("hr",)]
    assert deciders(every, "cheng") == [("market",), ("market",), ("hr",), ("market",)]


def test_several_holders_twice_in_a_row_stay_two_steps() -> None:
    assert len(deciders(route("人事专员", "review:人事专员"), "ann")) == 2


def test_carrying_out_stays_a_step_of_its_own() -> None:
    steps = planned(route("出纳", "handle:出纳"), "ann").steps
    assert [(step.kind, step.people) for step in steps] == [("approve", ("cashier",)), ("handle", ("cashier",))]


# ── people named in the form: R-APR-2 ────────────────────────────────────────────────────────


def test_the_person_named_in_the_form_confirms() -> None:
    (step, _) = planned(route("confirm:deputy", "部门主管"), "ann", deputy="cheng").steps
    assert (step.kind, step.mode, step.people, step.label) == ("confirm", "one", ("cheng",), "替班人")
    for said, why in (
        (None, "还没有填写“替班人”"),
        ("ann", "“替班人”不能是申请人本人"),
        ("gone", "通讯录里没有“gone”"),
    ):
        with pytest.raises(RouteImpossible, match=why):
            planned(route("confirm:deputy"), "ann", deputy=said)


def test_all_chosen_departments_countersign_through_those_who_lead_them() -> None:
    (step,) = planned(route("all-of:departments"), "ann", departments=["人事部", "渠道组", "40"]).steps
    assert (step.mode, step.people, step.label) == ("all", ("hr", "market", "buyer"), "会签部门")
    (own,) = planned(route("all-of:departments"), "hr", departments=["人事部", "采购部"]).steps
    assert own.people == ("buyer",)


# ── any one of two, cc, conditions, what would change it ─────────────────────────────────────


def test_any_one_of_two_words_decides() -> None:
    (step,) = planned(route("部门主管|上级领导"), "ann").steps
    assert (step.mode, step.people, step.label) == ("any", ("brand", "market"), "部门主管或上级领导")


def test_everybody_in_cc_is_told_once_but_not_the_applicant() -> None:
    way = route("部门主管", cc=("人事专员", "部门主管", "法务", "自选"))
    told = planned(way, "clerk1", cc=["clerk2", "ann", "gone", "clerk1"])
    assert told.cc == ("clerk2", "hr", "ann")


def test_the_first_route_whose_condition_holds_is_taken() -> None:
    by_days = flow(
        route("部门主管", when="days <= 1"), route("部门主管", "总经理", when="days <= 3"), route("人事经理")
    )
    assert deciders(by_days, "ann", days=1) == [("brand",)]
    assert deciders(by_days, "ann", days="1.5") == [("brand",), ("gm",)]
    assert deciders(by_days, "ann", days=4) == [("hr",)]
    with pytest.raises(RouteImpossible, match="“天数”要填数字"):
        planned(by_days, "ann")
    with pytest.raises(RouteImpossible, match="没有适合"):
        planned(route("部门主管", when="days <= 1"), "ann", days=2)


def test_the_plan_says_what_would_change_it() -> None:
    two = flow(route("部门主管", "人事经理", when="days <= 1"), route("部门主管", "人事经理", "总经理"))
    assert planned(two, "ann", days=1).rules == ("天数超过 1 时还要经总经理",)
    assert planned(two, "ann", days=2).rules == ("天数不超过 1 时不经总经理",)
    three = flow(route("部门主管", when="days < 5"), route("总经理", when='place == "上海"'), route("人事经理"))
    assert planned(three, "ann", days=1).rules == (
        "地点为 上海 时还要经总经理，不经部门主管", "其他情况还要经人事经理，不经部门主管",
    )  # fmt: skip


def test_a_route_that_is_never_reached_changes_nothing() -> None:
    three = flow(route("部门主管", when="days < 5"), route("人事经理"), route("总经理", when="days > 9"))
    assert planned(three, "ann", days=1).rules == ("天数不少于 5 时还要经人事经理，不经部门主管",)


def test_routes_of_others_are_not_spoken_of() -> None:
    by_level = flow(route("直接主管", applicant="employee"), route("总经理", applicant="head"))
    assert planned(by_level, "ann").rules == ()


def test_a_person_in_no_department_still_gets_an_answer() -> None:
    lost = changed(ann=Person(userid="ann", name="安妮"))
    assert deciders(route("部门主管", "上级领导"), "ann", lost) == [("gm",)]


def test_the_level_of_a_root_leader_and_of_one_whose_root_is_unknown() -> None:
    part = Organization(people=PEOPLE, departments=(Department(id=10, name="市场部", parent=1, leaders=("market",)),))
    for company, person, level in ((COMPANY, "gm", "head"), (part, "market", "head"), (COMPANY, "brand", "supervisor")):
        assert Posts(organization=company, applicant=company.person(person)).level() == level
