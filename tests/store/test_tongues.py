"""In which language somebody writes: remembered where it changes, and heard by other replicas."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot import tongues as known
from store import tongues
from store.engine import make_engine
from store.executor import Executor
from tests.store.office import COMPANY, decides, executor, says, submits
from usecases.hear import Hear
from usecases.remember_tongue import tongue

EMPLOYEE, SUPERVISOR = "lix", "chenj"


def english(text: str, message: str, person: str = EMPLOYEE) -> Hear:
    """The words, which are English."""
    return replace(says(person, text, message), tongue="en")


def rows(url: str) -> list[tuple[str, str, int]]:
    """What is written down."""
    engine = make_engine(url)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(sa.text("SELECT person, language, at_ms FROM tongues"))]
    engine.dispose()
    return found


@contextmanager
def statements(running: Executor) -> Iterator[list[str]]:
    """Whatever is asked of the database meanwhile."""
    asked: list[str] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    sa.event.listen(running.engine, "before_cursor_execute", note)
    yield asked
    sa.event.remove(running.engine, "before_cursor_execute", note)


async def test_a_language_is_written_down_when_it_changes_and_only_then(database_url: str) -> None:
    async with executor(database_url) as running:
        running.world = replace(running.world, tongues=known.load())
        await running.submit(replace(says(EMPLOYEE, "我的申请", "m0"), tongue="zh"))
        assert rows(database_url) == [], "the company's own needs no note"
        await running.submit(english("my requests", "m1"))
        ((person, language, at),) = rows(database_url)
        assert (person, language) == (EMPLOYEE, "en")
        assert running.world.frame_for(EMPLOYEE).say("提交") == "Submit"
        assert running.world.frame_for(SUPERVISOR).say("提交") == "提交"
        await running.submit(english("my requests", "m2"))
        await running.submit(replace(says(EMPLOYEE, "1500", "m3"), tongue=""))
        assert rows(database_url) == [(EMPLOYEE, "en", at)]
        await running.submit(replace(says(EMPLOYEE, "我的申请", "m4"), tongue="zh"))
        assert [row[:2] for row in rows(database_url)] == [(EMPLOYEE, "zh")]
        assert running.world.frame_for(EMPLOYEE) is running.world.frame


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("delegate to 陈静 tomorrow to Friday", "en"),
        ("transfer QJ-20261123-001 to 王芳", "en"),
        ("陈静 sick leave 明天", "zh"),
        ("陈静", "zh"),
        ("报销 taxi 45 陈静", "zh"),
        ("45.5", ""),
    ],
)
def test_a_colleague_s_name_is_of_no_language(text: str, told: str) -> None:
    assert tongue(text, COMPANY) == told


async def test_a_tap_asks_nothing_about_languages(database_url: str) -> None:
    async with executor(database_url) as running:
        await running.submit(says(EMPLOYEE, "明天下午请半天病假，去医院复查", "m1"))
        await running.submit(submits(EMPLOYEE, "QJ-20261123-001"))
        with statements(running) as asked:
            await running.submit(decides(SUPERVISOR, "QJ-20261123-001", "1"))
        assert asked
        assert not [one for one in asked if "tongues" in one]


async def test_another_replica_hears_of_it_and_a_restart_knows_it(database_url: str) -> None:
    async with executor(database_url) as running, executor(database_url) as other:
        await running.submit(english("my requests", "m1"))
        assert dict(other.world.spoken) == {}
        await other.run(lambda connection: tongues.learn(connection, other.world.spoken))
        assert dict(other.world.spoken) == {EMPLOYEE: "en"}
        ((_, _, at),) = rows(database_url)
        later: dict[str, str] = {}
        await other.run(lambda connection: tongues.learn(connection, later, at + 1))
        assert later == {EMPLOYEE: "en"}, "clocks differ a little"
        much_later: dict[str, str] = {}
        await other.run(lambda connection: tongues.learn(connection, much_later, at + 3_600_000))
        assert much_later == {}


async def test_what_outsiders_write_is_not_noted(database_url: str) -> None:
    async with executor(database_url) as running:
        await running.submit(english("help", "m1", "nobody"))
    assert rows(database_url) == []
