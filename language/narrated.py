"""What is only told of a kind of request: what came of it, how it went, where the papers are. Nothing is asked."""

from typing import Final

from language.clauses import Clause
from language.days import DAY_WORDS
from language.lexer import Token
from language.patterns import any_of, late

_NAME: Final = late(
    r"请假|休假|[年病事婚产丧]假|假(?![如装])|调休|出差|外出|外勤|公出|加班|补卡|打卡|报销(?:单|流程|款|系统)?"
)
_WISH: Final = any_of(
    r"(?<!想)想(?!到|起|不|想)|(?<![主重不只])要(?!是|求|不|么)|需|得(?=请|休|加|出|补|去|报|\0)|申请|帮|麻烦|打算|准备|补(?!贴|助|卡补|了)|"
    r"忘|漏|缺|没[打刷签提报来去]|提(?:个|一|交|单)|走(?:个|一下|流程)|请(?:个|\0)|一下|批准|请批"
)
_CAUSE: Final = late(r"病|烧|感冒|不舒服|[疼痛晕吐]|摔|伤|住院|手术|去世|过世|坏|丢|漏水|生[了产]|结婚|到期|来了|错过")
_CAME_OF_IT: Final = late(  # a verb with its result behind the name: 出差三天瘦了两斤
    r"[^\W\d_a-z\0]了(?:$|[\0\s啊呀哈~!]|[一二两三四五六七八九十几好半大\d])|[累忙困气笑]死|[^\W\d_a-z]得(?:我|人|很|要|都|太|真|[^\W\d_a-z]{1,3}$)"
)
_AT_LENGTH: Final = late(r"([补报请加休调])[^,。\0我]{1,3}\1(?:了(?!吧)|得|到(?![\0晚凌深]))")
_THROUGH: Final = late(r"(?:休|请|加|出差|外出|[假班休])完(?!.*(?:再|补|申请|报销|提单|还(?:想|要)))")
_SURPRISE: Final = late(
    r"正好|刚好|恰好|碰巧|偏偏|居然|竟然|果然|难怪|怪不得|幸好|幸亏|想想[都就]|没想到|搞得|害得|害我"
)
_MADE_TO: Final = late(r"(?:让|叫|劝|催|逼|建议)我?[^,。]{0,3}(?:请|休|加|出)")
_STATE: Final = late(r"了(?:$|[\s,。!~\0])|[没被]|卡在|还在|再[交说报]|(?:在|到)财务|终于|到账|[上里]的|写(?:的|着)")
_MAY: Final = late(r"(?:可以|才能|不能|不给|都能)报(?!销?一?下)")
_WEIGHED: Final = late(r"假(?:还|都|也|竟然?)(?:要|得|不|没|能|是|被)")  # 请个年假还要看人脸色
_ONCE_MORE: Final = late(r"又(?:要|得|在|开始)[^,。]{0,4}(?:加|出|外)[^,。]{0,2}[班差出]")
_BORNE: Final = late(
    r"[假差班卡销单]被[^,。]{0,2}[拒驳退打否卡压]|[假休][^,。]{0,2}(?:攒|留|存)着"
)  # 请假被拒, 年假攒着过年休
_SOON: Final = late(r"就(?:开始|要)?(?:休|放)[^,。]{0,2}假了")
_FILED: Final = late(r"申请|帮|麻烦|补|提|批")
_LENGTHS: Final = frozenset("clock hours minutes days halfday weeks part".split())
_PAST_DAY: Final = late("昨|大?前")
_AFTERWARDS: Final = late(r"正常|上班|到岗|补|申请|请|休|报")


def narrated(text: str, kind: str, tokens: list[Token], parts: list[Clause]) -> bool:
    """Whether the words around the kind's name tell of it, and none of the message asks."""
    if kind == "unknown":
        return False
    bare = _timeless(text, tokens)
    if _AT_LENGTH.search(bare) or (_THROUGH.search(text) and not _WISH.search(bare)):
        return True
    dated = any(token.kind in DAY_WORDS and not _undated(token) for token in tokens)
    wished = _WISH.search(bare) is not None
    if kind == "expense":
        sums = any(token.kind == "money" for token in tokens)
        return not wished and not sums and (_stands(bare, parts) or _MAY.search(bare) is not None)
    if not wished and _MAY.search(bare):
        return True
    if not dated and _WEIGHED.search(bare):
        return True
    if not _FILED.search(text) and (
        _SOON.search(bare)
        or _BORNE.search(bare)
        or (_ONCE_MORE.search(bare) and not any(token.kind in _LENGTHS for token in tokens))
    ):
        return True
    if not dated and not wished and (_SURPRISE.search(text) or _MADE_TO.search(text)):
        return True
    if not dated and not wished and kind != "punch":
        return any(_result(bare[clause.start : clause.end]) for clause in parts)
    return not wished and _went_on(tokens, parts)


def _undated(token: Token) -> bool:
    """A word for no day that is still to come."""
    past = _PAST_DAY.match(token.get("word")) is not None or token.get("week", "month").startswith("上")
    return past or token.kind in ("vague", "same")


def _timeless(text: str, tokens: list[Token]) -> str:
    """The text with marks in the place of its words about time."""
    left = list(text)
    for token in tokens:
        if token.kind not in ("noise", "money", "and", "or", "to", "from", "begin", "back"):
            left[token.start : token.end] = "\0" * (token.end - token.start)
    return "".join(left)


def _result(clause: str) -> bool:
    names = [match.end() for match in _NAME.finditer(clause)]
    behind = clause[names[-1] :] if names else ""
    return bool(behind) and _CAME_OF_IT.search(behind) is not None and _CAUSE.search(behind) is None


def _stands(bare: str, parts: list[Clause]) -> bool:
    """报销打回来了, 报销单卡在财务三天了: without a sum, and something is said of the claim."""
    for clause in parts:
        words = bare[clause.start : clause.end]
        if (at := words.find("报销")) >= 0 and _STATE.search(words, at + 2):
            return True
    return False


def _went_on(tokens: list[Token], parts: list[Clause]) -> bool:
    """昨天请病假，今天满血复活: a day that is over, then what became of it, and nothing is asked after that."""
    days = [token for token in tokens if token.kind == "relative"]
    for at, clause in enumerate(parts[:-1]):
        told = clause.asks and any(_PAST_DAY.match(day.get("word")) for day in days if _within(day, clause))
        after = parts[at + 1 :]
        if told and not any(one.asks or _AFTERWARDS.search(one.text) for one in after):
            return any(_within(day, one) and day.get("word")[0] == "今" for one in after for day in days)
    return False


def _within(token: Token, clause: Clause) -> bool:
    return clause.start <= token.start < clause.end
