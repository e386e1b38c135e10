"""`./nod import balances` and `./nod export balances`: the leave ledger from and to a table."""

import argparse
import asyncio
import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import orjson
import sqlalchemy as sa

from bot import flowfiles
from bot.balancefile import BalanceFile, labels_of
from bot.beside import organization_of, settings, world_of
from bot.config import ConfigError
from bot.config import load as load_config
from bot.database import existing
from bot.leaverules import rules
from domain.leave.ledger import Entry
from domain.leave.rules import THOUSANDTHS
from store.engine import make_engine
from store.executor import Executor, office_clock
from store.ledger import LoadedLedger
from store.migrate import is_current
from usecases.balances import balances
from usecases.import_balances import ImportBalances
from usecases.ports import World

_AT_ONCE: Final = 500
_TITLES: Final = (
    "员工编号", "姓名", "假期", "单位", "共有", "已请", "审批中", "剩余", "最早到期",
)  # fmt: skip
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def bring_in(args: argparse.Namespace) -> int:
    """0 brought in (or would be), 1 the file has mistakes and nothing was written, 2 the call itself was wrong."""
    try:
        url, world = _office(args)
        if args.by and world.organization.find(args.by) is None:
            raise ValueError(f"组织里没有 {args.by}；--by 写办理人的员工编号")
        found = BalanceFile(path=Path(args.file), world=world, by=args.by or "")
        found.read()
        if not found.mistakes and not args.dry_run:
            asyncio.run(_written(url, world, tuple(found.entries.values())))
    except (flowfiles.FlowMistakes, ConfigError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    except sa.exc.DBAPIError as error:
        print(f"写不了数据库：{error.orig}", file=sys.stderr)
        return 2
    _tell(found, args)
    return 1 if found.mistakes else 0


def _tell(found: BalanceFile, args: argparse.Namespace) -> None:
    if args.json:
        told = {"entries": [one.id for one in found.entries.values()], "mistakes": list(map(str, found.mistakes)),
                "written": not found.mistakes and not args.dry_run}  # fmt: skip
        print(orjson.dumps(told).decode())
        return
    for mistake in found.mistakes:
        print(mistake)
    if found.mistakes:
        print(f"{len(found.mistakes)} 处要改，一行也没有写入")
    else:
        print(f"{len(found.entries)} 行{'没有问题（还没有写入）' if args.dry_run else '已写入'}")


async def _written(url: str, world: World, entries: Sequence[Entry]) -> None:
    """In transactions of a few hundred, beside a bot that may be running; all rows of a person stand in one."""
    executor = Executor(engine=make_engine(url), world=world)
    executor.start()
    try:
        ordered = sorted(entries, key=lambda one: one.person)
        while ordered:
            last = ordered[:_AT_ONCE][-1].person
            some = [one for one in ordered if one.person <= last]
            ordered = ordered[len(some) :]
            await executor.submit(ImportBalances(entries=tuple(some)))
    finally:
        await executor.stop()


def take_out(args: argparse.Namespace) -> int:
    """Everybody's balances as CSV or JSON. 0 done, 2 the call itself was wrong."""
    try:
        url, world = _office(args)
        today = date.fromisoformat(args.as_of) if args.as_of else office_clock().astimezone(world.frame.zone).date()
        engine = make_engine(url, writer=False)
        try:
            with engine.begin() as connection:
                rows = list(_rows(connection, world, today))
        finally:
            engine.dispose()
    except (flowfiles.FlowMistakes, ConfigError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    except sa.exc.DBAPIError as error:
        print(f"读不了数据库：{error.orig}", file=sys.stderr)
        return 2
    if args.json:
        print(orjson.dumps({"as_of": today.isoformat(), "balances": rows}).decode())
        return 0
    print("\ufeff", end="")  # so that Excel reads it as UTF-8
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(_TITLES)
    out.writerows([_defused(value) for value in row.values()] for row in rows)
    return 0


def _rows(connection: sa.Connection, world: World, today: date) -> Iterator[Mapping[str, Any]]:
    people, labels = sorted(world.organization.people), labels_of(world)
    for start in range(0, len(people), _AT_ONCE):
        for person, entries in LoadedLedger(connection=connection).entries(people[start : start + _AT_ONCE]).items():
            for one in balances(person, entries, world, today):
                yield {
                    "userid": person, "name": world.organization.name_of(person),
                    "type": labels.get(one.type, one.type), "unit": one.unit,
                    "granted": _number(one.granted), "taken": _number(one.taken),
                    "waiting": _number(one.waiting), "left": _number(one.left),
                    "expires": min(one.expiring).isoformat() if one.expiring else "",
                }  # fmt: skip


def _number(thousandths: int) -> float | int:
    said = thousandths / THOUSANDTHS
    return int(said) if said == int(said) else said


def _defused(value: object) -> object:
    """A text that a spreadsheet would take for a formula is shown as what it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _office(args: argparse.Namespace) -> tuple[str, World]:
    """Where the store is, and what a command of the bot would see. Raises ValueError, ConfigError."""
    url = existing(args)
    if url is None:
        raise ValueError("没有数据库：用 --config 或 --database 指定")
    if not is_current(url):
        raise ValueError("数据库的表不是最新的：先运行 ./nod db upgrade")
    office, _ = settings(args)
    flows = flowfiles.load(office.flows, posts=office.posts)
    engine = make_engine(url, writer=False)
    try:
        with engine.begin() as connection:
            world = world_of(args, flows, organization_of(args, connection))
    finally:
        engine.dispose()
    if not args.config:
        return url, world
    config = load_config(Path(args.config))
    return url, replace(world, leave=rules(config.leave, flows, config.place))
