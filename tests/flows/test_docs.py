"""What the docs tell about flow files is so."""

import re
from pathlib import Path

import pytest

from bot import flowfiles
from bot.flowforms import SECTIONS, FlowForm, Part
from domain.approvals.condition_text import parse
from domain.approvals.flow import vocabulary
from tests.domain.company import FORM

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("flows.md", "flows.zh-CN.md")


@pytest.mark.parametrize("page", PAGES)
def test_the_flow_on_the_page_can_be_used_as_it_stands(page: str, tmp_path: Path) -> None:
    example = next(block for block in blocks(page) if "[[route]]" in block)
    (tmp_path / "leave.toml").write_text(example, "utf-8")
    assert flowfiles.load(str(tmp_path))["leave"].prefix == "QJ"


def test_the_conditions_on_the_page_can_be_read() -> None:
    example = next(block for block in blocks("flows.md") if block.startswith("days > 1"))
    for line in example.replace("产假", "病假").splitlines():
        assert parse(line, vocabulary(FORM))


def test_every_key_of_a_flow_file_is_told() -> None:
    text = (DOCS / "flows.md").read_text("utf-8")
    models: list[type[Part]] = [FlowForm, *SECTIONS.values()]
    keys = {key for model in models for key in model.model_fields}
    assert not [key for key in keys if not re.search(rf"[`\[]{key}\b|^{key} =", text, re.MULTILINE)]


def blocks(page: str) -> list[str]:
    """The fenced examples of a page."""
    return re.findall(r"```\w*\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL)
