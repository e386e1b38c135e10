"""What a card is before it is sent, and what drawing one needs besides the case."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card by its `track` (outTrackId); `params` is its cardParamMap: strings only (contract 4.2).

    `version` is the case's version that it shows; words have version 1."""

    track: str
    template: Literal["case", "words"]
    params: Mapping[str, str]
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """`names`: userid to what people call them. `zone`: the office's, for every time shown. `dialect`: plain is the
    platform's public template, rich the company's own with a form."""

    names: Callable[[str], str]
    zone: ZoneInfo
    dialect: Literal["plain", "rich"]
