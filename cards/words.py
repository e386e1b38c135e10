"""Plain words: what the bot says in a bubble. Each function gives (title, Markdown)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cards.card import Card, Frame
from cards.details import how_to_list
from cards.escape import plain
from cards.phrases import STATUS, clock, headline, people, span, state, verb, what
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
    return "，".join(part for part in (headline(case, frame), span(case, frame)) if part)


def help_words(flows: Sequence[str], *, approver: bool = True, administrator: bool = False) -> Words:
    """What one can say: approvers and administrators have more to say."""
    lines = [
        "像跟同事说话一样告诉我就行，比如：",
        "- 我明天下午请半天病假，去医院复查\n- 下周一到周三去上海出差，见客户\n- 报销 打车 45.5，午餐 128",
        f"可以申请：{'、'.join(flows)}",
        "填好了说 **提交**，不要了说 **取消**；替同事申请：**替某某请明天一天病假**",
        "查和改：**我的申请** · **待我审批** · **进度 编号** · **催办 编号** · **撤销 编号** · **再来一单 编号** · **关联 编号 编号**",
        "也可以问：**报销谁审批** · **请假要提前几天** · **今天谁不在** · **王芳电话**",
    ]
    if approver:
        lines += [
            "审批：说 **待我审批**，然后 **同意 1、3** · **驳回 2 理由** · **全部同意** · **全部转交 姓名**",
            "一张单子：**退回 编号 理由** · **转交 编号 姓名** · **加签 编号 姓名** · **后加签 编号 姓名** · "
            "**委派 编号 姓名** · **评论 编号 内容** · **抄送 编号 姓名** · **撤回**（我刚做的决定）",
            "不在的时候：**委托 姓名 明天到周五** · **我的委托** · **取消委托**",
        ]
    if administrator:
        lines.append(
            "管理员：**暂停 编号 理由** · **恢复 编号** · **终止 编号 理由** · **跳转 编号 第 2 步 理由** · **交接 某某 给 某某**"
        )
    return "我能帮你办这些", "\n\n".join(lines)


def not_understood(why: str | None, flows: Sequence[str], near: Sequence[str] = (), draft: Case | None = None) -> Words:
    """A short answer with the nearest things that can be done; nothing was filed. `draft` is still at hand."""
    start = {
        "query": "这个问题我还答不上来。",
        "cancel": "要撤销的话，请说“撤销 编号”；编号在“我的申请”里。",
        "modify": "要改的话，请先“撤销 编号”，再重新申请。",
        "other_person": "听起来是别人的事，我没有替谁提交。",
        "approval_action": "要审批的话，请点卡片上的按钮，或者说“同意 编号”。",
    }.get(why or "", "这句话我没有完全听懂，什么也没有提交。")
    lines = [start]
    if near:
        lines.append(f"是要申请{'、'.join(f'**{plain(one, 20)}**' for one in near)}吗？说一声就开始。")
    if draft is not None:
        lines.append(f"{plain(draft.title, 20)}还没填完：说要改什么，或者说 **提交**、**取消**。")
    elif not near:
        some = "、".join(flows[:_SOME]) + (f" 等 {len(flows)} 种" if len(flows) > _SOME else "")
        lines.append(f"可以直接说要申请什么：{some}")
    return "没有听懂", "\n\n".join([*lines, "说 **帮助** 看看能做什么。"])


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
) -> Words:
    """Ask for one missing thing, with its choices; say first what could not be taken. `offered`: the people who may be
    chosen, where they are few. `before`: why it is asked."""
    why = before + "".join(_BECAUSE.get(reason, "") for reason in because)
    ask = _PARTS.get(part) or field.ask or f"{field.label}是{'多少' if field.type in NUMBERS else '什么'}？"
    if field.options:
        ask += f"（{'、'.join(field.options.values())}）"
    if field.among:
        ask += f"（可以选：{people(offered, frame) if offered else '、'.join(field.among)}）"
    ask += how_to_list(field, flow)
    return flow.title, f"{why}{ask}"


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
    return ACTS[doing], _ASKS[doing].format(what=headline(case, frame)) + "不办了就说“取消”。"


ACTS: Final = {
    "submit": "提交",
    "approve": "同意", "reject": "驳回", "return": "退回", "transfer": "转交", "add_before": "前加签",
    "add_after": "后加签", "add_beside": "并加签", "delegate": "委派", "remove": "减签", "claim": "认领",
    "release": "退回待认领", "take_back": "撤回", "comment": "评论", "tell": "抄送", "read": "已阅", "withdraw": "撤销",
    "urge": "催办", "terminate": "终止", "pause": "暂停", "resume": "恢复", "jump": "跳转", "hand_over": "交接",
}  # fmt: skip


def done(doing: str, case: Case, frame: Frame) -> Words:
    """To whoever did it by typing: what was done, and how the case stands."""
    if doing == "approve":
        newest = max(((task.at, task.step) for task in case.tasks if task.at is not None), default=(None, ""))[1]
        said = verb("approved", next((step for step in case.steps if step.id == newest), None))
    else:
        said = f"已{ACTS[doing]}"
    awaited = people(case.waiting_for(), frame)
    stands = f"现在等待 {awaited}" if awaited else state(case)
    told = f"{said}：{in_words(case, frame)}" + ("" if stands == said else f"。{stands}")
    return said, f"{told}\n\n{case.number}"


def filed_for_you(case: Case, by: str, frame: Frame) -> Words:
    """To the applicant: somebody filed it for them; it is theirs all the same."""
    when = span(case, frame)
    said = f"{people((by,), frame)}替你提交了{what(case)}{f'，{when}' if when else ''}。"
    return "替你提交了申请", f"{said}\n\n你也可以说“进度 {case.number}”“撤销 {case.number}”。"


def returned(case: Case, by: str, words: str, frame: Frame) -> Words:
    """To the applicant: what has to be corrected, and how."""
    lines = [f"{people((by,), frame)}退回了你的{what(case)}。", f"> {plain(words)}"]
    return "已退回", "\n\n".join([*lines, f"直接说要改什么，或者点卡片上的修改，再提交就可以。{case.number}"])


def terminated(case: Case, by: str, words: str, frame: Frame) -> Words:
    """To the applicant: an administrator ended it."""
    return "已终止", f"{people((by,), frame)}终止了你的{what(case)}。\n\n> {plain(words)}\n\n{case.number}"


def paused(case: Case, by: str, words: str, frame: Frame) -> Words:
    """To the applicant: nobody decides for a while."""
    return "已暂停", f"{people((by,), frame)}暂停了你的{what(case)}。\n\n> {plain(words)}\n\n{case.number}"


def resumed(case: Case, frame: Frame) -> Words:
    """To the applicant: it goes on."""
    return "已恢复", f"你的{what(case)}继续审批，等待 {people(case.waiting_for(), frame)}。\n\n{case.number}"


def rerouted(case: Case, by: str, words: str, frame: Frame) -> Words:
    """To the applicant: an administrator moved it onto the present version of its flow."""
    awaited = people(case.waiting_for(), frame)
    goes = f"现在由 {awaited} 处理" if awaited else "按新流程已经批完"
    return (
        "流程已更新",
        f"{people((by,), frame)}把你的{what(case)}换到了新的审批流程，{goes}。\n\n> {plain(words)}\n\n{case.number}",
    )


def jumped(case: Case, by: str, words: str, frame: Frame) -> Words:
    """To the applicant: an administrator moved it."""
    awaited = people(case.waiting_for(), frame)
    return (
        "已跳转",
        f"{people((by,), frame)}把你的{what(case)}转到 {awaited or '结束'}。\n\n> {plain(words)}\n\n{case.number}",
    )


def commented(case: Case, by: str, words: str, frame: Frame) -> Words:
    """To whoever is mentioned, and to the applicant."""
    return "评论", f"{people((by,), frame)}对{in_words(case, frame)}说：\n\n> {plain(words)}\n\n{case.number}"


def yours_again(case: Case, frame: Frame) -> Words:
    """To whoever had asked somebody first: the answer is there."""
    return "轮到你了", f"你问过的人已经答复，{in_words(case, frame)}现在由你决定。\n\n{case.number}"


def ask_change(case: Case, flow: Flow, frame: Frame) -> Words:
    """What shall be changed in the draft."""
    if rows_field(flow) is not None:
        return "修改", "要改哪里？直接说就行，比如“第2笔改成 60”“删掉第1笔”“再加一笔 停车 15”“理由写家里有事”。"
    return "修改", "要改哪里？直接说就行，比如“改成后天”“不是病假是事假”“理由写家里有事”。"


def my_cases(cases: Sequence[Summary], frame: Frame) -> Words:
    """我的申请."""
    if not cases:
        return "我的申请", "还没有申请过什么。直接说要办什么就可以，比如“明天下午请半天病假”。"
    lines = [
        f"- {one.number}　{one.line}　**{STATUS[one.status]}**"
        + (f"，等待 {people(one.waiting_for, frame)}" if one.waiting_for else "")
        for one in cases
    ]
    return "我的申请", "\n".join(lines)


def my_tasks(cases: Sequence[Summary], frame: Frame, *, more: int = 0) -> Words:
    """待我审批, numbered: 同意 1、3 means this list."""
    if not cases:
        return "待我审批", "现在没有等你审批的。"
    lines = [
        f"{place}. {one.number}　{one.line}" + (f"（{clock(one.since, frame)} 到你这里）" if one.since else "")
        for place, one in enumerate(cases, start=1)
    ]
    if more:
        lines.append(f"\n还有 {'100 多' if more >= _COUNTED else more} 件，办完这些再说“待我审批”。")
    how = "点卡片上的按钮，或者说“同意 编号”“驳回 编号 理由”；也可以一起办：“全部同意”“同意 1、3”“驳回 2 理由”。"
    return "待我审批", "\n".join([*lines, "", how])


def progress(case: Case, frame: Frame) -> Words:
    """进度 of one case."""
    lines = [f"{in_words(case, frame)}　**{state(case)}**", *travelled(case, frame), case.number]
    return f"进度 {case.number}", "\n\n".join(lines)


def outcome(case: Case, frame: Frame) -> Words:
    """The end, for the applicant (R-APR-4): approved, or rejected by whom and why."""
    name = plain(case.title, 20)
    yours = "，".join(part for part in (f"你的{what(case)}", span(case, frame)) if part)
    refusing = next((task for task in reversed(case.tasks) if task.state == "rejected"), None)
    if case.status is Status.REJECTED and refusing is None:
        return f"{name}{state(case)}", f"{yours}，没有人在期限内处理，按流程自动驳回。\n\n{case.number}"
    if case.status is not Status.REJECTED or refusing is None:
        return f"{name}{state(case)}", f"{yours}，{state(case)}。\n\n{case.number}"
    who = people((refusing.person,), frame)
    lines = [f"{yours}，{who}没有同意。", f"> {plain(refusing.words)}", f"改好以后可以重新申请。{case.number}"]
    return f"{name}{state(case)}", "\n\n".join(lines)


def urging(case: Case, frame: Frame, *, waited: bool = False) -> Words:
    """To whoever is awaited: the applicant urges, or (`waited`) it has waited longer than it should."""
    if waited:
        return "还在等你", f"{in_words(case, frame)}，已经等了很久，请处理。\n\n{case.number}"
    who = people((case.applicant,), frame)
    reply = f"可以点卡片上的按钮，或者回复“同意 {case.number}”“驳回 {case.number} 理由”。"
    return "催办", f"{who}催一下：{in_words(case, frame)}，还在等你处理。\n\n{reply}"


def gone_private(name: str) -> Words:
    """In a group: it goes on in the private chat; nothing of the matter itself."""
    return "已私聊", f"{plain(name, 20)}，我在单聊里回复你了。"


def apology(code: str, frame: Frame) -> Words:
    """A bug struck."""
    said = "系统出了点问题，刚才这件事没有办成，已记录（编号 {code}）。请稍后再试一次。"
    return frame.say("出了点问题"), frame.say(said, code=code)
