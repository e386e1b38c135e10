"""The words that always work, with and without a leading slash (conversation.md: Words that always work)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from language import findings, links, logs, mistyped, reminding, several
from language.english import commands as english
from language.patterns import late
from language.reminding import Reminding
from language.several import Several
from language.spelling import folded

_LONGEST: Final = 2000
_CASE: Final = rf"(?P<case>{several.NUMBER})"
_ALONE_ONLY: Final = rf"(?!{several.JOINT}{several.NUMBER})"  # 同意 QJ-… QJ-… 可以吗: of several, or nothing
_ALONE: Final = (
    ("help", r"帮助|菜单|(?:你好|您好|在吗|在不在|嗨|哈喽|hi|hello)[呀啊哈]?|help|menu|\?+|怎么用|使用说明|你(?:能|会)(?:做|干)?(?:什么|啥)"),
    ("my_cases", r"我的?(?:申请|单子)|我(?:提交|发起)的(?:申请)?|my (?:cases|requests)"),
    ("my_tasks", r"待我审批(?:的)?|等我审批|我的待办|待办|待审批|我要审批的|my tasks"),
    ("balance", r"(?:我的)?(?:假期)?余额|我还?有(?:几|多少)天(?:年|调休)?假|我的假期|my balance|"
                r"(?:我的?)?(?:年假|调休|假期?)(?:余额(?:还?有|还?剩)?(?:多少|几天)?|(?:还有|还剩|剩)(?:几天|多少天?)?|几天|多少)[啊呀呢吗]?"),
    ("my_deputies", r"我的?委托|我的代理人?|my deput(?:y|ies)"),
    ("away", r"(?P<day>今天|明天|后天|昨天|本周|这周|下周)?(?:都)?(?:有)?谁(?P<what>不在|请假了?|休假|没来|出差了?)(?P<day2>今天|明天|后天)?|who is away"),
    ("summary", r"(?P<which>早报|晚报|(?:一周|上周)小结|周报汇总|(?:月度|上月)小结|月报汇总|"
                r"(?:今天)?的?(?:我们?|本)?(?:部门|团队)的?(?:今天的?)?考勤)(?:情况|汇总)?"),
    ("take_back", r"撤回(?:我的)?(?:决定|审批)?|take back"),
    ("submit", r"提交(?:申请|吧|了)?|确认提交|确认无误|重新提交|没问题|就这样(?:吧|提交)?|submit"),
    ("thanks", r"(?:好的?|嗯+)?[\s,]*(?:谢谢|多谢|谢了|感谢|辛苦了?|麻烦了)(?:你|您|啦|了|哈|啊)*|"
               r"thanks?(?: you)?(?: a lot| so much| very much)?|thx"),
    ("edit", r"修改(?:一下)?|我?要?改(?:一?下)?|edit|change(?: it)?"),
    ("go_on", r"(?:继续|接着)(?:填|办|来)?(?:吧|了)?|continue|go on"),
    ("cancel", r"取消(?:吧|了)?|算了|不用了|不要了|cancel"),
)  # fmt: skip
_WITH_CASE: Final = (
    ("approve", r"同意|批准|通过|approve"),
    ("reject", r"驳回|拒绝|不同意|不通过|reject"),
    ("withdraw", r"撤[销消]|撤单|withdraw"),
    ("urge", r"催办|催一?催|催一下|催|urge"),
    ("return", r"退回|退回修改|打回|return"),
    ("transfer", r"转交给?|转给|transfer"),
    ("add_before", r"前加签|加签|add before"),
    ("add_after", r"后加签|add after"),
    ("add_beside", r"并加签|一起审|add beside"),
    ("remove", r"减签"),
    ("delegate", r"委派给?"),
    ("claim", r"认领|claim"),
    ("release", r"退回待认领|取消认领|release"),
    ("comment", r"评论|留言|comment"),
    ("tell", r"抄送给?"),
    ("copy", r"复制|再来一单|照抄"),
    ("terminate", r"终止"),
    ("pause", r"暂停"),
    ("resume", r"恢复|继续"),
    ("jump", r"跳转"),
    ("hand_over", r"交接"),
    ("take_back", r"撤回"),
    ("progress", r"进度|查询|查一?下|查|到哪了|progress|status"),
)
_WITH_TEXT: Final = (
    ("findings", r"考勤异常|缺勤名单|旷工名单"),
    ("undeputy", r"取消委托|结束委托"),
    ("deputy", r"委托"),
)
_TAIL: Final = r"[\s。.!~?]*"
_RULES: Final = (
    *((verb, late(rf"/?\s*(?P<word>{words}){_TAIL}", re.I)) for verb, words in _ALONE),
    *((verb, late(rf"/?\s*(?P<word>{words}){_TAIL}", re.I)) for verb, words in _WITH_CASE[:4]),
    ("progress", late(rf"/?\s*(?P<word>进度|查询|progress|status){_TAIL}", re.I)),
    ("copy", late(rf"/?\s*(?P<word>再来一单){_TAIL}", re.I)),
    *(
        (verb, late(rf"/?\s*(?P<word>{words})\s*[:,]?\s*{case}\s*[,:。]?\s*(?P<text>.*)", re.I | re.S))
        for verb, words in _WITH_CASE
        for case in (f"{_CASE}{_ALONE_ONLY if verb in several.VERBS else ''}",)
    ),
    (
        "balance_of",
        late(
            r"(?P<text>(?!我|你|他|她|谁|请)[^\s,。\d]{2,6}?)(?P<word>(?:今年)?(?:还有|还剩|剩)(?:多少|几)天?(?:年假|调休|假))[啊呀呢吗?]*"
        ),
    ),
    ("balance_of", late(r"/?\s*(?P<word>查一?下?(?:假期)?余额|balance of)\s*:?\s*(?P<text>[^,。]{0,30})", re.I)),
    ("hand_over_all", late(r"/?\s*(?P<word>交接)\s*(?P<text>[^,。]{1,30}?\s*给\s*[^,。]{1,30})", re.I)),
    *(
        (verb, late(rf"(?:/\s*(?P<word>{words})|(?P<word2>{words})(?=[\s:]|$))\s*:?\s*(?P<text>.*)", re.I | re.S))
        for verb, words in _WITH_TEXT
    ),
    *(
        (verb, late(rf"{_CASE}\s*[,:]?\s*(?P<word>{words})(?:\s*[,:。]?\s*(?P<text>.*))", re.I | re.S))
        for verb, words in _WITH_CASE
    ),
    ("progress", late(rf"/?\s*(?P<word>){_CASE}{_TAIL}", re.I)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A fixed word: what it does, the case number with it (or ""), the rest of the text, and the word as typed."""

    verb: str
    number: str = ""
    text: str = ""
    word: str = ""
    several: Several | None = None  # the verb is `several`: the same for more than one case
    cases: tuple[str, ...] = ()  # several cases that are named
    log: logs.LogWish | None = None  # the verb is `log`: what is wished of logs (日志)
    reminding: Reminding | None = None  # the verb is `reminders`


