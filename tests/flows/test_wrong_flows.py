"""Flows that are wrong on purpose, one fault each: the check finds it, says where, and its example shows it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from bot import flowfiles, organizationfile
from bot.chat import SAMPLE
from bot.mistakes import line_of, path
from domain.approvals.flow import Flow
from domain.approvals.lint.finding import Example, Finding
from domain.approvals.linter import findings
from domain.approvals.route import plan
from domain.errors import RouteImpossible

FOLDER: Final = Path(__file__).parent / "wrong"
COMPANY: Final = organizationfile.load(SAMPLE)
NO_ROUTE, NOT_FOR_THEM = "没有适合这种情况的审批路线", "这个流程不适用于申请人的部门或级别"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is said of one file. `tried`: applicant and values of the example; `shows`: what comes of it, a refusal, or
    the steps that are left, or what the plan tells the applicant."""

    file: str
    line: int
    key: str
    text: str
    instead: str = ""
    tried: str = ""
    shows: str = ""
    level: str = "mistake"


FAULTS: Final = [
    Fault(
        file="gap_at_a_limit", line=15, key="route[2].when", text="天数为 3 时没有路线",
        instead="把 route[2] 的 days > 3 改成 days >= 3，或加一条 when = 'days == 3' 的路线", tried="曹燕 days=3",
        shows=NO_ROUTE,
    ),
    Fault(
        file="gap_between", line=15, key="route[2].when", text="金额超过 1000 且 金额少于 5000 时没有路线",
        instead="加一条 when = 'amount > 1000 and amount < 5000' 的路线", tried="曹燕 amount=1001", shows=NO_ROUTE,
    ),
    Fault(
        file="gap_at_an_option", line=16, key="route[2].when", text="请假类型为 其他 时没有路线",
        instead="""加一条 when = 'leave_type == "other"' 的路线""", tried="曹燕 leave_type=other", shows=NO_ROUTE,
    ),
    Fault(
        file="gap_in_a_quotient", line=21, key="route[2].when", text="金额为 500 且 天数为 1 时没有路线",
        instead="在最后加一条不写 when 的路线", tried="曹燕 amount=500 days=1", shows=NO_ROUTE,
    ),
    Fault(
        file="gap_of_heads", line=11, key="route[1].when", text="8 人（如 高翔）：天数超过 5 时没有路线",
        instead="加一条 when = 'days > 5' 的路线", tried="高翔 days=6", shows=NO_ROUTE,
    ),
    Fault(
        file="overlap_at_a_limit", line=15, key="route[2].when",
        text="金额为 1000 时 route[1] 也适合，只走前面的 route[1]",
        instead="把 route[2] 的 amount >= 1000 改成 amount > 1000", tried="曹燕 amount=1000", shows="部门主管",
    ),
    Fault(
        file="overlap_of_a_special_case", line=22, key="route[2].when", level="hint",
        text="天数超过 3 且 请假类型为 病假 时 route[1] 也适合，只走前面的 route[1]",
        tried="曹燕 days=4 leave_type=sick", shows="部门主管",
    ),
    Fault(
        file="contradiction", line=11, key="route[1].when", text="这个条件不可能成立（天数超过 5 且 天数少于 3）",
        instead="看看是不是大小写反了", tried="曹燕 days=1", shows="部门主管",
    ),
    Fault(
        file="contradiction_in_a_part", line=11, key="route[1].when",
        text="条件里“天数超过 5 且 天数少于 3”这一部分不可能成立", tried="曹燕 days=11", shows="部门主管 人事经理",
    ),
    Fault(
        file="never_reached", line=14, key="route[2]", text="永远走不到：route[1] 在前面，已经包括了这种情况",
        instead="移到前面去，或者删掉", tried="曹燕 days=4", shows="部门主管",
    ),
    Fault(
        file="never_reached_after_two", line=18, key="route[3]", text="永远走不到：route[1]、route[2] 在前面",
        tried="曹燕 days=1", shows="部门主管",
    ),
    Fault(
        file="level_of_nobody", line=9, key="route[2]", level="hint",
        text="现在没有人走这条路线：公司里没有人属于 采购部、主管",
    ),
    Fault(
        file="no_route_for_a_level", line=5, key="route[1].applicant", text="员工没有路线：21 人（如 曹燕）发不出这个流程",
        instead='加一条 applicant = "employee" 的路线', tried="曹燕", shows=NOT_FOR_THEM,
    ),
    Fault(
        file="no_route_for_a_level", line=5, key="route[1].applicant", text="主管没有路线：5 人（如 陈静）发不出这个流程",
        tried="陈静", shows=NOT_FOR_THEM,
    ),
    Fault(
        file="step_of_nobody", line=5, key="route[1].department", level="hint",
        text="只有路线里写了的部门能发起，29 人（如 陈静）发不出这个流程", tried="陈静", shows=NOT_FOR_THEM,
    ),
    Fault(
        file="department_unknown", line=5, key="route[1].department", text="没有部门“采购”，这条路线没有人走",
        instead="写通讯录里的部门名称",
    ),
    Fault(
        file="department_unknown_in_a_condition", line=11, key="route[1].when",
        text="条件里写的“财务科”，通讯录里没有这个部门",
    ),
    Fault(
        file="post_of_nobody", line=5, key="route[1].approve", text="没有人担任“人事经里”，这一步会交给流程管理员",
        instead="换成有人担任的岗位", tried="曹燕", shows="没有人担任人事经里，由流程管理员审批",
    ),
    Fault(
        file="post_of_somebody_gone", line=5, key="route[1].approve", text="“老板”指的是 zhangsan，这个人已不在通讯录里",
        tried="曹燕", shows="没有人担任老板，由流程管理员审批",
    ),
    Fault(
        file="post_of_nobody_near", line=5, key="route[1].approve",
        text="20 人（如 曹燕）：没有人担任本部门的部门助理，由流程管理员审批", instead="在这些部门指定一个人",
        tried="曹燕", shows="没有人担任本部门的部门助理，由流程管理员审批",
    ),
    Fault(
        file="step_of_nobody", line=6, key="route[1].approve", text="“本部门的部门助理”这一步对谁都不会出现",
        instead="删掉这一步", tried="曹燕", shows="会计",
    ),
    Fault(
        file="copies_to_nobody", line=6, key="route[1].cc", text="没有人担任“前台”，没有人会收到抄送",
        tried="曹燕", shows="部门主管",
    ),
    Fault(
        file="copies_to_nobody", line=6, key="route[1].cc", text="20 人（如 曹燕）：抄送的“本部门:部门助理”没有人",
        tried="曹燕", shows="部门主管", level="hint",
    ),
    Fault(
        file="own_approval", line=5, key="route[1].approve", text="孙丽：会在“人事经理”这一步审批自己的申请",
        instead='self = "up"', tried="孙丽", shows="人事经理", level="hint",
    ),
    Fault(
        file="own_approval_left_out", line=5, key="route[1].approve", level="hint",
        text="孙丽：没有其他人可以审批，由流程管理员审批", tried="孙丽", shows="没有其他人可以审批，由流程管理员审批",
    ),
    Fault(
        file="nobody_above", line=5, key="route[1].approve", level="hint",
        text="赵明远：部门主管：上面没有负责人，由流程管理员审批", tried="赵明远",
        shows="部门主管：上面没有负责人，由流程管理员审批",
    ),
    Fault(
        file="size_not_asked", line=10, key="route[1].when", text="条件要看“天数”，但这一项可以不填，不填就发不出去",
        instead="给字段 days 写 required = true", tried="曹燕", shows="“天数”要填数字",
    ),
    Fault(
        file="person_not_asked", line=10, key="route[1].approve",
        text="这一步由“替班人”里选的人办，但这一项可以不填", instead="给字段 deputy 写 required = true",
        tried="曹燕", shows="还没有填写“替班人”",
    ),
]  # fmt: skip


