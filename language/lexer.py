"""Words about time and money: one alternation over the text, a rule a kind of word, the more specific ones first."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from language.festivals import NAMES
from language.numerals import NUMBER
from language.patterns import HAN, late

_N: Final = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_MONTH: Final = r"(?:上上个?|上个?|下下个?|下个?|这个?|本|当)月|次月"
_WEEK: Final = r"上上个?|上个?|下下个?|下个?|这个?|本"
_DAY: Final = r"(?:\d{1,2}(?!\d)|(?>[一二三四五六七八九十]{1,3}))"
_WEEKDAY: Final = r"(?:[一二三四五六日天末]|[1-7](?!\d))"
_ENGLISH_DAYS: Final = r"mon|tue|wed|thu|fri|sat|sun"
_ENGLISH_MONTHS: Final = r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_FESTIVALS: Final = "|".join(sorted(NAMES, key=len, reverse=True))
_NTH: Final = r"(?P<nth>最后|倒数第)(?:一|1)?个?|第(?P<count>[一二三四1-4])个?"
_UNITS: Final = "|".join(  # what a number counts when it is no time
    (
        r"楼|层|栋|号(?:楼|线|门|院|馆|库|厅|机|会|车|店|仓|(?=文件|项目|工位|公馆|住院))",
        r"度|℃|%|公里|km|米|吨|折|岁|年级|期|级|版|胎",
        r"个(?!小时|钟|工作日|自然日|整天|半|星期|礼拜|周|月)|人|位|名|班|次|趟|顿|晚|站",
        r"张|台|套|份|批|家|页|箱|件|颗|针|杯|桌|单|座|辆|本",
    )
)

_RULES: Final = (
    ("greeting", r"(?:早上|上午|中午|下午|晚上|大家)好|晚安|早安"),
    ("noise", rf"双(?:十一|11|十二|12)|(?:第{NUMBER}|(?<![\d.]){NUMBER})\s?(?:{_UNITS})|\d{{7,}}(?!\d)(?<!20\d{{6}})|"
              r"v\d+(?:\.\d+)*|有(?:一)?点|(?:早|晚|快|差)一?点(?!\d)|"
              r"一点(?=事|儿|私|不|小|也|都|没)|一起|半个?月|(?:还有|还剩|剩余?|余额|提前|每|一共有)\s?\d+(?:\.\d+)?天|\d+天(?=内)|[一二两三]天两头"),
    ("money", r"(?:[¥￥$]|rmb\s?)\s?(?P<front>\d[\d,]*(?:\.\d+)?)(?P<kilo1>万|k)?(?:元|块)?|"
              rf"(?P<sum>\d[\d,]{{0,18}}(?:\.\d+)?|{NUMBER})\s?(?P<kilo2>万|千|k(?![a-z]))?\s?"
              rf"(?:元|块钱?(?!钱)|圆|rmb|yuan|人民币|(?<=[万k])(?!\d))(?P<tail>\d{{1,2}}(?!\d)|[一二三四五六七八九](?![天个]))?(?:毛|角)?"),
    ("date", r"(?<!\d)(?P<year>20\d\d|二[零〇][一二三四五六七八九][一二三四五六七八九零〇]|\d\d(?=年))\s?[年./-]\s?"
             rf"(?P<month>{_N})\s?[月./-]\s?(?P<day>{_DAY})\s?[日号]?"),
    ("date", r"(?<!\d)(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)"),
    ("next", r"(?<=[到至])(?:第二天|次日|翌日)"),
    ("nth", rf"(?:(?P<month>{_MONTH}|{_N}月份?)|(?P<year>今年|明年|年)|(?P<week>(?:{_WEEK})(?:周|星期|礼拜)))?"
            rf"(?:底)?的?(?:{_NTH})(?P<what>工作日|天|(?:周|星期|礼拜)[一二三四五六日天])"),
    ("monthday", rf"(?P<year>明年|今年|去年|来年)?的?(?P<month>(?>{_N}))月份?(?P<day>{_DAY})"
                 r"(?!天|个|周|人|次|楼|点)[日号]?"),
    ("inmonth", rf"(?P<month>{_MONTH})的?(?P<day>{_N})[号日](?!楼)"),
    ("lunar", r"(?:农历|阴历)?(?P<month>腊月|正月)(?P<day>初[一二三四五六七八九十]|三十|(?:二十|廿)[一二三四五六七八九]?|十[一二三四五六七八九]?)|"
              r"大年(?P<first>初[二三四五六七八])"),
    ("edge", rf"(?P<month>{_MONTH}|(?>{_N})月份?)?的?(?:月?(?P<edge>底|末|初|中旬?|上旬|下旬))(?<=月[底末初中]|[上中下]旬)|"
             r"(?P<yearend>年底|年末|年初|年后|年前|年中)"),
    ("festival", rf"(?<![双\d一二三四五六七八九十月周期拜])(?P<name>{_FESTIVALS})(?!月|号|日|点|个|天|人|楼|块|元|分|年|时|线|路|\d)节?"
                 r"(?:(?:放假|长假|小长假|假期|黄金周|节日|放?假)(?!条))?的?"
                 r"(?P<relation>期间|前夕|前一天|前1天|(?:之)?前的?(?:最后|倒数第)?一个?(?:工作日|天)|"
                 r"(?:假期)?(?:之)?后的?第?(?P<after>[一二三1-3])个?(?:天|工作日|个工作日)|上班第一天|收假第一天|后上班第一天|"
                 r"第一天|最后一天|[前后][两二三四五2-5]天|当天|那天|前后)?"),
    ("block", r"(?:节|假期?|放假|收假)(?P<relation>后的?(?:上班)?的?第?(?P<after>[一二三1-3])个?(?:天|工作日)|后上班第一天|"
              r"前的?(?:最后)?一个?(?:天|工作日))|复工(?P<work>第一天)"),
    ("vague", rf"过几天|过(?:一?段时间|一?阵子?)|过两天|过些天|这几天|这两天|那两天|前几天|前两天|近几天|最近|近期|改天|哪天|有空|回头|节后|节前|下半年|"
              rf"(?P<alone>{_MONTH})(?!底|初|末|中|上旬|下旬|份?{_N}[号日])份?|(?:每|周周)(?:周|星期)[一二三四五六日天]?"),
    ("weekday", rf"(?P<week>{_WEEK})(?:周|星期|礼拜)(?P<day>{_WEEKDAY})(?!天(?!气)|个|小)|"
                rf"(?<![一二两三四五六七八九十半整几每])(?:周|星期|礼拜)(?P<bare>{_WEEKDAY})(?!天(?!气)|个|小)"),
    ("weekday", rf"(?<![a-z])(?:(?P<eweek>next|this|last)\s+)?(?P<eday>{_ENGLISH_DAYS})(?:[a-z]*day)?(?![a-z])"),
    ("week", rf"(?P<week>{_WEEK})(?:周|星期|礼拜)|(?<![a-z])next\s+week(?![a-z])"),
    ("pair", r"(?P<pair>今明|明后|前昨|昨今)(?P<count>[两2二])?[天日]"),
    ("offset", rf"(?:再?过)?(?P<n>{NUMBER})(?:个)?(?P<unit>天|日|周|星期|礼拜)(?:之后|以后|后)(?!面|续|的第)|"
               rf"(?<![请休加住待去])再?过(?P<n2>{NUMBER})(?P<unit2>天|周)(?!年)"),
    ("relative", r"(?P<word>大前天|大后天|前天|前日|昨天|昨日|昨儿个?|今天|今日|今儿个?|明天|明日|明朝(?![代皇时])|今朝|明儿个?|后天|后日|后儿个?|明个儿?)|"
                 r"(?<![a-z])(?P<english>today|tomorrow|tmr|tmrw|yesterday)(?![a-z])"),
    ("relative", r"(?P<word>[昨今明后当])(?P<part>早上?|晨|上午|下午(?!茶)|晚上?|夜)(?![饭餐])|(?<![a-z])(?P<part2>tonight)(?![a-z])"),
    ("same", r"那一?天|当天(?!往返|来回|回|去)|当日(?!往返|来回|回)|同一天"),
    ("next", r"第二天|次日|翌日|隔天"),
    ("monthday", rf"(?<![a-z])(?P<emonth>{_ENGLISH_MONTHS})[a-z]*\.?\s?(?P<eday>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])|"
                 rf"(?<![\d.])(?P<eday2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<emonth2>{_ENGLISH_MONTHS})[a-z]*"),
    ("numeric", r"(?<![\d./a-z])(?<!\d:)(?P<month>1[0-3]|0?[1-9])\s?(?P<sep>[./-])\s?(?P<day>3[01]|[12]\d|0?[1-9])"
                r"(?![\d:%kK度天个小倍点时万元块折]|[./-]?\d*元|\.\d)(?:[日号])?"),
    ("clock", r"(?P<early>早|晚)?(?<![\d.])(?<!\d:)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d)?(?!\d)"
              r"(?:\s?(?P<meridiem>[ap]m))?|"
              r"(?<![\d.a-z])(?<!\d:)(?P<hour3>\d{1,2})\s?(?P<meridiem3>[ap]m)(?![a-z])|"
              r"(?P<early2>早|晚)?(?P<hour2>(?>\d{1,2}|[零一二两三四五六七八九十]{1,3}))(?:点|时(?!间|候|段|长|常))(?:钟|整)?"
              r"(?P<minute2>半(?!天)|[一三]刻|(?>\d{1,2}|[零一二三四五六七八九十]{1,3})分?(?!天|个|小时|点|号|日|月|周|:|\d))?(?!多|左右几)"),
    ("days", r"(?<=[假休差共期请])(?P<n>[一两二三四五1-5])日(?!\s?[到至~、和-]|期|常)"),
    ("daynum", r"(?<![\d.第])(?<!\d:)(?P<day>(?>\d{1,2}|[一二三四五六七八九十]{1,3}))(?:号|日(?!期|常|志|报|程|内|游|往返|来回))"
               r"(?!楼|线|门|院|馆|库|厅|机|会|车|店|仓|码|文件|公馆|工位)"),
    ("approx", r"(?:[一两二三四五六七八][两二三四五六七八九](?=天|个?小时|个?钟头|日)|几(?=天|个?小时|个?钟头|日)|\d-\d(?=天|个?小时)|"
               r"[一两二三四五]到[两二三四五六](?=天))个?(?:天|日|小时|钟头)"),
    ("idle", r"(?:忙|等|弄|搞|找|折腾|说|想|耽误|堵|排)了?(?:我|了)?(?:大?半天|好?几天|一上午|一下午|一整?天|[两二三四五]天)|"
             r"(?:这|那|前|后|头|近|第|有|每|某)\s?[一二两三四五六七八九十\d]*天(?!后)"),
    ("halfday", rf"(?P<n>{NUMBER})(?:个)?天半(?!天)|(?:一个)?半(?:个)?(?:天|日|工作日)|half[ -]?(?:a[ -])?day|半晌"),
    ("days", rf"(?P<n>{NUMBER})\s?(?:个)?整?(?:天(?:{NUMBER}[夜晚])?|日(?!期|常|志|报|程|内|游|往返|来回)|工作日|自然日)(?!线|气|津|然)|"
             r"(?<![a-z])(?P<en>\d+(?:\.\d+)?|one|two|three|four|five|a)[ -]?(?:working )?days?(?![a-z])"),
    ("hours", rf"(?P<n>{NUMBER})\s?(?P<mid>个半|个)?(?:小时|钟头|钟(?!前))(?P<half>半)?|半个?(?:小时|钟头|钟)|"
              r"(?P<en>\d+(?:\.\d+)?|one|two|three|four)\s?(?:hours?|hrs?|h)(?![a-z])"),
    ("minutes", rf"(?P<n>{NUMBER})\s?(?:分钟|mins?(?![a-z])|minutes?)|(?P<quarter>[一三])刻钟"),
    ("weeks", rf"(?P<n>{NUMBER})\s?个?(?:整?周(?!年(?!假|休)|岁|边|转|报)|星期|礼拜|weeks?(?![a-z]))(?![一二三四五六日天](?!天))"),
    ("part", r"(?P<am>中午(?:之|以)?前|午前|上半[天日]|上午|早上|早晨|清晨|一大?早|大早上|早间|(?<![a-z])morning)|"
             r"(?P<pm>下午(?!茶)|下半[天日]|午后|(?<![a-z])afternoon)|"
             r"(?P<eve>下班(?:以|之)?后|傍晚|晚上|晚间|夜里|夜间|(?<![后下])半夜|(?<![a-z])evening)|"
             r"(?P<dawn>凌晨|[后下]半夜)|(?P<noon>中午(?![饭餐])|正午|noon)|"
             r"(?P<all>全天|一整天|整天|一天到晚|整日|(?<![a-z])all day|whole day)"),
    ("back", r"到家(?!里|长|访)|返程|返回|回程|返(?=$|[\s,。.;!])|(?<!就)(?<!来)(?<!送)回(?!复|访|家|执|款|收|避|老|顾|单|函|信|购)"
             rf"(?:来|去|公司|单位|程|到?{HAN}{{2}}(?=$|[\s,。.;!]))?"),
    ("begin", r"开始|(?:以|之)后|出发|动身|起(?!来|床|码|飞|诉|草|因|点|名|步|到|伏|吧)|(?<![a-z])onwards?"),
    ("to", r"(?<![改换调挪签报迟])直?到(?!期|位|店|家|场|岗|账|手|货|底|处|站)|至(?!少|今|于)|"
           r"[-—–→]|(?<=[\d\s号日月点天一二三四五六末底半午初晚上早分时钟整刻)])~|(?<![a-z])(?:to|until|till|through|thru)(?![a-z])"),
    ("or", r"或者?是?|还是(?!不|得|要|请|去|有|没|很|想)|(?<![a-z])or(?![a-z])"),
    ("and", r"和|跟(?!客|进|踪|随)|与(?!会)|以及|及(?!时|格)|、|&|\+|(?<![a-z])and(?![a-z])"),
    ("from", r"从|自(?!己|费|驾|动|然|行|愿|学|考|助|付)|打(?=明|后|今|周|下周)|(?<![a-z])(?:from|since|starting)(?![a-z])"),
)  # fmt: skip
_NAMED: Final = late(r"[?]P<(\w+)>")
_SCAN: Final = late(
    "|".join(f"(?P<rule_{at}>" + _NAMED.sub(rf"?P<\g<1>_{at}>", rule) + ")" for at, (_, rule) in enumerate(_RULES)),
    re.I,
)


def _parts() -> dict[int, tuple[str, list[tuple[str, int]]]]:
    """By the number of a rule's group: its kind of word, and names and numbers of the groups within."""
    found: dict[str, list[tuple[str, int]]] = {}
    for name, number in _SCAN.groupindex.items():
        part, _, rule = name.rpartition("_")
        found.setdefault(rule, []).append((part, number))
    return {parts[0][1]: (_RULES[int(rule)][0], parts[1:]) for rule, parts in found.items()}


_PARTS: Final = _parts()


@dataclass(frozen=True, slots=True)
class Token:
    """A word about time or money: where it stands, and the parts of it that its rule names."""

    kind: str
    start: int
    end: int
    said: Mapping[str, str]

    def get(self, *names: str) -> str:
        """The first of these parts that was said, in small letters; empty when none was."""
        return next((self.said[name].lower() for name in names if name in self.said), "")


def scan(text: str) -> list[Token]:
    """The words about time and money, in order. Linear in the text's length."""
    return list(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    for match in _SCAN.finditer(text):
        kind, parts = _PARTS[match.lastindex or 0]
        if match.end() > match.start():
            said = {name: words for name, number in parts if (words := match[number]) is not None}
            yield Token(kind, match.start(), match.end(), said)
