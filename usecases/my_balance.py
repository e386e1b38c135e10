"""我的余额, and 查余额 李想 for whoever may see it: what leave was granted, taken, waits, is left, and when it expires. Pure."""

from datetime import date, datetime, time, timedelta
from typing import Final

from cards import balance
from cards.words import Words
from domain.approvals.case import Status
from domain.errors import OfficeError
from usecases.balances import balances
from usecases.behalf import check_allowed
from usecases.heard import Heard
from usecases.leave_ledger import today_of
from usecases.naming import people_in
from usecases.notices import say
from usecases.ports import Office, Outcome, Talk, World
from usecases.sitting import upwards
from usecases.values import KINDS

_BEFORE: Final = timedelta(days=62)  # a leave in January may have been asked for in the year before
_COUNTED: Final = (Status.APPROVED, Status.RUNNING)
_HR: Final = "人事"  # how the roles begin whose holders see every balance


def my_balance(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome:
    """One's own, by type."""
    return _told(heard, _words(heard.by, heard.by, office, now))


def their_balance(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome:
    """A colleague's, for HR, administrators, and whoever stands above them. Raises NameUnknown, NameAmbiguous."""
    text = heard.spoken.text if heard.spoken else ""
    if not text:
        return my_balance(heard, office, talk, now)
    person = people_in(text, office.world.organization)[0][0]
    if not may_see(heard.by, person, office.world):
        return _told(heard, balance.not_yours(office.world.frame_for(heard.by)))
    return _told(heard, _words(person, heard.by, office, now))


def may_see(by: str, person: str, world: World) -> bool:
    """Whether somebody may see a colleague's balance."""
    who = world.organization.person(by)
    if by == person or who.admin or any(role.startswith(_HR) for role in who.roles):
        return True
    flow = world.flows.get(KINDS["leave"])
    if flow is None:
        return by in upwards(person, world.organization)
    try:
        check_allowed(by, person, flow, world)
    except OfficeError:
        return False
    return True


def _words(person: str, reader: str, office: Office, now: datetime) -> Words:
    world, today = office.world, today_of(office, now)
    found = tuple(balances(person, office.ledger.entries((person,))[person], world, today))
    flow = world.flows.get(KINDS["leave"])
    labels = next((field.options for field in flow.fields if field.id == "leave_type"), {}) if flow else {}
    told = {one.type for one in found}
    approved, waiting = _without_balance(person, today, office)
    others = [
        balance.Taken(label=label, approved=approved.get(key, 0), waiting=waiting.get(key, 0))
        for key, label in labels.items() if key not in told and (key in approved or key in waiting)
    ]  # fmt: skip
    unknown = [
        labels.get(rule.type, rule.type) for rule in world.leave.values() if rule.grant and rule.type not in told
    ]
    whose = "" if person == reader else world.organization.name_of(person)
    return balance.overview(found, others, labels, unknown, whose, world.frame_for(reader), today)


def _without_balance(person: str, today: date, office: Office) -> tuple[dict[str, float], dict[str, float]]:
    """The days of leave of this year by type, approved and asked for, as the forms say them."""
    since = datetime.combine(today.replace(month=1, day=1), time(), office.world.frame.zone) - _BEFORE
    days: tuple[dict[str, float], dict[str, float]] = {}, {}
    for case in office.filed(person, KINDS["leave"], since):
        if str(case.values.get("start", "")).startswith(str(today.year)) and case.status in _COUNTED:
            kind, known = str(case.values.get("leave_type", "")), days[_COUNTED.index(case.status)]
            known[kind] = known.get(kind, 0) + float(str(case.values.get("days") or 0))
    return days


def _told(heard: Heard, said: Words) -> Outcome:
    return Outcome(posts=(say(heard.by, heard.cause, *said),))
