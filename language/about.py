"""What a request is about, taken out of its sentence: the goods, the document, the other party, the post. Pure."""

import re
from collections.abc import Iterable
from typing import Final

from language.english import items, speaks
from language.lexer import scan
from language.numerals import number
from language.patterns import late
from language.spelling import folded

UNITS: Final = "个台部把张套件只支本盒箱包条袋瓶桶卷双副辆份批斤吨米根组名位人块卷瓶册枚对"
_COUNT: Final = late(
    rf"(?<![a-zA-Z\d.年月])(?:一式)?(?P<n>\d+(?:\.\d+)?|[一二两三四五六七八九十百几]{{1,9}})\s?(?P<unit>[{UNITS}])(?:人(?!事))?"
    rf"(?!钱|月|小时|[1-9]|元)|(?<=[买领订招要用借派安排盖购])[个台套本点些]"
)
_MONEY: Final = late(
    r"(?:大概|大约|预计|预算|差不多|合计|一共|总共|共计?|涉及金额|金额|约)?[¥￥]?\s?(?:\d[\d,]{0,18}(?:\.\d+)?|[一二两三四五六七八九十百千]{1,9})\s?"
    r"(?:万[一二三四五六七八九]?|千|k)?(?:元|块钱?|人民币)(?:左右|以内)?|"
    r"(?:大概|大约|预计|预算|差不多|合计|一共|总共|共计?|涉及金额|金额|约)\s?[¥￥]?\d[\d,]*(?:\.\d+)?万?(?:左右)?|"
    r"(?:\d[\d.]{0,18}|[一二两三四五六七八九十]{1,9})[万千百][一二三四五六七八九]?|(?<![\da-zA-Z.])\d{2,}(?:\.\d+)?(?![\da-zA-Z年月日号天点])"
)
_LEAD: Final = late(
    r"^(?:你好|您好|我(?:们(?:组|部门?|这边)?|想|要)?|这边|这里|去(?!年)|本人|部门|公司|想要?|要(?!求)|需要?|得|申请|请(?!假|购)|帮忙?|麻烦|给我|有(?!限)|因为|关于|"
    r"属于|就|把|给|在|对|跟|走(?!访)|提(?!货|成|案)交?|发[起布]|写(?!字)|一下|一?[批份些点]|个(?!人|体)|[的了和于是:、-])+"
)
_GET: Final = late(
    r"^(?:采购|申购|购买|购置|添置|领用|领取|报废|报损|买|领(?!带|导|结)|订(?!书|单)|问|询|去.{2,3}(?=领|买))+(?:一下|个|点|些)?"
)
_TAIL: Final = late(
    r"(?:[又都]?(?:坏掉?|没|用[完光]|不够(?:用)?|不多|过期|摔?碎|丢|断|旧|破|修不好)了?|快没了|需要|要(?:采?购|买|用)?|得|想|帮忙.*|麻烦|上|里|的|了|吧|呢|呗|哈|"
    r"左右|大概|预算|一下|[个点下]|盖|敲|加盖|审|签|用|走|付|发|送|还|前|来|价格|怎么卖)+$"
)
_LACK: Final = late(r"^[^,。]{0,5}?(?:缺少?|没有?|少了|用完了?|快没)(?=.)(?!了)")
_LONGEST: Final = 300  # characters that are looked at
_NO_TIMES: Final = frozenset("to and or from begin back noise greeting money clock idle approx".split())
_JUNK: Final = late(
    r"^(?:前?到岗|办公用?|公司|部门|客户|领导|原材料款|送到?|发|还|新|其中|谢谢.*|.?(?:理由|原因).*|修不好.*|摔碎.*|加|买|购|领|行政|财务|新同事入职|没|个人原因|审批|流程|申请)?$"
)
_OTHER: Final = r"(?!我|你|您|公司|大家|领导|部门)(?P<x>[^\0\s,，。;；:：\d]{2,14}?)"
_STOP: Final = r"(?=的?(?:了|吧|付|打款|打(?!印)|发|签|转账|支付|出货|送|寄|要|走)|[\0\s,，。;；\d]|$)"
_PHRASES: Final = {
    "party": (
        rf"(?:对方(?:单位|公司)?|供应商|收款方|客户|乙方|甲方)\s?(?:是|为|叫|[:：])?\s?{_OTHER}(?=打|付|要|出货|发|[\s,，。;；]|$)",
        rf"(?:付给|打款给|支付给|打给|转给|发给|发往|寄给|卖给|给|跟|与|和)(?:供应商|客户)?{_OTHER}{_STOP}",
        r"付(?:一下)?(?P<x>[^\s,，。\d的款]{2,10})的",
    ),
    "customers": (
        rf"(?:拜访|走访)(?:计划)?[\s,，:：]*(?:一下)?(?:客户)?(?!客户|计划){_OTHER}(?=[\s,，。]|谈|聊|沟通|采购|$)",
        rf"(?:去|见)(?:客户)?{_OTHER}(?=[\s,，。]|谈|聊|沟通|采购|$)",
    ),
    "guests": (
        r"(?:招待|宴请|接待|请)(?:一下)?(?P<x>[^\s,，。\d]{2,14}?)(?=吃|喝|[\s,，。\d]|$)",
        r"(?P<x>客户|供应商|[^\0\s,，。\d天月年周有]{2,6})(?:要|过|会)?来(?=[,，。\s要订吃看考公谈]|$)",
    ),
    "position": (r"(?:(?<=[部组去来转])[做当]|担任)(?P<x>[^\s,，。的\d]{2,8})(?=[\s,，。]|$)",),
    "place": (r"(?:上?传到|上传至|送到|送往|发到|寄到)(?P<x>[^\s,，。]{2,20}?)(?=上?(?:[\s,，。]|$))",),
    "reason": (
        r"(?:用于|用来|为了|因为|由于)(?P<x>[^,，。;；]{2,30})",
        r"(?:^|[\0\s,，。])(?P<x>谈[^\s,，。]{2,12})",
        r"(?:^|[\0\s,，。])(?P<x>[^\s,，。\d]{2,8})(?<!使|备|费|信|借|公|领|专|耐)用(?=[\s,，。]|$)",
        r"(?:^|[\0\s,，。])(?P<x>做[^\s,，。\d]{2,10}?)用?(?=[\s,，。]|$)",
    ),
    "month": (r"(?P<x>\d{4}\s?[-年./]\s?\d{1,2}(?:月份?)?|\d{1,2}月份?|[上这本]个?月)",),
}
_RULES: Final = {name: tuple(late(rule) for rule in rules) for name, rules in _PHRASES.items()}


