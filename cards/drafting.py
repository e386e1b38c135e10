"""What is said around a draft at hand. Each function gives (title, Markdown)."""

from typing import Final

from cards.escape import plain
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


def another_subject(case: Case, title: str, whose: str) -> Words:
    """Somebody who is asked about one request asks for another, perhaps one for a colleague."""
    old, new = plain(case.title, 20), _of(title, whose)
    return "先办哪一件", f"你的{old}还没填完。要先办{new}吗？{old}先放着，办完{new}再接着填。"


def first(title: str, whose: str) -> str:
    """On the button that begins the other request."""
    return f"先办{_of(title, whose)}"


def _of(title: str, whose: str) -> str:
    return f"{plain(whose, 20)}的{plain(title, 20)}" if whose else plain(title, 20)


GO_ON = "继续"
GO_ON_OR_NOT: Final = (GO_ON, "取消")
QUESTION_OVER: Final = "这个问题已经过去了，直接说就可以"


def go_on_again(case: Case) -> Words:
    """Another request is done with: this one was put aside for it."""
    return plain(case.title, 20), f"刚才的{plain(case.title, 20)}还没填完，要接着填吗？"


def put_aside(case: Case) -> Words:
    """Another request was begun by its name."""
    return "先放一放", f"{plain(case.title, 20)}还没填完，先放着；说 **{GO_ON}** 就接着填。"


def nothing_to_go_on_with() -> Words:
    """There is no unfinished draft."""
    return "没有填到一半的", "现在没有填到一半的申请。直接说要办什么就可以。"


def none_of_these() -> Words:
    """None of the answers that were offered is meant."""
    return "再说一次", "好的，那请换个说法再告诉我。"


def answered_with(label: str) -> str:
    """Under a question that was answered by a button."""
    return f"已选：{plain(label, 40)}"
