"""The company's own days in the configuration: read, or refused in words that say where (R-WORK-1)."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.assembly import world
from bot.config import Config, ConfigError, load
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
            "第 5 行 calendar.work.0：值不对（没有 2026-02-30 这一天，要写成 2026-10-10 的样子）",
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