def flow_of(file: str) -> Flow:
    return flowfiles.read(FOLDER / f"{file}.toml", pack="wrong", posts={"老板": "user:zhangsan"})


def matching(fault: Fault) -> Finding:
    """The one finding that says this."""
    found = list(findings(flow_of(fault.file), COMPANY))
    said = [one for one in found if fault.text in one.text and path(one.where) == fault.key]
    assert len(said) == 1, [one.text for one in found]
    return said[0]


def named(fault: Fault) -> str:
    return f"{fault.file}-{fault.line}-{fault.text[:8]}"


@pytest.mark.parametrize("fault", FAULTS, ids=named)
def test_a_fault_is_found_where_it_is_with_what_to_write_instead(fault: Fault) -> None:
    said = matching(fault)
    assert (said.level, fault.instead in said.instead) == (fault.level, True)
    assert line_of((FOLDER / f"{fault.file}.toml").read_text("utf-8"), said.where) == fault.line


@pytest.mark.parametrize("fault", [one for one in FAULTS if one.tried], ids=named)
def test_the_example_shows_the_fault(fault: Fault) -> None:
    case = matching(fault).example
    assert case is not None
    assert " ".join([case.name, *case.words]) == fault.tried
    assert fault.shows in outcome(flow_of(fault.file), case)


def outcome(flow: Flow, case: Example) -> list[str]:
    """What an administrator would see: the steps in one line, then each rule; or the refusal."""
    try:
        found = plan(flow, case.form, COMPANY.person(case.applicant), COMPANY)
    except RouteImpossible as refusal:
        return [refusal.reason, refusal.reason.partition("，")[0]]
    return [" ".join(step.label for step in found.steps), *found.rules]


def test_every_wrong_flow_has_its_fault_and_nothing_else_is_called_a_mistake() -> None:
    for file in sorted(FOLDER.glob("*.toml")):
        expected = [one.text for one in FAULTS if one.file == file.stem]
        assert expected, file.name
        mistakes = [one.text for one in findings(flow_of(file.stem), COMPANY) if one.level == "mistake"]
        assert [text for text in mistakes if not any(one in text for one in expected)] in ([], AGAIN.get(file.stem)), (
            file
        )


AGAIN: Final = {
    "step_of_nobody": ["5 人（如 曹燕）：没有人担任本部门的部门助理，跳过这一步"]
}  # the same fault, said of people
