"""What words say about the fields of any form: dates, money, names, choices, departments, the thing itself. Pure."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from domain.approvals.flow import Field, Flow
from domain.approvals.values import Value
from domain.people import Organization
from language import understand
from language.naming import rest
from language.numerals import number
from usecases.naming import anybody, people_in
from usecases.ports import World
from usecases.values import KINDS, values_of

TEXTS: Final = ("text", "textarea")
TIMES: Final = ("date", "moment")
THING: Final = ("items", "document", "subject", "position", "customers", "guests", "party")  # what it is all about
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?|[半一二两三四五六七八九十百]+")
_MOST: Final = 10**9


def told(flow: Flow, text: str, said_at: datetime, by: str, world: World) -> dict[str, Value]:
    """What a whole message says about the form of a flow that the language does not know by itself."""
    reading = understand(text, said_at, kind="outing", workdays=world.workdays)
    values = values_of(reading, flow)
    found: dict[str, Value] = {}
    for field in flow.fields:
        said = _told(field, text, said_at, by, world)
        if field.id in values and field.type in TIMES:
            said = _shaped(field, str(values[field.id]))
        if said not in (None, "", []):
            found[field.id] = said
    if "place" in values and "place" in {field.id for field in flow.fields}:
        found["place"] = values["place"]
    return found | _thing(flow, text, found)


def _told(field: Field, text: str, said_at: datetime, by: str, world: World) -> Value | None:
    """What may be taken from anywhere in a sentence."""
    match field.type:
        case "money" if field.id == "amount" and re.search(r"\d|[一二两三四五六七八九十百千万]+(?:元|块)", text):
            return understand(text, said_at, kind="expense", workdays=world.workdays).amount
        case "choice":
            return next((key for key, label in field.options.items() if len(label) > 1 and label in text), None)
        case "person":
            return next((one for one in anybody(text, world.organization) if one != by), None)
        case "departments":
            return list(_departments(text, world.organization))
    return None


def _thing(flow: Flow, text: str, found: Mapping[str, Value]) -> dict[str, Value]:
    """The sentence itself, for the field that says what is wanted, when it says more than the flow's name."""
    said = rest(text)
    names = (flow.title, *flow.words)
    if any(said == name or said == f"{name}申请" for name in names) or len(said) < 4:
        return {}
    about = next((field for field in flow.fields if field.id in THING and field.type in TEXTS), None)
    return {about.id: said} if about is not None and about.id not in found else {}


def answered(field: Field, text: str, said_at: datetime, by: str, world: World) -> Value | None:
    """The words as the value of the field that was asked for; None if they are none. Raises NameUnknown and
    NameAmbiguous for people."""
    said = text.strip()
    match field.type:
        case "text" | "textarea":
            return said or None
        case "choice":
            return _chosen(field, said)
        case "number":
            return _number(said)
        case "money":
            amount = understand(said, said_at, kind="expense", workdays=world.workdays).amount
            return amount if amount is not None else _number(said)
        case "date" | "moment":
            reading = understand(said, said_at, kind="outing", workdays=world.workdays)
            start = reading.start
            return _shaped(field, start.replace("T", " ")) if start else None
        case "person":
            return people_in(said, world.organization)[0][0]
        case "people":
            return list(people_in(said, world.organization)[0])
        case "departments":
            return list(_departments(said, world.organization)) or None
    return None


def labelled(flow: Flow, text: str, said_at: datetime, by: str, world: World) -> dict[str, Value]:
    """Corrections that name the field: 金额改成 200，用途：开会."""
    found: dict[str, Value] = {}
    sums = [field.id for field in flow.fields if field.type == "money"]
    for field in flow.fields:
        short = "金额" if sums == [field.id] else field.label.removesuffix("金额") or field.label
        for name in dict.fromkeys((field.label, field.label.removesuffix("金额") or field.label, short)):
            said = re.search(
                rf"(?:^|[,，;；。\s]){re.escape(name)}(?:改成|改为|换成|写成|写|是|为|[:：])\s*([^,，;；。\n]+)", text
            )
            value = answered(field, said[1], said_at, by, world) if said else None
            if value is not None:
                found[field.id] = value
                break
    return found


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
