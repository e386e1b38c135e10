"""Summaries at their times: morning, evening, week and month; for groups in words and as a picture, for those who lead
and for HR with the details (R-SUM-1, R-SUM-2, R-LOG-5). Nothing personal goes into a group (R-SUM-3). Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from cards import summaries
from cards.card import Frame, Message
from cards.day_pictures import evening_svg, morning_svg
from cards.logs import first_words
from cards.period_picture import period_svg
from cards.phrases import clock
from cards.sheets import Sheet
from cards.summary_sheets import sheets
from cards.tracks import words_track
from cards.words import Words
from domain.attendance.punches import Hours
from domain.logs import expected
from domain.summaries.day import ALL_DAY, Seen, clocked_in
from domain.summaries.evening import evening
from domain.summaries.morning import morning
from domain.summaries.period import Kind, Stretch, before, days_of, period
from usecases.audiences import Audience, departments_of, leads_of, of_all, of_group, of_lead
from usecases.due import Drawing, Due, cause_of
from usecases.ports import Office, Post

Made = tuple[Words, str, Sequence[Sheet]]  # in words, as a picture, the details
Plan = Callable[[Office, datetime], Iterable[Due]]
_HELPS: Final = {"morning": timedelta(hours=4), "evening": timedelta(hours=5), "week": timedelta(days=2)}
_LINE: Final = 200  # characters of what somebody wrote
_MONTH: Final = timedelta(days=4)  # until then the words of a month help


def summarise_morning(office: Office, moment: datetime) -> Iterable[Due]:
    """Who is away today and until when, to the groups that want it."""
    audiences = _groups("morning", office, whole=False)
    if not audiences:
        return
    day = _day(moment, office)
    seen = seen_of(office, day, day, _everybody(audiences), moment)
    for one in audiences:
        frame = office.world.frame
        yield _due("morning", moment, one, morning_for(one, day, seen, moment, frame), frame)


def summarise_evening(office: Office, moment: datetime) -> Iterable[Due]:
    """How the day was: to the groups in numbers; to those who lead who was late or is missing, if anybody."""
    audiences = _groups("evening", office, whole=False)
    if not audiences:
        return
    day, leads = _day(moment, office), _leads("evening", office)
    seen = seen_of(office, day, day, _everybody((*audiences, *leads)), moment)
    for one in audiences:
        frame = office.world.frame
        yield _due("evening", moment, one, evening_for(one, day, seen, moment, frame), frame)
    for one in leads:
        told, frame = evening(one.people, day, seen), _frame(one, office)
        if told.late or told.missing:
            words = summaries.evening(told, one.name, frame, names=True)
            yield _due("evening", moment, one, (words, "", ()), frame)


def summarise(kind: Kind) -> Plan:
    """The plan for a week or a month that is over: to the groups in numbers, to those who lead with a workbook."""

    def plan(office: Office, moment: datetime) -> Iterable[Due]:
        groups = _groups(kind, office, whole=True)
        if not groups:
            return
        both = (*groups, *_leads(kind, office, of_all(office.world.attendance_rules, office.world.organization)))
        now, earlier = stretches(kind, office, moment, _everybody(both))
        made: dict[tuple[str, str], Made] = {}  # all of HR have the same
        for one in both:
            key, frame = one.key, _frame(one, office)
            if (key, frame.language) not in made:
                made[key, frame.language] = period_for(kind, one, now, earlier, office)
            yield _due(kind, moment, one, made[key, frame.language], frame)

    return plan


def morning_for(one: Audience, day: date, seen: Seen, moment: datetime, frame: Frame) -> Made:
    """A morning in words and as a picture."""
    told, name = morning(one.people, day, seen), one.name or frame.say("管理人员")
    return summaries.morning(told, name, frame), morning_svg(told, name, _foot(moment, frame), frame), ()


def evening_for(one: Audience, day: date, seen: Seen, moment: datetime, frame: Frame) -> Made:
    """An evening in words and as a picture."""
    told, name = evening(one.people, day, seen), one.name or frame.say("管理人员")
    words = summaries.evening(told, name, frame, names=one.names)
    return words, evening_svg(told, name, _foot(moment, frame), frame, names=one.names), ()


def period_for(kind: Kind, one: Audience, now: Stretch, earlier: Stretch, office: Office) -> Made:
    """A week or a month in words; for a group as a picture, for a lead with the workbook."""
    organization, frame = office.world.organization, _frame(one, office)
    told, name = period(kind, one.people, now, earlier, one.parts), one.name or frame.say("公司")
    words = summaries.period(told, name, frame)
    if one.is_group:
        return words, period_svg(told, name, _foot(now.seen.now, frame), frame), ()
    titles = {flow.id: flow.title for flow in office.world.flows.values()}
    return words, "", sheets(told, now, one.people, departments_of(one.people, organization), titles, frame)


def seen_of(
    office: Office, since: date, until: date, people: Sequence[str], now: datetime,
    clocked: Mapping[Hours, datetime] | None = None,
) -> Seen:  # fmt: skip
    """What is known of these people for these days; of punches what was read at `clocked`, else just now."""
    world, wanted = office.world, frozenset(people)
    zone = world.frame.zone
    punches = clocked_in(office.calendar.punches(since, until, people))
    presence = office.calendar.presence(since, until, people)
    seen = Seen(presence=presence, punches=punches, now=now, zone=zone, clocked=clocked)
    writers = [who for who in people if expected("day", world.organization.people[who], world.logs, world.organization)]
    logs = (one for one in office.logbook.logs(since, until, people) if one.kind == "day" and one.person in wanted)
    first = ((one, first_words(one)) for one in logs)
    written = {(one.day, one.person): " ".join(said.split())[:_LINE] for one, said in first}
    owed = frozenset(
        (day, who)
        for day in days_of(since, until)
        for who in writers
        if seen.works(who, day) and seen.halves_off(who, day) < ALL_DAY
        if (day, who) in written or _is_over(seen, who, day)
    )
    return replace(seen, owed=owed, written=written)


def _is_over(seen: Seen, person: str, day: date) -> bool:
    """Whether the person's shift of that day is over: before, no log is owed (R-LOG-3). Where no shift is known, it is
    by the time somebody asks."""
    shift = seen.presence.shift(person, day)
    return shift is None or shift.off is None or shift.off <= seen.now


def stretches(kind: Kind, office: Office, moment: datetime, people: Sequence[str]) -> tuple[Stretch, Stretch]:
    """The week or month that is over at that moment, and the one before it."""
    today = _day(moment, office)
    begin = today - timedelta(days=today.weekday()) if kind == "week" else today.replace(day=1)
    since, until = before(kind, begin)
    first, last = before(kind, since)
    seen = seen_of(office, first, until, people, moment)
    start, middle, end = (_midnight(one, office) for one in (first, since, begin))
    matters = office.caseload.matters(start, end)
    return (
        Stretch(since=since, until=until, start=middle, end=end, seen=seen, matters=matters),
        Stretch(since=first, until=last, start=start, end=middle, seen=seen, matters=matters),
    )


def _groups(kind: str, office: Office, *, whole: bool) -> tuple[Audience, ...]:
    world = office.world
    found = (of_group(one, world.organization, whole=whole) for one in world.groups if kind in one.summaries)
    return tuple(one for one in found if one is not None and one.people)


def _leads(kind: str, office: Office, more: frozenset[str] = frozenset()) -> tuple[Audience, ...]:
    """Who leads, and those who hear of all."""
    world = office.world
    people = leads_of((one for one in world.groups if kind in one.summaries), world.organization) | more
    found = (of_lead(who, world.organization, more) for who in sorted(people))
    return tuple(one for one in found if one is not None)


def _everybody(audiences: Iterable[Audience]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person for one in audiences for person in one.people))


def _due(kind: str, moment: datetime, one: Audience, made: Made, frame: Frame) -> Due:
    """Words, a picture, a workbook, as far as there are any: one file for all who have the same."""
    cause = cause_of(f"summary_{kind}", moment)
    (title, text), svg, pages = made
    key = f"{one.key}:{frame.language}"
    picture = Drawing(id=words_track(f"{cause}:picture", key), svg=svg)
    files, messages = [], [Message(title=title, text=text)]
    if svg:
        files.append(picture)
        messages.append(Message(title=title, text=title, file=picture.id))
    if pages:
        book = Drawing(id=words_track(f"{cause}:book", key), name=f"{title}.xlsx", sheets=tuple(pages))
        files.append(book)
        messages.append(Message(title=title, text=title, file=book.id, name=book.name))
    posts = tuple(
        Post(to=one.receiver, track=words_track(f"{cause}:{place}", one.receiver), message=said)
        for place, said in enumerate(messages)
    )
    until = moment + _HELPS.get(kind, _MONTH)
    return Due(receiver=one.receiver, posts=posts, drawings=tuple(files), until=until)


def _frame(one: Audience, office: Office) -> Frame:
    return office.world.frame if one.is_group else office.world.frame_for(one.receiver)


def _foot(moment: datetime, frame: Frame) -> str:
    return f"{frame.say('点头')} · {clock(moment, frame)}"


def _day(moment: datetime, office: Office) -> date:
    return moment.astimezone(office.world.frame.zone).date()


def _midnight(day: date, office: Office) -> datetime:
    return datetime.combine(day, time(), office.world.frame.zone)
