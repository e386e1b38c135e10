"""What is wrong with one step as it was planned for somebody: who would approve their own, votes that cannot pass,
deadlines after which nobody is asked."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.approvals.flow import OVERDUE
from domain.approvals.lint.finding import Severity
from domain.approvals.posts import Posts
from domain.approvals.route import Step
from domain.errors import RouteImpossible
from domain.people import Organization


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something about one plan; the same doubt about several people becomes one finding. `about` nobody in
    particular: the sentence stands by itself."""

    key: str  # of the route: approve, cc
    text: str
    instead: str = ""
    level: Severity = "mistake"
    about: bool = True


def step_doubts(step: Step, posts: Posts) -> Iterator[Doubt]:
    """All of them. `posts`: of the applicant."""
    yield from _own(step, posts)
    yield from _vote(step)
    yield from _overdue(step, posts)


def _own(step: Step, posts: Posts) -> Iterator[Doubt]:
    if posts.applicant.userid in step.people and step.kind != "handle":
        level: Severity = "hint" if posts.policies.self == "allow" else "mistake"
        text = f"会在“{step.label}”这一步审批自己的申请"
        yield Doubt(key="approve", text=text, instead='[policy] 写 self = "up"', level=level)


def _vote(step: Step) -> Iterator[Doubt]:
    if step.mode != "vote":
        return
    weights = step.weights or (1.0,) * len(step.people)
    if not 0 < step.quorum <= 1:
        text = f"“{step.label}”要 {step.quorum:g} 的票同意，永远达不到" if step.quorum > 1 else "票数要大于 0"
        yield Doubt(key="approve", text=text, instead="写不超过 1 的比例，如 vote 2/3", about=False)
    elif sum(weights) <= 0 or min(weights) < 0 or len(weights) != len(step.people):
        yield Doubt(
            key="approve", text=f"“{step.label}”的票数不对，投不出结果", instead="每人的票数都要大于 0", about=False
        )
    elif len(step.people) == 1:
        text = f"“{step.label}”只有一个人投票，由这个人决定"
        yield Doubt(key="approve", text=text, instead="写更多岗位", level="hint")


def _overdue(step: Step, posts: Posts) -> Iterator[Doubt]:
    """A deadline after which the next one up or an administrator is asked, and there is none."""
    if not step.hours or step.overdue in ("remind", "approve", "reject"):
        return
    if step.overdue not in OVERDUE and any(one not in step.people for one in posts.told(step.overdue)):
        return
    if step.overdue == "up" and any(_up(person, posts.organization) for person in step.people):
        return
    try:
        owners = [one for one in posts.administrators("").people if one not in step.people]
    except RouteImpossible:
        owners = []
    if not owners:
        text = f"“{step.label}”超时后没有人可以转交，只能一直提醒"
        yield Doubt(key="approve", text=text, instead="写 administrator，由另一个岗位负责")
    elif step.overdue == "up":
        yield Doubt(key="approve", text=f"“{step.label}”上面没有人，超时后转交流程管理员", level="hint")


def _up(userid: str, organization: Organization) -> str:
    """Who is above an approver: the manager in the directory, else who leads their department or one above."""
    person = organization.find(userid)
    if person is None or organization.find(person.manager or ""):
        return person.manager or "" if person else ""
    own = organization.chain(person.departments[0]) if person.departments else ()
    return next((one.userid for here in own for one in organization.leaders(here) if one.userid != userid), "")
