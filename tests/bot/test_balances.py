"""`./nod import balances` and `./nod export balances`: every mistake with its line, nothing twice, no formulas."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.directory import SNAPSHOT, organization_from, organization_text
from domain.people import Organization, Person
from store import snapshots
from store.engine import make_engine
from store.migrate import upgrade
from tests.bot.test_flowmigrate import called
from tests.store.office import COMPANY
from tests.store.test_executor import rows

HEAD = "姓名,假期类型,天数,截至,有效期至\n"
TWO = Organization(
    people=[
        *COMPANY.people.values(), Person(userid="lix2", name="李想", departments=(80,)),
        Person(userid="bad", name="=HYPERLINK(1)", hired=COMPANY.person("lix").hired),
    ],
    departments=COMPANY.departments.values(),
)  # fmt: skip
Call = Callable[..., tuple[int, str]]


@pytest.fixture
def call(database_url: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Call:
    """Calls the command beside a bot that has read the directory; the exit code and what it says."""
    upgrade(database_url)
    engine = make_engine(database_url)
    with engine.begin() as connection:
        snapshots.save(connection, SNAPSHOT, organization_text(TWO), 1)
    engine.dispose()

    def calling(*words: str, content: str | bytes = "") -> tuple[int, str]:
        file = tmp_path / "balances.csv"
        if content:
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        line = [str(file) if word == "FILE" else word for word in words]
        code = called([*line, "--database", database_url])
        said = capsys.readouterr()
        return code, said.out + said.err

    return calling


def left(call: Call, person: str, kind: str = "年假") -> Any:
    """What the export says that is left; None where it has no such line."""
    told = json.loads(call("export", "balances", "--json", "--as-of", "2026-11-24")[1])
    return next((row["left"] for row in told["balances"] if (row["userid"], row["type"]) == (person, kind)), None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_brought_in_once_however_often(call: Call, database_url: str, encoding: str) -> None:
    content = (HEAD + "王芳,年假,2.5天,2026-11-01,\nchenj,调休,1,2026/11/1,2027年3月31日\n").encode(encoding)
    code, said = call("import", "balances", "FILE", "--dry-run", content=content)
    assert (code, said.strip()) == (0, "2 行没有问题（还没有写入）")
    assert rows(database_url, "SELECT count(*) FROM entries") == [(0,)]
    for _ in range(2):
        code, said = call("import", "balances", "FILE", "--by", "maj", content=content)
        assert (code, said.strip()) == (0, "2 行已写入")
    assert rows(database_url, "SELECT count(*) FROM entries") == [(2,)]
    assert left(call, "wangf") == 2.5
    assert left(call, "chenj", "调休") == 1
    assert left(call, "chenj") == 5, "what the file does not name is as it was"


def test_every_mistake_is_told_with_its_line_and_nothing_is_written(call: Call, database_url: str) -> None:
    content = HEAD + (
        "王芳,年假,2,2026-11-01,\n"
        "王方方,年假,2,2026-11-01,\n"
        "李想,年假,2,2026-11-01,\n"
        "陈静,年休假期,2,2026-11-01,\n"
        "陈静,病假,2,2026-11-01,\n"
        "陈静,年假,两天,2026-11-01,\n"
        "陈静,年假,-1,2026-11-01,\n"
        "陈静,年假,1,2026-02-30,\n"
        "陈静,年假,1,2026-11-01,2026-10-01\n"
        "\n"
        "王芳,年假,3,2026-11-01,\n"
    )
    code, said = call("import", "balances", "FILE", content=content)
    assert code == 1
    for line, words in {
        3: "通讯录里没有“王方方”", 4: "有几位李想，请写员工编号：lix、lix2", 5: "没有叫“年休假期”的假", 6: "没有余额规则",
        7: "“两天”不是数字", 8: "-1 不在 0 到", 9: "“2026-02-30”不是日期", 10: "早于截至日期", 12: "和第 2 行是同一个人",
    }.items():  # fmt: skip
        (told,) = [one for one in said.splitlines() if f"第 {line} 行" in one and f"balances.csv 第 {line} " in one]
        assert words in told
    assert "9 处要改，一行也没有写入" in said
    assert rows(database_url, "SELECT count(*) FROM entries") == [(0,)]


def test_a_file_without_the_columns_says_which_it_needs(call: Call) -> None:
    code, said = call("import", "balances", "FILE", content="姓名,天数\n王芳,2\n")
    assert code == 2
    assert "缺少“假期”一列" in said
    assert call("import", "balances", "FILE.missing")[0] == 2
    assert call("import", "balances", "FILE", "--by", "nobody", content=HEAD)[0] == 2


@pytest.mark.parametrize(
    ("head", "cell", "days"),
    [("小时", "16", 2), ("天数", "8小时", 1), ("小时", "2天", 2), ("小时数", "2", 0.25), ("余额", "3", 3)],
)
def test_hours_are_not_taken_for_days(call: Call, head: str, cell: str, days: float) -> None:
    content = f"姓名,假期类型,{head},截至\n王芳,年假,{cell},2026-11-01\n"
    assert call("import", "balances", "FILE", content=content)[0] == 0
    assert left(call, "wangf") == days


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        ("姓名,假期类型,天数,小时,截至\n王芳,年假,2,16,2026-11-01\n", 2, "有几列都是余额（天数、小时）"),
        ("姓名,假期类型,天数,天数,截至\n王芳,年假,2,3,2026-11-01\n", 2, "有几列都是余额（天数、天数）"),
        (HEAD + f'"{"王" * 131_073}",年假,2,2026-11-01,\n', 2, "第 2 行：这一格太长"),
        (HEAD + "王芳,年假,0.0001,2026-11-01,\n", 1, "0.0001 太细"),
    ],
    ids=["days-and-hours", "days-twice", "quote", "too-fine"],
)
def test_what_is_not_certain_is_refused(
    call: Call, database_url: str, content: str, code: int, words: str
) -> None:  # fmt: skip
    found, said = call("import", "balances", "FILE", content=content)
    assert found == code
    assert words in said
    assert rows(database_url, "SELECT count(*) FROM entries") == [(0,)]


def test_an_exported_table_has_no_formulas(call: Call) -> None:
    code, said = call("export", "balances", "--csv", "--as-of", "2026-11-24")
    assert code == 0
    assert said.startswith("\ufeff")
    table = {row[0]: row for row in csv.reader(io.StringIO(said.removeprefix("\ufeff")))}
    assert table["lix"][:8] == ["lix", "李想", "年假", "day", "5", "0", "0", "5"]
    assert table["bad"][1] == "'=HYPERLINK(1)"


def test_a_snapshot_of_before_has_people_without_a_first_day() -> None:
    text = organization_text(COMPANY)
    assert organization_from(text).person("lix") == COMPANY.person("lix")
    old = json.loads(text)
    for row in old["people"]:
        del row["hired"]
    assert organization_from(json.dumps(old)).person("lix") == replace(COMPANY.person("lix"), hired=None)
