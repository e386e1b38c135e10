"""Reads flow files: TOML at the rim, checked, frozen domain values inside; every mistake at once, with its line."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeVar

import orjson
from pydantic import ValidationError

from bot import flowrules
from bot.flowforms import FieldPart, FlowForm, LeadPart, LimitPart, Part, PolicyPart, RoutePart, fault_text
from bot.flowsteps import StepMistake, check_word, step_of
from bot.mistakes import Mistake, line_of, near, path
from bot.rowforms import fields_of, wrong_rows
from domain.approvals.condition_text import ConditionError, parse
from domain.approvals.conditions import Condition
from domain.approvals.flow import CHOSEN, MISSING, OVERDUE, Field, Flow, Policies, Route, StepWord, names_of, vocabulary
from domain.approvals.posts import KINDS
from domain.approvals.rules import with_emergency

FLOWS: Final = Path(__file__).parent.parent / "flows"
MORE: Final = "more"  # flows that the documents name without a route: every pack of ours offers them
P = TypeVar("P", bound=Part)


class FlowMistakes(Exception):
    """Flow files that cannot be used: all that is wrong with them."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.lines))

    @property
    def lines(self) -> list[str]:
        """Where it is wrong and what to write instead, one sentence each."""
        return [str(mistake) for mistake in self.mistakes]


def packs() -> list[str]:
    """The names of the packs that come with the product."""
    return sorted(folder.name for folder in FLOWS.iterdir() if folder.is_dir())


def folder_of(pack_or_folder: str) -> Path:
    """Where the flow files of a pack are, or this folder."""
    return FLOWS / pack_or_folder if pack_or_folder in packs() else Path(pack_or_folder)


def load(pack_or_folder: str, *, posts: Mapping[str, str] | None = None) -> dict[str, Flow]:
    """The flows of a pack (a folder under flows/), of any folder or of one file, by id. `posts`: what words mean in
    this company (R-ORG-4), as `人事 = "role:人事专员"`. Raises FlowMistakes with all of them."""
    folder = folder_of(pack_or_folder)
    files = _files(folder, shipped=pack_or_folder in packs())
    mistakes = list(_wrong_posts(posts or {}))
    if not files:
        known = "、".join(packs())
        mistakes.append(Mistake(file=pack_or_folder, line=0, key="", text=f"这里没有流程文件；自带的流程包有 {known}"))
    found: dict[str, Flow] = {}
    for file in files:
        try:
            found[file.stem] = read(file, pack=file.parent.name, posts=posts or {})
        except FlowMistakes as wrong:
            mistakes += wrong.mistakes
    mistakes += _taken_twice(found, pack_or_folder)
    for flow, key, text in flowrules.unknown_places(found) if folder not in files else ():
        file = file_of(pack_or_folder, flow.id)
        line = line_of(file.read_text("utf-8-sig"), ("place", key))
        mistakes.append(Mistake(file=shown(file), line=line, key=f"place.{key}", text=text))
    if mistakes:
        raise FlowMistakes(mistakes)
    return found


def _files(folder: Path, *, shipped: bool) -> list[Path]:
    """The flow files of a folder; with a pack of ours come those that it has not routed itself, from `more`. A file
    stands for itself."""
    if folder.is_file():
        return [folder]
    own = {file.stem: file for file in folder.glob("*.toml")}
    more = {file.stem: file for file in (FLOWS / MORE).glob("*.toml")} if shipped else {}
    return [file for _, file in sorted({**more, **own}.items())]


def file_of(pack_or_folder: str, flow: str) -> Path:
    """Where the flow of this id is written."""
    files = _files(folder_of(pack_or_folder), shipped=pack_or_folder in packs())
    return next(file for file in files if file.stem == flow)


def called(flows: Mapping[str, Flow], name: str) -> Flow:
    """The flow of this id, title or word. Raises ValueError with those that there are."""
    flow = flows.get(name) or flows.get(names_of(flows).get(name, ""))
    if flow is None:
        known = "、".join(f"{one.id}（{one.title}）" for one in flows.values())
        raise ValueError(f"没有流程 {name}{near(name, [*flows, *(one.title for one in flows.values())])}；有：{known}")
    return flow