def phrase(what: str, text: str) -> str | None:
    """The words that stand where this kind of thing is said: 付给X, 拜访X, 送到X; None where it is not said so."""
    text = text[:_LONGEST]
    seen = _without_times(folded(text)) if what != "month" else folded(text)
    for rule in _RULES.get(what, ()):
        if found := rule.search(seen):
            return text[found.start("x") : found.end("x")].strip()
    return None


def thing(text: str, taken: Iterable[str], *, counted: bool = False) -> str | None:
    """What is left of the sentence without the words that are `taken`, times, sums and politeness.

    `counted` for goods: with how many there are (A4纸 20包), and without the verbs of getting them."""
    if speaks(text):
        return items.thing(text[:_LONGEST], taken)
    seen = folded(text[:_LONGEST])
    for word in sorted({word for word in taken if word}, key=len, reverse=True):
        seen = seen.replace(word, "\0" * len(word), 1)
    seen = _without_times(seen)
    counts = [found for found in _COUNT.finditer(seen) if found["n"]]
    for rule in (_COUNT, _MONEY):
        seen = rule.sub(lambda found: "\1" * len(found[0]), seen)
    pieces = [
        (found.start(), _cleaned(found[0], counted)) for found in re.finditer(r"[^\0\1\s,，。;；!！?？:：]+", seen)
    ]
    good = [(place, piece) for place, piece in pieces if len(piece) > 1 and not _JUNK.match(piece)]
    if not good:
        return None
    beside = [(count, one) for count in counts for one in good if _beside(count, one, seen)]
    near = min(beside, key=lambda pair: abs(pair[1][0] - pair[0].end()))[1] if beside else None
    before = [one for one in good if counts and one[0] < counts[0].start()][-1:]
    place, piece = (near or [*before, good[0]][0]) if counted else good[0]
    if counted and counts:
        count = min(counts, key=lambda count: abs(count.start() - place))
        return f"{piece} {count['n']}{count['unit']}"
    return piece


def _without_times(seen: str) -> str:
    """The text with its times blacked out."""
    for token in scan(seen):
        if token.kind not in _NO_TIMES:
            seen = seen[: token.start] + "\0" * (token.end - token.start) + seen[token.end :]
    return seen


def times(text: str) -> list[str]:
    """The times that the text names, each with all of its words: 下午两点, 12月15号."""
    seen, found = folded(text[:_LONGEST]), list[tuple[int, int]]()
    for token in scan(seen):
        if token.kind in _NO_TIMES and token.kind != "clock":
            continue
        if found and not seen[found[-1][1] : token.start].strip(" 的"):
            found[-1] = (found[-1][0], token.end)
        else:
            found.append((token.start, token.end))
    return [seen[start:end] for start, end in found]


def _beside(count: re.Match[str], one: tuple[int, str], seen: str) -> bool:
    """Whether the count stands right before or behind the piece."""
    between = seen[count.end() : one[0]] if count.end() <= one[0] else seen[one[0] : count.start()]
    return not re.search(r"[,，。;；]", between)


def _cleaned(piece: str, counted: bool) -> str:
    """The piece without what only asks for it."""
    before = None
    while piece != before:
        before = piece
        piece = _TAIL.sub("", _LEAD.sub("", piece))
        if counted:
            piece = _GET.sub("", _LACK.sub("", piece))
    return piece


def counted(text: str, units: str) -> int | None:
    """The only number of these units that the text names: 一式三份, 两名."""
    found = [
        number(match[1]) for match in re.finditer(rf"(\d+|[一二两三四五六七八九十]+)\s?个?(?:{units})", folded(text))
    ]
    return int(found[0]) if len(found) == 1 and found[0] else None


def uncounted(text: str) -> str:
    """The text without counts, so that the numbers left are sums or times."""
    if speaks(text):
        return items.uncounted(text)
    return re.sub(
        rf"(?<![a-zA-Z\d.])(?:\d+|[一二两三四五六七八九十]+)\s?(?:[{UNITS.replace('块', '')}])(?!月|小时)", " ", text
    )
