"""早报, 晚报, 一周小结, 月度小结, 部门考勤: who leads asks at any time, and hears of the own people only (R-RPT-1). Pure."""

from datetime import datetime
from typing import Final

from cards import summaries
from cards.words import Words
from domain.attendance.whereabouts import Whereabouts, whereabouts
from domain.summaries.evening import evening
from domain.summaries.morning import morning
from domain.summaries.period import Kind, period
from usecases.audiences import Audience, of_all, of_lead
from usecases.heard import Heard
from usecases.notices import say
from usecases.ports import Office, Outcome, Talk
from usecases.summarise import seen_of, stretches

_MOST: Final = 500  # people of whom one is told at once: of more only at the set times, beside the taps
_PERIODS: Final[dict[str, Kind]] = {"周": "week", "月": "month"}


def show_summary(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome:
    """What the words name, of everybody whom the asker leads; HR and administrators: of the company."""
    organization, frame = office.world.organization, office.world.frame_for(heard.by)
    everybody = (
        of_all(office.world.attendance_rules, organization) if len(organization.people) <= _MOST else frozenset()
    )
    one = of_lead(heard.by, organization, everybody)
    asked = heard.spoken.text if heard.spoken else ""
    if one is None:
        title, text = summaries.not_yours(frame)
    elif len(one.people) > _MOST:
        title, text = summaries.too_many(len(one.people), frame)
    else:
        title, text = _told(asked, one, office, heard.said_at)
    return Outcome(posts=(say(heard.by, heard.cause, title, text),))


def _told(asked: str, one: Audience, office: Office, now: datetime) -> Words:
    frame = office.world.frame_for(one.receiver)
    name, day = one.name or frame.say("公司"), now.astimezone(frame.zone).date()
    if kind := next((kind for word, kind in _PERIODS.items() if word in asked), None):
        this, earlier = stretches(kind, office, now, one.people)
        return summaries.period(period(kind, one.people, this, earlier, one.parts), name, frame)
    clocked = office.calendar.clocked(day)
    seen = seen_of(office, day, day, one.people, now, clocked)
    read = min((known for who in one.people if (known := seen.known_until(who, day))), default=None)
    if "早" in asked:
        return summaries.morning(morning(one.people, day, seen), name, frame)
    if "晚" in asked:
        return summaries.evening(evening(one.people, day, seen), name, frame, names=True, read=read)
    punches = {punch.id: punch for punch in office.calendar.punches(day, day, one.people)}
    places: dict[Whereabouts, list[str]] = {}
    for person in one.people:
        known = seen.known_until(person, day)
        places.setdefault(whereabouts(person, day, now, seen.presence, punches, known), []).append(person)
    return summaries.team(places, name, now, frame, read=read)
