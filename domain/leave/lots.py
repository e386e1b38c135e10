"""What can be taken on a day: what was granted, used first where it expires first, day after day. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from domain.leave.ledger import SOURCES, Entry, used
from domain.leave.rules import LeaveRule

_NEVER: Final = date.max
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """An amount that can be taken from `day` to `expires`; `carries`: what is left of it may be carried over."""

    id: str
    day: date
    expires: date
    amount: int
    carries: bool = False
    anew: bool = False  # an opening balance: what was owed before does not count any more


@dataclass(slots=True)
class Course:
    """How lots were used up: `short` by day and case, what `lapsed` of each lot and when, what was `carried` over."""

    rule: LeaveRule
    waiting: list[Lot]
    open: dict[str, tuple[Lot, int]] = field(default_factory=dict)
    short: dict[tuple[date, str], int] = field(default_factory=dict)
    lapsed: dict[str, tuple[Lot, int]] = field(default_factory=dict)
    carried: dict[int, Lot] = field(default_factory=dict)
    owed: int = 0

    def until(self, day: date) -> None:
        """Lots begin and end, up to the morning of that day."""
        while True:
            ends = [lot.expires + _DAY for lot, _ in self.open.values() if lot.expires < _NEVER]
            moment = min([*ends, *(lot.day for lot in self.waiting[:1])], default=_NEVER)
            if moment > day or moment == _NEVER:
                return
            self._end(moment)
            while self.waiting and self.waiting[0].day <= moment:
                self._begin(self.waiting.pop(0))

    def take(self, day: date, case: str, amount: int, owing: int) -> None:
        """What expires first is taken first; what there is not is owed (`owing` at most), and later lots pay for it."""
        for lot, left in sorted(self.open.values(), key=lambda one: (one[0].expires, one[0].day, one[0].id)):
            part = min(left, amount)
            self.open[lot.id] = lot, left - part
            amount -= part
        if amount:
            self.short[day, case] = amount
            self.owed += min(amount, owing)

    def _begin(self, lot: Lot) -> None:
        if lot.anew:
            self._anew(lot.day)
        if lot.expires < lot.day:
            self.lapsed[lot.id] = lot, lot.amount
            return
        paid = min(self.owed, lot.amount)
        self.owed -= paid
        self.open[lot.id] = lot, lot.amount - paid

    def _anew(self, day: date) -> None:
        """What was owed is forgotten, and what was carried over ends as everything else does."""
        self.owed = 0
        for lot, left in [one for one in self.open.values() if one[0].day < day]:
            del self.open[lot.id]
            self.lapsed[lot.id] = replace(lot, expires=day - _DAY), left

    def _end(self, moment: date) -> None:
        ended = [(lot, left) for lot, left in self.open.values() if lot.expires < moment]
        rest = 0
        for lot, left in ended:
            del self.open[lot.id]
            self.lapsed[lot.id] = lot, left
            rest += left if lot.carries and (lot.expires + _DAY).timetuple().tm_yday == 1 else 0
        carried = rest if self.rule.carry_over is None else min(rest, self.rule.carry_over)
        if carried:
            lot = Lot(
                id=f"carry:{moment.year}", day=moment, expires=self.rule.carried_until(moment.year), amount=carried
            )
            self.carried[moment.year] = lot
            self._begin(lot)


@dataclass(frozen=True, kw_only=True)
class Books:
    """The entries of one person and type, with what is due to them by the rule (`domain.leave.accrual`)."""

    rule: LeaveRule
    entries: tuple[Entry, ...]

    def left(self, day: date, *, but: str = "") -> int:
        """What can be taken on that day so that everything else that is reserved can be, too; below zero: what is owed.
        `but`: as if there were no such case."""
        before = self.course(day, but=but)
        if before.owed:
            return -before.owed
        trial = max(1, sum(lot.amount for lot in self.lots))
        return trial - self.short({day: trial}, but=but)

    def short(self, days: Mapping[date, int], *, but: str) -> int:
        """How much is lacking when this is taken too, instead of what the case `but` holds."""
        without = self.course(None, but=but)
        tried = self.course(None, days, but=but, owing=without.short)
        return sum(tried.short.values()) - sum(without.short.values())

    def expiring(self, since: date, until: date) -> dict[date, int]:
        """What is going to expire in these days, as things stand, by its last day."""
        found: dict[date, int] = defaultdict(int)
        course = self.course(None)
        for lot, left in course.lapsed.values():
            found[lot.expires] += left
        for lot in course.carried.values():
            found[lot.day - _DAY] -= lot.amount
        return {day: left for day, left in sorted(found.items()) if left > 0 and since <= day <= until}

    def course(
        self, day: date | None, trial: Mapping[date, int] = MappingProxyType({}), *, but: str = "",
        owing: Mapping[tuple[date, str], int] | None = None,
    ) -> Course:  # fmt: skip
        """Everything that is used, up to that day or to the end, and a trial beside it (case ""): what others lack
        because of that is `owing` nothing."""
        lots = self.lots
        course = Course(rule=self.rule, waiting=list(lots))
        begin = lots[0].day if lots else date.min
        uses = [(when, case, amount) for (when, case), amount in used(self.entries, but=but).items()]
        uses += [(when, "", amount) for when, amount in trial.items()]
        for when, case, amount in sorted(uses):
            if day is not None and when > day:
                break
            if when >= begin or not case:  # what was taken before there were books stands in none
                course.until(when)
                course.take(when, case, amount, amount if owing is None else owing.get((when, case), 0))
        course.until(day or _last(lots, self.rule))
        return course

    @property
    def lots(self) -> tuple[Lot, ...]:
        """What was granted, the earliest first. An opening balance ends what stood before it."""
        given = [one for one in self.entries if one.source in SOURCES and one.target == "available"]
        anew = [one.day for one in given if one.source == "opening"]
        lots = [
            Lot(
                id=one.id, day=one.day, expires=one.expires or _NEVER, amount=one.amount, anew=one.source == "opening",
                carries=one.source != "comp",
            )
            for one in given
        ]  # fmt: skip
        ends = {lot.id: min((day - _DAY for day in anew if day >= lot.day and not (lot.anew and day == lot.day)),
                            default=_NEVER) for lot in lots}  # fmt: skip
        cut = [
            replace(lot, expires=ends[lot.id], carries=False) if ends[lot.id] <= lot.expires else lot for lot in lots
        ]
        return tuple(sorted(cut, key=lambda lot: (lot.day, not lot.anew, lot.id)))


def _last(lots: Iterable[Lot], rule: LeaveRule) -> date:
    """A day on which all that ever expires has expired."""
    ends = [lot.expires for lot in lots if lot.expires < _NEVER]
    return rule.carried_until(max(ends).year + 1) + _DAY * 400 if ends else date.min
