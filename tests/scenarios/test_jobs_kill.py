"""Hundreds are due in one minute: whoever dies in the middle, and however many are at it, each hears once."""

import asyncio
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest_asyncio
import sqlalchemy as sa

from store.engine import make_engine
from tests.scenarios.office import ROOT, SAMPLE, Office, an_office, environment

PEOPLE = 400
REMINDED = datetime(2026, 9, 14, 8, 15, tzinfo=ZoneInfo("Asia/Shanghai"))


def a_company(folder: Path) -> Path:
    """So many people in one attendance group, in the platform's own words."""
    company: dict[str, Any] = orjson.loads(SAMPLE.read_bytes())
    names = [f"u{number:03}" for number in range(PEOPLE)]
    company["users"] += [{"userid": one, "name": f"员工{one}", "dept_id_list": [50]} for one in names]
    shift = {"name": "行政班", "on": "08:30", "off": "18:00"}
    company["attendance"] = {"groups": [{"name": "行政班", "shifts": [shift], "members": names}]}
    path = folder / "company.json"
    path.write_bytes(orjson.dumps(company))
    return path


@pytest_asyncio.fixture
async def big_office(tmp_path: Path, database_url: str) -> AsyncIterator[Office]:
    """The company's office, open, with as many calls a second as one likes."""
    async with an_office(tmp_path, database_url, organization=a_company(tmp_path)) as office:
        yield office


async def planning(office: Office) -> "asyncio.subprocess.Process":
    """`./nod job` at work."""
    words = ["-m", "bot", "job", "punch_in", "--as-of", f"{REMINDED:%Y-%m-%d %H:%M}"]
    config = f"{office.folder}/config.toml"
    return await asyncio.create_subprocess_exec(
        sys.executable, *words, "--config", config, cwd=ROOT,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL, env=environment(),
    )  # fmt: skip


def rows(office: Office, query: str) -> list[Any]:
    engine = make_engine(office.database, writer=False)
    with engine.begin() as connection:
        found = list(connection.execute(sa.text(query)))
    engine.dispose()
    return found


async def heard(office: Office) -> Counter[str]:
    """How often each of them was told to clock in."""
    answer = await office.call("GET", "/emulator/messages", after=0)
    said = [one for one in answer["items"] if one["from"] == "bot" and "打卡" in f"{one['title']}{one['text']}"]
    return Counter(person for one in said for person in one["seenBy"])


async def sent(office: Office) -> bool:
    waiting = "SELECT count(*) FROM outbox WHERE sent_version < version AND parked = 0"
    return bool(rows(office, waiting)[0][0] == 0)


async def test_planning_that_is_killed_again_and_again_reaches_everybody_once(big_office: Office) -> None:
    dice = random.Random(5)
    for _ in range(4):
        process = await planning(big_office)
        await asyncio.sleep(dice.uniform(0.8, 3.0))
        if process.returncode is None:
            process.kill()
        await process.wait()
    last = await planning(big_office)
    assert await asyncio.wait_for(last.wait(), 60) == 0
    await big_office.until(lambda: sent(big_office), "all being said")
    assert rows(big_office, "SELECT count(*), count(DISTINCT receiver) FROM occurrences") == [(PEOPLE, PEOPLE)]
    told = await heard(big_office)
    assert (len(told), set(told.values())) == (PEOPLE, {1})


async def test_three_at_once_reach_everybody_once(big_office: Office) -> None:
    processes = [await planning(big_office) for _ in range(3)]
    assert [await asyncio.wait_for(one.wait(), 90) for one in processes] == [0, 0, 0]
    await big_office.until(lambda: sent(big_office), "all being said")
    told = await heard(big_office)
    assert (len(told), set(told.values())) == (PEOPLE, {1})


async def test_a_bot_that_is_killed_while_it_sends_tells_nobody_twice_and_names_whom_it_may_have_missed(
    big_office: Office,
) -> None:
    await (await planning(big_office)).wait()

    async def some() -> bool:
        return len(await heard(big_office)) > 0

    await big_office.until(some, "the first being told")
    await big_office.kill_bot()
    await big_office.start_bot()
    await big_office.until(lambda: sent(big_office), "all being said")
    told = await heard(big_office)
    unknown = {row[0] for row in rows(big_office, "SELECT lane FROM outbox WHERE parked = 1")}
    assert set(told.values()) == {1}
    everybody = {f"u{number:03}" for number in range(PEOPLE)}
    assert everybody - set(told) <= unknown
    assert len(unknown) <= 60  # three calls at once, twenty people each
