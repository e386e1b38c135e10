"""What a case does to the leave ledger: reserved while it runs, taken at its end, given back otherwise. Pure."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from domain.approvals.case import Case, Status
from domain.calendar import Workdays
from domain.leave.accrual import comp, grants
from domain.leave.errors import LeaveShort
from domain.leave.ledger import Entry, Held, moved
from usecases.balances import asked
from usecases.leave_days import overtime_of, parts_of, rule_for
from usecases.ports import Office, World
from usecases.show import flow_to_fill
from usecases.values import KINDS

_HELD: Final[dict[Status, Held]] = {Status.RUNNING: "reserved", Status.APPROVED: "taken"}


def booked(before: Case, after: Case, office: Office, now: datetime) -> tuple[Entry, ...]:
    """The entries that follow when the case comes to stand otherwise."""
    if before.status is after.status:
        return ()
    if after.flow == KINDS["overtime"] and after.status is Status.APPROVED:
        return earned(after, office.world)
    rule = rule_for(after, office.world)
    if rule is None or not {before.status, after.status} & _HELD.keys():
        return ()
    person, today = after.applicant, today_of(office, now)
    own = [one for one in office.ledger.entries((person,))[person] if one.type == rule.type]
    who = office.world.organization.find(person)
    due = grants(rule, person, who.hired if who else None, own, today, today)
    return due + held(after, own, office.world, office.calendar.workdays_of(person))


def held(case: Case, entries: Iterable[Entry], world: World, workdays: Workdays) -> tuple[Entry, ...]:
    """The entries that its leave lacks, as it stands, by the person's own working days."""
    rule = rule_for(case, world)
    if rule is None:
        return ()
    return moved(
        entries, person=case.applicant, case=case.number, version=case.version, state=_HELD.get(case.status, ""),
        parts=parts_of(case.values, rule, workdays),
    )  # fmt: skip


def earned(case: Case, world: World) -> tuple[Entry, ...]:
    """Overtime that was approved becomes comp time, where a rule says so."""
    found: list[Entry] = []
    for rule in world.leave.values():
        worked = overtime_of(case, rule)
        if worked is not None:
            found += comp(rule, case.applicant, case.number, *worked)
    return tuple(found)


def check_left(case: Case, office: Office, now: datetime) -> None:
    """Raises LeaveShort where the rule of its type says that nobody takes more than there is."""
    rule = rule_for(case, office.world)
    if rule is None or rule.short != "refuse":
        return
    entries = office.ledger.entries((case.applicant,), counting=True)[case.applicant]
    found = asked(case, entries, office.world, today_of(office, now), office.calendar.workdays_of(case.applicant))
    if found is None or not found.short:
        return
    flow = flow_to_fill(case, office.world)
    labels = next((field.options for field in flow.fields if field.id == "leave_type"), {})
    raise LeaveShort(
        label=labels.get(rule.type, rule.type), left=found.wanted - found.short, wanted=found.wanted, unit=rule.unit,
        other=labels.get("personal", "") if rule.type != "personal" else "",
    )  # fmt: skip


def today_of(office: Office, now: datetime) -> date:
    """The day in the office."""
    return now.astimezone(office.world.frame.zone).date()
