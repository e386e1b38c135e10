"""The English catalogue: what the bot says is found in the source and in the flow files, and compiled.

`.venv/bin/python -m tests.catalogue` (needs `./nod test` once) brings cards/locale up to date and names what lacks a
translation."""

import ast
import io
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from bot import flowfiles
from bot.tongues import LOCALE
from domain.approvals.flow import Flow
from tests.architecture.sources import ROOT

PO: Final = LOCALE / "en" / "LC_MESSAGES" / "nod.po"
SAID_BY: Final = ("cards", "usecases", "handlers")
NOT_SAID: Final = ("flow_changes.py", "flowchart.py", "chart_svg.py", "chart_text.py", "escape.py")  # commands, no chat
KEPT: Final = ("rules.py",)  # notes that a draft keeps: cards/retold.py has their sentences
HAN: Final = re.compile(r"[\u3400-\u9fff]")
CHINESE: Final = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uff01-\uff5e]")  # with its punctuation
_WORD: Final = re.compile(r"[^:|\s]+")


class Texts(ast.NodeVisitor):
    """The texts of one module: all Chinese ones of cards/, and whatever goes into say and count."""

    def __init__(self, tree: ast.Module, *, every: bool) -> None:
        self.found: dict[str, bool] = {}  # whether it counts
        self._every = every
        self._named: dict[str, ast.expr | None] = {
            target.id: node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign | ast.AnnAssign)
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name)
        }
        self._docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        self.visit(tree)

    def visit_Call(self, node: ast.Call) -> None:
        """frame.say("…"), frame.count("…" if one else "…", n), frame.say(TEXT)."""
        named = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if named == "compile":
            return
        if named in ("say", "title", "count") and node.args:
            given = node.args[0]
            said = self._named.get(given.id, given) if isinstance(given, ast.Name) else given
            for one in _constants(said):
                if CHINESE.search(one) or "{" in one or one == " ":
                    self.found[one] = self.found.get(one, False) or named == "count"
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        text = node.value
        if isinstance(text, str) and self._every and id(node) not in self._docs and _is_text(text):
            self.found.setdefault(text, False)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """What stands between the places of an f-string is no text; what is put into them may be."""
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)


def _constants(node: ast.expr | None) -> Iterator[str]:
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from (*_constants(one), *_constants(other))


def _is_text(text: str) -> bool:
    return bool(HAN.search(text) or ("{" in text and CHINESE.search(text)))


def source_texts() -> dict[str, dict[str, bool]]:
    """By file, what is said there; whether it counts."""
    found = {}
    for folder in SAID_BY:
        for file in sorted((ROOT / folder).glob("*.py")):
            if file.name not in NOT_SAID:
                every = folder == "cards" and file.name not in KEPT
                found[f"{folder}/{file.name}"] = Texts(ast.parse(file.read_text("utf-8")), every=every).found
    return found


def flow_texts() -> dict[str, list[str]]:
    """By pack, what its flow files say: titles, labels, questions, options, posts."""
    packs = sorted(folder.name for folder in (ROOT / "flows").iterdir() if folder.is_dir())
    return {pack: [text for flow in flowfiles.load(pack).values() for text in _of_flow(flow)] for pack in packs}


def _of_flow(flow: Flow) -> Iterator[str]:
    yield flow.title
    for field in flow.fields:
        yield from (field.label, field.ask, *field.options.values())
        for column in field.columns:
            yield from (column.label, *column.options.values())
    words = [word for route in flow.routes for step in route.steps for word in step.words]
    words += [word for route in flow.routes for word in route.cc] + [word for one in flow.fields for word in one.among]
    for word in (*words, flow.policies.overdue, flow.policies.missing, flow.administrator):
        if not word.startswith("user:"):
            yield from (part for part in _WORD.findall(word) if HAN.search(part))


@cache
def template() -> Catalog:
    """Everything that can be said, untranslated."""
    catalog = Catalog()
    for file, texts in source_texts().items():
        for text, counts in texts.items():
            catalog.add((text, text) if counts else text, locations=[(file, 0)])
    for pack, said in flow_texts().items():
        for text in dict.fromkeys(filter(None, said)):
            catalog.add(text, locations=[(f"flows/{pack}", 0)])
    return catalog


def translated(file: Path = PO) -> Catalog:
    """The catalogue as it is kept."""
    with file.open("rb") as kept:
        return read_po(kept, locale="en")


def compiled(catalog: Catalog) -> bytes:
    """As it is read by the bot."""
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def main() -> int:
    """0: everything is translated."""
    catalog = translated()
    made = catalog.creation_date
    catalog.update(template(), no_fuzzy_matching=True)
    catalog.creation_date = made  # a new run alone changes nothing
    catalog.obsolete.clear()
    with PO.open("wb") as file:
        write_po(file, catalog, width=120, include_lineno=False)
    PO.with_suffix(".mo").write_bytes(compiled(catalog))
    lacking = untranslated(catalog)
    for text in lacking:
        print(f"no translation: {text}")
    return 1 if lacking else 0


def untranslated(catalog: Catalog) -> list[str]:
    """The texts that have no English yet."""
    return [texts(message.id)[0] for message in catalog if message.id and not all(texts(message.string))]


def texts(said: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """One text, or the one for one thing and the one for many."""
    return (said or "",) if isinstance(said, str) or said is None else tuple(said)


if __name__ == "__main__":
    sys.exit(main())
