"""What people wrote becomes plain text inside Markdown: no markup, links, mentions or invisible characters."""

import re
from functools import lru_cache
from typing import Final

_HARMLESS: Final = re.compile(r"[0-9A-Za-z\u3400-\u9fff，。、；：？！（）“”《》…·/ ]*")
_INVISIBLE: Final = re.compile(  # control, zero-width, bidi and filler characters, tags, halves of surrogate pairs
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_SPACE: Final = re.compile(r"\s+")
_MARKUP: Final = re.compile(
    r"""
      [*`\[\]|~]                                                # emphasis, code, links, pictures, tables, struck out
    | (?<![^\W_])_ | _(?![^\W_])                                # emphasis again; inside of a word it is none
    | <(?=[a-z/!?])                                             # HTML, comments, <https://…>, <a atId=…>
    | &(?=\#|\w+;)                                              # entities
    | \\(?![^\W_])                                              # escapes of our own marks
    | @(?!(?<=[0-9a-z]@)[0-9a-z-]+\.[a-z])                     # mentions; an e-mail address is none
    | (?<=[a-z]):(?=//) | (?<=www)\.                           # addresses that a client would make into links
    | (?<=javascript): | (?<=mailto): | (?<=xmpp): | (?<=tel):
    | ^[\#>=] | ^[+-](?=[\s+-]|$) | ^\d{1,9}[.)](?=\s|$)       # headings, quotes, rules, lists
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WIDE: Final = 0xFEE0  # from an ASCII character to its full-width twin, which looks the same and marks nothing up


@lru_cache(maxsize=4096)
def plain(text: str, most: int = 200) -> str:
    """The text in one line of at most `most` characters, harmless in Markdown; what is cut ends with …"""
    if len(text) <= most and _HARMLESS.fullmatch(text):
        return text.strip()
    line = _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip()
    if len(line) > most:
        line = line[: most - 1] + "…"
    return _MARKUP.sub(lambda found: found[0][:-1] + chr(ord(found[0][-1]) + _WIDE), line)
