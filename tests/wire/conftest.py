"""A Redis server for the tests of what replicas share."""

import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from redis.asyncio import Redis


@pytest.fixture(scope="session")
def redis_socket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The socket of a Redis of our own, where the machine has one."""
    server = shutil.which("redis-server") or shutil.which("valkey-server")
    if server is None:
        pytest.skip("no redis-server here")
    folder = tmp_path_factory.mktemp("redis")
    socket = folder / "redis.sock"
    process = subprocess.Popen(  # one argument list, no shell
        [server, "--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(folder)],
        stdout=subprocess.DEVNULL,
    )
    try:
        for _ in range(500):
            if socket.exists():
                break
            time.sleep(0.02)
        yield socket
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
async def redis(redis_socket: Path) -> AsyncIterator[Redis]:
    """An empty database."""
    client = Redis(unix_socket_path=str(redis_socket))
    await client.flushdb()
    yield client
    await client.aclose()
