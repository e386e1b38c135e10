"""Why: the words of a message that give the reason of leave, overtime or a forgotten punch."""

import re
from itertools import pairwise
from typing import Final

from language.clauses import Clause
from language.lexer import Token
from language.patterns import HAN, any_of, late
from language.people import ADDRESS, NAME, SHORT

_LABEL: Final = late(
    r"(?:理由|原因|事由|缘由|reason)(?:写|是|为|填|改成|改为|:)?\s*:?\s*(?P<why>[^,。;!?\n]+(?:,(?!请|谢)[^,。;!?\n]+)?)",
    re.I,
)
_NEXT_LABEL: Final = late(r"\s+(?:类[型别]|假[种别]|时间|日期|开始|结束|天数|时长|地点|目的地|姓名|备注|金额|部门)\s?:")
_BECAUSE: Final = late(
    r"(?:因为|由于|因(?!此))(?P<why>.{2,40}?)(?=,?(?:所以|需要?请|想请|要请|故|特|申请|请(?!客)|,|。|$))"
)
_TYPE: Final = (
    r"(?:带薪)?(?:年假|年休假?|带薪假|特休假?|生?病假|病休|事假|调个?休|补休|倒休|换休|结?婚假|[陪侍护]?产假|生育假|丧假|"
    r"(?:annual|sick|personal) (?:leave|day)|leave|(?<![a-z])(?:al|pto|sl|toil)(?![a-z]))"
)
_UNITS: Final = r"^[^,。\0]{0,8}(?:组|部|科|班|车间|室|员工|我是|本人)"
_ANY_REQUEST: Final = (
    r"(?:帮|替|代|给|为)(?!孩|小孩|娃|爸|妈|父|母|老[人婆公]|家|女儿|儿子|客户)(?:[^,。\0]{1,6}?|[^,。\0]{1,8}的[^,。\0]{1,6}?)(?=\0|请|申请|补|提|报)",
    rf"(?:{_UNITS})[^,。\0]{{0,4}}?{NAME}(?=\0?(?:申请|因|需|拟|特此))",
    r"申请|提单|改成\0?吧?",
)
_REQUESTS: Final = {  # the words that ask, by kind of request: the rest of their clause may tell why
    "leave": (
        r"(?:能不能|能否|可不可以|可否|能|可以)?(?:麻烦|劳烦)?(?:帮我?|给我|替我)?(?:我|本人)?(?:就|先|也|还)?"
        r"(?:想要?|要|需要?|得|希望|打算|准备|决定)?(?:申请|提交?|补|再)?(?:个|一个|一下)?(?:请|休|歇|补请|用|调)?"
        rf"(?:个|一下|掉|了|过|的){{0,3}}\0?\s?[个的共]{{0,2}}\0?\s?(?:{_TYPE}|假条|假期?(?!装|如))(?:申请|条|一下|吧)?",
        r"请(?!客|教)[^,。\0]{1,4}?假(?![如装])|请(?:个|了)?(?=\0)",
        r"(?<![今明昨后当每])晚点?[到来]|迟到|早[走退]|提[前早]\0?(?:走|下班|离开)|补[提交报]?(?:一?下|个?单)",
        r"(?:tak(?:e|ing)|have|having)?\s?\0\s?off(?![a-z])",
    ),
    "overtime": (
        r"我?(?:要|想|需要?|申请)?去?加了?\0?[个的]?\0?班|(?<![a-z])ot(?![a-z])|overtime|(?:补|提|填)个?(?:加班)?(?:单|申请)|补报?一?下",
    ),
    "punch": (
        r"补打?(?:一?下|一?个|个?单|签|打?卡)?(?:\0?的?(?:[上下]班)?卡)?|(?:[上下]班)?的?卡|没打上|缺卡|打卡|[上下]班",
        r"(?:[上下]班)?(?:忘|漏|没|未)(?:记|了)*(?:打|刷|签)(?:上|到)?(?:[上下]班)?卡?",
    ),
}
_REQUEST: Final = {kind: any_of(*words, *_ANY_REQUEST) for kind, words in _REQUESTS.items()}
_NOTHING: Final = (  # what gives no reason where a piece has nothing else
    rf"(?:我是)?{HAN}{{0,8}}?(?:部|组|科|班|室|车间|仓库|库|门店|店|线|厂|区|院|校|中心)的?(?:{SHORT}|{NAME})",
    r"(?:[跟向和])?(?:您|你|领导|大家)?(?:报备|汇报|请示|说|打个?招呼)(?:一?下|一声)|天数:?\d*|实际|早晚都?|又要?|(?:老板|领导|经理|主管)(?:让|叫|安排)我?",
    r"到?了?但是?|到了|不过|现在就走|用[了掉完]?|"
    r"(?:老师|店长|主管|经理|组长|班长|主任|院长|护士长|厂长)(?:您?好)?我?|白天|异常|休息|下班前|国庆|中秋|元旦|春节|五一|端午|清明",
    r"加[了过]\0?[一两三半]?[个天]*班|能批吗?|能不能(?:让我?)?|能否|可不可以|可否",
    r"你好|您好|hi|hello|早|(?:早上|上午|中午|下午|晚上|大家)好|领导|老板|小助手|在吗|请问|那个",
    rf"{ADDRESS}|不好意思|抱歉|对不起|打扰了?",
    r"谢谢\w{0,2}|多谢|感谢|辛苦了?|麻烦(?:您|你)?了?|帮忙|特此\w{0,4}|(?:可以|行|好)吗?|吗|吧|就|共|一下|或者?",
    r"(?:请|望|恳请)?(?:各位|领导|您)*(?:批准|审批|批示|批一下|同意|知悉|予以批准)|请|帮我\w{0,2}",
    r"忘记?了?(?:提单?|说|提交|申请|记)?了?|没提单?|没来(?:上班)?|没(?:去|到)(?:公司)?|来不了了?|不来了?|不去了?",
    r"现在|[改换][成为到]?|本来|原计划|原[定本来想]|打算|算了|还是|不对|说错了?|应该是|不是|而是|不|是|嗯+|哦|这样|如下|往返|都(?:行|可以)|[上下]班|结束|为止|正常|除了|补个?手续",
    r"时间|日期|类型|[今明去]年|半个?月(?:之?后)?|提前|时长|天数|可能|大概|左右|开始|起|共计|一共",
    r"等[会一]?下?儿?|[早中晚夜白]班|[来到走去]?的?时候|(?:打卡)?没成功|失败了?",
    rf"(?:{SHORT})(?:让|叫|派|安排)?我?|刚?接到?通知要?|哎呀|天[呐哪啊]|唉|攒了(?:好多|不少|很多)?|忘[说报]了?|报个|方便的话我?|"
    r"(?:如果|要是)?还?(?:有|够|可以|行)的话|(?:领导|老板)?(?:您|你)看我?|(?:给自己)?放个?|机器人|现在补|补提|连着|连续|来上班|那|(?:[行好]|成)不(?:[行好]|成)|"
    r"离岗|[待再未]定|就走|把?(?:剩下|剩余|余下)的?|(?:提|报|走|批|登记|处理|弄)(?:一?下|了)|[漏忘缺]了?|加班完|单子?|[:]|有事(?:打|找|联)\w*",
    r"today|tomorrow|please|pl[sz]|thx|thanks?|tak(?:e|ing)|need|want|could|can|may|would|like",
    r"i(?:'[dm])?|to|on|of|an?|my|the|from|days?|leave|for|off|am|pm|\s",
)
_JUNK: Final = late(f"(?:{'|'.join(_NOTHING)})++", re.I)
_ELSEWHERE: Final = late(
    r"正常(?:上班|打卡|出勤)|回来上班|返岗|到岗|回公司|忘了(?:说|提|申请|交|走)|没提单|补个?(?:单|流程|手续|申请|假条|审批|资料)|补交|没提(?!前|起|到|高)|补上|"
    r"还?没(?:定|想好|确定)|再[选说]$|没走流程|(?:已|都)?交给|代班|顶班|"
    r"有(?:什么|任何|急)?(?:事|问题|需要).{0,6}(?:打|找|联系|电话|微信)|工作(?:已|都|由)|交接|"
    r"正常来|(?:领导|老板|经理|主管)[^,]{0,4}(?:(?:同意|批准|知道|批)了|说(?:可以|能|同意|行))|"
    r"(?:已经?|都|刚)?[跟和向同][^,]{1,4}(?:说|讲|沟通|打过?招呼|报备|请示)[^,]{0,3}[好了过]|替我|"
    r"已经?(?:开|写|准备|安排|报备|请示)[^,]{0,3}[好了过]|^\s*(?:要|需要?|得)?住.{0,3}晚$"
)
_EDGES: Final = (  # what carries nothing at the beginning of a reason
    r"\0|嗯+|呃+|喂|那个|就是说?|然后|其实|[\s,:的是就也还,、()]|(?:hi|hello|hey|嗨|哈喽|你好|您好)[~!]?|可以吗|本人|时间|日期|那天|这两天|最近",
    r"[俺咱]|我(?!家|妈|爸|老|们|女|儿|媳|爱|奶|爷|外|姐|哥|弟|妹|孩|娃|和|跟)|因为?|由于|所以",
    r"要(?!事)|想|需要|大概|大约|差不多|拟?于|得(?!了)|会(?!议)|准备|打算|可能|估计|临时|突然|从|自|到|至|[在和跟](?=\0)",
)
_LEAD: Final = late(f"^(?:{'|'.join(_EDGES)})+", re.I)
_TRAIL: Final = late(
    r"(?:[\0\s,:的就、()，]|所以|故|想要?|要|需要|申请|得|请|改成|从|自|到|至|起|开始|在|准备|先|特|没来(?:上班)?|没到|来不及了?所以)+$"
)
_PIECE: Final = late(r"\0{1,}|\s+(?![A-Za-z])")
_BLANKS: Final = late(r"\0+")
_LONGEST: Final = 200  # characters of a clause that may give the reason
_MOST: Final = 40  # clauses that are asked for it
_HOLD: Final = ("and", "noise", "money")


