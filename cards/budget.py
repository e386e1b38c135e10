"""What is said of the platform's monthly budget, to administrators."""

from cards.card import Frame
from cards.words import Words


def running_out(what: str, used: int, allowed: int, expected: int, frame: Frame) -> Words:
    """So much is used; what the month will come to, and what follows."""
    thing = frame.say("接口调用" if what == "call" else "消息推送")
    share = round(used * 100 / allowed)
    title = frame.say("本月的{thing}已用 {share}%", thing=thing, share=share)
    lines = [
        frame.say("已用 {used} 次，每月 {allowed} 次；照这样到月底约 {n} 次。", used=used, allowed=allowed, n=expected),
        frame.say("额度紧张时，汇总这类可以等的任务会先停，审批照常。"),
        frame.say("可以关掉一些任务（./nod job cost 看各占多少），或升级到专业版。"),
    ]
    return title, "\n\n".join(lines)
