"""Plain words: what the bot says in a bubble. Each function gives (title, Markdown)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cards.card import Card, Frame
from cards.escape import plain
from cards.phrases import STATUS, clock, headline, people, span, state, verb, what
from cards.story import travelled
from domain.approvals.case import Case, Status
from domain.approvals.commands import Verdict
from domain.approvals.flow import NUMBERS, Field, Flow

Words = tuple[str, str]
_BECAUSE: Final = {
    "ambiguous": "有几种理解，我不想猜错。",
    "impossible_date": "这个日期不存在。",
    "end_before_start": "结束时间早于开始时间。",
    "conflict": "说的日期和天数（或星期）对不上。",
    "non_workday": "那天本来就休息。",
    "calendar_unknown": "那一年的放假安排还没有公布。",
    "multiple": "一次只办一件，请先说其中一件。",
    "on_behalf": "现在只能给自己申请。",
}
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


def words_card(track: str, title: str, markdown: str) -> Card:
    """Words as a card of the public Markdown template, so that they can be sent again safely."""
    return Card(track=track, template="words", params={"title": title, "markdown": markdown}, version=1)


def in_words(case: Case, frame: Frame) -> str:
    """王芳的请假 0.5 天，11月24日（周二）下午."""
    return "，".join(part for part in (headline(case, frame), span(case, frame)) if part)


def help_words(flows: Sequence[str]) -> Words:
    """What one can say."""
    lines = [
        "像跟同事说话一样告诉我就行，比如：",
        "- 我明天下午请半天病假，去医院复查\n- 下周一到周三去上海出差，见客户\n- 今天14点到16点外出，去银行开户",
        f"可以申请：{'、'.join(flows)}",
        "随时可以说：**我的申请** · **待我审批** · **进度 编号** · **撤销 编号** · **催办 编号** · **同意 编号** · "
        "**驳回 编号 理由** · **取消** · **帮助**",
    ]
    return "我能帮你办这些", "\n\n".join(lines)


def not_understood(why: str | None, flows: Sequence[str]) -> Words:
    """A short answer with the nearest things that can be done; nothing was filed."""
    start = {
        "query": "这个问题我还答不上来。",
        "cancel": "要撤销的话，请说“撤销 编号”；编号在“我的申请”里。",
        "modify": "要改的话，请先“撤销 编号”，再重新申请。",
        "other_person": "听起来是别人的事，我没有替谁提交。",
        "approval_action": "要审批的话，请点卡片上的按钮，或者说“同意 编号”。",
    }.get(why or "", "这句话我没有完全听懂，什么也没有提交。")
    return "没有听懂", f"{start}\n\n可以说 **帮助**，或者直接说要申请什么：{'、'.join(flows)}"


def question(field: Field, flow: Flow, case: Case, *, part: str, because: Sequence[str], frame: Frame) -> Words:
    """Ask for one missing thing, with its choices; say first what could not be taken."""
    why = "".join(_BECAUSE.get(reason, "") for reason in because)
    ask = _PARTS.get(part) or field.ask or f"{field.label}是{'多少' if field.type in NUMBERS else '什么'}？"
    if field.options:
        ask += f"（{'、'.join(field.options.values())}）"
    return flow.title, f"{why}{ask}"


def ask_reason(case: Case, frame: Frame) -> Words:
    """A rejection needs its reason."""
    return "驳回", f"驳回{headline(case, frame)}：请回复理由，申请人会看到。不想驳回了就说“取消”。"


def ask_change(case: Case, flow: Flow, frame: Frame) -> Words:
    """What shall be changed in the draft."""
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


def my_tasks(cases: Sequence[Summary], frame: Frame) -> Words:
    """待我审批."""
    if not cases:
        return "待我审批", "现在没有等你审批的。"
    lines = [
        f"- {one.number}　{one.line}" + (f"（{clock(one.since, frame)} 到你这里）" if one.since else "")
        for one in cases
    ]
    return "待我审批", "\n".join([*lines, "", "点卡片上的按钮，或者说“同意 编号”“驳回 编号 理由”。"])


def progress(case: Case, frame: Frame) -> Words:
    """进度 of one case."""
    lines = [f"{in_words(case, frame)}　**{state(case)}**", *travelled(case, frame), case.number]
    return f"进度 {case.number}", "\n\n".join(lines)


def outcome(case: Case, frame: Frame) -> Words:
    """The end, for the applicant (R-APR-4): approved, or rejected by whom and why."""
    name = plain(case.title, 20)
    yours = "，".join(part for part in (f"你的{what(case)}", span(case, frame)) if part)
    refusing = next((task for task in reversed(case.tasks) if task.state == "rejected"), None)
    if refusing is None:
        return f"{name}{state(case)}", f"{yours}，{state(case)}。\n\n{case.number}"
    who = people((refusing.person,), frame)
    lines = [f"{yours}，{who}没有同意。", f"> {plain(refusing.words)}", f"改好以后可以重新申请。{case.number}"]
    return f"{name}{state(case)}", "\n\n".join(lines)


def decided(case: Case, verdict: Verdict, frame: Frame) -> Words:
    """To an approver who typed the decision, the newest one of the case."""
    newest = max(((task.at, task.step) for task in case.tasks if task.at is not None), default=(None, ""))[1]
    done = verb(verdict, next((step for step in case.steps if step.id == newest), None))
    return done, f"{done}：{in_words(case, frame)}\n\n{case.number}"


def urging(case: Case, frame: Frame) -> Words:
    """To whoever is awaited."""
    who = people((case.applicant,), frame)
    reply = f"可以点卡片上的按钮，或者回复“同意 {case.number}”“驳回 {case.number} 理由”。"
    return "催办", f"{who}催一下：{in_words(case, frame)}，还在等你处理。\n\n{reply}"


def urged(case: Case) -> Words:
    """To the applicant."""
    return "已催办", "已经提醒审批人了。"


def withdrawn(case: Case) -> Words:
    """To the applicant who typed it."""
    return "已撤销", f"{case.title} {case.number} 已撤销。"


def cancelled(case: Case) -> Words:
    """The draft at hand is gone."""
    return "已取消", f"好的，这张{case.title}不提交了。"


def question_dropped() -> Words:
    """A question is taken back."""
    return "已取消", "好的，先不办了。"


def nothing_to_cancel() -> Words:
    """There is no draft at hand."""
    return "没有要取消的", "现在没有填到一半的申请。要撤销已提交的，请说“撤销 编号”。"


def gone_private(name: str) -> Words:
    """In a group: it goes on in the private chat; nothing of the matter itself."""
    return "已私聊", f"{plain(name, 20)}，我在单聊里回复你了。"


def apology(code: str) -> Words:
    """A bug struck."""
    return "出了点问题", f"系统出了点问题，刚才这件事没有办成，已记录（编号 {code}）。请稍后再试一次。"
