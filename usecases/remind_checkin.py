"""In the afternoon: whoever is out today and has not checked in is reminded (R-CHK-1 to -3). Pure."""

from collections.abc import Iterator
from datetime import datetime

from cards.attendance import checkin_due
from domain.attendance.duties import duties, unmet
from usecases.due import Due, due_message
from usecases.missed_punches import AROUND
from usecases.ports import Office


def remind_checkin(office: Office, moment: datetime) -> Iterator[Due]:
    """Those whose outing, trip or visits have begun; of planned visits the customers that are missing."""
    rules, zone = office.world.attendance_rules, office.world.frame.zone
    if not rules.checkins:
        return
    day = moment.astimezone(zone).date()
    told: dict[str, Due] = {}  # one for each, also where somebody is out twice
    due = duties(office.calendar.presence(day, day), office.findings.visits(moment - AROUND), day, zone)
    for duty, lacking in unmet(due, office.calendar.checkins(day, day), rules, zone):
        if duty.since > moment or office.world.organization.find(duty.person) is None:
            continue
        customers = {name: rules.photos(name) for name in lacking} if duty.customers else {}
        said = checkin_due(duty.place, customers, office.world.frame_for(duty.person))
        told[duty.person] = due_message("checkin", moment, duty.person, *said)
    yield from told.values()
