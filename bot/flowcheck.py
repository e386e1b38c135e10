"""`./nod flows check`: what is wrong with the flow files, and what the linter doubts."""

import argparse
import shlex
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from bot import flowfiles, organizationfile
from bot.chat import SAMPLE
from bot.flowfiles import FlowMistakes
from bot.mistakes import Mistake, line_of, near, path
from domain.approvals.flow import Flow
from domain.approvals.lint.finding import Example, Finding
from domain.approvals.lint.groups import groups
from domain.approvals.linter import findings
from domain.people import Organization

_KEYS: Final = ("applicant", "name", "command")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt(Mistake):
    """What the linter found. `level`: a `hint` is true and perhaps meant so; `instead`: what to write; `example`: the
    applicant, their name, and the command that shows it."""

    level: str = "mistake"
    instead: str = ""
    example: Mapping[str, str] | None = None


def check(args: argparse.Namespace) -> int:
    """All packs, or the one (or the one file) that was named; a pack that cannot be read does not hide what is wrong
    with the others. 1 if there is a mistake; hints alone are 0."""
    organization = organizationfile.load(Path(args.organization or SAMPLE))
    doubts: list[Mistake] = []
    packs: dict[str, list[Flow]] = {}
    for pack in [args.flows] if args.flows else flowfiles.packs():
        try:
            packs[pack] = list(flowfiles.load(pack).values())
        except FlowMistakes as wrong:
            doubts += wrong.mistakes
    flows = [flow for those in packs.values() for flow in those]
    people = groups(organization, flows)
    known = _known(organization)
    for pack, those in packs.items():
        for flow in those:
            found = (
                []
                if flow.pack == flowfiles.MORE and _told_before(pack, packs)
                else findings(flow, organization, people)
            )
            doubts += sorted(_doubts(found, flow, pack, args, known), key=lambda one: one.line)
    mistakes = [one for one in doubts if _level(one) == "mistake"]
    if doubts or args.json:
        tell(doubts, args)
    if not args.json:
        print(_summary(len(flows), len(mistakes), len(doubts) - len(mistakes)))
    return 1 if mistakes else 0


def _summary(flows: int, mistakes: int, hints: int) -> str:
    found = f"{mistakes} 处错误" if mistakes else "没有错误"
    return f"{flows} 个流程，{found}，{hints} 条提示" if mistakes or hints else f"{flows} 个流程，没有问题"


def _told_before(pack: str, packs: Mapping[str, Sequence[Flow]]) -> bool:
    """Whether another pack, or `more` by itself, tells of the flows that every pack of ours offers."""
    return pack != flowfiles.MORE and flowfiles.MORE in packs


def _known(organization: Organization) -> Mapping[bool, list[str]]:
    """Names that an administrator may have meant: of departments (True), or of departments and posts."""
    roles = {role for person in organization.people.values() for role in person.roles}
    departments = {department.name for department in organization.departments.values()}
    return {True: sorted(departments), False: sorted(roles | departments)}


def _doubts(
    found: Iterable[Finding], flow: Flow, pack: str, args: argparse.Namespace, known: Mapping[bool, list[str]]
) -> Iterator[Doubt]:
    file = flowfiles.file_of(pack, flow.id)
    text = file.read_text("utf-8-sig")
    for one in found:
        names = known[one.where[-1] in ("department", "when")] if one.word else []
        meant = near(one.word, [word for word in names if word != one.word])
        yield Doubt(
            file=flowfiles.shown(file), line=line_of(text, one.where), key=path(one.where), text=one.text + meant,
            level=one.level, instead="" if meant else one.instead, example=_example(one.example, flow, pack, args),
        )  # fmt: skip


def _example(case: Example | None, flow: Flow, pack: str, args: argparse.Namespace) -> Mapping[str, str] | None:
    """The case and the command that shows where it goes."""
    if case is None:
        return None
    folder = pack if pack in flowfiles.packs() else flowfiles.shown(Path(pack))
    words = ["./nod", "flows", "route", flow.id, "--flows", folder, "--applicant", case.applicant]
    words += ["--organization", flowfiles.shown(Path(args.organization))] if args.organization else []
    words += [word for said in case.words for word in ("--set", said)]
    return dict(zip(_KEYS, (case.applicant, case.name, shlex.join(words)), strict=True))


def tell(mistakes: Sequence[Mistake], args: argparse.Namespace) -> None:
    """Mistakes first to people, the same hint about several flows once; to programs everything as it is."""
    if args.json:
        print(orjson.dumps({"findings": [_data(mistake) for mistake in mistakes]}).decode())
        return
    lines = [_said(one) for one in mistakes if _level(one) == "mistake"]
    same: dict[str, list[Mistake]] = {}
    for one in mistakes:
        if _level(one) == "hint":
            same.setdefault(one.text, []).append(one)
    lines += [_said(one, more=len(rest)) for one, *rest in same.values()]
    print("\n".join(lines), file=sys.stderr)


def _level(mistake: Mistake) -> str:
    return mistake.level if isinstance(mistake, Doubt) else "mistake"


def _data(mistake: Mistake) -> dict[str, Any]:
    return {"level": "mistake", "instead": "", "example": None, **asdict(mistake)}


def _said(mistake: Mistake, more: int = 0) -> str:
    """The sentence, what to write instead, and below it the case that shows it."""
    if not isinstance(mistake, Doubt):
        return str(mistake)
    said = f"{mistake}；{mistake.instead}" if mistake.instead else str(mistake)
    said = f"提示 {said}" if mistake.level == "hint" else said
    said += f"（另有 {more} 处也是这样）" if more else ""
    return f"{said}\n    例 {mistake.example['name']}：{mistake.example['command']}" if mistake.example else said
