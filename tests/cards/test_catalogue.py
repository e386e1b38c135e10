"""Whatever the bot can say has its English, and the compiled catalogue is that of the text."""

import ast
import re
import string
from dataclasses import replace
from typing import Final

import pytest

from bot import tongues
from cards import words
from cards.retold import retold
from language import commands, questions
from tests.architecture.sources import ROOT
from tests.cards.samples import frame
from tests.catalogue import HAN, KEPT, NOT_SAID, PO, compiled, template, texts, translated, untranslated

MADE_ELSEWHERE: Final = (  # Chinese sentences that cards/retold.py knows again
    *(f"domain/approvals/{name}.py" for name in (
        "alternatives", "choices", "conditions", "posts", "promises", "route", "rows", "rules", "superiors",
    )),
    "cards/rules.py", "usecases/behalf.py", "usecases/copy_case.py", "usecases/ruled.py", "usecases/detailing.py",
    "language/rowedits.py", "language/rows.py",
)  # fmt: skip
PARTS: Final = {  # of a sentence, or one that has words in its places
    " 等 {} 项",
    "{} 时",
    "还要经{}",
    "不经{}",
    "{}没写{}",
    "{}的{}不对：{}",
    "{}的{}最多两位小数：{}",
    "目的地是{}，{}{}，按{}办理",
    "{}月{}日（{}）",
    "{}要提前 {}申请",
}
JOINTS: Final = set(
    "的 或 天 个工作日 逐级 其他情况 为 不为 少于 不超过 超过 不少于 在 不在 包含 不包含 一二三四五六七八九".split()
) | {" 或 ", " 且 "}
ENGLISH: Final = replace(frame(), language="en", tongue=tongues.load()["en"])


def test_everything_that_is_said_is_in_the_catalogue_and_nothing_else() -> None:
    """`.venv/bin/python -m tests.catalogue` brings it up to date."""
    kept = {texts(message.id): message for message in translated() if message.id}
    assert kept.keys() == {texts(message.id) for message in template() if message.id}


def test_everything_is_translated() -> None:
    catalog = translated()
    assert untranslated(catalog) == []
    assert not [message.id for message in catalog if message.fuzzy and message.id]
    assert not catalog.obsolete


def test_a_translation_has_the_places_of_its_text() -> None:
    for message in translated():
        for said in texts(message.string) if message.id else ():
            assert _places(said) == _places(texts(message.id)[0]), said


def test_a_translation_has_no_chinese_left() -> None:
    assert not [message.id for message in translated() if message.id and HAN.search("".join(texts(message.string)))]


def test_the_compiled_catalogue_is_that_of_the_text() -> None:
    assert PO.with_suffix(".mo").read_bytes() == compiled(translated())


@pytest.mark.parametrize("file", MADE_ELSEWHERE)
def test_a_sentence_that_is_made_elsewhere_is_known_again(file: str) -> None:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    said = (one for one in _made(tree) - PARTS)
    assert [one for one in said if HAN.search(retold(one.format(*"ABCDEF"), ENGLISH))] == []


@pytest.mark.parametrize("file", [one for one in MADE_ELSEWHERE if one.startswith("domain")])
def test_a_word_of_such_a_sentence_is_in_the_catalogue(file: str) -> None:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    known = {texts(message.id)[0] for message in template() if message.id} | JOINTS
    assert {one for one in _words(tree) if one not in known} == set()


def test_no_text_of_a_card_is_put_together_from_chinese_pieces() -> None:
    """What stands in an f-string cannot be translated; cards/rules.py makes notes, which are told again."""
    files = [file for file in sorted((ROOT / "cards").glob("*.py")) if file.name not in (*NOT_SAID, *KEPT)]
    assert [file.name for file in files if _made(ast.parse(file.read_text("utf-8")))] == []


def test_what_english_help_says_can_be_said() -> None:
    said = re.findall(r"\*\*([^*]+)\*\*", words.help_words([], ENGLISH, administrator=True)[1])
    assert len(said) > 20
    example = {"NUMBER": "QJ-20261123-001", "NAME": "王芳", "REASON": "no budget", "TEXT": "well done"}
    for one in said:
        typed = re.sub("|".join(example), lambda found: example[found[0]], one)
        assert commands.read(typed) or questions.read(typed), typed


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _made(tree: ast.Module) -> set[str]:
    """The f-strings that say something: patterns, and parts of a longer one, are none."""
    patterns = {id(part) for call in ast.walk(tree) if _compiles(call) for part in ast.walk(call)}
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and id(node) not in patterns:
            said = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
            if HAN.search(said) and "(?" not in said:
                found.add(said)
    return found


def _words(tree: ast.Module) -> set[str]:
    """The other Chinese texts."""
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    inside |= {id(part) for call in ast.walk(tree) if _compiles(call) for part in ast.walk(call)}
    inside |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside
        if HAN.search(node.value)
    }


def _compiles(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "compile"
