"""What somebody may want of a case; whether it follows is decided in case.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from domain.approvals.events import Value
from domain.approvals.route import Plan

Verdict = Literal["approved", "rejected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """Fill or correct fields of a draft."""

    by: str
    values: Mapping[str, Value]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit:
    """File the draft along this plan."""

    by: str
    plan: Plan
    flow_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """Say yes or no to a step; `step` None means the one at which the person is asked now."""

    by: str
    step: str | None
    verdict: Verdict
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    """Take back one's own draft or running case."""

    by: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Urge:
    """Nudge whoever is awaited; at most once an hour a case."""

    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Expire:
    """A day has passed over a draft."""


Command = Fill | Submit | Decide | Withdraw | Urge | Expire
