"""The form on a rich card, by the platform's form protocol (contract 4.11).

A moment is a DATE and beside it a SELECT for a half of the day, or a DATETIME where the draft speaks of the time of
day. People and files cannot be entered in the platform's forms: they are asked in the chat."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from cards.card import Frame
from cards.details import as_text, placeholder
from cards.phrases import HALVES
from domain.approvals.case import Case
from domain.approvals.flow import Field, Flow
from domain.approvals.rows import rows_of
from domain.approvals.values import Value

HALF: Final = "_half"  # start_half, end_half: the half of the day beside a date
_TYPES: Final = {
    "text": "TEXT",
    "textarea": "TEXT_AREA",
    "number": "NUMBER",
    "money": "NUMBER",
    "date": "DATE",
    "choice": "SELECT",
}
_FORMATS: Final = {"DATE": "YYYY-MM-DD", "DATETIME": "YYYY-MM-DD HH:mm"}


def draft_form(case: Case, flow: Flow, frame: Frame) -> list[dict[str, Any]]:
    """The flow's fields with what was understood filled in."""
    moments = [str(case.values.get(field.id, "")) for field in flow.fields if field.type == "moment"]
    timed = any(_time(said) for said in moments)
    form: list[dict[str, Any]] = []
    for field in flow.fields:
        said = case.values.get(field.id, "")
        if field.type == "moment":
            form += _moment(field, str(said), frame, timed=_time(str(said)) or (timed and not said))
        elif field.type == "rows":
            text = as_text(field, rows_of(said))
            hint = placeholder(field, frame)
            form.append({**_field(field, "TEXT_AREA", text, frame), "placeholder": hint, "maxRows": 12})
        elif field.type in _TYPES:
            form.append(_field(field, _TYPES[field.type], said, frame))
    return form


def decision_form(frame: Frame) -> list[dict[str, Any]]:
    """The reason of a rejection (R-APR-6) and a comment."""
    return [
        {"name": name, "label": frame.say(label), "type": "TEXT_AREA", "required": False, "maxRows": 4}
        for name, label in (("reason", "驳回理由（驳回时必填）"), ("text", "意见"))
    ]


def joined(form: Mapping[str, Value]) -> dict[str, Value]:
    """The values of a form with each half of a day put back beside its date: 2026-11-24 下午."""
    halves = {key.removesuffix(HALF): half for key, half in form.items() if key.endswith(HALF)}
    values = {key: said for key, said in form.items() if not key.endswith(HALF)}
    for key, half in halves.items():
        said = values.get(key)
        if isinstance(said, str) and said and " " not in said and half in HALVES:
            values[key] = f"{said} {half}"
    return values


def _time(said: str) -> bool:
    _, _, rest = said.partition(" ")
    return bool(rest) and rest not in HALVES


def _field(field: Field, kind: str, said: Value, frame: Frame) -> dict[str, Any]:
    more: dict[str, Any] = {"format": _FORMATS[kind]} if kind in _FORMATS else {}
    if kind == "SELECT":
        more["options"] = _options(field.options.items(), frame)
    return {
        "name": field.id,
        "label": frame.title(field.label),
        "type": kind,
        "required": field.required,
        "requiredMsg": frame.say("请填写{label}", label=frame.title(field.label)),
        "placeholder": frame.say(field.ask),
        "defaultValue": said,
        **more,
    }


def _moment(field: Field, said: str, frame: Frame, *, timed: bool) -> list[dict[str, Any]]:
    date, _, rest = said.partition(" ")
    if timed:
        return [_field(field, "DATETIME", said, frame)]
    half = {
        "name": field.id + HALF,
        "label": frame.say("{label}（半天）", label=frame.title(field.label)),
        "type": "SELECT",
        "required": False,
        "defaultValue": rest,
        "options": _options([("", "全天"), *((one, one) for one in HALVES)], frame),
    }
    return [_field(field, "DATE", date, frame), half]


def _options(pairs: Iterable[tuple[str, str]], frame: Frame) -> list[dict[str, str]]:
    return [{"value": key, "text": frame.title(label)} for key, label in pairs]
