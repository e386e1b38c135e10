"""What the linter says: where, what is wrong, what to write instead, and a case that shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Said = str | tuple[str, ...]  # a value of a form as it is typed; several for lists
Severity = Literal["mistake", "hint"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A case to try: who files it (`applicant`: userid) and what they fill in."""

    applicant: str
    name: str
    values: Mapping[str, Said] = field(default_factory=dict)

    @property
    def words(self) -> list[str]:
        """The values as `./nod flows route --set` takes them."""
        return [f"{key}={said if isinstance(said, str) else ','.join(said)}" for key, said in self.values.items()]

    @property
    def form(self) -> dict[str, str | list[str]]:
        """The values as `plan` takes them."""
        return {key: said if isinstance(said, str) else list(said) for key, said in self.values.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A doubt about one place of the flow file. A `mistake` has to be mended; a `hint` is true and perhaps meant so.

    `instead`: what to write; `word`: the name that nobody in the organisation answers to, if any."""

    where: tuple[str | int, ...]
    text: str
    instead: str = ""
    level: Severity = "mistake"
    word: str = ""
    example: Example | None = None


def somebody(names: Sequence[str], everybody: int) -> str:
    """How many people, and one of them by name: 3 人（如 王芳）; all of them: 所有人."""
    if len(names) == 1:
        return names[0]
    return "所有人" if len(names) == everybody else f"{len(names)} 人（如 {names[0]}）"
