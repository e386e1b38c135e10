"""A small company in which every rule about who is who has its person; flows and plans in one line each."""

from typing import Any

from bot.flowsteps import step_of
from domain.approvals.condition_text import parse
from domain.approvals.flow import Field, Flow, Policies, Route, vocabulary
from domain.approvals.route import Plan, plan
from domain.people import Department, Organization, Person

DEPARTMENTS = (
    Department(id=1, name="晨星公司", parent=None, leaders=("gm",)),
    Department(id=10, name="市场部", parent=1, leaders=("market",)),
    Department(id=11, name="品牌组", parent=10, leaders=("brand",)),
    Department(id=12, name="渠道组", parent=10),
    Department(id=20, name="人事部", parent=1, leaders=("hr",)),
    Department(id=30, name="财务部", parent=1),
    Department(id=31, name="出纳组", parent=30, leaders=("cashier",)),
    Department(id=40, name="采购部", parent=1, leaders=("gone", "buyer")),
)
PEOPLE = (
    Person(userid="gm", name="高明", departments=(1,), roles=("总经理",)),
    Person(userid="market", name="马可", departments=(10,), manager="gm"),
    Person(userid="brand", name="白兰", departments=(11,), manager="market"),
    Person(userid="ann", name="安妮", departments=(11, 31), manager="brand"),
    Person(userid="cheng", name="程程", departments=(12,)),
    Person(userid="hr", name="何蓉", departments=(20,), manager="gm", roles=("人事经理",)),
    Person(userid="clerk1", name="柯一", departments=(20,), manager="hr", roles=("人事专员",)),
    Person(userid="clerk2", name="柯二", departments=(20,), manager="hr", roles=("人事专员",)),
    Person(userid="acc", name="艾茜", departments=(30,), roles=("会计",)),
    Person(userid="cashier", name="卡西", departments=(31,), roles=("出纳",)),
    Person(userid="buyer", name="柏耶", departments=(40,)),
    Person(userid="bob", name="柏博", departments=(40,), manager="gone"),
    Person(userid="admin", name="安民", departments=(1,), admin=True),
)
COMPANY = Organization(people=PEOPLE, departments=DEPARTMENTS)

FORM = (
    Field(id="days", label="天数", type="number"),
    Field(id="amount", label="金额", type="money"),
    Field(id="leave_type", label="请假类型", type="choice", options={"annual": "年假", "sick": "病假"}),
    Field(id="place", label="地点"),
    Field(id="deputy", label="替班人", type="person"),
    Field(id="departments", label="会签部门", type="departments"),
    Field(id="cc", label="抄送给", type="people"),
)


def route(*steps: str, when: str = "", cc: tuple[str, ...] = (), **more: Any) -> Route:
    """A route with these steps."""
    condition = parse(when, vocabulary(FORM)) if when else None
    return Route(when=condition, steps=tuple(step_of(step, FORM) for step in steps), cc=cc, **more)


def flow(*routes: Route, policies: Policies | None = None, **more: Any) -> Flow:
    """A flow of these routes."""
    return Flow(id="x", title="申请", prefix="X", fields=FORM, routes=routes, policies=policies or Policies(), **more)


def planned(case: Flow | Route, applicant: str, company: Organization = COMPANY, **values: Any) -> Plan:
    """Where this case of this applicant goes."""
    whole = case if isinstance(case, Flow) else flow(case)
    return plan(whole, values, company.person(applicant), company)


def deciders(
    case: Flow | Route, applicant: str, company: Organization = COMPANY, **values: Any
) -> list[tuple[str, ...]]:
    """Who decides, step by step."""
    return [step.people for step in planned(case, applicant, company, **values).steps]
