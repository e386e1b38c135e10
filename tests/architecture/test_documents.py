"""What people read tells the truth: the example configuration is whole, every command is named."""

import argparse
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from bot.cli import parser
from bot.config import Config, load
from tests.architecture.sources import ROOT

EXAMPLE = ROOT / "config.example.toml"
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
LAUNCHER = {"test", "check", "lock"}


def test_the_example_configuration_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOD_DINGTALK__CLIENT_SECRET", raising=False)
    assert load(EXAMPLE).office.zone == "Asia/Shanghai"


def test_the_example_configuration_lists_every_field() -> None:
    example = tomllib.loads(EXAMPLE.read_text("utf-8"))
    assert set(_keys(example)) == set(_fields(Config))


@pytest.mark.parametrize("readme", READMES, ids=[file.name for file in READMES])
def test_a_readme_names_every_command(readme: Path) -> None:
    text = readme.read_text("utf-8")
    known = {name.partition(" ")[0] for name in _commands(parser())} | LAUNCHER
    assert [name for name in sorted(known) if f"./nod {name}" not in text] == []


def test_the_documents_name_every_action() -> None:
    text = "\n".join(file.read_text("utf-8") for file in [*READMES, *(ROOT / "docs").rglob("*.md")])
    assert [name for name in _commands(parser()) if f"nod {name}" not in text] == []


def _commands(parser: argparse.ArgumentParser, before: str = "") -> Iterator[str]:
    deeper = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not deeper and before:
        yield before
    for action in deeper:
        for name, child in action.choices.items():
            yield from _commands(child, f"{before} {name}".strip())


def _fields(model: type[BaseModel], before: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from _fields(inner, f"{before}{name}.")
        else:
            yield f"{before}{name}"


def _keys(tree: dict[str, Any], before: str = "") -> Iterator[str]:
    for name, value in tree.items():
        if isinstance(value, dict) and value:
            yield from _keys(value, f"{before}{name}.")
        else:
            yield f"{before}{name}"
