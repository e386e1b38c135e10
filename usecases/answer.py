"""Questions are answered from the flows and the address book, as far as the asker may see. Pure."""

from datetime import datetime

from cards import answers
from cards.card import Frame
from cards.words import Words
from domain.approvals.alternatives import step_label
from domain.approvals.conditions import in_words
from domain.approvals.flow import Flow, labels, names_of
from domain.approvals.posts import Posts, called
from domain.approvals.route import plan, routes_for
from domain.approvals.rules import sentences
from domain.errors import NameAmbiguous, NameUnknown, RouteImpossible
from domain.people import Department, Organization, Person
from language import naming
from language.kinds import leave_types
from language.questions import Question
from usecases.filling import told
from usecases.naming import people_in
from usecases.ports import World
from usecases.values import KINDS


def answer(question: Question, by: str, said_at: datetime, world: World) -> Words | None:
    """The answer, or None where the question is about nothing that the office knows. Raises NameAmbiguous."""
    frame = world.frame_for(by)
    match question.about:
        case "route" | "form" | "lead" | "limit":
            flow = _flow(question.subject, world)
            return _of_flow(question, flow, by, said_at, world) if flow else None
        case "mine":
            return None
    found = _people(question, by, world.organization)
    if not found:
        return answers.nobody(question.subject, frame) if question.plainly else None
    return answers.who(found, world.organization, frame, what=question.subject, phones=question.about == "phone")


def _flow(subject: str, world: World) -> Flow | None:
    found = naming.named(subject, names_of(world.flows))
    if found is None and leave_types(subject):
        return world.flows.get(KINDS["leave"])
    return world.flows[found[0]] if found else None


def _of_flow(question: Question, flow: Flow, by: str, said_at: datetime, world: World) -> Words:
    frame = world.frame_for(by)
    if question.about == "form":
        return answers.form(flow, frame)
    values = told(flow, question.subject, said_at, by, world)
    if question.about in ("lead", "limit"):
        return answers.rules(flow, sentences(flow, values, labels(flow)), frame)
    person = world.organization.person(by)
    try:
        route = plan(flow, values, person, world.organization)
    except RouteImpossible:
        return _ways(flow, person, world.organization, frame)
    return answers.way(flow, route, answers.facts_of(flow, values, frame), frame)


def _ways(flow: Flow, person: Person, organization: Organization, frame: Frame) -> Words:
    """All routes that are open to this person: which one it is depends on what is filled in."""
    names = labels(flow)
    open_to = routes_for(flow, Posts(organization=organization, applicant=person, meanings=flow.posts))
    return answers.ways(
        flow,
        [
            (
                in_words(route.when, names) if route.when else "",
                [step_label(s, names) for s in route.steps],
                [called(one, names) for one in route.cc],
            )
            for route in open_to
        ],
        frame,
    )


def _people(question: Question, by: str, organization: Organization) -> tuple[Person, ...]:
    """Those whom the question is about, in the order of the directory; nobody: there is no such person or post."""
    subject, where = question.subject, question.where
    match question.about:
        case "phone" | "person":
            return _named(subject, organization)
        case "team":
            return _members(subject, organization)
        case "leader":
            return _leaders(subject, by, organization)
    return _holders(subject, where, organization) or _holders(f"{where}{subject}", "", organization)


def _named(subject: str, organization: Organization) -> tuple[Person, ...]:
    """A person, perhaps with the department in front: 财务的小李."""
    where, of, name = subject.rpartition("的")
    try:
        people, rest = people_in(name, organization)
    except NameUnknown:
        return _holders(name, where, organization) if of else ()
    except NameAmbiguous as several:
        if len(several.people) > 1:
            raise
        return (organization.person(several.people[0]),)
    return () if rest else tuple(organization.person(who) for who in people)


def _members(subject: str, organization: Organization) -> tuple[Person, ...]:
    department = _department(subject, organization)
    if department is None:
        return ()
    return tuple(one for one in organization.people.values() if _inside(one, department, organization))


def _leaders(subject: str, by: str, organization: Organization) -> tuple[Person, ...]:
    """Who leads a department, or stands above somebody: the asker, where nobody is named."""
    department = _department(subject, organization)
    if department is not None:
        return organization.leaders(department)
    own = subject.startswith("我")
    (who,) = (organization.person(by),) if own else _named(subject, organization)[:1] or (None,)
    if who is None:
        return ()
    above = Posts(organization=organization, applicant=who).told("直接主管")
    return tuple(organization.person(one) for one in above)


def _holders(post: str, where: str, organization: Organization) -> tuple[Person, ...]:
    """Whoever has a post or title in which these words stand, of that department if one is named."""
    inside = _department(where, organization) if where else None
    exact = organization.holders(post)
    holders = exact or tuple(
        one for one in organization.people.values() if any(post in said for said in (one.title, *one.roles))
    )
    found = tuple(one for one in holders if inside is None or _inside(one, inside, organization))
    department = _department(post, organization)
    return found or (organization.leaders(department) if department and not where else ())


def _department(name: str, organization: Organization) -> Department | None:
    """The department of this name; 财务 for 财务部, 我们部门 is nobody's name."""
    return next(
        (one for end in ("", "部", "组", "中心") if (one := organization.department_named(f"{name}{end}"))), None
    )


def _inside(person: Person, department: Department, organization: Organization) -> bool:
    return any(department in organization.chain(number) for number in person.departments)
