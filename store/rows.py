"""Many rows into one table by one statement; the SQL is made once from the table's own columns, never from data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import Any, Final, Literal

import orjson
import sqlalchemy as sa

from store.engine import is_postgres

Row = Mapping[str, Any]
Conflict = Literal["fail", "replace"]
_AT_ONCE: Final = 500


def write(connection: sa.Connection, table: sa.Table, rows: Sequence[Row], *, conflict: Conflict) -> None:
    """Insert the rows; `replace` overwrites those whose primary key exists (each key at most once a call).

    A column with `info={"kept": True}` keeps what it has when its row is overwritten."""
    if not rows:
        return
    if is_postgres(connection):
        key = itemgetter(*_key(table))
        ordered = sorted(rows, key=key)  # replicas wait for each other in one order
        connection.exec_driver_sql(_from_json(table, "postgresql", conflict), (_json(ordered),))
    else:
        values = itemgetter(*(column.name for column in table.columns))
        connection.exec_driver_sql(_by_values(table, conflict), [values(row) for row in rows])


def insert_new(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> set[str]:
    """Insert those rows whose key (one text column) is not there yet; answer the keys that were new."""
    return {row[0] for row in insert_keys(connection, table, rows)}


def insert_keys(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> list[Sequence[Any]]:
    """Insert those rows whose primary key is not there yet; answer the keys that were new."""
    if not rows:
        return []
    key = _key(table)
    ordered = sorted(rows, key=itemgetter(*key))  # replicas wait for each other in one order
    statement = _from_json(table, connection.dialect.name, "ignore") + f" RETURNING {', '.join(key)}"
    return list(connection.exec_driver_sql(statement, (_json(ordered),)))


def locked(connection: sa.Connection, table: sa.Table, keys: Iterable[str], *columns: str) -> Sequence[Sequence[Any]]:
    """These columns of the rows with these keys (of one text column), in their order; on PostgreSQL locked in it."""
    given = sorted(keys)
    if is_postgres(connection):
        return connection.exec_driver_sql(_by_keys(table, columns, "= ANY(%s)", " FOR UPDATE"), (given,)).fetchall()
    source = "IN (SELECT value FROM json_each(?))"
    return connection.exec_driver_sql(_by_keys(table, columns, source), (orjson.dumps(given).decode(),)).fetchall()


def parts(values: Iterable[str]) -> Iterator[list[str]]:
    """The different values in order, as many at a time as one query may name: drivers limit its parameters."""
    waiting = iter(sorted(set(values)))
    return iter(lambda: list(islice(waiting, _AT_ONCE)), [])


def _json(rows: Iterable[Row]) -> str:
    return orjson.dumps(list(rows), default=_bytea).decode()


def _bytea(content: bytes) -> str:
    """Bytes as PostgreSQL reads them from a text."""
    return f"\\x{content.hex()}"


def _key(table: sa.Table) -> list[str]:
    return [column.name for column in table.primary_key]


def _conflict(table: sa.Table, conflict: str) -> str:
    if conflict == "fail":
        return ""
    if conflict == "ignore":
        return " ON CONFLICT DO NOTHING"
    rest = [c.name for c in table.columns if not c.primary_key and not c.info.get("kept")]
    return f" ON CONFLICT ({', '.join(_key(table))}) DO UPDATE SET " + ", ".join(f"{n} = excluded.{n}" for n in rest)


@lru_cache
def _by_keys(table: sa.Table, columns: Sequence[str], source: str, lock: str = "") -> str:
    key = _key(table)[0]
    return f"SELECT {', '.join(columns)} FROM {table.name} WHERE {key} {source} ORDER BY {key}{lock}"


@lru_cache
def _by_values(table: sa.Table, conflict: str) -> str:
    names = [column.name for column in table.columns]
    marks = ", ".join("?" * len(names))
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})" + _conflict(table, conflict)


@lru_cache
def _from_json(table: sa.Table, dialect: str, conflict: str) -> str:
    names = ", ".join(column.name for column in table.columns)
    if dialect == "postgresql":
        source = f"SELECT {names} FROM json_populate_recordset(NULL::{table.name}, %s)"
    else:
        fields = ", ".join(f"json_extract(value, '$.{column.name}')" for column in table.columns)
        source = f"SELECT {fields} FROM json_each(?) WHERE true"
    return f"INSERT INTO {table.name} ({names}) {source}" + _conflict(table, conflict)
