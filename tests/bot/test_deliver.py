"""Delivery: what the platform refuses, delays or did already, and what becomes of the letters."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
import structlog

from bot.deliver import Deliverer, Templates
from bot.wire.errors import AlreadyExists, Denied, NotDelivered, RateLimited, Refused, Transient
from store import outbox
from store.engine import make_engine
from store.executor import Executor
from store.outbox import Delivery
from tests.store.office import decides, executor, says, submits

SENTENCE = "我明天下午请半天病假，去医院复查"


class Platform:
    """A platform that keeps cards, and fails as it is told: one trouble a call, in order; None lets a call pass."""

    def __init__(self, *troubles: Exception | None) -> None:
        self.troubles = list(troubles)
        self.cards: dict[str, dict[str, str]] = {}
        self.seen: list[str] = []
        self.calls: list[tuple[str, str]] = []

    def _next(self, call: str, track: str) -> None:
        self.calls.append((call, track))
        if self.troubles and (trouble := self.troubles.pop(0)):
            if isinstance(trouble, NotDelivered) and call == "create":
                self.cards[track] = {}
            raise trouble

    async def create_and_deliver(self, *, track: str, card: dict[str, str], **_: Any) -> None:
        """Show a new card."""
        self._next("create", track)
        if track in self.cards:
            raise AlreadyExists("param.cardAlreadyExist", "there")
        self.cards[track] = dict(card)
        self.seen.append(track)

    async def deliver(self, *, track: str, **_: Any) -> None:
        """Show a card that is there."""
        self._next("deliver", track)
        self.seen.append(track)

    async def update_card(self, *, track: str, card: dict[str, str]) -> None:
        """Change a card."""
        self._next("update", track)
        if track not in self.cards:
            raise Refused("param.cardNotExist", "gone")
        self.cards[track] |= card

    async def attend(self, facts: Mapping[str, str]) -> None:
        """Hear of an approved case."""
        self._next("attend", facts["approval"])


@asynccontextmanager
async def delivering(office: Executor, platform: Platform) -> AsyncIterator[Deliverer]:
    """A running deliverer."""
    worker = Deliverer(executor=office, platform=platform, templates=Templates(case="c", words="w"), holder="test")
    office.doorbell = worker.ring
    running = asyncio.ensure_future(worker.run())
    try:
        yield worker
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def rows(url: str, query: str) -> list[Any]:
    engine = make_engine(url, writer=False)
    with engine.begin() as connection:
        found = list(connection.execute(sa.text(query)))
    engine.dispose()
    return found


async def until_quiet(url: str) -> None:
    """Wait until nothing is due that is not parked."""
    for _ in range(400):
        if not rows(
            url,
            "SELECT 1 FROM outbox WHERE sent_version < version AND parked = 0 AND attempts = 0 AND due_ms <= queued_ms",
        ):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(rows(url, "SELECT track, version, sent_version, attempts, error FROM outbox"))


async def test_each_person_gets_one_card_in_the_newest_state(database_url: str) -> None:
    platform = Platform()
    async with executor(database_url) as office, delivering(office, platform):
        await office.submit(says("lix", SENTENCE, "m1"))
        number = rows(database_url, "SELECT number FROM cases")[0][0]
        await office.submit(submits("lix", number))
        await office.submit(decides("chenj", number, "1"))
        await office.submit(decides("sunl", number, "2"))
        await until_quiet(database_url)
    created = [track for call, track in platform.calls if call == "create"]
    assert len(created) == len(set(created))
    shown = {track: card for track, card in platform.cards.items() if "status" in card}
    assert len(shown) >= 4, "applicant, and those who are told"
    assert {card["status"] for track, card in shown.items() if ".c." in track} == {"approved"}


async def test_a_card_that_exists_already_is_brought_up_to_date(database_url: str) -> None:
    platform = Platform()
    async with executor(database_url) as office:
        await office.submit(says("lix", SENTENCE, "m1"))
        ((track,),) = rows(database_url, "SELECT track FROM outbox")
        platform.cards[track] = {"markdown": "an older state"}
        async with delivering(office, platform):
            await until_quiet(database_url)
    assert [call for call, _ in platform.calls] == ["create", "update"]
    assert "病假" in platform.cards[track]["markdown"]
    assert rows(database_url, "SELECT parked FROM outbox") == [(0,)]


async def test_a_card_that_the_platform_lost_is_made_again(database_url: str) -> None:
    platform = Platform()
    async with executor(database_url) as office, delivering(office, platform):
        await office.submit(says("lix", SENTENCE, "m1"))
        await until_quiet(database_url)
        platform.cards.clear()
        await office.submit(replace(says("lix", "", "m2"), files=("病历.jpg",)))
        await until_quiet(database_url)
    (card,) = platform.cards.values()
    assert "病历.jpg" in card["markdown"]


async def test_trouble_is_tried_again_and_a_refusal_is_parked_with_its_words(database_url: str) -> None:
    troubles = (RateLimited("too fast", retry_after=0.01), Transient("busy", retry_after=0.01))
    platform = Platform(*troubles, Refused("param.userIdNotExist", "userId is not exist"))
    async with executor(database_url) as office, delivering(office, platform):
        await office.submit(says("lix", SENTENCE, "m1"))
        await until_parked(database_url)
    assert [call for call, _ in platform.calls] == ["create"] * 3
    ((parked, error),) = rows(database_url, "SELECT parked, error FROM outbox")
    assert parked == 1
    assert "userId is not exist" in error


async def test_a_permission_that_comes_back_delays_a_card_and_loses_none(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.deliver._GIVE_UP", 0)
    platform = Platform(Denied("Forbidden.AccessDenied.AccessTokenPermissionDenied", "no"), Denied("token", "none"))
    async with executor(database_url) as office, delivering(office, platform):
        await office.submit(says("lix", SENTENCE, "m1"))
        await shown(platform, 1)
    assert rows(database_url, "SELECT parked FROM outbox") == [(0,)]


async def test_a_missing_permission_is_said_once_however_many_cards_wait(database_url: str) -> None:
    platform = Platform(*(Denied("Forbidden.AccessDenied.IpNotInWhiteList", "no") for _ in range(4)))
    with structlog.testing.capture_logs() as logs:
        async with executor(database_url) as office, delivering(office, platform):
            await office.submit(says("lix", SENTENCE, "m1"))
            await office.submit(says("zhangw", SENTENCE, "m2"))
            await shown(platform, 2)
    assert [line["action"] for line in logs if line["log_level"] == "error"] == ["deliver.denied"]


async def test_a_card_that_was_made_but_not_delivered_reaches_its_person(database_url: str) -> None:
    platform = Platform(NotDelivered("deliver", "busy"), None, RateLimited("too fast", retry_after=0.01))
    async with executor(database_url) as office, delivering(office, platform):
        await office.submit(says("lix", SENTENCE, "m1"))
        await seen(platform, 1)
    assert [call for call, _ in platform.calls] == ["create", "update", "deliver", "update", "deliver"]
    assert rows(database_url, "SELECT parked FROM outbox") == [(0,)]


async def test_a_card_that_never_reached_its_person_does_so_with_its_next_state(database_url: str) -> None:
    platform = Platform(NotDelivered("deliver", "userId is not exist"), None, NotDelivered("deliver", "still not"))
    async with executor(database_url) as office, delivering(office, platform):
        await office.submit(says("lix", SENTENCE, "m1"))
        await until_parked(database_url)
        await office.submit(replace(says("lix", "", "m2"), files=("病历.jpg",)))
        await seen(platform, 1)
    (card,) = platform.cards.values()
    assert "病历.jpg" in card["markdown"]


async def test_a_refusal_in_unknown_words_gives_way_after_a_day(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.deliver._GIVE_UP", 1)
    async with executor(database_url) as office, delivering(office, Platform(*[Refused("odd", "?")] * 2)) as worker:
        await office.submit(says("lix", SENTENCE, "m1"))
        await until_parked(database_url)
        assert errors_of_parked(database_url) == [("odd: ?",)]
        await office.run(outbox.unpark)
        worker.ring()
        await until_quiet(database_url)


async def test_one_letter_that_cannot_be_written_down_holds_up_no_other(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle, platform = outbox.settle, Platform()

    def choosy(connection: sa.Connection, deliveries: list[Delivery]) -> None:
        if any(not delivery.error and delivery.track == platform.calls[0][1] for delivery in deliveries):
            raise sa.exc.DataError("UPDATE", {}, ValueError("no row can hold it"))
        settle(connection, deliveries)

    monkeypatch.setattr("store.outbox.settle", choosy)
    async with executor(database_url) as office:
        for person in ("lix", "zhangw", "chenj"):
            await office.submit(says(person, SENTENCE, f"m-{person}"))
        async with delivering(office, platform) as worker:
            await until_parked(database_url)
            await worker.drain(5)
            assert not worker._under_way
    assert errors_of_parked(database_url) == [("DataError",)]
    assert rows(database_url, "SELECT count(*) FROM outbox WHERE sent_version = version") == [(2,)]


async def test_a_letter_that_comes_due_while_the_rows_are_read_does_not_wait(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    next_due, platform = outbox.next_due, Platform()

    def slow(connection: sa.Connection, now_ms: int) -> int | None:
        found = next_due(connection, now_ms)
        time.sleep(0.1)
        return found

    monkeypatch.setattr("store.outbox.next_due", slow)
    monkeypatch.setattr("bot.deliver._AFTER_TROUBLE", 3600.0)
    async with executor(database_url) as office:
        await office.submit(says("lix", SENTENCE, "m1"))
        soon = sa.text(f"UPDATE outbox SET due_ms = {time.time_ns() // 1_000_000 + 80}")
        await office.run(lambda connection: connection.execute(soon).rowcount)
        async with delivering(office, platform):
            await shown(platform, 1)


async def test_being_too_fast_is_no_failed_try(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.deliver._GIVE_UP", 2)
    platform = Platform(*(RateLimited("too fast", retry_after=0.01) for _ in range(6)))
    async with executor(database_url) as office, delivering(office, platform):
        await office.submit(says("lix", SENTENCE, "m1"))
        await shown(platform, 1)


async def test_a_case_that_cannot_be_read_keeps_nobody_else_from_their_cards(database_url: str) -> None:
    platform = Platform()
    async with executor(database_url) as office:
        await office.submit(says("lix", SENTENCE, "m1"))
        await office.submit(says("zhangw", SENTENCE, "m2"))
        spoil = sa.text("UPDATE cases SET state = '{}' WHERE applicant = 'lix'")
        await office.run(lambda connection: connection.execute(spoil).rowcount)
        async with delivering(office, platform):
            await until_parked(database_url)
            await shown(platform, 1)
    assert errors_of_parked(database_url) == [("LookupError",)]


async def test_words_of_the_platform_that_no_row_can_hold_stop_nothing(database_url: str) -> None:
    platform = Platform(Refused("param.wrong", "bad\0word" + "x" * 10_000))
    async with executor(database_url) as office, delivering(office, platform):
        await office.submit(says("lix", SENTENCE, "m1"))
        await office.submit(says("zhangw", SENTENCE, "m2"))
        await shown(platform, 1)
        await asyncio.sleep(0.1)
    assert rows(database_url, "SELECT count(*) FROM outbox WHERE parked = 1") == [(1,)]


async def seen(platform: Platform, cards: int) -> None:
    """Wait until people have seen so many cards."""
    async with asyncio.timeout(10):
        while len(platform.seen) < cards:  # noqa: ASYNC110 - a list has no event
            await asyncio.sleep(0.02)


async def until_parked(url: str) -> None:
    """Wait until something is parked."""
    async with asyncio.timeout(10):
        while not errors_of_parked(url):  # noqa: ASYNC110 - a row has no event
            await asyncio.sleep(0.02)


def errors_of_parked(url: str) -> list[Any]:
    """The errors of what is parked."""
    return rows(url, "SELECT error FROM outbox WHERE parked = 1")


async def shown(platform: Platform, cards: int) -> None:
    """Wait until so many cards stand there."""
    async with asyncio.timeout(10):
        while len(platform.cards) < cards:  # noqa: ASYNC110 - a list of calls has no event
            await asyncio.sleep(0.02)
