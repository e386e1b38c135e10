"""Whole leave cases a second beside SpiffWorkflow; a tap in a seven-step 报销 and in a 会签 of a hundred beside an ORM.

`python -m bench.cases [--json] [--cases N] [--rounds N] [--store URL …]`: said, submitted, approved twice, cc told;
each step durable before the next, and loaded from the database for the next. Both run in processes of their own, in
turn; the figures are medians of the rounds. SpiffWorkflow (LGPL, no dependency of the product) gets an environment of
its own in .nod/bench/spiff on first use; `--cases 0` leaves this part out. The second part is told in bench/crowd.py.
"""

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench import crowd, databases
from bench.environment import python_with
from bench.office import an_executor, applicants, whole_case
from bench.tapper import fast_loop
from bot.app import spare_the_collector

GOALS = {1: 1.5, 32: 5.0}  # callers: times SpiffWorkflow
SPIFF = "SpiffWorkflow>=3.2,<3.3"
BASELINE = Path(__file__).parent / "baselines" / "spiff.py"


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
        "SpiffWorkflow": [python_with("spiff", SPIFF), str(BASELINE)],
    }
    result = {}
    for callers in GOALS:
        rates: dict[str, list[float]] = {name: [] for name in contestants}
        for _ in range(rounds):
            for name, command in contestants.items():
                rates[name].append(rate(command, cases, callers))
        result[callers] = {name: statistics.median(found) for name, found in rates.items()}
    return result


def table(result: dict[int, dict[str, float]]) -> str:
    """The result as people read it."""
    lines = [f"{'whole cases a second':24}{'Nod':>10}{'Spiff':>10}{'times':>8}{'goal':>8}"]
    for callers, rates in result.items():
        times = rates["Nod"] / rates["SpiffWorkflow"]
        goal = GOALS[callers]
        met = "met" if times >= goal else "MISSED"
        numbers = f"{rates['Nod']:>10.0f}{rates['SpiffWorkflow']:>10.0f}{times:>8.1f}{goal:>8g}"
        lines.append(f"{f'{callers} callers':24}{numbers}  {met}")
    return "\n".join([*lines, ""])


def main() -> None:
    """Run and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", action="store_true", help="numbers for machines")
    options.add_argument("--cases", type=int, default=300, help="whole cases a round; 0: only the taps")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument(
        "--store", nargs="+", help="where the taps go: `sqlite`, or the address of a PostgreSQL server"
    )
    options.add_argument("--ours", nargs=3, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.ours:
        url, cases, callers = chosen.ours
        print(asyncio.run(ours(url, int(cases), int(callers))))
        return
    result = run(chosen.cases, chosen.rounds) if chosen.cases else {}
    if not chosen.json:
        print(table(result), flush=True)
    with asyncio.Runner(loop_factory=fast_loop) as runner:
        pairs = runner.run(crowd.run(databases.chosen(chosen.store), chosen.rounds))
    if chosen.json:
        print(json.dumps({**result, "taps": {pair.name: crowd.figures(pair) for pair in pairs}}, ensure_ascii=False))
    else:
        print(crowd.table(pairs))


if __name__ == "__main__":
    main()
