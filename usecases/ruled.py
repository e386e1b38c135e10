"""A flow's rules, looked at when a form is filled in and when it is filed (R-LEAVE-5, R-CORR-1, R-TRIP-1). Pure."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from cards import rules
from domain.approvals.case import Case, Status
from domain.approvals.flow import Flow, Limit
from domain.approvals.form import missing
from domain.approvals.rules import EMERGENCY, excused, inside, late, lead_of, overlap, period, placed
from domain.approvals.values import Value
from domain.errors import RouteImpossible, TooOften, TooShortNotice
from language.cities import is_in, meant
from language.urgency import why_urgent
from usecases.ports import Office, World

_MARGIN: Final = timedelta(days=62)  # a case is filed at most so long before or after the day that it is about


def lacking(flow: Flow, values: Mapping[str, Value], today: date, world: World) -> tuple[str, ...]:
    """The fields to ask for, in this order: what is required, then the reason of a missed lead time."""
    wanted = missing(flow, values)
    return wanted or (() if excused(flow, values, today, world.workdays) else (EMERGENCY,))


def urgency(flow: Flow, values: Mapping[str, Value], text: str, today: date, world: World) -> dict[str, Value]:
    """The emergency that a message tells by itself; where the form is in time, the reason for being late goes."""
    if late(flow, values, today, world.workdays) is None:
        return {EMERGENCY: ""} if values.get(EMERGENCY) else {}
    why = "" if values.get(EMERGENCY) else why_urgent(text, str(values.get("reason") or "") or None)
    return {EMERGENCY: why} if why else {}


def check_rules(case: Case, flow: Flow, values: Mapping[str, Value], office: Office, now: datetime) -> None:
    """Raises TooOften, or TooShortNotice where a lead time is missed and no emergency told. What was returned is no
    later than when it was filed."""
    for limit in flow.limits:
        _within(limit, case.applicant, flow, values, office, but=case.number)
    asked_on = _asked_at(case, flow, now).astimezone(office.world.frame.zone).date()
    if not excused(flow, values, asked_on, office.world.workdays):
        missed = late(flow, values, asked_on, office.world.workdays)
        assert missed is not None, "nothing else needs an excuse"
        raise TooShortNotice(days=missed.lead.days, working=missed.lead.working, latest=missed.latest)


def _asked_at(case: Case, flow: Flow, now: datetime) -> datetime:
    """When it was asked for: of what was returned and is about the same day still, when it was filed first."""
    lead = lead_of(flow, case.values)
    same = lead is not None and case.values.get(lead.field) == case.returned_values.get(lead.field)
    return case.asked_at(case.submitted_at if same and case.submitted_at else now)


def notes(person: str, flow: Flow, values: Mapping[str, Value], today: date, office: Office, but: str) -> list[str]:
    """What the rules say of this form, for its confirmation. Raises TooOften."""
    told = []
    for limit in flow.limits:
        left = _within(limit, person, flow, values, office, but=but)
        if left is not None:
            told.append(rules.left_over(flow, limit, left))
    if (twin := _twin(person, flow, values, office, but=but)) is not None:
        told.append(rules.asked_already(twin.number, twin.title, twin.status))
    missed = late(flow, values, today, office.world.workdays)
    if missed is not None and values.get(EMERGENCY):
        told.append(rules.filed_late(missed))
    return told


def _twin(person: str, flow: Flow, values: Mapping[str, Value], office: Office, *, but: str) -> Case | None:
    """A case of theirs that covers some of the same time: the same asked for twice, perhaps."""
    if not overlap(values, values):
        return None
    since = datetime.combine(date.fromisoformat(str(values["start"])[:10]), time(), office.world.frame.zone) - _MARGIN
    cases = office.filed(person, flow.id, since)
    return next((case for case in cases if case.number != but and overlap(case.values, values)), None)


def check_kept(case: Case, flow: Flow, target: Flow) -> None:
    """Raises RouteImpossible where a filed case would become one of another flow by its destination (R-TRIP-1)."""
    if case.status is not Status.DRAFT and target.id != flow.id:
        raise RouteImpossible(f"改了目的地要按{target.title}办理，请撤销后重新申请")


def right_flow(flow: Flow, values: Mapping[str, Value], world: World) -> Flow:
    """The flow that the destination asks for (R-TRIP-1); where the company has no such flow, this one."""
    cities = meant(str(values.get(flow.place.field) or "")) if flow.place else ()
    target = placed(flow, at_home=is_in(cities, world.home)) if world.home else flow.id
    return flow if target == flow.id else world.flows.get(target, flow)


def _within(
    limit: Limit, person: str, flow: Flow, values: Mapping[str, Value], office: Office, *, but: str
) -> int | None:
    """How many are left after this one; None while its date is not known. Raises TooOften."""
    span = period(limit, values)
    if span is None:
        return None
    since = datetime.combine(span[0], time(), office.world.frame.zone) - _MARGIN
    others = [one for one in office.filed(person, flow.id, since, counting=True) if one.number != but]
    used = [one for one in others if inside(limit, span, [one.values])]
    if len(used) >= limit.count:
        raise TooOften(count=limit.count, per=limit.per, numbers=tuple(one.number for one in used))
    return limit.count - len(used) - 1
