"""What every part of the tests shares: both stores and Redis, and that nothing is skipped where all is promised."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
import structlog

from store.migrate import upgrade
from tests import services


@pytest.fixture(scope="session", autouse=True)
def plain_tracebacks() -> None:
    """The usual ones draw every local variable, and take seconds of the event loop over it."""
    console = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.stdlib.add_log_level, console])


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server in which databases can be created."""
    with services.postgres() as address:
        yield address


@pytest.fixture(scope="session")
def postgres_databases(postgres_url: str) -> Iterator[services.Databases]:
    """Fresh, migrated PostgreSQL databases."""
    databases = services.Databases(postgres_url, upgrade)
    yield databases
    databases.close()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh, migrated database: SQLite and PostgreSQL in turn."""
    if request.param == "sqlite":
        with services.one_database("sqlite", tmp_path, upgrade) as url:
            yield url
        return
    databases: services.Databases = request.getfixturevalue("postgres_databases")
    url = databases.fresh()
    yield url
    databases.drop(url)


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A Redis database that is ours for the length of the run."""
    with services.redis_server() as address:
        yield address


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where every service is promised (NOD_REQUIRE_SERVICES=1) a test that would be skipped fails."""
    report = yield
    promised = os.environ.get("NOD_REQUIRE_SERVICES") == "1"
    if promised and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, though every service was promised: {report.longrepr}"
    return report
