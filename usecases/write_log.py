"""A log is written by chatting: in one message, or one question at a time (R-LOG-1). Pure."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from cards import logs as cards
from domain.logs import (
    ANYTHING,
    Contents,
    Kind,
    Log,
    NoSuchDay,
    Template,
    Writing,
    day_of,
    merged,
    period_of,
    template_for,
)
from language.commands import Spoken
from language.logs import LogWish
from language.logtext import sorted_in
from usecases.heard import SOON, Heard, fresh
from usecases.log_or_request import chosen_for_log, request_or_log, wishes
from usecases.notices import say
from usecases.ports import Office, Outcome, Talk

_SKIPS: Final = frozenset(("跳过", "略过", "略", "没有", "无", "skip", "pass", "none", "nothing", "no"))


_AFTER_NIGHT: Final = timedelta(hours=3)  # so long after a night shift one still writes of it
_SAID_TOO: Final = ("submit", "edit", "go_on", "thanks")  # words that may be the answer to a question


def write(heard: Heard, wish: LogWish, office: Office, talk: Talk, now: datetime) -> Outcome:
    """日志 …: kept under the questions of the person's template. Without words they are asked, one by one."""
    template = template_of(heard, wish, office)
    first = first_of(heard, wish, template.kind, office)
    if not wish.text:
        return _ask(heard, template, first, (), office, talk, now)
    labels = [(one, office.world.frame_for(heard.by).say(one)) for one in template.questions]
    answers = sorted_in(wish.text, labels)
    outcome = _file(heard, template, first, answers, office, now, anew=wish.anew)
    return replace(outcome, talk=replace(talk, writing=None)) if talk.writing else outcome


