"""HR's list fills: what was missed and not put right in time, and who did not check in (R-ATT-5, R-APR-10). Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from cards.findings import digest
from domain.attendance.duties import Duty, duties, unmet
from domain.attendance.findings import AWAY, CORRECTION, Evidence, Finding, Unmet, looked_at
from domain.attendance.presence import Presence
from usecases.due import Due, due_message
from usecases.missed_punches import AROUND, by_person, punches_by_person
from usecases.ports import Office

_DAY: Final = timedelta(days=1)
_OLDEST: Final = timedelta(days=90)  # what is older is not looked at again by itself
_READ: Final = timedelta(days=31)  # so far back punches are read again while nobody has decided
_LIST: Final = "findings"  # the receiver of what is kept for HR


def absences(office: Office, moment: datetime) -> Iterator[Due]:
    """What became of all that is not decided; who was out yesterday without a check-in; and a message for HR, on
    working days."""
    today = moment.astimezone(office.world.frame.zone).date()
    before = office.findings.undecided(today - _OLDEST)
    after = [*look_again(before, office, moment), *_no_checkins(office, today - _DAY, moment)]
    stood = {one.id: one for one in before}
    changed = [one for one in after if one != stood.get(one.id)]
    if changed:
        yield Due(receiver=_LIST, kept=tuple(changed))
    found = [one for one in after if one.state == "open"]
    known = {one.id for one in before if one.state == "open"}
    new = [one for one in found if one.id not in known]
    if found and office.world.workdays.likely(today):
        yield from _told(new, len(found), office, moment)


def to_read(office: Office, moment: datetime) -> tuple[list[str], date]:
    """Of whom, and from which day on, punches and check-ins decide what `absences` says at that moment: a punch can be
    put right on the platform for as long as HR has not decided. Also who had to check in yesterday."""
    zone, rules, people = office.world.frame.zone, office.world.attendance_rules, office.world.organization.people
    today = moment.astimezone(zone).date()
    waits = [one for one in office.findings.undecided(today - _READ) if one.kind == "absence" and one.person in people]
    yesterday = today - _DAY
    out: Iterable[Duty] = ()
    if rules.checkins:
        presence, plans = office.calendar.presence(yesterday, yesterday), office.findings.visits(moment - AROUND)
        out = duties(presence, plans, yesterday, zone)
    found = {one.person for one in waits} | {one.person for one in out if one.person in people}
    return sorted(found), min((one.day for one in waits), default=yesterday)


def look_again(findings: Sequence[Finding], office: Office, now: datetime) -> list[Finding]:
    """Each as it stands now: settled by what came in or was approved since, open once it is late. What waits for its
    day, and what nobody's case can settle, stays as it is."""
    zone = office.world.frame.zone
    due = [one for one in findings if one.kind == "absence" and one.state in ("waiting", "open") and one.due <= now]
    if not due:
        return list(findings)
    people, days = {one.person for one in due}, sorted({one.day for one in due})
    start, end = (datetime.combine(one, time(), zone) for one in (days[0], days[-1] + 2 * _DAY))
    away = office.calendar.away(start, end, people)
    presence = Presence(workdays=office.world.workdays, away=away, zone=zone)
    cases = by_person(office.findings.cases((*AWAY, CORRECTION), start - AROUND, people))
    seen: dict[str, Finding] = {}
    for day in days:
        some = [one for one in due if one.day == day]
        punches = punches_by_person(office.calendar.punches(day, day, [one.person for one in some]))
        for one in some:
            own = punches.get(one.person, ()), cases.get(one.person, ())
            seen[one.id] = looked_at(one, presence, *own, now, zone)
    return [_priced(seen.get(one.id, one), office) for one in findings]


def _priced(one: Finding, office: Office) -> Finding:
    """With the fine that is proposed where an approval is missing (R-FINE-1)."""
    if one.state != "open" or not one.unapproved:
        return replace(one, yuan=0) if one.kind == "absence" else one
    return replace(one, yuan=office.world.attendance_rules.fine(one.person, "approval", office.world.organization))


def _no_checkins(office: Office, day: date, moment: datetime) -> Iterator[Finding]:
    """Who was out on that day, and has not said where (R-CHK-1 to -3)."""
    rules, zone, organization = office.world.attendance_rules, office.world.frame.zone, office.world.organization
    if not rules.checkins:
        return
    checkins = office.calendar.checkins(day, day)
    due = duties(office.calendar.presence(day, day), office.findings.visits(moment - AROUND), day, zone)
    for duty, lacking in unmet(due, checkins, rules, zone):
        if organization.find(duty.person) is not None:
            told = tuple(Unmet(place=place, came=came, asked=asked) for place, (came, asked) in lacking.items())
            yield Finding(
                kind="no_checkin", person=duty.person, day=day, made=moment, due=moment, case=duty.case,
                evidence=Evidence(unmet=told), yuan=rules.fine(duty.person, "checkin", organization),
            )  # fmt: skip


def _told(new: Sequence[Finding], total: int, office: Office, moment: datetime) -> Iterator[Due]:
    """The same words for all of HR who read the same language."""
    for person in office.world.attendance_rules.staff(office.world.organization):
        yield due_message("absences", moment, person, *digest(new, total, office.world.frame_for(person)))
