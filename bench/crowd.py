"""Taps in a seven-step 报销 and in a 会签 of a hundred, all at once, beside a bot that writes each tap through an ORM.

This process is the platform, as in `bench.taps`; `bench.cases` prints the result."""

import asyncio
import shutil
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from bench import databases
from bench.office import Begun, an_executor, applicants, delivered, employ, filing, keep_organization, step
from bench.tapper import Burst, Tap
from bench.taps import WARM_UP, Contestant, an_orm, shows_decision, the_bot
from bot import flowfiles
from cards.tracks import track
from domain.approvals.case import Case
from domain.approvals.values import Value
from store import tables as t
from store.engine import make_engine
from store.executor import Executor

CROWD = 100
EXPENSES = 32  # cases whose approvers tap at the same time
TWICE = 10  # each so many of the crowd taps twice
PATIENCE = 20.0
_LEAVE, _EXPENSE, _CROWD = "请假, 100 at once", "报销, 32 at once, 7 steps", "会签, 100 at once"
_ORM_CROWD, _ORM_EXPENSE = "ORM, 100 at once", "ORM, 32 at once"
GOALS: Final = {f"of {_ORM_EXPENSE}": 1.0, f"p99 of {_LEAVE}": 5.0, "seconds": 1.0}
_COUNTERSIGN: Final = """
title = "会签"
prefix = "HQ"

[[field]]
id = "document"
label = "文件名称"
required = true

[[field]]
id = "members"
label = "会签人"
type = "people"
required = true

[[route]]
approve = ["all-of:会签人", "总经理"]
"""


@dataclass(slots=True, kw_only=True)
class Pair:
    """A store's bot and its baseline, what waits in the bot's database, and what the rounds gave: seconds of each tap
    and of the whole."""

    name: str
    url: str
    orm: Contestant
    bot: Contestant
    expenses: Iterator[Case]
    crowds: Iterator[Case]
    delays: dict[str, list[list[float]]] = field(default_factory=dict)
    whole: list[float] = field(default_factory=list)

    async def round(self) -> None:
        """Everybody's taps once."""
        orm, leave = self.orm.taps, self.bot.taps
        await self._measure(_ORM_CROWD, self.orm, [list(islice(orm, CROWD))])
        await self._measure(_LEAVE, self.bot, [list(islice(leave, CROWD))])
        crowd = next(self.crowds)
        taps = [Tap(track=track(crowd.number, "s1", who), by=who) for who in crowd.steps[0].people]
        self.whole += await self._measure(_CROWD, self.bot, [[*taps, *taps[::TWICE]]])
        check(self.url, crowd)
        cases = list(islice(self.expenses, EXPENSES))
        places = range(len(cases[0].steps))
        await self._measure(_ORM_EXPENSE, self.orm, [list(islice(orm, EXPENSES)) for _ in places])
        await self._measure(_EXPENSE, self.bot, [[tap_of(case, place) for case in cases] for place in places])

    async def _measure(self, what: str, contestant: Contestant, bursts: list[list[Tap]]) -> list[float]:
        contestant.freeze(False)
        await asyncio.sleep(0.3)
        found = [await contestant.tapper.burst(taps, in_flight=len(taps), seconds=PATIENCE) for taps in bursts]
        contestant.freeze(True)
        decided(contestant, found)
        self.delays.setdefault(what, []).append(sorted(delay for burst in found for delay in burst.delays))
        return [burst.seconds for burst in found]

    def part(self, what: str, share: float) -> float:
        """The seconds within which this share of the taps was acked, median of the rounds."""
        return statistics.median(delays[int(len(delays) * share)] for delays in self.delays[what])


def tap_of(case: Case, place: int) -> Tap:
    """同意 by the first person of a stop."""
    stop = case.steps[place]
    return Tap(track=track(case.number, f"s{stop.id}", stop.people[0]), by=stop.people[0])


def decided(contestant: Contestant, bursts: list[Burst]) -> None:
    """Every ack of the product shows its decision. Raises SystemExit."""
    wrong = [raw for burst in bursts for tap, raw in burst.acks if contestant.decides and not shows_decision(tap, raw)]
    if wrong:
        raise SystemExit(f"{contestant.name}: {len(wrong)} acks do not show the decision: {wrong[0].decode()}")


def check(url: str, crowd: Case) -> None:
    """The rows say: everybody once, and one step forward. Raises SystemExit."""
    engine = make_engine(url, writer=False)
    with engine.begin() as connection:
        events = connection.execute(
            sa.select(t.events.c.kind, t.events.c.actor).where(t.events.c.case_number == crowd.number)
        ).all()
        tasks = connection.execute(
            sa.select(t.tasks.c.step, t.tasks.c.person, t.tasks.c.state).where(t.tasks.c.case_number == crowd.number)
        ).all()
    engine.dispose()
    kinds = Counter(event.kind for event in events)
    said = {event.actor for event in events if event.kind == "approved"}
    states = Counter((task.step, task.state) for task in tasks)
    people = set(crowd.steps[0].people)
    if (kinds["approved"], kinds["step_opened"], said) != (len(people), 2, people):
        raise SystemExit(f"{crowd.number}: {dict(kinds)} instead of one yes each and one step opened after them")
    if states != {("1", "approved"): len(people), ("2", "open"): 1}:
        raise SystemExit(f"{crowd.number}: tasks {dict(states)}")


