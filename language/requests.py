"""Is it a request at all? Questions, news, cancellations and small talk are not; the rest needs positive evidence."""

import re
from typing import Final

from language import people
from language.clauses import Clause
from language.days import DAY_WORDS
from language.lexer import Token
from language.narrated import narrated
from language.patterns import any_of, late

QUERY, CANCEL, MODIFY, OTHER, ANNOUNCEMENT, APPROVAL, CHAT = (
    "query", "cancel", "modify", "other_person", "announcement", "approval_action", "chitchat",
)  # fmt: skip
_KINDS: Final = (
    r"(?:请假|休假|年假|病假|事假|调休|婚假|产假|丧假|假条|假|出差|外出|外勤|加班|补卡|报销|申请|单子?|流程|审批|行程)"
)
_APPROVAL: Final = any_of(
    r"^我?(?:同意|批准|驳回|不同意|不批准?|不予批准|准予?|准了|已批|审批通过|通过|不通过|拒绝|已阅|退回|approved?|reject(?:ed)?|agreed?)"
    r"(?:$|[\s,。.!:;~了的吧哈]|该|他|她|这|此|请假|申请|出差|加班|外出|外勤|报销|补卡|调休|[年病事婚产丧]假|\w{2}-?\d{6})",
    r"^我?(?:同意|批准|驳回|拒绝|不同意|不批准?|准了?)(?!我|本人)[^,。我]{1,8}?的[^,。]{0,6}(?:假|调休|出差|加班|外出|外勤|报销|补卡|申请)",
    rf"^[^,。]{{0,6}}?{_KINDS}我(?:批|同意|准|通过)了[。!~\s]*$",
    r"^(?:ok|okay|好的?|收到|行|可以|没问题|嗯+|是的?|对|好嘞|知道了|明白了?|辛苦了?|谢谢[你您啦]?|多谢|感谢)[\s,。.!~]*$",
)
_WONDERS: Final = any_of(
    r"几点|几号(?!线|楼)|(?<!请)(?<!休)(?<!过)(?<!了)(?<!住)(?<!去)(?<!待)(?<!那)(?<!这)(?<!的)(?<!好)几天(?!后)|几个(?!人|小时)|几[次张笔份]|能[请休]几",
    r"算[^,。]{1,8}还是",
    r"谁|怎么|怎样|咋|如何|多少|多[贵高远久长大难早晚](?:的)?(?=$|[?。!~\s])|什么|啥|哪(?!天)|为何|为什么|多久|多长|还剩|剩余|还有没",
    r"(?:了|过|完|好|下来|出来|到账)没有?[?。!~\s]*$|(?:能|可以|会|要|用|需要|算|给|让|有)[^,。?]{1,10}不[?。!~\s]*$",
    rf"{_KINDS}(?:不|没|了没)[?。!~\s]*$|[^还我也都,。](?<!忘)没有?[?。!~\s]*$",
    r"是否|是不是|有没有|要不要|会不会|算不算|能不能|可不可以|够不够|批没批|过没过",
    r"(?:查|看)(?:一?下|询|一?看)[^,。]{0,8}(?:批|余额|假|报销|审批|进度|加班|记录|打卡)",
    r"(?:how|what|when|who|which|why) ",
)
_CONTACT: Final = any_of(
    r"有(?:任何|什么|啥|急)?(?:急?事情?|问题|需要|情况)[^,。]{0,8}(?:打|找|联系|电话|微信|留言|随时|call|@)",
    r"没什么|没啥|有什么(?:事|问题)|不管怎么|怎么都",
)
_ASKING: Final = any_of(r"[吗么嘛](?=[?。!~\s]*(?:$|,|还是))", r"呢[?。!~\s]*$", r"\?[\s!~]*$", r"不(?:可以|行|能)\?")
_THEN: Final = late(r"(?:如果|要是)?(?:还?有|够|可以|能|行|没问题)(?:的话|就)|那(?:我|就)|(?:有|够|行)我?就")
_TAG: Final = any_of(
    r"(?:,|\s)?(?:可以|行|好|ok|方便|成|中|没问题|合适|能批|您看|你看)(?:吗|么|嘛|不|吧|行)+[?。!~\s]*$",
    r"(?:行不行|可不可以|好不好|可否|能否)[?。!~\s]*$",
)
_PLEASE: Final = any_of(
    r"(?:能不能|能否|可不可以|可否|可以|能|方便|麻烦|劳烦|烦请|请)(?:请|麻烦)?(?:你|您)?(?:帮|替|给|让)(?:我|忙|一下|个忙)",
    r"(?:我|想)[^,。?]{0,12}?(?:能|可以|能不能|可不可以|可否)[^,。?]{0,12}?(?:请|休|调休|报销|补|申请)",
    r"(?:能|可以|能不能|可不可以|可否)(?:请|休|调休|补)",
)
_RULES: Final = any_of(
    r"规定|政策|流程|制度|扣|工资|全勤|算|折算|过期|清零|跨年|证明|影响|如果|标准|额度|上限|规则|一般|平时",
    r"几[次张笔]|几天|多少|怎么|什么(?!事)|为什么|谁|几点|多久|提前|需要|需不需要|要不要|必须|是不是|会|有没有",
    r"还有|还能|还剩|合并|累计|分开|一起(?:休|请|用)|还是(?:必须|要|得)|批了|批下来|过了|审|到账",
)
_WITHDRAWN: Final = any_of(
    r"(?<!航班)(?<!会议)(?<!活动)(?<!课)(?<!比赛)(?:取消|撤销|撤回|撤掉|作废|收回|销(?=假)|撤(?=了|下|一下|吧|$))"
    rf"[^,。]{{0,12}}?{_KINDS}",
    r"不(?:请|休|加|报|补|调|出)[^,。]{1,8}?(?:假|班|卡|差|销|休)了",
    rf"{_KINDS}[^,。]{{0,10}}?(?:不需要了|不用了|取消|撤销|撤回|撤掉|撤了?|删[了掉除]|(?<![就要快])作废|销掉|销了|不要了|算了|免了)",
    r"不(?:用|想|需要|必|打算|准备|再)?(?:[给帮替]我)?再?去?"
    r"(?:请假|请了|请年|请病|请事|请(?=$|[,。])|休了|休假|休年|调休|出差|外出|加班|补卡|报销)",
    r"(?:出差|外出|加班|外勤)我?不[去来参]|"
    r"不(?:去|想|打算|用|需要|准备)[^,。]{0,8}?(?:出差|加班|外出|报销|请假|休假|调休)了",
    r"(?:^|[,。])(?:就|先|帮我|麻烦)*(?:取消|撤销|撤回|作废|撤)(?:一下|吧|了|掉)*[。!~]*$|去不成了",
    r"^[^请休]*?(?:先|就)?不去了|(?:请|休|报|加)不了|别(?:[帮给替]我)?(?:请(?!假条)|提|报|补|加|休)|不用去了|不(?:请|休|报|补|加|调|出)了|销假|"
    r"(?<!航班)(?<!会议)(?<!活动)(?<!课)(?:撤销|撤回|撤掉|作废)[吧了]*[。!~]*$",
)
_CHANGED: Final = any_of(
    r"(?:把|将)[^,。]{0,18}?(?:改|换|调整|推迟|延后|延期|延长|提前|顺延|挪|调)(?!休)",
    rf"(?:的|那个|这个|{_KINDS})[^,。本]{{0,6}}?(?:时间|日期|单子?|申请)?"
    r"(?:改成|改到|改为|改一下|改下|换到|换成|调整|推迟|改期|延后|延期|延长|延到|顺延|挪到|往后推|提前到|提前[一两三\d]+天)",
    rf"{_KINDS}[^,。]{{0,6}}?(?:金额|时间|日期|原因|事由|目的地|地点|类型)[^,。]{{0,4}}?(?:写错|填错|搞错|错了|不对|要改|得改)",
    r"(?:上次|之前|刚才?|刚刚|前面|上回|昨天)[^,。]{0,4}?(?:提|请|报|申请|交|发)[了过]?的[^,。]{0,10}(?:改|加|多|少|换|延|短|减|删)",
    rf"{_KINDS}[^,。]{{0,8}}?(?:往[前后](?:挪|推|移|延|调|放|提)|[多少][请休加报][一两三四\d]|推后|延后|提前(?:到|[一两三\d]+天))",
    r"^(?:修改|更改|变更|调整)|(?:改|修改|更改|变更)(?:一?下)?(?:我|之前|昨天|上次)|续假|再延",
)
_BROKEN: Final = late(
    rf"{_KINDS}[^,。]{{0,4}}?(?:系统|页面|入口|功能|模块|软件|小程序|网站|按钮|链接)[^,。补]{{0,8}}?"
    r"(?:打不开|[登进]不|报错|崩|卡|坏|找不到|用不了|不能用|没反应|难用|升级|维护)(?!.*补)"
)
_INTENDED: Final = late(r"本来|原本|原想|原打算|想请|想休|要请|我请(?![的了])")
_ADDRESSED: Final = any_of(
    r"请(?:大家(?![吃喝看唱聚])|各位(?!领导)|各部门|各组|同事们?|全体|所有人|相关|务必|于|及时|注意|勿|查收|知悉|周知|准时|按时)",
    r"请在.{1,12}前(?:提交|完成|报|补|交)|注意(?:安全|防|保暖)|(?:不要|别|勿)(?:来|再)?(?:加班|外出|出差)",
    r"请(?!帮)[^,。我]{1,10}的?(?:同事|人员|员工|同学)[^,。]{0,4}(?:尽快|及时|自行|补|提交|注意|到|联系)|举(?:个|一下)?手|接龙|提醒(?:一下|大家|各位|,)",
    rf"^[^,。我]{{0,4}}{_KINDS}[单表]?(?:请|要|须|应|必须|需要?)(?:写|填|附|贴|注明|提前|提供)",
    r"^关于|^(?!领导|老板|客户|经理|主管|甲方|刚|突然|临时)[^,。我]{1,6}通知[,:]",
    r"(?:人员|员工|现在|今年|以后)[^,。我]{0,10}统一|假[^,。我]{0,4}统一",
    r"各位(?!领导|好)|(?<!请)大家(?!好)|全体|所有人|全员|集体|everyone|all hands",
    r"全(?:厂|校|院|司|店|公司|部门|班组)|转告|各(?:组|班组|科室|门店|车间|单位|班)|一律|即日起|[本下]个?月起(?=报销|请假|加班|出差|补卡|调休|外出)",
    r"通知[::]|的?通知$|公告|温馨提示|提醒[::]|周知|知悉|请假的[请找跟和]|公司(?:决定|安排|规定|将于|统一)|放假(?:安排|通知|时间|\d)",
)
_FIRST: Final = late(r"我[^,。]{0,12}?(?:请|休|申请|出差|外出|加班|调休|要|想)")
_NEGATED: Final = late(r"(?:没有?|未|从不|从没)(?:再)?(?:请|休|出差|外出|加班|报销|申请)(?!.{0,4}(?:批|卡))")
_PAST: Final = any_of(
    r"(?:批|同意|通过|准|请|休|出差|加班|加|外出|报销|调休)(?:下来|完|到|过|好)?[^,。]{0,8}?"
    r"(?:了|过|完)(?=$|[,。!?~\s的]|我|吧|啦|呀|哈|半|[一二两三四五六七八九十几\d])",
    r"才(?:到家|回|走|结束|睡|下班)|到半夜",
    r"刚[^,。]{0,6}(?:回来|结束|休完|请完|下班|加完)|加班到|到账了",
)
_RECENT: Final = late(r"昨|前天|上周|上个?月|上次|刚|终于|总算|已经|早就|去年|批|才|到现在")
_MADE_UP: Final = late(
    r"补|申请|报销(?![完过好]|流程|制度|系统|了[,。]|了$)|报一下|忘|没提|漏|登记|没来|缺卡|没打|请批|提一?个?单|提交"
)
_ASKED_FOR: Final = late(r"补(?!贴|助|偿)|申请|帮|麻烦|想|要|请(?!假|了)")
_DECIDED: Final = late(r"批|同意|通过|准了|驳")
_DONE: Final = any_of(
    r"^我?休完|^我?(?:出差|休假|外出|加班|年假|假期)(?:回来|结束|休完)(?!.{0,4}(?:再|请|补|申请|调休))",
    r"(?:昨|前天|上周|上个?月|今天)[^,。请]{0,4}(?:[年病事]假|调休|加班|外出|出差|休假)[^,。请休]{1,8}了",
    r"(?:出差|休假|请假|放假|加班)的?第[一二三四五六七\d]天",
    r"(?:假条|申请|报销单|单子)[^,。忘没漏]{0,4}(?:写|填|交|提交?|发)[好完过]?了",
)
_BLAMED: Final = late(r"补了半天|[假休]在家[^,。]{0,4}了|被(?:罚|扣|记|批评|骂|说了|警告|通报)|(?:罚|扣)了")
_SIGH: Final = late(r"[,。\s](?:唉|哎|我?哭|无语|服了|开心|哈哈+|救命|呜+)[了!~。]*$|好多了$")
_DOING: Final = late(r"(?:还|正|又|仍)在(?:加班|出差|外出|休假|外勤)")
_PAID: Final = late(
    r"(?:报销|款|钱)[^,。]{0,4}?(?:收到|打过来|打来|打到)了|(?:到账|钱到|报销[^,。]{0,4}(?:下来|到手))了"
)
_ABOUT: Final = late(  # it is only spoken about: 加班的同事有月饼
    rf"{_KINDS}的(?:同事|人|有|朋友|员工|同学|伙伴|都|各位|小伙伴)|^[^,。]{{0,6}}?你们?(?![帮给替好看能可先就把])[^,。我帮]{{0,6}}?{_KINDS}"
)
_FORGETFUL: Final = late(r"又|记性|老是|总是|天天|真是|第.次|哭|怎么办|完蛋|惨了|郁闷")
_AGAIN: Final = late(r"[又还][要在得]?(?:加班|出差)")
_HABIT: Final = late(
    r"(?:(?:就|终于)能|天天|总是|老是|经常|每天都?|一直在?)[^,。]{0,4}(?:加班|出差|请假|外出|忘打卡|休)"
)
_MOOD: Final = any_of(
    r"累|(?<!麻)烦|惨|爽|真难|太难|辛苦|开心|羡慕|哈哈|嘿嘿|呜|困死|饿死|无聊|讨厌|吐槽|不想上班|怎么又|怀疑人生|使我|让我快乐|太麻烦|太慢|崩溃|服了|泡汤|适合|真?不够用",
    r"好多了|太[晚久多]|舒服了?$|不错|堵车|天天|总是|老是|经常|每天都|又要|又在|好想|真想|好香|真香",
)
_THANKS: Final = late(r"(?:感觉|估计|怕是|看来|看样子)[^,。]{0,3}要|^我?请了[^,。]{0,6}假|加了[^,。]{0,4}班")
_JUDGED: Final = late(
    r"(?:真|太|好|挺|很|超|这么|那么)(?!像|要|想|需)[^\W\d_a-z]{1,3}[的了啊呀!~。]*$|"
    r"被我?[^,。]{0,4}[光完没]了|放[你您]|通过了|批了|批下来了|刚[^,。]{0,4}完|"
    r"(?:费|款|钱|工资|补贴)(?:已经?)?(?:发|到|下来)[^,。]{0,2}了|给你了|路上|途中|完了|收到了|从来?没|谢谢?你(?:帮|给|替)"
)
_WANTED: Final = any_of(
    r"请(?!问|教|客)[^,。]{0,8}假|休(?!息)[^,。]{0,6}假|申请|想(?!到|起)|要(?!是|过)|需|打算|准备|帮|麻烦|补|提|登记|办(?!公)|走(?:个|一下|流程)|报(?!告|名)",
    r"[忘漏缺]|没(?:打|刷|签)|(?:外出|出去)(?=[去到办见拜送取给跑找接])|出[^,。]{0,2}差(?=$|,)|去[^,。]{1,8}出差|(?<![今明昨后当每])晚到|早退|leave|off",
)
_NAMED: Final = any_of(_KINDS)
_FEW: Final = {"expense": 8, "punch": 8}  # letters that may be a place, an item, a reason besides; else 3
_ENDINGS: Final = str.maketrans("啦咯喽嘞", "了了了了")
_TALK: Final = any_of(
    r"^(?:hi|hello|hey|你好|您好|在吗|在不在|在么|早|早上好|晚上好|下午好|晚安|拜拜|再见|thanks?|thank you|thx|哈+|嗯+|哦+)"
    r"[\s,。.!~?]*$",
)


