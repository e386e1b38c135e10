"""The language somebody writes is told from the words, and from nothing that everybody writes alike."""

import pytest

from language.tongue import tongue_of


@pytest.mark.parametrize(
    "text",
    ["明天请假", "申请PTO", "sick leave 明天", "报销taxi 45块5", "請假", "同意 QJ-20261123-007", "好", "ok，谢谢"],
)
def test_one_chinese_character_makes_it_chinese(text: str) -> None:
    assert tongue_of(text) == "zh"


@pytest.mark.parametrize(
    "text",
    [
        "sick leave tomorrow",
        "help",
        "HELP!",
        "/cancel",
        "approve QJ-20261123-007",
        "ｓｕｂｍｉｔ",
        "Friday",
        "two days",
        "no thanks, I need it",
        "Submit It",
        "who's away?",
        "tomorrow",
    ],
)
def test_two_words_or_one_well_known_make_it_english(text: str) -> None:
    assert tongue_of(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "128.5",
        "QJ-20261123-007",
        "qj20261123-7",
        "😀",
        "ok",
        "OK!",
        "hi",
        "https://example.com/sick/leave",
        "a@b.cn",
        "@nod",
        "？",
        "3-5",
        "Kevin",
        "thanks",
        "Thank you!",
        "sorry",
        "Yes",
        "no",
        "ThinkPad X1 Carbon",
        "Kevin Zhang",
        "\ud83d",
    ],
)
def test_what_everybody_writes_alike_tells_nothing(text: str) -> None:
    assert tongue_of(text) is None


def test_a_long_text_is_told_from_its_beginning() -> None:
    assert tongue_of("please " * 2000) == "en"
