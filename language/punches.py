"""Forgotten punches: which one, and the moment at which it should have been."""

import re
from typing import Final

from language.clock import CLOSES, NOON, OPENS
from language.fill import Times
from language.patterns import late
from language.period import Period, moment

_BOTH: Final = late(
    r"(?<![早晚])上、?下班|两次|两个卡|早晚|全天|一整天|整天|一天的?卡|都没?(?:打|忘)|上班和下班|上班、下班|上班卡[^,。]{0,3}下班卡"
)
_IN: Final = late(r"上班|早上|早卡|早晨|上午|签到|今早|昨早|clock[ -]?in|morning", re.I)
_OUT: Final = late(r"下班|晚上|晚卡|昨晚|今晚|傍晚|签退|下午|clock[ -]?out|evening", re.I)


def which(text: str) -> str | None:
    """in, out, both, or None when the words do not tell. The name of the card wins: 早上补昨天的下班卡."""
    if re.search(r"下班的?卡", text) and not re.search(r"上班的?卡|上下班", text):
        return "out"
    if re.search(r"上班的?卡", text) and not re.search(r"下班", text):
        return "in"
    if _BOTH.search(text):
        return "both"
    works = "上班" in text, "下班" in text
    if any(works):
        return "both" if all(works) else "in" if works[0] else "out"
    found = _IN.search(text) is not None, _OUT.search(text) is not None
    return None if found[0] == found[1] else "in" if found[0] else "out"


def fill_punch(period: Period, punch: str | None) -> Times:
    """The moment: the clock time if said, else 09:00 and 18:00; whole days while it is not known which punch."""
    times = Times(why=[period.why] if period.why else [])
    first = period.first
    if first is None or period.why:
        return times
    last = period.last or first
    if last != first:
        return Times(why=["multiple"])
    begin, stop = (period.begin, period.stop) if period.half is None else (None, None)
    if punch is None:
        times.start, times.end = moment(first), moment(last)
    elif punch == "both":
        times.start, times.end = moment(first, begin or OPENS), moment(last, stop or CLOSES)
    else:
        at = stop if begin is None or (punch == "out" and stop is not None) else begin  # 加班到11点忘打下班卡
        if at is not None and punch == "out" and at < NOON:
            at += NOON
        times.start = times.end = moment(first, at if at is not None else OPENS if punch == "in" else CLOSES)
    return times
