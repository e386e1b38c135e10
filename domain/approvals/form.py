"""Whether a form's values are such as its fields can have: asked before anything is filed, whoever filled it. Pure."""

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from domain.approvals.flow import NUMBERS, Field, Flow
from domain.errors import FieldMissing, FieldWrong

STARTS: Final = {"上午": 9.0, "下午": 13.0}  # hours at which halves of a day begin and end
ENDS: Final = {"上午": 12.0, "下午": 18.0}
_MOST: Final = 10**9


def missing(flow: Flow, values: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of required fields that have no value yet, in the form's order."""
    return tuple(field.id for field in flow.fields if field.required and values.get(field.id) in (None, ""))


def check(flow: Flow, values: Mapping[str, Any]) -> None:
    """Raises FieldWrong for an option that is none, a number that is none or not above zero, a moment that no calendar
    has, an end before the start; else FieldMissing (R-APR-3)."""
    for field in flow.fields:
        if values.get(field.id) not in (None, "", []) and not _possible(field, values[field.id]):
            raise FieldWrong(field.id)
    if {"start", "end"} <= {field.id for field in flow.fields if field.type == "moment" and values.get(field.id)}:
        start, begin = moment(str(values["start"]), STARTS)
        end, stop = moment(str(values["end"]), ENDS)
        if (end, stop or 24) <= (start, begin or 0):
            raise FieldWrong("end")
    for field_id in missing(flow, values):
        raise FieldMissing(field_id)


def moment(text: str, halves: Mapping[str, float]) -> tuple[date, float | None]:
    """A day, and the hour at which it begins or ends there (None: the whole day). Raises ValueError."""
    day, _, rest = text.partition(" ")
    if not rest:
        return date.fromisoformat(day), None
    if rest in halves:
        return date.fromisoformat(day), halves[rest]
    clock = time.fromisoformat(rest)
    return date.fromisoformat(day), clock.hour + clock.minute / 60


def _possible(field: Field, value: Any) -> bool:
    try:
        if field.type == "choice":
            return value in field.options
        if field.type in NUMBERS:
            return 0 < Decimal(str(value)) < _MOST
        if field.type == "date":
            date.fromisoformat(str(value))
        elif field.type == "moment":
            moment(str(value), STARTS)
    except (ValueError, TypeError, InvalidOperation):
        return False
    return True
