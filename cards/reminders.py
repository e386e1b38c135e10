"""What is said about reminders: which ones somebody gets, and when they are left alone."""

from collections.abc import Sequence
from typing import Final

from cards.card import Frame
from cards.words import Words

SHOWN: Final = ("上班提醒", "下班提醒", "日志提醒", "签到提醒", "待办提醒")  # as people call them


def settings(rows: Sequence[tuple[str, str]], quiet: tuple[int, int] | None, frame: Frame) -> Words:
    """`rows`: each reminder as people call it, and off, daily or weekly."""
    often = {"off": frame.say("已关闭"), "weekly": frame.say("每周一次"), "daily": frame.say("开着")}
    lines = [frame.say("- {what}：{how}", what=frame.say(name), how=often[how]) for name, how in rows]
    still = clock(quiet) if quiet else frame.say("没有设置")
    hint = frame.say("可以说“关闭日志提醒”“待办提醒 每周一次”“免打扰 22:00-7:00”。")
    return frame.say("提醒设置"), "\n".join([*lines, frame.say("- 免打扰：{when}", when=still), "", hint])


def waiting(cases: int, days: int, frame: Frame) -> Words:
    """So many cases wait, the oldest for so many days."""
    many = frame.count("有 {n} 张单子等你审批", cases)
    oldest = frame.count("最久的已等 {n} 天", days) if days else frame.say("最久的从昨天开始等")
    return frame.say("待你审批"), frame.say("{many}，{oldest}。说“待我审批”看列表。", many=many, oldest=oldest)


def clock(span: tuple[int, int]) -> str:
    """22:00-07:00."""
    return "-".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in span)
