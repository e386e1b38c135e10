"""Where a trip or an outing goes, and what for."""

import re
from typing import Final

from language.cities import NAMES
from language.lexer import Token
from language.patterns import HAN, any_of, late
from language.people import ADDRESS, SHORT

_CITY: Final = late("|".join(sorted(NAMES, key=len, reverse=True)))
_AND_CITY: Final = late(rf"(?:[、和及跟与](?:{_CITY.pattern}))+")
_GO: Final = any_of(
    r"(?:目的地|地点|地址|去处|前往地)(?:是|为|:)?\s*",
    r"(?<!过)(?<!回)(?<!早)去(?:一?趟|往)?|前往|赴|飞(?!机)往?|往(?!返|往)|跑一?趟|抵达?|→",
    r"(?<![接收])到达?(?!期|位|岗|货|账|手|时|处|底|达)|(?<!不)在(?!家|外(?!滩|高)|线|职|岗|此|下|我|这|那|忙|途)",
    r"(?<![a-z])(?:to|in)\s(?=[A-Za-z])",
)
_VISITING: Final = (  # verbs that end the name of a place: what one does there
    r"拜访|拜会|走访|回访|探望|慰问|看(?!守所)|见(?!习)|陪|找|接(?!待(?:中心|处|室)|口|力)|听|谈|洽谈|面试|面谈|沟通|交流|咨询",
    r"参加|出席|参观|参展|年会|团建|开(?!发|平|封|元|化|县)|述标|答辩|投标|竞标|签约|签(?!证)|与|和(?!平|县|田)",
)
_HANDING_OVER: Final = (
    r"取(?!水)|送|寄|拿|递|领(?!事|馆|导)|提(?:交|货|车)|缴|交(?!通|易|警|大)|搬|换|还|收|付|存|汇款",
    r"买|采购(?!中心)|订(?!单)|挑|理货|丈量|量房|打印|刻|盖章?|补|续",
)
_OFFICIAL: Final = (
    r"办(?!事处|公)|申[领报]|报[名税关备]|备案|登记(?!中心|处)|过户|立案|出庭|应诉|取证|年检|年审|挂号|复[查诊]|体检(?!中心)|对(?:账|接)|盘点",
    r"核[对查销]|审计(?!局|署)|商务(?!局|委)|评审|会诊|督导",
)
_AT_WORK: Final = (
    r"(?<![实检体试])验|考察|调研|装(?!饰|修|备)|安装|调试|测试?(?!中心)|检[查修](?!站)|查(?!看)|巡检|排查|更换|修|维修(?!站)|维护|部署|实施|驻场",
    r"支持|支援|协助|解决|处理|完成|执行|进行|跟进?|盯|售后|现场(?=支持|勘查|勘察|踏勘|办)|勘[查察]|踏勘|踩点|巡店|拍摄|采访|做",
    r"项目(?!部|现场|组)|培训(?!中心|基地|学校)|学习(?!中心)|(?<![大中小文科医化数])学(?!校|院|城|会)|上课|讲课|授课|演示",
    r"招聘|宣讲|推广|布展|报到",
)
_NO_NAMES: Final = (
    r"出[^,]{0,2}差|外出|公出|外勤|请|报销|给|帮|用|走流程|的(?!士)|了|呆|待(?!遇)|住(?!建|房)|玩|旅",
    r"一趟|一下|晚上|来回|往返|再[来去回到]",
)
_STOP: Final = any_of(*_VISITING, *_HANDING_OVER, *_OFFICIAL, *_AT_WORK, *_NO_NAMES)
_KNOWN: Final = (  # how names of places end
    r"(?:医|法|检察|学|设计|研究|敬老|福利|电影|剧)院|检察院|(?:派出|事务|管|研究|招待|交易|收费|停车)所|[税警工公教科住卫农统邮药海]\w{0,5}局|"
    r"(?:门|酒|书|饭|旗舰|分|专卖|4s)店|[厂局]|(?:展览|博物|体育|图书|宾)馆|(?:车|加油|维修|变电|火车|地铁|高铁|服务)站|银行|分行|支行|学校|"
    r"(?:分|子|总|母)?公司|(?:园|校|社|景|开发|工业|保税|城)区|(?:市|机|现|农|牧|商|广|码头堆|停车|考)场|中心|大厦|大楼|总部|海关|法庭|"
    r"(?:仓|车|金)库|工地|车间|基地|码头|机房|办事处|管委会|居委会|街道办|委员会|产业园|科技园|物流园|驻地|客户(?:那[边里儿]|处|家)"
)
_SPLIT: Final = late(rf"(?P<name>.{{0,12}}(?:{_KNOWN}))(?P<rest>(?!.*(?:{_KNOWN})){HAN}.+)")
_NAMED: Final = late(rf"(?<!\w)(?P<name>{HAN}{{1,8}}?(?:{_KNOWN}))(?!{HAN}?$)")
_ALONE: Final = late(rf"(?<![^\0\s,。])(?P<name>(?![跑逛走巡盘回在不]){HAN}{{1,8}}(?:{_KNOWN}))(?=$|[\0\s,。])")
_BREAKS: Final = late(r"[\0\s,。;!?\n]")
_ATTENDING: Final = late(r"参加|出席|参观|参展|拜访|考察|调研|支援|协助")
_THEN: Final = late(r"[,。;!?\n]|(?:然后|之后|完事|完了?)?(?:再|就|才)[来去回到过]|然后")
_BARE_PLACE: Final = late(rf"(?:出差|^|[,。\s])\0*(?P<name>(?!出差|申请|谢谢|你好|领导){HAN}{{2,3}})\0*(?=$|[\0\s,。])")
_LEAD: Final = late(
    r"^(?:我|要|想|需要|会(?!计|议|展|所|场)|就|得|了|的|在|计划|准备|打算|申请|和(?!平|县|田)|跟(?![单进踪拍访车催线机产班]))+"
)
_FROM_TO: Final = late(rf"(?:{_CITY.pattern})\s*(?:[\0到至飞→>]\s*)+(?=(?:{_CITY.pattern}))")
_ORIGIN: Final = late(rf"(?:从|自)\0*{HAN}{{2,6}}?\0*(?:出发|动身|(?=[去飞到赴]|前往))")
_PURPOSE: Final = late(
    r"(?:事由|目的(?!地)|原因|事项|理由|任务|缘由)(?:是|为|写|:)?\s*(?P<why>[^,。;!?\n]+)|"
    r"(?:因为?|为了)(?P<because>[^,。;!?\n]{2,})"
)
_SKIP: Final = any_of(
    r"出[^,]{0,2}差(?:申请)?|外出(?:申请)?|公出|外勤|出外勤|出去(?:一趟|一下)?",
    r"(?:(?:on|for|a)\s){0,2}business trip(?: to| in)?|(?<![a-z])(?:for|from|to)(?![a-z])",
    r"(?:当天|当日|一[日天])(?:往返|来回|回来?)|往返|来回|出发|返程|返回|回(?!单|执|访|函|款|收|购)(?:来|公司|单位)?|跑?一?趟|一下|^去$",
    r"早[去出]晚[回归]|坐(?:动车|高铁|火车|飞机|大巴)|[和跟与同][^,\0]{1,4}?(?=[去到飞赴])|不在(?:公司|单位)|朝发夕[至归]",
    r"等[会一]?下?儿?|住.{0,3}[晚夜]|待会儿?|一会儿?|稍后|马上",
    r"(?:帮|替|代)[^,\0]{1,4}?(?=\0|申请|请|登记|提|报)|登记|申请|提一?个|批准|请(?!客)",
    r"麻烦|帮我|帮忙|[办忙]完|(?<![陪见接])领导|老板|安排|让我|我们?|谢谢|你好|您好|需要|计划|准备|打算|想",
    rf"(?:^|[和跟与同]){ADDRESS}(?=,|\0)|补[提交报]?(?:个?单|一下)|忘了?(?:提单?|申请|交|报)",
    rf"刚?接到通知|(?:{SHORT})(?:让|叫|派|安排)我?",
    r"大概|时间|日期|目的地|地点|或者?|临时|突然|紧急|[和跟与同][^,\0]{1,6}?一起",
)
_PIECES: Final = late(r"[\0\s,。;!?\n:()→]+")
_EDGE: Final = " \t的了是为在和、到去要就从至起-—~·+,."
_BROUGHT: Final = late(rf"(?P<what>(?:送|交|寄|拿|带|搬|运){HAN}{{1,6}}?)(?:到|去|给)$")


