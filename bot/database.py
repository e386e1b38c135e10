"""`./nod db upgrade`, `./nod audit verify` and `./nod outbox`."""

import argparse
import sys
from pathlib import Path

import orjson
import sqlalchemy as sa

from bot.config import ConfigError, load
from store import outbox as letters
from store.audit import Finding, audit_of
from store.codec import from_ms
from store.engine import make_engine
from store.migrate import is_current
from store.migrate import upgrade as bring_up


def upgrade(args: argparse.Namespace) -> int:
    """Bring the schema up to date; with --dry-run only say whether it is. 0 done, 1 not up to date, 2 wrong call."""
    url = _address(args)
    if url is None:
        return 2
    if args.dry_run:
        current = is_current(url)
        print("已经是最新" if current else "需要升级")
        return 0 if current else 1
    bring_up(url)
    print("已经是最新")
    return 0


def verify(args: argparse.Namespace) -> int:
    """Say where chain or projections differ from the events. 0 all well, 1 differences, 2 wrong call."""
    url = existing(args)
    if url is None:
        return 2
    engine = make_engine(url, writer=False)
    try:
        findings, cases = audit_of(engine, args.case)
    except sa.exc.DBAPIError as error:
        print(f"读不了数据库：{error.orig}", file=sys.stderr)
        return 2
    finally:
        engine.dispose()
    if args.json:
        print(orjson.dumps({"cases": cases, "findings": findings}).decode())
    else:
        for finding in findings:
            print(_told(finding))
        print(f"核对了 {cases} 张单子，{f'{len(findings)} 处不符' if findings else '全部相符'}")
    return 1 if findings else 0


def outbox(args: argparse.Namespace) -> int:
    """List what is parked, or let it all be tried anew. 0 nothing (left), 1 something is parked, 2 wrong call."""
    url = existing(args)
    if url is None:
        return 2
    engine = make_engine(url, writer=bool(args.action))
    try:
        with engine.begin() as connection:
            anew = letters.unpark(connection) if args.action else 0
            parked = letters.parked(connection)
    except sa.exc.DBAPIError as error:
        print(f"读不了数据库：{error.orig}", file=sys.stderr)
        return 2
    finally:
        engine.dispose()
    if args.action:
        print(f"{anew} 张卡片会重新投递" if anew else "没有搁置的卡片，不用重试")
        return 0
    for row in parked:
        since = from_ms(row.queued_ms).astimezone()
        print(f"{row.track}  给 {row.lane}  自 {since:%Y-%m-%d %H:%M}  {row.error}")
    print(f"搁置了 {len(parked)} 张卡片；排除原因后用 ./nod outbox retry 重新投递" if parked else "没有搁置的卡片")
    return 1 if parked else 0


def _told(finding: Finding) -> str:
    where = f"第 {finding.seq} 个事件" if finding.seq else "当前状态"
    return f"{finding.case} {where}：{finding.what}"


def existing(args: argparse.Namespace) -> str | None:
    """The address of a database that is there: looking must not make one."""
    url = _address(args)
    file = sa.make_url(url).database if url and url.startswith("sqlite") else None
    if file and not Path(file).exists():
        print(f"没有这个数据库：{file}", file=sys.stderr)
        return None
    return url


def _address(args: argparse.Namespace) -> str | None:
    if args.database:
        return str(args.database)
    if not args.config:
        return f"sqlite:///{Path('.nod/chat.db').absolute()}"
    try:
        return load(Path(args.config)).store.database
    except ConfigError as error:
        print(error, file=sys.stderr)
        return None
