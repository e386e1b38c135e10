"""Filed cases for the commands beside the bot: the last ones, those that run, those of these numbers. Only read."""

from collections.abc import Iterable

import sqlalchemy as sa

from domain.approvals.case import Case
from store.codec import case_from
from store.rows import parts
from store.tables import cases, events


def last(connection: sa.Connection, flows: Iterable[str], most: int) -> list[Case]:
    """The newest cases of these flows that were ever filed, newest first, `most` at most."""
    filed = sa.select(events.c.case_number).where(
        events.c.case_number == cases.c.number, events.c.kind == "submitted"
    )  # fmt: skip
    wanted = sa.select(cases.c.state).where(cases.c.flow.in_(list(flows)), cases.c.status != "draft", filed.exists())
    newest = wanted.order_by(cases.c.created_ms.desc(), cases.c.number.desc()).limit(most)
    return [case_from(row.state) for row in connection.execute(newest)]


def running(connection: sa.Connection, flow: str) -> list[str]:
    """The numbers of the cases of this flow that run, oldest first."""
    wanted = sa.select(cases.c.number).where(cases.c.flow == flow, cases.c.status == "running")
    return list(connection.scalars(wanted.order_by(cases.c.created_ms, cases.c.number)))


def these(connection: sa.Connection, numbers: Iterable[str]) -> dict[str, Case]:
    """The cases of these numbers, as many as there are."""
    wanted = sa.select(cases.c.number, cases.c.state)
    queries = (wanted.where(cases.c.number.in_(some)) for some in parts(numbers))
    return {row.number: case_from(row.state) for query in queries for row in connection.execute(query)}
