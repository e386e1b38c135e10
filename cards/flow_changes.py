"""What a changed flow does otherwise, in an administrator's words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from cards.flowchart import KINDS, POLICIES, conditions_of, mode_in_words, policies_in_words
from domain.approvals.alternatives import step_label
from domain.approvals.conditions import Compare, Logic, in_words
from domain.approvals.flow import Field, Flow, Route, StepWord, labels
from domain.approvals.rules import sentences

_TYPES: Final = {
    "text": "文字", "textarea": "长文字", "number": "数字", "money": "金额", "date": "日期", "moment": "时间", "choice": "单选",
    "person": "人员", "people": "多人", "departments": "部门", "attachments": "附件", "rows": "明细",
}  # fmt: skip
_TOLD: Final = ("id", "pack", "version", "title", "prefix", "words", "fields", "routes", "policies", "administrator",
                "posts", "leads", "limits", "place", "heads")  # fmt: skip
_ROUTE: Final = ("when", "applicant", "department", "steps", "cc")
_FIELD: Final = ("id", "label", "type", "required", "options")


def changes(old: Flow, new: Flow) -> tuple[str, ...]:
    """A sentence for each thing that is otherwise in the new one; none: they do the same."""
    return (
        *_named(old, new), *_fields(old.fields, new.fields), *_routes(old, new), *_policies(old, new),
        *_rules(old, new), *_rest(old, new, _TOLD, ""),
    )  # fmt: skip


def _named(old: Flow, new: Flow) -> Iterator[str]:
    if old.title != new.title:
        yield f"名称：{old.title} → {new.title}"
    if old.prefix != new.prefix:
        yield f"单号开头：{old.prefix} → {new.prefix}"
    yield from _more_and_less(old.words, new.words, "打开它的说法：增加{}", "打开它的说法：去掉{}")
    if old.administrator != new.administrator:
        yield f"流程管理员：{old.administrator or '通讯录里的管理员'} → {new.administrator or '通讯录里的管理员'}"
    for word in dict.fromkeys((*old.posts, *new.posts)):
        was, becomes = old.posts.get(word, word), new.posts.get(word, word)
        if was != becomes:
            yield f"“{word}”指的是：{was} → {becomes}"


def _fields(old: Sequence[Field], new: Sequence[Field]) -> Iterator[str]:
    before, after = ({one.id: one for one in some} for some in (old, new))
    for key, field in before.items():
        if key not in after:
            yield f"表单：去掉“{field.label}”"
    for key, field in after.items():
        if key not in before:
            yield f"表单：增加“{field.label}”（{_TYPES.get(field.type, field.type)}，{_must(field)}）"
        else:
            yield from _field(before[key], field)
    if [key for key in before if key in after] != [key for key in after if key in before]:
        yield "表单：各项的顺序变了"


def _must(field: Field) -> str:
    return "必填" if field.required else "选填"


def _field(old: Field, new: Field) -> Iterator[str]:
    said = f"表单“{old.label}”："
    if old.label != new.label:
        yield f"{said}改叫“{new.label}”"
    if old.type != new.type:
        yield f"{said}{_TYPES.get(old.type, old.type)} → {_TYPES.get(new.type, new.type)}"
    if old.required != new.required:
        yield f"{said}{_must(old)} → {_must(new)}"
    keys = dict.fromkeys((*old.options, *new.options))
    changed = [key for key in keys if old.options.get(key) != new.options.get(key)]
    for key in changed:
        was, becomes = old.options.get(key), new.options.get(key)
        yield said + (f"增加选项“{becomes}”" if not was else f"去掉选项“{was}”" if not becomes else
                      f"选项“{was}”改叫“{becomes}”")  # fmt: skip
    yield from _rest(old, new, _FIELD, said)


def _routes(old: Flow, new: Flow) -> Iterator[str]:
    names = (labels(old), labels(new))
    pairs = _paired(old.routes, new.routes)
    for was, becomes in pairs:
        if becomes is None:
            assert was is not None, "one of the two is there"
            yield f"去掉{_route(was, old.routes, names[0])}：{_steps(was, names[0])}"
        elif was is None:
            yield f"增加{_route(becomes, new.routes, names[1])}：{_steps(becomes, names[1])}"
        else:
            yield from _changed(was, becomes, (old, new), names)
    kept = [old.routes.index(was) for was, becomes in pairs if was and becomes]
    if kept != sorted(kept):
        yield "路线的先后顺序变了（从上往下，走第一条符合的）"


def _paired(old: Sequence[Route], new: Sequence[Route]) -> list[tuple[Route | None, Route | None]]:
    """Which route became which, in the new order: for whom and when are the same; else for whom; else it is new."""
    left = list(old)
    found: dict[int, Route] = {}
    for alike in (_key, lambda route: _key(route)[:2]):
        for place, route in enumerate(new):
            was = next((one for one in left if alike(one) == alike(route)), None)
            if was is not None and place not in found:
                left.remove(was)
                found[place] = was
    pairs: list[tuple[Route | None, Route | None]] = [(found.get(place), route) for place, route in enumerate(new)]
    return [*pairs, *((was, None) for was in left)]


def _key(route: Route) -> tuple[Any, ...]:
    return ("head" if route.applicant == "manager" else route.applicant, route.department, route.when)


def _changed(
    was: Route, becomes: Route, flows: tuple[Flow, Flow], names: tuple[Mapping[str, str], Mapping[str, str]]
) -> Iterator[str]:
    before, after = (_route(one, f.routes, n) for one, f, n in zip((was, becomes), flows, names, strict=True))
    said = f"{before}："
    if _key(was) != _key(becomes):
        yield f"{said}改为{after}"
    old, new = ([_step(word, n) for word in one.steps] for one, n in zip((was, becomes), names, strict=True))
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "replace":
            yield f"{said}{' → '.join(old[a:b])} 改为 {' → '.join(new[c:d])}"
        elif kind == "delete":
            yield f"{said}不再经 {' → '.join(old[a:b])}"
        elif kind == "insert":
            yield f"{said}还要经 {' → '.join(new[c:d])}（{f'在 {new[c - 1]} 之后' if c else '在最前面'}）"
    yield from _more_and_less(was.cc, becomes.cc, said + "增加抄送{}", said + "不再抄送{}")
    yield from _rest(was, becomes, _ROUTE, said)


def _route(route: Route, routes: Sequence[Route], names: Mapping[str, str]) -> str:
    said = "，".join(conditions_of(route, routes, names)).replace("，且 ", " 且 ")
    return f"路线“{said or '其他情况'}”" if said or len(routes) > 1 else "路线"


def _steps(route: Route, names: Mapping[str, str]) -> str:
    return " → ".join(_step(word, names) for word in route.steps)


def _step(word: StepWord, names: Mapping[str, str]) -> str:
    kind = "" if word.kind == "approve" else KINDS[word.kind]
    weights = "、".join(f"{weight:g}" for weight in word.weights)
    parts = (kind, mode_in_words(word, several=False), f"权重 {weights}" if weights else "")
    how = "，".join(part for part in parts if part)
    return step_label(word, names) + (f"（{how}）" if how else "")


def _policies(old: Flow, new: Flow) -> Iterator[str]:
    before, after = (tuple(policies_in_words(flow.policies)) for flow in (old, new))
    yield from (f"不再是：{said}" for said in before if said not in after)
    yield from (f"改为：{said}" for said in after if said not in before)
    yield from _rest(old.policies, new.policies, (*POLICIES, "hours"), "")


def _more_and_less(old: Iterable[str], new: Iterable[str], more: str, less: str) -> Iterator[str]:
    before, after = list(old), list(new)
    if added := "、".join(one for one in after if one not in before):
        yield more.format(f" {added}")
    if gone := "、".join(one for one in before if one not in after):
        yield less.format(f" {gone}")


def _rules(old: Flow, new: Flow) -> Iterator[str]:
    """Lead times, limits, the place that decides, who counts as a head."""
    before, after = ((*sentences(one, {}, labels(one)), *_place(one)) for one in (old, new))
    yield from _more_and_less(before, after, "规定：增加{}", "规定：去掉{}")
    yield from _more_and_less(old.heads, new.heads, "按部门负责人走路线：增加{}", "按部门负责人走路线：去掉{}")


def _place(flow: Flow) -> tuple[str, ...]:
    return (f"市内按 {flow.place.inside}、外地按 {flow.place.outside} 办理",) if flow.place else ()


def _rest(old: Any, new: Any, told: Sequence[str], said: str) -> Iterator[str]:
    """Whatever else the two consist of, by its key in the file."""
    for one in fields(old):
        was, becomes = getattr(old, one.name), getattr(new, one.name)
        if one.name not in told and was != becomes:
            yield f"{said}{one.name}：{_plainly(was)} → {_plainly(becomes)}"


def _plainly(value: Any) -> str:
    """A value as it might stand in the file."""
    if isinstance(value, Compare | Logic):
        return in_words(value, {})
    if is_dataclass(value):
        said = ((one.name, getattr(value, one.name)) for one in fields(value))
        return "，".join(f"{key} = {_plainly(part)}" for key, part in said if part not in (None, "", (), False))
    if isinstance(value, Mapping):
        return "，".join(f"{key} = {_plainly(part)}" for key, part in value.items()) or "（无）"
    if isinstance(value, tuple | list):
        return "；".join(map(_plainly, value)) or "（无）"
    return str(value) if value not in (None, "") else "（无）"
