"""Detail rows as people read them, and as a form's text holds them: one a line."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from cards.card import Frame
from cards.escape import plain
from domain.approvals.conditions import names_in
from domain.approvals.flow import Column, Field, Flow
from domain.approvals.rows import row_amount, rows_field, rows_of, total_of
from domain.approvals.values import Row, Value

SHOWN: Final = 8  # rows on a card; the others are counted
_WIDE: Final = "　"


def cents(said: object) -> str:
    """1,173.50."""
    return f"{Decimal(str(said)):,.2f}"


def row_lines(
    flow: Flow, field: Field, rows: Sequence[Row], day: Callable[[str], str], frame: Frame
) -> list[str]:  # fmt: skip
    """1. A4纸　10 包　25.00　＝ 250.00; of many rows the first ones."""
    total = next((one for one in flow.fields if one.total is not None and one.total.rows == field.id), None)
    lines = [f"{place}. {_line(field, total, row, day, frame)}" for place, row in enumerate(rows[:SHOWN], start=1)]
    return [*lines, frame.count("… 还有 {n} 笔", len(rows) - SHOWN)] if len(rows) > SHOWN else lines


def _line(field: Field, total: Field | None, row: Row, day: Callable[[str], str], frame: Frame) -> str:
    unit = f" {plain(str(row['unit']), 10)}" if "unit" in row else ""
    counted = next((column.id for column in field.columns if column.type == "number"), "")
    parts: list[str] = []
    for column in field.columns:
        said = row.get(column.id, "")
        if said == "" or (column.id == "unit" and counted in row):
            continue
        parts.append(_said(column, said, day, frame) + (unit if column.id == counted else ""))
    if total is not None and total.total is not None and len(names_in(total.total.term)) > 1:
        amount = row_amount(total, row)
        parts += [f"＝ {cents(amount)}"] if amount is not None else []
    return _WIDE.join(parts)


def _said(column: Column, said: str | int | float, day: Callable[[str], str], frame: Frame) -> str:
    match column.type:
        case "money":
            return cents(said)
        case "number":
            return f"{Decimal(str(said)):,f}"
        case "date":
            return day(str(said))
        case "choice":
            return plain(frame.say(column.options.get(str(said), str(said))), 20)
    return plain(str(said), 40)


def so_far(flow: Flow, values: Mapping[str, Value], frame: Frame) -> str:
    """明细 4 笔，合计 488.50 元。 "" where there are no rows."""
    field = rows_field(flow)
    rows = rows_of(values.get(field.id)) if field is not None else []
    if field is None or not rows:
        return ""
    totals = ((one, total_of(one, values)) for one in flow.fields if one.type == "money")
    said = "".join(
        frame.say("，{label} {sum} 元", label=frame.say(one.label), sum=cents(total))
        for one, total in totals
        if total is not None
    )
    return frame.count("{label} {n} 笔{totals}。", len(rows), label=frame.say(field.label), totals=said)


def how_to_list(field: Field, flow: Flow, frame: Frame) -> str:
    """What is added to the question for a field that rows can fill, or for the rows themselves."""
    if field.type == "rows":
        return frame.say("（一行一项：{columns}）", columns=_columns(field, frame))
    rows = rows_field(flow)
    if field.total is None or rows is None:
        return ""
    return frame.say("可以只说总数，也可以一行一项地列：{columns}。", columns=_columns(rows, frame))


def _columns(field: Field, frame: Frame) -> str:
    return frame.say(" ").join(frame.say(column.label) for column in field.columns)


def placeholder(field: Field, frame: Frame) -> str:
    """What stands in an empty form."""
    return frame.say("一行一项：{columns}", columns=" | ".join(frame.say(column.label) for column in field.columns))


def as_text(field: Field, rows: Sequence[Row]) -> str:
    """The rows one a line, cells between |: the reader of lists gives the same rows again."""
    return "\n".join(" | ".join(_cells(field, row)) for row in rows)


def _cells(field: Field, row: Row) -> list[str]:
    cells = [_cell(column, row.get(column.id, "")) for column in field.columns]
    while len(cells) > 2 and not cells[-1]:
        cells.pop()
    return cells if len(cells) > 1 else [*cells, ""]


def _cell(column: Column, said: str | int | float) -> str:
    if column.type in ("number", "money") and said != "":
        return f"{Decimal(str(said)):f}"
    return " ".join(column.options.get(str(said), str(said)).replace("|", "/").replace("｜", "/").split())
