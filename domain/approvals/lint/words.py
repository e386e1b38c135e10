"""Names in a flow file that nobody in the organisation answers to: posts, people who have left, departments."""

from collections.abc import Iterable, Iterator

from domain.approvals.flow import CHOSEN, MISSING, OVERDUE
from domain.approvals.lint.finding import Finding
from domain.approvals.lint.survey import Survey
from domain.approvals.lint.thresholds import comparisons, named_beside
from domain.approvals.posts import CHAIN, Posts
from domain.people import Person

_GONE = {"skip": "这一步会跳过", "up": "这一步会交给申请人的上一级", "administrator": "这一步会交给流程管理员"}
_ELSEWHERE = "换成有人担任的岗位，或先在通讯录里指定一个人"


def word_findings(survey: Survey) -> Iterator[Finding]:
    """Route by route; of the flow's administrator first."""
    flow, organization = survey.flow, survey.organization
    nobody = Posts(organization=organization, applicant=Person(userid="", name=""), meanings=flow.posts)
    yield from _administrator(survey, nobody)
    yield from _policies(survey, nobody)
    yield from _offered(survey, nobody)
    gone = _instead(flow.policies.missing, nobody)
    for place, route in enumerate(flow.routes):
        case = survey.case(place)
        if route.department and organization.department_named(route.department) is None:
            text = f"没有部门“{route.department}”，这条路线没有人走"
            where = ("route", place, "department")
            yield Finding(where=where, text=text, word=route.department, instead="写通讯录里的部门名称")
        for word in _unknown(nobody, (word for step in route.steps for word in step.words)):
            then = "会一直到最上一级" if word.startswith(f"{CHAIN}:") else gone
            text = f"{_missing(word, survey)}，{then}"
            yield Finding(where=("route", place, "approve"), text=text, word=word, instead=_ELSEWHERE, example=case)
        for word in _unknown(nobody, (word for word in route.cc if word != CHOSEN)):
            text = f"{_missing(word, survey)}，没有人会收到抄送"
            yield Finding(where=("route", place, "cc"), text=text, word=word, instead=_ELSEWHERE, example=case)
        yield from _strangers(survey, place)


def _policies(survey: Survey, nobody: Posts) -> Iterator[Finding]:
    """Whom the policies name instead of somebody who is not there, or too slow."""
    policies = survey.flow.policies
    for key, word, known in (("missing", policies.missing, MISSING), ("overdue", policies.overdue, OVERDUE)):
        if word not in known and not nobody.known(word):
            text = f"{_missing(word, survey)}，会由流程管理员代替"
            yield Finding(where=("policy", key), text=text, word=word, instead=_ELSEWHERE)


def _offered(survey: Survey, nobody: Posts) -> Iterator[Finding]:
    """From whom a field lets the applicant choose."""
    for place, field in enumerate(survey.flow.fields):
        for word in _unknown(nobody, field.among):
            text = f"{_missing(word, survey)}，没有人可选"
            yield Finding(where=("field", place, "among"), text=text, word=word, instead=_ELSEWHERE)


def _instead(missing: str, nobody: Posts) -> str:
    """What becomes of a step that nobody holds."""
    if missing not in _STALLED and not nobody.known(missing):
        missing = "administrator"
    return _STALLED.get(missing) or f"这一步会交给{nobody.called(missing)}"


_STALLED = {"skip": "这一步会跳过", "up": "这一步会交给申请人的上一级", "administrator": "这一步会交给流程管理员"}


def _administrator(survey: Survey, nobody: Posts) -> Iterator[Finding]:
    name = survey.flow.administrator
    if name and not nobody.known(name):
        yield Finding(where=("administrator",), text=_missing(name, survey), word=name, instead=_ELSEWHERE)
    elif not name and not survey.organization.admins:
        yield Finding(
            where=("administrator",), text="公司没有管理员，请写明由哪个岗位做流程管理员",
            instead='如 administrator = "行政经理"',
        )  # fmt: skip


def _unknown(posts: Posts, words: Iterable[str]) -> Iterator[str]:
    return (word for word in dict.fromkeys(words) if not posts.known(word))


def _missing(word: str, survey: Survey) -> str:
    """That nobody holds it; of a word that means one person: that they have left."""
    kind, _, name = survey.flow.posts.get(word, word).rpartition(":")
    return f"“{word}”指的是 {name}，这个人已不在通讯录里" if kind == "user" else f"没有人担任“{word}”"


def _strangers(survey: Survey, place: int) -> Iterator[Finding]:
    """People and departments that a condition names and the directory does not know."""
    route, organization = survey.flow.routes[place], survey.organization
    known = {
        "person": organization.people.keys(), "people": organization.people.keys(),
        "departments": {one.name for one in organization.departments.values()},
    }  # fmt: skip
    for field in (one for one in survey.flow.fields if one.type in known and route.when):
        pairs = comparisons(route.when) if route.when else ()
        for word in dict.fromkeys(word for pair in pairs for word in named_beside(field.id, pair)):
            if word not in known[field.type] and not (word.isdecimal() and field.type == "departments"):
                of_departments = field.type == "departments"
                text = f"条件里写的“{word}”，通讯录里没有这个{'部门' if of_departments else ' userid'}"
                where = ("route", place, "when")
                yield Finding(where=where, text=text, word=word if of_departments else "", instead="写通讯录里有的")
