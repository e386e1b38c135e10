"""What the shape is measured on: the project's own files."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent.parent
PACKAGES: Final = tuple(sorted(folder.parent.name for folder in ROOT.glob("[!.]*/__init__.py")))  # top level, tests too
_NOT_OURS: Final = ("__pycache__", "test-results")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A Python file: its name from the top of the repository, its text and its tree."""

    name: str
    text: str
    tree: ast.Module

    @property
    def package(self) -> str:
        """The top-level package it belongs to."""
        return self.name.partition("/")[0]


def files() -> Iterator[Path]:
    """All files of the project, without what it makes while it runs (hidden folders)."""
    for entry in sorted(ROOT.iterdir()):
        if entry.is_file() and entry.name != ".git":
            yield entry
        elif entry.is_dir() and (not entry.name.startswith(".") or entry.name in (".ci", ".github")):
            yield from (file for file in sorted(entry.rglob("*")) if file.is_file() and not _made(file))


def _made(file: Path) -> bool:
    return any(part in _NOT_OURS for part in file.relative_to(ROOT).parts)


@cache
def sources() -> list[Source]:
    """All Python files of the project, the launcher too."""
    return [
        Source(name=name, text=text, tree=ast.parse(text))
        for file in files()
        if file.suffix == ".py" or file == ROOT / "nod"
        for name, text in [(file.relative_to(ROOT).as_posix(), file.read_text("utf-8"))]
    ]
