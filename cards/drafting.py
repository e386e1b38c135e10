"""What is said around a draft at hand. Each function gives (title, Markdown)."""

from typing import Final

from cards.card import Frame
from cards.escape import plain
from cards.phrases import kind, span
from cards.phrases import title as called
from cards.words import Words
from domain.approvals.case import Case
from domain.approvals.flow import Flow


def cancelled(case: Case, frame: Frame) -> Words:
    """The draft at hand is gone."""
    return frame.title("已取消"), frame.say("好的，这张{title}不提交了。", title=frame.say(case.title))


def question_dropped(frame: Frame) -> Words:
    """A question is taken back."""
    return frame.title("已取消"), frame.say("好的，先不办了。")


def nothing_to_cancel(frame: Frame) -> Words:
    """There is no draft at hand."""
    said = "现在没有填到一半的申请。要撤销已提交的，请说“撤销 编号”。"
    return frame.say("没有要取消的"), frame.say(said)


def nothing_to_submit(frame: Frame) -> Words:
    """There is no draft at hand."""
    said = "现在没有填好待提交的申请。要审批的话，请点卡片上的按钮，或者说“同意 编号”。"
    return frame.say("没有要提交的"), frame.say(said)


def no_draft_for_files(frame: Frame) -> Words:
    """A file came, and nothing is being filled in."""
    return frame.say("收到文件"), frame.say("收到了。要放进申请里的话，先说要办什么，填到附件时再发给我。")


def no_room_for_files(case: Case, frame: Frame) -> Words:
    """A file came, and the form has no place for it."""
    title = frame.say(case.title)
    return frame.title(case.title), frame.say("这张{title}不用附件。", title=title)


def another_subject(case: Case, title: str, whose: str, frame: Frame) -> Words:
    """Somebody who is asked about one request asks for another, perhaps one for a colleague."""
    said = "你的{old}还没填完。要先办{new}吗？{old}先放着，办完{new}再接着填。"
    old, new = called(case.title, frame), _of(title, whose, frame)
    return frame.say("先办哪一件"), frame.say(said, old=old, new=new)


def first(title: str, whose: str, frame: Frame) -> str:
    """On the button that begins the other request."""
    return frame.title("先办{new}", new=_of(title, whose, frame))


def _of(title: str, whose: str, frame: Frame) -> str:
    name = called(title, frame)
    return frame.say("{who}的{what}", who=plain(whose, 20), what=name) if whose else name


GO_ON = "继续"
GO_ON_OR_NOT: Final = (GO_ON, "取消")
QUESTION_OVER: Final = "这个问题已经过去了，直接说就可以"


def go_on_again(case: Case, frame: Frame) -> Words:
    """Another request is done with: this one was put aside for it."""
    title = called(case.title, frame)
    return frame.title(title), frame.say("刚才的{title}还没填完，要接着填吗？", title=title)


def is_it_the_reason(text: str, case: Case, frame: Frame) -> Words:
    """Words beside a draft that has no reason yet."""
    said = "“{text}”是这张{title}的事由吗？"
    return called(case.title, frame), frame.say(said, text=plain(text.strip(), 40), title=frame.say(case.title))


def changed(case: Case, flow: Flow, frame: Frame) -> Words:
    """A draft that is shown was corrected in words: its card may be far up."""
    reason = plain(str(case.values.get("reason") or ""), 30)
    stands = frame.listed(part for part in (kind(case, flow, frame), span(case, frame), reason) if part)
    return frame.title("已改"), frame.say("已改：{what}。没有问题就说 **提交**。", what=stands)


def welcome(frame: Frame) -> Words:
    """To thanks."""
    return frame.say("不客气"), frame.say("不客气，有事随时说。")


def shall_it_be_filed(case: Case, frame: Frame) -> Words:
    """Somebody says yes to a draft that is shown."""
    title = called(case.title, frame)
    return frame.title(title), frame.say("这张{title}现在提交吗？", title=title)


def put_aside(case: Case, frame: Frame) -> Words:
    """Another request was begun by its name."""
    said = "{title}还没填完，先放着；说 **继续** 就接着填。"
    return frame.say("先放一放"), frame.say(said, title=called(case.title, frame))


def nothing_to_go_on_with(frame: Frame) -> Words:
    """There is no unfinished draft."""
    return frame.say("没有填到一半的"), frame.say("现在没有填到一半的申请。直接说要办什么就可以。")


def none_of_these(frame: Frame) -> Words:
    """None of the answers that were offered is meant."""
    return frame.say("再说一次"), frame.say("好的，那请换个说法再告诉我。")


def answered_with(label: str, frame: Frame) -> str:
    """Under a question that was answered by a button."""
    return frame.say("已选：{label}", label=plain(label, 40))
