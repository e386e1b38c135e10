"""Files and functions stay small enough to be read at once, and the inside stays synchronous."""

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from tests.architecture.sources import Source, sources

FILE, TEST_FILE, FUNCTION, WIDTH = 300, 400, 40, 120
PURE: Final = ("domain", "cards", "language", "usecases")
NAMELESS: Final = {"utils", "helpers", "common", "manager", "base"}  # it has no place yet that has no name yet

LONG_FILES: Final[dict[str, str]] = {}  # name: why it may be longer
LONG_FUNCTIONS: Final[dict[str, str]] = {
    "store/migrations/versions/0001_the_first_tables.py upgrade": "a list of tables, written once and never changed",
    "store/migrations/versions/0007_time_comes_in.py upgrade": "a list of tables, written once and never changed",
}


def test_files_are_short() -> None:
    limits = {source.name: TEST_FILE if source.package == "tests" else FILE for source in sources()}
    long = {source.name: lines for source in sources() if (lines := _lines(source)) > limits[source.name]}
    assert set(long) == set(LONG_FILES), f"split them: {long}"


def test_functions_are_short() -> None:
    long = {name: lines for source in sources() for name, lines in _functions(source) if lines > FUNCTION}
    assert set(long) == set(LONG_FUNCTIONS), f"split them: {long}"


def test_lines_are_short() -> None:
    """Counted in characters: the formatter and ruff count a Chinese one twice."""
    numbered = [(source.name, *line) for source in sources() for line in enumerate(source.text.splitlines(), start=1)]
    long = [f"{name}:{number} has {len(line)}" for name, number, line in numbered if len(line) > WIDTH]
    assert not long, "\n".join(long)


def test_a_module_says_first_why_it_exists() -> None:
    silent = [source.name for source in sources() if source.text.strip() and not _first_line(source)]
    assert not silent


def test_the_inside_is_synchronous() -> None:
    waiting = (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await)
    found = [
        f"{source.name}:{node.lineno}"
        for source in sources()
        if source.package in PURE
        for node in ast.walk(source.tree)
        if isinstance(node, waiting)
    ]
    assert not found


def test_modules_have_names() -> None:
    assert not [source.name for source in sources() if PurePosixPath(source.name).stem in NAMELESS]


def _lines(source: Source) -> int:
    return len(source.text.splitlines())


def _functions(source: Source) -> Iterator[tuple[str, int]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{source.name} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def _first_line(source: Source) -> str:
    return (ast.get_docstring(source.tree, clean=False) or "").partition("\n")[0].strip()
