"""Plain words: what the bot says in a bubble. Each function gives (title, Markdown)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cards.card import Card, Frame
from cards.details import how_to_list
from cards.escape import plain
from cards.phrases import STATUS, clock, headline, people, span, state, title, verb
from cards.retold import retold
from cards.story import travelled
from domain.approvals.case import Case, Status
from domain.approvals.flow import NUMBERS, Field, Flow
from domain.approvals.rows import rows_field

Words = tuple[str, str]
_BECAUSE: Final = {
    "ambiguous": "有几种理解，我不想猜错。",
    "impossible_date": "这个日期不存在。",
    "end_before_start": "结束时间早于开始时间。",
    "conflict": "说的日期和天数（或星期）对不上。",
    "non_workday": "那天本来就休息。",
    "calendar_unknown": "那一年的放假安排还没有公布。",
    "multiple": "一次只办一件，请先说其中一件。",
    "unclear": "这句话里没有找到要填的内容。",
}
_COUNTED: Final = 100  # waiting cases beyond the list are counted up to here
_SOME: Final = 8  # flows that are named where a message was not understood
_PARTS: Final = {"half": "上午还是下午？", "time": "几点到几点？"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A case as one line of a list."""

    number: str
    title: str
    applicant: str
    status: Status
    line: str
    waiting_for: tuple[str, ...]
    since: datetime | None
    step: str = ""  # at which it stands


def words_card(track: str, title: str, markdown: str) -> Card:
    """Words as a card of the public Markdown template, so that they can be sent again safely."""
    return Card(track=track, template="words", params={"title": title, "markdown": markdown}, version=1)


def in_words(case: Case, frame: Frame) -> str:
    """王芳的请假 0.5 天，11月24日（周二）下午."""
    return frame.say("，").join(part for part in (headline(case, frame), span(case, frame)) if part)


_HELP: Final = (
    "像跟同事说话一样告诉我就行，比如：",
    "- 我明天下午请半天病假，去医院复查\n- 下周一到周三去上海出差，见客户\n- 报销 打车 45.5，午餐 128",
    "可以申请：{flows}",
    "填好了说 **提交**，不要了说 **取消**；替同事申请：**替某某请明天一天病假**",
    "查和改：**我的申请** · **待我审批** · **进度 编号** · **催办 编号** · **撤销 编号** · **再来一单 编号** · **关联 编号 编号**",
    "写日志：**日报 今天做了什么** · **周报** · **月报** · **6件事 1. … 2. …** · **复盘** · **我的日志**",
    "假和提醒：**我的余额** · **提醒设置** · **免打扰 22:00-7:00** · **关闭日志提醒**",
    "也可以问：**报销谁审批** · **请假要提前几天** · **今天谁不在** · **王芳电话**",
)
_HELP_APPROVERS: Final = (
    "审批：说 **待我审批**，然后 **同意 1、3** · **驳回 2 理由** · **全部同意** · **全部转交 姓名**",
    "一张单子：**退回 编号 理由** · **转交 编号 姓名** · **加签 编号 姓名** · **后加签 编号 姓名** · "
    "**委派 编号 姓名** · **评论 编号 内容** · **抄送 编号 姓名** · **撤回**（我刚做的决定）",
    "看日志：**团队日志** · **看某某的日志** · **评论某某的日志 内容**",
    "部门情况：**早报** · **晚报** · **一周小结** · **月度小结** · **部门考勤**",
    "不在的时候：**委托 姓名 明天到周五** · **我的委托** · **取消委托**",
)
_HELP_ADMINISTRATORS: Final = (
    "管理员：**暂停 编号 理由** · **恢复 编号** · **终止 编号 理由** · **跳转 编号 第 2 步 理由** · **交接 某某 给 某某**",
)
_HELP_HR: Final = ("人事：**考勤异常** · **考勤异常 姓名** · **确认 1 2** · **免除 3 理由** · **查余额 姓名**",)


def help_words(
    flows: Sequence[str], frame: Frame, *, approver: bool = True, administrator: bool = False, hr: bool = False
) -> Words:  # fmt: skip
    """What one can say: approvers, HR and administrators have more to say."""
    texts = (
        *_HELP,
        *(_HELP_APPROVERS if approver else ()),
        *(_HELP_HR if hr else ()),
        *(_HELP_ADMINISTRATORS if administrator else ()),
    )
    titles = frame.listed(frame.say(one) for one in flows)
    return frame.say("我能帮你办这些"), "\n\n".join(frame.say(text, flows=titles) for text in texts)


