"""Copies of cases are cases: they are listed, decided, and found like those that people filed."""

import sqlalchemy as sa

from bench.archive import an_archive
from bench.office import said
from cards import tracks
from store import tables as t
from store.executor import Executor
from usecases.act import Act


async def test_copies_wait_for_their_approvers_and_can_be_decided(database_url: str) -> None:
    archive = await an_archive(database_url, waiting=120, closed=300)
    executor = archive.executor
    (tap,) = archive.taps(1)
    answer = await executor.submit(Act(push="tap", by=tap.by, track=tap.track, verb="approve"))
    assert answer is not None
    assert "已同意" in answer.card.params["markdown"]

    listed = await said_by(executor, tap.by, "待我审批")
    seen = tracks.read(tap.track)
    assert seen is not None
    assert listed.count("的请假") == 20
    assert seen.case not in listed

    old = archive.closed()
    assert "已通过" in await said_by(executor, old.applicant, f"进度 {old.number}")
    await executor.stop()


async def said_by(executor: Executor, person: str, text: str) -> str:
    """What the person is told."""
    await executor.submit(said(executor.world, person, text, text))
    newest = sa.select(t.outbox.c.words).where(t.outbox.c.lane == person, t.outbox.c.words != "", t.WAITING)
    return await executor.run(lambda connection: str(connection.scalar(newest)))
