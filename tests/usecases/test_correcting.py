"""Answers and corrections are read together with what the draft holds."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from language.statutory import statutory_workdays
from language.understanding import Understanding
from usecases.correcting import Draft, aside, read_answer

MONDAY = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
HALF = {"start": "2026-11-25 下午", "end": "2026-11-25 下午"}
HOURS = {"start": "2026-11-25 09:00", "end": "2026-11-25 11:00"}
DAY = {"start": "2026-11-25", "end": "2026-11-25"}
DAYS = {"start": "2026-11-26", "end": "2026-11-30"}
PUNCH = {"start": "2026-11-20 09:00", "punch": "in"}


def read(words: str, values: dict[str, str], *, kind: str = "leave", asked: str = "", said: str = "") -> Understanding:
    draft = Draft(kind=kind, values=dict(values), asked=asked, said=said)
    return read_answer(words, MONDAY, draft, statutory_workdays())


@pytest.mark.parametrize(
    ("words", "values", "start", "end"),
    [
        ("改成周五", HALF, "2026-11-27T13:00", "2026-11-27T18:00"),
        ("改成周五上午", HALF, "2026-11-27T09:00", "2026-11-27T12:00"),
        ("改成上午", HALF, "2026-11-25T09:00", "2026-11-25T12:00"),
        ("改成周五全天", HALF, "2026-11-27", "2026-11-27"),
        ("还是周五吧", HOURS, "2026-11-27T09:00", "2026-11-27T11:00"),
        ("改成下午2点到4点", HOURS, "2026-11-25T14:00", "2026-11-25T16:00"),
        ("改成周五", DAY, "2026-11-27", "2026-11-27"),
        ("改成三天", DAY, "2026-11-25", "2026-11-27"),
        ("改成下午", DAY, "2026-11-25T13:00", "2026-11-25T18:00"),
        ("到周五", DAY, "2026-11-25", "2026-11-27"),
        ("结束改成下周三", DAYS, "2026-11-26", "2026-12-02"),
        ("开始改成周五", DAYS, "2026-11-27", "2026-11-30"),
        ("从周五开始", DAYS, "2026-11-27", "2026-11-30"),
        ("改成下周一到下周三", DAYS, "2026-11-30", "2026-12-02"),
    ],
)
def test_what_is_left_open_stands(words: str, values: dict[str, str], start: str, end: str) -> None:
    found = read(words, values)
    assert (found.start, found.end) == (start, end)


def test_the_length_that_was_asked_for_is_kept() -> None:
    assert read("12月1号", {}, asked="start", said="月底请两天年假").end == "2026-12-02"


@pytest.mark.parametrize(("words", "end"), [("周三", "2026-12-02"), ("2号", "2026-12-02"), ("12月4日", "2026-12-04")])
def test_the_end_that_was_asked_for_is_the_first_such_day_on_or_after_the_start(words: str, end: str) -> None:
    found = read(words, {"start": "2026-11-30"}, kind="trip", asked="end")
    assert (found.start, found.end) == ("2026-11-30", end)


def test_a_punch_keeps_its_hour() -> None:
    assert read("改成上周四", PUNCH, kind="punch").start == "2026-11-19T09:00"


def test_the_word_of_correction_is_no_reason() -> None:
    found = read("改成去杭州", {"start": "2026-11-25", "end": "2026-11-27"}, kind="trip")
    assert (found.place, found.reason) == ("杭州", None)


@pytest.mark.parametrize(
    ("words", "values", "why"),
    [("结束改成本周二", DAYS, "end_before_start"), ("改成2月30日", HALF, "impossible_date")],
)
def test_what_cannot_be_is_told(words: str, values: dict[str, str], why: str) -> None:
    assert why in read(words, values).ask_why


@pytest.mark.parametrize("words", ["延长一天", "理由写家里有事", "事假", "没想好"])
def test_what_names_no_day_changes_none(words: str) -> None:
    assert read(words, DAYS).start is None


@pytest.mark.parametrize(
    ("words", "why", "asked", "beside"),
    [
        ("哈哈今天好冷", "chitchat", "leave_type", True),
        ("今天下午吧，我头疼", "chitchat", "start", False),
        ("张伟明天出差吗", "query", "start", True),
        ("周五不行，改周四", "chitchat", "", False),
    ],
)
def test_remarks_beside_a_draft_are_told_from_answers(words: str, why: str, asked: str, beside: bool) -> None:
    reading = Understanding(must_reject=True, reject_why=why)
    assert aside(reading, words, asked, {"start": "2026-11-23"}) is beside
