"""Lists of items in words, as employees type and paste them, and their corrections."""

from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.details import as_text
from domain.approvals.flow import Column, Field
from domain.approvals.rows import check_rows, shortest
from domain.errors import RowsWrong
from language.rowedits import edited
from language.rows import read_rows

NOW = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
SPENT = (
    Column(id="item", label="项目", required=True),
    Column(id="price", label="金额", type="money", required=True),
)
BOUGHT = (
    Column(id="item", label="品名", required=True),
    Column(id="count", label="数量", type="number", required=True),
    Column(id="unit", label="单位"),
    Column(id="price", label="单价", type="money"),
)
TAKEN = BOUGHT[:3]
DATED = (
    *SPENT,
    Column(id="day", label="日期", type="date"),
    Column(id="kind", label="类别", type="choice", options={"traffic": "交通", "meals": "餐饮"}),
)


def cells(text: str, columns: tuple[Column, ...], *, strict: bool = True) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in read_rows(text, columns, NOW, strict=strict).rows]


TWO = [("打车", 45.5), ("午餐", 128)]


@pytest.mark.parametrize(
    "text",
    [
        "打车 45.5，午餐 128 元", "两笔，一笔打车四十五块五，一笔午餐128", "打车45.5,午餐128", "打车45.5\n午餐128", "打车 ４５．５，午餐 １２８ 元", "打车45.5 午餐128",
        "打车 ¥45.5、午餐 ￥128", "打车45块5，午餐一百二十八元", "1. 打车 45.5\n2. 午餐 128", "1、打车 45.5 2、午餐 128",
        "① 打车 45.5\n② 午餐 128", "（1）打车 45.5；（2）午餐 128", "- 打车 45.5\n- 午餐 128", "45.5 打车，128 午餐",
        "打车：45.5元；午餐：128元。", "打车 | 45.5\n午餐 | 128 元", "项目\t金额\n打车\t45.5\n午餐\t128", "打车 花了45.5，午餐 大概128",
        "打车45.5元和午餐128元", "打车 45.5+午餐 128", "打车=45.5，午餐=128", "打车 45.50 元\n\n午餐 128.00 元\n", "打车 45块5毛 午餐 128块钱",
    ],
)  # fmt: skip
def test_what_was_spent_is_read_item_by_item(text: str) -> None:
    assert cells(text, SPENT) == TWO
    assert cells(text, SPENT, strict=False) == TWO


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("机票1.2万，住宿 3千", [("机票", 12000), ("住宿", 3000)]),
        ("电脑 12,800.50，支架 99", [("电脑", 12800.5), ("支架", 99)]),
        ("和平饭店 300，高铁G102 553", [("和平饭店", 300), ("高铁G102", 553)]),
        ("3月5日打车 45，昨天午餐 30", [("3月5日打车", 45), ("昨天午餐", 30)]),
        ("3个人聚餐 200，2人打车 45", [("3个人聚餐", 200), ("2人打车", 45)]),
        ("打车（去机场）45.5，午餐(3人)128", [("打车（去机场）", 45.5), ("午餐(3人)", 128)]),
        ("发票号 12345678 的打车 45，午餐 30", [("发票号 12345678 的打车", 45), ("午餐", 30)]),
        ("住宿3晚 900，早餐 60", [("住宿3晚", 900), ("早餐", 60)]),
    ],
)
def test_numbers_that_are_no_money_belong_to_the_name(text: str, rows: list[Any]) -> None:
    assert cells(text, SPENT) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("A4纸 10 包 每包 25 元", [("A4纸", 10, "包", 25)]),
        ("A4纸，10 包，每包 25 元", [("A4纸", 10, "包", 25)]),
        ("10包A4纸，单价25", [("A4纸", 10, "包", 25)]),
        ("A4纸 10包 25元/包", [("A4纸", 10, "包", 25)]),
        ("A4纸 10包×25", [("A4纸", 10, "包", 25)]),
        ("数量 10 单价 25 A4纸", [("A4纸", 10, 25)]),
        ("A4纸 10 25", [("A4纸", 10, 25)]),
        ("两台显示器，三个键盘", [("显示器", 2, "台"), ("键盘", 3, "个")]),
        ("两台显示器和三个键盘", [("显示器", 2, "台"), ("键盘", 3, "个")]),
        ("A4纸 10包 25元，签字笔 5盒 12.5元/盒", [("A4纸", 10, "包", 25), ("签字笔", 5, "盒", 12.5)]),
        ("显示器 2 台 共 3000 元", [("显示器", 2, "台", 1500)]),
        ("5号电池 10 节 3 元", [("5号电池", 10, "节", 3)]),
        ("iPhone 15 手机 1 台 5999 元", [("iPhone 15 手机", 1, "台", 5999)]),
        ("大米 5kg 10 袋 30 元", [("大米 5kg", 10, "袋", 30)]),
        ("一次性杯子 10 包", [("一次性杯子", 10, "包")]),
        ("笔、本子 20 个", [("笔、本子", 20, "个")]),
        ("A4纸 | 10 包 | 包 | 25", [("A4纸", 10, "包", 25)]),
        ("A4纸 10 包 要厚的 每包 25", [("A4纸 要厚", 10, "包", 25)]),
        ("A4纸 25 元，签字笔 5 支", [("A4纸", 25), ("签字笔", 5, "支")]),
    ],
)
def test_what_is_bought_has_a_count_and_a_price(text: str, rows: list[Any]) -> None:
    assert cells(text, BOUGHT) == rows


