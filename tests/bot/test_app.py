"""The process: it ends when it is asked to, however far it has come."""

import asyncio

import pytest
from pydantic import SecretStr

from bot.app import serve
from bot.config import Config, Dingtalk, Store
from bot.directory import organization_text
from store import snapshots
from store.engine import make_engine
from tests.store.office import COMPANY
from tests.store.test_catchup import insert, old
from tests.store.test_executor import rows

NOBODY = "http://127.0.0.1:9"  # nothing listens there


async def served(url: str) -> bool:
    """A start that is asked to stop half a second later; whether it said that it is ready."""
    app = Dingtalk(client_id="dingapp", client_secret=SecretStr("s"), api=NOBODY, oapi=NOBODY)
    config = Config(dingtalk=app, store=Store(database=url), replica="test")
    stop, ready = asyncio.Event(), asyncio.Event()
    asyncio.get_running_loop().call_later(0.5, stop.set)
    async with asyncio.timeout(5):
        await serve(config, stop, ready.set)
    assert stop.is_set(), "it did not end by itself"
    return ready.is_set()


async def test_the_first_start_learns_of_what_was_approved_before(database_url: str) -> None:
    engine = make_engine(database_url)
    with engine.begin() as connection:
        insert(connection, old("CC-1", "business_trip", "2099-11-23", "2099-11-25"))
    engine.dispose()
    await served(database_url)
    assert rows(database_url, "SELECT id, kind FROM away") == [("CC-1", "trip")]


@pytest.mark.parametrize("known", [False, True], ids=["the directory cannot be read", "no stream can be opened"])
async def test_who_asks_it_to_stop_while_the_platform_is_away_is_heard_at_once(database_url: str, known: bool) -> None:
    if known:
        engine = make_engine(database_url)
        with engine.begin() as connection:
            snapshots.save(connection, "organization", organization_text(COMPANY), 0)
        engine.dispose()
    assert not await served(database_url)
