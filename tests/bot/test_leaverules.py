"""The [[leave]] tables of the configuration: what they mean, and what is said of a wrong one."""

from pathlib import Path

import pytest

from bot import flowfiles
from bot.config import ConfigError, Leave, load
from bot.leaverules import rules
from domain.leave.rules import STATUTORY

HEAD = '[dingtalk]\nclient_id = "a"\nclient_secret = "b"\n'
FLOWS = flowfiles.load("matrix")


def read(folder: Path, *tables: str) -> list[Leave]:
    file = folder / "config.toml"
    file.write_text(HEAD + "".join(f"[[leave]]\n{table}\n" for table in tables), "utf-8")
    return load(file).leave


def test_a_table_is_counted_in_its_unit(tmp_path: Path) -> None:
    (table,) = read(
        tmp_path,
        'type = "annual"\nunit = "hour"\nhours_a_day = 7.5\ngrant = [{ years = 0, days = 6 }]\n'
        'carry_over = "all"\ncarry_until = "03-31"\nshort = "refuse"',
    )
    rule = rules([table], FLOWS)["annual"]
    assert [(one.years, one.amount) for one in rule.grant] == [(0, 45_000)]
    assert (rule.carry_over, rule.carry_until, rule.short) == (None, (3, 31), "refuse")
    assert set(rules([], FLOWS).values()) == set(STATUTORY)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('type = "annual"\ngrnat = []', "第 6 行 leave[1].grnat：不认识的配置项，是不是想写 leave[1].grant？"),
        ("unit = 'day'", "leave[1].type：缺少这一项"),
        ('type = "annual"\ncarry_until = "02-31"', "第 6 行 leave[1].carry_until：值不对"),
        ('type = "annual"\ncarry_over = 1000', "第 6 行 leave[1].carry_over：值不对"),
        ('type = "annual"\ngrant = [{ years = 1, dys = 5 }]', "leave[1].grant[1].dys：不认识的配置项"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, table: str, said: str) -> None:
    with pytest.raises(ConfigError) as wrong:
        read(tmp_path, table)
    assert any(said in line for line in wrong.value.lines), wrong.value.lines


def test_a_type_that_nobody_can_ask_for_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"没有 anual（.*是不是想写 annual"):
        rules(read(tmp_path, 'type = "anual"'), FLOWS)
    with pytest.raises(ConfigError, match="annual 写了两次"):
        rules(read(tmp_path, 'type = "annual"', 'type = "annual"'), FLOWS)