def shown(file: Path) -> str:
    """A file's name as the administrator knows it: from the product's folder, else as given."""
    return str(file.relative_to(FLOWS.parent)) if file.is_relative_to(FLOWS.parent) else str(file)


def read(file: Path, *, pack: str, posts: Mapping[str, str]) -> Flow:
    """One flow file. Raises FlowMistakes."""
    name = shown(file)
    try:
        reading = _Reading(name=name, text=file.read_text("utf-8-sig"))  # Windows' Notepad begins a file with a mark
        tree = tomllib.loads(reading.text)
    except UnicodeDecodeError:
        raise FlowMistakes([Mistake(file=name, line=0, key="", text="请用 UTF-8 编码保存这个文件")]) from None
    except tomllib.TOMLDecodeError as error:
        line = int(found[1]) if (found := re.search(r"at line (\d+)", str(error))) else 0
        raise FlowMistakes([Mistake(file=name, line=line, key="", text=f"不是正确的 TOML（{error}）")]) from None
    try:
        form = FlowForm.model_validate(tree)
    except ValidationError as error:
        reading.misshapen(error)
        form = None
    fields, routes = reading.fields(tree.get("field")), reading.routes(tree.get("route"), tree.get("field"))
    if form is not None:
        reading.policies(form.policy)
    rules = reading.rules(tree, form, file.stem, fields)
    if form is None or reading.mistakes:
        raise FlowMistakes(sorted(reading.mistakes, key=lambda mistake: mistake.line))
    return Flow(
        id=file.stem,
        title=form.title,
        prefix=form.prefix,
        pack=pack,
        words=tuple(form.words),
        wants=tuple(form.wants),
        routes=routes,
        **rules,
        administrator=form.administrator,
        heads=tuple(form.heads),
        policies=Policies(**form.policy.model_dump()),
        posts=dict(posts),
        version=sha256(orjson.dumps([tree, dict(posts)], option=orjson.OPT_SORT_KEYS)).hexdigest()[:12],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """One file while it is read; sound parts are read on although others are wrong, so that all is told at once."""

    name: str
    text: str
    mistakes: list[Mistake] = field(default_factory=list)

    def wrong(self, where: tuple[str | int, ...], text: str) -> None:
        self.mistakes.append(Mistake(file=self.name, line=line_of(self.text, where), key=path(where), text=text))

    def rules(self, tree: Mapping[str, Any], form: FlowForm | None, flow: str, fields: tuple[Field, ...]) -> Any:
        """Lead times, limits, the place that decides; and the fields, with that of an emergency where it is needed."""
        leads = tuple(flowrules.leads(_sound(LeadPart, tree.get("lead")), fields, self.wrong))
        return {
            "leads": leads,
            "limits": tuple(flowrules.limits(_sound(LimitPart, tree.get("limit")), fields, self.wrong)),
            "place": flowrules.place(form.place if form else None, flow, fields, self.wrong),
            "fields": with_emergency(fields) if leads else fields,
        }

    def misshapen(self, error: ValidationError) -> None:
        """What pydantic found; a key that is only misspelt is not told to be missing, too."""
        faults = error.errors(include_url=False)
        unknown = [fault["loc"] for fault in faults if fault["type"] == "extra_forbidden"]
        for fault in faults:
            section, key = fault["loc"][:-1], str(fault["loc"][-1])
            misspelt = any(where[:-1] == section and near(str(where[-1]), [key]) for where in unknown)
            if fault["type"] != "missing" or not misspelt:
                self.wrong(fault["loc"], fault_text(fault))

    def fields(self, rows: Any) -> tuple[Field, ...]:
        parts = list(_sound(FieldPart, rows))
        taken: set[str] = set()
        for place, part in parts:
            for key, name in (("id", part.id), ("label", part.label)):
                if name in taken:
                    self.wrong(("field", place, key), f"“{name}”已经用在前面的字段里")
            taken |= {part.id, part.label}
            if bool(part.options) != (part.type == "choice"):
                self.wrong(("field", place, "options"), 'type = "choice" 的字段要写 options，别的类型不写')
            if part.among and part.type not in ("person", "people"):
                self.wrong(("field", place, "among"), 'among 写给 type = "person" 或 "people" 的字段：只能选哪些人')
            for word in part.among:
                self._people_word(("field", place, "among"), word)
        for place, key, text in wrong_rows(parts):
            self.wrong(("field", place, key), text)
        return fields_of(part for _, part in parts)

    def routes(self, rows: Any, field_rows: Any) -> tuple[Route, ...]:
        """The routes. Where a field is wrong itself, nothing is said about the routes that speak of it."""
        parts = dict(_sound(FieldPart, field_rows))
        unsound = [row for place, row in enumerate(_rows(field_rows)) if place not in parts and isinstance(row, dict)]
        doubtful = {str(row[key]) for row in unsound for key in ("id", "label") if row.get(key)}
        fields = fields_of(parts.values())
        return tuple(self._route(place, part, fields, doubtful) for place, part in _sound(RoutePart, rows))

    def _route(self, place: int, part: RoutePart, fields: tuple[Field, ...], doubtful: set[str]) -> Route:
        words = vocabulary(fields)
        if any(name in said for name in doubtful for said in (part.when, *part.approve)):
            return Route()
        when: Condition | None = None
        try:
            when = parse(part.when, words) if part.when else None
        except ConditionError as error:
            self.wrong(("route", place, "when"), str(error))
        steps = tuple(self._step(word, place, fields) for word in part.approve)
        for word in part.cc:
            self._people_word(("route", place, "cc"), word, fields)
        if CHOSEN in part.cc and "cc" not in words.names.values():
            self.wrong(("route", place, "cc"), '抄送写了“自选”，表单里要有 id = "cc"、type = "people" 的字段')
        return Route(when=when, applicant=part.applicant, department=part.department, steps=steps, cc=tuple(part.cc))

    def _step(self, word: str, place: int, fields: tuple[Field, ...]) -> StepWord:
        try:
            return step_of(word, fields)
        except StepMistake as mistake:
            self.wrong(("route", place, "approve"), str(mistake))
            return StepWord(kind="approve")

    def _people_word(self, where: tuple[str | int, ...], word: str, fields: tuple[Field, ...] = ()) -> None:
        try:
            check_word(word, fields)
        except StepMistake as mistake:
            self.wrong(where, str(mistake))

    def policies(self, policy: PolicyPart) -> None:
        """What the form alone does not show: policies that need each other, and people words in place of a keyword."""
        if "overdue" in policy.model_fields_set and not policy.hours:
            self.wrong(("policy", "overdue"), "还要写 hours：过多少个工作小时没人处理算超时，如 hours = 8")
        for key, said, known in (("missing", policy.missing, MISSING), ("overdue", policy.overdue, OVERDUE)):
            if said in known:
                continue
            if re.fullmatch("[a-z_]*", said):
                text = f"只能是 {'、'.join(known)}，或者由谁，如 行政经理、user:zhao{near(said, known)}"
                self.wrong(("policy", key), text)
            self._people_word(("policy", key), said)


def _sound(model: type[P], rows: Any) -> Iterator[tuple[int, P]]:
    """The sections that are well formed, each with its place."""
    for place, row in enumerate(_rows(rows)):
        try:
            yield place, model.model_validate(row)
        except ValidationError:
            continue


def _rows(rows: Any) -> list[Any]:
    return rows if isinstance(rows, list) else []


def _wrong_posts(posts: Mapping[str, str]) -> Iterator[Mistake]:
    for word, meaning in posts.items():
        kind, colon, name = meaning.partition(":")
        if colon and (kind not in KINDS or not name):
            text = f"{word} = “{meaning}”：要写成 {'、'.join(f'{one}:名称' for one in KINDS)}{near(kind, KINDS)}"
            yield Mistake(file="office.posts", line=0, key="", text=text)


def _taken_twice(flows: Mapping[str, Flow], pack_or_folder: str) -> Iterator[Mistake]:
    """A prefix numbers the cases of one flow, and a word starts one flow."""
    taken: dict[tuple[str, str], str] = {}
    for flow in flows.values():
        for key, said in (("prefix", flow.prefix), *(("words", word) for word in (flow.title, *flow.words))):
            other = taken.setdefault((key, said), flow.id)
            if other != flow.id:
                file = file_of(pack_or_folder, flow.id)
                line = line_of(file.read_text("utf-8"), (key,))
                yield Mistake(file=shown(file), line=line, key=key, text=f"“{said}”已经用在 {other}.toml 里")
