"""What people wish of reminders, and what only sounds like it."""

import pytest

from language.commands import read
from language.reminding import Reminding


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("提醒设置", Reminding(what="show")),
        ("关闭日志提醒", Reminding(what="off", which="日志提醒")),
        ("帮我关掉上班提醒吧", Reminding(what="off", which="上班提醒")),
        ("不要打卡提醒了", Reminding(what="off", which="打卡提醒")),
        ("打开下班提醒", Reminding(what="on", which="下班提醒")),
        ("待审批提醒 每周一次", Reminding(what="weekly", which="待办提醒")),
        ("待办提醒改成每天", Reminding(what="daily", which="待办提醒")),
        ("关闭所有提醒", Reminding(what="off", which="所有提醒")),
        ("免打扰 22:00-7:00", Reminding(what="quiet", quiet=(1320, 420))),
        ("免打扰晚上10点到早上7点", Reminding(what="quiet", quiet=(1320, 420))),
        ("勿扰：从 12:00 到 13:30", Reminding(what="quiet", quiet=(720, 810))),
        ("免打扰 晚上十点半到七点", None),
        ("免打扰 晚上12点到7点", Reminding(what="quiet", quiet=(0, 420))),
        ("免打扰 夜里12点半到早上7点", Reminding(what="quiet", quiet=(30, 420))),
        ("免打扰 下午12点到1点", Reminding(what="quiet", quiet=(720, 780))),
        ("免打扰 下午1点到3点半", Reminding(what="quiet", quiet=(780, 930))),
        ("免打扰 中午12点到1点", Reminding(what="quiet", quiet=(720, 780))),
        ("免打扰 晚上8点到12点", Reminding(what="quiet", quiet=(1200, 0))),
        ("免打扰 晚上10点到7点", Reminding(what="quiet", quiet=(1320, 420))),
        ("免打扰 夜里2点到6点", Reminding(what="quiet", quiet=(120, 360))),
        ("免打扰 凌晨5点到7点", Reminding(what="quiet", quiet=(300, 420))),
        ("免打扰 25:00-7:00", None),
        ("取消免打扰", Reminding(what="loud")),
        ("Turn off log reminders", Reminding(what="off", which="日志提醒")),
        ("approval reminders weekly", Reminding(what="weekly", which="待办提醒")),
        ("do not disturb 22:00-7:00", Reminding(what="quiet", quiet=(1320, 420))),
        ("turn off the light", None),
        ("提醒：大家下班前关灯", None),
        ("明天提醒我开会", None),
        ("我忘了打卡", None),
    ],
)
def test_what_is_wished_of_reminders(text: str, wish: Reminding | None) -> None:
    spoken = read(text)
    assert (spoken.reminding if spoken else None) == wish


@pytest.mark.parametrize(
    ("text", "verb", "rest"),
    [
        ("年假余额多少", "balance", ""),
        ("我还有几天年假", "balance", ""),
        ("李想还有多少年假", "balance_of", "李想"),
        ("李想今年还剩几天年假", "balance_of", "李想"),
        ("查余额 李想", "balance_of", "李想"),
    ],
)
def test_how_much_leave_is_left_is_asked_in_many_words(text: str, verb: str, rest: str) -> None:
    spoken = read(text)
    assert spoken is not None
    assert (spoken.verb, spoken.text) == (verb, rest)
