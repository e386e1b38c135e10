"""Who sits in for whom: deputies whom people name for a while (委托), and people on approved leave. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Standin:
    """`deputy` decides for `person` from `start` until before `end`: only cases of the `flows` (none: of all) in which
    no sum is above `most`.

    `case` is the approved leave that it comes from, then `deputy` may be "": nobody was named; without a case it is
    what the person said (委托). The one `made` last counts first."""

    id: str
    person: str
    deputy: str
    start: datetime
    end: datetime
    made: datetime
    flows: tuple[str, ...] = ()
    most: Decimal | None = None
    case: str = ""

    def covers(self, flow: str, sums: Iterable[Decimal | None], at: datetime) -> bool:
        """Whether it holds now, for a case of this flow with these sums (None: one that cannot be read)."""
        if not self.start <= at < self.end or (self.flows and flow not in self.flows):
            return False
        return self.most is None or all(one is not None and one <= self.most for one in sums)

    def ended(self, at: datetime) -> "Standin":
        """The same, over now."""
        return replace(self, end=min(self.end, at))


Known = Callable[[tuple[str, ...]], Iterable[Standin]]  # what these people have said or filed, and is not over


def closes_a_circle(new: Standin, known: Known) -> bool:
    """Whether cases would come back to the person through deputies of deputies, at some moment and for some flow."""
    ways, seen = [new], set()
    while ways:
        way = ways.pop()
        if way.deputy == new.person:
            return True
        here = way.deputy, way.start, way.end, way.flows  # for another period the same person is another way
        if here not in seen:
            seen.add(here)
            ways += [both for row in known((way.deputy,)) if row.deputy and (both := _both(way, row)) is not None]
    return False


def _both(way: Standin, row: Standin) -> Standin | None:
    """The next deputy on the way, for what is covered all along; None where that is nothing."""
    start, end = max(way.start, row.start), min(way.end, row.end)
    flows = tuple(one for one in way.flows if not row.flows or one in row.flows) if way.flows else row.flows
    if start >= end or (way.flows and row.flows and not flows):
        return None
    return replace(row, start=start, end=end, flows=flows)
