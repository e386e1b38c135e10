"""The documentation names all that can be set, called and broken, and its examples work."""

import json
import os
import re
import shutil
import subprocess
from dataclasses import fields
from datetime import date

import pytest

from emulator.faults import KINDS
from emulator.options import Options
from emulator.plain import fields as fields_of
from emulator.shifts import read_groups
from tests.emulator.home import ROOT

TEXT = (ROOT / "docs" / "emulator.md").read_text("utf-8")


def test_every_option_and_every_kind_of_trouble_is_named() -> None:
    flags = {f"--{option.name.replace('_', '-')}" for option in fields(Options)} | {"--speed"}
    assert {flag for flag in flags if not re.search(rf"`{flag}[` ]", TEXT)} == set()
    assert {kind for kind in KINDS if f"`{kind}`" not in TEXT} == set()


def test_every_call_is_named_and_every_named_one_is_there() -> None:
    named = set(re.findall(r"/emulator/[a-z]+", TEXT))
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "emulator").glob("*.py"))
    served = set(re.findall(r'"(/emulator/[a-z]+)', sources)) - {"/emulator/downloads"}
    assert named == served


@pytest.mark.skipif(shutil.which("curl") is None, reason="the examples are for curl")
def test_the_examples_work(address: str) -> None:
    (example,) = re.findall(r"```sh\n(E=.*?)```", TEXT, re.DOTALL)
    for written, here in (("http://127.0.0.1:8700", address), ("wangf", "wangfang"), ("curl -s", "curl -sf")):
        example = example.replace(written, here)
    command, environment = ["bash", "-e", "-c", example], {**os.environ, "NO_PROXY": "127.0.0.1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 0, done.stderr
    assert "明天请一天年假" in done.stdout


def test_the_example_of_shifts_is_one() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    groups = read_groups(fields_of(json.loads(example)), ["lix", "shiy", "fangy"])
    rest, half, monday = date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 23)
    assert [shift and shift.name for shift in (groups[0].shift("lix", day) for day in (rest, half, monday))] == [
        None, "09:00-12:00", "08:30-18:00",
    ]  # fmt: skip
    assert [groups[1].shift(person, monday) is None for person in ("shiy", "fangy")] == [True, False]
