"""The outbox: each listener in order, nothing twice at once, the newest state, what fails for good is parked."""

from typing import Any

import pytest
import sqlalchemy as sa

from store import outbox
from store.engine import make_engine
from store.outbox import Delivery, Letter
from store.rows import write
from store.tables import outbox as table

LEASE = 1000


@pytest.fixture
def connection(database_url: str) -> Any:
    engine = make_engine(database_url)
    with engine.begin() as opened:
        yield opened
    engine.dispose()


def post(
    connection: sa.Connection, track: str, lane: str, *, at: int, version: int = 1, due: int | None = None
) -> None:
    row = {
        "track": track, "lane": lane, "words": '{"title": "x"}', "version": version, "sent_version": 0, "parked": 0,
        "queued_ms": at, "due_ms": at if due is None else due, "attempts": 0, "leased_ms": 0, "holder": "",
        "error": "", "bundle": "",
    }  # fmt: skip
    write(connection, table, [row], conflict="replace")


def claim(connection: sa.Connection, now: int, holder: str = "a") -> list[Letter]:
    return outbox.claim(connection, holder=holder, now_ms=now, lease_ms=LEASE, limit=100)


def test_letters_come_oldest_first_and_only_once_while_leased(connection: sa.Connection) -> None:
    post(connection, "w.2", "bob", at=20)
    post(connection, "w.1", "bob", at=10)
    assert [letter.track for letter in claim(connection, 30)] == ["w.1", "w.2"]
    assert claim(connection, 31, holder="b") == []
    assert [letter.track for letter in claim(connection, 30 + LEASE, holder="b")] == ["w.1", "w.2"]


def test_a_listener_who_is_being_served_or_failing_gets_nothing_else(connection: sa.Connection) -> None:
    post(connection, "w.1", "bob", at=10)
    claim(connection, 10)
    post(connection, "w.2", "bob", at=11)
    post(connection, "w.3", "cat", at=12)
    assert [letter.track for letter in claim(connection, 20)] == ["w.3"]
    outbox.settle(connection, [Delivery(track="w.1", version=1, error="busy", retry_ms=500)])
    assert claim(connection, 30) == []
    assert [letter.track for letter in claim(connection, 500)] == ["w.1", "w.2"]


def test_a_newer_state_replaces_an_unsent_older_one(connection: sa.Connection) -> None:
    post(connection, "w.1", "bob", at=10, version=3)
    post(connection, "w.1", "bob", at=20, version=5)
    (letter,) = claim(connection, 30)
    assert (letter.version, letter.sent_version) == (5, 0)


def test_a_state_that_is_queued_while_another_is_sent_stays_waiting(connection: sa.Connection) -> None:
    post(connection, "w.1", "bob", at=10, version=3)
    claim(connection, 10)
    post(connection, "w.1", "bob", at=20, version=5)
    outbox.settle(connection, [Delivery(track="w.1", version=3)])
    (letter,) = claim(connection, 30)
    assert (letter.version, letter.sent_version) == (5, 3)
    outbox.settle(connection, [Delivery(track="w.1", version=5)])
    assert claim(connection, 10_000) == []


def test_what_was_sent_is_not_sent_again_when_it_is_queued_again(connection: sa.Connection) -> None:
    post(connection, "w.1", "bob", at=10)
    claim(connection, 10)
    outbox.settle(connection, [Delivery(track="w.1", version=1)])
    post(connection, "w.1", "bob", at=20)
    assert claim(connection, 10_000) == []


def test_a_card_shown_by_an_ack_is_crossed_out_and_an_older_ack_changes_nothing(connection: sa.Connection) -> None:
    post(connection, "w.1", "bob", at=10, version=5, due=4000)
    outbox.note_told(connection, {"w.1": 4})
    assert outbox.next_due(connection, 20) == 4000
    outbox.note_told(connection, {"w.1": 5, "w.unknown": 2})
    assert outbox.next_due(connection, 20) is None
    assert claim(connection, 5000) == []


def test_a_letter_for_later_does_not_hold_back_the_listener(connection: sa.Connection) -> None:
    post(connection, "w.1", "bob", at=10, due=4000)
    post(connection, "w.2", "bob", at=11)
    assert [letter.track for letter in claim(connection, 20)] == ["w.2"]


def test_what_fails_for_good_is_parked_and_reported_and_a_newer_state_tries_again(connection: sa.Connection) -> None:
    post(connection, "w.1", "bob", at=10)
    claim(connection, 10)
    outbox.settle(connection, [Delivery(track="w.1", version=1, error="userId is not exist")])
    assert claim(connection, 10_000) == []
    assert [tuple(row) for row in outbox.parked(connection)] == [("w.1", "bob", "userId is not exist", 10)]
    post(connection, "w.1", "bob", at=20, version=2)
    assert [letter.version for letter in claim(connection, 10_000)] == [2]


def test_a_holder_that_comes_back_gives_up_its_own_leases_only(connection: sa.Connection) -> None:
    post(connection, "w.1", "bob", at=10)
    post(connection, "w.2", "cat", at=10)
    outbox.claim(connection, holder="a", now_ms=10, lease_ms=LEASE, limit=1)
    outbox.claim(connection, holder="b", now_ms=10, lease_ms=LEASE, limit=1)
    outbox.release(connection, "a")
    assert [letter.track for letter in claim(connection, 20)] == ["w.1"]


def test_a_clock_set_back_by_an_hour_holds_up_no_letter(connection: sa.Connection) -> None:
    hour = 3_600_000
    post(connection, "w.1", "bob", at=hour + 10, due=0)
    claim(connection, hour + 20)
    post(connection, "w.2", "bob", at=30, due=0)
    assert [letter.track for letter in claim(connection, 30, holder="b")] == ["w.2", "w.1"]
    assert claim(connection, 40) == [], "the new leases hold"
    assert outbox.next_due(connection, 40) is None


def test_a_letter_behind_one_that_failed_is_given_back_as_it_was(connection: sa.Connection) -> None:
    post(connection, "w.1", "bob", at=10)
    post(connection, "w.2", "bob", at=11)
    claim(connection, 20)
    failed = Delivery(track="w.1", version=1, error="too fast", retry_ms=500, tried=False)
    outbox.settle(connection, [failed, Delivery(track="w.2", version=1, behind=True)])
    assert claim(connection, 499) == [], "the order stays, though no try was counted"
    assert [(letter.track, letter.attempts) for letter in claim(connection, 500)] == [("w.1", 0), ("w.2", 0)]


def test_a_card_that_was_made_but_shown_to_nobody_is_remembered_through_newer_states(connection: sa.Connection) -> None:
    post(connection, "w.1", "bob", at=10)
    claim(connection, 10)
    outbox.settle(connection, [Delivery(track="w.1", version=1, error="deliver: busy", retry_ms=20, made=True)])
    post(connection, "w.1", "bob", at=15, version=2)
    assert [(letter.version, letter.sent_version) for letter in claim(connection, 20)] == [(2, outbox.MADE)]


def test_what_was_parked_is_sent_after_it_was_let_go(connection: sa.Connection) -> None:
    post(connection, "w.1", "bob", at=10)
    post(connection, "w.2", "cat", at=10)
    claim(connection, 10)
    outbox.settle(connection, [Delivery(track="w.1", version=1, error="no"), Delivery(track="w.2", version=1)])
    assert outbox.unpark(connection) == 1
    assert outbox.unpark(connection) == 0
    assert [(letter.track, letter.attempts) for letter in claim(connection, 0)] == [("w.1", 0)]
