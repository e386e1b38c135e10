"""HR's words about what is missing: 考勤异常, 确认 1 2, 免除 3 理由; and what is none of them."""

import pytest

from language.commands import read


@pytest.mark.parametrize(
    ("said", "verb", "places", "words"),
    [
        ("确认 3", "confirm", (3,), ""),
        ("确认3", "confirm", (3,), ""),
        ("确认 1 2 3", "confirm", (1, 2, 3), ""),
        ("确认 1、3-5", "confirm", (1, 3, 4, 5), ""),
        ("确认 2 不罚款，第一次", "confirm", (2,), "不罚款，第一次"),
        ("免除 3 设备坏了", "excuse", (3,), "设备坏了"),
        ("免除 3，设备坏了", "excuse", (3,), "设备坏了"),
        ("免除 1、2", "excuse", (1, 2), ""),
        ("豁免 1 系统故障", "excuse", (1,), "系统故障"),
        ("confirm 1 and 2", "confirm", (1, 2), ""),
        ("excuse 3 because the door was broken", "excuse", (3,), "the door was broken"),
        ("waive 2: badge reader down", "excuse", (2,), "badge reader down"),
    ],
)
def test_places_are_decided(said: str, verb: str, places: tuple[int, ...], words: str) -> None:
    spoken = read(said)
    assert spoken is not None
    assert spoken.several is not None
    assert (spoken.verb, spoken.several.verb) == ("decide_findings", verb)
    assert (spoken.several.places, spoken.text) == (places, words)


@pytest.mark.parametrize(
    "said",
    [
        "确认",
        "确认无误",
        "确认提交",
        "确认 3 天",
        "确认 2 人参加",
        "确认一下明天的会",
        "免除",
        "免除罚款怎么申请",
        "确认 QJ-20261123-001",
    ],
)
def test_other_words_stay_what_they_are(said: str) -> None:
    spoken = read(said)
    assert spoken is None or spoken.verb != "decide_findings"


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("考勤异常", ""), ("/考勤异常", ""), ("考勤异常 李想", "李想"), ("考勤异常 下一页", "下一页"),
        ("attendance issues", ""), ("show me attendance issues", ""), ("attendance issues of 李想", "李想"),
        ("more issues", "下一页"),
    ],
)  # fmt: skip
def test_the_list_is_asked_for(said: str, rest: str) -> None:
    spoken = read(said)
    assert spoken is not None
    assert (spoken.verb, spoken.text) == ("findings", rest)
