"""Engines: SQLite made safe for one writer, PostgreSQL as it is. Synchronous: one thread writes, others only read."""

import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event


def make_engine(url: str, *, writer: bool = True) -> sa.Engine:
    """An engine for `sqlite:///file` or `postgresql+psycopg://…`; `writer` False gives read transactions on SQLite."""
    address = sa.make_url(url)
    if address.get_backend_name() != "sqlite":
        more: dict[str, Any] = {} if writer else {"isolation_level": "REPEATABLE READ", "pool_pre_ping": True}
        engine = sa.create_engine(address, hide_parameters=True, **more)
        event.listen(engine, "connect", _spare_the_planner)
        return engine
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(address, hide_parameters=True, connect_args={"check_same_thread": False, "timeout": 15})
    begin = "BEGIN IMMEDIATE" if writer else "BEGIN"

    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves: the driver's default loses updates
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "busy_timeout=15000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _spare_the_planner(connection: Any, _record: Any) -> None:
    """Every statement of ours reads few rows. PostgreSQL cannot see that few cards wait among millions (it compares two
    columns), and would start workers and a compiler to look for them."""
    for setting in ("max_parallel_workers_per_gather = 0", "jit = off"):
        connection.execute(f"SET {setting}")
    connection.commit()


def is_postgres(connection: sa.Connection) -> bool:
    """Whether this connection speaks to PostgreSQL."""
    return connection.dialect.name == "postgresql"
