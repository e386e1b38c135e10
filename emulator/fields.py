"""Reads the fields of a body as the types they must have; what is wrong is said in the dialect of the call."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Body = dict[str, Any]
_LARGEST = 2**53


@dataclass(frozen=True, slots=True)
class Fields:
    """A body, and how its dialect refuses a field of a wrong type. An absent field and null are the same."""

    body: Body
    wrong: Callable[[str], Exception]

    def text(self, name: str) -> str:
        """A string; empty when absent."""
        value = self.body.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.wrong(name)
        return value

    def texts(self, name: str) -> list[str]:
        """A list of strings; empty when absent."""
        value = self.body.get(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.wrong(name)
        return value

    def whole(self, name: str, otherwise: int = 0) -> int:
        """A whole number, also as a string: the documentation's samples quote numbers at random (contract 0.3)."""
        value = self.body.get(name)
        if value is None or value == "":
            return otherwise
        if isinstance(value, str) and value.removeprefix("-").isascii() and value.removeprefix("-").isdigit():
            value = int(value) if len(value) < 20 else _LARGEST
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= _LARGEST:
            raise self.wrong(name)
        return value

    def number(self, name: str) -> float | None:
        """A number that is not negative."""
        value = self.body.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _LARGEST:
            raise self.wrong(name)
        return value

    def flag(self, name: str) -> bool:
        """A boolean, also as a string."""
        value = self.body.get(name)
        if value not in (None, True, False, "true", "false") or (
            isinstance(value, int | float) and type(value) is not bool
        ):
            raise self.wrong(name)
        return value in (True, "true")

    def table(self, name: str) -> Body:
        """An object; empty when absent."""
        value = self.body.get(name)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise self.wrong(name)
        return value

    def rows(self, name: str) -> list[Body]:
        """A list of objects; empty when absent."""
        value = self.body.get(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.wrong(name)
        return value

    def within(self, name: str) -> "Fields":
        """The fields of an object inside."""
        return Fields(self.table(name), self.wrong)
