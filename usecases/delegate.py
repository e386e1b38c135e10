"""委托: a person names a deputy for a while, ends it, asks who it is. In words only; expiry needs no job."""

import re
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from cards import deputies
from domain.approvals.standins import Standin, closes_a_circle
from domain.errors import NoDeputy
from language.numerals import number
from language.spelling import plain
from language.stretch import Stretch, stretch
from usecases.heard import Heard
from usecases.naming import people_in
from usecases.notices import say
from usecases.ports import Office, Outcome, Talk, World
from usecases.sitting import ended

_MOST: Final = re.compile(
    r"(?P<front>不超过|不高于|限额|最多|低于)?\s*[¥￥]?\s*(?P<sum>\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百]+)\s*"
    r"(?P<kilo>万|千)?\s*(?:元|块钱?)?\s*(?:及|或)?(?P<back>以内|以下|之内|内|封顶)?"
)
_KILO: Final = {"万": 10_000, "千": 1_000}
_ASIDE: Final = re.compile(r"(?:只|仅)限?|代(?:我|为)?(?:审批|处理)|帮我|替我|审批|(?<!\S)[、，,]+(?!\S)")
_NOISE: Final = re.compile(r"代(?:我|为|理)?|处理|单子?|流程|申请|限|的|期间|从|由|给|和|与|及|[\s,，。;；、:：]")


def name_deputy(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome:
    """`委托 王芳 明天到周五 只限 请假、报销 5000 元以内`. Raises NameUnknown, NameAmbiguous, NoDeputy."""
    assert heard.spoken is not None
    if not heard.spoken.text:
        raise NoDeputy("period")
    people, rest = people_in(heard.spoken.text, office.world.organization)
    if len(people) > 1:
        raise NoDeputy("several")
    named = _read(heard, people[0], rest, office.world, now)
    if named.deputy == heard.by:
        raise NoDeputy("oneself")
    if closes_a_circle(named, office.standins):
        raise NoDeputy("circle", office.world.organization.name_of(named.deputy))
    flows = [office.world.flows[one].title for one in named.flows]
    frame, theirs = office.world.frame_for(heard.by), office.world.frame_for(named.deputy)
    posts = (
        say(heard.by, heard.cause, *deputies.named(named, flows, frame, waiting=len(office.my_tasks(heard.by)))),
        say(named.deputy, heard.cause, *deputies.asked(named, flows, theirs)),
    )
    return Outcome(standins=(named,), posts=posts)


def _read(heard: Heard, deputy: str, text: str, world: World, now: datetime) -> Standin:
    """What the words cover. Nothing is granted for words that were not understood: NoDeputy."""
    most, text = _limit(plain(text))
    flows, text = _flows(text, world)
    when = stretch(_ASIDE.sub(" ", text), heard.said_at, world.workdays)
    if unread := _NOISE.sub("", when.rest):
        raise NoDeputy("unread", unread)
    start, end = _period(when, now)
    return Standin(
        id=heard.message, person=heard.by, deputy=deputy, start=start, end=end, made=now, flows=flows, most=most
    )


def _period(when: Stretch, now: datetime) -> tuple[datetime, datetime]:
    if when.start is None or when.end is None:
        raise NoDeputy(when.why if when.why in ("end_before_start", "impossible_date") else "period")
    if when.end <= when.start:
        raise NoDeputy("end_before_start")
    if when.end <= now:
        raise NoDeputy("past")
    return when.start, when.end


def _limit(text: str) -> tuple[Decimal | None, str]:
    """The highest sum, and the text without it."""
    for found in _MOST.finditer(text):
        if found["front"] or found["back"]:
            count = number(found["sum"].replace(",", ""))
            if count is not None:
                rest = f"{text[: found.start()]} {text[found.end() :]}"
                return Decimal(str(count)) * _KILO.get(found["kilo"], 1), rest
    return None, text


def _flows(text: str, world: World) -> tuple[tuple[str, ...], str]:
    """The flows that are named, and the text without them; the longest names first."""
    names = {name: flow.id for flow in world.flows.values() for name in (*flow.words, flow.title)}
    found: dict[str, None] = {}
    for name in sorted(names, key=len, reverse=True):
        if name in text:
            found[names[name]] = None
            text = text.replace(name, " ")
    return tuple(sorted(found)), text


def end_delegations(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome:
    """`取消委托`, or `取消委托 王芳`: from now on the person is asked again, also when back early from leave.

    Raises NameUnknown, NameAmbiguous."""
    assert heard.spoken is not None
    said = heard.spoken.text.strip(" ，,。.!！吧的")
    deputy = people_in(said, office.world.organization)[0] if said not in ("", "全部", "所有") else ()
    rows = [row for row in office.standins((heard.by,)) if not deputy or row.deputy in deputy]
    frame = office.world.frame_for(heard.by)
    posts = [say(heard.by, heard.cause, *deputies.ended(rows, frame))]
    for who in dict.fromkeys(row.deputy for row in rows if row.deputy):
        posts.append(say(who, heard.cause, *deputies.relieved(heard.by, office.world.frame_for(who))))
    return replace(ended(rows, office, now), posts=tuple(posts))


def my_deputies(heard: Heard, office: Office, talk: Talk, now: datetime) -> Outcome:
    """`我的委托`: who sits in for the person, and for whom the person does."""
    titles = {flow.id: flow.title for flow in office.world.flows.values()}
    mine, others = office.standins((heard.by,)), office.standins_to(heard.by)
    told = deputies.listed(_titled(mine, titles), _titled(others, titles), office.world.frame_for(heard.by))
    return Outcome(posts=(say(heard.by, heard.cause, *told),))


def _titled(rows: tuple[Standin, ...], titles: dict[str, str]) -> list[Standin]:
    """With the names of flows instead of their ids, in the order in which they begin."""
    named = (replace(row, flows=tuple(titles.get(one, one) for one in row.flows)) for row in rows)
    return sorted(named, key=lambda row: (row.start, row.id))