_NOT_UNDERSTOOD: Final = {
    "": "这句话我没有完全听懂，什么也没有提交。",
    "query": "这个问题我还答不上来。",
    "cancel": "要撤销的话，请说“撤销 编号”；编号在“我的申请”里。",
    "modify": "要改的话，请先“撤销 编号”，再重新申请。",
    "other_person": "听起来是别人的事，我没有替谁提交。",
    "at_home": "这里没有居家办公的申请，什么也没有提交。",
    "approval_action": "要审批的话，请点卡片上的按钮，或者说“同意 编号”。",
}


def not_understood(
    why: str | None, flows: Sequence[str], frame: Frame, near: Sequence[str] = (), draft: Case | None = None
) -> Words:
    """A short answer with the nearest things that can be done; nothing was filed. `draft` is still at hand."""
    why = "" if why == "approval_action" and draft is not None else why or ""  # 好的: said of the draft at hand
    lines = [frame.say(_NOT_UNDERSTOOD.get(why, _NOT_UNDERSTOOD[""]))]
    if near:
        likely = frame.listed(f"**{title(one, frame)}**" for one in near)
        lines.append(frame.say("是要申请{flows}吗？说一声就开始。", flows=likely))
    if draft is not None:
        said = "{title}还没填完：说要改什么，或者说 **提交**、**取消**。"
        lines.append(frame.say(said, title=title(draft.title, frame)))
    elif not near:
        some = frame.listed(frame.say(one) for one in flows[:_SOME])
        some = frame.say("{names} 等 {n} 种", names=some, n=len(flows)) if len(flows) > _SOME else some
        lines.append(frame.say("可以直接说要申请什么：{flows}", flows=some))
    return frame.say("没有听懂"), "\n\n".join([*lines, frame.say("说 **帮助** 看看能做什么。")])


def of_filed(why: str, cases: Sequence["Summary"], frame: Frame) -> Words:
    """What was filed is not changed by such words: how it is, with the numbers to say."""
    called, listed = my_cases(cases, frame)
    return called, f"{frame.say(_NOT_UNDERSTOOD[why])}\n\n{listed}"


def which_of(frame: Frame) -> Words:
    """Several flows are called so; they stand on the buttons."""
    return frame.say("办哪一种"), frame.say("这几种都有可能，要办哪一种？")


def question(
    field: Field,
    flow: Flow,
    case: Case,
    *,
    part: str,
    because: Sequence[str],
    frame: Frame,
    offered: Sequence[str] = (),
    before: str = "",
    impossible: str = "",
) -> Words:
    """Ask for one missing thing, with its choices; say first what could not be taken. `offered`: the people who may be
    chosen, where they are few. `before`: why it is asked. `impossible`: the words for a day that there is not."""
    why = [before, *(_because(reason, impossible, frame) for reason in because)]
    ask = frame.say(_PARTS.get(part) or field.ask)
    if not ask:
        unknown = "{label}是多少？" if field.type in NUMBERS else "{label}是什么？"
        ask = frame.say(unknown, label=frame.say(field.label))
    if field.options:
        options = frame.listed(frame.say(one) for one in field.options.values())
        ask += frame.say("（{options}）", options=options)
    if field.among:
        some = people(offered, frame) if offered else frame.listed(retold(one, frame) for one in field.among)
        ask += frame.say("（可以选：{people}）", people=some)
    ask = frame.joined(ask, how_to_list(field, flow, frame))
    return frame.title(flow.title), frame.joined(*why, ask)


def _because(reason: str, impossible: str, frame: Frame) -> str:
    if reason == "impossible_date" and impossible:
        return frame.say("没有“{words}”这个时间。", words=plain(impossible))
    return frame.say(_BECAUSE.get(reason, ""))


_ASKS: Final = {
    "reject": "驳回{what}：请回复理由，申请人会看到。",
    "return": "退回{what}：请回复要改什么，退回给申请人。要退到前面的审批，在前面写“上一步”或“第 1 步”。",
    "transfer": "{what}转交给谁？请回复姓名，可以再写一句说明。",
    "add_before": "{what}：要先请谁审？请回复姓名（可以几位），他们同意后再到你。",
    "add_after": "{what}：你同意以后还要请谁审？请回复姓名（可以几位）。",
    "add_beside": "{what}：要请谁一起审？请回复姓名（可以几位）。",
    "delegate": "{what}：想请谁先给个意见？请回复姓名，答复后还由你决定。",
    "remove": "{what}：不用谁审了？请回复姓名。",
    "comment": "{what}：想说什么？直接回复就可以，名字前加 at 号会提醒那位同事。",
    "tell": "{what}抄送给谁？请回复姓名（可以几位）。",
}


def ask_for(doing: str, case: Case, frame: Frame) -> Words:
    """What is missing before something can be done with a case: a reason, a name."""
    asked = frame.say(_ASKS[doing], what=headline(case, frame))
    return frame.say(ACTS[doing]), frame.joined(asked, frame.say("不办了就说“取消”。"))


