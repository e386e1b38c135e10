"""An executor with people who type, read as the product reads them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson

from domain.approvals.case import Case
from handlers.inbound import CardAction, Message
from handlers.messages import on_message
from handlers.taps import on_tap
from store.codec import case_from
from store.executor import Executor
from tests.store.office import SAID_AT, executor, submits
from tests.store.test_executor import SENTENCE, rows

EMPLOYEE, SUPERVISOR, HR, OTHER, ANOTHER, BOSS, ADMIN = "lix", "chenj", "sunl", "liuy", "huangt", "zhao", "zhengk"
MONDAY = SAID_AT.astimezone(UTC)


@dataclass(slots=True)
class Talkative:
    """The executor, with people who type."""

    office: Executor
    url: str
    now: datetime = MONDAY
    _count: int = field(default=0)
    _seen: dict[str, None] = field(default_factory=dict)  # the tracks, in the order in which they appeared

    async def says(self, person: str, text: str) -> str:
        """What the person hears back, all of it."""
        self._count += 1
        message = Message(
            robot="bot", id=f"n{self._count}", sender=person, nick="", conversation="c", group=False, title="",
            text=text, said_at=self.now, kind="text", push=f"p{self._count}",
        )  # fmt: skip
        wish = on_message(message, self.office.world)
        assert wish is not None
        before = {row[0] for row in self._words(person)}
        await self.office.submit(wish)
        return "\n".join(row[1] for row in self._words(person) if row[0] not in before)

    async def taps(self, person: str, label: str, *, by: str = "") -> str:
        """Taps the newest button with this label under a question of the person (`by` somebody else, perhaps); the tip
        that comes back."""
        for row in reversed(self._words(person)):
            buttons = orjson.loads(orjson.loads(row[1]).get("sys_full_json_obj", "{}")).get("msgButtons", [])
            for button in buttons:
                if button["text"] == label:
                    return await self._tap(by or person, row[0], button)
        raise AssertionError(f"{person} has no button {label}")

    async def _tap(self, person: str, track: str, button: dict[str, Any]) -> str:
        self._count += 1
        wish = on_tap(
            CardAction(track=track, by=person, button=button["id"], params=button["params"], push=f"t{self._count}")
        )
        assert wish is not None
        answer = await self.office.submit(wish)
        assert answer is not None
        assert answer.private
        return answer.card.params["tips"]

    def _words(self, person: str) -> list[Any]:
        """What the person was told, oldest first: all that is said at one moment is queued at that moment."""
        told = rows(
            self.url,
            f"SELECT track, words FROM outbox WHERE lane = '{person}' AND words <> '' ORDER BY queued_ms, track",
        )
        self._seen |= dict.fromkeys(row[0] for row in told)
        place = {track: at for at, track in enumerate(self._seen)}
        return sorted(told, key=lambda row: place[row[0]])

    def told(self, person: str) -> str:
        """Everything that the person was ever told in words."""
        return "\n".join(row[1] for row in self._words(person))

    async def filed(self, person: str = EMPLOYEE, sentence: str = SENTENCE) -> str:
        """A case that the person has filed."""
        await self.says(person, sentence)
        number = str(rows(self.url, "SELECT number FROM cases ORDER BY created_ms DESC, number DESC LIMIT 1")[0][0])
        await self.office.submit(submits(person, number))
        return number

    def case(self, number: str) -> Case:
        """As it stands."""
        return case_from(rows(self.url, f"SELECT state FROM cases WHERE number = '{number}'")[0][0])

    def awaited(self, number: str) -> tuple[str, ...]:
        """Who is asked now."""
        return self.case(number).waiting_for()

    def name(self, person: str) -> str:
        """What they are called."""
        return self.office.world.organization.name_of(person)


@asynccontextmanager
async def talkative(url: str) -> AsyncIterator[Talkative]:
    """An office in which people type, at ten o'clock on Monday."""
    async with executor(url) as office:
        people = Talkative(office=office, url=url)
        office.clock = lambda: people.now
        yield people