def place_and_purpose(text: str, tokens: list[Token], kind: str) -> tuple[str | None, str | None]:
    """Where to and what for; the purpose is what stands behind the place, or a clause of its own."""
    marked = _ORIGIN.sub(lambda match: "\0" * len(match[0]), _marked(text, tokens))
    marked = _FROM_TO.sub(lambda match: "\0" * len(match[0]), marked) if kind == "trip" else marked
    label = _PURPOSE.search(text)
    why = _trim(label["why"] or label["because"]) if label else None
    place, begin, end = _place(marked, text, kind)
    if why:
        return place, why
    if place is not None:
        lead = _BREAKS.split(marked[:begin])[-1]
        if kind == "trip" and _ATTENDING.match(lead):
            return place, _trim(_BREAKS.split(marked[begin - len(lead) :])[0])
        brought = _BROUGHT.search(marked[:begin].replace("\0", ""))
        if brought:
            return place, brought["what"]
        behind = _trim(_SKIP.sub("\0", _THEN.split(marked[end:])[0]))
        if behind and len(behind) >= 2 and not _CITY.fullmatch(behind):
            return place, behind
    blank = marked[:begin] + "\0" * (end - begin) + marked[end:] if place is not None else marked
    return place, _clause(blank)


def _marked(text: str, tokens: list[Token]) -> str:
    """The text without its words about time."""
    bare = list(text)
    for token in tokens:
        if token.kind not in ("or", "and", "from", "back", "noise", "money") and not (
            token.kind == "to" and text[token.start : token.end].lower() in ("到", "to")
        ):
            bare[token.start : token.end] = "\0" * (token.end - token.start)
    return "".join(bare)


