"""Balances as people read them: what there is, what is wanted, what is lacking, when the rest expires."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot import tongues
from cards import balance
from cards.card import Frame
from domain.leave.standing import Asked, Balance
from tests.cards import samples as s

TODAY = date(2026, 11, 24)
ENGLISH = replace(s.frame(), language="en", tongue=tongues.load()["en"])


def asked(have: int, wanted: int, *, short: int = 0, **more: Any) -> Asked:
    parts: dict[str, Any] = {"type": "annual", "today": TODAY, "unit": "day", "left": have - wanted, "expiring": {}}
    return Asked(have=have, wanted=wanted, short=short, **parts | more)


@pytest.mark.parametrize(
    ("one", "applicant", "approver"),
    [
        (asked(5000, 2000), "年假余额：现有 5 天，这次 2 天，之后 3 天", "批准后年假还剩 3 天"),
        (
            asked(5000, 500, expiring={date(2026, 12, 31): 1500, date(2027, 1, 31): 3000}),
            "年假余额：现有 5 天，这次 0.5 天，之后 4.5 天，其中 1.5 天过了 12月31日（周四） 作废，"
            "其中 3 天过了 2027年1月31日（周日） 作废",
            "批准后年假还剩 4.5 天",
        ),
        (asked(1000, 2000, short=1000), "年假余额不够：现有 1 天，这次 2 天，还差 1 天", "年假余额不够，还差 1 天"),
        (asked(5000, 2000, short=1000), "年假余额：这次 2 天，到请假那天还差 1 天", "年假余额不够，还差 1 天"),
        (asked(8000, 375, unit="hour"), "年假余额：现有 8 小时，这次 0.38 小时，之后 7.62 小时", "批准后年假还剩 7.62 小时"),
    ],
)  # fmt: skip
def test_applicant_and_approver_read_the_same_numbers(one: Asked, applicant: str, approver: str) -> None:
    assert balance.for_applicant(one, "年假", s.frame()) == applicant
    assert balance.for_approver(one, "年假", s.frame()) == approver


def overview(frame: Frame, *found: Balance, unknown: tuple[str, ...] = (), whose: str = "") -> str:
    labels: Mapping[str, str] = {"annual": "年假", "comp": "调休"}
    title, text = balance.overview(found, (), labels, unknown, whose, frame, TODAY)
    return f"{title}\n{text}"


def test_the_overview_tells_each_type_and_what_nobody_can_tell() -> None:
    one = Balance(type="annual", unit="day", granted=5000, taken=1000, waiting=500, left=3500, expiring={})
    said = overview(s.frame(), one, unknown=("调休",), whose="<b>李想</b>")
    assert "**年假**：共有 5 天，今年已请 1 天，审批中 0.5 天，还剩 3.5 天" in said
    assert "调休还剩多少算不出来" in said
    assert "<b>" not in said
    assert "还没有请过假" in overview(s.frame())


def test_it_is_said_in_english_too() -> None:
    one = asked(5000, 2000, expiring={date(2026, 12, 31): 3000})
    said = balance.for_applicant(one, "年假", ENGLISH)
    assert said == "Annual leave balance: 5 days now, 2 days this time, 3 days left, to be used by Thu 31 Dec"
    assert balance.for_approver(one, "年假", ENGLISH) == "3 days of annual leave left after this"
