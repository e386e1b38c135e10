"""However many cases are closed, what people and the process ask for is found by an index, on both stores."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from store import audit, outbox, queries, standins, timers
from store.calendar import LoadedCalendar
from store.engine import is_postgres, make_engine
from store.findings import LoadedFindings
from store.ledger import LoadedLedger
from store.waiting import cases_awaiting_others
from tests.store.office import SAID_AT, world


def _calendar(connection: sa.Connection) -> LoadedCalendar:
    return LoadedCalendar(connection=connection, world=world(), kept={})


NOW = 1_800_000_000_000
DAY = datetime.fromtimestamp(NOW / 1000, UTC)


def findings(connection: sa.Connection) -> LoadedFindings:
    return LoadedFindings(connection=connection, kept={}, changed={})


ASKED: dict[str, Callable[[sa.Connection], Any]] = {
    "我的申请": lambda connection: connection.execute(queries.MINE, {"person": "caoy"}),
    "待我审批": lambda connection: connection.execute(queries.WAITING, {"person": "caoy"}),
    "退回给我的": lambda connection: connection.execute(queries.RETURNED, {"person": "caoy"}),
    "撤回": lambda connection: connection.execute(queries.LAST, {"person": "caoy"}),
    "unfinished drafts": lambda connection: connection.execute(queries.DRAFTS, {"person": "caoy", "since": NOW}),
    "what is sent next": lambda c: outbox.claim(c, holder="here", now_ms=NOW, lease_ms=60_000, limit=64),
    "when something is sent next": lambda connection: outbox.next_due(connection, NOW),
    "what was leased before a restart": lambda connection: outbox.release(connection, "here"),
    "whether anybody sits in": lambda connection: standins.anybody(connection, NOW),
    "who sits in": lambda connection: standins.of_people(connection, ["caoy", "sunl"], NOW),
    "a balance": lambda connection: LoadedLedger(connection=connection).entries(["caoy", "sunl"]),
    "HR's list": lambda connection: findings(connection).open(10),
    "how long HR's list is": lambda connection: findings(connection).count(),
    "what HR decides": lambda connection: findings(connection).these(["absence:caoy:2026-09-14"]),
    "what is missing of one person": lambda connection: findings(connection).of("caoy", 10),
    "what is not decided": lambda connection: findings(connection).undecided(DAY.date()),
    "the cases about what is missing": lambda connection: findings(connection).cases(("leave",), DAY, ["caoy", "sunl"]),
    "the visits of the day": lambda connection: findings(connection).visits(DAY),
    "who is away": lambda connection: _calendar(connection).away(SAID_AT, SAID_AT + timedelta(days=1)),
    "for whom": lambda connection: standins.to_person(connection, "caoy", NOW),
    "timers": lambda connection: timers.due(connection, NOW, 500),
    "leavers": lambda connection: cases_awaiting_others(connection, ()),
    "audit of one case": lambda connection: audit._numbers(connection, "QJ-20261124-001", ""),
    "audit, the next page": lambda connection: audit._numbers(connection, None, "QJ-20261124-001"),
}
LARGE = ("cases", "tasks", "events", "outbox", "timers", "standins", "away", "entries", "findings")


@pytest.mark.parametrize("what", ASKED)
def test_no_large_table_is_read_from_end_to_end(what: str, database_url: str) -> None:
    engine = make_engine(database_url)
    plans: list[str] = []

    @sa.event.listens_for(engine, "before_cursor_execute")
    def explain(connection: sa.Connection, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "UPDATE")) and "advisory" not in statement:
            asking = "EXPLAIN " if is_postgres(connection) else "EXPLAIN QUERY PLAN "
            cursor = connection.connection.cursor()
            cursor.execute(asking + statement, parameters)
            plans.extend(str(row[-1]) for row in cursor.fetchall())

    with engine.begin() as connection:
        if is_postgres(connection):  # an empty table would be read whole: it costs nothing
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        ASKED[what](connection)
    engine.dispose()
    tables = "|".join(LARGE)
    whole = [
        line
        for line in plans
        if re.search(rf"Seq Scan on ({tables})|^SCAN ({tables})(?! USING (COVERING )?INDEX ix_)", line)
    ]
    assert plans
    assert not whole, plans