def rejected(text: str, kind: str | None, tokens: list[Token], parts: list[Clause]) -> str | None:
    """Why no request may come of this text, or None. The order matters: the surest signs come first."""
    text = text.translate(_ENDINGS)
    if _TALK.match(text):
        return CHAT
    if _APPROVAL.match(text):
        return APPROVAL
    if _ADDRESSED.search(text) and not _FIRST.search(text):
        return ANNOUNCEMENT
    if _question(text, tokens) and not _asked_for_then(text, tokens, parts):
        return QUERY
    if _WITHDRAWN.search(text):
        return CANCEL
    if _CHANGED.search(text) and not _INTENDED.search(text):
        return MODIFY
    if not people.on_behalf(text) and people.about_another(text) and not _own(text, tokens, parts):
        return OTHER
    if kind is not None and (
        narrated(text, kind, tokens, parts) or _told(text, kind, tokens, parts) or _says_nothing(text, kind, tokens)
    ):
        return CHAT
    return None


def _says_nothing(text: str, kind: str, tokens: list[Token]) -> bool:
    """A kind is named, but neither when, how long or how much, nor that it is asked for: 加班使人变老."""
    if any(token.kind not in _TIMELESS for token in tokens) or re.search(r"\d", text):
        return False
    if _JUDGED.search(text):
        return True
    return _WANTED.search(text) is None and len(_NAMED.sub("", _BARE.sub("", text))) > _FEW.get(kind, 3)


