"""The words that always work, in English: each is put into the Chinese one, with what stands behind it as typed."""

import re
from typing import Final

from language.english.times import spans
from language.english.words import TIMED, scan
from language.patterns import late
from language.several import NUMBER

_SMALL: Final = {ord(c): c.lower() for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"} | {ord("’"): "'"}
_TAIL: Final = r"(?:[\s,]+(?:please|pls|now|then|thanks|thank you))?[\s.!?~]*"
_SHOW: Final = (
    r"(?:(?:please |pls |can you |could you )?(?:show|list|see|view|check|get|open|give)(?: me)? |"
    r"what(?:'s| is| are) |what about )?(?:all )?"
)
_DAYS: Final = {
    "today": "今天", "now": "今天", "right now": "今天", "tomorrow": "明天", "the day after tomorrow": "后天",
    "yesterday": "昨天", "this week": "本周", "next week": "下周",
}  # fmt: skip
_WHEN: Final = "|".join(sorted(_DAYS, key=len, reverse=True))
_AWAY: Final = (
    r"(?:away|off|out|absent|on (?:leave|vacation|holiday)|not (?:in|here|available)|"
    r"out of (?:the )?office|missing|travell?ing)"
)
_ISSUES: Final = r"(?:attendance (?:findings|exceptions|issues|anomalies)|absences without leave)"
_ALONE: Final = (
    ("帮助", r"help(?: me)?|menu|commands?|what can you do|how (?:does|do) (?:this|it|you) work|how (?:do|"
           r"can) i use (?:this|you)|usage|instructions?"),
    ("我的申请", rf"{_SHOW}my (?:open |own |recent |submitted |pending )?(?:requests?|cases?|applications?|"
             rf"submissions?)"),
    ("待我审批", rf"{_SHOW}(?:my )?(?:tasks?|to-?dos?|approvals?|pending(?: approvals?| tasks?)?|"
             rf"inbox)(?: waiting for me| for me)?|"
                 r"(?:what(?:'s| is)? )?(?:waiting|pending) (?:for|on) (?:me|my approval)|what (?:do i (?:need|"
                 r"have) to approve|needs my approval)|(?:to|for me to) approve"),
    ("我的余额", rf"{_SHOW}(?:my )?(?:leave |vacation |annual leave |pto |holiday )?balances?|"
             rf"(?:my )?remaining (?:annual |vacation )?(?:leave|days|vacation|pto)|"
                 r"how (?:many|much) (?:days?|leave|vacation|pto|annual leave|holidays?|"
                 r"time off)(?: of)?(?: (?:annual|vacation|leave|pto|off|days?|sick))*(?: (?:do|"
                 r"have) i (?:still )?(?:have|got)(?: left| remaining)?| (?:is|are) left(?: for me)?| left|"
                 r" do i still have)"),
    ("我的委托", r"(?:who is )?my (?:deput(?:y|ies)|delegations?|delegates?|stand-?ins?)"),
    ("早报", rf"{_SHOW}(?:the )?morning (?:summary|report|briefing)"),
    ("晚报", rf"{_SHOW}(?:the )?evening (?:summary|report|briefing)"),
    ("一周小结", rf"{_SHOW}(?:the )?(?:last )?week(?:ly|'s)? summary"),
    ("月度小结", rf"{_SHOW}(?:the )?(?:last )?month(?:ly|'s)? summary"),
    ("部门考勤", rf"{_SHOW}(?:the |my |our )?(?:team|department)(?:'s)? (?:attendance|whereabouts)|where is my team"),
    ("考勤异常", rf"{_SHOW}{_ISSUES}"),
    ("考勤异常 下一页", r"more (?:attendance )?(?:findings|exceptions|issues|anomalies)"),
    ("撤回", r"take (?:it |that |this )?back(?: my (?:decision|approval|rejection))?|undo(?: my (?:decision|approval|"
           r"rejection)| (?:it|that))?|revoke my (?:decision|approval)"),
    ("提交", r"(?:yes,? |ok(?:ay)?,? |please )?(?:submit|send|file|confirm)(?: it| this| that| the request)?|"
           r"confirmed|(?:that's|that is|it's|all) (?:right|correct)|looks good|go ahead|correct|resubmit"),
    ("继续", r"(?:please )?(?:continue|go on|carry on|keep going)"),
    ("取消", r"(?:(?:please|ok(?:ay)?|no|well|sorry|actually|hm+|then|just|let'?s),? )*"
           r"(?:cancel|discard|abort|drop|stop)(?: it| this| that| the (?:draft|request))?|never ?mind|"
           r"forget (?:it|about it)|don'?t bother|no thanks|not (?:any ?more|now)"),
)  # fmt: skip
_OF: Final = r"(?: (?:on|of|for|with|number|no\.?|#|my|the|request|case|application|is|about))*"
_WITH_CASE: Final = (
    ("同意", r"approve|accept|agree(?: to| with)?"),
    ("驳回", r"reject|deny|decline|refuse"),
    ("撤销", r"withdraw|cancel|recall|pull back"),
    (
        "催办",
        r"urge|remind(?: (?:him|her|them|the approver|everyone))?|nudge|chase|ping|hurry(?: up)?|push|"
        r"follow up",
    ),
    ("退回", r"return|send back|bounce"),
    ("转交", r"transfer|forward|reassign|pass(?: on)?|hand over"),
    ("前加签", r"add before"),
    ("后加签", r"add after"),
    ("并加签", r"add beside|add in parallel"),
    ("减签", r"remove from"),
    ("委派", r"delegate"),
    ("认领", r"claim|take"),
    ("退回待认领", r"release"),
    ("评论", r"comment|note|remark"),
    ("抄送", r"cc|inform|notify"),
    ("复制", r"copy|duplicate|repeat|redo|again"),
    ("终止", r"terminate"),
    ("暂停", r"pause|suspend"),
    ("恢复", r"resume"),
    ("撤回", r"take back|undo"),
    (
        "进度",
        r"progress|status|track|show|check|query|find|look up|where|how|what(?:'s| is) the (?:status|progress)|"
        r"what happened (?:to|with)",
    ),
)
_PEOPLE: Final = ("转交", "委派", "抄送", "前加签", "后加签", "并加签", "减签")
_ROWS: Final = tuple(
    (
        said,
        late(
            rf"(?:please |pls |can you |"
            rf"could you )?(?:{words}){_OF}\s*[:,]?\s*(?P<case>{NUMBER})(?P<rest>.*)",
            re.S,
        ),
    )
    for said, words in _WITH_CASE
)
_PLACES: Final = r"(?:no\.? ?|number |#)?\d{1,2}(?!\d|[.:/]\d)(?:\s*(?:-|–|to)\s*\d{1,2})?"
_SEVERAL: Final = tuple(
    (said, late(
        rf"(?:please |pls )?(?:{words}) (?P<which>all(?: of (?:them|it))?|everything|them all|{_PLACES}(?:\s*(?:,|&|"
        rf"and|, and)\s*{_PLACES})*)"
        r"(?=$|[\s,:;.!])(?P<rest>.*)", re.S))
    for said, words in (("同意", r"approve|accept"), ("驳回", r"reject|deny|decline"), ("转交", r"transfer|forward|"
                    r"reassign"), ("确认", r"confirm"), ("免除", r"excuse|waive"))
)  # fmt: skip
_LEAD: Final = late(
    r"[\s,:;.–-]*(?:(?:because(?: of)?|reason(?: is)?:?|as|since|to|with|for|saying|"
    r":)(?=[\s:])[\s:]*)?"
)
_COUNTED: Final = late(r"\s*(?:days?|hours?|people|persons?|more|weeks?|yuan|rmb|%)\b")
_SITS_IN: Final = r"(?:as )?my (?:deputy|delegate|stand-?in)|(?:to )?(?:approve|decide|sit in|stand in)(?: for me)?"
_DEPUTY: Final = late(
    r"(?:please )?(?:delegate(?: (?:my )?(?:approvals?|tasks?|everything|authority))?(?: over)? to (?P<who>[^,.]+?)|"
    r""
    rf"(?:make|appoint|let|have) (?P<who2>[^,.]+?) (?:{_SITS_IN}))(?P<rest>(?:[\s,].*)?)", re.S
)  # fmt: skip
_UNDEPUTY: Final = late(
    rf"(?:please )?(?:cancel|end|stop|remove|revoke)(?: (?:my|the|all))?(?: deleg\w+| deput(?:y|ies)|"
    rf" stand-?ins?)(?: (?:to|of|for) (?P<who>[^.!?]+?))?{_TAIL}"
)
_ISSUES_OF: Final = late(rf"{_SHOW}{_ISSUES} (?:of|for) (?P<who>[^,.!?]{{1,40}}?){_TAIL}")
_LIMIT: Final = late(
    r"(?:up to|under|below|at most|max(?:imum)?|less than|not (?:over|more than))\s*(?:[¥￥]|"
    r"rmb )?\s*(?P<sum>\d[\d,]*)\s*(?P<kilo>k)?\s*(?:yuan|rmb|cny)?"
)
_ASIDE: Final = late(
    r"\b(?:only|just|for|requests?|approvals?|claims?|forms?|the|of|my|on|in|limited to|"
    r"please|and|or)\b|[,.!]"
)
_ANYONE: Final = late(
    rf"(?:(?P<a>{_WHEN}),? )?(?:who(?:'s| is|s| will be| are)?|(?:is|will) (?:anyone|anybody|someone|"
    rf"somebody)(?: be)?|anyone|anybody) {_AWAY}(?: (?P<b>{_WHEN}))?{_TAIL}"
)
_FIRST: Final = tuple((said, late(rf"/?\s*(?:{words}){_TAIL}")) for said, words in _ALONE)


def rewritten(text: str, typed: str) -> str | None:
    """The command in Chinese; None where there is none. `text` is the message in half widths, as long as `typed`."""
    text = text.translate(_SMALL).lstrip("/ ")
    typed = typed[len(typed) - len(text) :]
    if not text[:1].isascii() or not text[:1].isalpha():
        return None
    for said, rule in _FIRST:
        if rule.fullmatch(text):
            return said
    if away := _ANYONE.fullmatch(text):
        return f"{_DAYS.get(away['a'] or away['b'] or '', '')}谁不在"
    if ended := _UNDEPUTY.fullmatch(text):
        return f"取消委托 {typed[ended.start('who') : ended.end('who')] if ended['who'] else ''}".strip()
    if issues := _ISSUES_OF.fullmatch(text):
        return f"考勤异常 {typed[issues.start('who') : issues.end('who')]}"
    return _on_cases(typed, text) or _deputy(typed, text)


def _on_cases(typed: str, text: str) -> str | None:
    for said, rule in _ROWS:
        if (found := rule.fullmatch(text)) is not None:
            more = re.match(rf"(?:(?:\s*(?:,|&|and|, and)\s*|\s+){NUMBER})+", found["rest"])
            cases = f"{found['case']}{re.sub(r'and|&', ',', more[0]) if more else ''}"
            return f"{said} {cases} {_behind(typed[found.start('rest') + (more.end() if more else 0) :])}".strip()
    for said, rule in _SEVERAL:
        if (found := rule.fullmatch(text)) is not None and not _COUNTED.match(found["rest"]):
            which = re.sub(r"no\.? ?|number |#", "", found["which"])
            which = re.sub(r"\s*(?:, and|and|&|,)\s*", "、", re.sub(r"\s*(?:to|–)\s*", "-", which))
            which = "全部" if which[0] in "aet" else which
            return f"{said} {which} {_behind(typed[found.start('rest') :])}".strip()
    return None


def _behind(rest: str) -> str:
    """The reason or the names behind the number: without `because` or `to`."""
    lead = _LEAD.match(rest.translate(_SMALL))
    return rest[lead.end() if lead else 0 :].strip()


def _deputy(typed: str, text: str) -> str | None:
    found = _DEPUTY.fullmatch(text)
    if found is None:
        return None
    begin = found.start("who" if found["who"] else "who2")
    sits = late(rf" (?:{_SITS_IN})\b").search(text, begin)
    text = text[: sits.start()] + " " * len(sits[0]) + text[sits.end() :] if sits else text
    words = [word for word in scan(text) if word.start >= begin]
    times = [word for word in words if word.kind in (*TIMED, "from", "until", "length")]
    limit = _LIMIT.search(text)
    ends = [begin + len(text[begin:].rstrip()), *(word.start for word in times), *([limit.start()] if limit else [])]
    aside = re.search(r"\s(?:only|for|as|to|from|until|while|during)\b", text[begin:])
    ends += [found.end("who2")] if found["who2"] else []
    end = min([*ends, *([begin + aside.start()] if aside else [])])
    bare = list(text)
    for word in [*times, *(word for word in words if word.kind in ("to", "dash", "and"))]:
        bare[word.start : word.end] = " " * (word.end - word.start)
    if limit:
        bare[limit.start() : limit.end()] = " " * (limit.end() - limit.start())
    rest = " ".join(_ASIDE.sub(" ", "".join(bare)[end:]).split())
    when = " ".join(str(span).removeprefix("从") for span in spans(words, text, -1))
    most = f"{limit['sum'].replace(',', '')}{'000' if limit['kilo'] else ''}元以内" if limit else ""
    said = (typed[begin:end].strip(" ,"), when, rest, most)
    return f"委托 {' '.join(one for one in said if one)}" if when or aside is None else None
