"""A year of a company on a moved clock: who was told what beside who had to be, calls beside one call a person.

`python -m bench.year [--people N] [--days N] [--from DATE] [--json]`: runner, readers, senders are the product's own,
on SQLite, over HTTP against an emulator in a process of its own. Punches and logs on the form go into it by its control
interface before each strike. Exit code 1 when somebody was told too much or too little."""

import argparse
import asyncio
import json
import logging
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from bench.year_company import DAY, Absence, Company, Worker, a_company, at
from bench.year_expected import Told, expected
from bench.year_office import Fact, an_office
from bot.logs import set_up

STRIKES: Final = (6, 8.25, 8.75, 9.5, 12, 16.5, 17, 18, 21.75)  # hours; nothing is due at noon
OWN: Final = {date(2026, 9, 22): False, date(2026, 9, 19): True}  # the company's own days


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """`missing` had to be told and was not; `extra` was told and had not to be, or twice."""

    told: int
    missing: tuple[Told, ...]
    extra: tuple[Told, ...]
    calls: Counter[str]
    naive: Counter[str]
    facts: int
    seconds: float


async def live(company: Company, folder: Path) -> Found:
    """All its days, and what became of them."""
    began = time.monotonic()
    start = at(company.first, 0)
    async with an_office(company, start, folder) as office:
        facts = sorted(_facts(company), key=_when)
        done = 0
        for moment in _moments(company):
            until = done
            while until < len(facts) and _when(facts[until]) <= moment:
                until += 1
            await office.happens(facts[done:until])
            done = until
            coming, going = _movers(company, moment)
            if coming or going:
                await office.staff(moment, coming, going)
            await office.strike(moment)
        calls = await office.calls()
    missing, extra = compared(list(expected(company)), office.told)
    seconds = time.monotonic() - began
    naive = _naive(company, len(office.told))
    return Found(
        told=len(office.told),
        missing=missing,
        extra=extra,
        calls=calls,
        naive=naive,
        facts=office.facts,
        seconds=seconds,
    )


def compared(due: list[Told], told: list[Told]) -> tuple[tuple[Told, ...], tuple[Told, ...]]:
    """What is missing of what was due, and what was told besides; each message answers for one."""
    open_ones: dict[tuple[datetime, str], list[Told]] = {}
    for one in told:
        open_ones.setdefault((one.moment, one.person), []).append(one)
    missing = []
    for want in due:
        found = open_ones.get((want.moment, want.person), [])
        match = next((one for one in found if want.words in one.words), None)
        if match is None:
            missing.append(want)
        else:
            found.remove(match)
    return tuple(missing), tuple(one for several in open_ones.values() for one in several)


def _moments(company: Company) -> Iterator[datetime]:
    yield at(company.first, 0)  # it is switched on
    for n in range((company.last - company.first).days + 1):
        yield from (at(company.first + n * DAY, hours) for hours in STRIKES)


def _facts(company: Company) -> list[Fact]:
    return [*company.absences, *company.clocks, *company.reports]


def _when(one: Fact) -> datetime:
    return one.made if isinstance(one, Absence) else one.at


def _movers(company: Company, moment: datetime) -> tuple[list[Worker], list[Worker]]:
    """Who comes and who goes, before the first beat of the day."""
    day, workers = moment.date(), company.workers
    if moment != at(day, STRIKES[0]):
        return [], []
    return [one for one in workers if one.joins == day], [one for one in workers if one.leaves == day]


def _naive(company: Company, told: int) -> Counter[str]:
    """One call a person: for each message, for the shift of each day, for the punches and logs before each reminder."""
    found: Counter[str] = Counter(messages=told)
    for n in range((company.last - company.first).days + 1):
        day = company.first + n * DAY
        for worker in company.workers:
            if worker.joins <= day < worker.leaves:
                found["shifts"] += 1
                found["punches"] += 2 * (company.shift(worker, day) is not None)
                found["logs"] += company.works(worker, day)
    return found


def main() -> int:
    """Live through it and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--from", dest="first", type=date.fromisoformat, default=date(2026, 1, 1))
    args = parser.parse_args()
    set_up(logging.WARNING)
    company = a_company(args.people, args.first, args.first + timedelta(days=args.days - 1), OWN)
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(live(company, Path(folder)))
    figures = figures_of(found, args.people, args.days)
    print(json.dumps(figures, ensure_ascii=False) if args.json else "\n".join(f"{k}: {v}" for k, v in figures.items()))
    for word, several in (("missing", found.missing), ("too much", found.extra)):
        for one in several[:20]:
            print(f"{word}: {one.moment:%Y-%m-%d %H:%M} {one.person} {one.words}", file=sys.stderr)
    return 1 if found.missing or found.extra else 0


def figures_of(found: Found, people: int, days: int) -> dict[str, Any]:
    """What is printed."""
    ours, naive = found.calls.total(), found.naive.total()
    return {
        "people x days": people * days,
        "seconds": round(found.seconds),
        "punches, logs and absences": found.facts,
        "messages": found.told,
        "missing": len(found.missing),
        "too much": len(found.extra),
        "calls": ours,
        "calls by API": dict(found.calls.most_common()),
        "naive calls": naive,
        "naive calls by kind": dict(found.naive),
        "times fewer": round(naive / ours, 1),
    }


if __name__ == "__main__":
    sys.exit(main())