def _own(text: str, tokens: list[Token], parts: list[Clause]) -> bool:
    """小李出差我顶班，今晚加班到10点: somebody else is only the occasion of what one asks for oneself."""
    return any(
        _wishes(clause, tokens, ahead=True) and "我" in text[: clause.end] and not people.about_another(clause.text)
        for clause in parts[1:]
    )


def _asked_for_then(text: str, tokens: list[Token], parts: list[Clause]) -> bool:
    """还有年假吗，有的话明天请一天: the question is the condition of what is asked for then."""
    then = [clause for clause in parts[1:] if _THEN.match(clause.text) and not _ASKING.search(clause.text)]
    return any(_wishes(clause, tokens) for clause in then)


def _question(text: str, tokens: list[Token]) -> bool:
    bare = _CONTACT.sub("", text)
    wonders, asks = _WONDERS.search(bare), _ASKING.search(bare)
    tagged = _TAG.search(bare)
    if tagged:
        body = bare[: tagged.start()]
        return not tokens or (_RULES.search(body) is not None and _PLEASE.search(body) is None)
    if not wonders and not asks:
        return False
    polite = _PLEASE.search(bare)
    definite = any(token.kind not in _TIMELESS for token in tokens)
    return polite is None or not definite or _RULES.search(bare[: polite.start()] + bare[polite.end() :]) is not None


