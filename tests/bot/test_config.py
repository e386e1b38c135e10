"""The company's own days in the configuration: read, or refused in words that say where (R-WORK-1)."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.assembly import world
from bot.config import Config, ConfigError, load
from bot.timekeeping import jobs_of
from usecases.deadlines import after_hours

APP = '[dingtalk]\nclient_id = "a"\nclient_secret = "s"\n'


def read(folder: Path, calendar: str) -> Config:
    file = folder / "config.toml"
    file.write_text(f"{APP}[calendar]\n{calendar}\n", "utf-8")
    return load(file)


def test_company_days_count_before_those_of_the_state(tmp_path: Path) -> None:
    known = world(read(tmp_path, 'work = ["2026-10-31"]\nrest = ["2026-12-24", 2026-12-25]'))
    saturday, thursday, friday = date(2026, 10, 31), date(2026, 12, 24), date(2026, 12, 25)
    assert [known.workdays.is_workday(day) for day in (saturday, thursday, friday)] == [True, False, False]
    assert known.workdays.count(date(2026, 12, 21), date(2026, 12, 27)) == 3
    due = after_hours(datetime(2026, 12, 23, 8, tzinfo=UTC), 4, known.workdays, known.frame.zone)  # 16:00 on Wednesday
    assert f"{due:%Y-%m-%d %H:%M}" == "2026-12-28 11:00"


@pytest.mark.parametrize(
    ("calendar", "said"),
    [
        (
            'work = ["2026-02-30"]',
            "第 5 行 calendar.work[1]：值不对（没有 2026-02-30 这一天，要写成 2026-10-10 的样子）",
        ),
        ('rest = ["12-24"]', "没有 12-24 这一天"),
        ('work = ["2026-12-24"]\nrest = ["2026-12-24"]', "2026-12-24 既写在 work 里又写在 rest 里"),
        ('holidays = ["2026-12-24"]', "calendar.holidays：不认识的配置项"),
    ],
)
def test_a_day_that_is_none_is_named(tmp_path: Path, calendar: str, said: str) -> None:
    with pytest.raises(ConfigError) as refused:
        read(tmp_path, calendar)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        (
            '[[leave]]\ntype = "annual"\ncarry_until = "02-30"',
            "第 6 行 leave[1].carry_until：值不对（没有 02-30 这一天",
        ),
        (
            '[[leave]]\ntype = "annual"\n[[leave]]\ntype = "comp"\nshort = "warm"',
            "第 8 行 leave[2].short：值不对（只能是 warn、refuse，是不是想写 warn？）",
        ),
        (
            '[[leave]]\ntype = "annual"\ncarry_over = "al"',
            '第 6 行 leave[1].carry_over：值不对（要写 0 到 366 天，或 "all"）',
        ),
        (
            '[[group]]\nid = "a"\n\n[[group]]\nid = "b"\nsummaries = ["week", "morn"]',
            "第 9 行 group[2].summaries[2]：值不对（只能是 morning、evening、week、month，是不是想写 morning？）",
        ),
        ('[[group]]\nid = "a"\n[[group]]\nid = ""', "第 7 行 group[2].id：值不对（不能为空）"),
        (
            '[[attendance.visits]]\ntype = "超市"\nphotos = ["店招"]\n[[attendance.visits]]\ntype = "商场"\nphotos = []',
            "第 9 行 attendance.visits[2].photos：值不对（至少要写一项）",
        ),
        (
            "[attendance]\nfines = { aproval = 3 }",
            "attendance.fines：值不对（没有 aproval 这一种，是不是想写 approval？）",
        ),
        (
            '[jobs]\nat = { waiting = "25:00" }',
            '第 5 行 jobs.at.waiting：值不对（没有这个时间，要写成 "08:40" 的样子）',
        ),
        ("[budget]\ncalls = 1.5\nmessages = -1", "第 6 行 budget.messages：值不对（至少是 0）"),
        ('[office]\nzone = "Asia/Shangai"', "第 5 行 office.zone：值不对（没有时区 Asia/Shangai"),
    ],
)
def test_a_wrong_value_is_told_in_chinese_with_its_place(tmp_path: Path, tables: str, said: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f"{APP}{tables}\n", "utf-8")
    with pytest.raises(ConfigError) as refused:
        load(file)
    assert said in str(refused.value)
    assert not re.search(r"Input should|Value error|String should|valid", str(refused.value))


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        (
            '[jobs]\nbeat = 5\non = ["summary_morn"]',
            "第 6 行 jobs.on：没有任务 summary_morn，是不是想写 summary_morning？",
        ),
        ('[jobs]\non = ["洗碗"]', "第 5 行 jobs.on：没有任务 洗碗，可以写：budget、waiting、"),
        (
            '[jobs.at]\nwaiting = "09:00"\nsummry_week = "09:00"',
            "第 6 行 jobs.at.summry_week：没有这个可以改时间的任务，是不是想写 summary_week？",
        ),
        ('[jobs]\nat.punch_in = "09:00"', "第 5 行 jobs.at.punch_in：没有这个可以改时间的任务"),
        ('[[leave]]\ntype = "annual"\n[[leave]]\ntype = "anual"', "第 7 行 leave[2].type：请假单里没有 anual（"),
        ('[[leave]]\ntype = "annual"\n[[leave]]\ntype = "annual"', "第 7 行 leave[2].type：假期 annual 写了两次"),
    ],
)
def test_what_only_shows_beside_jobs_and_flows_is_told_with_its_place(tmp_path: Path, tables: str, said: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f"{APP}{tables}\n", "utf-8")
    config = load(file)
    with pytest.raises(ConfigError) as refused:
        (jobs_of if "jobs" in tables else world)(config)
    assert said in str(refused.value)
