"""What people type is understood as its label says, and nothing they type stops the reading."""

from datetime import datetime, timedelta
from itertools import pairwise
from time import thread_time
from typing import Final

import pytest

from bench.understand import ROWS, Values, read, understood, wrong_fields
from language import understand

NOW: Final = datetime.fromisoformat("2026-11-23T10:00+08:00")  # a Monday
LABELLED: Final = read(ROWS)
REPEATED: Final = (
    "明天请年假，",
    "周一到",
    "3号、",
    "谢谢",
    "帮我",
    "的",
    "1",
    "12.",
    "-",
    "😀",
    "a ",
    "因为",
    "从",
    "今天下午3点到",
)


@pytest.mark.parametrize("row", LABELLED, ids=[row["text"] for row in LABELLED])
def test_a_message_is_understood_as_its_label_says(row: Values) -> None:
    found = understood(row)
    assert {name: found[name] for name in wrong_fields(row, found)} == {}


def test_every_kind_is_labelled_and_no_text_twice() -> None:
    kinds = {row["kind"] for row in LABELLED}
    assert kinds == {"leave", "trip", "outing", "overtime", "punch", "expense", "none", "unknown"}
    assert len({row["text"] for row in LABELLED}) == len(LABELLED)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "。", "？！", "\0", "😀", "👨‍👩‍👧", "[图片]", "\ud83d", "\udc00\ud800"]
)
def test_what_says_nothing_makes_no_request(text: str) -> None:
    found = understand(text, NOW)
    assert found.must_reject
    assert found.kind == "none"


@pytest.mark.parametrize(
    "text",
    [
        "明天请一天年假😀",
        "😭😭明天请一天年假，拜托拜托🙏",
        "明天请一天年假\ud83d",
        "\udc00明天请一天年假",
        "明\u200b天请一天年假",
        "明天 请 一天 年假",
        "明天請一天年假",
        "明天请１天年假",
        "明天\n请一天年假\r\n",
        "明天请一天粘假",
    ],
)
def test_emoji_widths_and_traditional_characters_do_not_hide_a_request(text: str) -> None:
    found = understand(text, NOW)
    assert (found.kind, found.leave_type, found.start, found.end) == ("leave", "annual", "2026-11-24", "2026-11-24")


def test_reasons_and_places_stand_as_they_were_typed() -> None:
    assert understand("明天請病假，頭痛發燒", NOW).reason == "頭痛發燒"
    assert understand("明天下午外出，去會計師樓對賬", NOW).place == "會計師樓"


@pytest.mark.parametrize(
    "text", ["2月30日请年假", "13月5号请年假", "11月31号请年假", "32号请年假", "2027年2月29日请年假"]
)
def test_a_day_that_no_calendar_has_is_asked_for(text: str) -> None:
    found = understand(text, NOW)
    assert (found.start, found.end, found.ask_why) == (None, None, ("impossible_date",))
    assert "start" in found.missing


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("２月30日请年假", "2月30日"),
        ("11月28号到11月31号请病假", "11月31号"),
        ("明天25点外出", "25点"),
        ("明天请年假", None),
    ],
)
def test_the_words_for_a_day_that_no_calendar_has_are_known(text: str, words: str | None) -> None:
    assert understand(text, NOW).impossible == words


@pytest.mark.parametrize(
    ("text", "missing"),
    [("12月30号开始请五天年假", ("end",)), ("春节后第一天请年假", ("start",)), ("节后第一天请年假", ("start",))],
)
def test_a_schedule_that_is_not_published_is_never_guessed(text: str, missing: tuple[str, ...]) -> None:
    found = understand(text, NOW)
    assert (found.missing, found.ask_why, found.workdays) == (missing, ("calendar_unknown",), None)


def test_a_fixed_day_needs_no_schedule() -> None:
    found = understand("2027年3月2日请年假", NOW)
    assert (found.start, found.must_ask, found.workdays) == ("2027-03-02", False, None)


def test_a_message_read_twice_says_the_same() -> None:
    texts = [row["text"] for row in LABELLED]
    assert [understand(text, NOW) for text in texts] == [understand(text, NOW) for text in reversed(texts)][::-1]


def test_the_same_message_moves_with_the_day_it_is_read_on() -> None:
    starts = [understand("明天请年假", NOW + timedelta(days=n)).start for n in range(40)]
    assert all(one < next_one for one, next_one in pairwise(start for start in starts if start))
    assert None not in starts


@pytest.mark.parametrize("filling", REPEATED)
def test_a_message_of_five_thousand_characters_is_read(filling: str) -> None:
    text = f"明天请一天年假。{filling * 5000}"[:5000]
    found = understand(text, NOW)
    assert found == understand(text + "后天出差", NOW), "what stands behind the limit is not read"


@pytest.mark.parametrize("opening", ["", "请假", "出差", "报销", "补卡", "加班"])
@pytest.mark.parametrize("filling", REPEATED)
def test_four_times_the_text_takes_no_more_than_some_times_as_long(opening: str, filling: str) -> None:
    short, long = (opening + (filling * size)[:size] for size in (1000, 4000))
    assert _fastest(long) < 12 * _fastest(short)


def _fastest(text: str) -> float:
    def seconds() -> float:
        begin = thread_time()
        understand(text, NOW)
        return thread_time() - begin

    return min(seconds() for _ in range(3))