def test_without_a_column_of_money_only_things_are_counted() -> None:
    assert cells("签字笔 5 支，本子 3 本", TAKEN) == [("签字笔", 5, "支"), ("本子", 3, "本")]


def test_days_and_choices_go_to_their_columns() -> None:
    assert cells("昨天 打车 交通 45.5\n3月5日 午餐 餐饮 30", DATED) == [
        ("打车", 45.5, "2026-11-23", "traffic"), ("午餐", 30, "2026-03-05", "meals"),
    ]  # fmt: skip
    assert cells("打车 | 45.5 | 2026-11-20 | 交通", DATED) == [("打车", 45.5, "2026-11-20", "traffic")]


@pytest.mark.parametrize("text", ["380", "大概 380 元", "一共五百块", "45.5，128", "不知道", "", "没有", "交通"])
def test_a_sum_alone_is_no_list(text: str) -> None:
    assert not read_rows(text, SPENT, NOW).rows


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("打车 45，午餐 128，一共 173 元", 173),
        ("合计180，打车 45，午餐 128", 180),
        ("打车 45\n午餐 128\n合计：173.00", 173),
    ],
)
def test_what_is_said_to_be_the_sum_is_told_apart(text: str, total: int) -> None:
    listed = read_rows(text, SPENT, NOW)
    assert len(listed.rows) == 2
    assert listed.total == total


@pytest.mark.parametrize(
    ("text", "columns", "said"),
    [
        ("椅子 3 把 共 1000 元", BOUGHT, "第 1 笔“椅子”共 1000，分给 3 份除不尽"),
        ("打车 | 45 | 3 | 4", SPENT, "第 1 笔有 4 栏，最多 2 栏：项目、金额"),
        ("打车 | 45\n午餐 | 很多", SPENT, "第 2 笔的金额要写数字，不是“很多”"),
        ("打车 1\n" * 250, SPENT, "最多 200 笔"),
        ("打车费" * 2000, SPENT, "写得太长"),
    ],
)
def test_a_row_that_cannot_be_is_named(text: str, columns: tuple[Column, ...], said: str) -> None:
    with pytest.raises(RowsWrong, match=said):
        read_rows(text, columns, NOW)


@pytest.mark.parametrize(
    "text", ["打车 {}，午餐 3", "打车 共 {}，午餐 3", "打车 | {}\n午餐 | 3", "打车 每个 {} 元，午餐 3"]
)
def test_a_number_that_nothing_can_cost_is_no_price(text: str) -> None:
    for columns in (SPENT, BOUGHT):
        field = Field(id="details", label="明细", type="rows", columns=columns)
        for digits in (12, 40, 4000):
            with suppress(RowsWrong):
                rows = list(read_rows(text.format("9" * digits), columns, NOW).rows)
                check_rows(field, rows)
                assert all(row.get("price", 3) == 3 for row in rows)


def test_who_was_asked_for_items_named_one_without_a_number() -> None:
    assert cells("打车 45.5，午餐，住宿 300", SPENT) == [("打车", 45.5), ("午餐",), ("住宿", 300)]
    assert cells("高铁 553\n酒店", SPENT) == [("高铁", 553), ("酒店",)]
    assert cells("打车 45.5，午餐 128，去见客户", SPENT, strict=False) == [("打车", 45.5), ("午餐 去见客户", 128)]


