"""Domain values to the text of rows and back. Canonical JSON: sorted keys, UTF-8, no blanks."""

import re
from dataclasses import fields
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, get_args

import msgspec

from domain.approvals import events as e
from domain.approvals.case import Case

_KINDS: dict[str, type[Any]] = {
    re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower(): kind
    for kind in get_args(e.Event)  # StepOpened: step_opened
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_PAYLOAD = {kind: tuple(f.name for f in fields(kind) if f.name not in ("by", "at")) for kind in _NAMES}

canonical = msgspec.json.Encoder(order="sorted").encode  # the same value always gives the same bytes
_case = msgspec.json.Decoder(Case)


def to_ms(moment: datetime | None) -> int:
    """Milliseconds since 1970; 0 for None."""
    return 0 if moment is None else round(moment.timestamp() * 1000)


@lru_cache(4096)  # the shifts of thousands begin in the same minute
def from_ms(ms: int) -> datetime:
    """The aware moment (UTC)."""
    return datetime.fromtimestamp(ms / 1000, UTC)


def kind_of(event: e.Event) -> str:
    """The name of an event's kind, as it stands in its row."""
    return _NAMES[type(event)]


def payload_of(event: e.Event) -> bytes:
    """What the event says besides who and when, as canonical JSON."""
    return canonical({name: getattr(event, name) for name in _PAYLOAD[type(event)]})


def event_from(kind: str, actor: str, at_ms: int, payload: str) -> e.Event:
    """The event that a row tells of. Raises KeyError for a kind that this version does not know, and
    msgspec.ValidationError for a payload that no such event has."""
    said = {**msgspec.json.decode(payload), "by": actor, "at": from_ms(at_ms)}
    event: e.Event = msgspec.convert(said, _KINDS[kind])
    return event


def case_text(case: Case) -> str:
    """A case as canonical JSON."""
    return canonical(case).decode()


def case_from(text: str) -> Case:
    """The case that `case_text` wrote."""
    return _case.decode(text)
