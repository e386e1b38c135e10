"""Answers to questions: who approves, who somebody is, who holds a post. Each function gives (title, Markdown)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from cards.card import Frame
from cards.escape import plain
from cards.phrases import day, people
from cards.phrases import title as called
from cards.retold import told
from cards.story import planned
from cards.words import Words
from domain.approvals.case import Case
from domain.approvals.flow import Flow
from domain.approvals.route import Plan
from domain.attendance.presence import Away
from domain.people import Organization, Person

_MANY: Final = 30  # people that an answer lists


def way(flow: Flow, plan: Plan, facts: str, frame: Frame) -> Words:
    """Where one's own case would go; `facts` says for which values."""
    title = called(flow.title, frame)
    about = frame.say("（{facts}）", facts=plain(facts, 60)) if facts else ""
    lines = [frame.say("你的{title}{about}要经过：", title=title, about=about), *planned(plan, frame)]
    lines.append(frame.say("要申请就直接说，比如“{title}”。", title=title))
    return frame.title("{title}谁审批", title=frame.say(flow.title)), "\n\n".join(lines)


def facts_of(flow: Flow, values: Mapping[str, object], frame: Frame) -> str:
    """For which days or sum a route is told: 天数 2."""
    shown = [field for field in flow.fields if field.id in ("days", "amount") and field.id in values]
    return frame.say("，").join(f"{frame.say(one.label)} {values[one.id]}" for one in shown)


def ways(flow: Flow, routes: Sequence[tuple[str, Sequence[str], Sequence[str]]], frame: Frame) -> Words:
    """Which routes there are for somebody: when (in words), the steps, who is told."""
    lines = []
    for when, steps, cc in routes:
        way = " → ".join(told(step, frame, 40) for step in steps)
        line = frame.say("{when}：{way}", when=told(when, frame, 60), way=way) if when else way
        names = frame.listed(told(one, frame, 20) for one in cc)
        lines.append("- " + (frame.say("{way}；抄送 {people}", way=line, people=names) if cc else line))
    first = frame.say("你的{title}这样走：", title=called(flow.title, frame))
    return frame.title("{title}谁审批", title=frame.say(flow.title)), "\n".join([first, "", *lines])


def form(flow: Flow, frame: Frame) -> Words:
    """What a form asks for."""
    title = frame.say(flow.title)
    needed, more = ([frame.say(one.label) for one in flow.fields if one.required is must] for must in (True, False))
    lines = [frame.title("{title}没有必填的内容", title=title)]
    if needed:
        lines = [frame.title("{title}要填：{fields}", title=title, fields=frame.listed(needed))]
    if more:
        lines.append(frame.say("还可以填：{fields}", fields=frame.listed(more)))
    return frame.title("{title}要填什么", title=title), "\n\n".join(
        [*lines, frame.say("一句话说全也可以，缺的我会问。")]
    )


def rules(flow: Flow, sentences: Sequence[str], frame: Frame) -> Words:
    """What the flow's file says about lead time and limits."""
    title = frame.say(flow.title)
    said = [told(one, frame, 120) for one in sentences] or [frame.say("没有提前时间和次数的要求")]
    return frame.title("{title}的规定", title=title), "\n\n".join((frame.title("{title}：", title=title), *said))


def who(found: Sequence[Person], organization: Organization, frame: Frame, *, what: str, phones: bool) -> Words:
    """People by name, with post, department, manager and telephone."""
    lines = [_person(one, organization, frame, phones=phones) for one in found[:_MANY]]
    more = [frame.count("… 共 {n} 人", len(found))] if len(found) > _MANY else []
    return frame.title(plain(what, 30)), "\n".join(f"- {line}" for line in (*lines, *more))


def away(
    when: str, absences: Sequence[Away], frame: Frame, until: datetime, *, everybody: bool = False
) -> Words:  # fmt: skip
    """Who is away and until when: on a trip and where, or out; of who is on leave or at rest nothing more (R-SUM-3).
    `everybody`: whoever asks may see all of them."""
    when = frame.say(when)
    title = frame.say("{when}谁不在", when=when)
    if not absences:
        said = "{when}没有人请假、出差或外出。" if everybody else "你能看到的同事里，{when}没有人请假、出差或外出。"
        return title, frame.say(said, when=when)
    ends: dict[tuple[str, str], datetime] = {}
    for one in absences:
        key = one.person, _elsewhere(one, frame)
        ends[key] = max(one.end, ends.get(key, one.end))
    lines = [
        f"- {people((who,), frame)}{where}{_until(end, until, frame)}"
        for (who, where), end in list(ends.items())[:_MANY]
    ]
    more = [frame.count("… 共 {n} 人", len({one.person for one in absences}))] if len(ends) > _MANY else []
    return title, "\n".join([frame.say("{when}不在的同事：", when=when), "", *lines, *more])


def _elsewhere(one: Away, frame: Frame) -> str:
    """，出差（上海）."""
    if one.kind == "trip" and one.place:
        return frame.say("，出差（{place}）", place=plain(one.place, 20))
    return frame.say({"trip": "，出差", "outing": "，外出"}.get(one.kind, ""))


def _until(end: datetime, until: datetime, frame: Frame) -> str:
    """（到 11月27日（周五））, where it goes on behind the time that was asked for; a half day says which clock."""
    last = end.astimezone(frame.zone)
    if end > until:
        back = (last - timedelta(minutes=1)).date().isoformat()
        return frame.say("，到 {when}", when=day(back, last.year, frame))
    if (last.hour, last.minute) in ((0, 0), (18, 0)):
        return ""
    return frame.say("，到 {when}", when=f"{last.hour}:{last.minute:02}")


def others_case(frame: Frame) -> Words:
    """Somebody asks how a colleague's request stands."""
    said = "别人的申请只有本人和审批人能看。轮到你审批的在“待我审批”里；知道编号的话，可以说“进度 编号”。"
    return frame.say("别人的申请"), frame.say(said)


def nobody(what: str, frame: Frame) -> Words:
    """There is no such person, post or department."""
    said = "通讯录里没有找到“{what}”。可以换个说法，比如“财务部的会计是谁”“王芳电话”。"
    return frame.say("没有找到"), frame.say(said, what=plain(what, 30))


def _person(person: Person, organization: Organization, frame: Frame, *, phones: bool) -> str:
    places = [department.name for number in person.departments if (department := organization.department(number))]
    known = person.manager and organization.find(person.manager)
    boss = frame.say("上级 {who}", who=people((person.manager,), frame)) if person.manager and known else ""
    posts = frame.listed(frame.say(one) for one in dict.fromkeys(filter(None, (person.title, *person.roles))))
    phone = person.mobile if phones else ""
    said = (posts, frame.listed(places), boss, phone)
    return frame.say("，").join((f"**{plain(person.name, 20)}**", *(plain(one, 60) for one in said if one)))


def go_on_with(case: Case, frame: Frame) -> str:
    """Behind the answer to a question: a draft is still being filled in."""
    return frame.say("{title}还没填完，接着说就可以；不办了就说“取消”。", title=called(case.title, frame))
