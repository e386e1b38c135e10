"""`./nod job`: what is scheduled, what it costs, and any of it at any time, against the configured store."""

import argparse
import asyncio
import logging
import sys
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

import aiohttp
import orjson
import sqlalchemy as sa

from bot import assembly
from bot.asof import moment as moment_of
from bot.budget import Keeper, Meter
from bot.config import Config, ConfigError, load
from bot.directory import SNAPSHOT, organization_from
from bot.jobcost import tell_costs
from bot.logs import set_up
from bot.timekeeping import StoreRows, jobs_of, runner_of
from scheduler.jobs import Job
from scheduler.runner import Runner
from store import runs, snapshots, tongues, versions
from store.engine import make_engine
from store.executor import Executor, office_clock
from store.migrate import is_current
from usecases.due import Due
from usecases.ports import Office, Post, World

R = TypeVar("R")

_CHAT: Final = ".nod/chat-*.toml"  # what a running `nod chat` has written down
_AHEAD: Final = timedelta(days=40)
_STATES: Final = {"done": "已办", "dropped": "没有办", "running": "正在办", "": ""}
_JUST_NOW: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """One moment of a job: what each receiver gets, and who has got it before."""

    moment: datetime
    dues: tuple[Due, ...]
    before: frozenset[str]


def main(args: argparse.Namespace) -> int:
    """Run, show or list. 0 done, 1 nothing is due or it went wrong, 2 the call or the configuration is wrong."""
    set_up(logging.WARNING)
    try:
        config = load(_config_file(args))
        jobs = jobs_of(config.model_copy(update={"jobs": config.jobs.model_copy(update={"on": ["all"]})}))
        as_of = moment_of(args.as_of, ZoneInfo(config.office.zone)) if args.as_of else office_clock()
        if args.name not in (*jobs, "list", "cost"):
            raise ValueError(f"没有任务 {args.name}。可以写：list、cost、{'、'.join(jobs)}")
        return asyncio.run(_within(config, jobs, as_of, args))
    except (ConfigError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2


async def _within(config: Config, jobs: dict[str, Job], as_of: datetime, args: argparse.Namespace) -> int:
    """Beside a bot that may be running: what it finds in the outbox it sends."""
    if not is_current(config.store.database):
        raise ValueError("数据库还没有建好：先启动一次机器人，或 ./nod db upgrade")
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        executor = Executor(
            engine=make_engine(config.store.database), world=assembly.world(config), clock=lambda: as_of
        )
        executor.start()
        stack.push_async_callback(executor.stop)
        await executor.run(lambda connection: _learn(executor, connection))
        reader = make_engine(config.store.database, writer=False)
        stack.callback(reader.dispose)
        keeper = Keeper(executor=executor, meter=Meter())
        stack.push_async_callback(keeper.write)
        platform = assembly.platform(config, session, None, keeper.meter.call)
        runner = runner_of(config, executor, reader, platform, keeper)
        runner.jobs = jobs
        if args.name == "cost":
            return await tell_costs(runner, set(jobs_of(config)), as_of, json=args.json)
        if args.name == "list":
            return await _list(runner, set(jobs_of(config)), as_of, args)
        return await _job(runner, jobs[args.name], as_of, args, executor.world)


def _learn(executor: Executor, connection: sa.Connection) -> None:
    """The organisation that the bot read last, the languages of people, older flows."""
    kept = snapshots.find(connection, SNAPSHOT)
    if kept is None:
        raise ValueError("这个数据库里还没有通讯录：先让机器人启动一次")
    organization = organization_from(kept)
    frame = replace(executor.world.frame, names=organization.name_of)
    executor.world = replace(executor.world, organization=organization, frame=frame)
    tongues.learn(connection, executor.world.spoken)
    versions.keep(connection, executor.world.flows, 0)


async def _job(runner: Runner, job: Job, as_of: datetime, args: argparse.Namespace, world: World) -> int:
    moments = await moments_of(runner, job, as_of)
    told = []
    for moment in moments:
        dues = tuple(await runner.plan(job, moment))
        before = await _carried(runner, job, moment)
        told.append(_Told(moment=moment, dues=dues, before=before))
        if not args.dry_run:
            await runner.carry(job, moment, dues)
    if args.json:
        print(orjson.dumps(_as_json(job, as_of, told, dry=args.dry_run)).decode())
    else:
        print("\n".join(_in_words(job, as_of, told, world, dry=args.dry_run)))
    return 0 if told else 1


async def moments_of(runner: Runner, job: Job, as_of: datetime) -> list[datetime]:
    """The moment of the job that is due as of then. A job by the clock can be had at any time: more than an hour after
    its own moment, that is its moment."""
    await runner.outside.read(replace(job, reads=job.reads[:1]), as_of, fresh=True)
    since = as_of - (job.late if job.bound else min(job.late, _JUST_NOW))
    found = await runner.rows.look(lambda office: sorted(job.times.between(office, since, as_of)))
    if job.bound:
        return found
    return found[-1:] or [as_of]


async def _carried(runner: Runner, job: Job, moment: datetime) -> frozenset[str]:
    return await _looked(runner, lambda connection: runs.carried(connection, job.name, moment))


async def _looked(runner: Runner, look: Callable[[sa.Connection], R]) -> R:
    assert isinstance(runner.rows, StoreRows)
    return await runner.rows.executor.run(look)


def _as_json(job: Job, as_of: datetime, told: Sequence[_Told], *, dry: bool) -> dict[str, Any]:
    return {
        "job": job.name,
        "title": job.title,
        "as_of": as_of.isoformat(),
        "dry_run": dry,
        "moments": [
            {
                "moment": one.moment.isoformat(),
                "receivers": [
                    {"receiver": due.receiver, "already": due.receiver in one.before, "posts": _posts(due.posts)}
                    for due in one.dues
                ],
            }
            for one in told
        ],
    }


def _posts(posts: Sequence[Post]) -> list[dict[str, str]]:
    return [{"to": post.to, "title": title, "text": text} for post in posts for title, text in [_said(post)]]


def _said(post: Post) -> tuple[str, str]:
    if post.message is not None:
        return post.message.title, post.message.text or post.message.name
    if post.words is not None:
        return post.words.params.get("title", ""), post.words.params.get("markdown", "")
    return "", post.track


def _in_words(job: Job, as_of: datetime, told: Sequence[_Told], world: World, *, dry: bool) -> list[str]:
    zone = world.frame.zone
    clock = f"{as_of.astimezone(zone):%Y-%m-%d %H:%M}"
    if not told:
        return [f"{job.title}（{job.name}）：{clock} 没有到点的"]
    lines = []
    for one in told:
        new = [due for due in one.dues if due.receiver not in one.before]
        when = f"{one.moment.astimezone(zone):%Y-%m-%d %H:%M}"
        again = f"，另有 {len(one.dues) - len(new)} 份之前已经办过" if len(new) < len(one.dues) else ""
        lines.append(f"{job.title}（{job.name}）{when}：{'会给' if dry else '给'} {len(new)} 个对象{again}")
        for due in new:
            for post in due.posts:
                title, text = _said(post)
                lines.append(f"- {_name(post.to, world)}：{' '.join(f'{title} {text}'.split())[:160]}")
    if not dry:
        lines.append("已写入待发；正在运行的机器人会在几秒内发出。")
    return lines


def _name(lane: str, world: World) -> str:
    if not lane.startswith("cid:"):
        return world.organization.name_of(lane)
    group = next((one for one in world.groups if one.lane == lane), None)
    called = "" if group is None else "管理人员" if group.managers else group.department
    return f"群 {called or lane.removeprefix('cid:')}"


async def _list(runner: Runner, on: set[str], as_of: datetime, args: argparse.Namespace) -> int:
    rows = [await _row(runner, job, as_of, on=job.name in on) for job in runner.jobs.values()]
    if args.json:
        print(orjson.dumps(rows).decode())
        return 0
    for row in rows:
        last = f"，上次 {row['last'][:16].replace('T', ' ')} {_STATES[row['state']]}" if row["last"] else ""
        following = row["next"][:16].replace("T", " ") or "看排班"
        print(f"{'开' if row['on'] else '关'}  {row['name']}  {row['title']}  下次 {following}{last}")
    return 0


async def _row(runner: Runner, job: Job, as_of: datetime, *, on: bool) -> dict[str, Any]:
    def ahead(office: Office) -> datetime | None:
        return next(iter(job.times.between(office, as_of, as_of + _AHEAD)), None)

    following = await runner.rows.look(ahead)
    last = await _looked(runner, lambda connection: runs.last(connection, job.name))
    return {
        "name": job.name, "title": job.title, "on": on, "next": _written(following, runner),
        "state": last.state if last else "",
        "last": _written(last.moment if last else None, runner),
    }  # fmt: skip


def _written(moment: datetime | None, runner: Runner) -> str:
    """In the office's zone."""
    assert isinstance(runner.rows, StoreRows)
    return moment.astimezone(runner.rows.executor.world.frame.zone).isoformat() if moment else ""


def _config_file(args: argparse.Namespace) -> Path:
    """The one that is named, or that of the `nod chat` that was started last."""
    if args.config:
        return Path(args.config)
    found = sorted(Path().glob(_CHAT), key=lambda file: file.stat().st_mtime)
    if not found:
        raise ValueError("请用 --config 指定配置文件（没有正在运行的 ./nod chat）")
    return found[-1]