def flows_in(folder: Path) -> str:
    """The pack matrix, and a 会签."""
    shutil.copytree(flowfiles.folder_of("matrix"), folder / "flows", dirs_exist_ok=True)
    (folder / "flows" / "countersign.toml").write_text(_COUNTERSIGN, "utf-8")
    return str(folder / "flows")


async def a_pair(stack: AsyncExitStack, store: str, rounds: int, folder: Path) -> Pair:
    """Both, with what they need for so many rounds, running and frozen."""
    url, flows = stack.enter_context(databases.fresh(store)), flows_in(folder)
    bot = await the_bot(store, url, WARM_UP + rounds * CROWD, folder, flows)
    expenses, crowds = await _filed(url, flows, rounds)
    taps = WARM_UP + rounds * (CROWD + EXPENSES * len(expenses[0].steps))
    orm = await an_orm(store, stack.enter_context(databases.fresh(store)), taps)
    for contestant in (orm, bot):
        stack.push_async_callback(contestant.stop)
        await contestant.start(folder / "log")
    return Pair(name=databases.name_of(store), url=url, orm=orm, bot=bot, expenses=iter(expenses), crowds=iter(crowds))


async def _filed(url: str, flows: str, rounds: int) -> tuple[list[Case], list[Case]]:
    """So many rounds' 报销 and 会签, delivered and waiting."""
    executor = an_executor(url, flows)
    members = [f"member{place}" for place in range(CROWD)]
    employ(executor, members)
    executor.start()
    await keep_organization(executor)
    person = next(
        one for one in applicants(executor.world) if executor.world.organization.person(one).departments[0] > 50
    )
    expense: dict[str, Value] = {
        "category": "traffic",
        "amount": "128.50",
        "reason": "打车见客户",
        "attachments": ["发票.jpg"],
    }
    expenses = [await _file(executor, "expense", person, expense) for _ in range(rounds * EXPENSES)]
    countersign: dict[str, Value] = {"document": "差旅制度", "members": [*members]}
    crowds = [await _file(executor, "countersign", person, countersign) for _ in range(rounds)]
    await executor.run(delivered)
    await executor.stop()
    return expenses, crowds


async def _file(executor: Executor, flow: str, person: str, values: Mapping[str, Value]) -> Case:
    draft = await step(executor, Begun(flow=executor.world.flows[flow], by=person, values=values))
    return await step(executor, filing(draft.number, person))


async def run(stores: list[str], rounds: int) -> list[Pair]:
    """All stores in turn, round by round."""
    async with AsyncExitStack() as stack:
        pairs = [await a_pair(stack, store, rounds, stack.enter_context(databases.folder())) for store in stores]
        for _ in range(rounds):
            for pair in pairs:
                await pair.round()
        return pairs


def figures(pair: Pair) -> dict[str, float]:
    """What is compared, as ratios; and the seconds that the whole crowd took."""
    of = {
        f"{what}, {name} of {other}": pair.part(what, share) / pair.part(other, share)
        for what, other in ((_EXPENSE, _ORM_EXPENSE), (_CROWD, _ORM_CROWD), (_CROWD, _LEAVE))
        for name, share in (("p50", 0.5), ("p99", 0.99))
    }
    return {**of, "会签, seconds for all": statistics.median(pair.whole)}


def table(pairs: list[Pair]) -> str:
    """The result as people read it."""
    lines = []
    for pair in pairs:
        lines.append(f"{f'{pair.name}, tap to ack':32}{'p50 ms':>10}{'p99 ms':>10}")
        for what in (_EXPENSE, _ORM_EXPENSE, _CROWD, _LEAVE, _ORM_CROWD):
            wide = sum(ord(letter) > 0x2E80 for letter in what)
            lines.append(f"{what:{32 - wide}}{pair.part(what, 0.5) * 1e3:>10.1f}{pair.part(what, 0.99) * 1e3:>10.1f}")
        for what, value in figures(pair).items():
            goal = next((goal for words, goal in GOALS.items() if words in what), 0.0)
            met = f"  (≤ {goal:g})  {'met' if value <= goal else 'MISSED'}" if goal else ""
            lines.append(f"{what}: {value:.2f}{met}")
        lines += ["会签: one step forward, a hundred yeses, no doubles, in every round", ""]
    return "\n".join(lines)
