"""Which city a destination names, and why something is urgent."""

import pytest

from language.cities import is_in, meant
from language.urgency import says_why, why_urgent


@pytest.mark.parametrize(
    ("place", "cities"),
    [
        ("上海", "上海"), ("上海市", "上海"), ("上海市浦东新区张江高科", "上海"), ("浦东", "上海"), ("福田区", "深圳"),
        ("深圳南山", "深圳"), ("广东省深圳市", "深圳"), ("江苏苏州", "苏州"), ("苏州工业园区", "苏州"), ("美国纽约", "纽约"),
        ("上海客户公司", "上海"), ("上海虹桥机场", "上海"), ("深圳北站", "深圳"), ("上海、苏州", "上海 苏州"),
        ("深圳北京路12号", "深圳"), ("上海南京路", "上海"), ("中国上海", "上海"), ("吉林省长春市", "长春"),
        ("北京路", ""), ("北京东路", ""), ("中山大学", ""), ("中山公园", ""), ("上海银行", ""), ("重庆火锅", ""),
        ("浦东大道", ""), ("南山", ""), ("朝阳", ""), ("客户现场", ""), ("杭州阿里巴巴", ""), ("", ""), ("银行", ""),
        ("Shanghai", "上海"), ("Xi'an", "西安"), ("our Shenzhen office", "深圳"), ("Futian District, Shenzhen", "深圳"),
        ("Shanghai and Hangzhou", "上海 杭州"), ("Shanghai Pudong", "上海"), ("Chengdu (client site)", "成都"),
        ("Hong Kong", "香港"), ("Beijing Road", ""), ("Shanghai and the moon", ""), ("Taizhou", ""), ("Tencent", ""),
    ],
)  # fmt: skip
def test_a_destination_names_its_city_or_nothing_is_guessed(place: str, cities: str) -> None:
    assert meant(place) == tuple(cities.split())


@pytest.mark.parametrize(
    ("place", "home", "inside"),
    [
        ("上海", ["深圳"], False), ("深圳", ["深圳市"], True), ("东莞", ["深圳", "东莞"], True), ("广东", ["深圳"], None),
        ("深圳和广州", ["深圳"], None), ("上海、苏州", ["深圳"], False), ("北京路", ["深圳"], None),
        ("吉林", ["吉林"], True), ("上海", [], False),
    ],
)  # fmt: skip
def test_inside_outside_or_not_certain(place: str, home: list[str], inside: bool | None) -> None:
    assert is_in(meant(place), home) is inside


@pytest.mark.parametrize(
    ("text", "reason", "why"),
    [
        ("家里突发急事，今天请一天事假", "家里突发急事", "家里突发急事"),
        ("今天请一天病假，孩子突然发烧", None, "孩子突然发烧"),
        ("紧急，今天请一天病假，发烧", "紧急,发烧", "紧急,发烧"),
        ("紧急，今天请假", None, ""),
        ("明天请年假，回老家", "回老家", ""),
    ],
)
def test_why_it_is_urgent_is_taken_from_the_words(text: str, reason: str | None, why: str) -> None:
    assert why_urgent(text, reason) == why


def test_that_it_is_urgent_says_not_why() -> None:
    assert [says_why(text) for text in ("紧急", "是的，很急", "突发情况", "客户服务器宕机")] == [False] * 3 + [True]
