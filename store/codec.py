"""Domain values to the text of rows and back. Canonical JSON: sorted keys, UTF-8, no blanks."""

from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import orjson

from domain.approvals import events as e
from domain.approvals.case import Case, Status, Task
from domain.approvals.route import Step

_KINDS: dict[str, type[Any]] = {
    "drafted": e.Drafted,
    "filled": e.Filled,
    "submitted": e.Submitted,
    "step_opened": e.StepOpened,
    "approved": e.Approved,
    "rejected": e.Rejected,
    "withdrawn": e.Withdrawn,
    "urged": e.Urged,
    "expired": e.Expired,
    "finished": e.Finished,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_PAYLOAD = {kind: tuple(f.name for f in fields(kind) if f.name not in ("by", "at")) for kind in _NAMES}


def to_ms(moment: datetime | None) -> int:
    """Milliseconds since 1970; 0 for None."""
    return 0 if moment is None else round(moment.timestamp() * 1000)


def from_ms(ms: int) -> datetime:
    """The aware moment (UTC)."""
    return datetime.fromtimestamp(ms / 1000, UTC)


def canonical(value: Any) -> bytes:
    """Canonical JSON: the same value always gives the same bytes."""
    return orjson.dumps(value, _as_dict, _CANONICAL)


_CANONICAL = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS  # orjson sorts the keys of dicts only


def _as_dict(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def kind_of(event: e.Event) -> str:
    """The name of an event's kind, as it stands in its row."""
    return _NAMES[type(event)]


def payload_of(event: e.Event) -> bytes:
    """What the event says besides who and when, as canonical JSON."""
    return canonical({name: getattr(event, name) for name in _PAYLOAD[type(event)]})


def event_from(kind: str, actor: str, at_ms: int, payload: str) -> e.Event:
    """The event that a row tells of. Raises KeyError for a kind that this version does not know."""
    data = orjson.loads(payload)
    for name, read in _READERS.items():
        if name in data:
            data[name] = read(data[name])
    event: e.Event = _KINDS[kind](by=actor, at=from_ms(at_ms), **data)
    return event


def case_text(case: Case) -> str:
    """A case as JSON (dataclasses, times and enums as orjson writes them)."""
    return orjson.dumps(case, option=orjson.OPT_SORT_KEYS).decode()


def case_from(text: str) -> Case:
    """The case that `case_text` wrote."""
    data = orjson.loads(text)
    data["status"] = Status(data["status"])
    for name in ("created_at", "submitted_at", "closed_at", "urged_at"):
        data[name] = _moment(data[name])
    data["tasks"] = tuple(_task(task) for task in data["tasks"])
    for name, read in _READERS.items():
        if name in data:
            data[name] = read(data[name])
    return Case(**data)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _task(data: dict[str, Any]) -> Task:
    data["since"], data["at"] = _moment(data["since"]), _moment(data["at"])
    return Task(**data)


def _steps(data: list[dict[str, Any]]) -> tuple[Step, ...]:
    for step in data:
        step["people"] = tuple(step["people"])
    return tuple(Step(**step) for step in data)


_READERS: dict[str, Any] = {"steps": _steps, "cc": tuple, "rules": tuple, "notes": tuple}
