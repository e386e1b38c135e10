"""Detail rows in flow files and on the command line: columns, totals, and what is said of wrong ones."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson

from bot.flowforms import FieldPart
from bot.mistakes import near
from domain.approvals.condition_text import ConditionError, Vocabulary, parse_amount
from domain.approvals.conditions import names_in
from domain.approvals.flow import NUMBERS, Column, Field, Total
from domain.approvals.rows import check_rows
from domain.approvals.values import Row
from domain.errors import RowsWrong


def fields_of(parts: Iterable[FieldPart]) -> tuple[Field, ...]:
    """The fields as values; a total that cannot be read is left out (`wrong_rows` tells of it)."""
    all_parts = list(parts)
    words = _vocabulary(all_parts)
    return tuple(_field(part, words) for part in all_parts)


def _field(part: FieldPart, words: Vocabulary) -> Field:
    columns = tuple(Column(**column.model_dump()) for column in part.columns)
    total = _total(part.total, words) if part.total else ""
    found = None if isinstance(total, str) else total
    return Field(**{**part.model_dump(), "columns": columns, "total": found})


def wrong_rows(parts: Sequence[tuple[int, FieldPart]]) -> Iterator[tuple[int, str, str]]:
    """Place, key and text of each mistake."""
    words = _vocabulary([part for _, part in parts])
    seen = 0
    for place, part in parts:
        if bool(part.columns) != (part.type == "rows"):
            yield place, "columns", 'type = "rows" 的字段要写 columns，别的类型不写'
        seen += part.type == "rows"
        if part.type == "rows" and seen > 1:
            yield place, "type", "一个表单只能有一个 rows 字段"
        yield from ((place, "columns", text) for text in _wrong_columns(part))
        if part.total and part.type not in NUMBERS:
            yield place, "total", "只有 number 和 money 字段可以写 total"
        elif part.total and isinstance(wrong := _total(part.total, words), str):
            yield place, "total", wrong


def _wrong_columns(part: FieldPart) -> Iterator[str]:
    """Of one field."""
    taken: set[str] = set()
    for column in part.columns:
        if repeated := {column.id, column.label} & taken:
            yield f"“{min(repeated)}”已经用在前面的列里"
        taken |= {column.id, column.label}
        if bool(column.options) != (column.type == "choice"):
            yield f'列“{column.label}”：type = "choice" 的列要写 options，别的类型不写'
    if part.columns and not any(column.type == "text" for column in part.columns):
        yield '至少要有一个 type = "text" 的列，写每一项的名称'


def _vocabulary(parts: Iterable[FieldPart]) -> Vocabulary:
    """What totals speak of: `details.price`, by ids or labels."""
    names: dict[str, str] = {}
    numbers: set[str] = set()
    for part in parts:
        for column in part.columns:
            name = f"{part.id}.{column.id}"
            names |= {f"{rows}.{one}": name for rows in (part.label, part.id) for one in (column.label, column.id)}
            numbers |= {name} if column.type in NUMBERS else set()
    return Vocabulary(names=names, numbers=frozenset(numbers))


def _total(text: str, words: Vocabulary) -> Total | str:
    """What is computed, or what is wrong with it."""
    try:
        term = parse_amount(text, words)
    except ConditionError as error:
        return f"{error}{near(text, dict.fromkeys(words.names.values()))}"
    rows = {name.partition(".")[0] for name in names_in(term)}
    if len(rows) != 1:
        return "要用到一个 rows 字段的列，如 details.price * details.count"
    return Total(rows=rows.pop(), term=term)


def rows_given(field: Field, said: str) -> list[Row]:
    """The rows of `--set details=[{"item": "打车", "price": 45.5}]`; columns by id or label. Raises ValueError."""
    example = '[{"' + field.columns[0].id + '": …}]'
    try:
        given = orjson.loads(said)
    except orjson.JSONDecodeError:
        given = None
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        raise ValueError(f"{field.label}要写成 JSON，如 {field.id}={example}")
    ids = {column.label: column.id for column in field.columns}
    rows: list[Row] = [{ids.get(key, key): _cell(value) for key, value in row.items()} for row in given]
    try:
        check_rows(field, rows)
    except RowsWrong as wrong:
        raise ValueError(wrong.reason) from None
    return rows


def _cell(value: Any) -> str | int | float:
    return value if isinstance(value, str | int | float) and not isinstance(value, bool) else str(value)
