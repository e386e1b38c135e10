"""What words say about the fields of any form: dates, money, names, choices, departments, the thing itself. Pure."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final

from domain.approvals.flow import Field, Flow
from domain.approvals.values import Value
from domain.errors import OfficeError
from domain.people import Organization
from language import understand
from language.about import counted as counted_of
from language.about import phrase, thing, times, uncounted
from language.english import speaks
from language.naming import bare, holds
from language.numerals import number
from usecases.naming import anybody, people_in
from usecases.ports import World
from usecases.values import KINDS, values_of

TEXTS: Final = ("text", "textarea")
TIMES: Final = ("date", "moment")
THING: Final = ("items", "document", "subject", "position", "customers", "guests", "party")  # what it is all about
_ONLY_SAID: Final = ("guests", "party")  # whom the sentence names as such; anything else would be a guess
_NOT_BUT: Final = re.compile(r"不是\s*([^,，。]{1,20}?)[,，。\s]*(?:而是|应该是|是)\s*([^,，。]{1,30}?)[。.了吧\s]*")
_EACH: Final = re.compile(
    r"单价|每(?!天|月|年|次)[\u4e00-\u9fff]{1,2}\s*[\d¥]|\d\s*(?:元|块)?钱?\s*[一/每][台个把件套箱只本张份支]|\beach\b|\bper\b"
)
_HALVES: Final = {"am": "上午", "pm": "下午"}
_CALLED: Final = {"reason": ("备注", "说明", "事由", "理由", "原因"), "cc": ("抄送人", "抄送给", "抄送")}
_ERRAND: Final = r"(?<=..)(?=[接拉送取看办谈见]|开会|参加)"  # 工厂拉样品
_BY: Final = r"(?<=[号日天一二三四五六])(?:之?前|以前)"
UNITS: Final = {"人": "人|名|位|个(?!月|小时)"}  # what is counted, by the character before 数 in the label
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?|[半一二两三四五六七八九十百]+")
_MOST: Final = 10**9


def told(flow: Flow, text: str, said_at: datetime, by: str, world: World) -> dict[str, Value]:
    """What a whole message says about the form of a flow that the language does not know by itself."""
    if any(bare(text, name) for name in (flow.title, *flow.words)):
        return {}
    day = said_at.date()
    reading = understand(_plain_days(flow, text), said_at, kind="outing", workdays=world.workdays, day=day)
    values = values_of(reading, flow)
    found: dict[str, Value] = {}
    for field in flow.fields:
        said = said_of(flow, field, text, said_at, by, world)
        if field.id in values and field.type in TIMES:
            said = _shaped(field, str(values[field.id]))
        if said not in (None, "", []):
            found[field.id] = said
    found |= _named(flow, text, said_at, by, world)
    if "place" in values and "place" in {field.id for field in flow.fields}:
        found.setdefault("place", re.split(_ERRAND, str(values["place"]))[0])
    fields = {field.id for field in flow.fields if field.type in TIMES}
    if (
        {"start", "end"} <= fields
        and "place" in found
        and "reason" in values
        and not _calls(flow, str(values["reason"]))
    ):
        found.setdefault("reason", values["reason"])
    if "start" in fields and "start" not in found:
        found |= _first_time(flow, text, said_at, by, world)
    return found | _thing(flow, text, found, world)


def _first_time(flow: Flow, text: str, said_at: datetime, by: str, world: World) -> dict[str, Value]:
    """The first time that the sentence names, for the form's start, where the language saw in it no span."""
    field = next(field for field in flow.fields if field.id == "start")
    for said in times(text):
        reading = understand(said, said_at, kind="outing", workdays=world.workdays, day=said_at.date())
        if "start" in (values := values_of(reading, flow)):
            return {"start": _shaped(field, str(values["start"]))}
    return {}


def chosen(flow: Flow, text: str) -> dict[str, Value]:
    """The options that the words name once, of choices that the language does not know: 报销差旅费."""
    found: dict[str, Value] = {}
    for field in flow.fields:
        if field.type == "choice" and field.id not in ("leave_type", "punch"):
            said = [key for key, label in field.options.items() if len(label) > 1 and label in text]
            found |= {field.id: said[0]} if len(said) == 1 else {}
    return found