def go_on_writing(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome | None:
    """The answer to the question of a log; None: it is none, for it is a command, a question, said in a group, or a
    request of its own long after the question. Soon after it, which of the two it is is asked."""
    writing = talk.writing
    if writing is None or writing.kind == "things" or heard.group or heard.files:
        return None
    soon, wished = fresh(talk.since_ms, now, SOON), wishes(heard) and not chosen_for_log(heard)
    if heard.question is not None or (wished and not soon):
        return None
    if heard.spoken is not None and heard.spoken.verb == "cancel":
        said = cards.dropped(office.world.frame_for(heard.by))
        return Outcome(posts=(say(heard.by, heard.cause, *said),), talk=replace(talk, writing=None))
    if (heard.spoken is not None and not _may_be_said(heard.spoken, soon=soon)) or not heard.text.strip():
        return None
    template = _named(writing.template, office) or _plainly(writing.kind)
    if wished:
        return request_or_log(heard, template, office, talk, now)
    answer = heard.text.strip()
    answers = (*writing.answers, "" if answer.lower().strip("。.") in _SKIPS else answer)
    if len(answers) < len(template.questions):
        return _ask(heard, template, writing.day, answers, office, talk, now)
    if not any(answers):
        said = cards.nothing_written(office.world.frame_for(heard.by))
        return Outcome(posts=(say(heard.by, heard.cause, *said),), talk=replace(talk, writing=None))
    return replace(_file(heard, template, writing.day, answers, office, now), talk=replace(talk, writing=None))


def _may_be_said(spoken: Spoken, *, soon: bool) -> bool:
    """没问题, to what the problems were, files no draft."""
    return soon and spoken.verb in _SAID_TOO and not spoken.word.startswith(("提交", "submit"))


def asked(talk: Talk, writing: Writing, now: datetime) -> Talk:
    """The talk that waits for words about a log; a draft at hand stays at hand."""
    case = "" if talk.verb else talk.case
    since = round(now.timestamp() * 1000)
    return replace(
        talk, case=case, asked=talk.asked if case else "", verb="", step="", question="", offers=(), writing=writing,
        since_ms=since,
    )  # fmt: skip


def template_of(heard: Heard, wish: LogWish, office: Office) -> Template:
    """The one that was named, else that of the person; a company that has none of this kind takes plain words."""
    world = office.world
    person = world.organization.person(heard.by)
    own = template_for(wish.kind, person, world.logs, world.organization)
    return _named(wish.name, office) or own or _plainly(wish.kind)


def _named(name: str, office: Office) -> Template | None:
    return next((one for one in office.world.logs if one.name == name), None)


def _plainly(kind: Kind) -> Template:
    return Template(name=_PLAIN.get(kind, "日报"), kind=kind, questions=ANYTHING)


_PLAIN: Final[dict[Kind, str]] = {"day": "日报", "week": "周报", "month": "月报", "visit": "拜访记录"}


def day_at_work(heard: Heard, office: Office) -> date:
    """The day of which this person writes now: that of the night shift that is ending or has just ended, else that of
    the clock."""
    zone = heard.said_at.tzinfo
    today = day_of(heard.said_at, zone)
    before = today - timedelta(days=1)
    shift = office.calendar.presence(before, before, (heard.by,)).shift(heard.by, before)
    if shift is None or shift.off is None or shift.off.astimezone(zone).date() <= before:
        return today
    return before if heard.said_at < shift.off + _AFTER_NIGHT else today


def first_of(heard: Heard, wish: LogWish, kind: Kind, office: Office) -> date:
    """The first day of what is meant: a day that is named is the last one of that name. While that
    of the night before is written, 今天 and 昨天 both mean it. Raises NoSuchDay."""
    today = day_at_work(heard, office)
    back = wish.back
    if kind not in ("week", "month") and today != heard.said_at.date():
        back = max(back - 1, 0)
    return period_of(kind, today if wish.on is None else _named_day(wish.on, heard.said_at.date()), back)


def _named_day(on: tuple[int, int], today: date) -> date:
    """11月20日 and 20号 are the last such day."""
    month, number = on
    for back in range(13):
        year, before = divmod(today.year * 12 + today.month - 1 - back, 12)
        try:
            day = date(year, before + 1, number)
        except ValueError:
            continue
        if day <= today and month in (0, day.month):
            return day
    raise NoSuchDay(month, number)


def keep(
    heard: Heard, template: Template, first: date, contents: Contents, office: Office, now: datetime, *,
    anew: bool = False,
) -> Log:  # fmt: skip
    """The person's log of that period with these answers, below those that are there or (`anew`) instead of them; how
    the day's things went stays. Of visits there may be several a day."""
    moment = f":{heard.said_at:%H%M%S}" if template.kind == "visit" else ""
    number = f"{heard.by}:{template.kind}:{first.isoformat()}{moment}"
    before = next((one for one in office.logbook.logs(first, first, (heard.by,)) if one.id == number), None)
    old = before.contents if before else ()
    if anew:
        old = tuple(pair for pair in old if pair[0] in (cards.REVIEW, cards.REMARKS))
    return Log(
        id=number, person=heard.by, kind=template.kind, day=first, template=template.name,
        contents=merged(old, contents), source="chat", at=before.at if before else heard.said_at,
        changed=now,
    )  # fmt: skip


def _file(
    heard: Heard, template: Template, first: date, answers: tuple[str, ...], office: Office, now: datetime, *,
    anew: bool = False,
) -> Outcome:  # fmt: skip
    frame = office.world.frame_for(heard.by)
    contents = tuple(pair for pair in zip(template.questions, answers, strict=False) if pair[1])
    log = keep(heard, template, first, contents, office, now, anew=anew)
    how = "new" if log.at == heard.said_at else "anew" if anew else "more"
    have = {question for question, _ in log.contents}
    missing = [one for one in template.questions if one not in have]
    return Outcome(kept=(log,), posts=(say(heard.by, heard.cause, *cards.filed(log, how, missing, frame)),))


def _ask(
    heard: Heard, template: Template, first: date, answers: tuple[str, ...], office: Office, talk: Talk, now: datetime
) -> Outcome:  # fmt: skip
    frame = office.world.frame_for(heard.by)
    writing = Writing(kind=template.kind, template=template.name, day=first, answers=answers)
    said = cards.question(template, len(answers), cards.period(template.kind, first, frame), frame)
    return Outcome(posts=(say(heard.by, heard.cause, *said),), talk=asked(talk, writing, now))
