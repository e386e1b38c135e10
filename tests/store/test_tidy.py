"""What was sent long ago is deleted; what still waits, and what is recent, stays."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cards.card import Message
from store import runs
from store.codec import to_ms
from store.executor import Executor
from store.tidy import tidy
from tests.scheduler.test_beat import rows
from tests.store.office import executor
from usecases.due import Carry, Due, File
from usecases.ports import Post

THEN = datetime(2026, 3, 2, 1, tzinfo=UTC)


async def sends(office: Executor, name: str, at: datetime) -> None:
    """A picture for a group, as of then."""
    office.clock = lambda: at
    post = Post(to="cid:g==", track=name, message=Message(file=name))
    due = Due(receiver="cid:g==", posts=(post,), kept=(File(id=name, name="a.png", content=b"png"),))
    await office.submit(Carry(job="x", moment=at, dues=(due,)))


async def test_files_go_after_a_month_and_rows_of_jobs_after_four(database_url: str, tmp_path: Path) -> None:
    async with executor(database_url) as office:
        await sends(office, "old", THEN)
        await sends(office, "waits", THEN + timedelta(hours=1))
        await sends(office, "new", THEN + timedelta(days=100))
        await office.run(lambda c: runs.note(c, [runs.Run(job="x", moment=THEN, state="done", at=THEN)]))
        await office.run(lambda c: runs.note(c, [runs.Run(job="x", moment=THEN, state="since", at=THEN)]))
        sent = "UPDATE outbox SET sent_version = 1 WHERE track != 'waits'"
        await office.run(lambda connection: connection.exec_driver_sql(sent).rowcount)
        await office.run(lambda connection: tidy(connection, to_ms(THEN + timedelta(days=121))))
    assert rows(database_url, "SELECT id FROM files ORDER BY id") == [("new",), ("waits",)]
    assert rows(database_url, "SELECT count(*) FROM occurrences") == [(1,)]
    assert rows(database_url, "SELECT state FROM runs") == [("since",)]
