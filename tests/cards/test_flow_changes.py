"""A changed flow is compared in words: what is asked, where it goes, who hears, and what happens where it stalls."""

from dataclasses import replace

import pytest

from bot import flowfiles
from cards.flow_changes import changes
from domain.approvals.condition_text import parse
from domain.approvals.flow import Field, Flow, Lead, Limit, Policies, Route, StepWord, vocabulary

OLD = flowfiles.load("matrix")["leave"]


OPTIONS = {**dict(list(OLD.fields[0].options.items())[1:]), "sick": "病休", "other": "其他"}


def with_field(key: str, **changed: object) -> Flow:
    fields = (replace(one, **changed) if one.id == key else one for one in OLD.fields)  # type: ignore[arg-type]
    return replace(OLD, fields=tuple(fields))


def with_route(place: int, **changed: object) -> Flow:
    routes = list(OLD.routes)
    routes[place] = replace(routes[place], **changed)  # type: ignore[arg-type]
    return replace(OLD, routes=tuple(routes))


def steps(*words: str) -> tuple[StepWord, ...]:
    return tuple(StepWord(kind="approve", words=(word,)) for word in words)


def condition(text: str) -> object:
    return parse(text, vocabulary(OLD.fields))


CHANGES: list[tuple[Flow, list[str]]] = [
    (replace(OLD, version="other", pack="mine"), []),
    (replace(OLD, title="休假", prefix="XJ"), ["名称：请假 → 休假", "单号开头：QJ → XJ"]),
    (replace(OLD, words=(*OLD.words[1:], "歇一天")), ["打开它的说法：增加 歇一天", f"打开它的说法：去掉 {OLD.words[0]}"]),
    (replace(OLD, administrator="行政经理"), ["流程管理员：通讯录里的管理员 → 行政经理"]),
    (replace(OLD, posts={"人事经理": "user:zhao"}), ["“人事经理”指的是：人事经理 → user:zhao"]),
    (replace(OLD, fields=OLD.fields[:-1]), ["表单：去掉“证明材料”"]),
    (
        replace(OLD, fields=(*OLD.fields, Field(id="contact", label="电话", required=True))),
        ["表单：增加“电话”（文字，必填）"],
    ),
    (
        with_field("reason", label="原因", required=True, ask="为什么？"),
        ["表单“事由”：改叫“原因”", "表单“事由”：选填 → 必填", "表单“事由”：ask：（无） → 为什么？"],
    ),
    (
        with_field("leave_type", options=OPTIONS),
        ["表单“请假类型”：去掉选项“年假”", "表单“请假类型”：选项“病假”改叫“病休”", "表单“请假类型”：增加选项“其他”"],
    ),
    (replace(OLD, fields=OLD.fields[::-1]), ["表单：各项的顺序变了"]),
    (with_route(0, when=condition("days <= 2")), ["路线“天数不超过 1”：改为路线“天数不超过 2”"]),
    (with_route(0, steps=steps("部门主管")), ["路线“天数不超过 1”：不再经 人事经理"]),
    (
        with_route(0, steps=steps("部门主管", "会计", "人事经理")),
        ["路线“天数不超过 1”：还要经 会计（在 部门主管 之后）"],
    ),
    (
        with_route(0, steps=(*OLD.routes[0].steps[:1], StepWord(kind="review", words=("人事经理",)))),
        ["路线“天数不超过 1”：人事经理 改为 人事经理（复核）"],
    ),
    (with_route(0, cc=("人事专员", "会计")), ["路线“天数不超过 1”：增加抄送 会计", "路线“天数不超过 1”：不再抄送 总经理"]),
    (
        replace(OLD, routes=(*OLD.routes, Route(applicant="head", steps=steps("总经理")))),
        ["增加路线“申请人是部门负责人”：总经理"],
    ),
    (replace(OLD, routes=OLD.routes[:1]), ["去掉路线“天数超过 1”：部门主管 → 人事经理 → 总经理"]),
    (replace(OLD, routes=OLD.routes[::-1]), ["路线的先后顺序变了（从上往下，走第一条符合的）"]),
    (
        replace(OLD, policies=Policies(again="once", hours=4, overdue="up")),
        ["改为：同一人重复出现：只审批一次", "改为：超时：转给上一级", "改为：每一步限 4 个工作小时"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("new", "said"), CHANGES, ids=[" ".join(said[:1]) or "nothing" for _, said in CHANGES])
def test_a_change_is_a_sentence(new: Flow, said: list[str]) -> None:
    assert list(changes(OLD, new)) == said


def test_no_flow_differs_from_itself() -> None:
    for pack in flowfiles.packs():
        for key, flow in flowfiles.load(pack).items():
            assert changes(flow, flow) == (), key


def test_rules_are_compared_in_words() -> None:
    new = replace(OLD, leads=(Lead(days=2, working=True),), limits=(Limit(count=3),), heads=("副部长",))
    assert list(changes(OLD, new)) == [
        "规定：增加 要提前 2 个工作日申请、每人每月最多 3 次",
        "按部门负责人走路线：增加 副部长",
    ]
