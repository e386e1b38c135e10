"""Which kind of request the words name, and which type of leave."""

import re
from typing import Final

from language.clauses import Clause, clause_number, correction
from language.lexer import Token
from language.patterns import any_of, late
from language.people import about_another

_EDGE: Final = r"(?<![a-z]){}(?![a-z])"
_TYPES: Final = tuple(
    (name, late(words, re.I))
    for name, words in (
        ("paternity", r"陪产(?!检)假?|护产假|侍产假|" + _EDGE.format(r"paternity")),
        ("maternity", r"(?<!流)(?<!陪)产假|生育假|" + _EDGE.format(r"maternity")),
        ("annual", r"年休假?|年假|带薪假|特休假?|" + _EDGE.format(r"annual(?: leave)?|al|pto|vacation")),
        ("sick", r"病假|病休|" + _EDGE.format(r"sick(?: leave| day)|sl")),
        (
            "comp",
            r"调个?休|补休|倒休|换休|串休|"
            + _EDGE.format(r"comp(?:ensatory)?[ -]?(?:off|time|leave|day)|time off in lieu|toil"),
        ),
        ("marriage", r"结?婚假|" + _EDGE.format(r"(?:marriage|wedding)(?: leave)")),
        ("bereavement", r"丧假|奔丧假?|" + _EDGE.format(r"(?:bereavement|funeral)(?: leave)?")),
        ("personal", r"事假|私假|" + _EDGE.format(r"(?:personal|casual)(?: leave| day)")),
    )
)
_EITHER: Final = late(
    "([年病事调婚产丧特][假休])(?:或者?是?|还是|/)([年病事调婚产丧特][假休])"
)  # which one is asked for
_NOT_THIS: Final = late(r"(?:不是|不用|不请|不休|不要|别|没有?|并非|非)(?:请|休|用)?$")
_USED_UP: Final = late(r"^(?:已经|都|也)?(?:用完|用光|休完|没了|不够|不足|清零|快过期|余额)")
_PUNCH: Final = any_of(
    r"补[^,。;!?]{0,14}?卡(?!片)|补签(?!字)|缺卡|漏(?:打)?卡|漏签|补登考勤|打卡机?(?:没|坏|失败|故障|异常|漏|忘)",
    r"(?:忘|漏|没|未)[^,。;]{0,5}?[打刷](?:上|到|成)?(?:[上下]班)?卡|卡[^,。;]{0,2}?(?:忘|漏|没)[记了]*打",
    r"没(?:刷|签)(?:到|退|卡)|忘(?:记|了)*(?:刷卡|签到|签退)|(?:[上下]班|早|晚|的)卡[^,。;]{0,4}?(?:补(?!贴|助)|[忘漏缺没丢])",
)
_EXPENSE: Final = any_of(
    r"报个?销|报账|报个?(?:账|票|发票)|(?<![补上申汇])报一下|报个?[^,。]{0,6}费|垫[付了的]|reimburse",
    r"(?:\d|[元块毛费票款二三四五六七八九十])[^,。]{0,3},?\s*(?:一起|都|要|想|帮我?|麻烦)?报(?:了|下|掉|吧)*(?=[。!~]*$)",
    r"(?:先|再|要|想|帮我)报(?!名|告|到|警|备)[^,。]{1,10}(?:\d|元|块)",
    r"把[^,。]{0,16}?报(?:了|掉|下|上|(?=$|[,。!]))|(?:费|票|款|钱)[^,。]{0,4}?报(?:下|掉|了(?=$|[,。!吧])|上)",
)
_OVERTIME: Final = late(
    rf"加[^,。;]{{0,6}}?班(?![车狗族餐饭费]|时长[^:是为约共\s\d一二两三四五六半]|补贴|工资|文化|夜宵)|{_EDGE.format('ot')}|overtime",
    re.I,
)
_TRIP: Final = late(r"出[^,。;]{0,3}?差(?![错别距]|补贴|补助|津贴|标准)|差旅(?!费)|business trip", re.I)
_OUTING: Final = any_of(r"(?<![国海])外出(?!差)|公出|外勤|外访|off-?site")
_ERRAND: Final = any_of(  # an outing, when no kind is named
    r"出去(?:一趟|一下|办|见|拜访|送|取)|出门(?:办事|一趟)|跑(?:一趟|趟)|去趟"
)
_LEAVE: Final = any_of(
    r"请(?!问|大家|各位|客|教|于|勿|及时|注意|务必|示)[^,。;!?]{0,14}?假(?!如|装|日|期间)",
    r"休[^,。;!?]{0,10}?假(?!日|模式|状态|心情)|(?<!放)(?<!真)假条|请长假|的假(?=$|[,。!?吗吧])|要假",
    r"请[了个]?[半一两三四五六七八九十\d.]+个?(?:天|小时|钟头|周|星期|日)|[休歇]息?(?:半天|[一两三四五\d]天)",
    r"(?<![今明昨后当每])晚[到来](?=.{0,6}(?:小时|分钟|点|一会|请|[,。]|$))|迟到(?=[半一两三四五\d])|早[走退](?!流)|提[前早][^,。]{0,6}?(?:走|下班|离开)",
    r"(?<![a-z])(?:leave|days? off)(?![a-z])",
)
_TIMELY: Final = frozenset(
    "date monthday numeric inmonth daynum lunar weekday relative pair offset festival nth part clock".split()
)


