"""What is said about several cases at once: a batch, all that a leaver had. Each function gives (title, Markdown)."""

from collections.abc import Sequence

from cards.card import Frame
from cards.phrases import people
from cards.words import ACTS, DID, Words


def done(doing: str, did: Sequence[str], refused: Sequence[tuple[str, str]], frame: Frame, *, left: int = 0) -> Words:
    """What one word did with several cases: each that was carried out, and each that was not, with the reason; `left`
    were more than one word decides."""
    title = frame.count("{doing} {n} 件", len(did), doing=frame.say(ACTS[doing]))
    lines = [frame.count("{title}，{n} 件没有办：", len(refused), title=title) if refused else title + frame.say("。")]
    lines += [f"- {number}　{why}" for number, why in refused]
    if did:
        lines += ["", frame.title("{did}：{numbers}", did=frame.say(DID[doing]), numbers=frame.listed(did))]
    if left:
        said = "一次最多 {most} 件，还有 {n} 件没有办，请再说一遍。"
        lines += ["", frame.count(said, left, most=len(did) + len(refused))]
    return title, "\n".join(lines)


def nothing_shown(frame: Frame) -> Words:
    """全部同意 without a list."""
    return frame.say("先看一下列表"), frame.say("先说“待我审批”，看过列表再说“全部同意”或“同意 1、3”。")


def reason_for_all(frame: Frame) -> Words:
    """全部驳回 without a reason."""
    return frame.say("需要理由"), frame.say("驳回要写明理由，比如“全部驳回 预算不足”“驳回 2、3 缺发票”。")


def no_such_place(most: int, frame: Frame) -> Words:
    """同意 9 of a list of five."""
    return frame.say("没有这一条"), frame.say("刚才的列表只有 {most} 条，请说列表里的序号。", most=most)


def not_itself(frame: Frame) -> Words:
    """关联 of a case with itself."""
    return frame.say("不能关联"), frame.say("这两个编号是同一张单子，请写两个不同的编号。")


def linked(one: str, other: str, frame: Frame) -> Words:
    """To whoever linked two cases."""
    said = "{one} 和 {other} 已经互相关联，两张单子的卡片上都能看到。"
    return frame.say("已关联"), frame.say(said, one=one, other=other)


def handed_over(
    person: str,
    to: str,
    did: Sequence[str],
    refused: Sequence[tuple[str, str]],
    frame: Frame,
    *,
    more: bool,
    deputies: int,
) -> Words:
    """To the administrator: what a leaver's tasks became."""
    old, new = people((person,), frame), people((to,), frame)
    if did:
        lines = [frame.count("{old}的 {n} 件待审批已交给{new}。", len(did), old=old, new=new), frame.listed(did)]
    else:
        lines = [frame.say("没有等{old}审批的单子交出。", old=old)]
    if deputies:
        lines.append(frame.count("有关{old}的 {n} 项委托已经结束。", deputies, old=old))
    if refused:
        kept = "\n".join(f"- {number}　{why}" for number, why in refused)
        lines += [frame.count("{n} 件没有交出：", len(refused)), kept]
    if more:
        lines.append(frame.say("还有更多，请再说一遍继续。"))
    return frame.say("已交接"), "\n\n".join(lines)
