"""What people hear when something happened to a case. Each function gives (title, Markdown)."""

from datetime import date

from cards.card import Frame
from cards.escape import plain
from cards.phrases import day, people, span, state, title, what
from cards.words import Words, in_words
from domain.approvals.case import Case, Status


def _by(person: str, said: str, case: Case, frame: Frame, **more: str) -> str:
    return frame.say(said, who=people((person,), frame), what=what(case, frame), **more)


def _quoting(said: str, words: str, case: Case) -> str:
    return f"{said}\n\n> {plain(words)}\n\n{case.number}"


def filed_for_you(case: Case, by: str, frame: Frame) -> Words:
    """To the applicant: somebody filed it for them; it is theirs all the same."""
    when = span(case, frame)
    said = _by(by, "{who}替你提交了{what}，{when}。" if when else "{who}替你提交了{what}。", case, frame, when=when)
    also = frame.say("你也可以说“进度 {number}”“撤销 {number}”。", number=case.number)
    return frame.say("替你提交了申请"), f"{said}\n\n{also}"


def returned(case: Case, by: str, words: str, frame: Frame) -> Words:
    """To the applicant: what has to be corrected, and how."""
    how = frame.say("直接说要改什么，或者点卡片上的修改，再提交就可以。{number}", number=case.number)
    lines = (_by(by, "{who}退回了你的{what}。", case, frame), f"> {plain(words)}", how)
    return frame.title("已退回"), "\n\n".join(lines)


def terminated(case: Case, by: str, words: str, frame: Frame) -> Words:
    """To the applicant: an administrator ended it."""
    return frame.title("已终止"), _quoting(_by(by, "{who}终止了你的{what}。", case, frame), words, case)


def paused(case: Case, by: str, words: str, frame: Frame) -> Words:
    """To the applicant: nobody decides for a while."""
    return frame.say("已暂停"), _quoting(_by(by, "{who}暂停了你的{what}。", case, frame), words, case)


def resumed(case: Case, frame: Frame) -> Words:
    """To the applicant: it goes on."""
    awaited = people(case.waiting_for(), frame)
    said = frame.say("你的{what}继续审批，等待 {people}。", what=what(case, frame), people=awaited)
    return frame.say("已恢复"), f"{said}\n\n{case.number}"


def rerouted(case: Case, by: str, words: str, frame: Frame) -> Words:
    """To the applicant: an administrator moved it onto the present version of its flow."""
    awaited = people(case.waiting_for(), frame)
    said = "{who}把你的{what}换到了新的审批流程，按新流程已经批完。"
    if awaited:
        said = "{who}把你的{what}换到了新的审批流程，现在由 {people} 处理。"
    return frame.say("流程已更新"), _quoting(_by(by, said, case, frame, people=awaited), words, case)


def jumped(case: Case, by: str, words: str, frame: Frame) -> Words:
    """To the applicant: an administrator moved it."""
    awaited = people(case.waiting_for(), frame)
    said = "{who}把你的{what}转到 {people}。" if awaited else "{who}把你的{what}转到 结束。"
    return frame.say("已跳转"), _quoting(_by(by, said, case, frame, people=awaited), words, case)


def commented(case: Case, by: str, words: str, frame: Frame) -> Words:
    """To whoever is mentioned, and to the applicant."""
    said = frame.say("{who}对{case}说：", who=people((by,), frame), case=in_words(case, frame))
    return frame.say("评论"), _quoting(said, words, case)


def yours_again(case: Case, frame: Frame) -> Words:
    """To whoever had asked somebody first: the answer is there."""
    said = frame.say("你问过的人已经答复，{case}现在由你决定。", case=in_words(case, frame))
    return frame.say("轮到你了"), f"{said}\n\n{case.number}"


def outcome(case: Case, frame: Frame) -> Words:
    """The end, for the applicant (R-APR-4): approved, or rejected by whom and why."""
    ends = frame.title("{title}{state}", title=title(case.title, frame), state=state(case, frame))
    mine, when = frame.say("你的{what}", what=what(case, frame)), span(case, frame)
    yours = frame.say("，").join(part for part in (mine, when) if part)
    refusing = next((task for task in reversed(case.tasks) if task.state == "rejected"), None)
    if case.status is not Status.REJECTED:
        said = frame.say("{case}，{state}。", case=yours, state=state(case, frame))
        return ends, f"{said}\n\n{case.number}"
    if refusing is None:
        said = frame.say("{case}，没有人在期限内处理，按流程自动驳回。", case=yours)
        return ends, f"{said}\n\n{case.number}"
    said = frame.say("{case}，{who}没有同意。", case=yours, who=people((refusing.person,), frame))
    again = frame.say("改好以后可以重新申请。{number}", number=case.number)
    return ends, "\n\n".join((said, f"> {plain(refusing.words)}", again))


def urging(case: Case, frame: Frame, *, waited: bool = False) -> Words:
    """To whoever is awaited: the applicant urges, or (`waited`) it has waited longer than it should."""
    told = in_words(case, frame)
    if waited:
        return frame.say("还在等你"), frame.say("{case}，已经等了很久，请处理。", case=told) + f"\n\n{case.number}"
    said = frame.say("{who}催一下：{case}，还在等你处理。", who=people((case.applicant,), frame), case=told)
    reply = "可以点卡片上的按钮，或者回复“同意 {number}”“驳回 {number} 理由”。"
    return frame.say("催办"), f"{said}\n\n{frame.say(reply, number=case.number)}"


def enter_by_hand(case: Case, earliest: date, frame: Frame) -> Words:
    """To who administers the flow: the platform's attendance takes nothing so old."""
    said = frame.say(
        "{case}，已经批准。钉钉考勤不收太早的记录，{day}以前的部分要在考勤里手工补登。",
        case=in_words(case, frame), day=day(earliest.isoformat(), earliest.year, frame),
    )  # fmt: skip
    return frame.say("考勤要补登"), f"{said}\n\n{case.number}"