def reason(text: str, tokens: list[Token], parts: list[Clause], kind: str) -> str | None:
    """The reason, or None when none is given. A label or 因为 wins, then the clauses that do not ask."""
    if label := _LABEL.search(text):
        return _clean(_NEXT_LABEL.split(label["why"])[0]) or None
    if because := _BECAUSE.search(text):
        found = _clean(_blank(because["why"], because.start("why"), tokens, edges=True))
        if found:
            return found
    request = _REQUEST[kind]
    told, left = [], ""
    fixed = any(clause.fixed for clause in parts)
    for clause in parts[:_MOST]:
        if fixed and clause.dropped:
            continue
        piece, asks = _piece(clause, tokens, request)
        if piece and not asks:
            told.append((piece, clause))
        left = max(left, piece, key=len)
    return _quoted(told, text) or left or None


def _quoted(told: list[tuple[str, Clause]], text: str) -> str:
    """The pieces as one quotation where their clauses follow each other, else one after the other."""
    places = [text.find(piece, clause.start, clause.end) for piece, clause in told]
    apart = any(before.end + 1 < after.start for (_, before), (_, after) in pairwise(told))
    if not told or apart or -1 in places:
        return ",".join(piece for piece, _ in told)
    return text[places[0] : places[-1] + len(told[-1][0])]


