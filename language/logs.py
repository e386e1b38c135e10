"""Words about logs (日志): 日报 …, 上周周报 …, 六件事 1. …, 复盘, 团队日志, 看李想的日志, 评论李想的日志 …"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from language.english import logs as english
from language.patterns import any_of, late
from language.spelling import folded

Act = Literal["write", "things", "review", "mine", "team", "show", "comment"]
Kind = Literal["day", "week", "month", "visit"]
LONGEST: Final = 6000  # characters: a log is kept whole
_SHORT: Final = 60  # of words that only ask for something
_KINDS: Final[dict[str, Kind]] = {"日志": "day", "日报": "day", "周报": "week", "月报": "month", "记录": "visit"}
_BACK: Final[dict[str, tuple[str, int]]] = {
    "今天": ("day", 0), "今日": ("day", 0), "昨天": ("day", 1), "昨日": ("day", 1), "前天": ("day", 2),
    "本周": ("week", 0), "这周": ("week", 0), "上周": ("week", 1), "本月": ("month", 0), "这月": ("month", 0),
    "上月": ("month", 1),
}  # fmt: skip
_S: Final = r"\s{0,3}"
_DATE: Final = r"(?:\d{1,2}月)?\d{1,2}[日号]"
_WHEN: Final = rf"(?:今天|今日|昨天|昨日|前天|本周|这周|上个?(?:周|星期|礼拜)|本月|这个?月|上个?月|{_DATE})"
_WORD: Final = r"(?:工作)?(?:日志|日报|周报|月报)"
_BEGIN: Final = r"[\s:,】\]]*(?:(?<=[\s:,】\]])|[。.!~吧]{0,3}$)"  # between the word and what is written, or nothing
_LOOK: Final = r"(?:请|我要|我想|帮我)?(?:看看?|查看?|打开)?(?:一下)?\s{0,3}"
_WHOSE: Final = r"(?:我的?)?(?:下属|下级|团队|部门|大家|组员|手下|组里|全组|全员)(?:们)?"
_SIX: Final = r"(?:6|六)\s{0,3}(?:\+\s{0,3}件?|件)\s{0,3}(?:大事|要事|事情|事项|事)|今[日天]要事"
_END: Final = r"[\s。.!~?]*"
_MARK: Final = r"\d{1,2}(?:\s{0,3}[、,;和及\s-]\s{0,3}\d{1,2}){0,20}"
_WRITES: Final = (
    r"/?\s{0,3}(?P<anew>重写|重新写|改写)?(?P<do>(?:我(?:要|想|来)?)?(?:补?写|补|填|交|提交|发|记)(?:一?下|一?[个篇份条])?)?"
    rf"{_S}(?P<when>{_WHEN})?{_S}的?{_S}[【\[]?(?P<word>WORDS)"
)
_BEHIND: Final = rf"{_BEGIN}(?P<text>.*)"
_AT_ONCE: Final = rf"(?P<when2>{_WHEN})?{_S}(?P<text>(?!的).+)"  # 日报今天写完了方案
_TELLS: Final = late(  # how what was done begins, where no blank stands before it
    r"(?!写完?了(?:没|吗|吧|么|$)|[交发补提忘填]|写[好完]?了?$)(?:上午|下午|早上|晚上|今[天日])?,?(?:我们?|主要|一?共|继续|已经?)?"
    r"(?:(?:完成|跟进|拜访|整理|处理|参加|修改|编写|撰写|对接|沟通|调试|开发|测试|评审|联系|准备|讨论|约见?|对账|协助|配合|改版|优化|修复|上线|"
    r"推进|接待|培训|学习|研究|设计|搭建|部署|更新|回复|签[订了]|谈[妥了])|[一-龥]{1,3}了(?=\S)|[做写改开跑见画谈审查](?![的得不没个到起法])(?=\S{2}))"
)
_NO_TELLING: Final = any_of(
    r"系统|模[板版]|怎|如何|什么|为何|哪|谁|[吗么呢?]|打不开|[没未](?:交|写|提交|填|发)|不用|不会|不能|截止|几点|请假|请[\d一二两三四五半]|请[年病事婚产]|"
    r"[年病事婚产丧]假|调休|报销|申请|加班|出差|补卡|会议室|麻烦|帮[我忙]|能否|可以|提醒|导出|下载|权限|打印|审批|催"
)
_THINGS: Final = late(
    rf"/?{_S}(?:我的?)?(?:今[日天]|每[日天]|早上)?{_S}的?{_S}(?:{_SIX})(?:{_BEGIN}|(?=[\d一①]))(?P<text>.*)",
    re.S,
)
_REVIEW: Final = late(
    rf"/?{_S}(?:今[日天]|晚上)?的?复盘(?:一?下)?(?:今[日天])?的?(?:{_SIX})?{_BEGIN}(?P<text>.*)|"
    rf"/?{_S}(?:完成|做完)了?{_S}:?{_S}(?P<marks>{_MARK}){_S}了?{_END}",
    re.S,
)
_MINE: Final = late(rf"/?{_S}{_LOOK}我的(?:历史)?{_WORD}(?:记录)?{_END}")
_TEAM: Final = (
    late(rf"/?{_S}{_LOOK}(?P<when>{_WHEN})?的?{_WHOSE}(?P<when2>{_WHEN})?{_S}的?{_S}(?P<word>{_WORD}){_END}"),
    late(
        rf"/?{_S}(?P<when>{_WHEN})?谁(?P<when2>{_WHEN})?(?:还)?(?:没有?|未)(?:写|交|提交|发|填)(?P<word>{_WORD})了?吗?{_END}"
    ),
)
_NAME: Final = r"(?P<who>[^,。:的\n]{1,20}?)"
_ONE: Final = rf"(?P<when2>{_WHEN})?的?{_NAME}{_S}的?{_S}(?P<when>{_WHEN})?{_S}的?{_S}(?P<word>{_WORD})"
_SHOW: Final = late(rf"/?{_S}{_LOOK}{_ONE}{_END}")
_COMMENT: Final = late(rf"/?{_S}(?:评论|点评)(?:一下)?{_S}{_ONE}{_BEGIN}(?P<text>.*)", re.S)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogWish:
    """What is wished of logs. `kind` and `back`: of which period, so many before the present one; `on` is a day that is
    named (month or 0, day). `when`: a period was named at all; `plainly`: writing was. `anew`: instead of what is
    there. `name`: a template of the company that was named. `who`: the words that name a colleague. `text`: what is
    written. `any_kind`: 日志 without a time, whatever is newest."""

    act: Act
    kind: Kind = "day"
    back: int = 0
    on: tuple[int, int] | None = None
    when: bool = False
    plainly: bool = False
    anew: bool = False
    name: str = ""
    who: str = ""
    text: str = ""
    any_kind: bool = False


def read(text: str, names: Sequence[str] = ()) -> LogWish | None:
    """The wish in a message, or None where it is something else. `names`: what the company calls its templates."""
    typed = text[:LONGEST].strip()
    typed = english.rewritten(folded(typed), typed) or typed
    said = folded(typed)
    if len(said) <= _SHORT and (asked := _asks(said)) is not None:
        return asked
    if found := _COMMENT.match(said[: _SHORT * 2]) and _COMMENT.fullmatch(said):
        return _wish("comment", found, typed)
    if found := _THINGS.fullmatch(said):
        return LogWish(act="things", text=typed[found.start("text") :].strip())
    if found := _REVIEW.fullmatch(said):
        return LogWish(act="review", text=found["marks"] or typed[found.start("text") :].strip())
    words = "|".join((*(re.escape(folded(one)) for one in names), _WORD, "拜访记录"))
    writes = _WRITES.replace("WORDS", words)
    if found := re.fullmatch(writes + _BEHIND, said, re.S) or _told_at_once(writes, said):
        return _wish("write", found, typed, names)
    return _wish("show", shown, typed) if len(said) <= _SHORT and (shown := _SHOW.fullmatch(said)) else None


def _told_at_once(writes: str, said: str) -> "re.Match[str] | None":
    """日报写完了方案: where the word is followed at once by what was done. What may be a request or a question is none."""
    found = re.fullmatch(writes + _AT_ONCE, said, re.S)
    if found is None or _NO_TELLING.search(found["text"]):
        return None
    dated = found["when2"] is not None and re.search(r"\d", found["when2"])
    return found if dated or _TELLS.match(found["text"]) else None


def _asks(said: str) -> LogWish | None:
    if found := _MINE.fullmatch(said):
        return LogWish(act="mine")
    for rule in _TEAM:
        if found := rule.fullmatch(said):
            return _wish("team", found, said)
    return None


def _wish(act: Act, found: "re.Match[str]", typed: str, names: Sequence[str] = ()) -> LogWish | None:
    """The wish of a match; None where the time does not fit the word: 上周的月报."""
    parts = found.groupdict()
    word, when = parts["word"], re.sub("个|星期|礼拜", _plainer, parts.get("when") or parts.get("when2") or "")
    name = next((one for one in names if folded(one) == word and word not in _KINDS), "")
    own = _KINDS.get(word[-2:], "day")
    unit, back = _BACK.get(when, ("day" if when else own, 0))
    if word.endswith("日志") and not name:
        own = _KIND_OF[unit]
    today = when in ("今天", "今日")  # 今天的周报 is that of this week
    if unit != own and not (unit == "day" and own == "visit") and not (today or name):
        return None
    on = re.fullmatch(r"(?:(\d{1,2})月)?(\d{1,2})[日号]", when)
    return LogWish(
        act=act, kind=own, back=back, on=(int(on[1] or 0), int(on[2])) if on else None, when=bool(when), name=name,
        plainly=bool(parts.get("do")), anew=bool(parts.get("anew")), who=(parts.get("who") or "").strip(),
        text=typed[found.start("text") :].strip() if "text" in parts else "",
        any_kind=word.endswith("日志") and not when,
    )  # fmt: skip


_KIND_OF: Final[dict[str, Kind]] = {"day": "day", "week": "week", "month": "month"}


def _plainer(found: "re.Match[str]") -> str:
    """上个星期 is 上周."""
    return "" if found[0] == "个" else "周"
