"""Words about logs in English: each is put into the Chinese ones, with what stands behind it as typed."""

import re
from typing import Final

from language.patterns import late

_SMALL: Final = {ord(c): c.lower() for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"} | {ord("’"): "'"}
_WORDS: Final = {
    "log": "日志", "logs": "日志", "daily log": "日报", "daily report": "日报", "daily reports": "日报", "weekly log": "周报",
    "weekly report": "周报", "weekly reports": "周报", "monthly log": "月报", "monthly report": "月报",
    "monthly reports": "月报", "visit record": "拜访记录", "report": "日志", "reports": "日志",
}  # fmt: skip
_ANYTHING: Final = ("report", "reports", "logs")  # by themselves they may be of anything
_WHEN: Final = {
    "today": "今天", "yesterday": "昨天", "this week": "本周", "last week": "上周", "this month": "本月", "last month": "上月",
}  # fmt: skip
_WORD: Final = "(?P<word>" + "|".join(sorted(_WORDS, key=len, reverse=True)) + ")"
_DAY: Final = "(?:" + "|".join(_WHEN) + ")"
_OF: Final = rf"(?:(?P<when>{_DAY})(?:'s)? )?"
_TAIL: Final = r"[\s.!?~]*"
_LOOK: Final = r"(?:(?:please |can i |let me )?(?:show|see|read|view|open|list)(?: me)? )?"
_OF_THEM: Final = _OF.replace("when", "when2")
_TEAM: Final = (
    late(rf"{_LOOK}(?:{_OF})?(?:my |the )?(?:team|department|people)(?:'s)? {_OF_THEM}{_WORD}{_TAIL}"),
    late(rf"who (?:has not|hasn't|did not|didn't) (?:yet )?(?:write|written|submit|submitted|file|filed)(?: yet)? "
         rf"(?:their |the |a )?{_OF}{_WORD}(?: (?P<when2>{_DAY}))?{_TAIL}"),
)  # fmt: skip
_MINE: Final = late(rf"{_LOOK}my (?:logs|reports|daily reports|weekly reports){_TAIL}")
_SHOW: Final = late(
    rf"(?:please )?(?:show|see|read|view|open)(?: me)? (?P<who>[^,:]{{1,24}}?)(?:'s|s') {_OF}{_WORD}{_TAIL}"
)
_COMMENT: Final = late(
    rf"comment on (?P<who>[^,:]{{1,24}}?)(?:'s|s') {_OF}{_WORD}\s*[:,]\s*(?P<rest>.+)", re.S
)  # fmt: skip
_THINGS: Final = late(
    r"(?:my |today's |the )*(?:6|six) ?\+? ?things(?: (?:of|for) (?:the day|today))?(?:\s*[:,]\s*|\s+(?=\d)|[\s.!]*$)"
    r"(?P<rest>.*)", re.S
)  # fmt: skip
_REVIEW: Final = late(r"review(?: (?:my|the) (?:day|things))?(?:\s*[:,]\s*(?P<rest>.+)|[\s.!]*)", re.S)
_DONE: Final = late(r"(?:done|finished)\s*:?\s*(?P<rest>\d{1,2}(?:(?:\s*[,-]\s*|\s+and\s+|\s+)\d{1,2})*)[\s.!]*")
_WRITE: Final = late(
    rf"(?P<anew>rewrite |redo )?(?P<do>(?:write|file|submit) )?(?:my |the |a )?{_OF}{_WORD}"
    r"(?:\s*:\s*(?P<rest>.+)|[\s.!]*)", re.S
)  # fmt: skip


def rewritten(text: str, typed: str) -> str | None:
    """The words about logs in Chinese; None where there are none. `text` is the message in half widths, as long as
    `typed`."""
    text = text.translate(_SMALL).lstrip("/ ")
    typed = typed[len(typed) - len(text) :]
    if not text[:1].isascii() or not (text[:1].isalpha() or text[:1] == "6"):
        return None
    if _MINE.fullmatch(text):
        return "我的日志"
    for rule in _TEAM:
        if found := rule.fullmatch(text):
            return f"{_when(found['when'] or found['when2'])}团队{_WORDS[found['word']]}"
    if found := _SHOW.fullmatch(text):
        return f"看{typed[found.start('who') : found.end('who')]}的{_when(found['when'])}{_WORDS[found['word']]}"
    if found := _COMMENT.fullmatch(text):
        who = typed[found.start("who") : found.end("who")]
        return f"评论{who}的{_when(found['when'])}{_WORDS[found['word']]} {typed[found.start('rest') :]}"
    if found := _THINGS.fullmatch(text):
        return f"六件事 {typed[found.start('rest') :]}".strip()
    if found := _REVIEW.fullmatch(text):
        return f"复盘 {typed[found.start('rest') :] if found['rest'] else ''}".strip()
    if found := _DONE.fullmatch(text):
        return f"完成 {re.sub('and', ' ', found['rest'])}"
    return _written(text, typed)


def _written(text: str, typed: str) -> str | None:
    found = _WRITE.fullmatch(text)
    if found is None:
        return None
    if found["word"] in _ANYTHING and not (found["do"] or found["anew"] or found["when"]):
        return None
    begin = ("重写" if found["anew"] else "") + ("写" if found["do"] else "")
    rest = typed[found.start("rest") :] if found["rest"] else ""
    return f"{begin}{_when(found['when'])}{_WORDS[found['word']]} {rest}".strip()


def _when(said: str | None) -> str:
    return _WHEN.get(said or "", "")
