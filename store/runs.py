"""Rows of the jobs: which moments were carried out, and who got what of them."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from store import time_tables as t
from store.codec import to_ms
from store.rows import insert_keys

Occurrence = tuple[str, int, str]


def carry(connection: sa.Connection, occurrences: Sequence[tuple[str, datetime, str]]) -> set[Occurrence]:
    """Those that nobody has carried yet: from now on they are carried."""
    rows = [{"job": job, "moment_ms": to_ms(moment), "receiver": receiver} for job, moment, receiver in occurrences]
    return {(job, moment_ms, receiver) for job, moment_ms, receiver in insert_keys(connection, t.occurrences, rows)}
