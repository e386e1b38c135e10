"""A message is read clause by clause: which of them asks, which only tells why."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from language.patterns import any_of, late

_BREAK: Final = late(r"(?<!\d),|,(?!\d{3}(?!\d))|[。;!?\n]|\.(?!\d)(?<![a-z]\.)")
_ASKS: Final = any_of(
    r"请(?!问|大家|各位|客|教|看|帮忙看)|休(?!息室|闲)|[病事年婚产丧]假|假(?!如|期|的|货|装)|调休|补休|倒休",
    r"申请|提(?:交|个|一|单)|补(?!丁|贴|充|助|课|牙)|帮我|出差|外出|公出|外勤|出去|加班|飞(?!机)|赴|报销|报一下|打卡|卡$",
    r"目的地|(?:时间|日期)[:是为]|(?<![今明昨后当每])晚到|迟到|早走|早退|(?<![a-z])ot(?![a-z])|leave|off|business trip",
)
_ELSEWHERE: Final = any_of(
    r"正常(?:上班|打卡|出勤)|(?:回来|照常|再|能|可以|准时)上班|(?:回|到|去)(?:公司|单位|岗)|返岗|到岗",
    r"截止|到期|上线|交付|前(?:要|得|必须|提交|完成)|发布|没睡|已经|之前|生日|开学(?!术)|值班表",
)
_OTHER: Final = any_of(
    r"老婆|老公|妻子|丈夫|爱人|孩子|小孩|儿子|女儿|宝宝|娃|爸|妈|父亲|母亲|爷爷|奶奶|外公|外婆|姥|岳|家人|家里|弟|妹|哥|姐",
    r"朋友|同学|客户|公司|项目|系统|房东|师傅|物业|对方|领导|老板|同事|他|她",
)
_FIX: Final = any_of(
    r"改成|改为|改到|改(?=周|星期|礼拜|[今明后]天|\d|下周)|换成|换到|变成|更正|不对|说错了?|写错了?|哦不|应该是|no wait",
    r"还是(?=[^\W_a-zA-Z]{1,8}吧)|(?<=不是)[^,。]{0,8}[,，]?(?:而)?是",
)
_DROPPED: Final = any_of(r"本来|原本|原来|原定|原计划|原想|之前(?:想|说)|一开始想")


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of the text between punctuation marks."""

    start: int
    end: int
    text: str
    asks: bool
    fixed: bool  # a correction stands before it or in it: what comes later counts
    dropped: bool  # 本来想…

    def other_before(self, place: int) -> bool:
        """Whether somebody or something else is the subject before that place of the text."""
        return _OTHER.search(self.text[: max(0, place - self.start)]) is not None

    @property
    def elsewhere(self) -> bool:
        """Whether it is a remark about other times: 明天正常上班."""
        return _ELSEWHERE.search(self.text) is not None


def clauses(text: str) -> list[Clause]:
    """The clauses of the text, in order."""
    found: list[Clause] = []
    begin, fixed = 0, False
    for end in [*(match.start() for match in _BREAK.finditer(text)), len(text)]:
        piece = text[begin:end]
        if piece.strip():
            fix = _FIX.search(piece)
            fixed = fixed or fix is not None
            found.append(
                Clause(begin, end, piece, _ASKS.search(piece) is not None, fixed, _DROPPED.search(piece) is not None)
            )
        begin = end + 1
    return found


def correction(text: str) -> int:
    """Where the last correction ends (本来想X，改成Y), or -1: what stands before it no longer counts."""
    ends = [match.end() for match in _FIX.finditer(text)]
    return ends[-1] if ends else -1


def clause_at(found: list[Clause], place: int) -> Clause:
    """The clause in which that place of the text lies."""
    return found[clause_number(found, place)]


def clause_number(found: list[Clause], place: int) -> int:
    """The number of the clause in which that place of the text lies."""
    return min(bisect_right(found, place, key=lambda clause: clause.end), len(found) - 1)
