"""Audit: recompute the chain and the projections from the events, and say where they differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from domain.approvals.case import Case
from domain.approvals.evolve import evolve
from store import tables as t
from store.chain import row_hash
from store.codec import case_text, event_from, to_ms

_PAGE = 500  # cases read at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One difference: the case, the event (0: the projection) and what is wrong."""

    case: str
    seq: int
    what: str


def verify(engine: sa.Engine, number: str | None = None) -> Iterator[Finding | int]:
    """Every finding, and after each page the number of cases looked at so far. A case named but unknown is one."""
    seen, last = 0, ""
    while True:
        with engine.begin() as connection:
            page = _numbers(connection, number, last)
            if not page:
                if number is not None and not seen:
                    yield Finding(case=number, seq=0, what="no such case")
                return
            yield from _page(connection, page)
        seen, last = seen + len(page), page[-1]
        yield seen
        if number is not None:
            return


def _numbers(connection: sa.Connection, number: str | None, last: str) -> list[str]:
    """The next ones that have a row or events; each table gives its next page by its own key."""
    pages = []
    for key in (t.cases.c.number, t.events.c.case_number):
        which = key == number if number else key > last
        page = sa.select(key.label("number")).where(which).distinct().order_by(key).limit(_PAGE).subquery()
        pages.append(sa.select(page.c.number))
    known = sa.union(*pages).subquery()
    return list(connection.execute(sa.select(known.c.number).order_by(known.c.number).limit(_PAGE)).scalars())


def _page(connection: sa.Connection, numbers: list[str]) -> Iterator[Finding]:
    events = connection.execute(
        sa.select(t.events).where(t.events.c.case_number.in_(numbers)).order_by(t.events.c.case_number, t.events.c.seq)
    ).mappings()
    chains = {case: [dict(row) for row in rows] for case, rows in groupby(events, key=lambda row: row["case_number"])}
    cases = {row.number: row for row in connection.execute(sa.select(t.cases).where(t.cases.c.number.in_(numbers)))}
    tasks: dict[str, set[tuple[Any, ...]]] = {}
    for row in connection.execute(sa.select(t.tasks).where(t.tasks.c.case_number.in_(numbers))):
        tasks.setdefault(row.case_number, set()).add((row.step, row.person, row.state, row.opened_ms, row.decided_ms))
    for number in numbers:
        yield from _case(number, chains.get(number, []), cases.get(number), tasks.get(number, set()))


def _case(number: str, chain: list[dict[str, Any]], row: Any, tasks: set[tuple[Any, ...]]) -> Iterator[Finding]:
    case: Case | None = None
    prev = ""
    for seq, said in enumerate(chain, start=1):
        if said["seq"] != seq:
            yield Finding(case=number, seq=seq, what=f"event {seq} is missing, {said['seq']} follows")
            return
        if said["prev"] != prev:
            yield Finding(case=number, seq=seq, what="the chain is broken: it does not name the event before")
        prev = said["hash"]
        try:
            if row_hash(said) != said["hash"]:
                yield Finding(case=number, seq=seq, what="the event was changed: its hash differs")
            case = evolve(case, event_from(said["kind"], said["actor"], said["at_ms"], said["payload"]))
        except Exception as error:  # whatever somebody wrote there
            yield Finding(case=number, seq=seq, what=f"the event cannot be read: {type(error).__name__}")
            return
    yield from _projection(number, case, prev, row, tasks)


def _projection(number: str, case: Case | None, head: str, row: Any, tasks: set[tuple[Any, ...]]) -> Iterator[Finding]:
    if case is None or row is None:
        yield Finding(case=number, seq=0, what="events and case do not both exist")
        return
    columns = (row.flow, row.applicant, row.status, row.version, row.created_ms, row.head)
    if columns != (case.flow, case.applicant, case.status.value, case.version, to_ms(case.created_at), head):
        yield Finding(case=number, seq=0, what=f"the case's columns differ from its events: {columns}")
    if row.state != case_text(case):
        yield Finding(case=number, seq=0, what="the case's state differs from its events")
    if tasks != {(x.step, x.person, x.state, to_ms(x.since), to_ms(x.at)) for x in case.tasks}:
        yield Finding(case=number, seq=0, what="the tasks differ from the events")


def audit_of(engine: sa.Engine, number: str | None = None) -> tuple[list[Finding], int]:
    """All findings, and how many cases were looked at."""
    findings: list[Finding] = []
    seen = 0
    for said in verify(engine, number):
        if isinstance(said, Finding):
            findings.append(said)
        else:
            seen = said
    return findings, seen
