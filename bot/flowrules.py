"""Reads the rules of a flow file: lead times, limits, the place that decides which flow it is."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from bot.flowforms import LeadPart, LimitPart, PlacePart
from bot.mistakes import near
from domain.approvals.condition_text import ConditionError, parse
from domain.approvals.flow import Field, Flow, Lead, Limit, Place, vocabulary
from domain.approvals.rules import EMERGENCY

Wrong = Callable[[tuple[str | int, ...], str], None]
_DAYS: Final = ("date", "moment")


def leads(parts: Iterable[tuple[int, LeadPart]], fields: tuple[Field, ...], wrong: Wrong) -> Iterator[Lead]:
    """The lead times; what is wrong with them is told to `wrong`."""
    words = vocabulary(fields)
    for at, one in enumerate(fields):
        if one.id == EMERGENCY and one.type != "textarea":
            wrong(("field", at, "type"), f'id = "{EMERGENCY}" 是紧急原因，type 要是 textarea')
    for place, part in parts:
        if (part.days is None) == (part.working_days is None):
            wrong(("lead", place), "days（自然日）和 working_days（工作日）要写一个，只写一个")
        try:
            when = parse(part.when, words) if part.when else None
        except ConditionError as error:
            wrong(("lead", place, "when"), str(error))
            continue
        field = _day(("lead", place, "field"), part.field, fields, wrong)
        yield Lead(days=part.days or part.working_days or 1, working=part.days is None, when=when, field=field)


def limits(parts: Iterable[tuple[int, LimitPart]], fields: tuple[Field, ...], wrong: Wrong) -> Iterator[Limit]:
    """The limits."""
    for place, part in parts:
        yield Limit(count=part.count, per=part.per, field=_day(("limit", place, "field"), part.field, fields, wrong))


def place(part: PlacePart | None, flow: str, fields: tuple[Field, ...], wrong: Wrong) -> Place | None:
    """The place that decides between this flow and another one."""
    if part is None:
        return None
    found = _field(part.field, fields)
    if found is None or found.type not in ("text", "textarea"):
        wrong(("place", "field"), f"“{part.field}”不是表单里的文字字段{_near(part.field, fields)}")
    if part.inside == part.outside or flow not in (part.inside, part.outside):
        wrong(("place",), f"inside 和 outside 要写两个不同的流程，其中一个是 {flow}")
    return Place(field=found.id if found else part.field, inside=part.inside, outside=part.outside)


def unknown_places(flows: Mapping[str, Flow]) -> Iterator[tuple[Flow, str, str]]:
    """Flows to which a place leads and which are not there: the flow, the key, what is wrong."""
    for flow in flows.values():
        for key in ("inside", "outside") if flow.place else ():
            other = getattr(flow.place, key)
            if other not in flows:
                yield flow, key, f"没有流程 {other}{near(other, flows)}"


def _day(where: tuple[str | int, ...], name: str, fields: tuple[Field, ...], wrong: Wrong) -> str:
    found = _field(name, fields)
    if found is None or found.type not in _DAYS:
        days = [one.id for one in fields if one.type in _DAYS]
        known = f"，日期字段有 {'、'.join(days)}" if days else "，这个流程没有日期字段"
        wrong(where, f"“{name}”不是表单里的日期{known}")
    return found.id if found else name


def _near(name: str, fields: tuple[Field, ...]) -> str:
    return near(name, [one.id for one in fields if one.type in ("text", "textarea")])


def _field(name: str, fields: tuple[Field, ...]) -> Field | None:
    return next((one for one in fields if name in (one.id, one.label)), None)
