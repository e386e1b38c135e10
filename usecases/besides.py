"""What an answer says besides what was asked for: 采购合同，公章，三份. Pure."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from domain.approvals.flow import Field, Flow
from domain.approvals.values import Value
from language import understand
from language.about import times
from usecases.filling import TEXTS, TIMES, UNITS, answered, said_of
from usecases.ports import World
from usecases.values import values_of

_COUNT: Final = r"(?:\d+|[一二两三四五六七八九十]+)"


def besides(
    flow: Flow, asked: Field, text: str, have: Mapping[str, Value], said_at: datetime, by: str, world: World
) -> tuple[dict[str, Value], str]:  # fmt: skip
    """What an answer says of other fields that are empty still, and its words for the field that was asked for.

    Free words are the answer, but for pieces that are plainly something else: 采购合同，公章，三份."""
    others = [field for field in flow.fields if field is not asked and not have.get(field.id)]
    found: dict[str, Value] = {}
    whole = next((field for field in others if _is_only(field, text)), None)
    if asked.type not in (*TEXTS, *TIMES, "money") and whole is not None and whole.type in (*TIMES, "money"):
        value = answered(whole, text, said_at, by, world)
        return ({} if value is None else {whole.id: value} | _span(flow, text, said_at, world)), ""
    if asked.type not in TEXTS:
        for field in others:
            plain = field.type in ("choice", "person", "departments") or (
                field.type == "number" and asked.type in TIMES
            )
            if plain and (said := said_of(flow, field, text, said_at, by, world)) not in (None, "", []):
                found[field.id] = said
        return found | (_span(flow, text, said_at, world) if asked.id == "start" else {}), text
    left: list[str] = []
    for piece in re.split(r"[,，;；\n]", text):
        one = next((field for field in others if field.id not in found and _is_only(field, piece)), None)
        value = answered(one, piece, said_at, by, world) if one else None
        if one is None or value is None:
            left.append(piece)
        else:
            found |= {one.id: value} | (_span(flow, piece, said_at, world) if one.id == "start" else {})
    return found, "，".join(left) if found else text


def _is_only(field: Field, piece: str) -> bool:
    """Whether the piece is plainly a value of this field, and nothing else."""
    said = piece.strip(" 。.吧")
    match field.type:
        case "choice":
            return said.removeprefix("用") in field.options.values()
        case "number":
            unit = UNITS.get(field.label[-2:-1], field.label[-2:-1]) if field.label.endswith("数") else ""
            return bool(unit) and re.fullmatch(rf"(?:一式|一共)?{_COUNT}\s?个?(?:{unit})", said) is not None
        case "money":
            return (
                re.fullmatch(r"(?:大概|预算|大约|约)?\s?[¥￥]?\d[\d,.]*\s?万?(?:元|块钱?)(?:左右)?", said) is not None
            )
        case "date" | "moment":
            return field.id == "start" and [said.removeprefix("从")] == times(said)
    return False


def _span(flow: Flow, text: str, said_at: datetime, world: World) -> dict[str, Value]:
    """Start and end, where a form that asks for both hears both."""
    if {field.type for field in flow.fields if field.id in ("start", "end")} != {"moment"}:
        return {}
    values = values_of(understand(text, said_at, kind="outing", workdays=world.workdays, day=said_at.date()), flow)
    return {key: value for key, value in values.items() if key == "end"}
