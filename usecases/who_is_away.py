"""今天谁不在: who is on approved leave, on a trip or out, as far as the asker may see. Pure."""

import re
from datetime import datetime, time, timedelta

from cards import answers
from domain.attendance.presence import Away
from domain.people import Organization, Person
from language.stretch import stretch
from usecases.heard import Heard
from usecases.notices import say
from usecases.ports import Office, Outcome, Talk

_WHEN = re.compile(r"今天|明天|后天|昨天|本周|这周|下周")


def who_is_away(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome:
    """Who of the colleagues whom the asker may see is away in that time, until when; of leave never why (R-SUM-3)."""
    word = found[0] if (found := _WHEN.search(heard.spoken.text if heard.spoken else "")) else "今天"
    when = stretch(word, heard.said_at, office.world.workdays)
    today = datetime.combine(heard.said_at.date(), time(), heard.said_at.tzinfo)
    since, until = when.start or today, when.end or today + timedelta(days=1)
    organization = office.world.organization
    asker = organization.person(heard.by)
    away = [one for one in office.calendar.away(since, until) if _sees(asker, one, organization)]
    away.sort(key=lambda one: (one.start, one.person))
    title, text = answers.away(word, away, office.world.frame_for(heard.by), until, everybody=asker.admin)
    return Outcome(posts=(say(heard.by, heard.cause, title, text),))


def _sees(asker: Person, away: Away, organization: Organization) -> bool:
    """People see those of their own first-level department; leaders also all below; administrators everybody."""
    person = organization.find(away.person)
    if person is None:
        return False
    if asker.admin or asker.userid == person.userid:
        return True
    theirs = {one.id for number in person.departments for one in organization.chain(number)}
    led = {one.id for one in organization.led_by(asker.userid)}
    own = {one.id for number in asker.departments for one in organization.from_first_level(number)[:1]}
    return bool(theirs & (led | own))
