"""The short form of `./nod bench kill`: a handful of SIGKILLs in the middle of people's work, on both stores."""

from bench import kill

KILLS = 6


async def test_nothing_is_lost_or_doubled_under_sigkill(database_url: str) -> None:
    report = await kill.run(database_url, KILLS, seed=7)
    assert report.kills == KILLS
    assert report.decisions > 0
    assert report.faults == []