def kind_of(text: str, parts: list[Clause]) -> str | None:
    """The kind of request that the words name, or None."""
    if _EXPENSE.search(text):
        return "expense"
    if _PUNCH.search(text):
        return "punch"
    found = _named(text)
    if len(found) <= 1:
        return found[0][1] if found else "outing" if _ERRAND.search(text) else None
    return _main(found, text, parts)


def _named(text: str) -> list[tuple[int, str]]:
    """Kinds and where they stand, in order."""
    places = [
        (match.start(), kind)
        for kind, rule in (("overtime", _OVERTIME), ("trip", _TRIP), ("outing", _OUTING))
        if (match := rule.search(text))
    ]
    leave = [match.start() for match in [_LEAVE.search(text), *(rule.search(text) for _, rule in _TYPES)] if match]
    return sorted([*places, *([(min(leave), "leave")] if leave else [])])


def _main(found: list[tuple[int, str]], text: str, parts: list[Clause]) -> str:
    """Of several kinds the one that is asked for: what was done, or belongs to a noun, is only said about it."""
    own = [(place, kind) for place, kind in found if not about_another(parts[clause_number(parts, place)].text)]
    kinds = [kind for place, kind in own or found if not _told(kind, text)]
    if "leave" in kinds and any(kind in kinds for kind in ("overtime", "trip")) and not two_requests(text, parts, []):
        return "leave"
    return kinds[0] if kinds else found[0][1]


def _told(kind: str, text: str) -> bool:
    rule = {
        "overtime": r"(?:昨|前天|上周|上个?月)[^,。]{0,8}加班|加[了过的][^,。]{0,4}班|(?:抵扣?|换|用掉?)[^,。]{0,10}加班|"
        r"加班(?:换|的?调休|费|时长|时间|了|过|后|[^,。]{0,4}(?:换|抵|转))",
        "trip": r"出差(?:了|过|回来|后|期间|刚|补贴)|刚出差",
        "outing": r"外出(?:了|过|时)",
    }.get(kind)
    return rule is not None and re.search(rule, text) is not None


def two_requests(text: str, parts: list[Clause], tokens: list[Token]) -> bool:
    """明天上午请事假，下午外出: two kinds in two clauses, each with a time of its own."""
    named: dict[str, int] = {}
    for place, kind in _named(text):
        if not _told(kind, text):
            named[kind] = clause_number(parts, place)
    timed = {clause_number(parts, token.start) for token in tokens if token.kind in _TIMELY}
    typed = {clause_number(parts, place) for place, _ in _typed(text)} & timed
    if len(typed) > 1 and len(leave_types(text)) > 1:  # 上午请事假，下午请病假
        return True
    return len({n for n in named.values() if n in timed}) > 1


def leave_types(text: str) -> list[str]:
    """The types of leave that are asked for, in order; a correction replaces what stands before it."""
    found = [] if _EITHER.search(text) else _typed(text)
    fixed = correction(text)
    later = [one for one in found if one[0] >= fixed]
    return list(dict.fromkeys(name for _, name in sorted(later or found)))


def either_type(text: str) -> tuple[str, ...]:
    """The words for the types between which the message does not decide: 年假或者事假."""
    found = _EITHER.search(text)
    return tuple(dict.fromkeys(found.groups())) if found else ()


def _typed(text: str) -> list[tuple[int, str]]:
    """Types of leave and where they stand, but for those that are said not to be meant."""
    found: list[tuple[int, str]] = []
    for name, rule in _TYPES:
        for match in rule.finditer(text):
            if not _NOT_THIS.search(text[max(0, match.start() - 6) : match.start()]) and not _USED_UP.match(
                text[match.end() : match.end() + 8]
            ):
                found.append((match.start(), name))
    return found
