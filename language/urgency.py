"""Why something is urgent, where the words say so: 家里突发急事, 孩子突然发烧."""

from typing import Final

from language.patterns import late

_URGENT: Final = late(
    r"(?<![不非没无])(?<!不是)(?<!没有)(?<!没什么)(?<!不算)(?:紧急|突发|突然|加急|急事|急病|意外|来不及)"
)
_PART: Final = late(r"[^,，。;；!！?？\n]+")
_SAYS_NOTHING: Final = late(r"紧急|情况|突发|加急|事情|急事|[\s,，。.!！~是的很有了啊呀吧哦嗯我因为原因:：急]")


def why_urgent(text: str, reason: str | None = None) -> str:
    """What was said of it; `reason` is what the whole text gave as its reason. "" where nothing says it is urgent."""
    if not _URGENT.search(text):
        return ""
    parts = [part for part in _PART.findall(text) if _URGENT.search(part) and says_why(part)]
    said = reason if reason and (_URGENT.search(reason) or not parts) else "，".join(parts)
    return said.strip() if says_why(said) else ""


def says_why(text: str) -> bool:
    """Whether it says more than that it is urgent."""
    return len(_SAYS_NOTHING.sub("", text)) > 1