ACTS: Final = {
    "submit": "提交",
    "approve": "同意", "reject": "驳回", "return": "退回", "transfer": "转交", "add_before": "前加签",
    "add_after": "后加签", "add_beside": "并加签", "delegate": "委派", "remove": "减签", "claim": "认领",
    "release": "退回待认领", "take_back": "撤回", "comment": "评论", "tell": "抄送", "read": "已阅", "withdraw": "撤销",
    "urge": "催办", "terminate": "终止", "pause": "暂停", "resume": "恢复", "jump": "跳转", "hand_over": "交接",
}  # fmt: skip
DID: Final = {
    "submit": "已提交",
    "approve": "已同意", "reject": "已驳回", "return": "已退回", "transfer": "已转交", "add_before": "已前加签",
    "add_after": "已后加签", "add_beside": "已并加签", "delegate": "已委派", "remove": "已减签", "claim": "已认领",
    "release": "已退回待认领", "take_back": "已撤回", "comment": "已评论", "tell": "已抄送", "read": "已阅",
    "withdraw": "已撤销", "urge": "已催办", "terminate": "已终止", "pause": "已暂停", "resume": "已恢复",
    "jump": "已跳转", "hand_over": "已交接",
}  # fmt: skip


def done(doing: str, case: Case, frame: Frame) -> Words:
    """To whoever did it by typing: what was done, and how the case stands."""
    said = frame.say(DID[doing])
    if doing == "approve":
        newest = max(((task.at, task.step) for task in case.tasks if task.at is not None), default=(None, ""))[1]
        said = verb("approved", next((step for step in case.steps if step.id == newest), None), frame)
    awaited = people(case.waiting_for(), frame)
    stands = frame.say("现在等待 {people}", people=awaited) if awaited else state(case, frame)
    told = frame.title("{did}：{case}", did=said, case=in_words(case, frame))
    if stands != said:
        told = frame.say("{told}。{stands}", told=told, stands=stands)
    return frame.title(said), f"{told}\n\n{case.number}"


def ask_change(case: Case, flow: Flow, frame: Frame) -> Words:
    """What shall be changed in the draft."""
    rows = "要改哪里？直接说就行，比如“第2笔改成 60”“删掉第1笔”“再加一笔 停车 15”“理由写家里有事”。"
    plainly = "要改哪里？直接说就行，比如“改成后天”“不是病假是事假”“理由写家里有事”。"
    return frame.say("修改"), frame.say(plainly if rows_field(flow) is None else rows)


def my_cases(cases: Sequence[Summary], frame: Frame) -> Words:
    """我的申请."""
    if not cases:
        said = "还没有申请过什么。直接说要办什么就可以，比如“明天下午请半天病假”。"
        return frame.say("我的申请"), frame.say(said)
    lines = []
    for one in cases:
        line = f"- {one.number}　{one.line}　**{frame.say(STATUS[one.status])}**"
        if one.waiting_for:
            line = frame.say("{line}，等待 {people}", line=line, people=people(one.waiting_for, frame))
        lines.append(line)
    return frame.say("我的申请"), "\n".join(lines)


def my_tasks(cases: Sequence[Summary], frame: Frame, *, more: int = 0) -> Words:
    """待我审批, numbered: 同意 1、3 means this list."""
    if not cases:
        return frame.say("待我审批"), frame.say("现在没有等你审批的。")
    lines = [
        f"{place}. {one.number}　{one.line}"
        + (frame.say("（{when} 到你这里）", when=clock(one.since, frame)) if one.since else "")
        for place, one in enumerate(cases, start=1)
    ]
    if more:
        count = frame.say("100 多") if more >= _COUNTED else more
        lines.append("\n" + frame.say("还有 {count} 件，办完这些再说“待我审批”。", count=count))
    how = "点卡片上的按钮，或者说“同意 编号”“驳回 编号 理由”；也可以一起办：“全部同意”“同意 1、3”“驳回 2 理由”。"
    return frame.say("待我审批"), "\n".join([*lines, "", frame.say(how)])


def progress(case: Case, frame: Frame) -> Words:
    """进度 of one case."""
    lines = [f"{in_words(case, frame)}　**{state(case, frame)}**", *travelled(case, frame), case.number]
    return frame.say("进度 {number}", number=case.number), "\n\n".join(lines)


def gone_private(name: str, frame: Frame) -> Words:
    """In a group: it goes on in the private chat; nothing of the matter itself."""
    return frame.say("已私聊"), frame.say("{name}，我在单聊里回复你了。", name=plain(name, 20))


def apology(code: str, frame: Frame) -> Words:
    """A bug struck."""
    said = "系统出了点问题，刚才这件事没有办成，已记录（编号 {code}）。请稍后再试一次。"
    return frame.say("出了点问题"), frame.say(said, code=code)