def _told(text: str, kind: str, tokens: list[Token], parts: list[Clause]) -> bool:
    """News about what is done already, and moods: no request without words that make it one."""
    if _NEGATED.search(text) or _PAID.search(text) or _BROKEN.search(text):
        return True
    if _ABOUT.search(text) or (kind == "punch" and _FORGETFUL.search(text) and not _ASKED_FOR.search(text)):
        return True
    if (_THANKS.search(text) and not _MADE_UP.search(text)) or (
        _RECENT.search(text) and _MOOD.search(text) and not _MADE_UP.search(text)
    ):
        return not any(_wishes(clause, tokens) for clause in parts)
    if _BLAMED.search(text) and not _ASKED_FOR.search(text):
        return True
    if _MADE_UP.search(text):
        return False
    if _SIGH.search(text) and not _ASKED_FOR.search(text):
        return True
    ahead = any(token.kind in DAY_WORDS - _VAGUE for token in tokens) and not _RECENT.search(text)
    if (_HABIT.search(text) and not ahead) or _DONE.search(text) or _DOING.search(text):
        return True
    if _RECENT.search(text) and (_PAST.search(text) or _AGAIN.search(text)):
        return _DECIDED.search(text) is not None or not any(_wishes(clause, tokens) for clause in parts)
    return _MOOD.search(text) is not None and not any(token.kind not in _TIMELESS for token in tokens)


