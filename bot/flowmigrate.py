"""`./nod flows migrate`: running cases onto the present version of their flow, each with its verdict; dry run first."""

import argparse
import asyncio
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson
import sqlalchemy as sa

from bot import flowfiles
from bot.beside import organization_of, settings, world_of
from bot.database import existing
from bot.mistakes import near
from cards.refusals import FIELDS, sentence
from domain import errors
from domain.approvals.case import Case
from domain.approvals.flow import Flow
from domain.approvals.route import Step
from store import filed, tongues, versions
from store.codec import to_ms
from store.engine import make_engine
from store.executor import Executor, office_clock
from store.lock import DatabaseInUse, hold
from store.migrate import is_current
from usecases.migrate_case import MigrateCase, Verdict, verdict
from usecases.ports import World

Judged = dict[str, tuple[Case | None, Verdict]]  # by number; None: there is no such case of this flow
_NONE = Verdict(fate="cannot", refusal=errors.CaseUnknown(""))


def main(args: argparse.Namespace) -> int:
    """0 all are moved (or would be), 1 some cannot be, or the bot holds the database; 2 the call itself was wrong."""
    url = existing(args)
    if url is None:
        return 2
    try:
        if not is_current(url):
            raise ValueError("数据库的表不是最新的：先运行 ./nod db upgrade")
        world, judged = _looked_at(args, url)
        if not args.dry_run:
            with hold(url):
                judged = asyncio.run(_moved(args, url, world, judged))
    except DatabaseInUse as error:
        print(f"{error}。先停下机器人（./nod run 的进程），迁移完再启动它；或先用 --dry-run 看结果", file=sys.stderr)
        return 1
    except (flowfiles.FlowMistakes, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    except sa.exc.DBAPIError as error:
        print(f"读不了数据库：{error.orig}", file=sys.stderr)
        return 2
    _tell(args, world, judged)
    return 1 if any(found.fate == "cannot" for _, found in judged.values()) else 0


def _looked_at(args: argparse.Namespace, url: str) -> tuple[World, Judged]:
    """What would become of each case. Raises ValueError."""
    office, _ = settings(args)
    flows = flowfiles.load(args.flows or office.flows, posts=office.posts)
    if args.flow not in flows:
        raise ValueError(f"没有流程 {args.flow}{near(args.flow, flows)}；有：{'、'.join(flows)}")
    engine = make_engine(url, writer=False)
    try:
        with engine.begin() as connection:
            world = world_of(args, flows, organization_of(args, connection))
            if world.organization.find(args.by) is None:
                raise ValueError(f"组织里没有 {args.by}；--by 写管理员的员工编号")
            if not args.reason.strip():
                raise ValueError("--reason 不能为空：每张单子的记录里都会写上")
            numbers = filed.running(connection, args.flow) if args.all else list(dict.fromkeys(args.case))
            return world, _judged(connection, world, numbers, args)
    finally:
        engine.dispose()


def _judged(connection: sa.Connection, world: World, numbers: Sequence[str], args: argparse.Namespace) -> Judged:
    found = filed.these(connection, numbers)
    cases = {number: case for number, case in found.items() if case.flow == args.flow}
    versions.learn(connection, world, cases.values())
    return {
        number: (case, verdict(case, world, by=args.by, words=args.reason)) if (case := cases.get(number)) else
        (None, _NONE)
        for number in numbers
    }  # fmt: skip


async def _moved(args: argparse.Namespace, url: str, world: World, judged: Judged) -> Judged:
    """Carry it out; what changed meanwhile is judged anew, by what the store holds afterwards."""
    executor = Executor(engine=make_engine(url), world=world)
    executor.start()
    try:
        await executor.run(lambda connection: versions.keep(connection, world.flows, to_ms(office_clock())))
        await executor.run(lambda connection: tongues.learn(connection, world.spoken))
        movable = [number for number, (_, found) in judged.items() if found.jump]
        await asyncio.gather(
            *(executor.submit(MigrateCase(case=number, by=args.by, words=args.reason)) for number in movable),
            return_exceptions=True,
        )
        after = await executor.run(lambda connection: _judged(connection, world, movable, args))
    finally:
        await executor.stop()
    present = world.flows[args.flow].version
    late = {number: pair for number, pair in after.items() if pair[0] is None or pair[0].flow_version != present}
    return {
        **judged,
        **{number: (case, replace(found, fate="cannot", jump=None)) for number, (case, found) in late.items()},
    }


def _tell(args: argparse.Namespace, world: World, judged: Judged) -> None:
    flow = world.flows[args.flow]
    movable = sum(found.jump is not None for _, found in judged.values())
    refused = sum(found.fate == "cannot" for _, found in judged.values())
    if args.json:
        cases = [_data(number, case, found, world) for number, (case, found) in judged.items()]
        told = {"flow": flow.id, "version": flow.version, "dry_run": args.dry_run, "cases": cases}
        print(orjson.dumps(told).decode())
        return
    for number, (case, found) in judged.items():
        who = f"  {world.organization.name_of(case.applicant)}" if case else ""
        print(f"{number}{who}  {said(case, found, world)}")
    done = f"{movable} 张{'可以迁移（还没有写入）' if args.dry_run else '已迁移'}"
    print(f"{flow.title}：看了 {len(judged)} 张，{done}，{refused} 张不能")


def _data(number: str, case: Case | None, found: Verdict, world: World) -> dict[str, Any]:
    return {
        "number": number,
        "applicant": case.applicant if case else "",
        "from": case.flow_version if case else "",
        "fate": found.fate,
        "kept": [step.label for step in found.kept],
        "ahead": [{"label": step.label, "people": step.people} for step in found.ahead],
        "said": said(case, found, world),
    }


def said(case: Case | None, found: Verdict, world: World) -> str:
    """The verdict in words."""
    if case is None:
        return "不能迁移：没有这张单子，或者不是这个流程的"
    ahead = " → ".join(_step(step, world) for step in found.ahead)
    kept = f"；已通过的有效：{'、'.join(step.label for step in found.kept)}" if found.kept else ""
    match found.fate:
        case "stays":
            assert case.step is not None, "only a case at a step stays there"
            return f"留在 {_step(case.step, world)}{f'，之后 {ahead}' if ahead else '，之后结束'}{kept}"
        case "moves":
            return f"转到 {ahead}{kept}"
        case "finishes":
            return f"新流程要的都已经批过，直接通过{kept}"
        case "same":
            return "已经是现在的版本，不用动"
    return f"不能迁移：{_why(found, world.flows[case.flow], world)}"


def _step(step: Step, world: World) -> str:
    return f"{step.label}（{'、'.join(map(world.organization.name_of, step.people))}）"


def _why(found: Verdict, flow: Flow, world: World) -> str:
    """The refusal as an administrator needs it: fields by the labels of the new form."""
    names: Mapping[str, str] = FIELDS | {field.id: field.label for field in flow.fields}
    match found.refusal:
        case errors.FieldMissing(field=field):
            return f"新流程的必填项“{names.get(field, field)}”没有填；退回给申请人补上"
        case errors.FieldWrong(field=field):
            return f"新流程里“{names.get(field, field)}”不能是现在填的值"
        case errors.CaseClosed(status="returned"):
            return "正退回给申请人修改，重新提交后再迁移"
        case errors.CasePaused():
            return "已暂停，先恢复"
        case errors.RouteImpossible(reason=reason):
            return reason
        case errors.NotAllowed():
            return "--by 的人不是管理员，也不是这个流程的管理员"
        case errors.UnknownPerson():
            return "申请人已经不在通讯录里"
        case None:
            return "写入时没有成功，看机器人的日志"
    return sentence(found.refusal, world.frame)
