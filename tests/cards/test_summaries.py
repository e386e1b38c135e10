"""What groups and leads read of a morning, an evening and a week: exact, nothing personal, no markup of others."""

from datetime import datetime, timedelta

import pytest

from cards import summaries
from cards.spans import lasted, percent, until
from domain.summaries.morning import Gone
from tests.cards.summary_samples import (
    CROWD,
    EMPTY,
    EN,
    EVENING,
    EVIL,
    MORNING,
    NOBODY,
    QUIET,
    TUESDAY,
    WEEK,
    ZH,
    at,
)  # fmt: skip


def test_a_morning() -> None:
    title, text = summaries.morning(MORNING, "研发部", ZH)
    assert title == "早报 11月24日（周二）"
    assert text.splitlines()[:4] == [
        "### 早报",
        "**研发部** 11月24日（周二）",
        "",
        "- 今天应到 **30** 人，共 34 人，2 人休息",
    ]
    off, trip, out = text.splitlines()[4:]
    assert off.startswith("- 不在（3）：王芳（到 11月27日（周五））、欧阳静怡（到 12:00）、")
    assert off.endswith("（13:00 起）")
    assert trip == "- 出差中（1）：李思远（到 11月26日（周四）12:00）"
    assert out == "- 外出中（2）：John Smith（14:00–16:00）、Maximilian Feathers…（今天）"


def test_names_and_lines_of_others_mark_nothing_up() -> None:
    said = (
        summaries.morning(MORNING, EVIL, ZH), summaries.evening(EVENING, EVIL, ZH, names=True),
        summaries.period(WEEK, EVIL, ZH),
    )  # fmt: skip
    for _, text in said:
        assert "看" in text
        assert not [harm for harm in ("<script", "[看", "@所有人", "\u202e") if harm in text]


def test_of_many_the_first_are_named_and_the_others_counted() -> None:
    line = summaries.morning(CROWD, "总部", ZH)[1].splitlines()[-1]
    assert line.startswith("- 不在（60）：员工0（今天）、员工1（到 11月25日（周三））")
    assert line.endswith("、还有 48 人")
    assert line.count("员工") == 12


def test_where_nobody_is_away_that_is_said() -> None:
    assert summaries.morning(NOBODY, "财务部", ZH)[1].endswith("- 今天没有人请假、出差或外出")


def test_an_evening_counts_in_a_group_and_names_for_the_lead() -> None:
    group = summaries.evening(EVENING, "研发部", ZH, names=False)[1]
    assert group.splitlines()[3:7] == [
        "- 打卡 **26/27**，迟到 2，缺卡 1", "- 请假共 2.5 天，出差或外出 3 人", "- 日志已写 **3/5**", "- 还没写：John Smith、李思远",
    ]  # fmt: skip
    assert "- 王芳：＝1+1 招聘 & 面试" in group
    assert "迟到：" not in group
    lead = summaries.evening(EVENING, "研发部", ZH, names=True)[1]
    assert "- 迟到：王芳、欧阳静怡\n- 缺卡：李思远" in lead


def test_an_evening_of_which_nothing_is_known() -> None:
    assert summaries.evening(QUIET, "研发部", ZH, names=True)[1].splitlines()[3:] == ["- 打卡 **0/0**，迟到 0，缺卡 0"]


def test_a_week_beside_the_one_before_names_nobody() -> None:
    title, text = summaries.period(WEEK, "晨光科技", ZH)
    assert title == "一周小结 11月16日–11月22日"
    assert text.splitlines()[3:10] == [
        "- 出勤率 **97.3%**（上周 90%）", "- 迟到 10 次，缺卡 4 次，请假共 6.5 天", "- 日志提交 80%",
        "- 审批：提交 31，办结 28，等审批 **7**", "- 办结用时（中位）4 小时", "- 等得最久 3 天，中位 19 小时",
        "- 研发部：出勤率 98%，迟到 0，等审批 0",
    ]  # fmt: skip


def test_a_month_without_a_working_day_says_so_quietly() -> None:
    title, text = summaries.period(EMPTY, "晨光科技", ZH)
    assert title == "月度小结 2026年10月"
    assert text.splitlines()[3] == "- 出勤率 **–**"


def test_it_is_said_in_english_too() -> None:
    assert summaries.period(WEEK, "HQ", EN)[0] == "Weekly summary 16 Nov–22 Nov"
    assert "- Late 10, no punch 4, days off 6.5" in summaries.period(WEEK, "HQ", EN)[1]


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (None, at(1), "今天"), (None, at(0, 12), "到 12:00"), (None, at(2), "到 11月25日（周三）"),
        (at(0, 14), at(1), "14:00 起"), (at(0, 14), at(0, 16), "14:00–16:00"), (at(0, 14), at(2), "到 11月25日（周三）"),
        (None, at(45), "到 1月7日（周四）"),
    ],
)  # fmt: skip
def test_until_when(start: datetime | None, end: datetime, said: str) -> None:
    assert until(Gone(person="x", where="off", end=end, start=start), TUESDAY, ZH) == said


def test_how_long_in_one_unit() -> None:
    minutes = (0, 40, 59, 61, 47 * 60, 48 * 60, 100 * 60)
    assert [lasted(timedelta(minutes=one), ZH) for one in minutes] == [
        "1 分钟", "40 分钟", "59 分钟", "1 小时", "47 小时", "2 天", "4 天",
    ]  # fmt: skip
    assert [percent(share) for share in (None, 1.0, 0.975, 1 / 3)] == ["–", "100%", "97.5%", "33.3%"]
