"""The organisation is followed whatever happens in between: who has left has no rights, who is new is known."""

import asyncio
from typing import Any, cast

import pytest
import sqlalchemy as sa

from bot.directory import Directory
from domain.people import Organization
from handlers.inbound import DirectoryChange
from tests.store.office import COMPANY, executor

LESS = Organization(
    people=[person for person in COMPANY.people.values() if person.userid != "chenj"],
    departments=COMPANY.departments.values(),
)


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