def _place(marked: str, text: str, kind: str) -> tuple[str | None, int, int]:
    for go in _GO.finditer(marked):
        if kind == "trip" and go[0].startswith("在"):
            continue
        rest = re.match(r"[^\0,。;!?\n()]*", marked[go.end() : go.end() + 24])
        words = rest[0] if rest else ""
        lead = _LEAD.match(words)
        skip = lead.end() if lead and not _CITY.match(words) else 0
        stop = _STOP.search(words, skip)
        name = (words[skip : stop.start()] if stop else words[skip:]).rstrip()
        name = re.split(r"\s(?![A-Za-z])", name.strip())[0].strip(_EDGE)
        known = _SPLIT.fullmatch(name)
        name = known["name"] if known else name
        if len(name) >= 2 and not name.isdigit():
            begin = marked.index(name, go.end())
            more = _AND_CITY.match(marked, begin + len(name)) if kind == "trip" else None
            end = more.end() if more else begin + len(name)
            return marked[begin:end], begin, end
    return _unmarked(marked, kind)


def _unmarked(marked: str, kind: str) -> tuple[str | None, int, int]:
    """A place that no word of going names: a city, or what stands alone or ends like the name of a place."""
    if kind == "trip":
        near = re.search(rf"(?P<city>{HAN}{{2,5}})(?=出差)", marked)
        city = _CITY.search(marked)
        if city:
            return city[0], city.start(), city.end()
        if near and not re.search(
            r"我|要|想|申请|需|安排|领导|计划|准备|打算|去|公司|同事|一起|临时|紧急", near["city"]
        ):
            return near["city"], near.start(), near.end()
    bare = _BARE_PLACE.search(marked) if kind == "trip" else None
    if bare and not _STOP.search(bare["name"]):
        return bare["name"], bare.start("name"), bare.end("name")
    named = next(
        (
            name
            for name in _NAMED.finditer(marked)
            if not _STOP.search(name["name"]) and not re.match("[跑逛走巡盘]|不?在", name["name"])
        ),
        None,
    )
    if named is None and kind == "outing":
        named = next((one for one in _ALONE.finditer(marked) if not _STOP.search(one["name"])), None)
    return (named["name"], named.start("name"), named.end("name")) if named else (None, 0, 0)


def _clause(marked: str) -> str | None:
    """The first piece of the text that says what for."""
    pieces = [_trim(piece) for piece in _PIECES.split(_SKIP.sub("\0", marked))]
    found = [
        piece
        for piece in pieces
        if piece and len(piece) >= 2 and not _CITY.fullmatch(piece) and re.search(r"[^\W\d_]{2}", piece)
    ]
    return max(found, key=len) if found else None


def _trim(text: str) -> str | None:
    text = _LEAD.sub("", text.replace("\0", "").strip(_EDGE)).strip(_EDGE)
    return text or None
