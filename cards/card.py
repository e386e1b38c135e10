"""What a card is before it is sent, and what drawing one needs besides the case."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from gettext import NullTranslations
from typing import Final, Literal
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
class Message:
    """Words of the robot without a card: they can go to many at once, cannot be changed, and have no buttons.

    With a `file` (an id of what the store keeps) it is that picture, or with a `name` that file; `text` is then what
    the list of chats shows."""

    title: str = ""
    text: str = ""
    file: str = ""
    name: str = ""


CHINESE: Final = NullTranslations()  # the texts as they are


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """How things are said to one reader.

    `names`: userid to what people call them. `zone`: the office's, for every time shown. `dialect`: plain is the
    platform's public template, rich the company's own with a form. `tongue` has the texts in the reader's `language`;
    the texts themselves are Chinese (docs/decisions/0013)."""

    names: Callable[[str], str]
    zone: ZoneInfo
    dialect: Literal["plain", "rich"]
    language: str = "zh"
    tongue: NullTranslations = CHINESE

    def say(self, text: str, /, **values: object) -> str:
        """The text as the reader says it, with the values in its places; what has no translation stays as it is."""
        said = text if self.tongue is CHINESE or not text else self.tongue.gettext(text)
        return said.format(**values) if values else said

    def title(self, text: str, /, **values: object) -> str:
        """The same as a title: English begins it with a capital."""
        said = self.say(text, **values)
        return said[:1].upper() + said[1:] if self.language == "en" else said

    def count(self, text: str, n: int, /, **values: object) -> str:
        """The same for a text that counts `n` things, as its place {n}."""
        return self.tongue.ngettext(text, text, n).format(n=n, **values)

    def joined(self, *sentences: str) -> str:
        """One sentence after the other, those that are not empty."""
        return ("" if self.language == "zh" else " ").join(filter(None, sentences))

    def listed(self, items: Iterable[str]) -> str:
        """A、B、C, or A, B, C."""
        return self.say("、").join(items)
