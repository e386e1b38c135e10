"""Logs are read: one's own, those of the people one leads; with marks of what was read, and comments (R-LOG-4)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from cards import logs as cards
from cards.offers import Offer
from cards.words import Words
from domain.logs import Comment, Kind, Log, Reading, may_read, people_of, unread
from language.logs import LogWish
from usecases.heard import Heard
from usecases.naming import people_in
from usecases.notices import say
from usecases.offered import offering
from usecases.ports import Office, Outcome, Talk
from usecases.remind_log import off_duty
from usecases.write_log import first_of

_LISTED: Final = 10  # logs of one's own
_OFFERED: Final = 5  # buttons for logs that were not read
_NEWEST: Final = 30  # of which the newest of a kind is looked for
_LONGEST: Final = 2000  # characters of a comment


def mine(heard: Heard, wish: LogWish, office: Office, talk: Talk, now: datetime) -> Outcome:
    """我的日志: the last ones."""
    own = office.logbook.newest(heard.by, _LISTED)
    return _told(heard, cards.mine(own, office.world.frame_for(heard.by)))


def own(heard: Heard, logs: Sequence[Log], office: Office) -> Outcome:
    """昨天的日志, of who leads nobody: their own."""
    comments = office.logbook.comments(one.id for one in logs)
    return _told(heard, cards.whole(logs, comments, office.world.frame_for(heard.by)))


def team(heard: Heard, wish: LogWish, office: Office, talk: Talk, now: datetime) -> Outcome:
    """团队日志: who of one's people wrote, who did not; what was not read stands first, with buttons. An administrator
    who leads nobody sees everybody."""
    world, frame = office.world, office.world.frame_for(heard.by)
    organization = world.organization
    reader = organization.person(heard.by)
    people = {one.userid for one in people_of(reader, organization)}
    if not people and reader.admin:
        people = set(organization.people) - {heard.by}
    if not people:
        return _told(heard, cards.no_people(frame))
    first = first_of(heard, wish, wish.kind, office)
    logs = [one for one in office.logbook.logs(first, first, people) if _fits(one, wish.kind)]
    fresh = unread(logs, [one for one in office.logbook.readings(one.id for one in logs) if one.person == heard.by])
    logs.sort(key=lambda one: (one.id not in fresh, -one.changed.timestamp(), one.id))
    silent = sorted(people - {one.person for one in logs if one.kind == wish.kind})
    resting = _resting(silent, first, office) if wish.kind == "day" else set()
    lacking = [one for one in silent if one not in resting]
    said = cards.team(wish.kind, first, logs, fresh, lacking, sorted(resting), frame)
    which = dict.fromkeys(one.person for one in logs if one.id in fresh)
    when = f"{first.month}月{first.day}日的" if wish.kind == "day" else ""
    offers = tuple(
        Offer(label=cards.look_at(one, frame), words=f"看{one}的{when}{_SAID[wish.kind]}")
        for one in list(which)[:_OFFERED]
    )
    return offering(heard, said, offers, talk, office, now) if offers else _told(heard, said)


_SAID: Final[dict[Kind, str]] = {"day": "日志", "week": "周报", "month": "月报"}


def show(heard: Heard, wish: LogWish, office: Office, talk: Talk, now: datetime) -> Outcome:
    """看李想的日志: in full, and marked as read. Raises NameUnknown, NameAmbiguous."""
    frame = office.world.frame_for(heard.by)
    found = _found(heard, wish, office)
    if not isinstance(found, list):
        return _told(heard, found)
    comments = office.logbook.comments(one.id for one in found)
    posts = (say(heard.by, heard.cause, *cards.whole(found, comments, frame)),)
    return Outcome(posts=posts, kept=_readings(heard, found, now))


def comment(heard: Heard, wish: LogWish, office: Office, talk: Talk, now: datetime) -> Outcome:
    """评论李想的日志 …: whoever wrote it hears it. Raises NameUnknown, NameAmbiguous."""
    world, frame = office.world, office.world.frame_for(heard.by)
    found = _found(heard, wish, office)
    if not isinstance(found, list):
        return _told(heard, found)
    log = found[-1]
    if not wish.text:
        return _told(heard, cards.ask_comment(log.person, frame))
    words = wish.text[:_LONGEST]
    said = Comment(id=heard.cause, log=log.id, person=heard.by, words=words, at=now)
    posts = [say(heard.by, heard.cause, *cards.comment_sent(log, frame))]
    if log.person != heard.by:
        heard_by = cards.commented(log, heard.by, words, world.frame_for(log.person))
        posts.append(say(log.person, heard.cause, *heard_by))
    return Outcome(kept=(said, *_readings(heard, [log], now)), posts=tuple(posts))


def of_period(person: str, wish: LogWish, heard: Heard, office: Office) -> list[Log]:
    """What this person wrote of that time, the earliest first."""
    first = first_of(heard, wish, wish.kind, office)
    return [one for one in office.logbook.logs(first, first, (person,)) if _fits(one, wish.kind)]


def _found(heard: Heard, wish: LogWish, office: Office) -> list[Log] | Words:
    """What is meant of somebody's logs: of the time that was named, else the newest; or why there is nothing to see."""
    organization, frame = office.world.organization, office.world.frame_for(heard.by)
    author = organization.person(people_in(wish.who, organization)[0][0])
    if not may_read(organization.person(heard.by), author, organization):
        return cards.not_yours(frame)
    if wish.when:
        logs = of_period(author.userid, wish, heard, office)
        return logs or cards.none_of(
            author.userid, cards.period(wish.kind, first_of(heard, wish, wish.kind, office), frame), frame
        )
    own = [one for one in office.logbook.newest(author.userid, _NEWEST) if one.kind != "things"]
    if wish.any_kind and (today := [one for one in of_period(author.userid, wish, heard, office) if one in own]):
        return today
    fitting = [one for one in own if wish.any_kind or _fits(one, wish.kind)]
    newest = sorted(fitting, key=lambda one: one.changed)[-1:]
    return newest or cards.none_of(author.userid, "", frame)


def _fits(log: Log, kind: Kind) -> bool:
    """A visit is of its day."""
    return log.kind == kind or (kind == "day" and log.kind == "visit")


def _readings(heard: Heard, logs: Sequence[Log], now: datetime) -> tuple[Reading, ...]:
    return tuple(Reading(log=one.id, person=heard.by, at=now) for one in logs if one.person != heard.by)


def _resting(people: Sequence[str], day: date, office: Office) -> set[str]:
    """Whose working day it is not, and who is on leave all of it."""
    presence = office.calendar.presence(day, day, people)
    zone = office.world.frame.zone
    return {one for one in people if not presence.likely(one, day) or off_duty(presence, one, day, zone)}


def _told(heard: Heard, said: Words) -> Outcome:
    return Outcome(posts=(say(heard.by, heard.cause, *said),))
