"""Whether a form's values are such as its fields can have: asked before anything is filed, whoever filled it. Pure."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any, Final

from domain.approvals.flow import Field, Flow
from domain.approvals.rows import check_rows, possible, total_of
from domain.errors import FieldMissing, FieldWrong

STARTS: Final = {"上午": 9.0, "下午": 13.0}  # hours at which halves of a day begin and end
ENDS: Final = {"上午": 12.0, "下午": 18.0}


def missing(flow: Flow, values: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of required fields that have no value yet, in the form's order."""
    return tuple(field.id for field in flow.fields if field.required and values.get(field.id) in (None, "", []))


def check(flow: Flow, values: Mapping[str, Any]) -> None:
    """Raises FieldWrong for an option that is none, a number that is none or not above zero, a moment that no calendar
    has, an end before the start, a total that is not that of the rows; RowsWrong for rows; else FieldMissing
    (R-APR-3)."""
    for field in flow.fields:
        if field.type == "rows":
            check_rows(field, values.get(field.id))
        if field.total is not None and total_of(field, values) not in (None, values.get(field.id)):
            raise FieldWrong(field.id)
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
    if field.type == "moment":
        try:
            moment(str(value), STARTS)
        except ValueError:
            return False
    return possible(field, value)
