"""How many taps a second become decisions, beside a bot that only acks and one that writes each through an ORM.

`python -m bench.taps [--json] [--taps N] [--rounds N] [--database URL …]`: this process is the platform. It pushes
taps on 同意, so many in flight, and takes the time until the ack with the changed card is back. The contestants are
processes of their own; those that are not measured are frozen. Each runs in every round; figures are medians of rounds.
"""

import argparse
import asyncio
import json
import os
import signal
import statistics
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack, suppress
from dataclasses import asdict, dataclass, field
from itertools import count, islice
from pathlib import Path

import orjson

from bench import databases
from bench.office import running_cases
from bench.tapper import Burst, Tap, Tapper, fast_loop

LEVELS = {1: 0.1, 32: 0.5, 256: 1.0}  # in flight: which part of --taps a round takes
LONGEST = 3.0  # seconds of a round at most
WARM_UP = 500
OF_ECHO, OF_ORM, P99 = 0.20, 6.0, 0.150  # the goals, at 256 in flight


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A contestant at one level: taps a second, seconds to the ack, CPU seconds a tap of its process."""

    rate: float
    p50: float
    p99: float
    cpu: float


@dataclass(slots=True, kw_only=True)
class Contestant:
    """A process under test, and its platform."""

    name: str
    command: list[str]
    taps: Iterator[Tap]
    decides: bool = False
    tapper: Tapper
    process: "asyncio.subprocess.Process | None" = None
    rounds: dict[int, list[Figures]] = field(default_factory=lambda: {level: [] for level in LEVELS})

    async def start(self, log: Path) -> None:
        """Run it until it is connected and warm, then freeze it."""
        with log.open("ab") as errors:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                *self.command,
                env={**os.environ, "DINGTALK_OPENAPI_ENDPOINT": self.tapper.url},
                cwd=Path(__file__).parent.parent,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=errors,
            )
        await self.tapper.connected()
        await self._burst(WARM_UP, in_flight=32)
        self.freeze(True)

    def freeze(self, frozen: bool) -> None:
        """Stop it where it stands, or let it go on, where the system can do that."""
        assert self.process is not None
        if sys.platform != "win32":
            self.process.send_signal(signal.SIGSTOP if frozen else signal.SIGCONT)

    async def stop(self) -> None:
        """End it."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                self.process.kill()
            await self.process.wait()
        await self.tapper.stop()

    async def measure(self, taps: int, *, in_flight: int) -> None:
        """One round."""
        self.freeze(False)
        await asyncio.sleep(0.3)
        before = self._cpu()
        burst = await self._burst(taps, in_flight=in_flight)
        spent = self._cpu() - before
        self.freeze(True)
        delays = sorted(burst.delays)
        done = len(delays)
        figures = Figures(
            rate=done / burst.seconds, p50=delays[done // 2], p99=delays[int(done * 0.99)], cpu=spent / done
        )
        self.rounds[in_flight].append(figures)

    def median(self, level: int) -> Figures:
        """Over the rounds."""
        rounds = self.rounds[level]
        return Figures(
            **{name: statistics.median(getattr(one, name) for one in rounds) for name in ("rate", "p50", "p99", "cpu")}
        )

    async def _burst(self, taps: int, *, in_flight: int) -> Burst:
        burst = await self.tapper.burst(list(islice(self.taps, taps)), in_flight=in_flight, seconds=LONGEST)
        wrong = [raw for tap, raw in burst.acks if self.decides and not shows_decision(tap, raw)]
        if wrong:
            raise SystemExit(f"{self.name}: {len(wrong)} acks do not show the decision, such as {wrong[0].decode()}")
        return burst

    def _cpu(self) -> float:
        """Seconds of CPU so far; 0 where there is no /proc."""
        assert self.process is not None
        with suppress(OSError):
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return 0.0


def shows_decision(tap: Tap, raw: bytes) -> bool:
    """Whether the card in this ack is the tapped one, decided: it says so, and asks no more."""
    card = (orjson.loads(orjson.loads(raw)["data"])["response"] or {}).get("cardData", {}).get("cardParamMap", {})
    return (
        card.get("case", "-") in tap.track
        and "已同意" in card["markdown"]
        and "approve" not in {button["id"] for button in orjson.loads(card["sys_full_json_obj"])["msgButtons"]}
    )


async def an_echo() -> Contestant:
    """The unchanged SDK that only acks."""
    tapper = Tapper()
    await tapper.start()
    taps = (Tap(track=f"c{number}", by="lead") for number in count())
    return Contestant(name="SDK, ack only", command=["-m", "bench.baselines.echo"], taps=taps, tapper=tapper)


async def an_orm(store: str, url: str, cases: int) -> Contestant:
    """One transaction a tap."""
    tapper = Tapper()
    await tapper.start()
    command = ["-m", "bench.baselines.orm", url, str(cases)]
    taps = (Tap(track=f"c{number}", by="lead") for number in range(cases))
    return Contestant(name=f"SDK + ORM, {databases.name_of(store)}", command=command, taps=taps, tapper=tapper)


async def the_bot(store: str, url: str, cases: int, folder: Path, flows: str = "matrix") -> Contestant:
    """The product, as `./nod run` starts it."""
    taps = await running_cases(url, cases)
    tapper = Tapper()
    await tapper.start()
    settings = folder / f"{databases.name_of(store)}.toml"
    settings.write_text(
        f'[dingtalk]\nclient_id = "bench"\nclient_secret = "secret"\napi = "{tapper.url}"\noapi = "{tapper.url}"\n'
        f'[store]\ndatabase = "{url}"\n[office]\nflows = "{flows}"\n',
        "utf-8",
    )
    command = ["-m", "bot", "run", "--config", str(settings)]
    return Contestant(
        name=f"Nod, {databases.name_of(store)}", command=command, taps=iter(taps), decides=True, tapper=tapper
    )


async def run(stores: list[str], taps: int, rounds: int) -> list[Contestant]:
    """All contestants, round by round."""
    cases = WARM_UP + rounds * sum(round(taps * part) for part in LEVELS.values())
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(databases.folder())
        contestants = [await an_echo()]
        for store in stores:
            contestants.append(await an_orm(store, stack.enter_context(databases.fresh(store)), cases))
            contestants.append(await the_bot(store, stack.enter_context(databases.fresh(store)), cases, folder))
        for contestant in contestants:
            stack.push_async_callback(contestant.stop)
            await contestant.start(folder / "log")
        for level, part in LEVELS.items():
            for _ in range(rounds):
                for contestant in contestants:
                    await contestant.measure(round(taps * part), in_flight=level)
        return contestants


def table(contestants: list[Contestant]) -> str:
    """The result as people read it."""
    lines = []
    for level in LEVELS:
        echo = contestants[0].median(level)
        lines.append(
            f"{f'{level} in flight':24}{'taps/s':>10}{'of echo':>10}{'p50 ms':>10}{'p99 ms':>10}{'CPU µs':>10}"
        )
        for contestant in contestants:
            it = contestant.median(level)
            times = f"{it.p50 * 1e3:>10.2f}{it.p99 * 1e3:>10.1f}{it.cpu * 1e6:>10.0f}"
            lines.append(f"{contestant.name:24}{it.rate:>10.0f}{it.rate / echo.rate:>10.3f}{times}")
        lines.append("")
    return "\n".join([*lines, *goals(contestants)])


def goals(contestants: list[Contestant]) -> list[str]:
    """Which goals were reached at the highest level."""
    level = max(LEVELS)
    echo = contestants[0].median(level).rate
    lines = []
    for orm, bot in zip(contestants[1::2], contestants[2::2], strict=True):
        it, naive = bot.median(level), orm.median(level)
        for label, value, met in (
            (f"of the echo (≥ {OF_ECHO})", f"{it.rate / echo:.3f}", it.rate >= OF_ECHO * echo),
            (f"times the ORM (≥ {OF_ORM:g})", f"{it.rate / naive.rate:.2f}", it.rate >= OF_ORM * naive.rate),
            (f"p99 (< {P99 * 1e3:g} ms)", f"{it.p99 * 1e3:.1f} ms, ORM {naive.p99 * 1e3:.0f} ms", it.p99 < P99),
        ):
            lines.append(f"{bot.name}, {level} in flight, {label}: {value}  {'met' if met else 'MISSED'}")
    return lines


def main() -> None:
    """Run and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", action="store_true", help="numbers for machines")
    options.add_argument("--taps", type=int, default=4000, help="taps a round at 256 in flight")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--database", nargs="+", help="`sqlite`, or the address of a PostgreSQL server")
    chosen = options.parse_args()
    with asyncio.Runner(loop_factory=fast_loop) as runner:
        contestants = runner.run(run(databases.chosen(chosen.database), chosen.taps, chosen.rounds))
    if chosen.json:
        figures = {one.name: {level: asdict(one.median(level)) for level in LEVELS} for one in contestants}
        print(json.dumps({"figures": figures, "goals": goals(contestants)}, ensure_ascii=False))
    else:
        print(table(contestants))


if __name__ == "__main__":
    main()