def _wishes(clause: Clause, tokens: list[Token], ahead: bool = False) -> bool:
    """Whether a clause asks for a time of its own and tells of nothing that is done: …, 明天调休一天.

    `ahead`: a time to come is enough."""
    timed = any(token.kind in DAY_WORDS - _VAGUE for token in tokens if clause.start <= token.start < clause.end)
    told = any(rule.search(clause.text) for rule in ((_OVER, _RECENT) if ahead else (_PAST, _RECENT, _MOOD)))
    return clause.asks and timed and not told


_VAGUE: Final = frozenset(["vague", "week"])
_OVER: Final = late(r"[了过完](?=$|[\s!~])")
_TIMELESS: Final = frozenset("noise greeting to and or from begin back idle".split())
_BARE: Final = any_of(
    r"[\s,。.!~?、;:()的是了吧呢啊哦哈呀我你您要想就从在自到至和跟或请帮个一下上去有给来可以能行那改成]",
    r"麻烦|谢谢|时间|可能|大概|左右|起|开始|准备|打算|需要|你好|您好|领导|老板|小助手|hi|hello|please|pls",
)
_ABSENT: Final = any_of(
    r"(?:来|去|到|上)不了|不(?:来|去|到|上)(?:公司|单位|上班|班|了)|不在(?:公司|单位|岗)|上不了班|不能(?:来|上班|到岗)",
    r"没法(?:来|去|上班|到)|无法(?:到岗|上班|来)|晚点(?:到|来)|不来(?=$|[,。了])|去外面|在家(?:休息|养病)|有(?:点|些)?事(?=$|[,。!~\s])",
)
_GENERIC: Final = any_of(
    r"(?:提|提交|发起|走|填|办|交)(?:个|一个|一下|一份)?[^,。]{0,4}?(?:申请|审批|流程|单子?|单据)",
    r"我要申请|申请一下|^申请$|^我要?(?:提)?申请$|^审批$",
)


def perhaps(text: str, tokens: list[Token]) -> bool:
    """Without a kind: perhaps a request still, when it is little more than a time, or says somebody is not there."""
    if _GENERIC.search(text):
        return True
    if all(token.kind in _TIMELESS or token.kind == "money" for token in tokens):
        return False
    rest = list(text)
    for token in tokens:
        rest[token.start : token.end] = " " * (token.end - token.start)
    return _ABSENT.search(text) is not None or not _BARE.sub("", "".join(rest))