def labelled(text: str) -> bool:
    """Whether the words call something the reason."""
    return _LABEL.search(text) is not None or _BECAUSE.search(text) is not None


def _piece(clause: Clause, tokens: list[Token], request: re.Pattern[str]) -> tuple[str, bool]:
    """What a clause says of the reason, and whether it asks: then what is left beside the request, else all within."""
    if len(clause.text) > _LONGEST or _ELSEWHERE.search(clause.text):
        return "", False
    timeless = _BLANKS.sub("\0", _blank(clause.text, clause.start, tokens, edges=False))
    rest, asks = request.subn("\0", timeless)
    if not asks:
        return _clean(_blank(clause.text, clause.start, tokens, edges=True)), False
    return max((_clean(piece) for piece in _PIECE.split(rest)), key=len, default=""), True


def _blank(text: str, start: int, tokens: list[Token], *, edges: bool) -> str:
    """The text without its words about time: all of them, or only those at its edges (孩子下周二打疫苗 keeps its own)."""
    inside = [token for token in tokens if start <= token.start < start + len(text) and token.kind not in _HOLD]
    bare = list(text)
    for token in inside:
        begin, end = token.start - start, token.end - start
        before, after = "".join(bare[:begin]), "".join(bare[end:])
        if not edges or not _LEAD.sub("", before) or not _TRAIL.sub("", after):
            bare[begin:end] = "\0" * (end - begin)
    return "".join(bare)


def _clean(text: str) -> str:
    """Without the words at its edges that carry nothing; empty when nothing is left."""
    text = _TRAIL.sub("", _LEAD.sub("", text.strip())).replace("\0", "").strip(" .。!~")
    return "" if len(text) < 2 or _JUNK.fullmatch(text) or not re.search(r"[^\W\d_]{2}", text) else text
