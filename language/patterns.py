"""Long alternations are written as groups of words that belong together."""

import re
from typing import Any, Final, cast

HAN: Final = r"[^\W\d_a-zA-Z]"  # a Chinese character: [\u4e00-\u9fa5] takes 4 ms to compile, each


def any_of(*groups: str) -> re.Pattern[str]:
    """A pattern that finds a word of any group, in small or capital letters; earlier groups win."""
    return late("|".join(groups), re.I)


class _Late:
    """A pattern that is compiled when it is used for the first time."""

    def __init__(self, rule: str, flags: int) -> None:
        self._rule, self._flags = rule, flags

    def __getattr__(self, name: str) -> Any:
        made = re.compile(self._rule, self._flags)
        for method in ("search", "match", "fullmatch", "sub", "subn", "finditer", "findall", "split"):
            setattr(self, method, getattr(made, method))
        return getattr(made, name)


def late(rule: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, compiled at its first use: all of them together take longer than everything else at the start."""
    return cast(re.Pattern[str], _Late(rule, flags))
