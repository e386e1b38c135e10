"""What people see: the items of every conversation, in one order, and who has read how far."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

BOT = "bot"


def now_ms() -> int:
    """Milliseconds since 1970."""
    return time.time_ns() // 1_000_000


@dataclass(slots=True, eq=False)
class Item:
    """Something in a conversation. `seen_by`: the people in whose window it stands. `changed`: the last change.

    `read_by`: who has looked at it, and when. `key`: the processQueryKey or carrierId by which its app names it."""

    seq: int
    conversation: str
    sender: str
    kind: str
    title: str
    text: str
    seen_by: tuple[str, ...]
    created_at: int
    track: str
    at: tuple[str, ...]
    content: dict[str, Any]
    key: str
    client: str
    changed: int = 0
    read_by: dict[str, int] = field(default_factory=dict)
    recalled: bool = False


class Chat:
    """All conversations. A private chat with the bot is called `bot`, as its person sees it."""

    def __init__(self) -> None:
        self.closing = False
        self._news = asyncio.Event()
        self.reset()

    def reset(self) -> None:
        """Empty."""
        self.items: list[Item] = []
        self.last = 0
        self._by_person: dict[str, list[Item]] = {}
        self._by_track: dict[str, list[Item]] = {}
        self._by_key: dict[str, list[Item]] = {}
        self._read: dict[tuple[str, str], int] = {}
        self._ring()

    def add(
        self, conversation: str, sender: str, kind: str, seen_by: tuple[str, ...], *, title: str = "", text: str = "",
        track: str = "", at: tuple[str, ...] = (), content: dict[str, Any] | None = None, key: str = "",
        client: str = "", created_at: int = 0,
    ) -> Item:  # fmt: skip
        """Put something into a conversation."""
        item = Item(
            seq=self.last + 1, conversation=conversation, sender=sender, kind=kind, title=title, text=text,
            seen_by=seen_by, created_at=created_at or now_ms(), track=track, at=at, content=content or {}, key=key,
            client=client,
        )  # fmt: skip
        self.items.append(item)
        for person in seen_by:
            self._by_person.setdefault(person, []).append(item)
        if track:
            self._by_track.setdefault(track, []).append(item)
        if key:
            self._by_key.setdefault(key, []).append(item)
        self.touch(item)
        return item

    def touch(self, item: Item) -> None:
        """It looks different now."""
        self.last += 1
        item.changed = self.last
        self._ring()

    def touch_card(self, track: str) -> None:
        """A card looks different now, wherever it stands."""
        for item in self._by_track.get(track, ()):
            self.touch(item)

    def keyed(self, client: str, key: str) -> list[Item]:
        """What the app sent under this key."""
        return [item for item in self._by_key.get(key, ()) if item.client == client]

    def seen(self, viewer: str | None, conversation: str = "*") -> list[Item]:
        """What stands in the person's window (without a person: everything), in order."""
        items = self.items if viewer is None else self._by_person.get(viewer, [])
        return [item for item in items if conversation in ("*", item.conversation) and not item.recalled]

    def changed(self, viewer: str, after: float) -> list[Item]:
        """What changed in the person's window, recalled items too."""
        return [item for item in self._by_person.get(viewer, []) if item.changed > after]

    def read(self, person: str, conversation: str) -> None:
        """The person has looked at the conversation."""
        for item in self.seen(person, conversation):
            self._read[person, item.conversation] = item.seq
            if person not in item.read_by and item.sender != person:
                item.read_by[person] = now_ms()
                self.touch(item)

    def unread(self, person: str, conversation: str) -> int:
        """How many items the person has not looked at."""
        since = self._read.get((person, conversation), 0)
        return sum(1 for item in self.seen(person, conversation) if item.seq > since and item.sender != person)

    async def news(self, after: int, wait: float) -> None:
        """Return when something is newer than `after`, or after `wait` seconds, or when the emulator stops."""
        end = time.monotonic() + wait
        while not self.closing and self.last == after and (left := end - time.monotonic()) > 0:
            try:
                async with asyncio.timeout(left):
                    await self._news.wait()
            except TimeoutError:
                return

    def close(self) -> None:
        """The emulator stops: nobody waits any longer."""
        self.closing = True
        self._ring()

    def _ring(self) -> None:
        """Let everybody who waits look again."""
        self._news.set()
        self._news = asyncio.Event()
