"""In which language words are written."""

import re
from typing import Final, Literal

_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_WORD: Final = re.compile(r"[A-Za-z']{2,}")


def tongue_of(text: str) -> Literal["zh", "en"] | None:
    """The language of a message, None where it says too little to tell."""
    if _HAN.search(text):
        return "zh"
    return "en" if len(_WORD.findall(text)) > 1 else None
