"""How surely a sentence that names something asks for it, and does not only tell of it or ask about it. Pure."""

import re
from typing import Final

from language import requests
from language.clauses import clauses
from language.lexer import scan
from language.patterns import any_of, late

NONE, SAID, START, ASKED = 0, 2, 3, 4  # not asked for; a wish in the same clause; how a wish begins; right behind 我要

APART, SOMEBODY = "\ue000", "\ue001"  # stand for names that are no wish, and for colleagues

_LITTLE: Final = r"(?:一?[个下份笔次批张些点]|一下子?|一个|两?份|新的?)?"
_WISH: Final = (
    r"(?:想要?|(?<![主重紧不只])要(?!是|求|不|么)|需要?|(?<![觉值记懂晓认省获舍使显变])得|申请|(?<!邀)(?<!聘)请(?!客|问|教|示|[一二两三\d]|假)|帮忙?|麻烦|"
    r"安排|打算|准备|希望|发[起布]|提交?个?|走|填|写|打|办|做|弄|搞|开|上|发(?!生|现)|去|来|再|先|给我|替我|让|找)"
)
_ASKED: Final = late(rf"{_WISH}(?:我|你|您)?[\s,]*{_LITTLE}$")
_BEFORE: Final = late(
    r"(?:想|(?<![主重紧不只])要(?!是|求|么)|需要?|(?<![觉值记懂晓认省获舍])得|申请|(?<!邀)(?<!聘)请(?!客|问|教|示|假)|帮忙?|麻烦|"
    r"安排|打算|准备|希望|发起|给|替我|让|找|先|把|(?<!过)去(?!年|世))"
)
_AROUND: Final = late(r"一下|[个点](?!人)|下(?=$|[\s\ue000公合财法])|吧|呗|(?:想|需|得|(?<!主)(?<!重)要)|谢谢|拜托|\d")
_OPENING: Final = late(
    r"你好|您好|领导|老板|小助手|我们?(?:这边|部门?|组|公司|这里)?|本人|部门|公司|请|麻烦|帮我|帮忙|给我|现在|马上|等[会下]儿?|[一待]会儿?|回头|急|想|要|需要?|得|去|来|再|"
    r"先|就|把|因为.*|关于|这?个?月|今年|明年|上半年|下半年|还|也|那|嗯|哦|跟|和|从|到|起|新|[\s,:、的\ue000]|"
    r"\d+(?:\.\d+)?|[一二两三四五六七八九十]+|[个台部把张套件只支本盒箱包条袋瓶桶卷双副辆份批些点名位块]"
)
_NOUN: Final = late(  # behind the name it is only part of another: 采购合同, 付款方, 招聘会
    r"^(?:部(?!门)|员(?!工)|商(?!品)|方(?!案)|价(?!单)|率|合同|系统|平台|软件|网站?|记录|表(?!彰)|会(?!议|客|签)|答辩|时间|地址|地点|标准|比例|制度|"
    r"流程(?:是|有|走到)|进度|额度|人员|总监|经理|主管|专员|结果|费用?(?:太|超|是)|组|科|处|政策|规定|条(?!款)|基数|卡|管理|办法|要求|[说讲]|那边|帮|码|单子?(?:在|"
    r"丢|找)|小姐|同事|老师)"
)
_NEWS: Final = any_of(
    r"听说|据说|恭喜|祝贺|哈哈|嘿嘿|呵呵|失败|打不开|不错|有点[^,。]?[高低贵慢多少难烦]|太[^,。]{1,4}(?:了|$)|真[忙烦难慢贵香累好爽快多少]|记得|别忘|得(?:好|很|不|太)|"
    r"好(?:[烦难慢忙贵多急累])|挂了|崩|服了|暂停|注意|通知|还没(?:批|到|回|好|审)|没批|被|驳回|退回|到了$|不舒服|涨价|[贴填交写放][好完]了|骂|羡慕|吐槽|郁闷|无语"
)
_DONE: Final = late(r"[了过](?:[啊呀哈啦]|\s|$|[一两三半几好\d])")
_OVER: Final = late(r"^[完好过]了")
_AHEAD: Final = late(r"想|(?<![主重不])要|需|得|该|准备|打算|可以|没|[坏完满缺]|了吧|(?:帮|给|替)我|请")
_OWNED: Final = late(r"^(?:回来|[到过完好下]|出去|出来)?了?的(?!话)")
_TOLD: Final = late(
    r"^(?:在|也|还(?!款)|差|是|有(?!限)|会|都|已|就|才|太|很|又|真|给我|的话)|^[^\s:：]*[没不](?!锈|干胶|急|$|[,。?])"
)
_SPOKE: Final = late(r"(?<![我听小])说")
_THEIRS: Final = late(rf"{SOMEBODY}+(?!的)")
_REFUSED: Final = late(
    r"(?:(?<![能要可是会])不(?:用|想|要|需要|再|必|打算|能)?|(?<!特)别|没有?|未|甭|无需|勿)(?:再|去|了)?[^,。]{0,3}$|取消|撤[销回掉]|作废"
)
_TAKEN_BACK: Final = late(r"不用|不要了|不(?:想|需要|再)|取消|撤[销回掉]|算了|作废|停掉")
_ASKS: Final = late(r"在(?:几|哪|谁)|几[楼层]|谁|哪|怎么|什么时候|多少|多久|区别|意思|[吗么](?:[?。!~\s]|$)|\?|呢$")
_PLEASE: Final = late(
    r"(?:能不能|能否|可不可以|可否|可以|能|方便)(?:请|麻烦)?(?:你|您)?(?:帮|替|给)(?:我|忙|一下|个忙)"
)
_SOME: Final = late(r"(?:有|攒了|这)(?:好)?几(?=[张笔个份])|怎么(?=[也着都])")
_MAY: Final = late(r"^(?:请问|你好,?|我)*(?:能不能|能否|可不可以|可否|可以|能)")


