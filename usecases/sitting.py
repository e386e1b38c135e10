"""Deputies sit in for those who named them, or who are on leave where the flow says so (docs/decisions/0010). Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation

from domain.approvals.asked import Asked
from domain.approvals.case import Case
from domain.approvals.flow import Flow
from domain.approvals.route import Step
from domain.approvals.standins import Standin
from domain.attendance.presence import Away
from domain.people import Organization
from usecases.ports import Office, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A step that is opened: who sits there already, and what is known."""

    case: Case
    step: Step
    office: Office
    now: datetime
    sums: tuple[Decimal | None, ...]
    taken: set[str]

    def sitter(self, person: str, seen: frozenset[str]) -> str:
        """Who decides for the person: the deputy, and that one's deputy only when both are away. Whoever has left, owns
        the case, or is in the step already does not count."""
        rows = sorted(self.office.standins((person,)), key=lambda row: row.made, reverse=True)
        for row in rows:
            for to in self._instead(row) if row.covers(self.case.flow, self.sums, self.now) else ():
                if to not in seen | self.taken | set(self.case.owners) and self.office.world.organization.find(to):
                    return self.sitter(to, seen | {to})
        return person

    def _instead(self, row: Standin) -> Iterator[str]:
        """Whom a row means: whom the person named; of somebody on leave whom the flow says."""
        if row.case and self.step.away == "up":
            yield from upwards(row.person, self.office.world.organization)
        elif row.deputy and (not row.case or self.step.away == "substitute"):
            yield row.deputy


def seated(
    asked: tuple[Asked, ...], case: Case, flow: Flow, step: Step, office: Office, now: datetime
) -> tuple[Asked, ...]:
    """The same people, with a deputy in the seat of each who has one now."""
    if not office.standins(tuple(one.person for one in asked)):
        return asked
    taken = {one.person for one in asked}
    table = _Table(case=case, step=step, office=office, now=now, sums=_sums(case, flow), taken=taken)
    found = []
    for one in asked:
        who = table.sitter(one.person, frozenset((one.person,)))
        taken.add(who)
        seat = one.seat or one.person
        found.append(one if who == one.person else Asked(person=who, seat=seat, via="deputy", weight=one.weight))
    return tuple(found)


def _sums(case: Case, flow: Flow) -> tuple[Decimal | None, ...]:
    """The sums of money that the form names; where it asks for money and nothing is filled in, one that is unknown."""
    fields = [field.id for field in flow.fields if field.type == "money" or field.id == "amount"]
    said = tuple(_sum(case.values[field]) for field in fields if case.values.get(field) not in (None, ""))
    return said or (None,) * bool(fields)


def _sum(said: object) -> Decimal | None:
    try:
        return Decimal(str(said))
    except InvalidOperation:
        return None


def upwards(person: str, organization: Organization) -> Iterator[str]:
    """Who stands above somebody, the nearest first: the manager, else who leads the department or the one above it."""
    seen = {person}
    while up := _up(person, organization, seen):
        seen.add(up)
        yield up
        person = up


def _up(person: str, organization: Organization, seen: set[str]) -> str:
    who = organization.find(person)
    if who is None:
        return ""
    if who.manager and who.manager not in seen and organization.find(who.manager):
        return who.manager
    own = organization.chain(who.departments[0]) if who.departments else ()
    return next((one.userid for dep in own for one in organization.leaders(dep) if one.userid not in seen), "")


def ended(rows: Iterable[Standin], office: Office, now: datetime, *, gone: str = "") -> Outcome:
    """Nobody sits in any more from now on: what was said is over. Leave goes on all the same: whoever is on it decides
    again, where it was not for want of the deputy, who is `gone`."""
    said: list[Standin] = []
    kept: list[Away] = []
    for row in rows:
        if not row.case:
            said.append(row.ended(now))
            continue
        for one in office.calendar.away(row.start, row.end, (row.person,)):
            if one.id == row.case:
                kept.append(replace(one, deputy="") if one.deputy == gone else replace(one, reachable=True))
    return Outcome(standins=tuple(said), kept=tuple(kept))