def _plain_days(flow: Flow, text: str) -> str:
    """Of a form with one day, 到12月1日 and 12月5号前 say that day."""
    if any(field.id == "end" for field in flow.fields):
        return text
    return re.sub(rf"[到至](?=\s?(?:\d|下|本周|这周|周|明|后天))|{_BY}", " ", text)


def said_of(flow: Flow, field: Field, text: str, said_at: datetime, by: str, world: World) -> Value | None:
    """What may be taken from anywhere in a sentence."""
    match field.type:
        case "money" if field.id == "amount":
            return _sum(text, said_at, world)
        case "number" if field.label.endswith("数") and field.id != "days":
            return counted_of(text, UNITS.get(field.label[-2], field.label[-2]))
        case "choice":
            return next((key for key, label in field.options.items() if len(label) > 1 and label in text), None)
        case "person":
            return next((one for one in anybody(text, world.organization) if one != by), None)
        case "departments":
            return list(_departments(text, world.organization))
        case "text" | "textarea":
            said = phrase(field.id, text)
            return None if said and _calls(flow, said) and field.id == "reason" else said
    return None


def _sum(text: str, said_at: datetime, world: World) -> float | None:
    """The sum of money: a number that is no count, or one in words."""
    if not re.search(r"\d|[一二两三四五六七八九十][百千万]|[一二两三四五六七八九十百千万]+(?:元|块)", text):
        return None
    if _EACH.search(text):
        return None  # the price of one is no sum: it is asked for
    plain = understand(uncounted(text), said_at, kind="expense", workdays=world.workdays)
    return plain.amount


def _named(flow: Flow, text: str, said_at: datetime, by: str, world: World) -> dict[str, Value]:
    """What stands behind the name of its field: 供应商：恒达, 最后工作日12月31日, 主题是采购新产线."""
    found: dict[str, Value] = {}
    for field in flow.fields:
        loose = "" if field.type in (*TIMES, "number", "money") else r"(?:是|为|[:：])"
        said = re.search(rf"(?:^|[,，;；。\s]){re.escape(field.label)}{loose}[是为:：\s]*([^,，;；。\n]+)", text)
        if said is None or field.type in ("people", "attachments", "rows"):
            continue
        try:
            value = answered(field, said[1], said_at, by, world)
        except OfficeError:
            continue
        if value is not None:
            found[field.id] = value
    return found


def _calls(flow: Flow, text: str) -> list[str]:
    """The words by which this text calls the flow, or by which it is wanted."""
    names = [name for name in (flow.title, *flow.words) if name in text]
    return names or [part for want in flow.wants for part in re.split("[*#¥]", want) if holds(want, text)]


def _thing(flow: Flow, text: str, found: Mapping[str, Value], world: World) -> dict[str, Value]:
    """What is wanted, for the field that says so, where the sentence says more than the flow's name."""
    fields = [field for field in flow.fields if field.id in THING and field.type in TEXTS]
    about = next((field for field in fields if field.id not in _ONLY_SAID), None)
    if about is None or about.id in found:
        return {}
    labels = [label for field in flow.fields for label in field.options.values()]
    said = [str(value) for value in found.values() if isinstance(value, str)]
    said += [one for value in found.values() if isinstance(value, list) for one in value if isinstance(one, str)]
    said += _departments(text, world.organization)
    value = thing(text, [*_calls(flow, text), *labels, *said], counted=about.id == "items")
    return {about.id: value} if value else {}


def answered(
    field: Field, text: str, said_at: datetime, by: str, world: World, have: Mapping[str, Value] | None = None
) -> Value | None:  # fmt: skip
    """The words as the value of the field that was asked for; None if they are none. A time without a day is of the
    day at which the form `have` begins. Raises NameUnknown and NameAmbiguous for people."""
    said = text.strip()
    match field.type:
        case "text" | "textarea":
            return said or None
        case "choice":
            return _chosen(field, said)
        case "number":
            return _number(said)
        case "money":
            if _EACH.search(said):
                return None
            said = uncounted(said)
            amount = understand(said, said_at, kind="expense", workdays=world.workdays).amount
            return amount if amount is not None else _number(said)
        case "date" | "moment":
            begins = str((have or {}).get("start") or "")[:10]
            day = date.fromisoformat(begins) if re.fullmatch(r"\d{4}-\d\d-\d\d", begins) else None
            reading = understand(said, said_at, kind="outing", workdays=world.workdays, day=day)
            start = reading.start
            if start and reading.half and field.type == "moment":
                return f"{start[:10]} {_HALVES[reading.half]}"
            return _shaped(field, start.replace("T", " ")) if start else None
        case "person":
            return people_in(said, world.organization)[0][0]
        case "people":
            return list(people_in(said, world.organization)[0])
        case "departments":
            return list(_departments(said, world.organization)) or None
    return None


