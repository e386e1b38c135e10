"""An open office for each module of scenarios, emptied before each test: starting two processes is what takes time."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
import sqlalchemy as sa

from store.engine import make_engine
from store.migrate import upgrade
from tests import services
from tests.scenarios.office import Office, an_office

_TABLES = (  # all but what numbers go on with, and what is known of flows and people
    "events", "tasks", "cases", "talks", "inbox", "outbox", "timers", "standins", "tongues", "away", "shifts",
    "punches", "checkins", "findings", "logs", "log_readers", "log_comments", "entries", "runs", "occurrences",
    "settings", "files",
)  # fmt: skip


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["sqlite", "postgres"])
async def open_office(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Office]:
    """The product on a fresh database, SQLite and PostgreSQL in turn."""
    folder: Path = tmp_path_factory.mktemp("office")
    with services.one_database(request.param, folder, upgrade) as url:
        async with an_office(folder, url) as office:
            yield office


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["plain sqlite", "rich postgres"])
async def either_office(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Office]:
    """The product with plain cards on SQLite, and with rich cards on PostgreSQL."""
    dialect, store = request.param.split()
    folder = tmp_path_factory.mktemp(dialect)
    with services.one_database(store, folder, upgrade) as url:
        async with an_office(folder, url, dialect=dialect) as opened:
            yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def office(open_office: Office) -> Office:
    """The open office with nothing in it: no case, no message, no trouble."""
    await emptied(open_office)
    return open_office


async def emptied(office: Office) -> None:
    """Empty the emulator and the store, as if nobody had said anything yet."""
    await office.call("POST", "/emulator/reset", {})
    engine = make_engine(office.database)
    with engine.begin() as connection:
        for table in _TABLES:
            connection.execute(sa.text(f"DELETE FROM {table}"))  # names of our own, not data
    engine.dispose()
    if office.as_of and office.bot is not None and office.bot.returncode is None:
        await office.kill_bot()
    office.as_of = ""
    if office.bot is None or office.bot.returncode is not None:
        await office.start_bot()
