"""Detail rows (明细): what a row may say, and what is computed from rows, to the cent. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, Final

from domain.approvals.conditions import NoValue, amount
from domain.approvals.flow import NUMBERS, Column, Field, Flow
from domain.approvals.values import Row, Value
from domain.errors import RowsWrong

MOST_ROWS: Final = 200
CENT: Final = Decimal("0.01")
_MOST: Final = 10**9
_LONGEST: Final = 200  # characters of one text in a row


def rows_field(flow: Flow) -> Field | None:
    """The field of the flow that has rows; a form has one at most."""
    return next((field for field in flow.fields if field.type == "rows"), None)


def rows_of(value: object) -> list[Row]:
    """The rows of a form's value; none where it is something else (text from before the field had rows)."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def possible(column: Field | Column, value: object) -> bool:
    """Whether a field or a column of this type can have the value: an option, a number above zero, a date."""
    try:
        if column.type == "choice":
            return value in column.options
        if column.type in NUMBERS:
            return 0 < Decimal(str(value)) < _MOST
        if column.type == "date":
            date.fromisoformat(str(value))
    except (ValueError, TypeError, InvalidOperation):
        return False
    return True


def check_rows(field: Field, value: object) -> None:
    """Raises RowsWrong for the first row that cannot be, or that lacks something."""
    if value in (None, "", []):
        return
    rows = rows_of(value)
    if not isinstance(value, list) or len(rows) < len(value):
        raise RowsWrong(f"{field.label}要一项一项地列")
    if len(rows) > MOST_ROWS:
        raise RowsWrong(f"{field.label}最多 {MOST_ROWS} 笔，这里有 {len(rows)} 笔")
    for place, row in enumerate(rows, start=1):
        if wrong := _wrong(field.columns, row):
            raise RowsWrong(f"{field.label}第 {place} 笔{wrong}")


def _wrong(columns: Sequence[Column], row: Row) -> str:
    """What is wrong with the row, in words; "" for a good one."""
    if strange := set(row) - {column.id for column in columns}:
        return f"不能填“{min(strange)[:20]}”"
    called = next((f"“{str(row[c.id])[:20]}”" for c in columns if c.type == "text" and row.get(c.id)), "")
    for column in columns:
        said = row.get(column.id, "")
        if said == "":
            if column.required:
                return f"{called}没写{column.label}"
        elif (
            not isinstance(said, str | int | float)
            or not possible(column, said)
            or (column.type == "text" and len(str(said)) > _LONGEST)
        ):
            return f"{called}的{column.label}不对：{str(said)[:20]}"
        elif column.type == "money" and Decimal(str(said)) % CENT:
            return f"{called}的{column.label}最多两位小数：{str(said)[:20]}"
    return ""


def row_amount(field: Field, row: Row) -> Decimal | None:
    """What a row adds to this field; of money whole cents, rounded as on an invoice. None where a number is missing."""
    assert field.total is not None, "only of a field that is computed"
    known = {f"{field.total.rows}.{key}": number for key, said in row.items() if (number := _number(said)) is not None}
    try:
        found = amount(field.total.term, known)
    except NoValue:
        return None
    if abs(found) >= _MOST**2:
        return None
    return found.quantize(CENT, ROUND_HALF_UP) if field.type == "money" else found


def _number(said: object) -> Decimal | None:
    try:
        number = Decimal(str(said))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < _MOST else None


def total_of(field: Field, values: Mapping[str, Any]) -> int | float | None:
    """What the field is computed to; None where it is not, there are no rows, or one lacks a number."""
    rows = rows_of(values.get(field.total.rows)) if field.total is not None else []
    found = [row_amount(field, row) for row in rows]
    known = [one for one in found if one is not None]
    return shortest(sum(known, Decimal())) if found and len(known) == len(found) else None


def shortest(number: Decimal) -> int | float:
    """The number as JSON writes it: 45.50 is 45.5. Its text is the exact decimal again, with up to 15 digits."""
    return int(number) if number == number.to_integral_value() else float(number)


def without_totals(flow: Flow, values: Mapping[str, Value]) -> dict[str, Value]:
    """The values without the fields that can be computed from rows."""
    return {key: said for key, said in values.items() if key not in {one.id for one in flow.fields if one.total}}


def refreshed(flow: Flow, values: Mapping[str, Value]) -> dict[str, Value]:
    """Values of an older case as the flow asks today: of its fields and columns, with totals computed anew."""
    kept = {field.id: values[field.id] for field in flow.fields if field.id in values}
    for field in flow.fields:
        if field.type == "rows" and (rows := rows_of(kept.get(field.id))):
            known = {column.id for column in field.columns}
            kept[field.id] = [{key: said for key, said in row.items() if key in known} for row in rows]
    return kept | completed(flow, kept, {})


def completed(flow: Flow, before: Mapping[str, Value], changes: Mapping[str, Value]) -> dict[str, Value]:
    """The changes together with the totals that follow from them.

    Whoever names another total than the rows have is told so (RowsWrong). A total that was computed goes with its
    rows, and one whose rows lack a number now is asked for again."""
    after, found = {**before, **changes}, dict(changes)
    for field in flow.fields:
        if field.total is None:
            continue
        total, said = total_of(field, after), changes.get(field.id, "")
        if total is not None:
            if said != "" and _number(said) != _number(total):
                raise RowsWrong(f"{field.label}是明细加起来的 {total:,.2f}，不是 {str(said)[:20]}。要改的话请改明细")
            if before.get(field.id) != total or field.id in found:
                found[field.id] = total
        elif field.total.rows in changes and said == "" and total_of(field, before) is not None:
            found[field.id] = ""
    return found


def named(field: Field, rows: Sequence[Row]) -> str:
    """What the rows are about, in a line: 打车、午餐、住宿 等 5 项."""
    first = next((column.id for column in field.columns if column.type == "text"), "")
    names = list(dict.fromkeys(str(row[first]) for row in rows if row.get(first)))
    joint = ", " if all(name.isascii() for name in names) else "、"
    return joint.join(names[:3]) + (f" 等 {len(names)} 项" if len(names) > 3 else "")
