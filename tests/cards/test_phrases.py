"""How values are said."""

import pytest

from cards.phrases import day, number, people, span
from tests.cards import samples as s


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026-11-24", "11月24日（周二）"),
        ("2026-11-24 下午", "11月24日（周二）下午"),
        ("2026-11-24 14:00", "11月24日（周二） 14:00"),
        ("2027-01-03", "2027年1月3日（周日）"),
        ("下周", "下周"),
        ("2026-02-30", "2026-02-30"),
        ("", ""),
    ],
)
def test_a_moment_is_said_with_its_weekday(written: str, said: str) -> None:
    assert day(written, 2026, s.frame()) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (0.5, "0.5"), (1.0, "1"), (10, "10"), (100, "100"), (1234567.5, "1,234,567.5"), ("3.14159", "3.14159"),
        ("2.50", "2.5"), (0, "0"), (-2, "-2"), ("三天", "三天"), ("nan", "nan"), ("1e400", "1e400"),
    ],
)  # fmt: skip
def test_a_number_is_said_exactly(written: object, said: str) -> None:
    assert number(written) == said


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2026-11-24 下午", "2026-11-24 下午", "11月24日（周二）下午"),
        ("2026-11-24", "", "11月24日（周二）"),
        ("2026-11-24 14:00", "2026-11-24 16:30", "11月24日（周二） 14:00 至 16:30"),
        ("2026-11-24 下午", "2026-11-25", "11月24日（周二）下午 至 11月25日（周三）"),
        ("2026-11-24", "2026-11-24 上午", "11月24日（周二） 至 11月24日（周二）上午"),
        ("", "2026-11-24", ""),
    ],
)
def test_a_span_is_one_phrase(start: str, end: str, said: str) -> None:
    assert span(s.drafted({"start": start, "end": end}), s.frame()) == said


def test_names_stand_for_ids_and_an_unknown_id_is_short() -> None:
    assert people(("bob", "stranger-0815"), s.frame()) == "李明、stranger"
