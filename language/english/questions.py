"""Questions in English that the office can answer: what they are about and the words about which it is asked."""

import re
from typing import Final

from language.patterns import late

_BEGIN: Final = (
    r"(?:(?:hi|hello|hey|excuse me|please|can you tell me|could you tell me|do you know|tell me|i want to know|"
    r"i'?d like to know)[\s,:]+)*"
)
_TAIL: Final = r"(?: please)?[\s?.!~]*"
_THE: Final = r"(?:an? |the |my |our )?"
_APPROVES: Final = (
    r"(?:approves?|signs?(?: off)?(?: on)?|decides?(?: on)?|reviews?|has to approve|needs to approve|"
    r"must approve)"
)
_SPOKEN: Final = (
    ("phone", r"(?:what(?:'s| is) )?(?P<s>[\w .-]{2,30}?)(?:'s)? (?:phone|mobile|cell|telephone|contact|"
              r"extension)(?: numbers?| no\.?)?"),
    ("phone", r"what(?:'s| is) the (?:phone|mobile|telephone|contact)(?: numbers?)? (?:of|"
              r"for) (?P<s>[\w .-]{2,30}?)"),
    ("phone", r"how (?:do|can|could) (?:i|we) (?:contact|reach|call|get hold of|"
              r"get in touch with) (?P<s>[\w .-]{2,30}?)"),
    ("mine", r"(?:has|have|is|was|are) my (?P<s>[\w -]{1,30}?) (?:been )?(?:approved|done|accepted|processed|"
             r"through)(?: yet| already)?"),
    ("mine", r"(?:what(?:'s| is) (?:the (?:status|progress) of|happening (?:with|to))|where is|how is|"
             r"what about) my (?P<s>[\w -]{1,30}?)(?: now| going)?"),
    ("lead", r"how (?:many (?:working |business )?days|long|far|early|much notice)(?: do(?:es)? (?:i|we|you|"
             r"one) (?:need|have)| must (?:i|we)| should (?:i|we)| is needed)?"
             rf"(?: to (?:apply|ask|file|request|submit))?(?: in)? (?:ahead|advance|before|beforehand|"
             rf"early)(?: (?:do|must|should|can) (?:i|we) (?:need to |have to )?(?:apply|ask|file|request|"
             rf"submit))?(?: (?:for|of|to (?:apply for|request|take|file|"
             rf"ask for)))? {_THE}(?P<s>[\w '-]{{2,40}}?)"),
    ("lead", rf"how (?:far|long|early|many days) (?:in advance|ahead|before) (?:do|must|should|can) (?:i|"
             rf"we) (?:need to |have to )?(?:apply|ask|file|request|submit|take|"
             rf"book)(?: for)? {_THE}(?P<s>[\w '-]{{2,40}}?)"),
    ("lead", rf"how (?:many days|long|early|far) (?:do|must|should) (?:i|we) (?:need to |have to )?(?:apply|ask|"
             rf"file|request|submit|book|plan)(?: for)? {_THE}(?P<s>[\w '-]{{2,40}}?) (?:ahead|in advance|before|"
             rf"beforehand)"),
    ("limit", r"how (?:many times|often) (?:can|may) (?:i|we|one) (?P<s>[\w '-]{2,40}?)(?: (?:a|per|each|every|"
              r"this) (?:month|year))?"),
    ("limit", r"(?:is|are) there (?:an? |any )?limits?(?: of| on| for| to) (?P<s>[\w '-]{2,40}?)"),
    ("form", rf"what (?:do i|do we|should i|must i|documents? (?:do i|are)|papers? (?:do i|are)|information (?:do i|"
             rf"is)|is|are)(?: need| needed| have to (?:provide|attach|fill in)| required| provide| attach|"
             rf" fill in)+ (?:for|to (?:apply for|file|request|submit|get)) {_THE}(?P<s>[\w '-]{{2,40}}?)"),
    ("form", rf"what does {_THE}(?P<s>[\w '-]{{2,40}}?)(?: form| request| application)? (?:need|require|"
             rf"ask(?: for)?)"),
    ("route", rf"who (?:will |has to |needs to |must )?{_APPROVES} {_THE}(?P<s>[\w ',.-]{{2,40}}?)"),
    ("route", rf"who (?:is|are) {_THE}approvers? (?:of|for) {_THE}(?P<s>[\w ',.-]{{2,40}}?)"),
    ("route", rf"(?:what(?:'s| is)|how is) the (?:approval )?(?:route|process|workflow|flow|procedure|chain) (?:of|"
              rf"for) {_THE}(?P<s>[\w ',.-]{{2,40}}?)"),
    ("route", rf"(?:by whom|who) (?:is|are|will|must|has) {_THE}(?P<s>[\w ',.-]{{2,40}}?) (?:be )?(?:approved|"
              rf"signed|reviewed)(?: by)?"),
    ("leader", r"who (?:leads|heads|runs|manages|is in charge of|is the (?:head|leader|manager|"
               r"boss) of) (?:the )?(?P<s>[\w &-]{2,30}?)(?: department| team| group)?"),
    ("leader", r"who(?:'s| is) (?P<s>my|[\w .-]{2,30}?'s) (?:direct |line )?(?:boss|manager|supervisor|leader|"
               r"superior)"),
    ("leader", r"who (?:do|does) (?P<s>i|[\w .-]{2,30}?) report to"),
    ("team", r"who (?:is|are|works?)(?: all)? in (?:the )?(?P<s>[\w &-]{2,30}?)(?: department| team| group)?"),
    ("team", r"(?:list|show)(?: me)? (?:the )?(?:members|people) (?:of|"
             r"in) (?:the )?(?P<s>[\w &-]{2,30}?)(?: department| team| group)?"),
    ("person", r"(?:what|which) (?:department|team|group) (?:is|does) (?P<s>[\w .-]{2,30}?) (?:in|work(?: in| for)?|"
               r"belong to)"),
    ("person", r"what does (?P<s>[\w .-]{2,30}?) do"),
    ("post", r"who(?:'s| is) the (?P<s>[\w -]{2,30}?) (?:of|in|at) (?:the )?(?P<w>[\w &-]{2,30}?)"),
    ("post", r"who(?:'s| is) (?:the |our )?(?P<s>[\w -]{2,30}?)"),
    ("post", r"who (?:keeps|holds|handles|is responsible for|takes care of|do i ask about|"
             r"should i ask about) (?:the |an? )?(?P<s>[\w -]{2,30}?)"),
)  # fmt: skip
_RULES: Final = tuple((about, late(_BEGIN + rule + _TAIL, re.I)) for about, rule in _SPOKEN)
_NOT_OURS: Final = late(r"\b(?:weather|news|stock|lunch|dinner|time is it|joke)\b", re.I)
_CALLED: Final = {  # what departments and posts are called in Chinese companies
    "marketing": "市场", "sales": "销售", "finance": "财务", "accounting": "会计", "hr": "人力资源", "human resources": "人力资源",
    "r&d": "研发", "development": "研发", "engineering": "研发", "research": "研发", "admin": "行政", "administration": "行政",
    "purchasing": "采购", "procurement": "采购", "production": "生产", "quality": "质量", "warehouse": "仓库", "it": "信息",
    "legal": "法务", "brand": "品牌", "logistics": "物流", "customer service": "客服", "operations": "运营",
    "cashier": "出纳", "accountant": "会计", "general manager": "总经理", "deputy general manager": "副总经理", "ceo": "总经理",
    "chairman": "董事长", "hr specialist": "人事专员", "hr manager": "人事经理", "finance manager": "财务经理",
    "finance director": "财务总监", "driver": "司机", "lawyer": "法务", "receptionist": "前台", "seal": "印章", "seals": "印章",
    "company seal": "印章", "seal keeper": "印章保管员", "warehouse keeper": "仓库管理员", "buyer": "采购员", "designer": "设计师",
    "sales manager": "销售部经理", "marketing manager": "市场部经理", "admin manager": "行政经理", "purchasing manager": "采购部经理",
}  # fmt: skip
_OWN: Final = {"my": "我", "i": "我", "me": "我"}


def read(text: str) -> tuple[str, str, str] | None:
    """What it is about, the subject and where, as typed; None where it is none that the office can answer."""
    if _NOT_OURS.search(text):
        return None
    for about, rule in _RULES:
        if found := rule.fullmatch(text.replace("’", "'")):
            where = (found.groupdict().get("w") or "").strip(" ,.")
            return about, _called(found["s"].strip(" ,.").removesuffix("'s"), about), _called(where, about)
    return None


def _called(words: str, about: str) -> str:
    if about not in ("leader", "team", "post"):
        return words
    small = words.lower()
    return _OWN.get(small) or _CALLED.get(small) or _CALLED.get(small.removesuffix(" department")) or words
