"""Words from outside stay words: Markdown is drawn, markup and scripts are not."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.emulator.page_stage import GROUP, ROGUE, Stage, open_stage, say

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "[点我](javascript:alert(1))",
    "[点我](data:text/html,<script>alert(1)</script>)",
    "![图](javascript:alert(1))",
    '<a atId="x" onclick=alert(1)>王芳</a>',
    "**<iframe srcdoc='<script>alert(1)</script>'>**",
    "| <b onmouseover=alert(1)>x</b> | y |\n|---|---|\n| <style>*{display:none}</style> | z |",
]

HANDLERS = "[onclick], [onerror], [onload], [onmouseover]"
FORBIDDEN = f".chat :is(script, iframe, style, object, embed, form, {HANDLERS}, a:not([href^=http]))"


@pytest.fixture(scope="module")
def open_curtain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with open_stage(tmp_path_factory.mktemp("texts")) as stage:
        yield stage


@pytest.fixture
def stage(open_curtain: Stage) -> Iterator[Stage]:
    open_curtain.reset()
    yield open_curtain
    assert open_curtain.errors == []


def drawn(stage: Stage, text: str) -> Locator:
    """What the bot says as Markdown, in the window of an employee."""
    page = stage.window("wangfang")
    say(page, f"原样 {text}")
    markdown = page.locator(".theirs .markdown")
    expect(markdown).to_be_visible()
    return markdown


def test_markdown_is_drawn_as_dingtalk_draws_it(stage: Stage) -> None:
    shown = drawn(
        stage,
        "### 请假 **半天**\n- 时间：*明天*\n  - 下午\n- ~~今天~~\n\n> 余额\n> 4.5 天\n\n3. 李娜\n4. 赵敏\n\n---\n"
        "上一行<br>下一行\n<font color=red size=3>红</font> `a*b` 1 \\* 2",
    )
    expect(shown.locator("h3 strong")).to_have_text("半天")
    expect(shown.locator("ul > li > ul > li")).to_have_text("下午")
    expect(shown.locator("del")).to_have_text("今天")
    expect(shown.locator("blockquote")).to_have_text("余额4.5 天")
    expect(shown.locator("ol[start='3'] > li")).to_have_text(["李娜", "赵敏"])
    expect(shown.locator("hr")).to_have_count(1)
    expect(shown.locator("p").last).to_have_text("上一行下一行红 a*b 1 * 2")
    expect(shown.locator("font")).to_have_count(0)
    assert shown.locator("p").last.inner_text() == "上一行\n下一行\n红 a*b 1 * 2"


def test_a_table_has_head_and_rows(stage: Stage) -> None:
    shown = drawn(stage, "| 项 | 值 |\n|:--|--:|\n| 假种 | **病假** |\n| 天数 | 0.5 |")
    expect(shown.locator("th")).to_have_text(["项", "值"])
    expect(shown.locator("td")).to_have_text(["假种", "病假", "天数", "0.5"])


def test_links_open_in_a_new_tab_and_only_web_addresses_are_links(stage: Stage) -> None:
    shown = drawn(stage, "[文档](https://example.com/a_(b)) [坏](javascript:void(0)) 见 http://example.com/x。")
    links = shown.get_by_role("link")
    expect(links).to_have_text(["文档", "http://example.com/x"])
    expect(links.first).to_have_attribute("href", "https://example.com/a_(b)")
    expect(links.first).to_have_attribute("target", "_blank")
    expect(links.first).to_have_attribute("rel", "noopener noreferrer")


@pytest.mark.parametrize("attack", ATTACKS)
def test_markup_from_a_person_or_the_bot_never_becomes_an_element(stage: Stage, attack: str) -> None:
    shown = drawn(stage, attack)
    page = shown.page
    say(page, attack)  # the bot repeats it as the title and the text of a card
    expect(page.get_by_role("article")).to_be_visible()
    expect(page.locator(".mine .bubble").last).to_have_text(attack)
    expect(page.locator(FORBIDDEN)).to_have_count(0)
    expect(page.locator(".chat img")).to_have_count(0)


def test_the_names_of_people_stay_text_wherever_they_stand(stage: Stage) -> None:
    page, other = stage.window("mallory", chat=GROUP), stage.window("wangfang", chat=GROUP)
    expect(page.locator(".me strong")).to_have_text(ROGUE)
    expect(page.locator(".me span")).to_contain_text("<b>设计</b>")
    say(page, "大家好")
    expect(other.locator(".theirs .name")).to_contain_text(ROGUE)
    other.keyboard.press("Control+k")
    expect(other.get_by_role("option").filter(has_text="onerror")).to_be_visible()
    expect(other.locator("img")).to_have_count(0)


def test_the_page_loads_nothing_from_elsewhere_and_runs_nothing_inline(stage: Stage) -> None:
    asked: list[str] = []
    page = stage.window("wangfang")
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: stage.errors.append(message.text) if message.type == "error" else None)
    page.reload()
    say(page, "原样 ![图](https://example.com/a.png)")
    expect(page.locator(".theirs .markdown a")).to_have_text("图")
    assert asked
    assert all(url.startswith((stage.url, "data:")) for url in asked)
