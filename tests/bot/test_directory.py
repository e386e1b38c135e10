"""The organisation is followed whatever happens in between: who has left has no rights, who is new is known."""

import asyncio
from typing import Any, cast

import pytest
import sqlalchemy as sa
import structlog

from bot.directory import Directory
from bot.wire.errors import Denied, Transient
from domain.people import Organization
from handlers.inbound import DirectoryChange
from tests.store.office import COMPANY, executor

LESS = Organization(
    people=[person for person in COMPANY.people.values() if person.userid != "chenj"],
    departments=COMPANY.departments.values(),
)


class Away:
    """A directory that cannot be read the first times, once for a reason that nobody thought of."""

    def __init__(self) -> None:
        self.troubles: list[Exception] = [Denied("60011", "no right"), KeyError("userid"), Transient("busy")]

    async def read(self) -> Organization:
        if self.troubles:
            raise self.troubles.pop(0)
        return COMPANY

    async def refresh(self, organization: Organization, change: DirectoryChange) -> Organization:
        return organization


class Source:
    """The whole company first, then without the one who left."""

    async def read(self) -> Organization:
        return COMPANY

    async def refresh(self, organization: Organization, change: DirectoryChange) -> Organization:
        return LESS


async def test_a_hiccup_of_the_database_does_not_end_the_following(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.directory._RETRY", 0.01)
    without, saved = asyncio.Event(), asyncio.Event()
    async with executor(database_url) as office:

        def use(organization: Organization) -> None:
            if organization.find("chenj") is None:
                without.set()

        directory = Directory(source=Source(), executor=office, use=use)
        await directory.begin()
        run, trouble = office.run, [sa.exc.OperationalError("INSERT", {}, ConnectionError("away"))]

        async def shaky(job: Any) -> Any:
            if trouble:
                raise trouble.pop()
            done = await run(job)
            saved.set()
            return done

        monkeypatch.setattr(directory, "executor", cast(Any, type("Shaky", (), {"run": staticmethod(shaky)})))
        following = asyncio.ensure_future(directory.run())
        for event in ("e1", "e2"):
            directory.changed(DirectoryChange(id=event, kind="person_left", push=event, users=("chenj",)))
        async with asyncio.timeout(5):
            await without.wait()
            await saved.wait()
        following.cancel()


async def test_a_directory_that_cannot_be_read_is_asked_again_less_and_less_often(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.directory._RETRY", 0.01)
    known: list[Organization] = []
    with structlog.testing.capture_logs() as logs:
        async with executor(database_url) as office, asyncio.timeout(5):
            await Directory(source=Away(), executor=office, use=known.append).begin()
    assert [line["seconds"] for line in logs if line.get("action") == "directory.retry"] == [0.01, 0.02, 0.04]
    assert known == [COMPANY]
