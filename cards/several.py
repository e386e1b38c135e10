"""What is said about several cases at once: a batch, all that a leaver had. Each function gives (title, Markdown)."""

from collections.abc import Sequence

from cards.card import Frame
from cards.phrases import people
from cards.words import ACTS, Words


def done(doing: str, did: Sequence[str], refused: Sequence[tuple[str, str]], *, left: int = 0) -> Words:
    """What one word did with several cases: each that was carried out, and each that was not, with the reason; `left`
    were more than one word decides."""
    lines = [f"{ACTS[doing]} {len(did)} 件" + (f"，{len(refused)} 件没有办：" if refused else "。")]
    lines += [f"- {number}　{why}" for number, why in refused]
    if did:
        lines += ["", f"已{ACTS[doing]}：{'、'.join(did)}"]
    if left:
        lines += ["", f"一次最多 {len(did) + len(refused)} 件，还有 {left} 件没有办，请再说一遍。"]
    return f"{ACTS[doing]} {len(did)} 件", "\n".join(lines)


def nothing_shown() -> Words:
    """全部同意 without a list."""
    return "先看一下列表", "先说“待我审批”，看过列表再说“全部同意”或“同意 1、3”。"


def reason_for_all() -> Words:
    """全部驳回 without a reason."""
    return "需要理由", "驳回要写明理由，比如“全部驳回 预算不足”“驳回 2、3 缺发票”。"


def no_such_place(most: int) -> Words:
    """同意 9 of a list of five."""
    return "没有这一条", f"刚才的列表只有 {most} 条，请说列表里的序号。"


def not_itself() -> Words:
    """关联 of a case with itself."""
    return "不能关联", "这两个编号是同一张单子，请写两个不同的编号。"


def linked(one: str, other: str) -> Words:
    """To whoever linked two cases."""
    return "已关联", f"{one} 和 {other} 已经互相关联，两张单子的卡片上都能看到。"


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
    lines = [f"{old}的 {len(did)} 件待审批已交给{new}。" if did else f"没有等{old}审批的单子交出。"]
    if did:
        lines.append("、".join(did))
    if deputies:
        lines.append(f"有关{old}的 {deputies} 项委托已经结束。")
    if refused:
        lines += [f"{len(refused)} 件没有交出：", "\n".join(f"- {number}　{why}" for number, why in refused)]
    if more:
        lines.append("还有更多，请再说一遍继续。")
    return "已交接", "\n\n".join(lines)
