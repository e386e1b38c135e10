"""`./nod flows migrate`: each running case gets its verdict, the dry run says the same, and the cards agree."""

import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot import cli, flowfiles
from bot.directory import SNAPSHOT, organization_text
from cards.tracks import track
from domain.approvals.case import Case
from store import snapshots, versions
from store.audit import audit_of
from store.codec import case_from
from store.engine import make_engine
from store.executor import Executor
from store.lock import hold
from store.migrate import upgrade
from tests.store.office import COMPANY, decides, executor
from tests.store.test_executor import number_of, rows
from usecases.act import Act

LEAVE = flowfiles.FLOWS / "matrix" / "leave.toml"
LONG = "下周一到周三请年假，回老家"
ADMIN = next(person.userid for person in COMPANY.people.values() if person.admin)
Migrate = Callable[..., tuple[int, Any]]


async def prepared(office: Executor) -> None:
    """The bot has begun once: it has read the directory and kept its flows."""
    await office.run(lambda connection: snapshots.save(connection, SNAPSHOT, organization_text(COMPANY), 1))
    await office.run(lambda connection: versions.keep(connection, office.world.flows, 1))


def new_leave(folder: Path, *changes: tuple[str, str]) -> str:
    """A folder with a changed leave flow."""
    text = LEAVE.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "leave.toml").write_text(text, "utf-8")
    return str(folder)


