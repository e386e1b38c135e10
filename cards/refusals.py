"""What a refusal says: what happened and what to do, with names instead of codes."""

from datetime import datetime
from typing import Final

from cards import balance
from cards.card import Frame
from cards.escape import plain
from cards.phrases import STATUS, clock, day, days, people, verb
from cards.retold import told
from domain import errors as e
from domain.approvals.case import Status
from domain.approvals.rules import PERIODS
from domain.attendance.errors import FindingDecided, NoSuchFinding, NotHr, NotYourFinding
from domain.leave.errors import LeaveShort
from domain.logs import NoSuchDay


def sentence(error: e.OfficeError, frame: Frame, now: datetime | None = None) -> str:
    """One short sentence for the person who wished it; with `now`, what happened today is told by the time alone."""
    match error:
        case e.AlreadyDecided():
            return f"{people((error.by,), frame)} {clock(error.at, frame, now)} {verb(error.verdict, None, frame)}"
        case e.NotYourTurn():
            awaited = people(error.waiting_for, frame)
            if not awaited:
                return frame.say("现在没有需要你处理的步骤")
            return frame.say("现在等待 {people} 处理，不用你操作", people=awaited)
        case e.NotYours():
            return frame.say("这是{who}的申请，只有本人可以这样做", who=people((error.applicant,), frame))
        case e.CaseClosed() | e.NotDraft():
            return _standing(Status(error.status), frame)
        case e.ReasonMissing():
            rich = frame.dialect == "rich"
            return frame.say("需要写明理由，写在卡片上再点一次" if rich else "需要写明理由，回复理由就可以")
        case e.CasePaused():
            return frame.say("{when} 起暂停审批，管理员恢复后才能处理", when=clock(error.at, frame, now))
        case e.AlreadyAsked():
            return frame.say("{who}已经在这一步里了，换一位吧", who=people((error.person,), frame))
        case e.NotAdded():
            return frame.say("{who}不是加签来的，或者已经处理过了", who=people((error.person,), frame))
        case e.NameUnknown():
            return frame.say("通讯录里没有找到“{name}”，请写同事的姓名", name=plain(error.name, 20))
        case e.NameAmbiguous():
            return _which(error, frame)
        case e.UrgedLately():
            return frame.say("{when} 已经催过，过一小时可以再催", when=clock(error.at, frame, now))
        case e.FieldMissing():
            return frame.say("还没有填{field}，补上就可以提交", field=_field(error.field, frame))
        case e.FieldWrong():
            return frame.say("{field}填得不对，改一下就可以提交", field=_field(error.field, frame))
        case e.RowsWrong():
            return told(error.reason, frame, 200)
        case e.RouteImpossible():
            return frame.say("还不能提交：{why}", why=told(error.reason, frame, 200))
    return _about_others(error, frame)


def _about_others(error: e.OfficeError, frame: Frame) -> str:
    """Deputies, filing for somebody else, a flow's rules, several cases at once; and what needs no facts."""
    match error:
        case e.NoDeputy():
            return frame.say(_NO_DEPUTY[error.why], words=plain(error.words, 30))
        case NoSuchDay():
            said = "没有 {month} 月 {day} 日这一天" if error.month else "没有 {day} 号这一天"
            return frame.say(said, month=error.month, day=error.day)
        case e.NotForOthers():
            who = people((error.applicant,), frame)
            said = "没有提交：只有{who}的上级、管理员或公司指定的岗位可以代{who}申请，请{who}自己来说"
            return frame.say(said, who=who)
        case e.TooShortNotice():
            return _too_short(error, frame)
        case e.TooOften():
            said = "每人{period}最多 {most} 次，已经有 {n} 次（{numbers}），不能再申请了"
            period, numbers = frame.say(PERIODS[error.per]), frame.listed(error.numbers)
            return frame.count(said, len(error.numbers), period=period, most=error.count, numbers=numbers)
        case FindingDecided():
            if not error.by:
                return frame.say("已经补办，不用再处理")
            done = "{who}已经免除" if error.state == "excused" else "{who}已经确认"
            return frame.say(done, who=people((error.by,), frame))
        case LeaveShort():
            return balance.short(error, frame)
        case e.NotInSeveral():
            return frame.say("这一步要{doing}，请点卡片上的按钮单独处理", doing=frame.say(_ALONE[error.kind]))
    return frame.say(_PLAIN.get(type(error), OTHERWISE))


def _too_short(error: e.TooShortNotice, frame: Frame) -> str:
    lead = days(error.days, frame, working=error.working)
    where = frame.say("在卡片上填紧急原因再提交" if frame.dialect == "rich" else "回复紧急原因再提交")
    return frame.say(
        "要提前 {lead}申请，这次最晚应在 {latest} 提出；紧急的话{where}，或者改个日期",
        lead=lead, latest=day(error.latest.isoformat(), error.latest.year, frame), where=where,
    )  # fmt: skip


def _which(error: e.NameAmbiguous, frame: Frame) -> str:
    """Who may be meant; namesakes are told apart by their departments."""
    name = plain(error.name, 20)
    called = dict.fromkeys(frame.names(one) for one in error.people)
    if error.name in called:
        return frame.say("有 {n} 位{name}，请带上部门，比如“{name}（销售部）”", n=len(error.people), name=name)
    some = frame.listed(plain(one, 20) for one in list(called)[:_FEW])
    some = frame.say("{names} 等", names=some) if len(called) > _FEW else some
    said = "没有叫“{name}”的同事，是不是{names}？请写全名" if len(called) == 1 else "“{name}”可能是{names}，请写全名"
    return frame.say(said, name=name, names=some)


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
    NotHr: "考勤异常只有人事和管理员可以查看和处理",
    NotYourFinding: "自己的考勤异常要由其他人事同事处理",
    NoSuchFinding: "没有这一条，请先说“考勤异常”查看最新的名单",
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


def _field(name: str, frame: Frame) -> str:
    return frame.say("“{field}”", field=frame.say(FIELDS[name])) if name in FIELDS else frame.say("其中一项")


def _standing(status: Status, frame: Frame) -> str:
    match status:
        case Status.DRAFT:
            return frame.say("这张单子还没有提交，提交后才能这样做")
        case Status.RETURNED:
            return frame.say("这张单子退回给申请人修改了，改好提交后再处理")
        case Status.RUNNING:
            return frame.say("这张单子已经提交，正在审批。要改的话先撤销，再重新申请")
        case _:
            return frame.say("这张单子{state}，不能再这样做了", state=frame.say(STATUS[status]))
