"""The chain of a case's events: each row carries the hash of the one before and its own."""

from hashlib import sha256
from typing import Any

import msgspec

from domain.approvals.events import Event
from store.codec import canonical, kind_of, payload_of, to_ms


def event_row(number: str, seq: int, event: Event, cause: str, prev: str) -> dict[str, Any]:
    """The row of one event, with its hash."""
    payload = payload_of(event)
    row: dict[str, Any] = {
        "case_number": number,
        "seq": seq,
        "kind": kind_of(event),
        "actor": event.by,
        "at_ms": to_ms(event.at),
        "cause": cause,
        "prev": prev,
    }
    row["hash"] = _hash(row, payload)
    row["payload"] = payload.decode()
    return row


def row_hash(row: dict[str, Any]) -> str:
    """The hash that an event row must have, computed anew from what it says."""
    said = {key: row[key] for key in ("case_number", "seq", "kind", "actor", "at_ms", "cause", "prev")}
    return _hash(said, canonical(msgspec.json.decode(row["payload"])))


def _hash(said: dict[str, Any], payload: bytes) -> str:
    return sha256(canonical({**said, "payload": msgspec.Raw(payload)})).hexdigest()
