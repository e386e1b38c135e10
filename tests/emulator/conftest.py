"""One emulator with short waiting times for all tests here, emptied before each; others where a test asks for one."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from tests.emulator.home import QUICK, Home, emulator

Elsewhere = Callable[..., AbstractAsyncContextManager[Home]]


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the emulator of the run is."""
    with emulator(tmp_path_factory.mktemp("home"), *QUICK) as found:
        yield found


@pytest_asyncio.fixture
async def home(address: str) -> AsyncIterator[Home]:
    """The emulator as at its start."""
    async with aiohttp.ClientSession() as session:
        it = Home(address, session)
        await it.control("POST", "/reset", {})
        yield it


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Elsewhere]:
    """Start another emulator, with options of its own."""
    with ExitStack() as running:

        @asynccontextmanager
        async def start(*options: str) -> AsyncIterator[Home]:
            found = running.enter_context(emulator(tmp_path, *QUICK, *options))
            async with aiohttp.ClientSession() as session:
                yield Home(found, session)

        yield start
