"""`nod` as people call it, and what it knows about environments."""

import importlib.machinery
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.architecture.sources import ROOT

Call = Callable[..., "subprocess.CompletedProcess[str]"]


def _launcher(monkeypatch: pytest.MonkeyPatch, environment: Path) -> ModuleType:
    """The launcher as a module, with its environment in this folder."""
    monkeypatch.setenv("NOD_VENV", str(environment))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader = importlib.machinery.SourceFileLoader("nod", str(ROOT / "nod"))
    spec = importlib.util.spec_from_file_location("nod", ROOT / "nod", loader=loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture
def nod(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The launcher, beside an environment that is ready and holds nothing yet."""
    (tmp_path / "venv" / "bin").mkdir(parents=True)
    python = tmp_path / "venv" / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    return _launcher(monkeypatch, tmp_path / "venv")


@pytest.fixture
def call(nod: ModuleType, tmp_path: Path) -> Call:
    """Calls `nod` in a folder of the person's own; the environment holds all that it should."""
    nod.stamp(nod.DEVELOPMENT).write_text(nod.digest(nod.DEVELOPMENT))
    settings = {**os.environ, "PYTHONSAFEPATH": "1", "PYTHONPATH": str(tmp_path)}

    def run(*words: str, said: str = "") -> "subprocess.CompletedProcess[str]":
        line = [sys.executable, str(ROOT / "nod"), *words]
        return subprocess.run(line, cwd=tmp_path, env=settings, input=said, capture_output=True, text=True, check=False)

    return run


def test_who_has_the_tools_has_the_product(nod: ModuleType) -> None:
    assert not nod.installed(nod.RUNTIME)
    nod.stamp(nod.DEVELOPMENT).write_text(nod.digest(nod.DEVELOPMENT))
    assert nod.installed(nod.RUNTIME)
    assert nod.installed(nod.DEVELOPMENT)


def test_who_has_the_product_has_not_the_tools(nod: ModuleType) -> None:
    nod.stamp(nod.RUNTIME).write_text(nod.digest(nod.RUNTIME))
    assert nod.installed(nod.RUNTIME)
    assert not nod.installed(nod.DEVELOPMENT)


def test_another_lock_is_installed_anew(nod: ModuleType) -> None:
    nod.stamp(nod.RUNTIME).write_text("the hash of an older lock")
    assert not nod.installed(nod.RUNTIME)


def test_an_environment_whose_python_is_gone_counts_for_nothing(nod: ModuleType) -> None:
    nod.stamp(nod.RUNTIME).write_text(nod.digest(nod.RUNTIME))
    nod.PYTHON.unlink()
    assert not nod.installed(nod.RUNTIME)


def test_what_pip_knows_uv_is_told(nod: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nod, "BASE", _pip(nod.VENV, "global.index-url='https://mirror.example/simple'"))
    assert nod.settings_for_uv()["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"


def test_the_environment_wins_over_the_file_and_uv_s_own_over_both(
    nod: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = (
        ":env:.extra-index-url='https://a.example https://b.example'",
        ":env:.index-url='https://env.example'",
        "global.find-links='\\nhttps://x.example\\nhttps://y.example'",
        "global.index-url='https://file.example'",
        "global.trusted-host='file.example'",
    )
    monkeypatch.setattr(nod, "BASE", _pip(nod.VENV, *told))
    monkeypatch.setenv("UV_INSECURE_HOST", "own.example")
    settings = nod.settings_for_uv()
    assert settings["UV_DEFAULT_INDEX"] == "https://env.example"
    assert settings["UV_INDEX"] == "https://a.example https://b.example"
    assert settings["UV_FIND_LINKS"] == "https://x.example,https://y.example"
    assert settings["UV_INSECURE_HOST"] == "own.example"
    assert settings["UV_PYTHON_DOWNLOADS"] == "never"


def _pip(folder: Path, *settings: str) -> str:
    """A Python whose pip has these settings."""
    python = folder / "python-with-pip"
    python.write_text("#!/bin/sh\ncat <<'END'\n" + "\n".join(settings) + "\nEND\n")
    python.chmod(0o755)
    return str(python)


def test_a_command_s_output_is_its_own(call: Call) -> None:
    ended = call("understand", said='{"id": 1, "text": "明天请一天事假", "now": "2026-11-23T09:00:00+08:00"}\n')
    assert ended.returncode == 0
    assert ended.stdout.startswith('{"id":1,"kind":"leave"')
    assert ended.stderr == ""


def test_a_folder_is_named_from_where_one_stands_and_a_no_is_a_one(call: Call, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "flows" / "matrix", tmp_path / "ours")
    assert call("flows", "check", "ours").returncode == 0
    leave = tmp_path / "ours" / "leave.toml"
    leave.write_text(leave.read_text("utf-8").replace("title", "titel", 1), "utf-8")
    ended = call("flows", "check", "ours")
    assert ended.returncode == 1
    assert "leave.toml" in ended.stderr


def test_a_wrong_call_is_a_two(call: Call) -> None:
    assert call("flows", "nonsense").returncode == 2


def test_the_tests_are_called_in_the_repository(call: Call) -> None:
    ended = call("test", "--collect-only", "-q", "tests/bot/test_guard.py")
    assert ended.returncode == 0
    assert "test_here_all_packages_are_ours" in ended.stdout


def test_a_mirror_that_cannot_be_reached_is_told_with_the_way_out(tmp_path: Path) -> None:
    settings = {
        "PATH": os.path.dirname(sys.executable),
        "NOD_VENV": str(tmp_path / "venv"),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": "http://127.0.0.1:1/simple",
        "PIP_RETRIES": "0",
    }
    line = [sys.executable, str(ROOT / "nod"), "understand"]
    ended = subprocess.run(line, env=settings, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert "pip config set global.index-url" in ended.stderr
    assert "Traceback" not in ended.stderr
