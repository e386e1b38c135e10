"""What is kept for a while only: pictures and workbooks that were sent, who got which reminder, runs of jobs."""

from typing import Final

import sqlalchemy as sa

from store import tables as t
from store import time_tables as tt

_DAY_MS: Final = 86_400_000
FILES: Final = 30 * _DAY_MS
OCCURRENCES: Final = 120 * _DAY_MS  # longer than any job looks back, so that nothing is done again


def tidy(connection: sa.Connection, now_ms: int) -> int:
    """Delete what is older; answers how many rows. Cases, logs, entries, findings and punches stay (R-SYS-6)."""
    waiting = sa.select(t.outbox.c.track).where(t.BUNDLED, t.outbox.c.words.contains(tt.files.c.id))
    gone = [
        sa.delete(tt.files).where(tt.files.c.at_ms < now_ms - FILES, ~waiting.exists()),
        sa.delete(tt.occurrences).where(tt.occurrences.c.moment_ms < now_ms - OCCURRENCES),
        sa.delete(tt.runs).where(tt.runs.c.moment_ms < now_ms - OCCURRENCES, tt.runs.c.state != "since"),
    ]
    return sum(connection.execute(one).rowcount for one in gone)