def strength(clause: str, start: int, end: int, labels: tuple[str, ...] = ()) -> int:
    """How surely the clause asks for what stands between these places. `labels`: words that belong to it as well."""
    before, word, after = clause[:start], clause[start:end], clause[end:]
    if _REFUSED.search(before) or _TAKEN_BACK.search(word + after):
        return NONE
    if _NOUN.match(after) or _NEWS.search(clause.replace(word, " ")):
        return NONE
    unsaid = _unsaid(before, labels)
    if _THEIRS.match(_untimed(before).strip()) and "我" not in before:
        return NONE
    asked = _ASKED.search(before) is not None
    if _SPOKE.search(before) or (not asked and (_OWNED.match(after) or _TOLD.match(after))):
        return NONE
    if _OVER.match(after) or (_DONE.search(after) and not _AHEAD.search(clause)):
        return NONE
    if asked:
        return ASKED
    if not unsaid:
        return START
    near = _BEFORE.search(before + word[1:]) or _AROUND.search(word + after[:6]) or re.match(r"\s*[:：]", after)
    return SAID if near else NONE


def _unsaid(before: str, labels: tuple[str, ...]) -> str:
    """What stands before a name besides times, numbers and politeness."""
    text = re.sub(rf"关于.*的$|[和跟与给让请找替帮由]{SOMEBODY}+", "", _untimed(before))
    for label in labels:
        text = text.replace(label, "")
    return _OPENING.sub("", text)


def _untimed(text: str) -> str:
    left = list(text)
    for token in scan(text):
        if token.kind not in ("and", "or", "to", "from"):
            left[token.start : token.end] = " " * (token.end - token.start)
    return "".join(left)


def vetoed(text: str) -> bool:
    """Whether the message asks a question, announces, tells of somebody else or takes something back."""
    said = _SOME.sub("有些", text).strip()
    why = requests.rejected(said, "unknown", scan(said), clauses(said))
    polite = _PLEASE.search(said) or (_MAY.search(said) if re.search(r"\d", said) else None)
    if why == requests.QUERY and polite:
        return _ASKS.search(said[: polite.start()] + said[polite.end() :].rstrip("吗嘛?!。 ")) is not None
    return why not in (None, requests.CHAT) or _ASKS.search(said) is not None


def tells(text: str) -> bool:
    """Whether a message about a request known by its kind only tells of it: 报销单贴好了放你桌上."""
    return _NEWS.search(text) is not None
