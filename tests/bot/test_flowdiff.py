"""`./nod flows diff`: what a change does, in words and to the cases that were filed last."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from bot import cli, flowfiles
from domain.approvals.route import plan
from tests.bot.test_flowmigrate import LONG, new_leave, prepared
from tests.store.office import COMPANY, FLOWS, executor, says
from tests.store.test_executor import number_of, rows


def diff(capsys: pytest.CaptureFixture[str], *words: str, data: bool = False) -> tuple[int, Any]:
    code = cli.main(["flows", "diff", *words, *(["--json"] if data else [])])
    said = capsys.readouterr()
    return code, json.loads(said.out) if data and said.out else said.out + said.err


async def test_the_last_cases_say_which_of_them_would_have_gone_elsewhere(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with executor(database_url) as office:
        await prepared(office)
        short = await number_of(office, database_url, "lix", "m1")
        long = await number_of(office, database_url, "lix", "m2", LONG)
        boss = await number_of(office, database_url, "chenj", "m3", LONG)
        await office.submit(says("lix", LONG, "m4"))  # a draft
    folder = new_leave(tmp_path, ('["部门主管", "人事经理", "总经理"]', '["部门主管", "总经理"]'))
    here = (str(flowfiles.FLOWS / "matrix" / "leave.toml"), folder, "--database", database_url)
    before = rows(database_url, "SELECT * FROM cases ORDER BY number")
    code, told = diff(capsys, *here)
    assert code == 0
    assert told.splitlines() == [
        "请假（leave）",
        "  · 路线“天数超过 1”：不再经 人事经理",
        "",
        "最近 3 张单子，2 张会走别的路",
        f"{boss}  陈静  {_leader('chenj')} → 孙丽 → 赵明远  ⇒  {_leader('chenj')} → 赵明远",
        f"{long}  李想  陈静 → 孙丽 → 赵明远  ⇒  陈静 → 赵明远",
    ]
    code, data = diff(capsys, *here, data=True)
    assert [one["number"] for one in data["elsewhere"]] == [boss, long]
    assert [step["people"] for step in data["elsewhere"][1]["after"]] == [["chenj"], ["zhao"]]
    assert short not in json.dumps(data)
    assert diff(capsys, *here, "--last", "1", data=True)[1]["tried"] == 1
    assert rows(database_url, "SELECT * FROM cases ORDER BY number") == before


def _leader(person: str) -> str:
    first = plan(FLOWS["leave"], {"days": 3}, COMPANY.person(person), COMPANY).steps[0]
    return "/".join(map(COMPANY.name_of, first.people))


async def test_a_case_that_could_not_be_filed_any_more_says_why(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with executor(database_url) as office:
        await prepared(office)
        number = await number_of(office, database_url, "lix", "m1")
    folder = new_leave(tmp_path, ('when = "days <= 1"', 'when = "days > 30"'))
    _, told = diff(capsys, "matrix", str(Path(folder) / "leave.toml"), "--database", database_url)
    assert f"{number}  李想  陈静 → 孙丽  ⇒  （没有适合这种情况的审批路线）" in told


def test_two_files_are_one_flow_whatever_they_are_called(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = shutil.copy(flowfiles.FLOWS / "matrix" / "leave.toml", tmp_path / "leave-from-july.toml")
    assert diff(capsys, str(flowfiles.FLOWS / "matrix" / "leave.toml"), str(new)) == (0, "没有变化：请假\n")
    Path(new).write_text(Path(new).read_text("utf-8").replace("总经理", "总裁"), "utf-8")
    assert "总经理 改为 总裁" in diff(capsys, str(flowfiles.FLOWS / "matrix" / "leave.toml"), str(new))[1]


def test_two_packs_are_compared_flow_by_flow(capsys: pytest.CaptureFixture[str]) -> None:
    code, told = diff(capsys, "matrix", "classic")
    assert code == 0
    assert "报销（expense）\n  · 去掉了这个流程" in told
    assert "工作联系单（liaison_note）\n  · 新增的流程" in told


def test_a_wrong_call_is_exit_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "leave.toml").write_text('title = "请假"\n', "utf-8")
    assert diff(capsys, "matrix", str(tmp_path))[0] == 2
    none = tmp_path / "none.db"
    code, told = diff(capsys, "matrix", "matrix", "--database", f"sqlite:///{none}")
    assert (code, none.exists()) == (2, False)
    assert "没有这个数据库" in told
