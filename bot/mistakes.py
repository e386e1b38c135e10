"""A mistake in a file that an administrator wrote: where it stands, and what to write instead."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One finding. `line` counts from 1, 0 is the whole file; in `key` people count: route[2] is the second."""

    file: str
    line: int
    key: str
    text: str

    def __str__(self) -> str:
        place = f" 第 {self.line} 行 {self.key}".rstrip() if self.line else ""
        return f"{self.file}{place}：{self.text}"


def near(word: str, known: Iterable[str]) -> str:
    """`，是不是想写 approve？`, where something known is written nearly like this word."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"，是不是想写 {found[0]}？" if found else ""


def value_text(fault: Mapping[str, Any]) -> str:
    """What pydantic found wrong with a value, in the administrator's words; the value itself may be a secret."""
    kind, context = str(fault["type"]), fault.get("ctx", {})
    if kind == "literal_error":
        allowed = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        return f"只能是 {'、'.join(allowed)}{near(str(fault.get('input')), allowed)}"
    if kind in _BOUNDS:
        return _BOUNDS[kind].format(next(iter(context.values())))
    if kind == "value_error" and fault["msg"].startswith("Value error, "):
        return str(context.get("error", fault["msg"]))
    return _VALUES.get(kind) or next((text for start, text in _KINDS.items() if kind.startswith(start)), fault["msg"])


_BOUNDS: Final = {
    "greater_than": "要大于 {:g}", "greater_than_equal": "至少是 {:g}", "less_than": "要小于 {:g}",
    "less_than_equal": "最多是 {:g}", "string_too_long": "最多 {} 个字",
}  # fmt: skip
_VALUES: Final = {
    "string_type": "要写文字，放在引号里",
    "string_too_short": "不能为空",
    "string_pattern_mismatch": "写法不对，请看 config.example.toml 里的例子",
    "too_short": "至少要写一项",
    "model_type": "要写成单独的一节，里面每行一项",
    "dict_type": "要写成 { 名称 = 值 } 这样，或单独的一节",
    "finite_number": "要写数字，不加引号",
}
_KINDS: Final = {  # by how the name of the fault begins
    "int": "要写整数，不加引号",
    "float": "要写数字，不加引号",
    "bool": "只能是 true 或 false（不加引号）",
    "list": "要写成列表：[…]",
    "tuple": "要写成列表：[…]",
    "time": '没有这个时间，要写成 "08:40" 的样子',
}


def path(parts: Iterable[str | int]) -> str:
    """route[2].approve for ("route", 1, "approve")."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in parts).lstrip(".")


def line_of(text: str, parts: tuple[str | int, ...]) -> int:
    """The line of a TOML text where this key stands; where the key is missing, its section; else the first line."""
    section = str(parts[0]) if len(parts) > 1 else ""
    place = parts[1] if len(parts) > 1 and isinstance(parts[1], int) else 0
    keys = [re.compile(rf"""\s*["']?{re.escape(str(part))}["']?\s*[=.]""") for part in parts if isinstance(part, str)]
    here, inside, begins, top = -1, not section, 1, True
    for number, line in enumerate(text.splitlines(), start=1):
        if heading := re.match(r"""\s*\[\[?\s*["']?([^\]"']+?)["']?\s*\]""", line):
            top = False
            here += heading[1] == section
            inside = heading[1] == section and here == place
            begins = number if inside or [heading[1]] == list(parts) else begins
        elif inside and keys and keys[min(1, len(keys) - 1)].match(line):
            return number
        elif top and keys and keys[0].match(line):
            begins = number  # the section is written in one line: route = [{ approve = […] }]
    return begins
