"""The organisation in memory: begun from the last snapshot, read from the directory, kept fresh by its events."""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Protocol

import orjson
import structlog

from domain.people import Department, Organization, Person
from handlers.inbound import DirectoryChange
from store import snapshots
from store.executor import Executor
from store.waiting import cases_awaiting_others
from usecases.replace_leavers import ReplaceLeavers

log = structlog.get_logger()

SNAPSHOT: Final = "organization"  # the name under which the last one is kept
_WHOLE_AGAIN: Final = 6 * 3600.0  # seconds between complete readings: events can be lost (contract 6)
_RETRY: Final = 10.0  # seconds after the first failure, then twice as many each time
_LONGEST: Final = 120.0
_TUPLES: Final = ("departments", "roles", "leads")


class Source(Protocol):
    """Where the directory can be read."""

    async def read(self) -> Organization:
        """All of it."""

    async def refresh(self, organization: Organization, change: DirectoryChange) -> Organization:
        """The same with what changed read again."""


@dataclass(slots=True)
class Directory:
    """Gives `use` each new organisation; `changed` is called for each event of the platform."""

    source: Source
    executor: Executor
    use: Callable[[Organization], None]
    _changes: "asyncio.Queue[DirectoryChange]" = field(default_factory=asyncio.Queue)
    _now: Organization | None = None
    _kept: str = ""  # the version that the snapshot has
    _failures: int = 0  # one after the other

    async def begin(self) -> None:
        """Have an organisation: the last one known, else read it now (and wait for it)."""
        kept = await self.executor.run(lambda connection: snapshots.find(connection, SNAPSHOT))
        if kept is not None:
            organization = organization_from(kept)
            self._take(organization)
            self._kept = organization.version
            self._changes.put_nowait(DirectoryChange(id="", kind="organization_changed", push=""))
            return
        while self._now is None:
            try:
                await self._keep(await self.source.read())
            except Exception as trouble:
                await self._pause(trouble)

    def changed(self, change: DirectoryChange) -> None:
        """The platform says that something changed."""
        self._changes.put_nowait(change)

    async def run(self) -> None:
        """Follow the changes until cancelled."""
        while True:
            try:
                async with asyncio.timeout(_WHOLE_AGAIN):
                    change = await self._changes.get()
            except TimeoutError:
                change = DirectoryChange(id="", kind="organization_changed", push="")
            try:
                await self._follow(change)
            except Exception as trouble:  # whatever it is: without the directory a leaver would keep their rights
                await self._pause(trouble)
                self._changes.put_nowait(change)
            else:
                self._failures = 0

    async def _pause(self, trouble: Exception) -> None:
        pause = min(_LONGEST, _RETRY * 2 ** min(self._failures, 10))
        self._failures += 1
        log.warning("directory not read", action="directory.retry", error=repr(trouble), seconds=pause)
        await asyncio.sleep(pause)

    async def _follow(self, change: DirectoryChange) -> None:
        if change.kind == "organization_changed" or self._now is None:
            await self._keep(await self.source.read())
        else:
            await self._keep(await self.source.refresh(self._now, change))

    async def _keep(self, organization: Organization) -> None:
        self._take(organization)
        if organization.version != self._kept:
            text, now = organization_text(organization), time.time_ns() // 1_000_000
            await self.executor.run(lambda connection: snapshots.save(connection, SNAPSHOT, text, now))
            self._kept = organization.version
            log.info("organisation read", action="directory.read", people=len(organization.people))
        await self._replace_leavers(organization)

    async def _replace_leavers(self, organization: Organization) -> None:
        """No case waits for somebody who has left (R-OA-10)."""
        people = organization.people
        waiting = await self.executor.run(lambda connection: cases_awaiting_others(connection, people))
        for number in waiting:
            await self.executor.submit(ReplaceLeavers(case=number))
        if waiting:
            log.info("leavers replaced", action="directory.leavers", cases=len(waiting))

    def _take(self, organization: Organization) -> None:
        self._now = organization
        self.use(organization)


def organization_text(organization: Organization) -> str:
    """The organisation as JSON."""
    people, departments = list(organization.people.values()), list(organization.departments.values())
    return orjson.dumps({"people": people, "departments": departments}).decode()


def organization_from(text: str) -> Organization:
    """The organisation that `organization_text` wrote."""
    data = orjson.loads(text)
    people = [Person(**(row | {name: tuple(row[name]) for name in _TUPLES} | _hired(row))) for row in data["people"]]
    departments = [Department(**{**row, "leaders": tuple(row["leaders"])}) for row in data["departments"]]
    return Organization(people=people, departments=departments)


def _hired(row: Mapping[str, Any]) -> dict[str, date | None]:
    """A snapshot of before people's first days were read has none."""
    return {"hired": date.fromisoformat(row["hired"]) if row.get("hired") else None}
