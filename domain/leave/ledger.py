"""The leave ledger: entries that move an amount from one account to another; accounts are read by summing. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Account = Literal["granted", "opening", "comp", "available", "reserved", "taken", "expired"]
SOURCES: Final[tuple[Account, ...]] = ("granted", "opening", "comp")  # where what can be taken comes from


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`amount` thousandths (above zero) leave the account `source` of a person and type and enter `target`.

    `day`: from when what is granted counts, or on which leave is taken. `expires`: its last day. `case`: the case that
    it belongs to; `by`: who entered it, "" is the system."""

    id: str
    person: str
    type: str
    day: date
    source: Account
    target: Account
    amount: int
    expires: date | None = None
    case: str = ""
    by: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a case takes of one type, day by day, in thousandths."""

    type: str
    days: Mapping[date, int]

    @property
    def amount(self) -> int:
        """All of it."""
        return sum(self.days.values())


def sums(entries: Iterable[Entry]) -> dict[Account, int]:
    """What stands in each account; all of them together are zero."""
    found: dict[Account, int] = defaultdict(int)
    for one in entries:
        found[one.source] -= one.amount
        found[one.target] += one.amount
    return dict(found)


def used(entries: Iterable[Entry], *, but: str = "") -> dict[tuple[date, str], int]:
    """What is reserved or taken, by day and case; without the case `but`."""
    found: dict[tuple[date, str], int] = defaultdict(int)
    for one in entries:
        if one.case and one.case != but and one.source not in SOURCES:
            for account, sign in ((one.source, 1), (one.target, -1)):
                found[one.day, one.case] += sign * one.amount if account == "available" else 0
    return {key: amount for key, amount in found.items() if amount}


Held = Literal["", "reserved", "taken"]


def moved(
    entries: Iterable[Entry], *, person: str, case: str, version: int, parts: Parts | None, state: Held, words: str = ""
) -> tuple[Entry, ...]:  # fmt: skip
    """The entries that bring the case to where it stands: its parts `reserved` while it runs, `taken` once it is
    approved, else given back. Of what it holds already nothing is moved twice; `version` is the case's."""
    have: dict[tuple[str, date], dict[Account, int]] = defaultdict(lambda: defaultdict(int))
    for one in entries:
        if one.case == case and one.source not in SOURCES:
            have[one.type, one.day][one.source] -= one.amount
            have[one.type, one.day][one.target] += one.amount
    wanted = {(parts.type, day): amount for day, amount in parts.days.items()} if parts and state else {}
    found: list[Entry] = []
    for kind, day in sorted({*have, *wanted}):
        goal: dict[Account, int] = {"reserved": 0, "taken": 0}
        if state:
            goal[state] = wanted.get((kind, day), 0)
        change = {account: goal[account] - have[kind, day][account] for account in goal}
        change["available"] = -sum(change.values())
        for source, target, amount in _transfers(change):
            found.append(Entry(
                id=f"{case}:{version}:{kind}:{day.isoformat()}:{source}:{target}", person=person, type=kind, day=day,
                source=source, target=target, amount=amount, case=case, words=words,
            ))  # fmt: skip
    return tuple(found)


def _transfers(change: Mapping[Account, int]) -> list[tuple[Account, Account, int]]:
    """The fewest moves that change the accounts so."""
    left, found = dict(change), []
    for source in left:
        for target in left:
            amount = min(-left[source], left[target])
            if amount > 0:
                found.append((source, target, amount))
                left[source] += amount
                left[target] -= amount
    return found
