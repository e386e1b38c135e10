"""One process an SQLite file: a second one would believe that it is the only writer."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa


class DatabaseInUse(Exception):
    """Another process holds the SQLite file."""


@contextlib.contextmanager
def hold(url: str) -> Iterator[None]:
    """Hold the SQLite file of this address; PostgreSQL needs no lock. Raises DatabaseInUse."""
    address = sa.make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database or address.database == ":memory:":
        yield
        return
    path = Path(address.database + ".lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise DatabaseInUse(f"{address.database} 正被另一个进程使用") from None
        yield
