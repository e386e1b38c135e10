"""`./nod flows diff OLD NEW`: what a change does, in words, and to the cases that were filed last."""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import sqlalchemy as sa

from bot import flowfiles
from bot.beside import organization_of, settings
from bot.database import existing
from cards.flow_changes import changes
from domain.approvals.case import Case
from domain.approvals.flow import Flow
from domain.approvals.route import Plan, plan
from domain.errors import RouteImpossible
from domain.people import Organization
from store import filed
from store.engine import make_engine

Flows = Mapping[str, Flow]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A case on both ways: whom it asks, step by step, and whom it tells; a text: why it cannot be filed there."""

    case: Case
    before: Plan | str
    after: Plan | str

    @property
    def elsewhere(self) -> bool:
        """Whether others decide, or in another way."""
        return bool(_decided(self.before) != _decided(self.after))

    @property
    def told_otherwise(self) -> bool:
        """Whether only those who are told at the end are others."""
        return not self.elsewhere and bool(_cc(self.before) != _cc(self.after))


def main(args: argparse.Namespace) -> int:
    """0 compared, 2 the call itself was wrong."""
    try:
        old, new = _both(args)
        found = {key: _differences(old.get(key), new.get(key)) for key in sorted({*old, *new})}
        organization, tried = _tried(args, old, new) if args.database or args.config else (None, [])
    except (flowfiles.FlowMistakes, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    except sa.exc.DBAPIError as error:
        print(f"读不了数据库：{error.orig}", file=sys.stderr)
        return 2
    if tried is None:
        return 2
    titles = {key: flow.title for flows in (old, new) for key, flow in flows.items()}
    if args.json:
        print(orjson.dumps(_data(found, titles, tried)).decode())
        return 0
    print(_in_words(found, titles))
    if organization is not None:
        print(f"\n{_cases_in_words(tried, organization)}")
    return 0


def _both(args: argparse.Namespace) -> tuple[Flows, Flows]:
    """The flows of both sides by id; of two files, the one flow, whatever the files are called."""
    posts = settings(args)[0].posts
    files = [Path(name) if Path(name).is_file() else None for name in (args.old, args.new)]
    sides = [
        {file.stem: flowfiles.read(file, pack=file.parent.name, posts=posts)} if file else
        flowfiles.load(name, posts=posts)
        for name, file in zip((args.old, args.new), files, strict=True)
    ]  # fmt: skip
    old, new = sides
    if files[0] and files[1]:
        new = {files[0].stem: new[files[1].stem]}
    elif files[0] or files[1]:  # one flow of a whole pack
        only = next(file.stem for file in files if file)
        old, new = ({key: flow for key, flow in side.items() if key == only} for side in sides)
    return old, new


def _differences(old: Flow | None, new: Flow | None) -> tuple[str, ...]:
    if old is None:
        return ("新增的流程",)
    return changes(old, new) if new is not None else ("去掉了这个流程",)


def _tried(args: argparse.Namespace, old: Flows, new: Flows) -> tuple[Organization | None, list[Tried] | None]:
    """The last cases of the store on both ways; None where there is no such database."""
    url = existing(args)
    if url is None:
        return None, None
    engine = make_engine(url, writer=False)
    try:
        with engine.begin() as connection:
            organization = organization_of(args, connection)
            cases = filed.last(connection, {*old, *new}, args.last)
    finally:
        engine.dispose()
    return organization, [
        Tried(case=case, before=_way(case, old, organization), after=_way(case, new, organization)) for case in cases
    ]


def _way(case: Case, flows: Flows, organization: Organization) -> Plan | str:
    if case.flow not in flows:
        return "没有这个流程"
    applicant = organization.find(case.applicant)
    if applicant is None:
        return "申请人已经不在通讯录里"
    try:
        return plan(flows[case.flow], case.values, applicant, organization)
    except RouteImpossible as refusal:
        return refusal.reason


def _decided(way: Plan | str) -> Any:
    return way if isinstance(way, str) else [(step.kind, step.mode, step.people) for step in way.steps]


def _cc(way: Plan | str) -> Any:
    return () if isinstance(way, str) else sorted(way.cc)


def _in_words(found: Mapping[str, tuple[str, ...]], titles: Mapping[str, str]) -> str:
    lines = []
    for key, said in found.items():
        if said:
            lines += [f"{titles[key]}（{key}）", *(f"  · {one}" for one in said)]
    same = "、".join(titles[key] for key, said in found.items() if not said)
    return "\n".join([*lines, *([f"没有变化：{same}"] if same else [])])


def _cases_in_words(tried: list[Tried], organization: Organization) -> str:
    name = organization.name_of
    moved = [one for one in tried if one.elsewhere]
    told = [one for one in tried if one.told_otherwise]
    lines = [f"最近 {len(tried)} 张单子，{f'{len(moved)} 张会走别的路' if moved else '审批都走原来的路'}"]
    for one in moved:
        before, after = (_people(way, organization) for way in (one.before, one.after))
        lines.append(f"{one.case.number}  {name(one.case.applicant)}  {before}  ⇒  {after}")
    if told:
        lines.append(f"{len(told)} 张只是抄送不同：{'、'.join(one.case.number for one in told)}")
    return "\n".join(lines)


def _people(way: Plan | str, organization: Organization) -> str:
    if isinstance(way, str):
        return f"（{way}）"
    return " → ".join("/".join(map(organization.name_of, step.people)) for step in way.steps)


def _data(found: Mapping[str, tuple[str, ...]], titles: Mapping[str, str], tried: list[Tried]) -> dict[str, Any]:
    return {
        "flows": [{"id": key, "title": titles[key], "changes": said} for key, said in found.items()],
        "tried": len(tried),
        "elsewhere": [
            {
                "number": one.case.number, "applicant": one.case.applicant, "before": _told(one.before),
                "after": _told(one.after),
            }
            for one in tried if one.elsewhere
        ],
        "only_cc": [one.case.number for one in tried if one.told_otherwise],
    }  # fmt: skip


def _told(way: Plan | str) -> Any:
    """The people of each step, or why there is none."""
    if isinstance(way, str):
        return {"error": way}
    return [{"kind": step.kind, "mode": step.mode, "people": step.people, "label": step.label} for step in way.steps]
