"""What a refusal says: what happened and what to do, with names instead of codes."""

from datetime import datetime
from typing import Final

from cards.card import Frame
from cards.escape import plain
from cards.phrases import STATUS, clock, day, people, verb
from domain import errors as e
from domain.approvals.case import Status
from domain.approvals.rules import PERIODS


def sentence(error: e.OfficeError, frame: Frame, now: datetime | None = None) -> str:
    """One short sentence for the person who wished it; with `now`, what happened today is told by the time alone."""
    match error:
        case e.AlreadyDecided():
            return f"{people((error.by,), frame)} {clock(error.at, frame, now)} {verb(error.verdict, None)}"
        case e.NotYourTurn():
            awaited = people(error.waiting_for, frame)
            return f"现在等待 {awaited} 处理，不用你操作" if awaited else "现在没有需要你处理的步骤"
        case e.NotYours():
            return f"这是{people((error.applicant,), frame)}的申请，只有本人可以这样做"
        case e.CaseClosed() | e.NotDraft():
            return _standing(Status(error.status))
        case e.ReasonMissing():
            where = "写在卡片上再点一次" if frame.dialect == "rich" else "回复理由就可以"
            return f"需要写明理由，{where}"
        case e.CasePaused():
            return f"{clock(error.at, frame, now)} 起暂停审批，管理员恢复后才能处理"
        case e.AlreadyAsked():
            return f"{people((error.person,), frame)}已经在这一步里了，换一位吧"
        case e.NotAdded():
            return f"{people((error.person,), frame)}不是加签来的，或者已经处理过了"
        case e.NameUnknown():
            return f"通讯录里没有找到“{plain(error.name, 20)}”，请写同事的姓名"
        case e.NameAmbiguous():
            return _which(error, frame)
        case e.NoDeputy():
            return _NO_DEPUTY[error.why].format(words=plain(error.words, 30))
        case e.UrgedLately():
            return f"{clock(error.at, frame, now)} 已经催过，过一小时可以再催"
        case e.FieldMissing():
            return f"还没有填{_field(error.field)}，补上就可以提交"
        case e.FieldWrong():
            return f"{_field(error.field)}填得不对，改一下就可以提交"
        case e.RowsWrong():
            return plain(error.reason)
        case e.RouteImpossible():
            return f"还不能提交：{plain(error.reason)}"
    return _about_others(error, frame)


def _about_others(error: e.OfficeError, frame: Frame) -> str:
    """Deputies, filing for somebody else, a flow's rules, several cases at once; and what needs no facts."""
    match error:
        case e.NoDeputy():
            return _NO_DEPUTY[error.why].format(words=plain(error.words, 30))
        case e.NotForOthers():
            who = people((error.applicant,), frame)
            return f"没有提交：只有{who}的上级、管理员或公司指定的岗位可以代{who}申请，请{who}自己来说"
        case e.TooShortNotice():
            return _too_short(error, frame)
        case e.TooOften():
            numbers = "、".join(error.numbers)
            return f"每人{PERIODS[error.per]}最多 {error.count} 次，已经有 {len(error.numbers)} 次（{numbers}），不能再申请了"
        case e.NotInSeveral():
            return f"这一步要{_ALONE[error.kind]}，请点卡片上的按钮单独处理"
    return _PLAIN.get(type(error), OTHERWISE)


def _too_short(error: e.TooShortNotice, frame: Frame) -> str:
    rule = f"要提前 {error.days} {'个工作日' if error.working else '天'}申请"
    where = "在卡片上填紧急原因再提交" if frame.dialect == "rich" else "回复紧急原因再提交"
    return (
        f"{rule}，这次最晚应在 {day(error.latest.isoformat(), error.latest.year)} 提出；紧急的话{where}，或者改个日期"
    )


def _which(error: e.NameAmbiguous, frame: Frame) -> str:
    """Who may be meant; namesakes are told apart by their departments."""
    name = plain(error.name, 20)
    called = dict.fromkeys(frame.names(one) for one in error.people)
    if error.name in called:
        return f"有 {len(error.people)} 位{name}，请带上部门，比如“{name}（销售部）”"
    some = "、".join(plain(one, 20) for one in list(called)[:_FEW]) + (" 等" if len(called) > _FEW else "")
    return f"没有叫“{name}”的同事，是不是{some}？请写全名" if len(called) == 1 else f"“{name}”可能是{some}，请写全名"


_FEW: Final = 5  # names that a question lists
OTHERWISE: Final = "现在不能这样操作，可以说“帮助”看看能做什么"
_PLAIN: Final[dict[type[e.OfficeError], str]] = {
    e.CaseUnknown: "没有找到这个编号，可以说“我的申请”或“待我审批”查看",
    e.UnknownPerson: "公司通讯录里没有找到你，请联系管理员",
    e.NotAllowed: "这件事你不能做：申请人不能审批自己的单子，暂停、终止、跳转、交接要管理员来做",
    e.NotInThisStep: "这一步不能这样操作",
    e.NoSuchStep: "前面没有可以退回的审批，可以退回给申请人",
    e.NobodyNamed: "没有找到可以接手的人，请写同事的姓名",
    e.NothingToTakeBack: "你刚做的决定不能撤回：只有同意、并且后面还没有人处理，才能撤回",
    e.TooLate: "已经有人在你之后处理，不能撤回了",
    e.UnknownFlow: "公司没有开通这个流程，可以说“帮助”看看有哪些",
}
_NO_DEPUTY: Final = {
    "oneself": "不能委托给自己，请写一位同事的姓名",
    "several": "一次只能委托一位同事",
    "circle": "{words}的审批那时又委托给了你（或你的代理人），这样会绕成一圈，请换一位或换个时间",
    "period": "请写明从哪天到哪天，比如“委托 姓名 明天到周五”",
    "past": "这段时间已经过去了，请写今天以后的日期",
    "end_before_start": "结束时间早于开始时间，请改一下",
    "impossible_date": "这个日期不存在，请改一下",
    "unread": "没有看懂“{words}”，没有委托。可以写“委托 姓名 明天到周五 只限 报销 5000 元以内”",
}
_ALONE: Final = {"handle": "办理", "confirm": "本人确认", "vote": "投票"}
FIELDS: Final = {  # the fields that every flow calls the same (spec: conversation.md)
    "leave_type": "请假类型",
    "start": "开始时间",
    "end": "结束时间",
    "days": "天数",
    "reason": "事由",
    "place": "地点",
    "amount": "金额",
    "goods_class": "物品类别",
    "attachments": "附件",
    "deputy": "替班人",
    "contact": "被联系人",
    "departments": "会签部门",
    "cc": "抄送人",
}


def _field(name: str) -> str:
    return f"“{FIELDS[name]}”" if name in FIELDS else "其中一项"


def _standing(status: Status) -> str:
    match status:
        case Status.DRAFT:
            return "这张单子还没有提交，提交后才能这样做"
        case Status.RETURNED:
            return "这张单子退回给申请人修改了，改好提交后再处理"
        case Status.RUNNING:
            return "这张单子已经提交，正在审批。要改的话先撤销，再重新申请"
        case _:
            return f"这张单子{STATUS[status]}，不能再这样做了"
