"""One office, a few requests, and every state that a request can be in, reached by the domain's own decisions."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from cards.card import Frame
from domain.approvals.case import Case
from domain.approvals.commands import Command, Decide, Expire, Submit, Withdraw
from domain.approvals.conditions import Arithmetic, Name
from domain.approvals.decide import decide
from domain.approvals.events import Drafted, Filled
from domain.approvals.evolve import evolve, evolve_all
from domain.approvals.flow import Column, Field, Flow, Total
from domain.approvals.route import Plan, Step
from domain.approvals.values import Value

Dialect = Literal["plain", "rich"]
NAMES: Final = {
    "amy": "王芳", "bob": "李明", "cat": "何蓉", "dan": "高明", "eve": "柯一", "fay": "艾茜", "gus": "葛松",
}  # fmt: skip
MONDAY: Final = datetime(2026, 11, 23, 1, 58, tzinfo=UTC)  # 09:58 in the office

LEAVE: Final = Flow(
    id="leave",
    title="请假",
    prefix="QJ",
    fields=(
        Field(
            id="leave_type", label="请假类型", type="choice", required=True, ask="请哪种假？",
            options={"annual": "年假", "sick": "病假", "personal": "事假"},
        ),
        Field(id="start", label="开始", type="moment", required=True, ask="从什么时候开始请假？"),
        Field(id="end", label="结束", type="moment", required=True, ask="请到什么时候？"),
        Field(id="days", label="天数", type="number", required=True, ask="一共请几个工作日？"),
        Field(id="reason", label="事由", type="textarea"),
    ),
)  # fmt: skip
EXPENSE: Final = Flow(
    id="expense",
    title="报销",
    prefix="BX",
    fields=(
        Field(id="goods_class", label="类别", type="choice", options={"office": "办公用品", "travel": "差旅"}),
        Field(id="amount", label="金额", type="money", required=True),
        Field(id="deputy", label="替班人", type="person"),
        Field(id="paid_on", label="付款日期", type="date"),
        Field(id="cc", label="抄送给", type="people"),
        Field(id="attachments", label="附件", type="attachments"),
        Field(id="reason", label="事由", type="textarea", required=True),
    ),
)
_PRICE: Final = Arithmetic(operator="*", left=Name(id="details.price"), right=Name(id="details.count"))
PURCHASE: Final = Flow(
    id="goods_purchase",
    title="物品采购",
    prefix="CG",
    fields=(
        Field(
            id="details", label="采购明细", type="rows",
            columns=(
                Column(id="item", label="品名", required=True),
                Column(id="count", label="数量", type="number", required=True),
                Column(id="unit", label="单位"),
                Column(id="price", label="单价", type="money"),
                Column(id="by", label="最晚", type="date"),
            ),
        ),
        Field(
            id="amount", label="预计金额", type="money", required=True, ask="大概多少钱？",
            total=Total(rows="details", term=_PRICE),
        ),
    ),
)  # fmt: skip
PAPER: Final[Mapping[str, Value]] = {
    "details": [
        {"item": "A4纸", "count": 10, "unit": "包", "price": 25, "by": "2026-12-01"},
        {"item": "[签字笔](http://x.example) @all", "count": 2.5, "price": 1280.4},
        {"item": "# 订书机", "count": 1, "unit": "**台**"},
    ],
    "amount": 3451,
}  # fmt: skip
MANY: Final[Mapping[str, Value]] = {
    "details": [{"item": f"物品{place}", "count": place, "price": 100.5} for place in range(1, 21)],
    "amount": 21105,
}
SICK: Final[Mapping[str, Value]] = {
    "leave_type": "sick", "start": "2026-11-24 下午", "end": "2026-11-24 下午", "days": 0.5, "reason": "去医院复查",
}  # fmt: skip
PLAN: Final = Plan(
    steps=(
        Step(id="1", kind="approve", mode="one", people=("bob",), label="部门主管", why="部门主管：市场部"),
        Step(id="2", kind="review", mode="any", people=("cat", "fay"), label="人事", why="人事：担任人事专员"),
        Step(id="3", kind="handle", mode="one", people=("dan",), label="出纳", why="出纳：担任出纳"),
    ),
    cc=("eve", "gus"),
    rules=("“天数”超过 1 天的，还要经过总经理",),
)
ALL: Final = Plan(
    steps=(
        Step(id="1", kind="approve", mode="all", people=("bob", "cat", "fay"), label="会签部门", why="表单里选的"),
        Step(id="2", kind="confirm", mode="one", people=("dan",), label="总经理", why="总经理：高明"),
    ),
    cc=(),
    rules=(),
)


def frame(dialect: Dialect = "plain") -> Frame:
    """The office's."""
    return Frame(names=lambda userid: NAMES.get(userid, userid[:8]), zone=ZoneInfo("Asia/Shanghai"), dialect=dialect)


def at(minutes: int) -> datetime:
    """So many minutes after the sentence was said."""
    return MONDAY + timedelta(minutes=minutes)


def drafted(values: Mapping[str, Value] = SICK, flow: Flow = LEAVE, notes: tuple[str, ...] = ()) -> Case:
    """A draft of 王芳's."""
    number = f"{flow.prefix}-20261123-007"
    return evolve(
        None, Drafted(by="amy", at=MONDAY, number=number, flow=flow.id, title=flow.title, values=values, notes=notes)
    )


def having(case: Case, **values: Value) -> Case:
    """The same with other values."""
    return evolve(case, Filled(by="amy", at=at(1), values=values, notes=case.notes))


def after(case: Case, command: Command, minutes: int) -> Case:
    """The case once this was done."""
    return evolve_all(case, decide(case, command, at(minutes)))


def filed(plan: Plan = PLAN, case: Case | None = None) -> Case:
    """Submitted at 10:00."""
    return after(case or drafted(), Submit(by="amy", plan=plan, flow_version="v1"), 2)


def yes(case: Case, by: str, minutes: int, words: str = "") -> Case:
    """One approval."""
    return after(case, Decide(by=by, step=None, verdict="approved", words=words), minutes)


def no(case: Case, by: str, minutes: int, words: str) -> Case:
    """One rejection."""
    return after(case, Decide(by=by, step=None, verdict="rejected", words=words), minutes)


FILED: Final = filed()
REVIEW: Final = yes(FILED, "bob", 6, "注意身体")
HANDLING: Final = yes(REVIEW, "fay", 24 * 60)
APPROVED: Final = yes(HANDLING, "dan", 24 * 60 + 5)
REJECTED: Final = no(REVIEW, "cat", 30, "明天下午有评审，换一天吧")
WITHDRAWN: Final = after(REVIEW, Withdraw(by="amy", words="不去了"), 40)
CANCELLED: Final = after(drafted(), Withdraw(by="amy"), 3)
EXPIRED: Final = after(drafted(), Expire(), 24 * 60)
COUNTERSIGNING: Final = yes(filed(ALL), "cat", 5)
NOBODY: Final = replace(PLAN, steps=(), cc=(), rules=())
