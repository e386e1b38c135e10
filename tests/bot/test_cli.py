"""The commands: what they refuse, where their files are looked for, how their programs are called."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot import cli
from tests.architecture.sources import ROOT


@pytest.mark.parametrize(
    "words", [[], ["nonsense"], ["flows"], ["flows", "route", "leave"], ["chat", "--cards", "blue"]]
)
def test_a_wrong_call_is_told_apart_from_a_no(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(words)
    assert ended.value.code == 2


def _asked(monkeypatch: pytest.MonkeyPatch, where: Path, *words: str) -> argparse.Namespace:
    """What `./nod flows` is asked, called in this folder."""
    asked: list[argparse.Namespace] = []

    def answer(args: argparse.Namespace) -> int:
        asked.append(args)
        return 7

    monkeypatch.setenv("NOD_CWD", str(where))
    monkeypatch.setattr("bot.flows.main", answer)
    assert cli.main(["flows", *words]) == 7
    return asked[0]


def test_a_file_is_looked_for_where_the_person_stands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    args = _asked(monkeypatch, tmp_path, "check", "ours", "--organization", "people.json")
    assert args.flows == str(tmp_path / "ours")
    assert args.organization == str(tmp_path / "people.json")


def test_a_pack_is_a_name_wherever_the_person_stands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert _asked(monkeypatch, tmp_path, "check", "matrix").flows == "matrix"


def test_where_the_person_stands_is_taken_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A process that the command starts gets whole paths, and must not look for them once more."""
    _asked(monkeypatch, tmp_path, "check")
    assert "NOD_CWD" not in os.environ


def test_what_was_not_named_stays_open(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    args = _asked(monkeypatch, tmp_path, "check")
    assert (args.flows, args.organization) == (None, None)


def test_a_program_of_its_own_gets_its_words_and_its_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lines: list[list[str]] = []

    def become(line: list[str]) -> int:
        lines.append(line)
        return 0

    monkeypatch.setenv("NOD_CWD", str(tmp_path))
    monkeypatch.setattr(cli, "_become", become)
    cli.main(["emulator", "--port", "0", "--organization", "people.json", "--templates=cards.json"])
    people, templates = tmp_path / "people.json", tmp_path / "cards.json"
    expected = ["-m", "emulator", "--port", "0", "--organization", str(people), f"--templates={templates}"]
    assert lines == [[sys.executable, *expected]]


def test_starting_imports_nothing_that_is_slow() -> None:
    slow = ("aiohttp", "sqlalchemy", "pydantic", "alembic", "redis", "asyncio")
    program = f"import sys, bot.cli; bot.cli.parser(); print([name for name in {slow} if name in sys.modules])"
    said = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_a_bench_that_does_not_exist_is_a_wrong_call_and_the_others_are_named() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "bench", "none"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert said.returncode == 2
    assert "reconnect " in said.stderr
    assert "databases" not in said.stderr
