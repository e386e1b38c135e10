"""The day begins with its six things or more, and ends with what became of them (每日6+事, R-LOG-2). Pure."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from cards import logs as cards
from cards.offers import Offer
from domain.logs import DONE, LATER, Contents, Log, Template, Writing
from language.logs import LogWish
from language.logtext import listed, many_lines
from language.marks import Marks, marked
from usecases.heard import SOON, Heard, fresh
from usecases.log_or_request import chosen_for_log, request_or_log, wishes
from usecases.notices import say
from usecases.offered import offering
from usecases.ports import Office, Outcome, Talk
from usecases.write_log import asked, day_at_work, keep, template_of

_USUAL: Final = Template(name="每日6+事", kind="things", things=6)
_LONGEST: Final = 1000  # characters of one thing
_MOST: Final = 50
_ALL: Final = "全部完成"
_MORE: Final = 8  # characters beyond marks, from which on the words themselves are kept too
_SIGHS: Final = re.compile(
    r"[啊呀哦唉哎嘛呢哈啦吗吧?？~～][。.!！~～…]*\s*$|^(?:你好|您好|在吗|谢谢|好的?|嗯+|哈+|行|收到|知道了)\s*[。.!！]*$|好累|累死|烦死"
)
_MARKS: Final = re.compile(r"[\s\d、,，。;；.!！第个件条项都和了]|完成|做完|明天|继续|全部|其他|其余|没")


def things(heard: Heard, wish: LogWish, office: Office, talk: Talk, now: datetime) -> Outcome:
    """六件事 …: the list of the day, numbered. Where it begins behind those that are there, it goes on from them, else
    it is there instead of them. Fewer are kept too, and it is said how many are missing."""
    frame, template, old = office.world.frame_for(heard.by), _template(office), of_today(heard, office)
    start, items = listed(wish.text)
    if not items and old is not None:
        return _ask(heard, old, office, talk, now)
    if not items:
        writing = Writing(kind="things", template=template.name, day=day_at_work(heard, office))
        said = cards.ask_things(template.things or 1, frame)
        return Outcome(posts=(say(heard.by, heard.cause, *said),), talk=asked(talk, writing, now))
    before = old.contents if old else ()
    states = dict(before)
    kept = before if 1 < start == len(before) + 1 else ()
    fresh = tuple((one[:_LONGEST], states.get(one[:_LONGEST], "")) for one in items)
    log = _kept(heard, template, (*kept, *fresh)[:_MOST], old, office, now)
    said = cards.things_kept(log, template.things, frame)
    return Outcome(kept=(log,), posts=(say(heard.by, heard.cause, *said),), talk=replace(talk, writing=None))


def review(heard: Heard, wish: LogWish, office: Office, talk: Talk, now: datetime) -> Outcome:
    """复盘: the things are shown, and marked with what is said of them."""
    old = of_today(heard, office)
    if old is None:
        return Outcome(posts=(say(heard.by, heard.cause, *cards.no_things(office.world.frame_for(heard.by))),))
    marks = marked(wish.text, len(old.contents)) if wish.text else None
    if marks is None or not (marks.done or marks.later):
        return _ask(heard, old, office, talk, now)
    return _marked(heard, wish.text, old, marks, office, talk, now)


def go_on_reviewing(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome | None:
    """What was asked about the day's things is answered; None: this is no answer."""
    writing = talk.writing
    if writing is None or heard.group or heard.files:
        return None
    if heard.spoken is not None and heard.spoken.verb == "cancel":
        said = cards.dropped(office.world.frame_for(heard.by))
        return Outcome(posts=(say(heard.by, heard.cause, *said),), talk=replace(talk, writing=None))
    late = not fresh(talk.since_ms, now, SOON) or writing.day != day_at_work(heard, office)
    if heard.spoken is not None or heard.question is not None or late:
        return None
    return _reviewing(heard, office, talk, now) if writing.review else _listing(heard, office, talk, now)


def _reviewing(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome | None:
    """A request is none of the marks, whatever numbers it has."""
    old = of_today(heard, office)
    marks = marked(heard.text, len(old.contents)) if old is not None and heard.flow is None else None
    if old is None or marks is None:
        return None
    if not (marks.done or marks.later):
        return _ask(heard, old, office, talk, now)
    return _marked(heard, heard.text, old, marks, office, talk, now)


def _listing(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome | None:
    """The list that was asked for; a request may be one of its things, and a sigh is none."""
    whole = many_lines(heard.text) or chosen_for_log(heard)
    if not whole and wishes(heard):
        return request_or_log(heard, _template(office), office, talk, now)
    if not whole and len(listed(heard.text)[1]) == 1 and _SIGHS.search(heard.text):
        return None
    return things(heard, LogWish(act="things", text=heard.text), office, talk, now)


def waits(heard: Heard, office: Office) -> bool:
    """Whether the day's things are not reviewed yet: then 日志 by itself shows them."""
    old = of_today(heard, office)
    return old is not None and not any(state for _, state in old.contents)


def of_today(heard: Heard, office: Office) -> Log | None:
    """The person's list of the day."""
    today = day_at_work(heard, office)
    return next((one for one in office.logbook.logs(today, today, (heard.by,)) if one.kind == "things"), None)


def _template(office: Office) -> Template:
    return next((one for one in office.world.logs if one.kind == "things"), _USUAL)


def _kept(
    heard: Heard, template: Template, contents: Contents, old: Log | None, office: Office, now: datetime
) -> Log:  # fmt: skip
    today = day_at_work(heard, office)
    return Log(
        id=f"{heard.by}:things:{today.isoformat()}", person=heard.by, kind="things", day=today, template=template.name,
        contents=contents, source="chat", at=old.at if old else heard.said_at, changed=now,
    )  # fmt: skip


def _ask(heard: Heard, old: Log, office: Office, talk: Talk, now: datetime) -> Outcome:
    frame = office.world.frame_for(heard.by)
    writing = Writing(kind="things", template=old.template, day=old.day, review=True)
    waiting, every = asked(talk, writing, now), Offer(label=cards.all_done(frame), words=_ALL)
    return offering(heard, cards.ask_review(old, frame), (every,), waiting, office, now)


def _marked(heard: Heard, text: str, old: Log, marks: Marks, office: Office, talk: Talk, now: datetime) -> Outcome:
    """The marks are kept, and the day's log says how the things went."""
    frame = office.world.frame_for(heard.by)
    contents = tuple(
        (thing, DONE if place in marks.done else LATER if place in marks.later else state)
        for place, (thing, state) in enumerate(old.contents, start=1)
    )
    after = replace(old, contents=contents, changed=now)
    day = template_of(heard, LogWish(act="write"), office)
    log = keep(heard, day, old.day, (), office, now)
    told = {**dict(log.contents), cards.REVIEW: cards.review_text(contents, frame)}
    if len(_MARKS.sub("", text)) >= _MORE:
        told[cards.REMARKS] = text.strip()
    log = replace(log, contents=tuple(told.items()))
    posts = (say(heard.by, heard.cause, *cards.reviewed(after, log, frame)),)
    return Outcome(kept=(after, log), posts=posts, talk=replace(talk, writing=None))
