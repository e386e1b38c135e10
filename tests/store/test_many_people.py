"""Companies of more people than a database's driver takes in one question."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from domain.attendance.findings import AWAY
from domain.attendance.punches import Punch
from store import filed, settings, standins
from store.calendar import renew
from store.engine import make_engine
from store.office import load
from store.waiting import cases_awaiting_others
from tests.store.office import executor, says, submits, world
from tests.store.test_executor import rows

NOW = datetime(2020, 1, 1, tzinfo=UTC)
MANY = [*(f"user{n:06}" for n in range(70_000)), "lix"]  # PostgreSQL takes 65,535


@pytest.fixture
def connection(database_url: str) -> Iterator[sa.Connection]:
    engine = make_engine(database_url)
    with engine.begin() as open_one:
        yield open_one
    engine.dispose()


async def test_the_cases_of_all_who_missed_something_are_found(database_url: str) -> None:
    async with executor(database_url) as office:
        await office.submit(says("lix", "我明天请一天年假", "m1"))
        ((number,),) = rows(database_url, "SELECT number FROM cases")
        await office.submit(submits("lix", number))
        found = await office.run(lambda link: load(link, world(), [], NOW).findings.cases(AWAY, NOW, MANY))
        assert [one.number for one in found] == [number]
        numbers = [*(f"QJ-20261123-{n:06}" for n in range(70_000)), number]
        assert list(await office.run(lambda link: filed.these(link, numbers))) == [number]
        assert await office.run(lambda link: cases_awaiting_others(link, ())) == [number]


def test_whatever_is_asked_of_everybody_is_answered(connection: sa.Connection) -> None:
    assert settings.of_people(connection, MANY) == {}
    assert standins.of_people(connection, MANY, 0) == []
    renew(connection, Punch, MANY, NOW.date(), NOW.date())
