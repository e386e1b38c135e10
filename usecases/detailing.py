"""What words and forms say about the detail rows of a draft (明细). Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from cards.details import as_text
from domain.approvals.events import Drafted, Event, Filled
from domain.approvals.flow import Field, Flow
from domain.approvals.rows import check_rows, completed, named, rows_field, rows_of, total_of
from domain.approvals.values import Row, Value
from domain.errors import RowsWrong
from language.english import speaks
from language.naming import rest
from language.rowedits import edited
from language.rowmarks import Marks
from language.rows import Listed, first_text, read_rows
from usecases.filling import TEXTS, THING
from usecases.heard import Heard
from usecases.values import KINDS

_AROUND: Final = r"(?:申请单?|以下|如下|下面|这些|一下|一批|一些|费用|明细|单子?|的|了|[\s:：，,])*"
_HEADING: Final = re.compile(r"^[^\d\n:：]{1,30}[:：](?=.*\d)", re.S)

_WHAT_FOR: Final = re.compile(
    r"[，,。；;\s]\s*(?P<why>(?:去|到|用于|用来|给|为了|因为|拜访|见|参加|陪|招待)[^\d，,。；;¥￥]{2,40})[。.!！\s]*$"
)
_FOR: Final = re.compile(r"(?<![\d.,])(?<!yuan)(?<!rmb)\s+(?P<why>for [^\d,.;]{2,60})[.!\s]*$", re.I | re.A)
_ARE: Final = r"\s*(?:改成|改为|换成|有|是|为|[:：])\s*"  # 采购明细：…
_SURELY: Final = re.compile(r"第.{1,6}[笔行项条]|加.{1,4}[笔行项条]|最后一[笔行项条]|明细")
_INTRODUCED: Final = re.compile(r"^[^\d\n，,]{0,15}(?:费用|明细|如下)\s*[，,:：\n]")


def first_rows(flow: Flow, text: str, said_at: datetime) -> tuple[dict[str, Value], tuple[str, ...]]:
    """The items that a first sentence lists, with their total, and a note where it names another one.

    One sum alone is no list. What cannot be rows is not guessed: the amount is asked for then."""
    field = rows_field(flow)
    if field is None:
        return {}, ()
    text, why = _purpose(text, flow)
    try:
        listed = read_rows(_body(text, flow), field.columns, said_at, strict=False)
        check_rows(field, list(listed.rows))
    except RowsWrong:
        return {}, ()
    if not listed.is_list:
        return {}, ()
    values = _with(flow, field, listed.rows, {}, listed) | why
    try:
        return completed(flow, {}, values), ()
    except RowsWrong as wrong:
        return completed(flow, {}, _with(flow, field, listed.rows, {})), (wrong.reason,)


def _purpose(text: str, flow: Flow) -> tuple[str, dict[str, Value]]:
    """The list, and what it is for, where that stands behind its last comma: …，去深圳见客户."""
    found = _WHAT_FOR.search(text) or (_FOR.search(text) if speaks(text) else None)
    if found is None or not any(one.id == "reason" for one in flow.fields):
        return text, {}
    return text[: found.start()], {"reason": found["why"].strip().removeprefix("for ")}


def rows_said(heard: Heard, flow: Flow, values: Mapping[str, Value], asked: str) -> dict[str, Value] | None:
    """What the words change about the rows of a draft: a correction, more rows, or the items that were asked for.

    None where they say nothing about rows. Raises RowsWrong, and says which row."""
    field = rows_field(flow)
    if field is None:
        return None
    rows = rows_of(values.get(field.id))
    waited = next((one for one in flow.fields if one.id == asked), None)
    if named_so := re.match(rf"\s*(?:把|将)?(?:{re.escape(field.label)}|明细){_ARE}(?P<rows>.+)", heard.text, re.S):
        listed = read_rows(named_so["rows"], field.columns, heard.said_at)
        if listed.rows:
            check_rows(field, list(listed.rows))
            return _with(flow, field, listed.rows, values, listed)
    if waited is None or waited.type not in TEXTS or (rows and _SURELY.search(heard.text)):
        changed = edited(heard.text, rows or _bare(flow, field, values), field.columns, heard.said_at)
        if changed is not None:
            check_rows(field, changed)
            return _with(flow, field, changed, values)
    wanted = waited is not None and (waited is field or waited.total is not None)
    if not wanted and (waited is None or _asks_anew(heard) or (waited.type in TEXTS and waited is not _about(flow))):
        return None
    listed = read_rows(heard.text, field.columns, heard.said_at, strict=wanted)
    if not (listed.is_list or (waited is field and listed.rows)):
        return None
    check_rows(field, list(listed.rows))
    return _with(flow, field, _together(field, rows, listed.rows), values, listed if not rows else None)


def rows_from_form(
    flow: Flow, form: Mapping[str, Value], values: Mapping[str, Value], now: datetime
) -> dict[str, Value]:  # fmt: skip
    """The rows that a form's text changes. Raises RowsWrong, and says which row."""
    field = rows_field(flow)
    text = form.get(field.id) if field is not None else None
    if field is None or not isinstance(text, str) or text == as_text(field, rows_of(values.get(field.id))).strip():
        return {}
    rows = read_rows(text, field.columns, now).rows
    if text and not rows:
        raise RowsWrong(f"没看懂{field.label}，请一行一项：{'、'.join(column.label for column in field.columns)}")
    check_rows(field, list(rows))
    return {field.id: list(rows) or ""}