def labelled(
    flow: Flow, text: str, said_at: datetime, by: str, world: World, have: Mapping[str, Value] | None = None
) -> dict[str, Value]:  # fmt: skip
    """Corrections that name the field: 金额改成 200，用途：开会, 把份数改为 5."""
    found: dict[str, Value] = {}
    for field, said in _labels(flow, text, world):
        value = answered(field, said[1], said_at, by, world, have)
        if value is not None:
            found.setdefault(field.id, value)
    return found or _not_but(flow, text, said_at, by, world, have or {})


def _not_but(
    flow: Flow, text: str, said_at: datetime, by: str, world: World, have: Mapping[str, Value]
) -> dict[str, Value]:  # fmt: skip
    """不是500，是600: the field that says the one says the other."""
    said = _NOT_BUT.fullmatch(text.strip())
    for field in flow.fields if said else ():
        try:
            if said and have.get(field.id) and answered(field, said[1], said_at, by, world, have) == have[field.id]:
                value = answered(field, said[2], said_at, by, world, have)
                return {} if value is None else {field.id: value}
        except OfficeError:
            continue
    return {}


def unlabelled(flow: Flow, text: str, world: World) -> str:
    """The text without what is said of fields by their names."""
    for _, said in _labels(flow, text, world):
        text = text.replace(said[0], " ")
    return text


def _labels(flow: Flow, text: str, world: World) -> Iterator[tuple[Field, re.Match[str]]]:
    """The fields that the text names and says something of."""
    sums = [field.id for field in flow.fields if field.type == "money"]
    days = [field.id for field in flow.fields if field.type in TIMES]
    tongue = world.tongues.get("en") if speaks(text) else None
    for field in flow.fields:
        names = [field.label, *_CALLED.get(field.id, ())]
        names += [field.label.removesuffix("金额") or field.label, *(["金额"] if sums == [field.id] else [])]
        names += ["日期", "时间"] if days == [field.id] else []
        names += [tongue.gettext(name) for name in names if name] if tongue is not None else []
        either = "|".join(re.escape(name) for name in sorted(set(names), key=len, reverse=True))
        said = re.search(
            rf"(?:^|[,，;；。\s]|把|将)(?:{either})\s*(?:应该|要)?"
            r"(?:改成|改为|改到|换成|换为|写成|写|填|定在|是|为|should be|is\b|was\b|to\b|[:：])\s*([^,，;；。\n]+)",
            text,
            re.I,
        )
        if said is not None and field.type != "attachments":
            yield field, said


def knows(flow: Flow) -> str | None:
    """The kind of request that the language knows this flow as, or None."""
    return next((kind for kind, flow_id in KINDS.items() if flow_id == flow.id), None)


def _shaped(field: Field, said: str) -> str:
    return said[:10] if field.type == "date" else said


def _chosen(field: Field, said: str) -> str | None:
    """By label, by id, by a part of the label, or by its place in the list."""
    for key, label in field.options.items():
        if label in said or key == said:
            return key
    part = [key for key, label in field.options.items() if len(said) > 1 and said in label]
    if len(part) == 1:
        return part[0]
    by_id = [
        key for key in field.options if re.search(rf"\b{re.escape(key).replace('_', '.')}\b", said, re.I | re.ASCII)
    ]
    if len(by_id) == 1:
        return by_id[0]
    place = int(said) if said.isdecimal() and len(said) < 3 else 0
    return list(field.options)[place - 1] if 0 < place <= len(field.options) else None


def _number(said: str) -> float | int | None:
    found = _NUMBER.search(said)
    if found is None:
        return None
    count = number(found[0])
    if count is None or not 0 < count < _MOST:
        return None
    return int(count) if count == int(count) else count


def _departments(text: str, organization: Organization) -> tuple[str, ...]:
    """Departments that are named, the longest names first."""
    names = sorted({one.name for one in organization.departments.values()}, key=len, reverse=True)
    found: list[str] = []
    left = text
    for name in names:
        if name in left:
            found.append(name)
            left = left.replace(name, " ")
    return tuple(sorted(found, key=text.index))
