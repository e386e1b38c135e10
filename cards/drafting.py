"""What is said around a draft at hand. Each function gives (title, Markdown)."""

from cards.words import Words
from domain.approvals.case import Case


def cancelled(case: Case) -> Words:
    """The draft at hand is gone."""
    return "已取消", f"好的，这张{case.title}不提交了。"


def question_dropped() -> Words:
    """A question is taken back."""
    return "已取消", "好的，先不办了。"


def nothing_to_cancel() -> Words:
    """There is no draft at hand."""
    return "没有要取消的", "现在没有填到一半的申请。要撤销已提交的，请说“撤销 编号”。"


def nothing_to_submit() -> Words:
    """There is no draft at hand."""
    return "没有要提交的", "现在没有填好待提交的申请。要审批的话，请点卡片上的按钮，或者说“同意 编号”。"


def no_draft_for_files() -> Words:
    """A file came, and nothing is being filled in."""
    return "收到文件", "收到了。要放进申请里的话，先说要办什么，填到附件时再发给我。"


def no_room_for_files(case: Case) -> Words:
    """A file came, and the form has no place for it."""
    return case.title, f"这张{case.title}不用附件。"
