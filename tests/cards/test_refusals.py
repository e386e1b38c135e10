"""Every refusal has a sentence of its own: what happened, what to do, names instead of ids."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pytest

from cards.refusals import OTHERWISE, sentence
from domain import errors as e
from domain.approvals.case import Status
from domain.attendance.errors import FindingDecided, NoSuchFinding, NotHr, NotYourFinding
from domain.leave.errors import LeaveShort
from domain.logs import NoSuchDay
from tests.cards import samples as s

REFUSALS: Final[dict[e.OfficeError, str]] = {
    e.AlreadyDecided(by="bob", verdict="approved", at=s.at(4)): "李明 10:02 已同意",
    e.AlreadyDecided(by="cat", verdict="rejected", at=s.at(4)): "何蓉 10:02 已驳回",
    e.NotYourTurn(("cat", "fay")): "现在等待 何蓉、艾茜 处理，不用你操作",
    e.NotYourTurn(()): "现在没有需要你处理的步骤",
    e.NotYours("amy"): "这是王芳的申请，只有本人可以这样做",
    e.CaseClosed(Status.WITHDRAWN): "这张单子已撤销，不能再这样做了",
    e.CaseClosed(Status.DRAFT): "这张单子还没有提交，提交后才能这样做",
    e.NotDraft(Status.RUNNING): "这张单子已经提交，正在审批。要改的话先撤销，再重新申请",
    e.ReasonMissing(): "需要写明理由，回复理由就可以",
    e.CasePaused(s.at(30)): "10:28 起暂停审批，管理员恢复后才能处理",
    e.AlreadyAsked("bob"): "李明已经在这一步里了，换一位吧",
    e.NotAdded("bob"): "李明不是加签来的，或者已经处理过了",
    e.NameUnknown("王二小"): "通讯录里没有找到“王二小”，请写同事的姓名",
    e.NameAmbiguous("王芳", ("amy", "zoe")): "有 2 位王芳，请带上部门，比如“王芳（销售部）”",
    e.NoDeputy("oneself"): "不能委托给自己，请写一位同事的姓名",
    e.NoDeputy("unread", "报消"): "没有看懂“报消”，没有委托。可以写“委托 姓名 明天到周五 只限 报销 5000 元以内”",
    e.NotAllowed(): "这件事你不能做：申请人不能审批自己的单子，暂停、终止、跳转、交接要管理员来做",
    e.NotInThisStep("return"): "这一步不能这样操作",
    e.NotForOthers("bob"): "没有提交：只有李明的上级、管理员或公司指定的岗位可以代李明申请，请李明自己来说",
    e.NotInSeveral("handle"): "这一步要办理，请点卡片上的按钮单独处理",
    e.NoSuchStep("1"): "前面没有可以退回的审批，可以退回给申请人",
    e.NobodyNamed(): "没有找到可以接手的人，请写同事的姓名",
    e.NothingToTakeBack(): "你刚做的决定不能撤回：只有同意、并且后面还没有人处理，才能撤回",
    e.TooLate(): "已经有人在你之后处理，不能撤回了",
    e.CaseClosed(Status.RETURNED): "这张单子退回给申请人修改了，改好提交后再处理",
    e.UrgedLately(s.at(30)): "10:28 已经催过，过一小时可以再催",
    e.FieldMissing("start"): "还没有填“开始时间”，补上就可以提交",
    e.FieldMissing("colour"): "还没有填其中一项，补上就可以提交",
    e.FieldWrong("amount"): "“金额”填得不对，改一下就可以提交",
    e.TooShortNotice(
        days=2, working=True, latest=date(2026, 11, 20)
    ): "要提前 2 个工作日申请，这次最晚应在 11月20日（周五） 提出；紧急的话回复紧急原因再提交，或者改个日期",
    e.TooOften(count=2, per="month", numbers=("BK-20261102-001", "BK-20261109-003")): "每人每月最多 2 次，已经有 2 次"
    "（BK-20261102-001、BK-20261109-003），不能再申请了",
    LeaveShort(
        label="年假", left=1500, wanted=2000, unit="day", other="事假"
    ): "没有提交：年假只剩 1.5 天，这次要 2 天。可以改成 1.5 天，或另请事假",
    LeaveShort(
        label="调休", left=250, wanted=4000, unit="hour", other=""
    ): "没有提交：调休已经没有了，这次要 4 小时。可以改个日期",
    e.RowsWrong("费用明细第 2 笔“午餐”没写金额"): "费用明细第 2 笔“午餐”没写金额",
    e.RouteImpossible("没有适合这种情况的审批路线"): "还不能提交：没有适合这种情况的审批路线",
    NoSuchDay(2, 30): "没有 2 月 30 日这一天",
    NotHr(): "考勤异常只有人事和管理员可以查看和处理",
    NotYourFinding(): "自己的考勤异常要由其他人事同事处理",
    NoSuchFinding(): "没有这一条，请先说“考勤异常”查看最新的名单",
    FindingDecided("bob", "excused"): "李明已经免除",
    FindingDecided("", "settled"): "已经补办，不用再处理",
    e.CaseUnknown("QJ-20261123-001"): "没有找到这个编号，可以说“我的申请”或“待我审批”查看",
    e.UnknownPerson("zoe"): "公司通讯录里没有找到你，请联系管理员",
    e.UnknownFlow("spaceflight"): "公司没有开通这个流程，可以说“帮助”看看有哪些",
}


def kinds(kind: type[e.OfficeError] = e.OfficeError) -> Iterator[type[e.OfficeError]]:
    for special in kind.__subclasses__():
        yield special
        yield from kinds(special)


def test_every_kind_of_refusal_of_the_domain_has_its_sentence() -> None:
    of_the_domain = {kind for kind in kinds() if kind.__module__.startswith("domain.")}
    assert of_the_domain == {type(error) for error in REFUSALS}


@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: str(error))
def test_a_refusal_says_what_happened_and_what_to_do(error: e.OfficeError) -> None:
    said = sentence(error, s.frame(), s.at(60))
    assert said == REFUSALS[error]
    assert said != OTHERWISE
    assert not re.search(r"[!！]|[a-z]_[a-z]|\b(?:amy|bob|cat|fay)\b", said)


@pytest.mark.parametrize("status", Status)
def test_every_state_can_be_the_reason(status: Status) -> None:
    for error in (e.CaseClosed(status), e.NotDraft(status)):
        assert "这张单子" in sentence(error, s.frame())


def test_yesterday_s_decision_is_told_with_its_day() -> None:
    error = e.AlreadyDecided(by="bob", verdict="approved", at=s.at(4))
    assert sentence(error, s.frame(), s.at(4) + timedelta(days=1)) == "李明 11月23日 10:02 已同意"
    assert sentence(error, s.frame()) == "李明 11月23日 10:02 已同意"


def test_a_rich_card_takes_the_reason_itself() -> None:
    assert "卡片" in sentence(e.ReasonMissing(), s.frame("rich"))


def test_a_refusal_that_is_new_has_a_sentence_all_the_same() -> None:
    class Novel(e.OfficeError):
        pass

    assert sentence(Novel(), s.frame()) == OTHERWISE
