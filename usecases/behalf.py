"""Filing for somebody else: whom the words name, and who may (docs/decisions/0010). Pure."""

import re
from dataclasses import replace
from typing import Final

from domain.approvals.case import Case
from domain.approvals.flow import Flow
from domain.approvals.posts import Posts
from domain.approvals.route import Plan, Step, plan
from domain.errors import NameAmbiguous, NotForOthers
from domain.people import Organization
from language import english
from language.people import ASKING, FOR, FRONT
from usecases.naming import named_first
from usecases.ports import World
from usecases.sitting import upwards

_FOR: Final = re.compile(rf"(?P<front>{FRONT}){FOR}")
_ASKING: Final = re.compile(ASKING)
_FOR_WHOM: Final = re.compile(r"\b(?:for|behalf of) (?=[a-z]{4})")
_FRONT: Final = re.compile(r"\s*\b(?:on behalf of|in the name of|for|help)\s*$", re.I)


def spoken_for(text: str, organization: Organization) -> tuple[tuple[str, ...], str, str]:
    """Whoever is meant by 替李想请…, and the words without that; nobody: (). Where it is not sure who is meant, also the
    name as it was written, and all who may be."""
    if (place := english.behalf(text) or _after_for(text, organization)) is not None:
        return _in_english(text, place, organization)
    found = _FOR.match(text)
    if found is None:
        return (), text, ""
    behind, unsure = text[found.end() :], ""
    try:
        people, rest = named_first(behind, organization)
    except NameAmbiguous as unclear:
        people, unsure = unclear.people, unclear.name
        rest = behind.partition(unsure)[2]
    if not people or (len(people) > 1 and not unsure) or not _ASKING.match(rest):
        return (), text, ""
    return people, f"{found['front']}{rest}", unsure


def _after_for(text: str, organization: Organization) -> tuple[int, int] | None:
    """Where a colleague's name stands in small letters: annual leave for wangfang on Friday."""
    for found in _FOR_WHOM.finditer(text) if english.speaks(text) else ():
        try:
            people, rest = named_first(text[found.end() :], organization)
        except NameAmbiguous:
            continue
        if people:
            return found.end(), len(text) - len(rest)
    return None


def _in_english(
    text: str, place: tuple[int, int], organization: Organization
) -> tuple[tuple[str, ...], str, str]:  # fmt: skip
    """sick leave for Wang Fang tomorrow."""
    name, unsure = text[place[0] : place[1]], ""
    try:
        people, more = named_first(name, organization)
    except NameAmbiguous as unclear:
        people, unsure, more = unclear.people, unclear.name, ""
    if not people or more or (len(people) > 1 and not unsure):
        return (), text, ""
    return people, f"{_FRONT.sub('', text[: place[0]])} {text[place[1] :]}".strip(), unsure


def check_allowed(person: str, applicant: str, flow: Flow, world: World) -> None:
    """Whoever stands above the applicant, administrators, holders of the posts that the company says. Raises
    NotForOthers."""
    organization = world.organization
    who = organization.person(person)
    posts = Posts(organization=organization, applicant=organization.person(applicant), meanings=flow.posts)
    allowed = who.admin or person in upwards(applicant, organization)
    if not allowed and not any(person in posts.told(post) for post in world.file_for_others):
        raise NotForOthers(applicant)


def route_of(case: Case, flow: Flow, world: World) -> Plan:
    """The applicant's route; whoever files it for them does not decide it, the next one up does. Raises
    RouteImpossible."""
    organization = world.organization
    route = plan(flow, case.values, organization.person(case.applicant), organization)
    steps = tuple(_without(step, case, organization) for step in route.steps)
    if steps == route.steps:
        return route
    note = f"{organization.name_of(case.filed_by)}代为提交，不能审批，由上一级或管理员审批"
    return replace(route, steps=steps, rules=(*route.rules, note))


def _without(step: Step, case: Case, organization: Organization) -> Step:
    """The step without whoever filed the case: the others decide, else the next one up, else an administrator."""
    if case.filed_by not in step.people:
        return step
    kept = [(who, place) for place, who in enumerate(step.people) if who != case.filed_by]
    if kept:
        weights = tuple(step.weights[place] for _, place in kept) if step.weights else ()
        mode = "one" if len(kept) == 1 and step.mode == "any" else step.mode
        return replace(step, people=tuple(who for who, _ in kept), weights=weights, mode=mode)
    above = (*upwards(case.filed_by, organization), *(one.userid for one in organization.admins))
    return replace(step, people=next(((who,) for who in above if who not in case.owners), step.people))
