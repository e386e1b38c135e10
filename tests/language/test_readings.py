"""What is ambiguous is offered as buttons, and the words behind each button say what its label says."""

from datetime import date, datetime
from typing import Final

import pytest

from bench.understand import ROWS, Values, read
from language import understand

NOW: Final = datetime.fromisoformat("2026-11-23T10:00+08:00")  # a Monday
AMBIGUOUS: Final = [row for row in read(ROWS) if row["ask_why"] == ["ambiguous"]]


@pytest.mark.parametrize("row", AMBIGUOUS, ids=[row["text"] for row in AMBIGUOUS])
def test_the_words_of_a_reading_say_what_its_label_says(row: Values) -> None:
    now = datetime.fromisoformat(row["now"])
    found = understand(row["text"], now)
    assert len(found.readings) <= 3
    assert len({reading.label for reading in found.readings}) == len(found.readings)
    for reading in (one for one in found.readings if one.slot == "start"):
        meant = understand(reading.words, now, kind=found.kind)
        assert "ambiguous" not in meant.ask_why
        assert meant.start is not None
        for moment in (meant.start, meant.end or meant.start):
            day = date.fromisoformat(moment[:10])
            assert f"{day.month}月{day.day}日（周{'一二三四五六日'[day.weekday()]}）" in reading.label
            assert "T" not in moment or meant.half or meant.punch == "both" or moment[11:] in reading.label


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("周一请一天年假", ("11月23日（周一）", "11月30日（周一）")),
        ("周一上班忘打卡，补卡", ("11月23日（周一） 09:00", "11月16日（周一） 09:00")),
        ("周一到周三请年假", ("11月23日（周一）到11月25日（周三）", "11月30日（周一）到12月2日（周三）")),
        ("10月12号下午请病假", ("2026年10月12日（周一）下午", "2027年10月12日（周二）下午")),
        ("月底请年假", ("11月30日（周一）", "11月27日（周五）")),
        ("下个月初请几天假", ("12月1日（周二）起", "12月2日（周三）起")),
        ("下周请三天年假", ("11月30日（周一）到12月2日（周三）", "12月1日（周二）到12月3日（周四）", "12月2日（周三）到12月4日（周五）")),
        ("下周去上海出差", ("11月30日（周一）到12月4日（周五）", "11月30日（周一）起", "12月4日（周五）起")),
        ("周末加班", ("11月28日（周六）", "11月29日（周日）", "11月28日（周六）到11月29日（周日）")),
        ("周三或者周四下午请半天事假", ("11月25日（周三）下午", "11月26日（周四）下午")),
        ("元旦前两天请年假", ("12月30日（周三）到12月31日（周四）", "12月30日（周三）")),
        ("过几天请假", ()),
        ("明天请年假", ()),
    ],
)  # fmt: skip
def test_two_or_three_readings_are_offered(text: str, labels: tuple[str, ...]) -> None:
    assert tuple(reading.label for reading in understand(text, NOW).readings) == labels


def test_a_reading_is_offered_within_a_running_talk_as_well() -> None:
    found = understand("周一下午", NOW, kind="leave")
    assert [reading.words for reading in found.readings] == ["2026年11月23日下午", "2026年11月30日下午"]


@pytest.mark.parametrize("text", ["明天请年假或者事假", "周五请半天年假或是事假", "年假还是事假，明天一天"])
def test_two_types_between_which_nobody_decided_are_offered(text: str) -> None:
    found = understand(text, NOW)
    assert "leave_type" in found.missing
    assert [reading.words for reading in found.readings if reading.slot == "leave_type"] == ["年假", "事假"]
