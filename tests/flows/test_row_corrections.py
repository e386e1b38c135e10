"""打车不是45.5，是54.5: what a row says is corrected by what it says now."""

import pytest

from tests.flows.talk import Talker, world_of


@pytest.mark.parametrize(
    ("said", "sums"),
    [
        ("打车不是45.5，是54.5", [54.5, 128]),
        ("打车的金额不是45.5,是54.5", [54.5, 128]),
        ("不是45.5，是54.5", [54.5, 128]),
        ("午餐不是128，应该是118元", [45.5, 118]),
        ("午餐不是 128 是 118", [45.5, 118]),
    ],
)
def test_a_row_says_what_it_says_not(said: str, sums: list[float]) -> None:
    one = Talker(world=world_of("matrix"))
    one.says("报销 打车 45.5，午餐 128 元")
    one.says("交通")
    one.says(said)
    assert [row["price"] for row in one.values["details"]] == sums
    assert one.values["amount"] == sum(sums)


def test_of_two_alike_the_sum_tells_which() -> None:
    one = Talker(world=world_of("matrix"))
    one.says("报销 打车 45.5，打车 30，午餐 128 元")
    one.says("交通")
    one.says("打车不是30，是33")
    assert [row["price"] for row in one.values["details"]] == [45.5, 33, 128]


def test_an_item_is_called_otherwise() -> None:
    one = Talker(world=world_of("matrix"))
    one.says("报销 打车 45.5，午餐 128 元")
    one.says("交通")
    one.says("不是午餐，是晚餐")
    assert [row["item"] for row in one.values["details"]] == ["打车", "晚餐"]
