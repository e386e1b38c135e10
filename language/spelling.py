"""One spelling for what people type: widths, traditional characters, homophone typos, lists that leave a word out."""

import re
import unicodedata
from itertools import product
from typing import Final

from language.patterns import late
from language.traditional import SIMPLIFIED

LONGEST: Final = 5000

_SOUNDS: Final = {  # characters that a pinyin keyboard gives for the same syllable
    "qing": "请情清晴轻青", "假": "假价架驾嫁佳", "加": "加家佳嘉", "班": "班般斑", "chu": "出初", "chai": "差柴钗叉拆", "bao": "报抱暴爆",
    "xiao": "销消削", "bu": "补布步", "ka": "卡咔咖", "da": "打达", "nian": "年念粘", "bing": "病并兵冰饼丙", "shi": "事是式室试示适亊",
    "tiao": "调条跳", "xiu": "休修秀", "hun": "婚昏荤", "chan": "产铲", "sang": "丧桑",
}  # fmt: skip
_WORDS: Final = {
    "请假": "qing 假", "出差": "chu chai", "加班": "加 班", "报销": "bao xiao", "补卡": "bu ka", "打卡": "da ka", "年假": "nian 假",
    "病假": "bing 假", "事假": "shi 假", "调休": "tiao xiu", "婚假": "hun 假", "产假": "chan 假", "丧假": "sang 假",
}  # fmt: skip
_REAL: Final = frozenset(
    ["请驾", "试驾", "婚嫁", "跳秀", "轻佳", "冰架", "达卡", "调秀", "布卡", "是佳", "病佳", "产佳", "年佳"]
)  # words of their own
_TYPOS: Final = {
    a + b: word
    for word, sounds in _WORDS.items()
    for a, b in product(*(_SOUNDS[sound] for sound in sounds.split()))
    if a + b != word and a + b not in _REAL
}
_GUARDED: Final = (  # what is a typo only where it is no part of other words: 今年家里, 两小时假
    (late(r"(?<![今明去每前后当全一半几同])年家(?![里人长庭属务政])"), "年假"),
    (late(r"(?<![邀聘])请家(?![里人长庭属务政教])"), "请假"),
    (late(r"(?:(?<=[请休天日号的提])|^)婚嫁(?=$|[\s,。\d从一二三四五六七八九十吧申]|的?假)"), "婚假"),
    (late(r"病家(?![里人属])"), "病假"),
    (late(r"(?<![小临平到同及按准有当暂])时假(?![装如期])"), "事假"),
    (late(r"出[查岔](?!询|看|验|体|阅|子|口)"), "出差"),
)
_TYPO: Final = late(
    r"(?<![考面笔])试假|(?<![这那都不真])是假(?![的货消象话])|" + "|".join(sorted(set(_TYPOS) - {"是假", "试假"}))
)

_N: Final = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_JOIN: Final = r"\s?(?:[、,和跟与及到至~—-]|以及)\s?"
_STOP: Final = (
    r"(?=$|[\s,。.、;!?~()和跟与及到至—-]|请|休|要|想|去|出|外|加|申|调|年|病|事|都|上午|下午|我|全天|补|的|两天|各|这)"
)
_WEEKDAYS: Final = late(
    rf"(?P<week>(?:上上个?|上个?|下下个?|下个?|这个?|本)?(?P<word>周|星期|礼拜))(?P<first>[一二三四五六日天])"
    rf"(?P<rest>(?:{_JOIN}[一二三四五六日天](?!天)|[二三四五六日](?!天))+){_STOP}"
)
_UNSEEN: Final = late(r"[\u00ad\u200b-\u200f\u2060\ufe0e\ufe0f\ufeff]")
_BLANKS: Final = late(r"(\s{12})\s+")  # as many as anybody means
_LABELLED_START: Final = late(r"(?:开始|起始|出发)(?:(?:时间|日期)\s?(?:[:是为]\s?|(?=\d))|\s?:\s?)")
_LABELLED_END: Final = late(
    r"[\s,;。]{0,3}(?:结束|截止|终止|返回|返程|回程)(?:(?:时间|日期)\s?(?:[:是为]\s?|(?=\d))|\s?:\s?)"
)
_LISTED: Final = late(r"(?<=\d[号日]),(?=\d{1,2}[号日](?!开始|起))|(?<=[周期拜][一二三四五六日天]),(?=周|星期|礼拜)")
_NEIGHBOURS: Final = late(r"((?:周|星期|礼拜)[一二三四五六日天])(?=(?:周|星期|礼拜)[一二三四五六日天])")
_DAYS: Final = late(
    rf"(?<![\d./])(?<!\d:)(?<!\d-)({_N})((?:日|号)?{_JOIN})(?={_N}(?:{_JOIN}{_N}){{0,6}}(?:号|日|两天|三天|[这共]))"
)
_LAST_DAY: Final = late(r"(?<=\d号、)(\d{1,2})(?=[两三四五六七]天)")
_MONTH_DAYS: Final = late(
    r"(?<![\d./-])(?<!\d:)(\d{1,2})([./])(\d{1,2})(\s?[-~—到至]\s?)(\d{1,2})(?![\d.:/月点时元块号日-])"
)
_DAY_LAST: Final = late(
    r"(?<!\d)(\d{1,2}月\d{1,2}[日号]?\s?[到至~—、和及与-]\s?\d{1,2})(?=$|[\s,。;!?()请休去出加调年病事产婚丧共我想要])(?!\s?\d)"
)
_CLOCKS: Final = late(rf"(?<![\d./月])(?<!\d:)({_N})(\s?[到至~—-]\s?)(?={_N}[点时](?!间))")


