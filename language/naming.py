"""Which flow a message names: by its title, or by what people call it. Pure; what flows are called comes in."""

import re
from collections.abc import Mapping
from typing import Final

from language import requests
from language.clauses import clauses
from language.lexer import scan
from language.spelling import plain

_HALF: Final = 0.5
_OF_ALL: Final = set("申请单要个")  # characters that say nothing of which flow it is
_POLITE: Final = re.compile(
    r"^[\s,]*(?:(?:你好|您好|麻烦|请(?!假|客|个假)|帮我|帮忙|我们|我|想|要|需要|申请|提交|发起|办一?下?|走一?下?|填一?下?|一个|一下|个)[\s,]*)+"
)
_END: Final = re.compile(r"(?:申请单|申请|流程|单子|单|一下|吧|了)?[\s。.!~,]*$")


def named(text: str, names: Mapping[str, str]) -> tuple[str, str] | None:
    """The flow (by id) and the word by which it is named: the longest one that the message contains."""
    said = plain(text)
    found = [name for name in names if name in said]
    word = max(found, key=len, default="")
    return (names[word], word) if word else None


def nearest(text: str, names: Mapping[str, str]) -> list[str]:
    """The flows (by id, at most three) whose names share most of their characters with the message."""
    said = set(plain(text)) - _OF_ALL
    letters = {name: set(name) - _OF_ALL for name in names}
    shared = {name: len(said & own) / len(own) for name, own in letters.items() if len(said & own) > 1}
    near = sorted((name for name in shared if shared[name] >= _HALF), key=lambda name: -shared[name])
    return list(dict.fromkeys(names[name] for name in near))[:3]


def bare(text: str, word: str) -> bool:
    """Whether the message says nothing but this word: it always starts the flow."""
    return _END.sub("", _POLITE.sub("", plain(text).strip().lstrip("/"))) in (word, _END.sub("", word), "")


def vetoed(text: str) -> bool:
    """Whether the message, although it names a flow, asks, announces or takes something back."""
    said = plain(text).strip()
    why = requests.rejected(said, "unknown", scan(said), clauses(said))
    return why not in (None, requests.CHAT)


def rest(text: str) -> str:
    """What is asked for, without the politeness around it."""
    return _POLITE.sub("", text.strip()).strip(" ，,。.!！")
