"""Versions of flows: each that was ever in use is kept, and found again for the cases that follow it (R-APR-9)."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa
import structlog

from domain.approvals.case import Case
from domain.approvals.flow import Flow
from store.flowtext import flow_from, flow_text
from store.rows import write
from store.tables import flow_versions
from usecases.ports import World

log = structlog.get_logger()


def keep(connection: sa.Connection, flows: Mapping[str, Flow], at_ms: int) -> None:
    """Keep these versions. One that is kept already is written anew, as this program reads its file."""
    rows = [
        {"flow": flow.id, "version": flow.version, "content": flow_text(flow), "since_ms": at_ms}
        for flow in flows.values()
    ]
    write(connection, flow_versions, rows, conflict="replace")


def learn(connection: sa.Connection, world: World, cases: Iterable[Case]) -> None:
    """Add to `world.older` what these cases follow and the world does not know; None where it was never kept."""
    followed = {(case.flow, case.flow_version) for case in cases if case.flow_version}
    unknown = {key for key in followed if key not in world.older and not _present(world, *key)}
    if not unknown:
        return
    columns = flow_versions.c
    rows = connection.execute(
        sa.select(columns.flow, columns.version, columns.content).where(
            sa.tuple_(columns.flow, columns.version).in_(sorted(unknown))
        )
    )
    found = {(row.flow, row.version): _read(row.flow, row.content) for row in rows}
    world.older.update({key: found.get(key) for key in unknown})


def _present(world: World, flow: str, version: str) -> bool:
    return flow in world.flows and world.flows[flow].version == version


def _read(flow: str, content: str) -> Flow | None:
    try:
        return flow_from(content)
    except Exception as error:  # whatever stands there: the present flow does instead
        log.warning("a kept version cannot be read", action="versions.read", flow=flow, error=repr(error))
        return None
