"""How many whole leave cases a second go through the executor, beside SpiffWorkflow with its state in SQLite.

`python -m bench.cases [--json] [--cases N] [--rounds N]`: said, submitted, approved twice, cc told; each step durable
before the next, and loaded from the database for the next. Both run in processes of their own, in turn; the figures
are medians of the rounds. SpiffWorkflow (LGPL, no dependency of the product) gets an environment of its own in
.nod/bench/spiff on first use.
"""

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bench import databases
from bench.office import an_executor, applicants, approval, filing, wish
from bot.app import spare_the_collector
from domain.approvals.case import Case, Status
from domain.errors import OfficeError
from store.executor import Executor
from usecases.ports import Command, Needs, Office, Outcome

GOALS = {1: 1.5, 32: 5.0}  # callers: times SpiffWorkflow
SPIFF = "SpiffWorkflow>=3.2,<3.3"
BASELINE = Path(__file__).parent / "baselines" / "spiff.py"


@dataclass(slots=True)
class Watched:
    """A command that keeps the case as it left it."""

    command: Command
    case: Case | None = None

    @property
    def cause(self) -> str:
        """The command's."""
        return self.command.cause

    def needs(self) -> Needs:
        """The command's."""
        return self.command.needs()

    def act(self, office: Office, now: datetime) -> Outcome:
        """The command's."""
        outcome = self.command.act(office, now)
        self.case = outcome.changes[0].after if outcome.changes else None
        return outcome

    def refused(self, error: OfficeError, office: Office, now: datetime) -> Outcome:
        """Nothing may be refused here."""
        raise error


async def step(executor: Executor, command: Command) -> Case:
    """Carry it out durably; the case afterwards."""
    watched = Watched(command)
    await executor.submit(watched)
    assert watched.case is not None, command
    return watched.case


async def whole_case(executor: Executor, person: str, number: int) -> Case:
    """From the sentence to the end."""
    case = await step(executor, wish(executor.world, person, number))
    case = await step(executor, filing(case.number, person))
    while case.status is Status.RUNNING:
        case = await step(executor, approval(case))
    assert case.status is Status.APPROVED and case.cc
    return case


async def ours(url: str, cases: int, callers: int) -> float:
    """Seconds for so many cases by so many callers."""
    executor = an_executor(url)
    executor.start()
    people = applicants(executor.world)
    spare_the_collector()  # as the product does before it says ready
    await whole_case(executor, people[0], 0)
    numbers = iter(range(1, cases + 1))

    async def call(person: str, numbers: Iterator[int]) -> None:
        for number in numbers:
            await whole_case(executor, person, number)

    began = time.perf_counter()
    await asyncio.gather(*(call(people[caller % len(people)], numbers) for caller in range(callers)))
    seconds = time.perf_counter() - began
    await executor.stop()
    return seconds


def spiff_python() -> str:
    """The interpreter of the environment that has SpiffWorkflow; made on first use."""
    home = databases.FOLDER / "spiff"
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    made = home / "made"
    if not made.exists():
        venv.create(home, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", SPIFF], check=True)
        made.touch()
    return str(python)


def rate(command: list[str], cases: int, callers: int) -> float:
    """Cases a second of one run in a process of its own, on a fresh SQLite file."""
    with databases.fresh("sqlite") as url:
        address = url if command[1] == "-m" else url.removeprefix("sqlite:///")
        words = [*command, address, str(cases), str(callers)]
        said = subprocess.run(words, check=True, stdout=subprocess.PIPE, cwd=Path(__file__).parent.parent).stdout
    return cases / float(said.split()[-1])


def run(cases: int, rounds: int) -> dict[int, dict[str, float]]:
    """Both, in turn; cases a second by callers and contestant."""
    contestants = {
        "Nod": [sys.executable, "-m", "bench.cases", "--ours"],
        "SpiffWorkflow": [spiff_python(), str(BASELINE)],
    }
    result = {}
    for callers in GOALS:
        rates: dict[str, list[float]] = {name: [] for name in contestants}
        for _ in range(rounds):
            for name, command in contestants.items():
                rates[name].append(rate(command, cases, callers))
        result[callers] = {name: statistics.median(found) for name, found in rates.items()}
    return result


def main() -> None:
    """Run and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", action="store_true", help="numbers for machines")
    options.add_argument("--cases", type=int, default=300, help="cases a round")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--ours", nargs=3, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.ours:
        url, cases, callers = chosen.ours
        print(asyncio.run(ours(url, int(cases), int(callers))))
        return
    result = run(chosen.cases, chosen.rounds)
    if chosen.json:
        print(json.dumps(result))
        return
    print(f"{'whole cases a second':24}{'Nod':>10}{'Spiff':>10}{'times':>8}{'goal':>8}")
    for callers, rates in result.items():
        times = rates["Nod"] / rates["SpiffWorkflow"]
        goal = GOALS[callers]
        met = "met" if times >= goal else "MISSED"
        numbers = f"{rates['Nod']:>10.0f}{rates['SpiffWorkflow']:>10.0f}{times:>8.1f}{goal:>8g}"
        print(f"{f'{callers} callers':24}{numbers}  {met}")


if __name__ == "__main__":
    main()
