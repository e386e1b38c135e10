"""What a message does to the detail rows of a draft: first sentences, additions, prices that are said later."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot import flowfiles
from domain.approvals.flow import Flow
from domain.approvals.rows import completed
from domain.approvals.values import Value
from domain.errors import RowsWrong
from language import understand
from usecases.detailing import first_rows, rows_from_form, rows_said
from usecases.heard import Heard

FLOWS = {pack: flowfiles.load(pack) for pack in ("matrix", "classic", "common")}
EXPENSE, PURCHASE = FLOWS["matrix"]["expense"], FLOWS["matrix"]["goods_purchase"]
NOW = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def said(flow: Flow, text: str, values: dict[str, Value], asked: str = "") -> dict[str, Value] | None:
    """The draft's values after the message; None where it says nothing about rows."""
    heard = Heard(message="m", by="lix", text=text, said_at=NOW, reading=understand(text, NOW))
    changes = rows_said(heard, flow, values, asked)
    return None if changes is None else {**values, **completed(flow, values, changes)}


def cells(values: Any) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in values["details"]]


@pytest.mark.parametrize(
    ("pack", "flow", "text", "rows", "amount"),
    [
        ("matrix", "expense", "报销 打车 45.5，午餐 128 元", 2, 173.5),
        ("matrix", "expense", "我要报销以下费用：机票 1200，酒店 800 元", 2, 2000),
        ("matrix", "expense", "报销这次出差的费用，机票1200，住宿3晚 900，打车 65.5，一共 2165.5", 3, 2165.5),
        ("matrix", "expense", "打车 45.5，午餐 128，报销", 2, 173.5),
        ("matrix", "expense", "报销\n1. 打车 45\n2. 午餐 128\n谢谢领导", 2, 173),
        ("matrix", "expense", "报销 300 元，其中 200 是打车，100 是午餐", 2, 300),
        ("matrix", "goods_purchase", "采购 A4纸 10 包 每包 25 元", 1, 250),
        ("matrix", "goods_purchase", "买东西：A4纸10包25元、签字笔5盒12元", 2, 310),
        ("matrix", "goods_purchase", "采购两台显示器，三个键盘，大概 3000 元", 2, 3000),
        ("matrix", "payment", "付款给上海印刷厂：画册 12000，名片 800", 2, 12800),
        ("classic", "write_off", "报损 杯子 3 个 每个 15 元，椅子 1 把 200 元", 2, 245),
        ("common", "material_purchase", "采购物料 钢管 20 根 每根 35.5 元", 1, 710),
    ],
)
def test_a_first_sentence_may_list_items(pack: str, flow: str, text: str, rows: int, amount: float) -> None:
    values, notes = first_rows(FLOWS[pack][flow], text, NOW)
    assert (len(cells(values)), values["amount"], notes) == (rows, amount, ())


@pytest.mark.parametrize(
    ("flow", "text"),
    [
        (EXPENSE, "打车票报一下 128.5"),
        (EXPENSE, "报销昨天和客户吃饭 320 元，3 个人"),
        (EXPENSE, "报销11月20日到22日出差住宿900元"),
        (EXPENSE, "报销 45.5 打车费，发票 2 张"),
        (PURCHASE, "采购两台显示器，大概 3000 元"),
        (FLOWS["matrix"]["petty_cash"], "申请备用金 5000 元，展会用"),
    ],
)
def test_one_sum_is_no_list(flow: Flow, text: str) -> None:
    assert first_rows(flow, text, NOW) == ({}, ())


def test_another_sum_than_that_of_the_items_is_noted_and_not_taken() -> None:
    values, notes = first_rows(EXPENSE, "报销 打车 45，午餐 128，合计 180", NOW)
    assert values["amount"] == 173
    assert "173.00" in notes[0]


def test_rows_carry_the_text_about_them_until_somebody_writes_it() -> None:
    values, _ = first_rows(EXPENSE, "报销 打车 45，午餐 128", NOW)
    more = said(EXPENSE, "再加一笔 停车 15", values)
    assert more is not None
    assert (more["reason"], more["amount"]) == ("打车、午餐、停车", 188)
    written = said(EXPENSE, "删掉第1笔", {**more, "reason": "去上海见客户"})
    assert written is not None
    assert (written["reason"], written["amount"]) == ("去上海见客户", 143)


def test_a_sum_without_items_becomes_the_first_of_them() -> None:
    values = said(EXPENSE, "再加一笔 停车 15", {"amount": 45.5, "reason": "打车"})
    assert values is not None
    assert (cells(values), values["amount"]) == ([("打车", 45.5), ("停车", 15)], 60.5)


def test_prices_may_be_said_after_the_things() -> None:
    values, _ = first_rows(PURCHASE, "采购两台显示器，三个键盘", NOW)
    assert "amount" not in values
    priced = said(PURCHASE, "显示器 1500，键盘 99.5", values, "amount")
    assert priced is not None
    assert (cells(priced), priced["amount"]) == ([("显示器", 2, "台", 1500), ("键盘", 3, "个", 99.5)], 3298.5)
    assert said(PURCHASE, "3000", values, "amount") is None, "a sum alone stays one"


def test_free_words_stay_words() -> None:
    values, _ = first_rows(PURCHASE, "采购两台显示器，三个键盘", NOW)
    assert said(PURCHASE, "还有 2 台给测试用", values, "reason") is None
    assert said(PURCHASE, "第1笔改成 4 台", values, "reason") is not None


def test_a_form_s_text_is_read_strictly() -> None:
    values, _ = first_rows(EXPENSE, "报销 打车 45，午餐 128", NOW)
    assert rows_from_form(EXPENSE, {"details": "打车 | 45\n午餐 | 128", "amount": 173}, values, NOW) == {}
    assert rows_from_form(EXPENSE, {}, values, NOW) == {}
    assert rows_from_form(EXPENSE, {"details": ""}, values, NOW) == {"details": ""}
    for wrong in ("随便写写", "打车 0", "打车 45\n午餐", "45.5", "打车 45.555"):
        with pytest.raises(RowsWrong):
            rows_from_form(EXPENSE, {"details": wrong}, values, NOW)


@pytest.mark.parametrize(
    ("said", "why", "last"),
    [
        ("报销 打车 45.5，午餐 128 元，去深圳见客户", "去深圳见客户", "午餐"),
        ("报销打车45.5和午餐费128元，拜访客户", "拜访客户", "午餐费"),
    ],
)
def test_what_a_list_is_for_is_no_part_of_its_last_item(said: str, why: str, last: str) -> None:
    values, _ = first_rows(EXPENSE, said, NOW)
    assert values["reason"] == why
    assert cells(values)[-1][0] == last
