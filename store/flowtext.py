"""A flow as the text of a row, and back: every value of it by name, so that versions outlive changes of its shape."""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Final, get_args, get_type_hints

import msgspec

from domain.approvals.flow import Flow
from store.codec import canonical

_KIND: Final = "is"  # names the class: `Compare` and `Logic` have the same fields of different meaning


def flow_text(flow: Flow) -> str:
    """A flow as canonical JSON."""
    return canonical(_plain(flow)).decode()


def flow_from(text: str) -> Flow:
    """The flow that `flow_text` wrote, perhaps an earlier version of this program: what it did not know has its
    default, what it alone knew is left out. Raises ValueError for what cannot be a flow any more."""
    found = _value(msgspec.json.decode(text))
    if not isinstance(found, Flow):
        raise ValueError("no flow")
    return found


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {_KIND: type(value).__name__, **{one.name: _plain(getattr(value, one.name)) for one in fields(value)}}
    if isinstance(value, Decimal):
        return {_KIND: "Decimal", "value": str(value)}
    if isinstance(value, Mapping):
        return {_KIND: "", "pairs": [[key, _plain(one)] for key, one in value.items()]}  # keeps their order
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _value(data: Any) -> Any:
    if isinstance(data, list):
        return tuple(_value(one) for one in data)
    if not isinstance(data, dict):
        return data
    kind = data.get(_KIND)
    if kind == "":
        return {key: _value(one) for key, one in data["pairs"]}
    if kind == "Decimal":
        return Decimal(data["value"])
    found = _kinds().get(str(kind))
    if found is None:
        raise ValueError(f"no part of a flow is called {kind}")
    known = {one.name: one for one in fields(found)}
    said = {key: _value(one) for key, one in data.items() if key in known}
    if lacking := [name for name, one in known.items() if name not in said and _needed(one)]:
        raise ValueError(f"{kind} lacks {', '.join(lacking)}")
    return found(**said)


def _needed(field: Any) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


@cache
def _kinds() -> dict[str, type[Any]]:
    """Every class that a flow consists of, by name."""
    found: dict[str, type[Any]] = {}
    waiting: list[type[Any]] = [Flow]
    while waiting:
        kind = waiting.pop()
        if found.setdefault(kind.__name__, kind) is not kind:
            raise TypeError(f"two parts of a flow are called {kind.__name__}")
        parts = {part for hint in get_type_hints(kind).values() for part in _classes(hint)}
        waiting += [part for part in parts if part not in found.values()]
    return found


def _classes(hint: Any) -> Iterator[type[Any]]:
    if isinstance(hint, type) and is_dataclass(hint):
        yield hint
    for part in get_args(hint):
        yield from _classes(part)
