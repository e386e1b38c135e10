"""Fresh databases for a bench: an SQLite file beside the project's own, a database on a PostgreSQL server."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

FOLDER = Path(__file__).parent.parent / ".nod" / "bench"
POSTGRES = "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"


def chosen(given: list[str] | None) -> list[str]:
    """The stores to measure: those given, else SQLite, and PostgreSQL where one answers (NOD_TEST_POSTGRES or here)."""
    if given:
        return given
    server = os.environ.get("NOD_TEST_POSTGRES", POSTGRES)
    return ["sqlite", server] if _answers(server) else ["sqlite"]


@contextmanager
def fresh(store: str) -> Iterator[str]:
    """The address of an empty database on this store (`sqlite`, or a PostgreSQL server's address), gone afterwards."""
    if store == "sqlite":
        with folder() as path:
            yield f"sqlite:///{path}/bench.db"
        return
    name = f"nod_bench_{uuid4().hex[:12]}"
    server = sa.create_engine(store, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    try:
        yield (sa.make_url(store).set(database=name).render_as_string(hide_password=False))
    finally:
        with server.connect() as connection:
            connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
        server.dispose()


@contextmanager
def folder() -> Iterator[Path]:
    """A folder on the project's own disk (a memory disk would make durability cheap), gone afterwards."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as path:
        yield Path(path)


def name_of(store: str) -> str:
    """What people call it."""
    return "SQLite" if store == "sqlite" else "PostgreSQL"


def _answers(server: str) -> bool:
    engine = sa.create_engine(server, connect_args={"connect_timeout": 2})
    try:
        with engine.connect():
            return True
    except sa.exc.OperationalError:
        return False
    finally:
        engine.dispose()
