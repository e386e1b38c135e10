"""The words of the glossary are the words of the code."""

import importlib
import re

import pytest

from tests.architecture.sources import ROOT

TERM = re.compile(r"\| `([a-z_]+(?:\.\w+)+)` \|$", re.MULTILINE)
NAMES = TERM.findall((ROOT / "docs" / "glossary.md").read_text("utf-8"))


def test_the_glossary_points_into_the_code() -> None:
    assert len(NAMES) > 20


@pytest.mark.parametrize("name", sorted(set(NAMES)))
def test_a_word_of_the_glossary_is_where_it_says(name: str) -> None:
    module, _, thing = name.rpartition(".")
    assert hasattr(importlib.import_module(module), thing) or importlib.import_module(name)
