"""Approvers hear in the morning how many cases wait for them, and for how long (R-APR-8). Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from cards.reminders import waiting
from usecases.due import Due, due_message
from usecases.ports import Office

_NEW = timedelta(hours=16)  # what came later than yesterday's afternoon needs no reminder yet


def remind_waiting(office: Office, moment: datetime) -> Iterable[Due]:
    """Everybody who is there and for whom something has waited since yesterday; nobody who is on leave or has left."""
    rows = [
        one for one in office.waiting() if one.since <= moment - _NEW and office.world.organization.find(one.person)
    ]
    day = moment.astimezone(office.world.frame.zone).date()
    presence = office.calendar.presence(day, day, [one.person for one in rows])
    for one in rows:
        away = presence.away_at(one.person, moment)
        if away is None or away.kind in ("trip", "outing"):
            title, text = waiting(one.cases, (moment - one.since).days, office.world.frame_for(one.person))
            yield due_message("waiting", moment, one.person, title, text, until=moment + timedelta(hours=8))
