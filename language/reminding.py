"""What people wish of reminders: 关闭日志提醒, 待办提醒 每周一次, 免打扰 22:00-7:00."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from language.patterns import late

_DAY: Final = 24 * 60
_NOON: Final = _DAY // 2
_SMALL: Final = 5 * 60  # 晚上2点 is of the night, 晚上6点 of the evening; 中午11点 is before noon, 中午1点 after
_NIGHT: Final = ("晚上", "夜里", "晚")
_PART: Final = r"(?:晚上|夜里|晚|早上|上午|早|中午|下午|凌晨)"
_CLOCK: Final = rf"({_PART})?\s*(\d{{1,2}})(?:[:点时](\d{{1,2}})?分?|(半))?(半)?"
_NAME: Final = r"(?P<which>上班|下班|打卡|日志|日报|签到|待办|待审批|审批|所有|全部)的?提醒"
_SHOW: Final = late(r"/?\s*(?:我的)?提醒(?:设置|设定)?[\s。.!~?]*|reminders?(?: settings)?")
_ONOFF: Final = late(
    rf"/?\s*(?:请|帮我)?(?:(?P<off>关闭|关掉|关了|停掉|停止|取消|不要|别发|屏蔽)|(?P<on>打开|开启|恢复|重新打开))\s*{_NAME}[了吧。.!~\s]*"
)
_OFTEN: Final = late(
    rf"/?\s*{_NAME}\s*(?:改成|改为|设为|[:,])?\s*(?P<often>每天|每周|一周)(?:一次|提醒一?次?|[发提]醒?)?[。.!~\s]*"
)
_QUIET: Final = late(
    rf"/?\s*(?:设置?|开启)?(?:免打扰|勿扰|别打扰我|不要打扰我)\s*[:,]?\s*从?\s*{_CLOCK}\s*(?:-|~|到|至)\s*{_CLOCK}(?:别打扰我|免打扰)?[。.!\s]*"
)
_LOUD: Final = late(r"/?\s*(?:取消|关闭|关掉|结束)(?:免打扰|勿扰)[了吧。.!~\s]*")
_ENGLISH: Final = (  # said in English, and what it is in Chinese
    (late(r"(?:please )?turn (off|on) (?:the |my )?(\w[\w -]{1,20}?) reminders?[.!]*", re.I), "{0}{1}提醒"),
    (
        late(r"(?:the |my )?(\w[\w -]{1,20}?) reminders? (daily|weekly|every day|every week|once a week)[.!]*", re.I),
        "{0}提醒 {1}",
    ),
    (
        late(r"do not disturb(?: me)?(?: from)? (\d{1,2}:\d\d) ?(?:-|to|until) ?(\d{1,2}:\d\d)[.!]*", re.I),
        "免打扰 {0}-{1}",
    ),
    (late(r"(?:stop|cancel|end|turn off) do not disturb[.!]*", re.I), "取消免打扰"),
)
_WORDS: Final = {
    "off": "关闭", "on": "打开", "daily": "每天", "every day": "每天", "weekly": "每周", "every week": "每周",
    "once a week": "每周", "clock-in": "上班", "clock in": "上班", "clock-out": "下班", "clock out": "下班", "punch": "打卡",
    "log": "日志", "daily log": "日志", "check-in": "签到", "checkin": "签到", "approval": "待办", "task": "待办", "all": "所有",
}  # fmt: skip
_CALLED: Final = {"日报": "日志", "待审批": "待办", "审批": "待办", "全部": "所有"}

What = Literal["show", "off", "on", "daily", "weekly", "quiet", "loud"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """`which` is the reminder as people call it (所有提醒: all of them), or ""; `quiet`: minutes after midnight."""

    what: What
    which: str = ""
    quiet: tuple[int, int] | None = None


def read(said: str) -> Reminding | None:
    """What is wished, or None when it is something else. A time that no clock has is something else."""
    said = _in_chinese(said)
    if _SHOW.fullmatch(said):
        return Reminding(what="show")
    if found := _ONOFF.fullmatch(said):
        return Reminding(what="off" if found["off"] else "on", which=_which(found))
    if found := _OFTEN.fullmatch(said):
        return Reminding(what="daily" if found["often"] == "每天" else "weekly", which=_which(found))
    if _LOUD.fullmatch(said):
        return Reminding(what="loud")
    if found := _QUIET.fullmatch(said):
        return _quiet(found.groups()[:5], found.groups()[5:10])
    return None


def _quiet(first: tuple[str | None, ...], second: tuple[str | None, ...]) -> Reminding | None:
    """The span; the second clock is of the first one's part of the day where that makes it shorter: 下午12点到1点."""
    start = _minutes(first)
    ends = [_minutes(second)] if second[0] else [_minutes(second), _minutes((first[0], *second[1:]))]
    spans = [(start, end) for end in ends if start is not None and end is not None and start != end]
    found = min(spans, key=lambda span: (span[1] - span[0]) % _DAY, default=None)
    return Reminding(what="quiet", quiet=found) if found else None


def _in_chinese(said: str) -> str:
    for rule, pattern in _ENGLISH:
        if found := rule.fullmatch(said):
            return pattern.format(*(_WORDS.get(one.lower(), one) for one in found.groups()))
    return said


def _which(found: "re.Match[str]") -> str:
    return f"{_CALLED.get(found['which'], found['which'])}提醒"


def _minutes(clock: tuple[str | None, ...]) -> int | None:
    """晚上 10 点 is 22:00, 晚上 12 点 midnight; a bare number is as it stands."""
    part, hour, minute, half, half2 = clock
    minutes = int(hour or 0) * 60 + (30 if half or half2 else int(minute or 0))
    if int(hour or 0) > 24 or int(minute or 0) > 59 or minutes > _DAY:
        return None
    if part in (*_NIGHT, "凌晨") and _NOON <= minutes < _NOON + 60:
        minutes -= _NOON
    elif minutes < _NOON and (
        part == "下午" or (part in _NIGHT and minutes >= _SMALL) or (part == "中午" and minutes < _SMALL)
    ):
        minutes += _NOON
    return minutes % _DAY
