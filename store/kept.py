"""Values that have a table of their own: how each becomes a row. A new kind is one more line in `_ROWS`; `_BUT` says
which rows are not replaced any more."""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa

from domain.attendance.findings import Finding
from domain.attendance.presence import Away, Shift
from domain.attendance.punches import Checkin, Punch
from domain.leave.ledger import Entry
from domain.logs import Comment, Log, Reading
from domain.reminders import Settings
from store import calendar, findings, ledger, logs, settings
from store import time_tables as t
from store.rows import Row, write
from usecases.due import File

_ROWS: Mapping[type, tuple[sa.Table, Callable[[Any, int], Row]]] = {
    Settings: (t.settings, settings.settings_row),
    Away: (t.away, calendar.away_row),
    Shift: (t.shifts, calendar.shift_row),
    Punch: (t.punches, calendar.punch_row),
    Checkin: (t.checkins, calendar.checkin_row),
    File: (t.files, lambda one, now_ms: {"id": one.id, "name": one.name, "content": one.content, "at_ms": now_ms}),
    Finding: (t.findings, findings.finding_row),
    Entry: (t.entries, ledger.entry_row),
    Log: (t.logs, logs.log_row),
    Reading: (t.log_readers, logs.reading_row),
    Comment: (t.log_comments, logs.comment_row),
}
_BUT: Mapping[type, Callable[[sa.Connection, list[Row]], list[Row]]] = {Finding: findings.undecided}


def write_all(connection: sa.Connection, kept: Mapping[type, Mapping[Any, Any]], now_ms: int) -> None:
    """Each value, instead of the one of the same key."""
    for kind, values in kept.items():
        table, row_of = _ROWS[kind]
        rows = [row_of(value, now_ms) for value in values.values()]
        rows = _BUT[kind](connection, rows) if kind in _BUT else rows
        write(connection, table, rows, conflict="replace")
