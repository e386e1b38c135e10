"""What was understood of one message: the fields and conventions that `./nod understand` prints."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A length as it was said; unit: day, hour, minute, week. 半天 is 0.5 day."""

    value: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One thing that can be meant: `label` for a button, `words` that as an answer say exactly that, of which slot."""

    label: str
    words: str
    slot: str = "start"


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """One message read alone. Times are local ISO texts: whole days `YYYY-MM-DD`, else `YYYY-MM-DDTHH:MM`.

    `missing`: required slots without a usable value; `ask_why`: what must be asked before anything can be confirmed;
    `must_reject`: this is no request. `assumptions` are Chinese sentences that a person can check.
    `readings`: what an `ambiguous` time can mean, three at most, and the types of 年假或者事假. `impossible`: the words
    for a day or a time that there is not, as typed."""

    kind: str = "unknown"
    leave_type: str | None = None
    start: str | None = None
    end: str | None = None
    half: str | None = None
    duration: Duration | None = None
    workdays: float | None = None
    reason: str | None = None
    place: str | None = None
    amount: float | None = None
    punch: str | None = None
    missing: tuple[str, ...] = ()
    must_ask: bool = False
    ask_why: tuple[str, ...] = ()
    must_reject: bool = False
    reject_why: str | None = None
    assumptions: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    impossible: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The fields as JSON-able values."""
        return asdict(self)