def read(text: str, templates: Sequence[str] = ()) -> Spoken | None:
    """The command in a message, or None when it is something else. `away` and `summary` have all the words in `text`.
    `templates`: what the company calls its templates of logs."""
    if (log := logs.read(text, templates)) is not None:
        return Spoken(verb="log", text=log.text, log=log)
    typed = text[:_LONGEST].strip()
    typed = english.rewritten(folded(typed), typed) or typed
    said = folded(typed)
    if cases := links.read(said):
        return Spoken(verb="link", cases=cases)
    if (wish := several.read(said)) is not None:
        return Spoken(verb="several", text=typed[wish.start :].strip(), several=wish, cases=wish.numbers)
    if (wish := findings.read(said)) is not None:
        return Spoken(verb="decide_findings", text=typed[wish.start :].strip(), several=wish)
    if (reminders := reminding.read(said)) is not None:
        return Spoken(verb="reminders", reminding=reminders)
    spoken = _spoken(said, typed)
    if spoken is None and (other := mistyped.meant(said)) != said:
        return _spoken(other, typed)
    return spoken


def _spoken(said: str, typed: str) -> Spoken | None:
    for verb, rule in _RULES:
        match = rule.fullmatch(said)
        if match:
            parts = match.groupdict()
            rest = (
                said.lstrip("/ ")
                if verb in ("away", "summary")
                else typed[match.start("text") : match.end("text")].strip()
                if "text" in parts
                else ""
            )
            number = "".join(several.numbers_in(parts.get("case") or ""))
            return Spoken(verb=verb, number=number, text=rest, word=parts.get("word") or parts.get("word2") or "")
    return None
