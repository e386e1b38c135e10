"""Answers to questions: who approves, who somebody is, who holds a post. Each function gives (title, Markdown)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from cards.card import Frame
from cards.escape import plain
from cards.phrases import day, number, people
from cards.story import planned
from cards.words import Words
from domain.approvals.case import Case
from domain.approvals.flow import Flow
from domain.approvals.route import Plan
from domain.approvals.standins import Standin
from domain.people import Organization, Person

_MANY: Final = 30  # people that an answer lists


def way(flow: Flow, plan: Plan, facts: str, frame: Frame) -> Words:
    """Where one's own case would go; `facts` says for which values."""
    about = f"（{plain(facts, 60)}）" if facts else ""
    lines = [f"你的{plain(flow.title, 20)}{about}要经过：", *planned(plan, frame)]
    return f"{flow.title}谁审批", "\n\n".join([*lines, f"要申请就直接说，比如“{plain(flow.title, 20)}”。"])


def ways(flow: Flow, routes: Sequence[tuple[str, Sequence[str], Sequence[str]]]) -> Words:
    """Which routes there are for somebody: when (in words), the steps, who is told."""
    lines = [
        f"- {f'{plain(when, 60)}：' if when else ''}{' → '.join(plain(step, 40) for step in steps)}"
        + (f"；抄送 {'、'.join(plain(one, 20) for one in cc)}" if cc else "")
        for when, steps, cc in routes
    ]
    return f"{flow.title}谁审批", "\n".join([f"你的{plain(flow.title, 20)}这样走：", "", *lines])


def form(flow: Flow) -> Words:
    """What a form asks for."""
    needed = [field.label for field in flow.fields if field.required]
    more = [field.label for field in flow.fields if not field.required]
    lines = [f"{flow.title}要填：{'、'.join(needed)}"] if needed else [f"{flow.title}没有必填的内容"]
    lines += [f"还可以填：{'、'.join(more)}"] if more else []
    return f"{flow.title}要填什么", "\n\n".join([*lines, "一句话说全也可以，缺的我会问。"])


def rules(flow: Flow, sentences: Sequence[str]) -> Words:
    """What the flow's file says about lead time and limits."""
    told = [plain(one, 120) for one in sentences] or ["没有提前时间和次数的要求"]
    return f"{flow.title}的规定", "\n\n".join((f"{flow.title}：", *told))


def who(found: Sequence[Person], organization: Organization, frame: Frame, *, what: str, phones: bool) -> Words:
    """People by name, with post, department, manager and telephone."""
    lines = [_person(one, organization, frame, phones=phones) for one in found[:_MANY]]
    more = [f"… 共 {len(found)} 人"] if len(found) > _MANY else []
    return plain(what, 30), "\n".join(f"- {line}" for line in (*lines, *more))


def away(when: str, absences: Sequence[Standin], frame: Frame, until: datetime) -> Words:
    """Who is away and until when; never why (R-SUM-3)."""
    title = f"{when}谁不在"
    if not absences:
        return title, f"{when}没有人请假。"
    people_: dict[str, datetime] = {}
    for one in absences:
        people_[one.person] = max(one.end, people_.get(one.person, one.end))
    lines = [f"- {people((who,), frame)}{_until(end, until, frame)}" for who, end in list(people_.items())[:_MANY]]
    more = [f"… 共 {len(people_)} 人"] if len(people_) > _MANY else []
    return title, "\n".join([f"{when}请假的同事：", "", *lines, *more])


def _until(end: datetime, until: datetime, frame: Frame) -> str:
    """（到 11月27日（周五））, where it goes on behind the time that was asked for; a half day says which clock."""
    last = end.astimezone(frame.zone)
    if end > until:
        return f"，到 {day((last - timedelta(minutes=1)).date().isoformat(), last.year)}"
    return f"，到 {last.hour}:{last.minute:02}" if (last.hour, last.minute) not in ((0, 0), (18, 0)) else ""


def leave_taken(
    year: int, approved: Mapping[str, float], waiting: Mapping[str, float], kinds: Mapping[str, str]
) -> Words:
    """The days of leave of this year, by type: taken, and asked for. What is left is not kept here yet."""
    lines = [
        f"- {label}：{f'{number(approved[key])} 天' if key in approved else '没有请过'}"
        + (f"，另有 {number(waiting[key])} 天在审批" if key in waiting else "")
        for key, label in kinds.items()
        if key in approved or key in waiting
    ]
    title = f"{year} 年已经请的假"
    told = lines or ["今年还没有请过假。"]
    return title, "\n".join([f"{title}：", "", *told, "", "各种假还剩多少，系统里还没有额度，请问人事。"])


def nobody(what: str) -> Words:
    """There is no such person, post or department."""
    return "没有找到", f"通讯录里没有找到“{plain(what, 30)}”。可以换个说法，比如“财务部的会计是谁”“王芳电话”。"


def _person(person: Person, organization: Organization, frame: Frame, *, phones: bool) -> str:
    places = [department.name for number in person.departments if (department := organization.department(number))]
    boss = f"上级 {people((person.manager,), frame)}" if person.manager and organization.find(person.manager) else ""
    posts = "、".join(dict.fromkeys(filter(None, (person.title, *person.roles))))
    phone = person.mobile if phones else ""
    said = (posts, "、".join(places), boss, phone)
    return "，".join((f"**{plain(person.name, 20)}**", *(plain(one, 60) for one in said if one)))


def go_on_with(case: Case) -> str:
    """Behind the answer to a question: a draft is still being filled in."""
    return f"{plain(case.title, 20)}还没填完，接着说就可以；不办了就说“取消”。"