@pytest.fixture
def migrate(database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Migrate:
    """Calls the command; the exit code and what it says, as data."""

    def call(*words: str, by: str = ADMIN, reason: str = "七月起的新规定", data: bool = True) -> tuple[int, Any]:
        flows = words if "--flows" in words else (*words, "--flows", str(tmp_path))
        line = ["flows", "migrate", "leave", *flows, "--by", by, "--reason", reason, "--database", database_url]
        code = called([*line, *(["--json"] if data else [])])
        said = capsys.readouterr()
        return code, json.loads(said.out) if data and said.out else said.out + said.err

    return call


def called(words: list[str]) -> int:
    """The command's exit code; in a thread, for it has an event loop of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(cli.main, words).result()


def case_of(url: str, number: str) -> Case:
    (row,) = rows(url, f"SELECT state FROM cases WHERE number = '{number}'")
    return case_from(row.state)


def audited(url: str) -> Any:
    engine = make_engine(url, writer=False)
    found = audit_of(engine)
    engine.dispose()
    return found


def fates(told: Any) -> dict[str, str]:
    return {case["number"]: case["fate"] for case in told["cases"]}


async def test_a_case_stays_where_it_is_and_goes_on_along_the_new_route(
    database_url: str, tmp_path: Path, migrate: Migrate
) -> None:
    async with executor(database_url) as office:
        await prepared(office)
        number = await number_of(office, database_url, "lix", "m1", LONG)
        await office.submit(decides("chenj", number, "1"))
    new_leave(
        tmp_path,
        (
            '["部门主管", "人事经理", "总经理"]\ncc = ["人事专员"]',
            '["部门主管", "人事经理", "财务经理"]\ncc = ["总经理"]',
        ),
    )
    before = case_of(database_url, number)
    code, told = migrate("--all", "--dry-run")
    assert (code, fates(told)) == (0, {number: "stays"})
    assert told["cases"][0]["said"] == "留在 人事经理（孙丽），之后 财务经理（周敏）；已通过的有效：部门主管"
    assert case_of(database_url, number) == before, "a dry run writes nothing"
    code, again = migrate("--all")
    assert (code, again["cases"]) == (0, told["cases"])
    after = case_of(database_url, number)
    assert after.flow_version == told["version"] != before.flow_version
    assert [step.label for step in after.steps] == ["部门主管", "人事经理", "财务经理"]
    assert after.cc == ("zhao",)
    assert after.tasks == before.tasks, "what was said and asked stands"
    waiting = {row.track for row in rows(database_url, "SELECT track FROM outbox WHERE sent_version < version")}
    assert {track(number, "a", "lix"), track(number, "s1", "chenj"), track(number, "s2", "sunl")} <= waiting
    assert audited(database_url) == ([], 1)
    assert fates(migrate("--all")[1]) == {number: "same"}


async def test_a_case_goes_to_a_step_that_it_has_not_passed_and_ends_where_nothing_is_left(
    database_url: str, tmp_path: Path, migrate: Migrate
) -> None:
    async with executor(database_url) as office:
        await prepared(office)
        moving = await number_of(office, database_url, "lix", "m1", LONG)
        ending = await number_of(office, database_url, "lix", "m2")
        for number in (moving, ending):
            await office.submit(decides("chenj", number, "1", push=number))
    new_leave(
        tmp_path,
        ('["部门主管", "人事经理"]', '["部门主管"]'),
        ('["部门主管", "人事经理", "总经理"]', '["财务经理", "部门主管", "人事经理"]'),
    )
    code, told = migrate("--case", moving, ending)
    assert (code, fates(told)) == (0, {moving: "moves", ending: "finishes"})
    after = case_of(database_url, moving)
    assert after.waiting_for() == ("zhoum",)
    assert [step.label for step in after.steps] == ["部门主管", "人事经理", "财务经理", "人事经理"]
    assert case_of(database_url, ending).status == "approved"
    async with executor(database_url) as office:
        office.world = _with(office, str(tmp_path))
        for person, step in (("zhoum", "3"), ("sunl", "4")):
            await office.submit(Act(push=step, by=person, track=track(moving, f"s{step}", person), verb="approve"))
    assert case_of(database_url, moving).status == "approved"
    assert audited(database_url) == ([], 2)


def _with(office: Executor, folder: str) -> Any:
    return replace(office.world, flows=flowfiles.load(folder))


async def test_each_case_that_cannot_be_moved_says_why(database_url: str, tmp_path: Path, migrate: Migrate) -> None:
    async with executor(database_url) as office:
        await prepared(office)
        running = await number_of(office, database_url, "lix", "m1")
        paused = await number_of(office, database_url, "lix", "m2")
        ended = await number_of(office, database_url, "lix", "m3")
        for number, verb in ((paused, "pause"), (ended, "terminate")):
            await office.submit(Act(push=verb, by=ADMIN, track=track(number, "a", ADMIN), verb=verb, words="年底盘点"))
    new_leave(
        tmp_path,
        (
            '[[route]]\nwhen = "days <= 1"',
            '[[field]]\nid = "contact"\nlabel = "紧急联系人"\nrequired = true\n\n[[route]]\nwhen = "days <= 1"',
        ),
    )
    code, told = migrate("--case", running, paused, ended, "QJ-20200101-001")
    said = {case["number"]: case["said"] for case in told["cases"]}
    assert code == 1
    assert "“紧急联系人”没有填" in said[running]
    assert "已暂停" in said[paused]
    assert "这张单子已撤销" in said[ended]
    assert "没有这张单子" in said["QJ-20200101-001"]
    assert rows(database_url, "SELECT kind FROM events WHERE kind = 'jumped'") == []
    assert "没有适合这种情况的审批路线" in _without_a_route(tmp_path, migrate, running)


def _without_a_route(folder: Path, migrate: Migrate, number: str) -> str:
    new_leave(folder, ('when = "days <= 1"', 'when = "days > 30"'))
    return str(migrate("--case", number)[1]["cases"][0]["said"])


async def test_only_an_administrator_moves_cases(database_url: str, tmp_path: Path, migrate: Migrate) -> None:
    async with executor(database_url) as office:
        await prepared(office)
        number = await number_of(office, database_url, "lix", "m1")
    new_leave(tmp_path, ('["部门主管", "人事经理"]', '["部门主管"]'))
    code, told = migrate("--all", by="lix")
    assert (code, fates(told)) == (1, {number: "cannot"})
    assert "不是管理员" in told["cases"][0]["said"]
    assert migrate("--all", by="nobody", data=False)[0] == 2
    assert migrate("--all", reason=" ", data=False)[0] == 2
    code, out = migrate("--all", data=False)
    assert code == 0
    assert f"{number}  李想  留在 部门主管（陈静），之后结束" in out
    assert "看了 1 张，1 张已迁移，0 张不能" in out


async def test_a_bot_that_runs_on_the_file_is_stopped_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = f"sqlite:///{tmp_path / 'nod.db'}"
    upgrade(url)
    async with executor(url) as office:
        await prepared(office)
    shutil.copy(LEAVE, tmp_path)
    line = [
        "flows",
        "migrate",
        "leave",
        "--flows",
        str(tmp_path),
        "--all",
        "--by",
        ADMIN,
        "--reason",
        "新",
        "--database",
        url,
    ]
    with hold(url):
        assert called([*line, "--dry-run"]) == 0
        assert called(line) == 1
    assert "先停下机器人" in capsys.readouterr().err


def test_looking_at_a_database_that_is_not_there_makes_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = f"sqlite:///{tmp_path / 'none.db'}"
    line = ["flows", "migrate", "leave", "--all", "--by", ADMIN, "--reason", "新", "--dry-run", "--database", url]
    assert cli.main(line) == 2
    assert not (tmp_path / "none.db").exists()
    assert "没有这个数据库" in capsys.readouterr().err
