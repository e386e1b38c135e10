"""Questions that the office can answer: who approves, how far ahead, whose telephone, who holds a post. Pure."""

import re
from dataclasses import dataclass
from typing import Final, Literal, cast

from language.english import questions as english
from language.english import speaks
from language.patterns import any_of, late
from language.spelling import plain

About = Literal["route", "lead", "limit", "form", "phone", "person", "post", "leader", "team", "mine"]
LONGEST: Final = 60  # characters of a question


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`about`: who approves (`route`), how far ahead (`lead`), how often (`limit`), what a form asks (`form`), whose
    `phone`, who somebody is (`person`), who holds a `post` (of the department `where`, if one is named), who leads
    somebody or a department (`leader`), who belongs to a department (`team`), how one's own cases stand (`mine`).
    `subject`: the words about which it is asked, as typed."""

    about: About
    subject: str
    where: str = ""
    plainly: bool = True  # it is put as a question, not as two words that may be one


_IS: Final = r"\s*(?:是|叫)\s*(?:谁|哪位|哪个人|哪些人|哪几位|什么人|who)"
_TAIL: Final = r"(?:啊|呀|呢|吗|嘛|来着)?[\s?。!~]*$"
_BEGIN: Final = (
    r"^(?:请问|问一?下|想问一?下|我想问|我想知道|麻烦问下|帮我查一?下|帮我看一?下|查一?下|你好|您好)?[\s,:]*"
)
_BY: Final = r"(?:由|找|给|要|需要|得|归)?(?:谁|哪些人|哪几个人|哪个领导|什么人)(?:来|去)?"
_SPOKEN: Final[tuple[tuple[About, str], ...]] = (
    ("phone", r"(?:怎么|如何)?(?P<s>.{2,20}?)的?(?:电话号码|电话|手机号码?|手机|联系方式|联系电话|分机|号码)"
              r"(?:是|有)?(?:多少|几号|什么)?"),
    ("phone", r"(?:怎么|如何|咋)(?:样)?(?:才能)?联系(?:上|到)?(?P<s>.{2,20}?)"),
    ("mine", r"(?P<s>.{0,20}?)(?:批了|批下来了|审批了|通过了|审完了)(?:没有?|吗|么)"),
    ("mine", r"(?:我的?)(?P<s>.{1,16}?)(?:现在)?(?:到哪一?步?了?|到谁(?:那里|那儿|那|手里|手上)?了?|审到哪了?|卡在(?:哪|谁).*|"
             r"怎么还没批|什么情况|进度(?:如何|怎么样)?)"),
    ("lead", r"(?P<s>.{1,24}?)(?:需要|必须|要|得|应该)?(?:提前|提早)(?:多久|几天|多少天|多长时间|几个工作日|什么时候)"
             r"(?:申请|提交|提|请|说|报备?|走流程)?"),
    ("limit", r"(?:一?个月|每个?月|一年|每年|这个月|本月)(?:最多|可以|能)?(?:最多)?(?:可以|能)?(?P<s>.{0,12}?)"
              r"(?:几|多少)次(?P<t>.{0,8}?)"),
    ("limit", r"(?P<s>.{1,12}?)(?:有没有|有)?(?:次数)?(?:限制|上限)(?:吗|么)?(?:是?几次)?"),
    ("form", r"(?P<s>.{1,16}?)(?:都)?(?:需要|要|得)(?:准备|提供|填写?|交|附|上传)?(?:些|点)?(?:什么|啥|哪些)"
             r"(?:材料|资料|东西|内容|信息|附件|单据)?"),
    ("route", rf"(?P<s>.{{1,24}}?)(?:的话)?{_BY}(?:审批|批准|批|审核|审|签字|签|同意|审的|批的)"),
    ("route", rf"{_BY}(?:来)?(?:审批|批准|批|审核|审|签)(?P<s>.{{1,16}}?)"),
    ("route", r"(?P<s>.{1,24}?)(?:都)?(?:要|需要)?(?:经过|经|走)(?:哪些人|哪几步|谁|哪些领导|什么流程|哪些流程)(?:审批|批)?"),
    ("route", r"(?P<s>.{1,16}?)的?(?:审批)?流程(?:是什么样的|是怎样的|是什么|怎么走|是啥|怎么样|有哪些步骤)"),
    ("leader", rf"(?P<s>.{{1,16}}?)的?(?:直属上级|直接上级|上级领导|直接主管|上级|领导|老板|负责人|头儿|头){_IS}"),
    ("leader", r"谁(?:是|管|负责|带|领导)(?P<s>.{2,12}?部|.{2,12}?[组区室]|我们?组|我们部门?|我)(?:的)?(?:领导|负责人|上级|主管)?"),
    ("team", r"(?P<s>.{2,14}?)(?:里|都)?有(?:哪些人|哪几个人|谁|多少人|几个人)"),
    ("post", rf"(?P<w>.{{2,12}}?)的(?P<s>[^的]{{2,10}}?){_IS}"),
    ("post", rf"(?P<s>[^的]{{2,10}}?){_IS}"),
    ("post", r"谁是(?P<w>.{2,12}?)的(?P<s>.{2,10}?)"),
    ("post", r"(?:谁|哪位)(?:是|管|负责|保管|担任)(?P<s>.{2,10}?)"),
    ("post", r"(?P<s>.{2,10}?)(?:的事|方面)?(?:找|问|联系)(?:谁|哪位|哪个部门)"),
    ("person", r"(?P<s>.{2,12}?)(?:是|在)(?:哪个部门|什么部门|哪个组|什么职位|什么岗位|做什么的|干什么的|哪个部门的)"),
)  # fmt: skip
_RULES: Final = [(about, late(_BEGIN + rule + _TAIL, re.I)) for about, rule in _SPOKEN]
_PLAINLY: Final = any_of(r"的|多少|[?吗]|怎么|如何|谁|哪|什么|几|多久|[没吗么]$")
_NOT_OURS: Final = any_of(r"天气|新闻|股票|几点|吃什么|午饭|晚饭|下班")


def read(text: str) -> Question | None:
    """The question in a message, or None where it is none that the office can answer."""
    said = plain(text).strip()
    if speaks(said):
        asked = english.read(said) if len(said) <= 2 * LONGEST else None
        return Question(about=cast(About, asked[0]), subject=asked[1], where=asked[2]) if asked else None
    if len(said) > LONGEST or _NOT_OURS.search(said):
        return None
    for about, rule in _RULES:
        found = rule.match(said)
        if found:
            parts = found.groupdict()
            subject = (parts.get("s") or parts.get("t") or "").strip(" ,的")
            where = (parts.get("w") or "").strip(" ,的")
            return Question(about=about, subject=subject, where=where, plainly=bool(_PLAINLY.search(said)))
    return None
