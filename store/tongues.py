"""In which language people write: kept where it changes, and known to every replica a few seconds later."""

from collections.abc import Mapping, MutableMapping

import sqlalchemy as sa

from store.rows import write
from store.tables import tongues

_LATE_MS = 60_000  # clocks of replicas differ by less


def keep(connection: sa.Connection, spoken: Mapping[str, str], at_ms: int) -> None:
    """Write down what has changed."""
    rows = [{"person": person, "language": language, "at_ms": at_ms} for person, language in spoken.items()]
    write(connection, tongues, rows, conflict="replace")


def learn(connection: sa.Connection, spoken: MutableMapping[str, str], since_ms: int = 0) -> None:
    """Add to `spoken` what was written down since then; 0: everything."""
    changed = sa.select(tongues.c.person, tongues.c.language).where(tongues.c.at_ms > since_ms - _LATE_MS)
    spoken.update({row.person: row.language for row in connection.execute(changed)})
