"""Commands that were typed by ear or by shape: 代我审批, 进渡, 催半 QJ-…; each in its place, as long as it was."""

import re
from functools import lru_cache
from typing import Final

from language.patterns import HAN, late
from language.sounds import readings

# What changes a case or drops a draft has to be written right.
_ALONE: Final = (
    "帮助", "菜单", "我的申请", "我的单子", "待我审批", "等我审批", "我的待办", "待办", "待审批", "余额", "我的余额", "假期余额", "年假余额",
    "调休余额", "我的假期", "我的委托", "我的代理人", "进度", "查询", "催办", "催一下",
)  # fmt: skip
_WITH_CASE: Final = ("催办", "催一下", "进度", "查询", "查一下")  # what only looks or reminds
_LOOKS: Final = str.maketrans("撒徹彻侍侯申清惟崔", "撤撤撤待候申请催催")  # characters that are taken for each other
_WORDS_OF_THEIR_OWN: Final = frozenset(["彩蛋", "带班", "呆板", "禁毒", "代办", "带伴"])
_LONGEST: Final = 5
_NUMBER: Final = r"[A-Za-z]{1,6}\s*[-_–—]?\s*20\d{6}"
_CASE: Final = late(rf"(?P<head>/?\s*)(?P<word>{HAN}{{2,3}})(?P<rest>给?\s*[:,]?\s*{_NUMBER}.*)", re.S)
_CASE_FIRST: Final = late(
    rf"(?P<head>{_NUMBER}\s*[-_–—]?\s*\d{{1,6}}\s*[:,]?\s*)(?P<word>{HAN}{{2,3}})(?P<rest>[\s。.!~?]*)"
)
_BARE: Final = late(rf"(?P<head>/?\s*)(?P<word>{HAN}{{2,{_LONGEST}}})(?P<rest>[\s。.!~?]*)")


def meant(said: str) -> str:
    """The words with the command that they are taken for, or as they are."""
    for rule, words in ((_BARE, _ALONE), (_CASE, _WITH_CASE), (_CASE_FIRST, _WITH_CASE)):
        match = rule.fullmatch(said)
        if match is not None and (word := _word(match["word"], words)):
            return match["head"] + word + match["rest"]
    return said


def _word(typed: str, words: tuple[str, ...]) -> str | None:
    if typed in _WORDS_OF_THEIR_OWN:
        return None
    known = _by_sound(words)
    ways = readings(typed) | readings(typed.translate(_LOOKS))
    return next((known[way] for way in sorted(ways) if way in known), None)


@lru_cache(maxsize=2)
def _by_sound(words: tuple[str, ...]) -> dict[str, str]:
    return {way: word for word in reversed(words) for way in readings(word)}
