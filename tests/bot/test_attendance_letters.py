"""Letters to the platform's attendance: one call each, tried again when it is busy, parked when it refuses."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.wire.errors import Denied, Refused, Transient
from domain.attendance.rules import Attendance
from store.codec import to_ms
from tests.bot.test_deliver import Platform, delivering, rows, until_quiet
from tests.store.office import decides, executor, says, submits

SENTENCE = "我明天下午请半天病假，去医院复查"
LETTER = "SELECT lane, sent_version > 0, parked, error FROM outbox WHERE lane = 'att:lix'"


async def approved(database_url: str, platform: Platform) -> str:
    async with executor(database_url) as office, delivering(office, platform):
        office.world = replace(office.world, attendance=Attendance(write_back=True))
        await office.submit(says("lix", SENTENCE, "m1"))
        number = str(rows(database_url, "SELECT number FROM cases")[0][0])
        await office.submit(submits("lix", number))
        await office.submit(decides("chenj", number, "1"))
        await until_quiet(database_url)
        assert rows(database_url, LETTER) == [], "nothing is told before it is approved"
        await office.submit(decides("sunl", number, "2"))
        await until_quiet(database_url)
    return number


async def test_what_is_approved_is_told_once(database_url: str) -> None:
    platform = Platform()
    number = await approved(database_url, platform)
    assert [track for call, track in platform.calls if call == "attend"] == [number]
    assert rows(database_url, LETTER) == [("att:lix", True, 0, "")]


class Refusing(Platform):
    """Its attendance fails, its cards do not."""

    def __init__(self, trouble: Exception) -> None:
        super().__init__()
        self.trouble = trouble

    async def attend(self, facts: object) -> None:
        """Refuse."""
        raise self.trouble


@pytest.mark.parametrize(
    ("trouble", "parked"),
    [
        (Refused("illegalApproveType", "no"), 1),
        (Transient("busy", retry_after=60), 0),
        (Denied("60011", "no permission"), 0),
    ],
)
async def test_what_is_refused_is_parked_and_other_trouble_tried_again(
    database_url: str, trouble: Exception, parked: int
) -> None:
    await approved(database_url, Refusing(trouble))
    ((lane, sent, given_up, error),) = rows(database_url, LETTER)
    assert (lane, sent, given_up, error) == ("att:lix", False, parked, str(trouble))
    ((due,),) = rows(database_url, "SELECT due_ms FROM outbox WHERE lane = 'att:lix'")
    assert parked or due > to_ms(datetime.fromisoformat("2026-01-01T00:00:00+08:00"))
