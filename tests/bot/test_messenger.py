"""Messages for many: twenty a call, nobody twice, and what may have gone out is never sent again by itself."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.messenger import Messenger
from bot.wire.api import Sent
from bot.wire.errors import RateLimited, Refused, Transient
from cards.card import Message
from store import outbox
from store.executor import Executor
from tests.scheduler.test_beat import rows
from tests.store.office import executor
from usecases.due import Carry, Due
from usecases.ports import Post

MONDAY = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
HELLO = Message(title="上班打卡", text="还有 15 分钟上班")
Call = tuple[list[str], dict[str, str]]


@dataclass(slots=True)
class Platform:
    """Notes what it is asked; `trouble` is raised by the next calls, `slow` people are not reached the first time."""

    people: list[Call] = field(default_factory=list)
    groups: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    uploads: list[tuple[str, str, bytes]] = field(default_factory=list)
    trouble: list[Exception] = field(default_factory=list)
    slow: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    hangs: bool = False
    pause: float = 0

    async def batch_send(self, people: Sequence[str], **words: str) -> Sent:
        self.people.append((list(people), words))
        if self.hangs:
            await asyncio.sleep(60)
        await asyncio.sleep(self.pause)
        if self.trouble:
            raise self.trouble.pop(0)
        return Sent(query_key="", invalid=self.gone, slowed=self.slow)

    async def group_send(self, group: str, **words: str) -> str:
        self.groups.append((group, words))
        return "k"

    async def upload(self, kind: str, name: str, content: bytes) -> str:
        self.uploads.append((kind, name, content))
        return f"@{len(self.uploads)}"


@asynccontextmanager
async def messenger(office: Executor, platform: Platform, holder: str = "one") -> AsyncIterator[Messenger]:
    it = Messenger(executor=office, platform=platform, holder=holder)
    office.doorbell = it.ring
    running = asyncio.ensure_future(it.run())
    try:
        yield it
    finally:
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.01)


def tell(*receivers: str, message: Message = HELLO) -> Carry:
    dues = [Due(receiver=one, posts=(Post(to=one, track=f"t:{one}", message=message),)) for one in receivers]
    return Carry(job="greet", moment=MONDAY, dues=tuple(dues))


def waiting(url: str) -> list[Any]:
    return rows(url, "SELECT lane, parked, error FROM outbox WHERE sent_version < version ORDER BY lane")


async def test_the_same_words_go_to_twenty_a_call(database_url: str) -> None:
    platform = Platform()
    async with executor(database_url) as office, messenger(office, platform):
        await office.submit(tell(*(f"p{n:02}" for n in range(45))))
        await until(lambda: not waiting(database_url))
    assert sorted(len(people) for people, _ in platform.people) == [5, 20, 20]
    assert sorted(one for people, _ in platform.people for one in people) == [f"p{n:02}" for n in range(45)]
    assert platform.people[0][1] == {"text": "还有 15 分钟上班", "title": "上班打卡", "media": "", "name": ""}


async def test_other_words_and_groups_go_by_themselves(database_url: str) -> None:
    platform = Platform()
    async with executor(database_url) as office, messenger(office, platform):
        await office.submit(tell("ann", "cid:one==", "cid:two=="))
        await office.submit(tell("bob", message=Message(title="Clock in", text="15 minutes left")))
        await until(lambda: not waiting(database_url))
    assert sorted(people for people, _ in platform.people) == [["ann"], ["bob"]]
    assert sorted(group for group, _ in platform.groups) == ["one==", "two=="]


async def test_who_is_owed_the_same_words_twice_hears_them_once(database_url: str) -> None:
    platform = Platform()
    again = Post(to="ann", track="t:ann:again", message=HELLO)
    async with executor(database_url) as office:
        await office.submit(tell("ann", "bob"))
        await office.submit(Carry(job="again", moment=MONDAY, dues=(Due(receiver="ann", posts=(again,)),)))
        async with messenger(office, platform):
            await until(lambda: not waiting(database_url))
    assert [sorted(people) for people, _ in platform.people] == [["ann", "bob"]]


async def test_who_could_not_be_reached_hears_later_and_who_is_gone_is_reported(database_url: str) -> None:
    platform = Platform(slow=("bob",), gone=("eve",))
    async with executor(database_url) as office, messenger(office, platform):
        await office.submit(tell("ann", "bob", "eve"))
        await until(lambda: any(row[0] == "bob" and row[2] for row in waiting(database_url)))
    assert waiting(database_url) == [("bob", 0, "flowControlled"), ("eve", 1, "invalidStaffId")]
    assert rows(database_url, "SELECT due_ms > queued_ms FROM outbox WHERE lane = 'bob'")[0][0]


async def test_what_may_have_gone_out_is_parked_and_not_repeated(database_url: str) -> None:
    platform = Platform(trouble=[Transient("cut in the middle")])
    async with executor(database_url) as office, messenger(office, platform) as it:
        await office.submit(tell("ann", "bob"))
        await until(lambda: all(row[1] for row in waiting(database_url)))
        it.ring()
        await asyncio.sleep(0.2)
        assert len(platform.people) == 1
        assert {row[2] for row in waiting(database_url)} == {"不知道送到没有：发送时中断了"}
        assert await office.run(outbox.unpark) == 2  # whoever looks may let them be sent again
        it.ring()
        await until(lambda: not waiting(database_url))
    assert len(platform.people) == 2


async def test_what_was_refused_at_the_gate_is_sent_again(database_url: str) -> None:
    platform = Platform(trouble=[RateLimited("slow down", retry_after=0.05)])
    async with executor(database_url) as office, messenger(office, platform) as it:
        await office.submit(tell("ann"))
        await until(lambda: len(platform.people) == 1 and not rows(database_url, _LEASED)[0][0])
        await asyncio.sleep(0.1)
        it.ring()
        await until(lambda: not waiting(database_url))
    assert [people for people, _ in platform.people] == [["ann"], ["ann"]]


async def test_what_is_wrong_in_itself_is_parked(database_url: str) -> None:
    platform = Platform(trouble=[Refused("robotCode.notExsit", "no robot")])
    async with executor(database_url) as office, messenger(office, platform):
        await office.submit(tell("ann"))
        await until(lambda: bool(waiting(database_url)[0][1]))
    assert "robotCode.notExsit" in waiting(database_url)[0][2]


async def test_who_dies_while_sending_leaves_no_doubt_behind(database_url: str) -> None:
    hanging, later = Platform(hangs=True), Platform()
    async with executor(database_url) as office:
        async with messenger(office, hanging):
            await office.submit(tell("ann", "bob"))
            await until(lambda: len(hanging.people) == 1)
        async with messenger(office, later):  # the same replica comes back
            await until(lambda: all(row[1] for row in waiting(database_url)))
            await office.submit(tell("cat"))
            await until(lambda: len(later.people) == 1)
    assert [people for people, _ in later.people] == [["cat"]]
    assert {row[2] for row in waiting(database_url)} == {"不知道送到没有：发送时中断了"}


async def test_two_replicas_share_the_work_and_nobody_hears_twice(database_url: str) -> None:
    platform = Platform()
    everybody = [f"p{n:03}" for n in range(200)]
    async with executor(database_url) as office, executor(database_url) as other:
        await office.submit(tell(*everybody))
        async with messenger(office, platform, "one"), messenger(other, platform, "two"):
            await until(lambda: not waiting(database_url))
    assert sorted(one for people, _ in platform.people for one in people) == everybody


_LEASED = "SELECT count(*) FROM outbox WHERE leased_ms > 0"


async def test_whoever_is_stopped_says_to_the_end_what_is_being_said(database_url: str) -> None:
    platform = Platform(pause=0.3)
    async with executor(database_url) as office, messenger(office, platform) as it:
        await office.submit(tell(*(f"p{n:03}" for n in range(100))))
        await until(lambda: len(platform.people) == 3)
        await it.drain(within=5)
        told = {person for people, _ in platform.people for person in people}
        assert len(platform.people) == 3
    assert {row[0] for row in waiting(database_url)} == {f"p{n:03}" for n in range(100)} - told
    assert {row[1] for row in waiting(database_url)} == {0}  # nothing is left in doubt


async def test_a_group_hears_one_after_the_other_in_order(database_url: str) -> None:
    platform = Platform()
    async with executor(database_url) as office:
        posts = tuple(Post(to="cid:g==", track=f"t{n}", message=Message(text=f"{9 - n}")) for n in range(9))
        due = Due(receiver="cid:g==", posts=posts)
        await office.submit(Carry(job="greet", moment=MONDAY, dues=(due,)))
        async with messenger(office, platform):
            await until(lambda: not waiting(database_url))
    assert [words["text"] for _, words in platform.groups] == [f"{9 - n}" for n in range(9)]
