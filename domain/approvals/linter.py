"""What cannot work in a flow, as far as the file and the organisation tell before anybody files a case."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.approvals.flow import CHOSEN, MISSING, OVERDUE, Flow, Route
from domain.approvals.posts import CHAIN, Posts
from domain.people import Organization, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A doubt about one place of the flow file. `word`: the name that nobody in the organisation answers to, if any."""

    where: tuple[str | int, ...]
    text: str
    word: str = ""


def findings(flow: Flow, organization: Organization) -> Iterator[Finding]:
    """Routes that are never reached, posts that nobody holds, departments that are not there, nobody to turn to."""
    nobody = Person(userid="", name="")
    posts = Posts(organization=organization, applicant=nobody, meanings=flow.posts)
    if flow.administrator and not posts.known(flow.administrator):
        yield Finding(where=("administrator",), text=f"没有人担任“{flow.administrator}”", word=flow.administrator)
    elif not flow.administrator and not organization.admins:
        yield Finding(where=("administrator",), text="公司没有管理员，请写明由哪个岗位做流程管理员")
    instead = flow.policies.missing
    missing = _MISSING.get(instead if instead in MISSING or posts.known(instead) else "administrator")
    missing = missing or f"这一步会交给{posts.called(instead)}"
    for key, word, known in (
        ("missing", flow.policies.missing, MISSING), ("overdue", flow.policies.overdue, OVERDUE),
    ):  # fmt: skip
        if word not in known and not posts.known(word):
            yield Finding(where=("policy", key), text=f"没有人担任“{word}”，会由流程管理员代替", word=word)
    for place, field in enumerate(flow.fields):
        for word in _unknown(posts, list(field.among)):
            yield Finding(where=("field", place, "among"), text=f"没有人担任“{word}”，没有人可选", word=word)
    for place, route in enumerate(flow.routes):
        yield from _reached(flow, place)
        if route.department and organization.department_named(route.department) is None:
            text = f"没有部门“{route.department}”，这条路线没有人走"
            yield Finding(where=("route", place, "department"), text=text, word=route.department)
        for word in _unknown(posts, [word for step in route.steps for word in step.words]):
            then = "会一直到最上一级" if word.startswith(f"{CHAIN}:") else missing
            yield Finding(where=("route", place, "approve"), text=f"没有人担任“{word}”，{then}", word=word)
        for word in _unknown(posts, [word for word in route.cc if word != CHOSEN]):
            yield Finding(where=("route", place, "cc"), text=f"没有人担任“{word}”，没有人会收到抄送", word=word)


_MISSING = {"skip": "这一步会跳过", "up": "这一步会交给申请人的上一级", "administrator": "这一步会交给流程管理员"}


def _unknown(posts: Posts, words: list[str]) -> Iterator[str]:
    return (word for word in dict.fromkeys(words) if not posts.known(word))


def _reached(flow: Flow, place: int) -> Iterator[Finding]:
    route = flow.routes[place]
    for earlier, other in enumerate(flow.routes[:place], start=1):
        if other.when in (None, route.when) and _covers(other, route):
            yield Finding(where=("route", place), text=f"永远走不到：route[{earlier}] 在前面，已经包括了这种情况")
            return


def _covers(other: Route, route: Route) -> bool:
    """Whether everybody for whom `route` is open could take `other` too."""
    return other.applicant in ("any", route.applicant) and other.department in ("", route.department)
