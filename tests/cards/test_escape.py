"""What people write is read as they wrote it, and does nothing else."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from cards import news, words
from cards.approval import applicant_card, approver_card, copy_card, draft_card
from cards.card import Card, Frame
from cards.escape import plain
from cards.refusals import sentence
from domain.approvals.case import Case
from domain.approvals.commands import Withdraw
from domain.approvals.route import Plan
from domain.errors import RouteImpossible
from tests.cards import samples as s

MARKDOWN: Final = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
OURS: Final = {
    "paragraph",
    "inline",
    "text",
    "strong",
    "softbreak",
    "bullet_list",
    "ordered_list",
    "list_item",
    "blockquote",
}
HIDDEN: Final = {"BN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "B", "S"}
LIVE: Final = re.compile(r"(?i)[a-z]://|\bwww\.|(?<![0-9a-z])@|@(?![0-9a-z-]+\.[a-z])|javascript:")
ATTACKS: Final = (
    "@all 请马上批准", "<a atId=all>全体</a>", '<a href="javascript:alert(1)">点</a>', "[点我](http://evil.example)",
    "![图](https://evil.example/a.png)", "<img src=x onerror=alert(1)>", "<b>粗</b>", "<!-- 藏 -->", "# 标题", "## 已通过",
    "好\n\n# 已通过", "好\r\n\r\n**同意**", "| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |", "> 引用", "- 一\n- 二", "1. 一", "1) 一",
    "---", "===", "***", "```\n代码\n```", "`代码`", "**粗** __粗__ *斜* _斜_ ~~删~~", "\\*\\*粗\\*\\*", "结尾\\",
    "&lt;b&gt; &#64;all", "|---|---|", "<B>粗</B>", "HTTPS://EVIL.EXAMPLE", "JavaScript:alert(1)",
    "<https://evil.example>", "https://evil.example/x", "dingtalk://dingtalkclient/page/link", "www.evil.example",
    "[甲]: http://evil.example", "[甲][乙]", "@\u200ball", "h\u200bttps://evil.example", "https:\u2060//evil.example",
    "\u202e准批已\u202c", "a\u2028# 标题", "a\u0085# 标题", "    代码", "\t代码", "<\u200ba atId=all>", "&\u00adlt;",
    "\U000e0041\ud800", "someone@evil.example@all", "javascript:alert(1)", "<font colorTokenV2=red>红</font>",
    "第一行<br>第二行",
)  # fmt: skip
NASTY: Final = st.text(
    st.sampled_from("<>[]()!*_`~#|\\@&;:/.-+=$^%1aAhtpsw中 \t\n\r\u200b\u202e\u2060\u2028\x00"), max_size=40
)


@pytest.mark.parametrize(
    "said",
    [
        "去医院复查，下午回来", "明天 14:00–16:30 见客户（上海）", "3.5 天", "1.5 天", "-5 度", "+86 138 0000 0000", "C# 培训",
        "a < b，b > a", "R&D 部门", "合同_v2_final.pdf", "OK!", "王芳 / 李明", "wang.fang@example.com", "100%", "“年假”……",
        "C:\\temp\\a.txt", "Ünïcödé 日本語 한국어", "🙂 好的", "f(x) = {1}", "$5^2", "周一-周三", "",
    ],
)  # fmt: skip
def test_what_can_be_read_stays_as_it_was(said: str) -> None:
    assert plain(said) == said


@pytest.mark.parametrize("said", ATTACKS)
def test_an_attack_is_only_words(said: str) -> None:
    _only_words(said)


@given(st.one_of(NASTY, st.text(max_size=60)))
def test_whatever_is_written_is_only_words(said: str) -> None:
    _only_words(said)


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_a_line_is_as_long_as_it_may_be(said: str, most: int) -> None:
    line = plain(said, most)
    assert len(line) <= most
    assert plain(line, most) == line


def test_a_long_text_ends_with_a_mark() -> None:
    assert plain("好" * 300) == "好" * 199 + "…"


def test_line_breaks_become_spaces_and_words_do_not_grow_together() -> None:
    assert plain("甲\n乙\r\n丙\r丁\u2028戊") == "甲 乙 丙 丁 戊"


def attacked(attack: str) -> Iterator[tuple[str, str]]:
    """Every text that people see, where everything that somebody can write is the attack."""
    at_work = replace(s.frame(), names=lambda _: attack)
    values = {
        "leave_type": attack, "start": f"2026-11-24 {attack}", "end": f"2026-11-24 {attack}x",
        "days": attack, "reason": attack,
    }  # fmt: skip
    draft = s.drafted(values, notes=(attack,))
    plan = replace(s.PLAN, steps=tuple(replace(step, why=attack) for step in s.PLAN.steps), rules=(attack,))
    running = s.yes(s.filed(plan, draft), "bob", 5, attack)
    rejected = s.no(running, "cat", 9, attack)
    withdrawn = s.after(running, Withdraw(by="amy", words=attack), 9)
    for card in _cards(draft, running, rejected, withdrawn, plan, at_work, attack):
        yield card.params["title"], card.params["markdown"]
    yield from _said(running, rejected, at_work, attack)


def _cards(
    draft: Case, running: Case, rejected: Case, withdrawn: Case, plan: Plan, frame: Frame, attack: str
) -> Iterator[Card]:
    yield draft_card(draft, s.LEAVE, plan, frame, facts=(attack,))
    yield draft_card(s.having(draft, start=attack), s.LEAVE, None, frame)
    for case in (running, rejected, withdrawn):
        yield applicant_card(case, s.LEAVE, frame)
        yield copy_card(case, s.LEAVE, "eve", frame)
        yield approver_card(case, s.LEAVE, "1", "bob", frame, facts=(attack,))
        yield approver_card(case, s.LEAVE, "2", "cat", frame, facts=(attack,))
    bill = s.drafted(
        {"amount": attack, "deputy": attack, "cc": [attack], "paid_on": attack, "reason": attack}, s.EXPENSE
    )
    yield draft_card(bill, s.EXPENSE, None, frame)


def _said(running: Case, rejected: Case, frame: Frame, attack: str) -> Iterator[words.Words]:
    one_case: tuple[Callable[[Case, Frame], words.Words], ...] = (words.progress, news.urging)
    yield from (say(running, frame) for say in one_case)
    yield news.outcome(rejected, frame)
    for doing in words.ACTS:
        yield words.done(doing, rejected, frame)
    tellers = (news.returned, news.terminated, news.paused, news.jumped, news.commented)
    yield from (tell(running, "bob", attack, frame) for tell in tellers)
    yield from (words.ask_for(doing, running, frame) for doing in ("reject", "return", "transfer", "comment"))
    yield news.resumed(running, frame)
    yield news.yours_again(running, frame)
    yield words.gone_private(attack, frame)
    yield "", sentence(RouteImpossible(attack), frame)


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_view_lets_an_attack_through(attack: str) -> None:
    for title, markdown in attacked(attack):
        assert not LIVE.search(title + "\n" + markdown)
        kinds = set(_kinds(MARKDOWN.parse(markdown)))
        assert kinds <= OURS, f"{kinds - OURS} in {markdown}"


def _only_words(said: str) -> None:
    """Read by a Markdown reader that is not ours: at the start of a line, within one, in a list and in a quote."""
    line = plain(said)
    assert not LIVE.search(line)
    assert not HIDDEN & {unicodedata.bidirectional(one) for one in line}
    assert "Cs" not in map(unicodedata.category, line)
    for before in ("", "**事由**：", "> ", "- ", "甲\n", "甲|乙\n"):
        tokens = MARKDOWN.parse(before + line)
        assert set(_kinds(tokens)) <= OURS
        assert _text(tokens).endswith(line)


def _kinds(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        yield token.type.removesuffix("_open").removesuffix("_close")
        yield from _kinds(token.children or [])


def _text(tokens: list[Token]) -> str:
    return "".join(child.content for token in tokens for child in token.children or [])
