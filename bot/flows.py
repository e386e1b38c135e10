"""`./nod flows check|route|list`: what the flow files say, and where a case would go."""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson

from bot import flowfiles, organizationfile
from bot.chat import SAMPLE
from bot.flowcheck import check, tell
from bot.flowfiles import FlowMistakes
from bot.mistakes import near
from bot.rowforms import rows_given
from cards.card import Frame
from cards.rules import moved, too_late
from cards.story import mode_of
from domain.approvals.flow import LISTS, Field, Flow, facts
from domain.approvals.route import Plan, plan
from domain.approvals.rows import completed
from domain.approvals.rules import late, placed
from domain.errors import RouteImpossible, RowsWrong
from domain.people import Organization
from language.cities import is_in, meant
from language.statutory import statutory_workdays

_FRAME: Final = Frame(names=str, zone=ZoneInfo("UTC"), dialect="plain")  # commands answer in Chinese
_MORE: Final = ("department",)  # may be set beside the form's fields: where a person of several departments files from


def main(args: argparse.Namespace) -> int:
    """0 done, 1 a no, 2 the call itself was wrong."""
    actions = {"check": check, "route": _route, "list": _list}
    try:
        return actions[args.action](args)
    except FlowMistakes as wrong:
        tell(wrong.mistakes, args)
        return 1 if args.action == "check" else 2
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2


def _list(args: argparse.Namespace) -> int:
    flows = [flow for pack in _packs(args) for flow in flowfiles.load(pack).values()]
    keys = ("pack", "id", "title", "prefix", "version")
    if args.json:
        print(orjson.dumps([{key: getattr(flow, key) for key in keys} for flow in flows]).decode())
    else:
        print("\n".join(f"{flow.pack:12}{flow.id:24}{flow.prefix:8}{flow.title}" for flow in flows))
    return 0


def _packs(args: argparse.Namespace) -> list[str]:
    return [args.flows] if args.flows else flowfiles.packs()


def _route(args: argparse.Namespace) -> int:
    flows = flowfiles.load(args.flows or "matrix")
    flow = flowfiles.called(flows, args.flow)
    organization = organizationfile.load(Path(args.organization or SAMPLE))
    values = settings(flow, args.set or [])
    try:
        found = plan(flow, values, organizationfile.person(organization, args.applicant), organization)
    except RouteImpossible as refusal:
        print(orjson.dumps({"error": refusal.reason}).decode() if args.json else refusal.reason)
        return 1
    found = replace(found, rules=(*found.rules, *_ruled(flow, flows, values, args)))
    print(orjson.dumps(_data(found)).decode() if args.json else _told(flow, found, organization))
    return 0


def _ruled(flow: Flow, flows: Mapping[str, Flow], values: Mapping[str, Any], args: argparse.Namespace) -> Iterator[str]:
    """What the rules say of this form: which flow its destination makes of it, and whether a day comes too early."""
    cities = meant(str(values.get(flow.place.field) or "")) if flow.place else ()
    target = placed(flow, at_home=is_in(cities, args.home)) if args.home else flow.id
    if target != flow.id:
        yield moved(flows[target], values, args.home)
    if args.now:
        try:
            today = date.fromisoformat(args.now[:10])
        except ValueError:
            raise ValueError(f"--now 要写成 2026-11-23 这样的日期，不是 {args.now}") from None
        if missed := late(flow, values, today, statutory_workdays()):
            yield f"{too_late(flow, missed, _FRAME)}现在只能作为紧急情况申请"


def settings(flow: Flow, pairs: Sequence[str]) -> dict[str, Any]:
    """The values of `--set field=value`, fields by id or label. Raises ValueError."""
    fields = {one.label: one for one in flow.fields} | {one.id: one for one in flow.fields}
    values: dict[str, Any] = {}
    for pair in pairs:
        key, equals, said = pair.partition("=")
        if not equals:
            raise ValueError(f"--set 要写成 字段=值，不是 {pair}")
        if key in fields:
            values[fields[key].id] = _value(fields[key], said)
        elif key in _MORE:
            values[key] = said
        else:
            known = "、".join(field.id for field in flow.fields)
            raise ValueError(f"{flow.title}的表单里没有 {key}{near(key, fields)}；有：{known}")
    try:
        values = completed(flow, {}, values)
    except RowsWrong as wrong_rows:
        raise ValueError(wrong_rows.reason) from None
    read = facts(flow, values)
    if wrong := "、".join(field.label for field in flow.fields if read.get(field.id, "") is None):
        raise ValueError(f"{wrong}要填数字")
    return values


def _value(field: Field, said: str) -> Any:
    if field.type == "rows":
        return rows_given(field, said)
    return [one for one in said.split(",") if one] if field.type in LISTS else said


def _data(found: Plan) -> dict[str, Any]:
    steps = [{"kind": s.kind, "mode": s.mode, "people": s.people, "why": s.why} for s in found.steps]
    return {"steps": steps, "cc": found.cc, "rules": found.rules}


def _told(flow: Flow, found: Plan, organization: Organization) -> str:
    name = organization.name_of
    lines = [flow.title]
    lines += [
        f"{s.id}. {s.label}  {'、'.join(map(name, s.people))}{mode_of(s, _FRAME)}（{s.why}）" for s in found.steps
    ]
    lines += [f"抄送  {'、'.join(map(name, found.cc))}"] if found.cc else []
    return "\n".join([*lines, *(f"· {rule}" for rule in found.rules)])
