"""What a million closed cases do to the cost of everyday things: beside the same things in a store with a thousand.

`python -m bench.scale [--json] [--cases N] [--rounds N] [--store URL …]`: both databases are open in this process and
are asked in turn; figures are medians of the rounds' ratios, on the rows as they came and again after ANALYZE.
"""

import argparse
import asyncio
import json
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from itertools import count
from typing import Any, Final

import sqlalchemy as sa

from bench import databases
from bench.archive import BUSY, OLD_HAND, Archive, an_archive
from bench.office import said
from bot.app import spare_the_collector
from store import audit, outbox, timers
from store.codec import to_ms
from store.executor import office_clock
from store.waiting import cases_awaiting_others
from usecases.act import Act

GOAL = 1.5  # times what it costs in the small store
SMALL: Final = (500, 500)  # cases that wait, cases that are closed
LEAVERS = "leavers' cases"  # looks at everybody who is awaited: may cost more with every case that waits
TIMES = 8  # each thing in each round
FINAL = "sunl"  # who approves last: all that they decided is closed
_ids = count(1)

Doing = Callable[[], Awaitable[object]]


def everyday(archive: Archive, *, busy: str, old_hand: str, taps: int) -> Mapping[str, Doing]:
    """What people do, by its name; each call does it once."""
    executor, waiting = archive.executor, iter(archive.taps(taps))

    def says(person: str, text: str) -> Awaitable[object]:
        return executor.submit(said(executor.world, person, text, f"said{next(_ids)}"))

    def tap() -> Awaitable[object]:
        one = next(waiting)
        return executor.submit(Act(push=f"tap{next(_ids)}", by=one.by, track=one.track, verb="approve"))

    def progress() -> Awaitable[object]:
        case = archive.closed()
        return says(case.applicant, f"进度 {case.number}")

    return {
        "待我审批": lambda: says("b0", "待我审批"),
        "待我审批, 5,000 waiting": lambda: says(busy, "待我审批"),
        "我的申请": lambda: says("a0", "我的申请"),
        "我的申请, 2,000 old": lambda: says(old_hand, "我的申请"),
        "进度 NUMBER": progress,
        "同意, a tap": tap,
        "撤回, by the last approver": lambda: says(FINAL, "撤回"),
    }


def behind(archive: Archive) -> Mapping[str, Doing]:
    """What the process does by itself."""
    executor = archive.executor

    def now() -> int:
        return to_ms(office_clock())

    def deliver(connection: sa.Connection) -> None:
        letters = outbox.claim(connection, holder="bench", now_ms=now() + 5_000, lease_ms=60_000, limit=64)
        outbox.settle(connection, [outbox.Delivery(track=one.track, version=one.version) for one in letters])
        outbox.next_due(connection, now())

    async def verify() -> None:
        found, _ = await asyncio.to_thread(audit.audit_of, executor.engine, archive.real)
        assert not found, found

    people = executor.world.organization.people
    return {
        "outbox, 64 letters": lambda: executor.run(deliver),
        "outbox, at the start": lambda: executor.run(lambda connection: outbox.release(connection, "bench")),
        "timers, what is due": lambda: executor.run(lambda connection: timers.due(connection, now(), 500)),
        LEAVERS: lambda: executor.run(lambda connection: cases_awaiting_others(connection, people)),
        "audit verify NUMBER": verify,
    }


async def seconds(doing: Doing) -> float:
    """How long it takes."""
    began = time.perf_counter()
    await doing()
    return time.perf_counter() - began


async def ratios(small: Mapping[str, Doing], large: Mapping[str, Doing], rounds: int) -> dict[str, float]:
    """How many times the large one costs, median of the rounds."""
    found: dict[str, list[float]] = {name: [] for name in small}
    for name in small:
        for doing in (small[name], large[name]):
            await doing()
    for _ in range(rounds):
        for name in small:
            pairs = [(await seconds(small[name]), await seconds(large[name])) for _ in range(TIMES)]
            ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
            found[name].append(theirs / ours)
    return {name: statistics.median(times) for name, times in found.items()}


async def run(store: str, waiting: int, closed: int, rounds: int) -> dict[str, dict[str, float]]:
    """Both databases on this store, filled, asked, analysed, and asked again."""
    async with AsyncExitStack() as stack:
        archives = []
        for counts in (SMALL, (waiting, closed)):
            url = stack.enter_context(databases.fresh(store))
            archive = await an_archive(url, waiting=counts[0], closed=counts[1])
            stack.push_async_callback(archive.executor.stop)
            archives.append(archive)
        small, large = archives
        spare_the_collector()
        taps = 2 * (rounds * TIMES + 1)
        ours = {**everyday(small, busy="b0", old_hand="a0", taps=taps), **behind(small)}
        theirs = {**everyday(large, busy=BUSY, old_hand=OLD_HAND, taps=taps), **behind(large)}
        result = {"as loaded": await ratios(ours, theirs, rounds)}
        for archive in archives:
            await archive.executor.run(lambda connection: connection.exec_driver_sql("ANALYZE"))
        return {**result, "analysed": await ratios(ours, theirs, rounds)}


def table(name: str, result: Mapping[str, Mapping[str, float]], waiting: int) -> str:
    """The result as people read it."""
    lines = [f"{name:30}{''.join(f'{state:>12}' for state in result)}{'goal':>8}"]
    for doing in result["as loaded"]:
        times = [ratios[doing] for ratios in result.values()]
        goal = waiting / SMALL[0] if doing == LEAVERS else GOAL
        met = "met" if max(times) <= goal else "MISSED"
        wide = sum(ord(letter) > 0x2E80 for letter in doing)
        lines.append(f"{doing:{30 - wide}}{''.join(f'{one:>12.2f}' for one in times)}{goal:>8g}  {met}")
    return "\n".join(lines)


def main() -> None:
    """Run and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", action="store_true", help="numbers for machines")
    options.add_argument("--cases", type=int, default=1_100_000, help="in the large store; each 11th waits")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--store", nargs="+", help="`sqlite`, or the address of a PostgreSQL server")
    chosen = options.parse_args()
    waiting = chosen.cases // 11
    everything: dict[str, Any] = {}
    for store in databases.chosen(chosen.store):
        result = asyncio.run(run(store, waiting, chosen.cases - waiting, chosen.rounds))
        everything[databases.name_of(store)] = result
        if not chosen.json:
            heading = f"{databases.name_of(store)}, {chosen.cases:,} : {sum(SMALL):,}"
            print(table(heading, result, waiting), end="\n\n", flush=True)
    if chosen.json:
        print(json.dumps(everything, ensure_ascii=False))


if __name__ == "__main__":
    main()