def has_rows(flow: Flow, values: Mapping[str, Value]) -> bool:
    """Whether a total is computed from rows."""
    return any(total_of(field, values) is not None for field in flow.fields)


def rows_changed(flow: Flow, event: Event) -> bool:
    """Whether the event set rows."""
    field = rows_field(flow)
    return isinstance(event, Drafted | Filled) and field is not None and field.id in event.values


def _together(field: Field, rows: Sequence[Row], more: Sequence[Row]) -> list[Row]:
    """The rows with those that were said now; who names an item once more says its price, or corrects it."""
    first, marks = first_text(field.columns).id, Marks(field.columns)
    found = [dict(row) for row in rows]
    for row in more:
        same = next((one for one in found if one.get(first) == row.get(first)), None)
        if same is None:
            found.append(dict(row))
        elif (
            marks.money and not {marks.money, marks.unit} & set(row) and marks.count in row and marks.money not in same
        ):
            same[marks.money] = row[marks.count]  # 显示器 1500: the count was said before
        else:
            same.update(row)
    return found


def _body(text: str, flow: Flow) -> str:
    """The sentence without what only names the flow: 我要报销以下费用：."""
    body = rest(text)
    names = "|".join(re.escape(name) for name in sorted((flow.title, *flow.words), key=len, reverse=True))
    if (heading := _HEADING.match(body)) and re.search(names, heading[0]):
        return body[heading.end() :]
    body = re.sub(rf"^(?:{names}){_AROUND}|(?<=[\s，,。])(?:{names})[\s。]*$", "", body)
    return _INTRODUCED.sub("", body)


def _asks_anew(heard: Heard) -> bool:
    return heard.flow is not None or (heard.reading is not None and heard.reading.kind in KINDS)


def _bare(flow: Flow, field: Field, values: Mapping[str, Value]) -> list[Row]:
    """A sum that was named without items, as the first of them; there is none where a row says more than a sum."""
    money = [column.id for column in field.columns if column.type in ("money", "number")]
    total = next((one for one in flow.fields if one.total is not None), None)
    amount = values.get(total.id, "") if total is not None else ""
    if len(money) != 1 or total is None or not isinstance(amount, int | float):
        return []
    about = _about(flow)
    return [{first_text(field.columns).id: str((about and values.get(about.id)) or total.label)[:40], money[0]: amount}]


def _about(flow: Flow) -> Field | None:
    """The text that says what it is all about: with rows, their names."""
    texts = [one for one in flow.fields if one.type in TEXTS]
    named_ = next((one for one in texts if one.id in THING), None)
    if named_ is not None:
        return named_ if named_.id == "items" else None
    return next((one for one in texts if one.id == "reason"), None)


def _with(
    flow: Flow, field: Field, rows: Sequence[Row], before: Mapping[str, Value], listed: Listed | None = None
) -> dict[str, Value]:  # fmt: skip
    """The rows as values; with them what the text about them says, where nobody wrote it, and the sum that was said."""
    values: dict[str, Value] = {field.id: list(rows) or ""}
    about = _about(flow)
    if about is not None and rows:
        old = before.get(about.id, "")
        if old in ("", named(field, rows_of(before.get(field.id)))):
            values[about.id] = named(field, rows)
    if listed is not None and listed.total is not None:
        money = [one for one in flow.fields if one.total is not None and one.type == "money"]
        values |= {one.id: int(listed.total) if listed.total % 1 == 0 else float(listed.total) for one in money}
    return values
