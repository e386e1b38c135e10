"""Detail rows and what they come to: exact to the cent, and nobody writes another total."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.approvals.condition_text import ConditionError, Vocabulary, parse_amount
from domain.approvals.flow import Column, Field, Flow, Total, facts
from domain.approvals.form import check, missing
from domain.approvals.rows import check_rows, completed, named, refreshed, total_of
from domain.approvals.values import Row, Value
from domain.errors import FieldWrong, RowsWrong

COLUMNS = (
    Column(id="item", label="品名", required=True),
    Column(id="count", label="数量", type="number", required=True),
    Column(id="price", label="单价", type="money"),
    Column(id="kind", label="类别", type="choice", options={"a": "甲"}),
    Column(id="day", label="日期", type="date"),
)
NAMES = {f"details.{column.id}" for column in COLUMNS}
WORDS = Vocabulary(names={name: name for name in NAMES}, numbers=frozenset({"details.count", "details.price"}))
DETAILS = Field(id="details", label="明细", type="rows", columns=COLUMNS)
AMOUNT = Field(
    id="amount", label="金额", type="money", required=True,
    total=Total(rows="details", term=parse_amount("details.price * details.count", WORDS)),
)  # fmt: skip
FLOW = Flow(id="buy", title="采购", prefix="CG", fields=(DETAILS, AMOUNT))


def row(count: float, price: float | None = None, item: str = "笔") -> Row:
    found: Row = {"item": item, "count": count}
    return found if price is None else {**found, "price": price}


@pytest.mark.parametrize(
    ("rows", "total"),
    [
        ([row(1, 0.1), row(1, 0.2)], 0.3),
        ([row(3, 19.99)], 59.97),
        ([row(0.333, 3)], 1),  # to the cent, as on an invoice
        ([row(1, 1.005)], 1.01),
        ([row(200, 999999.99)], 199999998),
        ([row(1, 0.1)] * 200, 20),
        ([row(1, 5), row(2)], None),
        ([], None),
    ],
)
def test_a_total_is_what_one_would_get_on_paper(rows: list[Row], total: float | None) -> None:
    values: dict[str, Value] = {"details": list(rows)}
    assert total_of(AMOUNT, values) == total


PRICES = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(99999), places=2)


@given(st.lists(st.tuples(st.integers(1, 999), PRICES), min_size=1, max_size=50))
def test_the_total_is_the_sum_of_the_rows(said: list[tuple[int, Decimal]]) -> None:
    rows = [row(count, float(price)) for count, price in said]
    values = completed(FLOW, {}, {"details": list(rows)})
    assert facts(FLOW, values)["amount"] == sum(count * price for count, price in said)
    check(FLOW, values)


@given(st.lists(st.tuples(st.integers(1, 9), PRICES), min_size=1, max_size=5), PRICES)
def test_no_other_total_is_taken(said: list[tuple[int, Decimal]], forged: Decimal) -> None:
    rows = [row(count, float(price)) for count, price in said]
    if forged == sum(count * price for count, price in said):
        return
    with pytest.raises(RowsWrong, match="金额是明细加起来的"):
        completed(FLOW, {}, {"details": list(rows), "amount": float(forged)})
    with pytest.raises(RowsWrong):
        completed(FLOW, {"details": list(rows)}, {"amount": str(forged)})
    with pytest.raises(FieldWrong):
        check(FLOW, {"details": list(rows), "amount": float(forged)})


def test_a_total_goes_with_its_rows_and_a_sum_alone_stays() -> None:
    before = completed(FLOW, {}, {"details": [row(2, 3)]})
    assert before["amount"] == 6
    assert completed(FLOW, before, {"details": ""})["amount"] == ""
    assert completed(FLOW, before, {"details": [row(2, 3), row(1)]})["amount"] == ""
    assert completed(FLOW, before, {"details": "", "amount": 5}) == {"details": "", "amount": 5}
    assert completed(FLOW, {}, {"amount": 5}) == {"amount": 5}
    assert completed(FLOW, {"amount": 5}, {"details": [row(2)]}) == {"details": [row(2)]}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([row(1), {"count": 1}], "明细第 2 笔没写品名"),
        ([row(1), {"item": "纸"}], "明细第 2 笔“纸”没写数量"),
        ([row(0)], "明细第 1 笔“笔”的数量不对：0"),
        ([row(-3)], "数量不对"),
        ([row(1, 10**9)], "单价不对"),
        ([row(1, 1.005)], "单价最多两位小数"),
        ([{**row(1), "price": "abc"}], "单价不对"),
        ([{**row(1), "price": "NaN"}], "单价不对"),
        ([{**row(1), "kind": "b"}], "类别不对"),
        ([{**row(1), "day": "2026-02-30"}], "日期不对"),
        ([{**row(1), "colour": "红"}], "不能填“colour”"),
        ([{**row(1), "item": ["a"]}], "品名不对"),
        ([{**row(1), "item": "长" * 300}], "品名不对"),
        ([row(1)] * 201, "最多 200 笔，这里有 201 笔"),
        (["打车"], "一项一项"),
        ("打车", "一项一项"),
    ],
)
def test_a_row_that_cannot_be_is_told_by_its_place(rows: Any, said: str) -> None:
    with pytest.raises(RowsWrong, match=said):
        check_rows(DETAILS, rows)


def test_rows_that_are_required_are_missing_when_there_are_none() -> None:
    flow = Flow(id="x", title="x", prefix="X", fields=(Field(id="details", label="明细", type="rows", required=True),))
    assert missing(flow, {"details": []}) == missing(flow, {}) == ("details",)


def test_many_rows_are_named_by_the_first() -> None:
    assert named(DETAILS, [row(1, item=name) for name in ("纸", "笔", "纸", "夹子", "胶带")]) == "纸、笔、夹子 等 4 项"
    assert named(DETAILS, [row(1, item="纸")]) == "纸"


def test_an_older_case_is_copied_as_the_flow_asks_today() -> None:
    old: dict[str, Value] = {"details": [{**row(2, 3), "gone": "x"}], "amount": 6, "colour": "红"}
    assert refreshed(FLOW, old) == {"details": [row(2, 3)], "amount": 6}
    assert refreshed(FLOW, {"details": [row(2, 3)], "amount": 5})["amount"] == 6


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("details.color", "没有 details.color"),
        ("details.item * 2", "不是数字"),
        ("__import__('os').system('x')", "不能写"),
        ("sum(details.price)", "不能写"),
        ("details.price if 1 else 2", "不能写"),
        ("details.price **", "看不懂"),
    ],
)
def test_a_total_is_no_program(text: str, said: str) -> None:
    with pytest.raises(ConditionError, match=said):
        parse_amount(text, WORDS)