def folded(text: str) -> str:
    """Half widths and simplified characters, each in its place: as many characters as there were."""
    narrow = (one if len(one := unicodedata.normalize("NFKC", c)) == 1 else c for c in text)
    return "".join(narrow).translate(SIMPLIFIED)


def plain(text: str) -> str:
    """The text in one spelling, at most 5,000 characters: 周二、四 becomes 周二、周四, 3、4号 becomes 3号、4号."""
    text = narrow(text).translate(SIMPLIFIED)
    text = _LABELLED_END.sub("到", _LABELLED_START.sub("从", text))
    text = _TYPO.sub(lambda match: _TYPOS[match[0]], text)
    for rule, word in _GUARDED:
        text = rule.sub(word, text)
    text = _LISTED.sub("、", _NEIGHBOURS.sub(r"\1、", text))
    text = _WEEKDAYS.sub(_each_weekday, text)
    text = _LAST_DAY.sub(r"\1号", _DAYS.sub(_each_day, text))
    text = _DAY_LAST.sub(r"\1号", text)
    text = _MONTH_DAYS.sub(r"\1\2\3\4\1\2\5", text)
    return _CLOCKS.sub(r"\1点\2", text)


def narrow(text: str) -> str:
    """Half widths, without characters that nobody sees and without long runs of blanks; as long as a message may be."""
    seen = _UNSEEN.sub("", unicodedata.normalize("NFKC", text[:LONGEST]))[:LONGEST].replace("\0", " ")
    return _BLANKS.sub(r"\1", seen)


def as_typed(words: str, text: str) -> str:
    """Words of the plain spelling as they stand in the text; where they do not stand there so, as they are."""
    typed = narrow(text)
    place = typed.translate(SIMPLIFIED).find(words)
    return typed[place : place + len(words)] if place >= 0 else words


def _each_weekday(match: re.Match[str]) -> str:
    """周一到三 is 周一到周三, 周六日 is 周六、周日; the week word counts for all of a list."""
    ranged = any(c in "到至~—-" for c in match["rest"])
    week = match["word"] if ranged else match["week"]
    rest = re.sub(r"[一二三四五六日天]", lambda day: f"\0{week}{day[0]}", match["rest"])
    rest = re.sub(r"(?<=[一二三四五六日天])\0|^\0", "、", rest).replace("\0", "")
    return f"{match['week']}{match['first']}{rest}"


def _each_day(match: re.Match[str]) -> str:
    """3、4号 is 3号、4号; 12-5号 is a month and a day and stays."""
    text, joint = match[1], match[2]
    if joint[0] in "日号":
        return match[0]
    after = re.match(_N, match.string[match.end() :])
    if (
        joint.strip() == "-"
        and after is not None
        and text.isdigit()
        and after[0].isdigit()
        and int(text) >= int(after[0])
    ):
        return match[0]
    return f"{text}号{joint}"