ROWS: list[dict[str, str | int | float]] = [
    {"item": "打车", "price": 45.5},
    {"item": "午餐", "price": 128},
    {"item": "打车回", "price": 30},
]
GOODS: list[dict[str, str | int | float]] = [
    {"item": "A4纸", "count": 10, "unit": "包", "price": 25},
    {"item": "签字笔", "count": 5, "unit": "支"},
]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("第2笔改成 60", [("打车", 45.5), ("午餐", 60), ("打车回", 30)]),
        ("第二笔改为60元", [("打车", 45.5), ("午餐", 60), ("打车回", 30)]),
        ("把第2行的金额改成 ６０块５", [("打车", 45.5), ("午餐", 60.5), ("打车回", 30)]),
        ("第2笔改成 晚餐 60", [("打车", 45.5), ("晚餐", 60), ("打车回", 30)]),
        ("第2项的项目改成晚餐", [("打车", 45.5), ("晚餐", 128), ("打车回", 30)]),
        ("午餐改成 60", [("打车", 45.5), ("午餐", 60), ("打车回", 30)]),
        ("删掉第1笔", [("午餐", 128), ("打车回", 30)]),
        ("第1笔不要了", [("午餐", 128), ("打车回", 30)]),
        ("删除第1、3笔", [("午餐", 128)]),
        ("删掉第一笔和第三笔", [("午餐", 128)]),
        ("去掉最后一笔", [("打车", 45.5), ("午餐", 128)]),
        ("删掉午餐", [("打车", 45.5), ("打车回", 30)]),
        ("第1笔删掉，第2笔改成 60", [("午餐", 60), ("打车回", 30)]),
        ("再加一笔 停车 15", [("打车", 45.5), ("午餐", 128), ("打车回", 30), ("停车", 15)]),
        ("还有停车 15，住宿 300", [("打车", 45.5), ("午餐", 128), ("打车回", 30), ("停车", 15), ("住宿", 300)]),
        ("再加一笔 加班餐", [("打车", 45.5), ("午餐", 128), ("打车回", 30), ("加班餐",)]),
        ("清空明细", []),
    ],
)
def test_rows_are_corrected_in_words(text: str, rows: list[Any]) -> None:
    changed = edited(text, ROWS, SPENT, NOW)
    assert changed is not None
    assert [tuple(row.values()) for row in changed] == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("第1笔改成 12 箱", [("A4纸", 12, "箱", 25), ("签字笔", 5, "支")]),
        ("第1笔数量改成 12", [("A4纸", 12, "包", 25), ("签字笔", 5, "支")]),
        ("第2笔改成 3.5元", [("A4纸", 10, "包", 25), ("签字笔", 5, "支", 3.5)]),
        ("签字笔的单价改成 3", [("A4纸", 10, "包", 25), ("签字笔", 5, "支", 3)]),
    ],
)
def test_counts_and_prices_are_corrected_each(text: str, rows: list[Any]) -> None:
    changed = edited(text, GOODS, BOUGHT, NOW)
    assert changed is not None
    assert [tuple(row.values()) for row in changed] == rows


@pytest.mark.parametrize(
    "text",
    [
        "金额改成 200",
        "不要发票",
        "住宿 300，停车 15",
        "取消",
        "加班餐 30",
        "还有一个附件",
        "第2笔不对",
        "理由写家里有事",
        "",
    ],
)
def test_other_words_correct_no_row(text: str) -> None:
    assert edited(text, ROWS, SPENT, NOW) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("第9笔改成 3", "没有第 9 笔，现在一共 3 笔"),
        ("第2笔的数量改成3", "明细里没有“数量”，有：项目、金额"),
        ("第2笔的金额改成很多", "金额要写数字，不是“很多”"),
        ("第1笔改成 打车 1，午餐 2", "一笔只能改成一笔"),
    ],
)
def test_a_correction_that_cannot_be_is_told(text: str, said: str) -> None:
    with pytest.raises(RowsWrong, match=said):
        edited(text, ROWS, SPENT, NOW)


NAME = st.text(alphabet="打车午餐A4-m| 1.5元，,#", min_size=1, max_size=12).filter(lambda text: bool(text.strip(" |")))
ROW = st.fixed_dictionaries(
    {"item": NAME, "count": st.integers(1, 10**6) | st.sampled_from([0.5, 1e-05, 12.345])},
    optional={
        "unit": st.sampled_from(["包", "盒"]),
        "price": st.integers(1, 10**6).map(lambda cents: shortest(Decimal(cents) / 100)),
    },
)


@given(st.lists(ROW, min_size=1, max_size=5))
def test_the_text_of_a_form_gives_the_same_rows_again(rows: list[Any]) -> None:
    field = Field(id="details", label="明细", type="rows", columns=BOUGHT)
    text = as_text(field, rows)
    again = list(read_rows(text, BOUGHT, NOW).rows)
    assert as_text(field, again) == text
    assert [{**row, "item": ""} for row in again] == [{**row, "item": ""} for row in rows]


@given(st.text(alphabet="打车午餐 0123456789.，,、\n元块每包共第笔改成删|¥x一两十" + "A纸。", max_size=120))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for columns in (SPENT, BOUGHT, TAKEN, DATED):
        for strict in (True, False):
            with suppress(RowsWrong):
                rows = read_rows(text, columns, NOW, strict=strict).rows
                edited(text, rows, columns, NOW)


@pytest.mark.parametrize(
    "filling",
    [
        "打车 45.5，",
        "1",
        "1 ",
        "一",
        "，",
        "、",
        "打车",
        "每包 ",
        "第1笔",
        "|",
        "共",
        "1、",
        "3月5日",
        " ",
        "(",
        "再加一笔 ",
    ],
)
def test_five_thousand_characters_take_no_long_time(filling: str) -> None:
    text = (filling * 5000)[:4999]
    begin = perf_counter()
    for columns in (SPENT, BOUGHT):
        with suppress(RowsWrong):
            read_rows(text, columns, NOW, strict=False)
        with suppress(RowsWrong):
            edited(text, ROWS, columns, NOW)
    assert perf_counter() - begin < 3
